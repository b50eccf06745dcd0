# SPDX-License-Identifier: GPL-3.0-or-later
"""named convention target"""
from alembic import op
import sqlalchemy as sa

revision = '45998a111768'
down_revision = '5fed0b8ff954'

def upgrade():
    op.create_table('t', sa.Column('id', sa.Integer, primary_key=True), sa.Column('b', sa.Boolean(name='bb', create_constraint=True)), sa.CheckConstraint('id>0', name=op.f('ck_full')), sa.ForeignKeyConstraint(['id'], ['u.id'], name=op.f('fk_t_u')), sa.UniqueConstraint('id', name=None))
    op.create_index(None, 't', ['id']) if False else op.create_index(op.f('ix_t_id'), 't', ['id'])
    op.create_index('a' * 70, 't', ['id'])
    op.create_unique_constraint('u' * 64, 't', ['id'])
def downgrade():
    op.drop_constraint(op.f('fk_t_u'), 't', type_='foreignkey')
    op.drop_constraint('t_pkey', 't', type_='primary')
    op.execute(sa.text('SELECT 1')); op.execute('   ')
