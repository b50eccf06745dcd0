"""merge fees and addresses

Revision ID: d61c3f8b2e94
Revises: 1c9d4a6f7e35, b2f80e6d5c17
Create Date: 2023-10-23 08:02:13.117409

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'd61c3f8b2e94'
down_revision: Union[str, Sequence[str], None] = ('1c9d4a6f7e35', 'b2f80e6d5c17')
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    pass


def downgrade() -> None:
    """Downgrade schema."""
    pass
