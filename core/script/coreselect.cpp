// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/types.h"

#include <algorithm>

/// SELECT. Source: SQLAlchemy 2.0, "SELECT and Related Constructs".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;
using python::Values;
using sql::ExpressionPtr;
using sql::FromClause;
using sql::FromPtr;

sql::StatementPtr SelectPayload::statement(Library &library) const { return keptStatement(library, sql::Statement{select, commonTables}); }

namespace {

/// A method that returns a changed copy, as all of SELECT's do.
python::Native changes(Library &library, void (*change)(Library &, SelectPayload &, Arguments &))
{
    return [&library, change](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        auto copy = std::make_unique<SelectPayload>(*Interpreter::payloadAs<SelectPayload>(self));
        change(library, *copy, arguments);
        return interpreter.instance(interpreter.classOf(self), std::move(copy));
    };
}

void addCondition(ExpressionPtr &where, std::vector<ExpressionPtr> more)
{
    if (where != nullptr) {
        if (const auto *clauses = std::get_if<sql::BooleanClauses>(&where->node); clauses != nullptr && clauses->isCriteria)
            more.insert(more.begin(), clauses->clauses.begin(), clauses->clauses.end());
        else
            more.insert(more.begin(), where);
    }
    where = allOf(std::move(more), true);
}

std::vector<ExpressionPtr> conditionsOf(Library &library, const Values &given)
{
    std::vector<ExpressionPtr> conditions;
    for (const Value &each : given)
        conditions.push_back(toCondition(library, each));
    return conditions;
}

void where(Library &library, SelectPayload &self, Arguments &arguments)
{
    addCondition(self.select.where, conditionsOf(library, arguments.positional));
}

void having(Library &library, SelectPayload &self, Arguments &arguments)
{
    addCondition(self.select.having, conditionsOf(library, arguments.positional));
}

/// order_by(None) and group_by(None) take back what was said.
void extendOrdering(Library &library, std::vector<ExpressionPtr> &list, const Values &given)
{
    if (given.size() == 1 && given[0].isNone()) {
        list.clear();
        return;
    }
    for (ExpressionPtr &item : toOrderings(library, spread(library, given)))
        list.push_back(std::move(item));
}

void orderBy(Library &library, SelectPayload &self, Arguments &arguments) { extendOrdering(library, self.select.orderBy, arguments.positional); }

void groupBy(Library &library, SelectPayload &self, Arguments &arguments) { extendOrdering(library, self.select.groupBy, arguments.positional); }

ExpressionPtr countOf(Library &library, const Value &value) { return value.isNone() ? nullptr : toOperand(library, value); }

void limit(Library &library, SelectPayload &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "limit", arguments, {"limit"});
    self.select.limit = countOf(library, read["limit"]);
    self.select.isFetch = self.select.isWithTies = false;
}

void offset(Library &library, SelectPayload &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "offset", arguments, {"offset"});
    self.select.offset = countOf(library, read["offset"]);
}

void slice(Library &library, SelectPayload &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "slice", arguments, {"start", "stop"});
    const qint64 start = toOptionalInteger(library, read["start"], "the start of a slice").value_or(0);
    const auto stop = toOptionalInteger(library, read["stop"], "the end of a slice");
    const auto number = [&library](qint64 value) { return toOperand(library, Value::integer(value)); };
    self.select.limit = stop ? number(*stop - start) : nullptr;
    self.select.offset = start != 0 ? number(start) : nullptr;
}

void fetch(Library &library, SelectPayload &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "fetch", arguments, {"count", "with_ties=", "percent="});
    if (read.has("percent") && library.interpreter().truth(read["percent"]))
        library.interpreter().stop(StopKind::NotUnderstood, "fetch() in per cent");
    self.select.limit = countOf(library, read["count"]);
    self.select.isFetch = true;
    self.select.isWithTies = read.has("with_ties") && library.interpreter().truth(read["with_ties"]);
}

void distinct(Library &library, SelectPayload &self, Arguments &arguments)
{
    self.select.isDistinct = true;
    for (const Value &each : arguments.positional)
        self.select.distinctOn.push_back(toOrdering(library, each));
}

void forUpdate(Library &library, SelectPayload &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "with_for_update", arguments, {"*", "nowait=", "read=", "of=", "skip_locked=", "key_share="});
    QStringList words;
    for (const char *word : {"read", "key_share", "nowait", "skip_locked"}) {
        if (read.has(word) && interpreter.truth(read[word]))
            words.append(QLatin1String(word));
    }
    self.select.forUpdate = words.join(QLatin1Char(' '));
    if (!read.has("of") || read["of"].isNone())
        return;
    const bool isList = read["of"].isKind(ObjectKind::List) || read["of"].isKind(ObjectKind::Tuple);
    for (const Value &each : isList ? interpreter.toVector(read["of"]) : Values{read["of"]}) {
        const auto *column = Interpreter::payloadAs<ColumnPayload>(each);
        self.select.forUpdateOf.push_back(column != nullptr && column->table != nullptr ? column->table : toFromClause(library, each, "of="));
    }
}

void prefixWith(Library &library, SelectPayload &self, Arguments &arguments) { self.select.prefixes += textsFor(library, arguments); }

void suffixWith(Library &library, SelectPayload &self, Arguments &arguments) { self.select.suffixes += textsFor(library, arguments); }

/// Hints for one table are for databases other than these two; PostgreSQL and SQLite have no place for them.
void withHint(Library &library, SelectPayload &, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "with_hint", arguments, {"selectable", "text", "dialect_name="});
    if (library.isPostgreSql())
        library.interpreter().stop(StopKind::NotUnderstood, "with_hint() on PostgreSQL");
}

void selectFrom(Library &library, SelectPayload &self, Arguments &arguments)
{
    for (const Value &each : spread(library, arguments.positional))
        self.select.from.push_back(toFromClause(library, each, "select_from()"));
}

void correlate(Library &library, SelectPayload &self, Arguments &arguments)
{
    self.select.correlate.emplace();
    for (const Value &each : arguments.positional) {
        if (!each.isNone())
            self.select.correlate->push_back(toFromClause(library, each, "correlate()"));
    }
}

void correlateExcept(Library &library, SelectPayload &self, Arguments &arguments)
{
    self.select.correlateExcept.emplace();
    for (const Value &each : arguments.positional) {
        if (!each.isNone())
            self.select.correlateExcept->push_back(toFromClause(library, each, "correlate_except()"));
    }
}

void addShown(Library &library, SelectPayload &self, const Values &items)
{
    for (const Value &item : items) {
        for (ShownColumn &column : toShownColumns(library, item)) {
            self.select.columns.push_back(column.expression);
            self.shown.push_back(std::move(column));
        }
    }
}

void addColumns(Library &library, SelectPayload &self, Arguments &arguments) { addShown(library, self, spread(library, arguments.positional)); }

void withOnlyColumns(Library &library, SelectPayload &self, Arguments &arguments)
{
    const Value keep = arguments.take("maintain_column_froms");
    if (keep && library.interpreter().truth(keep))
        library.interpreter().stop(StopKind::NotUnderstood, "with_only_columns(maintain_column_froms=True)");
    self.select.columns.clear();
    self.shown.clear();
    addShown(library, self, spread(library, arguments.positional));
}

// --- joins ---

/// What a SELECT already takes from: what was said, else the owners of its columns.
std::vector<FromPtr> fromsOf(const sql::Select &select)
{
    if (!select.from.empty())
        return select.from;
    std::vector<FromPtr> froms;
    for (const ExpressionPtr &column : select.columns) {
        const auto *reference = std::get_if<sql::ColumnReference>(&column->node);
        const auto *label = std::get_if<sql::LabelExpression>(&column->node);
        if (label != nullptr)
            reference = std::get_if<sql::ColumnReference>(&label->operand->node);
        if (reference != nullptr && reference->table != nullptr && std::ranges::find(froms, reference->table) == froms.end())
            froms.push_back(reference->table);
    }
    return froms;
}

void mentionedFroms(const ExpressionPtr &expression, std::vector<const FromClause *> &found)
{
    if (expression == nullptr)
        return;
    if (const auto *reference = std::get_if<sql::ColumnReference>(&expression->node)) {
        found.push_back(reference->table.get());
    } else if (const auto *binary = std::get_if<sql::BinaryExpression>(&expression->node)) {
        mentionedFroms(binary->left, found);
        mentionedFroms(binary->right, found);
    } else if (const auto *clauses = std::get_if<sql::BooleanClauses>(&expression->node)) {
        for (const ExpressionPtr &each : clauses->clauses)
            mentionedFroms(each, found);
    } else if (const auto *unary = std::get_if<sql::UnaryExpression>(&expression->node)) {
        mentionedFroms(unary->operand, found);
    }
}

/// Conditions between any part of `from` and `right` that foreign keys give; null: none.
ExpressionPtr conditionBetween(Library &library, const FromPtr &from, const Value &right)
{
    std::vector<const FromClause *> parts;
    partsOf(from, parts);
    for (const FromClause *part : parts) {
        if (const Value left = fromObject(library, part); left && !std::holds_alternative<FromClause::Join>(part->node)) {
            if (ExpressionPtr condition = joinCondition(library, left, right))
                return condition;
        }
    }
    return nullptr;
}

struct JoinRequest {
    std::optional<FromPtr> left;
    Value right, onClause;
    bool isOuter = false, isFull = false;
};

void addJoin(Library &library, SelectPayload &self, const JoinRequest &request)
{
    const Value right = toFromObject(library, request.right, "the target of join()");
    const FromPtr target = toFromClause(library, right, "the target of join()");
    ExpressionPtr on = request.onClause && !request.onClause.isNone() ? toCondition(library, request.onClause) : nullptr;
    const std::vector<FromPtr> candidates = request.left ? std::vector<FromPtr>{*request.left} : fromsOf(self.select);
    std::vector<const FromClause *> mentioned;
    mentionedFroms(on, mentioned);
    std::vector<FromPtr> fitting;
    for (const FromPtr &candidate : candidates) {
        if (candidate == target)
            continue;
        std::vector<const FromClause *> parts;
        partsOf(candidate, parts);
        const bool isNamed =
            std::ranges::any_of(parts, [&](const FromClause *part) { return std::ranges::find(mentioned, part) != mentioned.end(); });
        // An ON that names no column fits beside whatever there is.
        if (candidates.size() == 1 || (on != nullptr ? isNamed || mentioned.empty() : conditionBetween(library, candidate, right) != nullptr))
            fitting.push_back(candidate);
    }
    if (fitting.size() != 1)
        library.interpreter().stop(StopKind::NotUnderstood, "which FROM clause of the SELECT a join() continues");
    if (on == nullptr)
        on = conditionBetween(library, fitting.front(), right);
    if (on == nullptr)
        raiseSqlAlchemy(library, "NoForeignKeysError", "Can't find any foreign key relationships between the two sides of a join.");
    FromClause::Join join;
    join.left = fitting.front();
    join.right = target;
    join.on = std::move(on);
    join.isOuter = request.isOuter;
    join.isFull = request.isFull;
    const FromPtr made = std::make_shared<const FromClause>(FromClause{std::move(join), {}, false, nullptr});
    const auto place = std::ranges::find(self.select.from, fitting.front());
    if (place == self.select.from.end())
        self.select.from.push_back(made);
    else
        *place = made;
}

void joinWith(Library &library, SelectPayload &self, Arguments &arguments, bool isOuter, bool hasLeft)
{
    Interpreter &interpreter = library.interpreter();
    JoinRequest request;
    if (hasLeft) {
        Value left = arguments.take("from_");
        if (!left && !arguments.positional.empty()) {
            left = arguments.positional.front();
            arguments.positional.erase(arguments.positional.begin());
        }
        request.left = toFromClause(library, left ? left : Value::none(), "the left side of join_from()");
    }
    ArgumentReader read(interpreter, "join", arguments, {"target", "onclause=", "isouter=", "full="});
    request.right = read["target"];
    request.onClause = read["onclause"];
    request.isOuter = isOuter || (read.has("isouter") && interpreter.truth(read["isouter"]));
    request.isFull = read.has("full") && interpreter.truth(read["full"]);
    addJoin(library, self, request);
}

void join(Library &library, SelectPayload &self, Arguments &arguments) { joinWith(library, self, arguments, false, false); }

void outerJoin(Library &library, SelectPayload &self, Arguments &arguments) { joinWith(library, self, arguments, true, false); }

void joinFrom(Library &library, SelectPayload &self, Arguments &arguments) { joinWith(library, self, arguments, false, true); }

void outerJoinFrom(Library &library, SelectPayload &self, Arguments &arguments) { joinWith(library, self, arguments, true, true); }

void filterBy(Library &library, SelectPayload &self, Arguments &arguments)
{
    const std::vector<FromPtr> froms = fromsOf(self.select);
    const Value owner = froms.empty() ? Value() : fromObject(library, froms.back().get());
    if (!owner)
        library.interpreter().stop(StopKind::NotUnderstood, "which table filter_by() means");
    std::vector<ExpressionPtr> conditions;
    for (const auto &[name, value] : arguments.keywords) {
        const Value column = library.interpreter().getAttribute(library.interpreter().getAttribute(owner, "c"), name);
        conditions.push_back(toOperand(library, compareValues(library, sql::BinaryKind::Equal, column, value)));
    }
    addCondition(self.select.where, std::move(conditions));
}

void tableNamesPlusColumns(Library &, SelectPayload &self, Arguments &) { self.select.tablenamesPlusColumnNames = true; }

void setLabelStyle(Library &library, SelectPayload &self, Arguments &arguments)
{
    const Value style = arguments.positional.empty() ? Value::none() : arguments.positional[0];
    self.select.tablenamesPlusColumnNames =
        library.interpreter().known(style, "a label style").isString() && Interpreter::text(style) == "LABEL_STYLE_TABLENAME_PLUS_COL";
}

Value makeSelectClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Select", {clauseElementClass(library)}, "sqlalchemy.sql.selectable");
    using Change = void (*)(Library &, SelectPayload &, Arguments &);
    static constexpr std::pair<std::string_view, Change> kChanges[] = {
        {"where", where},
        {"filter", where},
        {"having", having},
        {"filter_by", filterBy},
        {"order_by", orderBy},
        {"group_by", groupBy},
        {"limit", limit},
        {"offset", offset},
        {"slice", slice},
        {"fetch", fetch},
        {"distinct", distinct},
        {"with_for_update", forUpdate},
        {"prefix_with", prefixWith},
        {"suffix_with", suffixWith},
        {"with_hint", withHint},
        {"select_from", selectFrom},
        {"correlate", correlate},
        {"correlate_except", correlateExcept},
        {"add_columns", addColumns},
        {"column", addColumns},
        {"with_only_columns", withOnlyColumns},
        {"join", join},
        {"outerjoin", outerJoin},
        {"join_from", joinFrom},
        {"outerjoin_from", outerJoinFrom},
        {"apply_labels", tableNamesPlusColumns},
        {"with_labels", tableNamesPlusColumns},
        {"set_label_style", setLabelStyle},
    };
    for (const auto &[name, change] : kChanges)
        builder.method(name, changes(library, change));
    builder.property("whereclause", [&library](Interpreter &, const Value &self, Arguments &) {
        const auto *payload = Interpreter::payloadAs<SelectPayload>(self);
        return payload->select.where == nullptr ? Value::none() : makeElement(library, payload->select.where);
    });
    addRowsMethods(library, builder);
    return builder.build();
}

/// `select(a, b)`, and SQLAlchemy 1.x's `select([a, b], whereclause, from_obj=…)`, which 2.0 refuses: a team's scripts were
/// written for the version that the team has.
Value selectFunction(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const bool isOldForm = !arguments.positional.empty() && arguments.positional[0].isKind(ObjectKind::List);
    Value columns = arguments.take("columns");
    if (!isOldForm && !columns) {
        if (!arguments.keywords.empty())
            interpreter.raise("TypeError", "select() got an unexpected keyword argument '" + arguments.keywords.front().first + "'");
        return makeSelect(library, arguments.positional);
    }
    if (!columns) {
        columns = arguments.positional.front();
        arguments.positional.erase(arguments.positional.begin());
    }
    ArgumentReader read(interpreter, "select", arguments,
                        {"whereclause=", "from_obj=", "distinct=", "having=", "correlate=", "prefixes=", "suffixes=", "limit=", "offset=",
                         "order_by=", "group_by=", "use_labels=", "bind="});
    Value made = makeSelect(library, interpreter.toVector(columns));
    const auto apply = [&](const char *option, const char *method, bool isList) {
        if (!read.has(option) || read[option].isNone())
            return;
        const bool isSequence = read[option].isKind(ObjectKind::List) || read[option].isKind(ObjectKind::Tuple);
        Arguments call;
        call.positional = isList && isSequence ? interpreter.toVector(read[option]) : Values{read[option]};
        made = interpreter.invoke(interpreter.getAttribute(made, method), std::move(call));
    };
    apply("whereclause", "where", false);
    apply("from_obj", "select_from", true);
    apply("having", "having", false);
    apply("limit", "limit", false);
    apply("offset", "offset", false);
    apply("order_by", "order_by", true);
    apply("group_by", "group_by", true);
    apply("prefixes", "prefix_with", true);
    if (read.has("distinct") && interpreter.truth(read["distinct"]))
        made = interpreter.invokeMethod(made, "distinct");
    if (read.has("use_labels") && interpreter.truth(read["use_labels"]))
        made = interpreter.invokeMethod(made, "apply_labels");
    return made;
}

Value makeSelectName(Library &library, std::string_view name)
{
    if (name == "Select")
        return selectClass(library);
    return library.interpreter().function(
        name, [&library](Interpreter &, const Value &, Arguments &arguments) { return selectFunction(library, arguments); });
}

Value makeLabelStyle(Library &library, std::string_view name) { return library.interpreter().string(name); }

} // namespace

Value selectClass(Library &library) { return library.named(makeSelectClass, "Select"); }

Value makeSelect(Library &library, const Values &items)
{
    auto payload = std::make_unique<SelectPayload>();
    for (const Value &item : items) {
        // select(table) takes from it even where it has no columns to show.
        const auto *from = Interpreter::payloadAs<FromPayload>(library.interpreter().known(item, "what select() lists"));
        if (from != nullptr && from->columns.empty())
            payload->select.from.push_back(from->from);
    }
    addShown(library, *payload, items);
    return library.interpreter().instance(selectClass(library), std::move(payload));
}

ShownColumn shownElement(Library &library, const Value &element)
{
    ShownColumn shown;
    shown.expression = toOperand(library, element);
    shown.type = typeObjectOf(element);
    if (const auto *column = Interpreter::payloadAs<ColumnPayload>(element)) {
        shown.name = column->name;
        shown.key = column->key.toStdString();
        shown.isOfTable = isColumnOfTable(library, element);
        return shown;
    }
    const sql::Expression *named = shown.expression.get();
    if (const auto *label = std::get_if<sql::LabelExpression>(&named->node)) {
        shown.name = label->label;
        shown.isOfTable = isColumnOfTable(library, label->operand);
    } else {
        // A cast of a column keeps the column's name.
        if (const auto *cast = std::get_if<sql::CastExpression>(&named->node))
            named = cast->operand.get();
        else if (const auto *coerced = std::get_if<sql::TypeCoerce>(&named->node))
            named = coerced->operand.get();
        if (const auto *reference = std::get_if<sql::ColumnReference>(&named->node))
            shown.name = reference->name;
        else if (const auto *literal = std::get_if<sql::LiteralColumn>(&named->node))
            shown.name.text = literal->text;
    }
    shown.key = shown.name.text.toStdString();
    return shown;
}

QStringList textsFor(Library &library, Arguments &arguments)
{
    const std::optional<QString> dialect = toOptionalText(library, arguments.take("dialect"), "the dialect of a prefix");
    QStringList texts;
    if (dialect && *dialect != QLatin1String("*") && *dialect != library.environment().dialectName)
        return texts;
    for (const Value &each : arguments.positional) {
        const auto *text = Interpreter::payloadAs<TextPayload>(library.interpreter().known(each, "a prefix"));
        texts.append(text != nullptr ? text->text : toText(library, each, "a prefix"));
    }
    return texts;
}

std::vector<ShownColumn> toShownColumns(Library &library, const Value &item)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(item, "what select() lists");
    if (const auto *from = Interpreter::payloadAs<FromPayload>(item)) {
        if (from->columns.empty() && std::holds_alternative<FromClause::FromFunction>(from->from->node))
            interpreter.stop(StopKind::NotUnderstood, "what a function in FROM gives is selected without naming its columns");
        const auto *derived = std::get_if<sql::FromClause::Derived>(&from->from->node);
        const auto *select = derived == nullptr || derived->select == nullptr ? nullptr : std::get_if<sql::Select>(&derived->select->node);
        if (select != nullptr && select->columns.size() > from->columns.size())
            interpreter.stop(StopKind::NotUnderstood, "all columns of a subquery are selected, of which some have no name or share one");
        return columnsOf(library, item);
    }
    if (item.isString()) {
        const std::string text(Interpreter::text(item));
        if (text == "*")
            return {shownElement(library, makeText(library, QStringLiteral("*")))};
        raiseSqlAlchemy(library, "ArgumentError",
                        "Textual column expression '" + text + "' should be explicitly declared with text('" + text + "'), or use column('" + text +
                            "') for more specificity");
    }
    if (expressionOf(library, item) != nullptr || Interpreter::payloadAs<StatementPayload>(item) != nullptr)
        return {shownElement(library, item)};
    if (item.isKind(ObjectKind::Instance) || item.isKind(ObjectKind::Class)) {
        const Value table = mappedTable(library, item);
        if (table && interpreter.findAttribute(item, "_differs_from_table").isTrue())
            interpreter.stop(StopKind::NotUnderstood, "SELECT of a mapped class that has more, or less, than the columns of its table");
        if (const Value own = interpreter.findAttribute(item, "_mapped_columns"); table && own && own.isKind(ObjectKind::List)) {
            std::vector<ShownColumn> shown;
            for (const Value &column : interpreter.toVector(own))
                shown.push_back(shownElement(library, column));
            return shown;
        }
        if (table && !table.isNone())
            return toShownColumns(library, table);
    }
    if (item.isNone() || item.isBoolean())
        return {{toCondition(library, item), {}, {}, {}}};
    if (item.isSmallInteger() || item.isKind(ObjectKind::BigInteger) || item.isKind(ObjectKind::Float))
        return {{sql::makeExpression(sql::LiteralColumn{QString::fromStdString(interpreter.str(item))}), {}, {}, {}}};
    raiseSqlAlchemy(library, "ArgumentError",
                    "Column expression, FROM clause, or other columns clause element expected, got " + interpreter.repr(item) + ".");
}

void addCoreSelectModules(ModuleTable &table)
{
    table.add({"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression", "sqlalchemy.sql.selectable", "sqlalchemy.future"},
              {{"select", makeSelectName}, {"Select", makeSelectName}});
    table.add({"sqlalchemy", "sqlalchemy.sql.expression"}, {{"LABEL_STYLE_TABLENAME_PLUS_COL", makeLabelStyle},
                                                            {"LABEL_STYLE_NONE", makeLabelStyle},
                                                            {"LABEL_STYLE_DISAMBIGUATE_ONLY", makeLabelStyle},
                                                            {"LABEL_STYLE_DEFAULT", makeLabelStyle}});
    addCoreCompoundModules(table);
}

} // namespace stillroom::script
