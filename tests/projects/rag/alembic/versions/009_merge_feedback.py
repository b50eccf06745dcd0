"""Merge feedback

Revision ID: 009_merge_feedback
Revises: 008_add_concurrent_indexes, 007_add_feedback
Create Date: 2025-01-20 09:00:00

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '009_merge_feedback'
down_revision: Union[str, Sequence[str], None] = ('008_add_concurrent_indexes', '007_add_feedback')
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
