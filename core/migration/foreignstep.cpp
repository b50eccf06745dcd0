// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/foreignstep.h"

#include "database/connectionkeywords.h"
#include "database/runlock.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>

namespace stillroom::migration {

namespace {

constexpr int kLookEveryMs = 50;
constexpr int kProofClass = database::kRunLockClass + 1; ///< of the lock by which the child knows the database again

/// Alembic's online mode with a walk of one script. The four lines of env.py that take the run's lock (docs/guide/running.md) would wait for
/// the run that started this, so they are told that they have it. Source: Alembic, "Runtime Objects" (EnvironmentContext, fn).
constexpr const char *kProgram = R"PY(
import argparse, json, os, sys
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.engine import Engine, URL, make_url

told = json.loads(sys.stdin.readline())
options = argparse.Namespace(x=told["x"] or None, config=told["config"], name=told["section"], raiseerr=True)
is_toml = told["config"].endswith(".toml")
config = Config(**{"toml_file" if is_toml else "file_": told["config"]}, ini_section=told["section"], cmd_opts=options)
directory = ScriptDirectory.from_config(config)
revision = directory.get_revision(told["revision"])
driver = told["backend"]
try:
    known = make_url(config.get_main_option("sqlalchemy.url") or "")
    if known.get_backend_name() == driver:
        driver = known.drivername
except Exception:
    pass
if told["backend"] == "sqlite":
    url = URL.create(driver, database=told["file"])
else:
    server = told["server"]
    is_socket = server["host"].startswith("/")
    url = URL.create(driver, username=server["user"] or None, host=None if is_socket else server["host"] or None,
                     port=int(server["port"]) if server["port"] else None, database=server["dbname"] or None,
                     query={"host": server["host"]} if is_socket else {})
config.set_main_option("sqlalchemy.url", str(url).replace("%", "%%"))


@event.listens_for(Engine, "before_cursor_execute", retval=True)
def lock_is_held(connection, cursor, statement, parameters, context, executemany):
    if "advisory_lock" in statement and told["lock_class"] in statement:
        statement = "SELECT true"
    return statement, parameters


def is_same_database(connection):
    if connection is None:
        return False
    if told["backend"] == "sqlite":
        files = [row[2] for row in connection.exec_driver_sql("PRAGMA database_list").fetchall()]
        return os.path.realpath(told["file"]) in [os.path.realpath(file) for file in files if file]
    return connection.dialect.name == "postgresql" and connection.exec_driver_sql(told["proof"]).first() is not None


def walk(rows, context):
    if not is_same_database(context.connection):
        sys.exit("env.py connects to another database than this run. Nothing was run there; let env.py take its address from sqlalchemy.url.")
    if sorted(rows) != sorted(told["rows"]):
        sys.exit("the version table has %s, and the plan needs %s" % (sorted(rows), sorted(told["rows"])))
    make = MigrationStep.upgrade_from_script if told["direction"] == "upgrade" else MigrationStep.downgrade_from_script
    return [make(directory.revision_map, revision)]


with EnvironmentContext(config, directory, fn=walk, as_sql=False, destination_rev=told["revision"]):
    directory.run_env()
)PY";

Error failed(const ForeignStep &wanted, const QString &why)
{
    return {.code = ErrorCode::ProgramFailed, .subject = wanted.body.runsWith->program, .detail = why, .revision = wanted.step.revision};
}

/// A lock that this session holds, and the question whether somebody sees it: only from the same server, in the same database.
class Proof {
public:
    explicit Proof(database::Session &session) : m_session(session)
    {
        if (session.kind() == dialect::DialectKind::PostgreSql)
            m_taken = session.execute(QStringLiteral("SELECT pg_catalog.pg_advisory_lock(%1, %2)").arg(kProofClass).arg(m_number));
    }
    ~Proof()
    {
        if (m_session.kind() == dialect::DialectKind::PostgreSql && m_taken && m_session.isUsable())
            std::ignore = m_session.execute(QStringLiteral("SELECT pg_catalog.pg_advisory_unlock(%1, %2)").arg(kProofClass).arg(m_number));
    }
    Q_DISABLE_COPY_MOVE(Proof)
    [[nodiscard]] const Result<database::Outcome> &taken() const { return m_taken; }
    [[nodiscard]] QString question() const
    {
        return QStringLiteral(
                   "SELECT 1 FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted AND pid = %1 AND classid = %2 AND objid = %3 "
                   "AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())")
            .arg(m_session.backendPid())
            .arg(kProofClass)
            .arg(m_number);
    }

private:
    database::Session &m_session;
    const int m_number = QRandomGenerator::global()->bounded(1, 0x7fffffff);
    Result<database::Outcome> m_taken;
};

/// What env.py is given for the address; all other keywords go by the environment variables that every driver over libpq reads.
QJsonObject serverOf(const database::ConnectionSpec &spec)
{
    const auto value = [&spec](const char *keyword) { return database::effectiveValue(spec.keywords, QLatin1String(keyword)); };
    const QString address = value("hostaddr");
    return {{QStringLiteral("host"), address.isEmpty() ? value("host") : address},
            {QStringLiteral("port"), value("port")},
            {QStringLiteral("user"), value("user")},
            {QStringLiteral("dbname"), value("dbname")}};
}

QProcessEnvironment environmentOf(const database::ConnectionSpec &spec)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const auto keywords = spec.kind == dialect::DialectKind::PostgreSql ? database::connectionKeywords() : std::vector<database::ConnectionKeyword>{};
    for (const auto &[name, value] : spec.keywords) {
        for (const database::ConnectionKeyword &keyword : keywords) {
            if (keyword.name == name && !keyword.environmentVariable.isEmpty())
                environment.insert(keyword.environmentVariable, value);
        }
    }
    return environment;
}

QJsonObject toldTo(const project::Project &project, const ForeignStep &wanted, const QString &proof)
{
    const QString dialect = dialect::dialectName(wanted.connection.kind);
    const script::Environment environment = project.environment(dialect);
    QJsonArray x;
    for (auto it = environment.xArguments.cbegin(); it != environment.xArguments.cend(); ++it)
        x.append(it.key() + QLatin1Char('=') + it.value());
    const bool isUpgrade = wanted.step.kind == revision::Step::Kind::Upgrade;
    return {{QStringLiteral("config"), project.configurationFile()},
            {QStringLiteral("section"), project.section()},
            {QStringLiteral("x"), x},
            {QStringLiteral("revision"), wanted.step.revision},
            {QStringLiteral("direction"), isUpgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade")},
            {QStringLiteral("rows"), QJsonArray::fromStringList(wanted.rows)},
            {QStringLiteral("backend"), dialect},
            {QStringLiteral("file"), QFileInfo(wanted.connection.sqliteFile).absoluteFilePath()},
            {QStringLiteral("server"), serverOf(wanted.connection)},
            {QStringLiteral("lock_class"), QString::number(database::kRunLockClass)},
            {QStringLiteral("proof"), proof}};
}

} // namespace

Result<TakenBody> runThere(const project::Project &project, const revision::Plan &plan, const QString &revision, const project::ProjectPython &python)
{
    const auto index = project.graph().find(revision);
    if (!index)
        return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = revision});
    const QString id = project.graph().revisions()[*index].header.id;
    for (const revision::Step &step : plan.steps) {
        if (step.revision != id || step.kind == revision::Step::Kind::Stamp)
            continue;
        TakenBody body;
        body.revision = id;
        body.direction = step.kind == revision::Step::Kind::Upgrade ? script::Direction::Upgrade : script::Direction::Downgrade;
        body.from = QStringLiteral("Alembic, over a connection of its own (%1)").arg(python.program);
        body.scriptHash = scriptHashOf(project.graph().revisions()[*index].header.file);
        body.runsWith = python;
        return body;
    }
    return std::unexpected(Error{.code = ErrorCode::ScriptNotUnderstood,
                                 .detail = QStringLiteral("it is not in this plan, so nobody runs it"),
                                 .file = project.graph().revisions()[*index].header.file,
                                 .revision = id});
}

Result<void> runForeignStep(const project::Project &project, database::Session &session, const ForeignStep &wanted)
{
    const Proof proof(session);
    if (!proof.taken())
        return std::unexpected(proof.taken().error());
    QProcess child;
    child.setWorkingDirectory(project.root());
    child.setProcessEnvironment(environmentOf(wanted.connection));
    child.setProcessChannelMode(QProcess::MergedChannels);
    // -u: what it prints comes when it is printed.
    child.start(wanted.body.runsWith->program, {QStringLiteral("-u"), QStringLiteral("-c"), QString::fromUtf8(kProgram)});
    if (!child.waitForStarted())
        return std::unexpected(failed(wanted, child.errorString()));
    child.write(QJsonDocument(toldTo(project, wanted, proof.question())).toJson(QJsonDocument::Compact) + '\n');
    child.closeWriteChannel();
    QString words;
    const auto tell = [&](const QByteArray &text) {
        const QString lines = QString::fromUtf8(text).trimmed();
        if (lines.isEmpty())
            return;
        words += lines + QLatin1Char('\n');
        if (wanted.printed)
            wanted.printed(lines);
    };
    while (!child.waitForFinished(kLookEveryMs) && child.state() != QProcess::NotRunning) {
        QByteArray lines;
        while (child.canReadLine())
            lines += child.readLine();
        tell(lines);
        if (!wanted.cancel || !*wanted.cancel)
            continue;
        child.kill();
        child.waitForFinished();
        return std::unexpected(Error{.code = ErrorCode::Cancelled, .revision = wanted.step.revision});
    }
    tell(child.readAll());
    if (child.exitStatus() != QProcess::NormalExit || child.exitCode() != 0)
        return std::unexpected(failed(wanted, words.trimmed().right(2000)));
    return {};
}

} // namespace stillroom::migration
