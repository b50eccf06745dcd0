// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/schema.h"
#include "script/types.h"

#include <algorithm>

/// INSERT, UPDATE and DELETE. Source: SQLAlchemy 2.0, "Insert, Updates, Deletes".
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

namespace {

/// A column and what it is to hold, as the script said it.
using Assigned = std::vector<std::pair<const ColumnPayload *, Value>>;

struct DmlPayload : StatementPayload {
    Value table;  ///< the FROM object; keeps the columns below alive
    Value mapped; ///< the mapped class that was given instead of a table: its attributes name the columns
    std::vector<std::shared_ptr<const sql::CommonTable>> commonTables;
    std::vector<ExpressionPtr> returning;
    std::vector<ShownColumn> shown; ///< what RETURNING gives
    [[nodiscard]] const FromPayload &from() const { return *Interpreter::payloadAs<FromPayload>(table); }
};

struct InsertPayload final : DmlPayload {
    std::vector<Assigned> rows;
    bool hasValues = false; ///< values() was called: without, SQLAlchemy expects the values at execution
    sql::StatementPtr fromSelect;
    bool fillsDefaults = true; ///< from_select(include_defaults=)
    std::vector<sql::Identifier> selectedInto;
    std::optional<sql::OnConflict> onConflict;
    QStringList prefixes;
    bool isInline = false;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};

struct UpdatePayload final : DmlPayload {
    Assigned set;
    bool isOrdered = false, hasValues = false;
    ExpressionPtr where;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};

struct DeletePayload final : DmlPayload {
    ExpressionPtr where;
    [[nodiscard]] sql::StatementPtr statement(Library &library) const override;
};

// --- columns and values ---

/// The column that a key of values() names. A Column object stands for itself by its key.
const ColumnPayload *columnFor(Library &library, const DmlPayload &statement, const Value &key)
{
    const FromPayload &table = statement.from();
    Interpreter &interpreter = library.interpreter();
    interpreter.known(key, "a column of values()");
    std::string name;
    if (key.isString()) {
        name = std::string(Interpreter::text(key));
    } else {
        const ExpressionPtr expression = expressionOf(library, key);
        const auto *reference = expression == nullptr ? nullptr : std::get_if<sql::ColumnReference>(&expression->node);
        if (reference == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "a column or its name is expected in values(), got " + interpreter.repr(key));
        for (const auto &[known, column] : table.columns) {
            const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
            if (payload->name.text == reference->name.text)
                return payload;
        }
        name = reference->name.text.toStdString();
    }
    if (statement.mapped) {
        const auto *column = Interpreter::payloadAs<ColumnPayload>(interpreter.findAttribute(statement.mapped, name));
        if (column != nullptr && column->table == table.from)
            return column;
    }
    for (const auto &[known, column] : table.columns) {
        if (known == name)
            return Interpreter::payloadAs<ColumnPayload>(column);
    }
    raiseSqlAlchemy(library, "CompileError", "Unconsumed column names: " + name);
}

Assigned assignedBy(Library &library, const DmlPayload &statement, const Value &given)
{
    const FromPayload &table = statement.from();
    Interpreter &interpreter = library.interpreter();
    Assigned assigned;
    const auto put = [&assigned](const ColumnPayload *column, const Value &value) {
        const auto known = std::ranges::find(assigned, column, &Assigned::value_type::first);
        if (known != assigned.end())
            known->second = value;
        else
            assigned.emplace_back(column, value);
    };
    if (given.isKind(ObjectKind::Dict)) {
        for (const auto &[key, value] : interpreter.dictEntries(given))
            put(columnFor(library, statement, key), value);
        return assigned;
    }
    std::size_t next = 0;
    for (const Value &value : interpreter.toVector(given)) {
        if (next == table.columns.size())
            raiseSqlAlchemy(library, "ArgumentError", "values() has more values than the table has columns");
        put(Interpreter::payloadAs<ColumnPayload>(table.columns[next++].second), value);
    }
    return assigned;
}

Assigned assignedByKeywords(Library &library, const DmlPayload &statement, const Arguments &arguments)
{
    Assigned assigned;
    for (const auto &[name, value] : arguments.keywords)
        assigned.emplace_back(columnFor(library, statement, library.interpreter().string(std::string_view(name))), value);
    return assigned;
}

void mergeInto(Assigned &assigned, const Assigned &more)
{
    for (const auto &[column, value] : more) {
        const auto known = std::ranges::find(assigned, column, &Assigned::value_type::first);
        if (known != assigned.end())
            known->second = value;
        else
            assigned.emplace_back(column, value);
    }
}

const Value *valueOf(const Assigned &assigned, const ColumnPayload *column)
{
    const auto known = std::ranges::find(assigned, column, &Assigned::value_type::first);
    return known == assigned.end() ? nullptr : &known->second;
}

ExpressionPtr valueExpression(Library &library, const ColumnPayload &column, const Value &value)
{
    if (value.isNone()) { // a bound None is written as NULL of the column, not as a comparison's NULL
        sql::BoundValue bound;
        bound.value.kind = sql::Literal::Kind::Null;
        return sql::makeExpression(std::move(bound));
    }
    return toColumnValue(library, value, column.type);
}

bool isPlain(Library &library, const Value &value)
{
    return expressionOf(library, value) == nullptr && Interpreter::payloadAs<StatementPayload>(value) == nullptr;
}

/// What SQLAlchemy leaves where the values are given at execution, and Alembic's offline mode prints as it is.
ExpressionPtr placeholder(Library &library, const ColumnPayload &column)
{
    QString mark = QLatin1Char(':') + column.key; // as the paramstyle of Alembic's env.py templates has it
    const sql::SqlTypePtr type = toSqlTypePtr(library, column.type);
    static const QStringList jsonTypes{QStringLiteral("JSON"), QStringLiteral("JSONB")};
    static const QStringList castTypes{QStringLiteral("Enum"), QStringLiteral("ENUM"), QStringLiteral("UUID"), QStringLiteral("Uuid")};
    if (library.isPostgreSql() && type != nullptr && jsonTypes.contains(type->name))
        mark += QLatin1String("::") + type->name;
    else if (library.isPostgreSql() && type != nullptr && castTypes.contains(type->name))
        library.interpreter().stop(StopKind::NotUnderstood, "values that are given to the statement only when it runs");
    return sql::makeExpression(sql::LiteralColumn{mark});
}

void notePlaceholders(Library &library)
{
    library.note(QStringLiteral(
        "the values are given beside the statement: offline, Alembic prints placeholders for them; a run on a database uses the values"));
}

// --- primary keys ---

bool countsAsNumber(Library &library, const Value &type)
{
    static const QStringList names{QStringLiteral("Integer"), QStringLiteral("SmallInteger"), QStringLiteral("BigInteger"),
                                   QStringLiteral("INTEGER"), QStringLiteral("SMALLINT"),     QStringLiteral("BIGINT"),
                                   QStringLiteral("Numeric"), QStringLiteral("NUMERIC"),      QStringLiteral("DECIMAL"),
                                   QStringLiteral("INT")};
    const sql::SqlTypePtr known = toSqlTypePtr(library, type);
    return known != nullptr && names.contains(known->name);
}

std::vector<const SchemaColumnPayload *> primaryKeyOf(const TablePayload &table)
{
    const auto *explicitKey = table.primaryKey ? Interpreter::payloadAs<ConstraintPayload>(table.primaryKey) : nullptr;
    std::vector<const SchemaColumnPayload *> key;
    for (const auto &[name, column] : table.columns) {
        const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(column);
        if (payload == nullptr)
            continue;
        const bool isListed = explicitKey != nullptr && std::ranges::any_of(explicitKey->columns, [&, n = name](const Value &one) {
                                  return one.isString() ? Interpreter::text(one) == n : one.isSame(column);
                              });
        if (payload->column.isPrimaryKey || isListed)
            key.push_back(payload);
    }
    return key;
}

/// PrimaryKeyConstraint._autoincrement_column
const SchemaColumnPayload *autoincrementOf(Library &library, const std::vector<const SchemaColumnPayload *> &key)
{
    for (const SchemaColumnPayload *column : key) {
        if (column->column.autoincrement.value_or(false))
            return column;
    }
    if (key.size() != 1 || key.front()->column.autoincrement)
        return nullptr;
    const SchemaColumnPayload &only = *key.front();
    const bool isForeign = !only.foreignKeys.empty() && !only.column.ignoresForeignKeysForAutoincrement;
    const bool hasDefault = only.hasPythonDefault || static_cast<bool>(only.serverDefault) || only.column.computed;
    return countsAsNumber(library, only.type) && !isForeign && !hasDefault ? &only : nullptr;
}

void addImplicitReturning(Library &library, const TablePayload &table, const Assigned &row, sql::Insert &insert)
{
    const auto key = primaryKeyOf(table);
    const SchemaColumnPayload *counted = autoincrementOf(library, key);
    if (counted != nullptr)
        insert.autoincrementColumn = counted->name;
    for (const SchemaColumnPayload *column : key) {
        if (column == counted || column->serverDefault || column->column.identity || valueOf(row, column) != nullptr)
            insert.implicitReturning.push_back(column->expression(library));
    }
}

// --- INSERT ---

void addRows(Library &library, const InsertPayload &self, sql::Insert &insert)
{
    const FromPayload &table = self.from();
    std::vector<Assigned> rows = self.rows.empty() ? std::vector<Assigned>{{}} : self.rows;
    std::vector<const ColumnPayload *> used;
    for (const auto &[key, column] : table.columns) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        if (valueOf(rows.front(), payload) == nullptr) {
            const auto *schemaColumn = Interpreter::payloadAs<SchemaColumnPayload>(column);
            Value standard = schemaColumn == nullptr ? Value() : defaultFor(library, *schemaColumn, true);
            if (!standard && schemaColumn != nullptr && schemaColumn->column.sequence && library.isPostgreSql())
                library.interpreter().stop(StopKind::NotUnderstood, "an INSERT that takes the column '" + key + "' from a Sequence");
            if (!standard)
                continue;
            for (Assigned &row : rows)
                row.emplace_back(payload, standard);
        }
        used.push_back(payload);
    }
    for (const ColumnPayload *column : used) {
        insert.columns.push_back(column->name);
        insert.types.push_back(toSqlTypePtr(library, column->type));
    }
    for (const Assigned &row : rows) {
        std::vector<ExpressionPtr> values;
        for (const ColumnPayload *column : used) {
            const Value *value = valueOf(row, column);
            if (value == nullptr)
                raiseSqlAlchemy(
                    library, "CompileError",
                    "INSERT value for column " + column->key.toStdString() +
                        " is explicitly rendered as a boundparameter in the VALUES clause; a Python-side value or SQL expression is required");
            values.push_back(valueExpression(library, *column, *value));
        }
        insert.rows.push_back(std::move(values));
    }
    const auto *schemaTable = Interpreter::payloadAs<TablePayload>(self.table);
    if (schemaTable != nullptr && !self.isInline && rows.size() == 1 && self.returning.empty())
        addImplicitReturning(library, *schemaTable, rows.front(), insert);
    if (used.empty())
        insert.rows.clear();
}

void addPlaceholders(Library &library, const InsertPayload &self, sql::Insert &insert)
{
    std::vector<ExpressionPtr> row;
    for (const auto &[key, column] : self.from().columns) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        insert.columns.push_back(payload->name);
        insert.types.push_back(nullptr);
        row.push_back(placeholder(library, *payload));
    }
    insert.rows.push_back(std::move(row));
    notePlaceholders(library);
}

/// INSERT … SELECT also fills the columns with defaults that it does not list; the SELECT gets what they say at its end.
void addDefaults(Library &library, const InsertPayload &self, sql::Insert &insert)
{
    Interpreter &interpreter = library.interpreter();
    std::vector<ExpressionPtr> added;
    for (const auto &[key, column] : self.from().columns) {
        const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(column);
        const bool isListed = payload == nullptr ||
                              std::ranges::any_of(self.selectedInto, [&](const sql::Identifier &name) { return name.text == payload->name.text; });
        if (isListed)
            continue;
        const Value standard = defaultFor(library, *payload, true);
        if (!standard && payload->column.sequence && library.isPostgreSql())
            interpreter.stop(StopKind::NotUnderstood, "an INSERT that takes the column '" + key + "' from a Sequence");
        if (!standard)
            continue;
        insert.columns.push_back(payload->name);
        added.push_back(valueExpression(library, *payload, standard));
    }
    if (added.empty())
        return;
    sql::Statement rows = *self.fromSelect;
    auto *select = std::get_if<sql::Select>(&rows.node);
    if (select == nullptr)
        raiseSqlAlchemy(
            library, "CompileError",
            "Can't extend statement for INSERT..FROM SELECT to include additional default-holding column(s).  Convert the selectable to a "
            "subquery() first, or pass include_defaults=False to Insert.from_select() to skip these columns.");
    select->columns.insert(select->columns.end(), added.begin(), added.end());
    insert.fromSelect = keptStatement(library, std::move(rows));
}

} // namespace

Value defaultFor(Library &library, const SchemaColumnPayload &column, bool isInsert)
{
    const Value &given = isInsert ? column.insertDefault : column.updateDefault;
    if (!given || given.isNone())
        return {};
    Interpreter &interpreter = library.interpreter();
    if (!isPlain(library, interpreter.known(given, "the default of a column")))
        return given;
    if (library.environment().offline) {
        library.note(QStringLiteral("offline, Alembic prints NULL for a default that Python computes (column %1); a run on a database uses the value")
                         .arg(column.name.text));
        return Value::none();
    }
    if (!interpreter.isCallable(given))
        return given;
    interpreter.stop(StopKind::NotUnderstood, "a function computes the default of the column '" + column.name.text.toStdString() + "'");
}

sql::StatementPtr InsertPayload::statement(Library &library) const
{
    sql::Insert insert;
    insert.table = from().from;
    insert.prefixes = prefixes;
    insert.onConflict = onConflict;
    insert.returning = returning;
    if (fromSelect != nullptr) {
        insert.columns = selectedInto;
        insert.fromSelect = fromSelect;
        if (fillsDefaults)
            addDefaults(library, *this, insert);
    } else if (!hasValues && !from().columns.empty()) {
        if (!library.environment().offline)
            library.interpreter().stop(StopKind::NotUnderstood, "an INSERT without values is executed");
        addPlaceholders(library, *this, insert);
    } else {
        addRows(library, *this, insert);
    }
    return keptStatement(library, sql::Statement{std::move(insert), commonTables});
}

sql::StatementPtr UpdatePayload::statement(Library &library) const
{
    sql::Update update;
    update.table = from().from;
    update.where = where;
    update.returning = returning;
    const auto assign = [&](const ColumnPayload &column, ExpressionPtr value) {
        update.set.push_back({column.expression(library), std::move(value)});
    };
    if (isOrdered) {
        for (const auto &[column, value] : set)
            assign(*column, valueExpression(library, *column, value));
    }
    for (const auto &[key, column] : from().columns) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        const auto *schemaColumn = Interpreter::payloadAs<SchemaColumnPayload>(column);
        const Value *value = valueOf(set, payload);
        if (value != nullptr && !isOrdered) {
            assign(*payload, valueExpression(library, *payload, *value));
        } else if (value == nullptr && !hasValues) {
            if (!library.environment().offline)
                library.interpreter().stop(StopKind::NotUnderstood, "an UPDATE without values is executed");
            assign(*payload, placeholder(library, *payload));
        } else if (value == nullptr && schemaColumn != nullptr) {
            if (const Value standard = defaultFor(library, *schemaColumn, false))
                assign(*payload, valueExpression(library, *payload, standard));
        }
    }
    if (!hasValues)
        notePlaceholders(library);
    return keptStatement(library, sql::Statement{std::move(update), commonTables});
}

sql::StatementPtr DeletePayload::statement(Library &library) const
{
    sql::Delete made;
    made.table = from().from;
    made.where = where;
    made.returning = returning;
    return keptStatement(library, sql::Statement{std::move(made), commonTables});
}

namespace {

// --- methods ---

/// A method that returns a changed copy.
template<class Payload>
python::Native changes(Library &library, void (*change)(Library &, Payload &, Arguments &))
{
    return [&library, change](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        auto copy = std::make_unique<Payload>(*Interpreter::payloadAs<Payload>(self));
        change(library, *copy, arguments);
        return interpreter.instance(interpreter.classOf(self), std::move(copy));
    };
}

template<class Payload>
void addWhere(Library &library, Payload &self, Arguments &arguments)
{
    std::vector<ExpressionPtr> conditions;
    if (self.where != nullptr)
        conditions.push_back(self.where);
    for (const Value &each : arguments.positional)
        conditions.push_back(toCondition(library, each));
    self.where = allOf(std::move(conditions), true);
}

template<class Payload>
void addReturning(Library &library, Payload &self, Arguments &arguments)
{
    for (const Value &each : arguments.positional) {
        for (const ShownColumn &column : toShownColumns(library, each)) {
            self.returning.push_back(column.expression);
            self.shown.push_back(column);
        }
    }
}

Value dmlCommonTable(Library &library, const Value &self, Arguments &arguments)
{
    const auto *payload = Interpreter::payloadAs<DmlPayload>(self);
    return commonTable(library, payload->statement(library), payload->shown, arguments);
}

template<class Payload>
void addCommonTables(Library &library, Payload &self, Arguments &arguments)
{
    for (const Value &each : arguments.positional)
        self.commonTables.push_back(commonTableOf(library, each));
}

void insertValues(Library &library, InsertPayload &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    self.hasValues = true;
    if (arguments.positional.empty()) {
        if (self.rows.empty())
            self.rows.emplace_back();
        mergeInto(self.rows.front(), assignedByKeywords(library, self, arguments));
        return;
    }
    const Value given = interpreter.known(arguments.positional[0], "the values of an INSERT");
    const auto isSequence = [](const Value &value) { return value.isKind(ObjectKind::List) || value.isKind(ObjectKind::Tuple); };
    if (isSequence(given)) {
        const Values items = interpreter.toVector(given);
        const bool isMany =
            !items.empty() && (interpreter.known(items.front(), "the values of an INSERT").isKind(ObjectKind::Dict) || isSequence(items.front()));
        if (isMany) {
            for (const Value &item : items)
                self.rows.push_back(assignedBy(library, self, item));
            return;
        }
        if (items.empty())
            interpreter.stop(StopKind::NotUnderstood, "an INSERT is given an empty list of rows");
    }
    if (self.rows.empty())
        self.rows.emplace_back();
    mergeInto(self.rows.front(), assignedBy(library, self, given));
}

void insertFromSelect(Library &library, InsertPayload &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "from_select", arguments, {"names", "select", "include_defaults="});
    interpreter.iterate(interpreter.known(read["names"], "the columns of from_select()"), [&](const Value &name) {
        self.selectedInto.push_back(columnFor(library, self, name)->name);
        return true;
    });
    const auto *rows = Interpreter::payloadAs<RowsPayload>(interpreter.known(read["select"], "the SELECT of from_select()"));
    if (rows == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "from_select() takes a SELECT");
    self.fromSelect = rows->statement(library);
    self.fillsDefaults = !read.has("include_defaults") || interpreter.truth(read["include_defaults"]);
    self.hasValues = true;
}

void insertPrefix(Library &library, InsertPayload &self, Arguments &arguments) { self.prefixes += textsFor(library, arguments); }

void insertInline(Library &, InsertPayload &self, Arguments &) { self.isInline = true; }

// --- ON CONFLICT ---

sql::OnConflict conflictTarget(Library &library, const InsertPayload &self, const ArgumentReader &read)
{
    Interpreter &interpreter = library.interpreter();
    sql::OnConflict conflict;
    if (read.has("constraint") && !read["constraint"].isNone()) {
        const auto *constraint = Interpreter::payloadAs<ConstraintPayload>(read["constraint"]);
        conflict.constraint =
            constraint != nullptr ? constraint->constraint.name : toIdentifier(library, read["constraint"], "the constraint of ON CONFLICT");
    }
    if (read.has("index_elements") && !read["index_elements"].isNone()) {
        interpreter.iterate(interpreter.known(read["index_elements"], "index_elements"), [&](const Value &element) {
            if (element.isString())
                conflict.indexElements.push_back(
                    sql::makeExpression(sql::ColumnReference{nullptr, toIdentifier(library, element, "index_elements")}));
            else
                conflict.indexElements.push_back(toOperand(library, element));
            return true;
        });
    }
    if (read.has("index_where") && !read["index_where"].isNone())
        conflict.indexWhere = toCondition(library, read["index_where"]);
    (void)self;
    return conflict;
}

void onConflictDoNothing(Library &library, InsertPayload &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "on_conflict_do_nothing", arguments, {"constraint=", "index_elements=", "index_where="});
    self.onConflict = conflictTarget(library, self, read);
    self.onConflict->doNothing = true;
}

void onConflictDoUpdate(Library &library, InsertPayload &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "on_conflict_do_update", arguments, {"constraint=", "index_elements=", "index_where=", "set_=", "where="});
    self.onConflict = conflictTarget(library, self, read);
    Value set = interpreter.known(read["set_"] ? read["set_"] : Value::none(), "set_ of ON CONFLICT");
    if (!set.isKind(ObjectKind::Dict)) // a collection of columns, as insert.excluded is
        set = interpreter.invoke(interpreter.builtin("dict"), Arguments{{interpreter.invokeMethod(set, "items")}, {}});
    const Assigned assigned = assignedBy(library, self, set);
    for (const auto &[key, column] : self.from().columns) { // in the table's order, as SQLAlchemy writes them
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        if (const Value *value = valueOf(assigned, payload))
            self.onConflict->set.push_back({payload->expression(library), valueExpression(library, *payload, *value)});
    }
    if (read.has("where") && !read["where"].isNone())
        self.onConflict->where = toCondition(library, read["where"]);
}

/// insert.excluded: the row that was not inserted.
Value excludedOf(Library &library, const Value &self)
{
    const auto *payload = Interpreter::payloadAs<InsertPayload>(self);
    auto from = sql::makeFrom(
        sql::FromClause{sql::FromClause::Named{sql::QualifiedName{{}, sql::Identifier{QStringLiteral("excluded")}}}, {}, false, nullptr});
    const Value object = makeFromObject(library, fromClauseClass(library), from, columnsOf(library, payload->table));
    return library.interpreter().getAttribute(object, "c");
}

Value makeInsertClass(Library &library, std::string_view name)
{
    ClassBuilder builder(library.interpreter(), name, {clauseElementClass(library)}, "sqlalchemy.sql.dml");
    builder.method("values", changes<InsertPayload>(library, insertValues));
    builder.method("from_select", changes<InsertPayload>(library, insertFromSelect));
    builder.method("prefix_with", changes<InsertPayload>(library, insertPrefix));
    builder.method("inline", changes<InsertPayload>(library, insertInline));
    builder.method("returning", changes<InsertPayload>(library, addReturning<InsertPayload>));
    builder.method("add_cte", changes<InsertPayload>(library, addCommonTables<InsertPayload>));
    builder.method("cte", [&library](Interpreter &, const Value &self, Arguments &arguments) { return dmlCommonTable(library, self, arguments); });
    builder.method("on_conflict_do_nothing", changes<InsertPayload>(library, onConflictDoNothing));
    builder.method("on_conflict_do_update", changes<InsertPayload>(library, onConflictDoUpdate));
    builder.property("excluded", [&library](Interpreter &, const Value &self, Arguments &) { return excludedOf(library, self); });
    builder.property("table", [](Interpreter &, const Value &self, Arguments &) { return Interpreter::payloadAs<DmlPayload>(self)->table; });
    return builder.build();
}

void updateValues(Library &library, UpdatePayload &self, Arguments &arguments)
{
    self.hasValues = true;
    if (!arguments.positional.empty())
        mergeInto(self.set, assignedBy(library, self, library.interpreter().known(arguments.positional[0], "the values of an UPDATE")));
    mergeInto(self.set, assignedByKeywords(library, self, arguments));
}

void updateOrdered(Library &library, UpdatePayload &self, Arguments &arguments)
{
    self.hasValues = self.isOrdered = true;
    for (const Value &each : arguments.positional) {
        const Values pair = library.interpreter().toVector(library.interpreter().known(each, "a pair of ordered_values()"));
        if (pair.size() != 2)
            raiseSqlAlchemy(library, "ArgumentError", "ordered_values() takes pairs");
        self.set.emplace_back(columnFor(library, self, pair[0]), pair[1]);
    }
}

Value makeUpdateClass(Library &library, std::string_view name)
{
    ClassBuilder builder(library.interpreter(), name, {clauseElementClass(library)}, "sqlalchemy.sql.dml");
    builder.method("where", changes<UpdatePayload>(library, addWhere<UpdatePayload>));
    builder.method("filter", changes<UpdatePayload>(library, addWhere<UpdatePayload>));
    builder.method("values", changes<UpdatePayload>(library, updateValues));
    builder.method("ordered_values", changes<UpdatePayload>(library, updateOrdered));
    builder.method("returning", changes<UpdatePayload>(library, addReturning<UpdatePayload>));
    builder.method("add_cte", changes<UpdatePayload>(library, addCommonTables<UpdatePayload>));
    builder.method("cte", [&library](Interpreter &, const Value &self, Arguments &arguments) { return dmlCommonTable(library, self, arguments); });
    builder.property("table", [](Interpreter &, const Value &self, Arguments &) { return Interpreter::payloadAs<DmlPayload>(self)->table; });
    return builder.build();
}

Value makeDeleteClass(Library &library, std::string_view name)
{
    ClassBuilder builder(library.interpreter(), name, {clauseElementClass(library)}, "sqlalchemy.sql.dml");
    builder.method("where", changes<DeletePayload>(library, addWhere<DeletePayload>));
    builder.method("filter", changes<DeletePayload>(library, addWhere<DeletePayload>));
    builder.method("returning", changes<DeletePayload>(library, addReturning<DeletePayload>));
    builder.method("add_cte", changes<DeletePayload>(library, addCommonTables<DeletePayload>));
    builder.method("cte", [&library](Interpreter &, const Value &self, Arguments &arguments) { return dmlCommonTable(library, self, arguments); });
    builder.property("table", [](Interpreter &, const Value &self, Arguments &) { return Interpreter::payloadAs<DmlPayload>(self)->table; });
    return builder.build();
}

Value dmlTable(Library &library, const Value &table)
{
    const Value object = toFromObject(library, table, "the table of a statement");
    const auto *payload = Interpreter::payloadAs<FromPayload>(object);
    if (!std::holds_alternative<sql::FromClause::Named>(payload->from->node))
        raiseSqlAlchemy(library, "ArgumentError", "subject table for an INSERT, UPDATE or DELETE expected");
    return object;
}

/// insert(table), and the forms of SQLAlchemy 1.x: insert(table, values), update(table, whereclause, values), delete(table, whereclause).
Value makeDmlFunction(Library &library, std::string_view name)
{
    return library.interpreter().function(name, [&library, name = std::string(name)](Interpreter &interpreter, const Value &, Arguments &arguments) {
        if (name == "insert") {
            ArgumentReader read(interpreter, name, arguments, {"table", "values=", "inline="});
            const Value made = makeInsert(library, read["table"], "Insert");
            return read.has("values") && !read["values"].isNone() ? interpreter.invokeMethod(made, "values", {read["values"]}) : made;
        }
        const bool isUpdate = name == "update";
        ArgumentReader read(interpreter, name, arguments, {"table", "whereclause=", "values="});
        Value made = isUpdate ? makeUpdate(library, read["table"]) : makeDelete(library, read["table"]);
        if (read.has("whereclause") && !read["whereclause"].isNone())
            made = interpreter.invokeMethod(made, "where", {read["whereclause"]});
        if (isUpdate && read.has("values") && !read["values"].isNone())
            made = interpreter.invokeMethod(made, "values", {read["values"]});
        return made;
    });
}

Value makeDmlName(Library &library, std::string_view name) { return dmlClass(library, name); }

// --- values given at execution ---

/// The sets of values beside a statement: a dict, or a list of dicts.
Values setsOf(Library &library, const Value &parameters)
{
    Interpreter &interpreter = library.interpreter();
    if (!parameters || parameters.isNone())
        return {};
    interpreter.known(parameters, "the parameters of a statement");
    const Values sets = parameters.isKind(ObjectKind::Dict) ? Values{parameters} : interpreter.toVector(parameters);
    for (const Value &each : sets) {
        if (!interpreter.known(each, "the parameters of a statement").isKind(ObjectKind::Dict))
            interpreter.stop(StopKind::NotUnderstood, "a statement is given parameters by position, not by name");
    }
    return sets;
}

} // namespace

Value dmlClass(Library &library, std::string_view name)
{
    if (name == "Insert")
        return library.named(makeInsertClass, name);
    return name == "Update" ? library.named(makeUpdateClass, name) : library.named(makeDeleteClass, name);
}

Value makeInsert(Library &library, const Value &table, std::string_view className)
{
    auto payload = std::make_unique<InsertPayload>();
    payload->table = dmlTable(library, table);
    if (table.isKind(ObjectKind::Class))
        payload->mapped = table;
    return library.interpreter().instance(dmlClass(library, className), std::move(payload));
}

Value makeUpdate(Library &library, const Value &table)
{
    auto payload = std::make_unique<UpdatePayload>();
    payload->table = dmlTable(library, table);
    if (table.isKind(ObjectKind::Class))
        payload->mapped = table;
    return library.interpreter().instance(dmlClass(library, "Update"), std::move(payload));
}

Value makeDelete(Library &library, const Value &table)
{
    auto payload = std::make_unique<DeletePayload>();
    payload->table = dmlTable(library, table);
    if (table.isKind(ObjectKind::Class))
        payload->mapped = table;
    return library.interpreter().instance(dmlClass(library, "Delete"), std::move(payload));
}

std::vector<sql::StatementPtr> statementsWith(Library &library, const Value &statement, const Value &parameters)
{
    std::vector<sql::StatementPtr> statements;
    const auto *insert = Interpreter::payloadAs<InsertPayload>(statement);
    const auto *update = Interpreter::payloadAs<UpdatePayload>(statement);
    if (insert == nullptr && update == nullptr)
        return statements;
    Interpreter &interpreter = library.interpreter();
    for (const Value &set : setsOf(library, parameters)) {
        if (insert != nullptr) {
            InsertPayload copy = *insert;
            if (copy.rows.empty())
                copy.rows.emplace_back();
            copy.hasValues = true;
            mergeInto(copy.rows.front(), assignedBy(library, copy, set));
            statements.push_back(copy.statement(library));
            continue;
        }
        // A key that no bindparam() of the statement has names a column to set.
        UpdatePayload copy = *update;
        const bool hadValues = copy.hasValues;
        for (const auto &[key, value] : interpreter.dictEntries(set)) {
            const auto &columns = copy.from().columns;
            const std::string name = toText(library, key, "the name of a parameter").toStdString();
            const bool isColumn = std::ranges::any_of(columns, [&](const auto &column) { return column.first == name; });
            if (isColumn && !hadValues) {
                copy.hasValues = true;
                mergeInto(copy.set, {{columnFor(library, copy, key), value}});
            }
        }
        statements.push_back(copy.statement(library));
    }
    return statements;
}

void addCoreDmlModules(ModuleTable &table)
{
    table.add({"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression", "sqlalchemy.sql.dml"}, {{"insert", makeDmlFunction},
                                                                                                    {"update", makeDmlFunction},
                                                                                                    {"delete", makeDmlFunction},
                                                                                                    {"Insert", makeDmlName},
                                                                                                    {"Update", makeDmlName},
                                                                                                    {"Delete", makeDmlName}});
    table.add(
        {"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.dml", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.sqlite.dml"},
        {{"insert", makeDmlFunction}, {"Insert", makeDmlName}});
}

void addCoreModules(ModuleTable &table)
{
    addCoreOperatorModules(table);
    addCoreConstructModules(table);
    addCoreFunctionModules(table);
    addCoreFromModules(table);
    addCoreSelectModules(table);
    addCoreDmlModules(table);
}

} // namespace stillroom::script
