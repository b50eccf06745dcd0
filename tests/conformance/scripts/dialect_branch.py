# SPDX-License-Identifier: GPL-3.0-or-later
"""dialect branch"""
from alembic import op
import sqlalchemy as sa

revision = '6ec4f28faef9'
down_revision = 'e5c4335c0af9'

def is_sqlite(): return op.get_bind().dialect.name == 'sqlite'
def _json():
    from sqlalchemy.dialects import postgresql
    return sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')
def upgrade():
    if op.get_context().dialect.name == 'postgresql':
        op.execute('CREATE EXTENSION IF NOT EXISTS "uuid-ossp"')
    op.add_column('t', sa.Column('j', _json(), nullable=True, server_default='[]' if is_sqlite() else sa.text("'[]'::jsonb")))
    with op.batch_alter_table('t') as b:
        b.add_column(sa.Column('k', sa.JSON(none_as_null=True)))
def downgrade():
    with op.batch_alter_table('t') as b:
        b.add_column(sa.Column('zz', sa.String(), nullable=False, server_default=''))
