"""Migrate user roles to an enum, in batches

Revision ID: 006_migrate_user_roles
Revises: 005_add_audit_trail
Create Date: 2024-11-11 11:11:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '006_migrate_user_roles'
down_revision: Union[str, Sequence[str], None] = '005_add_audit_trail'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


BATCH_SIZE = 1000

user_role = postgresql.ENUM('owner', 'admin', 'member', 'viewer', 'service', name='user_role')


def upgrade() -> None:
    connection = op.get_bind()
    user_role.create(connection, checkfirst=True)

    op.add_column('users', sa.Column('role_new', postgresql.ENUM(name='user_role', create_type=False), nullable=True))

    offset = 0
    while True:
        result = connection.execute(
            sa.text(
                """
                UPDATE users
                SET role_new = CASE role
                    WHEN 'admin' THEN 'admin'::user_role
                    WHEN 'service' THEN 'service'::user_role
                    WHEN 'readonly' THEN 'viewer'::user_role
                    ELSE 'member'::user_role
                END
                WHERE id IN (
                    SELECT id FROM users ORDER BY id LIMIT :batch_size OFFSET :offset
                )
                """
            ),
            {'batch_size': BATCH_SIZE, 'offset': offset},
        )
        if result.rowcount == 0:
            break
        offset += BATCH_SIZE
        print(f"Migrated {result.rowcount} users (offset {offset})")

    op.alter_column('users', 'role_new', nullable=False, server_default=sa.text("'member'::user_role"))
    op.drop_column('users', 'role')
    op.alter_column('users', 'role_new', new_column_name='role')


def downgrade() -> None:
    op.add_column('users', sa.Column('role_old', sa.String(20), nullable=False, server_default='user'))
    op.execute(
        """
        UPDATE users
        SET role_old = CASE role::text
            WHEN 'member' THEN 'user'
            WHEN 'viewer' THEN 'readonly'
            WHEN 'owner' THEN 'admin'
            ELSE role::text
        END
        """
    )
    op.drop_column('users', 'role')
    op.alter_column('users', 'role_old', new_column_name='role')
    user_role.drop(op.get_bind(), checkfirst=True)
