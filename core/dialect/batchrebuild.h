// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/operationwriter.h"

/// `with op.batch_alter_table()`. Source: Alembic, "Running Batch Migrations for SQLite and Other Databases" (operations/batch.py).
namespace stillroom::dialect {

/// Errors: RebuildNeedsTable when the table must be rebuilt and neither copy_from nor `lookup` says how it stands.
[[nodiscard]] Result<std::vector<Statement>> batchStatements(const Spelling &spelling, const sql::BatchAlterTable &batch, const sql::Origin &origin,
                                                             SchemaLookup *lookup, MadeTypes &madeTypes);

/// Whether Alembic rebuilds the table: recreate="auto" does on SQLite for all but simple added columns and indexes.
[[nodiscard]] bool needsRebuild(const Spelling &spelling, const sql::BatchAlterTable &batch);

/// The rebuild: a table beside the old one, its rows, the swap, the indexes.
[[nodiscard]] Result<std::vector<Statement>> rebuildStatements(const Spelling &spelling, const sql::BatchAlterTable &batch, const sql::Origin &origin,
                                                               const StandingTable &standing, bool isCopied);

} // namespace stillroom::dialect
