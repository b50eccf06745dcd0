# SPDX-License-Identifier: GPL-3.0-or-later
"""SQLite's way, from a table that the script describes

Revision ID: 3ca7b54c30be
Revises: b9d50b9c996d
"""
import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '3ca7b54c30be'
down_revision = 'b9d50b9c996d'

meta = sa.MetaData()
songs = sa.Table(
    'songs', meta,
    sa.Column('id', sa.Integer, primary_key=True),
    sa.Column('title', sa.String(100)),
    sa.Column('seconds', sa.String(10)),
    sa.Column('album_id', sa.Integer),
    sa.UniqueConstraint('title', name='uq_songs_title'),
)


def upgrade():
    with op.batch_alter_table('songs', copy_from=songs, recreate='always') as batch_op:
        batch_op.alter_column('title', existing_type=sa.String(100), type_=sa.Text(), nullable=False)
        batch_op.alter_column('seconds', new_column_name='length', type_=sa.Integer(), existing_type=sa.String(10))
        batch_op.add_column(sa.Column('rating', sa.SmallInteger, server_default='3'))
        batch_op.drop_constraint('uq_songs_title', type_='unique')
        batch_op.create_index('ix_songs_title', ['title'])


def downgrade():
    with op.batch_alter_table('songs', copy_from=sa.Table(
            'songs', sa.MetaData(),
            sa.Column('id', sa.Integer, primary_key=True),
            sa.Column('title', sa.Text, nullable=False),
            sa.Column('length', sa.Integer),
            sa.Column('rating', sa.SmallInteger),
            sa.Column('album_id', sa.Integer)), recreate='always') as batch_op:
        batch_op.drop_column('rating')
        batch_op.alter_column('length', new_column_name='seconds', type_=sa.String(10), existing_type=sa.Integer())
        batch_op.create_unique_constraint('uq_songs_title', ['title'])
