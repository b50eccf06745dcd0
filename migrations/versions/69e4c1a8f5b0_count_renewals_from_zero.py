"""count renewals from zero, expire patrons without a group

Revision ID: 69e4c1a8f5b0
Revises: 2f83b7d0e6a1
Create Date: 2024-03-05 14:22:10.123456

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '69e4c1a8f5b0'
down_revision: Union[str, Sequence[str], None] = '2f83b7d0e6a1'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None

loans = sa.table('loans', sa.column('renewals', sa.Integer))


def upgrade() -> None:
    """Upgrade schema."""
    op.execute(loans.update().where(loans.c.renewals.is_(None)).values(renewals=0))
    with op.batch_alter_table('loans', schema=None) as batch_op:
        batch_op.alter_column('renewals', existing_type=sa.INTEGER(), nullable=False, server_default=sa.text('0'))

    connection = op.get_bind()
    connection.execute(
        sa.text("UPDATE users SET status = :status WHERE patron_group_id IS NULL AND status = 'active'").bindparams(status='expired')
    )


def downgrade() -> None:
    """Downgrade schema."""
    # who was expired by the upgrade is not known any more: those patrons stay as they are
    with op.batch_alter_table('loans', schema=None) as batch_op:
        batch_op.alter_column('renewals', existing_type=sa.INTEGER(), nullable=True, server_default=None)
