"""add order lookup indexes

Built CONCURRENTLY: sales_order_lines is the largest table and is written to all day.

Revision ID: 002
Revises: 001
Create Date: 2024-02-19 18:30:12.004518

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '002'
down_revision = '001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index(
            'ix_sales_order_lines_client_product',
            'sales_order_lines',
            ['client_id', 'product_id'],
            unique=False,
            postgresql_concurrently=True,
        )
        op.create_index(
            'ix_invoices_client_due',
            'invoices',
            ['client_id', sa.text('due_on DESC')],
            postgresql_include=['total'],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index('ix_invoices_client_due', table_name='invoices', postgresql_concurrently=True)
        op.drop_index(
            'ix_sales_order_lines_client_product',
            table_name='sales_order_lines',
            postgresql_concurrently=True,
        )
