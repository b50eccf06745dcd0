// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

#include <QHash>

#include <algorithm>
#include <atomic>

namespace stillroom::database {

/// A session that runs nothing: it notes what it is told, answers what the test scripted and fails where the test says,
/// so that a runner can be tried at every call at which a database could fail.
class FakeSession final : public Session {
public:
    explicit FakeSession(dialect::DialectKind kind = dialect::DialectKind::PostgreSql) : m_kind(kind) {}

    /// Every statement in order, BEGIN, COMMIT and ROLLBACK among them; refused ones too.
    QStringList statements;
    /// Answer to exactly this text, each time it comes; anything else is answered by an empty outcome.
    QHash<QString, Outcome> answers;
    /// Answers before `answers`, when it has something to say.
    std::function<std::optional<Result<Outcome>>(const QString &sql)> answer;
    /// The call (from 1, every statement counts) that fails, and with what. A ConnectionLost ends the session.
    int failsAtCall = 0;
    Error failure{.code = ErrorCode::StatementFailed, .detail = QStringLiteral("scripted failure"), .sqlState = QStringLiteral("XX000")};
    int version = 150'000; ///< of the server, for PostgreSQL
    /// Told while the next statement runs.
    std::vector<Notice> notices;
    /// Called inside execute(), before the answer: the place to cancel from.
    std::function<void(const QString &sql)> whileRunning;

    [[nodiscard]] dialect::DialectKind kind() const override { return m_kind; }
    [[nodiscard]] Result<Outcome> execute(const QString &sql) override
    {
        statements.append(sql);
        if (!m_isUsable)
            return std::unexpected(Error{.code = ErrorCode::ConnectionLost, .detail = QStringLiteral("scripted end"), .statement = sql});
        m_cancel->asked = false;
        for (const Notice &notice : std::exchange(notices, {})) {
            if (m_receiver)
                m_receiver(notice);
        }
        if (whileRunning)
            whileRunning(sql);
        if (m_cancel->asked && !m_undoes)
            return failed(Error{.code = ErrorCode::Cancelled, .sqlState = QStringLiteral("57014")}, sql);
        if (statements.size() == failsAtCall)
            return failed(failure, sql);
        if (m_state == TransactionState::InFailedTransaction && sql != QLatin1String("ROLLBACK")) {
            return failed(Error{.code = ErrorCode::StatementFailed,
                                .detail = QStringLiteral("current transaction is aborted"),
                                .sqlState = QStringLiteral("25P02")},
                          sql);
        }
        if (answer) {
            if (std::optional<Result<Outcome>> scripted = answer(sql))
                return *scripted ? std::move(*scripted) : Result<Outcome>(failed(scripted->error(), sql));
        }
        return answers.value(sql);
    }
    [[nodiscard]] Result<void> begin() override
    {
        if (m_isUsable && m_state != TransactionState::Idle)
            return std::unexpected(
                Error{.code = ErrorCode::StatementFailed, .sqlState = QStringLiteral("25001"), .statement = QStringLiteral("BEGIN")});
        return control(QStringLiteral("BEGIN"), TransactionState::InTransaction);
    }
    [[nodiscard]] Result<void> commit() override
    {
        if (m_state == TransactionState::InFailedTransaction)
            return std::unexpected(
                Error{.code = ErrorCode::StatementFailed, .sqlState = QStringLiteral("25P02"), .statement = QStringLiteral("COMMIT")});
        auto done = control(QStringLiteral("COMMIT"), TransactionState::Idle);
        if (!done && m_isUsable)
            m_state = TransactionState::Idle; // a commit that fails has rolled back
        return done;
    }
    [[nodiscard]] Result<void> rollback() override
    {
        if (m_state == TransactionState::Idle)
            return {};
        m_undoes = true;
        auto done = control(QStringLiteral("ROLLBACK"), TransactionState::Idle);
        m_undoes = false;
        return done;
    }
    [[nodiscard]] TransactionState transactionState() const override { return m_state; }
    [[nodiscard]] bool isUsable() const override { return m_isUsable; }
    [[nodiscard]] std::shared_ptr<CancelHandle> cancelHandle() override { return m_cancel; }
    void setNoticeReceiver(std::function<void(const Notice &)> receiver) override { m_receiver = std::move(receiver); }
    [[nodiscard]] QString serverVersion() const override
    {
        return m_kind == dialect::DialectKind::PostgreSql ? QStringLiteral("PostgreSQL 15.0") : QStringLiteral("SQLite 3.40.0");
    }
    [[nodiscard]] int serverVersionNumber() const override { return m_kind == dialect::DialectKind::PostgreSql ? version : 3040000; }
    [[nodiscard]] QStringList sessionSettings() const override { return {QStringLiteral("fake = on")}; }

private:
    struct Cancel final : CancelHandle {
        std::atomic<bool> asked = false;
        void cancel() override { asked = true; }
    };
    [[nodiscard]] std::unexpected<Error> failed(Error error, const QString &sql)
    {
        error.statement = sql;
        if (error.code == ErrorCode::ConnectionLost) {
            m_isUsable = false;
            m_state = TransactionState::Unknown;
        } else if (m_state == TransactionState::InTransaction && m_kind == dialect::DialectKind::PostgreSql) {
            m_state = TransactionState::InFailedTransaction;
        }
        return std::unexpected(std::move(error));
    }
    [[nodiscard]] Result<void> control(const QString &sql, TransactionState then)
    {
        if (const auto done = execute(sql); !done)
            return std::unexpected(done.error());
        m_state = then;
        return {};
    }

    dialect::DialectKind m_kind;
    TransactionState m_state = TransactionState::Idle;
    bool m_isUsable = true;
    bool m_undoes = false; // no cancel keeps a transaction open
    std::shared_ptr<Cancel> m_cancel = std::make_shared<Cancel>();
    std::function<void(const Notice &)> m_receiver;
};

} // namespace stillroom::database
