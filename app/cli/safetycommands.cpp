// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "base/sentence.h"
#include "database/backup.h"
#include "database/leftovers.h"
#include "migration/rehearsal.h"
#include "migration/versionrepair.h"

#include <QJsonArray>

#include <algorithm>

namespace stillroom::cli {

namespace {

/// A session on the database of the command line, read-only unless the verb writes.
Result<std::unique_ptr<database::Session>> openFor(const CommandLine &line, const project::Project &project, database::ConnectionSpec &spec)
{
    auto found = connectionOf(line, project);
    if (!found)
        return std::unexpected(std::move(found).error());
    spec = std::move(*found);
    return database::Session::open(spec);
}

QJsonArray list(const QStringList &texts) { return QJsonArray::fromStringList(texts); }

QString milliseconds(qint64 microseconds) { return QStringLiteral("%1 ms").arg(static_cast<double>(microseconds) / 1000, 0, 'f', 1); }

QJsonObject objectOf(const migration::Rehearsal &rehearsal)
{
    QJsonArray statements;
    for (const migration::RehearsedStatement &statement : rehearsal.statements) {
        statements.append(QJsonObject{{QStringLiteral("revision"), statement.revision},
                                      {QStringLiteral("sql"), statement.sql},
                                      {QStringLiteral("microseconds"), statement.microseconds},
                                      {QStringLiteral("rows"), statement.rows},
                                      {QStringLiteral("locks"), list(statement.locks)},
                                      {QStringLiteral("rewritten"), list(statement.rewritten)},
                                      {QStringLiteral("scanned"), list(statement.scanned)}});
    }
    return {{QStringLiteral("version"), 1},
            {QStringLiteral("status"), rehearsal.failure   ? QStringLiteral("failed")
                                       : rehearsal.stopped ? QStringLiteral("stopped")
                                                           : QStringLiteral("done")},
            {QStringLiteral("copy"), rehearsal.whereItRan},
            {QStringLiteral("left_over"), rehearsal.leftOver},
            {QStringLiteral("statements"), statements},
            {QStringLiteral("went_back"), rehearsal.wentBack},
            {QStringLiteral("went_forth_again"), rehearsal.wentForthAgain},
            {QStringLiteral("why_not_back"), rehearsal.whyNotBack},
            {QStringLiteral("not_restored"), list(rehearsal.notRestored)},
            {QStringLiteral("different_again"), list(rehearsal.differentAgain)}};
}

void printWords(const migration::Rehearsal &rehearsal)
{
    if (rehearsal.whereItRan.isEmpty())
        print(QStringLiteral("Rehearsed in a transaction that was rolled back.\n"));
    else
        print((rehearsal.leftOver.isEmpty() ? QStringLiteral("Rehearsed on the copy %1, which is gone again.\n")
                                            : QStringLiteral("Rehearsed on the copy %1.\n"))
                  .arg(rehearsal.whereItRan));
    if (rehearsal.stopped)
        print(QStringLiteral("Stopped: what comes after is not rehearsed.\n"));
    QString revision;
    qint64 total = 0;
    for (const migration::RehearsedStatement &statement : rehearsal.statements) {
        if (statement.revision != revision)
            print(QStringLiteral("%1\n").arg(statement.revision));
        revision = statement.revision;
        total += statement.microseconds;
        print(QStringLiteral("  %1  %2\n").arg(milliseconds(statement.microseconds).rightJustified(12), statement.sql.simplified().left(120)));
        const QString indent(16, QLatin1Char(' '));
        if (!statement.locks.isEmpty())
            print(QStringLiteral("%1locks: %2\n").arg(indent, statement.locks.join(QStringLiteral(", "))));
        if (!statement.rewritten.isEmpty())
            print(QStringLiteral("%1rewritten: %2\n").arg(indent, statement.rewritten.join(QStringLiteral(", "))));
        if (!statement.scanned.isEmpty())
            print(QStringLiteral("%1read as a whole: %2\n").arg(indent, statement.scanned.join(QStringLiteral(", "))));
    }
    print((rehearsal.statements.size() == 1 ? QStringLiteral("%1 statement, %2\n") : QStringLiteral("%1 statements, %2\n"))
              .arg(rehearsal.statements.size())
              .arg(milliseconds(total)));
    const auto told = [](const QString &title, const QStringList &lines) {
        if (!lines.isEmpty())
            print(QStringLiteral("%1\n  %2\n").arg(title, lines.join(QStringLiteral("\n  "))));
    };
    if (!rehearsal.whyNotBack.isEmpty())
        print(QStringLiteral("The way back: %1.\n").arg(rehearsal.whyNotBack));
    if (rehearsal.wentBack && rehearsal.notRestored.isEmpty())
        print(QStringLiteral("The downgrade restores the schema.\n"));
    told(QStringLiteral("The downgrade does not restore the schema:"), rehearsal.notRestored);
    told(QStringLiteral("The second upgrade leaves another schema than the first:"), rehearsal.differentAgain);
}

} // namespace

QString backupFolderOf(const CommandLine &line) { return line.has("backup-folder") ? line.value("backup-folder") : database::backupFolder(); }

int rehearsePlan(const CommandLine &line, const project::Project &project, database::Session &session, const migration::RehearsalRequest &request,
                 const std::atomic<bool> &stop)
{
    const auto rehearsal = migration::rehearse(project, session, request, stop, [&line](const migration::RunEvent &event) {
        if (const auto *step = std::get_if<migration::StepStarted>(&event); step && !line.quiet && !line.json)
            printError(QStringLiteral("[%1/%2] %3\n").arg(step->step + 1).arg(step->stepCount).arg(step->what.revision));
    });
    if (!rehearsal)
        return fail(rehearsal.error());
    if (line.json)
        printJson(objectOf(*rehearsal));
    else
        printWords(*rehearsal);
    if (!rehearsal->leftOver.isEmpty() && !line.json)
        printError(rehearsal->leftOver + QLatin1Char('\n'));
    if (rehearsal->failure)
        return fail(*rehearsal->failure);
    return rehearsal->stopped ? kNotAtHead : kDone;
}

int backUp(const CommandLine &line, const project::Project &project)
{
    database::ConnectionSpec spec;
    const auto session = openFor(line, project, spec);
    if (!session)
        return fail(session.error());
    const auto made = database::makeBackup(**session, spec, backupFolderOf(line));
    if (!made)
        return fail(made.error());
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("file"), made->file}, {QStringLiteral("bytes"), made->bytes}});
    else
        print(QStringLiteral("%1\n").arg(made->file));
    return kDone;
}

int showBackups(const CommandLine &line, const project::Project &)
{
    const QString folder = backupFolderOf(line);
    const auto backups = database::backupsIn(folder);
    QJsonArray array;
    QList<QStringList> table;
    for (const database::Backup &backup : backups) {
        array.append(QJsonObject{{QStringLiteral("file"), backup.file},
                                 {QStringLiteral("database"), backup.databaseName},
                                 {QStringLiteral("made"), backup.madeAt.toUTC().toString(Qt::ISODate)},
                                 {QStringLiteral("bytes"), backup.bytes}});
        table.append({backup.madeAt.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), backup.databaseName,
                      QStringLiteral("%1 kB").arg(backup.bytes / 1024), backup.file});
    }
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("backups"), array}});
    else
        print(table.isEmpty() ? QStringLiteral("There are no backups in %1.\n").arg(folder) : aligned(table));
    return kDone;
}

int restore(const CommandLine &line, const project::Project &project)
{
    auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    spec->readOnly = line.readOnly; // connectionOf() opens verbs that it does not know read-only
    const auto policy = policyOf(line, project, *spec);
    if (!policy)
        return fail(policy.error());
    const QString name = spec->databaseName();
    const QString file = line.arguments.front();
    if (const auto permitted = database::permitsRestore(*policy, *spec, file, {line.has("yes"), line.value("confirm")}); !permitted)
        return fail(permitted.error());
    const auto restored = database::restoreBackup(*spec, file);
    if (!restored)
        return fail(restored.error());
    if (line.json)
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("kept_as"), restored->keptAs},
                   {QStringLiteral("missing"), QJsonArray::fromStringList(restored->missing)}});
    else
        print(restored->keptAs.isEmpty() ? QStringLiteral("%1 is restored. There was nothing before.\n").arg(name)
                                         : QStringLiteral("%1 is restored. What was there before is kept as %2.\n").arg(name, restored->keptAs));
    if (!restored->missing.isEmpty())
        printError(QStringLiteral("stillroom-cli: this of the database before could not be set again: %1.\n")
                       .arg(restored->missing.join(QStringLiteral("; "))));
    return kDone;
}

int showLeftovers(const CommandLine &line, const project::Project &project)
{
    database::ConnectionSpec spec;
    const auto session = openFor(line, project, spec);
    if (!session)
        return fail(session.error());
    const auto found = database::findLeftovers(**session);
    if (!found)
        return fail(found.error());
    QJsonArray array;
    for (const database::Leftover &leftover : *found) {
        array.append(QJsonObject{{QStringLiteral("name"), leftover.name},
                                 {QStringLiteral("table"), leftover.table},
                                 {QStringLiteral("words"), database::describe(leftover)},
                                 {QStringLiteral("remedy"), leftover.remedy}});
        if (!line.json)
            print(database::describe(leftover) + QLatin1Char('\n'));
    }
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("leftovers"), array}});
    else if (found->empty())
        print(QStringLiteral("Nothing is left over.\n"));
    return kDone;
}

int repairVersions(const CommandLine &line, const project::Project &project)
{
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
    const auto defects = migration::findVersionDefects(project, **session);
    if (!defects)
        return fail(defects.error());
    QJsonArray array;
    for (const migration::VersionDefect &defect : *defects) {
        array.append(QJsonObject{{QStringLiteral("row"), defect.row},
                                 {QStringLiteral("words"), defect.words},
                                 {QStringLiteral("remedy"), QJsonArray::fromStringList(defect.remedy)},
                                 {QStringLiteral("advice"), defect.advice}});
        if (line.json)
            continue;
        print(defect.words + QLatin1Char('\n'));
        for (const QString &statement : defect.remedy)
            print(QStringLiteral("    %1;\n").arg(statement));
        if (!defect.advice.isEmpty())
            print(QStringLiteral("    %1\n").arg(defect.advice));
    }
    QJsonObject object{{QStringLiteral("version"), 1}, {QStringLiteral("defects"), array}};
    const bool canDoAnything = std::ranges::any_of(*defects, [](const migration::VersionDefect &defect) { return !defect.remedy.isEmpty(); });
    if (line.has("apply") && canDoAnything) {
        const auto rows =
            migration::repairVersionTable(project, **session, *defects, *policy, spec->databaseName(), {line.has("yes"), line.value("confirm")});
        if (!rows)
            return fail(rows.error());
        object[QStringLiteral("version_rows")] = QJsonArray::fromStringList(*rows);
        if (!line.json)
            print(QStringLiteral("Done. The database is at %1.\n")
                      .arg(rows->isEmpty() ? QStringLiteral("no revision") : rows->join(QStringLiteral(", "))));
    } else if (!line.json && defects->empty()) {
        print(QStringLiteral("Nothing is wrong with the version table.\n"));
    } else if (!line.json && canDoAnything) {
        print(QStringLiteral("'stillroom-cli repair --apply' runs these statements in one transaction.\n"));
    }
    if (line.json)
        printJson(object);
    return kDone;
}

} // namespace stillroom::cli
