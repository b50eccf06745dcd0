// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/blockers.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

namespace stillroom::database {

namespace {

constexpr int kObserverTimeoutMs = 2000; ///< a watch must not hold up what it watches

QString text(const std::vector<QVariant> &row, std::size_t column) { return row.at(column).toString(); }

Blocker blockerOf(const std::vector<QVariant> &row)
{
    Blocker blocker;
    blocker.pid = row.at(0).toInt();
    blocker.user = text(row, 1);
    blocker.application = text(row, 2);
    blocker.query = text(row, 3);
    blocker.state = text(row, 4);
    if (row.at(5).isValid())
        blocker.since = QDateTime::fromMSecsSinceEpoch(row.at(5).toLongLong());
    blocker.lock = text(row, 6);
    return blocker;
}

QString readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().replace('\0', ' ')).trimmed() : QString();
}

/// As /proc/locks writes the file that a lock is on: major and minor in hexadecimal, inode in decimal.
QString lockIdentity(const QString &path)
{
    struct stat status{};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return QString::number(status.st_ino);
}

} // namespace

QString describe(const Blocker &blocker)
{
    QStringList words{QStringLiteral("process %1").arg(blocker.pid)};
    if (!blocker.user.isEmpty())
        words.append(QStringLiteral("user %1").arg(blocker.user));
    if (!blocker.application.isEmpty())
        words.append(blocker.application);
    if (!blocker.state.isEmpty())
        words.append(blocker.state);
    if (blocker.since.isValid())
        words.append(QStringLiteral("since %1").arg(blocker.since.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
    QString line = words.join(QStringLiteral(", "));
    if (!blocker.lock.isEmpty())
        line += QStringLiteral("; holds %1").arg(blocker.lock);
    if (!blocker.query.isEmpty())
        line += QStringLiteral("; last: %1").arg(blocker.query.simplified().left(200));
    return line;
}

Result<std::vector<Blocker>> blockersOf(Session &observer, int pid)
{
    // The lock that is waited for, and what each blocker holds on the same object.
    const QString sql =
        QStringLiteral("WITH waited AS (SELECT * FROM pg_catalog.pg_locks WHERE pid = %1 AND NOT granted LIMIT 1)\n"
                       "SELECT a.pid, a.usename::text, a.application_name, a.query, a.state,\n"
                       "  (extract(epoch FROM coalesce(a.xact_start, a.state_change)) * 1000)::bigint,\n"
                       "  (SELECT string_agg(DISTINCT l.mode || CASE WHEN l.relation IS NULL THEN ' on ' || l.locktype\n"
                       "     ELSE ' on ' || l.relation::regclass::text END, ', ')\n"
                       "   FROM pg_catalog.pg_locks l, waited w WHERE l.pid = a.pid AND l.granted AND l.locktype = w.locktype\n"
                       "   AND l.database IS NOT DISTINCT FROM w.database AND l.relation IS NOT DISTINCT FROM w.relation\n"
                       "   AND l.virtualxid IS NOT DISTINCT FROM w.virtualxid AND l.transactionid IS NOT DISTINCT FROM w.transactionid\n"
                       "   AND l.classid IS NOT DISTINCT FROM w.classid AND l.objid IS NOT DISTINCT FROM w.objid)\n"
                       "FROM pg_catalog.pg_stat_activity a WHERE a.pid = ANY (pg_catalog.pg_blocking_pids(%1)) ORDER BY a.pid")
            .arg(pid);
    const auto found = observer.execute(sql);
    if (!found)
        return std::unexpected(found.error());
    std::vector<Blocker> blockers;
    for (const auto &row : found->rows)
        blockers.push_back(blockerOf(row));
    return blockers;
}

std::vector<Blocker> fileLockHolders(const QString &sqliteFile)
{
    QStringList identities;
    for (const char *suffix : {"", "-shm"}) {
        if (const QString identity = lockIdentity(sqliteFile + QLatin1String(suffix)); !identity.isEmpty())
            identities.append(identity);
    }
    std::vector<Blocker> holders;
    // "1: POSIX  ADVISORY  WRITE 1234 fe:00:5678 1073741824 1073742335"; a lock that is waited for has "->" as its second word
    const QStringList lines = readAll(QStringLiteral("/proc/locks")).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        const QStringList words = line.simplified().split(QLatin1Char(' '));
        if (words.size() < 8 || words.at(1) != QLatin1String("POSIX") || !identities.contains(words.at(5).section(QLatin1Char(':'), -1)))
            continue;
        const int pid = words.at(4).toInt();
        const bool isKnown = std::ranges::any_of(holders, [pid](const Blocker &b) { return b.pid == pid; });
        if (pid <= 0 || pid == ::getpid() || isKnown)
            continue;
        Blocker holder;
        holder.pid = pid;
        holder.application = readAll(QStringLiteral("/proc/%1/comm").arg(pid));
        holder.query = readAll(QStringLiteral("/proc/%1/cmdline").arg(pid));
        holder.lock = words.at(3) == QLatin1String("WRITE") ? QStringLiteral("the write lock") : QStringLiteral("a read lock");
        holders.push_back(std::move(holder));
    }
    return holders;
}

BlockerWatch::BlockerWatch(ConnectionSpec spec) : m_spec(std::move(spec))
{
    m_spec.readOnly = true;
    m_spec.createIfMissing = false;
    m_spec.lockTimeoutMs = kObserverTimeoutMs;
    m_spec.statementTimeoutMs = kObserverTimeoutMs;
    m_spec.connectTimeoutMs = kObserverTimeoutMs;
    if (m_spec.kind == dialect::DialectKind::PostgreSql)
        m_spec.keywords.emplace_back(QStringLiteral("application_name"), QStringLiteral("stillroom watch"));
}

Result<void> BlockerWatch::open()
{
    if (m_session && m_session->isUsable())
        return {};
    auto opened = Session::open(m_spec);
    if (!opened) {
        m_wasRefused = true; // no connection left on the server: not asked again at every pulse
        return std::unexpected(std::move(opened).error());
    }
    m_session = std::move(*opened);
    return {};
}

std::vector<Blocker> BlockerWatch::look(const Session &waiting)
{
    if (m_spec.kind == dialect::DialectKind::Sqlite)
        return fileLockHolders(m_spec.sqliteFile);
    if (m_wasRefused || waiting.backendPid() == 0 || !open())
        return {};
    return blockersOf(*m_session, waiting.backendPid()).value_or(std::vector<Blocker>{});
}

Result<bool> BlockerWatch::signalled(QLatin1String function, int pid)
{
    if (const auto opened = open(); !opened)
        return std::unexpected(opened.error());
    const auto done = m_session->execute(QStringLiteral("SELECT pg_catalog.%1(%2)").arg(function).arg(pid));
    if (!done)
        return std::unexpected(done.error());
    return !done->rows.empty() && done->rows.front().front().toBool();
}

Result<bool> BlockerWatch::cancel(int pid) { return signalled(QLatin1String("pg_cancel_backend"), pid); }

Result<bool> BlockerWatch::terminate(int pid) { return signalled(QLatin1String("pg_terminate_backend"), pid); }

} // namespace stillroom::database
