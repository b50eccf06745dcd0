// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/journal.h"

#include "base/sentence.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QSysInfo>

#include <utility>
#include <vector>

#include <pwd.h>
#include <sys/file.h>
#include <unistd.h>

namespace stillroom::migration {

namespace {

QString key(const char *name) { return QLatin1String(name); }
QJsonArray list(const QStringList &texts) { return QJsonArray::fromStringList(texts); }
QStringList texts(const QJsonValue &value)
{
    QStringList found;
    const QJsonArray array = value.toArray();
    for (const auto &text : array)
        found.append(text.toString());
    return found;
}

QString kindName(revision::Plan::Kind kind)
{
    switch (kind) {
    case revision::Plan::Kind::Upgrade:
        return key("upgrade");
    case revision::Plan::Kind::Downgrade:
        return key("downgrade");
    case revision::Plan::Kind::Stamp:
        return key("stamp");
    }
    return {};
}

/// A password in CREATE ROLE does not belong into a file; the hash is of the text as it was sent.
QString withoutPasswords(const QString &sql)
{
    static const QRegularExpression password(QStringLiteral("(\\bPASSWORD\\s+)E?'(?:[^'\\\\]|''|\\\\.)*'"),
                                             QRegularExpression::CaseInsensitiveOption);
    // CREATE SUBSCRIPTION … CONNECTION 'host=… password=…'
    static const QRegularExpression inConnection(QStringLiteral("(\\bCONNECTION\\s+E?'[^']*\\bpassword\\s*=\\s*)(?:''[^']*''|(?:''|[^\\s'])+)"),
                                                 QRegularExpression::CaseInsensitiveOption);
    return QString(sql).replace(password, QStringLiteral("\\1'…'")).replace(inConnection, QStringLiteral("\\1…"));
}

QString hashOf(const QString &sql) { return QString::fromLatin1(QCryptographicHash::hash(sql.toUtf8(), QCryptographicHash::Sha256).toHex()); }

QJsonObject planObject(const revision::Plan &plan)
{
    QJsonArray steps;
    for (const revision::Step &step : plan.steps)
        steps.append(step.revision);
    return {{key("kind"), kindName(plan.kind)}, {key("from"), list(plan.startRows)}, {key("to"), list(plan.endRows)}, {key("revisions"), steps}};
}

QJsonArray blockersArray(const std::vector<database::Blocker> &blockers)
{
    QJsonArray array;
    for (const database::Blocker &blocker : blockers)
        array.append(database::describe(blocker));
    return array;
}

QJsonObject errorObject(const Error &error)
{
    QJsonObject object{{key("sentence"), withoutPasswords(sentence(error))}};
    const auto add = [&object](const char *name, const QString &value) {
        if (!value.isEmpty())
            object.insert(key(name), value);
    };
    add("sqlstate", error.sqlState);
    add("detail", error.serverDetail);
    add("hint", error.hint);
    add("constraint", error.constraintName);
    add("statement", withoutPasswords(error.statement));
    add("file", error.file);
    if (error.line > 0)
        object.insert(key("line"), error.line);
    return object;
}

/// The two lines of each statement are written by hand: QJsonObject takes several times as long, and a thousand statements take less than
/// a second.
class Line {
public:
    explicit Line(const char *event) { text("event", QLatin1String(event)); }
    Line &number(const char *name, qint64 value)
    {
        begin(name);
        m_bytes += QByteArray::number(value);
        return *this;
    }
    Line &text(const char *name, const QString &value)
    {
        begin(name);
        m_bytes += '"';
        for (const char c : value.toUtf8()) {
            if (c == '"' || c == '\\')
                (m_bytes += '\\') += c;
            else if (static_cast<unsigned char>(c) >= 0x20)
                m_bytes += c;
            else
                m_bytes += "\\u00" + QByteArray(1, static_cast<char>(c)).toHex();
        }
        m_bytes += '"';
        return *this;
    }
    Line &flag(const char *name)
    {
        begin(name);
        m_bytes += "true";
        return *this;
    }
    [[nodiscard]] QByteArray take() { return std::move(m_bytes) + "}\n"; }

private:
    void begin(const char *name)
    {
        m_bytes += m_bytes.isEmpty() ? '{' : ',';
        m_bytes += '"';
        m_bytes += name;
        m_bytes += "\":";
    }
    QByteArray m_bytes;
};

/// Formatting a moment costs more than the rest of a line; what lies within one millisecond is formatted once.
QString now()
{
    thread_local qint64 last = 0;
    thread_local QString text;
    const qint64 current = QDateTime::currentMSecsSinceEpoch();
    if (std::exchange(last, current) != current)
        text = QDateTime::fromMSecsSinceEpoch(current).toUTC().toString(Qt::ISODateWithMs);
    return text;
}

QByteArray lineOf(const StatementStarted &e)
{
    Line line("statement");
    line.text("at", now()).number("step", e.step).number("index", e.index);
    line.text("sql", withoutPasswords(e.statement.sql)).text("sha256", hashOf(e.statement.sql));
    if (e.isOutsideTransaction)
        line.flag("outside");
    if (!e.statement.origin.file.isEmpty())
        line.text("place", QStringLiteral("%1:%2").arg(e.statement.origin.file).arg(e.statement.origin.line));
    return line.take();
}

QByteArray lineOf(const StatementDone &e)
{
    Line line("answered");
    line.text("at", now()).number("step", e.step).number("index", e.index).number("rows", e.rowsAffected).number("microseconds", e.microseconds);
    return line.take();
}

/// Each event as the fields of its line.
struct Lines {
    QJsonObject operator()(const PlanStarted &e) const
    {
        return {{key("event"), key("started")},
                {key("plan"), planObject(e.plan)},
                {key("target"), e.target},
                {key("server"), e.serverVersion},
                {key("settings"), list(e.sessionSettings)}};
    }
    QJsonObject operator()(const PlanMadeAgain &e) const { return {{key("event"), key("planned again")}, {key("plan"), planObject(e.plan)}}; }
    QJsonObject operator()(const RunnerWaits &e) const
    {
        return {{key("event"), key("waiting for another runner")}, {key("holders"), blockersArray(e.holders)}};
    }
    QJsonObject operator()(const BackupMade &e) const
    {
        return {{key("event"), key("backup")}, {key("file"), e.file}, {key("bytes"), e.bytes}, {key("milliseconds"), e.milliseconds}};
    }
    QJsonObject operator()(const StepStarted &e) const
    {
        QJsonObject line{{key("event"), key("revision")}, {key("step"), e.step}, {key("revision"), e.what.revision}, {key("message"), e.message}};
        if (!e.takenFrom.isEmpty())
            line.insert(key("taken_from"), e.takenFrom);
        return line;
    }
    QJsonObject operator()(const StatementBlocked &e) const
    {
        return {{key("event"), key("blocked")}, {key("step"), e.step}, {key("index"), e.index}, {key("blockers"), blockersArray(e.blockers)}};
    }
    QJsonObject operator()(const StatementRetried &e) const
    {
        return {{key("event"), key("retry")}, {key("step"), e.step},        {key("index"), e.index},
                {key("attempt"), e.attempt},  {key("pause_ms"), e.pauseMs}, {key("error"), errorObject(e.error)}};
    }
    QJsonObject operator()(const NoticeReceived &e) const
    {
        return {
            {key("event"), key("notice")}, {key("severity"), e.notice.severity}, {key("text"), e.notice.text}, {key("sqlstate"), e.notice.sqlState}};
    }
    QJsonObject operator()(const StepDone &e) const
    {
        return {{key("event"), key("revision done")}, {key("revision"), e.revision}, {key("milliseconds"), e.milliseconds}};
    }
    QJsonObject operator()(const CommitStarted &) const { return {{key("event"), key("commit sent")}}; }
    QJsonObject operator()(const Committed &e) const { return {{key("event"), key("committed")}, {key("now"), list(e.versionRows)}}; }
    QJsonObject operator()(const RolledBack &e) const
    {
        return {{key("event"), key("rolled back")}, {key("now"), list(e.versionRows)}, {key("undone"), list(e.revisionsUndone)}};
    }
    QJsonObject operator()(const FoundAfterwards &e) const
    {
        QJsonArray found;
        for (const database::Leftover &leftover : e.leftovers)
            found.append(database::describe(leftover));
        return {{key("event"), key("found afterwards")}, {key("found"), found}};
    }
    QJsonObject operator()(const RunFailed &e) const
    {
        QJsonObject line{{key("event"), key("failed")},
                         {key("error"), errorObject(e.error)},
                         {key("applied"), list(e.applied)},
                         {key("not_applied"), list(e.notApplied)},
                         {key("left_outside"), list(e.leftOutsideTransaction)},
                         {key("in_doubt"), e.isInDoubt}};
        if (e.rowsFound)
            line.insert(key("now"), list(*e.rowsFound));
        return line;
    }
    QJsonObject operator()(const RunDone &e) const
    {
        return {{key("event"), e.stopped ? key("stopped") : key("done")}, {key("now"), list(e.versionRows)}, {key("milliseconds"), e.milliseconds}};
    }
};

QByteArray written(QJsonObject line)
{
    line.insert(key("at"), now());
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

struct Written {
    QByteArray operator()(const StatementStarted &e) const { return lineOf(e); }
    QByteArray operator()(const StatementDone &e) const { return lineOf(e); }
    QByteArray operator()(const auto &e) const { return written(Lines{}(e)); }
};

std::vector<QJsonObject> linesOf(QFile &file)
{
    std::vector<QJsonObject> lines;
    while (!file.atEnd()) {
        const QByteArray text = file.readLine();
        if (!text.endsWith('\n'))
            break; // the machine stopped while it was written
        lines.push_back(QJsonDocument::fromJson(text).object());
    }
    return lines;
}

/// Fills in what the lines tell, one after the other.
void add(RunRecord &record, const QJsonObject &line)
{
    const QString event = line.value(key("event")).toString();
    record.endedAt = QDateTime::fromString(line.value(key("at")).toString(), Qt::ISODateWithMs);
    if (line.contains(key("now")))
        record.now = texts(line.value(key("now")));
    if (event == key("run")) {
        record.startedAt = record.endedAt;
        record.user = line.value(key("user")).toString();
        record.host = line.value(key("host")).toString();
        record.program = line.value(key("program")).toString();
        record.project = line.value(key("project")).toString();
        record.database = line.value(key("database")).toString();
    } else if (event == key("started") || event == key("planned again")) {
        const QJsonObject plan = line.value(key("plan")).toObject();
        record.kind = plan.value(key("kind")).toString();
        if (event == key("started"))
            record.from = record.now = texts(plan.value(key("from")));
        record.to = texts(plan.value(key("to")));
    } else if (event == key("statement")) {
        ++record.statements;
        const QString sql = line.value(key("sql")).toString();
        if (record.unanswered.isEmpty())
            record.unanswered = sql;
        else
            record.sentBehind.append(sql);
        record.wasOutside = line.value(key("outside")).toBool();
    } else if (event == key("commit sent")) {
        record.unanswered = key("COMMIT");
        record.sentBehind.clear();
        record.wasOutside = true;
    } else if (event == key("answered") && !record.sentBehind.isEmpty()) {
        record.unanswered = record.sentBehind.takeFirst(); // answers come in the order in which was sent
    } else if (event == key("answered") || event == key("committed") || event == key("rolled back") || event == key("retry")) {
        record.unanswered.clear();
        record.sentBehind.clear();
        record.wasOutside = false;
    } else if (event == key("failed")) {
        record.status = RunRecord::Status::Failed;
        record.problem = line.value(key("error")).toObject().value(key("sentence")).toString();
        record.sentBehind.clear();
        if (!line.value(key("in_doubt")).toBool())
            record.unanswered.clear();
    } else if (event == key("done") || event == key("stopped")) {
        record.status = event == key("done") ? RunRecord::Status::Done : RunRecord::Status::Stopped;
    }
}

QStringList recordFiles(const QString &folder)
{
    return QDir(folder).entryList({QStringLiteral("*.jsonl")}, QDir::Files, QDir::Name | QDir::Reversed);
}

} // namespace

QString journalFolder() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/stillroom/runs"); }

QString newRunId()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")) +
           QStringLiteral("-%1").arg(QRandomGenerator::global()->bounded(0x10000), 4, 16, QLatin1Char('0'));
}

QString userName()
{
    constexpr std::size_t kLongestEntry = 65'536;
    std::vector<char> text(kLongestEntry);
    passwd entry{};
    passwd *found = nullptr;
    if (getpwuid_r(geteuid(), &entry, text.data(), text.size(), &found) == 0 && found && *found->pw_name)
        return QString::fromLocal8Bit(found->pw_name);
    for (const char *variable : {"LOGNAME", "USER"}) {
        if (!qEnvironmentVariableIsEmpty(variable))
            return qEnvironmentVariable(variable);
    }
    return QString::number(geteuid());
}

Result<std::unique_ptr<Journal>> Journal::begin(const QString &folder, const project::Project &project, const RunRequest &request)
{
    const auto failed = [](const QString &path, const QString &why) {
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = why, .file = path});
    };
    if (!QDir().mkpath(folder))
        return failed(folder, QStringLiteral("the folder cannot be made"));
    const QString id = newRunId();
    std::unique_ptr<Journal> journal(new Journal(id, QDir(folder).filePath(id + QStringLiteral(".jsonl"))));
    // Nobody else's from its first moment: statements may hold what is not for others.
    if (!journal->m_file.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failed(journal->m_file.fileName(), journal->m_file.errorString());
    ::flock(journal->m_file.handle(), LOCK_EX | LOCK_NB);
    const QJsonObject first{{key("event"), key("run")},
                            {key("version"), 1},
                            {key("user"), userName()},
                            {key("host"), QSysInfo::machineHostName()},
                            {key("program"), QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion()},
                            {key("pid"), QCoreApplication::applicationPid()},
                            {key("project"), project.configurationFile()},
                            {key("database"), request.targetName}};
    journal->m_file.write(written(first));
    return journal;
}

Journal::~Journal() = default;

void Journal::take(const RunEvent &event)
{
    // One write for each line: a line stands whole or not at all.
    m_file.write(std::visit(Written{}, event));
}

QString statusName(RunRecord::Status status)
{
    switch (status) {
    case RunRecord::Status::Running:
        return QStringLiteral("running");
    case RunRecord::Status::Done:
        return QStringLiteral("done");
    case RunRecord::Status::Stopped:
        return QStringLiteral("stopped");
    case RunRecord::Status::Failed:
        return QStringLiteral("failed");
    case RunRecord::Status::BrokenOff:
        return QStringLiteral("broken off");
    }
    return {};
}

std::vector<RunRecord> runRecords(const QString &folder)
{
    std::vector<RunRecord> records;
    const QStringList names = recordFiles(folder);
    for (const QString &name : names) {
        QFile file(QDir(folder).filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        RunRecord record;
        record.id = QFileInfo(name).completeBaseName();
        record.file = file.fileName();
        // Asked before the lines are read: a run that ends meanwhile is then told as running, never as broken off.
        const bool isFree = ::flock(file.handle(), LOCK_SH | LOCK_NB) == 0;
        record.status = isFree ? RunRecord::Status::BrokenOff : RunRecord::Status::Running;
        for (const QJsonObject &line : linesOf(file))
            add(record, line);
        records.push_back(std::move(record));
    }
    return records;
}

Result<std::vector<QJsonObject>> readRun(const QString &folder, const QString &id)
{
    QStringList found;
    const QStringList names = recordFiles(folder);
    for (const QString &name : names) {
        if (name.startsWith(id) || QFileInfo(name).completeBaseName().endsWith(id))
            found.append(name);
    }
    if (found.size() != 1)
        return std::unexpected(Error{.code = ErrorCode::NoSuchRun, .subject = id});
    QFile file(QDir(folder).filePath(found.front()));
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .detail = file.errorString(), .file = file.fileName()});
    return linesOf(file);
}

} // namespace stillroom::migration
