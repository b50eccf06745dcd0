# SPDX-License-Identifier: GPL-3.0-or-later
"""ddl if"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.schema import DDL, CreateColumn, AddConstraint, DropConstraint, CreateTable, DropTable, CreateIndex, DropIndex, SetTableComment

revision = 'd36243db0378'
down_revision = 'a18013748f5b'

m = sa.MetaData()
t = sa.Table('tt', m, sa.Column('id', sa.Integer, primary_key=True), sa.Column('a', sa.String, comment='x'), sa.UniqueConstraint('a', name='uq'), comment='cm')
ix = sa.Index('ixa', t.c.a, unique=True)
def upgrade():
    op.execute(CreateTable(t)); op.execute(CreateIndex(ix)); op.execute(CreateTable(t, if_not_exists=True)); op.execute(CreateIndex(ix, if_not_exists=True))
    op.execute(DDL('CREATE THING %(x)s %%', context={'x': 5})) 
    op.execute(sa.DDL("ALTER TABLE x ADD y int"))
    op.get_bind().execute(sa.schema.CreateSchema('zz'))
    t.create(op.get_bind()); 
def downgrade():
    op.execute(DropIndex(ix)); op.execute(DropTable(t, if_exists=True))
    t.drop(bind=op.get_bind(), checkfirst=False); ix.drop(op.get_bind()); 
    op.execute(sa.schema.DropSchema('zz', cascade=True, if_exists=True)) 
