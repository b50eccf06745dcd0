// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"

/// Splits a text into its statements and tells what each one needs. PostgreSQL is read by libpg_query's parser, SQLite by its
/// own tokens. Nothing is executed.
namespace stillroom::dialect {

enum class SqlKind {
    Empty, ///< comments and blanks only
    Select,
    Insert,
    Update,
    Delete,
    CreateTable,
    AlterTable,
    DropTable,
    CreateIndex,
    DropIndex,
    CreateType,
    AlterType,
    CreateView,
    CreateFunction,
    CreateTrigger,
    Drop, ///< of anything else
    Truncate,
    Comment,
    Grant,
    Set,
    Begin,
    Commit,
    Rollback, ///< ROLLBACK and ROLLBACK TO
    Savepoint,
    Copy,
    Do,
    Vacuum,
    Pragma,
    Other,
    Unknown, ///< the parser does not know it: a newer server may
};

struct SqlPart {
    QString sql;          ///< without the semicolon, leading comments kept, ends trimmed
    qsizetype start = 0;  ///< in the text, UTF-16 units
    qsizetype length = 0; ///< of sql there
    int line = 1;         ///< 1-based line of `start`
    SqlKind kind = SqlKind::Unknown;
    TransactionNeed transaction = TransactionNeed::Any;
    bool isTransactionCommand = false; ///< BEGIN, COMMIT, ROLLBACK, END, START TRANSACTION: would end the revision's own transaction
    bool copiesFromStdin = false;      ///< data would have to follow: refused
    bool returnsRows = false;
    bool changesData = false; ///< INSERT, UPDATE, DELETE, TRUNCATE, COPY FROM
    bool isBare = false;      ///< DELETE or UPDATE without WHERE
    QStringList relations;    ///< tables, views or indexes named as what is changed, as written, with schema
    bool operator==(const SqlPart &) const = default;
};

struct SqlReading {
    std::vector<SqlPart> parts;
    /// Why the text was not understood, empty if it was. The parts then are the text as one piece, or the scanner's pieces when
    /// they cover every byte (practice.md f).
    QString problem;
    int problemLine = 0;
};

[[nodiscard]] SqlReading readSql(DialectKind kind, const QString &text);

} // namespace stillroom::dialect
