# SPDX-License-Identifier: GPL-3.0-or-later
# modules: sqlmodel sqlmodel.sql.sqltypes
import sqlalchemy as sa
from sqlalchemy import (ARRAY, BIGINT, BINARY, BLOB, BOOLEAN, CHAR, CLOB, DATE, DATETIME, DECIMAL, FLOAT, INT, INTEGER, JSON, NCHAR, NUMERIC, NVARCHAR,
                        REAL, SMALLINT, TEXT, TIME, TIMESTAMP, VARBINARY, VARCHAR, BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime,
                        Enum, Float, ForeignKey, ForeignKeyConstraint, Identity, Index, Integer, Interval, LargeBinary, MetaData, Numeric, PickleType,
                        PrimaryKeyConstraint, Sequence, SmallInteger, String, Table, Text, Time, Unicode, UnicodeText, UniqueConstraint, Uuid,
                        all_, and_, any_, asc, between, bindparam, case, cast, collate, column, create_engine, delete, desc, distinct, except_, exists,
                        extract, false, func, insert, inspect, intersect, join, lateral, literal, literal_column, not_, null, nulls_first, nulls_last, or_,
                        outerjoin, over, select, table, text, true, tuple_, type_coerce, union, union_all, update, within_group)
from sqlalchemy import types
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session


class AutoString(sa.types.TypeDecorator):
    impl = sa.String
    cache_ok = True


class GUID(sa.types.TypeDecorator):
    impl = sa.CHAR
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return postgresql.UUID() if dialect.name == "postgresql" else sa.CHAR(32)
