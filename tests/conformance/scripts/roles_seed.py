# SPDX-License-Identifier: GPL-3.0-or-later
"""roles and permissions with their first rows

Revision ID: a8789cfffce2
Revises: dcd230d02a8c
"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = 'a8789cfffce2'
down_revision = 'dcd230d02a8c'

ROLES = {
    'admin': ('read', 'write', 'delete', 'grant'),
    'editor': ('read', 'write'),
    'viewer': ('read',),
}


def upgrade():
    roles = op.create_table(
        'roles',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', sa.String(30), nullable=False, unique=True),
        sa.Column('level', sa.Integer, nullable=False, server_default='0'),
    )
    permissions = op.create_table(
        'permissions',
        sa.Column('role_id', sa.Integer, sa.ForeignKey('roles.id', ondelete='CASCADE'), primary_key=True),
        sa.Column('name', sa.String(30), primary_key=True),
    )
    op.bulk_insert(roles, [{'id': n, 'name': name, 'level': len(rights)} for n, (name, rights) in enumerate(ROLES.items(), start=1)])
    op.bulk_insert(
        permissions,
        [{'role_id': n, 'name': right} for n, rights in enumerate(ROLES.values(), start=1) for right in rights],
        multiinsert=False,
    )


def downgrade():
    op.drop_table('permissions')
    op.drop_table('roles')
