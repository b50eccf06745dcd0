# SPDX-License-Identifier: GPL-3.0-or-later
"""bulk variants"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.sql import table, column

revision = 'b32707281a18'
down_revision = '169ac1aaede2'

acct = table('acct', column('id', sa.Integer), column('name', sa.String(20)), column('made', sa.Date), column('amt', sa.Numeric), column('data', sa.Text))
import datetime
def upgrade():
    op.bulk_insert(acct, [{'id': 1, 'name': 'x', 'made': datetime.date(2010, 10, 5)}, {'id': 2, 'name': "it's %s :x"}])
    op.bulk_insert(acct, [])
    op.bulk_insert(acct, [{'id': op.inline_literal(5), 'name': op.inline_literal('z'), 'made': op.inline_literal('2020-01-01')}])
    op.bulk_insert(acct, [{'id': i, 'name': n} for i, n in enumerate(['a', 'b'], start=10)], multiinsert=False)
    op.bulk_insert(sa.table('z', sa.column('a'), schema='s'), [{'a': None}])
    op.bulk_insert(acct, [dict(id=sa.text("nextval('x')"), name=sa.func.upper('q'), amt=1.25, data='line1\nline2\\')])
    op.bulk_insert(acct, rows=[{'id': True, 'name': 5}] if False else [{'id': 3}])
def downgrade():
    op.execute(acct.delete().where(acct.c.id.in_(range(3))))
    op.execute(acct.delete().where(acct.c.name.in_({'one'})))
    op.execute(acct.delete().where(acct.c.id.in_([r for r in (1, 2)])).where(acct.c.made == None))
