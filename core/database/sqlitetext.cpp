// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/sqlitetext.h"

#include "dialect/sqlitetable.h"

#include <algorithm>

namespace stillroom::database {

namespace {

using Kind = CatalogConstraint::Kind;

template<class... Fs>
struct Overloaded : Fs... {
    using Fs::operator()...;
};

QString verbatim(const sql::ExpressionPtr &expression)
{
    const auto *text = expression ? std::get_if<sql::LiteralColumn>(&expression->node) : nullptr;
    return text ? text->text : QString();
}

QStringList names(const std::vector<sql::Identifier> &columns)
{
    QStringList result;
    for (const sql::Identifier &column : columns) // `a COLLATE NOCASE` is kept as text
        result.append(column.quote == false ? column.text.section(QLatin1Char(' '), 0, 0) : column.text);
    return result;
}

bool isSame(const QStringList &first, const QStringList &second)
{
    return std::ranges::equal(first, second, [](const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; });
}

CatalogConstraint written(const sql::Constraint &constraint)
{
    CatalogConstraint made;
    made.name = constraint.name.text;
    std::visit(Overloaded{[&](const sql::PrimaryKeyConstraint &key) {
                              made.kind = Kind::PrimaryKey;
                              made.columns = names(key.columns);
                          },
                          [&](const sql::UniqueConstraint &unique) {
                              made.kind = Kind::Unique;
                              made.columns = names(unique.columns);
                          },
                          [&](const sql::ForeignKeyConstraint &key) {
                              made.kind = Kind::ForeignKey;
                              made.columns = names(key.columns);
                              made.referredTable = key.referredTable.name.text;
                              made.isDeferrable = constraint.deferrable.value_or(false);
                              made.isDeferred = made.isDeferrable && constraint.initially == QLatin1String("DEFERRED");
                          },
                          [&](const sql::CheckConstraint &check) {
                              made.kind = Kind::Check;
                              made.definition = QStringLiteral("CHECK (%1)").arg(verbatim(check.condition));
                          },
                          [&](const sql::ExcludeConstraint &) { made.kind = Kind::Exclusion; }},
               constraint.kind);
    return made;
}

/// The same constraint as a PRAGMA told it: what is written and not told is a CHECK, or a UNIQUE that SQLite has found to be
/// one that it has already.
void merge(CatalogTable &table, CatalogConstraint constraint, std::vector<bool> &isTaken)
{
    for (size_t i = 0; i < isTaken.size(); ++i) {
        CatalogConstraint &told = table.constraints[i];
        if (isTaken[i] || told.kind != constraint.kind || !isSame(told.columns, constraint.columns) ||
            told.referredTable.compare(constraint.referredTable, Qt::CaseInsensitive) != 0)
            continue;
        isTaken[i] = true;
        told.name = constraint.name;
        told.isDeferrable = constraint.isDeferrable;
        told.isDeferred = constraint.isDeferred;
        return;
    }
    table.constraints.push_back(std::move(constraint));
}

void addToColumns(CatalogTable &table, const sql::Table &text)
{
    for (CatalogColumn &column : table.columns) {
        const auto found = std::ranges::find_if(
            text.columns, [&](const sql::Column &each) { return each.name.text.compare(column.name, Qt::CaseInsensitive) == 0; });
        if (found == text.columns.end())
            continue;
        if (found->computed)
            column.generated = QStringLiteral("(%1) ").arg(verbatim(found->computed->expression)) + column.generated;
        if (const auto collate = found->options.find(QStringLiteral("sqlite_collate")); collate != found->options.end()) {
            if (const auto *name = std::get_if<QString>(&collate->second.value))
                column.collation = *name;
        }
    }
}

} // namespace

void addFromText(CatalogTable &table)
{
    const auto standing = dialect::readSqliteTable(table.sql);
    if (!standing) {
        table.unreadable = standing.error().detail;
        return;
    }
    addToColumns(table, standing->table);
    std::vector<bool> isTaken(table.constraints.size(), false);
    for (const sql::Constraint &constraint : standing->table.constraints)
        merge(table, written(constraint), isTaken);
    for (CatalogIndex &index : table.indexes) {
        const auto served = std::ranges::find_if(table.constraints, [&](const CatalogConstraint &each) {
            return each.kind == (index.isPrimary ? Kind::PrimaryKey : Kind::Unique) && isSame(each.columns, index.columns);
        });
        if (index.definition.isEmpty() && served != table.constraints.end())
            index.constraintName = served->name;
    }
}

} // namespace stillroom::database
