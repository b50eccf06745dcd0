// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/sqlitesession.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <tuple>

namespace stillroom::database {

namespace {

constexpr int kOperationsBetweenLooks = 2000; ///< virtual machine instructions: a fraction of a millisecond
constexpr int kFirstWaitMs = 1, kLongestWaitMs = 50;

/// Qt's own list of drivers is made by whoever asks first, without a lock. Two threads that do at once have it cleaned up twice at the program's
/// end, and then for ever: it never ends. Source: Qt, qsqldatabase.cpp (driverDict(), cleanDriverDict()).
void prepareQtSql()
{
    static std::once_flag once;
    std::call_once(once, [] { std::ignore = QSqlDatabase::drivers(); });
}

/// Past blanks and comments from `i` on.
qsizetype pastBlanks(const QString &text, qsizetype i)
{
    while (i < text.size()) {
        const QStringView rest = QStringView(text).sliced(i);
        if (rest.front().isSpace()) {
            ++i;
        } else if (rest.startsWith(QLatin1String("--"))) {
            const qsizetype end = text.indexOf(QLatin1Char('\n'), i);
            i = end < 0 ? text.size() : end + 1;
        } else if (rest.startsWith(QLatin1String("/*"))) {
            const qsizetype end = text.indexOf(QLatin1String("*/"), i + 2);
            i = end < 0 ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return i;
}

/// Past the token at `i`: a quoted thing as a whole, else one character.
qsizetype pastToken(const QString &text, qsizetype i)
{
    const QChar opening = text.at(i);
    const QChar closing = opening == QLatin1Char('[') ? QChar(u']') : opening;
    if (closing == opening && !QStringLiteral("'\"`").contains(opening))
        return i + 1;
    // A doubled quote inside ends one token and starts the next, which comes to the same.
    const qsizetype end = text.indexOf(closing, i + 1);
    return end < 0 ? text.size() : end + 1;
}

int codePoints(QStringView text)
{
    return static_cast<int>(std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); }));
}

/// The verb of a statement, upper case.
QString verb(const QString &sql)
{
    qsizetype end = 0;
    while (end < sql.size() && sql.at(end).isLetter())
        ++end;
    return sql.left(end).toUpper();
}

} // namespace

FirstStatement firstStatement(const QString &text)
{
    qsizetype start = pastBlanks(text, 0);
    while (start < text.size() && text.at(start) == QLatin1Char(';'))
        start = pastBlanks(text, start + 1);
    FirstStatement first;
    first.codePointsBefore = codePoints(QStringView(text).left(start));
    qsizetype end = start;
    for (qsizetype i = start; i < text.size();) {
        if (text.at(i) == QLatin1Char(';')) {
            // Inside a trigger's body SQLite itself says that the text is not complete yet.
            if (sqlite3_complete(text.mid(start, i + 1 - start).toUtf8().constData())) {
                qsizetype next = i;
                while (next < text.size() && text.at(next) == QLatin1Char(';'))
                    next = pastBlanks(text, next + 1);
                first.rest = text.mid(next);
                break;
            }
            end = ++i;
        } else {
            end = i = pastToken(text, i);
        }
        i = pastBlanks(text, i);
    }
    first.sql = text.mid(start, end - start);
    return first;
}

/// Ends a running statement at its next look at the flag, and a wait for a lock as well, which sqlite3_interrupt() does not.
class SqliteSession::Cancel final : public CancelHandle {
public:
    void cancel() override
    {
        const std::lock_guard lock(m_guard);
        if (m_isHeldBack)
            return;
        m_asked = true;
        if (m_handle)
            sqlite3_interrupt(m_handle);
    }
    /// What is to be undone is undone to its end: a cancel meant for the statement before does not hit it.
    void holdBack(bool isHeldBack)
    {
        const std::lock_guard lock(m_guard);
        m_isHeldBack = isHeldBack;
    }
    void attach(sqlite3 *handle, int lockTimeoutMs)
    {
        const std::lock_guard lock(m_guard);
        m_handle = handle;
        m_lockTimeoutMs = lockTimeoutMs > 0 ? lockTimeoutMs : std::numeric_limits<int>::max();
        // A cancel that comes just before the first step is no interrupt yet; the flag is seen all the same.
        sqlite3_progress_handler(handle, kOperationsBetweenLooks, [](void *self) { return static_cast<Cancel *>(self)->wasAsked() ? 1 : 0; }, this);
        sqlite3_busy_handler(handle, &Cancel::waitForLock, this);
    }
    void retire()
    {
        const std::lock_guard lock(m_guard);
        if (!m_handle)
            return;
        sqlite3_progress_handler(m_handle, 0, nullptr, nullptr);
        sqlite3_busy_handler(m_handle, nullptr, nullptr);
        m_handle = nullptr;
    }
    void statementStarts() { m_asked = false; }
    void setPulse(std::function<void()> pulse) { m_pulse = std::move(pulse); }
    [[nodiscard]] bool wasAsked() const { return m_asked; }

private:
    static int waitForLock(void *self, int timesWaited)
    {
        auto *cancel = static_cast<Cancel *>(self);
        if (timesWaited == 0)
            cancel->m_waitedMs = 0;
        if (cancel->wasAsked() || cancel->m_waitedMs >= cancel->m_lockTimeoutMs)
            return 0;
        const int wait = std::min({kFirstWaitMs + timesWaited, kLongestWaitMs, cancel->m_lockTimeoutMs - cancel->m_waitedMs});
        sqlite3_sleep(wait);
        const bool isTimeForPulse = cancel->m_waitedMs / kPulseMs != (cancel->m_waitedMs + wait) / kPulseMs;
        cancel->m_waitedMs += wait;
        if (isTimeForPulse && cancel->m_pulse)
            cancel->m_pulse();
        return 1;
    }

    std::mutex m_guard;
    sqlite3 *m_handle = nullptr;
    bool m_isHeldBack = false;
    std::atomic<bool> m_asked = false;
    int m_lockTimeoutMs = 0, m_waitedMs = 0;
    std::function<void()> m_pulse; // of the session's thread alone
};

Result<std::unique_ptr<Session>> SqliteSession::open(const ConnectionSpec &spec)
{
    const bool inMemory = spec.sqliteFile == QLatin1String(":memory:");
    if (!inMemory && !(spec.createIfMissing && !spec.readOnly) && !QFileInfo::exists(spec.sqliteFile))
        return std::unexpected(Error{.code = ErrorCode::DatabaseFileMissing, .subject = spec.display(), .file = spec.sqliteFile});
    std::unique_ptr<SqliteSession> session(new SqliteSession(QStringLiteral("session-") + QUuid::createUuid().toString(QUuid::Id128)));
    if (auto ready = session->prepare(spec); !ready)
        return std::unexpected(std::move(ready).error());
    return session;
}

SqliteSession::~SqliteSession()
{
    if (m_cancel)
        m_cancel->retire();
    QSqlDatabase::database(m_connectionName, false).close();
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<void> SqliteSession::prepare(const ConnectionSpec &spec)
{
    m_isReadOnly = spec.readOnly;
    m_cancel = std::make_shared<Cancel>();
    const auto refused = [&spec](const QSqlError &why) {
        return std::unexpected(Error{.code = ErrorCode::ConnectionRefused,
                                     .subject = spec.display(),
                                     .detail = why.databaseText().isEmpty() ? why.text() : why.databaseText(),
                                     .file = spec.sqliteFile,
                                     .sqlState = why.nativeErrorCode()});
    };
    prepareQtSql();
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connectionName);
    database.setDatabaseName(spec.sqliteFile);
    const int waitMs = spec.lockTimeoutMs > 0 ? spec.lockTimeoutMs : std::numeric_limits<int>::max();
    QStringList options = {QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(waitMs)};
    if (spec.readOnly)
        options.append(QStringLiteral("QSQLITE_OPEN_READONLY"));
    database.setConnectOptions(options.join(QLatin1Char(';')));
    if (!database.open())
        return refused(database.lastError());

    QSqlQuery query(database);
    // SQLite opens the file only now; one that is no database is found here.
    if (!query.exec(QStringLiteral("SELECT sqlite_version(), sqlite_source_id(), (SELECT count(*) FROM sqlite_master)")) || !query.next())
        return refused(query.lastError());
    m_version = query.value(0).toString();
    const bool isOurLibrary = query.value(1).toString() == QLatin1String(sqlite3_sourceid());
    if (!query.exec(QStringLiteral("PRAGMA foreign_keys")) || !query.next())
        return refused(query.lastError());
    m_settings = {spec.lockTimeoutMs > 0 ? QStringLiteral("busy_timeout = %1 ms").arg(spec.lockTimeoutMs) : QStringLiteral("busy_timeout = none"),
                  QStringLiteral("foreign_keys = ") + (query.value(0).toBool() ? QStringLiteral("on") : QStringLiteral("off"))};
    if (spec.readOnly)
        m_settings.append(QStringLiteral("mode = read-only"));
    query.finish();
    if (isOurLibrary) {
        takeHandle();
        if (m_handle)
            m_cancel->attach(m_handle, spec.lockTimeoutMs);
    }
    return {};
}

void SqliteSession::takeHandle()
{
    const QVariant handle = QSqlDatabase::database(m_connectionName, false).driver()->handle();
    if (handle.isValid() && qstrcmp(handle.typeName(), "sqlite3*") == 0)
        m_handle = *static_cast<sqlite3 *const *>(handle.constData());
}

Result<Outcome> SqliteSession::execute(const QString &sql)
{
    const FirstStatement statement = firstStatement(sql);
    if (!statement.rest.isEmpty()) {
        return std::unexpected(Error{.code = ErrorCode::StatementFailed,
                                     .detail = QStringLiteral("the text holds several statements"),
                                     .sqlState = QString::number(SQLITE_ERROR),
                                     .statement = sql,
                                     .position = codePoints(QStringView(sql).chopped(statement.rest.size())) + 1});
    }
    if (statement.sql.isEmpty())
        return Outcome{};
    m_cancel->statementStarts();
    QSqlQuery query(QSqlDatabase::database(m_connectionName, false));
    query.setForwardOnly(true);
    const auto failed = [&] {
        const QSqlError error = query.lastError();
        return std::unexpected(statementError(sql, error.nativeErrorCode(), error.databaseText(), statement.codePointsBefore));
    };
    if (!query.exec(statement.sql))
        return failed();

    Outcome outcome;
    const QSqlRecord record = query.record();
    for (int c = 0; c < record.count(); ++c)
        outcome.columns.append(record.fieldName(c));
    while (query.next()) {
        std::vector<QVariant> row;
        row.reserve(static_cast<size_t>(record.count()));
        for (int c = 0; c < record.count(); ++c) {
            const QVariant value = query.value(c);
            row.push_back(value.isNull() ? QVariant() : value);
        }
        outcome.rows.push_back(std::move(row));
    }
    if (query.lastError().isValid())
        return failed();
    // sqlite3_changes() still tells of the statement before when this one changes no rows by its nature.
    static const QStringList changing = {QStringLiteral("INSERT"), QStringLiteral("UPDATE"), QStringLiteral("DELETE"), QStringLiteral("REPLACE")};
    const QString does = verb(statement.sql);
    if (changing.contains(does) || (does == QLatin1String("WITH") && !query.isSelect()))
        outcome.rowsAffected = query.numRowsAffected();
    return outcome;
}

Error SqliteSession::statementError(const QString &sql, const QString &driverCode, const QString &driverText, int codePointsBefore) const
{
    Error error{.code = ErrorCode::StatementFailed, .detail = driverText, .sqlState = driverCode, .statement = sql};
    int code = driverCode.toInt();
    if (m_handle) {
        code = sqlite3_extended_errcode(m_handle);
        error.sqlState = QString::number(code);
        error.detail = QString::fromUtf8(sqlite3_errmsg(m_handle));
        if (const int offset = sqlite3_error_offset(m_handle); offset >= 0) {
            const QByteArray before = firstStatement(sql).sql.toUtf8().left(offset);
            error.position = codePointsBefore + codePoints(QString::fromUtf8(before)) + 1;
        }
    }
    const int primary = code & 0xff;
    if (m_cancel->wasAsked() && (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY))
        error.code = ErrorCode::Cancelled;
    // "UNIQUE constraint failed: users.email, users.tenant_id", "… failed: index 'name'", "CHECK constraint failed: name"
    static const QRegularExpression constraint(QStringLiteral("^(\\w+(?: \\w+)?) constraint failed: (.+)$"));
    if (const auto match = constraint.match(error.detail); match.hasMatch()) {
        static const QRegularExpression indexName(QStringLiteral("^index '(.*)'$"));
        const QString what = match.captured(2);
        const auto index = indexName.match(what);
        error.constraintName = index.hasMatch() ? index.captured(1) : what;
        if (!index.hasMatch() && match.captured(1) != QLatin1String("CHECK"))
            error.tableName = what.section(QLatin1Char('.'), 0, 0);
        if (match.captured(1) == QLatin1String("NOT NULL"))
            error.columnName = what.section(QLatin1Char('.'), 1);
    }
    return error;
}

Result<void> SqliteSession::begin()
{
    const QString sql = m_isReadOnly ? QStringLiteral("BEGIN") : QStringLiteral("BEGIN IMMEDIATE");
    if (transactionState() == TransactionState::InTransaction)
        return std::unexpected(Error{.code = ErrorCode::StatementFailed,
                                     .detail = QStringLiteral("there is already a transaction in progress"),
                                     .sqlState = QStringLiteral("25001"),
                                     .statement = sql});
    if (const auto done = execute(sql); !done)
        return std::unexpected(done.error());
    m_transactionOpen = true;
    return {};
}

Result<void> SqliteSession::commit()
{
    if (const auto done = execute(QStringLiteral("COMMIT")); !done)
        return std::unexpected(done.error());
    m_transactionOpen = false;
    return {};
}

Result<void> SqliteSession::rollback()
{
    if (transactionState() == TransactionState::Idle)
        return {};
    m_cancel->holdBack(true);
    const auto heard = qScopeGuard([this] { m_cancel->holdBack(false); });
    if (const auto done = execute(QStringLiteral("ROLLBACK")); !done)
        return std::unexpected(done.error());
    m_transactionOpen = false;
    return {};
}

TransactionState SqliteSession::transactionState() const
{
    const bool isOpen = m_handle ? !sqlite3_get_autocommit(m_handle) : m_transactionOpen;
    return isOpen ? TransactionState::InTransaction : TransactionState::Idle;
}

SessionAddress SqliteSession::address() const
{
    const QString file =
        m_handle ? QString::fromUtf8(sqlite3_db_filename(m_handle, "main")) : QSqlDatabase::database(m_connectionName, false).databaseName();
    return {.user = {}, .host = {}, .database = file};
}

bool SqliteSession::isUsable() const { return QSqlDatabase::database(m_connectionName, false).isOpen(); }

std::shared_ptr<CancelHandle> SqliteSession::cancelHandle() { return m_cancel; }

void SqliteSession::setPulse(std::function<void()> pulse) { m_cancel->setPulse(std::move(pulse)); }

int SqliteSession::serverVersionNumber() const
{
    return m_version.section(QLatin1Char('.'), 0, 0).toInt() * 1000000 + m_version.section(QLatin1Char('.'), 1, 1).toInt() * 1000 +
           m_version.section(QLatin1Char('.'), 2, 2).toInt();
}

} // namespace stillroom::database
