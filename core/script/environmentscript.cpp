// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/parser.h"
#include "script/environmentrecording.h"
#include "script/objects.h"

#include <QFile>
#include <QFileInfo>

/// env.py, evaluated with a `context` that writes down what it is told. Both of its ways are walked, offline and online: what
/// either says is kept, the online one's word first.
namespace stillroom::script {

using python::Arguments;
using python::Failure;
using python::Interpreter;
using python::Value;

namespace {

EnvironmentSettings::Setting settingOf(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    EnvironmentSettings::Setting setting;
    setting.line = interpreter.currentLine(library.scriptFile());
    if (value.isUnknown()) {
        setting.reason = QString::fromStdString(value.as<python::UnknownObject>()->reason);
        return setting;
    }
    if (value.isString())
        setting.value = Interpreter::qtext(value);
    else if (value.isNone() || value.isBoolean() || value.isSmallInteger() || value.isKind(python::ObjectKind::Dict) ||
             value.isKind(python::ObjectKind::Tuple) || value.isKind(python::ObjectKind::List)) {
        const auto text = interpreter.guarded([&value](Interpreter &inner) {
            const std::string shown = inner.repr(value);
            return inner.string(std::string_view(shown));
        });
        if (!text) {
            setting.reason = text.error().text;
            return setting;
        }
        setting.value = Interpreter::qtext(*text);
    } else {
        setting.value = interpreter.isCallable(value) ? QStringLiteral("<function>") : QStringLiteral("<object>");
    }
    setting.isKnown = true;
    return setting;
}

/// The naming convention of target_metadata: one MetaData, or several of which the first with a convention of its own counts.
void readConvention(Library &library, EnvironmentSettings &settings, const Value &metadata)
{
    if (metadata.isUnknown()) {
        settings.conventionProblem = QString::fromStdString(metadata.as<python::UnknownObject>()->reason);
        return;
    }
    if (const auto *payload = Interpreter::payloadAs<MetaDataPayload>(metadata)) {
        for (const auto &[key, format] : payload->namingConvention)
            settings.namingConvention.insert(key, format);
        return;
    }
    if (metadata.isKind(python::ObjectKind::List) || metadata.isKind(python::ObjectKind::Tuple)) {
        for (const Value &each : library.interpreter().toVector(metadata)) {
            readConvention(library, settings, each);
            if (!settings.namingConvention.isEmpty() || !settings.conventionProblem.isEmpty())
                return;
        }
    }
}

struct Reading {
    EnvironmentSettings settings;
    std::optional<Failure> failure;
};

Reading readOnce(const python::Tree &tree, const QString &envPyFile, const Environment &environment)
{
    Library library(environment, nullptr, envPyFile);
    // env.py may import all of the application; what is wanted of it comes early.
    python::Budget budget;
    budget.steps = 5'000'000;
    Interpreter interpreter(&library, budget);
    library.attach(interpreter);
    interpreter.setCancelFlag(environment.cancel);
    EnvironmentRecording &recording = library.shared<EnvironmentRecording>();
    recording.isActive = true;
    Reading reading;
    const Value names = interpreter.module("env_py", [](Interpreter &, const std::string &) { return Value(); });
    interpreter.registerModule("env_py", names);
    const auto module = interpreter.runModule(tree, "env_py", envPyFile);
    if (!module)
        reading.failure = module.error();
    // It may end before context.configure(), for want of a URL; the name that every env.py gives its MetaData is set by then.
    if (!recording.settings.settings.contains(QStringLiteral("target_metadata")))
        static_cast<void>(interpreter.guarded([&](Interpreter &inner) {
            if (const Value metadata = inner.findAttribute(names, "target_metadata"))
                readConvention(library, recording.settings, metadata);
            else if (reading.failure)
                recording.settings.conventionProblem = reading.failure->text;
            return Value::none();
        }));
    reading.settings = recording.settings;
    library.release();
    return reading;
}

void merge(EnvironmentSettings &into, const EnvironmentSettings &from)
{
    for (auto it = from.settings.cbegin(); it != from.settings.cend(); ++it) {
        const auto known = into.settings.constFind(it.key());
        if (known == into.settings.constEnd() || (!known->isKnown && it->isKnown))
            into.settings.insert(it.key(), *it);
    }
    if (into.namingConvention.isEmpty())
        into.namingConvention = from.namingConvention;
    if (into.conventionProblem.isEmpty())
        into.conventionProblem = from.conventionProblem;
    if (!into.namingConvention.isEmpty())
        into.conventionProblem.clear();
    if (!into.url)
        into.url = from.url;
}

} // namespace

void recordConfiguration(Library &library, const Arguments &arguments)
{
    EnvironmentSettings &settings = library.shared<EnvironmentRecording>().settings;
    static constexpr std::string_view kPositional[] = {"connection", "url", "dialect_name", "dialect_opts"};
    std::vector<std::pair<std::string, Value>> given = arguments.keywords;
    for (std::size_t i = 0; i < arguments.positional.size() && i < std::size(kPositional); ++i)
        given.emplace_back(kPositional[i], arguments.positional[i]);
    for (const auto &[name, value] : given) {
        const EnvironmentSettings::Setting setting = settingOf(library, value);
        settings.settings.insert(QString::fromStdString(name), setting);
        if (name == "url" && value.isString() && !settings.url)
            settings.url = setting.value;
        if (name == "target_metadata")
            readConvention(library, settings, value);
    }
}

EnvironmentSettings readEnvironmentScript(const QString &envPyFile, const Environment &environment)
{
    EnvironmentSettings settings;
    QFile file(envPyFile);
    if (!file.open(QIODevice::ReadOnly)) {
        settings.problem = QStringLiteral("env.py cannot be read: %1").arg(file.errorString());
        return settings;
    }
    const QByteArray source = file.readAll();
    settings.mentionsVersionTable = source.contains("version_table");
    const auto tree = python::parse(source, envPyFile);
    if (!tree) {
        settings.problem = QStringLiteral("env.py has a syntax error: %1").arg(tree.error().detail);
        settings.problemLine = tree.error().line;
        return settings;
    }
    std::optional<Failure> failure;
    for (const bool offline : {false, true}) {
        Environment way = environment;
        way.offline = offline;
        Reading reading = readOnce(*tree, envPyFile, way);
        merge(settings, reading.settings);
        if (reading.failure && !failure)
            failure = std::move(reading.failure);
    }
    if (failure) {
        settings.problem = failure->kind == Failure::Kind::Exception ? failure->exceptionType + QLatin1String(": ") + failure->text : failure->text;
        for (const python::FrameLine &frame : failure->trace) {
            if (frame.file == envPyFile)
                settings.problemLine = frame.line;
        }
    }
    return settings;
}

} // namespace stillroom::script
