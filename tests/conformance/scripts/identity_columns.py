# SPDX-License-Identifier: GPL-3.0-or-later
"""serial becomes identity

Revision ID: 882f563841b9
Revises: 33c39f0c0c53
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '882f563841b9'
down_revision = '33c39f0c0c53'

TABLES = [('users', 'id', 1000), ('orders', 'id', None)]


def upgrade():
    for table, column, start in TABLES:
        op.alter_column(table, column, existing_type=sa.Integer(), server_default=None)
        op.execute(f'DROP SEQUENCE IF EXISTS {table}_{column}_seq')
        op.alter_column(table, column, existing_type=sa.Integer(),
                        server_default=sa.Identity(always=start is not None, start=start, increment=1) if start else sa.Identity(always=True))
    op.create_table('counters', sa.Column('id', sa.BigInteger(), sa.Identity(always=False, start=1, increment=1, minvalue=1, maxvalue=9223372036854775807, cycle=False, cache=1), nullable=False))


def downgrade():
    op.drop_table('counters')
    for table, column, _ in TABLES:
        op.execute(f'ALTER TABLE {table} ALTER COLUMN {column} DROP IDENTITY')
