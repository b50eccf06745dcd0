# SPDX-License-Identifier: GPL-3.0-or-later
"""partition"""
from alembic import op
import sqlalchemy as sa

revision = '70e071e7dbf2'
down_revision = 'bd2a1350d437'

def upgrade():
    op.create_table('events',
        sa.Column('id', sa.BigInteger(), sa.Identity(always=True, start=100, cycle=True), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column('body', sa.Text, sa.Computed("upper(name)", persisted=True)),
        sa.Column('name', sa.String(length=50)),
        sa.PrimaryKeyConstraint('id', 'at'),
        postgresql_partition_by='RANGE (at)')
    for y in range(2022, 2024):
        for q, (a, b) in enumerate([(1, 4), (4, 7), (7, 10), (10, 13)], start=1):
            end = f"{y}-{b:02d}-01" if b < 13 else f"{y + 1}-01-01"
            op.execute(f"CREATE TABLE events_{y}q{q} PARTITION OF events FOR VALUES FROM ('{y}-{a:02d}-01') TO ('{end}')")

def downgrade():
    [op.execute("DROP TABLE events_%dq%d" % (y, q)) for y in (2022, 2023) for q in range(1, 5)]
    op.drop_table('events')
