"""scope unique e-mail addresses and barcodes to the tenant

Two libraries may know the same person, and barcodes are printed by each library for itself.

Revision ID: d07f5b3e9c62
Revises: 69e4c1a8f5b0
Create Date: 2024-04-22 08:55:37.734902

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'd07f5b3e9c62'
down_revision: Union[str, Sequence[str], None] = '69e4c1a8f5b0'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.drop_index(op.f('ix_users_email'), table_name='users')
    op.drop_index(op.f('ix_users_barcode'), table_name='users')
    op.drop_index(op.f('ix_items_barcode'), table_name='items')

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.create_unique_constraint('uq_users_email_tenant', ['tenant_id', 'email'])
        batch_op.create_unique_constraint('uq_users_barcode_tenant', ['tenant_id', 'barcode'])
    with op.batch_alter_table('items', schema=None) as batch_op:
        batch_op.create_unique_constraint('uq_items_barcode_tenant', ['tenant_id', 'barcode'])

    # the lookups still want an index of their own, no longer a unique one
    op.create_index(op.f('ix_users_email'), 'users', ['email'], unique=False)
    op.create_index(op.f('ix_users_barcode'), 'users', ['barcode'], unique=False)
    op.create_index(op.f('ix_items_barcode'), 'items', ['barcode'], unique=False)


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index(op.f('ix_items_barcode'), table_name='items')
    op.drop_index(op.f('ix_users_barcode'), table_name='users')
    op.drop_index(op.f('ix_users_email'), table_name='users')

    with op.batch_alter_table('items', schema=None) as batch_op:
        batch_op.drop_constraint('uq_items_barcode_tenant', type_='unique')
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_constraint('uq_users_barcode_tenant', type_='unique')
        batch_op.drop_constraint('uq_users_email_tenant', type_='unique')

    op.create_index(op.f('ix_items_barcode'), 'items', ['barcode'], unique=True)
    op.create_index(op.f('ix_users_barcode'), 'users', ['barcode'], unique=True)
    op.create_index(op.f('ix_users_email'), 'users', ['email'], unique=True)
