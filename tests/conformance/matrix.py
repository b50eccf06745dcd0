# SPDX-License-Identifier: GPL-3.0-or-later
"""Small revision scripts in a matrix of directive x option x type, and what Alembic prints for them.

    matrix.py scripts FOLDER     writes one revision script for each case, each the child of the one before
    matrix.py goldens FILE       renders every case, and every whole script of the folder scripts in both directions, with the Alembic
                                 that this Python has, for both dialects

probes.txt has more cases, a paragraph each, with names of their own (probes_preamble.py); they are written for SQLAlchemy 2.
random.txt has some that were made at random (random_cases.py).
"""
import io
import json
import logging
import os
import re
import sys
import textwrap
import types
import warnings

PREAMBLE = """\
import datetime
import decimal
import enum
import uuid

import sqlalchemy as sa
from alembic import op
from sqlalchemy import func
from sqlalchemy.dialects import mysql, postgresql, sqlite

t = sa.table('t', sa.column('id', sa.Integer), sa.column('name', sa.String), sa.column('at', sa.DateTime), sa.column('ok', sa.Boolean),
             sa.column('price', sa.Numeric(10, 2)), sa.column('data', sa.JSON))
u = sa.table('u', sa.column('id', sa.Integer), sa.column('t_id', sa.Integer), sa.column('note', sa.Text), schema='other')
d = sa.table('docs', sa.column('id', sa.Integer), sa.column('body', postgresql.JSONB), sa.column('tags', postgresql.ARRAY(sa.String)))
meta = sa.MetaData()
T = sa.Table('things', meta, sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(20), nullable=False),
             sa.Column('made', sa.DateTime, server_default=sa.func.now()), sa.Column('changed', sa.DateTime, onupdate=sa.func.now()))

D = sa.Table('with_defaults', sa.MetaData(), sa.Column('id', sa.Integer), sa.Column('a', sa.String(9), default='x'),
             sa.Column('at', sa.DateTime, default=sa.func.now()), sa.Column('n', sa.Integer, default=lambda: 5))


class Color(enum.Enum):
    red = 'r'
    green = 'g'
"""

TYPES = """\
sa.Integer() | sa.SmallInteger() | sa.BigInteger() | sa.String() | sa.String(50) | sa.String(20, collation='C') | sa.Text() | sa.Unicode(30)
sa.UnicodeText() | sa.Boolean() | sa.Boolean(create_constraint=True, name='ck_b') | sa.Numeric() | sa.Numeric(10) | sa.Numeric(12, 4) | sa.Float() | sa.Float(24)
sa.Float(precision=53) | sa.Double() | sa.DateTime() | sa.DateTime(timezone=True) | sa.Date() | sa.Time() | sa.Time(timezone=True) | sa.Interval()
sa.Interval(second_precision=3) | sa.LargeBinary() | sa.LargeBinary(100) | sa.JSON() | sa.Uuid() | sa.Uuid(native_uuid=False) | sa.UUID() | sa.ARRAY(sa.Integer())
sa.CHAR(3) | sa.VARCHAR(9) | sa.TEXT() | sa.NCHAR(4) | sa.NVARCHAR(5) | sa.CLOB() | sa.INTEGER() | sa.INT() | sa.BIGINT() | sa.SMALLINT() | sa.DECIMAL(8, 3)
sa.NUMERIC() | sa.REAL() | sa.FLOAT() | sa.DOUBLE() | sa.DOUBLE_PRECISION() | sa.TIMESTAMP() | sa.TIMESTAMP(timezone=True) | sa.DATETIME() | sa.DATE() | sa.TIME()
sa.BLOB() | sa.BINARY(4) | sa.VARBINARY(8) | sa.BOOLEAN() | sa.PickleType() | sa.Enum('a', 'b', name='letters') | sa.Enum('a', "it's", name='quoted', native_enum=False)
sa.Enum(Color, name='color') | sa.Enum(Color, name='colors', values_callable=lambda c: [m.value for m in c]) | sa.Enum('x', 'longer', native_enum=False, length=30, name='padded')
sa.Enum('x', 'y', name='made', create_constraint=True, native_enum=False) | sa.Enum('p', name='Mixed Case', schema='other')
postgresql.JSONB() | postgresql.JSON() | postgresql.UUID() | postgresql.UUID(as_uuid=True) | postgresql.ARRAY(sa.Text()) | postgresql.ARRAY(sa.String(5), dimensions=2)
postgresql.INET() | postgresql.CIDR() | postgresql.MACADDR() | postgresql.HSTORE() | postgresql.TSVECTOR() | postgresql.BYTEA() | postgresql.DOUBLE_PRECISION() | postgresql.MONEY()
postgresql.BIT(8) | postgresql.BIT(8, varying=True) | postgresql.INTERVAL() | postgresql.INTERVAL(fields='DAY TO SECOND') | postgresql.TIMESTAMP(precision=3)
postgresql.TIMESTAMP(timezone=True, precision=0) | postgresql.TIME(precision=2) | postgresql.INT4RANGE() | postgresql.TSTZRANGE() | postgresql.NUMRANGE() | postgresql.OID()
postgresql.REGCLASS() | postgresql.CITEXT() | postgresql.ENUM('s', 'm', name='size') | postgresql.ENUM('s', name='kept', create_type=False)
sa.String(10).with_variant(sa.Text(), 'sqlite') | sa.JSON().with_variant(postgresql.JSONB(), 'postgresql') | sa.Text().with_variant(mysql.LONGTEXT(), 'mysql')
sa.Integer().with_variant(sa.BigInteger(), 'postgresql')
"""

DEFAULTS = """\
'x' | '' | "it's" | '0' | sa.text('0') | sa.text("'a'") | sa.text('now()') | sa.text('CURRENT_TIMESTAMP') | sa.func.now() | sa.func.current_timestamp()
sa.true() | sa.false() | sa.text('true') | sa.null() | sa.literal('q') | sa.literal(5) | sa.text("'{}'::jsonb") | sa.func.gen_random_uuid() | sa.func.lower('A')
sa.text('(1 + 2)') | sa.text("timezone('utc', now())") | sa.cast('5', sa.Integer)
"""

COLUMNS = """\
sa.Column('c', sa.Integer, primary_key=True) | sa.Column('c', sa.BigInteger, primary_key=True, autoincrement=False) | sa.Column('c', sa.Integer, unique=True)
sa.Column('c', sa.Integer, index=True) | sa.Column('c', sa.Integer, index=True, unique=True) | sa.Column('c', sa.Integer, comment="it's") | sa.Column('Order', sa.Integer)
sa.Column('user', sa.Integer) | sa.Column('has space', sa.Integer) | sa.Column('c', sa.Integer, nullable=False) | sa.Column('c', sa.Integer, sa.Identity())
sa.Column('c', sa.Integer, sa.Identity(always=True, start=10, increment=2)) | sa.Column('c', sa.Integer, sa.Computed('id * 2')) | sa.Column('c', sa.Integer, sa.Computed('id * 2', persisted=True))
sa.Column('c', sa.Integer, sa.ForeignKey('p.id')) | sa.Column('c', sa.Integer, sa.ForeignKey('p.id', name='fk_c', ondelete='CASCADE'))
sa.Column('c', sa.Integer, sa.ForeignKey('s.p.id', onupdate='SET NULL', ondelete='RESTRICT')) | sa.Column('c', sa.Integer, sa.ForeignKey('p.id', deferrable=True, initially='DEFERRED'))
sa.Column('c', sa.Integer, sa.ForeignKey('p.id', match='FULL')) | sa.Column('c', sa.Integer, sa.CheckConstraint('c > 0')) | sa.Column('c', sa.Integer, sa.CheckConstraint('c > 0', name='ck_c'))
sa.Column('c', sa.Integer, sa.Sequence('seq_c')) | sa.Column('c', sa.Integer, key='k') | sa.Column('c', sa.Integer, default=5) | sa.Column('c', sa.String, server_default='x', nullable=False)
sa.Column('c', sa.Integer, server_default=sa.FetchedValue()) | sa.Column('c', sa.String(5), quote=True) | sa.Column('c', sa.Integer, system=True)
"""

TABLE_PARTS = """\
sa.PrimaryKeyConstraint('id') | sa.PrimaryKeyConstraint('id', name='pk_x') | sa.PrimaryKeyConstraint('id', 'a') | sa.UniqueConstraint('a') | sa.UniqueConstraint('a', 'b', name='uq_ab')
sa.UniqueConstraint('a', deferrable=True, initially='IMMEDIATE', name='uq_d') | sa.CheckConstraint('a > b') | sa.CheckConstraint("a != 'x:y'", name='ck_x') | sa.CheckConstraint(sa.column('a') > 5, name='ck_e')
sa.ForeignKeyConstraint(['a'], ['p.id']) | sa.ForeignKeyConstraint(['a', 'b'], ['p.x', 'p.y'], name='fk_ab', ondelete='SET NULL', onupdate='CASCADE')
sa.ForeignKeyConstraint(['a'], ['s.p.id'], name='fk_s', deferrable=True, initially='DEFERRED') | sa.ForeignKeyConstraint(['a'], ['p.id'], use_alter=True, name='fk_alter')
sa.Index('ix_a', 'a') | sa.Index('ix_ab', 'a', 'b', unique=True) | sa.Index('ix_l', sa.text('lower(a)')) | sa.Index('ix_o', 'a', postgresql_ops={'a': 'int4_ops'}) | postgresql.ExcludeConstraint(('a', '='), name='ex_a')
sa.UniqueConstraint('a', postgresql_nulls_not_distinct=True, name='uq_n') | sa.UniqueConstraint('a', comment='why', name='uq_c')
"""

TABLE_OPTIONS = """\
schema='s' | comment="a table's words" | prefixes=['TEMPORARY'] | prefixes=['UNLOGGED'] | postgresql_partition_by='RANGE (id)' | postgresql_tablespace='fast'
postgresql_with={'fillfactor': 50} | postgresql_inherits='parent' | sqlite_autoincrement=True | sqlite_with_rowid=False | sqlite_strict=True | if_not_exists=True
info={'x': 1} | mysql_engine='InnoDB' | postgresql_on_commit='DROP'
"""

DIRECTIVES = """\
op.drop_table('x') | op.drop_table('x', schema='s') | op.drop_table('x', if_exists=True) | op.rename_table('x', 'y') | op.rename_table('x', 'y', schema='s')
op.create_table_comment('x', 'words') | op.create_table_comment('x', 'new', existing_comment='old', schema='s') | op.drop_table_comment('x', existing_comment='old')
op.add_column('x', sa.Column('c', sa.Integer), schema='s') | op.add_column('x', sa.Column('c', sa.Integer), if_not_exists=True) | op.drop_column('x', 'c')
op.drop_column('x', 'c', schema='s') | op.drop_column('x', 'c', if_exists=True) | op.alter_column('x', 'c', nullable=False) | op.alter_column('x', 'c', nullable=True, schema='s')
op.alter_column('x', 'c', new_column_name='e') | op.alter_column('x', 'c', server_default=None) | op.alter_column('x', 'c', comment='words') | op.alter_column('x', 'c', comment=None)
op.alter_column('x', 'c', type_=sa.Integer(), postgresql_using='c::integer') | op.alter_column('x', 'c', existing_type=sa.String(5), type_=sa.Text(), existing_nullable=False)
op.alter_column('x', 'c', nullable=False, new_column_name='e', type_=sa.BigInteger(), server_default='5') | op.alter_column('x', 'c', server_default=sa.Identity(always=True))
op.create_index('ix', 'x', ['a']) | op.create_index('ix', 'x', ['a', 'b'], unique=True) | op.create_index('ix', 'x', ['a'], schema='s') | op.create_index('ix', 'x', [sa.text('lower(a)')])
op.create_index('ix', 'x', ['a'], if_not_exists=True) | op.create_index('ix', 'x', ['a'], postgresql_using='gin') | op.create_index('ix', 'x', ['a'], postgresql_where=sa.text('a > 0'))
op.create_index('ix', 'x', ['a'], postgresql_ops={'a': 'text_pattern_ops'}) | op.create_index('ix', 'x', [sa.text('s.f(lower(a))')], postgresql_using='gin', postgresql_ops={'s.f(lower(a))': 'gin_trgm_ops'}) | op.create_index('ix', 'x', ['a'], schema=op.get_context().version_table_schema) | op.create_index('ix', 'x', ['a'], postgresql_include=['b']) | op.create_index('ix', 'x', ['a'], postgresql_with={'fillfactor': 70})
op.create_index('ix', 'x', ['a'], postgresql_concurrently=True) | op.create_index('ix', 'x', [sa.column('a').desc()]) | op.create_index('ix', 'x', [sa.column('a').desc().nulls_last()])
op.create_index('ix', 'x', ['a'], sqlite_where=sa.text('a IS NOT NULL')) | op.create_index('ix', 'x', ['a'], postgresql_nulls_not_distinct=True, unique=True) | op.create_index('ix', 'x', ['a'], postgresql_tablespace='fast')
op.create_index(op.f('ix_x_a'), 'x', ['a']) | op.create_index('Ix Mixed', 'x', ['A b']) | op.create_index('ix', 'x', [sa.func.lower(sa.column('a'))]) | op.create_index('ix', 'x', [sa.text('a DESC'), 'b'])
op.create_index('ix', 'x', ['a'], postgresql_with={'z': 1, 'a': 2}) | op.create_index('ix', 'x', [sa.desc('c'), 'a']) | op.alter_column('x', sa.Column('c', sa.String(5)), existing_type=sa.String(5)) | op.get_bind().execute(sa.text('delete from t where id in :ids').bindparams(sa.bindparam('ids', expanding=True)), {'ids': [1, 2]}) | op.get_bind().execute(sa.text('delete from t where id in :ids').bindparams(sa.bindparam('ids', [], expanding=True))) | op.get_bind().execute(sa.text('delete from t where n in :ids').bindparams(sa.bindparam('ids', ['a', "b'"], expanding=True))) | op.get_bind().execute(t.delete().where(t.c.id.in_(sa.bindparam('ids', expanding=True))), {'ids': [1, 2]}) | op.drop_index('ix') | op.drop_index('ix', table_name='x') | op.drop_index('ix', 'x', schema='s') | op.drop_index('ix', if_exists=True) | op.drop_index('ix', 'x', postgresql_concurrently=True)
op.create_primary_key('pk', 'x', ['a']) | op.create_primary_key('pk', 'x', ['a', 'b'], schema='s') | op.create_unique_constraint('uq', 'x', ['a']) | op.create_unique_constraint('uq', 'x', ['a', 'b'], schema='s')
op.create_unique_constraint('uq', 'x', ['a'], deferrable=True, initially='DEFERRED') | op.create_unique_constraint(None, 'x', ['a']) | op.create_foreign_key('fk', 'x', 'y', ['a'], ['b'])
op.create_foreign_key('fk', 'x', 'y', ['a', 'c'], ['b', 'd'], ondelete='CASCADE', onupdate='RESTRICT') | op.create_foreign_key('fk', 'x', 'y', ['a'], ['b'], source_schema='s', referent_schema='r')
op.create_foreign_key('fk', 'x', 'y', ['a'], ['b'], deferrable=True, initially='DEFERRED', match='SIMPLE') | op.create_foreign_key(None, 'x', 'y', ['a'], ['b']) | op.create_check_constraint('ck', 'x', 'a > 0')
op.create_check_constraint('ck', 'x', sa.column('a') > 5) | op.create_check_constraint('ck', 'x', sa.text("a IN ('x', 'y')"), schema='s') | op.create_exclude_constraint('ex', 'x', ('r', '&&'), using='gist')
op.create_exclude_constraint('ex', 'x', ('a', '='), ('r', '&&'), using='gist', where='a > 0') | op.drop_constraint('c', 'x') | op.drop_constraint('c', 'x', type_='foreignkey') | op.drop_constraint('c', 'x', type_='primary', schema='s')
op.drop_constraint('c', 'x', type_='unique') | op.drop_constraint('c', 'x', type_='check', if_exists=True) | op.create_unique_constraint('uq', 'x', ['a'], postgresql_nulls_not_distinct=True)
op.create_foreign_key('fk', 'x', 'y', ['a'], ['b'], postgresql_not_valid=True) | op.create_check_constraint('ck', 'x', 'a > 0', postgresql_not_valid=True)
op.execute('SELECT 1') | op.execute("UPDATE x SET a = 'b:c'") | op.execute(r"SELECT '10\\:30'") | op.execute("SELECT a::text FROM x WHERE b = ':no'") | op.execute('SELECT :missing') | op.execute("SELECT '%'")
op.execute(sa.text('UPDATE x SET a = :a, b = :b').bindparams(a='v', b=5)) | op.execute(sa.text('SELECT :d').bindparams(sa.bindparam('d', datetime.date(2020, 1, 2)))) | op.execute('  SELECT 1;  ')
op.execute(sa.text('SELECT :x').bindparams(x=None)) | op.execute(sa.text('SELECT :x').bindparams(x=True)) | op.execute(sa.text('SELECT :x').bindparams(x=decimal.Decimal('1.50'))) | op.execute("SELECT '\\t'")
op.execute(sa.DDL('CREATE EXTENSION IF NOT EXISTS citext')) | op.execute(sa.schema.CreateSchema('s')) | op.execute(sa.schema.CreateSchema('s', if_not_exists=True)) | op.execute(sa.schema.DropSchema('s', cascade=True))
op.execute(sa.schema.CreateSequence(sa.Sequence('q', start=5))) | op.execute(sa.schema.DropSequence(sa.Sequence('q'))) | T.create(op.get_bind()) | T.drop(op.get_bind()) | meta.create_all(op.get_bind(), checkfirst=False)
postgresql.ENUM('a', 'b', name='e').create(op.get_bind()) | postgresql.ENUM(name='e').drop(op.get_bind()) | sa.Enum('a', 'b', name='e').create(op.get_bind(), checkfirst=False) | sa.Enum(name='e').drop(op.get_bind(), checkfirst=False)
op.bulk_insert(t, [{'id': 1, 'name': 'a'}, {'id': 2, 'name': "it's"}]) | op.bulk_insert(t, [{'at': datetime.datetime(2020, 1, 2, 3, 4, 5)}]) | op.bulk_insert(t, [{'ok': True}, {'ok': False}]) | op.bulk_insert(t, [])
op.bulk_insert(t, [{'price': decimal.Decimal('9.90'), 'name': None}]) | op.bulk_insert(t, [{'id': 1}, {'id': 2}], multiinsert=False) | op.bulk_insert(T, [{'name': 'x'}]) | op.bulk_insert(D, [{'id': 1}, {'id': 2}]) | op.bulk_insert(D, [{'id': 1, 'a': 'own', 'at': None}]) | op.get_bind().execute(t.insert(), [{'id': 1}, {'id': 2}]) | op.get_bind().execute(t.update().where(t.c.id == sa.bindparam('i')).values(name=sa.bindparam('n')), [{'i': 1, 'n': 'a'}, {'i': 2, 'n': 'b'}]) | op.get_bind().execute(sa.text('DELETE FROM t WHERE id = :i'), {'i': 1}) | op.bulk_insert(t, [{'name': op.inline_literal('q')}])
op.bulk_insert(u, [{'id': 1, 'note': 'a\\nb'}]) | op.bulk_insert(t, [{'name': sa.func.now()}]) | op.bulk_insert(t, [{'name': 'back\\\\slash %'}])
op.execute(op.inline_literal('x')) if False else op.execute(t.update().values(name=op.inline_literal('x')))
"""

# What is executed: SQLAlchemy Core.
STATEMENTS = """\
t.insert() | t.insert().values(id=1, name='a') | t.insert().values({'name': 'a', 'ok': True}) | t.insert().values([{'id': 1, 'name': 'a'}, {'id': 2, 'name': 'b'}]) | t.insert().values((1, 'n', None, True, None, None))
t.insert().values({t.c.name: 'z'}) | sa.insert(t).values(name=sa.func.upper('x')) | T.insert().values(name='x') | D.insert().values(id=1) | D.update().values(id=1) | D.insert().values([{'id': 1}, {'id': 2}]) | T.insert().values(id=5, name='x') | T.insert().values([{'name': 'x'}, {'name': 'y'}]) | T.insert().inline().values(name='x')
t.insert().from_select(['id', 'name'], sa.select(u.c.id, u.c.note)) | t.insert().from_select(['id'], sa.select(u.c.t_id).distinct().where(u.c.note != None)) | t.insert().values(name='x').returning(t.c.id) | t.insert().values(at=sa.func.now(), price=sa.literal(5) + 1)
t.insert().values(at=datetime.datetime(2021, 5, 6, 7, 8, 9, 10)) | t.insert().values(at=datetime.date(2021, 5, 6)) | t.insert().values(price=decimal.Decimal('3.30')) | t.insert().values(id=sa.select(sa.func.max(u.c.id)).scalar_subquery())
postgresql.insert(t).values(id=1).on_conflict_do_nothing() | postgresql.insert(t).values(id=1).on_conflict_do_nothing(index_elements=['id']) | postgresql.insert(t).values(id=1, name='n').on_conflict_do_update(index_elements=[t.c.id], set_={'name': 'm'})
postgresql.insert(t).values(id=1).on_conflict_do_update(constraint='uq_t', set_=dict(name='m', ok=False), where=t.c.ok.is_(True)) | t.update().values(name='x') | t.update().values(ok=True, id=t.c.id + 1) | t.update().where(t.c.id == 1).values(name=None)
(lambda i: i.on_conflict_do_update(index_elements=['id'], set_={'name': i.excluded.name}))(postgresql.insert(t).values(id=1, name='n')) | sa.update(t).where(t.c.id == 1, t.c.ok.is_(False)).values({t.c.name: 'q'}) | T.update().values(name='x')
t.update().values(name=sa.select(u.c.note).where(u.c.t_id == t.c.id).scalar_subquery()) | t.update().values(name=u.c.note).where(u.c.t_id == t.c.id) | t.update().ordered_values((t.c.ok, True), ('id', 3)) | t.update().values(name=t.c.name + '!')
t.update().values(price=t.c.price * 2 - 1, name=sa.func.coalesce(t.c.name, 'none')) | t.update().values(name=sa.case((t.c.id > 5, 'big'), (t.c.id > 2, 'mid'), else_='small')) | t.update().values(name=sa.case({1: 'one', 2: 'two'}, value=t.c.id, else_=None))
t.update().values(name=sa.cast(t.c.id, sa.String(9))) | t.update().values(at=sa.func.now()).where(t.c.at.is_(None)) | t.update().where(t.c.name.like('a%')).values(ok=False) | t.update().where(t.c.name.ilike('%A%', escape='/')).values(ok=False) | t.update().where(sa.not_(t.c.ok)).values(ok=True)
t.delete() | t.delete().where(t.c.id.in_([1, 2, 3])) | t.delete().where(t.c.name.in_(['a', "b'c"])) | t.delete().where(t.c.id.in_([])) | t.delete().where(t.c.id.not_in([1])) | t.delete().where(t.c.id.in_(sa.select(u.c.t_id))) | t.delete().where(t.c.id.notin_(sa.select(u.c.t_id).where(u.c.note == 'x')))
t.delete().where(t.c.id == u.c.t_id) | t.delete().where(sa.exists().where(u.c.t_id == t.c.id)) | t.delete().where(~sa.exists(sa.select(1).where(u.c.t_id == t.c.id))) | t.delete().where(t.c.id.between(1, 5)) | t.delete().where(~t.c.id.between(1, 5)) | t.delete().returning(t.c.id)
t.delete().where(sa.and_(t.c.id > 1, sa.or_(t.c.ok == True, t.c.name == None))) | t.delete().where((t.c.id > 1) & ~(t.c.ok == False)).where((t.c.id < 9).__or__(t.c.name != 'x')) | t.delete().where(t.c.name.startswith('a')) | t.delete().where(t.c.name.contains('50%', autoescape=True)) | t.delete().where(t.c.name.endswith('z'))
t.delete().where(t.c.name.is_distinct_from('x')) | t.delete().where(t.c.name.is_not_distinct_from(None)) | t.delete().where(sa.func.length(t.c.name) > 3) | t.delete().where(sa.tuple_(t.c.id, t.c.name).in_([(1, 'a'), (2, 'b')])) | t.delete().where(t.c.id % 2 == 0) | t.delete().where(-t.c.id < 5)
sa.select(t) | sa.select(t.c.id) | sa.select(t.c.id, t.c.name.label('n')).where(t.c.id > 1) | sa.select(sa.func.count()) | sa.select(sa.func.count()).select_from(t) | sa.select(sa.func.count(t.c.id.distinct())) | sa.select(t.c.id).distinct() | sa.select(1) | sa.select(sa.text('1'))
sa.select(sa.literal('x').label('a'), sa.literal_column('5')) | sa.select(t.c.id).order_by(t.c.name.desc(), t.c.id) | sa.select(t.c.id).order_by(t.c.name.asc().nulls_first()) | sa.select(t.c.id).limit(5) | sa.select(t.c.id).limit(5).offset(2) | sa.select(t.c.id).offset(2) | sa.select(t.c.id).with_for_update()
sa.select(t.c.name, sa.func.count().label('c')).group_by(t.c.name).having(sa.func.count() > 1) | sa.select(t.c.id, u.c.note).join_from(t, u, u.c.t_id == t.c.id) | sa.select(t.c.id).join(u, u.c.t_id == t.c.id) | sa.select(t.c.id).outerjoin(u, u.c.t_id == t.c.id).where(u.c.id == None)
sa.select(t.c.id).select_from(t.join(u, t.c.id == u.c.t_id)) | sa.select(t.c.id).select_from(t.outerjoin(u, t.c.id == u.c.t_id)) | sa.select(t.c.id).where(t.c.id == u.c.t_id) | sa.union(sa.select(t.c.id), sa.select(u.c.id)) | sa.union_all(sa.select(t.c.id), sa.select(u.c.id)).order_by('id') | sa.select(t.c.id).except_(sa.select(u.c.id))
(lambda a: sa.select(a.c.id).where(a.c.name == 'x'))(t.alias('a')) | (lambda a: sa.select(t.c.id).join(a, a.c.id == t.c.id))(t.alias()) | (lambda s: sa.select(s.c.id))(sa.select(t.c.id).where(t.c.ok).subquery()) | (lambda s: sa.select(s.c.id))(sa.select(t.c.id).subquery('s')) | (lambda c: sa.select(c.c.id))(sa.select(t.c.id).cte('c'))
(lambda c: t.delete().where(t.c.id.in_(sa.select(c.c.id))))(sa.select(u.c.id).cte('gone')) | sa.select(t.c.id, sa.func.row_number().over(partition_by=t.c.name, order_by=t.c.id.desc()).label('rn')) | sa.select(sa.func.sum(t.c.price).filter(t.c.ok)) | sa.select(sa.extract('year', t.c.at)) | sa.select(sa.func.now()) | sa.select(sa.func.current_date())
sa.select(sa.type_coerce(t.c.id, sa.String)) | sa.select(t.c.id + t.c.price, t.c.id - 1, t.c.id / 2, t.c.name + 'x', t.c.name.concat('y')) | sa.select(t.c.name.collate('C')) | sa.select(sa.null(), sa.true(), sa.false()) | sa.select(sa.func.lower(t.c.name)).where(t.c.at > sa.text("now() - interval '1 day'"))
d.update().values(body=d.c.body.op('||')(sa.text("'{}'::jsonb"))) | d.delete().where(d.c.body['k'].astext == 'v') | d.delete().where(d.c.body.has_key('k')) | d.delete().where(d.c.body.contains({'a': 1})) | d.delete().where(d.c.tags.any('x')) | d.delete().where(d.c.tags.contains(['x'])) | d.delete().where(d.c.tags == None)
d.update().values(tags=sa.func.array_append(d.c.tags, 'x')) | d.update().values(tags=postgresql.array(['a', 'b'])) | d.update().values(body=sa.func.jsonb_set(d.c.body, '{a}', sa.cast('1', postgresql.JSONB))) | sa.select(sa.func.array_agg(d.c.id)) | d.delete().where(d.c.body['a']['b'].astext.is_(None)) | d.delete().where(d.c.body[('a', 'b')].astext == '1')
t.insert().values(name=['a']) | t.insert().values(name=5) | t.insert().values(name=uuid.UUID('12345678123456781234567812345678')) | t.insert().values(price='1.5')
t.insert().values(price=1) | t.insert().values(price=1.5) | t.update().where(t.c.ok.is_(True)).values(ok=sa.false()) | sa.table('b', sa.column('x', sa.LargeBinary)).insert().values(x='abc')
sa.table('b', sa.column('x')).insert().values(x=uuid.UUID('12345678123456781234567812345678')) | sa.table('b', sa.column('x')).insert().values(x=datetime.timedelta(days=1)) | sa.table('b', sa.column('x', sa.Interval)).insert().values(x=datetime.timedelta(days=1, seconds=5)) | sa.table('b', sa.column('x', postgresql.UUID)).insert().values(x='12345678123456781234567812345678')
sa.table('b', sa.column('x', postgresql.UUID(as_uuid=True))).insert().values(x='12345678123456781234567812345678') | sa.table('b', sa.column('x', postgresql.UUID(as_uuid=True))).insert().values(x=uuid.UUID('12345678123456781234567812345678')) | sa.table('b', sa.column('x', postgresql.UUID(as_uuid=False))).insert().values(x='12345678-1234-5678-1234-567812345678') | sa.table('b', sa.column('x', sa.Uuid)).insert().values(x=uuid.UUID('12345678123456781234567812345678'))
sa.table('b', sa.column('x', sa.Enum('a', 'b', name='e'))).insert().values(x='a') | sa.table('b', sa.column('x', sa.Enum('a', 'b', name='e'))).insert().values(x='zzz') | sa.table('b', sa.column('x', sa.Enum(Color))).insert().values(x=Color.red) | sa.table('b', sa.column('x', sa.Enum(Color))).insert().values(x='red')
sa.table('b', sa.column('x', sa.Enum(Color))).insert().values(x='r') | sa.table('b', sa.column('x', sa.Time)).insert().values(x=datetime.time(1, 2, 3)) | sa.table('b', sa.column('x', sa.Date)).insert().values(x=datetime.datetime(2020, 1, 2, 3)) | sa.table('b', sa.column('x', sa.Date)).insert().values(x='2020-01-02')
d.insert().values(tags=[]) | d.update().values(tags=[]) | sa.table('b', sa.column('x', postgresql.ARRAY(sa.Enum('a', name='e')))).insert().values(x=['a']) | sa.select(sa.literal(uuid.UUID('12345678123456781234567812345678')))
sa.select(sa.literal(datetime.timedelta(1))) | sa.select(sa.func.f(uuid.UUID('12345678123456781234567812345678'))) | sa.Sequence('s').next_value() | sa.select(sa.Sequence('s').next_value())
sa.select(sa.Sequence('s').next_value().label('n')) | sa.select(sa.func.next_value(sa.Sequence('s', schema='x'))) | t.insert().values(id=sa.Sequence('s').next_value()) | sa.select(t.c.id, sa.lateral(sa.select(u.c.note).where(u.c.t_id == t.c.id)).c.note)
(lambda l: sa.select(t.c.id, l.c.note.label('n')).select_from(t.join(l, sa.true())))(sa.select(u.c.note).where(u.c.t_id == t.c.id).lateral('l')) | (lambda l: sa.select(t.c.id, l.c.x).select_from(t).join(l, sa.true()))(sa.select((u.c.id + 1).label('x')).where(u.c.t_id == t.c.id).lateral()) | sa.select(t.c.id.bitwise_xor(1), t.c.id.bitwise_and(1), t.c.id.bitwise_or(2), t.c.id.bitwise_not(), t.c.id.bitwise_lshift(1), t.c.id.bitwise_rshift(1)) | sa.select(t.c.id.bitwise_xor(1).bitwise_and(3)).where(t.c.id.bitwise_xor(2) == 3)
sa.select(t.c.id.bitwise_xor(t.c.id + 1)) | sa.select(~t.c.id.bitwise_xor(1)) | postgresql.insert(t).values(id=1, ok=True).on_conflict_do_nothing() | postgresql.insert(t).values(id=1, ok=True).on_conflict_do_update(index_elements=['id'], set_={'ok': True}, where=(t.c.ok == True))
postgresql.insert(t).values(id=1, ok=True).on_conflict_do_update(index_elements=['id'], index_where=t.c.ok, set_={'ok': True}, where=t.c.ok.is_(False)) | (lambda i: i.on_conflict_do_update(constraint='pk', set_=dict(name=i.excluded.name), where=i.excluded.id > 5))(postgresql.insert(t).values(id=1)) | sqlite.insert(t).values(id=1, ok=True).on_conflict_do_update(index_elements=['id'], set_={'ok': True}, where=(t.c.ok == True)) | sqlite.insert(t).values(id=1, ok=True).on_conflict_do_update(index_elements=[t.c.id], index_where=(t.c.ok == True), set_={'ok': True}, where=t.c.ok)
sqlite.insert(t).values(id=1).on_conflict_do_nothing(index_elements=['id'], index_where=t.c.name == 'x') | (lambda c: sa.select(c.c.id))(t.delete().where(t.c.id > 1).returning(t.c.id).cte('gone')) | (lambda c: sa.insert(t).from_select(['id'], sa.select(c.c.id)))(t.delete().returning(t.c.id).cte('gone')) | (lambda c: sa.select(c))(t.update().values(name='x').returning(t.c.id, t.c.name).cte())
(lambda c: sa.select(sa.func.count()).select_from(c))(t.insert().values(name='x').returning(t.c.id).cte('ins')) | (lambda c: u.update().values(t_id=c.c.id).where(u.c.id == c.c.id))(t.insert().values(name='x').returning(t.c.id).cte('ins')) | (lambda c: u.delete().where(u.c.id.in_(sa.select(c.c.id))).add_cte(c))(t.delete().returning(t.c.id).cte('gone')) | d.delete().where(d.c.tags.overlap(['a', 'b']))
d.delete().where(d.c.body['a'].as_string() == 'a') | d.delete().where(d.c.body['a'].as_integer() == 1) | d.delete().where(d.c.body.has_any(postgresql.array(['a', 'b']))) | d.update().values(body=sa.func.jsonb_build_object('a', d.c.id))
d.update().values(body=d.c.body.delete_path(['a', 'b'])) | t.delete().where(t.c.data['a'].as_string() == 'x') | t.delete().where(t.c.name.regexp_match('^a')) | t.update().values(name=t.c.name.regexp_replace('a', 'b'))
t.update().values(name=sa.func.regexp_replace(t.c.name, 'a', 'b'))
sa.select((t.c.id + 1) == t.c.id) | sa.select((t.c.id + 1) < t.c.price) | sa.select(sa.func.lower(t.c.name) == t.c.name) | sa.select(sa.literal('x') + t.c.name)
sa.select(sa.literal(1) + t.c.id, sa.literal(1) - t.c.id) | sa.select(sa.cast(t.c.id, sa.String) == t.c.name) | sa.select(sa.literal_column('5') == t.c.id) | sa.select(sa.column('x') == T.c.id)
sa.select(T.c.id == sa.column('x')) | sa.select(sa.null() == t.c.id) | sa.select(sa.case((t.c.id == 1, 'a'), else_='b') == t.c.name) | sa.select(sa.bindparam('x', 5) == t.c.id)
sa.select(sa.select(u.c.id).scalar_subquery() == t.c.id) | sa.select(t.c.id.label('z')).order_by('z') | sa.select(t.c.id).order_by('id') | sa.select(t.c.id).order_by(sa.desc('id'))
sa.select(t.c.id.label('z')).order_by(sa.desc('z')) | sa.select(t.c.name, sa.func.count()).group_by('name') | sa.select(t).order_by('name') | sa.text('select :a, :b').bindparams(a=1, b='x')
sa.text('select :a').bindparams(sa.bindparam('a', value=[1, 2], expanding=True)) | sa.text('select * from t where id in :ids').bindparams(sa.bindparam('ids', value=[1, 2], expanding=True)) | sa.text("select ':a', a::text, '\\:b'") | sa.text('update t set a = :d').bindparams(sa.bindparam('d', datetime.date(2020, 1, 1), type_=sa.Date))
sa.text('update t set a = :d').bindparams(d=datetime.datetime(2020, 1, 1, 2, 3)) | sa.text('update t set a = :d').bindparams(d=None) | sa.text('update t set a = :d').bindparams(d=True) | sa.text('update t set a = :d').bindparams(d=1.5)
sa.text('update t set a = :d').bindparams(d=decimal.Decimal('1.50')) | sa.text('update t set a = :d').bindparams(d={'a': 1}) | sa.text('update t set a = :d').bindparams(sa.bindparam('d', {'a': 1}, type_=sa.JSON)) | sa.select(t.c.id, t.c.name).where(t.c.id == 1).where(t.c.name != None).order_by(sa.desc('id')).limit(1)
sa.select(sa.case((t.c.id == 1, 'a'), else_='b')) | sa.select(sa.case({1: 'a', 2: 'b'}, value=t.c.id)) | sa.select(sa.case((t.c.id == 1, None), else_=5).label('x')) | sa.func.setval('seq', 5)
sa.select(sa.func.setval('seq', sa.func.max(t.c.id))) | sa.DDL('alter table t add x int') | sa.DDL("create trigger %(n)s on x", context={'n': 'abc'}) | sa.DDL("select '100%%'")
"""


def entries(text):
    for line in text.splitlines():
        for entry in line.split(' | '):
            yield entry.strip()


def beside(name):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding='utf-8') as file:
        return file.read()


def probes():
    return [paragraph.strip('\n') for name in ('probes.txt', 'random.txt') for paragraph in re.split(r'\n\s*\n', beside(name)) if paragraph.strip()]


def cases():
    yield from matrix_cases()
    yield from probes()


def matrix_cases():
    for kind in entries(TYPES):
        yield "op.create_table('x', sa.Column('id', sa.Integer, primary_key=True), sa.Column('c', %s))" % kind
        yield "op.add_column('x', sa.Column('c', %s, nullable=False))" % kind
        yield "op.alter_column('x', 'c', type_=%s, existing_nullable=True)" % kind
    for default in entries(DEFAULTS):
        yield "op.create_table('x', sa.Column('c', sa.String(9), server_default=%s))" % default
        yield "op.add_column('x', sa.Column('c', sa.Integer, server_default=%s))" % default
        yield "op.alter_column('x', 'c', server_default=%s)" % default
    for column in entries(COLUMNS):
        yield "op.create_table('x', sa.Column('id', sa.Integer), %s)" % column
        yield "op.add_column('x', %s)" % column
        yield "op.create_table('x', sa.Column('id', sa.Integer), %s, schema='s')" % column
    for part in entries(TABLE_PARTS):
        yield "op.create_table('x', sa.Column('id', sa.Integer), sa.Column('a', sa.Integer), sa.Column('b', sa.String), %s)" % part
        yield "op.create_table('x', sa.Column('id', sa.Integer), sa.Column('a', sa.Integer), sa.Column('b', sa.String), %s, schema='s')" % part
    for option in entries(TABLE_OPTIONS):
        yield "op.create_table('x', sa.Column('id', sa.Integer, primary_key=True), %s)" % option
    yield from entries(DIRECTIVES)
    for statement in entries(STATEMENTS):
        yield "op.execute(%s)" % statement


def names():
    return ['case%04d' % number for number, _ in enumerate(cases(), 1)]


PROBES = frozenset(probes())


def script(name, before, body):
    preamble = PREAMBLE + beside('probes_preamble.py') if body in PROBES else PREAMBLE
    return '%s\nrevision = %r\ndown_revision = %r\n\n\ndef upgrade():\n%s\n\n\ndef downgrade():\n    pass\n' % (
        preamble, name, before, textwrap.indent(body, '    '))


def write_scripts(folder):
    before = None
    for name, body in zip(names(), cases()):
        with open(os.path.join(folder, name + '.py'), 'w', encoding='utf-8') as file:
            file.write(script(name, before, body))
        before = name


def whole_scripts():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'scripts')
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            yield name, file.read()


def rendered(source, dialect, direction='upgrade', in_transaction=False):
    from alembic.operations import Operations
    from alembic.runtime.environment import EnvironmentContext
    from alembic.config import Config
    statements = []
    context = EnvironmentContext(Config(), None, fn=lambda rev, ctx: [], as_sql=True, destination_rev='head')
    with context:
        context.configure(dialect_name=dialect, literal_binds=True, output_buffer=io.StringIO(), dialect_opts={'paramstyle': 'named'})
        migration = context.get_context()
        migration.impl.static_output = statements.append
        with Operations.context(migration):
            module = sys.modules['case'] = types.ModuleType('case')
            try:
                exec(compile(source, 'case', 'exec'), module.__dict__)
                if in_transaction:
                    with migration.begin_transaction():
                        getattr(module, direction)()
                else:
                    getattr(module, direction)()
            except Exception as problem:
                return {'error': type(problem).__name__}
    if in_transaction and statements and statements[0].startswith('BEGIN'):
        statements = statements[1:-1]
    return {'statements': statements}


def write_goldens(path):
    import alembic
    import sqlalchemy
    goldens = {'alembic': alembic.__version__, 'sqlalchemy': sqlalchemy.__version__, 'cases': {}, 'scripts': {}}
    for body in cases() if sqlalchemy.__version__ >= '2' else matrix_cases():
        source = script('x', None, body)
        goldens['cases'][body] = {dialect: rendered(source, dialect) for dialect in ('postgresql', 'sqlite')}
    for name, source in whole_scripts():
        goldens['scripts'][name] = {
            dialect: {direction: rendered(source, dialect, direction, True) for direction in ('upgrade', 'downgrade')}
            for dialect in ('postgresql', 'sqlite')
        }
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(goldens, file, indent=0, ensure_ascii=False, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    logging.disable(logging.CRITICAL)
    if sys.argv[1] == 'scripts':
        write_scripts(sys.argv[2])
        print(json.dumps(dict(zip(names(), cases()))))
    else:
        write_goldens(sys.argv[2])
