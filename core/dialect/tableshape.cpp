// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/tablewriter.h"

#include "dialect/typetext.h"

#include <algorithm>

/// What SQLAlchemy's Table makes of its columns: key, autoincrement, constraints and indexes.
namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;

namespace {

bool contains(const std::vector<QString> &names, const QString &name) { return std::ranges::find(names, name) != names.end(); }

bool hasForeignKey(const sql::Table &table, const Column &column)
{
    const auto isForeign = [&](const Constraint &c) {
        const auto *key = std::get_if<sql::ForeignKeyConstraint>(&c.kind);
        return key && std::ranges::any_of(key->columns, [&](const Identifier &one) { return one.text == column.name.text; });
    };
    const bool own =
        std::ranges::any_of(column.constraints, [](const Constraint &c) { return std::holds_alternative<sql::ForeignKeyConstraint>(c.kind); });
    return own || std::ranges::any_of(table.constraints, isForeign);
}

bool mayCount(DialectKind kind, const Column &column)
{
    const Affinity a = affinity(effectiveType(kind, column.type));
    return a == Affinity::Integer || a == Affinity::Numeric;
}

void takePrimaryKey(TableShape &shape)
{
    sql::Table &table = shape.table;
    sql::PrimaryKeyConstraint key;
    for (const Constraint &c : table.constraints) {
        if (const auto *given = std::get_if<sql::PrimaryKeyConstraint>(&c.kind)) {
            shape.primaryKeyConstraint = c;
            key = *given;
        }
    }
    shape.isImplicitKey = key.columns.empty() && shape.primaryKeyConstraint.name.isEmpty();
    if (key.columns.empty()) {
        for (const Column &column : table.columns) {
            if (column.isPrimaryKey)
                key.columns.push_back(column.name);
        }
        if (shape.primaryKeyConstraint.name.isEmpty())
            shape.primaryKeyConstraint.name = table.primaryKeyName;
    }
    for (const Identifier &name : key.columns)
        shape.primaryKey.push_back(name.text);
    for (Column &column : table.columns) {
        column.isPrimaryKey = column.isPrimaryKey || contains(shape.primaryKey, column.name.text);
        if (!column.nullableGiven)
            column.nullable = column.nullable && !column.isPrimaryKey && !column.identity;
    }
    shape.autoincrementColumn = autoincrementColumn(shape);
    if (shape.isImplicitKey && !shape.autoincrementColumn.isEmpty()) {
        std::ranges::stable_partition(key.columns, [&](const Identifier &name) { return name.text == shape.autoincrementColumn; });
        shape.primaryKey.clear();
        for (const Identifier &name : key.columns)
            shape.primaryKey.push_back(name.text);
    }
    shape.primaryKeyConstraint.kind = key;
}

sql::Index columnIndex(const sql::Table &table, const Column &column)
{
    sql::Index index;
    index.table = table.name;
    index.isUnique = column.isUnique;
    index.elements.push_back({.expression = nullptr, .column = column.name});
    index.name = column.indexName;
    if (index.name.isEmpty()) {
        QString schema = table.name.schema.text;
        if (!schema.isEmpty())
            schema = schema.replace(QLatin1Char('.'), QLatin1Char('_')) + QLatin1Char('_');
        index.name.text = QStringLiteral("ix_%1%2_%3").arg(schema, table.name.name.text, column.name.text);
        index.name.isConventional = true;
    }
    return index;
}

} // namespace

namespace {

sql::Literal literalOf(sql::Literal::Kind kind, const QString &text)
{
    sql::Literal value;
    value.kind = kind;
    value.text = text;
    return value;
}

} // namespace

std::optional<Constraint> typeBoundCheck(DialectKind kind, const Column &column)
{
    const sql::SqlType &type = effectiveType(kind, column.type);
    if (!type.createConstraint)
        return std::nullopt;
    sql::Literal values = literalOf(sql::Literal::Kind::List, {});
    if (isEnum(type)) {
        if (kind == DialectKind::PostgreSql && isNativeEnum(type))
            return std::nullopt;
        for (const QString &label : type.enumLabels)
            values.items.push_back(literalOf(sql::Literal::Kind::String, label));
    } else {
        if (kind == DialectKind::PostgreSql)
            return std::nullopt;
        values.items.push_back(literalOf(sql::Literal::Kind::Integer, QStringLiteral("0")));
        values.items.push_back(literalOf(sql::Literal::Kind::Integer, QStringLiteral("1")));
    }
    Constraint check;
    check.name = Identifier(type.constraintName.isEmpty() && isEnum(type) ? type.enumName : type.constraintName);
    check.isTypeBound = true;
    sql::BoundValue bound;
    bound.value = std::move(values);
    sql::BinaryExpression in;
    in.kind = sql::BinaryKind::In;
    in.left = sql::makeExpression(sql::ColumnReference{.table = nullptr, .name = column.name});
    in.right = sql::makeExpression(std::move(bound));
    check.kind = sql::CheckConstraint{.condition = sql::makeExpression(std::move(in))};
    return check;
}

bool hasInlineKey(const TableShape &shape, const Column &column)
{
    return optionIsTrue(shape.table.options, QStringLiteral("sqlite_autoincrement")) && shape.primaryKey.size() == 1 &&
           shape.primaryKey.front() == column.name.text && mayCount(DialectKind::Sqlite, column) && affinity(column.type) == Affinity::Integer &&
           !hasForeignKey(shape.table, column);
}

QString autoincrementColumn(const TableShape &shape)
{
    const sql::Table &table = shape.table;
    if (shape.primaryKey.size() != 1) {
        for (const QString &name : shape.primaryKey) {
            const Column *column = table.column(name);
            if (column && column->autoincrement.value_or(false))
                return name;
        }
        return {};
    }
    const Column *column = table.column(shape.primaryKey.front());
    if (!column)
        return {};
    if (column->autoincrement)
        return *column->autoincrement ? column->name.text : QString();
    const bool hasDefault = column->hasClientDefault || !std::holds_alternative<std::monostate>(column->serverDefault) || column->computed;
    const bool isForeign = hasForeignKey(table, *column) && !column->ignoresForeignKeysForAutoincrement;
    // The stated type decides, whatever the dialect's variant is.
    const Affinity a = affinity(column->type);
    const bool counts = a == Affinity::Integer || a == Affinity::Numeric;
    return counts && !hasDefault && !isForeign ? column->name.text : QString();
}

TableShape shapeOf(DialectKind kind, const sql::Table &table)
{
    TableShape shape;
    shape.table = table;
    takePrimaryKey(shape);
    for (const Constraint &c : table.constraints) {
        if (!std::holds_alternative<sql::PrimaryKeyConstraint>(c.kind))
            shape.constraints.push_back(c);
    }
    for (const Column &column : shape.table.columns) {
        if (column.hasIndex)
            shape.indexes.push_back(columnIndex(table, column));
        if (column.isUnique && !column.hasIndex) {
            Constraint unique;
            unique.name = column.uniqueName;
            unique.isFromColumn = true;
            unique.kind = sql::UniqueConstraint{.columns = {column.name}};
            shape.constraints.push_back(std::move(unique));
        }
        if (auto check = typeBoundCheck(kind, column))
            shape.constraints.push_back(std::move(*check));
        for (const Constraint &own : column.constraints) {
            if (const auto *key = std::get_if<sql::ForeignKeyConstraint>(&own.kind)) {
                Constraint foreign = own;
                sql::ForeignKeyConstraint named = *key;
                if (named.columns.empty())
                    named.columns.push_back(column.name);
                foreign.kind = std::move(named);
                foreign.isFromColumn = true;
                shape.constraints.push_back(std::move(foreign));
            }
        }
    }
    shape.indexes.insert(shape.indexes.end(), table.indexes.begin(), table.indexes.end());
    for (sql::Index &index : shape.indexes)
        index.table = table.name;
    return shape;
}

} // namespace stillroom::dialect
