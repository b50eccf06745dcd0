// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/sqlreader.h"

/// What a statement asks of a database, and what it leaves changed: enough to tell whether a preview may ask it now and whether the
/// answer would still be the same once the statements before it have run. Nothing is executed.
namespace stillroom::dialect {

/// A name as the statement has it; names that are not quoted are in lower case. `schema` is empty where none is written.
struct NamedThing {
    QString schema, name;
    bool operator==(const NamedThing &) const = default;
};

struct Question {
    /// Why the statement is no plain question, a sentence's end ("writes to a table"); empty: it is one, as far as its text tells.
    QString refusal{};
    std::vector<NamedThing> relations{}; ///< that it reads, names of its own WITH left out
    std::vector<NamedThing> functions{}; ///< that it calls; PostgreSQL only
    QStringList columns{};               ///< every name that may be a column's
    bool readsAllColumns = false;        ///< *, a whole row, a natural join
    bool operator==(const Question &) const = default;
};
/// One statement. PostgreSQL: SELECT, VALUES, TABLE and SHOW; SQLite also the PRAGMAs that only tell.
[[nodiscard]] Question questionOf(DialectKind kind, const QString &sql);

struct ChangedColumn {
    NamedThing table;
    QString column;
    bool operator==(const ChangedColumn &) const = default;
};

/// What may be otherwise after a statement.
struct Effect {
    bool anything = false;              ///< not known: a function, a DO block, a setting, a script that is not understood
    bool schema = false;                ///< of more than the tables named: a type, a view, a rename
    std::vector<NamedThing> reshaped;   ///< tables made, altered or dropped: the catalog tells others of them
    std::vector<NamedThing> refilled;   ///< tables whose rows may be others: INSERT, DELETE, made, dropped
    std::vector<ChangedColumn> columns; ///< of tables whose rows stay but for these: UPDATE … SET, ADD COLUMN
    std::vector<NamedThing> firing;     ///< tables whose triggers run
    std::vector<NamedThing> functions;  ///< that INSERT, UPDATE and DELETE call; PostgreSQL only
    bool operator==(const Effect &) const = default;
};
[[nodiscard]] Effect effectOf(DialectKind kind, const QString &sql);

} // namespace stillroom::dialect
