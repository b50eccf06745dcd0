"""add addresses and permissions

Revision ID: 9d2e64f7b8a1
Revises: 7c1f0ab93d5e
Create Date: 2024-03-18 16:05:33.401119

"""
from alembic import op
import sqlalchemy as sa
import uuid

from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '9d2e64f7b8a1'
down_revision = '7c1f0ab93d5e'
branch_labels = None
depends_on = None


PERMISSIONS = [
    ('circulation.loans', 'Lend and take back'),
    ('circulation.requests', "Place a patron's requests"),
    ('billing.fees', 'Charge and waive fees'),
    ('catalog.instances', 'Catalogue titles'),
    ('tenant.settings', "Change the library's settings"),
]
NAMESPACE = uuid.UUID('6ba7b810-9dad-11d1-80b4-00c04fd430c8')


def upgrade() -> None:
    op.create_table(
        'addresses',
        sa.Column('id', postgresql.UUID(as_uuid=True), primary_key=True, server_default=sa.text('gen_random_uuid()')),
        sa.Column('user_id', postgresql.UUID(as_uuid=True), sa.ForeignKey('users.id', ondelete='CASCADE'), nullable=False, index=True),
        sa.Column('kind', sa.Enum('home', 'work', 'billing', name='address_kind'), nullable=False, server_default='home'),
        sa.Column('lines', postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column('postal_code', sa.String(16)),
        sa.Column('city', sa.String(100)),
        sa.Column('country', sa.CHAR(2), nullable=False, server_default='AT'),
        sa.UniqueConstraint('user_id', 'kind', name='uq_addresses_kind_user'),
    )
    permissions_table = op.create_table(
        'permissions',
        sa.Column('id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('description', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('name'),
    )
    op.create_table(
        'user_permissions',
        sa.Column('user_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('permission_id', postgresql.UUID(as_uuid=True), nullable=False),
        sa.Column('granted_by', postgresql.UUID(as_uuid=True), nullable=True),
        sa.Column('granted_at', sa.TIMESTAMP(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['permission_id'], ['permissions.id'], ondelete='RESTRICT'),
        sa.ForeignKeyConstraint(['granted_by'], ['users.id'], ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('user_id', 'permission_id'),
    )
    op.bulk_insert(
        permissions_table,
        [
            {'id': uuid.uuid5(NAMESPACE, name), 'name': name, 'description': description}
            for name, description in PERMISSIONS
        ],
    )


def downgrade() -> None:
    op.drop_table('user_permissions')
    op.drop_table('permissions')
    op.drop_index('ix_addresses_user_id', table_name='addresses')
    op.drop_table('addresses')
    sa.Enum(name='address_kind').drop(op.get_bind(), checkfirst=True)
