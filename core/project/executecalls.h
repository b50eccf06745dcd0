// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "dialect/dialect.h"

#include <QString>

namespace stillroom::project {

/// SQL as the body of upgrade() or downgrade(): one op.execute() for each statement, so that every driver takes it, with the
/// colons escaped that SQLAlchemy's text() would take for parameters, and in an autocommit block where a statement cannot run in a
/// transaction. Lines behind the first are indented. Error: SqlNotWritable.
[[nodiscard]] Result<QString> executeCalls(const QString &sql, dialect::DialectKind kind);

} // namespace stillroom::project
