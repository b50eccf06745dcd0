// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"
#include "script/convert.h"
#include "script/directives.h"
#include "script/schema.h"

#include <algorithm>

/// create_table, drop_table, indexes, bulk_insert, execute and batch_alter_table.
namespace stillroom::script {

using python::ArgumentReader;
using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

Value createTable(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "table_name"}});
    ArgumentReader read(library.interpreter(), "create_table", call.arguments, {"table_name", "*columns", "if_not_exists=", "**"});
    TableArguments arguments;
    arguments.name = toIdentifier(library, read["table_name"], "the name of the table");
    arguments.items = read.starArguments();
    arguments.keywords = std::move(read.rest());
    const Value table = makeTableObject(library, std::move(arguments));
    emitCreateTable(library, *Interpreter::payloadAs<TablePayload>(table), toOptionalBool(library, read["if_not_exists"]).value_or(false));
    return table;
}

Value dropTable(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "table_name"}});
    ArgumentReader read(library.interpreter(), "drop_table", call.arguments, {"table_name", "*", "schema=", "if_exists=", "**"});
    call.emit(sql::DropTable{toTableName(library, read["table_name"], read["schema"]), toOptionalBool(library, read["if_exists"]).value_or(false),
                             std::nullopt});
    return Value::none();
}

// --- indexes ---

Value createIndex(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "index_name"}, {"tablename", "table_name"}, {"cols", "columns"}});
    ArgumentReader read(library.interpreter(), "create_index", call.arguments,
                        {"index_name", "table_name", "columns", "*", "schema=", "unique=", "if_not_exists=", "quote=", "info=", "**"});
    sql::CreateIndex create;
    sql::Index &index = create.index;
    index.table = toTableName(library, read["table_name"], read["schema"]);
    index.name = toIdentifier(library, read["index_name"], "the name of the index");
    index.isUnique = toBool(library, read["unique"], false);
    create.ifNotExists = toOptionalBool(library, read["if_not_exists"]).value_or(false);
    if (read.has("quote") && !read["quote"].isNone())
        index.name.quote = library.interpreter().truth(read["quote"]);
    NamedThing named{NamedThing::Kind::Index, index.table, index.name, {}, {}, {}, {}, {}};
    library.interpreter().iterate(library.interpreter().known(read["columns"], "the columns of the index"), [&](const Value &column) {
        index.elements.push_back(toIndexElement(library, column, nullptr));
        addIndexedColumn(named, index.elements.back(), true);
        return true;
    });
    index.name = nameByConvention(library, environmentConvention(library), named);
    index.options = toDialectOptions(library, read.rest(), "create_index");
    call.emit(std::move(create));
    return Value::none();
}

Value dropIndex(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"name", "index_name"}, {"tablename", "table_name"}});
    ArgumentReader read(library.interpreter(), "drop_index", call.arguments,
                        {"index_name", "table_name=", "*", "schema=", "if_exists=", "unique=", "info=", "**"});
    sql::DropIndex drop;
    drop.index.name = toIdentifier(library, read["index_name"], "the name of the index");
    drop.index.table = toTableName(library, read["table_name"], read["schema"]);
    drop.ifExists = toOptionalBool(library, read["if_exists"]).value_or(false);
    drop.index.options = toDialectOptions(library, read.rest(), "drop_index");
    call.emit(std::move(drop));
    return Value::none();
}

// --- rows ---

std::vector<std::pair<sql::Identifier, sql::ExpressionPtr>> rowOf(Library &library, const FromPayload &table, const Value &row)
{
    Interpreter &interpreter = library.interpreter();
    std::vector<std::pair<sql::Identifier, sql::ExpressionPtr>> values;
    for (const auto &[key, value] : interpreter.dictEntries(row)) {
        const std::string name = toText(library, key, "the name of a column").toStdString();
        const ColumnPayload *column = nullptr;
        for (const auto &[known, candidate] : table.columns) {
            if (known == name)
                column = Interpreter::payloadAs<ColumnPayload>(candidate);
        }
        if (column == nullptr)
            interpreter.raise("KeyError", name);
        sql::ExpressionPtr expression = expressionOf(library, interpreter.known(value, "a value of bulk_insert"));
        if (expression == nullptr)
            expression = sql::makeExpression(
                sql::BoundValue{toLiteral(library, boundBy(library, value, column->type), "a value of bulk_insert"), {}, false, false});
        values.emplace_back(column->name, std::move(expression));
    }
    return values;
}

/// Columns that the rows do not name and whose Column has a default=.
void addDefaults(Library &library, const FromPayload &table, sql::BulkInsert &insert)
{
    for (const auto &[key, column] : table.columns) {
        const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(column);
        if (payload == nullptr)
            continue;
        for (auto &row : insert.rows) {
            const bool isNamed = std::ranges::any_of(row, [&](const auto &value) { return value.first.text == payload->name.text; });
            const Value standard = isNamed ? Value() : defaultFor(library, *payload, true);
            if (standard)
                row.emplace_back(payload->name,
                                 standard.isNone() ? sql::makeExpression(sql::BoundValue{}) : toColumnValue(library, standard, payload->type));
        }
    }
}

bool rowsVary(const sql::BulkInsert &insert)
{
    for (const auto &row : insert.rows) {
        for (const auto &[name, value] : row) {
            const auto *bound = std::get_if<sql::BoundValue>(&value->node);
            if (bound != nullptr && bound->value.varies)
                return true;
        }
    }
    return false;
}

Value bulkInsert(DirectiveCall call)
{
    Library &library = call.library;
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "bulk_insert", call.arguments, {"table", "rows", "*", "multiinsert="});
    Value described = interpreter.known(read["table"], "the table of bulk_insert");
    if (Interpreter::payloadAs<FromPayload>(described) == nullptr) {
        const Value mapped = interpreter.findAttribute(described, "__table__");
        if (mapped && !mapped.isUnknown())
            described = mapped;
    }
    const auto *table = Interpreter::payloadAs<FromPayload>(described);
    if (table == nullptr)
        interpreter.raise("TypeError", "bulk_insert() needs a table description, got " + interpreter.repr(described));
    const Value &rows = interpreter.known(read["rows"], "the rows of bulk_insert");
    if (!rows.isKind(ObjectKind::List))
        interpreter.raise("TypeError", "List expected");
    sql::BulkInsert insert;
    insert.table = table->from;
    insert.multiInsert = toBool(library, read["multiinsert"], true);
    for (const auto &[key, column] : table->columns) {
        const auto *payload = Interpreter::payloadAs<ColumnPayload>(column);
        insert.columns.push_back(payload->name);
        insert.types.push_back(toSqlTypePtr(library, payload->type));
    }
    interpreter.iterate(rows, [&](const Value &row) {
        if (!interpreter.known(row, "a row of bulk_insert").isKind(ObjectKind::Dict))
            interpreter.raise("TypeError", "List of dictionaries expected");
        insert.rows.push_back(rowOf(library, *table, row));
        return true;
    });
    if (insert.rows.empty())
        return Value::none();
    addDefaults(library, *table, insert);
    const QStringList notes = rowsVary(insert) ? QStringList{QStringLiteral("the values vary from run to run")} : QStringList{};
    library.emit(std::move(insert), notes);
    return Value::none();
}

Value executeStatement(DirectiveCall call)
{
    Library &library = call.library;
    renameFormer(call.arguments, {{"sql", "sqltext"}, {"statement", "sqltext"}});
    ArgumentReader read(library.interpreter(), "execute", call.arguments, {"sqltext", "*", "execution_options="});
    bool isAutocommit = false;
    if (read.has("execution_options") && read["execution_options"].isKind(ObjectKind::Dict)) {
        const Value level = library.interpreter().dictGet(read["execution_options"], "isolation_level");
        isAutocommit = level && level.isString() && Interpreter::text(level) == "AUTOCOMMIT";
    }
    // Also in a batch: Alembic runs it at once, before what the batch holds back.
    (void)execute(library, read["sqltext"], {}, false, isAutocommit);
    return Value::none();
}

} // namespace

// --- batch_alter_table ---

namespace {

void readReordering(Library &library, sql::BatchAlterTable &batch, const Value &value)
{
    if (!value || value.isNone())
        return;
    library.interpreter().iterate(value, [&](const Value &group) {
        std::vector<QString> names;
        for (const sql::Identifier &name : toIdentifiers(library, group, "partial_reordering"))
            names.push_back(name.text);
        batch.partialReordering.push_back(std::move(names));
        return true;
    });
}

void readTableArguments(Library &library, sql::BatchAlterTable &batch, const Value &items)
{
    if (!items || items.isNone())
        return;
    library.interpreter().iterate(items, [&](const Value &item) {
        const NamingConvention convention = environmentConvention(library);
        if (Interpreter::payloadAs<ConstraintPayload>(item) != nullptr)
            batch.tableArgumentConstraints.push_back(toConstraint(library, item, batch.table, nullptr, convention));
        else if (Interpreter::payloadAs<IndexPayload>(item) != nullptr)
            batch.tableArgumentIndexes.push_back(toIndex(library, item, batch.table, nullptr, convention));
        else
            library.interpreter().stop(StopKind::NotUnderstood, "table_args of batch_alter_table holds something that is no constraint and no index");
        return true;
    });
}

sql::BatchAlterTable::Recreate recreateOf(Library &library, const Value &value)
{
    if (!value)
        return sql::BatchAlterTable::Recreate::Auto;
    const QString text = toText(library, value, "recreate");
    if (text == QLatin1String("always"))
        return sql::BatchAlterTable::Recreate::Always;
    if (text == QLatin1String("never"))
        return sql::BatchAlterTable::Recreate::Never;
    if (text == QLatin1String("auto"))
        return sql::BatchAlterTable::Recreate::Auto;
    library.interpreter().raise("ValueError", "recreate may be one of 'auto', 'always', or 'never'.");
}

void readReflection(Library &library, sql::BatchAlterTable &batch, const ArgumentReader &read)
{
    Interpreter &interpreter = library.interpreter();
    if (read.has("reflect_args") && !read["reflect_args"].isNone()) {
        interpreter.iterate(read["reflect_args"], [&](const Value &column) {
            batch.reflectColumns.push_back(toColumn(library, column, batch.table, environmentConvention(library)));
            return true;
        });
    }
    const bool isReflected = !read.has("copy_from") || read["copy_from"].isNone();
    if (library.isSqlite() && isReflected && read.has("reflect_kwargs") && !read["reflect_kwargs"].isNone() &&
        interpreter.truth(read["reflect_kwargs"]))
        interpreter.stop(StopKind::NotUnderstood, "reflect_kwargs of batch_alter_table is not supported");
    if (read.has("naming_convention") && !read["naming_convention"].isNone()) {
        for (const auto &[key, format] : interpreter.dictEntries(interpreter.known(read["naming_convention"], "the naming convention")))
            batch.namingConvention.insert_or_assign(toText(library, key, "naming_convention"), toText(library, format, "naming_convention"));
    }
}

} // namespace

Value batchAlterTable(DirectiveCall call)
{
    Library &library = call.library;
    Interpreter &interpreter = library.interpreter();
    renameFormer(call.arguments, {{"tablename", "table_name"}});
    ArgumentReader read(interpreter, "batch_alter_table", call.arguments,
                        {"table_name", "schema=", "recreate=", "partial_reordering=", "copy_from=", "table_args=", "table_kwargs=", "reflect_args=",
                         "reflect_kwargs=", "naming_convention="});
    auto payload = std::make_unique<BatchPayload>();
    sql::BatchAlterTable &batch = payload->batch;
    batch.table = toTableName(library, read["table_name"], read["schema"]);
    batch.recreate = recreateOf(library, read["recreate"]);
    payload->table = read["table_name"];
    payload->schema = read["schema"];
    payload->origin = library.origin();
    readReordering(library, batch, read["partial_reordering"]);
    readTableArguments(library, batch, read["table_args"]);
    if (read.has("copy_from") && !read["copy_from"].isNone()) {
        const auto *table = Interpreter::payloadAs<TablePayload>(interpreter.known(read["copy_from"], "copy_from"));
        if (table == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "copy_from of batch_alter_table must be a Table");
        batch.copyFrom = toTable(library, *table);
    }
    // They are for the new table: where none is made, they say nothing.
    using Recreate = sql::BatchAlterTable::Recreate;
    const bool mayRecreate = batch.recreate == Recreate::Always || (library.isSqlite() && batch.recreate == Recreate::Auto);
    if (mayRecreate && read.has("table_kwargs") && !read["table_kwargs"].isNone()) {
        std::vector<std::pair<std::string, Value>> keywords;
        for (const auto &[key, value] : interpreter.dictEntries(interpreter.known(read["table_kwargs"], "table_kwargs")))
            keywords.emplace_back(toText(library, key, "table_kwargs").toStdString(), value);
        batch.tableOptions = toDialectOptions(library, keywords, "batch_alter_table");
    }
    readReflection(library, batch, read);
    library.requireContext("op.batch_alter_table()");
    return interpreter.instance(operationsClass(library), std::move(payload));
}

std::vector<DirectiveName> tableDirectives()
{
    return {{"create_table", createTable}, {"drop_table", dropTable},     {"create_index", createIndex, 1},      {"drop_index", dropIndex, 1},
            {"bulk_insert", bulkInsert},   {"execute", executeStatement}, {"batch_alter_table", batchAlterTable}};
}

} // namespace stillroom::script
