# SPDX-License-Identifier: GPL-3.0-or-later
# modules: alembic_postgresql_enum alembic_postgresql_enum.get_enum_data alembic_postgresql_enum.get_enum_data.types
# modules: alembic_postgresql_enum.operations.sync_enum_values alembic_postgresql_enum.configuration
# operations: sync_enum_values
# Source: alembic-postgresql-enum's documentation, "sync_enum_values".
import enum
import re
import sqlalchemy as sa
from alembic.operations import Operations


class ColumnType(enum.Enum):
    COMMON = sa.Enum
    ARRAY = sa.ARRAY


Unspecified = object()


class TableReference:
    def __init__(self, table_name, column_name, table_schema=Unspecified, column_type=ColumnType.COMMON, existing_server_default=None):
        self.table_name = table_name
        self.column_name = column_name
        self.table_schema = table_schema
        self.column_type = column_type
        self.existing_server_default = existing_server_default

    @property
    def table_name_with_schema(self):
        return ('"%s".' % self.table_schema if self.table_schema else "") + '"%s"' % self.table_name

    @property
    def escaped_column_name(self):
        return '"%s"' % self.column_name


class Config:
    def __init__(self, add_type_ignore=False, include_name=None, drop_unused_enums=True, detect_enum_values_changes=True, force_dialect_support=False,
                 ignore_enum_values_order=False):
        self.force_dialect_support = force_dialect_support


_config = Config()


def set_configuration(config):
    global _config
    _config = config


def get_configuration():
    return _config


_OPERATORS = (("!=", "new_old_not_equals"), ("=", "new_old_equals"))


def _renamed(text, renames):
    for old, new in renames:
        text = text.replace("'%s'" % old, "'%s'" % new).replace('"%s"' % old, '"%s"' % new)
    return text


def _default_of_new_type(schema, default, name, renames):
    new_type = "%s.%s" % (schema, name) if schema else name
    if default.startswith("ARRAY["):
        return re.sub(r"::[.\w]+", "::" + new_type, _renamed(default, renames))
    return _renamed(default[:default.find("::")], renames) + "::" + new_type + ("[]" if default.endswith("[]") else "")


def _create_operators(execute, new_type, old_type, renames):
    for operator, function in _OPERATORS:
        old_value = "old_enum_val::text"
        if renames:
            whens = " ".join("WHEN old_enum_val::text = '%s' THEN '%s'" % (old, new) for old, new in renames)
            old_value = """CASE
                    %s

                    ELSE old_enum_val::text
                END""" % whens
        execute("""
            CREATE FUNCTION %s(
                new_enum_val %s, old_enum_val %s
            )
            RETURNS boolean AS $$
                SELECT new_enum_val::text %s %s;
            $$ LANGUAGE SQL IMMUTABLE
        """ % (function, new_type, old_type, operator, old_value))
        execute("""
        CREATE OPERATOR %s (
            leftarg = %s,
            rightarg = %s,
            procedure = %s
        )
    """ % (operator, new_type, old_type, function))


def _cast_column(execute, reference, new_type, renames):
    table, column = reference.table_name_with_schema, reference.escaped_column_name
    if reference.column_type == ColumnType.ARRAY:
        value = column + "::text[]"
        for old, new in renames:
            value = "array_replace(%s, '%s', '%s')" % (value, old, new)
        execute("""ALTER TABLE %s 
            ALTER COLUMN %s TYPE %s[]
            USING %s::%s[]
            """ % (table, column, new_type, value, new_type))
    elif renames:
        whens = " ".join("WHEN %s::text = '%s' THEN '%s'::%s" % (column, old, new, new_type) for old, new in renames)
        execute("""ALTER TABLE %s 
                ALTER COLUMN %s TYPE %s 
                USING CASE 
                %s

                ELSE %s::text::%s
                END
                """ % (table, column, new_type, whens, column, new_type))
    else:
        execute("""ALTER TABLE %s 
                ALTER COLUMN %s TYPE %s 
                USING %s::text::%s
                """ % (table, column, new_type, column, new_type))


def _settled(execute, affected, enum_schema):
    if isinstance(affected, TableReference):
        schema = enum_schema if affected.table_schema is Unspecified else affected.table_schema
        return TableReference(affected.table_name, affected.column_name, schema, affected.column_type, affected.existing_server_default)
    if not isinstance(affected, tuple):
        raise ValueError("Affected columns must contain tuples or TableReferences")
    # The older form does not say the column's default: the database is asked for it.
    default = execute("""
        SELECT column_default
        FROM information_schema.columns
        WHERE 
            table_schema = '%s' AND 
            table_name = '%s' AND 
            column_name = '%s'
    """ % (enum_schema, affected[0], affected[1])).scalar()
    return TableReference(affected[0], affected[1], enum_schema, affected[2] if len(affected) > 2 else ColumnType.COMMON, default)


@Operations.register_operation("sync_enum_values")
class SyncEnumValuesOp:
    operation_name = "change_enum_variants"

    @classmethod
    def sync_enum_values(cls, operations, enum_schema, enum_name, new_values, affected_columns, enum_values_to_rename=()):
        if operations.migration_context.dialect.name != "postgresql" and not _config.force_dialect_support:
            return
        renames = list(enum_values_to_rename)
        connection = operations.get_bind()

        def execute(sql):
            return connection.execute(sa.text(sql))

        references = [_settled(execute, affected, enum_schema) for affected in affected_columns]
        old_name = enum_name + "_old"
        new_type = '"%s"."%s"' % (enum_schema, enum_name)
        old_type = '"%s"."%s"' % (enum_schema, old_name)
        execute("ALTER TYPE %s RENAME TO %s" % (new_type, old_name))
        execute("CREATE TYPE %s AS ENUM(%s)" % (new_type, ", ".join("'%s'" % value for value in new_values)))
        _create_operators(execute, new_type, old_type, renames)
        for reference in references:
            default = reference.existing_server_default
            table, column = reference.table_name_with_schema, reference.escaped_column_name
            if default is not None:
                execute("""ALTER TABLE %s
             ALTER COLUMN %s DROP DEFAULT""" % (table, column))
            _cast_column(execute, reference, new_type, renames)
            if default is not None:
                execute("""ALTER TABLE %s
            ALTER COLUMN %s SET DEFAULT %s""" % (table, column, _default_of_new_type(enum_schema, default, enum_name, renames)))
        for _, function in _OPERATORS:
            execute("""
        DROP FUNCTION %s(
            new_enum_val %s, old_enum_val %s
        ) CASCADE
    """ % (function, new_type, old_type))
        execute("DROP TYPE %s" % old_type)
