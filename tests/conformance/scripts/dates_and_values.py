# SPDX-License-Identifier: GPL-3.0-or-later
"""literal values of all sorts

Revision ID: d4bb2b6620ae
Revises: 8e2bf7b65d78
"""
import datetime as dt
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'd4bb2b6620ae'
down_revision = '8e2bf7b65d78'

UTC = dt.timezone.utc


def upgrade():
    table = op.create_table(
        'samples',
        sa.Column('id', sa.Uuid, primary_key=True),
        sa.Column('day', sa.Date),
        sa.Column('moment', sa.DateTime(timezone=True)),
        sa.Column('clock', sa.Time),
        sa.Column('amount', sa.Numeric(10, 3)),
        sa.Column('ratio', sa.Float),
        sa.Column('ok', sa.Boolean),
        sa.Column('note', sa.Text),
    )
    op.bulk_insert(table, [
        {
            'id': UUID(int=1), 'day': dt.date(2024, 2, 29), 'moment': dt.datetime(2024, 2, 29, 23, 59, 59, 250000, tzinfo=UTC),
            'clock': dt.time(7, 30), 'amount': Decimal('10.500'), 'ratio': 1e-7, 'ok': True, 'note': "it's 100% ok: \\ and \"quotes\"",
        },
        {
            'id': UUID('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'), 'day': dt.date(2024, 3, 1) + dt.timedelta(days=-1),
            'moment': dt.datetime.fromisoformat('2024-01-02T03:04:05+02:00'), 'clock': None, 'amount': Decimal(3), 'ratio': 0.1 + 0.2, 'ok': False,
            'note': 'ünïcödé ☃\n\ttab',
        },
    ])


def downgrade():
    op.drop_table('samples')
