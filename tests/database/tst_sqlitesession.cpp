// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/session.h"
#include "database/sqlitesession.h"

#include "result.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSemaphore>
#include <QSqlDatabase>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace stillroom;
using namespace stillroom::database;

namespace {
QString q(const char *text) { return QString::fromUtf8(text); }
} // namespace

class TestSqliteSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void firstStatementOfAText_data();
    void firstStatementOfAText();
    void secondStatementInATextIsRefusedAndNothingRuns();
    void triggerBodyIsOneStatement();
    void definitionsRollBack();
    void rowsAffectedBelongToTheirStatement();
    void blobsComeAsBytes();
    void errorHasItsPosition();
    void violatedConstraintIsNamed_data();
    void violatedConstraintIsNamed();

    void fileThatIsNotThere();
    void fileThatIsNoDatabase();
    void readOnlyIsTheFilesMode();
    void lockedFileIsWaitedForAsLongAsAsked();
    void waitForALockIsCancelled();
    void beginTakesTheLockAtOnce();
    void settingsAreReported();
    void nothingStaysBehind();

private:
    ConnectionSpec spec() const
    {
        return {.kind = dialect::DialectKind::Sqlite, .sqliteFile = m_folder->filePath(q("t.db")), .createIfMissing = true};
    }
    std::unique_ptr<Session> opened(const ConnectionSpec &given)
    {
        auto session = Session::open(given);
        if (!session)
            qFatal("%s", qPrintable(sentence(session.error())));
        return std::move(*session);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
};

void TestSqliteSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = opened(spec());
}

void TestSqliteSession::cleanup()
{
    m_session.reset();
    m_folder.reset();
}

void TestSqliteSession::firstStatementOfAText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("rest");
    QTest::newRow("plain") << q("SELECT 1") << q("SELECT 1") << QString();
    QTest::newRow("semicolon and remarks") << q(" -- a\n SELECT 1 /* b */ ; -- c;\n/* ; */ ;") << q("SELECT 1") << QString();
    QTest::newRow("two") << q("SELECT 1; SELECT 2") << q("SELECT 1") << q("SELECT 2");
    QTest::newRow("quoted semicolons") << q("SELECT ';', \";\", `;`, [;] , 'it''s;'") << q("SELECT ';', \";\", `;`, [;] , 'it''s;'") << QString();
    QTest::newRow("remark inside") << q("SELECT 1 -- ; one\n, 2") << q("SELECT 1 -- ; one\n, 2") << QString();
    QTest::newRow("trigger") << q("CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 1; DELETE FROM b; END; SELECT 1")
                             << q("CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 1; DELETE FROM b; END") << q("SELECT 1");
    QTest::newRow("nothing") << q(" ; -- ;") << QString() << QString();
    QTest::newRow("open quote") << q("SELECT 'a; SELECT 2") << q("SELECT 'a; SELECT 2") << QString();
}

void TestSqliteSession::firstStatementOfAText()
{
    QFETCH(QString, text);
    QFETCH(QString, sql);
    QFETCH(QString, rest);
    const FirstStatement first = firstStatement(text);
    QCOMPARE(first.sql, sql);
    QCOMPARE(first.rest, rest);
}

void TestSqliteSession::secondStatementInATextIsRefusedAndNothingRuns()
{
    const auto outcome = m_session->execute(q("CREATE TABLE t (x); CREATE TABLE u (x)"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().position, 21);
    QCOMPARE(m_session->execute(q("SELECT count(*) FROM sqlite_master")).value().rows.at(0).at(0), QVariant(0LL));
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x); -- a remark after the semicolon")));
}

void TestSqliteSession::triggerBodyIsOneStatement()
{
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x)")));
    VERIFY_OK(m_session->execute(q("CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET x = x + 1; UPDATE t SET x = x * 2; END;")));
    VERIFY_OK(m_session->execute(q("INSERT INTO t VALUES (1)")));
    QCOMPARE(m_session->execute(q("SELECT x FROM t")).value().rows.at(0).at(0), QVariant(4LL));
}

void TestSqliteSession::definitionsRollBack()
{
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x)")));
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->execute(q("SELECT count(*) FROM sqlite_master")).value().rows.at(0).at(0), QVariant(0LL));
}

void TestSqliteSession::rowsAffectedBelongToTheirStatement()
{
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x)")));
    QCOMPARE(m_session->execute(q("INSERT INTO t VALUES (1), (2), (3)")).value().rowsAffected, 3);
    QCOMPARE(m_session->execute(q("UPDATE t SET x = 0 WHERE x > 7")).value().rowsAffected, 0);
    QCOMPARE(m_session->execute(q("WITH big AS (SELECT 2) DELETE FROM t WHERE x > (SELECT * FROM big)")).value().rowsAffected, 1);
    QCOMPARE(m_session->execute(q("/* why */ DELETE FROM t RETURNING x")).value().rowsAffected, 2);
    QCOMPARE(m_session->execute(q("CREATE TABLE u (x)")).value().rowsAffected, -1);
    QCOMPARE(m_session->execute(q("SELECT 1")).value().rowsAffected, -1);
}

void TestSqliteSession::blobsComeAsBytes()
{
    QCOMPARE(m_session->execute(q("SELECT x'00ff'")).value().rows.at(0).at(0), QVariant(QByteArray("\x00\xff", 2)));
}

void TestSqliteSession::errorHasItsPosition()
{
    const auto outcome = m_session->execute(q("-- é\nSELECT 'äöü🐘', kolumne FROM sqlite_master"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().detail, q("no such column: kolumne"));
    QCOMPARE(outcome.error().position, 5 + 16);
    QCOMPARE(outcome.error().sqlState, q("1"));
}

void TestSqliteSession::violatedConstraintIsNamed_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("constraint");
    QTest::addColumn<QString>("table");
    QTest::newRow("unique") << q("INSERT INTO t VALUES (1, 1, 1)") << q("2067") << q("t.a, t.b") << q("t");
    QTest::newRow("check") << q("INSERT INTO t VALUES (2, 2, -1)") << q("275") << q("ck_t_c") << QString();
    QTest::newRow("not null") << q("INSERT INTO t VALUES (NULL, 2, 1)") << q("1299") << q("t.a") << q("t");
    QTest::newRow("expression index") << q("INSERT INTO t VALUES (7, 1, 1)") << q("2067") << q("uq_abs") << QString();
}

void TestSqliteSession::violatedConstraintIsNamed()
{
    QFETCH(QString, sql);
    QFETCH(QString, code);
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (a NOT NULL, b, c, UNIQUE (a, b), CONSTRAINT ck_t_c CHECK (c > 0))")));
    VERIFY_OK(m_session->execute(q("CREATE UNIQUE INDEX uq_abs ON t (abs(a)) WHERE a > 5")));
    VERIFY_OK(m_session->execute(q("INSERT INTO t VALUES (1, 1, 1), (-7, 3, 1), (7, 4, 1)")));
    const auto outcome = m_session->execute(sql);
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, code);
    QTEST(outcome.error().constraintName, "constraint");
    QTEST(outcome.error().tableName, "table");
}

void TestSqliteSession::fileThatIsNotThere()
{
    ConnectionSpec missing = spec();
    missing.sqliteFile = m_folder->filePath(q("other.db"));
    missing.createIfMissing = false;
    COMPARE_ERROR(Session::open(missing), ErrorCode::DatabaseFileMissing);
    QVERIFY(!QFile::exists(missing.sqliteFile));
    missing.createIfMissing = missing.readOnly = true;
    COMPARE_ERROR(Session::open(missing), ErrorCode::DatabaseFileMissing);
    missing.readOnly = false;
    missing.sqliteFile = m_folder->filePath(q("no/such/folder/other.db"));
    COMPARE_ERROR(Session::open(missing), ErrorCode::ConnectionRefused);
}

void TestSqliteSession::fileThatIsNoDatabase()
{
    ConnectionSpec text = spec();
    text.sqliteFile = m_folder->filePath(q("notes.txt"));
    QFile file(text.sqliteFile);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(2000, 'x'));
    file.close();
    const auto session = Session::open(text);
    COMPARE_ERROR(session, ErrorCode::ConnectionRefused);
    QVERIFY2(session.error().detail.contains(q("not a database")), qPrintable(session.error().detail));
}

void TestSqliteSession::readOnlyIsTheFilesMode()
{
    VERIFY_OK(m_session->execute(q("CREATE TABLE t (x)")));
    ConnectionSpec readOnly = spec();
    readOnly.readOnly = true;
    const auto session = opened(readOnly);
    const auto outcome = session->execute(q("INSERT INTO t VALUES (1)"));
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().sqlState, q("8"));
    VERIFY_OK(session->begin());
    VERIFY_OK(session->execute(q("SELECT * FROM t")));
    VERIFY_OK(session->commit());
}

void TestSqliteSession::lockedFileIsWaitedForAsLongAsAsked()
{
    VERIFY_OK(m_session->begin());
    ConnectionSpec patient = spec();
    patient.lockTimeoutMs = 80;
    const auto other = opened(patient);
    QElapsedTimer elapsed;
    elapsed.start();
    const auto began = other->begin();
    COMPARE_ERROR(began, ErrorCode::StatementFailed);
    QVERIFY(elapsed.elapsed() >= 80);
    QCOMPARE(began.error().sqlState, q("5"));
    QCOMPARE(other->transactionState(), TransactionState::Idle);
    VERIFY_OK(m_session->commit());
    VERIFY_OK(other->begin());
}

void TestSqliteSession::waitForALockIsCancelled()
{
    VERIFY_OK(m_session->begin());
    ConnectionSpec patient = spec();
    patient.lockTimeoutMs = 0;
    const auto other = opened(patient);
    const auto handle = other->cancelHandle();
    QSemaphore done;
    std::thread impatient([&] {
        do
            handle->cancel();
        while (!done.tryAcquire(1, 20));
    });
    const auto began = other->begin();
    done.release();
    impatient.join();
    COMPARE_ERROR(began, ErrorCode::Cancelled);
}

void TestSqliteSession::beginTakesTheLockAtOnce()
{
    ConnectionSpec impatient = spec();
    impatient.lockTimeoutMs = 1;
    const auto other = opened(impatient);
    VERIFY_OK(m_session->begin());
    QCOMPARE(other->execute(q("CREATE TABLE u (x)")).error().sqlState, q("5"));
    VERIFY_OK(m_session->rollback());
    VERIFY_OK(other->execute(q("CREATE TABLE u (x)")));
}

void TestSqliteSession::settingsAreReported()
{
    QCOMPARE(m_session->sessionSettings(), (QStringList{q("busy_timeout = 5000 ms"), q("foreign_keys = off")}));
}

void TestSqliteSession::nothingStaysBehind()
{
    m_session.reset();
    QVERIFY(QSqlDatabase::connectionNames().isEmpty());
}

QTEST_GUILESS_MAIN(TestSqliteSession)
#include "tst_sqlitesession.moc"
