# SPDX-License-Identifier: GPL-3.0-or-later
"""lateral etc"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import select, func, values, column, Integer, String, lateral, true, literal_column, text

revision = 'bd6159873ed8'
down_revision = '710431f36760'

def upgrade():
    v = values(column('id', Integer), column('name', String), name='v').data([(1, 'a'), (2, "b'")])
    t = sa.table('t', column('id', Integer), column('name', String))
    op.execute(t.update().where(t.c.id == v.c.id).values(name=v.c.name))
    op.execute(select(v.c.id).select_from(v))
    sub = select(t.c.name).where(t.c.id > 1).lateral('l')
    op.execute(select(t.c.id, sub.c.name).select_from(t.join(sub, true())))
    op.execute(select(func.unnest(func.string_to_array(t.c.name, ',')).label('x')))
    op.execute(select(func.generate_series(1, 10).table_valued('n').c.n))
    op.execute(select(t.c.id).where(text("name = :n").bindparams(n='x')))
    rec = select(t.c.id).where(t.c.id == 1).cte('r', recursive=True)
    rec = rec.union_all(select(t.c.id + 1).where(t.c.id == rec.c.id))
    op.execute(sa.insert(t).from_select(['id'], select(rec.c.id)))
def downgrade():
    t = sa.table('t', column('id', Integer), column('name', String)); a = t.alias(); b = t.alias('b')
    op.execute(select(a.c.id, b.c.id).where(a.c.id == b.c.id))
    op.execute(t.delete().where(t.c.id == a.c.id).where(t.c.name > a.c.name))
    op.execute(select(func.percentile_cont(0.5).within_group(t.c.id), func.sum(t.c.id).filter(t.c.id > 1)))
    op.execute(select(func.lag(t.c.id, 1).over(order_by=[t.c.id, t.c.name.desc()], rows=(None, 0))))
