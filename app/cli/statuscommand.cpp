// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "database/catalog.h"
#include "dialect/dialect.h"
#include "revision/plan.h"

#include <QJsonArray>

namespace stillroom::cli {

using revision::RevisionGraph;

namespace {

QString messageOf(const RevisionGraph &graph, const QString &id)
{
    const auto index = graph.find(id);
    return index ? graph.revisions()[*index].header.message : QStringLiteral("(unknown to this project)");
}

QString listed(const RevisionGraph &graph, const QStringList &ids)
{
    QList<QStringList> rows;
    for (const QString &id : ids)
        rows.append({id, messageOf(graph, id)});
    return aligned(rows, QStringLiteral("    "));
}

} // namespace

/// A health check: where the database stands, and what an upgrade to all heads would run.
int showStatus(const CommandLine &line, const project::Project &project)
{
    const RevisionGraph &graph = project.graph();
    if (const auto broken = graph.brokenBy())
        return fail(*broken);
    const auto rows = versionRowsOf(line, project);
    if (!rows)
        return fail(rows.error());
    const QStringList unknown = revision::locate(graph, *rows).unknownRows;
    QStringList pending;
    if (unknown.isEmpty()) {
        const auto plan = revision::planUpgrade(graph, *rows, QStringLiteral("heads"));
        if (!plan)
            return fail(plan.error());
        for (const revision::Step &step : plan->steps)
            pending << step.revision;
    }
    const QStringList heads = graph.heads();
    const bool isUpToDate = unknown.isEmpty() && pending.isEmpty();
    const auto spec = connectionOf(line, project);
    const QString database = spec ? spec->display() : QString();
    if (line.json) {
        QJsonArray pendingObjects;
        for (const QString &id : std::as_const(pending)) {
            const revision::Header &header = graph.revisions()[*graph.find(id)].header;
            pendingObjects.append(
                QJsonObject{{QStringLiteral("revision"), id}, {QStringLiteral("message"), header.message}, {QStringLiteral("file"), header.file}});
        }
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("is_up_to_date"), isUpToDate},
                   {QStringLiteral("database"), database},
                   {QStringLiteral("database_from"), addressSource(line, project)},
                   {QStringLiteral("current_revision"), rows->size() == 1 ? QJsonValue(rows->first()) : QJsonValue()},
                   {QStringLiteral("current_revisions"), QJsonArray::fromStringList(*rows)},
                   {QStringLiteral("unknown_revisions"), QJsonArray::fromStringList(unknown)},
                   {QStringLiteral("heads"), QJsonArray::fromStringList(heads)},
                   {QStringLiteral("pending"), pendingObjects}});
    } else if (!line.quiet) {
        QString text = isUpToDate ? QStringLiteral("The database is at all heads.\n")
                       : !unknown.isEmpty()
                           ? QStringLiteral("The database is at a revision that no script of this project has.\n")
                           : QStringLiteral("The database is behind: %1 to apply.\n")
                                 .arg(pending.size() == 1 ? QStringLiteral("1 revision") : QStringLiteral("%1 revisions").arg(pending.size()));
        text.prepend(QStringLiteral("Database: %1, from %2\n").arg(database, addressSource(line, project)));
        text += QStringLiteral("Current:\n") + (rows->isEmpty() ? QStringLiteral("    no revision\n") : listed(graph, *rows));
        text += QStringLiteral("Heads:\n") + (heads.isEmpty() ? QStringLiteral("    none\n") : listed(graph, heads));
        if (!pending.isEmpty())
            text += QStringLiteral("Pending, in this order:\n") + listed(graph, pending);
        print(text);
    }
    return isUpToDate ? kDone : kNotAtHead;
}

int ensureVersionTable(const CommandLine &line, const project::Project &project)
{
    const auto table = project.versionTable();
    if (!table)
        return fail(table.error());
    if (line.sql) {
        const auto kind = dialectOf(line, project);
        if (!kind)
            return fail(kind.error());
        const auto dialect = dialect::Dialect::create(*kind);
        const QString create = dialect::VersionStatements{*dialect, *table, true, project.versionTableHasPrimaryKey()}.create() + QStringLiteral(";\n\n");
        print(*kind == dialect::DialectKind::PostgreSql ? QStringLiteral("BEGIN;\n\n") + create + QStringLiteral("COMMIT;\n\n") : create);
        return kDone;
    }
    auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    const auto policy = policyOf(line, project, *spec);
    if (!policy)
        return fail(policy.error());
    database::apply(*policy, *spec);
    const auto session = database::Session::open(*spec);
    if (!session)
        return fail(session.error());
    const auto versions = database::readVersionRows(**session, *table);
    if (!versions)
        return fail(versions.error());
    const auto tell = [&](bool isMade) {
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("table"), table->name.text}, {QStringLiteral("is_made"), isMade}});
    };
    if (versions->tableExists) {
        if (line.json)
            tell(false);
        else if (!line.quiet)
            print(QStringLiteral("The version table %1 is there already.\n").arg(table->name.text));
        return kDone;
    }
    // Nothing is lost by it, so it is permitted where an upgrade is.
    if (const auto permitted = database::permits(*policy, database::Act::Upgrade, spec->databaseName(), {line.has("yes"), line.value("confirm")});
        spec->readOnly || !permitted)
        return fail(spec->readOnly ? Error{.code = ErrorCode::ReadOnlyConnection, .subject = spec->databaseName()} : permitted.error());
    const auto dialect = dialect::Dialect::create((*session)->kind());
    if (const auto made = (*session)->execute(dialect::VersionStatements{*dialect, *table, true, project.versionTableHasPrimaryKey()}.create());
        !made)
        return fail(made.error());
    if (line.json)
        tell(true);
    else if (!line.quiet)
        print(QStringLiteral("Made the version table %1.\n").arg(table->name.text));
    return kDone;
}

} // namespace stillroom::cli
