// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/expression.h"

/// Operators as SQLAlchemy's operators.py and compiler.py have them: text, precedence, what negation makes of them.
namespace stillroom::dialect {

/// Everything that decides parentheses. Beyond sql::BinaryKind: what unary operators and contexts are.
enum class Against { Nothing, Binary, And, Or, AsBoolean, Not, Negative, BitwiseNot, AnyAll, Comma, Exists, Distinct, Collate, Filter, In, Ordering };

/// One operator standing against another.
struct OperatorPlace {
    Against role = Against::Nothing;
    sql::BinaryKind kind = sql::BinaryKind::Equal; ///< when role is Binary
    int customPrecedence = 0;                      ///< when kind is Custom
};

/// `sqlalchemy14`: as version 1.4 has it, where || binds more than comparisons do.
[[nodiscard]] int precedence(const OperatorPlace &place, bool sqlalchemy14);
/// is_precedent(): whether `inner` needs parentheses inside `outer`.
[[nodiscard]] bool needsGrouping(const OperatorPlace &inner, const OperatorPlace &outer, bool sqlalchemy14);
[[nodiscard]] bool isComparison(sql::BinaryKind kind);
/// NotEqual for Equal and so on; nullopt: NOT is written.
[[nodiscard]] std::optional<sql::BinaryKind> negated(sql::BinaryKind kind);
/// ` = `; empty for those with a shape of their own.
[[nodiscard]] QString operatorText(sql::BinaryKind kind);

} // namespace stillroom::dialect
