// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressiontypes.h"

#include "dialect/literaltext.h"
#include "dialect/operators.h"

#include <QSet>

namespace stillroom::dialect {

using sql::BinaryKind;
using sql::ExpressionPtr;
using sql::SqlTypePtr;

namespace {

SqlTypePtr generic(const QString &name)
{
    sql::SqlType type;
    type.family = sql::TypeFamily::Generic;
    type.name = name;
    return std::make_shared<const sql::SqlType>(std::move(type));
}

bool isConcatenable(const SqlTypePtr &type)
{
    if (isNullType(type))
        return false;
    const Affinity a = affinity(*type);
    return a == Affinity::String || a == Affinity::Array || a == Affinity::Hstore || a == Affinity::Binary;
}

SqlTypePtr operandType(const ExpressionPtr &operand, const SqlTypePtr &beside)
{
    if (operand && !operand->type) {
        if (const auto *bound = std::get_if<sql::BoundValue>(&operand->node))
            return comparedType(beside, bound->value);
    }
    return expressionType(operand);
}

SqlTypePtr binaryType(const sql::BinaryExpression &binary)
{
    if (isComparison(binary.kind) || binary.isComparison)
        return generic(QStringLiteral("Boolean"));
    const SqlTypePtr left = expressionType(binary.left);
    if (binary.kind == BinaryKind::GetItem && left && left->itemType)
        return left->itemType;
    if (binary.kind == BinaryKind::Divide && left && affinity(*left) == Affinity::Integer)
        return generic(QStringLiteral("Numeric"));
    return isNullType(left) ? operandType(binary.right, left) : left;
}

SqlTypePtr functionType(const sql::FunctionCall &call)
{
    static const QHash<QString, QString> known = {
        {QStringLiteral("count"), QStringLiteral("Integer")},
        {QStringLiteral("char_length"), QStringLiteral("Integer")},
        {QStringLiteral("rank"), QStringLiteral("Integer")},
        {QStringLiteral("dense_rank"), QStringLiteral("Integer")},
        {QStringLiteral("now"), QStringLiteral("DateTime")},
        {QStringLiteral("current_timestamp"), QStringLiteral("DateTime")},
        {QStringLiteral("localtimestamp"), QStringLiteral("DateTime")},
        {QStringLiteral("localtime"), QStringLiteral("DateTime")},
        {QStringLiteral("sysdate"), QStringLiteral("DateTime")},
        {QStringLiteral("current_date"), QStringLiteral("Date")},
        {QStringLiteral("current_time"), QStringLiteral("Time")},
        {QStringLiteral("concat"), QStringLiteral("String")},
        {QStringLiteral("aggregate_strings"), QStringLiteral("String")},
        {QStringLiteral("current_user"), QStringLiteral("String")},
        {QStringLiteral("session_user"), QStringLiteral("String")},
        {QStringLiteral("user"), QStringLiteral("String")},
        {QStringLiteral("percent_rank"), QStringLiteral("Numeric")},
        {QStringLiteral("cume_dist"), QStringLiteral("Numeric")},
    };
    const QString name = call.name.toLower();
    if (known.contains(name))
        return generic(known.value(name));
    static const QSet<QString> fromArguments = {QStringLiteral("coalesce"), QStringLiteral("max"), QStringLiteral("min"), QStringLiteral("sum")};
    if (fromArguments.contains(name) && !call.arguments.empty())
        return expressionType(call.arguments.front());
    return nullptr;
}

struct TypeOf {
    SqlTypePtr operator()(const sql::BoundValue &bound) const { return naturalType(bound.value); }
    SqlTypePtr operator()(const sql::ConstantExpression &constant) const
    {
        return constant.kind == sql::ConstantExpression::Kind::Null ? nullptr : generic(QStringLiteral("Boolean"));
    }
    SqlTypePtr operator()(const sql::UnaryExpression &unary) const
    {
        using Kind = sql::UnaryExpression::Kind;
        if (unary.kind == Kind::Not || unary.kind == Kind::Exists)
            return generic(QStringLiteral("Boolean"));
        return expressionType(unary.operand);
    }
    SqlTypePtr operator()(const sql::BinaryExpression &binary) const { return binaryType(binary); }
    SqlTypePtr operator()(const sql::BooleanClauses &) const { return generic(QStringLiteral("Boolean")); }
    SqlTypePtr operator()(const sql::FunctionCall &call) const { return functionType(call); }
    SqlTypePtr operator()(const sql::CaseExpression &cases) const
    {
        for (auto when = cases.whens.rbegin(); when != cases.whens.rend(); ++when) {
            if (const SqlTypePtr type = expressionType(when->second); !isNullType(type))
                return type;
        }
        return expressionType(cases.otherwise);
    }
    SqlTypePtr operator()(const sql::CastExpression &cast) const { return cast.type; }
    SqlTypePtr operator()(const sql::TypeCoerce &coerce) const { return coerce.type; }
    SqlTypePtr operator()(const sql::CollateExpression &collate) const { return expressionType(collate.operand); }
    SqlTypePtr operator()(const sql::ExtractExpression &) const { return generic(QStringLiteral("Integer")); }
    SqlTypePtr operator()(const sql::LabelExpression &label) const { return expressionType(label.operand); }
    SqlTypePtr operator()(const sql::GroupingExpression &grouping) const { return expressionType(grouping.operand); }
    SqlTypePtr operator()(const sql::ScalarSubquery &subquery) const
    {
        if (!subquery.select)
            return nullptr;
        const auto *select = std::get_if<sql::Select>(&subquery.select->node);
        return select && !select->columns.empty() ? expressionType(select->columns.front()) : nullptr;
    }
    SqlTypePtr operator()(const sql::NextValue &) const { return generic(QStringLiteral("Integer")); }
    SqlTypePtr operator()(const sql::ArrayExpression &array) const
    {
        sql::SqlType type;
        type.family = sql::TypeFamily::PostgreSql;
        type.name = QStringLiteral("ARRAY");
        if (!array.items.empty())
            type.itemType = expressionType(array.items.front());
        return std::make_shared<const sql::SqlType>(std::move(type));
    }
    SqlTypePtr operator()(const auto &) const { return nullptr; }
};

} // namespace

bool isNullType(const SqlTypePtr &type) { return !type || affinity(*type) == Affinity::Null; }

SqlTypePtr expressionType(const ExpressionPtr &expression)
{
    if (!expression)
        return nullptr;
    return expression->type ? expression->type : std::visit(TypeOf{}, expression->node);
}

Affinity expressionAffinity(const ExpressionPtr &expression)
{
    const SqlTypePtr type = expressionType(expression);
    return type ? affinity(*type) : Affinity::Null;
}

BinaryKind effectiveKind(const sql::BinaryExpression &binary)
{
    if (binary.kind != BinaryKind::Add)
        return binary.kind;
    const SqlTypePtr left = expressionType(binary.left);
    const SqlTypePtr right = operandType(binary.right, left);
    const bool leftJoins = isConcatenable(left) && (isConcatenable(right) || isNullType(right));
    const bool rightJoins = isNullType(left) && isConcatenable(right);
    return leftJoins || rightJoins ? BinaryKind::Concat : BinaryKind::Add;
}

bool isGenericFunction(const QString &lowerName)
{
    static const QSet<QString> names = {QStringLiteral("coalesce"),
                                        QStringLiteral("max"),
                                        QStringLiteral("min"),
                                        QStringLiteral("sum"),
                                        QStringLiteral("now"),
                                        QStringLiteral("concat"),
                                        QStringLiteral("char_length"),
                                        QStringLiteral("random"),
                                        QStringLiteral("count"),
                                        QStringLiteral("current_date"),
                                        QStringLiteral("current_time"),
                                        QStringLiteral("current_timestamp"),
                                        QStringLiteral("current_user"),
                                        QStringLiteral("localtime"),
                                        QStringLiteral("localtimestamp"),
                                        QStringLiteral("session_user"),
                                        QStringLiteral("sysdate"),
                                        QStringLiteral("user"),
                                        QStringLiteral("array_agg"),
                                        QStringLiteral("mode"),
                                        QStringLiteral("percentile_cont"),
                                        QStringLiteral("percentile_disc"),
                                        QStringLiteral("rank"),
                                        QStringLiteral("dense_rank"),
                                        QStringLiteral("percent_rank"),
                                        QStringLiteral("cume_dist"),
                                        QStringLiteral("cube"),
                                        QStringLiteral("rollup"),
                                        QStringLiteral("grouping_sets"),
                                        QStringLiteral("aggregate_strings")};
    return names.contains(lowerName);
}

} // namespace stillroom::dialect
