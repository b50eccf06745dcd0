# SPDX-License-Identifier: GPL-3.0-or-later
"""audit columns on every table, by a helper

Revision ID: dcd230d02a8c
Revises: e906fcc23ab5
"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'dcd230d02a8c'
down_revision = 'e906fcc23ab5'

TABLES = ('customers', 'products', 'orders')


def audit_columns():
    yield sa.Column('created_by', sa.String(64))
    yield sa.Column('updated_by', sa.String(64))
    yield sa.Column('updated_at', sa.TIMESTAMP(timezone=True), server_default=sa.func.now(), onupdate=sa.func.now())


def upgrade():
    for table in TABLES:
        for column in audit_columns():
            op.add_column(table, column)
        op.create_index(f'ix_{table}_updated_at', table, ['updated_at'])


def downgrade():
    for table in reversed(TABLES):
        op.drop_index(f'ix_{table}_updated_at', table)
        for column in reversed([c.name for c in audit_columns()]):
            op.drop_column(table, column)
