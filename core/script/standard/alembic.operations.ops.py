# SPDX-License-Identifier: GPL-3.0-or-later
# Alembic, "Operation Objects": each class keeps what its directive takes, and op.invoke() hands it to the directive.
from alembic.operations import MigrateOperation


def _given(**options):
    return {name: value for name, value in options.items() if value is not None}


class CreateTableOp(MigrateOperation):
    def __init__(self, table_name, columns, *, schema=None, if_not_exists=None, _namespace_metadata=None, _constraints_included=False, **kw):
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.if_not_exists = if_not_exists
        kw.pop("info", None)
        self.comment = kw.pop("comment", None)
        self.prefixes = kw.pop("prefixes", None)
        self.kw = kw
        self._table = None

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        made = cls(table.name, list(table.c), schema=table.schema)
        made._table = table
        return made

    def reverse(self):
        return DropTableOp(self.table_name, schema=self.schema)

    def _run(self, op):
        if self._table is not None:
            return self._table.create(op.get_bind())
        options = _given(schema=self.schema, if_not_exists=self.if_not_exists, comment=self.comment, prefixes=self.prefixes)
        return op.create_table(self.table_name, *self.columns, **options, **self.kw)


class DropTableOp(MigrateOperation):
    def __init__(self, table_name, *, schema=None, if_exists=None, table_kw=None, _reverse=None):
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.table_kw = table_kw or {}

    @classmethod
    def from_table(cls, table, *, _namespace_metadata=None):
        return cls(table.name, schema=table.schema)

    def _run(self, op):
        op.drop_table(self.table_name, **_given(schema=self.schema, if_exists=self.if_exists))


class RenameTableOp(MigrateOperation):
    def __init__(self, old_table_name, new_table_name, *, schema=None):
        self.table_name = old_table_name
        self.new_table_name = new_table_name
        self.schema = schema

    def _run(self, op):
        op.rename_table(self.table_name, self.new_table_name, schema=self.schema)


class CreateTableCommentOp(MigrateOperation):
    def __init__(self, table_name, comment, *, schema=None, existing_comment=None):
        self.table_name = table_name
        self.comment = comment
        self.existing_comment = existing_comment
        self.schema = schema

    def reverse(self):
        if self.existing_comment is None:
            return DropTableCommentOp(self.table_name, existing_comment=self.comment, schema=self.schema)
        return CreateTableCommentOp(self.table_name, self.existing_comment, existing_comment=self.comment, schema=self.schema)

    def _run(self, op):
        op.create_table_comment(self.table_name, self.comment, existing_comment=self.existing_comment, schema=self.schema)


class DropTableCommentOp(MigrateOperation):
    def __init__(self, table_name, *, schema=None, existing_comment=None):
        self.table_name = table_name
        self.existing_comment = existing_comment
        self.schema = schema

    def reverse(self):
        return CreateTableCommentOp(self.table_name, self.existing_comment, schema=self.schema)

    def _run(self, op):
        op.drop_table_comment(self.table_name, existing_comment=self.existing_comment, schema=self.schema)


class AddColumnOp(MigrateOperation):
    def __init__(self, table_name, column, *, schema=None, if_not_exists=None, **kw):
        self.table_name = table_name
        self.column = column
        self.schema = schema
        self.if_not_exists = if_not_exists
        self.kw = kw

    @classmethod
    def from_column(cls, column):
        return cls(column.table.name, column, schema=column.table.schema)

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column, schema=schema)

    def reverse(self):
        return DropColumnOp(self.table_name, self.column.name, schema=self.schema)

    def _run(self, op):
        op.add_column(self.table_name, self.column, **_given(schema=self.schema, if_not_exists=self.if_not_exists), **self.kw)


class DropColumnOp(MigrateOperation):
    def __init__(self, table_name, column_name, *, schema=None, if_exists=None, _reverse=None, **kw):
        self.table_name = table_name
        self.column_name = column_name
        self.schema = schema
        self.if_exists = if_exists
        self.kw = kw
        self._reverse = _reverse

    @classmethod
    def from_column_and_tablename(cls, schema, tname, column):
        return cls(tname, column.name, schema=schema, _reverse=AddColumnOp(tname, column, schema=schema))

    def reverse(self):
        if self._reverse is None:
            raise ValueError("operation is not reversible; original column is not present")
        return self._reverse

    def _run(self, op):
        op.drop_column(self.table_name, self.column_name, **_given(schema=self.schema, if_exists=self.if_exists), **self.kw)


class AlterColumnOp(MigrateOperation):
    def __init__(self, table_name, column_name, *, schema=None, existing_type=None, existing_server_default=False, existing_nullable=None,
                 existing_comment=None, modify_nullable=None, modify_comment=False, modify_server_default=False, modify_name=None,
                 modify_type=None, **kw):
        self.table_name = table_name
        self.column_name = column_name
        self.schema = schema
        self.existing_type = existing_type
        self.existing_server_default = existing_server_default
        self.existing_nullable = existing_nullable
        self.existing_comment = existing_comment
        self.modify_nullable = modify_nullable
        self.modify_comment = modify_comment
        self.modify_server_default = modify_server_default
        self.modify_name = modify_name
        self.modify_type = modify_type
        self.kw = kw

    def has_changes(self):
        return (self.modify_nullable is not None or self.modify_server_default is not False or self.modify_type is not None
                or self.modify_comment is not False or self.modify_name is not None)

    def _run(self, op):
        options = _given(schema=self.schema, existing_type=self.existing_type, existing_nullable=self.existing_nullable,
                         existing_comment=self.existing_comment, nullable=self.modify_nullable, new_column_name=self.modify_name,
                         type_=self.modify_type)
        if self.existing_server_default is not False:
            options["existing_server_default"] = self.existing_server_default
        if self.modify_server_default is not False:
            options["server_default"] = self.modify_server_default
        if self.modify_comment is not False:
            options["comment"] = self.modify_comment
        op.alter_column(self.table_name, self.column_name, **options, **self.kw)


class AddConstraintOp(MigrateOperation):
    def reverse(self):
        return DropConstraintOp(self.constraint_name, self.table_name, type_=self.constraint_type, schema=self.schema)


class _AddKeyOp(AddConstraintOp):
    def __init__(self, constraint_name, table_name, columns, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.kw = kw


class CreatePrimaryKeyOp(_AddKeyOp):
    constraint_type = "primarykey"

    def _run(self, op):
        op.create_primary_key(self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw)


class CreateUniqueConstraintOp(_AddKeyOp):
    constraint_type = "unique"

    def _run(self, op):
        return op.create_unique_constraint(self.constraint_name, self.table_name, self.columns, schema=self.schema, **self.kw)


class CreateForeignKeyOp(AddConstraintOp):
    constraint_type = "foreignkey"

    def __init__(self, constraint_name, source_table, referent_table, local_cols, remote_cols, **kw):
        self.constraint_name = constraint_name
        self.source_table = self.table_name = source_table
        self.referent_table = referent_table
        self.local_cols = local_cols
        self.remote_cols = remote_cols
        self.schema = kw.get("source_schema")
        self.kw = kw

    def _run(self, op):
        op.create_foreign_key(self.constraint_name, self.source_table, self.referent_table, self.local_cols, self.remote_cols, **self.kw)


class CreateCheckConstraintOp(AddConstraintOp):
    constraint_type = "check"

    def __init__(self, constraint_name, table_name, condition, *, schema=None, **kw):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.condition = condition
        self.schema = schema
        self.kw = kw

    def _run(self, op):
        return op.create_check_constraint(self.constraint_name, self.table_name, self.condition, schema=self.schema, **self.kw)


class DropConstraintOp(MigrateOperation):
    def __init__(self, constraint_name, table_name, type_=None, *, schema=None, if_exists=None, _reverse=None):
        self.constraint_name = constraint_name
        self.table_name = table_name
        self.constraint_type = type_
        self.schema = schema
        self.if_exists = if_exists

    def _run(self, op):
        op.drop_constraint(self.constraint_name, self.table_name, **_given(type_=self.constraint_type, schema=self.schema, if_exists=self.if_exists))


class CreateIndexOp(MigrateOperation):
    def __init__(self, index_name, table_name, columns, *, schema=None, unique=False, if_not_exists=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.columns = columns
        self.schema = schema
        self.unique = unique
        self.if_not_exists = if_not_exists
        self.kw = kw

    def reverse(self):
        return DropIndexOp(self.index_name, self.table_name, schema=self.schema, **self.kw)

    def _run(self, op):
        options = _given(schema=self.schema, if_not_exists=self.if_not_exists)
        op.create_index(self.index_name, self.table_name, self.columns, unique=self.unique, **options, **self.kw)


class DropIndexOp(MigrateOperation):
    def __init__(self, index_name, table_name=None, *, schema=None, if_exists=None, _reverse=None, **kw):
        self.index_name = index_name
        self.table_name = table_name
        self.schema = schema
        self.if_exists = if_exists
        self.kw = kw

    def _run(self, op):
        op.drop_index(self.index_name, **_given(table_name=self.table_name, schema=self.schema, if_exists=self.if_exists), **self.kw)


class BulkInsertOp(MigrateOperation):
    def __init__(self, table, rows, *, multiinsert=True):
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    def _run(self, op):
        op.bulk_insert(self.table, self.rows, multiinsert=self.multiinsert)


class ExecuteSQLOp(MigrateOperation):
    def __init__(self, sqltext, *, execution_options=None):
        self.sqltext = sqltext
        self.execution_options = execution_options

    def _run(self, op):
        op.execute(self.sqltext, execution_options=self.execution_options)
