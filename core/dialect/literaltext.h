// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/identifiers.h"
#include "sql/expression.h"

/// Python values as SQL literals. Source: literal_processor of SQLAlchemy's types. Where these have none (JSON, types that are
/// not known), the value is written as the database driver would send it, since a run must be able to.
namespace stillroom::dialect {

/// The type that SQLAlchemy gives a plain value; null for lists and dicts.
[[nodiscard]] sql::SqlTypePtr naturalType(const sql::Literal &value);
/// coerce_compared_value(): what a plain value is written as beside an expression of type `other` (may be null).
[[nodiscard]] sql::SqlTypePtr comparedType(const sql::SqlTypePtr &other, const sql::Literal &value);
/// `type` may be null: the value's own. Errors: OperationNotSupported when the value does not fit the type.
[[nodiscard]] Result<QString> literalText(const Spelling &spelling, const sql::Literal &value, const sql::SqlType *type);
/// json.dumps() of a value.
[[nodiscard]] QString jsonText(const sql::Literal &value);

} // namespace stillroom::dialect
