// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/question.h"

#include <QByteArray>

#include <vector>

/// The door to libpg_query: its header defines PG_VERSION_NUM and is included in one file only. Safe in any thread (the library's
/// state is the thread's own).
namespace stillroom::dialect {

struct ByteRange {
    qsizetype start = 0;
    qsizetype length = 0;
};

struct PostgreSqlSplit {
    std::vector<ByteRange> ranges; ///< in UTF-8 bytes, leading blanks and comments included
    QString problem;               ///< the parser's words, empty if it understood
    qsizetype problemPosition = 0; ///< in the text, about where
};

[[nodiscard]] PostgreSqlSplit splitWithParser(const QByteArray &utf8);
[[nodiscard]] PostgreSqlSplit splitWithScanner(const QByteArray &utf8);
/// Fills kind and needs of one statement from its parse tree. False: not parsed, or too long to look into.
[[nodiscard]] bool classifyWithParser(SqlPart &part);
[[nodiscard]] Question questionWithParser(const QString &sql);
/// Adds what ALTER TABLE does to columns, what UPDATE sets, and the functions of a statement that changes rows. False: a part of it is
/// more than that.
[[nodiscard]] bool addColumnEffects(const QString &sql, const NamedThing &table, Effect &effect);

} // namespace stillroom::dialect
