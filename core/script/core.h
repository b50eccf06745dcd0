// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/convert.h"
#include "script/elements.h"
#include "script/library.h"
#include "script/objects.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

/// SQLAlchemy Core as scripts build it: operators, constructs, SELECT, DML. What is made is core/sql's data; a dialect groups,
/// negates and names it when it writes. Source: SQLAlchemy 2.0, "SQL Statements and Expressions API".
namespace stillroom::script {

// --- types as far as operators depend on them (coretyped.cpp) ---

/// What an expression's own operators are: `col['key']` of JSON, contains() of an array, …
enum class Comparator { Plain, Json, PostgreSqlJson, Jsonb, Array, PostgreSqlArray, Hstore, Range };
[[nodiscard]] Comparator comparatorOf(Library &library, const python::Value &element);
/// The type SQLAlchemy would give the expression; null: NullType.
[[nodiscard]] sql::SqlTypePtr inferredType(const sql::ExpressionPtr &expression);
[[nodiscard]] sql::SqlTypePtr genericType(const char *name);
/// Attributes that only some types' expressions have (astext, has_key, any, …); Empty: this one has not.
[[nodiscard]] python::Value typedAttribute(Library &library, const python::Value &self, const std::string &name);
[[nodiscard]] python::Value getItemOf(Library &library, const python::Value &self, const python::Value &index);
/// contains() and << of the types that have their own; Empty: the plain one applies.
[[nodiscard]] python::Value typedContains(Library &library, const python::Value &self, const python::Value &other);

// --- operands (coreoperators.cpp) ---

/// One side of an operator, an argument, a value: expressions as they are, None as NULL, everything else bound.
[[nodiscard]] sql::ExpressionPtr toOperand(Library &library, const python::Value &value);
/// What the process_literal_param() or process_bind_param() of a TypeDecorator makes of a value; the value itself where it has none.
[[nodiscard]] python::Value boundBy(Library &library, const python::Value &value, const python::Value &type);
/// Whether Python takes the column object for a schema.Column.
[[nodiscard]] bool isColumnOfTable(Library &library, const python::Value &column);
[[nodiscard]] bool isColumnOfTable(Library &library, const sql::ExpressionPtr &expression); ///< also a label of one
/// Whether a column type, or its class, has a method of this name that no type has from the start.
[[nodiscard]] bool hasTypeMethod(Library &library, const python::Value &type, const char *name);
/// A value for a column of this type object: a member of a Python enum becomes its label.
[[nodiscard]] sql::ExpressionPtr toColumnValue(Library &library, const python::Value &value, const python::Value &type);
/// A condition of WHERE, HAVING, ON, and_(): True, False and None are constants, a string is refused.
[[nodiscard]] sql::ExpressionPtr toCondition(Library &library, const python::Value &value);
/// An item of ORDER BY, GROUP BY, PARTITION BY: a string names a label or column.
[[nodiscard]] sql::ExpressionPtr toOrdering(Library &library, const python::Value &value);
[[nodiscard]] std::vector<sql::ExpressionPtr> toOrderings(Library &library, const python::Values &values);
/// and_() or or_(): true and false among the conditions decide the whole or fall away, and a single one stands for itself.
[[nodiscard]] sql::ExpressionPtr anyOrAllOf(std::vector<sql::ExpressionPtr> conditions, bool isOr);
[[nodiscard]] sql::ExpressionPtr allOf(std::vector<sql::ExpressionPtr> conditions, bool areCriteria = false);
[[nodiscard]] python::Value compareValues(Library &library, sql::BinaryKind kind, const python::Value &left, const python::Value &right);
[[nodiscard]] python::Value makeUnary(Library &library, sql::UnaryExpression::Kind kind, const python::Value &operand);
[[nodiscard]] python::Value labelled(Library &library, const python::Value &element, const python::Value &name);
/// Items of a call that takes `f(*items)` or `f(items)`.
[[nodiscard]] python::Values spread(Library &library, const python::Values &given);
/// The type object of an element; Empty: not known.
[[nodiscard]] python::Value typeObjectOf(const python::Value &element);

// --- FROM (corefrom.cpp) ---

/// A column as a SELECT or a FROM clause shows it.
struct ShownColumn {
    sql::ExpressionPtr expression;
    std::string key;      ///< empty: anonymous
    sql::Identifier name; ///< empty: anonymous
    python::Value type;
    bool isOfTable = false; ///< a Column of a Table, seen through an alias or a SELECT
};

/// Objects that own a FROM clause, to find a column's neighbours.
struct FromRegistry {
    std::map<const sql::FromClause *, python::Value> objects;
};
[[nodiscard]] python::Value fromObject(Library &library, const sql::FromClause *from); ///< Empty: not known
/// A FROM object whose columns are `shown`, each a column of it.
[[nodiscard]] python::Value makeFromObject(Library &library, const python::Value &fromClass, sql::FromPtr from,
                                           const std::vector<ShownColumn> &shown);
[[nodiscard]] std::vector<ShownColumn> columnsOf(Library &library, const python::Value &from);
/// What stands for a table: a FROM object, an object with __table__, text(), a function.
[[nodiscard]] python::Value toFromObject(Library &library, const python::Value &value, std::string_view use);
[[nodiscard]] sql::FromPtr toFromClause(Library &library, const python::Value &value, std::string_view use);
[[nodiscard]] python::Value aliasOf(Library &library, const python::Value &from, const python::Value &name, bool isLateral = false);
[[nodiscard]] python::Value derivedFrom(Library &library, const sql::StatementPtr &statement, const std::vector<ShownColumn> &shown,
                                        const python::Value &name, bool isLateral);
[[nodiscard]] python::Value commonTable(Library &library, const sql::StatementPtr &statement, const std::vector<ShownColumn> &shown,
                                        python::Arguments &arguments);
[[nodiscard]] std::shared_ptr<const sql::CommonTable> commonTableOf(Library &library, const python::Value &cte);
/// ON by the foreign keys between two FROM objects; null: there are none.
[[nodiscard]] sql::ExpressionPtr joinCondition(Library &library, const python::Value &left, const python::Value &right);
/// All FROM objects within: a join's parts, else itself.
void partsOf(const sql::FromPtr &from, std::vector<const sql::FromClause *> &parts);

// --- statements (coreselect.cpp, corecompound.cpp, coredml.cpp) ---

/// A statement that gives rows and can stand in FROM.
struct RowsPayload : StatementPayload {
    std::vector<ShownColumn> shown;
    std::vector<std::shared_ptr<const sql::CommonTable>> commonTables;
};
struct SelectPayload final : RowsPayload {
    sql::Select select;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};
struct CompoundPayload final : RowsPayload {
    sql::CompoundSelect compound;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};
struct TextRowsPayload final : RowsPayload { ///< text().columns()
    sql::TextClause text;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};

/// prefix_with(*texts, dialect=): the texts, none where they are for another database.
[[nodiscard]] QStringList textsFor(Library &library, python::Arguments &arguments);
[[nodiscard]] python::Value selectClass(Library &library);
[[nodiscard]] python::Value textualSelectClass(Library &library);
[[nodiscard]] python::Value makeSelect(Library &library, const python::Values &items);
[[nodiscard]] python::Value makeScalarSubquery(Library &library, const python::Value &rows);
[[nodiscard]] python::Value makeExists(Library &library, const python::Value &select);
/// What a SELECT lists for one given thing: a column, all columns of a table, *.
[[nodiscard]] std::vector<ShownColumn> toShownColumns(Library &library, const python::Value &item);
[[nodiscard]] ShownColumn shownElement(Library &library, const python::Value &element);
/// subquery(), cte(), union(), order_by(), limit() and the rest that SELECT and UNION share.
void addRowsMethods(Library &library, python::ClassBuilder &builder);
[[nodiscard]] python::Value makeInsert(Library &library, const python::Value &table, std::string_view className);
[[nodiscard]] python::Value makeUpdate(Library &library, const python::Value &table);
[[nodiscard]] python::Value makeDelete(Library &library, const python::Value &table);
[[nodiscard]] python::Value dmlClass(Library &library, std::string_view name);
/// default= or onupdate= of a Table's column, for a statement that does not name the column. Empty: it has none. Python's own are
/// computed at execution, where Alembic's offline mode has NULL.
[[nodiscard]] python::Value defaultFor(Library &library, const SchemaColumnPayload &column, bool isInsert);
/// A statement with values given beside it, one statement for each set: they fill an INSERT's or UPDATE's columns by key, of
/// their types. Empty when the statement takes them as plain binds.
[[nodiscard]] std::vector<sql::StatementPtr> statementsWith(Library &library, const python::Value &statement, const python::Value &parameters);

// --- functions (corefunctions.cpp) ---

/// aggregate_order_by(): within a call's arguments it orders the call.
struct AggregateOrderPayload final : ExpressionPayload {
    std::vector<sql::ExpressionPtr> orderBy;
    [[nodiscard]] sql::ExpressionPtr expression(Library &library) const override;
};

void addCoreOperatorModules(ModuleTable &table);
void addCoreConstructModules(ModuleTable &table);
void addCoreFunctionModules(ModuleTable &table);
void addCoreFromModules(ModuleTable &table);
void addCoreSelectModules(ModuleTable &table);
void addCoreCompoundModules(ModuleTable &table);
void addCoreDmlModules(ModuleTable &table);
/// All of the above.
void addCoreModules(ModuleTable &table);

} // namespace stillroom::script
