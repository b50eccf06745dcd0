// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"

namespace stillroom::database {

/// How one table stands on the session's database; nullopt when there is none of that name. Errors: StatementFailed, …;
/// OperationNotSupported when the table has something that a rebuild would lose.
[[nodiscard]] Result<std::optional<dialect::StandingTable>> livePostgreSqlTable(Session &session, const sql::QualifiedName &name);
[[nodiscard]] Result<std::optional<dialect::StandingTable>> liveSqliteTable(Session &session, const sql::QualifiedName &name);

} // namespace stillroom::database
