// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"

#include <string_view>

/// The classes below ClauseElement, and where other files hang their methods. The class is built when it is first
/// needed; each builder asks the functions below for the methods of its kind before it is finished.
/// Source: SQLAlchemy 2.0, "Column Elements and Expressions".
namespace stillroom::script {

// The class objects (makers, for Library::named through the functions below).
[[nodiscard]] python::Value clauseElementClass(Library &library);   ///< ClauseElement
[[nodiscard]] python::Value columnElementClass(Library &library);   ///< ColumnElement(ClauseElement): has the operators
[[nodiscard]] python::Value plainElementClass(Library &library);    ///< below ColumnElement: what operators and most functions make
[[nodiscard]] python::Value columnClauseClass(Library &library);    ///< ColumnClause(ColumnElement): column()
[[nodiscard]] python::Value textClauseClass(Library &library);      ///< TextClause(ClauseElement)
[[nodiscard]] python::Value bindParameterClass(Library &library);   ///< BindParameter(ColumnElement)
[[nodiscard]] python::Value functionElementClass(Library &library); ///< FunctionElement(ColumnElement)
[[nodiscard]] python::Value functionClass(Library &library);        ///< Function(FunctionElement): what func.x() makes
[[nodiscard]] python::Value fromClauseClass(Library &library);      ///< FromClause(ClauseElement): .c, .columns
[[nodiscard]] python::Value tableClauseClass(Library &library);     ///< TableClause(FromClause): table(); Table derives from it

// Filled by the SQLAlchemy Core files (core*.cpp): called once for each class while it is being built.
void addColumnOperators(Library &library, python::ClassBuilder &columnElement);   ///< ==, in_(), label(), desc(), …
void addFunctionMethods(Library &library, python::ClassBuilder &functionElement); ///< over(), filter(), within_group(), …
void addTextMethods(Library &library, python::ClassBuilder &textClause);          ///< columns(), … beyond bindparams()
void addFromMethods(Library &library, python::ClassBuilder &fromClause);          ///< select(), join(), alias(), …
void addTableMethods(Library &library, python::ClassBuilder &tableClause);        ///< insert(), update(), delete()

/// `.c` of a FromClause: by attribute, key, position; iterable; keys(), values(), items(), get(), contains_column().
[[nodiscard]] python::Value columnCollection(Library &library, std::vector<std::pair<std::string, python::Value>> columns);
void addFromModules(ModuleTable &table); ///< fromclause.cpp

} // namespace stillroom::script
