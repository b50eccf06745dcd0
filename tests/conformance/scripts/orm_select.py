# SPDX-License-Identifier: GPL-3.0-or-later
"""orm select"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, aliased, relationship, column_property, synonym, deferred

revision = '8dd0d58e8263'
down_revision = 'd985e60c2daa'

Base = declarative_base()
class A(Base):
    __tablename__ = 'a'
    id = sa.Column('a_id', sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50), key='nm') if False else sa.Column(sa.String(50))
    bs = relationship('B')
class B(Base):
    __tablename__ = 'b'
    id = sa.Column(sa.Integer, primary_key=True)
    a_id = sa.Column(sa.ForeignKey('a.a_id'))
    a = relationship('A')
def upgrade():
    op.execute(sa.select(A.id, A.name))
    op.execute(sa.select(A))
    op.execute(sa.insert(A).values(name='x'))
    op.execute(sa.update(A).where(A.id == 1).values({A.name: 'x'}))
    op.execute(sa.select(sa.func.count(A.id)).select_from(A).join(B, B.a_id == A.id))
    op.execute(sa.delete(B).where(B.a_id.not_in(sa.select(A.id))))
    op.execute(A.__table__.insert().values(name='x'))
    op.execute(sa.insert(A).from_select(['name'], sa.select(B.id)))
def downgrade():
    x = aliased(A)
    op.execute(sa.select(x.name).where(x.id == A.id))
    op.execute(sa.select(A.name).join(A.bs))
