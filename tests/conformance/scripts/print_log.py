# SPDX-License-Identifier: GPL-3.0-or-later
"""print log"""
from alembic import op
import sqlalchemy as sa
import logging

revision = 'd985e60c2daa'
down_revision = 'bd6159873ed8'

log = logging.getLogger('alembic.runtime.migration')
logger = logging.getLogger(__name__)
def upgrade():
    print("starting", end='\n')
    log.info("x %s", 1)
    try:
        import nonexistent_pkg_x
    except ImportError:
        nonexistent_pkg_x = None
    assert op.get_context() is not None, "no"
    op.execute("SET statement_timeout = '5s'")
    op.execute("COMMIT")
    for stmt in """
        create table a (x int);
        insert into a values (';');
    """.strip().split(';\n'):
        if stmt.strip():
            op.execute(stmt.strip())
def downgrade():
    pass
