// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "dialect/dialect.h"

#include <QString>

#include <utility>
#include <vector>

namespace stillroom::project {

/// A database address: SQLAlchemy's URL, a libpq URL or keywords, or a SQLite file. Source: SQLAlchemy "Database URLs";
/// PostgreSQL "Connection Strings". Drivers (`+asyncpg`, `+psycopg2`, `+aiosqlite`, …) are dropped; their query options that
/// libpq does not know (asyncpg's ssl=, …) are translated or dropped and named in `droppedOptions`.
struct DatabaseUrl {
    dialect::DialectKind kind = dialect::DialectKind::Sqlite;
    std::vector<std::pair<QString, QString>> keywords; ///< libpq keywords in order; password among them when the URL holds one
    QString sqliteFile;                                ///< absolute, or ":memory:"
    bool readOnly = false;                             ///< the address itself asks for it (SQLite's mode=ro)
    QStringList droppedOptions;

    /// `relativeTo`: folder for a relative SQLite path (Alembic: the working directory; here the ini's folder when given).
    /// Errors: UrlNotUnderstood (detail names the part), DialectUnknown (mysql, oracle, …).
    [[nodiscard]] static Result<DatabaseUrl> parse(const QString &text, const QString &relativeTo);
    /// For people: never with the password.
    [[nodiscard]] QString display() const;
    [[nodiscard]] QString databaseName() const;
    bool operator==(const DatabaseUrl &) const = default;
};

} // namespace stillroom::project
