# SPDX-License-Identifier: GPL-3.0-or-later
"""constraints in table"""
from alembic import op
import sqlalchemy as sa

revision = 'b969d95e23bb'
down_revision = '50479eec45c6'

def upgrade():
    op.create_table('t', sa.Column('id', sa.Integer, sa.Sequence('s'), primary_key=True), sa.Column('a', sa.Integer, sa.ForeignKey('x.y', name='n', ondelete='SET NULL', deferrable=True, initially='IMMEDIATE', use_alter=True)),
        sa.Column('b', sa.String, unique=True, index=True), sa.Column('c', sa.String, sa.CheckConstraint("c in ('a','b')")), sa.Column('d', sa.Enum('x', 'y', name='en', schema='q')),
        sa.Column('e', sa.Boolean(create_constraint=True)), sa.CheckConstraint('a > 1', name='n2'), sa.CheckConstraint(sa.text("b like '%x'")), sa.UniqueConstraint('a', 'b', deferrable=True, initially='DEFERRED', name='u'), sa.Index('ii', 'a', 'b', unique=True),
        sa.PrimaryKeyConstraint('id', name='pk'), prefixes=['TEMPORARY'], postgresql_on_commit='DROP', postgresql_tablespace='ts', postgresql_with={'fillfactor': 70}, sqlite_strict=True, sqlite_with_rowid=False)
    op.create_table('u', sa.Column('k', sa.String(5), primary_key=True), sa.Column('n', sa.SmallInteger, primary_key=True, autoincrement=True), sa.Column('m', sa.BigInteger, sa.Identity(), unique=True), if_not_exists=True, postgresql_inherits='parent', postgresql_using='heap')
def downgrade():
    op.drop_table('t', info={'a': 1})
