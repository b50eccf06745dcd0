// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/postgresqlsession.h"

#include "base/libpq.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <libpq-fe.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <limits>
#include <mutex>

#include <poll.h>

namespace stillroom::database {

namespace {

using ResultPtr = std::unique_ptr<PGresult, decltype(&PQclear)>;
using Keywords = std::vector<std::pair<QString, QString>>;

// Types whose text form has one meaning as a C++ value (pg_type.dat; these numbers never change). NUMERIC stays text.
constexpr Oid kBoolOid = 16, kInt8Oid = 20, kInt2Oid = 21, kInt4Oid = 23, kOidOid = 26, kFloat4Oid = 700, kFloat8Oid = 701;

/// Types whose text form a reader has to know to take it for more than text (pg_type.dat).
QString typeName(Oid oid)
{
    switch (oid) {
    case 17:
        return QStringLiteral("bytea");
    case 114:
        return QStringLiteral("json");
    case 1082:
        return QStringLiteral("date");
    case 1083:
        return QStringLiteral("time");
    case 1114:
        return QStringLiteral("timestamp");
    case 1184:
        return QStringLiteral("timestamptz");
    case 1186:
        return QStringLiteral("interval");
    case 1266:
        return QStringLiteral("timetz");
    case 1700:
        return QStringLiteral("numeric");
    case 3802:
        return QStringLiteral("jsonb");
    case 1000:
        return QStringLiteral("_bool");
    case 1005:
    case 1007:
    case 1016:
        return QStringLiteral("_int");
    case 1009:
    case 1015:
        return QStringLiteral("_text");
    case 1021:
    case 1022:
        return QStringLiteral("_float");
    case 1231:
        return QStringLiteral("_numeric");
    default:
        return {};
    }
}

QString text(const char *utf8) { return QString::fromUtf8(utf8); }

QString field(const PGresult *result, int code) { return text(PQresultErrorField(result, code)); }

/// Keywords in the arrays that libpq takes.
class KeywordArrays {
public:
    explicit KeywordArrays(const Keywords &keywords)
    {
        for (const auto &[key, value] : keywords) {
            m_bytes.push_back(key.toUtf8());
            m_bytes.push_back(value.toUtf8());
        }
        for (size_t i = 0; i < m_bytes.size(); i += 2) {
            m_keys.push_back(m_bytes[i].constData());
            m_values.push_back(m_bytes[i + 1].constData());
        }
        m_keys.push_back(nullptr);
        m_values.push_back(nullptr);
    }
    [[nodiscard]] PGconn *start() const { return PQconnectStartParams(m_keys.data(), m_values.data(), 0); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<const char *> m_keys, m_values;
};

QString lastOf(const Keywords &keywords, QLatin1String name)
{
    QString value;
    for (const auto &[key, given] : keywords) {
        if (key == name)
            value = given;
    }
    return value;
}

QString optionOf(PQconninfoOption *options, const char *keyword)
{
    QString value;
    for (const PQconninfoOption *option = options; option && option->keyword; ++option) {
        if (qstrcmp(option->keyword, keyword) == 0)
            value = text(option->val);
    }
    PQconninfoFree(options);
    return value;
}

/// The server options that the person has set outside of Stillroom: keyword, PGOPTIONS, service file.
QString givenOptions(const Keywords &keywords)
{
    if (const QString given = lastOf(keywords, QLatin1String("options")); !given.isEmpty())
        return given;
    if (lastOf(keywords, QLatin1String("service")).isEmpty())
        return defaultKeyword("options");
    // Only libpq knows where service files are. A connection that cannot go anywhere has read them all the same.
    Keywords resolving = keywords;
    resolving.emplace_back(QStringLiteral("host"), QStringLiteral("/nowhere"));
    PGconn *conn = KeywordArrays(resolving).start();
    const QString options = conn ? optionOf(PQconninfo(conn), "options") : QString();
    PQfinish(conn);
    return options;
}

QVariant valueOf(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return {};
    const QByteArray bytes = QByteArray::fromRawData(PQgetvalue(result, row, column), PQgetlength(result, row, column));
    switch (PQftype(result, column)) {
    case kBoolOid:
        return bytes == "t";
    case kInt2Oid:
    case kInt4Oid:
    case kInt8Oid:
    case kOidOid:
        return bytes.toLongLong();
    case kFloat4Oid:
    case kFloat8Oid:
        if (bytes == "NaN")
            return std::numeric_limits<double>::quiet_NaN();
        if (bytes.endsWith("Infinity"))
            return bytes.startsWith('-') ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
        return bytes.toDouble();
    default:
        return QString::fromUtf8(bytes);
    }
}

Outcome outcomeOf(PGresult *result)
{
    Outcome outcome;
    outcome.commandTag = text(PQcmdStatus(result));
    const QByteArray affected = PQcmdTuples(result);
    if (!affected.isEmpty())
        outcome.rowsAffected = affected.toLongLong();
    const int columns = PQnfields(result), rows = PQntuples(result);
    for (int c = 0; c < columns; ++c) {
        outcome.columns.append(text(PQfname(result, c)));
        outcome.types.append(typeName(PQftype(result, c)));
    }
    outcome.rows.reserve(static_cast<size_t>(rows));
    for (int r = 0; r < rows; ++r) {
        std::vector<QVariant> row;
        row.reserve(static_cast<size_t>(columns));
        for (int c = 0; c < columns; ++c)
            row.push_back(valueOf(result, r, c));
        outcome.rows.push_back(std::move(row));
    }
    return outcome;
}

/// Waits for the socket; false when the time is over. timeoutMs < 0: for ever.
bool waitForSocket(const PGconn *conn, short events, qint64 timeoutMs)
{
    pollfd waits{PQsocket(conn), events, 0};
    QElapsedTimer waited;
    waited.start();
    for (;;) {
        const qint64 left = timeoutMs < 0 ? -1 : std::max<qint64>(0, timeoutMs - waited.elapsed());
        const int ready = ::poll(&waits, 1, static_cast<int>(left));
        if (ready > 0)
            return true;
        if (ready < 0 && errno == EINTR)
            continue;
        return false;
    }
}

/// How long connecting may take. libpq looks at its own connect_timeout only in the blocking calls.
qint64 connectTimeoutOf(PGconn *conn, int ownTimeoutMs)
{
    const QString given = optionOf(PQconninfo(conn), "connect_timeout");
    if (given.isEmpty())
        return ownTimeoutMs > 0 ? ownTimeoutMs : -1;
    const int seconds = given.toInt();
    if (seconds <= 0)
        return -1;
    const auto hosts = optionOf(PQconninfo(conn), "host").count(QLatin1Char(',')) + 1;
    return std::max(seconds, 2) * 1000LL * hosts;
}

} // namespace

QString defaultKeyword(const char *keyword) { return loadLibpq() ? optionOf(PQconndefaults(), keyword) : QString(); }

/// PQcancel, or from PostgreSQL 17 on its encrypted successor, made when the session opens since making one reads the
/// connection. cancel() may block while a new connection is made; it never holds up the session's own thread.
class PostgreSqlSession::Cancel final : public CancelHandle {
public:
    explicit Cancel(PGconn *conn)
#ifdef LIBPQ_HAS_ASYNC_CANCEL
        : m_request(PQcancelCreate(conn), &PQcancelFinish)
#else
        : m_request(PQgetCancel(conn), &PQfreeCancel)
#endif
    {
    }

    void cancel() override
    {
        const std::lock_guard oneAtATime(m_cancelling);
        std::shared_ptr<Request> request;
        {
            const std::lock_guard lock(m_guard);
            request = m_request;
        }
        if (!request)
            return;
        m_state = State::OnItsWay;
#ifdef LIBPQ_HAS_ASYNC_CANCEL
        PQcancelBlocking(request.get());
        PQcancelReset(request.get());
#else
        char why[256];
        PQcancel(request.get(), why, sizeof why);
#endif
        m_state = State::Delivered;
    }

    void retire()
    {
        const std::lock_guard lock(m_guard);
        m_request.reset();
    }
    /// A cancel that has reached the server before this statement cannot be meant for it; one on its way may still hit it.
    void statementStarts()
    {
        State delivered = State::Delivered;
        m_state.compare_exchange_strong(delivered, State::None);
    }
    [[nodiscard]] bool wasAsked() const { return m_state != State::None; }

private:
#ifdef LIBPQ_HAS_ASYNC_CANCEL
    using Request = PGcancelConn;
#else
    using Request = PGcancel;
#endif
    enum class State { None, OnItsWay, Delivered };
    std::mutex m_cancelling, m_guard;
    std::shared_ptr<Request> m_request;
    std::atomic<State> m_state = State::None;
};

Result<std::unique_ptr<Session>> PostgreSqlSession::open(const ConnectionSpec &spec)
{
    if (auto loaded = loadLibpq(); !loaded)
        return std::unexpected(std::move(loaded).error());
    std::unique_ptr<PostgreSqlSession> session(new PostgreSqlSession);
    const auto wish = [&session](const char *name, int milliseconds) {
        if (milliseconds > 0)
            session->m_wishes.emplace_back(QLatin1String(name), QString::number(milliseconds));
    };
    wish("lock_timeout", spec.lockTimeoutMs);
    wish("statement_timeout", spec.statementTimeoutMs);
    wish("idle_in_transaction_session_timeout", spec.idleInTransactionTimeoutMs);
    if (spec.readOnly)
        session->m_wishes.emplace_back(QStringLiteral("default_transaction_read_only"), QStringLiteral("on"));

    auto connected = session->connect(spec, true);
    // Connection poolers refuse options in the startup message; they take the same settings as a statement.
    const bool isPooler = !connected && connected.error().detail.contains(QLatin1String("unsupported startup parameter"));
    if (isPooler) {
        connected = session->connect(spec, false);
        if (connected)
            connected = session->applySettings();
    }
    if (!connected)
        return std::unexpected(std::move(connected).error());
    session->m_cancel = std::make_shared<Cancel>(session->m_conn);
    session->m_settings = {QStringLiteral("application_name = ") + text(PQparameterStatus(session->m_conn, "application_name")),
                           QStringLiteral("client_encoding = ") + text(PQparameterStatus(session->m_conn, "client_encoding"))};
    for (const auto &[name, value] : session->m_wishes)
        session->m_settings.append(name + QStringLiteral(" = ") + value +
                                   (name.endsWith(QLatin1String("timeout")) ? QStringLiteral(" ms") : QString()));
    return session;
}

PostgreSqlSession::~PostgreSqlSession()
{
    if (m_cancel)
        m_cancel->retire();
    PQfinish(m_conn);
}

Result<void> PostgreSqlSession::connect(const ConnectionSpec &spec, bool withOptions)
{
    Keywords keywords = spec.keywords;
    // A replication connection speaks another language, in which COPY has no end.
    std::erase_if(keywords, [](const auto &pair) { return pair.first == QLatin1String("replication"); });
    if (withOptions && !m_wishes.empty()) {
        // What the person set goes after our timeouts and wins; nothing goes after read-only.
        QString before, after;
        for (const auto &[name, value] : m_wishes) {
            QString &part = name == QLatin1String("default_transaction_read_only") ? after : before;
            part += QStringLiteral("-c %1=%2 ").arg(name, value);
        }
        const QString given = givenOptions(spec.keywords);
        std::erase_if(m_wishes, [&given](const auto &wish) { return wish.first.endsWith(QLatin1String("timeout")) && given.contains(wish.first); });
        keywords.emplace_back(QStringLiteral("options"), (before + given + QLatin1Char(' ') + after).trimmed());
    }
    keywords.emplace_back(QStringLiteral("client_encoding"), QStringLiteral("UTF8"));
    keywords.emplace_back(QStringLiteral("fallback_application_name"), QStringLiteral("stillroom"));

    PQfinish(m_conn);
    m_conn = KeywordArrays(keywords).start();
    if (!m_conn)
        return std::unexpected(Error{.code = ErrorCode::ConnectionRefused, .subject = spec.display(), .detail = QStringLiteral("out of memory")});
    PQsetNoticeReceiver(m_conn, &PostgreSqlSession::receiveNotice, this);
    // The one way to learn the SQLSTATE of a refused connection: libpq writes it into the text.
    const PGVerbosity usual = PQsetErrorVerbosity(m_conn, PQERRORS_VERBOSE);
    const qint64 timeoutMs = connectTimeoutOf(m_conn, spec.connectTimeoutMs);
    QElapsedTimer elapsed;
    elapsed.start();
    for (PostgresPollingStatusType wanted = PGRES_POLLING_WRITING; PQstatus(m_conn) != CONNECTION_BAD;) {
        const qint64 left = timeoutMs < 0 ? -1 : std::max<qint64>(0, timeoutMs - elapsed.elapsed());
        if (!waitForSocket(m_conn, wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT, left)) {
            return std::unexpected(Error{.code = ErrorCode::ConnectionRefused,
                                         .subject = spec.display(),
                                         .detail = QStringLiteral("no answer within %1 seconds").arg(static_cast<double>(timeoutMs) / 1000)});
        }
        wanted = PQconnectPoll(m_conn);
        if (wanted == PGRES_POLLING_OK || wanted == PGRES_POLLING_FAILED)
            break;
    }
    if (PQstatus(m_conn) != CONNECTION_OK)
        return std::unexpected(connectionError(spec));
    PQsetErrorVerbosity(m_conn, usual);
    return {};
}

Result<void> PostgreSqlSession::applySettings()
{
    m_cancel = std::make_shared<Cancel>(m_conn);
    for (const auto &[name, value] : m_wishes) {
        if (const auto set = execute(QStringLiteral("SET %1 = %2").arg(name, value)); !set)
            return std::unexpected(set.error());
    }
    return {};
}

Error PostgreSqlSession::connectionError(const ConnectionSpec &spec) const
{
    static const QRegularExpression location(QStringLiteral("^LOCATION:.*\n?"), QRegularExpression::MultilineOption);
    static const QRegularExpression code(QStringLiteral(":  ([0-9A-Z]{5}): "));
    Error error{.code = ErrorCode::ConnectionRefused, .subject = spec.display(), .detail = text(PQerrorMessage(m_conn))};
    error.detail.remove(location);
    // Of several hosts the last one is what the person was left with.
    for (auto match = code.globalMatch(error.detail); match.hasNext();)
        error.sqlState = match.next().captured(1);
    error.detail.replace(code, QStringLiteral(":  "));
    error.detail = error.detail.trimmed();
    if (PQconnectionNeedsPassword(m_conn))
        error.code = ErrorCode::PasswordNeeded;
    else if (error.sqlState == QLatin1String("28P01") || error.sqlState == QLatin1String("28000"))
        error.code = ErrorCode::AuthenticationFailed;
    else if (error.sqlState == QLatin1String("3D000")) {
        error.code = ErrorCode::DatabaseMissing;
        error.subject = spec.databaseName();
    }
    return error;
}

void PostgreSqlSession::receiveNotice(void *session, const pg_result *result)
{
    const auto &receiver = static_cast<PostgreSqlSession *>(session)->m_receiver;
    if (!receiver)
        return;
    Notice notice;
    notice.severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    notice.sqlState = field(result, PG_DIAG_SQLSTATE);
    notice.text = field(result, PG_DIAG_MESSAGE_PRIMARY);
    notice.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    notice.hint = field(result, PG_DIAG_MESSAGE_HINT);
    receiver(notice);
}

bool PostgreSqlSession::waitForResult()
{
    // PQisBusy reads what has come in and hands out notices while the statement runs.
    while (PQisBusy(m_conn)) {
        if (PQsocket(m_conn) < 0)
            return false;
        if (!waitForSocket(m_conn, POLLIN, m_pulse ? kPulseMs : -1)) {
            if (!m_pulse)
                return false;
            m_pulse();
            continue;
        }
        if (!PQconsumeInput(m_conn))
            return false;
    }
    return true;
}

Error PostgreSqlSession::lostError(const QString &sql) const
{
    return Error{.code = ErrorCode::ConnectionLost, .detail = text(PQerrorMessage(m_conn)).trimmed(), .statement = sql};
}

Error PostgreSqlSession::statementError(const pg_result *result, const QString &sql) const
{
    Error error{.code = ErrorCode::StatementFailed, .detail = field(result, PG_DIAG_MESSAGE_PRIMARY)};
    error.sqlState = field(result, PG_DIAG_SQLSTATE);
    error.statement = sql;
    error.position = field(result, PG_DIAG_STATEMENT_POSITION).toInt();
    error.hint = field(result, PG_DIAG_MESSAGE_HINT);
    error.constraintName = field(result, PG_DIAG_CONSTRAINT_NAME);
    error.serverDetail = field(result, PG_DIAG_MESSAGE_DETAIL);
    error.schemaName = field(result, PG_DIAG_SCHEMA_NAME);
    error.tableName = field(result, PG_DIAG_TABLE_NAME);
    error.columnName = field(result, PG_DIAG_COLUMN_NAME);
    error.internalQuery = field(result, PG_DIAG_INTERNAL_QUERY);
    error.internalPosition = field(result, PG_DIAG_INTERNAL_POSITION).toInt();
    if (error.detail.isEmpty())
        error.detail = text(PQresultErrorMessage(result)).trimmed();
    if (error.sqlState == QLatin1String("57014") && m_cancel && m_cancel->wasAsked())
        error.code = ErrorCode::Cancelled;
    return error;
}

Result<Outcome> PostgreSqlSession::execute(const QString &sql)
{
    if (sql.contains(QChar(0)))
        return std::unexpected(
            Error{.code = ErrorCode::StatementFailed, .detail = QStringLiteral("the statement holds a zero character"), .statement = sql});
    m_cancel->statementStarts();
    // The extended protocol takes one statement only; the server itself refuses a second one. The simple one costs the server a third less.
    const QByteArray utf8 = sql.toUtf8();
    const int sent = isSurelyOne(sql) ? PQsendQuery(m_conn, utf8.constData())
                                      : PQsendQueryParams(m_conn, utf8.constData(), 0, nullptr, nullptr, nullptr, nullptr, 0);
    if (!sent)
        return std::unexpected(lostError(sql));

    Result<Outcome> outcome;
    bool copyWasAsked = false;
    for (;;) {
        if (!waitForResult())
            return std::unexpected(lostError(sql));
        const ResultPtr result(PQgetResult(m_conn), &PQclear);
        if (!result)
            break;
        switch (PQresultStatus(result.get())) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            outcome = outcomeOf(result.get());
            break;
        case PGRES_COPY_IN:
            copyWasAsked = true;
            if (PQputCopyEnd(m_conn, "COPY from the client is refused") < 0)
                return std::unexpected(lostError(sql));
            break;
        case PGRES_COPY_OUT:
            copyWasAsked = true;
            for (char *row = nullptr; PQgetCopyData(m_conn, &row, 0) > 0;)
                PQfreemem(row);
            break;
        default:
            outcome = std::unexpected(statementError(result.get(), sql));
            break;
        }
    }
    if (PQstatus(m_conn) != CONNECTION_OK)
        return std::unexpected(lostError(sql));
    if (copyWasAsked)
        return std::unexpected(Error{.code = ErrorCode::CopyRefused, .statement = sql});
    return outcome;
}

/// Source: PostgreSQL, "libpq – C Library", "Pipeline Mode". After a failure the server passes over everything up to the sync.
Result<void> PostgreSqlSession::executeAll(const QStringList &statements, const std::function<void(Outcome &&)> &answered,
                                           const std::function<void()> &meanwhile)
{
    const bool isSendable = std::ranges::none_of(statements, [](const QString &sql) { return sql.contains(QChar(0)); });
    if (!isSendable || statements.size() < 2 || transactionState() != TransactionState::InTransaction || !PQenterPipelineMode(m_conn))
        return Session::executeAll(statements, answered, meanwhile);
    m_cancel->statementStarts();
    for (qsizetype i = 0; i < statements.size(); ++i) {
        // With a flush after it, its answer comes when it is done and not with the last, which the sync below brings.
        const bool isToldAtOnce = i < statements.size() - 1;
        if (!PQsendQueryParams(m_conn, statements[i].toUtf8().constData(), 0, nullptr, nullptr, nullptr, nullptr, 0) ||
            (isToldAtOnce && !PQsendFlushRequest(m_conn)))
            return std::unexpected(lostError(statements[i]));
    }
    if (!PQpipelineSync(m_conn))
        return std::unexpected(lostError(statements.front()));
    if (meanwhile)
        meanwhile();
    Result<void> done;
    for (const QString &sql : statements) {
        const auto lost = [&] { return std::unexpected(lostError(done ? sql : done.error().statement)); };
        for (;;) {
            if (!waitForResult())
                return lost();
            const ResultPtr result(PQgetResult(m_conn), &PQclear);
            if (!result)
                break;
            const ExecStatusType status = PQresultStatus(result.get());
            if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY)
                answered(outcomeOf(result.get()));
            else if (status != PGRES_PIPELINE_ABORTED && done)
                done = std::unexpected(statementError(result.get(), sql));
        }
        if (PQstatus(m_conn) != CONNECTION_OK)
            return lost();
    }
    if (!waitForResult() || PQresultStatus(ResultPtr(PQgetResult(m_conn), &PQclear).get()) != PGRES_PIPELINE_SYNC || !PQexitPipelineMode(m_conn))
        return std::unexpected(lostError(done ? statements.back() : done.error().statement));
    return done;
}

Result<void> PostgreSqlSession::begin()
{
    if (transactionState() != TransactionState::Idle && isUsable())
        return std::unexpected(Error{.code = ErrorCode::StatementFailed,
                                     .detail = QStringLiteral("there is already a transaction in progress"),
                                     .sqlState = QStringLiteral("25001"),
                                     .statement = QStringLiteral("BEGIN")});
    const auto done = execute(QStringLiteral("BEGIN"));
    if (!done)
        return std::unexpected(done.error());
    return {};
}

Result<void> PostgreSqlSession::commit()
{
    const auto spoilt = [] {
        return std::unexpected(Error{.code = ErrorCode::StatementFailed,
                                     .detail = QStringLiteral("a statement of this transaction has failed, so it cannot be committed"),
                                     .sqlState = QStringLiteral("25P02"),
                                     .statement = QStringLiteral("COMMIT")});
    };
    if (transactionState() == TransactionState::InFailedTransaction)
        return spoilt();
    const auto done = execute(QStringLiteral("COMMIT"));
    if (!done)
        return std::unexpected(done.error());
    if (done->commandTag != QLatin1String("COMMIT"))
        return spoilt();
    return {};
}

Result<void> PostgreSqlSession::rollback()
{
    if (transactionState() == TransactionState::Idle)
        return {};
    // A cancel on its way to the statement before can hit this one: the transaction would stay, with its locks.
    constexpr int kMostCancels = 20;
    Result<Outcome> done = execute(QStringLiteral("ROLLBACK"));
    for (int again = 0; again < kMostCancels && !done && done.error().code == ErrorCode::Cancelled; ++again)
        done = execute(QStringLiteral("ROLLBACK"));
    return done ? Result<void>() : std::unexpected(std::move(done).error());
}

TransactionState PostgreSqlSession::transactionState() const
{
    switch (PQtransactionStatus(m_conn)) {
    case PQTRANS_IDLE:
        return TransactionState::Idle;
    case PQTRANS_INTRANS:
        return TransactionState::InTransaction;
    case PQTRANS_INERROR:
        return TransactionState::InFailedTransaction;
    case PQTRANS_ACTIVE:
    case PQTRANS_UNKNOWN:
        return TransactionState::Unknown;
    }
    return TransactionState::Unknown;
}

int PostgreSqlSession::backendPid() const { return PQbackendPID(m_conn); }

Encryption PostgreSqlSession::encryption() const
{
    if (PQsslInUse(m_conn))
        return {Encryption::Kind::Tls, text(PQsslAttribute(m_conn, "protocol")), text(PQsslAttribute(m_conn, "cipher"))};
    if (PQgssEncInUse(m_conn))
        return {Encryption::Kind::Gss, {}, {}};
    const bool isSocket = text(PQhost(m_conn)).startsWith(QLatin1Char('/')) && text(PQhostaddr(m_conn)).isEmpty();
    return {isSocket ? Encryption::Kind::NoNetwork : Encryption::Kind::None, {}, {}};
}

SessionAddress PostgreSqlSession::address() const
{
    return {.user = text(PQuser(m_conn)), .host = text(PQhost(m_conn)), .database = text(PQdb(m_conn)), .port = text(PQport(m_conn)).toInt()};
}

bool PostgreSqlSession::isUsable() const { return PQstatus(m_conn) == CONNECTION_OK; }

std::shared_ptr<CancelHandle> PostgreSqlSession::cancelHandle() { return m_cancel; }

QString PostgreSqlSession::serverVersion() const
{
    // Debian adds its package version after a blank.
    return QStringLiteral("PostgreSQL ") + text(PQparameterStatus(m_conn, "server_version")).section(QLatin1Char(' '), 0, 0);
}

int PostgreSqlSession::serverVersionNumber() const { return PQserverVersion(m_conn); }

} // namespace stillroom::database
