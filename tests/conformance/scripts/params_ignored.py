# SPDX-License-Identifier: GPL-3.0-or-later
"""params ignored"""
from alembic import op
import sqlalchemy as sa

revision = 'cf1f46fe4f12'
down_revision = 'b32707281a18'

def upgrade():
    conn = op.get_bind()
    t = sa.table('t', sa.column('a', sa.Integer), sa.column('b', sa.String))
    conn.execute(sa.text("UPDATE t SET a = :a WHERE b = :b"), {'a': 1, 'b': 'x'})
    conn.execute(t.insert(), [{'a': 1}, {'a': 2}])
    conn.execute(t.insert(), {'a': 1, 'b': 'z'})
    conn.execute(t.update().where(t.c.a == sa.bindparam('old')), {'old': 1, 'b': 'q'})
    conn.execute(t.update().where(t.c.a == sa.bindparam('old')).values(b=sa.bindparam('newb')), [{'old': 1, 'newb': 'q'}])
def downgrade():
    op.execute(sa.text("select 1").execution_options(autocommit=True))
    op.execute("select 2", execution_options={'autocommit': True})
