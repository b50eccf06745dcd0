// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/types.h"

#include <QRegularExpression>

/// What func.x() calls can do, and PostgreSQL's array() and aggregate_order_by(). Source: SQLAlchemy 2.0, "SQL and Generic
/// Functions".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::ObjectKind;
using python::Value;
using python::Values;
using sql::ExpressionPtr;

namespace {

/// A call with everything its expression says, whatever class the element has.
sql::FunctionCall callOf(Library &library, const Value &self)
{
    const ExpressionPtr expression = toOperand(library, self);
    if (const auto *call = std::get_if<sql::FunctionCall>(&expression->node))
        return *call;
    library.interpreter().raise("TypeError", "a function call is expected");
}

Value makeCall(Library &library, const Value &self, sql::FunctionCall call)
{
    auto payload = std::make_unique<FunctionPayload>();
    payload->call = std::move(call);
    payload->type = typeObjectOf(self);
    return makeElement(library, functionClass(library), std::move(payload));
}

std::vector<ExpressionPtr> orderingsOf(Library &library, const Value &given)
{
    if (!given || given.isNone())
        return {};
    if (given.isKind(ObjectKind::List) || given.isKind(ObjectKind::Tuple))
        return toOrderings(library, library.interpreter().toVector(given));
    return {toOrdering(library, given)};
}

QString frameEnd(Library &library, const Value &end, bool isStart)
{
    if (end.isNone())
        return isStart ? QStringLiteral("UNBOUNDED PRECEDING") : QStringLiteral("UNBOUNDED FOLLOWING");
    const auto number = toOptionalInteger(library, end, "a bound of a window frame");
    if (*number == 0)
        return QStringLiteral("CURRENT ROW");
    return *number < 0 ? QStringLiteral("%1 PRECEDING").arg(-*number) : QStringLiteral("%1 FOLLOWING").arg(*number);
}

QString frameOf(Library &library, const ArgumentReader &read)
{
    for (const auto &[name, word] : {std::pair("range_", "RANGE"), std::pair("rows", "ROWS"), std::pair("groups", "GROUPS")}) {
        if (!read.has(name) || read[name].isNone())
            continue;
        const Values ends = library.interpreter().toVector(read[name]);
        if (ends.size() != 2)
            raiseSqlAlchemy(library, "ArgumentError", "2-tuple expected for range/rows");
        return QString::fromLatin1(word) + QLatin1String(" BETWEEN ") + frameEnd(library, ends[0], true) + QLatin1String(" AND ") +
               frameEnd(library, ends[1], false);
    }
    return {};
}

Value over(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "over", arguments, {"*", "partition_by=", "order_by=", "rows=", "range_=", "groups="});
    sql::FunctionCall call = callOf(library, self);
    sql::Over window;
    window.partitionBy = orderingsOf(library, read["partition_by"]);
    window.orderBy = orderingsOf(library, read["order_by"]);
    window.frame = frameOf(library, read);
    call.over = std::move(window);
    return makeCall(library, self, std::move(call));
}

Value filter(Library &library, const Value &self, Arguments &arguments)
{
    sql::FunctionCall call = callOf(library, self);
    std::vector<ExpressionPtr> conditions;
    if (call.filter != nullptr)
        conditions.push_back(call.filter);
    for (const Value &each : arguments.positional)
        conditions.push_back(toCondition(library, each));
    call.filter = allOf(std::move(conditions));
    return makeCall(library, self, std::move(call));
}

// --- functions in FROM ---

/// func.x().table_valued('a', column('b', Integer), name=…, with_ordinality=…)
Value tableValued(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "table_valued", arguments, {"*expr", "name=", "with_ordinality=", "joins_implicitly="});
    std::vector<ShownColumn> shown;
    for (const Value &each : read.starArguments()) {
        ShownColumn column;
        if (const auto *payload = Interpreter::payloadAs<ColumnPayload>(interpreter.known(each, "a column of table_valued()"))) {
            column.name = payload->name;
            column.type = payload->type;
        } else {
            column.name = toIdentifier(library, each, "a column of table_valued()");
        }
        column.key = column.name.text.toStdString();
        shown.push_back(std::move(column));
    }
    sql::FromClause::FromFunction function;
    function.call = toOperand(library, self);
    if (read.has("with_ordinality") && !read["with_ordinality"].isNone()) {
        function.withOrdinality = true;
        const sql::Identifier ordinality = toIdentifier(library, read["with_ordinality"], "with_ordinality");
        shown.push_back({nullptr, ordinality.text.toStdString(), ordinality, makeType(library, sql::TypeFamily::Generic, "Integer")});
    }
    sql::FromClause from;
    from.node = std::move(function);
    from.alias = toIdentifier(library, read["name"], "the name of a FROM clause");
    from.isAnonymousAlias = from.alias.isEmpty();
    return makeFromObject(library,
                          library.interpreter().getAttribute(library.interpreter().importModule("sqlalchemy.sql.selectable"), "TableValuedAlias"),
                          sql::makeFrom(std::move(from)), shown);
}

/// func.x().column_valued('n'): the alias itself is the column.
Value columnValued(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "column_valued", arguments, {"name=", "joins_implicitly="});
    sql::FromClause from;
    from.node = sql::FromClause::FromFunction{toOperand(library, self), {}, false};
    from.alias = toIdentifier(library, read["name"], "the name of a FROM clause");
    if (from.alias.isEmpty())
        library.interpreter().stop(python::StopKind::NotUnderstood, "column_valued() without a name");
    const sql::Identifier name = from.alias;
    const auto *payload = Interpreter::payloadAs<FunctionPayload>(self);
    const Value type = payload == nullptr ? Value() : payload->type;
    return makeElement(library, sql::makeExpression(sql::ColumnReference{sql::makeFrom(std::move(from)), name, true}, toSqlTypePtr(library, type)),
                       type);
}

/// func.x().scalar_table_valued('a'): a field of the row that the function gives.
Value scalarTableValued(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "scalar_table_valued", arguments, {"name", "type_="});
    const QString name = toText(library, read["name"], "the field of a row");
    static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z_0-9]*$"));
    if (!plain.match(name).hasMatch())
        library.interpreter().stop(python::StopKind::NotUnderstood, "a field of a row whose name needs quotes");
    const Value type = read.has("type_") ? read["type_"] : Value();
    sql::TextClause field{QStringLiteral("(:row).") + name, {{QStringLiteral("row"), toOperand(library, self)}}};
    return makeElement(library, sql::makeExpression(std::move(field), toSqlTypePtr(library, type)), type);
}

Value functionAlias(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "alias", arguments, {"name=", "joins_implicitly="});
    sql::FromClause from;
    from.node = sql::FromClause::FromFunction{toOperand(library, self), {}, false};
    from.alias = toIdentifier(library, read["name"], "the name of a FROM clause");
    from.isAnonymousAlias = from.alias.isEmpty();
    return makeFromObject(library,
                          library.interpreter().getAttribute(library.interpreter().importModule("sqlalchemy.sql.selectable"), "TableValuedAlias"),
                          sql::makeFrom(std::move(from)), {});
}

// --- PostgreSQL's own ---

Value makeArray(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "array", {columnElementClass(library)}, "sqlalchemy.dialects.postgresql.array");
    builder.method("__init__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "array", arguments, {"clauses", "*", "type_="});
        sql::ArrayExpression array;
        interpreter.iterate(interpreter.known(read["clauses"], "the items of array()"), [&](const Value &item) {
            array.items.push_back(toOperand(library, item));
            return true;
        });
        sql::SqlTypePtr type;
        if (read.has("type_") && !read["type_"].isNone()) {
            sql::SqlType arrayType;
            arrayType.family = sql::TypeFamily::PostgreSql;
            arrayType.name = QStringLiteral("ARRAY");
            arrayType.itemType = toSqlTypePtr(library, read["type_"]);
            type = std::make_shared<const sql::SqlType>(std::move(arrayType));
        }
        Interpreter::setPayload(self, std::make_unique<ExpressionPayload>(sql::makeExpression(std::move(array), std::move(type))));
        return Value::none();
    });
    return builder.build();
}

Value makeAggregateOrder(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "aggregate_order_by", {columnElementClass(library)}, "sqlalchemy.dialects.postgresql.ext");
    builder.method("__init__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        if (arguments.positional.size() < 2)
            interpreter.raise("TypeError", "at least one ORDER BY element is required");
        auto payload = std::make_unique<AggregateOrderPayload>();
        payload->fixed = toOperand(library, arguments.positional[0]);
        payload->type = typeObjectOf(arguments.positional[0]);
        for (std::size_t i = 1; i < arguments.positional.size(); ++i)
            payload->orderBy.push_back(toOrdering(library, arguments.positional[i]));
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    return builder.build();
}

Value makeAnyAll(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [isAny = name == "Any"](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, isAny ? "Any" : "All", arguments, {"other", "arrexpr", "operator="});
        Arguments call{{read["other"]}, {}};
        if (read.has("operator"))
            call.keywords.emplace_back("operator", read["operator"]);
        return interpreter.invoke(interpreter.getAttribute(read["arrexpr"], isAny ? "any" : "all"), std::move(call));
    });
}

/// postgresql.array_agg(): func.array_agg() whose type is PostgreSQL's own ARRAY.
Value makeArrayAgg(Library &library, std::string_view name)
{
    return library.interpreter().getAttribute(library.interpreter().getAttribute(library.interpreter().importModule("sqlalchemy"), "func"), name);
}

} // namespace

ExpressionPtr AggregateOrderPayload::expression(Library &library) const
{
    library.interpreter().stop(python::StopKind::NotUnderstood, "aggregate_order_by() stands outside of a function's arguments");
}

void addFunctionMethods(Library &library, ClassBuilder &builder)
{
    builder.method("over", [&library](Interpreter &, const Value &self, Arguments &arguments) { return over(library, self, arguments); });
    builder.method("filter", [&library](Interpreter &, const Value &self, Arguments &arguments) { return filter(library, self, arguments); });
    builder.method("within_group", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        sql::FunctionCall call = callOf(library, self);
        call.withinGroup = toOrderings(library, arguments.positional);
        return makeCall(library, self, std::move(call));
    });
    builder.method("aggregate_order_by", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        sql::FunctionCall call = callOf(library, self);
        call.aggregateOrderBy = toOrderings(library, arguments.positional);
        return makeCall(library, self, std::move(call));
    });
    builder.method("table_valued",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return tableValued(library, self, arguments); });
    builder.method("column_valued",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return columnValued(library, self, arguments); });
    builder.method("scalar_table_valued",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return scalarTableValued(library, self, arguments); });
    builder.method("alias", [&library](Interpreter &, const Value &self, Arguments &arguments) { return functionAlias(library, self, arguments); });
    builder.method("select", [&library](Interpreter &, const Value &self, Arguments &) { return makeSelect(library, {self}); });
}

void addCoreFunctionModules(ModuleTable &table)
{
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.array"},
              {{"array", makeArray}, {"Any", makeAnyAll}, {"All", makeAnyAll}, {"array_agg", makeArrayAgg}});
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.ext"},
              {{"aggregate_order_by", makeAggregateOrder}, {"array_agg", makeArrayAgg}});
}

} // namespace stillroom::script
