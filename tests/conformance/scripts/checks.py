# SPDX-License-Identifier: GPL-3.0-or-later
"""checks"""
from alembic import op
import sqlalchemy as sa

revision = '4ce53a3a2e87'
down_revision = 'ecf7f9f31b57'

def upgrade():
    c = sa.column
    op.create_check_constraint('c1', 't', c('a').in_(['x', "y'z"]))
    op.create_check_constraint('c2', 't', sa.or_(c('a').is_(None), c('b').isnot(None)))
    op.create_check_constraint('c3', 't', sa.func.num_nonnulls(c('a'), c('b')) == 1)
    op.create_check_constraint('c4', 't', "a ~ '^[a-z]{2,5}$' AND b LIKE '%x%'")
    op.create_check_constraint('c5', 't', sa.text("a <> ''"), postgresql_not_valid=True)
    op.create_check_constraint('c6', 't', (c('a') >= 0) & (c('a') <= 100))
    op.create_check_constraint('c7', 't', sa.not_(sa.and_(c('a') == 1, c('b') == 2)))
    op.create_check_constraint('c8', 't', c('status', sa.String) == sa.literal('x'))
    op.create_check_constraint('c9', 't', sa.case((c('a') > 1, c('b').isnot(None)), else_=sa.true()))
    op.create_check_constraint(None, 't', 'x > 1') if False else None
    op.execute('ALTER TABLE t VALIDATE CONSTRAINT c5')
def downgrade():
    for i in range(9, 0, -1):
        op.drop_constraint(f'c{i}', 't', type_='check')
