"""items on order, longer barcodes

Revision ID: f90c3d7a5b26
Revises: 2ab58f6d7e13
Create Date: 2024-07-22 12:00:45.980313

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'f90c3d7a5b26'
down_revision = '2ab58f6d7e13'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # a new value of an enum cannot be used in the transaction that adds it
    with op.get_context().autocommit_block():
        op.execute("ALTER TYPE item_status ADD VALUE IF NOT EXISTS 'on_order' BEFORE 'available'")

    op.alter_column('items', 'barcode', existing_type=sa.VARCHAR(length=32), type_=sa.String(length=64), existing_nullable=False)
    op.alter_column('users', 'barcode', existing_type=sa.VARCHAR(length=32), type_=sa.String(length=64), existing_nullable=True)
    op.alter_column('items', 'condition', new_column_name='condition_note', existing_type=sa.TEXT(), existing_nullable=True)
    op.alter_column('users', 'last_name', existing_type=sa.VARCHAR(length=120), comment='also used for sorting', existing_nullable=False)


def downgrade() -> None:
    op.alter_column('users', 'last_name', existing_type=sa.VARCHAR(length=120), comment=None, existing_comment='also used for sorting', existing_nullable=False)
    op.alter_column('items', 'condition_note', new_column_name='condition', existing_type=sa.TEXT(), existing_nullable=True)
    op.alter_column('users', 'barcode', existing_type=sa.String(length=64), type_=sa.VARCHAR(length=32), existing_nullable=True)
    op.alter_column('items', 'barcode', existing_type=sa.String(length=64), type_=sa.VARCHAR(length=32), existing_nullable=False)

    # PostgreSQL cannot drop a value of an enum: build the type anew
    op.execute("UPDATE items SET status = 'missing' WHERE status = 'on_order'")
    op.execute('ALTER TYPE item_status RENAME TO item_status_old')
    op.execute("CREATE TYPE item_status AS ENUM ('available', 'checked_out', 'in_transit', 'missing')")
    op.alter_column('items', 'status', server_default=None, existing_type=sa.Enum(name='item_status'), existing_nullable=False)
    op.execute('ALTER TABLE items ALTER COLUMN status TYPE item_status USING status::text::item_status')
    op.alter_column('items', 'status', server_default='available', existing_type=sa.Enum(name='item_status'), existing_nullable=False)
    op.execute('DROP TYPE item_status_old')
