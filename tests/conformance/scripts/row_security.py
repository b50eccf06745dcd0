# SPDX-License-Identifier: GPL-3.0-or-later
"""row level security for tenants

Revision ID: 6d7f6864a471
Revises: 8a0b10cb1215
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '6d7f6864a471'
down_revision = '8a0b10cb1215'

TENANT_TABLES = {
    'documents': 'tenant_id',
    'folders': 'tenant_id',
    'tenants': 'id',
}


def policy(table, column):
    return (
        "CREATE POLICY tenant_isolation_{0} ON {0} "
        "USING ({1} = current_setting('app.tenant')::uuid) "
        "WITH CHECK ({1} = current_setting('app.tenant')::uuid)"
    ).format(table, column)


def upgrade():
    for table, column in TENANT_TABLES.items():
        op.execute(f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY')
        op.execute(policy(table, column))
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO app_user" % ', '.join(TENANT_TABLES))


def downgrade():
    op.execute("REVOKE ALL ON %s FROM app_user" % ', '.join(TENANT_TABLES))
    for table in TENANT_TABLES:
        op.execute(f'DROP POLICY IF EXISTS tenant_isolation_{table} ON {table}')
        op.execute(f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY')
        op.execute(f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY')
