# SPDX-License-Identifier: GPL-3.0-or-later
"""memberships out of an array of ids

Revision ID: 9b91a6756543
Revises: fbb0a649d627
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = '9b91a6756543'
down_revision = 'fbb0a649d627'

teams = sa.table('teams', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('members', postgresql.ARRAY(sa.Integer)))
users = sa.table('users', sa.column('id', sa.Integer), sa.column('name', sa.String))


def upgrade():
    members = op.create_table(
        'team_members',
        sa.Column('team_id', sa.Integer, sa.ForeignKey('teams.id'), primary_key=True),
        sa.Column('user_id', sa.Integer, sa.ForeignKey('users.id'), primary_key=True),
        sa.Column('since', sa.DateTime, server_default=sa.func.current_timestamp()),
    )
    op.execute(members.insert().from_select(['team_id', 'user_id'], sa.select(teams.c.id, sa.func.unnest(teams.c.members))))
    op.execute(members.insert().from_select(
        ['team_id', 'user_id'],
        sa.select(teams.c.id, users.c.id).select_from(teams.join(users, users.c.name == teams.c.name)).where(~sa.exists().where(members.c.team_id == teams.c.id)),
    ))
    op.drop_column('teams', 'members')


def downgrade():
    op.add_column('teams', sa.Column('members', postgresql.ARRAY(sa.Integer()), server_default='{}', nullable=False))
    op.execute('UPDATE teams SET members = (SELECT array_agg(user_id) FROM team_members WHERE team_id = teams.id)')
    op.drop_table('team_members')
