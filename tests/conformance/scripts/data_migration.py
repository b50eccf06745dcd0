# SPDX-License-Identifier: GPL-3.0-or-later
"""data migration"""
from alembic import op
import sqlalchemy as sa
import json
from datetime import date, datetime, timedelta, timezone, time
from decimal import Decimal
import enum
from sqlalchemy.sql import table, column

revision = '4ac1a6a55128'
down_revision = '66b1177fa359'

class Color(enum.Enum):
    red = 'R'
    blue = 'B'
t = table('settings', column('key', sa.String), column('value', sa.JSON), column('n', sa.Numeric(10, 2)), column('d', sa.Date),
          column('ts', sa.DateTime), column('tz', sa.DateTime(timezone=True)), column('b', sa.Boolean), column('c', sa.Enum(Color)), column('iv', sa.Interval), column('tm', sa.Time),
          column('f', sa.Float), column('bin', sa.LargeBinary))
def upgrade():
    op.bulk_insert(t, [
        {'key': 'a', 'value': {"x": [1, None, True], "é": "ü"}, 'n': Decimal('1.50'), 'd': date(2020, 1, 2), 'ts': datetime(2020, 1, 2, 3, 4, 5), 'b': True, 'c': Color.red},
        {'key': "b'c", 'value': None, 'n': 3, 'd': None, 'ts': None, 'b': False, 'c': Color.blue},
    ])
    op.bulk_insert(t, [{'key': 'z', 'f': 1e20, 'tm': time(1, 2, 3)}, {'key': 'y', 'f': 0.1, 'tm': time(1, 2)}], multiinsert=False)
    op.execute(t.update().where(t.c.key.in_(['a', 'b'])).values(b=sa.false(), n=t.c.n + 1))
    op.execute(t.update().where(sa.and_(t.c.d >= date(2020, 1, 1), t.c.ts < datetime(2021, 1, 1))).values({t.c.d: None, 'b': None}))
    op.execute(t.insert().values(key='q', value=sa.text("'{}'"), ts=sa.func.now()))
    op.execute(t.delete().where(sa.or_(t.c.key == None, t.c.key.like('a%'), ~t.c.b)))
    op.execute(t.delete().where(t.c.c == Color.red))
def downgrade():
    op.execute(sa.delete(t).where(t.c.key.notin_(["a"])))
    op.execute(sa.update(t).values(value=sa.null()))
