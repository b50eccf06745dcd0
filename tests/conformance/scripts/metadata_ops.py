# SPDX-License-Identifier: GPL-3.0-or-later
"""metadata ops"""
from alembic import op
import sqlalchemy as sa

revision = 'a4124025b768'
down_revision = 'b969d95e23bb'

meta = sa.MetaData(schema='core')
parent = sa.Table('parent', meta, sa.Column('id', sa.Integer, primary_key=True))
child = sa.Table('child', meta, sa.Column('id', sa.Integer, primary_key=True), sa.Column('p', sa.Integer, sa.ForeignKey(parent.c.id)), sa.Column('q', sa.ForeignKey('core.parent.id')), sa.Column('e', sa.Enum('a', name='en', metadata=meta)))
def upgrade():
    meta.create_all(op.get_bind(), tables=[child, parent], checkfirst=False)
    sa.Index('ix', child.c.p, child.c.q.desc()).create(op.get_bind())
def downgrade():
    meta.drop_all(op.get_bind(), checkfirst=False)
