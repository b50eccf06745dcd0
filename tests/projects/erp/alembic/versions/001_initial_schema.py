"""initial schema

Revision ID: 001
Revises: 
Create Date: 2024-01-08 09:00:00.000000

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'clients',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('code', sa.String(20), nullable=False, unique=True),
        sa.Column('legal_name', sa.String(255), nullable=False),
        sa.Column('vat_number', sa.String(20), nullable=True),
        sa.Column('base_currency', sa.String(3), nullable=False, server_default='EUR'),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.text('NOW()')),
    )

    op.create_table(
        'users',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('username', sa.String(80), nullable=False),
        sa.Column('email', sa.String(255), nullable=False),
        sa.Column('hashed_password', sa.String(255), nullable=False),
        sa.Column('is_active', sa.Boolean(), nullable=False, server_default=sa.text('true')),
        sa.Column('last_login', sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint('client_id', 'username', name='uq_users_client_username'),
        sa.UniqueConstraint('client_id', 'email', name='uq_users_client_email'),
    )
    op.create_index('ix_users_client_id', 'users', ['client_id'])

    op.create_table(
        'roles',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('name', sa.String(60), nullable=False),
        sa.Column('permissions', postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default=sa.text("'[]'::jsonb")),
        sa.UniqueConstraint('client_id', 'name', name='uq_roles_client_name'),
    )

    op.create_table(
        'user_roles',
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('user_id', sa.Integer(), sa.ForeignKey('users.id', ondelete='CASCADE'), nullable=False),
        sa.Column('role_id', sa.Integer(), sa.ForeignKey('roles.id', ondelete='RESTRICT'), nullable=False),
        sa.PrimaryKeyConstraint('user_id', 'role_id', name='pk_user_roles'),
    )

    op.create_table(
        'customers',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('number', sa.String(20), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('billing_address', postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column('credit_limit', sa.Numeric(12, 2), nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.text('NOW()')),
        sa.UniqueConstraint('client_id', 'number', name='uq_customers_client_number'),
    )
    op.create_index('ix_customers_client_id_name', 'customers', ['client_id', 'name'])

    op.create_table(
        'suppliers',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('lead_time_days', sa.Integer(), nullable=True),
        sa.Column('rating', sa.Float(), nullable=True),
    )
    op.create_index('ix_suppliers_client_id', 'suppliers', ['client_id'])

    op.create_table(
        'product_categories',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('parent_id', sa.Integer(), sa.ForeignKey('product_categories.id', ondelete='RESTRICT'), nullable=True),
        sa.Column('name', sa.String(120), nullable=False),
    )

    op.create_table(
        'products',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('category_id', sa.Integer(), sa.ForeignKey('product_categories.id', ondelete='RESTRICT'), nullable=True),
        sa.Column('sku', sa.String(60), nullable=False),
        sa.Column('name', sa.String(255), nullable=False),
        sa.Column('description', sa.Text(), nullable=True),
        sa.Column('unit_price', sa.Numeric(12, 4), nullable=False, server_default='0'),
        sa.Column('weight_kg', sa.Numeric(10, 3), nullable=True),
        sa.Column('is_active', sa.Boolean(), nullable=False, server_default=sa.text('true')),
        sa.UniqueConstraint('client_id', 'sku', name='uq_products_client_sku'),
        sa.CheckConstraint('unit_price >= 0', name='ck_products_unit_price_positive'),
    )

    op.create_table(
        'warehouses',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('code', sa.String(10), nullable=False),
        sa.Column('name', sa.String(120), nullable=False),
        sa.UniqueConstraint('client_id', 'code', name='uq_warehouses_client_code'),
    )

    op.create_table(
        'stock_levels',
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('warehouse_id', sa.Integer(), sa.ForeignKey('warehouses.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('product_id', sa.Integer(), sa.ForeignKey('products.id', ondelete='CASCADE'), nullable=False),
        sa.Column('quantity', sa.Numeric(14, 3), nullable=False, server_default=sa.text('0')),
        sa.Column('reserved', sa.Numeric(14, 3), nullable=False, server_default=sa.text('0')),
        sa.PrimaryKeyConstraint('warehouse_id', 'product_id', name='pk_stock_levels'),
        sa.CheckConstraint('reserved <= quantity', name='ck_stock_levels_reserved'),
    )

    op.create_table(
        'sales_orders',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('customer_id', sa.Integer(), sa.ForeignKey('customers.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('created_by', sa.Integer(), sa.ForeignKey('users.id', ondelete='SET NULL'), nullable=True),
        sa.Column('number', sa.String(30), nullable=False),
        sa.Column(
            'status',
            sa.Enum('draft', 'confirmed', 'shipped', 'invoiced', 'cancelled', name='order_status'),
            nullable=False,
            server_default='draft',
        ),
        sa.Column('order_date', sa.Date(), nullable=False, server_default=sa.text('CURRENT_DATE')),
        sa.Column('total', sa.Numeric(14, 2), nullable=False, server_default='0.00'),
        sa.UniqueConstraint('client_id', 'number', name='uq_sales_orders_client_number'),
    )
    op.create_index('ix_sales_orders_client_status', 'sales_orders', ['client_id', 'status'])

    op.create_table(
        'sales_order_lines',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('order_id', sa.Integer(), sa.ForeignKey('sales_orders.id', ondelete='CASCADE'), nullable=False),
        sa.Column('product_id', sa.Integer(), sa.ForeignKey('products.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('line_number', sa.SmallInteger(), nullable=False),
        sa.Column('quantity', sa.Numeric(14, 3), nullable=False),
        sa.Column('unit_price', sa.Numeric(12, 4), nullable=False),
        sa.Column('discount_percent', sa.Numeric(5, 2), nullable=False, server_default='0'),
        sa.UniqueConstraint('order_id', 'line_number', name='uq_sales_order_lines_number'),
        sa.CheckConstraint('discount_percent BETWEEN 0 AND 100', name='ck_sales_order_lines_discount'),
    )

    op.create_table(
        'purchase_orders',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('supplier_id', sa.Integer(), sa.ForeignKey('suppliers.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('warehouse_id', sa.Integer(), sa.ForeignKey('warehouses.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('number', sa.String(30), nullable=False),
        sa.Column('expected_on', sa.Date(), nullable=True),
        sa.UniqueConstraint('client_id', 'number', name='uq_purchase_orders_client_number'),
    )

    op.create_table(
        'purchase_order_lines',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='CASCADE'), nullable=False),
        sa.Column('order_id', sa.Integer(), sa.ForeignKey('purchase_orders.id', ondelete='CASCADE'), nullable=False),
        sa.Column('product_id', sa.Integer(), sa.ForeignKey('products.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('quantity', sa.Numeric(14, 3), nullable=False),
        sa.Column('unit_cost', sa.Numeric(12, 4), nullable=False),
    )

    op.create_table(
        'invoices',
        sa.Column('id', sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('customer_id', sa.Integer(), sa.ForeignKey('customers.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('order_id', sa.Integer(), sa.ForeignKey('sales_orders.id', ondelete='RESTRICT'), nullable=True),
        sa.Column('number', sa.String(30), nullable=False),
        sa.Column('issued_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('total', sa.Numeric(14, 2), nullable=False),
        sa.Column('pdf', sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint('client_id', 'number', name='uq_invoices_client_number'),
        sa.CheckConstraint('due_on >= issued_on', name='ck_invoices_due_after_issued'),
    )

    op.create_table(
        'payments',
        sa.Column('id', sa.BigInteger(), primary_key=True, autoincrement=True),
        sa.Column('client_id', sa.Integer(), sa.ForeignKey('clients.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('invoice_id', sa.Integer(), sa.ForeignKey('invoices.id', ondelete='RESTRICT'), nullable=False),
        sa.Column('amount', sa.Numeric(14, 2), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.Column('reference', sa.String(140), nullable=True),
    )
    op.create_index('ix_payments_invoice_id', 'payments', ['invoice_id'])


def downgrade() -> None:
    # children first
    op.drop_table('payments')
    op.drop_table('invoices')
    op.drop_table('purchase_order_lines')
    op.drop_table('purchase_orders')
    op.drop_table('sales_order_lines')
    op.drop_table('sales_orders')
    op.drop_table('stock_levels')
    op.drop_table('warehouses')
    op.drop_table('products')
    op.drop_table('product_categories')
    op.drop_table('suppliers')
    op.drop_table('customers')
    op.drop_table('user_roles')
    op.drop_table('roles')
    op.drop_table('users')
    op.drop_table('clients')
    op.execute('DROP TYPE IF EXISTS order_status')
