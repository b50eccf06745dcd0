// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/typetext.h"
#include "sql/expression.h"

/// What type an expression has, as far as SQL text depends on it. Source: SQLAlchemy's _adapt_expression and the return types of
/// its generic functions.
namespace stillroom::dialect {

/// Null: SQLAlchemy's NullType.
[[nodiscard]] sql::SqlTypePtr expressionType(const sql::ExpressionPtr &expression);
[[nodiscard]] Affinity expressionAffinity(const sql::ExpressionPtr &expression);
[[nodiscard]] bool isNullType(const sql::SqlTypePtr &type);
/// Add of strings is Concat: the kind that is written.
[[nodiscard]] sql::BinaryKind effectiveKind(const sql::BinaryExpression &binary);
/// A function that SQLAlchemy has a class for, by its lower-case name; others keep their spelling.
[[nodiscard]] bool isGenericFunction(const QString &lowerName);

} // namespace stillroom::dialect
