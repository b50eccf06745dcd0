"""currencies, foreign keys within the client

Revision ID: 005
Revises: 004
Create Date: 2024-08-13 16:20:00.762915

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '005'
down_revision = '004'
branch_labels = None
depends_on = None


# table, column, referred table, ON DELETE
SCOPED = (
    ('sales_orders', 'customer_id', 'customers', 'RESTRICT'),
    ('purchase_orders', 'supplier_id', 'suppliers', 'RESTRICT'),
    ('sales_order_lines', 'order_id', 'sales_orders', 'CASCADE'),
)


def upgrade() -> None:
    for table in ('sales_orders', 'purchase_orders', 'invoices'):
        op.add_column(table, sa.Column('currency', sa.String(3), nullable=False, server_default='EUR'))

    # a row may point to rows of its own client only
    for referred in sorted({row[2] for row in SCOPED}):
        op.create_unique_constraint(f'uq_{referred}_client_id_id', referred, ['client_id', 'id'])
    for table, column, referred, ondelete in SCOPED:
        op.drop_constraint(f'{table}_{column}_fkey', table, type_='foreignkey')
        op.create_foreign_key(
            f'fk_{table}_{column}_client',
            table,
            referred,
            ['client_id', column],
            ['client_id', 'id'],
            ondelete=ondelete,
        )


def downgrade() -> None:
    for table, column, referred, ondelete in reversed(SCOPED):
        op.drop_constraint(f'fk_{table}_{column}_client', table, type_='foreignkey')
        op.create_foreign_key(f'{table}_{column}_fkey', table, referred, [column], ['id'], ondelete=ondelete)
    for referred in sorted({row[2] for row in SCOPED}, reverse=True):
        op.drop_constraint(f'uq_{referred}_client_id_id', referred, type_='unique')
    for table in ('invoices', 'purchase_orders', 'sales_orders'):
        op.drop_column(table, 'currency')
