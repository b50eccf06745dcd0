# SPDX-License-Identifier: GPL-3.0-or-later
"""the Operations object of the context

Revision ID: 33c39f0c0c53
Revises: 90df09f023fa
"""
from alembic import op
from alembic.operations import Operations
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '33c39f0c0c53'
down_revision = '90df09f023fa'


def upgrade():
    context = op.get_context()
    operations = Operations(context)
    operations.create_table('ping', sa.Column('id', sa.Integer, primary_key=True))
    if context.dialect.name == 'sqlite':
        operations.execute('PRAGMA optimize')
    else:
        operations.create_index('ix_ping', 'ping', ['id'], postgresql_include=['id'])
    with Operations.context(context) as inner:
        inner.add_column('ping', sa.Column('at', sa.DateTime))


def downgrade():
    getattr(op, 'drop_' + 'table')('ping')
