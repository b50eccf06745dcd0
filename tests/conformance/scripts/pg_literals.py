# SPDX-License-Identifier: GPL-3.0-or-later
"""pg literals"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

revision = '4f520c2ab443'
down_revision = '22d39e7d7075'

t = sa.table('t', sa.column('a', pg.ARRAY(sa.String)), sa.column('u', pg.UUID(as_uuid=True)), sa.column('j', pg.JSONB), sa.column('h', pg.HSTORE), sa.column('i', pg.INET), sa.column('r', pg.INT4RANGE), sa.column('e', pg.ENUM('a', 'b', name='e')), sa.column('n', pg.ARRAY(sa.Integer)))
import uuid
def upgrade():
    op.execute(t.insert().values(u=uuid.UUID(int=7)))
    op.execute(t.update().where(t.c.e == 'a').values(e='b', i='10.0.0.1'))
    op.execute(t.update().values(a=pg.array(['x', 'y']), n=pg.array([1, 2]) + pg.array([3])))
    op.execute(t.update().where(t.c.a.contains(['x'])).values(a=sa.func.array_append(t.c.a, 'z')))
    op.execute(t.update().where(t.c.n.any(1)).values(n=sa.func.array_remove(t.c.n, 1)))
    op.execute(t.update().where(t.c.j['k'].as_string() == 'v').values(j=t.c.j.concat(sa.cast({'a': 1}, pg.JSONB)) if False else sa.text("'{}'")))
    op.execute(t.update().where(sa.cast(t.c.j['a'].astext, sa.Integer) > 5).values(u=None))
    op.execute(t.update().where(t.c.j.contains({'a': 1})).values(u=None) if False else t.update().where(t.c.j.op('@>')('{"a": 1}')).values(u=None))
    op.execute(t.update().where(t.c.j[('a', 'b')].astext.is_(None)).values(u=sa.func.gen_random_uuid()))
    op.execute(t.delete().where(t.c.u.in_([uuid.UUID(int=1), uuid.UUID(int=2)])))
def downgrade():
    op.execute(t.delete().where(t.c.a == ['x', 'y']))
    op.execute(t.delete().where(t.c.n.overlap([1])))
    op.execute(sa.select(sa.func.jsonb_array_elements(t.c.j).alias('x').column) if False else sa.select(sa.func.jsonb_build_object('a', t.c.u)))
    op.execute(t.update().values(r=sa.text("'[1,2)'")))
    op.execute(sa.select(t.c.j['a'], t.c.j['a']['b'], t.c.j[1], t.c.a[1], t.c.a[1:2], sa.cast(t.c.j, sa.Text)))
