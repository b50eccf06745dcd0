// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "database/catalog.h"

#include <QJsonArray>

namespace stillroom::cli {

using database::CatalogConstraint;
using database::CatalogTable;

namespace {

QString kindName(CatalogConstraint::Kind kind)
{
    switch (kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        return QStringLiteral("primary key");
    case CatalogConstraint::Kind::Unique:
        return QStringLiteral("unique");
    case CatalogConstraint::Kind::ForeignKey:
        return QStringLiteral("foreign key");
    case CatalogConstraint::Kind::Check:
        return QStringLiteral("check");
    case CatalogConstraint::Kind::Exclusion:
        return QStringLiteral("exclusion");
    }
    return {};
}

QString fullName(const CatalogTable &table) { return table.schema.isEmpty() ? table.name : table.schema + QLatin1Char('.') + table.name; }

QString tableText(const CatalogTable &table)
{
    QString text = QStringLiteral("%1 (%2)\n").arg(fullName(table), table.kind);
    QList<QStringList> rows;
    for (const database::CatalogColumn &column : table.columns) {
        QString rest = column.notNull ? QStringLiteral("not null") : QStringLiteral("null");
        if (!column.defaultText.isEmpty())
            rest += QStringLiteral(" default ") + column.defaultText;
        if (!column.identity.isEmpty())
            rest += QStringLiteral(" identity ") + column.identity;
        if (!column.generated.isEmpty())
            rest += QStringLiteral(" generated ") + column.generated;
        rows.append({column.name, column.type, rest});
    }
    text += QStringLiteral("  columns\n") + aligned(rows, QStringLiteral("    "));
    rows.clear();
    for (const CatalogConstraint &constraint : table.constraints) {
        QString definition = constraint.definition;
        if (!constraint.isValidated)
            definition += QStringLiteral("  (not validated)");
        rows.append({constraint.name.isEmpty() ? QStringLiteral("(unnamed)") : constraint.name, kindName(constraint.kind), definition});
    }
    if (!rows.isEmpty())
        text += QStringLiteral("  constraints\n") + aligned(rows, QStringLiteral("    "));
    rows.clear();
    for (const database::CatalogIndex &index : table.indexes)
        rows.append({index.name, index.isUnique ? QStringLiteral("unique") : QStringLiteral("index"),
                     index.definition + (index.isValid ? QString() : QStringLiteral("  (INVALID)"))});
    if (!rows.isEmpty())
        text += QStringLiteral("  indexes\n") + aligned(rows, QStringLiteral("    "));
    if (!table.triggers.isEmpty())
        text += QStringLiteral("  triggers\n    %1\n").arg(table.triggers.join(QStringLiteral("\n    ")));
    return text;
}

QJsonObject tableJson(const CatalogTable &table)
{
    QJsonArray columns;
    for (const database::CatalogColumn &column : table.columns) {
        columns.append(QJsonObject{{QStringLiteral("name"), column.name},
                                   {QStringLiteral("type"), column.type},
                                   {QStringLiteral("not_null"), column.notNull},
                                   {QStringLiteral("default"), column.defaultText.isEmpty() ? QJsonValue() : QJsonValue(column.defaultText)},
                                   {QStringLiteral("primary_key_position"), column.primaryKeyPosition}});
    }
    QJsonArray constraints;
    for (const CatalogConstraint &constraint : table.constraints) {
        QJsonObject object{{QStringLiteral("name"), constraint.name},
                           {QStringLiteral("kind"), kindName(constraint.kind)},
                           {QStringLiteral("columns"), QJsonArray::fromStringList(constraint.columns)},
                           {QStringLiteral("definition"), constraint.definition},
                           {QStringLiteral("is_validated"), constraint.isValidated}};
        if (constraint.kind == CatalogConstraint::Kind::ForeignKey) {
            object[QStringLiteral("referred_table")] = constraint.referredSchema.isEmpty()
                                                           ? constraint.referredTable
                                                           : constraint.referredSchema + QLatin1Char('.') + constraint.referredTable;
            object[QStringLiteral("referred_columns")] = QJsonArray::fromStringList(constraint.referredColumns);
            object[QStringLiteral("on_update")] = constraint.onUpdate;
            object[QStringLiteral("on_delete")] = constraint.onDelete;
        }
        constraints.append(object);
    }
    QJsonArray indexes;
    for (const database::CatalogIndex &index : table.indexes) {
        indexes.append(QJsonObject{{QStringLiteral("name"), index.name},
                                   {QStringLiteral("columns"), QJsonArray::fromStringList(index.columns)},
                                   {QStringLiteral("definition"), index.definition},
                                   {QStringLiteral("is_unique"), index.isUnique},
                                   {QStringLiteral("is_valid"), index.isValid}});
    }
    return {{QStringLiteral("schema"), table.schema},
            {QStringLiteral("name"), table.name},
            {QStringLiteral("kind"), table.kind},
            {QStringLiteral("columns"), columns},
            {QStringLiteral("constraints"), constraints},
            {QStringLiteral("indexes"), indexes},
            {QStringLiteral("triggers"), QJsonArray::fromStringList(table.triggers)}};
}

} // namespace

int inspectDatabase(const CommandLine &line, const project::Project &project)
{
    const auto versionTable = project.versionTable();
    if (!versionTable)
        return fail(versionTable.error());
    const auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    const auto session = database::Session::open(*spec);
    if (!session)
        return fail(session.error());
    const QString only = line.arguments.value(0);
    const auto snapshot = database::readCatalog(**session, *versionTable, only);
    if (!snapshot)
        return fail(snapshot.error());
    if (!only.isEmpty() && snapshot->tables.empty()) {
        printError(QStringLiteral("FAILED: There is no table '%1' in %2. 'inspect' without a name lists all.\n").arg(only, spec->display()));
        return kFailed;
    }
    if (line.json) {
        QJsonArray tables;
        for (const CatalogTable &table : snapshot->tables)
            tables.append(tableJson(table));
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("server"), snapshot->serverVersion},
                   {QStringLiteral("version_rows"), QJsonArray::fromStringList(snapshot->versions.rows)},
                   {QStringLiteral("has_version_table"), snapshot->versions.tableExists},
                   {QStringLiteral("tables"), tables}});
        return kDone;
    }
    QString text;
    if (only.isEmpty()) {
        text += QStringLiteral("%1, %2\n").arg(spec->display(), snapshot->serverVersion);
        text += snapshot->versions.tableExists
                    ? QStringLiteral("revision: %1\n\n")
                          .arg(snapshot->versions.rows.isEmpty() ? QStringLiteral("none") : snapshot->versions.rows.join(QStringLiteral(", ")))
                    : QStringLiteral("revision: none, there is no version table\n\n");
    }
    QStringList parts;
    for (const CatalogTable &table : snapshot->tables)
        parts.append(tableText(table));
    print(text + parts.join(QLatin1Char('\n')));
    return kDone;
}

} // namespace stillroom::cli
