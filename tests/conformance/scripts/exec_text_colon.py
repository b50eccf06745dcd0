# SPDX-License-Identifier: GPL-3.0-or-later
"""exec text colon"""
from alembic import op
import sqlalchemy as sa

revision = 'f6e6907d4df0'
down_revision = '8c31acedcbd3'

def upgrade():
    op.execute("select '12:30'::time, a::text, ':x', \":y\" from t where b = '\\:z'")
    op.execute(sa.text("select '12:30'::time, a::text, '\\:x'"))
    op.execute(sa.text("select 'a:b' , x[1:2], y[:n]").bindparams(n=3))
    op.execute("select '%' || a % 5 || '%%'")
    op.execute(sa.text("select '%' || a % 5 || '%%'"))
    op.execute(sa.text("select :a, :b, :c, :d").bindparams(a=True, b=1.5, c=None, d="x\\y"))
def downgrade():
    op.execute(sa.text("select :a").bindparams(sa.bindparam('a', 5, sa.String)))
    op.execute(sa.text("select :a").bindparams(sa.bindparam('a', 'x', type_=sa.Integer)))
