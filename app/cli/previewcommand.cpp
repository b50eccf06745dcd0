// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/foreignstep.h"
#include "migration/preview.h"

#include <QJsonArray>

#include <algorithm>

/// What a run would send, with what scripts ask of the database answered by it (--preview).
namespace stillroom::cli {

namespace {

using migration::BodySql;
using migration::Preview;
using migration::PreviewStep;

QString directionName(revision::Step::Kind kind)
{
    switch (kind) {
    case revision::Step::Kind::Upgrade:
        return QStringLiteral("upgrade");
    case revision::Step::Kind::Downgrade:
        return QStringLiteral("downgrade");
    case revision::Step::Kind::Stamp:
        return QStringLiteral("stamp");
    }
    return {};
}

QString problemOf(const BodySql &body)
{
    const QString place = body.line > 0 ? QStringLiteral("%1, line %2: ").arg(body.file).arg(body.line) : QString();
    switch (body.status) {
    case BodySql::Status::Complete:
        return body.isMissing ? QStringLiteral("the script has no such function") : QString();
    case BodySql::Status::NeedsDatabase:
        return QStringLiteral("not known from here on until it runs: ") + place + body.reason;
    case BodySql::Status::NotUnderstood:
        return QStringLiteral("not understood: ") + place + body.reason;
    }
    return {};
}

QString textOf(const dialect::Statement &statement)
{
    switch (statement.marker) {
    case dialect::Statement::Marker::AutocommitBegin:
        return QStringLiteral("-- commits here: what follows runs outside of a transaction, and stays if something fails later\n");
    case dialect::Statement::Marker::AutocommitEnd:
        return QStringLiteral("-- a new transaction begins\n");
    case dialect::Statement::Marker::None:
        break;
    }
    QString text;
    for (const QString &note : statement.notes)
        text += QStringLiteral("-- %1\n").arg(note);
    if (statement.transaction == dialect::TransactionNeed::Outside)
        text += QStringLiteral("-- cannot run in a transaction\n");
    return text + statement.sql + QStringLiteral(";\n");
}

void printText(const Preview &preview)
{
    QString out;
    if (!preview.createVersionTable.isEmpty())
        out += QStringLiteral("-- the version table\n%1;\n\n").arg(preview.createVersionTable);
    for (const PreviewStep &step : preview.steps) {
        out += QStringLiteral("-- %1 %2 -> %3\n")
                   .arg(directionName(step.step.kind), step.step.from.join(QStringLiteral(", ")), step.step.to.join(QStringLiteral(", ")));
        if (!step.body.takenFrom.isEmpty())
            out += (step.body.runsThere ? QStringLiteral("-- run by the project's own %1\n") : QStringLiteral("-- taken from the project's own %1\n"))
                       .arg(step.body.takenFrom);
        if (step.body.questions > 0)
            out += QStringLiteral("-- hangs on what the database holds now (%1 asked)\n").arg(step.body.questions);
        for (const dialect::Statement &statement : step.body.statements)
            out += textOf(statement);
        if (const QString problem = problemOf(step.body); !problem.isEmpty())
            out += QStringLiteral("-- %1\n").arg(problem);
        for (const dialect::Statement &statement : step.versionStatements)
            out += textOf(statement);
        out += QLatin1Char('\n');
    }
    print(out);
}

QString statusName(BodySql::Status status)
{
    switch (status) {
    case BodySql::Status::Complete:
        return QStringLiteral("complete");
    case BodySql::Status::NeedsDatabase:
        return QStringLiteral("needs-database");
    case BodySql::Status::NotUnderstood:
        return QStringLiteral("not-understood");
    }
    return {};
}

QJsonArray array(const std::vector<dialect::Statement> &statements)
{
    QJsonArray made;
    for (const dialect::Statement &statement : statements) {
        if (statement.marker == dialect::Statement::Marker::None)
            made.append(QJsonObject{{QStringLiteral("sql"), statement.sql},
                                    {QStringLiteral("line"), statement.origin.line},
                                    {QStringLiteral("outside_transaction"), statement.transaction == dialect::TransactionNeed::Outside}});
    }
    return made;
}

void printObject(const Preview &preview)
{
    QJsonArray steps;
    for (const PreviewStep &step : preview.steps) {
        steps.append(QJsonObject{{QStringLiteral("revision"), step.step.revision},
                                 {QStringLiteral("direction"), directionName(step.step.kind)},
                                 {QStringLiteral("status"), statusName(step.body.status)},
                                 {QStringLiteral("questions"), step.body.questions},
                                 {QStringLiteral("taken_from"), step.body.takenFrom.isEmpty() ? QJsonValue() : QJsonValue(step.body.takenFrom)},
                                 {QStringLiteral("reason"), step.body.reason.isEmpty() ? QJsonValue() : QJsonValue(step.body.reason)},
                                 {QStringLiteral("line"), step.body.line > 0 ? QJsonValue(step.body.line) : QJsonValue()},
                                 {QStringLiteral("statements"), array(step.body.statements)},
                                 {QStringLiteral("version_statements"), array(step.versionStatements)}});
    }
    printJson({{QStringLiteral("version"), 1},
               {QStringLiteral("from"), QJsonArray::fromStringList(preview.plan.startRows)},
               {QStringLiteral("to"), QJsonArray::fromStringList(preview.plan.endRows)},
               {QStringLiteral("create_version_table"), preview.createVersionTable.isEmpty() ? QJsonValue() : QJsonValue(preview.createVersionTable)},
               {QStringLiteral("steps"), steps}});
}

/// Of what --run-with-python names, that which is understood here too: the person has asked for it, and may not know.
Result<void> tellUnneeded(const CommandLine &line, const project::Project &project, dialect::DialectKind kind, const revision::Plan &plan,
                          const std::vector<migration::TakenBody> &taken, const std::atomic<bool> *stop)
{
    if (taken.empty() || line.quiet)
        return {};
    const auto preview = migration::previewPlan(project, plan, {.kind = kind, .offline = false, .cancel = stop});
    if (!preview)
        return std::unexpected(preview.error());
    for (const PreviewStep &step : preview->steps) {
        if (step.body.status == BodySql::Status::Complete && migration::takenBody(taken, step.step))
            printError(QStringLiteral("Revision %1 needs no Python: it is understood here. The project's own Alembic runs it all the same, since "
                                      "--run-with-python names it.\n")
                           .arg(step.step.revision));
    }
    return {};
}

} // namespace

Result<QStringList> runThere(const CommandLine &line, const project::Project &project, const revision::Plan &plan)
{
    QStringList there;
    for (const QString &revision : line.values("run-with-python")) {
        const auto index = project.graph().find(revision);
        if (!index)
            return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = revision});
        const QString id = project.graph().revisions()[*index].header.id;
        if (std::ranges::find(plan.steps, id, &revision::Step::revision) != plan.steps.end())
            there.append(revision);
        else if (!line.quiet)
            printError(QStringLiteral("Revision %1 is not in this plan, so nobody runs it with Python.\n").arg(id));
    }
    return there;
}

Result<std::vector<migration::TakenBody>> takenBodies(const CommandLine &line, const project::Project &project, dialect::DialectKind kind,
                                                      const revision::Plan &plan, const std::atomic<bool> *stop)
{
    const auto there = runThere(line, project, plan);
    if (!there)
        return std::unexpected(there.error());
    if (!line.has("with-python") && there->isEmpty())
        return std::vector<migration::TakenBody>{};
    auto python = line.has("python")
                      ? Result<std::optional<project::ProjectPython>>(project::ProjectPython{line.value("python"), QStringLiteral("--python")})
                      : project::findPython(project.root());
    if (!python)
        return std::unexpected(std::move(python).error());
    if (!*python) {
        return std::unexpected(Error{.code = ErrorCode::ProgramFailed,
                                     .subject = QStringLiteral("python"),
                                     .detail = QStringLiteral("the project has no environment that is found; name it with --python")});
    }
    std::vector<migration::TakenBody> taken;
    for (const QString &revision : *there) {
        auto body = migration::runThere(project, plan, revision, **python);
        if (!body)
            return std::unexpected(std::move(body).error());
        taken.push_back(std::move(*body));
    }
    if (auto told = tellUnneeded(line, project, kind, plan, taken, stop); !told)
        return std::unexpected(std::move(told).error());
    if (!line.has("with-python"))
        return taken;
    auto written = migration::takeBodies(
        project, plan, {.python = **python, .kind = kind, .stop = stop},
        [&](const QString &revision) {
            if (!line.quiet)
                printError(
                    QStringLiteral("Revision %1 is not understood here: asking %2 (%3).\n").arg(revision, (*python)->program, (*python)->source));
        },
        taken);
    if (!written)
        return std::unexpected(std::move(written).error());
    taken.insert(taken.end(), std::make_move_iterator(written->begin()), std::make_move_iterator(written->end()));
    return taken;
}

int showPreview(const CommandLine &line, const project::Project &project, database::Session &session, const revision::Plan &plan,
                const std::atomic<bool> &stop, const std::vector<migration::TakenBody> &taken)
{
    const auto preview = migration::previewConnected(project, session, plan, &stop, taken);
    if (!preview)
        return fail(preview.error());
    line.json ? printObject(*preview) : printText(*preview);
    return kDone;
}

} // namespace stillroom::cli
