// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/library.h"

#include "python/latenames.h"
#include "python/parser.h"
#include "script/objects.h"

#include <algorithm>
#include <mutex>
#include <set>

namespace stillroom::script {

using python::Interpreter;
using python::StopKind;
using python::Value;

Library::Library(const Environment &environment, OperationSink *sink, QString scriptFile)
    : m_environment(environment), m_sink(sink), m_scriptFile(std::move(scriptFile)), m_projectModules(environment)
{
}

Library::~Library() = default;

void Library::attach(Interpreter &interpreter)
{
    m_interpreter = &interpreter;
    static_cast<void>(interpreter.shared([&] {
        interpreter.setBuiltin("open", interpreter.function("open", [](Interpreter &in, const Value &, python::Arguments &arguments) {
            return in.invoke(in.getAttribute(in.importModule("io"), "open"), std::move(arguments));
        }));
        return Value();
    }));
}

void Library::release()
{
    m_named.clear();
    m_marks.clear();
    m_shared.clear();
    m_kept.clear();
    m_interpreter = nullptr;
}

void Library::begin(OperationSink *sink, QString scriptFile)
{
    m_sink = sink;
    m_scriptFile = std::move(scriptFile);
}

bool Library::forget()
{
    m_marks.clear();
    m_shared.clear();
    m_namedTypes.clear();
    m_notes.clear();
    m_nameNotes.clear();
    m_sinkError.reset();
    m_sink = nullptr;
    m_acceptsOperations = false;
    m_creationOrder = 0;
    const bool isClean = m_interpreter->forget();
    m_projectModules.forget();
    return isClean && m_keepsModules;
}

void Library::noteRegistration()
{
    if (python::sharedWatch.making > 0)
        m_keepsModules = false;
}

// --- modules ---

Value Library::importModule(Interpreter &interpreter, const std::string &dottedName)
{
    if (m_interpreter == nullptr)
        m_interpreter = &interpreter;
    const Value given = givenValue(dottedName);
    if (given)
        return given;
    if (const ModuleDescription *description = ModuleTable::whole().find(dottedName))
        return tableModule(dottedName, *description);
    if (ModuleTable::whole().isPackage(dottedName)) {
        static const ModuleDescription kEmpty;
        return tableModule(dottedName, kEmpty);
    }
    const Value module = m_projectModules.import(interpreter, dottedName);
    if (hasGivenBelow(dottedName))
        return givenNamespace(dottedName, module);
    if (module)
        return module;
    const std::string top = dottedName.substr(0, dottedName.find('.'));
    const std::string reason = m_projectModules.hasTopLevel(top)
                                   ? "the project has no module '" + dottedName + "' that can be read"
                                   : "the module '" + dottedName + "' is neither part of the project nor one that Stillroom knows";
    return interpreter.unknown(StopKind::NotUnderstood, reason, dottedName);
}

std::string Library::packageOf(const std::string &fileName) { return m_projectModules.packageOf(QString::fromStdString(fileName)); }

Value Library::tableModule(const std::string &dottedName, const ModuleDescription &description)
{
    return m_interpreter->shared([&] {
        Value module = m_interpreter->module(dottedName, [this, dottedName, &description](Interpreter &, const std::string &name) {
            return tableName(dottedName, description, name);
        });
        if (!description.source.empty()) {
            m_interpreter->registerModule(dottedName, module);
            runSource(dottedName, description);
        }
        return module;
    });
}

namespace {

/// A module that is given as Python text, parsed once for the process.
struct ParsedSource {
    explicit ParsedSource(python::Tree parsed) : tree(std::move(parsed)), names(tree) {}
    python::Tree tree;
    python::LateNames names;
};

const ParsedSource *parsedSource(std::string_view source)
{
    struct Place {
        std::once_flag once;
        std::unique_ptr<ParsedSource> parsed;
    };
    static std::mutex mutex;
    static std::map<const char *, Place> places;
    Place *place = nullptr;
    {
        const std::scoped_lock lock(mutex);
        place = &places[source.data()];
    }
    std::call_once(place->once, [&] { // others may parse other modules meanwhile
        auto parsed = python::parse(QByteArray::fromRawData(source.data(), static_cast<qsizetype>(source.size())), QStringLiteral("<stillroom>"));
        if (parsed)
            place->parsed = std::make_unique<ParsedSource>(std::move(*parsed));
    });
    return place->parsed.get();
}

} // namespace

void Library::runSource(const std::string &dottedName, const ModuleDescription &description)
{
    const ParsedSource *source = parsedSource(description.source);
    Q_ASSERT(source != nullptr);
    const QString file = QStringLiteral("<%1>").arg(QString::fromStdString(dottedName));
    const auto run =
        description.isLate ? m_interpreter->defineModule(source->names, dottedName, file) : m_interpreter->runModule(source->tree, dottedName, file);
    if (!run)
        m_interpreter->stop(run.error().kind == python::Failure::Kind::Stopped ? run.error().stopKind : StopKind::NotUnderstood,
                            "the module '" + dottedName + "' could not be made: " + run.error().text.toStdString());
}

/// What `from module import *` takes.
Value Library::publicNames(const std::string &dottedName, const ModuleDescription &description)
{
    std::set<std::string, std::less<>> names;
    for (const auto &[known, make] : description.names)
        names.emplace(known);
    if (const Value module = m_interpreter->importedModule(dottedName); module && !module.isUnknown()) {
        for (const auto &[own, value] : m_interpreter->ownAttributes(module))
            if (!own.starts_with('_') && m_interpreter->className(value) != "module")
                names.emplace(own);
    }
    python::Values all;
    for (const std::string &each : names)
        all.push_back(m_interpreter->string(each));
    if (!description.alias.empty()) {
        const Value other = m_interpreter->importModule(std::string(description.alias));
        for (const Value &each : m_interpreter->toVector(m_interpreter->getAttribute(other, "__all__")))
            all.push_back(each);
    }
    return m_interpreter->list(std::move(all));
}

Value Library::tableName(const std::string &dottedName, const ModuleDescription &description, const std::string &name)
{
    if (const auto found = description.names.find(name); found != description.names.end())
        return named(found->second, name);
    if (name == "__all__")
        return publicNames(dottedName, description);
    const std::string submodule = dottedName + '.' + name;
    if (ModuleTable::whole().find(submodule) != nullptr || ModuleTable::whole().isPackage(submodule))
        return m_interpreter->importModule(submodule);
    if (!description.alias.empty()) {
        if (Value found = m_interpreter->findAttribute(m_interpreter->importModule(std::string(description.alias)), name))
            return found;
    }
    if (name.starts_with("__"))
        return {};
    if (description.fallback != nullptr) {
        const Value made = named(description.fallback, name);
        if (made)
            return made;
    }
    // The module's own __getattr__ has the last word.
    const Value own = m_interpreter->importedModule(dottedName);
    const auto isAsked = [](const auto &attribute) { return attribute.first == "__getattr__"; };
    if (description.isKnownWhole || (own && !own.isUnknown() && std::ranges::any_of(m_interpreter->ownAttributes(own), isAsked)))
        return {};
    return m_interpreter->unknown(StopKind::NotUnderstood, "'" + submodule + "' is not something Stillroom knows", submodule);
}

Value Library::named(NameMaker make, std::string_view name)
{
    const auto key = std::make_pair(make, std::string(name));
    if (const auto found = m_named.find(key); found != m_named.end())
        return found->second;
    Value made = m_interpreter->shared([&] { return make(*this, name); });
    if (made)
        m_named.insert_or_assign(key, made);
    return made;
}

// --- values that the user gave ---

bool Library::hasGivenBelow(const std::string &dottedName) const
{
    const QString prefix = QString::fromStdString(dottedName) + QLatin1Char('.');
    for (auto it = m_environment.givenValues.cbegin(); it != m_environment.givenValues.cend(); ++it) {
        if (it.key().startsWith(prefix))
            return true;
    }
    return false;
}

Value Library::givenValue(const std::string &dottedName)
{
    const auto found = m_environment.givenValues.constFind(QString::fromStdString(dottedName));
    if (found == m_environment.givenValues.constEnd())
        return {};
    auto tree = python::parseExpression(found->toUtf8(), QString::fromStdString(dottedName));
    if (!tree) {
        return m_interpreter->unknown(StopKind::NotUnderstood,
                                      "the value given for '" + dottedName + "' is no Python expression: " + tree.error().detail.toStdString(),
                                      dottedName);
    }
    m_givenTrees.push_back(std::make_unique<python::Tree>(std::move(*tree)));
    // A given value may name what scripts import under the usual names: `sa.String(20)`.
    const Value scope = m_interpreter->module("__given__");
    m_interpreter->setAttribute(scope, "sa", m_interpreter->importModule("sqlalchemy"));
    m_interpreter->setAttribute(scope, "sqlalchemy", m_interpreter->importModule("sqlalchemy"));
    m_interpreter->setAttribute(scope, "postgresql", m_interpreter->importModule("sqlalchemy.dialects.postgresql"));
    auto evaluated = m_interpreter->evaluate(*m_givenTrees.back(), scope);
    if (!evaluated) {
        return m_interpreter->unknown(StopKind::NotUnderstood,
                                      "the value given for '" + dottedName + "' cannot be evaluated: " + evaluated.error().text.toStdString(),
                                      dottedName);
    }
    return givenType(*evaluated);
}

/// A type object that was given may stand for a class: calling it gives the type.
Value Library::givenType(const Value &value)
{
    const auto *payload = Interpreter::payloadAs<TypePayload>(value);
    if (payload == nullptr)
        return value;
    const Value itself = m_interpreter->function("given", [value](Interpreter &, const Value &, python::Arguments &) { return value; });
    const Value type = m_interpreter->makeClass(m_interpreter->className(value), {m_interpreter->classOf(value)}, {{"__call__", itself}});
    return m_interpreter->instance(type, std::make_unique<TypePayload>(*payload));
}

namespace {

struct GivenPayload final : python::Payload {
    std::string name;
    Value underlying;
};

/// Stands for an unknown thing of which the user gave some attribute: calls and subscripts give itself, as with an Unknown.
Value makeGivenClass(Library &library, std::string_view)
{
    python::ClassBuilder builder(library.interpreter(), "Given");
    builder.method("__getattr__", [&library](Interpreter &interpreter, const Value &self, python::Arguments &arguments) {
        const auto *payload = Interpreter::payloadAs<GivenPayload>(self);
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (Value found = library.givenAttribute(payload->name, payload->underlying, name))
            return found;
        interpreter.raise("AttributeError", name);
    });
    const auto itself = [](Interpreter &, const Value &self, python::Arguments &) { return self; };
    builder.method("__call__", itself);
    builder.method("__getitem__", itself);
    return builder.build();
}

} // namespace

Value Library::givenAttribute(const std::string &dottedName, const Value &underlying, const std::string &name)
{
    const std::string full = dottedName + '.' + name;
    if (Value given = givenValue(full))
        return given;
    Value below;
    if (underlying && !underlying.isUnknown())
        below = m_interpreter->findAttribute(underlying, name);
    if (hasGivenBelow(full)) {
        auto payload = std::make_unique<GivenPayload>();
        payload->name = full;
        payload->underlying = below;
        return m_interpreter->instance(named(makeGivenClass, "Given"), std::move(payload));
    }
    if (below || name.starts_with("__"))
        return below;
    return m_interpreter->unknown(StopKind::NotUnderstood, "nothing is known of '" + full + "'", full);
}

Value Library::givenNamespace(const std::string &dottedName, const Value &underlying)
{
    return m_interpreter->module(
        dottedName, [this, dottedName, underlying](Interpreter &, const std::string &name) { return givenAttribute(dottedName, underlying, name); });
}

// --- operations ---

sql::Origin Library::origin() const { return {m_scriptFile, m_interpreter->currentLine(m_scriptFile)}; }

void Library::requireContext(const char *what)
{
    if (m_acceptsOperations)
        return;
    m_interpreter->stop(StopKind::NotUnderstood,
                        std::string(what) + " is called while the script loads, outside upgrade() and downgrade(); Alembic refuses that as well");
}

void Library::send(sql::Operation operation)
{
    if (m_sink == nullptr)
        m_interpreter->stop(StopKind::NotUnderstood, "no operations can be taken here");
    auto taken = m_sink->take(std::move(operation));
    if (!taken) {
        m_sinkError = std::move(taken.error());
        m_interpreter->stop(StopKind::NotUnderstood, "the operation was refused");
    }
}

void Library::emit(sql::Operation::Kind kind, QStringList notes)
{
    requireContext("An operation");
    notes += takeNameNotes();
    send(sql::Operation{std::move(kind), origin(), std::move(notes)});
}

std::optional<QueryResult> Library::query(sql::Execute statement, QStringList notes)
{
    requireContext("A statement");
    if (m_sink == nullptr)
        m_interpreter->stop(StopKind::NotUnderstood, "no statements can be run here");
    statement.wantsResult = true;
    auto result = m_sink->query(sql::Operation{std::move(statement), origin(), std::move(notes)});
    if (!result) {
        m_sinkError = std::move(result.error());
        m_interpreter->stop(StopKind::NotUnderstood, "the statement was refused");
    }
    return std::move(*result);
}

std::optional<QVariantMap> Library::inventory(const QString &table)
{
    if (m_sink == nullptr)
        return std::nullopt;
    auto result = m_sink->inventory(table);
    if (!result) {
        m_sinkError = std::move(result.error());
        m_interpreter->stop(StopKind::NeedsDatabase, "the database did not tell what it holds");
    }
    return std::move(*result);
}

QString Library::compiled(const QString &dialectName, sql::Operation::Kind kind, bool hasLiteralValues)
{
    if (m_sink != nullptr) {
        const auto text = m_sink->compiled(dialectName, sql::Operation{std::move(kind), origin(), {}}, hasLiteralValues);
        if (!text)
            m_interpreter->stop(StopKind::NotUnderstood, text.error().detail.toStdString());
        if (*text)
            return **text;
    }
    m_interpreter->stop(StopKind::NotUnderstood, "the script compiles SQL by itself and uses its text");
}

// --- notes and names ---

void Library::note(const QString &text)
{
    constexpr qsizetype kMostNotes = 1000;
    if (m_notes.size() >= kMostNotes || text.isEmpty())
        return;
    if (m_interpreter != nullptr)
        m_interpreter->charge(static_cast<std::size_t>(text.size()) * sizeof(QChar));
    m_notes.append(text);
}

void Library::noteName(const QString &text)
{
    if (!m_nameNotes.contains(text))
        m_nameNotes.append(text);
}

Value Library::markedName(std::string_view text, NameMark mark)
{
    Value name = m_interpreter->string(text);
    mark.keepsAlive = name;
    m_marks.insert_or_assign(name.object(), std::move(mark));
    return name;
}

const NameMark *Library::markOf(const Value &name) const
{
    const auto found = m_marks.find(name.object());
    return found == m_marks.end() ? nullptr : &found->second;
}

bool Library::claimNamedType(const QString &schema, const QString &name)
{
    const QString key = schema + QLatin1Char('.') + name;
    if (m_namedTypes.contains(key))
        return false;
    m_namedTypes.insert(key);
    return true;
}

QString Library::variable(const QString &name, bool *isSet) const
{
    const auto found = m_environment.variables.constFind(name);
    *isSet = found != m_environment.variables.constEnd();
    return *isSet ? *found : QString();
}

} // namespace stillroom::script
