# SPDX-License-Identifier: GPL-3.0-or-later
"""batch sqlite"""
from alembic import op
import sqlalchemy as sa

revision = 'cdafe64f7a3b'
down_revision = '4ac1a6a55128'

naming = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s"}
def upgrade():
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('age', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_users_age'), ['age'], unique=False)
    with op.batch_alter_table("posts", naming_convention=naming) as b:
        b.add_column(sa.Column('author_id', sa.Integer, sa.ForeignKey('users.id', name='fk_author', ondelete='CASCADE')))
def downgrade():
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_users_age'))
