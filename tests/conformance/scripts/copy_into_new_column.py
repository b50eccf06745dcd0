# SPDX-License-Identifier: GPL-3.0-or-later
"""split an address, with Core

Revision ID: 526ec06c1d6a
Revises: 86b3b29c12e3
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql import column, table

# revision identifiers, used by Alembic.
revision = '526ec06c1d6a'
down_revision = '86b3b29c12e3'

addresses = table('addresses', column('id', sa.Integer), column('line', sa.String), column('street', sa.String), column('house', sa.String),
                  column('country', sa.String))


def upgrade():
    op.add_column('addresses', sa.Column('street', sa.String(200)))
    op.add_column('addresses', sa.Column('house', sa.String(20)))
    op.execute(addresses.update().values(street=sa.func.trim(sa.func.substr(addresses.c.line, 1, 200))))
    op.execute(
        addresses.update()
        .where(addresses.c.country.in_(['DE', 'AT', 'CH']))
        .where(addresses.c.line.isnot(None))
        .values({addresses.c.house: sa.func.substr(addresses.c.line, -5), 'street': addresses.c.line})
    )
    op.execute(addresses.update().where(sa.or_(addresses.c.street == '', addresses.c.street == None)).values(street=sa.null()))  # noqa: E711


def downgrade():
    op.execute(addresses.update().values(line=addresses.c.street + ' ' + addresses.c.house))
    op.drop_column('addresses', 'house')
    op.drop_column('addresses', 'street')
