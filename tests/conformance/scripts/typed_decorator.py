# SPDX-License-Identifier: GPL-3.0-or-later
"""a type of the project's own, kept in the script

Revision ID: 92c51c012524
Revises: 46a1a117eb25
"""
import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, UserDefinedType

# revision identifiers, used by Alembic.
revision = '92c51c012524'
down_revision = '46a1a117eb25'


class JSONEncoded(TypeDecorator):
    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == 'postgresql':
            return dialect.type_descriptor(postgresql.JSONB())
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value, dialect):
        return value if value is None else json.dumps(value)


class Money(TypeDecorator):
    impl = sa.Numeric(18, 4)


class Ltree(UserDefinedType):
    def __init__(self, depth=None):
        self.depth = depth

    def get_col_spec(self, **kw):
        return 'LTREE' if self.depth is None else 'LTREE /* %d */' % self.depth


def upgrade():
    op.create_table(
        'assets',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('price', Money(), nullable=False, server_default='0'),
        sa.Column('data', JSONEncoded()),
        sa.Column('path', Ltree()),
        sa.Column('deep', Ltree(depth=4)),
    )
    op.alter_column('assets', 'price', type_=Money(), existing_nullable=False)


def downgrade():
    op.drop_table('assets')
