# SPDX-License-Identifier: GPL-3.0-or-later
"""integer keys become UUIDs

Revision ID: 08d36966da86
Revises: 46d9a06ee342
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import UUID

# revision identifiers, used by Alembic.
revision = '08d36966da86'
down_revision = '46d9a06ee342'

CHILDREN = {'comments': 'post_id', 'likes': 'post_id'}


def upgrade():
    op.execute('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"')
    op.add_column('posts', sa.Column('uid', UUID(), server_default=sa.text('uuid_generate_v4()'), nullable=False))
    for table, column in CHILDREN.items():
        op.add_column(table, sa.Column(column.replace('_id', '_uid'), UUID(), nullable=True))
        op.execute(f'UPDATE {table} SET {column.replace("_id", "_uid")} = posts.uid FROM posts WHERE posts.id = {table}.{column}')
        op.drop_constraint(f'{table}_{column}_fkey', table, type_='foreignkey')
        op.drop_column(table, column)
        op.alter_column(table, column.replace('_id', '_uid'), new_column_name=column, nullable=False)
    op.drop_constraint('posts_pkey', 'posts', type_='primary')
    op.drop_column('posts', 'id')
    op.alter_column('posts', 'uid', new_column_name='id')
    op.create_primary_key('posts_pkey', 'posts', ['id'])
    for table, column in CHILDREN.items():
        op.create_foreign_key(f'{table}_{column}_fkey', table, 'posts', [column], ['id'])


def downgrade():
    raise NotImplementedError('there is no way back from UUIDs')
