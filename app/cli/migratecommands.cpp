// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "interrupt.h"
#include "output.h"

#include "migration/planning.h"
#include "migration/preview.h"
#include "migration/runner.h"

#include <QJsonArray>

namespace stillroom::cli {

using migration::RunEvent;
using revision::Plan;

namespace {

Plan::Kind kindOf(const CommandLine &line)
{
    if (line.command == QLatin1String("upgrade"))
        return Plan::Kind::Upgrade;
    return line.command == QLatin1String("downgrade") ? Plan::Kind::Downgrade : Plan::Kind::Stamp;
}

QString stepWords(const revision::Step &step)
{
    const QString arrow = QStringLiteral("%1 -> %2").arg(step.from.join(QStringLiteral(", ")), step.to.join(QStringLiteral(", ")));
    switch (step.kind) {
    case revision::Step::Kind::Upgrade:
        return QStringLiteral("upgrade ") + arrow;
    case revision::Step::Kind::Downgrade:
        return QStringLiteral("downgrade ") + arrow;
    case revision::Step::Kind::Stamp:
        return QStringLiteral("stamp ") + arrow;
    }
    return {};
}

/// Draws a run's events as lines of text.
class RunText {
public:
    RunText(bool quiet, bool verbose) : m_quiet(quiet), m_verbose(verbose) {}

    void operator()(const RunEvent &event) { std::visit(*this, event); }

    void operator()(const migration::PlanStarted &e)
    {
        if (m_verbose)
            say(QStringLiteral("%1, %2\n  %3\n").arg(e.target, e.serverVersion, e.sessionSettings.join(QStringLiteral("\n  "))));
    }
    void operator()(const migration::StepStarted &e)
    {
        m_statements = 0;
        say(QStringLiteral("[%1/%2] %3%4\n")
                .arg(e.step + 1)
                .arg(e.stepCount)
                .arg(stepWords(e.what), e.message.isEmpty() ? QString() : QStringLiteral(", ") + e.message));
    }
    void operator()(const migration::StatementStarted &e)
    {
        ++m_statements;
        if (m_verbose)
            say(QStringLiteral("    %1;\n").arg(QString(e.statement.sql).replace(QLatin1Char('\n'), QLatin1String("\n    "))));
    }
    void operator()(const migration::StatementDone &) {}
    void operator()(const migration::NoticeReceived &e)
    {
        printError(QStringLiteral("    %1: %2\n").arg(e.notice.severity.toLower(), e.notice.text));
    }
    void operator()(const migration::StepDone &e)
    {
        say(QStringLiteral("      %1 %2, %3 ms\n")
                .arg(m_statements)
                .arg(m_statements == 1 ? QStringLiteral("statement") : QStringLiteral("statements"))
                .arg(e.milliseconds));
    }
    void operator()(const migration::Committed &) {}
    void operator()(const migration::RolledBack &e)
    {
        printError(QStringLiteral("Rolled back; the database is at %1 again.\n")
                       .arg(e.versionRows.isEmpty() ? QStringLiteral("no revision") : e.versionRows.join(QStringLiteral(", "))));
    }
    void operator()(const migration::RunFailed &e)
    {
        if (!e.applied.isEmpty())
            printError(QStringLiteral("Applied and committed: %1\n").arg(e.applied.join(QStringLiteral(", "))));
        if (!e.notApplied.isEmpty())
            printError(QStringLiteral("Not applied: %1\n").arg(e.notApplied.join(QStringLiteral(", "))));
        if (!e.leftOutsideTransaction.isEmpty())
            printError(QStringLiteral("These statements ran outside the transaction and remain:\n  %1\n")
                           .arg(e.leftOutsideTransaction.join(QStringLiteral("\n  "))));
    }
    void operator()(const migration::RunDone &e)
    {
        const QString at = e.versionRows.isEmpty() ? QStringLiteral("no revision") : e.versionRows.join(QStringLiteral(", "));
        say(e.stopped ? QStringLiteral("Stopped. The database is at %1.\n").arg(at)
                      : QStringLiteral("Done in %1 ms. The database is at %2.\n").arg(e.milliseconds).arg(at));
    }

private:
    void say(const QString &text) const
    {
        if (!m_quiet)
            print(text);
    }

    bool m_quiet, m_verbose;
    int m_statements = 0;
};

/// The end of a run as JSON; the events before it go to standard error.
struct RunSummary {
    QJsonObject object{{QStringLiteral("version"), 1}};
    void take(const RunEvent &event)
    {
        if (const auto *done = std::get_if<migration::RunDone>(&event)) {
            object[QStringLiteral("status")] = done->stopped ? QStringLiteral("stopped") : QStringLiteral("done");
            object[QStringLiteral("version_rows")] = QJsonArray::fromStringList(done->versionRows);
            object[QStringLiteral("milliseconds")] = done->milliseconds;
        } else if (const auto *failed = std::get_if<migration::RunFailed>(&event)) {
            object[QStringLiteral("status")] = QStringLiteral("failed");
            object[QStringLiteral("applied")] = QJsonArray::fromStringList(failed->applied);
            object[QStringLiteral("not_applied")] = QJsonArray::fromStringList(failed->notApplied);
            object[QStringLiteral("left_outside_transaction")] = QJsonArray::fromStringList(failed->leftOutsideTransaction);
        } else if (const auto *step = std::get_if<migration::StepDone>(&event)) {
            m_steps.append(QJsonObject{{QStringLiteral("revision"), step->revision}, {QStringLiteral("milliseconds"), step->milliseconds}});
            object[QStringLiteral("steps")] = m_steps;
        }
    }

private:
    QJsonArray m_steps;
};

int runPlan(const CommandLine &line, const project::Project &project)
{
    const auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    if (spec->readOnly) {
        Error error;
        error.code = ErrorCode::ReadOnlyConnection;
        error.subject = spec->databaseName();
        return fail(error);
    }
    Interrupt interrupt; // before the session starts threads of its own
    const auto session = database::Session::open(*spec);
    if (!session)
        return fail(session.error());
    interrupt.setCancelHandle((*session)->cancelHandle());
    const auto plan = migration::makePlan(project, **session, {kindOf(line), line.arguments, line.purge});
    if (!plan)
        return fail(plan.error());
    RunText text(line.quiet || line.json, line.verbose);
    RunSummary summary;
    if (plan->steps.empty()) {
        if (line.json)
            printJson({{QStringLiteral("version"), 1},
                       {QStringLiteral("status"), QStringLiteral("done")},
                       {QStringLiteral("steps"), QJsonArray()},
                       {QStringLiteral("version_rows"), QJsonArray::fromStringList(plan->endRows)}});
        else if (!line.quiet)
            print(QStringLiteral("Nothing to do. The database is at %1.\n")
                      .arg(plan->endRows.isEmpty() ? QStringLiteral("no revision") : plan->endRows.join(QStringLiteral(", "))));
        return kDone;
    }
    const auto done = migration::run(project, **session, {*plan, spec->display()}, interrupt.stopFlag(), [&](const RunEvent &event) {
        text(event);
        summary.take(event);
    });
    if (line.json)
        printJson(summary.object);
    return done ? kDone : fail(done.error());
}

/// FROM:TO, or TO alone for an upgrade or stamp from base. `current` as FROM asks the database, which Alembic does not have.
Result<Plan> offlinePlan(const CommandLine &line, const project::Project &project)
{
    const revision::RevisionGraph &graph = project.graph();
    if (auto broken = graph.brokenBy())
        return std::unexpected(std::move(*broken));
    const Plan::Kind kind = kindOf(line);
    const QString target = line.arguments.value(0);
    const qsizetype colon = target.indexOf(QLatin1Char(':'));
    if (colon < 0 && kind == Plan::Kind::Downgrade) {
        Error error;
        error.code = ErrorCode::DowngradeNeedsRange;
        return std::unexpected(std::move(error));
    }
    QStringList rows;
    const QString from = target.left(std::max<qsizetype>(colon, 0));
    if (from == QLatin1String("current")) {
        auto read = versionRowsOf(line, project);
        if (!read)
            return std::unexpected(std::move(read).error());
        rows = *read;
    } else if (colon >= 0 && kind != Plan::Kind::Stamp) {
        return revision::planRange(graph, from, target.mid(colon + 1),
                                   kind == Plan::Kind::Upgrade ? revision::RangeDirection::Upgrade : revision::RangeDirection::Downgrade);
    } else if (colon >= 0) {
        auto start = revision::resolve(graph, from);
        if (!start)
            return std::unexpected(std::move(start).error());
        rows = *start;
    }
    const QString to = target.mid(colon + 1);
    switch (kind) {
    case Plan::Kind::Upgrade:
        return revision::planUpgrade(graph, rows, to);
    case Plan::Kind::Downgrade:
        return revision::planDowngrade(graph, rows, to);
    case Plan::Kind::Stamp:
        return revision::planStamp(graph, rows, colon < 0 ? line.arguments : QStringList{to}, line.purge);
    }
    return Plan{};
}

int printSql(const CommandLine &line, const project::Project &project)
{
    const auto kind = dialectOf(line, project);
    if (!kind)
        return fail(kind.error());
    const auto plan = offlinePlan(line, project);
    if (!plan)
        return fail(plan.error());
    migration::RenderRequest request;
    request.kind = *kind;
    const auto preview = migration::previewPlan(project, *plan, request);
    if (!preview)
        return fail(preview.error());
    const auto sql = migration::offlineSql(project, *preview);
    if (!sql)
        return fail(sql.error());
    print(*sql);
    return kDone;
}

} // namespace

int migrate(const CommandLine &line, const project::Project &project)
{
    if (line.sql)
        return printSql(line, project);
    if (line.arguments.value(0).contains(QLatin1Char(':'))) {
        Error error;
        error.code = ErrorCode::RangeNeedsSql;
        error.subject = line.arguments.value(0);
        return fail(error);
    }
    return runPlan(line, project);
}

} // namespace stillroom::cli
