# SPDX-License-Identifier: GPL-3.0-or-later
"""add cols loop"""
from alembic import op
import sqlalchemy as sa

revision = '098eaa1c898d'
down_revision = 'f98436a018cf'

def cols():
    yield sa.Column('created_by', sa.Integer, sa.ForeignKey('users.id', ondelete='SET NULL'), nullable=True)
    yield sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)
def upgrade():
    for t in ['a', 'b']:
        for c in cols():
            op.add_column(t, c)
    op.create_table('x', *[sa.Column(n, sa.Integer) for n in 'abc'], *cols(), sa.PrimaryKeyConstraint('a', 'b'))
    shared = sa.Column('s', sa.Integer)
    op.add_column('a', shared)
    op.add_column('b', shared)
    op.add_column('c', shared.copy() if hasattr(shared, 'copy') else shared._copy())
def downgrade():
    for t in ['a', 'b']:
        for c in cols(): op.drop_column(t, c.name)
