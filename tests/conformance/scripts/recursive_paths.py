# SPDX-License-Identifier: GPL-3.0-or-later
"""paths of a tree, by a recursive query

Revision ID: 99dd49b96c72
Revises: 696d90158303
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '99dd49b96c72'
down_revision = '696d90158303'

nodes = sa.table('nodes', sa.column('id', sa.Integer), sa.column('parent_id', sa.Integer), sa.column('name', sa.String), sa.column('path', sa.String))


def upgrade():
    op.add_column('nodes', sa.Column('path', sa.String(1000)))
    tree = (
        sa.select(nodes.c.id, nodes.c.name.label('path'))
        .where(nodes.c.parent_id.is_(None))
        .cte('tree', recursive=True)
    )
    tree = tree.union_all(
        sa.select(nodes.c.id, (tree.c.path + '/' + nodes.c.name).label('path')).join(tree, nodes.c.parent_id == tree.c.id)
    )
    op.execute(
        nodes.update().values(path=sa.select(tree.c.path).where(tree.c.id == nodes.c.id).scalar_subquery())
    )
    op.create_index('ix_nodes_path', 'nodes', ['path'], postgresql_ops={'path': 'text_pattern_ops'})


def downgrade():
    op.drop_index('ix_nodes_path', 'nodes')
    op.drop_column('nodes', 'path')
