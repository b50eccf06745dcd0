// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/elements.h"
#include "script/schema.h"
#include "script/types.h"

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
    NamedThing made{kind, table, name, {}, {}, {}, {}, {}};
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

/// A foreign key's target; a name without a schema is in that of the referring table's MetaData.
ColumnTarget targetOf(Library &library, const Value &given, const TablePayload *referring)
{
    ColumnTarget target = toColumnTarget(library, given);
    if (target.table.schema.isEmpty() && given.isString() && referring != nullptr && referring->metadata) {
        if (const auto *metadata = Interpreter::payloadAs<MetaDataPayload>(referring->metadata))
            target.table.schema = metadata->schema;
    }
    return target;
}

} // namespace

Value typeOfReferredColumn(Library &library, const SchemaColumnPayload &column, const TablePayload *referring)
{
    for (const Value &key : column.foreignKeys) {
        const auto *payload = Interpreter::payloadAs<ForeignKeyPayload>(key);
        if (const auto *referred = Interpreter::payloadAs<SchemaColumnPayload>(payload->target); referred != nullptr && referred->type)
            return referred->type;
        if (!payload->target.isString())
            continue;
        const ColumnTarget target = targetOf(library, payload->target, referring);
        for (const auto &[from, table] : library.shared<TableRegistry>().tables) {
            const auto *owner = Interpreter::payloadAs<TablePayload>(table);
            if (owner == nullptr || owner->name.name.text != target.table.name.text || owner->name.schema.text != target.table.schema.text)
                continue;
            const auto *referred = columnByName(owner, target.column.text);
            if (referred != nullptr && referred->type)
                return referred->type;
        }
    }
    return {};
}

namespace {

sql::Constraint foreignKeyOf(Library &library, const ForeignKeyPayload &payload, const sql::Identifier &column, const sql::QualifiedName &table,
                             const TablePayload *owner, const NamingConvention &convention)
{
    const ColumnTarget target = targetOf(library, payload.target, owner);
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

/// Takes what a column's own arguments make out of it, to stand among the table's constraints.
void lowerColumn(sql::Column &column, int order, std::vector<Ordered> &constraints)
{
    int place = 0;
    if (column.isUnique && !column.hasIndex) {
        sql::Constraint unique;
        unique.kind = sql::UniqueConstraint{{column.name}};
        unique.name = column.uniqueName;
        unique.isFromColumn = true;
        constraints.push_back({order, place++, std::move(unique)});
        column.isUnique = false;
    }
    std::vector<sql::Constraint> checks;
    for (sql::Constraint &own : column.constraints) {
        if (std::holds_alternative<sql::ForeignKeyConstraint>(own.kind))
            constraints.push_back({order, place++, std::move(own)});
        else
            checks.push_back(std::move(own));
    }
    column.constraints = std::move(checks);
}

/// The index that GeoAlchemy2 adds for a spatial column (its documentation, "Spatial index").
std::optional<sql::Index> spatialIndexOf(Library &library, const SchemaColumnPayload &column, const sql::QualifiedName &table)
{
    Interpreter &interpreter = library.interpreter();
    if (!column.type.isKind(python::ObjectKind::Instance) || !interpreter.isInstance(column.type, userDefinedTypeClass(library)))
        return std::nullopt;
    const Value isSpatial = interpreter.findAttribute(column.type, "spatial_index");
    if (!isSpatial)
        return std::nullopt;
    if (library.isSqlite())
        interpreter.stop(StopKind::NotUnderstood, "a spatial column on SQLite is made by SpatiaLite's own functions, which is not supported");
    if (!interpreter.truth(isSpatial))
        return std::nullopt;
    sql::Index index;
    index.table = table;
    index.name = sql::Identifier(QStringLiteral("idx_%1_%2").arg(table.name.text, column.name.text));
    sql::ExpressionPtr element = sql::makeExpression(sql::ColumnReference{nullptr, column.name});
    if (interpreter.className(column.type) == "Raster") {
        sql::FunctionCall hull;
        hull.name = QStringLiteral("ST_ConvexHull");
        hull.arguments = {element};
        index.elements = {{sql::makeExpression(std::move(hull)), {}}};
    } else {
        index.elements = {{element, column.name}};
    }
    index.options[QStringLiteral("postgresql_using")] = {QStringLiteral("gist")};
    if (interpreter.truth(interpreter.getAttribute(column.type, "use_N_D_index")))
        index.options[QStringLiteral("postgresql_ops")] = {sql::OptionPairs{{column.name.text, QStringLiteral("gist_geometry_ops_nd")}}};
    return index;
}

} // namespace

std::optional<sql::Index> spatialIndex(Library &library, const Value &column, const sql::QualifiedName &table)
{
    return spatialIndexOf(library, *Interpreter::payloadAs<SchemaColumnPayload>(column), table);
}

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

sql::Column toColumn(Library &library, const Value &item, const sql::QualifiedName &table, const NamingConvention &convention,
                     const TablePayload *owner)
{
    const auto *payload = Interpreter::payloadAs<SchemaColumnPayload>(library.interpreter().known(item, "a column"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "a Column is expected, got " + library.interpreter().repr(item));
    sql::Column column = payload->column;
    column.name = payload->name;
    column.type = toSqlType(library, payload->type);
    if (isNullType(column.type) && !payload->foreignKeys.empty()) {
        const Value referred = typeOfReferredColumn(library, *payload, owner);
        column.type = referred ? toSqlType(library, referred) : sql::SqlType();
    }
    settleTypeSchema(column.type, table);
    nameTypeConstraint(library, column.type, table, column.name, convention);
    column.serverDefault = toServerDefault(library, payload->serverDefault);
    column.hasClientDefault = payload->hasPythonDefault;
    column.hasIndex = payload->hasIndex;
    column.isUnique = payload->isUnique;
    if (column.name.isEmpty())
        raiseSqlAlchemy(library, "ArgumentError",
                        "Column must be constructed with a non-blank name or assign a non-blank .name before adding to a Table.");
    if (column.hasIndex)
        column.indexName = nameByConvention(library, convention, thing(NamedThing::Kind::Index, table, {}, {column.name}));
    else if (column.isUnique)
        column.uniqueName = nameByConvention(library, convention, thing(NamedThing::Kind::Unique, table, {}, {column.name}));
    for (const Value &constraint : payload->constraints)
        column.constraints.push_back(toConstraint(library, constraint, table, nullptr, convention));
    for (const Value &key : payload->foreignKeys) {
        column.constraints.push_back(foreignKeyOf(library, *Interpreter::payloadAs<ForeignKeyPayload>(key), column.name, table, owner, convention));
    }
    return column;
}

namespace {

/// desc("name") and the like, where no SELECT stands to name: a column of the table.
sql::ExpressionPtr withNamedColumns(const sql::ExpressionPtr &expression)
{
    if (const auto *reference = std::get_if<sql::LabelReference>(&expression->node))
        return sql::makeExpression(sql::ColumnReference{nullptr, sql::Identifier(reference->name)});
    const auto *unary = std::get_if<sql::UnaryExpression>(&expression->node);
    if (unary == nullptr || unary->operand == nullptr)
        return expression;
    sql::UnaryExpression made = *unary;
    made.operand = withNamedColumns(unary->operand);
    return made.operand == unary->operand ? expression : sql::makeExpression(std::move(made), expression->type);
}

} // namespace

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
    return {withNamedColumns(expression), {}};
}

sql::Index toIndex(Library &library, const Value &item, const sql::QualifiedName &table, const TablePayload *owner,
                   const NamingConvention &convention)
{
    const auto *payload = Interpreter::payloadAs<IndexPayload>(library.interpreter().known(item, "an index"));
    if (payload == nullptr)
        raiseSqlAlchemy(library, "ArgumentError", "an Index is expected, got " + library.interpreter().repr(item));
    sql::Index index = payload->index;
    index.table = table;
    NamedThing named = thing(NamedThing::Kind::Index, table, index.name, {});
    for (const Value &element : payload->elements) {
        index.elements.push_back(toIndexElement(library, element, owner));
        addIndexedColumn(named, index.elements.back(), false);
    }
    index.name = nameByConvention(library, convention, named);
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
            const ColumnTarget target = targetOf(library, payload->referred[i], owner);
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
    int lastColumn = 0;
    for (const auto &[key, item] : table.columns) {
        made.columns.push_back(toColumn(library, item, table.name, table.namingConvention, &table));
        lastColumn = std::max(lastColumn, Interpreter::payloadAs<SchemaColumnPayload>(item)->creationOrder);
    }
    std::vector<Ordered> constraints;
    bool isLate = false;
    for (const Value &item : table.constraints) {
        const auto *payload = Interpreter::payloadAs<ConstraintPayload>(item);
        const bool isPrimary = std::holds_alternative<sql::PrimaryKeyConstraint>(payload->constraint.kind);
        if (isPrimary && !item.isSame(table.primaryKey)) { // a later one takes its place; its columns stay NOT NULL
            for (const Value &each : payload->columns) {
                const auto column = std::ranges::find(made.columns, columnName(library, each, &table, "a column of a constraint").text,
                                                      [](const sql::Column &one) { return one.name.text; });
                if (column != made.columns.end() && !column->nullableGiven)
                    column->nullable = false;
            }
            continue;
        }
        isLate = isLate || (!isPrimary && payload->creationOrder > lastColumn);
        constraints.push_back({isPrimary ? 0 : payload->creationOrder, 0, toConstraint(library, item, table.name, &table, table.namingConvention)});
    }
    if (isLate) {
        for (std::size_t i = 0; i < made.columns.size(); ++i)
            lowerColumn(made.columns[i], Interpreter::payloadAs<SchemaColumnPayload>(table.columns[i].second)->creationOrder, constraints);
    }
    std::ranges::sort(constraints, [](const Ordered &a, const Ordered &b) { return std::pair(a.order, a.place) < std::pair(b.order, b.place); });
    for (Ordered &each : constraints)
        made.constraints.push_back(std::move(each.constraint));
    if (!table.primaryKey) {
        std::vector<sql::Identifier> key;
        for (const sql::Column &column : made.columns) {
            if (column.isPrimaryKey)
                key.push_back(column.name);
        }
        if (!key.empty())
            made.primaryKeyName = nameByConvention(library, table.namingConvention, thing(NamedThing::Kind::PrimaryKey, table.name, {}, key));
    }
    for (const auto &[key, item] : table.columns) {
        if (auto index = spatialIndexOf(library, *Interpreter::payloadAs<SchemaColumnPayload>(item), table.name))
            made.indexes.push_back(std::move(*index));
    }
    for (const Value &item : table.indexes)
        made.indexes.push_back(toIndex(library, item, table.name, &table, table.namingConvention));
    return made;
}

} // namespace stillroom::script
