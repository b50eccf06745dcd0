# SPDX-License-Identifier: GPL-3.0-or-later
"""index exprs"""
from alembic import op
import sqlalchemy as sa

revision = 'ecf7f9f31b57'
down_revision = '60aa097a4355'

def upgrade():
    op.create_index('i1', 't', [sa.text('lower(name) varchar_pattern_ops')])
    op.create_index('i2', 't', [sa.func.lower(sa.column('name')).label('ln')], postgresql_ops={'ln': 'text_pattern_ops'})
    op.create_index('i3', 't', [sa.text("(data->>'x')"), sa.text("((data->>'y')::int) DESC")], postgresql_using='btree')
    op.create_index('i4', 't', [sa.literal_column('a').desc(), sa.column('b').collate('C')], unique=True)
    op.create_index('i5', 't', ['a'], postgresql_concurrently=True, postgresql_where=sa.and_(sa.column('a') > 1, sa.column('b') == 'x'), if_not_exists=True)
    op.create_index('i6', 't', ['vec'], postgresql_using='hnsw', postgresql_with={'m': 16, 'ef_construction': 64}, postgresql_ops={'vec': 'vector_cosine_ops'})
    op.create_index('i7', 't', ['geo'], postgresql_using='gist', unique=False, schema='s')
    op.create_index('i8', 't', [sa.cast(sa.column('a'), sa.Date)])
    op.create_index('i9', 't', [sa.func.coalesce(sa.column('a'), 0), sa.extract('year', sa.column('d'))])
    op.create_index('i10', 't', ['x'], postgresql_where="x IS NOT NULL")
    op.create_index('i11', 't', ['a', 'B c', 'select'], sqlite_where=sa.text('a > 1'))
    op.create_index('i12', 't', [sa.text('a') + sa.text('b')] if False else [sa.column('a') + sa.column('b')])
def downgrade():
    op.drop_index('i5', table_name='t', postgresql_concurrently=True, if_exists=True)
    op.drop_index(op.f('i7'), 't', schema='s')
    op.drop_index('i1')
