// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/inventory.h"

#include "database/catalog.h"

namespace stillroom::migration {

namespace {

using database::CatalogConstraint;
using database::CatalogTable;

QString key(const char *name) { return QLatin1String(name); }

QString kindName(CatalogConstraint::Kind kind)
{
    switch (kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        return key("primary key");
    case CatalogConstraint::Kind::Unique:
        return key("unique");
    case CatalogConstraint::Kind::ForeignKey:
        return key("foreign key");
    case CatalogConstraint::Kind::Check:
        return key("check");
    case CatalogConstraint::Kind::Exclusion:
        return key("exclusion");
    }
    return {};
}

QVariantMap tableOf(const CatalogTable &table)
{
    QVariantList columns, constraints, indexes;
    for (const database::CatalogColumn &column : table.columns) {
        columns.append(QVariantMap{{key("name"), column.name},
                                   {key("type"), column.type},
                                   {key("default"), column.defaultText},
                                   {key("not_null"), column.notNull},
                                   {key("primary_key"), column.primaryKeyPosition},
                                   {key("identity"), column.identity},
                                   {key("generated"), column.generated},
                                   {key("comment"), column.comment}});
    }
    for (const CatalogConstraint &constraint : table.constraints) {
        constraints.append(QVariantMap{{key("kind"), kindName(constraint.kind)},
                                       {key("name"), constraint.name},
                                       {key("columns"), constraint.columns},
                                       {key("referred_schema"), constraint.referredSchema},
                                       {key("referred_table"), constraint.referredTable},
                                       {key("referred_columns"), constraint.referredColumns},
                                       {key("onupdate"), constraint.onUpdate},
                                       {key("ondelete"), constraint.onDelete},
                                       {key("deferrable"), constraint.isDeferrable},
                                       {key("definition"), constraint.definition}});
    }
    for (const database::CatalogIndex &index : table.indexes) {
        indexes.append(QVariantMap{{key("name"), index.name},
                                   {key("columns"), index.columns},
                                   {key("unique"), index.isUnique},
                                   {key("primary"), index.isPrimary},
                                   {key("constraint"), index.constraintName},
                                   {key("definition"), index.definition}});
    }
    return {{key("schema"), table.schema}, {key("name"), table.name},         {key("kind"), table.kind}, {key("comment"), table.comment},
            {key("columns"), columns},     {key("constraints"), constraints}, {key("indexes"), indexes}};
}

} // namespace

Result<QVariantMap> inventoryOf(database::Session &session, const sql::QualifiedName &versionTable, const QString &onlyTable)
{
    auto catalog = database::readCatalog(session, versionTable, onlyTable);
    if (!catalog)
        return std::unexpected(std::move(catalog).error());
    QVariantList tables;
    for (const CatalogTable &table : catalog->tables)
        tables.append(tableOf(table));
    // SQLite has one schema, which the catalog leaves unnamed.
    QString defaultSchema;
    QStringList schemas{key("main")};
    if (session.kind() == dialect::DialectKind::PostgreSql) {
        const auto names = session.execute(
            QStringLiteral("SELECT nspname::text, nspname = current_schema() FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%'"));
        if (!names)
            return std::unexpected(names.error());
        schemas.clear();
        for (const auto &row : names->rows) {
            schemas.append(row.at(0).toString());
            if (row.at(1).toBool())
                defaultSchema = schemas.last();
        }
    }
    return QVariantMap{{key("default_schema"), defaultSchema}, {key("schemas"), schemas}, {key("tables"), tables}};
}

script::ConnectedTo connectedTo(const database::Session &session)
{
    database::SessionAddress address = session.address();
    return {.user = std::move(address.user), .host = std::move(address.host), .database = std::move(address.database), .port = address.port};
}

} // namespace stillroom::migration
