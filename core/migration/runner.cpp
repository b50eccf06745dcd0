// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/runner.h"

#include "migration/journal.h"
#include "migration/planning.h"
#include "database/backup.h"
#include "migration/run.h"

#include <QFileInfo>

#include <algorithm>

namespace stillroom::migration {

using database::Session;
using database::TransactionState;

namespace {

constexpr int kBackupsKept = 10;
constexpr int kLookAfterLossMs = 5000; ///< for the server to notice that the lost session is gone

database::Act actOf(const revision::Plan &plan)
{
    if (isReset(plan))
        return database::Act::Reset;
    switch (plan.kind) {
    case revision::Plan::Kind::Upgrade:
        return database::Act::Upgrade;
    case revision::Plan::Kind::Downgrade:
        return database::Act::Downgrade;
    case revision::Plan::Kind::Stamp:
        return database::Act::Stamp;
    }
    return database::Act::Stamp;
}

} // namespace

void apply(const revision::VersionChange &change, QStringList &rows)
{
    switch (change.kind) {
    case revision::VersionChange::Kind::Insert:
        rows.append(change.to);
        return;
    case revision::VersionChange::Kind::Update:
        rows.removeOne(change.from);
        rows.append(change.to);
        return;
    case revision::VersionChange::Kind::Delete:
        rows.removeOne(change.from);
        return;
    }
}

void Run::rollBackWhatIsOpen()
{
    m_queue.clear();
    if (!m_session.isUsable() || m_session.transactionState() == TransactionState::Idle || !m_session.rollback())
        return;
    QStringList undone;
    for (int i = m_stepsCommitted; i < m_stepsDone; ++i)
        undone.append(m_plan.steps[static_cast<std::size_t>(i)].revision);
    m_rows = m_committedRows;
    m_tell(RolledBack{m_rows, undone});
}

/// How many steps of the plan leave exactly these rows, of those from the last commit on; -1: none does.
int Run::stepsThatLeave(QStringList found) const
{
    found.sort();
    QStringList rows = m_committedRows;
    for (int count = m_stepsCommitted; count <= stepCount(); ++count) {
        QStringList sorted = rows;
        sorted.sort();
        if (sorted == found)
            return count;
        if (count < stepCount()) {
            for (const revision::VersionChange &change : m_plan.steps[static_cast<std::size_t>(count)].changes)
                apply(change, rows);
        }
    }
    return -1;
}

/// Whether a COMMIT took effect whose answer never came is known by the server alone. The lost session holds the run's lock as long
/// as the server works on it, so whoever gets that lock sees how it ended.
std::unique_ptr<Session> Run::lookAfterLoss(RunFailed &event)
{
    event.isInDoubt = m_waiting == Waiting::Commit || m_inAutocommit;
    if (!m_request.connection)
        return nullptr;
    auto again = Session::open(*m_request.connection);
    if (!again)
        return nullptr;
    const auto lock = database::RunLock::take(**again, m_versionTable, {.timeoutMs = kLookAfterLossMs});
    const auto versions = database::readVersionRows(**again, m_versionTable);
    if (!versions)
        return nullptr;
    event.rowsFound = versions->rows;
    const int count = stepsThatLeave(versions->rows);
    if (lock && count >= 0) {
        event.isInDoubt = false;
        m_stepsCommitted = count;
    }
    return std::move(*again);
}

void Run::lookForLeftovers(Session &session)
{
    if (!session.isUsable() || session.transactionState() != TransactionState::Idle)
        return;
    auto found = database::findLeftovers(session);
    if (found && !found->empty())
        m_tell(FoundAfterwards{std::move(*found)});
}

void Run::failed(const Error &error)
{
    rollBackWhatIsOpen();
    RunFailed event;
    event.error = error;
    event.step = m_currentStep;
    event.leftOutsideTransaction = m_outside;
    if (m_session.isUsable()) {
        lookForLeftovers(m_session);
    } else {
        if (m_inAutocommit && m_waiting == Waiting::Statement && !error.statement.isEmpty())
            event.leftOutsideTransaction.append(error.statement); // it may have been done
        if (const auto again = lookAfterLoss(event))
            lookForLeftovers(*again);
    }
    event.applied = m_appliedBefore;
    for (int i = 0; i < stepCount(); ++i)
        (i < m_stepsCommitted ? event.applied : event.notApplied).append(m_plan.steps[static_cast<std::size_t>(i)].revision);
    m_tell(event);
}

Result<void> Run::prepared()
{
    if (m_session.kind() == dialect::DialectKind::PostgreSql) {
        const auto timeout = m_session.execute(QStringLiteral("SELECT pg_catalog.current_setting('lock_timeout')"));
        if (!timeout)
            return std::unexpected(timeout.error());
        m_lockTimeout = timeout->rows.empty() ? QString() : timeout->rows.front().front().toString();
    }
    if (auto kept = backUp(); !kept)
        return kept;
    return turnForeignKeysOff();
}

/// With the run's lock in hand, so that no other runner comes between the backup and the run.
Result<void> Run::backUp()
{
    if (m_request.rollsBack || (m_request.backupFolder.isEmpty() && !m_request.policy.backsUpFirst))
        return {};
    if (!m_request.connection)
        return std::unexpected(
            Error{.code = ErrorCode::BackupFailed, .subject = m_request.targetName, .detail = QStringLiteral("its address is not known")});
    const QString folder = m_request.backupFolder.isEmpty() ? database::backupFolder() : m_request.backupFolder;
    QElapsedTimer clock;
    clock.start();
    const auto made = database::makeBackup(m_session, *m_request.connection, folder);
    if (!made)
        return std::unexpected(made.error());
    m_tell(BackupMade{made->file, made->bytes, clock.elapsed()});
    database::pruneBackups(folder, m_request.connection->databaseName(), kBackupsKept, m_request.connection->display());
    return {};
}

/// Another runner was there before a transaction of ours: what is committed stays, and the rest is planned from where it stands.
Result<void> Run::planAgain()
{
    rollBackWhatIsOpen();
    auto plan = m_request.planAgain();
    if (!plan)
        return std::unexpected(std::move(plan).error());
    for (int i = 0; i < m_stepsCommitted; ++i)
        m_appliedBefore.append(m_plan.steps[static_cast<std::size_t>(i)].revision);
    m_plan = std::move(*plan);
    m_rows = m_committedRows = m_plan.startRows;
    m_stepsDone = m_stepsCommitted = 0;
    m_currentStep = -1;
    m_tell(PlanMadeAgain{m_plan});
    return {};
}

Result<void> Run::go(const QString &journalFile, const QString &journalProblem)
{
    QElapsedTimer clock;
    clock.start();
    m_runId = journalFile.isEmpty() ? newRunId() : QFileInfo(journalFile).completeBaseName();
    m_session.setNoticeReceiver([this](const database::Notice &notice) { m_tell(NoticeReceived{m_currentStep, notice}); });
    m_session.setPulse([this] { pulse(); });
    m_tell(PlanStarted{m_plan, m_request.targetName, m_session.serverVersion(), m_session.sessionSettings(), journalFile});
    if (!journalProblem.isEmpty())
        m_tell(
            NoticeReceived{-1, {.severity = QStringLiteral("WARNING"), .text = QStringLiteral("No record of this run is kept: ") + journalProblem}});
    Result<void> done;
    {
        const auto lock = database::RunLock::take(
            m_session, m_versionTable,
            {.timeoutMs = m_request.policy.runnerWaitMs, .stop = &m_stop, .waiting = [this](const auto &holders, qint64 waitedMs) {
                 m_tell(RunnerWaits{holders, waitedMs});
             }});
        done = lock ? prepared() : std::unexpected(lock.error());
        if (done)
            done = steps();
        while (!done && m_rowsDiffer && m_outside.isEmpty() && m_request.planAgain) {
            m_rowsDiffer = false;
            done = planAgain();
            if (done)
                done = steps();
        }
        if (done && m_request.rollsBack)
            rollBackWhatIsOpen();
        if (!done)
            failed(done.error());
        else
            lookForLeftovers(m_session);
        if (m_foreignKeysWereOn && m_session.isUsable() && m_session.transactionState() == TransactionState::Idle)
            std::ignore = m_session.execute(QStringLiteral("PRAGMA foreign_keys=ON"));
    }
    m_session.setNoticeReceiver({});
    m_session.setPulse({});
    if (done)
        m_tell(RunDone{m_rows, clock.elapsed(), m_stepsDone < stepCount(), m_request.rollsBack || m_request.isRehearsal});
    return done;
}

Result<void> run(const project::Project &project, Session &session, const RunRequest &request, const std::atomic<bool> &stop,
                 const std::function<void(const RunEvent &)> &tell)
{
    const auto versionTable = project.versionTable();
    if (!versionTable)
        return std::unexpected(versionTable.error());
    if (auto permitted = database::permits(request.policy, actOf(request.plan), request.databaseName, request.consent); !permitted)
        return permitted;
    std::unique_ptr<Journal> journal;
    QString problem;
    if (!request.journalFolder.isEmpty()) {
        auto begun = Journal::begin(request.journalFolder, project, request);
        if (begun)
            journal = std::move(*begun);
        else
            problem = QStringLiteral("%1: %2").arg(begun.error().file, begun.error().detail);
    }
    return Run(project, *versionTable, session, request, stop, journal.get(), tell).go(journal ? journal->file() : QString(), problem);
}

} // namespace stillroom::migration
