"""create departments and permissions

Revision ID: 0f7a28d94c6b
Revises: 6e1b9c40d8f3
Create Date: 2023-09-11 14:03:51.094410

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '0f7a28d94c6b'
down_revision: Union[str, Sequence[str], None] = '6e1b9c40d8f3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'departments',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('tenant_id', sa.Integer(), sa.ForeignKey('tenants.id', ondelete='CASCADE'), nullable=False),
        sa.Column('parent_id', sa.Integer(), sa.ForeignKey('departments.id', ondelete='SET NULL'), nullable=True),
        sa.Column('code', sa.String(16), nullable=False),
        sa.Column('name', sa.String(120), nullable=False),
        sa.UniqueConstraint('tenant_id', 'code', name='uq_departments_code_tenant'),
    )
    op.create_index('ix_departments_parent_id', 'departments', ['parent_id'])

    permissions = op.create_table(
        'permissions',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('name', sa.String(80), nullable=False, unique=True),
        sa.Column('description', sa.Text(), nullable=True),
    )
    op.create_table(
        'user_permissions',
        sa.Column('user_id', sa.Integer(), sa.ForeignKey('users.id', ondelete='CASCADE'), nullable=False),
        sa.Column('permission_id', sa.Integer(), sa.ForeignKey('permissions.id', ondelete='CASCADE'), nullable=False),
        sa.Column('granted_at', sa.DateTime(), server_default=sa.text('CURRENT_TIMESTAMP'), nullable=False),
        sa.PrimaryKeyConstraint('user_id', 'permission_id'),
    )

    op.bulk_insert(
        permissions,
        [
            {'name': 'loans.write', 'description': 'Lend, renew and take back'},
            {'name': 'requests.write', 'description': "Place and cancel a patron's requests"},
            {'name': 'fees.write', 'description': 'Charge, waive and take payments'},
            {'name': 'catalog.write', 'description': None},
        ],
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table('user_permissions')
    op.drop_table('permissions')
    op.drop_index('ix_departments_parent_id', table_name='departments')
    op.drop_table('departments')
