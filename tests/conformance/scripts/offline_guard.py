# SPDX-License-Identifier: GPL-3.0-or-later
"""backfill only where there are rows to read

Revision ID: 162c16a7cbc4
Revises: 6d7f6864a471
"""
import sqlalchemy as sa
from alembic import context, op

# revision identifiers, used by Alembic.
revision = '162c16a7cbc4'
down_revision = '6d7f6864a471'


def upgrade():
    op.add_column('users', sa.Column('display_name', sa.String(100), nullable=True))
    if context.is_offline_mode():
        op.execute("UPDATE users SET display_name = first_name || ' ' || last_name WHERE display_name IS NULL")
    else:
        bind = op.get_bind()
        for row in bind.execute(sa.text('SELECT id, first_name, last_name FROM users')).fetchall():
            bind.execute(sa.text('UPDATE users SET display_name = :name WHERE id = :id'),
                         {'name': f'{row.first_name} {row.last_name}', 'id': row.id})
    op.alter_column('users', 'display_name', existing_type=sa.String(100), nullable=False)


def downgrade():
    op.drop_column('users', 'display_name')
