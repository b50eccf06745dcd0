# SPDX-License-Identifier: GPL-3.0-or-later
"""settings move into one JSON document

Revision ID: d885cbabca24
Revises: 7c2ab1076970
"""
import json

from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

# revision identifiers, used by Alembic.
revision = 'd885cbabca24'
down_revision = '7c2ab1076970'

DEFAULTS = {'theme': 'light', 'mail': {'digest': True, 'hour': 7}, 'tags': []}


def upgrade():
    op.add_column('accounts', sa.Column('settings', postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.execute("UPDATE accounts SET settings = '%s'" % json.dumps(DEFAULTS, sort_keys=True))
    op.execute(sa.text("UPDATE accounts SET settings = jsonb_set(settings, '{theme}', to_jsonb(theme)) WHERE theme IS NOT NULL"))
    op.alter_column('accounts', 'settings', nullable=False, server_default=sa.text("'{}'::jsonb"))
    op.create_index('ix_accounts_theme', 'accounts', [sa.text("(settings ->> 'theme')")])
    op.drop_column('accounts', 'theme')


def downgrade():
    op.add_column('accounts', sa.Column('theme', sa.VARCHAR(length=20), autoincrement=False, nullable=True))
    op.execute("UPDATE accounts SET theme = settings ->> 'theme'")
    op.drop_index('ix_accounts_theme', table_name='accounts')
    op.drop_column('accounts', 'settings')
