// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/operators.h"

#include <limits>

namespace stillroom::dialect {

using sql::BinaryKind;

namespace {

constexpr int kUnlisted = -100; ///< SQLAlchemy's _smallest: contains() and its kind are always grouped, and group what they hold

int kindPrecedence(BinaryKind kind, int custom)
{
    switch (kind) {
    case BinaryKind::GetItem:
    case BinaryKind::JsonGetItem:
    case BinaryKind::JsonPathGetItem:
        return 15;
    case BinaryKind::Multiply:
    case BinaryKind::Divide:
    case BinaryKind::FloorDivide:
    case BinaryKind::Modulo:
        return 8;
    case BinaryKind::Add:
    case BinaryKind::Subtract:
    case BinaryKind::BitwiseAnd:
    case BinaryKind::BitwiseOr:
    case BinaryKind::BitwiseXor:
    case BinaryKind::ShiftLeft:
    case BinaryKind::ShiftRight:
        return 7;
    case BinaryKind::Equal:
    case BinaryKind::NotEqual:
    case BinaryKind::Less:
    case BinaryKind::LessEqual:
    case BinaryKind::Greater:
    case BinaryKind::GreaterEqual:
    case BinaryKind::Concat:
    case BinaryKind::Is:
    case BinaryKind::IsNot:
    case BinaryKind::IsDistinctFrom:
    case BinaryKind::IsNotDistinctFrom:
    case BinaryKind::Like:
    case BinaryKind::NotLike:
    case BinaryKind::ILike:
    case BinaryKind::NotILike:
    case BinaryKind::RegexpMatch:
    case BinaryKind::NotRegexpMatch:
    case BinaryKind::RegexpReplace:
    case BinaryKind::In:
    case BinaryKind::NotIn:
    case BinaryKind::Between:
    case BinaryKind::NotBetween:
    case BinaryKind::Match:
    case BinaryKind::NotMatch:
        return 5;
    case BinaryKind::Contains:
    case BinaryKind::NotContains:
    case BinaryKind::StartsWith:
    case BinaryKind::NotStartsWith:
    case BinaryKind::EndsWith:
    case BinaryKind::NotEndsWith:
    case BinaryKind::IContains:
    case BinaryKind::NotIContains:
    case BinaryKind::IStartsWith:
    case BinaryKind::NotIStartsWith:
    case BinaryKind::IEndsWith:
    case BinaryKind::NotIEndsWith:
        return kUnlisted;
    case BinaryKind::Custom:
        return custom;
    }
    return kUnlisted;
}

bool isNaturalSelfPrecedent(BinaryKind kind)
{
    return kind == BinaryKind::Add || kind == BinaryKind::Multiply || kind == BinaryKind::Concat || kind == BinaryKind::GetItem ||
           kind == BinaryKind::JsonGetItem || kind == BinaryKind::JsonPathGetItem;
}

} // namespace

int precedence(const OperatorPlace &place, bool sqlalchemy14)
{
    switch (place.role) {
    case Against::Nothing:
        return std::numeric_limits<int>::max();
    case Against::Binary:
        if (sqlalchemy14 && place.kind == BinaryKind::Concat)
            return 6;
        return kindPrecedence(place.kind, place.customPrecedence);
    case Against::And:
        return 3;
    case Against::Or:
        return 2;
    case Against::AsBoolean:
        return -10;
    case Against::Not:
    case Against::Distinct:
    case Against::In:
        return 5;
    case Against::Negative:
    case Against::BitwiseNot:
        return 8;
    case Against::AnyAll:
        return 15;
    case Against::Comma:
        return -1;
    case Against::Ordering:
        return 3;
    case Against::Exists:
        return 0;
    case Against::Collate:
        return 4;
    case Against::Filter:
        return 6;
    }
    return 0;
}

bool needsGrouping(const OperatorPlace &inner, const OperatorPlace &outer, bool sqlalchemy14)
{
    if (inner.role == outer.role) {
        if (inner.role == Against::And || inner.role == Against::Or)
            return false;
        if (inner.role == Against::Binary && inner.kind == outer.kind && isNaturalSelfPrecedent(inner.kind))
            return false;
    }
    const int around = precedence(outer, sqlalchemy14);
    return precedence(inner, sqlalchemy14) <= (around == kUnlisted ? std::numeric_limits<int>::max() : around);
}

bool isComparison(BinaryKind kind)
{
    switch (kind) {
    case BinaryKind::Add:
    case BinaryKind::Subtract:
    case BinaryKind::Multiply:
    case BinaryKind::Divide:
    case BinaryKind::FloorDivide:
    case BinaryKind::Modulo:
    case BinaryKind::Concat:
    case BinaryKind::RegexpReplace:
    case BinaryKind::BitwiseAnd:
    case BinaryKind::BitwiseOr:
    case BinaryKind::BitwiseXor:
    case BinaryKind::ShiftLeft:
    case BinaryKind::ShiftRight:
    case BinaryKind::GetItem:
    case BinaryKind::JsonGetItem:
    case BinaryKind::JsonPathGetItem:
    case BinaryKind::Custom:
        return false;
    default:
        return true;
    }
}

std::optional<BinaryKind> negated(BinaryKind kind)
{
    static constexpr std::pair<BinaryKind, BinaryKind> pairs[] = {
        {BinaryKind::Equal, BinaryKind::NotEqual},
        {BinaryKind::Less, BinaryKind::GreaterEqual},
        {BinaryKind::Greater, BinaryKind::LessEqual},
        {BinaryKind::Is, BinaryKind::IsNot},
        {BinaryKind::IsDistinctFrom, BinaryKind::IsNotDistinctFrom},
        {BinaryKind::Like, BinaryKind::NotLike},
        {BinaryKind::ILike, BinaryKind::NotILike},
        {BinaryKind::RegexpMatch, BinaryKind::NotRegexpMatch},
        {BinaryKind::In, BinaryKind::NotIn},
        {BinaryKind::Between, BinaryKind::NotBetween},
        {BinaryKind::Contains, BinaryKind::NotContains},
        {BinaryKind::StartsWith, BinaryKind::NotStartsWith},
        {BinaryKind::EndsWith, BinaryKind::NotEndsWith},
        {BinaryKind::IContains, BinaryKind::NotIContains},
        {BinaryKind::IStartsWith, BinaryKind::NotIStartsWith},
        {BinaryKind::IEndsWith, BinaryKind::NotIEndsWith},
        {BinaryKind::Match, BinaryKind::NotMatch},
    };
    for (const auto &[one, other] : pairs) {
        if (kind == one)
            return other;
        if (kind == other)
            return one;
    }
    return std::nullopt;
}

QString operatorText(BinaryKind kind)
{
    switch (kind) {
    case BinaryKind::Equal:
        return QStringLiteral(" = ");
    case BinaryKind::NotEqual:
        return QStringLiteral(" != ");
    case BinaryKind::Less:
        return QStringLiteral(" < ");
    case BinaryKind::LessEqual:
        return QStringLiteral(" <= ");
    case BinaryKind::Greater:
        return QStringLiteral(" > ");
    case BinaryKind::GreaterEqual:
        return QStringLiteral(" >= ");
    case BinaryKind::Add:
        return QStringLiteral(" + ");
    case BinaryKind::Subtract:
        return QStringLiteral(" - ");
    case BinaryKind::Multiply:
        return QStringLiteral(" * ");
    case BinaryKind::Divide:
    case BinaryKind::FloorDivide:
        return QStringLiteral(" / ");
    case BinaryKind::Modulo:
        return QStringLiteral(" % ");
    case BinaryKind::Concat:
        return QStringLiteral(" || ");
    case BinaryKind::Is:
        return QStringLiteral(" IS ");
    case BinaryKind::IsNot:
        return QStringLiteral(" IS NOT ");
    case BinaryKind::IsDistinctFrom:
        return QStringLiteral(" IS DISTINCT FROM ");
    case BinaryKind::IsNotDistinctFrom:
        return QStringLiteral(" IS NOT DISTINCT FROM ");
    case BinaryKind::In:
        return QStringLiteral(" IN ");
    case BinaryKind::NotIn:
        return QStringLiteral(" NOT IN ");
    case BinaryKind::Match:
        return QStringLiteral(" MATCH ");
    case BinaryKind::NotMatch:
        return QStringLiteral(" NOT MATCH ");
    case BinaryKind::BitwiseAnd:
        return QStringLiteral(" & ");
    case BinaryKind::BitwiseOr:
        return QStringLiteral(" | ");
    case BinaryKind::BitwiseXor:
        return QStringLiteral(" ^ ");
    case BinaryKind::ShiftLeft:
        return QStringLiteral(" << ");
    case BinaryKind::ShiftRight:
        return QStringLiteral(" >> ");
    default:
        return {};
    }
}

} // namespace stillroom::dialect
