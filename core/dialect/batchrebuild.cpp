// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/batchrebuild.h"

namespace stillroom::dialect {

Result<std::vector<Statement>> rebuildStatements(const Spelling &, const sql::BatchAlterTable &batch, const sql::Origin &, const StandingTable &,
                                                 bool)
{
    return std::unexpected(notSupported(QStringLiteral("rebuilding a table is not written yet"), batch.table.name.text));
}

} // namespace stillroom::dialect
