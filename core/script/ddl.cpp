// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/schema.h"

#include <algorithm>
#include <set>

/// Schema DDL elements (CreateTable, CreateSchema, DDL(), …) and what create() and drop() of tables say.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

Value makeDdlElement(Library &library, std::string_view name)
{
    std::vector<Value> bases;
    if (name != "DDLElement")
        bases.push_back(library.named(makeDdlElement, "DDLElement"));
    else
        bases.push_back(clauseElementClass(library));
    return ClassBuilder(library.interpreter(), name, bases, "sqlalchemy.sql.ddl").build();
}

const TablePayload &tableOf(Library &library, const Value &value)
{
    const auto *table = Interpreter::payloadAs<TablePayload>(library.interpreter().known(value, "a table"));
    if (table == nullptr) {
        const Value mapped = library.interpreter().findAttribute(value, "__table__");
        table = mapped ? Interpreter::payloadAs<TablePayload>(mapped) : nullptr;
    }
    if (table == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a Table is expected, got " + library.interpreter().repr(value));
    return *table;
}

const TablePayload *ownerOf(Library &library, const Value &item)
{
    for (const auto &[from, value] : library.shared<TableRegistry>().tables) {
        const auto *table = Interpreter::payloadAs<TablePayload>(value);
        const auto isItem = [&item](const Value &held) { return held.isSame(item); };
        if (std::ranges::any_of(table->constraints, isItem) || std::ranges::any_of(table->indexes, isItem))
            return table;
    }
    return nullptr;
}

sql::Sequence sequenceOf(Library &library, const Value &value)
{
    const auto *payload = Interpreter::payloadAs<SequencePayload>(library.interpreter().known(value, "a sequence"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a Sequence is expected, got " + library.interpreter().repr(value));
    return payload->sequence;
}

sql::Operation::Kind constraintOperation(Library &library, const Value &element, bool isAdd)
{
    const TablePayload *owner = ownerOf(library, element);
    if (owner == nullptr)
        raiseSqlAlchemy(library, "CompileError", "the constraint belongs to no table");
    const sql::Constraint constraint = toConstraint(library, element, owner->name, owner, owner->namingConvention);
    if (isAdd)
        return sql::AddConstraint{owner->name, constraint};
    sql::DropConstraint drop;
    drop.table = owner->name;
    drop.name = constraint.name;
    return drop;
}

/// CREATE TABLE alone: no types before, no indexes and comments after.
sql::CreateTable bareTable(Library &library, const TablePayload &payload, bool ifNotExists)
{
    sql::Table table = toTable(library, payload);
    table.indexes.clear();
    table.comment.reset();
    for (sql::Column &column : table.columns) {
        column.isUnique = column.isUnique && !column.hasIndex; // a unique index is an index
        column.hasIndex = false;
        column.comment.reset();
        column.type.createType = false;
    }
    return {std::move(table), ifNotExists, true};
}

sql::Operation::Kind ddlOperation(Library &library, std::string_view name, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const bool ifNotExists = toBool(library, arguments.take("if_not_exists"), false);
    const bool ifExists = toBool(library, arguments.take("if_exists"), false);
    const bool cascade = toBool(library, arguments.take("cascade"), false);
    Value element = arguments.take("element");
    if (!element && name.ends_with("Schema"))
        element = arguments.take("name");
    if (!element && !arguments.positional.empty())
        element = arguments.positional[0];
    if (!element)
        interpreter.raise("TypeError", std::string(name) + ".__init__() missing 1 required positional argument: 'element'");
    if (name == "CreateSchema")
        return sql::CreateSchema{toIdentifier(library, element, "the name of a schema"), ifNotExists};
    if (name == "DropSchema")
        return sql::DropSchema{toIdentifier(library, element, "the name of a schema"), cascade, ifExists};
    if (name == "CreateSequence")
        return sql::CreateSequence{sequenceOf(library, element), ifNotExists};
    if (name == "DropSequence")
        return sql::DropSequence{sequenceOf(library, element), ifExists};
    if (cascade && name == "DropConstraint")
        interpreter.stop(StopKind::NotUnderstood, "DropConstraint(cascade=True) is not supported");
    if (name == "CreateTable")
        return bareTable(library, tableOf(library, element), ifNotExists);
    if (name == "DropTable")
        return sql::DropTable{tableOf(library, element).name, ifExists, std::nullopt};
    if (name == "CreateIndex" || name == "DropIndex") {
        const TablePayload *owner = ownerOf(library, element);
        if (owner == nullptr)
            raiseSqlAlchemy(library, "CompileError", "the index belongs to no table");
        const sql::Index index = toIndex(library, element, owner->name, owner, owner->namingConvention);
        if (name == "CreateIndex")
            return sql::CreateIndex{index, ifNotExists};
        return sql::DropIndex{index, ifExists};
    }
    if (name == "CreateEnumType" || name == "DropEnumType" || name == "CreateDomainType" || name == "DropDomainType") {
        if (name.starts_with("Create"))
            return sql::CreateType{toSqlType(library, element), false};
        return sql::DropType{toSqlType(library, element), false};
    }
    if (name == "SetTableComment") {
        const TablePayload &table = tableOf(library, element);
        return sql::CreateTableComment{table.name, table.comment.value_or(QString()), std::nullopt};
    }
    if (name == "DropTableComment")
        return sql::DropTableComment{tableOf(library, element).name, std::nullopt};
    return constraintOperation(library, element, name == "AddConstraint");
}

Value makeDdl(Library &library, std::string_view name)
{
    ClassBuilder builder(library.interpreter(), name, {library.named(makeDdlElement, "DDLElement")}, "sqlalchemy.sql.ddl");
    const std::string className(name);
    builder.method("__init__", [&library, className](Interpreter &, const Value &self, Arguments &arguments) {
        auto payload = std::make_unique<DdlPayload>();
        payload->operations.push_back(ddlOperation(library, className, arguments));
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    return builder.build();
}

/// DDL("text %(x)s", context={…}): its % signs are formatted when it is compiled.
Value ddlTextInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, "DDL", arguments, {"statement", "context="});
    const QString text = toText(library, read["statement"], "the text of DDL()");
    const bool hasContext = read.has("context") && !read["context"].isNone();
    const Value context = hasContext ? read["context"] : interpreter.dict();
    const Value formatted = interpreter.binary(python::BinaryOperator::Modulo, interpreter.string(text), context);
    auto payload = std::make_unique<DdlPayload>();
    sql::Execute statement;
    statement.statement = Interpreter::qtext(formatted);
    payload->operations.emplace_back(std::move(statement));
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value makeDdlText(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "DDL", {library.named(makeDdlElement, "DDLElement")}, "sqlalchemy.sql.ddl");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return ddlTextInit(library, self, arguments); });
    const auto execute = [](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NotUnderstood, "DDL() is bound to an event; what it says depends on when it fires");
    };
    builder.method("execute_if", execute);
    return builder.build();
}

/// Tables that a table's foreign keys refer to, by key.
std::set<std::string> dependencies(Library &library, const TablePayload &table)
{
    std::set<std::string> found;
    const auto add = [&found](const std::vector<sql::Constraint> &constraints) {
        for (const sql::Constraint &constraint : constraints) {
            const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind);
            if (foreign == nullptr || foreign->options.useAlter)
                continue;
            const sql::QualifiedName &name = foreign->referredTable;
            found.insert((name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text).toStdString());
        }
    };
    const sql::Table lowered = toTable(library, table);
    add(lowered.constraints);
    for (const sql::Column &column : lowered.columns)
        add(column.constraints);
    return found;
}

} // namespace

Values tablesInOrder(Library &library, std::vector<std::pair<std::string, Value>> waiting)
{
    std::set<std::string> names;
    std::map<std::string, std::set<std::string>> needs;
    for (const auto &[key, table] : waiting) {
        names.insert(key);
        needs[key] = dependencies(library, *Interpreter::payloadAs<TablePayload>(table));
    }
    Values ordered;
    std::set<std::string> done;
    while (!waiting.empty()) {
        std::vector<std::pair<std::string, Value>> left;
        const std::set<std::string> before = done;
        for (const auto &entry : waiting) {
            const bool isReady = std::ranges::all_of(needs[entry.first], [&](const std::string &needed) {
                return needed == entry.first || !names.contains(needed) || before.contains(needed);
            });
            if (isReady) {
                ordered.push_back(entry.second);
                done.insert(entry.first);
            } else {
                left.push_back(entry);
            }
        }
        if (left.size() == waiting.size())
            library.interpreter().stop(StopKind::NotUnderstood, "tables refer to each other in a circle; in which order they are made is not known");
        waiting = std::move(left);
    }
    return ordered;
}

namespace {

/// The named types of a table's columns, where the database has such types.
std::vector<sql::SqlType *> namedTypes(Library &library, sql::Table &table, std::vector<std::unique_ptr<sql::SqlType>> &items)
{
    std::vector<sql::SqlType *> found;
    if (!library.isPostgreSql())
        return found;
    const auto isNamed = [](const sql::SqlType &type) {
        const bool isEnum = (type.name == QLatin1String("Enum") && type.nativeEnum) || type.name == QLatin1String("ENUM");
        if (type.name == QLatin1String("DOMAIN"))
            return true;
        return isEnum && !type.enumName.isEmpty() && type.family != sql::TypeFamily::MySql;
    };
    for (sql::Column &column : table.columns) {
        if (isNamed(column.type)) {
            found.push_back(&column.type);
        } else if (column.type.itemType != nullptr && isNamed(*column.type.itemType)) {
            items.push_back(std::make_unique<sql::SqlType>(*column.type.itemType));
            found.push_back(items.back().get());
        }
    }
    return found;
}

/// Marks the types of a table as made elsewhere, or as the first table's to make.
void settleTypes(Library &library, sql::Table &table, bool isMadeElsewhere)
{
    const auto settled = [&](const sql::SqlType &type) {
        sql::SqlType changed = type;
        if (!type.enumName.isEmpty() && type.createType) {
            const bool isOwned = isMadeElsewhere || type.enumBelongsToMetadata;
            changed.createType = !isOwned && library.claimNamedType(type.schema, type.enumName);
        }
        return changed;
    };
    for (sql::Column &column : table.columns) {
        if (column.type.itemType != nullptr)
            column.type.itemType = std::make_shared<const sql::SqlType>(settled(*column.type.itemType));
        else
            column.type = settled(column.type);
        for (auto &[dialect, variant] : column.type.variants)
            variant = std::make_shared<const sql::SqlType>(settled(*variant));
    }
}

} // namespace

void emitCreateTable(Library &library, const TablePayload &table, bool ifNotExists)
{
    sql::CreateTable create{toTable(library, table), ifNotExists, false};
    settleTypes(library, create.table, false);
    library.emit(std::move(create));
}

void emitDropTable(Library &library, const TablePayload &table)
{
    sql::Table lowered = toTable(library, table);
    std::vector<std::unique_ptr<sql::SqlType>> items;
    const auto types = namedTypes(library, lowered, items);
    library.emit(sql::DropTable{table.name, false, std::nullopt});
    for (const sql::SqlType *type : types) {
        if (type->createType && !type->enumBelongsToMetadata)
            library.emit(sql::DropType{*type, false});
    }
}

void emitCreateAll(Library &library, const Values &tables)
{
    std::vector<sql::Table> lowered;
    for (const Value &table : tables)
        lowered.push_back(toTable(library, *Interpreter::payloadAs<TablePayload>(table)));
    for (sql::Table &table : lowered) {
        std::vector<std::unique_ptr<sql::SqlType>> items;
        for (const sql::SqlType *type : namedTypes(library, table, items)) {
            if (type->createType && library.claimNamedType(type->schema, type->enumName))
                library.emit(sql::CreateType{*type, false});
        }
    }
    for (sql::Table &table : lowered) {
        settleTypes(library, table, true);
        library.emit(sql::CreateTable{std::move(table), false, false});
    }
}

void emitDropAll(Library &library, const Values &tables)
{
    std::set<QString> dropped;
    std::vector<sql::SqlType> types;
    for (const Value &each : tables) {
        const auto *table = Interpreter::payloadAs<TablePayload>(each);
        sql::Table lowered = toTable(library, *table);
        std::vector<std::unique_ptr<sql::SqlType>> items;
        for (const sql::SqlType *type : namedTypes(library, lowered, items)) {
            if (type->createType && dropped.insert(type->schema + QLatin1Char('.') + type->enumName).second)
                types.push_back(*type);
        }
        library.emit(sql::DropTable{table->name, false, std::nullopt});
    }
    for (sql::SqlType &type : types)
        library.emit(sql::DropType{std::move(type), false});
}

void addDdlModules(ModuleTable &table)
{
    const std::initializer_list<std::string_view> modules = {"sqlalchemy.schema", "sqlalchemy.sql.ddl"};
    table.add(modules, {{"DDLElement", makeDdlElement},
                        {"ExecutableDDLElement", makeDdlElement},
                        {"DDL", makeDdlText},
                        {"CreateSchema", makeDdl},
                        {"DropSchema", makeDdl},
                        {"CreateSequence", makeDdl},
                        {"DropSequence", makeDdl},
                        {"CreateTable", makeDdl},
                        {"DropTable", makeDdl},
                        {"CreateIndex", makeDdl},
                        {"DropIndex", makeDdl},
                        {"AddConstraint", makeDdl},
                        {"DropConstraint", makeDdl},
                        {"SetTableComment", makeDdl},
                        {"DropTableComment", makeDdl}});
    // constructs.md: scripts reach sequences through the top package as well
    table.add({"sqlalchemy"}, {{"DDL", makeDdlText}, {"DDLElement", makeDdlElement}, {"CreateSequence", makeDdl}, {"DropSequence", makeDdl}});
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.base", "sqlalchemy.dialects.postgresql.named_types"},
              {{"CreateEnumType", makeDdl}, {"DropEnumType", makeDdl}, {"CreateDomainType", makeDdl}, {"DropDomainType", makeDdl}});
}

void addSchemaModules(ModuleTable &table)
{
    addSchemaItemModules(table);
    addConstraintModules(table);
    addTableModules(table);
    addDdlModules(table);
}

} // namespace stillroom::script
