# SPDX-License-Identifier: GPL-3.0-or-later
"""enum swap"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

revision = '6b1bb60ca89f'
down_revision = 'c4d155c50df2'

old_options = ('pending', 'active')
new_options = sorted(old_options + ('archived',))
old_type = sa.Enum(*old_options, name='status')
new_type = sa.Enum(*new_options, name='status')
tmp_type = sa.Enum(*new_options, name='_status')
tcr = sa.sql.table('orders', sa.Column('status', new_type, nullable=False))

def upgrade():
    tmp_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE orders ALTER COLUMN status TYPE _status USING status::text::_status')
    old_type.drop(op.get_bind(), checkfirst=False)
    new_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE orders ALTER COLUMN status TYPE status USING status::text::status')
    tmp_type.drop(op.get_bind(), checkfirst=False)

def downgrade():
    op.execute(tcr.update().where(tcr.c.status == u'archived').values(status='active'))
    tmp_type.create(op.get_bind(), checkfirst=False)
    op.execute('ALTER TABLE orders ALTER COLUMN status TYPE _status USING status::text::_status')
    new_type.drop(op.get_bind(), checkfirst=False)
