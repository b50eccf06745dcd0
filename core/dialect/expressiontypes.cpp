// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressiontypes.h"

#include "dialect/literaltext.h"
#include "dialect/operators.h"

#include <QSet>

#include <algorithm>
#include <array>

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
    return a == Affinity::String || a == Affinity::Array || a == Affinity::Hstore || a == Affinity::Json;
}

SqlTypePtr operandType(const ExpressionPtr &operand, const SqlTypePtr &beside)
{
    if (operand && !operand->type) {
        if (const auto *bound = std::get_if<sql::BoundValue>(&operand->node))
            return comparedType(beside, bound->value);
    }
    return expressionType(operand);
}

/// What an operator makes of two types. Source: SQLAlchemy, _expression_adaptations of its types.
SqlTypePtr adaptedType(BinaryKind kind, const SqlTypePtr &left, const SqlTypePtr &right)
{
    struct Adaptation {
        Affinity left;
        BinaryKind kind;
        Affinity right;
        const char *type; ///< null: the right side's
    };
    static constexpr std::array kAdaptations{
        Adaptation{Affinity::Integer, BinaryKind::Add, Affinity::Date, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::Add, Affinity::Numeric, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::Subtract, Affinity::Numeric, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::Multiply, Affinity::Interval, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::Multiply, Affinity::Numeric, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::Divide, Affinity::Integer, "Numeric"},
        Adaptation{Affinity::Integer, BinaryKind::Divide, Affinity::Numeric, nullptr},
        Adaptation{Affinity::Integer, BinaryKind::FloorDivide, Affinity::Numeric, nullptr},
        Adaptation{Affinity::Numeric, BinaryKind::Multiply, Affinity::Interval, nullptr},
        Adaptation{Affinity::DateTime, BinaryKind::Subtract, Affinity::DateTime, "Interval"},
        Adaptation{Affinity::Date, BinaryKind::Add, Affinity::Interval, "DateTime"},
        Adaptation{Affinity::Date, BinaryKind::Add, Affinity::Time, "DateTime"},
        Adaptation{Affinity::Date, BinaryKind::Subtract, Affinity::Date, "Integer"},
        Adaptation{Affinity::Date, BinaryKind::Subtract, Affinity::Interval, "DateTime"},
        Adaptation{Affinity::Date, BinaryKind::Subtract, Affinity::DateTime, "Interval"},
        Adaptation{Affinity::Time, BinaryKind::Add, Affinity::Date, "DateTime"},
        Adaptation{Affinity::Time, BinaryKind::Subtract, Affinity::Time, "Interval"},
        Adaptation{Affinity::Interval, BinaryKind::Add, Affinity::Date, "DateTime"},
        Adaptation{Affinity::Interval, BinaryKind::Add, Affinity::DateTime, nullptr},
        Adaptation{Affinity::Interval, BinaryKind::Add, Affinity::Time, nullptr},
    };
    if (isNullType(left) || isNullType(right))
        return left;
    const auto found = std::ranges::find_if(kAdaptations, [&, one = affinity(*left), other = affinity(*right)](const Adaptation &a) {
        return a.left == one && a.kind == kind && a.right == other;
    });
    if (found == kAdaptations.end())
        return left;
    return found->type ? generic(QLatin1String(found->type)) : right;
}

SqlTypePtr binaryType(const sql::BinaryExpression &binary)
{
    const bool isUntyped = binary.kind == BinaryKind::Between || binary.kind == BinaryKind::NotBetween || binary.kind == BinaryKind::RegexpMatch ||
                           binary.kind == BinaryKind::NotRegexpMatch;
    if (isUntyped) // SQLAlchemy gives these no type, though they are conditions
        return nullptr;
    if (isComparison(binary.kind) || binary.isComparison)
        return generic(QStringLiteral("Boolean"));
    const SqlTypePtr left = expressionType(binary.left);
    if (binary.kind == BinaryKind::GetItem && left && left->itemType)
        return left->itemType;
    const SqlTypePtr right = operandType(binary.right, left);
    if (isNullType(left)) // an operator whose sides may change places goes by the other one's type
        return binary.kind == BinaryKind::Add || binary.kind == BinaryKind::Multiply ? adaptedType(binary.kind, right, left) : nullptr;
    return adaptedType(binary.kind, left, right);
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
    if (!fromArguments.contains(name))
        return nullptr;
    for (const ExpressionPtr &argument : call.arguments) {
        if (const SqlTypePtr type = expressionType(argument); !isNullType(type))
            return type;
    }
    return nullptr;
}

/// The name under which a SELECT's column is seen from outside; empty: none.
QString shownName(const sql::Expression &column)
{
    if (const auto *label = std::get_if<sql::LabelExpression>(&column.node))
        return label->label.text;
    if (const auto *reference = std::get_if<sql::ColumnReference>(&column.node))
        return reference->name.text;
    if (const auto *cast = std::get_if<sql::CastExpression>(&column.node))
        return shownName(*cast->operand);
    if (const auto *coerce = std::get_if<sql::TypeCoerce>(&column.node))
        return shownName(*coerce->operand);
    return {};
}

/// A column of a subquery or common table has the type of what its SELECT, or the first of several, lists under that name.
SqlTypePtr columnType(const sql::ColumnReference &reference)
{
    if (!reference.table)
        return nullptr;
    const sql::Statement *statement = nullptr;
    if (const auto *derived = std::get_if<sql::FromClause::Derived>(&reference.table->node))
        statement = derived->select.get();
    else if (const auto *common = std::get_if<sql::FromClause::Common>(&reference.table->node))
        statement = common->table->statement.get();
    while (statement) {
        const auto *compound = std::get_if<sql::CompoundSelect>(&statement->node);
        if (!compound)
            break;
        statement = compound->selects.empty() ? nullptr : compound->selects.front().get();
    }
    const auto *select = statement ? std::get_if<sql::Select>(&statement->node) : nullptr;
    if (!select)
        return nullptr;
    const auto column = std::ranges::find(select->columns, reference.name.text, [](const ExpressionPtr &e) { return shownName(*e); });
    return column == select->columns.end() ? nullptr : expressionType(*column);
}

struct TypeOf {
    SqlTypePtr operator()(const sql::ColumnReference &reference) const { return columnType(reference); }
    SqlTypePtr operator()(const sql::BoundValue &bound) const { return naturalType(bound.value); }
    SqlTypePtr operator()(const sql::ConstantExpression &constant) const
    {
        return constant.kind == sql::ConstantExpression::Kind::Null ? nullptr : generic(QStringLiteral("Boolean"));
    }
    SqlTypePtr operator()(const sql::UnaryExpression &unary) const
    {
        using Kind = sql::UnaryExpression::Kind;
        if (unary.kind == Kind::Exists)
            return generic(QStringLiteral("Boolean"));
        if (unary.kind == Kind::Not) {
            const bool isList = std::holds_alternative<sql::BooleanClauses>(unary.operand->node);
            const SqlTypePtr type = isList ? nullptr : expressionType(unary.operand);
            return !isNullType(type) && affinity(*type) == Affinity::Boolean ? type : nullptr;
        }
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
