# SPDX-License-Identifier: GPL-3.0-or-later
"""batch blocks in a loop, only what SQLite itself can do

Revision ID: 1d6444a34f0f
Revises: f40c90b34228
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '1d6444a34f0f'
down_revision = 'f40c90b34228'

naming_convention = {'fk': 'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s'}


def upgrade():
    for table in ('alpha', 'beta'):
        with op.batch_alter_table(table, naming_convention=naming_convention) as batch:
            batch.add_column(sa.Column('owner', sa.String(20), server_default='nobody', nullable=False))
            if table == 'beta':
                batch.create_index(batch.f('ix_beta_owner'), ['owner'], unique=True)
    with op.batch_alter_table('gamma', recreate='never') as batch:
        batch.add_column(sa.Column('n', sa.Integer))
        batch.execute("UPDATE gamma SET n = 1")


def downgrade():
    with op.batch_alter_table('beta') as batch:
        batch.drop_index('ix_beta_owner')
    for table in ('alpha', 'beta'):
        with op.batch_alter_table(table, recreate='never') as batch:
            batch.drop_column('owner')
