// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgresserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QUrl>
#include <QUuid>

#include <libpq-fe.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <arpa/inet.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stillroom::testsupport {

namespace {

std::unexpected<QString> failure(const QString &text) { return std::unexpected(text); }

/// Debian keeps initdb and postgres out of PATH; the newest installed version wins, else what pg_config knows.
/// STILLROOM_POSTGRES_BIN: the folder of another version, for tests that are run by hand.
QString findBinFolder()
{
    if (qEnvironmentVariableIsSet("STILLROOM_POSTGRES_BIN"))
        return qEnvironmentVariable("STILLROOM_POSTGRES_BIN");
    QDir versions(QStringLiteral("/usr/lib/postgresql"));
    QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) { return a.toDouble() > b.toDouble(); });
    for (const QString &name : names) {
        const QString folder = versions.filePath(name) + QStringLiteral("/bin");
        if (QFile::exists(folder + QStringLiteral("/initdb")) && QFile::exists(folder + QStringLiteral("/postgres")))
            return folder;
    }
    QProcess config;
    config.start(QStringLiteral("pg_config"), {QStringLiteral("--bindir")});
    if (config.waitForFinished() && config.exitCode() == 0) {
        const QString folder = QString::fromLocal8Bit(config.readAllStandardOutput()).trimmed();
        if (QFile::exists(folder + QStringLiteral("/initdb")))
            return folder;
    }
    return {};
}

/// The account that owns the cluster: PostgreSQL refuses to run as root.
const passwd *serverAccount()
{
    if (geteuid() != 0)
        return nullptr;
    return getpwnam("postgres");
}

/// Becomes the server's account, and dies with the parent. Runs between fork and exec.
void becomeServer(const passwd *account, int deathSignal)
{
    if (account && (setgroups(1, &account->pw_gid) != 0 || setgid(account->pw_gid) != 0 || setuid(account->pw_uid) != 0))
        _exit(126);
    if (deathSignal != 0 && prctl(PR_SET_PDEATHSIG, deathSignal) != 0)
        _exit(126);
}

int freePort()
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int port = 0;
    if (bind(fd, reinterpret_cast<sockaddr *>(&address), length) == 0 && getsockname(fd, reinterpret_cast<sockaddr *>(&address), &length) == 0)
        port = ntohs(address.sin_port);
    close(fd);
    return port;
}

struct Connection {
    PGconn *conn;
    explicit Connection(const Keywords &keywords)
    {
        std::vector<QByteArray> bytes;
        for (const auto &[key, value] : keywords) {
            bytes.push_back(key.toUtf8());
            bytes.push_back(value.toUtf8());
        }
        std::vector<const char *> keys, values;
        for (size_t i = 0; i < bytes.size(); i += 2) {
            keys.push_back(bytes[i].constData());
            values.push_back(bytes[i + 1].constData());
        }
        keys.push_back(nullptr);
        values.push_back(nullptr);
        conn = PQconnectdbParams(keys.data(), values.data(), 0);
    }
    ~Connection() { PQfinish(conn); }
    Q_DISABLE_COPY_MOVE(Connection)
};

} // namespace

TestDatabase::TestDatabase(const PostgresServer &server, QString name) : m_server(server), m_name(std::move(name)) {}

TestDatabase::~TestDatabase()
{
    // In two steps, since FORCE came with PostgreSQL 13.
    std::ignore =
        m_server.run(QStringLiteral("postgres"), QStringLiteral("ALTER DATABASE \"%1\" ALLOW_CONNECTIONS false; "
                                                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%1'")
                                                     .arg(m_name));
    const auto dropped = m_server.run(QStringLiteral("postgres"), QStringLiteral("DROP DATABASE IF EXISTS \"%1\"").arg(m_name));
    if (!dropped)
        qWarning("test database %s stays: %s", qPrintable(m_name), qPrintable(dropped.error()));
}

Keywords TestDatabase::keywords() const { return m_server.keywords(m_name); }

QString TestDatabase::url(const QString &scheme) const
{
    return QStringLiteral("%1://postgres@/%2?host=%3&port=%4")
        .arg(scheme, m_name, QString::fromLatin1(QUrl::toPercentEncoding(m_server.socketFolder(), "/")))
        .arg(m_server.port());
}

std::expected<std::vector<QStringList>, QString> TestDatabase::run(const QString &sql) const { return m_server.run(m_name, sql); }

std::expected<QString, QString> TestDatabase::schemaDump(const QStringList &furtherArguments) const
{
    QProcess dump;
    const QStringList arguments = {QStringLiteral("--schema-only"), QStringLiteral("--no-owner"),
                                   QStringLiteral("--host"),        m_server.socketFolder(),
                                   QStringLiteral("--port"),        QString::number(m_server.port()),
                                   QStringLiteral("--username"),    QStringLiteral("postgres"),
                                   QStringLiteral("--dbname"),      m_name};
    dump.start(m_server.program(QStringLiteral("pg_dump")), arguments + furtherArguments);
    if (!dump.waitForFinished(60000) || dump.exitCode() != 0)
        return failure(QStringLiteral("pg_dump: ") + QString::fromUtf8(dump.readAllStandardError()));
    QString text = QString::fromUtf8(dump.readAllStandardOutput());
    // \restrict carries a random key in the minor releases of August 2025 and later.
    static const QRegularExpression changing(QStringLiteral("^(-- Dumped (from|by) .*|\\\\(un)?restrict .*)$"), QRegularExpression::MultilineOption);
    static const QRegularExpression blank(QStringLiteral("\n{2,}"));
    text.remove(changing);
    text.replace(blank, QStringLiteral("\n"));
    return text;
}

std::expected<void, QString> TestDatabase::logStatements() const
{
    const auto set = m_server.run(QStringLiteral("postgres"), QStringLiteral("ALTER DATABASE \"%1\" SET log_statement = 'all'").arg(m_name));
    if (!set)
        return failure(set.error());
    return {};
}

QStringList TestDatabase::loggedStatements(const QString &applicationName) const
{
    // log_line_prefix is "@database@application@ "; lines that go on start with a tab.
    static const QRegularExpression head(QStringLiteral("^@([^@]*)@([^@]*)@ (\\w+):  (?:statement|execute [^:]*): (.*)$"),
                                         QRegularExpression::DotMatchesEverythingOption);
    QStringList statements;
    bool wanted = false;
    const QStringList lines = m_server.logText().split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (line.startsWith(QLatin1Char('\t'))) {
            if (wanted)
                statements.last() += QLatin1Char('\n') + line.mid(1);
            continue;
        }
        const QRegularExpressionMatch match = head.match(line);
        wanted = match.hasMatch() && match.captured(1) == m_name && match.captured(3) == QLatin1String("LOG") &&
                 (applicationName.isEmpty() || match.captured(2) == applicationName);
        if (wanted)
            statements.append(match.captured(4));
    }
    return statements;
}

std::expected<std::unique_ptr<PostgresServer>, QString> PostgresServer::start() { return start(Options{}); }

std::expected<std::unique_ptr<PostgresServer>, QString> PostgresServer::start(const Options &options)
{
    std::unique_ptr<PostgresServer> server(new PostgresServer);
    if (const auto made = server->makeCluster(options); !made)
        return failure(made.error());
    // Between finding a free port and the server's bind another process may take it.
    QString why;
    for (int attempt = 0; attempt < (options.listensOnTcp ? 5 : 1); ++attempt) {
        const auto launched = server->launch(options);
        if (launched)
            return server;
        why = launched.error();
    }
    return failure(why);
}

std::expected<void, QString> PostgresServer::makeCluster(const Options &options)
{
    m_binFolder = findBinFolder();
    if (m_binFolder.isEmpty())
        return failure(QStringLiteral("no PostgreSQL server is installed (looked in /usr/lib/postgresql/*/bin and asked pg_config)"));
    const passwd *account = serverAccount();
    if (geteuid() == 0 && !account)
        return failure(QStringLiteral("running as root, and there is no user postgres to run a server as"));

    m_folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/stillroom-pg-XXXXXX"));
    if (!m_folder->isValid())
        return failure(m_folder->errorString());
    m_socketFolder = m_folder->path();
    m_logFile = m_folder->filePath(QStringLiteral("log"));
    if (account && chown(QFile::encodeName(m_socketFolder).constData(), account->pw_uid, account->pw_gid) != 0)
        return failure(QStringLiteral("cannot give %1 to user postgres").arg(m_socketFolder));

    const QString cluster = m_folder->filePath(QStringLiteral("cluster"));
    QProcess initdb;
    initdb.setWorkingDirectory(m_socketFolder);
    initdb.setProcessChannelMode(QProcess::MergedChannels);
    initdb.setChildProcessModifier([account] { becomeServer(account, SIGKILL); });
    initdb.start(program(QStringLiteral("initdb")),
                 {QStringLiteral("-D"), cluster, QStringLiteral("-A"), QStringLiteral("trust"), QStringLiteral("-U"), QStringLiteral("postgres"),
                  QStringLiteral("-E"), QStringLiteral("UTF8"), QStringLiteral("--locale=C.UTF-8"), QStringLiteral("--no-sync")});
    if (!initdb.waitForFinished(120000) || initdb.exitStatus() != QProcess::NormalExit || initdb.exitCode() != 0)
        return failure(QStringLiteral("initdb failed: ") + initdb.errorString() + QLatin1Char('\n') + QString::fromUtf8(initdb.readAll()));

    QFile hba(cluster + QStringLiteral("/pg_hba.conf"));
    if (!hba.open(QIODevice::ReadWrite))
        return failure(hba.errorString());
    const QByteArray standard = hba.readAll();
    QStringList lines = options.hbaLines;
    lines << QStringLiteral("local all +%1 scram-sha-256").arg(QLatin1String(kPasswordRole))
          << QStringLiteral("host all +%1 all scram-sha-256").arg(QLatin1String(kPasswordRole)) << QString();
    hba.seek(0);
    hba.write(lines.join(QLatin1Char('\n')).toUtf8() + standard);
    return {};
}

std::expected<void, QString> PostgresServer::launch(const Options &options)
{
    m_options = options;
    if (options.listensOnTcp)
        m_port = freePort();
    QStringList settings = {
        QStringLiteral("unix_socket_directories=") + m_socketFolder,
        QStringLiteral("listen_addresses=") + (options.listensOnTcp ? QStringLiteral("127.0.0.1") : QString()),
        QStringLiteral("port=%1").arg(m_port),
        QStringLiteral("fsync=off"),
        QStringLiteral("synchronous_commit=off"),
        QStringLiteral("full_page_writes=off"),
        QStringLiteral("autovacuum=off"),
        QStringLiteral("password_encryption=scram-sha-256"), // the default from 14 on
        QStringLiteral("timezone=UTC"),
        QStringLiteral("log_timezone=UTC"),
        QStringLiteral("lc_messages=C"),
        QStringLiteral("logging_collector=off"),
        QStringLiteral("log_destination=stderr"),
        QStringLiteral("log_line_prefix=@%d@%a@ "),
        QStringLiteral("log_statement=") + (options.logsStatements ? QStringLiteral("all") : QStringLiteral("none")),
    };
    settings += options.settings;
    QStringList arguments = {QStringLiteral("-D"), m_folder->filePath(QStringLiteral("cluster"))};
    for (const QString &setting : settings)
        arguments << QStringLiteral("-c") << setting;

    const passwd *account = serverAccount();
    m_process = std::make_unique<QProcess>();
    m_process->setWorkingDirectory(m_socketFolder);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(m_logFile, QIODevice::Append);
    const pid_t parent = getpid();
    m_process->setChildProcessModifier([account, parent] {
        becomeServer(account, SIGQUIT);
        if (getppid() != parent) // the parent died before the death signal was set
            _exit(126);
    });
    m_process->start(program(QStringLiteral("postgres")), arguments);
    if (!m_process->waitForStarted())
        return failure(QStringLiteral("postgres does not start: ") + m_process->errorString());

    const QByteArray folder = m_socketFolder.toUtf8(), port = QByteArray::number(m_port);
    const char *keys[] = {"host", "port", "user", "dbname", nullptr};
    const char *values[] = {folder.constData(), port.constData(), "postgres", "postgres", nullptr};
    QElapsedTimer waited;
    waited.start();
    while (waited.elapsed() < 60000) {
        if (PQpingParams(keys, values, 0) == PQPING_OK)
            return {};
        if (m_process->waitForFinished(10) || m_process->state() == QProcess::NotRunning)
            return failure(QStringLiteral("postgres ended at once:\n") + logText());
    }
    return failure(QStringLiteral("postgres does not answer after a minute:\n") + logText());
}

PostgresServer::~PostgresServer()
{
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return;
    // "Fast" shutdown: SIGTERM would wait for the last client.
    ::kill(static_cast<pid_t>(m_process->processId()), SIGINT);
    if (!m_process->waitForFinished(20000)) {
        ::kill(static_cast<pid_t>(m_process->processId()), SIGQUIT);
        m_process->waitForFinished(20000);
    }
}

void PostgresServer::stop(Shutdown mode)
{
    ::kill(static_cast<pid_t>(m_process->processId()), mode == Shutdown::Fast ? SIGINT : SIGQUIT);
    m_process->waitForFinished(60000);
}

std::expected<void, QString> PostgresServer::startAgain() { return launch(Options(m_options)); }

PostgresServer &PostgresServer::shared()
{
    static const std::unique_ptr<PostgresServer> server = [] {
        const QString file = qEnvironmentVariable("STILLROOM_TEST_POSTGRES");
        auto started = file.isEmpty() ? start() : attach(file);
        if (!started) {
            std::fprintf(stderr, "%s\n", qPrintable(started.error()));
            std::exit(EXIT_FAILURE);
        }
        return std::move(*started);
    }();
    return *server;
}

std::expected<std::unique_ptr<PostgresServer>, QString> PostgresServer::attach(const QString &addressFile)
{
    QFile file(addressFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("%1: %2 (the fixture that starts PostgreSQL has not run)").arg(addressFile, file.errorString()));
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    if (lines.size() < 4)
        return failure(QStringLiteral("%1 is not the address of a test server").arg(addressFile));
    std::unique_ptr<PostgresServer> server(new PostgresServer);
    server->m_socketFolder = lines.at(0);
    server->m_port = lines.at(1).toInt();
    server->m_binFolder = lines.at(2);
    server->m_logFile = lines.at(3);
    return server;
}

QString PostgresServer::addressText() const
{
    return QStringList{m_socketFolder, QString::number(m_port), m_binFolder, m_logFile}.join(QLatin1Char('\n'));
}

std::unique_ptr<TestDatabase> PostgresServer::createDatabase(const QString &templateName) const
{
    const QString name = QStringLiteral("t_") + QUuid::createUuid().toString(QUuid::Id128).left(16);
    const auto created = run(QStringLiteral("postgres"), QStringLiteral("CREATE DATABASE \"%1\" TEMPLATE \"%2\"").arg(name, templateName));
    if (!created)
        qFatal("cannot create a test database: %s", qPrintable(created.error()));
    return std::make_unique<TestDatabase>(*this, name);
}

Keywords PostgresServer::keywords(const QString &database) const
{
    return {{QStringLiteral("host"), m_socketFolder},
            {QStringLiteral("port"), QString::number(m_port)},
            {QStringLiteral("user"), QStringLiteral("postgres")},
            {QStringLiteral("dbname"), database}};
}

QStringList PostgresServer::environment() const
{
    return {QStringLiteral("PGHOST=") + m_socketFolder, QStringLiteral("PGPORT=%1").arg(m_port), QStringLiteral("PGUSER=postgres")};
}

QString PostgresServer::logText() const
{
    QFile file(m_logFile);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : file.errorString();
}

std::expected<std::vector<QStringList>, QString> PostgresServer::run(const QString &database, const QString &sql) const
{
    const Connection connection(keywords(database));
    if (PQstatus(connection.conn) != CONNECTION_OK)
        return failure(QString::fromUtf8(PQerrorMessage(connection.conn)));
    PQsetNoticeReceiver(connection.conn, [](void *, const PGresult *) {}, nullptr);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection.conn, sql.toUtf8().constData()), &PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return failure(QString::fromUtf8(PQresultErrorMessage(result.get())));
    std::vector<QStringList> rows;
    for (int r = 0; r < PQntuples(result.get()); ++r) {
        QStringList row;
        for (int c = 0; c < PQnfields(result.get()); ++c)
            row.append(PQgetisnull(result.get(), r, c) ? QString() : QString::fromUtf8(PQgetvalue(result.get(), r, c)));
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace stillroom::testsupport
