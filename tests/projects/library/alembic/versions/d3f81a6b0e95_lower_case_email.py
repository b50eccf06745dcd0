"""lower-case e-mail addresses, tenant by tenant

Revision ID: d3f81a6b0e95
Revises: f90c3d7a5b26
Create Date: 2024-09-09 17:31:08.262470

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = 'd3f81a6b0e95'
down_revision = 'f90c3d7a5b26'
branch_labels = None
depends_on = None


def upgrade() -> None:
    conn = op.get_bind()
    tenants = conn.execute(sa.text('SELECT id, slug FROM tenants ORDER BY slug')).fetchall()
    for tenant in tenants:
        result = conn.execute(
            sa.text('UPDATE users SET email = lower(email) WHERE tenant_id = :tenant_id AND email <> lower(email)'),
            {'tenant_id': tenant.id},
        )
        print(f'{tenant.slug}: {result.rowcount} addresses changed')

    op.create_check_constraint('ck_users_email_lower', 'users', 'email = lower(email)')


def downgrade() -> None:
    op.drop_constraint('ck_users_email_lower', 'users', type_='check')
