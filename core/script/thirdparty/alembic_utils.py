# SPDX-License-Identifier: GPL-3.0-or-later
# modules: alembic_utils alembic_utils.pg_function alembic_utils.pg_view alembic_utils.pg_materialized_view alembic_utils.pg_trigger
# modules: alembic_utils.pg_policy alembic_utils.pg_extension alembic_utils.pg_grant_table alembic_utils.replaceable_entity
# modules: alembic_utils.reversible_op alembic_utils.on_entity_mixin alembic_utils.statement alembic_utils.exceptions
# operations: create_entity drop_entity replace_entity
# Source: alembic_utils' documentation, "Supported Types".
import enum
import re

from alembic.operations import MigrateOperation, Operations
from sqlalchemy import text as sql_text


class SQLParseFailure(Exception):
    pass


class BadInputException(Exception):
    pass


def normalize_whitespace(text, base_whitespace=" "):
    return base_whitespace.join(text.split()).strip()


def strip_terminating_semicolon(sql):
    return sql.strip().rstrip(";").strip()


def strip_double_quotes(sql):
    return sql.strip().rstrip('"').strip().lstrip('"').strip()


# A lone colon would be a parameter of text(); `::`, and in PL/pgSQL `:=`, are no such colons.
def escape_colon_for_sql(sql):
    return "::".join(part.replace(":", r"\:") for part in sql.split("::"))


def _escape_between_assignments(sql):
    parts = sql.split(":=")
    return ":=".join(r"\:".join(piece.replace(":", r"\:") for piece in part.split(r"\:")) for part in parts)


def escape_colon_for_plpgsql(sql):
    return "::".join(_escape_between_assignments(part) for part in sql.split("::"))


def coerce_to_quoted(text):
    if "." in text:
        schema, _, name = text.partition(".")
        return '"%s"."%s"' % (strip_double_quotes(schema), strip_double_quotes(name))
    return '"%s"' % strip_double_quotes(text)


def coerce_to_unquoted(text):
    return text.replace('"', "")


def _matched(pattern, text, kind):
    found = re.match(pattern + r"\Z", text, re.IGNORECASE | re.DOTALL)
    if found is None:
        raise SQLParseFailure('Failed to parse SQL into %s """%s"""' % (kind, text))
    return found


class ReplaceableEntity:
    def __init__(self, schema, signature, definition):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = escape_colon_for_sql(strip_terminating_semicolon(definition))

    @classmethod
    def from_sql(cls, sql):
        raise NotImplementedError()

    @classmethod
    def from_path(cls, path):
        with path.open() as file:
            return cls.from_sql(file.read())

    @property
    def literal_schema(self):
        return coerce_to_quoted(self.schema)

    @property
    def identity(self):
        return "%s: %s.%s" % (self.__class__.__name__, self.schema, self.signature)

    def to_variable_name(self):
        return "%s_%s" % (self.schema.lower(), self.signature.split("(")[0].strip().lower().replace("-", "_"))

    def to_sql_statement_create(self):
        raise NotImplementedError()

    def to_sql_statement_drop(self, cascade=False):
        raise NotImplementedError()

    def to_sql_statement_create_or_replace(self):
        raise NotImplementedError()


class PGFunction(ReplaceableEntity):
    type_ = "function"

    def __init__(self, schema, signature, definition):
        super().__init__(schema, signature, definition)
        is_plpgsql = "language plpgsql" in normalize_whitespace(definition).lower().replace("'", "")
        escaped = escape_colon_for_plpgsql if is_plpgsql else escape_colon_for_sql
        self.definition = escaped(strip_terminating_semicolon(definition))

    @classmethod
    def from_sql(cls, sql):
        found = _matched(r"create(.+?)function(\s+)(?P<schema>.+?)\.(?P<signature>.+?)(\s+)returns(\s+)(?P<definition>.+?)", sql.strip(), "PGFunction")
        signature = found["signature"]
        if signature.startswith('"'):
            signature = "".join(signature.split('"', 2))
        return cls(found["schema"], signature, "returns " + found["definition"])

    @property
    def literal_signature(self):
        name, remainder = self.signature.split("(", 1)
        return '"' + name.strip() + '"(' + remainder

    def to_sql_statement_create(self):
        return sql_text("CREATE FUNCTION %s.%s %s" % (self.literal_schema, self.literal_signature, self.definition))

    def to_sql_statement_drop(self, cascade=False):
        found = re.match(r"(?P<name>.+?)\((?P<parameters>.+?)\)\Z", self.signature, re.IGNORECASE | re.DOTALL)
        if found is None:
            name, parameters = _matched(r"(?P<name>.+?)\(\)", self.signature, "PGFunction")["name"], ""
        else:
            name, parameters = found["name"], found["parameters"].strip()
        types = [each[:len(each.lower().split("default")[0])].strip() for each in parameters.split(",")]
        return sql_text('DROP FUNCTION %s."%s"(%s) %s' % (self.literal_schema, name.strip(), ", ".join(types), "cascade" if cascade else ""))

    def to_sql_statement_create_or_replace(self):
        yield sql_text("CREATE OR REPLACE FUNCTION %s.%s %s" % (self.literal_schema, self.literal_signature, self.definition))


class PGView(ReplaceableEntity):
    type_ = "view"

    def __init__(self, schema, signature, definition):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = strip_terminating_semicolon(definition)

    @classmethod
    def from_sql(cls, sql):
        found = _matched(r"create(.+?)view(\s+)(?P<schema>.+?)\.(?P<signature>.+?)(\s+)as(\s+)(?P<definition>.+?)", sql, "PGView")
        return cls(found["schema"], found["signature"].split("(")[0].replace('"', ""), strip_terminating_semicolon(found["definition"]))

    @property
    def _name(self):
        return '%s."%s"' % (self.literal_schema, self.signature)

    def to_sql_statement_create(self):
        return sql_text("CREATE VIEW %s AS %s;" % (self._name, self.definition))

    def to_sql_statement_drop(self, cascade=False):
        return sql_text("DROP VIEW %s %s" % (self._name, "cascade" if cascade else ""))

    # A view whose columns change cannot be replaced, so the statement falls back on dropping it.
    def to_sql_statement_create_or_replace(self):
        yield sql_text("""
        do $$
            begin
                CREATE OR REPLACE VIEW {name} AS {definition};

            exception when others then
                DROP VIEW IF EXISTS {name};

                CREATE VIEW {name} AS {definition};
            end;
        $$ language 'plpgsql'
        """.format(name=self._name, definition=self.definition))


class PGMaterializedView(ReplaceableEntity):
    type_ = "materialized_view"

    def __init__(self, schema, signature, definition, with_data=True):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = strip_terminating_semicolon(definition)
        self.with_data = with_data

    @classmethod
    def from_sql(cls, sql):
        sql = strip_terminating_semicolon(sql)
        start = r"create(.+?)materialized(.+?)view(\s+)(?P<schema>.+?)\.(?P<signature>.+?)(\s+)as(\s+)(?P<definition>.+?)"
        ends = ((r"(\s+)with(\s+)data", True), (r"(.+?)with(\s+)(?P<no_data>.+?)(\s+)data", False), ("", True))
        for end, with_data in ends:
            found = re.match(start + end + r"\Z", sql, re.IGNORECASE | re.DOTALL)
            if found is not None:
                return cls(found["schema"], found["signature"].split("(")[0].replace('"', ""), found["definition"], with_data)
        raise SQLParseFailure('Failed to parse SQL into PGView """%s"""' % sql)

    def _create(self):
        definition = self.definition.rstrip().rstrip(";")
        return 'CREATE MATERIALIZED VIEW %s."%s" AS %s WITH %s DATA' % (self.literal_schema, self.signature, definition, "" if self.with_data else "NO")

    def to_sql_statement_create(self):
        return sql_text(self._create() + ";")

    def to_sql_statement_drop(self, cascade=False):
        return sql_text('DROP MATERIALIZED VIEW %s."%s" %s' % (self.literal_schema, self.signature, "cascade" if cascade else ""))

    def to_sql_statement_create_or_replace(self):
        yield sql_text('DROP MATERIALIZED VIEW IF EXISTS %s."%s"; ' % (self.literal_schema, self.signature))
        yield sql_text(self._create())


class OnEntityMixin:
    def __init__(self, schema, signature, definition, on_entity):
        super().__init__(schema=schema, signature=signature, definition=definition)
        self.on_entity = coerce_to_unquoted(on_entity if "." in on_entity else "public." + on_entity)

    @property
    def identity(self):
        return "%s: %s.%s %s" % (self.__class__.__name__, self.schema, self.signature, self.on_entity)

    def to_variable_name(self):
        return "%s_%s_%s" % (self.schema.lower(), self.on_entity.lower().partition(".")[2], self.signature.split("(")[0].strip().lower())


class PGTrigger(OnEntityMixin, ReplaceableEntity):
    type_ = "trigger"

    def __init__(self, schema, signature, definition, on_entity, is_constraint=False):
        super().__init__(schema=schema, signature=signature, definition=definition, on_entity=on_entity)
        self.is_constraint = is_constraint

    @property
    def identity(self):
        return "%s: %s.%s %s %s" % (self.__class__.__name__, self.schema, self.signature, self.is_constraint, self.on_entity)

    @classmethod
    def from_sql(cls, sql):
        end = r"trigger(\s+)(?P<signature>.+?)(\s+)(?P<event>.+?)(\s+)ON(\s+)(?P<on_entity>.+?)(\s+)(?P<action>.+?)"
        found = re.match(r"create(\s+)constraint(\s+)" + end + r"\Z", sql, re.IGNORECASE | re.DOTALL)
        is_constraint = found is not None
        if not is_constraint:
            found = _matched(r"create(\s+)" + end, sql, "PGTrigger")
        on_entity = found["on_entity"]
        if "." not in on_entity:
            on_entity = "public." + on_entity
        definition = " %s ON %s %s" % (found["event"], on_entity, found["action"])
        return cls(schema=on_entity.split(".")[0], signature=found["signature"], on_entity=on_entity, definition=definition, is_constraint=is_constraint)

    def to_sql_statement_create(self):
        found = _matched(r"(?P<event>.+?)(\s+)ON(\s+)(?P<on_entity>.+?)(\s+)(?P<action>.+?)", self.definition, "PGTrigger.definition")
        on_entity = found["on_entity"]
        if "." in on_entity:
            on_entity = on_entity.partition(".")[2]
        return sql_text('CREATE%sTRIGGER "%s" %s ON %s.%s %s' % (" CONSTRAINT " if self.is_constraint else " ", self.signature, found["event"],
                                                                 self.schema, on_entity, found["action"]))

    def to_sql_statement_drop(self, cascade=False):
        return sql_text('DROP TRIGGER "%s" ON %s %s' % (self.signature, self.on_entity, "cascade" if cascade else ""))

    def to_sql_statement_create_or_replace(self):
        yield sql_text('DROP TRIGGER IF EXISTS "%s" ON %s;' % (self.signature, self.on_entity))
        yield self.to_sql_statement_create()


class PGPolicy(OnEntityMixin, ReplaceableEntity):
    type_ = "policy"

    @classmethod
    def from_sql(cls, sql):
        found = _matched(r"create policy(\s+)(?P<signature>.+?)(\s+)on(\s+)(?P<on_entity>.+?)(\s+)(?P<definition>.+?)", sql.strip(), "PGPolicy")
        on_entity = found["on_entity"]
        if "." not in on_entity:
            on_entity = "public." + on_entity
        return cls(schema=on_entity.partition(".")[0], signature=found["signature"], definition=found["definition"], on_entity=on_entity)

    def _create(self):
        return "CREATE POLICY %s on %s %s" % (self.signature, self.on_entity, self.definition)

    def to_sql_statement_create(self):
        return sql_text(self._create())

    def to_sql_statement_drop(self, cascade=False):
        return sql_text("DROP POLICY %s on %s %s" % (self.signature, self.on_entity, "cascade" if cascade else ""))

    def to_sql_statement_create_or_replace(self):
        yield sql_text("DROP POLICY IF EXISTS %s on %s;" % (self.signature, self.on_entity))
        yield sql_text(self._create() + ";")


class PGExtension(ReplaceableEntity):
    type_ = "extension"

    def __init__(self, schema, signature):
        self.schema = coerce_to_unquoted(normalize_whitespace(schema))
        self.signature = coerce_to_unquoted(normalize_whitespace(signature))
        self.definition = "%s: %s %s" % (self.__class__.__name__, self.schema, self.signature)

    @property
    def identity(self):
        return "%s: %s" % (self.__class__.__name__, self.signature)

    def to_sql_statement_create(self):
        return sql_text('CREATE EXTENSION "%s" WITH SCHEMA %s;' % (self.signature, self.literal_schema))

    def to_sql_statement_drop(self, cascade=False):
        return sql_text('DROP EXTENSION "%s" %s' % (self.signature, "CASCADE" if cascade else ""))


class PGGrantTableChoice(str, enum.Enum):
    SELECT = "SELECT"
    INSERT = "INSERT"
    UPDATE = "UPDATE"
    REFERENCES = "REFERENCES"
    DELETE = "DELETE"
    TRUNCATE = "TRUNCATE"
    TRIGGER = "TRIGGER"

    def __str__(self):
        return self.value


_ON_COLUMNS = ("SELECT", "INSERT", "UPDATE", "REFERENCES")


class PGGrantTable(ReplaceableEntity):
    type_ = "grant_table"

    def __init__(self, schema, table, role, grant, columns=None, with_grant_option=False):
        self.schema = coerce_to_unquoted(schema)
        self.table = coerce_to_unquoted(table)
        self.columns = sorted(columns) if columns else []
        self.role = coerce_to_unquoted(role)
        self.grant = PGGrantTableChoice(grant)
        self.with_grant_option = with_grant_option
        self.signature = self.identity
        if self.grant.value in _ON_COLUMNS:
            if not self.columns:
                raise BadInputException("When grant type is %s a value must be provided for columns" % self.grant.value)
        elif self.columns:
            raise BadInputException("When grant type is %s a value must not be provided for columns" % self.grant.value)

    @property
    def identity(self):
        return "%s: %s.%s.%s.%s" % (self.__class__.__name__, self.schema, self.table, self.role, self.grant.value)

    def to_variable_name(self):
        return ("%s_%s_%s_%s" % (self.schema, self.table, self.role, self.grant.value)).lower()

    def _target(self):
        return "%s.%s" % (self.literal_schema, coerce_to_quoted(self.table))

    def to_sql_statement_create(self):
        columns = "( %s )" % ", ".join(self.columns) if self.columns else ""
        option = " WITH GRANT OPTION" if self.with_grant_option else ""
        return sql_text("GRANT %s %s ON %s TO %s %s" % (self.grant.value, columns, self._target(), coerce_to_quoted(self.role), option))

    def to_sql_statement_drop(self, cascade=False):
        return sql_text("REVOKE %s ON %s FROM %s" % (self.grant.value, self._target(), coerce_to_quoted(self.role)))

    def to_sql_statement_create_or_replace(self):
        yield self.to_sql_statement_drop()
        yield self.to_sql_statement_create()


def register_entities(entities, schemas=None, exclude_schemas=None, entity_types=None):
    pass


# --- the directives ---

class ReversibleOp(MigrateOperation):
    def __init__(self, target):
        self.target = target

    @classmethod
    def invoke_for_target(cls, operations, target):
        return operations.invoke(cls(target))

    @classmethod
    def invoke_for_target_optional_cascade(cls, operations, target, cascade=False):
        return operations.invoke(cls(target, cascade=cascade))


@Operations.register_operation("create_entity", "invoke_for_target")
class CreateOp(ReversibleOp):
    def reverse(self):
        return DropOp(self.target)


@Operations.register_operation("drop_entity", "invoke_for_target_optional_cascade")
class DropOp(ReversibleOp):
    def __init__(self, target, cascade=False):
        self.cascade = cascade
        super().__init__(target)

    def reverse(self):
        return CreateOp(self.target)


@Operations.register_operation("replace_entity", "invoke_for_target")
class ReplaceOp(ReversibleOp):
    def reverse(self):
        return RevertOp(self.target)


class RevertOp(ReversibleOp):
    pass


@Operations.implementation_for(CreateOp)
def create_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_create())


@Operations.implementation_for(DropOp)
def drop_entity(operations, operation):
    operations.execute(operation.target.to_sql_statement_drop(cascade=operation.cascade))


@Operations.implementation_for(ReplaceOp)
@Operations.implementation_for(RevertOp)
def replace_or_revert_entity(operations, operation):
    for statement in operation.target.to_sql_statement_create_or_replace():
        operations.execute(statement)
