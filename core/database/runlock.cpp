// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/runlock.h"

#include "database/catalogreader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <chrono>
#include <thread>

namespace stillroom::database {

namespace {

constexpr qint64 kFirstPauseMs = 20, kLongestPauseMs = 250;

Result<std::vector<Blocker>> holdersOf(Session &session, const QString &key)
{
    const auto found =
        session.execute(QStringLiteral("SELECT a.pid, a.usename::text, a.application_name, a.query, a.state,\n"
                                       "  (extract(epoch FROM coalesce(a.xact_start, a.state_change)) * 1000)::bigint, NULL\n"
                                       "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)\n"
                                       "WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted\n"
                                       "  AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())\n"
                                       "  AND (l.classid::bigint, l.objid::bigint) = (%1, pg_catalog.%2::bigint & 4294967295)")
                            .arg(key.section(QLatin1String(", "), 0, 0), key.section(QLatin1String(", pg_catalog."), 1)));
    if (!found)
        return std::unexpected(found.error());
    std::vector<Blocker> holders;
    for (const auto &row : found->rows) {
        Blocker holder;
        holder.pid = row.at(0).toInt();
        holder.user = row.at(1).toString();
        holder.application = row.at(2).toString();
        holder.query = row.at(3).toString();
        holder.state = row.at(4).toString();
        if (row.at(5).isValid())
            holder.since = QDateTime::fromMSecsSinceEpoch(row.at(5).toLongLong());
        holder.lock = QStringLiteral("the lock of this version table");
        holders.push_back(std::move(holder));
    }
    return holders;
}

} // namespace

QString runLockKey(const sql::QualifiedName &versionTable)
{
    const QString name =
        versionTable.schema.isEmpty() ? versionTable.name.text : versionTable.schema.text + QLatin1Char('.') + versionTable.name.text;
    return QStringLiteral("%1, pg_catalog.hashtext(%2)").arg(kRunLockClass).arg(quotedText(name, dialect::DialectKind::PostgreSql));
}

void pauseFor(qint64 milliseconds, const std::atomic<bool> *stop)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds && !(stop && *stop))
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min<qint64>(milliseconds - clock.elapsed(), kFirstPauseMs)));
}

Result<std::unique_ptr<RunLock>> RunLock::take(Session &session, const sql::QualifiedName &versionTable, const RunLockWait &wait)
{
    if (session.kind() != dialect::DialectKind::PostgreSql)
        return std::unique_ptr<RunLock>(new RunLock(session, {}));
    const QString key = runLockKey(versionTable);
    // Asked for again and again: a session that waits within pg_advisory_lock() holds a snapshot, for which the holder's CREATE INDEX
    // CONCURRENTLY would wait in turn.
    const QString sql = QStringLiteral("SELECT pg_catalog.pg_try_advisory_lock(%1)").arg(key);
    QElapsedTimer clock;
    clock.start();
    std::vector<Blocker> known;
    for (qint64 pause = kFirstPauseMs;; pause = std::min(pause * 2, kLongestPauseMs)) {
        const auto tried = session.execute(sql);
        if (!tried)
            return std::unexpected(tried.error());
        if (!tried->rows.empty() && tried->rows.front().front().toBool())
            return std::unique_ptr<RunLock>(new RunLock(session, key));
        const auto holders = holdersOf(session, key);
        if (!holders)
            return std::unexpected(holders.error());
        const bool isNews = !std::ranges::equal(known, *holders, [](const Blocker &a, const Blocker &b) { return a.isSame(b); });
        if (isNews && wait.waiting)
            wait.waiting(*holders, clock.elapsed());
        known = *holders;
        if (wait.stop && *wait.stop)
            return std::unexpected(Error{.code = ErrorCode::Cancelled});
        if (clock.elapsed() >= wait.timeoutMs) {
            Error error{.code = ErrorCode::RunLockTimeout, .subject = QString::number(clock.elapsed() / 1000)};
            for (const Blocker &holder : *holders)
                error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral("; ")) + describe(holder);
            return std::unexpected(std::move(error));
        }
        pauseFor(std::min(pause, wait.timeoutMs - clock.elapsed()), wait.stop);
    }
}

RunLock::~RunLock()
{
    if (!m_key.isEmpty() && m_session.isUsable())
        std::ignore = m_session.execute(QStringLiteral("SELECT pg_catalog.pg_advisory_unlock(%1)").arg(m_key));
}

} // namespace stillroom::database
