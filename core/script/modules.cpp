// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"
#include "script/modules.h"

#include "script/standard.h"

namespace stillroom::script {

void ModuleTable::add(std::initializer_list<std::string_view> dottedModules, std::initializer_list<ModuleName> names)
{
    add(dottedModules, std::vector<ModuleName>(names));
}

void ModuleTable::add(std::initializer_list<std::string_view> dottedModules, const std::vector<ModuleName> &names)
{
    for (const std::string_view module : dottedModules) {
        ModuleDescription &description = m_modules[std::string(module)];
        for (const ModuleName &name : names)
            description.names.insert_or_assign(std::string(name.name), name.make);
    }
}

void ModuleTable::setFallback(std::string_view dottedModule, NameMaker fallback) { m_modules[std::string(dottedModule)].fallback = fallback; }

void ModuleTable::setSource(std::string_view dottedModule, std::string_view source) { m_modules[std::string(dottedModule)].source = source; }

void ModuleTable::setLateSource(std::string_view dottedModule, std::string_view source)
{
    setSource(dottedModule, source);
    m_modules[std::string(dottedModule)].isLate = true;
}

void ModuleTable::setAlias(std::string_view module, std::string_view other) { m_modules[std::string(module)].alias = other; }

void ModuleTable::setOperation(std::string_view operation, std::string_view module) { m_operations.insert_or_assign(operation, module); }

std::string_view ModuleTable::moduleOfOperation(std::string_view operation) const
{
    const auto found = m_operations.find(operation);
    return found == m_operations.end() ? std::string_view() : found->second;
}

void ModuleTable::setKnownWhole(std::initializer_list<std::string_view> dottedModules)
{
    for (const std::string_view module : dottedModules)
        m_modules[std::string(module)].isKnownWhole = true;
}

const ModuleDescription *ModuleTable::find(std::string_view dottedName) const
{
    const auto found = m_modules.find(dottedName);
    return found == m_modules.end() ? nullptr : &found->second;
}

bool ModuleTable::isPackage(std::string_view dottedName) const
{
    const std::string prefix = std::string(dottedName) + '.';
    const auto next = m_modules.lower_bound(prefix);
    return next != m_modules.end() && next->first.starts_with(prefix);
}

const ModuleTable &ModuleTable::whole()
{
    static const ModuleTable table = [] {
        ModuleTable made;
        addTypeModules(made);
        addElementModules(made);
        addCoreModules(made);
        addSchemaModules(made);
        addEngineModules(made);
        addAlembicModules(made);
        addThirdPartyModules(made);
        addApplicationModules(made);
        addBasicModules(made);
        addStandardModules(made);
        return made;
    }();
    return table;
}

} // namespace stillroom::script
