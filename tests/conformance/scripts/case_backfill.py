# SPDX-License-Identifier: GPL-3.0-or-later
"""a level from points

Revision ID: fbb0a649d627
Revises: 6369779dd242
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'fbb0a649d627'
down_revision = '6369779dd242'

LEVELS = [(1000, 'gold'), (100, 'silver'), (0, 'bronze')]

players = sa.table('players', sa.column('points', sa.Integer), sa.column('level', sa.String), sa.column('joined', sa.Date), sa.column('bonus', sa.Numeric))


def upgrade():
    op.add_column('players', sa.Column('level', sa.String(10)))
    op.execute(players.update().values(level=sa.case(*[(players.c.points >= least, name) for least, name in LEVELS], else_='none')))
    op.execute(players.update().values(bonus=sa.cast(players.c.points, sa.Numeric(10, 2)) / 100 + 1).where(sa.and_(players.c.level == 'gold', ~players.c.points.between(1, 5))))
    op.execute(players.update().where(sa.extract('year', players.c.joined) < 2015).values(bonus=sa.func.coalesce(players.c.bonus, 0) * 2))
    op.execute(sa.text('UPDATE players SET level = :level WHERE points IS NULL').bindparams(level="none"))


def downgrade():
    op.drop_column('players', 'level')
