# SPDX-License-Identifier: GPL-3.0-or-later
"""names that a convention would have given

Revision ID: b9d50b9c996d
Revises: 526ec06c1d6a
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = 'b9d50b9c996d'
down_revision = '526ec06c1d6a'

RENAMES = [
    ('orders', 'orders_customer_id_fkey', 'fk_orders_customer_id', ('customer_id',), ('customers', 'id')),
    ('order_lines', 'order_lines_order_id_fkey', 'fk_order_lines_order_id', ('order_id',), ('orders', 'id')),
]


def upgrade():
    for source, before, after, local, (target, remote) in RENAMES:
        op.drop_constraint(before, source, type_='foreignkey')
        op.create_foreign_key(after, source, target, list(local), [remote], ondelete='CASCADE')
    op.execute('ALTER INDEX customers_email_key RENAME TO uq_customers_email')


def downgrade():
    op.execute('ALTER INDEX uq_customers_email RENAME TO customers_email_key')
    for source, before, after, local, (target, remote) in RENAMES[::-1]:
        op.drop_constraint(after, source, type_='foreignkey')
        op.create_foreign_key(before, source, target, list(local), [remote])
