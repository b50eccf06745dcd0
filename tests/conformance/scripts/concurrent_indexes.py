# SPDX-License-Identifier: GPL-3.0-or-later
"""indexes without a lock

Revision ID: 7c2ab1076970
Revises: 57823f858158
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '7c2ab1076970'
down_revision = '57823f858158'

INDEXES = (
    ('ix_events_kind', 'events', ['kind'], {}),
    ('ix_events_open', 'events', ['created'], {'postgresql_where': sa.text("state = 'open'")}),
    ('ix_events_title', 'events', [sa.text('title gin_trgm_ops')], {'postgresql_using': 'gin'}),
    ('ix_events_brin', 'events', ['created'], {'postgresql_using': 'brin', 'postgresql_with': {'pages_per_range': 64}}),
)


def upgrade():
    with op.get_context().autocommit_block():
        for name, table, columns, options in INDEXES:
            op.create_index(name, table, columns, postgresql_concurrently=True, if_not_exists=True, **options)


def downgrade():
    with op.get_context().autocommit_block():
        for name, table, *_ in INDEXES:
            op.drop_index(name, table_name=table, postgresql_concurrently=True, if_exists=True)
