// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"

namespace stillroom::database {

/// Adds what no PRAGMA tells but the table's own text does: names of constraints, CHECKs, what is deferrable, the expressions
/// of generated columns, collations. A text that is not understood is told in `unreadable`.
void addFromText(CatalogTable &table);

} // namespace stillroom::database
