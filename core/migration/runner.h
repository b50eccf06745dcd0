// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/blockers.h"
#include "database/connectionpolicy.h"
#include "database/leftovers.h"
#include "database/session.h"
#include "migration/preview.h"

#include <QDateTime>

#include <atomic>
#include <functional>
#include <optional>
#include <variant>

/// Runs a plan on a session. Each revision and its version row commit together (design.md, promise 4).
namespace stillroom::migration {

// The closed set of events that a run tells; window, command line and journal draw the same ones.
struct PlanStarted {
    revision::Plan plan;
    QString target;
    QString serverVersion;
    QStringList sessionSettings;
    QString journalFile{}; ///< the record of this run, empty: none is kept
};
struct RunnerWaits {
    std::vector<database::Blocker> holders; ///< of the database's run lock, or of the file; empty: not known
    qint64 waitedMs = 0;
}; ///< told at once, and again when the holder changes
struct PlanMadeAgain {
    revision::Plan plan;
}; ///< another runner had changed the version rows; the steps count from 0 again
struct BackupMade {
    QString file;
    qint64 bytes = 0;
    qint64 milliseconds = 0;
};
struct StepStarted {
    int step = 0;
    int stepCount = 0;
    revision::Step what;
    QString message;
    QString takenFrom{};    ///< the statements are those of the project's own Alembic; empty: evaluated here
    bool runsThere = false; ///< it runs the step itself; what it prints is told as notices
};
struct StatementStarted {
    int step = 0;
    int index = 0;
    dialect::Statement statement;
    bool isVersionStatement = false;
    bool isOutsideTransaction = false; ///< no rollback undoes it
};
struct StatementDone {
    int step = 0;
    int index = 0;
    qint64 rowsAffected = -1;
    qint64 microseconds = 0;
};
struct StatementBlocked {
    int step = 0;
    int index = 0;
    qint64 waitedMs = 0;
    std::vector<database::Blocker> blockers;
}; ///< the statement still runs; told when the blockers change
struct StatementRetried {
    int step = 0;
    int index = 0;
    int attempt = 0;
    qint64 pauseMs = 0;
    Error error;
}; ///< a lock timeout at the start of its transaction: all is let go, and after the pause it begins again
inline constexpr QLatin1String kPrintedByAlembic("ALEMBIC"); ///< as the severity: lines that the project's own Alembic printed
struct NoticeReceived {
    int step = 0;
    database::Notice notice;
};
struct StepDone {
    int step = 0;
    QString revision;
    qint64 milliseconds = 0;
    bool committed = false;
}; ///< committed false: part of a larger transaction
struct CommitStarted {};
struct Committed {
    QStringList versionRows;
};
struct RolledBack {
    QStringList versionRows;
    QStringList revisionsUndone;
};
struct RunFailed {
    Error error;
    int step = -1;
    QStringList applied;
    QStringList notApplied;
    QStringList leftOutsideTransaction;
    bool isInDoubt = false;                 ///< the connection was lost in a COMMIT or outside of a transaction, and could not be looked up
    std::optional<QStringList> rowsFound{}; ///< version rows as a new connection found them, after a lost one
};
struct FoundAfterwards {
    std::vector<database::Leftover> leftovers;
}; ///< told before RunDone or RunFailed, where there is something
struct RunDone {
    QStringList versionRows;
    qint64 milliseconds = 0;
    bool stopped = false;
    bool isRehearsal = false; ///< nothing of it stays
};
using RunEvent = std::variant<PlanStarted, RunnerWaits, PlanMadeAgain, BackupMade, StepStarted, StatementStarted, StatementDone, StatementBlocked,
                              StatementRetried, NoticeReceived, StepDone, CommitStarted, Committed, RolledBack, FoundAfterwards, RunFailed, RunDone>;

struct RunRequest {
    revision::Plan plan;
    QString targetName; ///< for people, without a password
    database::ConnectionPolicy policy{};
    database::Consent consent{};
    QString databaseName{}; ///< what a confirmation by typing has to name
    /// For a second session: it tells who blocks, and looks what took effect when the first one was lost. None: neither is told.
    std::optional<database::ConnectionSpec> connection{};
    /// Where a backup goes before the run begins; empty: none is made, unless the policy asks for one, which then goes to database::backupFolder().
    QString backupFolder{};
    QString journalFolder{}; ///< where the record of the run goes; empty: none is kept
    /// Asked for a new plan when another runner has changed the rows before a transaction of ours. Null: the run ends with
    /// VersionRowsChanged.
    std::function<Result<revision::Plan>()> planAgain{};
    /// Set from another thread beside CancelHandle::cancel(): a cancel that meets no statement, between two of them or while a script
    /// computes, ends the run before the next one all the same, rolled back. Null: nobody cancels.
    const std::atomic<bool> *cancel = nullptr;
    /// Bodies that are run as the project's own Alembic has written them, in place of those that are not understood here.
    std::vector<TakenBody> taken{};
    /// AsProject: transaction_per_migration as env.py says; on SQLite each revision alone.
    enum class Transactions { AsProject, One, EachRevision };
    Transactions transactions = Transactions::AsProject;
    /// A rehearsal: all steps in one transaction, which is rolled back at the end. RehearsalNeedsCopy where a statement cannot be in one.
    bool rollsBack = false;
    bool isRehearsal = false; ///< on a copy that nobody keeps
    /// Called in the session's thread after each statement, within its transaction.
    std::function<Result<void>(int step, int index, const dialect::Statement &)> afterStatement{};
};

/// Blocking; to be called in the session's thread. `stop`: set from another thread, ends the run after the current
/// revision. Cancel of the current statement goes through Session::cancelHandle(). The result repeats what the last event
/// said. One runner at a time: another one is waited for (database/runlock.h). Errors: VersionRowsChanged (the table is not as
/// the plan assumes: nothing was done), ReadOnlyConnection, PolicyRefused, RunLockTimeout, StatementFailed, ScriptNotUnderstood …, Cancelled.
[[nodiscard]] Result<void> run(const project::Project &project, database::Session &session, const RunRequest &request, const std::atomic<bool> &stop,
                               const std::function<void(const RunEvent &)> &tell);

} // namespace stillroom::migration
