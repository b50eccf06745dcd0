// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/engine.h"

#include "script/convert.h"
#include "script/types.h"

/// Exceptions, the dialect object, and what stands for a database that nobody asks here.
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

struct ExceptionName {
    std::string_view name;
    std::string_view base; ///< "" : Python's Exception; a leading '!' names a builtin
};

constexpr ExceptionName kExceptions[] = {
    {"SQLAlchemyError", ""},
    {"ArgumentError", "SQLAlchemyError"},
    {"DuplicateColumnError", "ArgumentError"},
    {"ObjectNotExecutableError", "ArgumentError"},
    {"NoSuchModuleError", "ArgumentError"},
    {"NoForeignKeysError", "ArgumentError"},
    {"AmbiguousForeignKeysError", "ArgumentError"},
    {"ConstraintColumnNotFoundError", "ArgumentError"},
    {"CircularDependencyError", "SQLAlchemyError"},
    {"CompileError", "SQLAlchemyError"},
    {"UnsupportedCompilationError", "CompileError"},
    {"IdentifierError", "SQLAlchemyError"},
    {"DisconnectionError", "SQLAlchemyError"},
    {"TimeoutError", "SQLAlchemyError"},
    {"InvalidRequestError", "SQLAlchemyError"},
    {"NoInspectionAvailable", "InvalidRequestError"},
    {"PendingRollbackError", "InvalidRequestError"},
    {"ResourceClosedError", "InvalidRequestError"},
    {"NoSuchColumnError", "InvalidRequestError"},
    {"NoResultFound", "InvalidRequestError"},
    {"MultipleResultsFound", "InvalidRequestError"},
    {"NoReferenceError", "InvalidRequestError"},
    {"NoReferencedTableError", "NoReferenceError"},
    {"NoReferencedColumnError", "NoReferenceError"},
    {"NoSuchTableError", "InvalidRequestError"},
    {"UnreflectableTableError", "InvalidRequestError"},
    {"UnboundExecutionError", "InvalidRequestError"},
    {"StatementError", "SQLAlchemyError"},
    {"DBAPIError", "StatementError"},
    {"InterfaceError", "DBAPIError"},
    {"DatabaseError", "DBAPIError"},
    {"DataError", "DatabaseError"},
    {"OperationalError", "DatabaseError"},
    {"IntegrityError", "DatabaseError"},
    {"InternalError", "DatabaseError"},
    {"ProgrammingError", "DatabaseError"},
    {"NotSupportedError", "DatabaseError"},
    {"SADeprecationWarning", "!DeprecationWarning"},
    {"RemovedIn20Warning", "!DeprecationWarning"},
    {"MovedIn20Warning", "!DeprecationWarning"},
    {"SAPendingDeprecationWarning", "!PendingDeprecationWarning"},
    {"SAWarning", "!RuntimeWarning"},
};

Value makeException(Library &library, std::string_view name)
{
    Interpreter &interpreter = library.interpreter();
    for (const ExceptionName &known : kExceptions) {
        if (known.name != name)
            continue;
        const Value base = known.base.empty()            ? interpreter.builtin("Exception")
                           : known.base.starts_with('!') ? interpreter.builtin(known.base.substr(1))
                                                         : library.named(makeException, known.base);
        return interpreter.exceptionClass(name, base);
    }
    return interpreter.builtin("Exception");
}

// --- the dialect ---

Value makePreparer(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "IdentifierPreparer", {}, "sqlalchemy.sql.compiler");
    builder.method("quote_identifier", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        QString name = toText(library, arguments.positional.at(0), "a name to quote");
        name.replace(QLatin1Char('"'), QLatin1String("\"\""));
        return interpreter.string(QLatin1Char('"') + name + QLatin1Char('"'));
    });
    const auto stops = [](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NotUnderstood, "the script quotes names through the dialect's identifier_preparer");
    };
    for (const char *name : {"quote", "format_table", "quote_schema", "format_column", "format_sequence", "format_index", "format_constraint"})
        builder.method(name, stops);
    return builder.build();
}

Value inspected(Library &library, const Value &subject);

/// A dialect that the script made; that of the evaluation has none.
struct DialectPayload final : python::Payload {
    QString name;
};

Value dialectAttribute(Library &library, const Value &self, const std::string &name)
{
    Interpreter &interpreter = library.interpreter();
    const auto *made = Interpreter::payloadAs<DialectPayload>(self);
    const QString dialectName = made == nullptr ? library.environment().dialectName : made->name;
    const bool isPostgreSql = dialectName == QLatin1String("postgresql");
    if (name == "name")
        return interpreter.string(dialectName);
    if (name == "supports_native_enum" || name == "supports_native_boolean" || name == "supports_sequences" || name == "supports_comments" ||
        name == "supports_native_uuid")
        return Value::boolean(isPostgreSql);
    if (name == "supports_alter")
        return Value::boolean(isPostgreSql);
    if (name == "max_identifier_length")
        return Value::integer(isPostgreSql ? 63 : 9999);
    if (name == "identifier_preparer")
        return interpreter.instance(library.named(makePreparer, "IdentifierPreparer"));
    if (name == "server_version_info" || name == "default_schema_name" || name == "get_table_names" || name == "get_columns" || name == "driver" ||
        name == "dbapi" || name == "get_indexes" || name == "get_foreign_keys" || name == "get_pk_constraint") {
        return interpreter.unknown(StopKind::NeedsDatabase, "the dialect's '" + name + "' depends on the database that is connected");
    }
    if (name.starts_with("__"))
        interpreter.raise("AttributeError", name);
    return interpreter.unknown(StopKind::NotUnderstood, "the dialect's attribute '" + name + "' is not known here");
}

Value makeDialect(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Dialect", {}, "sqlalchemy.engine.interfaces");
    builder.method("__getattr__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return dialectAttribute(library, self, std::string(Interpreter::text(arguments.positional.at(0))));
    });
    builder.method("type_descriptor", [](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const Value type = interpreter.known(arguments.positional.at(0), "a column type");
        return type.isKind(python::ObjectKind::Class) ? interpreter.invoke(type, {}) : type;
    });
    builder.method("has_table", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const Value inspector = inspected(library, arguments.positional.empty() ? Value() : arguments.positional.front());
        if (inspector.isUnknown())
            interpreter.stop(StopKind::NeedsDatabase, "the script asks the database what is in it");
        Arguments asked = arguments;
        asked.positional.erase(asked.positional.begin());
        return interpreter.invoke(interpreter.getAttribute(inspector, "has_table"), std::move(asked));
    });
    for (const char *name : {"has_sequence", "has_type", "has_index", "get_schema_names", "get_view_names"})
        builder.method(name, stopsForDatabase("the script asks the database what is in it"));
    return builder.build();
}

/// postgresql.dialect(), sqlite.dialect(): made by the script to compile SQL with.
template<const char *name>
Value makeDialectClass(Library &library, std::string_view)
{
    return library.interpreter().function("dialect", [&library](Interpreter &interpreter, const Value &, Arguments &) {
        auto payload = std::make_unique<DialectPayload>();
        payload->name = QString::fromLatin1(name);
        return interpreter.instance(library.named(makeDialect, "Dialect"), std::move(payload));
    });
}
constexpr char kPostgreSql[] = "postgresql", kSqlite[] = "sqlite", kMySql[] = "mysql", kMsSql[] = "mssql", kOracle[] = "oracle";

Value makeDialectInstance(Library &library, std::string_view) { return library.interpreter().instance(library.named(makeDialect, "Dialect")); }

// --- inspection ---

Value inspected(Library &library, const Value &subject)
{
    Interpreter &interpreter = library.interpreter();
    if (const auto *payload = subject ? Interpreter::payloadAs<TablePayload>(subject) : nullptr; payload != nullptr)
        return subject;
    const std::string kind = subject && !subject.isUnknown() ? interpreter.className(subject) : std::string();
    if (!library.environment().offline && (kind == "Connection" || kind == "Engine"))
        return inspectorOf(library, subject);
    return interpreter.unknown(StopKind::NeedsDatabase, "what the database holds (its inspector)");
}

Value makeInspect(Library &library, std::string_view)
{
    return library.interpreter().function("inspect", [&library](Interpreter &, const Value &, Arguments &arguments) {
        return inspected(library, arguments.positional.empty() ? Value() : arguments.positional[0]);
    });
}

Value makeInspector(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Inspector", {}, "sqlalchemy.engine.reflection");
    const auto make = [&library](Interpreter &, const Value &, Arguments &arguments) {
        return inspected(library, arguments.positional.empty() ? Value() : arguments.positional.back());
    };
    builder.classMethod("from_engine", make);
    builder.method("__init__", stopsForDatabase("what the database holds is inspected"));
    return builder.build();
}

Value makeReflectedCache(Library &library, std::string_view)
{
    return library.interpreter().function("cache", [](Interpreter &interpreter, const Value &, Arguments &) {
        return interpreter.unknown(StopKind::NeedsDatabase, "what the database holds");
    });
}

Value makeEvent(Library &library, std::string_view name)
{
    // Events never fire here; registering one changes nothing that Alembic's offline mode would print, save for DDL events.
    return library.interpreter().function(name, [name = std::string(name)](Interpreter &interpreter, const Value &, Arguments &arguments) -> Value {
        if (arguments.positional.size() > 1 && arguments.positional[1].isString()) {
            const std::string_view event = Interpreter::text(arguments.positional[1]);
            if (event.find("create") != std::string_view::npos || event.find("drop") != std::string_view::npos ||
                event.find("execute") != std::string_view::npos)
                interpreter.stop(StopKind::NotUnderstood, "the script listens to the event '" + std::string(event) + "'");
        }
        if (name == "listens_for") {
            return interpreter.function("decorate", [](Interpreter &, const Value &, Arguments &inner) { return inner.positional.at(0); });
        }
        return name == "contains" ? Value::boolean(false) : Value::none();
    });
}

Value makeVersion(Library &library, std::string_view) { return library.interpreter().string(std::string_view("2.0.52")); }

} // namespace

Value inspectorOf(Library &library, const Value &connection)
{
    Interpreter &interpreter = library.interpreter();
    const Value inspector = interpreter.getAttribute(interpreter.importModule("sqlalchemy.engine._inspector"), "Inspector");
    return interpreter.invoke(inspector, Arguments{{connection}, {}});
}

python::Native stopsForDatabase(std::string reason)
{
    return [reason = std::move(reason)](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NeedsDatabase, reason);
    };
}

Value exceptionClass(Library &library, std::string_view name) { return library.named(makeException, name); }

void raiseSqlAlchemy(Library &library, std::string_view exceptionName, std::string message)
{
    library.interpreter().raise(exceptionClass(library, exceptionName), std::move(message));
}

Value dialectObject(Library &library) { return library.named(makeDialectInstance, "dialect"); }

void addEngineModules(ModuleTable &table)
{
    std::vector<ModuleName> exceptions;
    for (const ExceptionName &exception : kExceptions)
        exceptions.push_back({exception.name, makeException});
    table.add({"sqlalchemy.exc"}, exceptions);
    table.add({"sqlalchemy.orm.exc"}, {{"NoResultFound", makeException}, {"MultipleResultsFound", makeException}});
    table.add({"sqlalchemy", "sqlalchemy.engine", "sqlalchemy.inspection"}, {{"inspect", makeInspect}});
    table.add({"sqlalchemy", "sqlalchemy.engine", "sqlalchemy.engine.reflection"}, {{"Inspector", makeInspector}});
    table.add({"sqlalchemy.engine.reflection"}, {{"cache", makeReflectedCache}});
    table.add({"sqlalchemy.dialects.postgresql"}, {{"dialect", makeDialectClass<kPostgreSql>}});
    table.add({"sqlalchemy.dialects.sqlite"}, {{"dialect", makeDialectClass<kSqlite>}});
    table.add({"sqlalchemy.dialects.mysql"}, {{"dialect", makeDialectClass<kMySql>}});
    table.add({"sqlalchemy.dialects.mssql"}, {{"dialect", makeDialectClass<kMsSql>}});
    table.add({"sqlalchemy.dialects.oracle"}, {{"dialect", makeDialectClass<kOracle>}});
    table.add({"sqlalchemy.event"}, {{"listen", makeEvent}, {"listens_for", makeEvent}, {"remove", makeEvent}, {"contains", makeEvent}});
    table.add({"sqlalchemy"}, {{"__version__", makeVersion}});
    addConnectionModules(table);
    addResultModules(table);
}

} // namespace stillroom::script
