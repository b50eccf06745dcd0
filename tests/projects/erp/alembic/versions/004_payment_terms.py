"""payment terms per client

Revision ID: 004
Revises: 003
Create Date: 2024-05-27 11:11:11.111111

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '004'
down_revision = '003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('clients', sa.Column('payment_terms_days', sa.Integer(), nullable=True))
    op.add_column('customers', sa.Column('payment_terms_days', sa.Integer(), nullable=True))

    conn = op.get_bind()
    client_ids = [row[0] for row in conn.execute(sa.text('SELECT id FROM clients ORDER BY id'))]
    for client_id in client_ids:
        conn.execute(
            sa.text('UPDATE clients SET payment_terms_days = :days WHERE id = :client_id'),
            {'days': 30, 'client_id': client_id},
        )
        conn.execute(
            sa.text(
                'UPDATE customers SET payment_terms_days = :days '
                'WHERE client_id = :client_id AND credit_limit IS NOT NULL'
            ),
            {'days': 14, 'client_id': client_id},
        )

    op.alter_column('clients', 'payment_terms_days', nullable=False, server_default=sa.text('30'))
    op.create_check_constraint('ck_clients_payment_terms', 'clients', 'payment_terms_days > 0')


def downgrade() -> None:
    op.drop_constraint('ck_clients_payment_terms', 'clients', type_='check')
    op.drop_column('customers', 'payment_terms_days')
    op.drop_column('clients', 'payment_terms_days')
