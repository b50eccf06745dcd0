# SPDX-License-Identifier: GPL-3.0-or-later
"""rows without a parent go

Revision ID: 494e027d28e4
Revises: 7b46475c1626
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '494e027d28e4'
down_revision = '7b46475c1626'

parents = sa.table('parents', sa.column('id', sa.Integer), sa.column('kind', sa.String))
children = sa.table('children', sa.column('id', sa.Integer), sa.column('parent_id', sa.Integer), sa.column('seen', sa.Boolean), schema='app')


def upgrade():
    op.execute(children.delete().where(~sa.exists(sa.select(parents.c.id).where(parents.c.id == children.c.parent_id))))
    other = children.alias('other')
    op.execute(children.delete().where(children.c.id.in_(
        sa.select(other.c.id).select_from(other.outerjoin(parents, sa.and_(parents.c.id == other.c.parent_id, parents.c.kind != 'root'))).where(parents.c.id.is_(None))
    )))
    op.execute(children.update().values(seen=sa.exists().where(sa.and_(parents.c.id == children.c.parent_id, parents.c.kind.ilike('%root%')))))
    op.execute(children.update().where(children.c.parent_id == parents.c.id).where(parents.c.kind == 'leaf').values(seen=True))


def downgrade():
    pass
