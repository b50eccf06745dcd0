# SPDX-License-Identifier: GPL-3.0-or-later
"""columns of a spreadsheet

Revision ID: 56b6c03b842e
Revises: 3c69d6bd4bf1
"""
import itertools
import re

import sqlalchemy as sa
from alembic import op

# revision identifiers, used by Alembic.
revision = '56b6c03b842e'
down_revision = '3c69d6bd4bf1'

HEADINGS = """
Full Name      | text
Birth-Date     | date
Height (cm)    | number
Weight (kg)    | number
2nd Address    | text
E-Mail         | text
"""
TYPES = {'text': sa.Text, 'date': sa.Date, 'number': lambda: sa.Numeric(6, 1)}


def columns():
    seen = itertools.count(1)
    for line in filter(None, HEADINGS.splitlines()):
        heading, _, kind = (part.strip() for part in line.partition('|'))
        name = re.sub(r'\W+', '_', heading.lower()).strip('_')
        if re.match(r'\d', name):
            name = f'c{next(seen):02d}_{name}'
        yield sa.Column(name, TYPES[kind](), comment=heading)


def upgrade():
    op.create_table('people', sa.Column('id', sa.Integer(), primary_key=True), *columns())


def downgrade():
    op.drop_table('people')
