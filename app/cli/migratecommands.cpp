// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "interrupt.h"
#include "output.h"

#include "database/runlock.h"
#include "migration/journal.h"
#include "migration/planning.h"
#include "migration/preview.h"
#include "migration/runner.h"

#include <QJsonArray>
#include <QRegularExpression>

#include "base/sentence.h"

namespace stillroom::cli {

using migration::RunEvent;
using revision::Plan;

namespace {

Plan::Kind kindOf(const CommandLine &line)
{
    if (line.command == QLatin1String("upgrade") || line.command == QLatin1String("reset"))
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
        m_reverts = e.plan.kind == Plan::Kind::Downgrade;
        if (m_verbose)
            say(QStringLiteral("%1, %2\n  %3\n").arg(e.target, e.serverVersion, e.sessionSettings.join(QStringLiteral("\n  "))));
    }
    void operator()(const migration::RunnerWaits &e)
    {
        printError(e.holders.empty() ? QStringLiteral("Waiting for another program that writes to the database.\n")
                                     : QStringLiteral("Waiting for another runner:\n"));
        blockers(e.holders);
    }
    void operator()(const migration::PlanMadeAgain &e)
    {
        printError(QStringLiteral("Another runner was there before; the database is at %1. Planned again: %2 to go.\n")
                       .arg(e.plan.startRows.isEmpty() ? QStringLiteral("no revision") : e.plan.startRows.join(QStringLiteral(", ")))
                       .arg(e.plan.steps.size()));
    }
    void operator()(const migration::BackupMade &e)
    {
        say(QStringLiteral("Backed up to %1 (%2 bytes, %3 ms)\n").arg(e.file).arg(e.bytes).arg(e.milliseconds));
    }
    void operator()(const migration::StatementBlocked &e)
    {
        printError(QStringLiteral("    waits for a lock since %1 s:\n").arg(static_cast<double>(e.waitedMs) / 1000, 0, 'f', 1));
        blockers(e.blockers);
    }
    void operator()(const migration::StatementRetried &e)
    {
        printError(QStringLiteral("    %1 All locks are let go; attempt %2 in %3 s.\n")
                       .arg(sentence(e.error))
                       .arg(e.attempt + 1)
                       .arg(static_cast<double>(e.pauseMs) / 1000, 0, 'f', 2));
    }
    void operator()(const migration::CommitStarted &) {}
    void operator()(const migration::FoundAfterwards &e)
    {
        for (const database::Leftover &leftover : e.leftovers)
            printError(QStringLiteral("Look: %1\n").arg(database::describe(leftover)));
    }
    void operator()(const migration::StepStarted &e)
    {
        m_statements = 0;
        say(QStringLiteral("[%1/%2] %3%4\n")
                .arg(e.step + 1)
                .arg(e.stepCount)
                .arg(stepWords(e.what), e.message.isEmpty() ? QString() : QStringLiteral(", ") + e.message));
        if (!e.takenFrom.isEmpty())
            say((e.runsThere ? QStringLiteral("      run by the project's own %1\n") : QStringLiteral("      taken from the project's own %1\n"))
                    .arg(e.takenFrom));
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
            printError((m_reverts ? QStringLiteral("Reverted and committed: %1\n") : QStringLiteral("Applied and committed: %1\n"))
                           .arg(e.applied.join(QStringLiteral(", "))));
        if (!e.notApplied.isEmpty())
            printError((m_reverts ? QStringLiteral("Not reverted: %1\n") : QStringLiteral("Not applied: %1\n"))
                           .arg(e.notApplied.join(QStringLiteral(", "))));
        if (!e.leftOutsideTransaction.isEmpty())
            printError(QStringLiteral("These statements ran outside the transaction and remain:\n  %1\n")
                           .arg(e.leftOutsideTransaction.join(QStringLiteral("\n  "))));
        if (e.rowsFound)
            printError(QStringLiteral("A new connection found the database at %1.\n")
                           .arg(e.rowsFound->isEmpty() ? QStringLiteral("no revision") : e.rowsFound->join(QStringLiteral(", "))));
        if (e.isInDoubt)
            printError(QStringLiteral("Whether the last statement took effect could not be looked up. 'stillroom-cli current' tells it once the "
                                      "database answers.\n"));
    }
    void operator()(const migration::RunDone &e)
    {
        const QString at = e.versionRows.isEmpty() ? QStringLiteral("no revision") : e.versionRows.join(QStringLiteral(", "));
        say(e.stopped ? QStringLiteral("Stopped. The database is at %1.\n").arg(at)
                      : QStringLiteral("Done in %1 ms. The database is at %2.\n").arg(e.milliseconds).arg(at));
    }

private:
    static void blockers(const std::vector<database::Blocker> &blockers)
    {
        for (const database::Blocker &blocker : blockers)
            printError(QStringLiteral("      %1\n").arg(database::describe(blocker)));
    }
    void say(const QString &text) const
    {
        if (!m_quiet)
            print(text);
    }

    bool m_quiet, m_verbose, m_reverts = false;
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

/// `+1` and `-1` count from where the database was when the person said them: not said again for another runner's rows.
bool isRelative(const QStringList &targets)
{
    static const QRegularExpression steps(QStringLiteral("[+-]\\d+$"));
    return !targets.filter(steps).isEmpty();
}

migration::PlanRequest planRequestOf(const CommandLine &line)
{
    if (line.command == QLatin1String("reset"))
        return {.targets = {line.arguments.value(0, QStringLiteral("heads"))}, .resets = true};
    return {kindOf(line), line.arguments, line.purge};
}

int nothingToDo(const CommandLine &line, const project::Project &project, const Plan &plan)
{
    if (const auto there = runThere(line, project, plan); !there)
        return fail(there.error());
    if (line.json)
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("status"), QStringLiteral("done")},
                   {QStringLiteral("steps"), QJsonArray()},
                   {QStringLiteral("version_rows"), QJsonArray::fromStringList(plan.endRows)}});
    else if (!line.quiet)
        print(QStringLiteral("Nothing to do. The database is at %1.\n")
                  .arg(plan.endRows.isEmpty() ? QStringLiteral("no revision") : plan.endRows.join(QStringLiteral(", "))));
    return kDone;
}

database::Consent consentOf(const CommandLine &line) { return {line.has("yes"), line.value("confirm")}; }

migration::RunRequest runRequestOf(const CommandLine &line, const database::ConnectionSpec &spec, const database::ConnectionPolicy &policy,
                                   const Plan &plan, std::vector<migration::TakenBody> taken)
{
    migration::RunRequest request{.plan = plan,
                                  .targetName = spec.display(),
                                  .policy = policy,
                                  .consent = consentOf(line),
                                  .databaseName = spec.databaseName(),
                                  .connection = spec,
                                  .backupFolder = line.has("backup") || line.has("backup-folder") ? backupFolderOf(line) : QString(),
                                  .journalFolder = line.has("no-record") ? QString() : migration::journalFolder()};
    if (line.has("transactions")) {
        using enum migration::RunRequest::Transactions;
        request.transactions = line.value("transactions") == QLatin1String("one") ? One : EachRevision;
    }
    request.taken = std::move(taken);
    return request;
}

int previewRun(const CommandLine &line, const project::Project &project, database::Session &session, const migration::PlanRequest &wanted,
               const std::atomic<bool> &stop)
{
    const auto plan = migration::makePlan(project, session, wanted);
    if (!plan)
        return fail(plan.error());
    const auto taken = takenBodies(line, project, session.kind(), *plan, &stop);
    return taken ? showPreview(line, project, session, *plan, stop, *taken) : fail(taken.error());
}

/// With the run's lock in hand.
int runLocked(const CommandLine &line, const project::Project &project, database::Session &session, const database::ConnectionSpec &spec,
              const database::ConnectionPolicy &policy, const migration::PlanRequest &wanted, RunText &text, Interrupt &interrupt)
{
    const auto plan = migration::makePlan(project, session, wanted);
    if (!plan)
        return fail(plan.error());
    if (plan->steps.empty())
        return nothingToDo(line, project, *plan);
    auto taken = takenBodies(line, project, spec.kind, *plan, &interrupt.stopFlag());
    if (!taken)
        return fail(taken.error());
    if (line.has("rehearse") || line.has("rehearse-on-copy")) {
        return rehearsePlan(
            line, project, session,
            {.plan = *plan,
             .connection = spec,
             .databaseName = spec.databaseName(),
             .policy = policy,
             .consent = consentOf(line),
             .onCopy = line.has("rehearse-on-copy"),
             .goesBackAndForth = line.has("rehearse-on-copy"),
             .taken = std::move(*taken),
             .cancel = &interrupt.cancelFlag(),
             .runsIn = [&interrupt](std::shared_ptr<database::CancelHandle> handle) { interrupt.setCancelHandle(std::move(handle)); }},
            interrupt.stopFlag());
    }
    migration::RunRequest request = runRequestOf(line, spec, policy, *plan, std::move(*taken));
    if (!isRelative(line.arguments) && !wanted.resets)
        request.planAgain = [&] { return migration::makePlan(project, session, wanted); };
    request.cancel = &interrupt.cancelFlag();
    RunSummary summary;
    bool isStopped = false;
    const auto done = migration::run(project, session, request, interrupt.stopFlag(), [&](const RunEvent &event) {
        text(event);
        summary.take(event);
        if (const auto *end = std::get_if<migration::RunDone>(&event))
            isStopped = end->stopped;
    });
    if (line.json)
        printJson(summary.object);
    if (!done)
        return fail(done.error());
    return isStopped ? kNotAtHead : kDone;
}

int runPlan(const CommandLine &line, const project::Project &project)
{
    auto spec = connectionOf(line, project);
    if (!spec)
        return fail(spec.error());
    const auto policy = policyOf(line, project, *spec);
    if (!policy)
        return fail(policy.error());
    database::apply(*policy, *spec);
    const bool isPreview = line.has("preview");
    if (spec->readOnly && !isPreview)
        return fail(Error{.code = ErrorCode::ReadOnlyConnection, .subject = spec->databaseName()});
    const migration::PlanRequest wanted = planRequestOf(line);
    // The core asks again where there is something to revert; from base it would be an upgrade like any other.
    if (wanted.resets && !isPreview) {
        if (const auto permitted = database::permits(*policy, database::Act::Reset, spec->databaseName(), consentOf(line)); !permitted)
            return fail(permitted.error());
    }
    const auto table = project.versionTable();
    if (!table)
        return fail(table.error());
    Interrupt interrupt; // before the session starts threads of its own
    const auto session = database::Session::open(*spec);
    if (!session)
        return fail(session.error());
    interrupt.setCancelHandle((*session)->cancelHandle());
    if (isPreview)
        return previewRun(line, project, **session, wanted, interrupt.stopFlag());
    RunText text(line.quiet || line.json, line.verbose);
    // Held from before the plan is made, so that it is made of what the runner before has left.
    const auto lock = database::RunLock::take(
        **session, *table, {.timeoutMs = policy->runnerWaitMs, .stop = &interrupt.stopFlag(), .waiting = [&](const auto &holders, qint64 ms) {
                                text(migration::RunnerWaits{holders, ms});
                            }});
    return lock ? runLocked(line, project, **session, *spec, *policy, wanted, text, interrupt) : fail(lock.error());
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
    request.options = renderOptions(line);
    const auto taken = takenBodies(line, project, *kind, *plan, nullptr);
    if (!taken)
        return fail(taken.error());
    request.taken = &*taken;
    const auto sql = migration::offlineScript(project, *plan, request);
    if (!sql)
        return fail(sql.error());
    printUtf8(sql->text);
    for (const QString &note : sql->notes)
        printError(QStringLiteral("note: %1\n").arg(note));
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
