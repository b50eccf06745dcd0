# SPDX-License-Identifier: GPL-3.0-or-later
"""enum in two tables"""
from alembic import op
import sqlalchemy as sa

revision = '5fed0b8ff954'
down_revision = '098eaa1c898d'

e = sa.Enum('a', 'b', name='e1')
from sqlalchemy.dialects import postgresql
p = postgresql.ENUM('a', 'b', name='e2')
def upgrade():
    op.create_table('x', sa.Column('a', e), sa.Column('b', e), sa.Column('c', p))
    op.create_table('y', sa.Column('a', e), sa.Column('c', p), sa.Column('d', sa.Enum('a', name='e1')))
    op.add_column('z', sa.Column('a', e))
    op.add_column('z', sa.Column('d', sa.Enum('q', name='e3')))
    op.add_column('z', sa.Column('p', postgresql.ENUM('q', name='e4')))
    op.add_column('z', sa.Column('arr', postgresql.ARRAY(sa.Enum('q', name='e5'))))
    op.alter_column('z', 'd', type_=sa.Enum('q', 'r', name='e6'), existing_type=sa.Enum('q', name='e3'))
def downgrade():
    op.drop_table('x'); op.drop_table('y')
    e.drop(op.get_bind()); p.drop(op.get_bind(), checkfirst=False)
    op.execute('DROP TYPE e3')
    sa.Enum(name='e4').drop(op.get_bind(), checkfirst=True)
    postgresql.ENUM(name='e5').drop(op.get_bind())
