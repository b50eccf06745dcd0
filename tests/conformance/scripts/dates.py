# SPDX-License-Identifier: GPL-3.0-or-later
"""dates"""
from alembic import op
import sqlalchemy as sa
from datetime import date, datetime, timedelta, timezone, time
from decimal import Decimal, ROUND_HALF_UP
import calendar, uuid, json

revision = 'a18013748f5b'
down_revision = '214395145de9'

def upgrade():
    d = date(2024, 1, 31); op.execute(f'{d} {d:%d.%m.%Y} {d + timedelta(days=30)} {d.isoformat()} {d.weekday()} {d.replace(day=1)} {d.strftime("%b %A %j")}')
    t = datetime(2024, 2, 29, 13, 5, 9, 1200); op.execute(f'{t} {t.isoformat()} {t.date()} {t:%H:%M:%S.%f} {t.timestamp() if False else ""} {(t - datetime(2024, 1, 1)).days} {timedelta(hours=30, minutes=5)} {t.replace(tzinfo=timezone.utc)} {datetime.strptime("2020-05-06", "%Y-%m-%d")} {datetime.fromisoformat("2020-01-02T03:04:05+02:00")}')
    op.execute(str(Decimal('1.005').quantize(Decimal('0.01'), ROUND_HALF_UP)) + str(Decimal(1) / Decimal(3)) + str(calendar.monthrange(2024, 2)) + str(uuid.UUID('12345678123456781234567812345678')) + str(uuid.uuid3(uuid.NAMESPACE_URL, 'x')))
    for m in range(1, 4):
        s = date(2024, m, 1); e = date(2024 + m // 12, m % 12 + 1, 1)
        op.execute(f"CREATE TABLE p_{s:%Y_%m} PARTITION OF p FOR VALUES FROM ('{s}') TO ('{e}')")
    op.execute(json.dumps({'a': [1, 2.0, None, True, 'é'], 'b': {}}, separators=(',', ':')) + json.dumps([1], indent=1) + str(json.loads('{"x": [1, 2.5, null, true]}')))
def downgrade():
    op.execute(f"{time(1, 2)} {timedelta(days=-1, seconds=5)} {datetime(1, 1, 1)} {date.fromordinal(738000)} {datetime(2020,1,1) > datetime(2019,1,1)} {datetime(2020,1,1,tzinfo=timezone(timedelta(hours=5, minutes=30)))}")
