# SPDX-License-Identifier: GPL-3.0-or-later
"""text types"""
from alembic import op
import sqlalchemy as sa

revision = '22d39e7d7075'
down_revision = '227335974dd8'

def upgrade():
    stmt = sa.text("INSERT INTO t (a, b, c, d, e) VALUES (:a, :b, :c, :d, :e)")
    import datetime, decimal, uuid
    op.execute(stmt.bindparams(a=datetime.date(2020, 1, 1), b=datetime.datetime(2020, 1, 1, 1, 2, 3, 4), c=decimal.Decimal('1.10'), d=uuid.UUID(int=5), e=datetime.time(1)))
def downgrade():
    op.execute(sa.text("select :x, :y").bindparams(sa.bindparam('x', [1, 2], type_=sa.ARRAY(sa.Integer)), sa.bindparam('y', datetime_(), type_=sa.DateTime)))
def datetime_():
    import datetime
    return datetime.datetime(2021, 5, 6, tzinfo=datetime.timezone.utc)
