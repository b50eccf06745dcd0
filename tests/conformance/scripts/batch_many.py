# SPDX-License-Identifier: GPL-3.0-or-later
"""batch many"""
from alembic import op
import sqlalchemy as sa

revision = '227335974dd8'
down_revision = '23a2bb6e5af0'

def upgrade():
    with op.batch_alter_table('t', schema='s') as b:
        b.alter_column('a', existing_type=sa.Integer(), nullable=True, server_default=sa.text('1'))
        b.drop_constraint('c', type_='foreignkey')
        b.create_foreign_key('f', 'u', ['a'], ['id'], referent_schema='z', ondelete='CASCADE')
        b.create_unique_constraint('uq', ['a', 'b'])
        b.drop_column('x'); b.drop_column('y')
        b.create_check_constraint('ck', sa.text('a > 0'))
        b.create_index('ix', ['a', sa.text('lower(b)')], unique=True, postgresql_where=sa.text('a > 1'))
        b.drop_index('old')
        b.create_table_comment('hello')
        b.alter_column('q', new_column_name='r', type_=sa.String(5), comment='c')
        b.execute('UPDATE s.t SET a = 1')
        b.create_primary_key('pk', ['id'])
        b.create_exclude_constraint('ex', ('a', '='), using='gist')
        b.add_column(sa.Column('n', sa.Integer, sa.ForeignKey('z.u.id')), insert_after='a')
def downgrade():
    with op.batch_alter_table('t') as b:
        pass
    with op.batch_alter_table('t', recreate='never') as b:
        b.add_column(sa.Column('n', sa.Integer, unique=True, index=True))
