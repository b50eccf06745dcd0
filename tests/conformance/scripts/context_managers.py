# SPDX-License-Identifier: GPL-3.0-or-later
"""settings for a while

Revision ID: 8b83be2819e7
Revises: c50e6f64821b
"""
import contextlib

from alembic import op

# revision identifiers, used by Alembic.
revision = '8b83be2819e7'
down_revision = 'c50e6f64821b'


@contextlib.contextmanager
def setting(name, value):
    op.execute(f"SET {name} = '{value}'")
    try:
        yield name
    finally:
        op.execute(f'RESET {name}')


class Locked:
    def __init__(self, *tables, mode='SHARE ROW EXCLUSIVE'):
        self.tables, self.mode = tables, mode

    def __enter__(self):
        op.execute('LOCK TABLE %s IN %s MODE' % (', '.join(self.tables), self.mode))
        return self

    def __exit__(self, kind, problem, trace):
        return False


def upgrade():
    with setting('statement_timeout', '10min') as name, Locked('a', 'b'):
        op.execute('UPDATE a SET n = n + 1 -- under ' + name)
    with contextlib.suppress(KeyError), setting('work_mem', '64MB'):
        op.execute({'x': 'UPDATE b SET n = 0'}['x'])


def downgrade():
    with contextlib.ExitStack() as stack:
        for name, value in (('work_mem', '1MB'), ('search_path', 'app')):
            stack.enter_context(setting(name, value))
        op.execute('UPDATE a SET n = n - 1')
