// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lostcalls.h"
#include "script/convert.h"
#include "script/directives.h"
#include "script/engine.h"
#include "script/environmentrecording.h"

/// alembic.context, MigrationContext and Config. Source: Alembic, "Runtime Objects", "Configuration".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

// --- Config ---

std::optional<QString> mainOption(Library &library, const QString &name)
{
    const auto &recorded = library.shared<EnvironmentRecording>().options;
    if (const auto found = recorded.constFind(name); found != recorded.constEnd())
        return *found;
    const auto &options = library.environment().configOptions;
    if (const auto found = options.constFind(name); found != options.constEnd())
        return *found;
    return std::nullopt;
}

Value getOption(Library &library, Arguments &arguments, std::string_view function)
{
    ArgumentReader read(library.interpreter(), function, arguments, {"name", "default="});
    const auto value = mainOption(library, toText(library, read["name"], "the name of an option"));
    if (value)
        return library.interpreter().string(*value);
    return read.has("default") ? read["default"] : Value::none();
}

Value mainSection(Library &library)
{
    Interpreter &interpreter = library.interpreter();
    const Value section = interpreter.dict();
    QHash<QString, QString> options = library.environment().configOptions;
    const auto &recorded = library.shared<EnvironmentRecording>().options;
    for (auto it = recorded.cbegin(); it != recorded.cend(); ++it)
        options.insert(it.key(), it.value());
    QStringList names = options.keys();
    names.sort();
    for (const QString &name : names)
        interpreter.dictSet(section, interpreter.string(name), interpreter.string(options.value(name)));
    return section;
}

Value setMainOption(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "set_main_option", arguments, {"name", "value"});
    const QString name = toText(library, read["name"], "the name of an option");
    auto &recording = library.shared<EnvironmentRecording>();
    const Value &value = read["value"];
    if (value.isUnknown()) {
        EnvironmentSettings::Setting setting;
        setting.line = interpreter.currentLine(library.scriptFile());
        setting.reason = QString::fromStdString(value.as<python::UnknownObject>()->reason);
        recording.settings.settings.insert(name, setting);
        return Value::none();
    }
    QString text = value.isString() ? Interpreter::qtext(value) : QString::fromStdString(interpreter.str(value));
    text.replace(QLatin1String("%%"), QLatin1String("%")); // ConfigParser's escape
    recording.options.insert(name, text);
    if (recording.isActive && name == QLatin1String("sqlalchemy.url"))
        recording.settings.url = text;
    return Value::none();
}

Value makeConfigClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Config", {}, "alembic.config");
    builder.method("__init__", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    for (const char *name : {"get_main_option", "get_alembic_option"}) {
        builder.method(name, [&library, name](Interpreter &, const Value &, Arguments &arguments) { return getOption(library, arguments, name); });
    }
    builder.method("set_main_option", [&library](Interpreter &, const Value &, Arguments &arguments) { return setMainOption(library, arguments); });
    builder.method("set_section_option", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.method("get_section", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "get_section", arguments, {"name", "default="});
        return mainSection(library);
    });
    builder.method("get_section_option", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "get_section_option", arguments, {"section", "name", "default="});
        const auto value = mainOption(library, toText(library, read["name"], "the name of an option"));
        return value ? interpreter.string(*value) : read.has("default") ? read["default"] : Value::none();
    });
    builder.method("print_stdout", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    builder.property("config_ini_section",
                     [](Interpreter &interpreter, const Value &, Arguments &) { return interpreter.string(std::string_view("alembic")); });
    builder.property("config_file_name", [&library](Interpreter &interpreter, const Value &, Arguments &) {
        return interpreter.string(library.environment().projectRoot + QLatin1String("/alembic.ini"));
    });
    builder.property("cmd_opts", [](Interpreter &, const Value &, Arguments &) { return Value::none(); });
    return builder.build();
}

Value makeConfig(Library &library, std::string_view)
{
    Interpreter &interpreter = library.interpreter();
    const Value config = interpreter.instance(library.named(makeConfigClass, "Config"));
    interpreter.setAttribute(config, "attributes", interpreter.dict());
    return config;
}

// --- MigrationContext ---

Value autocommitBlock(Library &library)
{
    return makeContextManager(
        library, Value::none(), [&library] { library.emit(sql::AutocommitBegin{}); }, [&library](bool) { library.emit(sql::AutocommitEnd{}); });
}

Value makeImplClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "DefaultImpl", {}, "alembic.ddl.impl");
    builder.actsOutside();
    builder.method("execute", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "execute", arguments, {"sql", "execution_options="});
        return execute(library, read["sql"], {}, false);
    });
    builder.property("dialect", [&library](Interpreter &, const Value &, Arguments &) { return dialectObject(library); });
    builder.property("bind", [&library](Interpreter &, const Value &, Arguments &) { return connectionObject(library); });
    builder.property("connection", [&library](Interpreter &, const Value &, Arguments &) { return connectionObject(library); });
    builder.property("transactional_ddl", [&library](Interpreter &, const Value &, Arguments &) { return Value::boolean(library.isPostgreSql()); });
    builder.property("as_sql", [&library](Interpreter &, const Value &, Arguments &) { return Value::boolean(library.environment().offline); });
    builder.method("__getattr__", [](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (name.starts_with("__"))
            interpreter.raise("AttributeError", name);
        return interpreter.actingUnknown(StopKind::NotUnderstood, "'" + name + "' of Alembic's implementation object is not supported");
    });
    return builder.build();
}

Value makeImpl(Library &library, std::string_view) { return library.interpreter().instance(library.named(makeImplClass, "DefaultImpl")); }

Value makeContextOptions(Library &library, std::string_view)
{
    Interpreter &interpreter = library.interpreter();
    const Value options = interpreter.dict();
    interpreter.dictSet(options, interpreter.string(std::string_view("render_as_batch")), Value::boolean(library.environment().renderAsBatch));
    interpreter.dictSet(options, interpreter.string(std::string_view("as_sql")), Value::boolean(library.environment().offline));
    interpreter.dictSet(options, interpreter.string(std::string_view("literal_binds")), Value::boolean(true));
    return options;
}

Value makeMigrationContextClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "MigrationContext", {}, "alembic.runtime.migration");
    builder.actsOutside();
    builder.classMethod("configure", [&library](Interpreter &, const Value &, Arguments &) { return migrationContext(library); });
    builder.method("autocommit_block", [&library](Interpreter &, const Value &, Arguments &) { return autocommitBlock(library); });
    builder.method("begin_transaction", [&library](Interpreter &, const Value &, Arguments &) {
        library.note(QStringLiteral("get_context().begin_transaction(): Alembic's offline mode prints a BEGIN and a COMMIT here, which would end "
                                    "the transaction of the revision; its run stays in that one, and so does this"));
        return makeContextManager(library, Value::none(), [] {}, [](bool) {});
    });
    builder.method("execute", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "execute", arguments, {"sql", "execution_options="});
        return execute(library, read["sql"], {}, false);
    });
    builder.property("dialect", [&library](Interpreter &, const Value &, Arguments &) { return dialectObject(library); });
    builder.property("impl", [&library](Interpreter &, const Value &, Arguments &) { return library.named(makeImpl, "impl"); });
    builder.property("bind", [&library](Interpreter &, const Value &, Arguments &) { return connectionObject(library); });
    builder.property("connection", [&library](Interpreter &, const Value &, Arguments &) { return connectionObject(library); });
    builder.property("config", [&library](Interpreter &, const Value &, Arguments &) { return library.named(makeConfig, "config"); });
    builder.property("opts", [&library](Interpreter &, const Value &, Arguments &) { return library.named(makeContextOptions, "opts"); });
    builder.property("as_sql", [&library](Interpreter &, const Value &, Arguments &) { return Value::boolean(library.environment().offline); });
    for (const bool isSchema : {false, true}) {
        builder.property(isSchema ? "version_table_schema" : "version_table",
                         [&library, isSchema](Interpreter &interpreter, const Value &, Arguments &) {
                             const Environment &environment = library.environment();
                             if (!environment.versionTableProblem.isEmpty())
                                 return interpreter.unknown(StopKind::NotUnderstood, environment.versionTableProblem.toStdString());
                             const QString &name = isSchema ? environment.versionTableSchema : environment.versionTable;
                             return name.isEmpty() ? Value::none() : interpreter.string(name);
                         });
    }
    for (const char *name : {"get_current_revision", "get_current_heads", "stamp"})
        builder.method(name, stopsForDatabase("the script asks which revision the database has"));
    builder.method("__getattr__", [](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (name.starts_with("__"))
            interpreter.raise("AttributeError", name);
        return interpreter.actingUnknown(StopKind::NotUnderstood, "'" + name + "' of Alembic's migration context is not supported");
    });
    return builder.build();
}

Value makeMigrationContext(Library &library, std::string_view)
{
    return library.interpreter().instance(library.named(makeMigrationContextClass, "MigrationContext"));
}

// --- alembic.context ---

Value xArgument(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "get_x_argument", arguments, {"as_dictionary="});
    const auto &given = library.environment().xArguments;
    QStringList names = given.keys();
    names.sort();
    if (toBool(library, read["as_dictionary"], false)) {
        const Value dict = interpreter.dict();
        for (const QString &name : names)
            interpreter.dictSet(dict, interpreter.string(name), interpreter.string(given.value(name)));
        return dict;
    }
    const Value list = interpreter.list();
    for (const QString &name : names)
        (void)interpreter.invokeMethod(list, "append", {interpreter.string(name + QLatin1Char('=') + given.value(name))});
    return list;
}

Value contextFunction(Library &library, std::string_view name, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const bool isRecording = library.shared<EnvironmentRecording>().isActive;
    if (name == "is_offline_mode")
        return Value::boolean(library.environment().offline);
    if (name == "is_transactional_ddl")
        return Value::boolean(library.isPostgreSql());
    if (name == "get_x_argument")
        return xArgument(library, arguments);
    if (name == "get_context" || name == "get_bind") {
        if (!isRecording)
            library.requireContext("The migration context");
        return name == "get_bind" ? connectionObject(library) : migrationContext(library);
    }
    if (name == "configure") {
        if (isRecording)
            recordConfiguration(library, arguments);
        return Value::none();
    }
    if (name == "begin_transaction")
        return makeContextManager(library, Value::none(), [] {}, [](bool) {});
    if (name == "execute" && !isRecording)
        return arguments.positional.empty() ? Value::none() : execute(library, arguments.positional[0], {}, false);
    if (name == "run_migrations" || name == "execute" || name == "static_output")
        return Value::none();
    if (name == "get_tag_argument")
        return library.environment().tag ? interpreter.string(*library.environment().tag) : Value::none();
    // get_head_revision, get_revision_argument, get_starting_revision_argument
    return interpreter.unknown(StopKind::NotUnderstood, "context." + std::string(name) + "() depends on the command that runs");
}

constexpr std::string_view kContextFunctions[] = {"is_offline_mode",
                                                  "is_transactional_ddl",
                                                  "get_x_argument",
                                                  "get_context",
                                                  "get_bind",
                                                  "configure",
                                                  "begin_transaction",
                                                  "execute",
                                                  "run_migrations",
                                                  "static_output",
                                                  "get_head_revision",
                                                  "get_head_revisions",
                                                  "get_revision_argument",
                                                  "get_tag_argument",
                                                  "get_starting_revision_argument"};

/// What can be reached through alembic.context may change the database.
Value makeContextFallback(Library &, std::string_view name) { return name == python::kActsOutside ? Value::boolean(true) : Value(); }

Value makeContextName(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [&library, name = std::string(name)](Interpreter &, const Value &, Arguments &arguments) {
        return contextFunction(library, name, arguments);
    });
}

// --- alembic.util ---

Value makeCommandError(Library &library, std::string_view name)
{
    return library.interpreter().exceptionClass(name, library.interpreter().builtin("Exception"));
}

Value makeRevisionId(Library &library, std::string_view)
{
    return library.interpreter().function("rev_id", [](Interpreter &interpreter, const Value &, Arguments &) {
        return interpreter.unknown(StopKind::NotUnderstood, "a new random revision id");
    });
}

} // namespace

Value migrationContext(Library &library) { return library.named(makeMigrationContext, "context"); }

void addContextModules(ModuleTable &table)
{
    std::vector<ModuleName> names;
    for (const std::string_view name : kContextFunctions)
        names.push_back({name, makeContextName});
    table.add({"alembic.context"}, names);
    table.add({"alembic.context"}, {{"config", makeConfig}});
    table.setFallback("alembic.context", makeContextFallback);
    table.add({"alembic.config"}, {{"Config", makeConfigClass}});
    table.add({"alembic.migration", "alembic.runtime.migration"}, {{"MigrationContext", makeMigrationContextClass}});
    table.add({"alembic.util", "alembic.util.exc"}, {{"CommandError", makeCommandError}});
    table.add({"alembic.util"}, {{"rev_id", makeRevisionId}});
    table.add({"alembic.ddl.impl"}, {{"DefaultImpl", makeImplClass}});
}

} // namespace stillroom::script
