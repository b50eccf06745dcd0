// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/journal.h"
#include "migration/ledger.h"

#include <QJsonArray>

#include <algorithm>
#include <span>
#include <vector>

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

/// The lines of a record for people. Statements that are sent together are all in it before the first answer, so each answer names its own.
class RecordWords {
public:
    QString of(const QJsonObject &line); ///< empty for what the other lines say already

private:
    struct Sent {
        int number = 0; ///< from 1 on, in the run
        qint64 step = 0, index = 0;
        QString firstLine;
        [[nodiscard]] QString words(const QString &outcome) const { return QStringLiteral("    %1 %2: %3").arg(number).arg(outcome, firstLine); }
    };
    QString statement(const QJsonObject &line);
    QString answer(const QJsonObject &line);
    QString failure(const QJsonObject &line);

    std::vector<Sent> m_unanswered; ///< in the order of their answers
    int m_count = 0;
};

QString firstLineOf(const QString &sql)
{
    constexpr int kLongest = 100;
    const QString text = sql.trimmed(), line = text.section(QLatin1Char('\n'), 0, 0).trimmed();
    return line.size() < text.size() || line.size() > kLongest ? line.left(kLongest) + QStringLiteral(" …") : line;
}

QString RecordWords::statement(const QJsonObject &line)
{
    QString sql = line.value(QLatin1String("sql")).toString();
    m_unanswered.push_back({.number = ++m_count,
                            .step = line.value(QLatin1String("step")).toInteger(),
                            .index = line.value(QLatin1String("index")).toInteger(),
                            .firstLine = firstLineOf(sql)});
    return QStringLiteral("  %1. ").arg(m_count) + sql.replace(QLatin1Char('\n'), QLatin1String("\n      ")) +
           QStringLiteral(";  [%1]").arg(line.value(QLatin1String("sha256")).toString().left(12));
}

QString RecordWords::answer(const QJsonObject &line)
{
    const qint64 step = line.value(QLatin1String("step")).toInteger(), index = line.value(QLatin1String("index")).toInteger();
    const qint64 rows = line.value(QLatin1String("rows")).toInteger();
    const QString counted = rows < 0    ? QString() // the statement is of a kind that counts none
                            : rows == 1 ? QStringLiteral("1 row, ")
                                        : QStringLiteral("%1 rows, ").arg(rows);
    const QString outcome = QStringLiteral("done, %1%2 ms")
                                .arg(counted)
                                .arg(static_cast<double>(line.value(QLatin1String("microseconds")).toInteger()) / 1000, 0, 'f', 1);
    const auto sent = std::ranges::find_if(m_unanswered, [&](const Sent &each) { return each.step == step && each.index == index; });
    if (sent == m_unanswered.end())
        return QStringLiteral("    ") + outcome;
    const QString said = sent->words(outcome);
    m_unanswered.erase(sent);
    return said;
}

QString RecordWords::failure(const QJsonObject &line)
{
    const QJsonObject error = line.value(QLatin1String("error")).toObject();
    QString said;
    // The first that has no answer is the one that failed, unless its answer never came: the end of the record says that.
    if (!m_unanswered.empty() && !error.value(QLatin1String("statement")).toString().isEmpty() && !line.value(QLatin1String("in_doubt")).toBool()) {
        said = m_unanswered.front().words(QStringLiteral("FAILED")) + QLatin1Char('\n');
        for (const Sent &behind : std::span(m_unanswered).subspan(1))
            said += behind.words(QStringLiteral("not begun")) + QLatin1Char('\n');
    }
    m_unanswered.clear();
    return said + QStringLiteral("failed: %1").arg(error.value(QLatin1String("sentence")).toString());
}

QString RecordWords::of(const QJsonObject &line)
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
        return statement(line);
    if (event == QLatin1String("answered"))
        return answer(line);
    if (event == QLatin1String("notice"))
        return (m_unanswered.empty() ? QStringLiteral("    ") : QStringLiteral("    %1 ").arg(m_unanswered.front().number)) +
               QStringLiteral("%1: %2").arg(text("severity").toLower(), text("text"));
    if (event == QLatin1String("blocked"))
        return QStringLiteral("    waits for %1").arg(list("blockers").join(QStringLiteral("; ")));
    if (event == QLatin1String("failed"))
        return failure(line);
    if (event == QLatin1String("found afterwards"))
        return list("found").join(QLatin1Char('\n'));
    if (event == QLatin1String("backup"))
        return QStringLiteral("backed up to %1").arg(text("file"));
    if (event == QLatin1String("retry"))
        m_unanswered.clear(); // a retry's transaction begins again, and all are sent again
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
    RecordWords words;
    for (const QJsonObject &one : *lines) {
        QString said = words.of(one);
        if (!said.isEmpty())
            print(QStringLiteral("%1  %2\n")
                      .arg(QDateTime::fromString(one.value(QStringLiteral("at")).toString(), Qt::ISODateWithMs)
                               .toLocalTime()
                               .toString(QStringLiteral("HH:mm:ss.zzz")),
                           said.replace(QLatin1Char('\n'), QLatin1String("\n              "))));
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
