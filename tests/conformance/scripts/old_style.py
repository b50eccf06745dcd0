# SPDX-License-Identifier: GPL-3.0-or-later
"""as scripts looked in 2013

Revision ID: 46a1a117eb25
Revises: e99db123431c
"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '46a1a117eb25'
down_revision = 'e99db123431c'


def upgrade():
    op.create_table('blob',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('type', sa.Unicode(16), nullable=False),
        sa.Column('data', sa.PickleType(), nullable=True),
        sa.Column('size', sa.Integer(), server_default="0"),
        sa.PrimaryKeyConstraint('id')
    )
    op.create_index('blob_type_idx', tablename='blob', columns=['type']) if False else op.create_index('blob_type_idx', 'blob', ['type'])
    op.alter_column('blob', 'size', nullable=False)
    op.create_unique_constraint("uq_blob", "blob", ["type", "size"])
    account = sa.sql.table('account', sa.sql.column('name', sa.String), sa.sql.column('kind', sa.Integer))
    op.execute(account.update().where(account.c.name == op.inline_literal('account 1')).values({'name': op.inline_literal('account 2')}))
    op.execute(account.delete().where(account.c.kind == op.inline_literal(5)))
    op.execute("""update blob set size=length(data)""")


def downgrade():
    op.drop_constraint("uq_blob", "blob")
    op.drop_index('blob_type_idx', table_name='blob')
    op.drop_table('blob')
