# SPDX-License-Identifier: GPL-3.0-or-later
"""updated_at is kept by a trigger on each table

Revision ID: 8a0b10cb1215
Revises: c0b7952bf74d
"""
from textwrap import dedent

from alembic import op

# revision identifiers, used by Alembic.
revision = '8a0b10cb1215'
down_revision = 'c0b7952bf74d'

FUNCTION = """
    CREATE OR REPLACE FUNCTION touch_updated_at() RETURNS trigger AS $$
    BEGIN
        NEW.updated_at := now();
        RETURN NEW;
    END;
    $$ LANGUAGE plpgsql;
"""
TABLES = ['customers', 'orders']


def upgrade():
    op.execute(dedent(FUNCTION).strip())
    for table in TABLES:
        op.execute(dedent(f"""\
            CREATE TRIGGER {table}_touch
            BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE PROCEDURE touch_updated_at()"""))


def downgrade():
    for table in TABLES:
        op.execute('DROP TRIGGER IF EXISTS %s_touch ON %s' % (table, table))
    op.execute('DROP FUNCTION IF EXISTS touch_updated_at()')
