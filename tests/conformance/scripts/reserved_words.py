# SPDX-License-Identifier: GPL-3.0-or-later
"""names that need quotes

Revision ID: 475f6c576d14
Revises: 2d2c084ad58e
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

# revision identifiers, used by Alembic.
revision = '475f6c576d14'
down_revision = '2d2c084ad58e'


def upgrade():
    op.create_table(
        'user',
        sa.Column('order', sa.Integer, primary_key=True),
        sa.Column('Group', sa.String(10), index=True),
        sa.Column('first name', sa.String(10), server_default="it's"),
        sa.Column('limit', sa.Integer, sa.ForeignKey('Table.select')),
        sa.Column(quoted_name('lower', True), sa.Text),
        sa.Column('größe', sa.Numeric(4, 1)),
        sa.UniqueConstraint('Group', 'limit', name='Uq User'),
        schema='Public',
    )
    op.add_column('user', sa.Column('end', sa.Date), schema='Public')
    op.alter_column('user', 'first name', new_column_name='given name', schema='Public')
    op.create_index('Ix 1', 'user', ['order', sa.text('"Group" DESC')], schema='Public')


def downgrade():
    op.drop_index('Ix 1', 'user', schema='Public')
    op.drop_table('user', schema='Public')
