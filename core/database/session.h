// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "dialect/dialect.h"

#include <QString>
#include <QStringList>
#include <QVariant>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// A conversation with one database. Opened, used and closed in one thread; only CancelHandle may be used from another.
namespace stillroom::database {

/// Where and how to connect. For PostgreSQL libpq's own keywords ("Parameter Key Words"), passed through as they are; libpq's
/// service files, pgpass and PG* variables stay in force.
struct ConnectionSpec {
    dialect::DialectKind kind = dialect::DialectKind::Sqlite;
    std::vector<std::pair<QString, QString>> keywords{};
    QString sqliteFile{};
    bool readOnly = false;              ///< enforced by the server (default_transaction_read_only) or the file's open mode
    bool createIfMissing = false;       ///< SQLite: make the file
    int lockTimeoutMs = 5000;           ///< 0: as the server has it; SQLite: no limit
    int statementTimeoutMs = 0;         ///< 0: as the server has it
    int idleInTransactionTimeoutMs = 0; ///< 0: as the server has it
    int connectTimeoutMs = 10000;       ///< for all hosts together; libpq's connect_timeout, where given, goes first
    QString shownAs{};                  ///< what display() says, where host and port are those of a tunnel's near end
    bool operator==(const ConnectionSpec &) const = default;
    [[nodiscard]] QString display() const; ///< never with the password
    [[nodiscard]] QString databaseName() const;
};

struct Notice {
    QString severity{}, sqlState{}, text{}, detail{}, hint{};
};

struct Outcome {
    QStringList columns{};
    QStringList
        types{}; ///< PostgreSQL: of each column as pg_type names it where the text needs reading ("numeric", "timestamptz", "_int"), else empty
    std::vector<std::vector<QVariant>> rows{}; ///< PostgreSQL: text form as QString (booleans, integers, floats as such); null as invalid QVariant
    qint64 rowsAffected = -1;
    QString commandTag{}; ///< PostgreSQL's; empty on SQLite
};

/// What protects the connection itself. Source: PostgreSQL, "libpq – C Library", "Connection Status Functions" (PQsslInUse).
struct Encryption {
    enum class Kind { NoNetwork, None, Tls, Gss };
    Kind kind = Kind::NoNetwork; ///< NoNetwork: a unix socket or a file
    QString protocol{}, cipher{};
    bool operator==(const Encryption &) const = default;
};

enum class TransactionState { Idle, InTransaction, InFailedTransaction, Unknown };

/// Where a session is connected to, without the password (PostgreSQL, libpq "Connection Status Functions").
struct SessionAddress {
    QString user, host; ///< host: a name, an address, or the folder of a socket; both empty on SQLite
    QString database;   ///< SQLite: the file
    int port = 0;       ///< 0: none
};

/// May be used from any thread, also after the session has gone (then does nothing).
class CancelHandle {
public:
    virtual ~CancelHandle();
    virtual void cancel() = 0; ///< returns at once or within the time a new connection takes (PQcancel)
};

class Session {
public:
    virtual ~Session();
    /// Errors: ConnectionRefused, AuthenticationFailed, PasswordNeeded, DatabaseMissing, DatabaseFileMissing.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const ConnectionSpec &spec);

    [[nodiscard]] virtual dialect::DialectKind kind() const = 0;
    /// One statement; several in one text are refused and none of them runs. Errors: StatementFailed with sqlState,
    /// position, hint, constraintName, …; CopyRefused; ConnectionLost; Cancelled (through the handle; a timeout or another
    /// administrator's cancel is StatementFailed with 57014).
    [[nodiscard]] virtual Result<Outcome> execute(const QString &sql) = 0;
    /// Statements of the open transaction, in order, on PostgreSQL sent together (libpq's pipeline mode): `answered` is told each outcome as
    /// it comes. The first that fails ends it and none after it runs; how many were answered says which it was. `meanwhile` is
    /// called once when they are sent, before the first answer is waited for; not where they go one by one. Not for COPY. Errors: as execute().
    [[nodiscard]] virtual Result<void> executeAll(const QStringList &statements, const std::function<void(Outcome &&)> &answered,
                                                  const std::function<void()> &meanwhile);
    /// StatementFailed (25001) when a transaction is open already. SQLite: BEGIN IMMEDIATE, so that the lock is waited
    /// for here and not in the middle.
    [[nodiscard]] virtual Result<void> begin() = 0;
    /// StatementFailed (25P02) in a failed transaction, where PostgreSQL would answer COMMIT with a silent ROLLBACK.
    [[nodiscard]] virtual Result<void> commit() = 0;
    /// Does nothing when no transaction is open.
    [[nodiscard]] virtual Result<void> rollback() = 0;
    [[nodiscard]] virtual TransactionState transactionState() const = 0;
    [[nodiscard]] virtual bool isUsable() const = 0;
    [[nodiscard]] virtual std::shared_ptr<CancelHandle> cancelHandle() = 0;
    /// Called in the session's thread while execute() runs.
    virtual void setNoticeReceiver(std::function<void(const Notice &)> receiver) = 0;
    /// Called in the session's thread about every kPulseMs while a statement does not end: on PostgreSQL as long as it runs, on
    /// SQLite as long as it waits for a lock. It must leave this session alone.
    virtual void setPulse(std::function<void()> pulse);
    static constexpr int kPulseMs = 250;
    /// The server's process of this session, as pg_stat_activity has it; 0 where there is none.
    [[nodiscard]] virtual int backendPid() const;
    [[nodiscard]] virtual Encryption encryption() const;
    [[nodiscard]] virtual SessionAddress address() const;
    [[nodiscard]] virtual QString serverVersion() const = 0;   ///< "PostgreSQL 15.18", "SQLite 3.40.1"
    [[nodiscard]] virtual int serverVersionNumber() const = 0; ///< 150018; SQLite 3040001
    /// Settings that this session made, for the log's first entry.
    [[nodiscard]] virtual QStringList sessionSettings() const = 0;
};

/// Whether the text can only be one statement: no semicolon stands before its end. False: not known.
[[nodiscard]] bool isSurelyOne(const QString &sql);

} // namespace stillroom::database
