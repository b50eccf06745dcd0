# SPDX-License-Identifier: GPL-3.0-or-later
"""placeholders"""
from alembic import op
import sqlalchemy as sa

revision = '8ff3675ba489'
down_revision = '8a85eab42c14'

t = sa.table('t', sa.column('a'), sa.column('b'))
def upgrade():
    op.execute(t.insert())
    op.execute(t.update().where(t.c.a == sa.bindparam('x')).values(b=sa.bindparam('y')))
def downgrade():
    op.execute(t.update())
    op.execute(sa.text("select :a"))
