// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

struct pg_conn;
struct pg_result;

namespace stillroom::database {

/// libpq alone, one statement at a time. Source: PostgreSQL, "libpq – C Library": "Database Connection Control Functions",
/// "Asynchronous Command Processing", "Canceling Queries in Progress". Not QSqlQuery: that hides a failing second statement,
/// loops for ever on COPY FROM STDIN and changes the session's settings.
class PostgreSqlSession final : public Session {
public:
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const ConnectionSpec &spec);
    ~PostgreSqlSession() override;
    Q_DISABLE_COPY_MOVE(PostgreSqlSession)

    [[nodiscard]] dialect::DialectKind kind() const override { return dialect::DialectKind::PostgreSql; }
    [[nodiscard]] Result<Outcome> execute(const QString &sql) override;
    [[nodiscard]] Result<void> executeAll(const QStringList &statements, const std::function<void(Outcome &&)> &answered,
                                          const std::function<void()> &meanwhile) override;
    [[nodiscard]] Result<void> begin() override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] Result<void> rollback() override;
    [[nodiscard]] TransactionState transactionState() const override;
    [[nodiscard]] bool isUsable() const override;
    [[nodiscard]] std::shared_ptr<CancelHandle> cancelHandle() override;
    void setNoticeReceiver(std::function<void(const Notice &)> receiver) override { m_receiver = std::move(receiver); }
    void setPulse(std::function<void()> pulse) override { m_pulse = std::move(pulse); }
    [[nodiscard]] int backendPid() const override;
    [[nodiscard]] Encryption encryption() const override;
    [[nodiscard]] SessionAddress address() const override;
    [[nodiscard]] QString serverVersion() const override;
    [[nodiscard]] int serverVersionNumber() const override;
    [[nodiscard]] QStringList sessionSettings() const override { return m_settings; }

private:
    class Cancel;
    PostgreSqlSession() = default;
    [[nodiscard]] Result<void> connect(const ConnectionSpec &spec, bool withOptions);
    [[nodiscard]] Result<void> applySettings();
    [[nodiscard]] bool waitForResult();
    [[nodiscard]] Error connectionError(const ConnectionSpec &spec) const;
    [[nodiscard]] Error statementError(const pg_result *result, const QString &sql) const;
    [[nodiscard]] Error lostError(const QString &sql) const;
    static void receiveNotice(void *session, const pg_result *result);

    pg_conn *m_conn = nullptr;
    std::shared_ptr<Cancel> m_cancel;
    std::function<void(const Notice &)> m_receiver;
    std::function<void()> m_pulse;
    std::vector<std::pair<QString, QString>> m_wishes; ///< server settings asked for, in the order of being applied
    QStringList m_settings;
};

/// What libpq takes for a keyword that is not given: the environment, the service named there, its built-in default.
[[nodiscard]] QString defaultKeyword(const char *keyword);

} // namespace stillroom::database
