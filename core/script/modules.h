// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/value.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// What scripts may import: dotted module name → the names in it, each made when a script first asks for it, so that a
/// script pays for what it uses. Several .cpp files fill one table, each by one function declared below and called in
/// one place (modules.cpp). The table is built once for the process and never changed after.
namespace stillroom::script {

class Library;

/// Makes the value of one name (a class, a function, a constant) in the library's interpreter. Called once for each library:
/// the same maker with the same name gives the same object, whatever module it was reached through.
using NameMaker = python::Value (*)(Library &library, std::string_view name);

struct ModuleName {
    std::string_view name;
    NameMaker make;
};

struct ModuleDescription {
    std::map<std::string, NameMaker, std::less<>> names;
    NameMaker fallback = nullptr; ///< asked for names that are not listed; Empty: no such attribute
    std::string_view alias;       ///< another module that has this one's names
    std::string_view source;      ///< Python text that defines further names, run when the module is imported
    bool isLate = false;          ///< each statement of `source` runs when a name that it binds is first asked for
    bool isKnownWhole = false;    ///< a name that is not listed does not exist (AttributeError), instead of Unknown
};

class ModuleTable {
public:
    /// Adds names to each of these modules. A name given twice: the later one stands, so that a richer maker may replace
    /// a plain one.
    void add(std::initializer_list<std::string_view> dottedModules, std::initializer_list<ModuleName> names);
    void add(std::initializer_list<std::string_view> dottedModules, const std::vector<ModuleName> &names);
    /// Gives a module (part of) its names as Python text, where that says it shorter than C++. The text must live for ever.
    void setSource(std::string_view dottedModule, std::string_view source);
    /// The same for a text whose statements may run in any order that their names allow (python/latenames.h).
    void setLateSource(std::string_view dottedModule, std::string_view source);
    /// The names of `module` are those of `other`, besides its submodules.
    void setAlias(std::string_view module, std::string_view other);
    /// A directive of alembic.op that the module registers when it is imported.
    void setOperation(std::string_view operation, std::string_view module);
    void setFallback(std::string_view dottedModule, NameMaker fallback);
    void setKnownWhole(std::initializer_list<std::string_view> dottedModules);

    [[nodiscard]] const ModuleDescription *find(std::string_view dottedName) const;
    /// Whether some module stands below this package (`sqlalchemy.dialects` when `sqlalchemy.dialects.postgresql` does).
    [[nodiscard]] bool isPackage(std::string_view dottedName) const;

    /// The module that registers this directive, or empty.
    [[nodiscard]] std::string_view moduleOfOperation(std::string_view operation) const;

    /// The table with everything in it; built at the first call, safe from any thread.
    [[nodiscard]] static const ModuleTable &whole();

private:
    std::map<std::string, ModuleDescription, std::less<>> m_modules;
    std::map<std::string_view, std::string_view> m_operations;
};

// One function for each family of modules; modules.cpp calls them in this order.
void addTypeModules(ModuleTable &table);        ///< types.cpp: sqlalchemy's types, all dialects
void addSchemaModules(ModuleTable &table);      ///< schema*.cpp: Column, Table, MetaData, constraints, Index, schema DDL
void addElementModules(ModuleTable &table);     ///< elements.cpp: text, func, literals, table(), column()
void addEngineModules(ModuleTable &table);      ///< engine.cpp: inspect, exceptions, engines
void addAlembicModules(ModuleTable &table);     ///< alembic*.cpp
void addThirdPartyModules(ModuleTable &table);  ///< thirdparty.cpp
void addApplicationModules(ModuleTable &table); ///< application.cpp: pydantic_settings, dotenv, decouple, environs
void addBasicModules(ModuleTable &table);       ///< basics.cpp: os, sys, typing, enum, logging, warnings, textwrap, __future__
// The room's other files: declare here, call in modules.cpp.

} // namespace stillroom::script
