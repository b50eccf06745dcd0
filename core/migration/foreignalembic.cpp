// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/foreignalembic.h"

#include "dialect/sqlreader.h"
#include "migration/preview.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace stillroom::migration {

namespace {

constexpr int kLookEveryMs = 50;

/// Alembic's own offline mode, with a walk of one script in place of a range: FROM:TO knows one row only, and a merge has two. What
/// env.py and the script print goes to standard error, so that the SQL stays whole. Source: Alembic, "Commands" and "Runtime Objects".
constexpr const char *kProgram = R"PY(
import argparse, io, json, sys
import alembic
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

told = json.loads(sys.argv[1])
answer, sys.stdout = sys.stdout, sys.stderr
options = argparse.Namespace(x=told["x"] or None, config=told["config"], name=told["section"], raiseerr=True)
is_toml = told["config"].endswith(".toml")
config = Config(**{"toml_file" if is_toml else "file_": told["config"]}, ini_section=told["section"], cmd_opts=options)
directory = ScriptDirectory.from_config(config)
revision = directory.get_revision(told["revision"])
written = io.StringIO()
seen = {"alembic": alembic.__version__}


def walk(rows, context):
    seen["dialect"] = context.dialect.name
    written.seek(0)
    written.truncate()
    getattr(revision.module, told["direction"])()
    seen["text"] = written.getvalue()
    return []


with EnvironmentContext(config, directory, fn=walk, as_sql=True, output_buffer=written, destination_rev=told["revision"]):
    directory.run_env()
json.dump(seen, answer)
)PY";

Error failed(const TakeRequest &request, const QString &why)
{
    return {.code = ErrorCode::ProgramFailed, .subject = request.python.program, .detail = why};
}

Result<QJsonObject> answerOf(QProcess &child, const TakeRequest &request)
{
    QElapsedTimer clock;
    clock.start();
    if (!child.waitForStarted())
        return std::unexpected(failed(request, child.errorString()));
    while (!child.waitForFinished(kLookEveryMs) && child.state() != QProcess::NotRunning) {
        const bool isStopped = request.stop && *request.stop;
        if (!isStopped && clock.elapsed() < request.timeoutMs)
            continue;
        child.kill();
        child.waitForFinished();
        return std::unexpected(isStopped ? Error{.code = ErrorCode::Cancelled} : failed(request, QStringLiteral("it does not end")));
    }
    const QString words = QString::fromUtf8(child.readAllStandardError()).trimmed();
    if (child.exitStatus() != QProcess::NormalExit || child.exitCode() != 0)
        return std::unexpected(failed(request, words.right(2000)));
    const QJsonObject answer = QJsonDocument::fromJson(child.readAllStandardOutput()).object();
    if (!answer.contains(QStringLiteral("text")))
        return std::unexpected(failed(request, QStringLiteral("env.py ran no migrations. ") + words.right(2000)));
    return answer;
}

/// Offline mode prints an autocommit block as COMMIT and BEGIN around it.
void markAutocommit(std::vector<dialect::Statement> &statements, const dialect::SqlPart &part, dialect::Statement statement)
{
    using Marker = dialect::Statement::Marker;
    if (part.kind == dialect::SqlKind::Commit) {
        statement.marker = Marker::AutocommitBegin;
        statement.transaction = dialect::TransactionNeed::BeginsOutside;
    } else if (part.kind == dialect::SqlKind::Begin) {
        statement.marker = Marker::AutocommitEnd;
    }
    statements.push_back(std::move(statement));
}

} // namespace

Result<TakenBody> takeBody(const project::Project &project, const QString &revision, script::Direction direction, const TakeRequest &request)
{
    const auto index = project.graph().find(revision);
    if (!index)
        return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = revision});
    const bool isUpgrade = direction == script::Direction::Upgrade;
    const script::Environment environment = project.environment(dialect::dialectName(request.kind));
    QJsonArray x;
    for (auto it = environment.xArguments.cbegin(); it != environment.xArguments.cend(); ++it)
        x.append(it.key() + QLatin1Char('=') + it.value());
    const QJsonObject told{{QStringLiteral("config"), project.configurationFile()},
                           {QStringLiteral("section"), project.section()},
                           {QStringLiteral("x"), x},
                           {QStringLiteral("revision"), revision},
                           {QStringLiteral("direction"), isUpgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade")}};
    // Before the child reads it: a script that changes meanwhile is then not taken for the one that was read.
    const QByteArray hash = scriptHashOf(project.graph().revisions()[*index].header.file);
    QProcess child;
    child.setWorkingDirectory(project.root());
    child.start(request.python.program,
                {QStringLiteral("-c"), QString::fromUtf8(kProgram), QString::fromUtf8(QJsonDocument(told).toJson(QJsonDocument::Compact))});
    child.closeWriteChannel();
    const auto answer = answerOf(child, request);
    if (!answer)
        return std::unexpected(answer.error());
    Error unusable{
        .code = ErrorCode::OperationNotSupported, .subject = revision, .file = project.graph().revisions()[*index].header.file, .revision = revision};
    const QString dialect = answer->value(QStringLiteral("dialect")).toString();
    if (dialect != dialect::dialectName(request.kind)) {
        unusable.detail =
            QStringLiteral("the project's own Alembic writes for %1 here, and the database is %2").arg(dialect, dialect::dialectName(request.kind));
        return std::unexpected(std::move(unusable));
    }
    const dialect::SqlReading reading = dialect::readSql(request.kind, answer->value(QStringLiteral("text")).toString());
    if (!reading.problem.isEmpty()) {
        unusable.detail = QStringLiteral("what the project's own Alembic wrote is not understood: %1").arg(reading.problem);
        return std::unexpected(std::move(unusable));
    }
    TakenBody body{.revision = revision, .direction = direction, .statements = {}, .from = {}, .scriptHash = hash};
    body.from = QStringLiteral("Alembic %1, %2").arg(answer->value(QStringLiteral("alembic")).toString(), request.python.program);
    for (const dialect::SqlPart &part : reading.parts) {
        dialect::Statement statement;
        statement.sql = part.sql;
        statement.origin.file = unusable.file;
        statement.transaction = part.transaction;
        if (part.isTransactionCommand && part.kind == dialect::SqlKind::Rollback) {
            unusable.detail = QStringLiteral("it rolls back by itself");
            return std::unexpected(std::move(unusable));
        }
        if (part.isTransactionCommand)
            markAutocommit(body.statements, part, std::move(statement));
        else
            body.statements.push_back(std::move(statement));
    }
    return body;
}

Result<std::vector<TakenBody>> takeBodies(const project::Project &project, const revision::Plan &plan, const TakeRequest &request,
                                          const std::function<void(const QString &)> &asking, const std::vector<TakenBody> &has)
{
    const auto preview = previewPlan(project, plan, {.kind = request.kind, .offline = false, .cancel = request.stop});
    if (!preview)
        return std::unexpected(preview.error());
    std::vector<TakenBody> taken;
    for (const PreviewStep &step : preview->steps) {
        if (step.body.status != BodySql::Status::NotUnderstood || takenBody(has, step.step))
            continue;
        if (asking)
            asking(step.step.revision);
        const bool isUpgrade = step.step.kind == revision::Step::Kind::Upgrade;
        auto body = takeBody(project, step.step.revision, isUpgrade ? script::Direction::Upgrade : script::Direction::Downgrade, request);
        if (!body)
            return std::unexpected(std::move(body).error());
        taken.push_back(std::move(*body));
    }
    return taken;
}

QByteArray scriptHashOf(const QString &fileName)
{
    QFile file(fileName);
    return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256) : QByteArray();
}

bool isOfScript(const TakenBody &body, const QString &file) { return body.scriptHash == scriptHashOf(file); }

const TakenBody *takenBody(const std::vector<TakenBody> &taken, const revision::Step &step)
{
    for (const TakenBody &body : taken) {
        const auto kind = body.direction == script::Direction::Upgrade ? revision::Step::Kind::Upgrade : revision::Step::Kind::Downgrade;
        if (body.revision == step.revision && kind == step.kind)
            return &body;
    }
    return nullptr;
}

} // namespace stillroom::migration
