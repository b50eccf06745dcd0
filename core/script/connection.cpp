// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/core.h"
#include "script/elements.h"
#include "script/engine.h"
#include "script/environmentrecording.h"

/// Running statements: what op.execute and connections do with what they are given.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

struct ConnectionPayload final : python::Payload {
    bool isAutocommit = false;
    int savepoints = 0;
};

struct ContextPayload final : python::Payload {
    Value value;
    std::function<void()> enter;
    std::function<void(bool)> leave;
};

using ParameterSet = std::vector<std::pair<QString, sql::ExpressionPtr>>;

ParameterSet parameterSet(Library &library, const Value &dict)
{
    ParameterSet set;
    for (const auto &[key, value] : library.interpreter().dictEntries(dict))
        set.emplace_back(toText(library, key, "the name of a parameter"), toExpression(library, value));
    return set;
}

std::vector<ParameterSet> parameterSets(Library &library, const Value &parameters)
{
    Interpreter &interpreter = library.interpreter();
    std::vector<ParameterSet> sets;
    if (!parameters || parameters.isNone())
        return sets;
    interpreter.known(parameters, "the parameters of a statement");
    if (parameters.isKind(ObjectKind::Dict)) {
        sets.push_back(parameterSet(library, parameters));
        return sets;
    }
    interpreter.iterate(parameters, [&](const Value &each) {
        interpreter.known(each, "the parameters of a statement");
        if (!each.isKind(ObjectKind::Dict))
            interpreter.stop(StopKind::NotUnderstood, "a statement is given parameters by position, not by name");
        sets.push_back(parameterSet(library, each));
        return true;
    });
    return sets;
}

/// The operations that a thing to execute stands for.
std::vector<sql::Operation::Kind> operationsOf(Library &library, const Value &statement, const Value &parameters, bool isAutocommit)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(statement, "the statement to execute");
    sql::Execute execute;
    execute.isAutocommit = isAutocommit;
    if (statement.isString() || interpreter.isInstance(statement, interpreter.builtin("str"))) {
        sql::TextClause text{toText(library, statement, "the statement to execute"), {}};
        execute.statement = std::make_shared<const sql::Statement>(sql::Statement{std::move(text), {}});
    } else if (const auto *ddl = Interpreter::payloadAs<DdlPayload>(statement)) {
        return ddl->operations;
    } else if (const auto *text = Interpreter::payloadAs<TextPayload>(statement)) {
        execute.statement = std::make_shared<const sql::Statement>(sql::Statement{sql::TextClause{text->text, text->binds, text->varies}, {}});
    } else if (const auto *made = Interpreter::payloadAs<StatementPayload>(statement)) {
        if (const auto *rows = Interpreter::payloadAs<RowsPayload>(statement)) {
            for (const ShownColumn &column : rows->shown) {
                if (hasTypeMethod(library, column.type, "column_expression"))
                    interpreter.stop(StopKind::NotUnderstood, "a SELECT lists a column whose type wraps it (column_expression)");
            }
        }
        execute.statement = made->statement(library);
        execute.isAutocommit = isAutocommit || made->isAutocommit;
    } else if (const auto compiled = compiledElement(library, statement)) {
        execute.statement = *compiled; // as it stands: no bind is looked for in it
    } else if (const sql::ExpressionPtr expression = expressionOf(library, statement)) {
        execute.statement = expression;
    } else {
        raiseSqlAlchemy(library, "ObjectNotExecutableError", "Not an executable object: " + interpreter.repr(statement));
    }
    execute.parameters = parameterSets(library, parameters);
    std::vector<sql::Operation::Kind> operations;
    if (!execute.parameters.empty() && !library.environment().offline) {
        // Values beside an INSERT or UPDATE fill its columns; Alembic's offline connection takes no notice of them.
        for (sql::StatementPtr &each : statementsWith(library, statement, parameters)) {
            sql::Execute one = execute;
            one.statement = std::move(each);
            operations.emplace_back(std::move(one));
        }
        if (!operations.empty())
            return operations;
    }
    operations.emplace_back(std::move(execute));
    return operations;
}

QStringList notesOf(Library &library, const Value &statement)
{
    return library.interpreter().varies(statement) ? QStringList{QStringLiteral("the text varies from run to run")} : QStringList{};
}

/// An expression whose type follows from what it is made of.
sql::SqlTypePtr madeType(const sql::ExpressionPtr &expression)
{
    if (expression == nullptr)
        return nullptr;
    if (const auto *label = std::get_if<sql::LabelExpression>(&expression->node))
        return madeType(label->operand);
    const bool isMade = std::holds_alternative<sql::FunctionCall>(expression->node) ||
                        std::holds_alternative<sql::CastExpression>(expression->node) || std::holds_alternative<sql::TypeCoerce>(expression->node) ||
                        std::holds_alternative<sql::CaseExpression>(expression->node);
    return isMade ? inferredType(expression) : nullptr;
}

std::vector<ResultType> resultTypes(const Value &statement)
{
    std::vector<ResultType> types;
    if (const auto *rows = Interpreter::payloadAs<RowsPayload>(statement)) {
        for (const ShownColumn &column : rows->shown)
            types.push_back({column.type, column.type ? nullptr : madeType(column.expression)});
    }
    return types;
}

} // namespace

Value execute(Library &library, const Value &statement, const Value &parameters, bool wantsResult, bool isAutocommit)
{
    QStringList notes = notesOf(library, statement);
    Value result = Value::none();
    for (sql::Operation::Kind &operation : operationsOf(library, statement, parameters, isAutocommit)) {
        auto *query = std::get_if<sql::Execute>(&operation);
        if (query != nullptr && library.environment().offline && !query->parameters.empty()) {
            // Offline, Alembic's connection takes no notice of values given beside a statement and prints NULL (alembic.md 11).
            query->parameters.clear();
            notes.append(
                QStringLiteral("offline, Alembic prints NULL for the values given beside this statement; a run on a database uses the values"));
        }
        if (query != nullptr && wantsResult)
            result = makeResult(library, library.query(std::move(*query), notes), resultTypes(statement));
        else
            library.emit(std::move(operation), notes);
    }
    return result;
}

namespace {

bool wantsAutocommit(const std::vector<std::pair<std::string, Value>> &options)
{
    for (const auto &[name, value] : options) {
        if (name == "isolation_level" && value.isString() && Interpreter::text(value) == "AUTOCOMMIT")
            return true;
    }
    return false;
}

std::vector<std::pair<std::string, Value>> optionsOf(Library &library, const Value &dict)
{
    std::vector<std::pair<std::string, Value>> options;
    if (!dict || dict.isNone())
        return options;
    for (const auto &[key, value] : library.interpreter().dictEntries(library.interpreter().known(dict, "execution options")))
        options.emplace_back(toText(library, key, "an execution option").toStdString(), value);
    return options;
}

bool isAutocommit(const Value &self)
{
    const auto *payload = Interpreter::payloadAs<ConnectionPayload>(self);
    return payload != nullptr && payload->isAutocommit;
}

/// execute(statement, parameters, execution_options=…, **parameters as SQLAlchemy 1.x took them).
Value connectionExecute(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    Value statement = arguments.take("statement");
    if (!statement)
        statement = arguments.take("object_");
    std::size_t next = 0;
    if (!statement && !arguments.positional.empty())
        statement = arguments.positional[next++];
    if (!statement)
        interpreter.raise("TypeError", "Connection.execute() missing 1 required positional argument: 'statement'");
    const bool autocommits = isAutocommit(self) || wantsAutocommit(optionsOf(library, arguments.take("execution_options")));
    Value parameters = arguments.take("parameters");
    if (!parameters && next + 1 == arguments.positional.size())
        parameters = arguments.positional[next];
    else if (!parameters && next < arguments.positional.size())
        parameters = interpreter.list(Values(arguments.positional.begin() + static_cast<std::ptrdiff_t>(next), arguments.positional.end()));
    if (!arguments.keywords.empty()) {
        parameters = interpreter.dict();
        for (const auto &[name, value] : arguments.keywords)
            interpreter.dictSet(parameters, interpreter.string(std::string_view(name)), value);
    }
    return execute(library, statement, parameters, true, autocommits);
}

Value savepoint(Library &library, const Value &self)
{
    auto *payload = Interpreter::payloadAs<ConnectionPayload>(self);
    const QString name = QStringLiteral("sa_savepoint_%1").arg(++payload->savepoints);
    const auto run = [&library](const QString &text) {
        sql::Execute statement;
        statement.statement = text;
        library.emit(std::move(statement));
    };
    run(QStringLiteral("SAVEPOINT ") + name);
    return makeContextManager(
        library, {}, [] {},
        [run, name](bool failed) { run((failed ? QStringLiteral("ROLLBACK TO SAVEPOINT ") : QStringLiteral("RELEASE SAVEPOINT ")) + name); });
}

python::Native stopsAsUnknown(std::string reason)
{
    return [reason = std::move(reason)](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NotUnderstood, reason);
    };
}

void addConnectionMethods(Library &library, ClassBuilder &builder)
{
    const auto run = [&library](Interpreter &, const Value &self, Arguments &arguments) { return connectionExecute(library, self, arguments); };
    builder.method("execute", run);
    builder.method("exec_driver_sql", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        ArgumentReader read(library.interpreter(), "exec_driver_sql", arguments, {"statement", "parameters=", "execution_options="});
        sql::Execute statement; // the driver gets the text as it is: no binds, no escapes
        statement.statement = toText(library, read["statement"], "the statement to execute");
        statement.isAutocommit = isAutocommit(self);
        if (read.has("parameters") && !read["parameters"].isNone())
            library.interpreter().stop(StopKind::NotUnderstood, "exec_driver_sql() is given parameters in the driver's own style");
        return makeResult(library, library.query(std::move(statement)));
    });
    builder.method("scalar", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value result = connectionExecute(library, self, arguments);
        return result.isUnknown() ? result : interpreter.invokeMethod(result, "scalar");
    });
    builder.method("scalars", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value result = connectionExecute(library, self, arguments);
        return result.isUnknown() ? result : interpreter.invokeMethod(result, "scalars");
    });
    builder.method("execution_options", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return connectionObject(library, isAutocommit(self) || wantsAutocommit(arguments.keywords));
    });
    builder.method("begin_nested", [&library](Interpreter &, const Value &self, Arguments &) { return savepoint(library, self); });
    const auto same = [](Interpreter &, const Value &self, Arguments &) { return self; };
    builder.method("connect", same);
    builder.method("__enter__", same);
    builder.method("__exit__", [](Interpreter &, const Value &, Arguments &) { return Value::boolean(false); });
    builder.method("close", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.method("in_transaction", [](Interpreter &, const Value &, Arguments &) { return Value::boolean(true); });
    const std::string reason = "the script begins, commits or rolls back on the connection itself, while a step runs in one transaction of its own";
    for (const char *name : {"begin", "commit", "rollback", "begin_twophase"})
        builder.method(name, stopsAsUnknown(reason));
    builder.method("has_table", stopsForDatabase("the script asks whether a table exists"));
    builder.method("run_callable", stopsForDatabase("the script runs a function on the connection itself"));
}

Value makeConnection(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Connection", {}, "sqlalchemy.engine.base");
    builder.actsOutside();
    addConnectionMethods(library, builder);
    builder.property("dialect", [&library](Interpreter &, const Value &, Arguments &) { return dialectObject(library); });
    builder.property("engine", [](Interpreter &, const Value &self, Arguments &) { return self; });
    builder.property("url", [&library](Interpreter &interpreter, const Value &, Arguments &) {
        const std::optional<ConnectedTo> &to = library.environment().connectedTo;
        if (!to)
            return interpreter.unknown(StopKind::NeedsDatabase, "the connection's 'url' is only known when a database is connected");
        const auto text = [&interpreter](const QString &value) { return value.isEmpty() ? Value::none() : interpreter.string(value); };
        const Value cls = interpreter.getAttribute(interpreter.importModule("sqlalchemy.engine.url"), "ConnectedURL");
        Arguments fields;
        fields.positional = {interpreter.string(library.environment().dialectName),    text(to->user),    Value::none(), text(to->host),
                             to->port == 0 ? Value::none() : Value::integer(to->port), text(to->database)};
        return interpreter.invoke(interpreter.getAttribute(cls, "create"), std::move(fields));
    });
    builder.property("closed", [](Interpreter &, const Value &, Arguments &) { return Value::boolean(false); });
    builder.property("info", [](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.dict(); });
    builder.property(
        "name", [&library](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.string(library.environment().dialectName); });
    builder.method("__getattr__", [](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (name.starts_with("__"))
            interpreter.raise("AttributeError", name);
        return interpreter.actingUnknown(StopKind::NeedsDatabase, "the connection's '" + name + "' is only known when a database is connected");
    });
    return builder.build();
}

Value makeContextClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Context", {}, "sqlalchemy.engine");
    builder.method("__enter__", [](Interpreter &, const Value &self, Arguments &) {
        auto *payload = Interpreter::payloadAs<ContextPayload>(self);
        payload->enter();
        return payload->value ? payload->value : self;
    });
    builder.method("__exit__", [](Interpreter &, const Value &self, Arguments &arguments) {
        const bool failed = !arguments.positional.empty() && !arguments.positional[0].isNone();
        Interpreter::payloadAs<ContextPayload>(self)->leave(failed);
        return Value::boolean(false);
    });
    builder.method("commit", [](Interpreter &, const Value &self, Arguments &) {
        Interpreter::payloadAs<ContextPayload>(self)->leave(false);
        return Value::none();
    });
    builder.method("rollback", [](Interpreter &, const Value &self, Arguments &) {
        Interpreter::payloadAs<ContextPayload>(self)->leave(true);
        return Value::none();
    });
    return builder.build();
}

/// Stands for engines and connections while env.py is read: everything may be asked of it, nothing comes of it.
constexpr const char *kInert = R"PY(
class Inert:
    def __init__(self, *args, **kwargs):
        pass
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert()
    def __call__(self, *args, **kwargs):
        return Inert()
    def __enter__(self):
        return self
    def __exit__(self, *args):
        return False
    async def __aenter__(self):
        return self
    async def __aexit__(self, *args):
        return False
    async def run_sync(self, function, *args, **kwargs):
        return function(self, *args, **kwargs)
    async def dispose(self):
        return None
    def begin(self):
        return self
    def connect(self):
        return self
    def execution_options(self, **kwargs):
        return self
    def __await__(self):
        async def itself():
            return self
        return itself().__await__()
    def __iter__(self):
        return iter(())
    def __bool__(self):
        return True
)PY";

Value makeUnavailableEngine(Library &library, std::string_view name)
{
    if (library.shared<EnvironmentRecording>().isActive) {
        const Value inert = library.interpreter().getAttribute(library.interpreter().importModule("stillroom.inert"), "Inert");
        return library.interpreter().function(
            name, [inert](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.invoke(inert, {}); });
    }
    return library.interpreter().function(name, [name = std::string(name)](Interpreter &interpreter, const Value &, Arguments &) {
        return interpreter.actingUnknown(StopKind::NeedsDatabase, "a database connection of the script's own (" + name + ")");
    });
}

Value makeUrlName(Library &library, std::string_view name)
{
    return library.interpreter().getAttribute(library.interpreter().importModule("sqlalchemy.engine.url"), std::string(name));
}

Value makeConnectionName(Library &library, std::string_view name)
{
    if (name == "AsyncEngine" && library.shared<EnvironmentRecording>().isActive)
        return makeUnavailableEngine(library, name);
    return library.named(makeConnection, "Connection");
}

} // namespace

Value connectionObject(Library &library, bool isAutocommitConnection)
{
    auto payload = std::make_unique<ConnectionPayload>();
    payload->isAutocommit = isAutocommitConnection;
    return library.interpreter().instance(library.named(makeConnection, "Connection"), std::move(payload));
}

Value makeContextManager(Library &library, Value value, std::function<void()> enter, std::function<void(bool)> leave)
{
    auto payload = std::make_unique<ContextPayload>();
    payload->value = std::move(value);
    payload->enter = std::move(enter);
    payload->leave = std::move(leave);
    return library.interpreter().instance(library.named(makeContextClass, "Context"), std::move(payload));
}

void addConnectionModules(ModuleTable &table)
{
    table.setSource("stillroom.inert", kInert);
    table.add({"sqlalchemy", "sqlalchemy.engine"}, {{"create_engine", makeUnavailableEngine},
                                                    {"engine_from_config", makeUnavailableEngine},
                                                    {"Connection", makeConnectionName},
                                                    {"Engine", makeConnectionName}});
    table.add({"sqlalchemy", "sqlalchemy.engine"}, {{"URL", makeUrlName}, {"make_url", makeUrlName}});
    table.add({"sqlalchemy.engine.base", "sqlalchemy.future"}, {{"Connection", makeConnectionName}, {"Engine", makeConnectionName}});
    table.add({"sqlalchemy.ext.asyncio"}, {{"create_async_engine", makeUnavailableEngine},
                                           {"async_engine_from_config", makeUnavailableEngine},
                                           {"AsyncConnection", makeConnectionName},
                                           {"AsyncEngine", makeConnectionName}});
}

} // namespace stillroom::script
