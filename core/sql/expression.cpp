// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/expression.h"

#include <algorithm>

namespace stillroom::sql {

namespace {

/// The depth of the deepest expression that stands directly in a node.
struct DeepestPart {
    [[nodiscard]] static int of(const ExpressionPtr &part) { return part == nullptr ? 0 : part->depth; }
    [[nodiscard]] static int of(const std::vector<ExpressionPtr> &parts)
    {
        int deepest = 0;
        for (const ExpressionPtr &part : parts)
            deepest = std::max(deepest, of(part));
        return deepest;
    }
    [[nodiscard]] static int of(const StatementPtr &part) { return part == nullptr ? 0 : part->depth; }
    [[nodiscard]] static int of(const FromPtr &part) { return part == nullptr ? 0 : part->depth; }
    [[nodiscard]] static int of(const std::vector<FromPtr> &parts)
    {
        int deepest = 0;
        for (const FromPtr &part : parts)
            deepest = std::max(deepest, of(part));
        return deepest;
    }
    [[nodiscard]] static int of(const std::vector<Assignment> &set)
    {
        int deepest = 0;
        for (const Assignment &each : set)
            deepest = std::max({deepest, of(each.column), of(each.value)});
        return deepest;
    }
    [[nodiscard]] static int of(const std::vector<std::vector<ExpressionPtr>> &rows)
    {
        int deepest = 0;
        for (const std::vector<ExpressionPtr> &row : rows)
            deepest = std::max(deepest, of(row));
        return deepest;
    }
    int operator()(const ColumnReference &column) const { return of(column.table); }
    int operator()(const ScalarSubquery &subquery) const { return of(subquery.select); }
    int operator()(const UnaryExpression &unary) const { return of(unary.operand); }
    int operator()(const BinaryExpression &binary) const { return std::max({of(binary.left), of(binary.right), of(binary.third)}); }
    int operator()(const BooleanClauses &boolean) const { return of(boolean.clauses); }
    int operator()(const FunctionCall &call) const
    {
        const int window = call.over ? std::max(of(call.over->partitionBy), of(call.over->orderBy)) : 0;
        return std::max({of(call.arguments), of(call.filter), of(call.withinGroup), of(call.aggregateOrderBy), window});
    }
    int operator()(const CaseExpression &cases) const
    {
        int deepest = std::max(of(cases.value), of(cases.otherwise));
        for (const auto &[condition, result] : cases.whens)
            deepest = std::max({deepest, of(condition), of(result)});
        return deepest;
    }
    int operator()(const CastExpression &cast) const { return of(cast.operand); }
    int operator()(const TypeCoerce &coerce) const { return of(coerce.operand); }
    int operator()(const CollateExpression &collate) const { return of(collate.operand); }
    int operator()(const ExtractExpression &extract) const { return of(extract.operand); }
    int operator()(const LabelExpression &label) const { return of(label.operand); }
    int operator()(const TupleExpression &tuple) const { return of(tuple.items); }
    int operator()(const ArrayExpression &array) const { return of(array.items); }
    int operator()(const GroupingExpression &grouping) const { return of(grouping.operand); }
    int operator()(const SliceExpression &slice) const { return std::max(of(slice.start), of(slice.stop)); }
    int operator()(const FromClause::Join &join) const { return std::max({of(join.left), of(join.right), of(join.on)}); }
    int operator()(const FromClause::Derived &derived) const { return of(derived.select); }
    int operator()(const FromClause::FromFunction &function) const { return of(function.call); }
    int operator()(const FromClause::Common &common) const { return common.table == nullptr ? 0 : of(common.table->statement); }
    int operator()(const FromClause::ValuesList &list) const { return of(list.rows); }
    int operator()(const Select &select) const
    {
        return std::max({of(select.columns), of(select.from), of(select.where), of(select.groupBy), of(select.having), of(select.orderBy),
                         of(select.limit), of(select.offset), of(select.distinctOn)});
    }
    int operator()(const CompoundSelect &compound) const
    {
        int deepest = std::max({of(compound.orderBy), of(compound.limit), of(compound.offset)});
        for (const StatementPtr &each : compound.selects)
            deepest = std::max(deepest, of(each));
        return deepest;
    }
    int operator()(const Insert &insert) const
    {
        const int conflict = insert.onConflict ? std::max(of(insert.onConflict->set), of(insert.onConflict->where)) : 0;
        return std::max({of(insert.rows), of(insert.fromSelect), of(insert.returning), conflict});
    }
    int operator()(const Update &update) const
    {
        return std::max({of(update.table), of(update.set), of(update.where), of(update.from), of(update.returning)});
    }
    int operator()(const Delete &gone) const { return std::max({of(gone.table), of(gone.where), of(gone.usingTables), of(gone.returning)}); }
    int operator()(const auto &) const { return 0; }
};

} // namespace

int depthOf(const Expression::Node &node) { return std::visit(DeepestPart(), node) + 1; }

int depthOf(const FromClause &from) { return std::max(std::visit(DeepestPart(), from.node), DeepestPart::of(from.aliasOf)) + 1; }

FromPtr makeFrom(FromClause from)
{
    from.depth = depthOf(from);
    return std::make_shared<const FromClause>(std::move(from));
}

int depthOf(const Statement &statement)
{
    int deepest = std::visit(DeepestPart(), statement.node);
    for (const auto &each : statement.commonTables)
        deepest = std::max(deepest, DeepestPart::of(each->statement));
    constexpr int kCalls = 4; // whoever walks a statement calls itself through as many functions, each larger than an expression's
    return deepest + kCalls;
}

StatementPtr makeStatement(Statement statement)
{
    statement.depth = depthOf(statement);
    return std::make_shared<const Statement>(std::move(statement));
}

} // namespace stillroom::sql
