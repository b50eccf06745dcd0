// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

/// SQLite's tokens. Source: SQLite's tokenize.c and lang_keywords: words, "quoted", [bracketed] and `ticked` names, strings,
/// blobs, numbers, operators; comments and blanks stand between tokens.
namespace stillroom::dialect {

struct SqliteToken {
    enum class Kind { Word, QuotedName, String, Blob, Number, Variable, Symbol, Unterminated } kind = Kind::Symbol;
    QString text; ///< as it stands
    qsizetype start = 0;
    qsizetype end = 0; ///< one past the last character

    [[nodiscard]] bool is(const char16_t *word) const; ///< keyword or symbol, case does not matter
    [[nodiscard]] bool isName() const { return kind == Kind::Word || kind == Kind::QuotedName; }
    [[nodiscard]] QString name() const; ///< a name without its quotes
};

[[nodiscard]] std::vector<SqliteToken> sqliteTokens(const QString &sql);

} // namespace stillroom::dialect
