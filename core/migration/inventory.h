// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "script/evaluation.h"
#include "sql/identifier.h"

#include <QVariantMap>

namespace stillroom::migration {

/// What the session's database holds, transaction included, as the plain values that a script's inspector reads
/// (core/script/standard/sqlalchemy.engine._inspector.py). `onlyTable`: tables of that name alone; empty: all.
[[nodiscard]] Result<QVariantMap> inventoryOf(database::Session &session, const sql::QualifiedName &versionTable, const QString &onlyTable);

/// What a script may know of the session's address.
[[nodiscard]] script::ConnectedTo connectedTo(const database::Session &session);

} // namespace stillroom::migration
