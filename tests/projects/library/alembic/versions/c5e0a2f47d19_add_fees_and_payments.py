"""add fees and payments

Revision ID: c5e0a2f47d19
Revises: e3a97c2d4f60
Create Date: 2024-05-13 13:44:58.293017

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = 'c5e0a2f47d19'
down_revision = 'e3a97c2d4f60'
branch_labels = ('billing',)
depends_on = '1f8d3b6c9e04'


fee_state = postgresql.ENUM('open', 'paid', 'waived', name='fee_state', create_type=False)


def upgrade() -> None:
    fee_state.create(op.get_bind())

    op.create_table(
        'fees',
        sa.Column('id', postgresql.UUID(as_uuid=True), server_default=sa.text('gen_random_uuid()'), nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('loan_id', postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column('amount', sa.Numeric(10, 2), nullable=False),
        sa.Column('currency', sa.CHAR(3), server_default=sa.text("'EUR'::bpchar"), nullable=False),
        sa.Column('state', fee_state, server_default=sa.text("'open'::fee_state"), nullable=False),
        sa.Column('charged_at', sa.DateTime(timezone=True), server_default=sa.text('CURRENT_TIMESTAMP'), nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='RESTRICT'),
        sa.ForeignKeyConstraint(['loan_id'], ['loans.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id'),
        sa.CheckConstraint('amount >= 0', name='ck_fees_amount'),
    )
    op.create_index('ix_fees_open', 'fees', ['tenant_id', 'user_id'], postgresql_where=sa.text("state = 'open'"))
    op.create_table(
        'payments',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column('fee_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('amount', sa.Numeric(10, 2), nullable=False),
        sa.Column('method', sa.String(20), nullable=False),
        sa.Column('receipt', sa.LargeBinary(), nullable=True),
        sa.Column('paid_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(['fee_id'], ['fees.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
    )


def downgrade() -> None:
    op.drop_table('payments')
    op.drop_index('ix_fees_open', table_name='fees')
    op.drop_table('fees')
    fee_state.drop(op.get_bind())
