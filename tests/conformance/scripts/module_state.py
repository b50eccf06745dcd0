# SPDX-License-Identifier: GPL-3.0-or-later
"""globals, a nested function and a decorator

Revision ID: 8e0079e0de83
Revises: f95083a700ce
"""
import functools

from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '8e0079e0de83'
down_revision = 'f95083a700ce'

_counter = 0
_log = []


def numbered(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        global _counter
        _counter += 1
        _log.append(function.__name__)
        return function(*args, number=_counter, **kwargs)
    return wrapper


@numbered
def make(table, *, number):
    op.create_table(f'{table}_{number:03}', sa.Column('id', sa.Integer, primary_key=True, autoincrement=False))


@numbered
def fill(table, values, *, number):
    def quoted(value):
        if value is None:
            return 'NULL'
        return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"
    op.execute('INSERT INTO %s VALUES (%s) -- %i' % (table, ', '.join(quoted(v) for v in values), number))


def upgrade():
    make('one')
    make('two')
    fill('one_001', [1, "it's", None, 2.50])
    op.execute('COMMENT ON TABLE one_001 IS ' + repr('-'.join(_log)))


def downgrade():
    for name in 'two_002', 'one_001':
        op.drop_table(name)
