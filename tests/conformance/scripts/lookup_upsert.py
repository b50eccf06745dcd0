# SPDX-License-Identifier: GPL-3.0-or-later
"""currencies, inserted or brought up to date

Revision ID: 12c19dc3a964
Revises: 08d36966da86
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import insert

# revision identifiers, used by Alembic.
revision = '12c19dc3a964'
down_revision = '08d36966da86'

currencies = sa.table(
    'currencies',
    sa.column('code', sa.String(3)),
    sa.column('name', sa.String),
    sa.column('digits', sa.Integer),
    sa.column('active', sa.Boolean),
)
ROWS = [
    ('EUR', 'Euro', 2, True),
    ('JPY', 'Yen', 0, True),
    ('ITL', "Lira d'Italia", 2, False),
]


def upgrade():
    for code, name, digits, active in ROWS:
        statement = insert(currencies).values(code=code, name=name, digits=digits, active=active)
        op.execute(statement.on_conflict_do_update(
            index_elements=[currencies.c.code],
            set_={'name': statement.excluded.name, 'digits': statement.excluded.digits},
            where=currencies.c.name.is_distinct_from(statement.excluded.name),
        ))
    op.execute(insert(currencies).values([{'code': 'XXX', 'name': 'none', 'digits': 0, 'active': False}]).on_conflict_do_nothing())


def downgrade():
    op.execute(currencies.delete().where(currencies.c.code.in_([row[0] for row in ROWS] + ['XXX'])))
