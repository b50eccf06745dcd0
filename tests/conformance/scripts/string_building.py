# SPDX-License-Identifier: GPL-3.0-or-later
"""statements built in all the ways that Python has

Revision ID: 724f479736cd
Revises: 882f563841b9
"""
from alembic import op
from string import Template

# revision identifiers, used by Alembic.
revision = '724f479736cd'
down_revision = '882f563841b9'

COLUMNS = ['a', 'b', 'c']


def upgrade():
    op.execute('CREATE TABLE t ({})'.format(', '.join('{0} {kind}'.format(c, kind='int') for c in COLUMNS)))
    op.execute(Template('ALTER TABLE $table ADD COLUMN ${column}_x text DEFAULT $$1').safe_substitute(table='t', column='d'))
    op.execute("INSERT INTO t (%s) VALUES (%s)" % (','.join(COLUMNS), ','.join('%d' % n for n in range(len(COLUMNS)))))
    op.execute(f"UPDATE t SET {' , '.join(f'{c} = {c.upper()!r}' for c in COLUMNS[:2])} WHERE {COLUMNS[-1]} {'=' if len(COLUMNS) > 2 else '<>'} {0x1F:>4}")
    op.execute('SELECT ' + '+'.join(map(str, [1, 2.5, True, None])) + ''' -- a 'comment' ''')
    op.execute("""
    UPDATE t
       SET a = b
    """.strip().replace('\n', ' '))
    op.execute('DELETE FROM t WHERE a IN (%(ids)s)' % {'ids': ', '.join(repr(i) for i in {3: 'x', 1: 'y'})})


def downgrade():
    op.execute(' '.join(['DROP', 'TABLE', *'t u'.split(), 'CASCADE'][i] for i in (0, 1, 2, 4)))
