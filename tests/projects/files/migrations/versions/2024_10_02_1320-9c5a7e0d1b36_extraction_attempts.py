"""extraction attempts

Revision ID: 9c5a7e0d1b36
Revises: 40f6c2b8e9d7
Create Date: 2024-10-02 13:20:38.214907

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '9c5a7e0d1b36'
down_revision: Union[str, Sequence[str], None] = '40f6c2b8e9d7'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'extraction_attempts',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('result_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.SmallInteger(), nullable=False),
        sa.Column('error', sa.Text(), nullable=True),
        sa.Column('at', sa.DateTime(), server_default=sa.func.now(), nullable=False),
        sa.ForeignKeyConstraint(['result_id'], ['extraction_results.id'], name='fk_extraction_attempts_result', ondelete='CASCADE'),
        sa.UniqueConstraint('result_id', 'number', name='uq_extraction_attempts_number'),
    )
    op.execute(
        "INSERT INTO extraction_attempts (result_id, number, error) "
        "SELECT id, 1, CASE state WHEN 'failed' THEN 'unknown' END FROM extraction_results"
    )


def downgrade() -> None:
    """Downgrade schema."""
    op.drop_table('extraction_attempts')
