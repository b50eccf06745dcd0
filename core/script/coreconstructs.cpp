// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/types.h"

/// Constructs that are functions of the sqlalchemy module: and_(), case(), cast(), … Source: SQLAlchemy 2.0, "Column Elements
/// and Expressions".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::Interpreter;
using python::ObjectKind;
using python::Value;
using python::Values;
using sql::ExpressionPtr;

namespace {

using Unary = sql::UnaryExpression::Kind;

/// A maker of the module's function `name`, which runs `Body`.
template<Value (*Body)(Library &, Arguments &)>
Value makeFunction(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [&library](Interpreter &, const Value &, Arguments &arguments) { return Body(library, arguments); });
}

Value booleanList(Library &library, Arguments &arguments, bool isOr)
{
    std::vector<ExpressionPtr> clauses;
    for (const Value &each : arguments.positional)
        clauses.push_back(toCondition(library, each));
    return makeElement(library, anyOrAllOf(std::move(clauses), isOr));
}

Value andOf(Library &library, Arguments &arguments) { return booleanList(library, arguments, false); }

Value orOf(Library &library, Arguments &arguments) { return booleanList(library, arguments, true); }

Value makeUnaryFunction(Library &library, std::string_view name)
{
    static const std::map<std::string_view, Unary> kKinds = {{"not_", Unary::Not},
                                                             {"asc", Unary::Ascending},
                                                             {"desc", Unary::Descending},
                                                             {"nulls_first", Unary::NullsFirst},
                                                             {"nullsfirst", Unary::NullsFirst},
                                                             {"nulls_last", Unary::NullsLast},
                                                             {"nullslast", Unary::NullsLast},
                                                             {"distinct", Unary::Distinct},
                                                             {"any_", Unary::Any},
                                                             {"all_", Unary::All},
                                                             {"bitwise_not", Unary::BitwiseNot}};
    const Unary kind = kKinds.at(name);
    return library.interpreter().function(name,
                                          [&library, kind, name = std::string(name)](Interpreter &interpreter, const Value &, Arguments &arguments) {
                                              if (arguments.positional.size() != 1)
                                                  interpreter.raise("TypeError", name + "() takes 1 positional argument but " +
                                                                                     std::to_string(arguments.positional.size()) + " were given");
                                              return makeUnary(library, kind, arguments.positional[0]);
                                          });
}

Value between(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "between", arguments, {"expr", "lower_bound", "upper_bound", "symmetric="});
    Value expr = read["expr"];
    if (expressionOf(library, expr) == nullptr)
        expr = makeElement(library, toOperand(library, expr));
    Arguments call{{read["lower_bound"], read["upper_bound"]}, {}};
    if (read.has("symmetric"))
        call.keywords.emplace_back("symmetric", read["symmetric"]);
    return library.interpreter().invoke(library.interpreter().getAttribute(expr, "between"), std::move(call));
}

Value collate(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "collate", arguments, {"expression", "collation"});
    const QString collation = toText(library, read["collation"], "the name of a collation");
    return makeElement(library, sql::makeExpression(sql::CollateExpression{toOperand(library, read["expression"]), collation}),
                       typeObjectOf(read["expression"]));
}

// --- types ---

Value castTo(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "cast", arguments, {"expression", "type_"});
    const Value type = read["type_"];
    return makeElement(library,
                       sql::makeExpression(sql::CastExpression{toColumnValue(library, read["expression"], type), toSqlTypePtr(library, type), false}),
                       type);
}

Value tryCastTo(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "try_cast", arguments, {"expression", "type_"});
    const Value type = read["type_"];
    return makeElement(
        library, sql::makeExpression(sql::CastExpression{toColumnValue(library, read["expression"], type), toSqlTypePtr(library, type), true}), type);
}

Value coerceTo(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "type_coerce", arguments, {"expression", "type_"});
    const Value type = read["type_"];
    return makeElement(library, sql::makeExpression(sql::TypeCoerce{toColumnValue(library, read["expression"], type), toSqlTypePtr(library, type)}),
                       type);
}

Value extractFrom(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "extract", arguments, {"field", "expr"});
    return makeElement(library, sql::makeExpression(sql::ExtractExpression{toText(library, read["field"], "the field of extract()"),
                                                                           toOperand(library, read["expr"])}));
}

// --- CASE ---

Value caseOf(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "case", arguments, {"*whens", "value=", "else_="});
    sql::CaseExpression made;
    const bool hasValue = read.has("value") && !read["value"].isNone();
    if (hasValue)
        made.value = toOperand(library, read["value"]);
    Value type;
    const auto add = [&](const Value &condition, const Value &outcome) {
        made.whens.emplace_back(hasValue ? toColumnValue(library, condition, typeObjectOf(read["value"])) : toOperand(library, condition),
                                toOperand(library, outcome));
        if (const Value own = typeObjectOf(outcome))
            type = own;
    };
    const Values &whens = read.starArguments();
    if (whens.size() == 1 && whens[0].isKind(ObjectKind::Dict)) {
        for (const auto &[condition, outcome] : interpreter.dictEntries(whens[0]))
            add(condition, outcome);
    } else if (whens.size() == 1 && interpreter.known(whens[0], "the conditions of case()").isKind(ObjectKind::List)) {
        raiseSqlAlchemy(library, "ArgumentError",
                        "The \"whens\" argument to case(), when referring to a sequence of items, is now passed as a series of positional elements, "
                        "rather than as a list. ");
    } else {
        for (const Value &when : whens) {
            const Values pair = interpreter.toVector(interpreter.known(when, "a condition of case()"));
            if (pair.size() != 2)
                interpreter.raise("ValueError", "a condition of case() is a pair (condition, result)");
            add(pair[0], pair[1]);
        }
    }
    if (made.whens.empty())
        raiseSqlAlchemy(library, "ArgumentError", "case() needs at least one condition");
    if (read.has("else_") && !read["else_"].isNone()) {
        made.otherwise = toOperand(library, read["else_"]);
        if (!type)
            type = typeObjectOf(read["else_"]);
    }
    return makeElement(library, sql::makeExpression(std::move(made)), type);
}

// --- tuples, labels, windows ---

Value tupleOf(Library &library, Arguments &arguments)
{
    sql::TupleExpression tuple;
    for (const Value &item : arguments.positional)
        tuple.items.push_back(toOperand(library, item));
    return makeElement(library, sql::makeExpression(std::move(tuple)));
}

Value labelOf(Library &library, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "label", arguments, {"name", "element", "type_="});
    return labelled(library, read["element"], read["name"]);
}

Value overOf(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    Value element = arguments.take("element");
    if (!element && !arguments.positional.empty()) {
        element = arguments.positional.front();
        arguments.positional.erase(arguments.positional.begin());
    }
    return interpreter.invoke(interpreter.getAttribute(element ? element : Value::none(), "over"), std::move(arguments));
}

Value withinGroupOf(Library &library, Arguments &arguments)
{
    const Value element = arguments.positional.at(0);
    arguments.positional.erase(arguments.positional.begin());
    return library.interpreter().invoke(library.interpreter().getAttribute(element, "within_group"), std::move(arguments));
}

Value filterOf(Library &library, Arguments &arguments)
{
    const Value element = arguments.positional.at(0);
    arguments.positional.erase(arguments.positional.begin());
    return library.interpreter().invoke(library.interpreter().getAttribute(element, "filter"), std::move(arguments));
}

// --- EXISTS ---

Value existsOf(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    if (arguments.positional.empty()) {
        sql::Select select;
        select.columns.push_back(sql::makeExpression(sql::LiteralColumn{QStringLiteral("*")}));
        auto payload = std::make_unique<SelectPayload>();
        payload->select = std::move(select);
        return makeExists(library, interpreter.instance(selectClass(library), std::move(payload)));
    }
    const Value first = interpreter.known(arguments.positional[0], "the argument of exists()");
    if (first.isKind(ObjectKind::List) || arguments.positional.size() > 1) {
        raiseSqlAlchemy(library, "ArgumentError", "exists() takes one column, or a select(); a list of columns is what SQLAlchemy before 2.0 took");
    }
    if (Interpreter::payloadAs<StatementPayload>(first) != nullptr)
        return makeExists(library, first);
    if (const ExpressionPtr expression = expressionOf(library, first);
        expression != nullptr && std::holds_alternative<sql::ScalarSubquery>(expression->node))
        return makeExists(library, first);
    return makeExists(library, makeSelect(library, arguments.positional));
}

} // namespace

void addCoreConstructModules(ModuleTable &table)
{
    const std::initializer_list<std::string_view> modules = {"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"};
    std::vector<ModuleName> names = {{"and_", makeFunction<andOf>},
                                     {"or_", makeFunction<orOf>},
                                     {"between", makeFunction<between>},
                                     {"collate", makeFunction<collate>},
                                     {"cast", makeFunction<castTo>},
                                     {"try_cast", makeFunction<tryCastTo>},
                                     {"type_coerce", makeFunction<coerceTo>},
                                     {"extract", makeFunction<extractFrom>},
                                     {"case", makeFunction<caseOf>},
                                     {"tuple_", makeFunction<tupleOf>},
                                     {"label", makeFunction<labelOf>},
                                     {"over", makeFunction<overOf>},
                                     {"within_group", makeFunction<withinGroupOf>},
                                     {"funcfilter", makeFunction<filterOf>},
                                     {"exists", makeFunction<existsOf>}};
    for (const char *name :
         {"not_", "asc", "desc", "nulls_first", "nullsfirst", "nulls_last", "nullslast", "distinct", "any_", "all_", "bitwise_not"})
        names.push_back({name, makeUnaryFunction});
    table.add(modules, names);
}

} // namespace stillroom::script
