# SPDX-License-Identifier: GPL-3.0-or-later
"""trigger"""
from alembic import op
import sqlalchemy as sa
from textwrap import dedent

revision = '66b1177fa359'
down_revision = '70e071e7dbf2'

FN = dedent("""\
    CREATE OR REPLACE FUNCTION touch() RETURNS trigger AS $$
    BEGIN
        NEW.updated_at := now();  -- 100% sure: it's now
        RETURN NEW;
    END;
    $$ LANGUAGE plpgsql""")
def upgrade():
    op.execute(FN)
    for t in ('a', 'b'):
        op.execute("""CREATE TRIGGER %(t)s_touch BEFORE UPDATE ON "%(t)s" FOR EACH ROW EXECUTE FUNCTION touch()""" % dict(t=t))
    op.execute(sa.text("UPDATE a SET x = 'a\\:b', y = CAST(:y AS text), z = '10:30'").bindparams(y="it's"))
    op.execute(sa.DDL("COMMENT ON TABLE a IS '100%% of %(x)s'", context={'x': 'all'}))

def downgrade():
    for t in ('b', 'a'): op.execute('DROP TRIGGER {0}_touch ON "{0}"'.format(t))
    op.execute('DROP FUNCTION touch()')
