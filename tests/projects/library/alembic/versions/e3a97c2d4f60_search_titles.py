"""search titles

Revision ID: e3a97c2d4f60
Revises: b81c5d0f3e72
Create Date: 2024-04-15 18:52:41.006128

"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = 'e3a97c2d4f60'
down_revision = 'b81c5d0f3e72'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm')
    op.add_column(
        'instances',
        sa.Column(
            'search_vector',
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', coalesce(title, ''))", persisted=True),
            nullable=True,
        ),
    )
    op.create_index('ix_instances_search_vector', 'instances', ['search_vector'], postgresql_using='gin')
    op.create_index(
        'ix_instances_title_trgm',
        'instances',
        ['title'],
        postgresql_using='gin',
        postgresql_ops={'title': 'gin_trgm_ops'},
    )
    op.create_index('ix_instances_title_lower', 'instances', ['tenant_id', sa.text('lower(title)')])


def downgrade() -> None:
    op.drop_index('ix_instances_title_lower', table_name='instances')
    op.drop_index('ix_instances_title_trgm', table_name='instances')
    op.drop_index('ix_instances_search_vector', table_name='instances')
    op.drop_column('instances', 'search_vector')
    op.execute('DROP EXTENSION IF EXISTS pg_trgm')
