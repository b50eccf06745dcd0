# SPDX-License-Identifier: GPL-3.0-or-later
"""rows by way of classes that the script declares

Revision ID: 46d9a06ee342
Revises: 42570ab8534a
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.orm import declarative_base

# revision identifiers, used by Alembic.
revision = '46d9a06ee342'
down_revision = '42570ab8534a'

Base = declarative_base()


class Category(Base):
    __tablename__ = 'categories'

    id = sa.Column(sa.Integer, primary_key=True)
    slug = sa.Column(sa.String(50), unique=True, nullable=False)
    parent_id = sa.Column(sa.Integer, sa.ForeignKey('categories.id'))
    hidden = sa.Column(sa.Boolean, nullable=False, server_default=sa.false())
    children = orm.relationship('Category')


class Item(Base):
    __tablename__ = 'items'

    id = sa.Column(sa.Integer, primary_key=True)
    category_id = sa.Column(sa.ForeignKey('categories.id', ondelete='SET NULL'), index=True)
    label = sa.Column('name', sa.String(80))


def upgrade():
    bind = op.get_bind()
    Base.metadata.create_all(bind, checkfirst=False)
    op.execute(sa.insert(Category).values(slug='root', hidden=False))
    op.execute(sa.update(Item).where(Item.category_id.is_(None)).values(category_id=sa.select(Category.id).where(Category.slug == 'root').scalar_subquery()))
    op.execute(sa.delete(Item).where(Item.label.like('tmp%')))


def downgrade():
    Item.__table__.drop(op.get_bind())
    Category.__table__.drop(op.get_bind())
