// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <expected>
#include <memory>
#include <utility>
#include <vector>

/// A real PostgreSQL for tests: a private cluster in a temporary folder, reached by its unix socket. Source: PostgreSQL,
/// "Creating a Database Cluster", "Server Configuration". Nothing is left running: the server is a child that the kernel
/// ends when the test dies, however it dies.
namespace stillroom::testsupport {

using Keywords = std::vector<std::pair<QString, QString>>; ///< libpq's, as ConnectionSpec takes them

class PostgresServer;

/// What to print beside QVERIFY2, which evaluates its message also when all is well.
template<class T>
[[nodiscard]] QByteArray failureText(const std::expected<T, QString> &result)
{
    return result ? QByteArray() : result.error().toUtf8();
}

/// A database of one test; dropped at the end, whoever is still connected.
class TestDatabase {
public:
    TestDatabase(const PostgresServer &server, QString name);
    ~TestDatabase();
    Q_DISABLE_COPY_MOVE(TestDatabase)

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] Keywords keywords() const;
    [[nodiscard]] QString url(const QString &scheme = QStringLiteral("postgresql")) const; ///< SQLAlchemy's form
    /// Runs a text of one or several statements as the superuser; rows of the last one, nulls as null strings.
    [[nodiscard]] std::expected<std::vector<QStringList>, QString> run(const QString &sql) const;
    /// `pg_dump --schema-only` without owners, versions and blank lines, so that two dumps compare.
    [[nodiscard]] std::expected<QString, QString> schemaDump(const QStringList &furtherArguments = {}) const;
    /// From now on the server notes every statement that comes in over new connections to this database.
    [[nodiscard]] std::expected<void, QString> logStatements() const;
    /// Statements noted for this database, in order; `applicationName` narrows them to one kind of client.
    [[nodiscard]] QStringList loggedStatements(const QString &applicationName = {}) const;

private:
    const PostgresServer &m_server;
    QString m_name;
};

class PostgresServer {
public:
    struct Options {
        bool listensOnTcp = false;   ///< on 127.0.0.1 and a port that was free
        bool logsStatements = false; ///< log_statement=all for every database
        QStringList hbaLines;        ///< put before the lines that trust everyone
        QStringList settings;        ///< further "name=value"
    };
    /// The role to make a member of so that a role must give its password (scram) on any server made here.
    static constexpr char kPasswordRole[] = "password_needed";

    /// A cluster of its own. The calling thread must live as long as the server.
    [[nodiscard]] static std::expected<std::unique_ptr<PostgresServer>, QString> start(const Options &options);
    [[nodiscard]] static std::expected<std::unique_ptr<PostgresServer>, QString> start();
    /// The cluster of this ctest run (STILLROOM_TEST_POSTGRES names the file with its address); a test started by hand gets
    /// a cluster of its own, once for the process. Ends the process with a sentence when there is no PostgreSQL.
    [[nodiscard]] static PostgresServer &shared();

    ~PostgresServer();
    Q_DISABLE_COPY_MOVE(PostgresServer)

    /// Stops the server under its clients' feet and starts it again. Not for shared(). Source: PostgreSQL, "Shutting Down the Server".
    enum class Shutdown { Fast, Immediate };
    void stop(Shutdown mode);
    [[nodiscard]] qint64 processId() const { return m_process ? m_process->processId() : 0; } ///< of the postmaster; 0: not started here, or ended
    [[nodiscard]] std::expected<void, QString> startAgain();

    [[nodiscard]] std::unique_ptr<TestDatabase> createDatabase(const QString &templateName = QStringLiteral("template1")) const;
    [[nodiscard]] Keywords keywords(const QString &database = QStringLiteral("postgres")) const;
    [[nodiscard]] QString socketFolder() const { return m_socketFolder; }
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] QString logText() const;
    [[nodiscard]] QString program(const QString &name) const { return m_binFolder + QLatin1Char('/') + name; }
    [[nodiscard]] std::expected<std::vector<QStringList>, QString> run(const QString &database, const QString &sql) const;
    /// As `NAME=value` for child processes that use libpq: PGHOST, PGPORT, PGUSER.
    [[nodiscard]] QStringList environment() const;

    /// For the fixture: what shared() reads back.
    [[nodiscard]] QString addressText() const;

private:
    PostgresServer() = default;
    [[nodiscard]] static std::expected<std::unique_ptr<PostgresServer>, QString> attach(const QString &addressFile);
    [[nodiscard]] std::expected<void, QString> makeCluster(const Options &options);
    [[nodiscard]] std::expected<void, QString> launch(const Options &options);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_process;
    QString m_socketFolder, m_binFolder, m_logFile;
    int m_port = 5432;
    Options m_options;
};

} // namespace stillroom::testsupport
