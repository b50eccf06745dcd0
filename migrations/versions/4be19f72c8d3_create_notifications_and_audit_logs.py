"""create notifications and audit logs

Revision ID: 4be19f72c8d3
Revises: f5b07d9e3a26
Create Date: 2024-01-15 09:33:21.640958

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '4be19f72c8d3'
down_revision: Union[str, Sequence[str], None] = 'f5b07d9e3a26'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

json_document = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'notifications',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column(
            'channel',
            sa.Enum('email', 'sms', 'letter', name='notification_channel'),
            server_default='email',
            nullable=False,
        ),
        sa.Column('template', sa.String(length=60), nullable=False),
        sa.Column('payload', json_document, server_default=sa.text("'{}'"), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], name='fk_notifications_tenant', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='fk_notifications_user', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notifications')),
    )
    op.create_index(
        'ix_notifications_unsent',
        'notifications',
        ['tenant_id', 'created_at'],
        unique=False,
        postgresql_where=sa.text('sent_at IS NULL'),
        sqlite_where=sa.text('sent_at IS NULL'),
    )
    op.create_table(
        'audit_logs',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=True),
        sa.Column('actor_id', sa.Integer(), nullable=True),
        sa.Column('action', sa.String(length=60), nullable=False),
        sa.Column('table_name', sa.String(length=63), nullable=False),
        sa.Column('row_id', sa.Integer(), nullable=True),
        sa.Column('before', json_document, nullable=True),
        sa.Column('after', json_document, nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name='fk_audit_logs_actor', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], name='fk_audit_logs_tenant', ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_logs')),
    )
    op.create_index('ix_audit_logs_row', 'audit_logs', ['table_name', 'row_id'])
    op.create_index('ix_audit_logs_at', 'audit_logs', [sa.text('at DESC')])


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_audit_logs_at', table_name='audit_logs')
    op.drop_index('ix_audit_logs_row', table_name='audit_logs')
    op.drop_table('audit_logs')
    op.drop_index('ix_notifications_unsent', table_name='notifications')
    op.drop_table('notifications')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP TYPE notification_channel')
