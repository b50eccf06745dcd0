# SPDX-License-Identifier: GPL-3.0-or-later
# What the cases of probes.txt have beside the names of matrix.py.
import typing
from alembic import context
from alembic.operations import Operations, MigrateOperation, ops
from sqlalchemy import orm
from sqlalchemy.dialects import mssql, oracle


class IntColor(enum.IntEnum):
    one = 1
    two = 2


class StrColor(str, enum.Enum):
    a = 'aa'
    b = 'bb'


T2 = sa.Table('commented', sa.MetaData(), sa.Column('id', sa.Integer, comment='c'), comment="it's")
T3 = sa.Table('x', sa.MetaData(), sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(20), nullable=False, server_default='n'), sa.Column('old', sa.Integer), sa.UniqueConstraint('old', name='uq_old'))
T4 = sa.Table('x', sa.MetaData(), sa.Column('a', sa.Integer, primary_key=True), sa.Column('b', sa.String(5)), sa.Column('c', sa.Integer), sa.ForeignKeyConstraint(['c'], ['p.id'], name='fk_x_c'), sa.Index('ix_x_b', 'b'), sa.Index('ix_x_c', 'c', unique=True))


class UpperString(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.upper() if value else value


class PlatformGuid(sa.TypeDecorator):
    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        if dialect.name == 'postgresql':
            return dialect.type_descriptor(postgresql.UUID())
        return dialect.type_descriptor(sa.CHAR(32))

    def process_bind_param(self, value, dialect):
        if value is None:
            return value
        return str(value) if dialect.name == 'postgresql' else '%.32x' % value.int


class Point(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, size=2):
        self.size = size

    def get_col_spec(self, **kw):
        return 'POINT(%d)' % self.size


class MyType(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, precision=8):
        self.precision = precision

    def get_col_spec(self, **kw):
        return 'MYTYPE(%s)' % self.precision


class JsonList(sa.TypeDecorator[list]):
    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return ','.join(value)


class UtcDateTime(sa.TypeDecorator):
    impl = sa.DateTime(timezone=True)
    cache_ok = True


from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import expression


class utcnow(expression.FunctionElement):
    type = sa.DateTime()
    inherit_cache = True


@compiles(utcnow, 'postgresql')
def pg_utcnow(element, compiler, **kw):
    return "TIMEZONE('utc', CURRENT_TIMESTAMP)"


@compiles(utcnow, 'sqlite')
def sqlite_utcnow(element, compiler, **kw):
    return "(DATETIME('now'))"


Base = orm.declarative_base()


class Model(Base):
    __tablename__ = 'model'
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(20))
    created = sa.Column(sa.DateTime)
    children = orm.relationship('Child')


class Child(Base):
    __tablename__ = 'child'
    id = sa.Column(sa.Integer, primary_key=True)
    model_id = sa.Column(sa.ForeignKey('model.id'))
    kind = sa.Column(sa.Enum('a', 'b', name='kind'))


rt = sa.table('rt', sa.column('id', sa.Integer), sa.column('b', sa.Boolean), sa.column('s', sa.String(20)), sa.column('u'), sa.column('d', sa.Date),
              sa.column('n', sa.Numeric(8, 2)))
rv = sa.Table('rv', sa.MetaData(), sa.Column('id', sa.Integer, primary_key=True), sa.Column('t_id', sa.Integer, sa.ForeignKey('sc.rw.id')),
              sa.Column('b', sa.Boolean), sa.Column('name', sa.Text), sa.Column('x', sa.Float), sa.Column('ts', sa.DateTime), sa.Column('j', postgresql.JSONB),
              sa.Column('arr', postgresql.ARRAY(sa.Text)), sa.Column('uid', getattr(sa, 'Uuid', sa.String)), sa.Column('col', sa.Enum(Color, name='color')))
rw = sa.Table('rw', rv.metadata, sa.Column('id', sa.Integer, primary_key=True), sa.Column('Order', sa.String(5)), sa.Column('k', sa.BigInteger),
              sa.Column('raw', sa.LargeBinary), schema='sc')
