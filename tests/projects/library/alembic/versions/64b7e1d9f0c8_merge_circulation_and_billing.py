"""merge circulation and billing

Revision ID: 64b7e1d9f0c8
Revises: 1f8d3b6c9e04, c5e0a2f47d19
Create Date: 2024-05-21 08:15:00.001477

"""
from alembic import op
import sqlalchemy as sa

# revision identifiers, used by Alembic.
revision = '64b7e1d9f0c8'
down_revision = ('1f8d3b6c9e04', 'c5e0a2f47d19')
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
