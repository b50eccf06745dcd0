// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/run.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace stillroom::migration {

using database::Blocker;
using database::Outcome;
using database::TransactionState;

namespace {

constexpr qint64 kCancelAnswerMs = 1000;
constexpr qint64 kLookAfterMs = 400, kLookEveryMs = 1000;
constexpr std::size_t kMostTogether = 64; // a stop and a cancel are looked for in between
constexpr qsizetype kLongestTogether = 200'000;
constexpr qint64 kFirstPauseMs = 250, kLongestPauseMs = 10'000;

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? QStringLiteral("no rows") : rows.join(QStringLiteral(", ")); }

/// SQLITE_BUSY, whatever its extended code.
bool isBusy(const Error &error)
{
    return error.code == ErrorCode::StatementFailed && (error.sqlState.toInt() & 0xff) == 5 && error.sqlState.size() != 5;
}

/// 55P03 lock_not_available, 40P01 deadlock_detected, 40001 serialization_failure.
bool isLockTrouble(const Error &error)
{
    static const QStringList states{QStringLiteral("55P03"), QStringLiteral("40P01"), QStringLiteral("40001")};
    return error.code == ErrorCode::StatementFailed && states.contains(error.sqlState);
}

script::QueryResult resultOf(Outcome outcome)
{
    script::QueryResult result;
    result.returnsRows = !outcome.columns.isEmpty();
    result.rowCount = outcome.rowsAffected >= 0 ? outcome.rowsAffected : static_cast<qint64>(outcome.rows.size());
    result.columns = std::move(outcome.columns);
    result.types = std::move(outcome.types);
    result.rows = std::move(outcome.rows);
    return result;
}

qint64 pauseBefore(int attempt) { return std::min(kFirstPauseMs << std::min(attempt - 1, 10), kLongestPauseMs); }

} // namespace

bool isConcurrent(const QString &sql)
{
    static const QRegularExpression word(QStringLiteral("\\bCONCURRENTLY\\b"), QRegularExpression::CaseInsensitiveOption);
    return sql.contains(word);
}

/// Every transaction looks whether the rows still are as this run knows them, before anything is done in it.
Result<void> Run::rowsAreAsExpected()
{
    const auto versions = database::readVersionRows(m_session, m_versionTable);
    if (!versions)
        return std::unexpected(versions.error());
    QStringList found = versions->rows;
    QStringList expected = m_rows;
    found.sort();
    expected.sort();
    m_rowsDiffer = found != expected;
    if (m_rowsDiffer) {
        Error error;
        error.code = ErrorCode::VersionRowsChanged;
        error.subject = rowsText(expected);
        error.detail = rowsText(found);
        return std::unexpected(std::move(error));
    }
    m_mustCreateVersionTable = !versions->tableExists;
    return {};
}

Result<void> Run::begin()
{
    if (auto begun = beginInTime(); !begun)
        return begun;
    m_statementsInTransaction = 0;
    m_hasCreatedVersionTable = m_hasLedger = false;
    return rowsAreAsExpected();
}

/// On SQLite the transaction's beginning is the lock that another runner may hold.
Result<void> Run::beginInTime()
{
    m_waiting = Waiting::Begin;
    m_waitClock.start();
    m_blockers.clear();
    auto begun = m_session.begin();
    while (!begun && isBusy(begun.error())) {
        if (m_stop)
            begun = std::unexpected(Error{.code = ErrorCode::Cancelled});
        else if (m_waitClock.elapsed() < m_request.policy.runnerWaitMs)
            begun = m_session.begin();
        else {
            Error error{.code = ErrorCode::RunLockTimeout, .subject = QString::number(m_waitClock.elapsed() / 1000)};
            for (const Blocker &blocker : m_blockers)
                error.detail += (error.detail.isEmpty() ? QString() : QStringLiteral("; ")) + database::describe(blocker);
            begun = std::unexpected(std::move(error));
        }
    }
    m_waiting = Waiting::Nothing;
    return begun;
}

Result<void> Run::notCancelled() const
{
    if (m_request.cancel && *m_request.cancel)
        return std::unexpected(Error{.code = ErrorCode::Cancelled});
    return {};
}

Result<void> Run::commit()
{
    if (auto goesOn = notCancelled(); !goesOn)
        return goesOn;
    m_tell(CommitStarted{});
    m_waiting = Waiting::Commit;
    m_waitClock.start();
    auto committed = m_session.commit();
    // On SQLite those who still read hold a commit up; the transaction then stays open and may try again.
    for (int attempt = 1; !committed && isBusy(committed.error()) && attempt <= m_request.policy.lockRetries && !m_stop; ++attempt)
        committed = m_session.commit();
    if (!committed)
        return committed; // m_waiting stays: it is the COMMIT that was not answered
    m_waiting = Waiting::Nothing;
    m_committedRows = m_rows;
    m_stepsCommitted = m_stepsDone;
    m_tell(Committed{m_rows});
    return {};
}

Error Run::placed(Error error, const dialect::Statement &statement) const
{
    if (error.statement.isEmpty())
        error.statement = statement.sql;
    if (error.file.isEmpty()) {
        error.file = statement.origin.file;
        error.line = statement.origin.line;
    }
    if (m_currentStep >= 0)
        error.revision = m_plan.steps[static_cast<std::size_t>(m_currentStep)].revision;
    return error;
}

Result<void> Run::leaveTransaction()
{
    if (m_request.rollsBack)
        return std::unexpected(Error{.code = ErrorCode::RehearsalNeedsCopy, .detail = QStringLiteral("it has an autocommit block")});
    if (m_session.transactionState() == TransactionState::InTransaction) {
        if (auto committed = commit(); !committed)
            return committed;
    }
    m_outside += m_inTransaction;
    m_inTransaction.clear();
    m_inAutocommit = true;
    return {};
}

Result<std::optional<script::QueryResult>> Run::deliver(int number, const dialect::Statement &statement, bool isVersionStatement)
{
    const bool isQueued = mayBeQueued(statement);
    if (!isQueued) {
        if (auto sent = sendQueued(); !sent)
            return std::unexpected(std::move(sent).error());
    }
    switch (statement.marker) {
    case dialect::Statement::Marker::AutocommitBegin:
        if (auto left = leaveTransaction(); !left)
            return std::unexpected(placed(std::move(left).error(), statement));
        return std::nullopt;
    case dialect::Statement::Marker::AutocommitEnd:
        m_inAutocommit = false;
        if (auto begun = begin(); !begun)
            return std::unexpected(placed(std::move(begun).error(), statement));
        return std::nullopt;
    case dialect::Statement::Marker::None:
        break;
    }
    if (m_request.rollsBack && statement.transaction == dialect::TransactionNeed::Outside) {
        return std::unexpected(placed(
            Error{.code = ErrorCode::RehearsalNeedsCopy, .detail = QStringLiteral("%1 cannot run in a transaction").arg(statement.sql.simplified())},
            statement));
    }
    if (auto goesOn = notCancelled(); !goesOn)
        return std::unexpected(placed(std::move(goesOn).error(), statement));
    const int index = m_statementIndex++;
    if (isQueued) {
        m_queue.push_back({number, index, statement, isVersionStatement});
        m_queuedLength += statement.sql.size();
        if (m_queue.size() < kMostTogether && m_queuedLength < kLongestTogether)
            return std::nullopt;
        if (auto sent = sendQueued(); !sent)
            return std::unexpected(std::move(sent).error());
        return std::nullopt;
    }
    m_runningIndex = index;
    m_tell(StatementStarted{number, index, statement, isVersionStatement, m_inAutocommit});
    QElapsedTimer clock;
    clock.start();
    auto outcome = executed(number, index, statement);
    if (!outcome) {
        Error error = placed(std::move(outcome).error(), statement);
        if (error.sqlState == QLatin1String("25001") && error.hint.isEmpty()) // active_sql_transaction
            error.hint = QStringLiteral("In a script it runs outside of the transaction within `with op.get_context().autocommit_block():`.");
        return std::unexpected(std::move(error));
    }
    noteDone({number, index, statement, isVersionStatement}, outcome->rowsAffected, clock.nsecsElapsed() / 1000);
    if (m_request.afterStatement) {
        if (auto looked = m_request.afterStatement(number, index, statement); !looked)
            return std::unexpected(std::move(looked).error());
    }
    return resultOf(std::move(*outcome));
}

bool Run::mayRetry(const Error &error, const dialect::Statement &statement) const
{
    if (!isLockTrouble(error) || !m_session.isUsable() || m_stop || m_request.rollsBack)
        return false;
    if (m_inAutocommit)
        return !isConcurrent(statement.sql); // which leaves an invalid index behind
    const bool stepsWait = m_stepsDone > m_stepsCommitted;
    return m_statementsInTransaction == 0 && !stepsWait;
}

/// The transaction anew, after it had done nothing but make the version table and meet a lock.
Result<void> Run::beginAgain()
{
    if (m_inAutocommit)
        return {};
    const bool hadVersionTable = m_hasCreatedVersionTable;
    if (auto begun = begin(); !begun)
        return begun;
    if (!hadVersionTable || !std::exchange(m_mustCreateVersionTable, false))
        return {};
    const auto created = m_session.execute(m_version.create()); // told when it was made first
    m_hasCreatedVersionTable = true;
    return created ? Result<void>() : std::unexpected(created.error());
}

Result<Outcome> Run::executed(int number, int index, const dialect::Statement &statement)
{
    const bool isLong = m_inAutocommit && m_session.kind() == dialect::DialectKind::PostgreSql && isConcurrent(statement.sql);
    bool isLockTimeoutOurs = false;
    if (isLong) {
        // A script that has set a lock_timeout of its own keeps it.
        const auto current = m_session.execute(QStringLiteral("SELECT pg_catalog.current_setting('lock_timeout')"));
        isLockTimeoutOurs = current && !current->rows.empty() && current->rows.front().front().toString() == m_lockTimeout;
    }
    const auto setLockTimeout = [this](const QString &value) {
        return m_session.execute(QStringLiteral("SELECT pg_catalog.set_config('lock_timeout', '%1', false)").arg(value));
    };
    if (isLockTimeoutOurs) {
        if (auto set = setLockTimeout(QString::number(m_request.policy.concurrentLockTimeoutMs)); !set)
            return set;
    }
    for (int attempt = 1;; ++attempt) {
        m_waiting = Waiting::Statement;
        m_waitClock.start();
        m_blockers.clear();
        auto outcome = m_session.execute(statement.sql);
        if (outcome || m_session.isUsable())
            m_waiting = Waiting::Nothing;
        if (isLockTimeoutOurs && m_session.isUsable()) {
            if (auto reset = setLockTimeout(m_lockTimeout); !reset && outcome)
                return reset;
        }
        if (outcome || attempt > m_request.policy.lockRetries || !mayRetry(outcome.error(), statement))
            return outcome;
        // The locks that were had are let go first: whoever is in the way may be waiting for one of them.
        if (const auto undone = m_session.rollback(); !undone)
            return std::unexpected(undone.error());
        const qint64 pauseMs = pauseBefore(attempt);
        m_tell(StatementRetried{number, index, attempt, pauseMs, outcome.error()});
        database::pauseFor(pauseMs, &m_stop);
        if (m_stop)
            return outcome;
        if (const auto begun = beginAgain(); !begun)
            return std::unexpected(begun.error());
    }
}

/// A backend that hangs in the kernel, or a network that is gone: then nobody may be left guessing.
void Run::tellUnansweredCancel()
{
    if (!m_request.cancel || !*m_request.cancel || m_session.kind() != dialect::DialectKind::PostgreSql)
        return;
    if (!m_cancelClock.isValid())
        m_cancelClock.start();
    if (m_cancelClock.elapsed() < kCancelAnswerMs)
        return;
    m_cancelClock.start();
    // One that came before the server had read the statement was lost on it.
    if (!m_isCancellingAgain.exchange(true)) {
        m_cancelsAgain = std::jthread([this, handle = m_session.cancelHandle()] {
            handle->cancel();
            m_isCancellingAgain = false;
        });
    }
    if (std::exchange(m_toldUnanswered, true))
        return;
    m_tell(NoticeReceived{m_currentStep,
                          {.severity = QStringLiteral("WARNING"),
                           .text = QStringLiteral("The cancel is sent, and the server has not answered it. Look for process %1 in pg_stat_activity; "
                                                  "pg_terminate_backend(%1) ends it. When the connection ends, the server rolls back what is open.")
                                       .arg(m_session.backendPid())}});
}

/// In the session's thread, while it waits.
void Run::pulse()
{
    tellUnansweredCancel();
    if (m_waiting == Waiting::Nothing || m_waitClock.elapsed() < kLookAfterMs)
        return;
    const bool isFirst = !m_lookClock.isValid() || m_lookClock.elapsed() > m_waitClock.elapsed();
    if (!isFirst && m_lookClock.elapsed() < kLookEveryMs)
        return;
    m_lookClock.start();
    std::vector<Blocker> blockers = m_watch ? m_watch->look(m_session) : std::vector<Blocker>{};
    const bool isNews = !std::ranges::equal(m_blockers, blockers, [](const Blocker &a, const Blocker &b) { return a.isSame(b); });
    m_blockers = blockers;
    switch (m_waiting) {
    case Waiting::Begin:
        if (isFirst || isNews)
            m_tell(RunnerWaits{std::move(blockers), m_waitClock.elapsed()});
        return;
    case Waiting::Statement:
    case Waiting::Commit:
        if (isNews && !blockers.empty())
            m_tell(StatementBlocked{m_currentStep, m_runningIndex, m_waitClock.elapsed(), std::move(blockers)});
        return;
    case Waiting::Nothing:
        return;
    }
}

} // namespace stillroom::migration
