# SPDX-License-Identifier: GPL-3.0-or-later
"""unique names among what is not deleted

Revision ID: 8e2bf7b65d78
Revises: 3f5392a6d3d6
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '8e2bf7b65d78'
down_revision = '3f5392a6d3d6'

soft = ('folders', 'files', 'labels')


def upgrade():
    for name in soft:
        op.add_column(name, sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True))
        op.create_index(f'uq_{name}_name_alive', name, ['owner_id', sa.text('lower(name)')], unique=True,
                        postgresql_where=sa.column('deleted_at').is_(None), sqlite_where=sa.text('deleted_at IS NULL'))
        t = sa.table(name, sa.column('deleted', sa.Boolean), sa.column('deleted_at', sa.DateTime(timezone=True)))
        op.execute(t.update().values(deleted_at=sa.func.now()).where(t.c.deleted))
        op.execute(t.update().values(deleted_at=None).where(sa.not_(t.c.deleted)))


def downgrade():
    for name in soft:
        op.drop_index(f'uq_{name}_name_alive', table_name=name)
        op.drop_column(name, 'deleted_at')
