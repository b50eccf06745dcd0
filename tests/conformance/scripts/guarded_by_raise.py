# SPDX-License-Identifier: GPL-3.0-or-later
"""not without a word from the operator

Revision ID: 01f7d1bac9aa
Revises: 1d1b02eec471
"""
import os

from alembic import context, op

# revision identifiers, used by Alembic.
revision = '01f7d1bac9aa'
down_revision = '1d1b02eec471'


def upgrade():
    if os.environ.get('SKIP_ARCHIVE', '0') != '1' and context.get_x_argument(as_dictionary=True).get('archive', 'yes') == 'yes':
        op.execute('CREATE TABLE orders_archive AS TABLE orders WITH DATA')
    try:
        op.execute('TRUNCATE TABLE orders RESTART IDENTITY CASCADE')
    finally:
        op.execute('ANALYZE orders')


def downgrade():
    assert False, 'truncated rows cannot come back'
