// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lostcalls.h"
#include "script/convert.h"
#include "script/directives.h"
#include "script/elements.h"
#include "script/engine.h"
#include "script/schema.h"
#include "script/types.h"

#include <algorithm>

/// alembic.op, Operations, BatchOperations, and operations that a script registers itself.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;

void DirectiveCall::emit(sql::Operation::Kind kind, QStringList notes) const
{
    if (batch == nullptr) {
        library.emit(std::move(kind), std::move(notes));
        return;
    }
    library.requireContext("An operation");
    notes += library.takeNameNotes();
    batch->batch.operations.push_back(sql::Operation{std::move(kind), library.origin(), std::move(notes)});
}

void renameFormer(Arguments &arguments, std::initializer_list<std::pair<std::string_view, std::string_view>> names)
{
    for (const auto &[former, name] : names) {
        if (arguments.keyword(name) != nullptr)
            continue;
        for (auto &[keyword, value] : arguments.keywords) {
            if (keyword == former) {
                keyword = name;
                break;
            }
        }
    }
}

sql::QualifiedName toTableName(Library &library, const Value &name, const Value &schema)
{
    const Value table = library.interpreter().known(name ? name : Value::none(), "the name of the table");
    if (const auto *object = Interpreter::payloadAs<TablePayload>(table)) // a Table where its name is meant; str() of it is its name
        return object->name;
    return {toIdentifier(library, schema, "the schema"), toIdentifier(library, table, "the name of the table")};
}

const std::vector<DirectiveName> &directives()
{
    static const std::vector<DirectiveName> all = [] {
        std::vector<DirectiveName> made = columnDirectives();
        for (auto *more : {tableDirectives, constraintDirectives}) {
            for (const DirectiveName &each : more())
                made.push_back(each);
        }
        return made;
    }();
    return all;
}

namespace {

const DirectiveName *findDirective(std::string_view name)
{
    for (const DirectiveName &directive : directives()) {
        if (directive.name == name)
            return &directive;
    }
    return nullptr;
}

Value runDirective(Library &library, const DirectiveName &directive, const Value &self, Arguments &arguments)
{
    auto *batch = self ? Interpreter::payloadAs<BatchPayload>(self) : nullptr;
    if (batch != nullptr && directive.tablePosition >= 0) {
        const auto position = static_cast<std::ptrdiff_t>(directive.tablePosition);
        if (static_cast<std::ptrdiff_t>(arguments.positional.size()) >= position)
            arguments.positional.insert(arguments.positional.begin() + position, batch->table);
        else
            arguments.keywords.emplace_back(directive.tableName, batch->table);
        if (batch->schema && !batch->schema.isNone() && arguments.keyword(directive.schemaName) == nullptr)
            arguments.keywords.emplace_back(directive.schemaName, batch->schema);
    }
    return directive.run(DirectiveCall{library, arguments, batch});
}

// --- operations that a script registers ---

struct RegisteredOperations {
    struct Operation {
        std::string name;
        Value type;
        std::string method;
    };
    std::vector<Operation> operations;
    std::vector<std::pair<Value, Value>> implementations; ///< operation class, function
};

Value invokeOperation(Library &library, const Value &self, const Value &operation)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(operation, "the operation to invoke");
    if (self && Interpreter::payloadAs<BatchPayload>(self) != nullptr)
        interpreter.stop(StopKind::NotUnderstood, "an operation is invoked in batch_alter_table");
    const auto &implementations = library.shared<RegisteredOperations>().implementations;
    for (const Value &base : interpreter.mro(interpreter.classOf(operation))) {
        for (const auto &[type, function] : implementations) {
            if (type.isSame(base))
                return interpreter.invoke(function, Arguments{{operationsObject(library), operation}, {}});
        }
    }
    // Alembic's own classes (standard/alembic.operations.ops.py) know their directive.
    if (const Value run = interpreter.findAttribute(operation, "_run"))
        return interpreter.invoke(run, Arguments{{operationsObject(library)}, {}});
    interpreter.stop(StopKind::NotUnderstood, "no implementation is known for the operation " + interpreter.className(operation));
}

Value callRegistered(Library &library, const std::string &name, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    for (const auto &operation : library.shared<RegisteredOperations>().operations) {
        if (operation.name != name)
            continue;
        Arguments call;
        call.positional.push_back(self ? self : operationsObject(library));
        call.positional.insert(call.positional.end(), arguments.positional.begin(), arguments.positional.end());
        call.keywords = std::move(arguments.keywords);
        return interpreter.invoke(interpreter.getAttribute(operation.type, operation.method), std::move(call));
    }
    interpreter.raise("AttributeError", name);
}

/// Imports the package that is known to register this directive, where the script leaves that to env.py.
bool isRegistered(Library &library, std::string_view name)
{
    const auto isKnown = [&library, name] {
        return std::ranges::any_of(library.shared<RegisteredOperations>().operations, [name](const auto &each) { return each.name == name; });
    };
    if (isKnown())
        return true;
    const std::string_view module = ModuleTable::whole().moduleOfOperation(name);
    if (module.empty())
        return false;
    (void)library.interpreter().importModule(std::string(module));
    return isKnown();
}

Value registerOperation(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "register_operation", arguments, {"name", "sourcename="});
    const std::string name = toText(library, read["name"], "the name of the operation").toStdString();
    const std::string method =
        read.has("sourcename") && !read["sourcename"].isNone() ? toText(library, read["sourcename"], "sourcename").toStdString() : name;
    return interpreter.function("register", [&library, name, method](Interpreter &, const Value &, Arguments &inner) {
        const Value type = inner.positional.at(0);
        library.noteRegistration();
        library.shared<RegisteredOperations>().operations.push_back({name, type, method});
        return type;
    });
}

Value implementationFor(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "implementation_for", arguments, {"op_cls", "replace="});
    const Value type = read["op_cls"];
    return library.interpreter().function("decorate", [&library, type](Interpreter &, const Value &, Arguments &inner) {
        const Value function = inner.positional.at(0);
        library.noteRegistration();
        library.shared<RegisteredOperations>().implementations.emplace_back(type, function);
        return function;
    });
}

// --- what is no directive ---

Value conventionalName(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "f", arguments, {"name"});
    NameMark mark;
    mark.isConventional = true;
    return library.markedName(toText(library, read["name"], "the name given to op.f()").toStdString(), mark);
}

Value inlineLiteral(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "inline_literal", arguments, {"value", "type_="});
    const Value type = read.has("type_") && !read["type_"].isNone() ? read["type_"] : Value();
    sql::Literal value = toLiteral(library, read["value"], "the value of op.inline_literal()");
    const sql::SqlTypePtr sqlType = type ? toSqlTypePtr(library, type) : typeOfLiteral(value);
    return makeElement(library, sql::makeExpression(sql::BoundValue{std::move(value), {}, true, false}, sqlType), type);
}

Value plainFunction(Library &library, const Value &self, std::string_view name, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    if (name == "f")
        return conventionalName(library, arguments);
    if (name == "inline_literal")
        return inlineLiteral(library, arguments);
    // Alembic loads the scripts of a run while its context stands, so that these two answer at a script's top level as well.
    if (name == "get_bind")
        return connectionObject(library);
    if (name == "get_context")
        return migrationContext(library);
    if (name == "invoke")
        return invokeOperation(library, self, arguments.positional.empty() ? arguments.take("operation") : arguments.positional[0]);
    if (name == "register_operation")
        return registerOperation(library, arguments);
    if (name == "implementation_for")
        return implementationFor(library, arguments);
    interpreter.stop(StopKind::NeedsDatabase, "op.run_async() needs a database connection");
}

constexpr std::string_view kPlainFunctions[] = {"f",      "inline_literal",     "get_bind",           "get_context",
                                                "invoke", "register_operation", "implementation_for", "run_async"};

Value marked(Library &library, const Value &function)
{
    library.interpreter().setAttribute(function, python::kActsOutside, Value::boolean(true));
    return function;
}

Value makeOpName(Library &library, std::string_view name)
{
    if (const DirectiveName *directive = findDirective(name)) {
        return marked(library, library.interpreter().function(name, [&library, directive](Interpreter &, const Value &, Arguments &arguments) {
            return runDirective(library, *directive, {}, arguments);
        }));
    }
    const Value function =
        library.interpreter().function(name, [&library, name = std::string(name)](Interpreter &, const Value &, Arguments &arguments) {
            return plainFunction(library, {}, name, arguments);
        });
    return name == "f" || name == "inline_literal" ? function : marked(library, function);
}

Value makeOpFallback(Library &library, std::string_view name)
{
    if (name == "impl")
        return library.interpreter().getAttribute(migrationContext(library), "impl");
    if (name == "migration_context")
        return migrationContext(library);
    if (name == python::kActsOutside)
        return Value::boolean(true);
    if (name.starts_with('_'))
        return {};
    if (!isRegistered(library, name)) {
        return library.interpreter().actingUnknown(StopKind::NotUnderstood, "'alembic.op." + std::string(name) + "' is not something Stillroom knows",
                                                   "alembic.op." + std::string(name));
    }
    return marked(library,
                  library.interpreter().function(name, [&library, name = std::string(name)](Interpreter &, const Value &, Arguments &arguments) {
                      return callRegistered(library, name, {}, arguments);
                  }));
}

// --- the classes ---

/// The end of `with op.batch_alter_table(...)`: Alembic holds the directives back until here.
void endBatch(Library &library, BatchPayload &payload)
{
    using Recreate = sql::BatchAlterTable::Recreate;
    sql::BatchAlterTable batch = std::move(payload.batch);
    payload.batch = {};
    const bool isRebuild = batch.recreate == Recreate::Always || (library.isSqlite() && batch.recreate == Recreate::Auto);
    if (!isRebuild) {
        for (sql::Operation &operation : batch.operations)
            library.send(std::move(operation));
        return;
    }
    if (batch.operations.empty() && batch.recreate != Recreate::Always)
        return;
    library.send(sql::Operation{std::make_shared<const sql::BatchAlterTable>(std::move(batch)), payload.origin, {}});
}

Value operationsAttribute(Library &library, const Value &self, const std::string &name)
{
    Interpreter &interpreter = library.interpreter();
    if (name == "impl")
        return interpreter.getAttribute(migrationContext(library), "impl");
    if (name == "migration_context")
        return migrationContext(library);
    if (isRegistered(library, name)) {
        return interpreter.function(
            name, [&library, name, self](Interpreter &, const Value &, Arguments &inner) { return callRegistered(library, name, self, inner); });
    }
    interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute '" + name + "'");
}

Value makeOperations(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Operations", {}, "alembic.operations.base");
    builder.actsOutside();
    builder.method("__init__", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    for (const DirectiveName &directive : directives()) {
        builder.method(directive.name, [&library, &directive](Interpreter &, const Value &self, Arguments &arguments) {
            return runDirective(library, directive, self, arguments);
        });
    }
    for (const std::string_view name : kPlainFunctions) {
        const python::Native run = [&library, name](Interpreter &, const Value &self, Arguments &arguments) {
            return plainFunction(library, self, name, arguments);
        };
        if (name == "register_operation" || name == "implementation_for")
            builder.classMethod(name, run);
        else
            builder.method(name, run);
    }
    builder.method("__enter__", [](Interpreter &, const Value &self, Arguments &) { return self; });
    builder.method("__exit__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        auto *payload = Interpreter::payloadAs<BatchPayload>(self);
        if (payload != nullptr && (arguments.positional.empty() || arguments.positional[0].isNone()))
            endBatch(library, *payload);
        return Value::boolean(false);
    });
    builder.classMethod("context", [&library](Interpreter &, const Value &, Arguments &) {
        return makeContextManager(library, operationsObject(library), [] {}, [](bool) {});
    });
    builder.method("__getattr__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return operationsAttribute(library, self, std::string(Interpreter::text(arguments.positional.at(0))));
    });
    return builder.build();
}

Value makeBatchOperations(Library &library, std::string_view)
{
    return ClassBuilder(library.interpreter(), "BatchOperations", {library.named(makeOperations, "Operations")}, "alembic.operations.base").build();
}

Value makeMigrateOperation(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "MigrateOperation", {}, "alembic.operations.ops");
    builder.property("info", [](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.dict(); });
    return builder.build();
}

Value makeOperationsName(Library &library, std::string_view name)
{
    return name == "BatchOperations" ? library.named(makeBatchOperations, name) : library.named(makeOperations, "Operations");
}

Value makeOperationsInstance(Library &library, std::string_view)
{
    return library.interpreter().instance(library.named(makeOperations, "Operations"));
}

Value makeAlembicVersion(Library &library, std::string_view) { return library.interpreter().string(std::string_view("1.19.2")); }

} // namespace

Value operationsClass(Library &library) { return library.named(makeBatchOperations, "BatchOperations"); }

Value operationsObject(Library &library) { return library.named(makeOperationsInstance, "operations"); }

void addOperationModules(ModuleTable &table)
{
    std::vector<ModuleName> names;
    for (const DirectiveName &directive : directives())
        names.push_back({directive.name, makeOpName});
    for (const std::string_view name : kPlainFunctions)
        names.push_back({name, makeOpName});
    table.add({"alembic.op"}, names);
    table.setFallback("alembic.op", makeOpFallback);
    table.add({"alembic.operations", "alembic.operations.base"}, {{"Operations", makeOperationsName}, {"BatchOperations", makeOperationsName}});
    table.add({"alembic.operations", "alembic.operations.ops"}, {{"MigrateOperation", makeMigrateOperation}});
    table.add({"alembic"}, {{"__version__", makeAlembicVersion}});
}

void addAlembicModules(ModuleTable &table)
{
    addOperationModules(table);
    addContextModules(table);
}

} // namespace stillroom::script
