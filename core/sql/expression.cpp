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
    int operator()(const auto &) const { return 0; }
};

} // namespace

int depthOf(const Expression::Node &node) { return std::visit(DeepestPart(), node) + 1; }

} // namespace stillroom::sql
