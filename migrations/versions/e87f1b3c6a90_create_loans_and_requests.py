"""create loans and requests

Revision ID: e87f1b3c6a90
Revises: 0f7a28d94c6b
Create Date: 2023-10-02 11:55:18.230981

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'e87f1b3c6a90'
down_revision: Union[str, Sequence[str], None] = '0f7a28d94c6b'
branch_labels: Union[str, Sequence[str], None] = None
# loans point to items, which belong to the catalogue's line
depends_on: Union[str, Sequence[str], None] = '92b6f3e0a1d8'

loan_status = sa.Enum('open', 'overdue', 'returned', 'claimed_returned', 'lost', name='loan_status')
request_status = sa.Enum('placed', 'awaiting_pickup', 'filled', 'cancelled', name='request_status')


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'loans',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('status', loan_status, server_default='open', nullable=False),
        sa.Column('loaned_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('renewals', sa.Integer(), nullable=True),
        sa.CheckConstraint('returned_at IS NULL OR returned_at >= loaned_at', name='ck_loans_returned_after_loaned'),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], name='fk_loans_item', ondelete='RESTRICT'),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], name='fk_loans_tenant', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='fk_loans_user', ondelete='RESTRICT'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_loans')),
    )
    op.create_index('ix_loans_user_open', 'loans', ['user_id', 'status'])
    # an item is lent once at a time
    op.create_index(
        'uq_loans_item_open',
        'loans',
        ['item_id'],
        unique=True,
        postgresql_where=sa.text('returned_at IS NULL'),
        sqlite_where=sa.text('returned_at IS NULL'),
    )
    op.create_table(
        'requests',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=False),
        sa.Column('instance_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('status', request_status, server_default='placed', nullable=False),
        sa.Column('position', sa.Integer(), server_default='1', nullable=False),
        sa.Column('placed_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('pickup_until', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(['instance_id'], ['instances.id'], name='fk_requests_instance', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], name='fk_requests_tenant', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='fk_requests_user', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    )
    op.create_index('ix_requests_queue', 'requests', ['instance_id', 'position'])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table('requests')
    op.drop_index('uq_loans_item_open', table_name='loans')
    op.drop_index('ix_loans_user_open', table_name='loans')
    op.drop_table('loans')

    bind = op.get_bind()
    request_status.drop(bind, checkfirst=False)
    loan_status.drop(bind, checkfirst=False)
