# SPDX-License-Identifier: GPL-3.0-or-later
"""table lambda"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.sql import expression as expr, func, select

revision = '209be44f8bca'
down_revision = 'f6e6907d4df0'

def table_of(name, *cols): return expr.table(name, *[expr.column(c) for c in cols])
def upgrade():
    t = table_of('t', 'a', 'b'); u = table_of('u', 'a', 'c')
    op.execute(t.update().values(a=select(u.c.c).where(u.c.a == t.c.a).limit(1).scalar_subquery()))
    op.execute(t.delete().where(expr.exists(select(u.c.a).where(u.c.a == t.c.a))))
    op.execute(t.insert().from_select(['a'], select(u.c.a).except_(select(t.c.a))))
    op.execute(t.insert().values(a=1, b=None)); op.execute(t.insert().values((1, 2))); op.execute(t.insert().values([{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}]))
    op.execute(t.update().values(a=t.c.a + 1, b=t.c.b + 'x'))
    op.execute(t.update().where(t.c.a.is_distinct_from(u.c.a)).where(u.c.c == None).values(b=u.c.c))
    op.execute(t.update().where(expr.not_(t.c.a.in_([]))).values(b=1))
    op.execute(t.update().where(t.c.a.in_([None, 1])).values(b=expr.func.concat(t.c.a, '-', t.c.b)))
def downgrade():
    t = table_of('t', 'a', 'b')
    op.execute(t.update().where(t.c.a != True).values(b=expr.literal(False)))
    op.execute(t.update().where(t.c.a == expr.true()).values(b=expr.null()))
    op.execute(select(t.c.a.label('x'), func.count('*'), func.count()).group_by('x').order_by(sa.desc('x')))
    op.execute(select(t).where(func.date(t.c.a) > '2020-01-01', t.c.b.any_() == 5) if False else select(t).where(func.date(t.c.a) > '2020-01-01'))
