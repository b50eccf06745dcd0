"""add loans and requests

Revision ID: 1f8d3b6c9e04
Revises: e3a97c2d4f60
Create Date: 2024-05-06 11:30:12.718844

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '1f8d3b6c9e04'
down_revision = 'e3a97c2d4f60'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'loans',
        sa.Column('id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('item_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('loaned_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('returned_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('renewals', sa.SmallInteger(), server_default='0', nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['item_id'], ['items.id'], ondelete='RESTRICT'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='RESTRICT'),
        sa.PrimaryKeyConstraint('id'),
        sa.CheckConstraint('due_at > loaned_at', name='ck_loans_due_after_loaned'),
    )
    op.create_index('uq_loans_open_item', 'loans', ['item_id'], unique=True, postgresql_where=sa.text('returned_at IS NULL'))
    op.create_index('ix_loans_user_due', 'loans', ['user_id', sa.text('due_at DESC')])

    op.create_table(
        'requests',
        sa.Column('id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('instance_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('status', sa.String(length=20), server_default='placed', nullable=False),
        sa.Column('placed_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['instance_id'], ['instances.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.CheckConstraint("status IN ('placed', 'awaiting_pickup', 'filled', 'cancelled')", name='ck_requests_status'),
    )
    op.create_index('ix_requests_instance_id', 'requests', ['instance_id'])


def downgrade() -> None:
    op.drop_index('ix_requests_instance_id', table_name='requests')
    op.drop_table('requests')
    op.drop_index('ix_loans_user_due', table_name='loans')
    op.drop_index('uq_loans_open_item', table_name='loans')
    op.drop_table('loans')
