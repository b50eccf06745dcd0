# SPDX-License-Identifier: GPL-3.0-or-later
"""one more value of an enum, which has no way back

Revision ID: fff7cbf0205e
Revises: 4ce2c7f42720
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = 'fff7cbf0205e'
down_revision = '4ce2c7f42720'


def upgrade():
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE order_state ADD VALUE IF NOT EXISTS 'refunded' AFTER 'shipped'")
    op.execute("UPDATE orders SET state = 'refunded' WHERE id IN (SELECT order_id FROM refunds)")


def downgrade():
    # PostgreSQL has no ALTER TYPE ... DROP VALUE
    pass
