# SPDX-License-Identifier: GPL-3.0-or-later
"""upsert"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

revision = 'e7c80e3d4fbe'
down_revision = 'e91bb17ecbf1'

roles = sa.table('roles', sa.column('name', sa.String), sa.column('level', sa.Integer))
def upgrade():
    stmt = insert(roles).values([{'name': n, 'level': i} for i, n in enumerate(('admin', 'user'), 1)])
    op.execute(stmt.on_conflict_do_update(index_elements=['name'], set_={'level': stmt.excluded.level}, where=roles.c.level < 5))
    op.execute(insert(roles).values(name='x').on_conflict_do_nothing(constraint='uq_roles'))
    op.execute(insert(roles).values(name='x').on_conflict_do_nothing().returning(roles.c.name))
def downgrade():
    op.execute(roles.delete())
