# SPDX-License-Identifier: GPL-3.0-or-later
"""context styles"""
from alembic import context, op
from alembic.op import execute, f, get_bind, create_table
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

revision = '169ac1aaede2'
down_revision = 'eee8a7c3e4ed'

def upgrade():
    ctx = context.get_context()
    execute('a'); ctx.execute('b'); context.execute('c'); op.get_context().impl.execute('d')
    o = Operations(ctx); o.execute('e'); o.add_column('t', sa.Column('x', sa.Integer))
    with Operations.context(ctx) as q: q.execute('f')
    if context.is_offline_mode(): execute('offline')
    if ctx.as_sql: execute('as_sql')
    execute(op.inline_literal('x').__class__.__name__ if False else 'z')
    execute(sa.text('n')); create_table('t', sa.Column('a', sa.Integer))
    print(context.get_x_argument(as_dictionary=True).get('foo', 'bar'), ctx.dialect.name, ctx.opts.get('x'))
    if context.get_x_argument(as_dictionary=True).get('data'): execute('never')
import sqlalchemy as sa
def downgrade():
    getattr(op, 'execute')('dyn'); op.__dict__.get('x')
