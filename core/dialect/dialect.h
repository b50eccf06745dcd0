// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "sql/operation.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// How a database writes what a migration says. Text equals what the newest Alembic and SQLAlchemy print in offline mode
/// (Alembic, "Generating SQL Scripts (a.k.a. 'Offline Mode')"), one statement at a time, without the final semicolon.
namespace stillroom::dialect {

enum class DialectKind { PostgreSql, Sqlite };

[[nodiscard]] QString dialectName(DialectKind kind); ///< "postgresql", "sqlite": Alembic's own spelling
[[nodiscard]] std::optional<DialectKind> dialectFromName(const QString &name);

enum class TransactionNeed {
    Any,           ///< runs inside or outside
    Outside,       ///< cannot run in a transaction block (CREATE INDEX CONCURRENTLY, VACUUM, …)
    BeginsOutside, ///< the "COMMIT" that opens an autocommit block; never sent as text, see Statement::marker
};

/// One SQL statement, its place in the script, and what it needs.
struct Statement {
    enum class Marker { None, AutocommitBegin, AutocommitEnd };
    QString sql; ///< without semicolon; for a marker "COMMIT" or "BEGIN" as offline mode prints them
    sql::Origin origin;
    TransactionNeed transaction = TransactionNeed::Any;
    Marker marker = Marker::None;
    bool wantsResult = false;
    /// SQLite: a table is dropped that is only being rebuilt. `PRAGMA foreign_keys` must be OFF (set outside a transaction), or
    /// DROP TABLE deletes the rows of children with ON DELETE CASCADE.
    bool needsForeignKeysOff = false;
    QStringList notes; ///< for the person: differs from Alembic on purpose, varies, …
    bool operator==(const Statement &) const = default;
};

/// A table, index or trigger as it stands, for SQLite's rebuild. `sql` is the text of sqlite_schema.
struct StandingTable {
    sql::Table table;
    QString sql;
    QStringList triggerSql;         ///< of the table, and INSTEAD OF triggers of viewNames
    QStringList indexSql;           ///< of table.indexes, in the same order
    QStringList viewNames, viewSql; ///< views that read the table, and their texts; in the order of creation
    bool withoutRowid = false, strict = false, hasAutoincrement = false;
};

/// Answers how a table stands before an operation: the live database's catalog, or the fold of all operations before.
class SchemaLookup {
public:
    virtual ~SchemaLookup();
    /// nullopt: not known here (no database, nothing folded).
    [[nodiscard]] virtual Result<std::optional<StandingTable>> table(const sql::QualifiedName &name) = 0;
};

/// Options that change the text but not the meaning.
struct RenderOptions {
    bool sqlalchemy14 = false;  ///< follow SQLAlchemy 1.4 where 2.0 differs
    int serverVersion = 0;      ///< of the connected server, 0: unknown (newest); known: backslashes in literals stay single
    bool refusesValues = false; ///< a value that is no literal of the text itself is an error: SQLAlchemy would write a placeholder
};

/// Remembers the named types that its CREATE TABLEs made, as Alembic's context does (a type is made once in a run): make one for
/// each run or preview. Belongs to one thread.
class Dialect {
public:
    virtual ~Dialect();
    [[nodiscard]] static std::unique_ptr<Dialect> create(DialectKind kind, RenderOptions options = {});

    [[nodiscard]] virtual DialectKind kind() const = 0;
    /// Quotes where SQLAlchemy would: reserved words, upper case, unusual characters.
    [[nodiscard]] virtual QString quoted(const sql::Identifier &name) const = 0;
    [[nodiscard]] QString quoted(const sql::QualifiedName &name) const;
    [[nodiscard]] virtual Result<QString> typeText(const sql::SqlType &type) const = 0;
    /// All statements of one operation, in order. Errors: OperationNotSupported where Alembic refuses as well
    /// (SQLite's missing ALTERs outside batch), RebuildNeedsTable when `lookup` is null or does not know the table.
    [[nodiscard]] virtual Result<std::vector<Statement>> statements(const sql::Operation &operation, SchemaLookup *lookup) const = 0;
    /// A value as SQL text, `'it''s'`.
    [[nodiscard]] virtual QString literal(const QString &text) const = 0;
};

/// What a script gets that compiles a statement by itself: str(statement), statement.compile(dialect=…, compile_kwargs=…). `dialectName`
/// empty: SQLAlchemy's default dialect, known here where PostgreSQL and SQLite write the same. Error: OperationNotSupported.
[[nodiscard]] Result<QString> compiledText(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues);

/// Version-table statements, spelled as Alembic's (alembic.md 4). `table` is quoted inside.
struct VersionStatements {
    const Dialect &dialect;
    sql::QualifiedName table;
    bool returnsVersion = true; ///< INSERT … RETURNING, as SQLAlchemy 2.0 prints; 1.4 does so on PostgreSQL only
    bool hasPrimaryKey = true;  ///< version_table_pk
    [[nodiscard]] QString create() const;
    [[nodiscard]] QString insert(const QString &revision) const;
    [[nodiscard]] QString update(const QString &from, const QString &to) const;
    [[nodiscard]] QString remove(const QString &revision) const;
};

} // namespace stillroom::dialect
