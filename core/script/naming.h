// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/library.h"
#include "sql/table.h"

#include <QString>

#include <map>

/// Names of constraints by a naming convention. Source: SQLAlchemy 2.0, "Configuring Constraint Naming Conventions".
namespace stillroom::script {

using NamingConvention = std::map<QString, QString>;

/// What a convention's tokens are made of.
struct NamedThing {
    enum class Kind { Index, Unique, Check, ForeignKey, PrimaryKey };
    Kind kind;
    sql::QualifiedName table;
    sql::Identifier name; ///< as given; empty: none
    QStringList columns;
    QStringList columnKeys;
    QString referredTable;
    QStringList referredColumns;
    QStringList columnLabels; ///< where a column's label is not table_column; empty: it is
};

/// The first column that an expression holds, as SQLAlchemy walks it; null: none.
[[nodiscard]] const sql::ColumnReference *firstColumnOf(const sql::ExpressionPtr &expression);

/// Counts what an index lists as the naming convention sees it: the column, or the first one that its expression holds. A text is
/// one only where `takesText`: Alembic makes a column of it in create_index(), SQLAlchemy none.
void addIndexedColumn(NamedThing &thing, const sql::IndexElement &element, bool takesText);

/// The name that the convention gives; the given name where it has nothing to say. Raises InvalidRequestError where the convention
/// asks for a name that was not given.
[[nodiscard]] sql::Identifier nameByConvention(Library &library, const NamingConvention &convention, const NamedThing &thing,
                                               const std::map<QString, python::Value> &functions = {});

/// Stands in a convention of which nothing is known but that there is one: its text is why.
inline const QString kUnknownConvention = QStringLiteral("unknown");

/// target_metadata's convention, for op.* directives; without one SQLAlchemy's default. Names that one that cannot be known might give
/// otherwise are noted (Library::noteName).
[[nodiscard]] NamingConvention environmentConvention(const Library &library);
[[nodiscard]] NamingConvention defaultConvention();

} // namespace stillroom::script
