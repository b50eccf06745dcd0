# SPDX-License-Identifier: GPL-3.0-or-later
"""the long way: a new type beside the old one

Revision ID: c0b7952bf74d
Revises: fff7cbf0205e
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'c0b7952bf74d'
down_revision = 'fff7cbf0205e'

old_options = ('open', 'closed')
new_options = sorted(old_options + ('on_hold',))

old_type = sa.Enum(*old_options, name='ticketstatus')
new_type = sa.Enum(*new_options, name='ticketstatus')
tmp_type = sa.Enum(*new_options, name='_ticketstatus')

tickets = sa.sql.table('tickets', sa.Column('status', new_type, nullable=False))


def upgrade():
    tmp_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE tickets ALTER COLUMN status TYPE _ticketstatus USING status::text::_ticketstatus')
    old_type.drop(op.get_bind(), checkfirst=False)
    new_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE tickets ALTER COLUMN status TYPE ticketstatus USING status::text::ticketstatus')
    tmp_type.drop(op.get_bind(), checkfirst=False)


def downgrade():
    op.execute(tickets.update().where(tickets.c.status == 'on_hold').values(status='open'))
    tmp_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE tickets ALTER COLUMN status TYPE _ticketstatus USING status::text::_ticketstatus')
    new_type.drop(op.get_bind(), checkfirst=False)
    old_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE tickets ALTER COLUMN status TYPE ticketstatus USING status::text::ticketstatus')
    tmp_type.drop(op.get_bind(), checkfirst=False)
