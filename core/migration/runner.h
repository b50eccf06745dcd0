// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "migration/preview.h"

#include <QDateTime>

#include <atomic>
#include <functional>
#include <variant>

/// Runs a plan on a session. Each revision and its version row commit together (design.md, promise 4).
namespace stillroom::migration {

// The closed set of events that a run tells; window, command line and journal draw the same ones.
struct PlanStarted {
    revision::Plan plan;
    QString target;
    QString serverVersion;
    QStringList sessionSettings;
};
struct StepStarted {
    int step = 0;
    int stepCount = 0;
    revision::Step what;
    QString message;
};
struct StatementStarted {
    int step = 0;
    int index = 0;
    dialect::Statement statement;
    bool isVersionStatement = false;
};
struct StatementDone {
    int step = 0;
    int index = 0;
    qint64 rowsAffected = -1;
    qint64 microseconds = 0;
};
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
};
struct RunDone {
    QStringList versionRows;
    qint64 milliseconds = 0;
    bool stopped = false;
};
using RunEvent =
    std::variant<PlanStarted, StepStarted, StatementStarted, StatementDone, NoticeReceived, StepDone, Committed, RolledBack, RunFailed, RunDone>;

struct RunRequest {
    revision::Plan plan;
    QString targetName; ///< for people, without a password
};

/// Blocking; to be called in the session's thread. `stop`: set from another thread, ends the run after the current
/// revision. Cancel of the current statement goes through Session::cancelHandle(). The result repeats what the last event
/// said. Errors: VersionRowsChanged (the table is not as the plan assumes: nothing was done), ReadOnlyConnection,
/// StatementFailed, ScriptNotUnderstood …, Cancelled.
[[nodiscard]] Result<void> run(const project::Project &project, database::Session &session, const RunRequest &request, const std::atomic<bool> &stop,
                               const std::function<void(const RunEvent &)> &tell);

} // namespace stillroom::migration
