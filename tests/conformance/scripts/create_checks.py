# SPDX-License-Identifier: GPL-3.0-or-later
"""create checks"""
from alembic import op
import sqlalchemy as sa

revision = 'eee8a7c3e4ed'
down_revision = '4ce53a3a2e87'

def upgrade():
    op.create_table('t', sa.Column('a', sa.Integer, sa.CheckConstraint('a > 0', name='pos'), nullable=False), sa.Column('b', sa.String(5), sa.CheckConstraint("b in ('x', 'y')")),
        sa.CheckConstraint(sa.column('a') < 5), sa.CheckConstraint('a <> 3', name='ne', deferrable=True, initially='DEFERRED'), sa.Column('c', sa.Integer, server_onupdate=sa.FetchedValue()), sa.Column('d', sa.Integer, system=True) if False else sa.Column('d', sa.Integer, info={'x': 1}, doc='d'),
        sa.Column('e', sa.Integer, sa.Computed('a * 2', persisted=True)), sa.Column('g', sa.Enum('p', 'q', native_enum=False, create_constraint=True, name='gck')), sa.Column('h', sa.Enum('p', native_enum=False, create_constraint=True)))
def downgrade():
    op.drop_table('t')
