# SPDX-License-Identifier: GPL-3.0-or-later
"""invoke ops"""
from alembic import op
import sqlalchemy as sa
from alembic.operations import ops

revision = '30e53c981f57'
down_revision = 'a4124025b768'

def upgrade():
    op.invoke(ops.CreateTableOp('t', [sa.Column('id', sa.Integer)], schema='s'))
    op.invoke(ops.AddColumnOp('t', sa.Column('x', sa.String)))
    op.invoke(ops.ExecuteSQLOp('select 1'))
    op.invoke(ops.CreateIndexOp('ix', 't', ['x'], unique=True))
    op.invoke(ops.DropColumnOp('t', 'y'))
def downgrade():
    op.invoke(ops.DropTableOp('t'))
    op.invoke(ops.RenameTableOp('a', 'b'))
