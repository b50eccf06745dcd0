"""Add chunks.embedding_model without downtime

1. add the column, nullable: no rewrite of the table
2. fill it
3. NOT NULL by way of a validated check, so that readers are not locked out

Revision ID: 007_add_embedding_model
Revises: 006_migrate_user_roles
Create Date: 2024-12-02 16:40:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '007_add_embedding_model'
down_revision: Union[str, Sequence[str], None] = '006_migrate_user_roles'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    op.add_column('chunks', sa.Column('embedding_model', sa.String(80), nullable=True))

    op.execute(
        "UPDATE chunks SET embedding_model = 'text-embedding-ada-002' "
        "WHERE embedding_model IS NULL AND embedding IS NOT NULL"
    )
    op.execute("UPDATE chunks SET embedding_model = 'none' WHERE embedding_model IS NULL")

    op.execute('ALTER TABLE chunks ADD CONSTRAINT ck_chunks_embedding_model CHECK (embedding_model IS NOT NULL) NOT VALID')
    op.execute('ALTER TABLE chunks VALIDATE CONSTRAINT ck_chunks_embedding_model')
    op.alter_column('chunks', 'embedding_model', existing_type=sa.String(80), nullable=False)
    op.drop_constraint('ck_chunks_embedding_model', 'chunks', type_='check')


def downgrade() -> None:
    op.drop_column('chunks', 'embedding_model')
