"""Add tenants and row-level security

Revision ID: 003_add_tenants_and_rls
Revises: 002_add_conversations
Create Date: 2024-09-23 15:02:10

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '003_add_tenants_and_rls'
down_revision: Union[str, Sequence[str], None] = '002_add_conversations'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


DEFAULT_TENANT = '00000000-0000-0000-0000-000000000001'
TENANT_TABLES = ['users', 'documents', 'conversations']


def upgrade() -> None:
    op.create_table(
        'tenants',
        sa.Column('id', postgresql.UUID(as_uuid=True), primary_key=True, server_default=sa.text('gen_random_uuid()')),
        sa.Column('name', sa.String(120), nullable=False, unique=True),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )
    op.execute(
        sa.text('INSERT INTO tenants (id, name) VALUES (CAST(:id AS uuid), :name)').bindparams(
            id=DEFAULT_TENANT, name='default'
        )
    )

    for table in TENANT_TABLES:
        op.add_column(table, sa.Column('tenant_id', postgresql.UUID(as_uuid=True), nullable=True))
        op.execute(f"UPDATE {table} SET tenant_id = '{DEFAULT_TENANT}'")
        op.alter_column(table, 'tenant_id', nullable=False)
        op.create_foreign_key(f'fk_{table}_tenant', table, 'tenants', ['tenant_id'], ['id'], ondelete='CASCADE')
        op.create_index(f'ix_{table}_tenant_id', table, ['tenant_id'])

        op.execute(f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY')
        op.execute(
            f"""
            CREATE POLICY {table}_tenant_isolation ON {table}
                USING (tenant_id = current_setting('app.current_tenant', true)::uuid)
                WITH CHECK (tenant_id = current_setting('app.current_tenant', true)::uuid)
            """
        )

    op.execute("ALTER TABLE chunks ENABLE ROW LEVEL SECURITY")
    op.execute(
        """
        CREATE POLICY chunks_tenant_isolation ON chunks
            USING (EXISTS (
                SELECT 1 FROM documents d
                WHERE d.id = chunks.document_id
                  AND d.tenant_id = current_setting('app.current_tenant', true)::uuid
            ))
        """
    )


def downgrade() -> None:
    op.execute('DROP POLICY IF EXISTS chunks_tenant_isolation ON chunks')
    op.execute('ALTER TABLE chunks DISABLE ROW LEVEL SECURITY')

    for table in reversed(TENANT_TABLES):
        op.execute(f'DROP POLICY IF EXISTS {table}_tenant_isolation ON {table}')
        op.execute(f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY')
        op.drop_index(f'ix_{table}_tenant_id', table_name=table)
        op.drop_constraint(f'fk_{table}_tenant', table, type_='foreignkey')
        op.drop_column(table, 'tenant_id')

    op.drop_table('tenants')
