# SPDX-License-Identifier: GPL-3.0-or-later
"""types"""
from alembic import op
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

revision = '8416fced9903'
down_revision = 'dcf96e356bf9'

def upgrade():
    names = ['Integer', 'SmallInteger', 'BigInteger', 'Numeric', 'Float', 'Double', 'Boolean', 'Date', 'DateTime', 'Time', 'Interval', 'LargeBinary', 'PickleType', 'Unicode', 'UnicodeText', 'String', 'Text', 'JSON', 'Uuid', 'REAL', 'DECIMAL', 'NVARCHAR', 'NCHAR', 'CLOB', 'BINARY', 'VARBINARY', 'BLOB', 'DOUBLE', 'DOUBLE_PRECISION']
    for i, n in enumerate(names):
        op.add_column('t', sa.Column(f'c{i}', getattr(sa, n)()))
    for i, ty in enumerate([sa.Numeric(10), sa.Float(24), sa.String(5, collation='C'), sa.Time(timezone=True), sa.TIMESTAMP(timezone=True), sa.Unicode(7), sa.LargeBinary(10), sa.Interval(second_precision=3), sa.Enum('a', name='e', native_enum=False, length=20), sa.Uuid(as_uuid=False, native_uuid=False), sa.Numeric(asdecimal=False)]):
        op.add_column('t', sa.Column('d%d' % i, ty))
def downgrade():
    for i, ty in enumerate([pg.INET, pg.CIDR, pg.MACADDR, pg.MONEY, pg.OID, pg.REGCLASS, pg.BIT(5), pg.BIT(varying=True), pg.HSTORE, pg.TSVECTOR, pg.INT4RANGE, pg.NUMRANGE, pg.DATEMULTIRANGE, pg.TIMESTAMP(precision=3), pg.TIME(timezone=True, precision=2), pg.INTERVAL(fields='DAY TO SECOND', precision=3), pg.DOMAIN('d', sa.Integer), pg.CITEXT, pg.JSONPATH, pg.TSQUERY, pg.MACADDR8, pg.BYTEA, pg.REAL, pg.ARRAY(pg.VARCHAR(3))]):
        op.add_column('t', sa.Column('d%d' % i, ty))
