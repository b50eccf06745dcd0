# SPDX-License-Identifier: GPL-3.0-or-later
"""numbers of invoices come from sequences

Revision ID: 6e0abecd9209
Revises: a0f1e6f93d80
"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.schema import CreateSequence, DropSequence, Sequence

# revision identifiers, used by Alembic.
revision = '6e0abecd9209'
down_revision = 'a0f1e6f93d80'

yearly = Sequence('invoice_number', start=1, increment=1, minvalue=1, cycle=False, schema='billing')


def upgrade():
    op.execute(CreateSequence(yearly))
    op.execute(CreateSequence(sa.Sequence('receipt_number', start=100)))
    op.add_column('invoices', sa.Column('number', sa.BigInteger(), yearly.next_value(), nullable=True) if False else sa.Column('number', sa.BigInteger()), schema='billing')
    op.alter_column('invoices', 'number', server_default=sa.text("nextval('billing.invoice_number')"), schema='billing')
    op.execute("SELECT setval('billing.invoice_number', COALESCE((SELECT max(number) FROM billing.invoices), 1))")


def downgrade():
    op.alter_column('invoices', 'number', server_default=None, schema='billing')
    op.drop_column('invoices', 'number', schema='billing')
    op.execute(DropSequence(sa.Sequence('receipt_number')))
    op.execute(DropSequence(yearly))
