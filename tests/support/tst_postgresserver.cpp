// SPDX-License-Identifier: GPL-3.0-or-later
#include "postgresserver.h"

#include <QFile>
#include <QTest>

#include <memory>

using namespace stillroom::testsupport;

class TestPostgresServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void databasesOfTwoTestsAreApart();
    void droppedDatabaseIsGone();
    void schemaDumpsOfEqualDatabasesAreEqual();
    void loggedStatementsAreThoseOfTheDatabase();
    void roleThatNeedsAPasswordIsRefusedWithout();
    void serverEndsWithItsObject();
};

void TestPostgresServer::databasesOfTwoTestsAreApart()
{
    const auto a = PostgresServer::shared().createDatabase(), b = PostgresServer::shared().createDatabase();
    QVERIFY(a->run(QStringLiteral("CREATE TABLE t (x int); INSERT INTO t VALUES (7)")));
    QCOMPARE(a->run(QStringLiteral("SELECT x, null FROM t")).value(), (std::vector<QStringList>{{QStringLiteral("7"), QString()}}));
    const auto other = b->run(QStringLiteral("SELECT * FROM t"));
    QVERIFY(!other);
    QVERIFY2(other.error().contains(QLatin1String("does not exist")), qPrintable(other.error()));
}

void TestPostgresServer::droppedDatabaseIsGone()
{
    auto database = PostgresServer::shared().createDatabase();
    const QString question = QStringLiteral("SELECT datname FROM pg_database WHERE datname = '%1'").arg(database->name());
    QCOMPARE(PostgresServer::shared().run(QStringLiteral("postgres"), question).value().size(), size_t(1));
    database.reset();
    QCOMPARE(PostgresServer::shared().run(QStringLiteral("postgres"), question).value().size(), size_t(0));
}

void TestPostgresServer::schemaDumpsOfEqualDatabasesAreEqual()
{
    const auto a = PostgresServer::shared().createDatabase(), b = PostgresServer::shared().createDatabase();
    QVERIFY(a->run(QStringLiteral("CREATE TABLE t (x int PRIMARY KEY)")));
    QVERIFY(b->run(QStringLiteral("CREATE TABLE t (x int PRIMARY KEY)")));
    QVERIFY(a->schemaDump().value().contains(QLatin1String("CREATE TABLE public.t")));
    QCOMPARE(a->schemaDump().value(), b->schemaDump().value());
    QVERIFY(b->run(QStringLiteral("CREATE INDEX i ON t (x)")));
    QVERIFY(a->schemaDump().value() != b->schemaDump().value());
}

void TestPostgresServer::loggedStatementsAreThoseOfTheDatabase()
{
    const auto a = PostgresServer::shared().createDatabase(), b = PostgresServer::shared().createDatabase();
    QVERIFY(a->logStatements());
    QVERIFY(a->run(QStringLiteral("SELECT 1,\n\t2")));
    QVERIFY(b->run(QStringLiteral("SELECT 3")));
    QVERIFY(a->run(QStringLiteral("SELECT 4")));
    QCOMPARE(a->loggedStatements(), (QStringList{QStringLiteral("SELECT 1,\n\t2"), QStringLiteral("SELECT 4")}));
    QCOMPARE(b->loggedStatements(), QStringList());
    QCOMPARE(a->loggedStatements(QStringLiteral("another program")), QStringList());
}

void TestPostgresServer::roleThatNeedsAPasswordIsRefusedWithout()
{
    PostgresServer::Options options;
    options.listensOnTcp = true;
    auto server = PostgresServer::start(options);
    QVERIFY2(server, failureText(server).constData());
    QVERIFY((*server)->run(
        QStringLiteral("postgres"),
        QStringLiteral("CREATE ROLE %1; CREATE ROLE anna LOGIN PASSWORD 'secret' IN ROLE %1").arg(QLatin1String(PostgresServer::kPasswordRole))));
    QProcess psql;
    psql.setProcessEnvironment([] {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PGPASSWORD"), QStringLiteral("wrong"));
        return environment;
    }());
    psql.start((*server)->program(QStringLiteral("psql")),
               {QStringLiteral("-h"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"), QString::number((*server)->port()), QStringLiteral("-U"),
                QStringLiteral("anna"), QStringLiteral("postgres"), QStringLiteral("-c"), QStringLiteral("SELECT 1")});
    QVERIFY(psql.waitForFinished());
    QVERIFY(psql.exitCode() != 0);
    QVERIFY(psql.readAllStandardError().contains("password authentication failed"));
}

void TestPostgresServer::serverEndsWithItsObject()
{
    auto server = PostgresServer::start();
    QVERIFY2(server, failureText(server).constData());
    const QString folder = (*server)->socketFolder();
    QVERIFY(QFile::exists(folder + QStringLiteral("/.s.PGSQL.5432")));
    server->reset();
    QVERIFY(!QFile::exists(folder));
}

QTEST_GUILESS_MAIN(TestPostgresServer)
#include "tst_postgresserver.moc"
