"""default client and its roles

Revision ID: 003
Revises: 002
Create Date: 2024-03-04 07:45:59.331870

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '003'
down_revision = '002'
branch_labels = None
depends_on = None


DEFAULT_CLIENT = 'MAIN'

DEFAULT_ROLES = [
    {'name': 'sales', 'permissions': '["orders:write", "customers:write"]'},
    {'name': 'purchasing', 'permissions': '["purchase_orders:write"]'},
    {'name': "controller's office", 'permissions': '["invoices:read", "payments:write"]'},
]


def upgrade() -> None:
    conn = op.get_bind()
    conn.execute(
        sa.text('INSERT INTO clients (code, legal_name) VALUES (:code, :name)').bindparams(
            code=DEFAULT_CLIENT, name='Main company'
        )
    )
    for role in DEFAULT_ROLES:
        conn.execute(
            sa.text(
                'INSERT INTO roles (client_id, name, permissions) '
                'SELECT c.id, :name, CAST(:permissions AS jsonb) FROM clients c WHERE c.code = :client'
            ).bindparams(client=DEFAULT_CLIENT, **role)
        )

    # orders that nobody confirmed for a year are no drafts any more
    conn.execute(
        sa.text(
            "UPDATE sales_orders SET status = :cancelled "
            "WHERE client_id = (SELECT id FROM clients WHERE code = :client) "
            "AND status = :draft AND order_date < CURRENT_DATE - :days * INTERVAL '1 day'"
        ).bindparams(cancelled='cancelled', draft='draft', client=DEFAULT_CLIENT, days=365)
    )


def downgrade() -> None:
    conn = op.get_bind()
    conn.execute(
        sa.text(
            'DELETE FROM roles WHERE client_id = (SELECT id FROM clients WHERE code = :client)'
        ).bindparams(client=DEFAULT_CLIENT)
    )
    conn.execute(sa.text('DELETE FROM clients WHERE code = :client').bindparams(client=DEFAULT_CLIENT))
