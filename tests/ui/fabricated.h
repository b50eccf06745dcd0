// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/preview.h"
#include "migration/runner.h"
#include "database/catalog.h"
#include "revision/plan.h"
#include "revision/revisiongraph.h"
#include "ui/workbench.h"

#include <QTimeZone>

#include <memory>

/// Values such as the worker would send, for widgets that are tested without it.
namespace fabricated {

using namespace stillroom;

/// "a; b:a; c:a; d:b,c": ids with their parents, oldest first.
inline std::shared_ptr<const revision::RevisionGraph> graph(const QString &spec)
{
    std::vector<revision::Header> headers;
    int day = 1;
    for (const QString &part : spec.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        revision::Header header;
        header.id = part.section(QLatin1Char(':'), 0, 0).trimmed();
        header.downRevisions = part.section(QLatin1Char(':'), 1, 1).trimmed().split(QLatin1Char(','), Qt::SkipEmptyParts);
        header.message = QStringLiteral("make %1").arg(header.id);
        header.file = QStringLiteral("/nowhere/%1.py").arg(header.id);
        header.createDate = QDateTime(QDate(2024, 1, 1).addDays(day++), QTime(12, 0), QTimeZone::utc());
        headers.push_back(header);
    }
    return std::make_shared<const revision::RevisionGraph>(std::move(headers));
}

inline dialect::Statement statement(const QString &sql, int line = 0)
{
    dialect::Statement made;
    made.sql = sql;
    made.origin.line = line;
    return made;
}

/// An upgrade of `ids`, each with one CREATE TABLE and its version statement.
inline migration::Preview upgrade(const QStringList &ids)
{
    migration::Preview preview;
    preview.kind = dialect::DialectKind::Sqlite;
    preview.plan.kind = revision::Plan::Kind::Upgrade;
    preview.plan.endRows = {ids.last()};
    for (const QString &id : ids) {
        revision::Step step;
        step.kind = revision::Step::Kind::Upgrade;
        step.revision = id;
        preview.plan.steps.push_back(step);
        migration::PreviewStep made;
        made.step = step;
        made.body.statements = {statement(QStringLiteral("CREATE TABLE t_%1 (\n\tid INTEGER\n)").arg(id), 10)};
        made.versionStatements = {statement(QStringLiteral("INSERT INTO alembic_version (version_num) VALUES ('%1')").arg(id))};
        preview.steps.push_back(made);
    }
    return preview;
}

inline ui::Target target()
{
    ui::Target made;
    made.display = QStringLiteral("/data/library.db");
    made.databaseName = QStringLiteral("library.db");
    made.kind = dialect::DialectKind::Sqlite;
    made.serverVersion = QStringLiteral("SQLite 3.40.1");
    return made;
}

inline database::CatalogSnapshot catalog()
{
    database::CatalogTable users;
    users.schema = QStringLiteral("public");
    users.name = QStringLiteral("users");
    users.kind = QStringLiteral("table");
    for (const char *name : {"id", "tenant_id", "email"}) {
        database::CatalogColumn column;
        column.name = QString::fromLatin1(name);
        column.type = QStringLiteral("integer");
        users.columns.push_back(column);
    }
    database::CatalogConstraint unique{};
    unique.kind = database::CatalogConstraint::Kind::Unique;
    unique.name = QStringLiteral("uq_users_email_tenant");
    unique.columns = {QStringLiteral("tenant_id"), QStringLiteral("email")};
    unique.definition = QStringLiteral("UNIQUE (tenant_id, email)");
    users.constraints.push_back(unique);
    database::CatalogIndex index;
    index.name = QStringLiteral("ix_users_tenant");
    index.columns = {QStringLiteral("tenant_id")};
    users.indexes.push_back(index);
    database::CatalogTable items;
    items.schema = QStringLiteral("public");
    items.name = QStringLiteral("items");
    items.kind = QStringLiteral("table");
    items.columns = {users.columns[0]};
    database::CatalogSnapshot snapshot;
    snapshot.versions = {true, {QStringLiteral("b")}};
    snapshot.tables = {items, users};
    snapshot.serverVersion = QStringLiteral("PostgreSQL 15.18");
    return snapshot;
}

} // namespace fabricated
