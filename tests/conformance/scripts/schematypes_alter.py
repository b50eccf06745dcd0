# SPDX-License-Identifier: GPL-3.0-or-later
"""schematypes alter"""
from alembic import op
import sqlalchemy as sa

revision = '2c1e6d5ce626'
down_revision = '4f520c2ab443'

def upgrade():
    op.alter_column('t', 'a', existing_type=sa.Boolean(create_constraint=True, name='ck_a'), type_=sa.Integer(), postgresql_using='a::int')
    op.alter_column('t', 'b', existing_type=sa.Integer(), type_=sa.Boolean(create_constraint=True, name='ck_b'), postgresql_using='b::bool')
    op.alter_column('t', 'c', type_=sa.Enum('x', 'y', native_enum=False, create_constraint=True, name='ck_c'), existing_type=sa.String(2))
    op.alter_column('t', 'd', existing_type=sa.Enum('x', native_enum=False, create_constraint=True, name='ck_d'), type_=sa.Enum('x', 'yy', native_enum=False, create_constraint=True, name='ck_d'))
def downgrade():
    op.alter_column('t', 'd', existing_type=sa.Enum('x', name='e'), type_=sa.String(10), postgresql_using='d::text', nullable=False)
