"""create menu

Revision ID: 3c7f1e5a9d02
Revises: 0e2d9a7c4b18
Create Date: 2023-11-09 17:12:44.107650

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from app.core.config import settings

# revision identifiers, used by Alembic.
revision = '3c7f1e5a9d02'
down_revision = '0e2d9a7c4b18'
branch_labels = None
depends_on = None


SCHEMA = settings.DATABASE_SCHEMA


def upgrade() -> None:
    op.create_table(
        'menu_categories',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('restaurant_id', sa.Integer(), sa.ForeignKey(f'{SCHEMA}.restaurants.id', ondelete='CASCADE'), nullable=False),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('position', sa.Integer(), server_default='0', nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        'menu_items',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('category_id', sa.Integer(), sa.ForeignKey(f'{SCHEMA}.menu_categories.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('name', sa.String(120), nullable=False),
        sa.Column('description', sa.Text(), nullable=True),
        sa.Column('price', sa.Numeric(8, 2), nullable=False),
        sa.Column('currency', sa.CHAR(3), server_default=settings.DEFAULT_CURRENCY, nullable=False),
        sa.Column('allergens', postgresql.ARRAY(sa.String(20)), server_default='{}', nullable=False),
        sa.Column('course', sa.Enum('starter', 'main', 'dessert', 'drink', name='course', schema=SCHEMA), nullable=False),
        sa.CheckConstraint('price >= 0', name='ck_menu_items_price'),
        sa.UniqueConstraint('category_id', 'name', name='uq_menu_items_name_category'),
        schema=SCHEMA,
        comment='What guests can order',
    )
    op.create_index('ix_menu_items_allergens', 'menu_items', ['allergens'], schema=SCHEMA, postgresql_using='gin')


def downgrade() -> None:
    op.drop_index('ix_menu_items_allergens', table_name='menu_items', schema=SCHEMA)
    op.drop_table('menu_items', schema=SCHEMA)
    op.drop_table('menu_categories', schema=SCHEMA)
    op.execute(f'DROP TYPE {SCHEMA}.course')
