// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"

/// Reads the CREATE TABLE and CREATE INDEX texts that sqlite_schema keeps, so that a rebuild loses nothing. Source:
/// sqlite.org/lang_createtable.html and lang_createindex.html.
namespace stillroom::dialect {

/// Everything of a table but its indexes, triggers and views. Column types that SQLAlchemy reflects become those types, others
/// keep their declared text (TypeFamily::Custom). Checks, defaults and generated columns keep their text (LiteralColumn).
/// Errors: OperationNotSupported for a text that is no CREATE TABLE (a virtual table, for one).
[[nodiscard]] Result<StandingTable> readSqliteTable(const QString &createTable);
/// An index; elements that are more than a column's name keep their text. `sqlite_where` holds the condition.
[[nodiscard]] Result<sql::Index> readSqliteIndex(const QString &createIndex);
/// A table with all that hangs on it, from the rows of sqlite_schema. Each view's text goes with its name.
[[nodiscard]] Result<StandingTable> standingSqliteTable(const QString &createTable, const QStringList &createIndexes,
                                                        const QStringList &createTriggers, const QStringList &viewNames,
                                                        const QStringList &createViews);
/// One column definition, as ALTER TABLE … ADD COLUMN has it.
[[nodiscard]] Result<void> addSqliteColumn(StandingTable &table, const QString &definition);
/// Replaces a column's name wherever it stands as a name in `sql`.
[[nodiscard]] QString withRenamedColumn(const QString &sql, const QString &from, const QString &to);
/// Whether a name stands anywhere in `sql`.
[[nodiscard]] bool mentionsName(const QString &sql, const QString &name);

} // namespace stillroom::dialect
