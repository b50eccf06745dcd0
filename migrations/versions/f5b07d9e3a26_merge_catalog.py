"""merge the catalogue's line for release 1.0

Revision ID: f5b07d9e3a26
Revises: 7a4e5d91c0bf, 92b6f3e0a1d8
Create Date: 2023-11-20 10:00:04.803276

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'f5b07d9e3a26'
down_revision: Union[str, Sequence[str], None] = ('7a4e5d91c0bf', '92b6f3e0a1d8')
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    pass


def downgrade() -> None:
    """Downgrade schema."""
    pass
