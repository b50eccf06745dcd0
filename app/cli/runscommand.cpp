// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/journal.h"
#include "migration/ledger.h"

#include <QJsonArray>

namespace stillroom::cli {

using migration::RunRecord;

namespace {

QString at(const QDateTime &time) { return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")); }
QString rows(const QStringList &names) { return names.isEmpty() ? QStringLiteral("base") : names.join(QStringLiteral(", ")); }

QJsonObject objectOf(const RunRecord &run)
{
    return {{QStringLiteral("id"), run.id},
            {QStringLiteral("status"), statusName(run.status)},
            {QStringLiteral("started"), run.startedAt.toString(Qt::ISODateWithMs)},
            {QStringLiteral("ended"), run.endedAt.toString(Qt::ISODateWithMs)},
            {QStringLiteral("user"), run.user},
            {QStringLiteral("host"), run.host},
            {QStringLiteral("project"), run.project},
            {QStringLiteral("database"), run.database},
            {QStringLiteral("kind"), run.kind},
            {QStringLiteral("from"), QJsonArray::fromStringList(run.from)},
            {QStringLiteral("to"), QJsonArray::fromStringList(run.to)},
            {QStringLiteral("now"), QJsonArray::fromStringList(run.now)},
            {QStringLiteral("statements"), run.statements},
            {QStringLiteral("problem"), run.problem},
            {QStringLiteral("unanswered"), run.unanswered},
            {QStringLiteral("sent_behind"), QJsonArray::fromStringList(run.sentBehind)},
            {QStringLiteral("file"), run.file}};
}

int listRuns(const CommandLine &line)
{
    const auto records = migration::runRecords(migration::journalFolder());
    if (line.json) {
        QJsonArray array;
        for (const RunRecord &run : records)
            array.append(objectOf(run));
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("runs"), array}});
        return kDone;
    }
    QList<QStringList> table;
    for (const RunRecord &run : records) {
        table.append({run.id, at(run.startedAt), statusName(run.status), QStringLiteral("%1 %2 -> %3").arg(run.kind, rows(run.from), rows(run.to)),
                      run.database});
    }
    print(table.isEmpty() ? QStringLiteral("No run is recorded.\n") : aligned(table));
    return kDone;
}

/// One line of a record for people; empty for what the other lines say already.
QString words(const QJsonObject &line)
{
    const auto text = [&line](const char *name) { return line.value(QLatin1String(name)).toString(); };
    const auto list = [&line](const char *name) {
        QStringList found;
        const QJsonArray array = line.value(QLatin1String(name)).toArray();
        for (const auto &value : array)
            found.append(value.toString());
        return found;
    };
    const QString event = text("event");
    if (event == QLatin1String("run"))
        return QStringLiteral("%1@%2, %3, project %4, database %5")
            .arg(text("user"), text("host"), text("program"), text("project"), text("database"));
    if (event == QLatin1String("started")) {
        const QJsonObject plan = line.value(QStringLiteral("plan")).toObject();
        return QStringLiteral("%1, %2; %3")
            .arg(plan.value(QStringLiteral("kind")).toString(), text("server"), list("settings").join(QStringLiteral("; ")));
    }
    if (event == QLatin1String("revision"))
        return QStringLiteral("revision %1 %2").arg(text("revision"), text("message"));
    if (event == QLatin1String("statement"))
        return QStringLiteral("  %1;  [%2]").arg(text("sql").replace(QLatin1Char('\n'), QLatin1String("\n      ")), text("sha256").left(12));
    if (event == QLatin1String("answered"))
        return QStringLiteral("    %1 rows, %2 ms")
            .arg(line.value(QStringLiteral("rows")).toInteger())
            .arg(static_cast<double>(line.value(QStringLiteral("microseconds")).toInteger()) / 1000, 0, 'f', 1);
    if (event == QLatin1String("notice"))
        return QStringLiteral("    %1: %2").arg(text("severity").toLower(), text("text"));
    if (event == QLatin1String("blocked"))
        return QStringLiteral("    waits for %1").arg(list("blockers").join(QStringLiteral("; ")));
    if (event == QLatin1String("failed"))
        return QStringLiteral("failed: %1").arg(line.value(QStringLiteral("error")).toObject().value(QStringLiteral("sentence")).toString());
    if (event == QLatin1String("found afterwards"))
        return list("found").join(QLatin1Char('\n'));
    if (event == QLatin1String("backup"))
        return QStringLiteral("backed up to %1").arg(text("file"));
    if (line.contains(QStringLiteral("now")))
        return QStringLiteral("%1; the database is at %2").arg(event, rows(list("now")));
    return event == QLatin1String("revision done") ? QString() : event;
}

int showRun(const CommandLine &line)
{
    const QString id = line.arguments.front();
    const auto lines = migration::readRun(migration::journalFolder(), id);
    if (!lines)
        return fail(lines.error());
    if (line.json) {
        QJsonArray array;
        for (const QJsonObject &one : *lines)
            array.append(one);
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("lines"), array}});
        return kDone;
    }
    for (const QJsonObject &one : *lines) {
        const QString said = words(one);
        if (!said.isEmpty())
            print(QStringLiteral("%1  %2\n")
                      .arg(QDateTime::fromString(one.value(QStringLiteral("at")).toString(), Qt::ISODateWithMs)
                               .toLocalTime()
                               .toString(QStringLiteral("HH:mm:ss.zzz")),
                           said));
    }
    for (const RunRecord &run : migration::runRecords(migration::journalFolder())) {
        if (!run.id.startsWith(id) && !run.id.endsWith(id))
            continue;
        print(QStringLiteral("%1, %2\n").arg(run.id, statusName(run.status)));
        if (!run.unanswered.isEmpty() && run.status != RunRecord::Status::Running) {
            print(QStringLiteral("Sent, and never answered: %1;\n%2\n")
                      .arg(run.unanswered,
                           run.wasOutside ? QStringLiteral("Whether it took effect is to be looked up in the database ('stillroom-cli current').")
                                          : QStringLiteral("Its transaction did not commit; the database is at %1.").arg(rows(run.now))));
            if (!run.sentBehind.isEmpty())
                print(QStringLiteral("Sent behind it, in the same transaction: %1;\n").arg(run.sentBehind.join(QStringLiteral(";\n  "))));
        }
    }
    return kDone;
}

} // namespace

int showRuns(const CommandLine &line) { return line.arguments.isEmpty() ? listRuns(line) : showRun(line); }

int showLedger(const CommandLine &line, const project::Project &project)
{
    const auto table = project.versionTable();
    if (!table)
        return fail(table.error());
    const auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    const auto session = database::Session::open(*spec);
    if (!session)
        return fail(session.error());
    const auto entries = migration::readLedger(**session, *table);
    if (!entries)
        return fail(entries.error());
    QJsonArray array;
    QList<QStringList> lines;
    for (const migration::LedgerEntry &entry : *entries) {
        array.append(QJsonObject{{QStringLiteral("run"), entry.run},
                                 {QStringLiteral("revision"), entry.revision},
                                 {QStringLiteral("direction"), entry.direction},
                                 {QStringLiteral("at"), entry.at},
                                 {QStringLiteral("by"), entry.by},
                                 {QStringLiteral("host"), entry.host},
                                 {QStringLiteral("program"), entry.program},
                                 {QStringLiteral("statements"), entry.statements},
                                 {QStringLiteral("taken_from"), entry.takenFrom}});
        lines.append({entry.at, entry.direction, entry.revision, QStringLiteral("%1@%2").arg(entry.by, entry.host), entry.program, entry.run});
    }
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("entries"), array}});
    else
        print(lines.isEmpty() ? QStringLiteral("The database keeps no record of its runs (upgrade --ledger begins one).\n") : aligned(lines));
    return kDone;
}

} // namespace stillroom::cli
