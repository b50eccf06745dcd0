# SPDX-License-Identifier: GPL-3.0-or-later
"""rls"""
from alembic import op
import sqlalchemy as sa

revision = 'bd2a1350d437'
down_revision = '2fed171749fb'

TABLES = ["accounts", "invoices"]
POLICY = """
CREATE POLICY {name} ON {table}
    FOR {verb} TO app_user
    USING (tenant_id = current_setting('app.tenant')::uuid)
"""
def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        for verb in ("SELECT", "UPDATE", "DELETE"):
            op.execute(POLICY.format(name=f"{table}_{verb.lower()}", table=table, verb=verb))
        op.execute(sa.text(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"))

def downgrade() -> None:
    for table in reversed(TABLES):
        for verb in ("SELECT", "UPDATE", "DELETE"):
            op.execute("DROP POLICY IF EXISTS %s ON %s" % (f"{table}_{verb.lower()}", table))
        op.execute(sa.text("ALTER TABLE " + table + " DISABLE ROW LEVEL SECURITY"))
