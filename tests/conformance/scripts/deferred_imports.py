# SPDX-License-Identifier: GPL-3.0-or-later
"""helpers that are imported where they are needed

Revision ID: 90df09f023fa
Revises: 92c51c012524
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '90df09f023fa'
down_revision = '92c51c012524'


def _table():
    from sqlalchemy import Column, Date, ForeignKey, Integer, MetaData, Table
    return Table('stays', MetaData(), Column('id', Integer, primary_key=True), Column('guest', ForeignKey('guests.id')), Column('since', Date))


def upgrade():
    from sqlalchemy import func, select
    from sqlalchemy.sql import and_
    stays = _table()
    op.execute(stays.update().where(and_(stays.c.since < func.current_date(), stays.c.guest.is_not(None))).values(guest=None))
    op.execute(stays.delete().where(stays.c.id.notin_(select(func.max(stays.c.id)).group_by(stays.c.guest).scalar_subquery())))


def downgrade():
    import sqlalchemy as sa
    stays = _table()
    op.execute(sa.insert(stays).values([{'id': 1, 'since': sa.func.now()}, {'id': 2, 'since': None}]))
