# SPDX-License-Identifier: GPL-3.0-or-later
"""one schema for each tenant

Revision ID: c20018ff0e78
Revises: 525f821cf628
"""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSchema, DropSchema

# revision identifiers, used by Alembic.
revision = 'c20018ff0e78'
down_revision = '525f821cf628'

TENANTS = 'acme globex initech'.split()


def upgrade():
    for tenant in TENANTS:
        op.execute(CreateSchema(tenant))
        op.create_table('invoices', sa.Column('id', sa.Integer, primary_key=True), sa.Column('total', sa.Numeric(10, 2)), schema=tenant)
        op.create_index('ix_invoices_total', 'invoices', ['total'], schema=tenant)
        op.execute(f'COMMENT ON SCHEMA "{tenant}" IS \'tenant {tenant.title()}\'')


def downgrade():
    for tenant in TENANTS:
        op.drop_table('invoices', schema=tenant)
        op.execute(DropSchema(tenant, cascade=True))
