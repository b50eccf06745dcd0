// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/schema.h"

#include <algorithm>

/// What stands in FROM: aliases, subqueries, common tables, joins, functions. Source: SQLAlchemy 2.0, "Selectables".
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;
using sql::ExpressionPtr;
using sql::FromClause;
using sql::FromPtr;

namespace {

Value makeFromClass(Library &library, std::string_view name)
{
    return ClassBuilder(library.interpreter(), name, {fromClauseClass(library)}, "sqlalchemy.sql.selectable").build();
}

FromPtr shared(FromClause from) { return sql::makeFrom(std::move(from)); }

const FromPayload &payloadOf(const Value &from) { return *Interpreter::payloadAs<FromPayload>(from); }

// --- joins ---

struct KeyPair {
    ExpressionPtr left, right;
};

/// Pairs of columns that the foreign keys of `referring` give towards `referred`.
void addKeyPairs(Library &library, const Value &referring, const Value &referred, std::vector<KeyPair> &pairs)
{
    for (const auto &[key, column] : payloadOf(referring).columns) {
        const auto *schemaColumn = Interpreter::payloadAs<SchemaColumnPayload>(column);
        if (schemaColumn == nullptr)
            continue;
        for (const Value &foreign : schemaColumn->foreignKeys) {
            const ColumnTarget target = toColumnTarget(library, Interpreter::payloadAs<ForeignKeyPayload>(foreign)->target);
            for (const auto &[otherKey, other] : payloadOf(referred).columns) {
                const auto *candidate = Interpreter::payloadAs<ColumnPayload>(other);
                const auto *named = candidate->table == nullptr ? nullptr : std::get_if<FromClause::Named>(&candidate->table->node);
                if (named != nullptr && named->name.name.text == target.table.name.text && named->name.schema.text == target.table.schema.text &&
                    candidate->name.text == target.column.text)
                    pairs.push_back({expressionOf(library, other), expressionOf(library, column)});
            }
        }
    }
}

Value makeJoinClass(Library &library, std::string_view) { return library.named(makeFromClass, "Join"); }

Value joinOf(Library &library, const Value &left, const Value &right, const Value &onClause, bool isOuter, bool isFull)
{
    FromClause::Join join;
    const Value leftObject = toFromObject(library, left, "the left side of a join");
    const Value rightObject = toFromObject(library, right, "the right side of a join");
    join.left = payloadOf(leftObject).from;
    join.right = payloadOf(rightObject).from;
    join.on = onClause && !onClause.isNone() ? toCondition(library, onClause) : joinCondition(library, leftObject, rightObject);
    join.isOuter = isOuter;
    join.isFull = isFull;
    if (join.on == nullptr)
        raiseSqlAlchemy(library, "NoForeignKeysError", "Can't find any foreign key relationships between the two sides of a join.");
    auto payload = std::make_unique<FromPayload>();
    payload->from = shared(FromClause{std::move(join), {}, false, nullptr});
    refuseDepth(library, payload->from->depth);
    for (const Value &side : {leftObject, rightObject}) {
        for (const auto &[key, column] : payloadOf(side).columns) {
            const auto *owner = Interpreter::payloadAs<ColumnPayload>(column);
            const auto *named = owner->table == nullptr ? nullptr : std::get_if<FromClause::Named>(&owner->table->node);
            const QString table = named == nullptr ? QString() : owner->table->alias.isEmpty() ? named->name.name.text : owner->table->alias.text;
            payload->columns.emplace_back(table.isEmpty() ? key : table.toStdString() + '_' + key, column);
        }
    }
    const auto *from = payload->from.get();
    Value made = library.interpreter().instance(makeJoinClass(library, {}), std::move(payload));
    library.shared<FromRegistry>().objects.insert_or_assign(from, made);
    return made;
}

Value joinMethod(Library &library, const Value &self, Arguments &arguments, bool isOuter)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "join", arguments, {"right", "onclause=", "isouter=", "full="});
    const bool outer = isOuter || (read.has("isouter") && interpreter.truth(read["isouter"]));
    return joinOf(library, self, read["right"], read["onclause"], outer, read.has("full") && interpreter.truth(read["full"]));
}

Value makeJoinFunction(Library &library, std::string_view name)
{
    const bool isOuter = name == "outerjoin";
    return library.interpreter().function(name, [&library, isOuter](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "join", arguments, {"left", "right", "onclause=", "isouter=", "full="});
        const bool outer = isOuter || (read.has("isouter") && interpreter.truth(read["isouter"]));
        return joinOf(library, read["left"], read["right"], read["onclause"], outer, read.has("full") && interpreter.truth(read["full"]));
    });
}

Value makeAliasFunction(Library &library, std::string_view name)
{
    const bool isLateral = name == "lateral";
    return library.interpreter().function(name, [&library, isLateral](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "alias", arguments, {"selectable", "name=", "flat="});
        Arguments call;
        if (read.has("name"))
            call.positional.push_back(read["name"]);
        return interpreter.invoke(interpreter.getAttribute(toFromObject(library, read["selectable"], "alias()"), isLateral ? "lateral" : "alias"),
                                  std::move(call));
    });
}

// --- values() ---

Value valuesFunction(Library &library, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "values", arguments, {"*columns", "name=", "literal_binds="});
    FromClause from;
    FromClause::ValuesList list;
    std::vector<ShownColumn> shown;
    for (const Value &each : read.starArguments()) {
        const auto *column = Interpreter::payloadAs<ColumnPayload>(interpreter.known(each, "a column of values()"));
        if (column == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "values() takes column() objects");
        list.columns.push_back(column->name);
        shown.push_back({nullptr, column->key.toStdString(), column->name, column->type});
    }
    from.node = std::move(list);
    from.alias = toIdentifier(library, read["name"], "the name of values()");
    return makeFromObject(library, library.named(makeFromClass, "Values"), shared(std::move(from)), shown);
}

Value valuesData(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    FromClause from = *payloadOf(self).from;
    auto *list = std::get_if<FromClause::ValuesList>(&from.node);
    if (list == nullptr)
        interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute 'data'");
    std::vector<ShownColumn> shown = columnsOf(library, self);
    interpreter.iterate(arguments.positional.at(0), [&](const Value &row) {
        std::vector<ExpressionPtr> items;
        for (const Value &item : interpreter.toVector(row)) {
            ExpressionPtr value = items.size() < shown.size() ? toColumnValue(library, item, shown[items.size()].type) : toOperand(library, item);
            const auto *bound = std::get_if<sql::BoundValue>(&value->node);
            if (bound != nullptr && value->type == nullptr && items.size() < shown.size())
                value = sql::makeExpression(*bound, toSqlTypePtr(library, shown[items.size()].type));
            items.push_back(std::move(value));
        }
        list->rows.push_back(std::move(items));
        return true;
    });
    return makeFromObject(library, interpreter.classOf(self), shared(std::move(from)), shown);
}

Value makeValues(Library &library, std::string_view name)
{
    return library.interpreter().function(
        name, [&library](Interpreter &, const Value &, Arguments &arguments) { return valuesFunction(library, arguments); });
}

} // namespace

Value fromObject(Library &library, const FromClause *from)
{
    const auto &own = library.shared<FromRegistry>().objects;
    if (const auto found = own.find(from); found != own.end())
        return found->second;
    const auto &tables = library.shared<TableRegistry>().tables;
    const auto found = tables.find(from);
    return found == tables.end() ? Value() : found->second;
}

/// The class of a Column seen through an alias. Two such columns compare in the order in which they stand; Python asks a
/// Column first where it stands beside a plain column().
Value makeTableColumn(Library &library, std::string_view name)
{
    return ClassBuilder(library.interpreter(), name, {columnClauseClass(library)}, "sqlalchemy.sql.schema").build();
}

bool isColumnOfTable(Library &library, const Value &column)
{
    Interpreter &interpreter = library.interpreter();
    return interpreter.isInstance(column, columnClass(library)) || interpreter.isInstance(column, library.named(makeTableColumn, "Column"));
}

bool isColumnOfTable(Library &library, const sql::ExpressionPtr &expression)
{
    if (const auto *label = std::get_if<sql::LabelExpression>(&expression->node))
        return isColumnOfTable(library, label->operand);
    const auto *reference = std::get_if<sql::ColumnReference>(&expression->node);
    if (reference == nullptr || reference->table == nullptr)
        return false;
    if (library.shared<TableRegistry>().tables.contains(reference->table.get()))
        return true;
    const Value owner = fromObject(library, reference->table.get());
    if (!owner)
        return false;
    const auto &columns = payloadOf(owner).columns;
    const auto column = std::ranges::find_if(columns, [&](const auto &entry) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(entry.second);
        return payload != nullptr && payload->name.text == reference->name.text;
    });
    return column != columns.end() && isColumnOfTable(library, column->second);
}

Value makeFromObject(Library &library, const Value &fromClass, FromPtr from, const std::vector<ShownColumn> &shown)
{
    refuseDepth(library, from == nullptr ? 0 : from->depth);
    auto payload = std::make_unique<FromPayload>();
    payload->from = from;
    for (const ShownColumn &each : shown) {
        if (each.name.isEmpty())
            continue; // anonymous: nothing can name it
        auto column = std::make_unique<ColumnPayload>();
        column->name = each.name;
        column->key = QString::fromStdString(each.key);
        column->type = each.type;
        column->table = from;
        const Value columnClass = each.isOfTable ? library.named(makeTableColumn, "Column") : columnClauseClass(library);
        payload->columns.emplace_back(each.key, makeElement(library, columnClass, std::move(column)));
    }
    Value made = library.interpreter().instance(fromClass, std::move(payload));
    library.shared<FromRegistry>().objects.insert_or_assign(from.get(), made);
    return made;
}

std::vector<ShownColumn> columnsOf(Library &library, const Value &from)
{
    std::vector<ShownColumn> shown;
    for (const auto &[key, column] : payloadOf(from).columns) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        shown.push_back({payload->expression(library), key, payload->name, payload->type, isColumnOfTable(library, column)});
    }
    return shown;
}

Value toFromObject(Library &library, const Value &value, std::string_view use)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, use);
    if (Interpreter::payloadAs<FromPayload>(value) != nullptr)
        return value;
    if (Interpreter::payloadAs<RowsPayload>(value) != nullptr)
        return interpreter.invokeMethod(value, "subquery");
    if (Interpreter::payloadAs<FunctionPayload>(value) != nullptr) {
        FromClause from;
        from.node = FromClause::FromFunction{toOperand(library, value), {}, false};
        return makeFromObject(library, library.named(makeFromClass, "FromFunction"), shared(std::move(from)), {});
    }
    if (Interpreter::payloadAs<ExpressionPayload>(value) == nullptr) {
        const Value table = mappedTable(library, value);
        if (table && !table.isNone())
            return toFromObject(library, table, use);
    }
    auto payload = std::make_unique<FromPayload>();
    payload->from = toFrom(library, value, use);
    return interpreter.instance(library.named(makeFromClass, "FromText"), std::move(payload));
}

FromPtr toFromClause(Library &library, const Value &value, std::string_view use) { return payloadOf(toFromObject(library, value, use)).from; }

Value aliasOf(Library &library, const Value &from, const Value &name, bool isLateral)
{
    const FromPayload &payload = payloadOf(from);
    if (std::holds_alternative<FromClause::Join>(payload.from->node))
        library.interpreter().stop(StopKind::NotUnderstood, "an alias of a whole join");
    FromClause made = *payload.from;
    made.alias = toIdentifier(library, name, "the name of an alias");
    made.isAnonymousAlias = made.alias.isEmpty();
    made.aliasOf = payload.from;
    if (auto *derived = std::get_if<FromClause::Derived>(&made.node))
        derived->isLateral = derived->isLateral || isLateral;
    else if (auto *function = std::get_if<FromClause::FromFunction>(&made.node))
        function->isLateral = isLateral;
    return makeFromObject(library, library.named(makeFromClass, "Alias"), shared(std::move(made)), columnsOf(library, from));
}

Value derivedFrom(Library &library, const sql::StatementPtr &statement, const std::vector<ShownColumn> &shown, const Value &name, bool isLateral)
{
    FromClause from;
    from.node = FromClause::Derived{statement, isLateral};
    from.alias = toIdentifier(library, name, "the name of a subquery");
    return makeFromObject(library, library.named(makeFromClass, isLateral ? "Lateral" : "Subquery"), shared(std::move(from)), shown);
}

Value commonTable(Library &library, const sql::StatementPtr &statement, const std::vector<ShownColumn> &shown, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "cte", arguments, {"name=", "recursive=", "nesting="});
    auto table = std::make_shared<sql::CommonTable>();
    table->isNesting = read.has("nesting") && interpreter.truth(read["nesting"]);
    table->name = toIdentifier(library, read["name"], "the name of a common table");
    table->statement = statement;
    table->isRecursive = read.has("recursive") && interpreter.truth(read["recursive"]);
    FromClause from;
    from.node = FromClause::Common{std::move(table)};
    return makeFromObject(library, library.named(makeFromClass, "CTE"), shared(std::move(from)), shown);
}

std::shared_ptr<const sql::CommonTable> commonTableOf(Library &library, const Value &cte)
{
    const auto *payload = Interpreter::payloadAs<FromPayload>(library.interpreter().known(cte, "a common table"));
    const auto *common = payload == nullptr ? nullptr : std::get_if<FromClause::Common>(&payload->from->node);
    if (common == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a common table (cte()) is expected");
    return common->table;
}

ExpressionPtr joinCondition(Library &library, const Value &left, const Value &right)
{
    std::vector<KeyPair> pairs;
    addKeyPairs(library, right, left, pairs);
    if (pairs.empty())
        addKeyPairs(library, left, right, pairs);
    std::vector<ExpressionPtr> conditions;
    for (KeyPair &pair : pairs) {
        sql::BinaryExpression equal{};
        equal.kind = sql::BinaryKind::Equal;
        equal.left = std::move(pair.left);
        equal.right = std::move(pair.right);
        conditions.push_back(sql::makeExpression(std::move(equal)));
    }
    return allOf(std::move(conditions));
}

void partsOf(const FromPtr &from, std::vector<const FromClause *> &parts)
{
    parts.push_back(from.get());
    if (const auto *join = std::get_if<FromClause::Join>(&from->node)) {
        partsOf(join->left, parts);
        partsOf(join->right, parts);
    }
}

void addFromMethods(Library &library, ClassBuilder &builder)
{
    builder.method("select", [&library](Interpreter &, const Value &self, Arguments &) { return makeSelect(library, {self}); });
    builder.method("join",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return joinMethod(library, self, arguments, false); });
    builder.method("outerjoin",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return joinMethod(library, self, arguments, true); });
    for (const bool isLateral : {false, true}) {
        builder.method(isLateral ? "lateral" : "alias", [&library, isLateral](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            ArgumentReader read(interpreter, "alias", arguments, {"name=", "flat="});
            return aliasOf(library, self, read["name"], isLateral);
        });
    }
    builder.method("data", [&library](Interpreter &, const Value &self, Arguments &arguments) { return valuesData(library, self, arguments); });
    builder.method("render_derived", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "render_derived", arguments, {"name=", "with_types="});
        FromClause from = *payloadOf(self).from;
        auto *function = std::get_if<FromClause::FromFunction>(&from.node);
        if (function == nullptr)
            interpreter.stop(StopKind::NotUnderstood, "render_derived() on what is no function");
        const bool withTypes = read.has("with_types") && interpreter.truth(read["with_types"]);
        const std::vector<ShownColumn> shown = columnsOf(library, self);
        for (const ShownColumn &column : shown) {
            function->columns.push_back(column.name);
            if (withTypes)
                function->types.push_back(toSqlTypePtr(library, column.type));
        }
        from.alias = toIdentifier(library, read["name"], "the name of a FROM clause");
        from.isAnonymousAlias = from.alias.isEmpty();
        from.aliasOf = nullptr;
        function->isLateral = false;
        return makeFromObject(library, interpreter.classOf(self), shared(std::move(from)), shown);
    });
    builder.method("prefix_with", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        auto table = std::make_shared<sql::CommonTable>(*commonTableOf(library, self));
        for (const QString &prefix : textsFor(library, arguments)) {
            const QString word = prefix.simplified().toUpper();
            if (word != QLatin1String("MATERIALIZED") && word != QLatin1String("NOT MATERIALIZED"))
                interpreter.stop(StopKind::NotUnderstood, "a common table with the prefix " + prefix.toStdString());
            table->materialized = word == QLatin1String("MATERIALIZED");
        }
        return makeFromObject(library, interpreter.classOf(self), shared(FromClause{FromClause::Common{std::move(table)}, {}, false, nullptr}),
                              columnsOf(library, self));
    });
    // A recursive common table grows by the SELECT that names it.
    for (const auto &[name, keyword] : {std::pair("union", "UNION"), std::pair("union_all", "UNION ALL")}) {
        builder.method(name, [&library, keyword = QString::fromLatin1(keyword)](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            auto table = std::make_shared<sql::CommonTable>(*commonTableOf(library, self));
            sql::CompoundSelect compound;
            compound.keyword = keyword;
            compound.selects.push_back(table->statement);
            for (const Value &other : arguments.positional) {
                const auto *rows = Interpreter::payloadAs<RowsPayload>(interpreter.known(other, "a part of a union"));
                if (rows == nullptr)
                    raiseSqlAlchemy(library, "ArgumentError", "SELECT construct for inclusion in a UNION or other set construct expected");
                compound.selects.push_back(rows->statement(library));
            }
            table->statement = keptStatement(library, sql::Statement{std::move(compound), {}});
            const std::vector<ShownColumn> shown = columnsOf(library, self);
            return makeFromObject(library, interpreter.classOf(self), shared(FromClause{FromClause::Common{std::move(table)}, {}, false, nullptr}),
                                  shown);
        });
    }
}

void addTableMethods(Library &library, ClassBuilder &builder)
{
    builder.method("insert", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const Value made = makeInsert(library, self, "Insert");
        return arguments.positional.empty() && arguments.keywords.empty()
                   ? made
                   : interpreter.invoke(interpreter.getAttribute(made, "values"), std::move(arguments));
    });
    const auto refuse = [&library](const Arguments &arguments, const char *name) {
        if (!arguments.positional.empty() || !arguments.keywords.empty())
            library.interpreter().raise("TypeError", std::string("TableClause.") + name +
                                                         "() takes 1 positional argument; SQLAlchemy 2.0 has where() and values()");
    };
    builder.method("update", [&library, refuse](Interpreter &, const Value &self, Arguments &arguments) {
        refuse(arguments, "update");
        return makeUpdate(library, self);
    });
    builder.method("delete", [&library, refuse](Interpreter &, const Value &self, Arguments &arguments) {
        refuse(arguments, "delete");
        return makeDelete(library, self);
    });
}

void addCoreFromModules(ModuleTable &table)
{
    const std::initializer_list<std::string_view> modules = {"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression",
                                                             "sqlalchemy.sql.selectable"};
    table.add(modules, {{"join", makeJoinFunction},
                        {"outerjoin", makeJoinFunction},
                        {"alias", makeAliasFunction},
                        {"lateral", makeAliasFunction},
                        {"values", makeValues},
                        {"Alias", makeFromClass},
                        {"Join", makeFromClass},
                        {"Subquery", makeFromClass},
                        {"CTE", makeFromClass},
                        {"Lateral", makeFromClass},
                        {"Values", makeFromClass},
                        {"TableValuedAlias", makeFromClass}});
}

} // namespace stillroom::script
