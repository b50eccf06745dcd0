# SPDX-License-Identifier: GPL-3.0-or-later
"""quote names"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.sql import quoted_name

revision = '9fd21052779d'
down_revision = '6ec4f28faef9'

def upgrade():
    op.create_table('Order', sa.Column('user', sa.Integer), sa.Column('Group By', sa.String), sa.Column('läng', sa.Date), sa.Column('1st', sa.Date), sa.Column('a$b', sa.Date), sa.Column('a"b', sa.Date), sa.Column('%x', sa.Date), sa.Column(quoted_name('low', True), sa.Date), schema='My Schema')
    op.rename_table('Order', 'order', schema='My Schema')
    op.create_index('Ix', 'Order', ['user', sa.text('lower("Group By")')], schema='My Schema')
    op.execute(sa.select(sa.column('user'), sa.column('%x'), sa.column('a:b')).select_from(sa.table('Order', schema='My Schema')))
def downgrade():
    op.drop_table('Order', schema='My Schema')
