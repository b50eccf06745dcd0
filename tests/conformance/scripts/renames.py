# SPDX-License-Identifier: GPL-3.0-or-later
"""new words for old things

Revision ID: 1d1b02eec471
Revises: 99dd49b96c72
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = '1d1b02eec471'
down_revision = '99dd49b96c72'


TABLE_NAMES = {'clients': 'customers', 'bills': 'invoices'}
COLUMN_NAMES = {('customers', 'bill_to'): 'address', ('invoices', 'client_id'): 'customer_id'}


def upgrade():
    for old, new in TABLE_NAMES.items():
        op.rename_table(old, new)
        op.execute(f'ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq')
        op.execute(f'ALTER INDEX {old}_pkey RENAME TO {new}_pkey')
    for (table, old), new in COLUMN_NAMES.items():
        op.alter_column(table, old, new_column_name=new)


def downgrade():
    for (table, old), new in COLUMN_NAMES.items():
        op.alter_column(table, new, new_column_name=old)
    for new, old in ((v, k) for k, v in TABLE_NAMES.items()):
        op.execute(f'ALTER INDEX {new}_pkey RENAME TO {old}_pkey')
        op.execute(f'ALTER SEQUENCE {new}_id_seq RENAME TO {old}_id_seq')
        op.rename_table(new, old)
