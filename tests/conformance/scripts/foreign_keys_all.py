# SPDX-License-Identifier: GPL-3.0-or-later
"""what foreign keys can say

Revision ID: 3da69adb6d3e
Revises: 56b6c03b842e
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '3da69adb6d3e'
down_revision = '56b6c03b842e'


def upgrade():
    op.create_foreign_key(None, 'a', 'b', ['b_id'], ['id'])
    op.create_foreign_key('fk_a_c', 'a', 'c', ['c_x', 'c_y'], ['x', 'y'], onupdate='CASCADE', ondelete='SET NULL', match='FULL')
    op.create_foreign_key('fk_a_d', 'a', 'd', ['d_id'], ['id'], source_schema='one', referent_schema='two', deferrable=True, initially='IMMEDIATE')
    op.create_foreign_key(op.f('fk_self'), 'a', 'a', ['parent'], ['id'], use_alter=True, postgresql_not_valid=True)
    op.execute('ALTER TABLE a VALIDATE CONSTRAINT fk_self')


def downgrade():
    op.drop_constraint('fk_self', 'a', type_='foreignkey')
    op.drop_constraint('fk_a_d', 'a', schema='one', type_='foreignkey')
    op.drop_constraint('fk_a_c', 'a')
    op.execute('ALTER TABLE a DROP CONSTRAINT a_b_id_fkey')
