# SPDX-License-Identifier: GPL-3.0-or-later
"""sti"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, declared_attr

revision = '8a85eab42c14'
down_revision = '9fd21052779d'

Base = declarative_base()
class Employee(Base):
    __tablename__ = 'employee'
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(50))
    type = sa.Column(sa.String(20))
    __mapper_args__ = {'polymorphic_on': type, 'polymorphic_identity': 'employee'}
class Manager(Employee):
    manager_data = sa.Column(sa.String(50))
    __mapper_args__ = {'polymorphic_identity': 'manager'}
class Engineer(Employee):
    __tablename__ = 'engineer'
    id = sa.Column(sa.ForeignKey('employee.id'), primary_key=True)
    info = sa.Column(sa.Text)
    __mapper_args__ = {'polymorphic_identity': 'engineer'}
def upgrade():
    Base.metadata.create_all(op.get_bind(), checkfirst=False)
    op.execute(sa.update(Employee).where(Employee.name == 'x').values(type='employee'))
    op.execute(Manager.__table__.update().values(manager_data='x'))
def downgrade():
    op.execute(Engineer.__table__.delete())
