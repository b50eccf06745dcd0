# SPDX-License-Identifier: GPL-3.0-or-later
"""check constraints, in text and in Core

Revision ID: 2d2c084ad58e
Revises: 3da69adb6d3e
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy import column, func

# revision identifiers, used by Alembic.
revision = '2d2c084ad58e'
down_revision = '3da69adb6d3e'


def upgrade():
    op.create_check_constraint('ck_amount', 'payments', 'amount > 0')
    op.create_check_constraint('ck_currency', 'payments', column('currency').in_(['EUR', 'USD']))
    op.create_check_constraint('ck_name', 'payments', func.length(column('name')) > 3)
    op.create_check_constraint('ck_one_of', 'payments', sa.and_(sa.or_(column('card').isnot(None), column('iban') != sa.null()), ~column('cash')))
    op.create_check_constraint('ck_percent', 'payments', sa.text("note NOT LIKE '%:%'"), schema='fin')
    op.create_check_constraint('ck_state', 'payments', "state::text = ANY (ARRAY['a', 'b'])", postgresql_not_valid=True)


def downgrade():
    for name in ('ck_state', 'ck_one_of', 'ck_name', 'ck_currency', 'ck_amount'):
        op.drop_constraint(name, 'payments', type_='check')
    op.drop_constraint('ck_percent', 'payments', type_='check', schema='fin')
