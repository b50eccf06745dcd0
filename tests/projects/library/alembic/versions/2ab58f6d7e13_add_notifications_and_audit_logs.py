"""add roles, notifications and audit logs

Revision ID: 2ab58f6d7e13
Revises: 64b7e1d9f0c8
Create Date: 2024-06-03 15:09:27.639201

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '2ab58f6d7e13'
down_revision = '64b7e1d9f0c8'
branch_labels = None
depends_on = None


TOUCHED = ('tenants', 'users')


def upgrade() -> None:
    op.create_table(
        'roles',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('permissions', postgresql.ARRAY(sa.String()), server_default=sa.text("'{}'::character varying[]"), nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('tenant_id', 'name', name='uq_roles_name_tenant'),
    )
    op.create_table(
        'notifications',
        sa.Column('id', sa.BigInteger(), autoincrement=True, nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('payload', postgresql.JSONB(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_notifications_unsent', 'notifications', ['id'], postgresql_where=sa.text('sent_at IS NULL'))
    op.create_table(
        'audit_logs',
        sa.Column('id', sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column('actor', postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column('action', sa.String(length=60), nullable=False),
        sa.Column('address', postgresql.INET(), nullable=True),
        sa.Column('changes', postgresql.JSONB(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), server_default=sa.text('clock_timestamp()'), nullable=False),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index('ix_audit_logs_at_brin', 'audit_logs', ['at'], postgresql_using='brin')
    op.create_table_comment('audit_logs', 'Who did what, kept for ten years', schema=None)

    op.execute(
        """
        CREATE FUNCTION touch_updated_at() RETURNS trigger AS $$
        BEGIN
            NEW.updated_at := now();
            RETURN NEW;
        END;
        $$ LANGUAGE plpgsql
        """
    )
    for table in TOUCHED:
        op.execute(
            f'CREATE TRIGGER trg_{table}_updated_at BEFORE UPDATE ON {table} '
            'FOR EACH ROW EXECUTE FUNCTION touch_updated_at()'
        )


def downgrade() -> None:
    for table in reversed(TOUCHED):
        op.execute(f'DROP TRIGGER trg_{table}_updated_at ON {table}')
    op.execute('DROP FUNCTION touch_updated_at()')
    op.drop_table_comment('audit_logs', existing_comment='Who did what, kept for ten years', schema=None)
    op.drop_index('ix_audit_logs_at_brin', table_name='audit_logs')
    op.drop_table('audit_logs')
    op.drop_index('ix_notifications_unsent', table_name='notifications')
    op.drop_table('notifications')
    op.drop_table('roles')
