# SPDX-License-Identifier: GPL-3.0-or-later
"""bind loops"""
from alembic import op
import sqlalchemy as sa

revision = 'e5c4335c0af9'
down_revision = 'f83c88c01115'

def upgrade():
    conn = op.get_bind()
    for name, ver in [("a", 1), ("b", 2)]:
        conn.execute(sa.text("UPDATE pkg SET ver = %d WHERE name = '%s'" % (ver, name)))
    conn.execute("DELETE FROM pkg") if False else None
    conn.execute(sa.text("INSERT INTO x (a, b) VALUES (:a, :b)").bindparams(a=1, b=None))
    conn.execute(sa.text("INSERT INTO x (a) VALUES (:a)").bindparams(sa.bindparam('a', value=[1, 2], expanding=True)))
def downgrade():
    conn = op.get_bind()
    conn.execute(sa.text("SELECT * FROM x WHERE id IN :ids").bindparams(sa.bindparam('ids', [1, 2, 3], expanding=True)))
