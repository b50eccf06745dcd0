# SPDX-License-Identifier: GPL-3.0-or-later
"""chunks of a long list

Revision ID: c4d155c50df2
Revises: 8e0079e0de83
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'c4d155c50df2'
down_revision = '8e0079e0de83'

countries = sa.table('countries', sa.column('code', sa.String(2)), sa.column('continent', sa.String))
CODES = 'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ'.split()


def chunks(items, size):
    position = 0
    while chunk := items[position:position + size]:
        yield chunk
        position += size


def upgrade():
    for number, chunk in enumerate(chunks(CODES, 5)):
        if (last := chunk[-1]) == 'AS':
            continue
        op.execute(countries.insert().values([{'code': code, 'continent': None} for code in chunk]))
        op.execute(f'-- {number}: {chunk[0]}..{last}')
    else:
        op.execute(countries.update().where(countries.c.code.between('AA', 'AM')).values(continent='?'))
    n = 3
    while True:
        n -= 1
        if n % 2:
            op.execute(countries.delete().where(countries.c.code == CODES[n]))
        if n < 0:
            break


def downgrade():
    op.execute(countries.delete().where(countries.c.code.in_(CODES)))
