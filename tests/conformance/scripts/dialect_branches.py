# SPDX-License-Identifier: GPL-3.0-or-later
"""what each database can do

Revision ID: 86b3b29c12e3
Revises: 162c16a7cbc4
"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '86b3b29c12e3'
down_revision = '162c16a7cbc4'


def is_postgres():
    return op.get_bind().dialect.name == 'postgresql'


def upgrade():
    json_type = sa.JSON()
    if is_postgres():
        from sqlalchemy.dialects.postgresql import JSONB
        json_type = JSONB()
        op.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
    op.create_table(
        'events',
        sa.Column('id', sa.BigInteger().with_variant(sa.Integer, 'sqlite'), primary_key=True),
        sa.Column('payload', json_type, nullable=False),
        sa.Column('kind', sa.String(50), index=True),
    )
    if is_postgres():
        op.create_index('ix_events_payload', 'events', ['payload'], postgresql_using='gin', postgresql_ops={'payload': 'jsonb_path_ops'})
    else:
        op.create_index('ix_events_kind_id', 'events', ['kind', 'id'])


def downgrade():
    if is_postgres():
        op.drop_index('ix_events_payload', 'events')
    op.drop_table('events')
