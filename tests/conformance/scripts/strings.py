# SPDX-License-Identifier: GPL-3.0-or-later
"""strings"""
from alembic import op
import sqlalchemy as sa

revision = 'f542938a4c15'
down_revision = 'cf1f46fe4f12'

SQL = (
    "CREATE TABLE {t} ("
    "  id serial,"
    '  "Name" text DEFAULT \'x\''
    ");"
)
import string
def snake(s): return ''.join('_' + c.lower() if c.isupper() else c for c in s).lstrip('_')
def upgrade():
    op.execute(SQL.format(t=snake('MyTableName')))
    op.execute("%-10s|%5.2f|%x|%o|%e|%%|%c|%r" % ('ab', 3.14159, 255, 8, 12345.678, 'z', 'q'))
    op.execute(f"{'a'!r:>8}|{3.14159:.2f}|{42:#x}|{42:b}|{1234567:,}|{0.5:%}|{'x':*^7}|{-5:+d}|{1e-7}|{1e16}|{True}|{None}")
    op.execute("{0[a]} {1.real} {2:>{w}} {{}}".format({'a': 1}, 5, 'r', w=4))
    op.execute(string.Template('$a ${b} $$').substitute(a=1, b='z'))
    op.execute("a,b;c".partition(';')[2] + 'x'.zfill(3) + "a-b_c".translate(str.maketrans('-_', '  ')).title() + 'ß'.upper() + 'abc'[::-1] + 'a\tb'.expandtabs(4))
    op.execute('\n'.join(l.strip() for l in """ a
       b
    """.splitlines() if l.strip()))
    op.execute("x" "y" 'z' r'\n' + b'abc'.decode() + str(b'q') + repr("it's") + '\u00e9\N{BULLET}\x41')
    op.execute(', '.join(f'{k}={v!r}' for k, v in sorted({'b': 1, 'a': [1, (2,), {'x'}]}.items())))
    op.execute("%(a)s %(b)05d" % {'a': 1, 'b': 7} + ' '.join(map(str, divmod(17, 5))) + str(2**70) + str(7 // -2) + str(-7 % 3) + str(0.1 + 0.2) + str(round(2.5)) + str(1/3))
def downgrade():
    pass
