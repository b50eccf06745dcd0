# SPDX-License-Identifier: GPL-3.0-or-later
"""materialized view"""
from alembic import op
import sqlalchemy as sa

revision = 'f7d6ad7feeae'
down_revision = '23a514a5a46c'

VIEW = """
    SELECT o.id, o.total::numeric(10,2) AS total,
           COUNT(*) FILTER (WHERE i.qty > 0) AS n
      FROM orders o JOIN items i ON i.order_id = o.id
     GROUP BY 1, 2
"""
def upgrade():
    op.execute("CREATE VIEW order_totals AS " + VIEW)
    op.execute(f"""CREATE MATERIALIZED VIEW mv AS {VIEW.strip()} WITH NO DATA""")
    with op.get_context().autocommit_block():
        op.create_index('ix_mv', 'mv', ['id'], unique=True, postgresql_concurrently=True)
        op.execute("ALTER TYPE status ADD VALUE IF NOT EXISTS 'new'")
def downgrade():
    with op.get_context().autocommit_block():
        op.drop_index('ix_mv', table_name='mv', postgresql_concurrently=True)
    op.execute("DROP MATERIALIZED VIEW mv"); op.execute("DROP VIEW order_totals")
