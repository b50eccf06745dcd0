# SPDX-License-Identifier: GPL-3.0-or-later
"""schema translate"""
from alembic import op
import sqlalchemy as sa

revision = '710431f36760'
down_revision = '209be44f8bca'

def upgrade():
    bind = op.get_bind()
    schema = bind.dialect.default_schema_name if False else 'tenant'
    for s in [schema, 'other']:
        op.execute(f'SET search_path TO "{s}"')
        op.create_table('x', sa.Column('id', sa.Integer, primary_key=True), sa.Column('p', sa.Integer, sa.ForeignKey(f'{s}.p.id', ondelete='CASCADE')), schema=s)
        op.create_index(f'ix_{s}_x_p', 'x', ['p'], schema=s)
        op.alter_column('x', 'p', nullable=False, schema=s)
        op.drop_constraint('x_p_fkey', 'x', schema=s, type_='foreignkey')
        op.bulk_insert(sa.table('x', sa.column('p'), schema=s), [{'p': 1}])
def downgrade():
    for s in ('tenant', 'other'): op.drop_table('x', schema=s)
