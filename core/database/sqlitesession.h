// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

struct sqlite3;

namespace stillroom::database {

/// SQLite through Qt's driver. Its handle serves for what the driver has no words for: cancel, whether a transaction is
/// open, where in the text an error lies. Source: SQLite, "C-language Interface Specification", "Result and Error Codes".
class SqliteSession final : public Session {
public:
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const ConnectionSpec &spec);
    ~SqliteSession() override;
    Q_DISABLE_COPY_MOVE(SqliteSession)

    [[nodiscard]] dialect::DialectKind kind() const override { return dialect::DialectKind::Sqlite; }
    [[nodiscard]] Result<Outcome> execute(const QString &sql) override;
    [[nodiscard]] Result<void> begin() override;
    [[nodiscard]] Result<void> commit() override;
    [[nodiscard]] Result<void> rollback() override;
    [[nodiscard]] TransactionState transactionState() const override;
    [[nodiscard]] bool isUsable() const override;
    [[nodiscard]] std::shared_ptr<CancelHandle> cancelHandle() override;
    void setNoticeReceiver(std::function<void(const Notice &)>) override {} ///< SQLite has none
    void setPulse(std::function<void()> pulse) override;
    [[nodiscard]] QString serverVersion() const override { return QStringLiteral("SQLite ") + m_version; }
    [[nodiscard]] int serverVersionNumber() const override;
    [[nodiscard]] SessionAddress address() const override;
    [[nodiscard]] QStringList sessionSettings() const override { return m_settings; }

private:
    class Cancel;
    explicit SqliteSession(QString connectionName) : m_connectionName(std::move(connectionName)) {}
    [[nodiscard]] Result<void> prepare(const ConnectionSpec &spec);
    void takeHandle();
    [[nodiscard]] Error statementError(const QString &sql, const QString &driverCode, const QString &driverText, int codePointsBefore) const;

    QString m_connectionName;    ///< never the QSqlDatabase itself: a copy that outlives removeDatabase() is dead
    sqlite3 *m_handle = nullptr; ///< null where Qt brings an SQLite of its own, which ours must not touch
    std::shared_ptr<Cancel> m_cancel;
    QString m_version;
    QStringList m_settings;
    bool m_isReadOnly = false;
    bool m_transactionOpen = false; ///< what begin() and commit() said, for want of a handle
};

/// The first statement of a text, without blanks, comments and semicolon around it; empty when there is none. `rest`: what
/// follows its semicolon, when that is more than blanks and comments.
struct FirstStatement {
    QString sql, rest;
    int codePointsBefore = 0;
};
[[nodiscard]] FirstStatement firstStatement(const QString &text);

} // namespace stillroom::database
