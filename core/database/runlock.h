// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/blockers.h"
#include "sql/identifier.h"

#include <atomic>

/// One runner at a time. On PostgreSQL a session-level advisory lock (PostgreSQL, "Advisory Locks"), which the server keeps for
/// each database apart; its key is kRunLockClass and the hash of the version table's name as the project says it, so that an
/// env.py can take the same one (docs/guide/running.md). On SQLite every transaction of a run begins with BEGIN IMMEDIATE, which is lock
/// enough; there this class does nothing.
namespace stillroom::database {

constexpr int kRunLockClass = 1937009004; ///< "stil" in ASCII

/// How to wait for another runner.
struct RunLockWait {
    int timeoutMs = 300'000;
    const std::atomic<bool> *stop = nullptr;                                             ///< set: give up with Cancelled
    std::function<void(const std::vector<Blocker> &holders, qint64 waitedMs)> waiting{}; ///< at once, and when the holder changes
};

class RunLock {
public:
    /// The session is outside of a transaction, and lives longer. It may hold the lock already. Errors: RunLockTimeout, Cancelled,
    /// ConnectionLost, StatementFailed.
    [[nodiscard]] static Result<std::unique_ptr<RunLock>> take(Session &session, const sql::QualifiedName &versionTable, const RunLockWait &wait);
    ~RunLock();
    Q_DISABLE_COPY_MOVE(RunLock)

private:
    RunLock(Session &session, QString key) : m_session(session), m_key(std::move(key)) {}
    Session &m_session;
    QString m_key; ///< the two arguments of the lock functions; empty: nothing is held
};

/// "1937009004, hashtext('alembic_version')"
[[nodiscard]] QString runLockKey(const sql::QualifiedName &versionTable);

/// Sleeps until the time is over or `stop` is set.
void pauseFor(qint64 milliseconds, const std::atomic<bool> *stop);

} // namespace stillroom::database
