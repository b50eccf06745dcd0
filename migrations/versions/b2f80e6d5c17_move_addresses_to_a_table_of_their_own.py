"""move addresses to a table of their own

Revision ID: b2f80e6d5c17
Revises: 0f7a28d94c6b
Create Date: 2023-10-09 13:17:02.485539

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'b2f80e6d5c17'
down_revision: Union[str, Sequence[str], None] = '0f7a28d94c6b'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.create_table(
        'addresses',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), server_default='home', nullable=False),
        sa.Column('street', sa.String(length=200), nullable=False),
        sa.Column('postal_code', sa.String(length=16), nullable=True),
        sa.Column('city', sa.String(length=100), nullable=True),
        sa.Column('country', sa.CHAR(length=2), server_default='AT', nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name='fk_addresses_user', ondelete='CASCADE'),
        sa.UniqueConstraint('user_id', 'kind', name='uq_addresses_kind_user'),
    )

    op.execute(
        """
        INSERT INTO addresses (user_id, kind, street, postal_code, city)
        SELECT id, 'home', street, postal_code, city
        FROM users
        WHERE street IS NOT NULL
        """
    )

    for column in ('street', 'postal_code', 'city'):
        op.drop_column('users', column)


def downgrade() -> None:
    """Downgrade schema."""
    op.add_column('users', sa.Column('street', sa.String(length=200), nullable=True))
    op.add_column('users', sa.Column('postal_code', sa.String(length=16), nullable=True))
    op.add_column('users', sa.Column('city', sa.String(length=100), nullable=True))

    for column in ('street', 'postal_code', 'city'):
        op.execute(
            f"UPDATE users SET {column} = (SELECT a.{column} FROM addresses a "
            "WHERE a.user_id = users.id AND a.kind = 'home')"
        )

    op.drop_table('addresses')
