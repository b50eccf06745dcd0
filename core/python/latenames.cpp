// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/latenames.h"

#include "python/compiler.h"
#include "python/runtime.h"

#include <optional>

namespace stillroom::python {

std::size_t LateNames::Hash::operator()(std::string_view name) const noexcept { return hashText(name); }
std::size_t LateNames::Hash::operator()(const StringObject *name) const noexcept { return name->hash != 0 ? name->hash : hashText(name->text); }
bool LateNames::Equal::operator()(const StringObject *a, std::string_view b) const noexcept { return a->text == b; }

LateNames::LateNames(const Tree &tree) : m_tree(tree)
{
    for (const Statement *statement : tree.body())
        add(*statement);
}

const std::vector<std::uint32_t> *LateNames::find(const StringObject *name) const
{
    const auto found = m_byName.find(name);
    return found == m_byName.end() ? nullptr : &found->second;
}

void LateNames::bind(std::string_view name, std::size_t part) { m_byName[name].push_back(static_cast<std::uint32_t>(part)); }

namespace {

/// Adds the names that an assignment to this target binds; false where it does more than bind names.
bool namesOf(const Expression *target, std::vector<std::string_view> &names)
{
    if (target->kind == ExpressionKind::Name) {
        names.push_back(static_cast<const Name *>(target)->id);
        return true;
    }
    if (target->kind != ExpressionKind::Tuple)
        return false;
    for (const Expression *each : static_cast<const Sequence *>(target)->elements)
        if (!namesOf(each, names))
            return false;
    return true;
}

/// `date` of `date.min = …` and of `Set.register(…)`; empty for any other statement.
std::string_view completedName(const Statement &statement)
{
    const Expression *e = nullptr;
    if (statement.kind == StatementKind::Assign && static_cast<const Assign &>(statement).targets.size() == 1)
        e = static_cast<const Assign &>(statement).targets[0];
    else if (statement.kind == StatementKind::ExpressionStatement &&
             static_cast<const ExpressionStatement &>(statement).value->kind == ExpressionKind::Call)
        e = static_cast<const Call *>(static_cast<const ExpressionStatement &>(statement).value)->function;
    if (e == nullptr || e->kind != ExpressionKind::Attribute)
        return {};
    const Expression *object = static_cast<const Attribute *>(e)->object;
    return object->kind == ExpressionKind::Name ? static_cast<const Name *>(object)->id : std::string_view();
}

} // namespace

void LateNames::add(const Statement &statement)
{
    std::vector<std::string_view> names;
    switch (statement.kind) {
    case StatementKind::FunctionDefinition:
        names.push_back(static_cast<const FunctionDefinition &>(statement).name);
        break;
    case StatementKind::ClassDefinition:
        names.push_back(static_cast<const ClassDefinition &>(statement).name);
        break;
    case StatementKind::Import:
        for (const ImportAlias &a : static_cast<const Import &>(statement).names)
            names.push_back(a.asName.empty() ? a.name.substr(0, a.name.find('.')) : a.asName);
        break;
    case StatementKind::ImportFrom: {
        const auto &import = static_cast<const ImportFrom &>(statement);
        if (import.names.size() == 1 && import.names[0].name == "*")
            break;
        for (const ImportAlias &a : import.names) {
            bind(a.asName.empty() ? a.name : a.asName, m_parts.size());
            m_parts.push_back({{}, &import, &a});
        }
        return;
    }
    case StatementKind::Assign:
        for (const Expression *target : static_cast<const Assign &>(statement).targets)
            if (!namesOf(target, names)) {
                names.clear();
                break;
            }
        break;
    default: // binds nothing, or not for certain
        break;
    }
    if (names.empty()) {
        const auto completed = m_byName.find(completedName(statement));
        if (completed != m_byName.end() && m_parts[completed->second.back()].import == nullptr)
            m_parts[completed->second.back()].statements.push_back(&statement);
        else
            m_atOnce.push_back(&statement);
        return;
    }
    for (const std::string_view name : names)
        bind(name, m_parts.size());
    m_parts.push_back({{&statement}, nullptr, nullptr});
}

namespace {

void runStatements(Interpreter &py, DictObject *globals, std::span<const Statement *const> statements)
{
    Code *code = compileModule(py, statements, globals->late->unit);
    static_cast<void>(runCode(py, code, Value::fromObject(globals), {}, {}));
}

void importOne(Interpreter &py, DictObject *globals, const LateNames::Part &part)
{
    const std::string dotted(part.import->module);
    const Value module = importDotted(py, dotted, true, nullptr);
    Value found = py.findAttribute(module, part.alias->name);
    if (!found)
        found = py.importModule(dotted + "." + std::string(part.alias->name));
    const std::string_view name = part.alias->asName.empty() ? part.alias->name : part.alias->asName;
    dictInsertName(py, globals, py.state().intern(name), found);
}

void runPart(Interpreter &py, DictObject *globals, std::uint32_t index)
{
    LateModule &late = *globals->late;
    if (late.started[index])
        return;
    late.started[index] = true;
    std::optional<Interpreter::State::Sharing> sharing;
    if (globals->isShared)
        sharing.emplace(py.state());
    try {
        const LateNames::Part &part = late.names.parts()[index];
        if (part.import)
            importOne(py, globals, part);
        else
            runStatements(py, globals, part.statements);
    } catch (...) { // no depth or no steps left: whoever asks next may have them
        globals->late->started[index] = false;
        throw;
    }
}

} // namespace

const Value *lateName(Interpreter &py, DictObject *globals, StringObject *name)
{
    const std::vector<std::uint32_t> *parts = globals->late->names.find(name);
    if (!parts)
        return nullptr;
    for (const std::uint32_t part : *parts)
        runPart(py, globals, part);
    return globals->table.findName(name, nameHash(name));
}

void finishLateNames(Interpreter &py, const Value &globals)
{
    auto *dict = globals.to<DictObject>();
    if (!dict || !dict->late)
        return;
    for (std::uint32_t part = 0; part < dict->late->started.size(); ++part)
        runPart(py, dict, part);
}

Evaluated<Value> Interpreter::defineModule(const LateNames &names, const std::string &moduleName, const QString &fileName)
{
    return guarded([&](Interpreter &py) {
        Unit &unit = py.state().newUnit();
        const Value module = beginModule(py, names.tree(), unit, moduleName, fileName);
        auto *globals = module.as<ModuleObject>()->globals.as<DictObject>();
        globals->late = std::make_unique<LateModule>(LateModule{names, unit, std::vector<bool>(names.parts().size())});
        if (!names.atOnce().empty())
            runStatements(py, globals, names.atOnce());
        return module;
    });
}

} // namespace stillroom::python
