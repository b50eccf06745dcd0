// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

/// What a migration can leave behind: an index that CREATE INDEX CONCURRENTLY could not finish, a constraint that is not validated,
/// the table of a batch rebuild that stopped half way (under Alembic on SQLite), the copy of a rehearsal whose program was killed. Source:
/// PostgreSQL, "CREATE INDEX", "Building Indexes Concurrently"; Alembic, "Running 'Batch' Migrations".
namespace stillroom::database {

struct Leftover {
    enum class Kind { InvalidIndex, UnvalidatedConstraint, BatchTable, RehearsalCopy };
    Kind kind{};
    QString name;   ///< as SQL writes it
    QString table;  ///< as SQL writes it; of a RehearsalCopy: the database that it was made of
    QString remedy; ///< the statement that puts it right, offered and never run unasked
    bool operator==(const Leftover &) const = default;
};
[[nodiscard]] QString describe(const Leftover &leftover); ///< one sentence for people, with the remedy

/// Looks and never writes. Errors: those of execute().
[[nodiscard]] Result<std::vector<Leftover>> findLeftovers(Session &session);

} // namespace stillroom::database
