# SPDX-License-Identifier: GPL-3.0-or-later
"""func exprs"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import func as F, text as T

revision = '23a2bb6e5af0'
down_revision = '45998a111768'

t = sa.table('t', sa.column('a', sa.Integer), sa.column('s', sa.String), sa.column('d', sa.DateTime), sa.column('j', sa.JSON), sa.column('arr', sa.ARRAY(sa.Integer)), sa.column('n', sa.Numeric(10, 2)), sa.column('b', sa.Boolean), sa.column('dt', sa.Date), sa.column('iv', sa.Interval))
def upgrade():
    e = op.execute
    e(t.update().values(d=F.now() - sa.cast('1 day', sa.Interval)))
    e(t.update().values(s=F.concat(t.c.s, ' ', t.c.a), a=F.coalesce(t.c.a, 0) + 1))
    e(t.update().values(s=t.c.s + '_x' + sa.cast(t.c.a, sa.Text)))
    e(t.update().values(n=sa.cast(t.c.a, sa.Numeric(5, 2)) * 1.5, b=t.c.a > 3))
    e(t.update().values(b=~t.c.b).where(t.c.b.is_(True), t.c.s.isnot(None), t.c.s != ''))
    e(t.update().where(t.c.b).values(a=sa.case([(t.c.s == 'x', 1)], else_=0)) if False else t.update().where(t.c.b).values(a=sa.case({'x': 1, 'y': 2}, value=t.c.s, else_=0)))
    e(t.delete().where(F.date_trunc('day', t.c.d) < F.now() - T("interval '3 days'")))
    e(t.delete().where((t.c.a % 2 == 0) & (t.c.a * (t.c.a + 1) - 3 / t.c.a > 0)))
    e(t.delete().where(F.lower(t.c.s).in_(['a', 'b']) | t.c.s.like('x\\_%', escape='\\') | t.c.s.notilike('y%')))
    e(t.delete().where(t.c.s.regexp_match('^a.*b$')))
    e(sa.select(F.regexp_replace(t.c.s, 'a', 'b', 'g'), t.c.s.regexp_replace('a', 'b')))
    e(sa.select(F.max(t.c.a), F.min(t.c.d), F.avg(t.c.n), F.char_length(t.c.s), F.my_schema.fn(1, 'x'), F.cast(t.c.a, sa.String)))
    e(sa.select(t.c.dt + 1, t.c.d - t.c.d, t.c.d + t.c.iv, F.age(t.c.d), F.current_date(), F.localtimestamp(), F.random()))
    e(sa.select(sa.between(t.c.a, 1, 2), sa.not_(t.c.a == 1), sa.not_(t.c.s.like('x')), -t.c.a, t.c.a.desc().nulls_first()))
    e(sa.select(sa.literal(1).label('one'), sa.literal('x', sa.String), sa.literal(None), sa.literal(True), sa.literal(1.5), sa.null().label('n')))
def downgrade():
    e = op.execute
    e(sa.select(t.c.a).distinct().where(t.c.a.in_(sa.select(t.c.a).scalar_subquery())).group_by(t.c.a).having(F.count(t.c.s) > 1).order_by(F.count(t.c.s).desc()).limit(3))
    e(sa.select(sa.exists().where(t.c.a == 1)))
    e(sa.select(t.c.a).where(sa.exists(sa.select(sa.literal(1)).select_from(t.alias('x')))))
    e(sa.select(sa.union(sa.select(t.c.a), sa.select(sa.literal(3))).subquery('u').c.a))
    e(sa.insert(t).values(a=sa.select(F.max(t.c.a)).scalar_subquery(), s=F.md5('x')))
    e(sa.select(F.row_number().over(order_by=t.c.a.desc()), F.rank().over(partition_by=[t.c.a, t.c.s]), F.first_value(t.c.a).over(order_by=t.c.a, range_=(-1, 1))))
