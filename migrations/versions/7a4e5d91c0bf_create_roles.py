"""create roles

Revision ID: 7a4e5d91c0bf
Revises: d61c3f8b2e94
Create Date: 2023-11-06 15:28:45.550012

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '7a4e5d91c0bf'
down_revision: Union[str, Sequence[str], None] = 'd61c3f8b2e94'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

ROLES = {
    'librarian': ('loans.write', 'requests.write', 'fees.write'),
    'cataloguer': ('catalog.write',),
    'administrator': ('loans.write', 'requests.write', 'fees.write', 'catalog.write'),
}


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'roles',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('is_system', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.UniqueConstraint('name', name='uq_roles_name'),
    )
    op.create_table(
        'role_permissions',
        sa.Column('role_id', sa.Integer(), sa.ForeignKey('roles.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('permission_id', sa.Integer(), sa.ForeignKey('permissions.id', ondelete='CASCADE'), primary_key=True),
    )
    op.create_table(
        'user_roles',
        sa.Column('user_id', sa.Integer(), sa.ForeignKey('users.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('role_id', sa.Integer(), sa.ForeignKey('roles.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('department_id', sa.Integer(), sa.ForeignKey('departments.id', ondelete='SET NULL'), nullable=True),
    )
    op.create_index('ix_user_roles_role_id', 'user_roles', ['role_id'])

    roles = sa.table('roles', sa.column('name', sa.String), sa.column('is_system', sa.Boolean))
    op.bulk_insert(roles, [{'name': name, 'is_system': True} for name in ROLES])

    for role, permissions in ROLES.items():
        for permission in permissions:
            op.execute(
                sa.text(
                    "INSERT INTO role_permissions (role_id, permission_id) "
                    "SELECT r.id, p.id FROM roles r, permissions p "
                    "WHERE r.name = :role AND p.name = :permission"
                ).bindparams(role=role, permission=permission)
            )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_user_roles_role_id', table_name='user_roles')
    op.drop_table('user_roles')
    op.drop_table('role_permissions')
    op.drop_table('roles')
