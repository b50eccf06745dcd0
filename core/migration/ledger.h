// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "sql/identifier.h"

#include <vector>

/// stillroom_history: what was applied to a database, where colleagues see it. Off unless the connection's policy asks for it
/// (ConnectionPolicy::keepsLedger). A row commits with its revision, so it tells what is there and nothing else; what failed is in the
/// record of the person who ran it (journal.h). It stands beside the version table.
namespace stillroom::migration {

struct LedgerEntry {
    QString run;       ///< the record's id on the machine that ran it
    int number = 0;    ///< of the row within its run
    QString revision;  ///< empty: a stamp that emptied the version table
    QString direction; ///< "upgrade", "downgrade", "stamp"
    QString at;        ///< as the database's clock had it at the beginning of the transaction, in UTC
    QString by, host, program;
    int statements = 0;
    QString takenFrom; ///< the project's own Alembic, if it wrote the statements
    bool operator==(const LedgerEntry &) const = default;
};

[[nodiscard]] sql::QualifiedName ledgerTable(const sql::QualifiedName &versionTable);
[[nodiscard]] Result<bool> hasLedger(database::Session &session, const sql::QualifiedName &versionTable);
[[nodiscard]] QString ledgerCreateText(dialect::DialectKind kind, const sql::QualifiedName &versionTable);
/// `at` is the database's to say.
[[nodiscard]] QString ledgerInsertText(dialect::DialectKind kind, const sql::QualifiedName &versionTable, const LedgerEntry &entry);
/// Newest first; empty where there is no such table. Never writes.
[[nodiscard]] Result<std::vector<LedgerEntry>> readLedger(database::Session &session, const sql::QualifiedName &versionTable);

} // namespace stillroom::migration
