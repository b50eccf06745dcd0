# SPDX-License-Identifier: GPL-3.0-or-later
# What inspect(connection) answers while a step runs on a database: SQLAlchemy's Inspector over what _stillroom.inventory() tells.
# Source: SQLAlchemy 2.0, "Reflecting Database Objects".
import re as _re

import _stillroom
import sqlalchemy as _sa
from sqlalchemy.dialects import postgresql as _pg

_TYPES = {
    "bigint": _sa.BIGINT,
    "blob": _sa.BLOB,
    "boolean": _sa.BOOLEAN,
    "bytea": _pg.BYTEA,
    "char": _sa.CHAR,
    "character": _sa.CHAR,
    "character varying": _sa.VARCHAR,
    "date": _sa.DATE,
    "datetime": _sa.DATETIME,
    "decimal": _sa.DECIMAL,
    "double precision": _pg.DOUBLE_PRECISION,
    "float": _sa.FLOAT,
    "inet": _pg.INET,
    "int": _sa.INTEGER,
    "integer": _sa.INTEGER,
    "interval": _pg.INTERVAL,
    "json": _sa.JSON,
    "jsonb": _pg.JSONB,
    "numeric": _sa.NUMERIC,
    "real": _sa.REAL,
    "smallint": _sa.SMALLINT,
    "text": _sa.TEXT,
    "time": _sa.TIME,
    "timestamp": _sa.TIMESTAMP,
    "tsvector": _pg.TSVECTOR,
    "uuid": _sa.UUID,
    "varchar": _sa.VARCHAR,
}
_FORM = _re.compile(r"^([a-z ]+?) *(?:\(([0-9, ]+)\))?(?: (with|without) time zone)?$")


def _type_of(text):
    if text.endswith("[]"):
        return _pg.ARRAY(_type_of(text[:-2]))
    form = _FORM.match(text.lower())
    made = _TYPES.get(form.group(1)) if form else None
    if made is None:
        return _stillroom.unknown("the type '" + text + "' of a column in the database is not known as a type of SQLAlchemy")
    numbers = [int(number) for number in form.group(2).split(",")] if form.group(2) else []
    if form.group(1) in ("timestamp", "time"):
        return made(timezone=form.group(3) == "with")
    if form.group(1) == "interval":
        return made()
    return made(*numbers)


def _text_of_check(definition):
    text = definition
    if text.upper().startswith("CHECK "):
        text = text[6:].strip()
    if text.upper().endswith(" NOT VALID"):
        text = text[:-10]
    while text.startswith("(") and text.endswith(")") and _closes_at_the_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_the_end(text):
    depth = 0
    for index, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return index == len(text) - 1
    return False


class Inspector:
    def __init__(self, bind):
        self.bind = bind
        self.engine = bind
        self.dialect = bind.dialect

    @classmethod
    def from_engine(cls, bind):
        return cls(bind)

    # Nothing is kept: each question is asked of the database as it is now.
    def clear_cache(self):
        pass

    @property
    def default_schema_name(self):
        return _stillroom.inventory("")["default_schema"]

    def _named(self, schema, kinds):
        inventory = _stillroom.inventory("")
        wanted = schema or inventory["default_schema"]
        return sorted(table["name"] for table in inventory["tables"] if table["schema"] == wanted and table["kind"] in kinds)

    def _found(self, table_name, schema):
        name = getattr(table_name, "name", table_name)
        inventory = _stillroom.inventory(name)
        wanted = schema or inventory["default_schema"]
        for table in inventory["tables"]:
            if table["schema"] == wanted and table["name"] == name:
                return table
        return None

    def _table(self, table_name, schema):
        table = self._found(table_name, schema)
        if table is None:
            raise _sa.exc.NoSuchTableError(table_name)
        return table

    def get_schema_names(self):
        return sorted(_stillroom.inventory("")["schemas"])

    def has_schema(self, schema_name):
        return schema_name in self.get_schema_names()

    def get_table_names(self, schema=None):
        return self._named(schema, ("table", "partitioned table", "partition", "virtual table"))

    def get_view_names(self, schema=None):
        return self._named(schema, ("view",))

    def get_materialized_view_names(self, schema=None):
        return self._named(schema, ("materialized view",))

    def has_table(self, table_name, schema=None):
        return self._found(table_name, schema) is not None

    def has_index(self, table_name, index_name, schema=None):
        table = self._found(table_name, schema)
        return table is not None and any(index["name"] == index_name for index in table["indexes"])

    def get_columns(self, table_name, schema=None):
        columns = []
        for column in self._table(table_name, schema)["columns"]:
            default = column["default"]
            made = {
                "name": column["name"],
                "type": _type_of(column["type"]),
                "nullable": not column["not_null"],
                "default": default or None,
                "comment": column["comment"] or None,
                "primary_key": column["primary_key"],
                "autoincrement": bool(column["identity"]) or default.startswith("nextval("),
            }
            if column["identity"]:
                made["identity"] = {"always": column["identity"] == "ALWAYS"}
            if column["generated"]:
                made["computed"] = {"sqltext": column["generated"]}
            columns.append(made)
        return columns

    def _constraints(self, table_name, schema, kind):
        return [each for each in self._table(table_name, schema)["constraints"] if each["kind"] == kind]

    def get_pk_constraint(self, table_name, schema=None):
        for key in self._constraints(table_name, schema, "primary key"):
            return {"constrained_columns": key["columns"], "name": key["name"] or None, "comment": None}
        return {"constrained_columns": [], "name": None}

    def get_foreign_keys(self, table_name, schema=None):
        default = _stillroom.inventory(getattr(table_name, "name", table_name))["default_schema"]
        keys = []
        for key in self._constraints(table_name, schema, "foreign key"):
            options = {}
            for name in ("onupdate", "ondelete"):
                if key[name] and key[name] != "NO ACTION":
                    options[name] = key[name]
            if key["deferrable"]:
                options["deferrable"] = True
            referred = key["referred_schema"]
            keys.append({
                "name": key["name"] or None,
                "constrained_columns": key["columns"],
                "referred_schema": referred if referred and (schema or referred != default) else None,
                "referred_table": key["referred_table"],
                "referred_columns": key["referred_columns"],
                "options": options,
                "comment": None,
            })
        return keys

    def get_unique_constraints(self, table_name, schema=None):
        return [{"name": each["name"] or None, "column_names": each["columns"], "comment": None}
                for each in self._constraints(table_name, schema, "unique")]

    def get_check_constraints(self, table_name, schema=None):
        return [{"name": each["name"] or None, "sqltext": _text_of_check(each["definition"]), "comment": None}
                for each in self._constraints(table_name, schema, "check")]

    def get_indexes(self, table_name, schema=None):
        indexes = []
        for index in self._table(table_name, schema)["indexes"]:
            if index["primary"] or not index["definition"]:
                continue
            made = {"name": index["name"], "unique": index["unique"], "column_names": index["columns"]}
            if index["constraint"]:
                made["duplicates_constraint"] = index["constraint"]
            indexes.append(made)
        return indexes

    def get_table_comment(self, table_name, schema=None):
        return {"text": self._table(table_name, schema)["comment"] or None}

    def _asks_for_more(self, what):
        _stillroom.stop("the inspector's " + what + " is not known here")

    def get_sequence_names(self, schema=None):
        self._asks_for_more("get_sequence_names()")

    def has_sequence(self, sequence_name, schema=None):
        self._asks_for_more("has_sequence()")

    def get_enums(self, schema=None):
        self._asks_for_more("get_enums()")


def columns_of(bind, table_name, schema):
    """The columns of a Table that is reflected (autoload_with)."""
    inspector = Inspector(bind)
    columns = []
    for column in inspector.get_columns(table_name, schema):
        options = {"primary_key": bool(column["primary_key"]), "nullable": column["nullable"]}
        if column["default"] is not None and "computed" not in column:
            options["server_default"] = _sa.text(column["default"])
        columns.append(_sa.Column(column["name"], column["type"], **options))
    return columns
