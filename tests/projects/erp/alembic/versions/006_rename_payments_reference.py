"""remittance text, deferrable stock check, view of open invoices

Revision ID: 006
Revises: 005
Create Date: 2024-11-05 10:05:43.000917

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '006'
down_revision = '005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('payments', 'reference', new_column_name='remittance_text', existing_type=sa.String(140))
    op.alter_column('payments', 'remittance_text', existing_type=sa.String(140), type_=sa.Text())
    op.alter_column('products', 'weight_kg', existing_type=sa.Numeric(10, 3), server_default=sa.text('0'))
    op.drop_constraint('uq_sales_order_lines_number', 'sales_order_lines', type_='unique')
    op.create_unique_constraint(
        'uq_sales_order_lines_number',
        'sales_order_lines',
        ['order_id', 'line_number'],
        deferrable=True,
        initially='DEFERRED',
    )
    op.execute(
        """
        CREATE VIEW open_invoices AS
        SELECT i.client_id, i.number, i.due_on, i.total - coalesce(sum(p.amount), 0) AS open_amount
        FROM invoices i
        LEFT JOIN payments p ON p.invoice_id = i.id
        GROUP BY i.id
        HAVING i.total > coalesce(sum(p.amount), 0)
        """
    )


def downgrade() -> None:
    op.execute('DROP VIEW open_invoices')
    op.drop_constraint('uq_sales_order_lines_number', 'sales_order_lines', type_='unique')
    op.create_unique_constraint('uq_sales_order_lines_number', 'sales_order_lines', ['order_id', 'line_number'])
    op.alter_column('products', 'weight_kg', existing_type=sa.Numeric(10, 3), server_default=None)
    op.alter_column(
        'payments',
        'remittance_text',
        existing_type=sa.Text(),
        type_=sa.String(140),
        postgresql_using='left(remittance_text, 140)',
    )
    op.alter_column('payments', 'remittance_text', new_column_name='reference', existing_type=sa.String(140))
