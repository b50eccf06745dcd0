// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/livetable.h"

namespace stillroom::database {

Result<std::optional<dialect::StandingTable>> liveSqliteTable(Session &, const sql::QualifiedName &) { return std::nullopt; }

} // namespace stillroom::database
