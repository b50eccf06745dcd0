# SPDX-License-Identifier: GPL-3.0-or-later
"""sequence objects"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.schema import Sequence, CreateSequence, DropSequence, CreateSchema, DropSchema, CreateTable, CreateIndex

revision = 'f83c88c01115'
down_revision = 'e7c80e3d4fbe'

seq = Sequence('order_no', start=1000, increment=5, schema='app')
def upgrade():
    op.execute(CreateSchema('app', if_not_exists=True))
    op.execute(CreateSequence(seq))
    op.add_column('orders', sa.Column('no', sa.Integer, seq, server_default=seq.next_value()))
    op.execute(CreateTable(sa.Table('x', sa.MetaData(), sa.Column('id', sa.Integer, Sequence('x_id'), primary_key=True))))
    op.execute("SELECT setval('app.order_no', (SELECT max(id) FROM orders))")
def downgrade():
    op.execute(DropSequence(seq))
    op.execute(DropSchema('app', cascade=True))
