// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/schema.h"

#include <algorithm>

/// Schema objects into core/sql's data: names by convention, constraints in the order in which SQLAlchemy sorts them (creation;
/// what a column's flags make is created when the column joins its table).
namespace stillroom::script {

using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

const SchemaColumnPayload *columnByKey(const TablePayload *owner, const QString &key)
{
    if (owner == nullptr)
        return nullptr;
    for (const auto &[known, column] : owner->columns) {
        if (QString::fromStdString(known) == key)
            return Interpreter::payloadAs<SchemaColumnPayload>(column);
    }
    return nullptr;
}

const SchemaColumnPayload *columnByName(const TablePayload *owner, const QString &name)
{
    if (owner == nullptr)
        return nullptr;
    for (const auto &[known, column] : owner->columns) {
        const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(column);
        if (payload != nullptr && payload->name.text == name)
            return payload;
    }
    return nullptr;
}

/// A column as constraints name it: a Column, or the key of one of the table's columns.
sql::Identifier columnName(Library &library, const Value &given, const TablePayload *owner, const char *use)
{
    Interpreter &interpreter = library.interpreter();
    if (const auto *column = Interpreter::payloadAs<ColumnPayload>(given))
        return column->name;
    const sql::Identifier name = toIdentifier(library, given, use);
    if (owner == nullptr || owner->columns.empty())
        return name;
    if (const auto *column = columnByKey(owner, name.text))
        return column->name;
    interpreter.raise("KeyError", name.text.toStdString());
}

NamedThing thing(NamedThing::Kind kind, const sql::QualifiedName &table, const sql::Identifier &name, const std::vector<sql::Identifier> &columns)
{
    NamedThing made{kind, table, name, {}, {}, {}, {}};
    for (const sql::Identifier &column : columns)
        made.columns.append(column.text);
    made.columnKeys = made.columns;
    return made;
}

/// `inherit_schema`, and the schema of the MetaData that a type belongs to.
void settleTypeSchema(sql::SqlType &type, const sql::QualifiedName &table)
{
    if (type.inheritSchema)
        type.schema = table.schema.text;
    if (type.itemType != nullptr && type.itemType->inheritSchema) {
        sql::SqlType item = *type.itemType;
        item.schema = table.schema.text;
        type.itemType = std::make_shared<const sql::SqlType>(std::move(item));
    }
}

void nameTypeConstraint(Library &library, sql::SqlType &type, const sql::QualifiedName &table, const sql::Identifier &column,
                        const NamingConvention &convention)
{
    const bool isEnum = type.name == QLatin1String("Enum") || type.name == QLatin1String("ENUM");
    const bool isBoolean = type.name == QLatin1String("Boolean") || type.name == QLatin1String("BOOLEAN");
    if (!type.createConstraint || !(isEnum || isBoolean))
        return;
    // Only where the dialect has no native type; there the CHECK is named like any other.
    const bool isWritten = isBoolean ? library.isSqlite() : (library.isSqlite() || !type.nativeEnum);
    if (isWritten) {
        type.constraintName =
            nameByConvention(library, convention, thing(NamedThing::Kind::Check, table, sql::Identifier(type.constraintName), {column})).text;
    }
}

bool isNullType(const sql::SqlType &type) { return type.isNull() || type.name == QLatin1String("NullType"); }

sql::SqlType typeOfReferredColumn(Library &library, const SchemaColumnPayload &column)
{
    for (const Value &key : column.foreignKeys) {
        const auto *payload = Interpreter::payloadAs<ForeignKeyPayload>(key);
        if (const auto *referred = Interpreter::payloadAs<SchemaColumnPayload>(payload->target); referred != nullptr && referred->type)
            return toSqlType(library, referred->type);
        if (!payload->target.isString())
            continue;
        const ColumnTarget target = toColumnTarget(library, payload->target);
        for (const auto &[from, table] : library.shared<TableRegistry>().tables) {
            const auto *owner = Interpreter::payloadAs<TablePayload>(table);
            if (owner == nullptr || owner->name.name.text != target.table.name.text || owner->name.schema.text != target.table.schema.text)
                continue;
            const auto *referred = columnByName(owner, target.column.text);
            if (referred != nullptr && referred->type)
                return toSqlType(library, referred->type);
        }
    }
    return {};
}

sql::Constraint foreignKeyOf(Library &library, const ForeignKeyPayload &payload, const sql::Identifier &column, const sql::QualifiedName &table,
                             const TablePayload *owner, const NamingConvention &convention)
{
    ColumnTarget target = toColumnTarget(library, payload.target);
    if (target.table.schema.isEmpty() && payload.target.isString() && owner != nullptr && owner->metadata) {
        if (const auto *metadata = Interpreter::payloadAs<MetaDataPayload>(owner->metadata))
            target.table.schema = metadata->schema;
    }
    sql::Constraint constraint;
    sql::ForeignKeyConstraint kind;
    kind.columns = {column};
    kind.referredTable = target.table;
    kind.referredColumns = {target.column.isEmpty() ? column : target.column};
    kind.options = payload.options;
    kind.options.initially = payload.initially;
    kind.options.deferrable = payload.deferrable;
    NamedThing named = thing(NamedThing::Kind::ForeignKey, table, payload.name, {column});
    named.referredTable = target.table.name.text;
    named.referredColumns = {kind.referredColumns.front().text};
    constraint.name = nameByConvention(library, convention, named);
    constraint.kind = std::move(kind);
    constraint.deferrable = payload.deferrable;
    constraint.initially = payload.initially;
    constraint.comment = payload.comment;
    constraint.options = payload.dialectOptions;
    constraint.isFromColumn = true;
    return constraint;
}

struct Ordered {
    int order;
    int place;
    sql::Constraint constraint;
};

/// UNIQUE and FOREIGN KEY that a column's own arguments make.
void addColumnConstraints(Library &library, const SchemaColumnPayload &column, const sql::QualifiedName &table, const TablePayload *owner,
                          const NamingConvention &convention, std::vector<Ordered> &constraints)
{
    int place = 0;
    if (column.isUnique && !column.hasIndex) {
        sql::Constraint unique;
        unique.kind = sql::UniqueConstraint{{column.name}};
        unique.name = nameByConvention(library, convention, thing(NamedThing::Kind::Unique, table, {}, {column.name}));
        unique.isFromColumn = true;
        constraints.push_back({column.creationOrder, place++, std::move(unique)});
    }
    for (const Value &key : column.foreignKeys) {
        constraints.push_back({column.creationOrder, place++,
                               foreignKeyOf(library, *Interpreter::payloadAs<ForeignKeyPayload>(key), column.name, table, owner, convention)});
    }
}

std::optional<sql::Index> columnIndex(Library &library, const SchemaColumnPayload &column, const sql::QualifiedName &table,
                                      const NamingConvention &convention)
{
    if (!column.hasIndex)
        return std::nullopt;
    sql::Index index;
    index.table = table;
    index.isUnique = column.isUnique;
    index.elements = {{sql::makeExpression(sql::ColumnReference{nullptr, column.name}), column.name}};
    index.name = nameByConvention(library, convention, thing(NamedThing::Kind::Index, table, {}, {column.name}));
    return index;
}

/// The primary key: the one that was stated, or that of the columns marked so.
std::optional<sql::Constraint> primaryKeyOf(Library &library, const TablePayload &table, std::vector<sql::Column> &columns)
{
    if (table.primaryKey) {
        sql::Constraint constraint = toConstraint(library, table.primaryKey, table.name, &table, table.namingConvention);
        auto &kind = std::get<sql::PrimaryKeyConstraint>(constraint.kind);
        if (kind.columns.empty()) {
            for (const sql::Column &column : columns) {
                if (column.isPrimaryKey)
                    kind.columns.push_back(column.name);
            }
        }
        for (sql::Column &column : columns) {
            const bool isNamed = std::ranges::any_of(kind.columns, [&column](const auto &name) { return name.text == column.name.text; });
            if (isNamed) {
                column.isPrimaryKey = true;
                if (!column.nullableGiven)
                    column.nullable = false;
            } else {
                column.isPrimaryKey = false;
            }
        }
        return constraint;
    }
    sql::PrimaryKeyConstraint kind;
    for (const sql::Column &column : columns) {
        if (!column.isPrimaryKey)
            continue;
        // An implicit primary key names its autoincrement column first.
        if (column.autoincrement.value_or(false))
            kind.columns.insert(kind.columns.begin(), column.name);
        else
            kind.columns.push_back(column.name);
    }
    if (kind.columns.empty())
        return std::nullopt;
    sql::Constraint constraint;
    constraint.name = nameByConvention(library, table.namingConvention, thing(NamedThing::Kind::PrimaryKey, table.name, {}, kind.columns));
    constraint.kind = std::move(kind);
    constraint.isFromColumn = true;
    return constraint;
}

} // namespace

ColumnTarget toColumnTarget(Library &library, const Value &target)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(target, "the target of a foreign key");
    ColumnTarget made;
    if (const auto *column = Interpreter::payloadAs<ColumnPayload>(target)) {
        made.column = column->name;
        if (column->table == nullptr || !std::holds_alternative<sql::FromClause::Named>(column->table->node))
            raiseSqlAlchemy(library, "ArgumentError", "a foreign key refers to a column that belongs to no table");
        made.table = std::get<sql::FromClause::Named>(column->table->node).name;
        return made;
    }
    if (!target.isString()) {
        const Value clause = interpreter.findAttribute(target, "__clause_element__");
        if (clause && !clause.isUnknown())
            return toColumnTarget(library, interpreter.invoke(clause, {}));
    }
    QStringList parts = toText(library, target, "the target of a foreign key").split(QLatin1Char('.'));
    if (parts.size() > 1)
        made.column = sql::Identifier(parts.takeLast());
    made.table.name = sql::Identifier(parts.takeLast());
    if (!parts.isEmpty())
        made.table.schema = sql::Identifier(parts.join(QLatin1Char('.')));
    return made;
}

sql::Column toColumn(Library &library, const Value &item, const sql::QualifiedName &table, const NamingConvention &convention)
{
    const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(library.interpreter().known(item, "a column"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a Column is expected, got " + library.interpreter().repr(item));
    sql::Column column = payload->column;
    column.name = payload->name;
    column.type = toSqlType(library, payload->type);
    if (isNullType(column.type) && !payload->foreignKeys.empty())
        column.type = typeOfReferredColumn(library, *payload);
    settleTypeSchema(column.type, table);
    nameTypeConstraint(library, column.type, table, column.name, convention);
    column.serverDefault = toServerDefault(library, payload->serverDefault);
    // A default that Python would fill in keeps the database from counting by itself.
    if (payload->hasPythonDefault && !column.autoincrement)
        column.autoincrement = false;
    for (const Value &constraint : payload->constraints)
        column.constraints.push_back(toConstraint(library, constraint, table, nullptr, convention));
    return column;
}

sql::IndexElement toIndexElement(Library &library, const Value &element, const TablePayload *owner)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(element, "a column of an index");
    if (element.isString() || Interpreter::payloadAs<ColumnPayload>(element) != nullptr) {
        if (const auto *literal = Interpreter::payloadAs<ColumnPayload>(element); literal != nullptr && literal->fixed != nullptr)
            return {literal->fixed, {}};
        const sql::Identifier name = columnName(library, element, owner, "a column of an index");
        return {sql::makeExpression(sql::ColumnReference{nullptr, name}), name};
    }
    const sql::ExpressionPtr expression = expressionOf(library, element);
    if (expression == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a column or an expression is expected in an index, got " + interpreter.repr(element));
    return {expression, {}};
}

sql::Index toIndex(Library &library, const Value &item, const sql::QualifiedName &table, const TablePayload *owner,
                   const NamingConvention &convention)
{
    const auto *payload = Interpreter::payloadAs<IndexPayload>(library.interpreter().known(item, "an index"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "an Index is expected, got " + library.interpreter().repr(item));
    sql::Index index = payload->index;
    index.table = table;
    std::vector<sql::Identifier> columns;
    for (const Value &element : payload->elements) {
        index.elements.push_back(toIndexElement(library, element, owner));
        if (!index.elements.back().column.isEmpty())
            columns.push_back(index.elements.back().column);
    }
    index.name = nameByConvention(library, convention, thing(NamedThing::Kind::Index, table, index.name, columns));
    return index;
}

sql::Constraint toConstraint(Library &library, const Value &item, const sql::QualifiedName &table, const TablePayload *owner,
                             const NamingConvention &convention)
{
    const auto *payload = Interpreter::payloadAs<ConstraintPayload>(library.interpreter().known(item, "a constraint"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a constraint is expected, got " + library.interpreter().repr(item));
    sql::Constraint constraint = payload->constraint;
    std::vector<sql::Identifier> columns;
    for (const Value &column : payload->columns)
        columns.push_back(columnName(library, column, owner, "a column of a constraint"));
    NamedThing named = thing(NamedThing::Kind::Check, table, constraint.name, columns);
    if (auto *primary = std::get_if<sql::PrimaryKeyConstraint>(&constraint.kind)) {
        named.kind = NamedThing::Kind::PrimaryKey;
        primary->columns = columns;
    } else if (auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind)) {
        named.kind = NamedThing::Kind::Unique;
        unique->columns = columns;
    } else if (auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind)) {
        named.kind = NamedThing::Kind::ForeignKey;
        foreign->columns = columns;
        foreign->options.deferrable = constraint.deferrable;
        foreign->options.initially = constraint.initially;
        for (std::size_t i = 0; i < payload->referred.size(); ++i) {
            ColumnTarget target = toColumnTarget(library, payload->referred[i]);
            if (target.table.schema.isEmpty() && payload->referred[i].isString() && owner != nullptr && owner->metadata) {
                if (const auto *metadata = Interpreter::payloadAs<MetaDataPayload>(owner->metadata))
                    target.table.schema = metadata->schema;
            }
            foreign->referredTable = target.table;
            foreign->referredColumns.push_back(target.column.isEmpty() ? columns[i] : target.column);
            named.referredColumns.append(foreign->referredColumns.back().text);
        }
        named.referredTable = foreign->referredTable.name.text;
    } else if (auto *check = std::get_if<sql::CheckConstraint>(&constraint.kind)) {
        check->condition = toTextExpression(library, payload->condition, "the condition of a CheckConstraint");
    } else {
        return constraint; // EXCLUDE has no convention of its own
    }
    constraint.name = nameByConvention(library, convention, named);
    return constraint;
}

sql::Table toTable(Library &library, const TablePayload &table)
{
    sql::Table made;
    made.name = table.name;
    made.prefixes = table.prefixes;
    made.comment = table.comment;
    made.options = table.options;
    std::vector<Ordered> constraints;
    for (const auto &[key, item] : table.columns) {
        const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item);
        made.columns.push_back(toColumn(library, item, table.name, table.namingConvention));
        addColumnConstraints(library, *column, table.name, &table, table.namingConvention, constraints);
        if (auto index = columnIndex(library, *column, table.name, table.namingConvention))
            made.indexes.push_back(std::move(*index));
    }
    for (const Value &item : table.constraints) {
        if (table.primaryKey && item.isSame(table.primaryKey))
            continue;
        const auto *payload = Interpreter::payloadAs<ConstraintPayload>(item);
        if (std::holds_alternative<sql::PrimaryKeyConstraint>(payload->constraint.kind))
            continue; // a later PrimaryKeyConstraint takes the place of an earlier one
        constraints.push_back({payload->creationOrder, 0, toConstraint(library, item, table.name, &table, table.namingConvention)});
    }
    std::ranges::stable_sort(constraints,
                             [](const Ordered &a, const Ordered &b) { return std::pair(a.order, a.place) < std::pair(b.order, b.place); });
    if (auto primary = primaryKeyOf(library, table, made.columns))
        made.constraints.push_back(std::move(*primary));
    for (Ordered &each : constraints)
        made.constraints.push_back(std::move(each.constraint));
    for (const Value &item : table.indexes)
        made.indexes.push_back(toIndex(library, item, table.name, &table, table.namingConvention));
    return made;
}

sql::AddColumn toAddColumn(Library &library, const sql::QualifiedName &table, const Value &item, const NamingConvention &convention)
{
    sql::AddColumn added;
    added.table = table;
    added.column = toColumn(library, item, table, convention);
    const auto *column = Interpreter::payloadAs<SchemaColumnPayload>(item);
    std::vector<Ordered> constraints;
    addColumnConstraints(library, *column, table, nullptr, convention, constraints);
    for (Ordered &each : constraints)
        added.constraints.push_back(std::move(each.constraint));
    if (auto index = columnIndex(library, *column, table, convention))
        added.indexes.push_back(std::move(*index));
    return added;
}

} // namespace stillroom::script
