# SPDX-License-Identifier: GPL-3.0-or-later
"""several statements in one text, cut at empty lines

Revision ID: a0f1e6f93d80
Revises: 9b91a6756543
"""
from alembic import op

# revision identifiers, used by Alembic.
revision = 'a0f1e6f93d80'
down_revision = '9b91a6756543'

SQL = """
CREATE TABLE logs (
    id bigserial PRIMARY KEY,
    line text NOT NULL
);

CREATE INDEX logs_line ON logs USING hash (line);

INSERT INTO logs (line) VALUES ('10%: a \\ backslash'), ('it''s :not a bind');
"""


def upgrade():
    for statement in SQL.strip().split('\n\n'):
        op.execute(statement.replace(':', r'\:').rstrip(';'))


def downgrade():
    op.execute("""
        DROP INDEX logs_line;
        DROP TABLE logs;
    """)
