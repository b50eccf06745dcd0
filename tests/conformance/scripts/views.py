# SPDX-License-Identifier: GPL-3.0-or-later
"""views, by a small class of the script's own

Revision ID: 81f331871472
Revises: ad6f10470cf7
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '81f331871472'
down_revision = 'ad6f10470cf7'


class View:
    def __init__(self, name, query, materialized=False):
        self.name = name
        self.query = ' '.join(query.split())
        self.kind = 'MATERIALIZED VIEW' if materialized else 'VIEW'

    def create(self):
        op.execute(f'CREATE {self.kind} {self.name} AS {self.query}')

    def drop(self):
        op.execute(f'DROP {self.kind} IF EXISTS {self.name}')


VIEWS = [
    View('active_customers', """
        SELECT id, email
          FROM customers
         WHERE is_active
    """),
    View('sales_by_day', """
        SELECT date_trunc('day', placed) AS day, count(*) AS orders
          FROM orders
         GROUP BY 1
    """, materialized=True),
]


def upgrade():
    for view in VIEWS:
        view.create()
    op.execute('CREATE UNIQUE INDEX ix_sales_by_day ON sales_by_day (day)')


def downgrade():
    while VIEWS:
        VIEWS.pop().drop()
