# SPDX-License-Identifier: GPL-3.0-or-later
"""columns by pattern

Revision ID: e99db123431c
Revises: 8b83be2819e7
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'e99db123431c'
down_revision = '8b83be2819e7'

PLAN = [
    ('add', 'users', ('nick', 'str:40')),
    ('add', 'users', ('age', 'int')),
    ('drop', 'users', 'legacy'),
    {'rename': 'users', 'from': 'mail', 'to': 'email'},
    ('sql', 'VACUUM users'),
]


def as_type(text):
    match text.split(':'):
        case ['str', length]:
            return sa.String(int(length))
        case ['int']:
            return sa.Integer()
        case _:
            raise ValueError(text)


def apply(step):
    match step:
        case ('add', table, (name, kind)):
            op.add_column(table, sa.Column(name, as_type(kind)))
        case ('drop', table, str(name)):
            op.drop_column(table, name)
        case {'rename': table, 'from': old, 'to': new}:
            op.alter_column(table, old, new_column_name=new)
        case ('sql', sql) if sql.startswith('VACUUM'):
            print('left to the operator:', sql)
        case _:
            raise ValueError(step)


def upgrade():
    for step in PLAN:
        apply(step)


def downgrade():
    apply({'rename': 'users', 'from': 'email', 'to': 'mail'})
    apply(('add', 'users', ('legacy', 'int')))
