# SPDX-License-Identifier: GPL-3.0-or-later
"""text column becomes a native enum

Revision ID: 4ce2c7f42720
Revises: a8789cfffce2
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '4ce2c7f42720'
down_revision = 'a8789cfffce2'

status = postgresql.ENUM('draft', 'review', 'published', name='article_status', create_type=False)


def upgrade():
    bind = op.get_bind()
    status.create(bind, checkfirst=True)
    op.alter_column('articles', 'status', server_default=None)
    op.alter_column('articles', 'status', existing_type=sa.String(20), type_=status, existing_nullable=False,
                    postgresql_using="lower(status)::article_status")
    op.alter_column('articles', 'status', server_default='draft')


def downgrade():
    op.alter_column('articles', 'status', existing_type=status, type_=sa.String(20), existing_nullable=False, server_default=None)
    op.alter_column('articles', 'status', server_default=sa.text("'draft'"))
    status.drop(op.get_bind(), checkfirst=True)
