"""create orders

Revision ID: b1e8c6f3d574
Revises: 86a4d0b2e7f5
Create Date: 2024-01-22 09:28:03.814469

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from app.core.config import settings

# revision identifiers, used by Alembic.
revision = 'b1e8c6f3d574'
down_revision = '86a4d0b2e7f5'
branch_labels = None
depends_on = None


SCHEMA = settings.DATABASE_SCHEMA


def upgrade() -> None:
    op.create_table(
        'orders',
        sa.Column('id', sa.BigInteger(), sa.Identity(start=1000), primary_key=True),
        sa.Column('restaurant_id', sa.Integer(), sa.ForeignKey(f'{SCHEMA}.restaurants.id'), nullable=False),
        sa.Column('dining_table_id', sa.Integer(), sa.ForeignKey(f'{SCHEMA}.dining_tables.id', ondelete='SET NULL')),
        sa.Column('opened_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True)),
        sa.Column('tip', sa.Numeric(8, 2)),
        schema=SCHEMA,
    )
    op.create_table(
        'order_lines',
        sa.Column('order_id', sa.BigInteger(), sa.ForeignKey(f'{SCHEMA}.orders.id', ondelete='CASCADE'), nullable=False),
        sa.Column('line', sa.SmallInteger(), nullable=False),
        sa.Column('menu_item_id', sa.Integer(), sa.ForeignKey(f'{SCHEMA}.menu_items.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('quantity', sa.SmallInteger(), server_default=sa.text('1'), nullable=False),
        sa.Column('price', sa.Numeric(8, 2), nullable=False),
        sa.Column('amount', sa.Numeric(10, 2), sa.Computed('quantity * price', persisted=True)),
        sa.PrimaryKeyConstraint('order_id', 'line', name='pk_order_lines'),
        schema=SCHEMA,
    )
    op.create_index(
        'ix_orders_open', 'orders', ['restaurant_id'], schema=SCHEMA, postgresql_where=sa.text('closed_at IS NULL')
    )
    op.execute(
        f"""
        CREATE OR REPLACE FUNCTION {SCHEMA}.order_total(wanted bigint) RETURNS numeric
        LANGUAGE sql STABLE AS $$
            SELECT coalesce(sum(amount), 0) FROM {SCHEMA}.order_lines WHERE order_id = wanted;
        $$
        """
    )


def downgrade() -> None:
    op.execute(f'DROP FUNCTION {SCHEMA}.order_total(bigint)')
    op.drop_index('ix_orders_open', table_name='orders', schema=SCHEMA)
    op.drop_table('order_lines', schema=SCHEMA)
    op.drop_table('orders', schema=SCHEMA)
