"""create locations and instances

The catalogue has its own line of revisions: it is released by another team.

Revision ID: c41e7d2a985f
Revises: 
Create Date: 2023-09-18 08:30:00.417726

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


# revision identifiers, used by Alembic.
revision: str = 'c41e7d2a985f'
down_revision: Union[str, Sequence[str], None] = None
branch_labels: Union[str, Sequence[str], None] = ('catalog',)
depends_on: Union[str, Sequence[str], None] = 'a3d5f0c1b7e2'

# JSONB where the server has it
json_document = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'locations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(length=24), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('is_open_stack', sa.Boolean(), server_default=sa.text('true'), nullable=False),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
        sa.UniqueConstraint('tenant_id', 'code', name='uq_locations_code_tenant'),
    )
    op.create_table(
        'instances',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('tenant_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.Text(), nullable=False),
        sa.Column('contributors', json_document, nullable=True),
        sa.Column('isbn', sa.String(length=17), nullable=True),
        sa.Column('publication_year', sa.SmallInteger(), nullable=True),
        sa.Column('language', sa.CHAR(length=3), server_default='ger', nullable=False),
        sa.Column('suppressed', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint('publication_year IS NULL OR publication_year > 1400', name='ck_instances_year'),
        sa.ForeignKeyConstraint(['tenant_id'], ['tenants.id'], ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id'),
    )
    op.create_index(
        'ix_instances_isbn',
        'instances',
        ['tenant_id', 'isbn'],
        unique=False,
        postgresql_where=sa.text('isbn IS NOT NULL'),
        sqlite_where=sa.text('isbn IS NOT NULL'),
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_index('ix_instances_isbn', table_name='instances')
    op.drop_table('instances')
    op.drop_table('locations')
