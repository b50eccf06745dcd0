"""soft delete, storage class

Revision ID: 40f6c2b8e9d7
Revises: e17b9d3a5c08
Create Date: 2024-08-20 08:05:13.660482

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '40f6c2b8e9d7'
down_revision: Union[str, Sequence[str], None] = 'e17b9d3a5c08'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

files = sa.table('files', sa.column('size', sa.BigInteger), sa.column('storage_class', sa.String))


def upgrade() -> None:
    """Upgrade schema."""
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deleted_at', sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column('storage_class', sa.String(length=12), nullable=True))

    op.execute(files.update().values(storage_class=sa.case((files.c.size > 104857600, 'cold'), else_='hot')))

    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.alter_column('storage_class', existing_type=sa.String(length=12), nullable=False, server_default='hot')

    op.create_index(
        'ix_files_live',
        'files',
        ['tenant_id', 'uploaded_at'],
        postgresql_where=sa.text('deleted_at IS NULL'),
        sqlite_where=sa.text('deleted_at IS NULL'),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_files_live', table_name='files')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_column('storage_class')
        batch_op.drop_column('deleted_at')
