// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/schema.h"

#include <algorithm>

/// MetaData and Table as scripts make them.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

TablePayload &table(const Value &self) { return *Interpreter::payloadAs<TablePayload>(self); }

MetaDataPayload &metaData(const Value &self) { return *Interpreter::payloadAs<MetaDataPayload>(self); }

std::string keyOf(const sql::QualifiedName &name)
{
    return (name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text).toStdString();
}

// --- MetaData ---

Value metaDataInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    auto payload = std::make_unique<MetaDataPayload>();
    payload->isOfModule = library.projectModules().isEvaluating();
    // SQLAlchemy 1.x took `bind` first; a plain string is the schema in 2.0.
    Value schema = arguments.take("schema");
    if (!schema && !arguments.positional.empty() && arguments.positional[0].isString())
        schema = arguments.positional[0];
    payload->schema = toIdentifier(library, schema, "the schema of a MetaData");
    payload->namingConvention = defaultConvention();
    if (const Value convention = arguments.take("naming_convention"); convention && !convention.isNone()) {
        interpreter.known(convention, "a naming convention");
        payload->namingConvention.clear();
        for (const auto &[key, format] : interpreter.dictEntries(convention)) {
            const QString name = key.isString() ? Interpreter::qtext(key) : QString::fromStdString(interpreter.nameOfClass(key));
            if (format.isString())
                payload->namingConvention.insert_or_assign(name, Interpreter::qtext(format));
            else
                payload->namingFunctions.insert_or_assign(name, format);
        }
    }
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

python::Native needsDatabase(std::string reason)
{
    return [reason = std::move(reason)](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NeedsDatabase, reason);
    };
}

/// Stops where tables of a MetaData are not known: one too few would be left out of the SQL in silence.
void requireAllTables(Library &library, const Value &self)
{
    const MetaDataPayload &held = metaData(self);
    std::string missing = held.missing;
    if (missing.empty() && held.isOfModule)
        missing = library.projectModules().firstProblem();
    if (!missing.empty())
        library.interpreter().stop(StopKind::NotUnderstood, "which tables the MetaData has is not known: " + missing);
}

/// Those that need no other one first, each in the order in which they were made or given.
Values chosenTables(Library &library, const Value &self, const Value &given)
{
    if (!given || given.isNone()) {
        requireAllTables(library, self);
        return tablesInOrder(library, metaData(self).tables);
    }
    std::vector<std::pair<std::string, Value>> wanted;
    for (const Value &one : library.interpreter().toVector(given)) {
        const auto *payload = Interpreter::payloadAs<TablePayload>(library.interpreter().known(one, "a table"));
        if (payload == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "a Table is expected among tables=, got " + library.interpreter().repr(one));
        wanted.emplace_back(keyOf(payload->name), one);
    }
    return tablesInOrder(library, std::move(wanted));
}

Value createAll(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "create_all", arguments, {"bind", "tables=", "checkfirst="});
    library.interpreter().known(read["bind"], "the connection");
    emitCreateAll(library, chosenTables(library, self, read["tables"]));
    return Value::none();
}

Value dropAll(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "drop_all", arguments, {"bind", "tables=", "checkfirst="});
    library.interpreter().known(read["bind"], "the connection");
    Values ordered = chosenTables(library, self, read["tables"]);
    std::ranges::reverse(ordered);
    emitDropAll(library, ordered);
    return Value::none();
}

Value makeMetaData(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "MetaData", {schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return metaDataInit(library, self, arguments); });
    builder.property("tables", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        requireAllTables(library, self);
        const Value tables = interpreter.dict();
        for (const auto &[key, each] : metaData(self).tables)
            interpreter.dictSet(tables, interpreter.string(std::string_view(key)), each);
        return tables;
    });
    builder.property("sorted_tables", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        requireAllTables(library, self);
        std::vector<std::pair<std::string, Value>> tables = metaData(self).tables;
        std::ranges::sort(tables, {}, &std::pair<std::string, Value>::first);
        return interpreter.list(tablesInOrder(library, std::move(tables)));
    });
    builder.property("schema", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const QString schema = metaData(self).schema.text;
        return schema.isEmpty() ? Value::none() : interpreter.string(schema);
    });
    builder.property("naming_convention", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const Value convention = interpreter.dict();
        for (const auto &[key, format] : metaData(self).namingConvention)
            interpreter.dictSet(convention, interpreter.string(key), interpreter.string(format));
        return convention;
    });
    builder.method("create_all", [&library](Interpreter &, const Value &self, Arguments &arguments) { return createAll(library, self, arguments); });
    builder.method("drop_all", [&library](Interpreter &, const Value &self, Arguments &arguments) { return dropAll(library, self, arguments); });
    builder.method("reflect", needsDatabase("the tables are read from the database (MetaData.reflect)"));
    builder.method("clear", [](Interpreter &, const Value &self, Arguments &) {
        metaData(self).tables.clear();
        return Value::none();
    });
    builder.method("remove", [](Interpreter &, const Value &self, Arguments &arguments) {
        std::erase_if(metaData(self).tables, [&arguments](const auto &each) { return each.second.isSame(arguments.positional.at(0)); });
        return Value::none();
    });
    return builder.build();
}

// --- Table ---

void readTableKeywords(Library &library, TablePayload &payload, Arguments &keywords)
{
    Interpreter &interpreter = library.interpreter();
    for (const std::string_view reflecting : {"autoload_with", "autoload"}) {
        const Value value = keywords.take(reflecting);
        if (value && (value.isUnknown() || interpreter.truth(value)))
            interpreter.stop(StopKind::NeedsDatabase,
                             "the columns of the table '" + payload.name.name.text.toStdString() + "' are read from the database");
    }
    if (const Value comment = keywords.take("comment"); comment && !comment.isNone())
        payload.comment = toText(library, comment, "the comment of a table");
    if (const Value prefixes = keywords.take("prefixes"); prefixes && !prefixes.isNone()) {
        interpreter.iterate(prefixes, [&](const Value &prefix) {
            payload.prefixes.append(toText(library, prefix, "a prefix of a table"));
            return true;
        });
    }
    if (const Value quote = keywords.take("quote"); quote && !quote.isNone())
        payload.name.name.quote = interpreter.truth(quote);
    if (const Value quote = keywords.take("quote_schema"); quote && !quote.isNone())
        payload.name.schema.quote = interpreter.truth(quote);
    for (const std::string_view unused :
         {"info", "extend_existing", "keep_existing", "implicit_returning", "listeners", "must_exist", "include_columns", "resolve_fks",
          "autoload_replace", "_extend_on", "_constraints_included", "useexisting", "redefine"})
        (void)keywords.take(unused);
    payload.options = toDialectOptions(library, keywords.keywords, "Table");
}

/// The columns of a Table that is reflected, where a step runs on a database; those that the script gives itself stay as they are.
void reflectColumns(Library &library, TableArguments &made)
{
    Interpreter &interpreter = library.interpreter();
    const auto keyword = [&made](std::string_view name) {
        return std::ranges::find_if(made.keywords, [name](const auto &each) { return each.first == name; });
    };
    const auto bind = keyword("autoload_with");
    if (bind == made.keywords.end() || bind->second.isUnknown() || library.environment().offline)
        return;
    if (const std::string kind = interpreter.className(bind->second); kind != "Connection" && kind != "Engine")
        return;
    const auto schema = keyword("schema");
    const Value columns = interpreter.invoke(
        interpreter.getAttribute(interpreter.importModule("sqlalchemy.engine._inspector"), "columns_of"),
        Arguments{{bind->second, interpreter.string(made.name.text), schema == made.keywords.end() ? Value::none() : schema->second}, {}});
    QStringList given;
    for (const Value &item : made.items) {
        if (const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item))
            given.append(column->name.text);
    }
    interpreter.iterate(columns, [&](const Value &column) {
        if (!given.contains(Interpreter::payloadAs<SchemaColumnPayload>(column)->name.text))
            made.items.push_back(column);
        return true;
    });
    made.keywords.erase(bind);
}

Value tableInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    TableArguments made;
    std::size_t next = 0;
    Value name = arguments.take("name");
    if (!name && next < arguments.positional.size())
        name = arguments.positional[next++];
    made.metadata = arguments.take("metadata");
    if (!made.metadata && next < arguments.positional.size())
        made.metadata = arguments.positional[next++];
    made.name = toIdentifier(library, name, "the name of a table");
    interpreter.known(made.metadata ? made.metadata : Value::none(), "the MetaData of a table");
    if (!made.metadata || Interpreter::payloadAs<MetaDataPayload>(made.metadata) == nullptr)
        raiseSqlAlchemy(library, "ArgumentError",
                        "expected MetaData instance, got " + interpreter.repr(made.metadata ? made.metadata : Value::none()));
    made.items.assign(arguments.positional.begin() + static_cast<std::ptrdiff_t>(next), arguments.positional.end());
    made.keywords = std::move(arguments.keywords);
    reflectColumns(library, made);
    auto payload = makeTablePayload(library, std::move(made));
    const std::string key = keyOf(payload->name);
    const auto *from = payload->from.get();
    Value metadata = payload->metadata;
    Interpreter::setPayload(self, std::move(payload));
    library.shared<TableRegistry>().tables.insert_or_assign(from, self);
    auto &tables = metaData(metadata).tables;
    const auto known = std::ranges::find(tables, key, &std::pair<std::string, Value>::first);
    if (known == tables.end())
        tables.emplace_back(key, self);
    else
        known->second = self;
    return Value::none();
}

Value createOrDropTable(Library &library, const Value &self, Arguments &arguments, bool isCreate)
{
    ArgumentReader read(library.interpreter(), isCreate ? "create" : "drop", arguments, {"bind", "checkfirst="});
    library.interpreter().known(read["bind"], "the connection");
    if (isCreate)
        emitCreateTable(library, table(self), false);
    else
        emitDropTable(library, table(self));
    return Value::none();
}

void addTableProperties(Library &library, ClassBuilder &builder)
{
    builder.property("metadata", [](Interpreter &, const Value &self, Arguments &) {
        const Value metadata = table(self).metadata;
        return metadata ? metadata : Value::none();
    });
    builder.property("indexes", [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.list(table(self).indexes); });
    builder.property("constraints", [](Interpreter &interpreter, const Value &self, Arguments &) {
        for (const auto &[key, item] : table(self).columns) {
            const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item);
            if (!column->foreignKeys.empty() || !column->constraints.empty() || (column->isUnique && !column->hasIndex))
                interpreter.stop(StopKind::NotUnderstood,
                                 "the constraints of a table are asked for, of which some are said by its column '" + key + "'");
        }
        return interpreter.list(table(self).constraints);
    });
    builder.property("key", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const std::string key = keyOf(table(self).name);
        return interpreter.string(std::string_view(key));
    });
    builder.property("comment", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return table(self).comment ? interpreter.string(*table(self).comment) : Value::none();
    });
    builder.property("primary_key", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        if (table(self).primaryKey)
            return table(self).primaryKey;
        Arguments names;
        Values columns;
        for (const auto &[key, column] : table(self).columns) {
            if (Interpreter::payloadAs<SchemaColumnPayload>(column)->column.isPrimaryKey) {
                names.positional.push_back(interpreter.string(std::string_view(key)));
                columns.push_back(column);
            }
        }
        const Value made = interpreter.invoke(constraintClass(library, "PrimaryKeyConstraint"), std::move(names));
        Interpreter::payloadAs<ConstraintPayload>(made)->columns = std::move(columns);
        return made;
    });
}

Value makeTable(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Table", {tableClauseClass(library), schemaItemClass(library)}, "sqlalchemy.sql.schema");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return tableInit(library, self, arguments); });
    builder.method("create",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return createOrDropTable(library, self, arguments, true); });
    builder.method("drop",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return createOrDropTable(library, self, arguments, false); });
    builder.method("exists", needsDatabase("the script asks whether a table exists"));
    const auto append = [&library](Interpreter &, const Value &self, Arguments &arguments) {
        attachItem(library, table(self), arguments.positional.at(0));
        return Value::none();
    };
    builder.method("append_column", append);
    builder.method("append_constraint", append);
    for (const char *name : {"to_metadata", "tometadata", "tablesample"}) {
        builder.method(name, [name](Interpreter &interpreter, const Value &, Arguments &) -> Value {
            interpreter.stop(StopKind::NotUnderstood, "Table." + std::string(name) + "() is not followed");
        });
    }
    addTableProperties(library, builder);
    return builder.build();
}

} // namespace

Value tableClass(Library &library) { return library.named(makeTable, "Table"); }

Value metaDataClass(Library &library) { return library.named(makeMetaData, "MetaData"); }

std::unique_ptr<TablePayload> makeTablePayload(Library &library, TableArguments arguments)
{
    auto payload = std::make_unique<TablePayload>();
    payload->name.name = arguments.name;
    payload->metadata = arguments.metadata;
    Arguments keywords;
    keywords.keywords = std::move(arguments.keywords);
    const Value schema = keywords.take("schema");
    payload->name.schema = toIdentifier(library, schema, "the schema of a table");
    const MetaDataPayload *held = arguments.metadata ? Interpreter::payloadAs<MetaDataPayload>(arguments.metadata) : nullptr;
    payload->namingConvention = held != nullptr ? held->namingConvention : environmentConvention(library);
    if (held != nullptr && (!schema || schema.isNone()))
        payload->name.schema = held->schema;
    if (held != nullptr) {
        // Table('t', metadata) again means the one that is there already.
        const std::string key = keyOf(payload->name);
        for (const auto &[known, existing] : held->tables) {
            if (known == key)
                *payload = TablePayload(table(existing));
        }
    }
    readTableKeywords(library, *payload, keywords);
    if (payload->from == nullptr)
        payload->from = std::make_shared<const sql::FromClause>(sql::FromClause{sql::FromClause::Named{payload->name}, {}, false, nullptr});
    for (const Value &item : arguments.items) {
        if (Interpreter::payloadAs<ColumnPayload>(item) != nullptr || item.isUnknown())
            attachItem(library, *payload, item);
    }
    for (const Value &item : arguments.items) {
        if (Interpreter::payloadAs<ColumnPayload>(item) == nullptr)
            attachItem(library, *payload, item);
    }
    return payload;
}

Value makeTableObject(Library &library, TableArguments arguments)
{
    auto payload = makeTablePayload(library, std::move(arguments));
    const auto *from = payload->from.get();
    Value made = library.interpreter().instance(tableClass(library), std::move(payload));
    library.shared<TableRegistry>().tables.insert_or_assign(from, made);
    return made;
}

void attachColumn(Library &library, TablePayload &owner, const Value &item)
{
    auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item);
    if (column == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a schema column is expected, got " + library.interpreter().repr(item));
    if (column->name.isEmpty())
        raiseSqlAlchemy(library, "ArgumentError",
                        "Column must be constructed with a non-blank name or assign a non-blank .name before adding to a Table.");
    if (column->key.isEmpty())
        column->key = column->name.text;
    const std::string key = column->key.toStdString();
    column->table = owner.from;
    column->creationOrder = library.nextCreationOrder(); // what its flags make is made now
    for (auto &[known, existing] : owner.columns) {
        if (known == key) {
            existing = item;
            return;
        }
    }
    owner.columns.emplace_back(key, item);
}

void attachItem(Library &library, TablePayload &owner, const Value &item)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(item, "an argument of a table");
    if (Interpreter::payloadAs<ColumnPayload>(item) != nullptr) {
        // A column of another table is copied, as Alembic does.
        const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item);
        const bool isTaken = column != nullptr && column->table != nullptr && column->table != owner.from;
        attachColumn(library, owner, isTaken ? interpreter.invokeMethod(item, "_copy") : item);
    } else if (const auto *constraint = Interpreter::payloadAs<ConstraintPayload>(item)) {
        if (std::ranges::any_of(owner.constraints, [&item](const Value &known) { return known.isSame(item); }))
            return;
        if (std::holds_alternative<sql::PrimaryKeyConstraint>(constraint->constraint.kind))
            owner.primaryKey = item;
        owner.constraints.push_back(item);
    } else if (Interpreter::payloadAs<IndexPayload>(item) != nullptr) {
        if (std::ranges::none_of(owner.indexes, [&item](const Value &known) { return known.isSame(item); }))
            owner.indexes.push_back(item);
    } else if (!item.isNone() && Interpreter::payloadAs<SequencePayload>(item) == nullptr) {
        raiseSqlAlchemy(library, "ArgumentError",
                        "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got " + interpreter.repr(item));
    }
}

void addTableModules(ModuleTable &modules)
{
    modules.add({"sqlalchemy", "sqlalchemy.schema", "sqlalchemy.sql.schema"}, {{"Table", makeTable}, {"MetaData", makeMetaData}});
}

} // namespace stillroom::script
