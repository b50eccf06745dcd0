// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/session.h"

#include "postgresserver.h"
#include "result.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>
#include <thread>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace stillroom;
using namespace stillroom::database;
using stillroom::testsupport::Keywords;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::TestDatabase;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

ConnectionSpec specFor(Keywords keywords) { return {.kind = dialect::DialectKind::PostgreSql, .keywords = std::move(keywords)}; }

Keywords with(Keywords keywords, const char *name, const QString &value)
{
    std::erase_if(keywords, [name](const auto &pair) { return pair.first == QLatin1String(name); });
    keywords.emplace_back(QLatin1String(name), value);
    return keywords;
}

/// Sets an environment variable for the length of a test.
struct Environment {
    const char *name;
    Environment(const char *variable, const QString &value) : name(variable) { qputenv(name, value.toLocal8Bit()); }
    ~Environment() { qunsetenv(name); }
    Q_DISABLE_COPY_MOVE(Environment)
};

/// Stands before the server as a connection pooler does: whoever sends options in the startup message is refused.
class Pooler {
public:
    Pooler(const QString &folder, const QString &serverFolder)
    {
        m_listener = socket(AF_UNIX, SOCK_STREAM, 0);
        m_isOpen = bind(m_listener, reinterpret_cast<const sockaddr *>(&address(folder)), sizeof(sockaddr_un)) == 0 && listen(m_listener, 8) == 0;
        m_thread = std::thread([this, serverFolder] {
            for (int client = 0; (client = accept(m_listener, nullptr, nullptr)) >= 0; close(client))
                serve(client, serverFolder);
        });
    }
    ~Pooler()
    {
        shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        close(m_listener);
    }
    Q_DISABLE_COPY_MOVE(Pooler)
    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] int refusedCount() const { return m_refused; }

private:
    static const sockaddr_un &address(const QString &folder)
    {
        thread_local sockaddr_un address;
        address = {};
        address.sun_family = AF_UNIX;
        const QByteArray path = QFile::encodeName(folder + QStringLiteral("/.s.PGSQL.5432"));
        std::copy_n(path.constData(), std::min<size_t>(static_cast<size_t>(path.size()), sizeof address.sun_path - 1), address.sun_path);
        return address;
    }
    /// True while bytes came and went on.
    static bool pass(int from, int to)
    {
        std::array<char, 8192> buffer;
        const ssize_t got = read(from, buffer.data(), buffer.size());
        return got > 0 && write(to, buffer.data(), static_cast<size_t>(got)) == got;
    }
    void serve(int client, const QString &serverFolder)
    {
        std::array<char, 8192> startup;
        const ssize_t got = read(client, startup.data(), startup.size());
        if (got <= 0)
            return;
        const QByteArray message(startup.data(), got);
        if (message.contains(QByteArray("\0options\0", 9))) {
            ++m_refused;
            const QByteArray fields = QByteArray("SFATAL\0C08P01\0Munsupported startup parameter: options\0\0", 55);
            const auto size = htonl(static_cast<quint32>(fields.size() + 4));
            const QByteArray answer = 'E' + QByteArray(reinterpret_cast<const char *>(&size), 4) + fields;
            std::ignore = write(client, answer.constData(), static_cast<size_t>(answer.size()));
            return;
        }
        const int server = socket(AF_UNIX, SOCK_STREAM, 0);
        if (::connect(server, reinterpret_cast<const sockaddr *>(&address(serverFolder)), sizeof(sockaddr_un)) == 0 &&
            write(server, message.constData(), static_cast<size_t>(message.size())) == message.size()) {
            std::array<pollfd, 2> waits{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
            for (bool goesOn = true; goesOn && poll(waits.data(), 2, -1) > 0;) {
                for (size_t i = 0; i < 2 && goesOn; ++i)
                    goesOn = !waits[i].revents || pass(waits[i].fd, waits[1 - i].fd);
            }
        }
        close(server);
    }
    int m_listener = -1;
    bool m_isOpen = false;
    std::atomic<int> m_refused = 0;
    std::thread m_thread;
};

} // namespace

class TestPostgreSqlSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void valuesComeAsTheyAre();
    void failedTransactionIsNotCommitted();
    void constraintThatFailsAtCommitIsTold();
    void noticesComeWhileTheStatementRuns();
    void positionCountsCodePoints();
    void violatedConstraintIsNamedWithItsTable();
    void errorInsideABlockHoldsTheInnerStatement();
    void copyFromTheClientIsRefused();
    void copyToTheClientIsRefused();
    void secondStatementInATextIsRefusedAndNothingRuns();
    void statementsSentTogetherKeepTheirPositionsAndNotices();
    void statementWithAZeroCharacterIsRefused();
    void concurrentIndexRunsOutsideATransaction();

    void readOnlyIsEnforcedByTheServer();
    void lockTimeoutEndsTheWait();
    void statementTimeoutIsNoCancel();
    void settingsAreReported();
    void optionsOfThePersonStayInForce_data();
    void optionsOfThePersonStayInForce();
    void searchPathIsUntouched();
    void lettersOfADatabaseInAnotherEncodingComeWhole();
    void applicationNameOfThePersonWins();
    void poolerThatRefusesOptionsIsGivenStatements();
    void nextHostIsTried();

    void serverThatIsNotThere();
    void serverThatDoesNotAnswer();
    void databaseThatIsNotThere();
    void wrongPassword();
    void missingPassword();
    void passwordIsNeverShown();
    void lostConnectionIsTold();

private:
    std::unique_ptr<Session> opened(const ConnectionSpec &spec)
    {
        auto session = Session::open(spec);
        if (!session)
            qFatal("%s", qPrintable(sentence(session.error())));
        return std::move(*session);
    }
    QString show(Session &session, const char *setting)
    {
        return session.execute(QStringLiteral("SHOW ") + QLatin1String(setting)).value().rows.at(0).at(0).toString();
    }
    QString roleWithPassword();

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Session> m_session;
    QStringList m_roles;
};

void TestPostgreSqlSession::init()
{
    m_database = PostgresServer::shared().createDatabase();
    m_session = opened(specFor(m_database->keywords()));
}

void TestPostgreSqlSession::cleanup()
{
    m_session.reset();
    m_database.reset();
    for (const QString &role : std::exchange(m_roles, {}))
        QVERIFY(PostgresServer::shared().run(q("postgres"), q("DROP ROLE ") + role));
}

QString TestPostgreSqlSession::roleWithPassword()
{
    const QString role = q("r_") + m_database->name();
    const QString group = QLatin1String(PostgresServer::kPasswordRole);
    const auto made = m_database->run(q("DO $$ BEGIN CREATE ROLE %1; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
                                        "CREATE ROLE %2 LOGIN PASSWORD 'the right one' IN ROLE %1")
                                          .arg(group, role));
    if (!made)
        qFatal("%s", qPrintable(made.error()));
    m_roles.append(role);
    return role;
}

void TestPostgreSqlSession::valuesComeAsTheyAre()
{
    const auto outcome = m_session->execute(q("SELECT true, false, 9223372036854775807, 2::int2, 0.1::float8, 'Infinity'::float4, 1.10::numeric, "
                                              "'2024-01-31'::date, NULL::bool, '\\x00ff'::bytea, 'NaN'::float8, '-Infinity'::float8"));
    VERIFY_OK(outcome);
    const auto row = outcome->rows.at(0);
    QCOMPARE(row.at(0), QVariant(true));
    QCOMPARE(row.at(1), QVariant(false));
    QCOMPARE(row.at(2), QVariant(9223372036854775807LL));
    QCOMPARE(row.at(3), QVariant(2LL));
    QCOMPARE(row.at(4), QVariant(0.1));
    QVERIFY(std::isinf(row.at(5).toDouble()));
    QCOMPARE(row.at(6), QVariant(q("1.10")));
    QCOMPARE(row.at(7), QVariant(q("2024-01-31")));
    QVERIFY(!row.at(8).isValid());
    QCOMPARE(row.at(9), QVariant(q("\\x00ff")));
    QVERIFY(std::isnan(row.at(10).toDouble()));
    QVERIFY(row.at(11).toDouble() < 0);
    QCOMPARE(outcome->commandTag, q("SELECT 1"));
}

void TestPostgreSqlSession::failedTransactionIsNotCommitted()
{
    VERIFY_OK(m_session->begin());
    COMPARE_ERROR(m_session->execute(q("SELECT 1 / 0")), ErrorCode::StatementFailed);
    QCOMPARE(m_session->transactionState(), TransactionState::InFailedTransaction);
    const auto committed = m_session->commit();
    COMPARE_ERROR(committed, ErrorCode::StatementFailed);
    QCOMPARE(committed.error().sqlState, q("25P02"));
    QCOMPARE(m_session->transactionState(), TransactionState::InFailedTransaction);
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
}

void TestPostgreSqlSession::constraintThatFailsAtCommitIsTold()
{
    QVERIFY(m_database->run(q("CREATE TABLE a (id int PRIMARY KEY);"
                              "CREATE TABLE b (a_id int CONSTRAINT fk_b_a REFERENCES a DEFERRABLE INITIALLY DEFERRED)")));
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->execute(q("INSERT INTO b VALUES (7)")));
    const auto committed = m_session->commit();
    COMPARE_ERROR(committed, ErrorCode::StatementFailed);
    QCOMPARE(committed.error().sqlState, q("23503"));
    QCOMPARE(committed.error().constraintName, q("fk_b_a"));
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
}

void TestPostgreSqlSession::noticesComeWhileTheStatementRuns()
{
    std::vector<Notice> notices;
    const auto handle = m_session->cancelHandle();
    m_session->setNoticeReceiver([&](const Notice &notice) {
        notices.push_back(notice);
        handle->cancel();
    });
    QElapsedTimer elapsed;
    elapsed.start();
    const auto outcome = m_session->execute(q("DO $$ BEGIN RAISE WARNING 'grün' USING DETAIL = 'why', HINT = 'what', ERRCODE = '01234';"
                                              " PERFORM pg_sleep(600); END $$"));
    COMPARE_ERROR(outcome, ErrorCode::Cancelled);
    QVERIFY(elapsed.elapsed() < 60000);
    QCOMPARE(notices.size(), size_t(1));
    QCOMPARE(notices[0].severity, q("WARNING"));
    QCOMPARE(notices[0].text, q("grün"));
    QCOMPARE(notices[0].detail, q("why"));
    QCOMPARE(notices[0].hint, q("what"));
    QCOMPARE(notices[0].sqlState, q("01234"));
}

void TestPostgreSqlSession::positionCountsCodePoints()
{
    const auto outcome = m_session->execute(q("SELECT 'äöü🐘', kolumne"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, q("42703"));
    QCOMPARE(outcome.error().position, 16);
    QCOMPARE(m_session->execute(q("SELECT reltuple FROM pg_class")).error().hint,
             q("Perhaps you meant to reference the column \"pg_class.reltuples\"."));
}

void TestPostgreSqlSession::violatedConstraintIsNamedWithItsTable()
{
    QVERIFY(m_database->run(q("CREATE SCHEMA s; CREATE TABLE s.users (email text CONSTRAINT uq_users_email UNIQUE, name text NOT NULL);"
                              "INSERT INTO s.users VALUES ('a@b', 'x')")));
    const auto twice = m_session->execute(q("INSERT INTO s.users VALUES ('a@b', 'y')"));
    COMPARE_ERROR(twice, ErrorCode::StatementFailed);
    QCOMPARE(twice.error().sqlState, q("23505"));
    QCOMPARE(twice.error().constraintName, q("uq_users_email"));
    QCOMPARE(twice.error().schemaName, q("s"));
    QCOMPARE(twice.error().tableName, q("users"));
    QCOMPARE(twice.error().serverDetail, q("Key (email)=(a@b) already exists."));
    QVERIFY(sentence(twice.error()).contains(q("already exists")));
    QCOMPARE(m_session->execute(q("INSERT INTO s.users VALUES ('c', NULL)")).error().columnName, q("name"));
}

void TestPostgreSqlSession::errorInsideABlockHoldsTheInnerStatement()
{
    const auto outcome = m_session->execute(q("DO $$ BEGIN EXECUTE 'SELECT missing'; END $$"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().internalQuery, q("SELECT missing"));
    QCOMPARE(outcome.error().internalPosition, 8);
    QCOMPARE(outcome.error().position, 0);
}

void TestPostgreSqlSession::copyFromTheClientIsRefused()
{
    QVERIFY(m_database->run(q("CREATE TABLE t (x int)")));
    COMPARE_ERROR(m_session->execute(q("COPY t FROM STDIN")), ErrorCode::CopyRefused);
    QVERIFY(m_session->isUsable());
    QCOMPARE(m_session->execute(q("SELECT count(*) FROM t")).value().rows.at(0).at(0), QVariant(0LL));
}

void TestPostgreSqlSession::copyToTheClientIsRefused()
{
    COMPARE_ERROR(m_session->execute(q("COPY (SELECT generate_series(1, 1000)) TO STDOUT")), ErrorCode::CopyRefused);
    VERIFY_OK(m_session->execute(q("SELECT 1")));
}

void TestPostgreSqlSession::secondStatementInATextIsRefusedAndNothingRuns()
{
    const auto outcome = m_session->execute(q("CREATE TABLE t (x int); CREATE TABLE u (x int)"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, q("42601"));
    QCOMPARE(m_session->execute(q("SELECT to_regclass('t')")).value().rows.at(0).at(0), QVariant());
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x int); -- a remark after the semicolon")));
}

void TestPostgreSqlSession::statementsSentTogetherKeepTheirPositionsAndNotices()
{
    const auto session = opened(specFor(m_database->keywords()));
    QStringList told;
    session->setNoticeReceiver([&told](const Notice &notice) { told.append(notice.text); });
    const auto answered = [&told](Outcome &&outcome) { told.append(outcome.commandTag); };
    VERIFY_OK(session->begin());
    VERIFY_OK(session->executeAll({q("CREATE TABLE one (id int)"), q("DO $$ BEGIN RAISE NOTICE 'half'; END $$"), q("SELECT 1; ")}, answered, {}));
    QCOMPARE(told, (QStringList{q("CREATE TABLE"), q("half"), q("DO"), q("SELECT 1")}));
    const auto failed = session->executeAll({q("SELECT 1"), q("SELECT * FROM\n  nowhere"), q("CREATE TABLE two (id int)")}, answered, {});
    COMPARE_ERROR(failed, ErrorCode::StatementFailed);
    QCOMPARE(failed.error().sqlState, q("42P01"));
    QCOMPARE(failed.error().position, 17);
    QCOMPARE(session->transactionState(), TransactionState::InFailedTransaction);
    VERIFY_OK(session->rollback());
    // Two in one of the texts are refused here as well; and after all of it the session is as before.
    VERIFY_OK(session->begin());
    COMPARE_ERROR(session->executeAll({q("SELECT 1"), q("SELECT 2; SELECT 3")}, answered, {}), ErrorCode::StatementFailed);
    VERIFY_OK(session->rollback());
    COMPARE_ERROR(session->execute(q("COPY pg_class TO STDOUT")), ErrorCode::CopyRefused);
    QVERIFY(session->execute(q("SELECT 1")));
    // A server that ends in the middle.
    VERIFY_OK(session->begin());
    const auto lost = session->executeAll({q("SELECT 1"), q("SELECT pg_terminate_backend(pg_backend_pid())"), q("SELECT 2")}, answered, {});
    COMPARE_ERROR(lost, ErrorCode::ConnectionLost);
    QVERIFY(!session->isUsable());
}

void TestPostgreSqlSession::statementWithAZeroCharacterIsRefused()
{
    QString sql = q("SELECT 1");
    sql.append(QChar(0)).append(q(" / 0"));
    COMPARE_ERROR(m_session->execute(sql), ErrorCode::StatementFailed);
}

void TestPostgreSqlSession::concurrentIndexRunsOutsideATransaction()
{
    QVERIFY(m_database->run(q("CREATE TABLE t (x int)")));
    VERIFY_OK(m_session->execute(q("CREATE INDEX CONCURRENTLY i ON t (x)")));
    VERIFY_OK(m_session->begin());
    QCOMPARE(m_session->execute(q("CREATE INDEX CONCURRENTLY j ON t (x)")).error().sqlState, q("25001"));
}

void TestPostgreSqlSession::readOnlyIsEnforcedByTheServer()
{
    ConnectionSpec spec = specFor(with(m_database->keywords(), "options", q("-c default_transaction_read_only=off")));
    spec.readOnly = true;
    const auto session = opened(spec);
    QCOMPARE(session->execute(q("CREATE TABLE t (x int)")).error().sqlState, q("25006"));
    VERIFY_OK(session->begin());
    QCOMPARE(session->execute(q("CREATE TABLE t (x int)")).error().sqlState, q("25006"));
    VERIFY_OK(session->rollback());
    VERIFY_OK(session->execute(q("RESET ALL")));
    QCOMPARE(session->execute(q("CREATE TABLE t (x int)")).error().sqlState, q("25006"));
}

void TestPostgreSqlSession::lockTimeoutEndsTheWait()
{
    QVERIFY(m_database->run(q("CREATE TABLE t (x int)")));
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->execute(q("LOCK TABLE t")));
    ConnectionSpec spec = specFor(m_database->keywords());
    spec.lockTimeoutMs = 50;
    const auto other = opened(spec);
    const auto outcome = other->execute(q("SELECT * FROM t"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, q("55P03"));
    QVERIFY(other->isUsable());
}

void TestPostgreSqlSession::statementTimeoutIsNoCancel()
{
    ConnectionSpec spec = specFor(m_database->keywords());
    spec.statementTimeoutMs = 50;
    const auto session = opened(spec);
    const auto outcome = session->execute(q("SELECT pg_sleep(600)"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, q("57014"));
}

void TestPostgreSqlSession::settingsAreReported()
{
    ConnectionSpec spec = specFor(m_database->keywords());
    spec.lockTimeoutMs = 1234;
    spec.statementTimeoutMs = 0;
    spec.idleInTransactionTimeoutMs = 90000;
    spec.readOnly = true;
    const auto session = opened(spec);
    QCOMPARE(session->sessionSettings(), (QStringList{q("application_name = stillroom"), q("client_encoding = UTF8"), q("lock_timeout = 1234 ms"),
                                                      q("idle_in_transaction_session_timeout = 90000 ms"), q("default_transaction_read_only = on")}));
    QCOMPARE(show(*session, "lock_timeout"), q("1234ms"));
    QCOMPARE(show(*session, "idle_in_transaction_session_timeout"), q("90s"));
    QCOMPARE(show(*session, "application_name"), q("stillroom"));
}

void TestPostgreSqlSession::optionsOfThePersonStayInForce_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : {"keyword", "environment", "service file", "service of the environment"})
        QTest::newRow(way) << q(way);
}

void TestPostgreSqlSession::optionsOfThePersonStayInForce()
{
    QFETCH(QString, way);
    const QString options = q("-c work_mem=7MB -c lock_timeout=77");
    QTemporaryDir folder;
    QFile services(folder.filePath(q("services")));
    QVERIFY(services.open(QIODevice::WriteOnly));
    services.write("[mine]\noptions=" + options.toUtf8() + "\n");
    services.close();
    ConnectionSpec spec = specFor(m_database->keywords());
    std::vector<std::unique_ptr<Environment>> environment;
    if (way == q("keyword")) {
        spec.keywords.emplace_back(q("options"), options);
    } else if (way == q("environment")) {
        environment.push_back(std::make_unique<Environment>("PGOPTIONS", options));
    } else {
        environment.push_back(std::make_unique<Environment>("PGSERVICEFILE", services.fileName()));
        if (way == q("service file"))
            spec.keywords.emplace_back(q("service"), q("mine"));
        else
            environment.push_back(std::make_unique<Environment>("PGSERVICE", q("mine")));
    }
    const auto session = opened(spec);
    QCOMPARE(show(*session, "work_mem"), q("7MB"));
    QCOMPARE(show(*session, "lock_timeout"), q("77ms"));
    QVERIFY(session->sessionSettings().filter(q("lock_timeout")).isEmpty());
}

void TestPostgreSqlSession::searchPathIsUntouched()
{
    QVERIFY(m_database->run(q("ALTER DATABASE %1 SET search_path = elsewhere").arg(m_database->name())));
    QCOMPARE(show(*opened(specFor(m_database->keywords())), "search_path"), q("elsewhere"));
}

void TestPostgreSqlSession::lettersOfADatabaseInAnotherEncodingComeWhole()
{
    const QString name = m_database->name() + q("_latin");
    QVERIFY(PostgresServer::shared().run(q("postgres"),
                                         q("CREATE DATABASE %1 ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'").arg(name)));
    {
        const Environment encoding("PGCLIENTENCODING", q("SQL_ASCII"));
        const auto session = opened(specFor(with(m_database->keywords(), "dbname", name)));
        QVERIFY(session->execute(q("CREATE TABLE \"größe\" (t text)")));
        QVERIFY(session->execute(q("INSERT INTO \"größe\" VALUES ('Ærø')")));
        QCOMPARE(session->execute(q("SELECT t, octet_length(t) FROM \"größe\""))->rows.front(), (std::vector<QVariant>{q("Ærø"), 3}));
        const auto outside = session->execute(q("SELECT '日'"));
        QVERIFY(!outside);
        QCOMPARE(outside.error().sqlState, q("22P05")); // untranslatable_character: said, and nothing else written in its place
    }
    QVERIFY(PostgresServer::shared().run(q("postgres"), q("DROP DATABASE %1").arg(name)));
}

void TestPostgreSqlSession::applicationNameOfThePersonWins()
{
    const Environment name("PGAPPNAME", q("deploy"));
    QCOMPARE(show(*opened(specFor(m_database->keywords())), "application_name"), q("deploy"));
}

void TestPostgreSqlSession::poolerThatRefusesOptionsIsGivenStatements()
{
    QTemporaryDir folder;
    const Pooler pooler(folder.path(), PostgresServer::shared().socketFolder());
    QVERIFY(pooler.isOpen());
    ConnectionSpec spec = specFor(with(with(m_database->keywords(), "host", folder.path()), "port", q("5432")));
    spec.lockTimeoutMs = 1234;
    spec.readOnly = true;
    const auto session = opened(spec);
    QCOMPARE(pooler.refusedCount(), 1);
    QCOMPARE(show(*session, "lock_timeout"), q("1234ms"));
    QCOMPARE(session->execute(q("CREATE TABLE t (x int)")).error().sqlState, q("25006"));
    QVERIFY(session->sessionSettings().contains(q("lock_timeout = 1234 ms")));
}

void TestPostgreSqlSession::nextHostIsTried()
{
    const QString hosts = q("/nowhere,") + PostgresServer::shared().socketFolder();
    const QString port = QString::number(PostgresServer::shared().port());
    const auto session = opened(specFor(with(with(m_database->keywords(), "host", hosts), "port", port + q(",") + port)));
    VERIFY_OK(session->execute(q("SELECT 1")));
}

void TestPostgreSqlSession::serverThatIsNotThere()
{
    QTemporaryDir empty;
    const auto session = Session::open(specFor(with(m_database->keywords(), "host", empty.path())));
    COMPARE_ERROR(session, ErrorCode::ConnectionRefused);
    QVERIFY2(session.error().detail.contains(q("No such file or directory")), qPrintable(session.error().detail));
    QCOMPARE(session.error().detail, session.error().detail.trimmed());
    QVERIFY2(sentence(session.error()).contains(q("No such file or directory. Is the server running")), qPrintable(sentence(session.error())));
}

void TestPostgreSqlSession::serverThatDoesNotAnswer()
{
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    QCOMPARE(bind(listener, reinterpret_cast<sockaddr *>(&address), length), 0);
    QCOMPARE(listen(listener, 1), 0);
    QCOMPARE(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), 0);
    ConnectionSpec spec = specFor(with(with(m_database->keywords(), "host", q("127.0.0.1")), "port", QString::number(ntohs(address.sin_port))));
    spec.connectTimeoutMs = 100;
    const auto session = Session::open(spec);
    close(listener);
    COMPARE_ERROR(session, ErrorCode::ConnectionRefused);
    QCOMPARE(session.error().detail, q("no answer within 0.1 seconds"));
}

void TestPostgreSqlSession::databaseThatIsNotThere()
{
    const auto session = Session::open(specFor(with(m_database->keywords(), "dbname", q("nowhere"))));
    COMPARE_ERROR(session, ErrorCode::DatabaseMissing);
    QCOMPARE(session.error().subject, q("nowhere"));
    QVERIFY2(session.error().detail.endsWith(q("FATAL:  database \"nowhere\" does not exist")), qPrintable(session.error().detail));
}

void TestPostgreSqlSession::wrongPassword()
{
    const Keywords keywords = with(m_database->keywords(), "user", roleWithPassword());
    opened(specFor(with(keywords, "password", q("the right one"))));
    const auto session = Session::open(specFor(with(keywords, "password", q("a wrong one"))));
    COMPARE_ERROR(session, ErrorCode::AuthenticationFailed);
    QCOMPARE(session.error().sqlState, q("28P01"));
    QVERIFY(!sentence(session.error()).contains(q("a wrong one")));
}

void TestPostgreSqlSession::missingPassword()
{
    const Environment noFile("PGPASSFILE", q("/nowhere"));
    const auto session = Session::open(specFor(with(m_database->keywords(), "user", roleWithPassword())));
    COMPARE_ERROR(session, ErrorCode::PasswordNeeded);
    QVERIFY(sentence(session.error()).contains(q("password")));
}

void TestPostgreSqlSession::passwordIsNeverShown()
{
    const ConnectionSpec spec = specFor({{q("user"), q("anna")}, {q("password"), q("secret")}, {q("host"), q("db")}, {q("dbname"), q("library")}});
    QCOMPARE(spec.display(), q("anna@db/library"));
    QCOMPARE(spec.databaseName(), q("library"));
    const auto session = Session::open(specFor(with(with(m_database->keywords(), "host", q("/nowhere")), "password", q("secret"))));
    QVERIFY(!session);
    QVERIFY(!sentence(session.error()).contains(q("secret")));
}

void TestPostgreSqlSession::lostConnectionIsTold()
{
    VERIFY_OK(m_session->begin());
    const auto outcome = m_session->execute(q("SELECT pg_terminate_backend(pg_backend_pid())"));
    COMPARE_ERROR(outcome, ErrorCode::ConnectionLost);
    QVERIFY(!outcome.error().detail.isEmpty());
    QVERIFY(!m_session->isUsable());
    QCOMPARE(m_session->transactionState(), TransactionState::Unknown);
    COMPARE_ERROR(m_session->commit(), ErrorCode::ConnectionLost);
    COMPARE_ERROR(m_session->begin(), ErrorCode::ConnectionLost);
}

QTEST_GUILESS_MAIN(TestPostgreSqlSession)
#include "tst_postgresqlsession.moc"
