# SPDX-License-Identifier: GPL-3.0-or-later
"""pk variants"""
from alembic import op
import sqlalchemy as sa

revision = '60aa097a4355'
down_revision = '2c1e6d5ce626'

def upgrade():
    op.create_table('a', sa.Column('id', sa.BigInteger, primary_key=True), sa.Column('x', sa.Integer))
    op.create_table('b', sa.Column('id', sa.SmallInteger, primary_key=True, autoincrement=True))
    op.create_table('c', sa.Column('id', sa.Integer, primary_key=True, autoincrement=False))
    op.create_table('d', sa.Column('id', sa.Integer, autoincrement=True), sa.PrimaryKeyConstraint('id'))
    op.create_table('e', sa.Column('id', sa.Integer, sa.ForeignKey('a.id'), primary_key=True))
    op.create_table('f', sa.Column('id', sa.Integer, sa.ForeignKey('a.id'), primary_key=True, autoincrement=True))
    op.create_table('g', sa.Column('id', sa.Integer, primary_key=True, server_default=sa.text('5')))
    op.create_table('h', sa.Column('id', sa.Integer, primary_key=True, default=5))
    op.create_table('i', sa.Column('id', sa.Numeric(10, 0), primary_key=True))
    op.create_table('j', sa.Column('a', sa.Integer, primary_key=True), sa.Column('b', sa.Integer, primary_key=True))
    op.create_table('k', sa.Column('id', sa.BigInteger().with_variant(sa.Integer, 'sqlite'), primary_key=True))
    op.create_table('l', sa.Column('id', sa.Integer, sa.Identity(start=1, minvalue=1, maxvalue=100, cache=5, order=True), primary_key=True))
    op.create_table('m', sa.Column('id', sa.Uuid, primary_key=True, server_default=sa.func.gen_random_uuid()))
    op.create_table('n', sa.Column('id', sa.Integer, nullable=False), sa.PrimaryKeyConstraint('id', name='n_pk'), sqlite_autoincrement=True)
    op.create_table('o', sa.Column('id', sa.String, primary_key=True, quote=True), sa.Column('Upper', sa.String, quote=False), sa.Column('k', sa.String, key='zzz'))
def downgrade():
    for t in 'abcdefghijklmno'[::-1]: op.drop_table(t)
