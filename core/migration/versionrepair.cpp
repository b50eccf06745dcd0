// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/versionrepair.h"

#include "database/catalog.h"
#include "database/runlock.h"
#include "revision/plan.h"

#include <algorithm>

namespace stillroom::migration {

using database::Session;
using dialect::DialectKind;
using Kind = VersionDefect::Kind;

namespace {

struct Looked {
    const project::Project &project;
    Session &session;
    sql::QualifiedName table;
    std::unique_ptr<dialect::Dialect> dialect;
    QString quoted, column;
    std::vector<VersionDefect> defects;
};

/// The ancestors of a revision, by its way up from base.
Result<QStringList> wayTo(const Looked &looked, const QString &row)
{
    const auto plan = revision::planUpgrade(looked.project.graph(), {}, row);
    if (!plan)
        return std::unexpected(plan.error());
    QStringList ids;
    for (const revision::Step &step : plan->steps) {
        if (step.revision != row)
            ids.append(step.revision);
    }
    return ids;
}

Result<void> lookAtRows(Looked &looked, const QStringList &rows)
{
    QStringList known;
    for (const QString &row : rows) {
        if (looked.project.graph().find(row)) {
            known.append(row);
            continue;
        }
        looked.defects.push_back({Kind::UnknownRevision,
                                  row,
                                  QStringLiteral("The row '%1' names a revision that no script of this project has.").arg(row),
                                  {},
                                  QStringLiteral("Check out the branch that has its script, or say where the database stands with "
                                                 "'stamp --purge REVISION'.")});
    }
    known.removeDuplicates();
    for (const QString &row : std::as_const(known)) {
        for (const QString &other : std::as_const(known)) {
            const auto way = other == row ? Result<QStringList>(QStringList()) : wayTo(looked, other);
            if (!way || !way->contains(row))
                continue;
            looked.defects.push_back(
                {Kind::Implied,
                 row,
                 QStringLiteral("The row '%1' is an ancestor of '%2', which is in the table as well: upgrades and downgrades "
                                "then meet the same revision twice.")
                     .arg(row, other),
                 {QStringLiteral("DELETE FROM %1 WHERE %2 = %3").arg(looked.quoted, looked.column, looked.dialect->literal(row))},
                 {}});
            break;
        }
    }
    return {};
}

/// Rows that only a table without its primary key can have.
Result<void> lookForRepeated(Looked &looked)
{
    const auto counted = looked.session.execute(
        QStringLiteral("SELECT %1, count(*) FROM %2 GROUP BY 1 HAVING count(*) > 1 OR %1 IS NULL").arg(looked.column, looked.quoted));
    if (!counted)
        return std::unexpected(counted.error());
    const QString place = looked.session.kind() == DialectKind::Sqlite ? QStringLiteral("rowid") : QStringLiteral("ctid");
    for (const auto &found : counted->rows) {
        if (found.at(0).isNull()) {
            looked.defects.push_back({Kind::NullRow,
                                      {},
                                      QStringLiteral("%1 rows of the version table are NULL and name no revision.").arg(found.at(1).toInt()),
                                      {QStringLiteral("DELETE FROM %1 WHERE %2 IS NULL").arg(looked.quoted, looked.column)},
                                      {}});
            continue;
        }
        const QString row = found.at(0).toString();
        const QString literal = looked.dialect->literal(row);
        looked.defects.push_back({Kind::Repeated,
                                  row,
                                  QStringLiteral("The row '%1' is there %2 times: the next step would change more than one row, and stops.")
                                      .arg(row)
                                      .arg(found.at(1).toInt()),
                                  {QStringLiteral("DELETE FROM %1 WHERE %2 = %3 AND %4 <> (SELECT %4 FROM %1 WHERE %2 = %3 LIMIT 1)")
                                       .arg(looked.quoted, looked.column, literal, place)},
                                  {}});
    }
    return {};
}

Result<void> lookAtTable(Looked &looked)
{
    const auto catalog = database::readCatalog(looked.session, looked.table, looked.table.name.text);
    if (!catalog)
        return std::unexpected(catalog.error());
    const bool isServer = looked.session.kind() == DialectKind::PostgreSql;
    const auto standing = database::liveSchemaLookup(looked.session)->table(looked.table);
    if (!standing)
        return std::unexpected(standing.error());
    if (!*standing)
        return {};
    const auto &constraints = (*standing)->table.constraints;
    const bool hasKey =
        std::ranges::any_of(constraints, [](const sql::Constraint &c) { return std::holds_alternative<sql::PrimaryKeyConstraint>(c.kind); });
    const bool columnIsKey = std::ranges::any_of((*standing)->table.columns, [](const sql::Column &c) { return c.isPrimaryKey; });
    if (!hasKey && !columnIsKey) {
        VersionDefect defect{
            Kind::NoPrimaryKey, {}, QStringLiteral("The version table has no primary key, so nothing keeps a row from being there twice."), {}, {}};
        if (isServer)
            defect.remedy = {
                QStringLiteral("ALTER TABLE %1 ADD CONSTRAINT %2 PRIMARY KEY (%3)")
                    .arg(looked.quoted, looked.dialect->quoted(sql::Identifier(looked.table.name.text + QStringLiteral("_pkc"))), looked.column)};
        else
            defect.advice = QStringLiteral("SQLite adds no primary key to a table that stands; the runs go well without.");
        looked.defects.push_back(std::move(defect));
    }
    if (!isServer)
        return {};
    qsizetype longest = 0;
    for (const revision::RevisionGraph::Revision &revision : looked.project.graph().revisions())
        longest = std::max(longest, revision.header.id.size());
    const auto width =
        looked.session.execute(QStringLiteral("SELECT atttypmod - 4 FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass(%1) "
                                              "AND attname = 'version_num' AND atttypmod > 4")
                                   .arg(looked.dialect->literal(looked.quoted)));
    if (!width)
        return std::unexpected(width.error());
    if (!width->rows.empty() && width->rows.front().front().toLongLong() < longest) {
        looked.defects.push_back(
            {Kind::TooNarrow,
             {},
             QStringLiteral("The column holds ids of %1 characters, and this history has one of %2: the step that writes it would fail.")
                 .arg(width->rows.front().front().toLongLong())
                 .arg(longest),
             {QStringLiteral("ALTER TABLE %1 ALTER COLUMN %2 TYPE VARCHAR(%3)")
                  .arg(looked.quoted, looked.column)
                  .arg(std::max<qsizetype>(longest, 64))},
             {}});
    }
    return {};
}

} // namespace

Result<std::vector<VersionDefect>> findVersionDefects(const project::Project &project, Session &session)
{
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    const auto versions = database::readVersionRows(session, *table);
    if (!versions)
        return std::unexpected(versions.error());
    if (!versions->tableExists)
        return std::vector<VersionDefect>{};
    Looked looked{project, session, *table, dialect::Dialect::create(session.kind()), {}, QStringLiteral("version_num"), {}};
    looked.quoted = looked.dialect->quoted(*table);
    // Repeated rows go first: a primary key cannot be made over them.
    if (auto done = lookForRepeated(looked); !done)
        return std::unexpected(std::move(done).error());
    if (auto done = lookAtRows(looked, versions->rows); !done)
        return std::unexpected(std::move(done).error());
    if (auto done = lookAtTable(looked); !done)
        return std::unexpected(std::move(done).error());
    return std::move(looked.defects);
}

Result<QStringList> repairVersionTable(const project::Project &project, Session &session, const std::vector<VersionDefect> &shown,
                                       const database::ConnectionPolicy &policy, const QString &databaseName, const database::Consent &consent)
{
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    if (auto permitted = database::permits(policy, database::Act::Stamp, databaseName, consent); !permitted)
        return std::unexpected(std::move(permitted).error());
    const auto lock = database::RunLock::take(session, *table, {.timeoutMs = policy.runnerWaitMs});
    if (!lock)
        return std::unexpected(lock.error());
    if (auto begun = session.begin(); !begun)
        return std::unexpected(std::move(begun).error());
    const auto undone = [&session](Error error) -> Result<QStringList> {
        if (session.isUsable())
            std::ignore = session.rollback();
        return std::unexpected(std::move(error));
    };
    const auto found = findVersionDefects(project, session);
    if (!found)
        return undone(found.error());
    if (*found != shown)
        return undone(
            {.code = ErrorCode::VersionRowsChanged, .subject = QStringLiteral("the rows that were shown"), .detail = QStringLiteral("others")});
    for (const VersionDefect &defect : shown) {
        for (const QString &statement : defect.remedy) {
            if (const auto done = session.execute(statement); !done)
                return undone(done.error());
        }
    }
    const auto versions = database::readVersionRows(session, *table);
    if (!versions)
        return undone(versions.error());
    if (auto committed = session.commit(); !committed)
        return undone(std::move(committed).error());
    return versions->rows;
}

} // namespace stillroom::migration
