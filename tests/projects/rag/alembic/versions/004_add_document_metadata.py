"""Add document metadata

Revision ID: 004_add_document_metadata
Revises: 003_add_tenants_and_rls
Create Date: 2024-10-07 09:45:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = '004_add_document_metadata'
down_revision: Union[str, Sequence[str], None] = '003_add_tenants_and_rls'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('documents', sa.Column('metadata', postgresql.JSONB(), server_default='{}', nullable=False))
    op.add_column('documents', sa.Column('tags', postgresql.ARRAY(sa.Text()), nullable=True))
    op.add_column('documents', sa.Column('language', sa.String(8), server_default=sa.literal('en'), nullable=False))
    op.create_index('ix_documents_metadata', 'documents', ['metadata'], postgresql_using='gin', postgresql_ops={'metadata': 'jsonb_path_ops'})
    op.create_index('ix_documents_source', 'documents', [sa.text("(metadata ->> 'source')")])
    op.alter_column('documents', 'title', existing_type=sa.String(500), type_=sa.Text(), existing_nullable=False)


def downgrade() -> None:
    op.alter_column('documents', 'title', existing_type=sa.Text(), type_=sa.String(500), existing_nullable=False)
    op.drop_index('ix_documents_source', table_name='documents')
    op.drop_index('ix_documents_metadata', table_name='documents')
    op.drop_column('documents', 'language')
    op.drop_column('documents', 'tags')
    op.drop_column('documents', 'metadata')
