"""plans are a table

Revision ID: d2f84b6a0e95
Revises: 9c5a7e0d1b36
Create Date: 2025-01-14 11:07:51.873340

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision: str = 'd2f84b6a0e95'
down_revision: Union[str, Sequence[str], None] = '9c5a7e0d1b36'
branch_labels: Union[str, Sequence[str], None] = None
depends_on: Union[str, Sequence[str], None] = None


PLANS = {'free': 1, 'team': 50, 'enterprise': 1000}


def upgrade() -> None:
    """Upgrade schema."""
    plans = op.create_table(
        'plans',
        sa.Column('name', sa.String(length=20), nullable=False),
        sa.Column('quota_gib', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('name', name='pk_plans'),
    )
    op.bulk_insert(plans, [{'name': name, 'quota_gib': gib} for name, gib in PLANS.items()])
    op.execute("UPDATE tenants SET plan = 'free' WHERE plan NOT IN (SELECT name FROM plans)")

    with op.batch_alter_table('tenants', schema=None) as batch_op:
        batch_op.alter_column('plan', new_column_name='plan_name', existing_type=sa.String(length=20))
    with op.batch_alter_table('tenants', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_tenants_plan', 'plans', ['plan_name'], ['name'], ondelete='RESTRICT')


def downgrade() -> None:
    """Downgrade schema."""
    with op.batch_alter_table('tenants', schema=None) as batch_op:
        batch_op.drop_constraint('fk_tenants_plan', type_='foreignkey')
    with op.batch_alter_table('tenants', schema=None) as batch_op:
        batch_op.alter_column('plan_name', new_column_name='plan', existing_type=sa.String(length=20))

    op.drop_table('plans')
