# SPDX-License-Identifier: GPL-3.0-or-later
"""extensions and domains

Revision ID: 69e3c089ee41
Revises: 494e027d28e4
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import CITEXT, DOMAIN

# revision identifiers, used by Alembic.
revision = '69e3c089ee41'
down_revision = '494e027d28e4'

EXTENSIONS = ('citext', 'hstore', 'btree_gist')
email = DOMAIN('email', CITEXT, check="VALUE ~ '@'", not_null=True, create_type=False)


def upgrade():
    for extension in EXTENSIONS:
        op.execute(f'CREATE EXTENSION IF NOT EXISTS {extension}')
    op.execute("CREATE DOMAIN email AS citext CHECK (VALUE ~ '@') NOT NULL")
    op.create_table(
        'contacts',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('name', CITEXT(), unique=True),
        sa.Column('mail', email),
        sa.Column('attributes', postgresql.HSTORE(text_type=sa.Text())),
        sa.Column('mac', postgresql.MACADDR8()),
        sa.Column('bits', postgresql.BIT(3, varying=True)),
        sa.Column('oid', postgresql.OID()),
        sa.Column('xml', sa.Text().with_variant(postgresql.TSQUERY(), 'postgresql')),
    )


def downgrade():
    op.drop_table('contacts')
    op.execute('DROP DOMAIN email')
    for extension in EXTENSIONS[::-1]:
        op.execute(f'DROP EXTENSION IF EXISTS {extension}')
