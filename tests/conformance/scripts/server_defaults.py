# SPDX-License-Identifier: GPL-3.0-or-later
"""server defaults"""
from alembic import op
import sqlalchemy as sa
import datetime, decimal

revision = '50479eec45c6'
down_revision = '8416fced9903'

def upgrade():
    for i, d in enumerate(['x', "it's", '', '0', 'now()', sa.text('now()'), sa.func.now(), sa.func.current_timestamp(), sa.true(), sa.false(), sa.null(), sa.literal('a'), sa.literal(5), sa.literal_column('x+1'), sa.cast('5', sa.Integer), sa.func.nextval('s'), sa.text("(random() * 100)::int"), sa.sql.expression.text("'a'::x"), sa.FetchedValue(), sa.DefaultClause('z'), sa.func.coalesce(None, 1), sa.text("'50%'"), '100%', sa.func.gen_random_uuid(), sa.text('CURRENT_TIMESTAMP'), sa.literal_column("'a:b'"), 'a:b', 'a\\b', sa.func.timezone('utc', sa.func.now()), sa.func.lower('X'), -sa.literal(5), sa.func.now() + sa.text("interval '1 day'")]):
        op.add_column('t', sa.Column('c%d' % i, sa.String, server_default=d))
def downgrade():
    op.alter_column('t', 'a', server_default=sa.func.now())
    op.alter_column('t', 'a', server_default='now()')
    op.alter_column('t', 'a', server_default=sa.literal(True))
    op.alter_column('t', 'a', server_default=sa.text("'a:b'"))
    op.alter_column('t', 'a', server_default=sa.false(), existing_type=sa.Boolean())
