// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressionwriter.h"

#include "dialect/expressiontypes.h"

#include <algorithm>

/// INSERT, UPDATE and DELETE.
namespace stillroom::dialect {

using sql::ExpressionPtr;
using sql::FromClause;
using Place = ExpressionWriter::Place;

namespace {

/// FROM objects of a condition that are not the statement's own table.
std::vector<const FromClause *> otherFroms(const ExpressionPtr &where, const sql::FromPtr &table, const std::vector<sql::FromPtr> &given)
{
    std::vector<const FromClause *> found;
    for (const sql::FromPtr &from : given)
        found.push_back(from.get());
    collectFroms(where, found);
    std::vector<const FromClause *> others;
    for (const FromClause *from : found) {
        if (from != table.get() && std::ranges::find(others, from) == others.end())
            others.push_back(from);
    }
    return others;
}

} // namespace

void ExpressionWriter::enterTable(const sql::FromPtr &table, const std::vector<const FromClause *> &extra)
{
    Level level;
    level.asFromFroms = extra;
    level.asFromFroms.push_back(table.get());
    level.correlateFroms = level.asFromFroms;
    m_levels.push_back(std::move(level));
}

QString ExpressionWriter::assigned(const ExpressionPtr &value, const sql::SqlTypePtr &type, const Place &place)
{
    Place inner = place;
    inner.literalType = type;
    return grouped(value, {.role = Against::Nothing}, inner);
}

QString ExpressionWriter::returningText(const std::vector<ExpressionPtr> &columns)
{
    if (columns.empty())
        return {};
    Place place;
    place.includeTable = m_spelling.isPostgreSql();
    return QLatin1String(" RETURNING ") + selectColumns(columns, place, false);
}

QString ExpressionWriter::implicitReturning(const sql::Insert &i)
{
    std::vector<ExpressionPtr> asked;
    const bool usesLastRowId = m_spelling.isSqlite() && (m_spelling.options.sqlalchemy14 || !i.autoincrementColumn.isEmpty());
    if (usesLastRowId || i.rows.size() > 1 || i.fromSelect || !i.returning.empty())
        return {};
    for (const ExpressionPtr &column : i.implicitReturning) {
        const auto *reference = std::get_if<sql::ColumnReference>(&column->node);
        if (!reference)
            continue;
        bool isKnown = false;
        for (size_t c = 0; c < i.columns.size() && !i.rows.empty(); ++c) {
            if (i.columns[c].text == reference->name.text && c < i.rows.front().size())
                isKnown = std::holds_alternative<sql::BoundValue>(i.rows.front()[c]->node);
        }
        if (!isKnown)
            asked.push_back(column);
    }
    return returningText(asked);
}

QString ExpressionWriter::onConflict(const sql::Insert &i, const sql::OnConflict &c)
{
    Place bare;
    bare.includeTable = false;
    QString target;
    if (!c.constraint.isEmpty()) {
        if (m_spelling.isSqlite())
            fail(QStringLiteral("SQLite's ON CONFLICT names no constraint"));
        target = QLatin1String("ON CONSTRAINT ") + taken(constraintName(m_spelling.kind, c.constraint));
    } else if (!c.indexElements.empty()) {
        QStringList texts;
        for (const ExpressionPtr &element : c.indexElements)
            texts += expression(element, bare);
        target = QLatin1Char('(') + texts.join(QLatin1String(", ")) + QLatin1Char(')');
        if (c.indexWhere)
            target += QLatin1String(" WHERE ") + expression(c.indexWhere, bare);
    }
    if (c.doNothing)
        return target.isEmpty() ? QStringLiteral(" ON CONFLICT DO NOTHING") : QLatin1String(" ON CONFLICT ") + target + QLatin1String(" DO NOTHING");
    QStringList sets;
    for (const sql::Assignment &assignment : c.set) {
        const auto *column = std::get_if<sql::ColumnReference>(&assignment.column->node);
        sql::SqlTypePtr type = assignment.column->type;
        for (size_t n = 0; !type && column && n < i.columns.size() && n < i.types.size(); ++n) {
            if (i.columns[n].text == column->name.text)
                type = i.types[n];
        }
        sets += expression(assignment.column, bare) + QLatin1String(" = ") + assigned(assignment.value, type, Place{});
    }
    QString text = QLatin1String(" ON CONFLICT ") + target + QLatin1String(" DO UPDATE SET ") + sets.join(QLatin1String(", "));
    if (c.where)
        text += QLatin1String(" WHERE ") + expression(c.where, Place{}); // a flag stays bare, unlike in an UPDATE
    return text;
}

QString ExpressionWriter::insert(const sql::Insert &i)
{
    if (!i.table) {
        fail(QStringLiteral("an INSERT lacks its table"));
        return {};
    }
    enterTable(i.table, {});
    m_levels.back() = {}; // an INSERT correlates nothing
    QString text = QStringLiteral("INSERT ");
    for (const QString &prefix : i.prefixes)
        text += prefix + QLatin1Char(' ');
    const auto *named = std::get_if<FromClause::Named>(&i.table->node);
    text += QLatin1String("INTO ") + (named ? quotedName(m_spelling.kind, named->name) : fromText(*i.table, Place{}));
    QStringList columns;
    for (const sql::Identifier &column : i.columns)
        columns += quotedIdentifier(m_spelling.kind, column);
    if (!columns.isEmpty())
        text += QLatin1String(" (") + columns.join(QLatin1String(", ")) + QLatin1Char(')');
    if (i.fromSelect) {
        text += QLatin1Char(' ') + statement(i.fromSelect, Place{}, Standing::Part);
    } else if (columns.isEmpty()) {
        text += QLatin1String(" DEFAULT VALUES");
    } else {
        QStringList rows;
        for (const auto &row : i.rows) {
            QStringList values;
            for (size_t c = 0; c < row.size(); ++c)
                values += assigned(row[c], c < i.types.size() ? i.types[c] : nullptr, Place{});
            rows += QLatin1Char('(') + values.join(QLatin1String(", ")) + QLatin1Char(')');
        }
        if (rows.isEmpty())
            fail(QStringLiteral("an INSERT has columns and no values"));
        text += QLatin1String(" VALUES ") + rows.join(QLatin1String(", "));
    }
    if (i.onConflict)
        text += onConflict(i, *i.onConflict);
    text += i.returning.empty() ? implicitReturning(i) : returningText(i.returning);
    m_levels.pop_back();
    return text;
}

QString ExpressionWriter::update(const sql::Update &u)
{
    if (!u.table || u.set.empty()) {
        fail(QStringLiteral("an UPDATE sets nothing"));
        return {};
    }
    const std::vector<const FromClause *> extra = otherFroms(u.where, u.table, u.from);
    enterTable(u.table, extra);
    Place bare;
    bare.includeTable = false;
    QStringList sets;
    for (const sql::Assignment &assignment : u.set)
        sets += expression(assignment.column, bare) + QLatin1Char('=') + assigned(assignment.value, assignment.column->type, Place{});
    QString text = QLatin1String("UPDATE ") + fromText(*u.table, Place{}) + QLatin1String(" SET ") + sets.join(QLatin1String(", "));
    QStringList tables;
    for (const FromClause *from : extra)
        tables += fromText(*from, Place{});
    if (!tables.isEmpty())
        text += QLatin1String(" FROM ") + tables.join(QLatin1String(", "));
    const QString where = whereText(u.where, Place{});
    if (!where.isEmpty())
        text += QLatin1String(" WHERE ") + where;
    text += returningText(u.returning);
    m_levels.pop_back();
    return text;
}

QString ExpressionWriter::remove(const sql::Delete &d)
{
    if (!d.table) {
        fail(QStringLiteral("a DELETE lacks its table"));
        return {};
    }
    const std::vector<const FromClause *> extra = otherFroms(d.where, d.table, d.usingTables);
    if (!extra.empty() && m_spelling.isSqlite())
        fail(QStringLiteral("SQLite does not support multiple-table criteria within DELETE"));
    enterTable(d.table, extra);
    QString text = QLatin1String("DELETE FROM ") + fromText(*d.table, Place{});
    QStringList tables;
    for (const FromClause *from : extra)
        tables += fromText(*from, Place{});
    if (!tables.isEmpty())
        text += QLatin1String(" USING ") + tables.join(QLatin1String(", "));
    const QString where = whereText(d.where, Place{});
    if (!where.isEmpty())
        text += QLatin1String(" WHERE ") + where;
    text += returningText(d.returning);
    m_levels.pop_back();
    return text;
}

} // namespace stillroom::dialect
