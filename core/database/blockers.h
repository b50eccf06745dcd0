// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

#include <QDateTime>

/// Who keeps a session waiting. Source: PostgreSQL, "System Information Functions" (pg_blocking_pids), "pg_stat_activity";
/// for SQLite's files, proc(5), "/proc/locks".
namespace stillroom::database {

struct Blocker {
    int pid = 0;
    QString user{}, application{}; ///< SQLite: the program's name
    QString query{};               ///< the last one it sent, running or not; SQLite: its command line
    QString state{};               ///< "active", "idle in transaction", …
    QDateTime since{};             ///< when its transaction began
    QString lock{};                ///< what it holds that is waited for: "AccessExclusiveLock on public.account"
    bool operator==(const Blocker &) const = default;
    /// The same holder of the same lock, whatever it does meanwhile.
    [[nodiscard]] bool isSame(const Blocker &other) const { return pid == other.pid && lock == other.lock; }
};
[[nodiscard]] QString describe(const Blocker &blocker); ///< one line for people

/// Who keeps the server's process `pid` waiting; empty: nobody. Needs a session of its own, since that one waits.
[[nodiscard]] Result<std::vector<Blocker>> blockersOf(Session &observer, int pid);
/// Other processes that hold a lock on this SQLite file or its WAL index. Empty where the system does not tell (other than Linux).
[[nodiscard]] std::vector<Blocker> fileLockHolders(const QString &sqliteFile);

/// Opens its second session when it is first needed and keeps it; never writes. Belongs to one thread.
class BlockerWatch {
public:
    explicit BlockerWatch(ConnectionSpec spec);
    /// Who keeps `waiting` from going on. Empty also when the second session cannot be had.
    [[nodiscard]] std::vector<Blocker> look(const Session &waiting);
    /// Asks the blocker's current statement to end (pg_cancel_backend), or its session (pg_terminate_backend). Only on a
    /// person's word. False: there is no such process any more.
    [[nodiscard]] Result<bool> cancel(int pid);
    [[nodiscard]] Result<bool> terminate(int pid);

private:
    [[nodiscard]] Result<void> open();
    [[nodiscard]] Result<bool> signalled(QLatin1String function, int pid);
    ConnectionSpec m_spec;
    std::unique_ptr<Session> m_session;
    bool m_wasRefused = false;
};

} // namespace stillroom::database
