# SPDX-License-Identifier: GPL-3.0-or-later
"""reports: rows from several tables

Revision ID: 3f5392a6d3d6
Revises: 724f479736cd
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '3f5392a6d3d6'
down_revision = '724f479736cd'

paid = sa.table('paid', sa.column('id', sa.Integer), sa.column('amount', sa.Numeric(10, 2)), sa.column('day', sa.Date))
open_ = sa.table('open', sa.column('id', sa.Integer), sa.column('amount', sa.Numeric(10, 2)), sa.column('due', sa.Date))
report = sa.table('report', sa.column('kind', sa.String), sa.column('total', sa.Numeric), sa.column('rows', sa.Integer))


def upgrade():
    both = sa.union_all(
        sa.select(sa.literal('paid').label('kind'), paid.c.amount),
        sa.select(sa.literal('open').label('kind'), open_.c.amount).where(open_.c.due < sa.text('current_date')),
    ).cte('both')
    totals = sa.select(both.c.kind, sa.func.sum(both.c.amount).label('total'), sa.func.count().label('rows')).group_by(both.c.kind).having(sa.func.count() > 0)
    op.execute(report.insert().from_select(['kind', 'total', 'rows'], totals.order_by(both.c.kind)))
    op.execute(report.update().values(total=report.c.total - sa.select(sa.func.coalesce(sa.func.sum(paid.c.amount), 0)).where(paid.c.day == None).scalar_subquery()))  # noqa: E711
    top = sa.select(paid.c.id).order_by(paid.c.amount.desc().nullslast()).limit(10).subquery()
    op.execute(paid.delete().where(paid.c.id.not_in(sa.select(top.c.id))))


def downgrade():
    op.execute(sa.delete(report))
