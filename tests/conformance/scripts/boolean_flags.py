# SPDX-License-Identifier: GPL-3.0-or-later
"""flags get a default and lose their NULLs

Revision ID: 696d90158303
Revises: d8fe67915e6c
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '696d90158303'
down_revision = 'd8fe67915e6c'

FLAGS = {
    'users': [('is_staff', False), ('wants_mail', True)],
    'pages': [('is_public', True)],
}


def upgrade():
    for table_name, flags in FLAGS.items():
        table = sa.table(table_name, *[sa.column(name, sa.Boolean()) for name, _ in flags])
        for name, default in flags:
            op.execute(table.update().where(table.c[name].is_(None)).values({name: default}))
            op.alter_column(table_name, name, existing_type=sa.Boolean(), nullable=False, server_default=sa.true() if default else sa.false())


def downgrade():
    for table_name, flags in FLAGS.items():
        for name, _default in flags:
            op.alter_column(table_name, name, existing_type=sa.Boolean(), nullable=True, server_default=None)
