// SPDX-License-Identifier: GPL-3.0-or-later
// What every Session promises, asked of each kind: the server's, the file's, and the one that tests script.
#include "database/fakesession.h"
#include "database/session.h"

#include "postgresserver.h"
#include "result.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace stillroom;
using namespace stillroom::database;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::TestDatabase;

namespace {

enum class Backend { Fake, Sqlite, PostgreSql };

const QString kRowsSql = QStringLiteral("SELECT 1 AS one, NULL AS absent, 'grüße 🐘' AS words, 1.5 AS half");
const QString kFailingSql = QStringLiteral("SELECT * FROM no_such_table");
const QString kInsertSql = QStringLiteral("INSERT INTO shelf (id) VALUES (1), (2)");
const QString kCountSql = QStringLiteral("SELECT count(*) FROM shelf");

/// Scripted to behave as a database with one table would.
std::unique_ptr<Session> fakeSession(QSemaphore &asked)
{
    auto fake = std::make_unique<FakeSession>();
    fake->answers.insert(kRowsSql,
                         Outcome{.columns = {QStringLiteral("one"), QStringLiteral("absent"), QStringLiteral("words"), QStringLiteral("half")},
                                 .rows = {{1LL, {}, QStringLiteral("grüße 🐘"), QStringLiteral("1.5")}}});
    fake->answer = [rows = 0, open = 0](const QString &sql) mutable -> std::optional<Result<Outcome>> {
        if (sql == kFailingSql)
            return std::unexpected(Error{.code = ErrorCode::StatementFailed, .detail = QStringLiteral("no such table: no_such_table")});
        if (sql == QLatin1String("BEGIN"))
            open = rows;
        if (sql == QLatin1String("ROLLBACK"))
            rows = open;
        if (sql == kInsertSql) {
            rows += 2;
            return Outcome{.rowsAffected = 2};
        }
        if (sql == kCountSql)
            return Outcome{.columns = {QStringLiteral("count")}, .rows = {{qlonglong(rows)}}};
        return std::nullopt;
    };
    fake->whileRunning = [&asked](const QString &sql) {
        if (sql == QLatin1String("long")) {
            // What was released before this statement began does not count, and the first token after may belong to a cancel from before.
            asked.tryAcquire(asked.available());
            asked.acquire(2);
        }
    };
    return fake;
}

} // namespace

class TestSessionConformance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase_data();
    void init();
    void cleanup();

    void rowsComeWithTheirNamesNullsAndLetters();
    void emptyTextGivesNothing();
    void committedRowsStay();
    void rolledBackRowsAreGone();
    void rowsAffectedAreCounted();
    void transactionInsideATransactionIsRefused();
    void rollbackWithoutATransactionDoesNothing();
    void failedStatementSaysWhichAndLeavesTheSessionUsable();
    void failedStatementInATransactionCanBeRolledBack();
    void statementsSentTogetherAreAnsweredInTurnUpToTheOneThatFails();
    void statementIsCancelledFromAnotherThread();
    void cancelBetweenStatementsHarmsNothing();
    void noCancelKeepsATransactionOpen();
    void cancelAfterTheSessionHasGoneDoesNothing();
    void sessionTellsWhatItTalksTo();
    void sessionLivesInAThreadOfItsOwn();

private:
    Result<std::unique_ptr<Session>> open();
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
    QSemaphore m_fakeAsked;
    QString m_longSql;
    Backend m_backend = Backend::Fake;
};

void TestSessionConformance::initTestCase_data()
{
    QTest::addColumn<int>("backend");
    QTest::newRow("fake") << int(Backend::Fake);
    QTest::newRow("sqlite") << int(Backend::Sqlite);
    QTest::newRow("postgresql") << int(Backend::PostgreSql);
}

void TestSessionConformance::init()
{
    QFETCH_GLOBAL(int, backend);
    m_backend = static_cast<Backend>(backend);
    switch (m_backend) {
    case Backend::Fake:
        m_longSql = QStringLiteral("long");
        break;
    case Backend::Sqlite:
        m_folder = std::make_unique<QTemporaryDir>();
        m_longSql = QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000000000) SELECT max(i) FROM n");
        break;
    case Backend::PostgreSql:
        m_database = PostgresServer::shared().createDatabase();
        m_longSql = QStringLiteral("SELECT pg_sleep(600)");
        break;
    }
    auto opened = open();
    VERIFY_OK(opened);
    m_session = std::move(*opened);
    VERIFY_OK(m_session->execute(QStringLiteral("CREATE TABLE shelf (id integer PRIMARY KEY)")));
}

Result<std::unique_ptr<Session>> TestSessionConformance::open()
{
    switch (m_backend) {
    case Backend::Fake:
        return fakeSession(m_fakeAsked);
    case Backend::Sqlite:
        return Session::open(
            {.kind = dialect::DialectKind::Sqlite, .sqliteFile = m_folder->filePath(QStringLiteral("t.db")), .createIfMissing = true});
    case Backend::PostgreSql:
        return Session::open({.kind = dialect::DialectKind::PostgreSql, .keywords = m_database->keywords()});
    }
    return {};
}

void TestSessionConformance::cleanup()
{
    m_session.reset();
    m_folder.reset();
    m_database.reset();
}

void TestSessionConformance::rowsComeWithTheirNamesNullsAndLetters()
{
    const auto outcome = m_session->execute(kRowsSql);
    VERIFY_OK(outcome);
    QCOMPARE(outcome->columns, (QStringList{QStringLiteral("one"), QStringLiteral("absent"), QStringLiteral("words"), QStringLiteral("half")}));
    QCOMPARE(outcome->rows.size(), size_t(1));
    const std::vector<QVariant> row = outcome->rows.front();
    QCOMPARE(row.at(0), QVariant(1LL));
    QVERIFY(!row.at(1).isValid());
    QCOMPARE(row.at(2), QVariant(QStringLiteral("grüße 🐘")));
    QCOMPARE(row.at(3).toString(), QStringLiteral("1.5"));
}

void TestSessionConformance::emptyTextGivesNothing()
{
    for (const char *text : {"", "  \n", "-- only a remark\n"}) {
        const auto outcome = m_session->execute(QLatin1String(text));
        VERIFY_OK(outcome);
        QVERIFY(outcome->rows.empty());
        QVERIFY(outcome->columns.isEmpty());
    }
}

void TestSessionConformance::committedRowsStay()
{
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    VERIFY_OK(m_session->begin());
    QCOMPARE(m_session->transactionState(), TransactionState::InTransaction);
    VERIFY_OK(m_session->execute(kInsertSql));
    VERIFY_OK(m_session->commit());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    QCOMPARE(m_session->execute(kCountSql).value().rows.at(0).at(0), QVariant(2LL));
}

void TestSessionConformance::rolledBackRowsAreGone()
{
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->execute(kInsertSql));
    QCOMPARE(m_session->execute(kCountSql).value().rows.at(0).at(0), QVariant(2LL));
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    QCOMPARE(m_session->execute(kCountSql).value().rows.at(0).at(0), QVariant(0LL));
}

void TestSessionConformance::rowsAffectedAreCounted()
{
    QCOMPARE(m_session->execute(kInsertSql).value().rowsAffected, 2);
    QCOMPARE(m_session->execute(QStringLiteral("CREATE TABLE other (id integer)")).value().rowsAffected, -1);
}

void TestSessionConformance::transactionInsideATransactionIsRefused()
{
    VERIFY_OK(m_session->begin());
    const auto second = m_session->begin();
    COMPARE_ERROR(second, ErrorCode::StatementFailed);
    QCOMPARE(second.error().sqlState, QStringLiteral("25001"));
    QCOMPARE(m_session->transactionState(), TransactionState::InTransaction);
    VERIFY_OK(m_session->commit());
}

void TestSessionConformance::rollbackWithoutATransactionDoesNothing()
{
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
}

void TestSessionConformance::failedStatementSaysWhichAndLeavesTheSessionUsable()
{
    const auto outcome = m_session->execute(kFailingSql);
    COMPARE_ERROR(outcome, ErrorCode::StatementFailed);
    QCOMPARE(outcome.error().statement, kFailingSql);
    QVERIFY(outcome.error().detail.contains(QLatin1String("no_such_table")));
    QVERIFY(m_session->isUsable());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    VERIFY_OK(m_session->execute(kInsertSql));
}

void TestSessionConformance::failedStatementInATransactionCanBeRolledBack()
{
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->execute(kInsertSql));
    COMPARE_ERROR(m_session->execute(kFailingSql), ErrorCode::StatementFailed);
    QVERIFY(m_session->isUsable());
    const bool isSqlite = m_session->kind() == dialect::DialectKind::Sqlite;
    QCOMPARE(m_session->transactionState(), isSqlite ? TransactionState::InTransaction : TransactionState::InFailedTransaction);
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    QCOMPARE(m_session->execute(kCountSql).value().rows.at(0).at(0), QVariant(0LL));
}

void TestSessionConformance::statementsSentTogetherAreAnsweredInTurnUpToTheOneThatFails()
{
    std::vector<qint64> affected;
    const auto noted = [&affected](Outcome &&outcome) {
        affected.push_back(outcome.rows.empty() ? outcome.rowsAffected : outcome.rows[0][0].toLongLong());
    };
    VERIFY_OK(m_session->begin());
    VERIFY_OK(m_session->executeAll({kInsertSql, kCountSql, QStringLiteral("DELETE FROM shelf WHERE id = 1")}, noted, {}));
    if (m_backend != Backend::Fake)
        QCOMPARE(affected, (std::vector<qint64>{2, 2, 1}));
    QCOMPARE(affected.size(), std::size_t(3));
    VERIFY_OK(m_session->executeAll({}, noted, {}));
    VERIFY_OK(m_session->rollback());
    affected.clear();
    VERIFY_OK(m_session->begin());
    const auto done = m_session->executeAll({kInsertSql, kFailingSql, kInsertSql, kCountSql}, noted, {});
    COMPARE_ERROR(done, ErrorCode::StatementFailed);
    QCOMPARE(done.error().statement, kFailingSql);
    QCOMPARE(affected.size(), std::size_t(1)); // so the second was it
    QVERIFY(m_session->isUsable());
    VERIFY_OK(m_session->rollback());
    QCOMPARE(m_session->execute(kCountSql).value().rows.at(0).at(0), QVariant(0LL));
}

void TestSessionConformance::statementIsCancelledFromAnotherThread()
{
    const std::shared_ptr<CancelHandle> handle = m_session->cancelHandle();
    QSemaphore done;
    // Asked again until it has hit: nothing tells from outside when the statement has begun.
    std::thread other([&] {
        do {
            handle->cancel();
            m_fakeAsked.release();
        } while (!done.tryAcquire(1, 20));
    });
    QElapsedTimer elapsed;
    elapsed.start();
    const auto outcome = m_session->execute(m_longSql);
    const qint64 took = elapsed.elapsed();
    done.release();
    other.join();
    COMPARE_ERROR(outcome, ErrorCode::Cancelled);
    QVERIFY2(took < 60000, qPrintable(QStringLiteral("%1 ms").arg(took)));
    QVERIFY(m_session->isUsable());
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    VERIFY_OK(m_session->execute(kInsertSql));
}

void TestSessionConformance::cancelBetweenStatementsHarmsNothing()
{
    m_session->cancelHandle()->cancel();
    VERIFY_OK(m_session->execute(kInsertSql));
}

/// Cancels come as long as a transaction is open, to ROLLBACK as to any statement: whoever is cancelled holds no locks afterwards.
void TestSessionConformance::noCancelKeepsATransactionOpen()
{
    const std::shared_ptr<CancelHandle> handle = m_session->cancelHandle();
    std::atomic<bool> isOver = false, isOpen = false;
    std::thread other([&] {
        while (!isOver) {
            if (isOpen)
                handle->cancel();
        }
    });
    const auto ended = qScopeGuard([&] {
        isOver = true;
        other.join();
    });
    int opened = 0;
    for (int round = 0; round < 400; ++round) {
        if (!m_session->begin())
            continue;
        ++opened;
        isOpen = true;
        std::ignore = m_session->execute(kInsertSql);
        VERIFY_OK(m_session->rollback());
        isOpen = false;
        QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    }
    QVERIFY(opened > 0);
}

void TestSessionConformance::cancelAfterTheSessionHasGoneDoesNothing()
{
    const std::shared_ptr<CancelHandle> handle = m_session->cancelHandle();
    m_session.reset();
    handle->cancel();
}

void TestSessionConformance::sessionTellsWhatItTalksTo()
{
    const bool isSqlite = m_session->kind() == dialect::DialectKind::Sqlite;
    QVERIFY2(m_session->serverVersion().startsWith(isSqlite ? QLatin1String("SQLite 3.") : QLatin1String("PostgreSQL 1")),
             qPrintable(m_session->serverVersion()));
    QVERIFY(m_session->serverVersionNumber() > (isSqlite ? 3040000 - 1 : 120000 - 1));
    QVERIFY(!m_session->sessionSettings().isEmpty());
}

void TestSessionConformance::sessionLivesInAThreadOfItsOwn()
{
    // Opened, used and closed there while another session is in use here; Qt's warnings about a connection of another
    // thread, or one still in use, would fail the test.
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    Result<Outcome> there;
    std::thread worker([&] {
        const auto session = open();
        if (session)
            there = (*session)->execute(kRowsSql);
    });
    const auto here = m_session->execute(kRowsSql);
    worker.join();
    VERIFY_OK(there);
    VERIFY_OK(here);
    QVERIFY(there->rows == here->rows);
    QCOMPARE(there->rows.size(), size_t(1));
}

QTEST_GUILESS_MAIN(TestSessionConformance)
#include "tst_sessionconformance.moc"
