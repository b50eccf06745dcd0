"""keep fees as decimals

Fees were whole cents. SQLite has no ALTER COLUMN, so that the table is rebuilt there.

Revision ID: 2f83b7d0e6a1
Revises: 4be19f72c8d3
Create Date: 2024-02-12 17:49:30.296641

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = '2f83b7d0e6a1'
down_revision: Union[str, Sequence[str], None] = '4be19f72c8d3'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


def upgrade() -> None:
    """Upgrade schema."""
    op.execute("UPDATE fees SET currency = 'EUR' WHERE currency IS NULL")
    with op.batch_alter_table('fees', schema=None) as batch_op:
        batch_op.alter_column(
            'amount',
            existing_type=sa.INTEGER(),
            type_=sa.Numeric(precision=10, scale=2),
            existing_nullable=False,
            postgresql_using='amount / 100.0',
        )
        batch_op.alter_column(
            'currency',
            existing_type=sa.VARCHAR(length=3),
            nullable=False,
            server_default='EUR',
        )
        batch_op.add_column(sa.Column('waived_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint('ck_fees_amount', 'amount >= 0')
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('UPDATE fees SET amount = amount / 100.0')


def downgrade() -> None:
    """Downgrade schema."""
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('UPDATE fees SET amount = amount * 100')
    with op.batch_alter_table('fees', schema=None) as batch_op:
        batch_op.drop_constraint('ck_fees_amount', type_='check')
        batch_op.drop_column('waived_at')
        batch_op.alter_column(
            'currency',
            existing_type=sa.VARCHAR(length=3),
            nullable=True,
            server_default=None,
        )
        batch_op.alter_column(
            'amount',
            existing_type=sa.Numeric(precision=10, scale=2),
            type_=sa.INTEGER(),
            existing_nullable=False,
            postgresql_using='(amount * 100)::integer',
        )
