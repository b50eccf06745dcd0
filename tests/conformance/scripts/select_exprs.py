# SPDX-License-Identifier: GPL-3.0-or-later
"""select exprs"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import select, func, case, cast, literal, literal_column, exists, and_, or_, not_, union_all, tuple_, distinct, type_coerce
from sqlalchemy.dialects.postgresql import insert as pg_insert, aggregate_order_by, array, JSONB

revision = 'e91bb17ecbf1'
down_revision = 'f7d6ad7feeae'

m = sa.MetaData()
users = sa.Table('users', m, sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String), sa.Column('score', sa.Float), sa.Column('data', JSONB), sa.Column('at', sa.DateTime))
orders = sa.Table('orders', m, sa.Column('id', sa.Integer, primary_key=True), sa.Column('user_id', sa.ForeignKey('users.id')), sa.Column('total', sa.Numeric(10, 2)))
def upgrade():
    ranked = select(orders.c.id, func.row_number().over(partition_by=orders.c.user_id, order_by=orders.c.total.desc()).label('rn')).subquery('ranked')
    op.execute(orders.delete().where(orders.c.id.in_(select(ranked.c.id).where(ranked.c.rn > 1))))
    totals = select(orders.c.user_id, func.sum(orders.c.total).label('s')).group_by(orders.c.user_id).having(func.count() > 3).cte('totals')
    op.execute(users.update().values(score=select(totals.c.s).where(totals.c.user_id == users.c.id).scalar_subquery()).where(exists().where(totals.c.user_id == users.c.id)))
    op.execute(users.update().values(name=case((users.c.score > 10, 'top'), (users.c.score.is_(None), literal('none')), else_=users.c.name)))
    op.execute(users.update().values(name=func.coalesce(func.nullif(func.trim(users.c.name), ''), 'anonymous ' + cast(users.c.id, sa.String))))
    op.execute(users.update().where(users.c.data['a']['b'].astext == 'x').values(data=func.jsonb_set(users.c.data, '{a,b}', cast('"y"', JSONB))))
    op.execute(users.update().where(users.c.data.has_key('k')).values(data=users.c.data.op('-')('k')))
    op.execute(orders.insert().from_select(['user_id', 'total'], select(users.c.id, literal(0)).where(~exists(select(1).where(orders.c.user_id == users.c.id)))))
    op.execute(select(users.c.name, orders.c.total).select_from(users.outerjoin(orders)).order_by(users.c.name.desc().nullslast(), orders.c.total).limit(5).offset(10))
    op.execute(union_all(select(users.c.id), select(orders.c.user_id)).order_by('id'))
    op.execute(select(func.extract('year', users.c.at), sa.extract('dow', users.c.at)).distinct())
    op.execute(users.delete().where(tuple_(users.c.id, users.c.name).in_([(1, 'a'), (2, 'b')])))
    op.execute(select(func.string_agg(users.c.name, aggregate_order_by(literal_column("','"), users.c.name))))
    op.execute(users.update().where(users.c.id == orders.c.user_id).values(score=orders.c.total))
def downgrade():
    op.execute(select(users).where(users.c.score.between(1, 2) | (users.c.name.op('~')('^a'))).with_for_update())
    op.execute(select(sa.cast(users.c.score, sa.Integer) // 2, users.c.score % 2, users.c.id / 2, -users.c.id))
    op.execute(select(func.array_agg(distinct(users.c.name)), func.count(distinct(users.c.id))))
    op.execute(select(users.c.name.concat('x'), users.c.name.startswith('a%', autoescape=True), users.c.name.contains('b'), users.c.name.collate('C')))
