# SPDX-License-Identifier: GPL-3.0-or-later
"""fk changes"""
from alembic import op
import sqlalchemy as sa

revision = '66a21e695e63'
down_revision = 'cdafe64f7a3b'

def upgrade():
    op.drop_constraint('a_b_fkey', 'a', type_='foreignkey')
    op.create_foreign_key(None, 'a', 'b', ['b_id'], ['id'], ondelete='SET NULL', onupdate='CASCADE', deferrable=True, initially='DEFERRED')
    op.create_foreign_key('fk2', 'a', 'b', ['x', 'y'], ['x', 'y'], source_schema='s1', referent_schema='s2', match='FULL')
    op.create_unique_constraint('uq_a', 'a', ['x', 'y'], postgresql_nulls_not_distinct=True)
    op.create_check_constraint('ck_a', 'a', sa.and_(sa.column('x') > 5, sa.func.length(sa.column('y')).between(1, 10)))
    op.create_primary_key('pk_a', 'a', ['id', 'x'])
    op.create_exclude_constraint('ex', 'a', ('r', '&&'), where=sa.text('x > 1'), using='gist')
def downgrade():
    op.drop_constraint('ex', 'a')
    op.drop_constraint(op.f('pk_a'), 'a', type_='primary')
    op.drop_constraint('ck_a', 'a', type_='check')
