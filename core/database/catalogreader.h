// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"

namespace stillroom::database {

[[nodiscard]] Result<std::vector<CatalogTable>> readPostgreSqlTables(Session &session, const QString &onlyTable);
[[nodiscard]] Result<std::vector<CatalogTable>> readSqliteTables(Session &session, const QString &onlyTable);

/// A name or a text as SQL, whatever it holds.
[[nodiscard]] QString quotedName(const QString &name);
[[nodiscard]] QString quotedText(const QString &text, dialect::DialectKind kind);

} // namespace stillroom::database
