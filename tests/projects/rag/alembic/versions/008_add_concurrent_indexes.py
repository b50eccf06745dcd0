"""Add indexes concurrently

Revision ID: 008_add_concurrent_indexes
Revises: 007_add_embedding_model
Create Date: 2025-01-13 06:00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '008_add_concurrent_indexes'
down_revision: Union[str, Sequence[str], None] = '007_add_embedding_model'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    # CREATE INDEX CONCURRENTLY cannot run inside a transaction block
    with op.get_context().autocommit_block():
        op.execute('CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_chunks_embedding_model ON chunks (embedding_model)')
        op.create_index(
            'ix_documents_tenant_created',
            'documents',
            ['tenant_id', sa.text('created_at DESC')],
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    with op.get_context().autocommit_block():
        op.drop_index('ix_documents_tenant_created', table_name='documents', postgresql_concurrently=True)
        op.execute('DROP INDEX CONCURRENTLY IF EXISTS ix_chunks_embedding_model')
