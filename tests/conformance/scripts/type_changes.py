# SPDX-License-Identifier: GPL-3.0-or-later
"""wider types

Revision ID: d8fe67915e6c
Revises: 6e0abecd9209
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = 'd8fe67915e6c'
down_revision = '6e0abecd9209'

CHANGES = [
    dict(table='orders', column='note', old=sa.VARCHAR(length=255), new=sa.Text(), nullable=True),
    dict(table='orders', column='total', old=sa.REAL(), new=sa.Numeric(precision=14, scale=4), nullable=False),
    dict(table='orders', column='placed', old=postgresql.TIMESTAMP(), new=sa.DateTime(timezone=True), nullable=True,
         using="placed AT TIME ZONE 'UTC'"),
    dict(table='lines', column='quantity', old=sa.SMALLINT(), new=sa.BigInteger(), nullable=False),
    dict(table='lines', column='flags', old=sa.INTEGER(), new=postgresql.BIT(8), nullable=True, using='flags::bit(8)'),
    dict(table='lines', column='kinds', old=sa.VARCHAR(), new=postgresql.ARRAY(sa.String(20)), nullable=True, using="string_to_array(kinds, ',')"),
]


def upgrade():
    for change in CHANGES:
        kwargs = {}
        if change.get('using'):
            kwargs['postgresql_using'] = change['using']
        op.alter_column(change['table'], change['column'], existing_type=change['old'], type_=change['new'], existing_nullable=change['nullable'], **kwargs)


def downgrade():
    for change in reversed(CHANGES):
        op.alter_column(change['table'], change['column'], existing_type=change['new'], type_=change['old'],
                        existing_nullable=change['nullable'], postgresql_using=f"{change['column']}::{change['old']}")
