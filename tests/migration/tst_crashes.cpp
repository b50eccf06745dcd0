// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever ends a run and wherever: the database is exactly at a revision, what was told of it is true, and a second run completes.
#include "database/runlock.h"
#include "migration/journal.h"
#include "place.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QSemaphore>

#include <chrono>
#include <csignal>
#include <thread>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;
using dialect::DialectKind;

namespace {

QStringList ids(int count)
{
    QStringList names;
    for (int i = 1; i <= count; ++i)
        names.append(q("r%1").arg(i, 2, 10, QLatin1Char('0')));
    return names;
}

struct History {
    QStringList revisions;
    Scripts scripts;
    History(int count, bool transactionPerMigration, int rows = 1) : revisions(ids(count)), scripts(transactionPerMigration)
    {
        for (const QString &id : revisions)
            scripts.addTables(id, rows);
    }
};

ConnectionSpec fileSpec(const QString &file)
{
    ConnectionSpec spec;
    spec.sqliteFile = file;
    spec.createIfMissing = true;
    return spec;
}

ConnectionSpec serverSpec(const TestDatabase &database)
{
    ConnectionSpec spec;
    spec.kind = DialectKind::PostgreSql;
    spec.keywords = database.keywords();
    return spec;
}

QStringList tables(Session &session)
{
    const QString sql = session.kind() == DialectKind::PostgreSql
                            ? q("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY 1")
                            : q("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version' ORDER BY name");
    QStringList names;
    const auto found = session.execute(sql);
    if (found) {
        for (const auto &row : found->rows)
            names.append(row.front().toString());
    }
    return names;
}

/// The revisions that the version row claims, or "torn" where the tables say otherwise.
QStringList applied(Session &session, const QStringList &revisions)
{
    const QStringList rows = versionRows(session);
    const QStringList claimed = rows.isEmpty() ? QStringList() : revisions.mid(0, revisions.indexOf(rows.front()) + 1);
    QStringList expected;
    for (const QString &id : claimed)
        expected += {q("t_") + id, q("u_") + id};
    expected.sort();
    const QStringList found = tables(session);
    return found == expected ? claimed : QStringList{q("torn"), rows.join(QLatin1Char(',')), found.join(QLatin1Char(','))};
}

/// As soon as the server has noticed that the run which broke off is gone.
QStringList appliedAfterwards(const ConnectionSpec &spec, const QStringList &revisions)
{
    auto session = Session::open(spec);
    if (!session)
        return {sentence(session.error())};
    const auto lock = database::RunLock::take(**session, kVersionTable, {.timeoutMs = 60'000});
    return applied(**session, revisions);
}

using Transactions = RunRequest::Transactions;

Result<void> upgrade(const project::Project &project, Session &session, const ConnectionSpec &spec, const std::function<void(const RunEvent &)> &tell,
                     Transactions transactions = Transactions::AsProject)
{
    const auto plan = planTo(project, session, q("head"));
    if (!plan)
        return std::unexpected(plan.error());
    const std::atomic<bool> stop = false;
    RunRequest request{.plan = *plan, .targetName = {}, .connection = spec};
    request.transactions = transactions;
    return run(project, session, request, stop, tell);
}

void addKindsAndTransactions()
{
    QTest::addColumn<DialectKind>("kind");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("PostgreSQL, each revision") << DialectKind::PostgreSql << false;
    QTest::newRow("PostgreSQL, one transaction") << DialectKind::PostgreSql << true;
    QTest::newRow("SQLite, each revision") << DialectKind::Sqlite << false;
    QTest::newRow("SQLite, one transaction") << DialectKind::Sqlite << true;
}

} // namespace

class CrashesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// Of 30 revisions each on its own, of four in one transaction. STILLROOM_CRASHES: of so many.
    void killedAtEveryStatement_data() { addKindsAndTransactions(); }
    void killedAtEveryStatement()
    {
        QFETCH(DialectKind, kind);
        QFETCH(bool, isOne);
        const int revisions = revisionCount(isOne ? 4 : 30);
        const int kills = killAtEveryBoundary(History(revisions, true), kind, "events", isOne ? "one" : "each");
        // Each revision has three statements of its own and one for its row, and both sides of each are a boundary.
        QVERIFY2(kills >= revisions * 8, qPrintable(QString::number(kills)));
    }

    /// Every third of them, of two revisions. STILLROOM_CRASHES: all, of so many revisions, for a run by hand. On PostgreSQL in one transaction, 64
    /// statements are sent together and more.
    void killedAtEveryCallOfTheSystem_data() { addKindsAndTransactions(); }
    void killedAtEveryCallOfTheSystem()
    {
        QFETCH(DialectKind, kind);
        QFETCH(bool, isOne);
        const int revisions = revisionCount(2);
        const int kills = killAtEveryBoundary(History(revisions, true), kind, "calls", isOne ? "one" : "each");
        QVERIFY2(kills >= revisions * 8, qPrintable(QString::number(kills)));
    }

    void cutByTheServerAtEveryStatement()
    {
        for (const bool perMigration : {true, false}) {
            const History history(5, perMigration);
            const auto project = history.scripts.open();
            VERIFY_OK(project);
            bool completed = false;
            for (int boundary = 1; !completed; ++boundary) {
                QVERIFY(boundary < 200);
                const auto database = PostgresServer::shared().createDatabase();
                const ConnectionSpec spec = serverSpec(*database);
                auto session = Session::open(spec);
                VERIFY_OK(session);
                int left = boundary;
                Told told;
                const auto done = upgrade(*project, **session, spec, [&](const RunEvent &event) {
                    told.all.push_back(event);
                    const bool isBoundary = std::holds_alternative<StatementStarted>(event) || std::holds_alternative<CommitStarted>(event) ||
                                            std::holds_alternative<Committed>(event);
                    if (isBoundary && --left == 0)
                        QVERIFY(database->run(q("SELECT pg_terminate_backend(%1)").arg((*session)->backendPid())));
                });
                completed = left > 0;
                const QStringList found = appliedAfterwards(spec, history.revisions);
                if (!done) {
                    COMPARE_ERROR(done, ErrorCode::ConnectionLost);
                    const RunFailed failed = told.of<RunFailed>().front();
                    QVERIFY(!failed.isInDoubt && failed.rowsFound);
                    QCOMPARE(failed.applied, found);
                    QCOMPARE(failed.applied + failed.notApplied, history.revisions);
                }
                auto second = Session::open(spec);
                VERIFY_OK(second);
                VERIFY_OK(upgrade(*project, **second, spec, [](const RunEvent &) {}));
                QCOMPARE(applied(**second, history.revisions), history.revisions);
            }
        }
    }

    void theServerStopsAndComesBack_data()
    {
        QTest::addColumn<bool>("isFast");
        QTest::newRow("fast") << true;
        QTest::newRow("immediate") << false;
    }
    void theServerStopsAndComesBack()
    {
        QFETCH(bool, isFast);
        // What is told as committed has to survive the server's own crash.
        PostgresServer::Options options;
        options.settings = {q("synchronous_commit=on")};
        const auto server = PostgresServer::start(options);
        QVERIFY2(server, testsupport::failureText(server));
        const History history(3, true);
        const auto project = history.scripts.open();
        VERIFY_OK(project);
        const auto mode = isFast ? PostgresServer::Shutdown::Fast : PostgresServer::Shutdown::Immediate;
        for (const char *where : {"t_r01", "alembic_version", "u_r02", "COMMIT", "t_r03"}) {
            const auto database = (*server)->createDatabase();
            const ConnectionSpec spec = serverSpec(*database);
            auto session = Session::open(spec);
            VERIFY_OK(session);
            bool hasStopped = false;
            Told told;
            const auto done = upgrade(*project, **session, spec, [&](const RunEvent &event) {
                told.all.push_back(event);
                const auto *statement = std::get_if<StatementStarted>(&event);
                const bool isThere = statement ? statement->statement.sql.contains(q(where))
                                               : std::holds_alternative<CommitStarted>(event) && qstrcmp(where, "COMMIT") == 0;
                if (isThere && !std::exchange(hasStopped, true))
                    (*server)->stop(mode);
            });
            COMPARE_ERROR(done, ErrorCode::ConnectionLost);
            const RunFailed failed = told.of<RunFailed>().front();
            QVERIFY(!failed.rowsFound); // there was nobody to ask
            // What was sent together may all have been answered before the server went; then it is the COMMIT that met nobody.
            bool isCommitOpen = false;
            for (const RunEvent &event : told.all)
                isCommitOpen = std::holds_alternative<CommitStarted>(event) || (isCommitOpen && !std::holds_alternative<Committed>(event));
            QCOMPARE(failed.isInDoubt, isCommitOpen);
            QVERIFY(isCommitOpen || qstrcmp(where, "COMMIT") != 0);
            const auto started = (*server)->startAgain();
            QVERIFY2(started, testsupport::failureText(started));
            const QStringList found = appliedAfterwards(spec, history.revisions);
            QCOMPARE(failed.applied, found); // a COMMIT that was never sent took no effect, which nobody could have known
            auto second = Session::open(spec);
            VERIFY_OK(second);
            VERIFY_OK(upgrade(*project, **second, spec, [](const RunEvent &) {}));
            QCOMPARE(applied(**second, history.revisions), history.revisions);
        }
    }

    void cancelledAtRandomMoments_data() { addKindsAndTransactions(); }
    void cancelledAtRandomMoments()
    {
        QFETCH(DialectKind, kind);
        QFETCH(bool, isOne);
        const bool isServer = kind == DialectKind::PostgreSql;
        const History history(3, true, 20'000); // so that there are statements to be cancelled
        const auto project = history.scripts.open();
        VERIFY_OK(project);
        const auto database = PostgresServer::shared().createDatabase();
        const QTemporaryDir folder;
        const ConnectionSpec spec = isServer ? serverSpec(*database) : fileSpec(folder.filePath(q("x.db")));
        auto session = Session::open(spec);
        VERIFY_OK(session);
        const auto handle = (*session)->cancelHandle();
        // How long a run takes undisturbed says where the moments lie.
        QElapsedTimer clock;
        clock.start();
        VERIFY_OK(upgrade(*project, **session, spec, [](const RunEvent &) {}));
        const qint64 wholeUs = std::max<qint64>(clock.nsecsElapsed() / 1000, 1000);
        QRandomGenerator random(20260101);
        int cancelled = 0;
        for (int round = 0; round < 200; ++round) {
            const std::atomic<bool> stop = false;
            const auto down = planTo(*project, **session, q("base"), revision::Plan::Kind::Downgrade);
            VERIFY_OK(down);
            VERIFY_OK(run(*project, **session, {*down, {}}, stop, [](const RunEvent &) {}));
            const auto plan = planTo(*project, **session, q("head"));
            VERIFY_OK(plan);
            Told told;
            QSemaphore go;
            std::jthread canceller([&go, &handle, moment = random.bounded(wholeUs)] {
                go.acquire();
                std::this_thread::sleep_for(std::chrono::microseconds(moment));
                handle->cancel();
            });
            go.release();
            RunRequest request{.plan = *plan, .targetName = {}, .connection = spec};
            request.transactions = isOne ? Transactions::One : Transactions::EachRevision;
            const auto done = run(*project, **session, request, stop, told.listener());
            canceller.join();
            // A cancel that arrives between two statements meets the next one, also of our own looks: asked again until it is spent.
            while (isServer && !(*session)->execute(q("SELECT 1")))
                continue;
            const QStringList found = applied(**session, history.revisions);
            if (done) {
                QCOMPARE(found, history.revisions);
                continue;
            }
            ++cancelled;
            QVERIFY2(done.error().code == ErrorCode::Cancelled, qPrintable(sentence(done.error())));
            QCOMPARE(told.of<RunFailed>().front().applied, found);
            QVERIFY(!isOne || found.isEmpty());
            VERIFY_OK(upgrade(*project, **session, spec, [](const RunEvent &) {}));
            QCOMPARE(applied(**session, history.revisions), history.revisions);
        }
        if (qEnvironmentVariableIsSet("STILLROOM_CRASHES"))
            qInfo("%d of 200 cancels met a run", cancelled);
        QVERIFY2(cancelled > 5, qPrintable(QString::number(cancelled)));
    }

    void theDiskIsFullOnSqlite_data()
    {
        QTest::addColumn<bool>("isOne");
        QTest::newRow("each revision") << false;
        QTest::newRow("one transaction") << true;
    }
    void theDiskIsFullOnSqlite()
    {
        QFETCH(bool, isOne);
        const auto transactions = isOne ? Transactions::One : Transactions::EachRevision;
        const History history(5, false);
        const auto project = history.scripts.open();
        VERIFY_OK(project);
        const QTemporaryDir folder;
        int failures = 0;
        bool completed = false;
        for (int pages = 1; !completed; ++pages) {
            QVERIFY(pages < 200);
            const ConnectionSpec spec = fileSpec(folder.filePath(q("%1.db").arg(pages)));
            auto session = Session::open(spec);
            VERIFY_OK(session);
            VERIFY_OK((*session)->execute(q("PRAGMA max_page_count=%1").arg(pages)));
            Told told;
            const auto done = upgrade(*project, **session, spec, told.listener(), transactions);
            completed = done.has_value();
            const QStringList found = applied(**session, history.revisions);
            if (completed) {
                QCOMPARE(found, history.revisions);
                continue;
            }
            ++failures;
            QCOMPARE(done.error().sqlState, q("13")); // SQLITE_FULL
            QCOMPARE(told.of<RunFailed>().front().applied, found);
            QVERIFY(!isOne || found.isEmpty());
            VERIFY_OK((*session)->execute(q("PRAGMA max_page_count=1000")));
            VERIFY_OK(upgrade(*project, **session, spec, [](const RunEvent &) {}));
            QCOMPARE(applied(**session, history.revisions), history.revisions);
        }
        QVERIFY(failures > 5);
    }

private:
    static int revisionCount(int usual)
    {
        return qEnvironmentVariableIsSet("STILLROOM_CRASHES") ? qEnvironmentVariableIntValue("STILLROOM_CRASHES") : usual;
    }
    /// As good as a new database, and sooner there.
    static std::pair<ConnectionSpec, QString> emptied(const TestDatabase &database)
    {
        std::ignore = database.run(q("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
        return {serverSpec(database), database.url()};
    }
    /// What the run had written down has to agree with what the database has.
    static void checkRecord(const RunRecord &record, const QStringList &found, const QStringList &revisions, bool isOne)
    {
        const qsizetype said = record.now.isEmpty() ? 0 : revisions.indexOf(record.now.front()) + 1;
        if (record.unanswered == QLatin1String("COMMIT")) {
            const qsizetype next = isOne ? revisions.size() : said + 1;
            QVERIFY2(record.wasOutside && (found.size() == said || found.size() == next), qPrintable(record.file));
        } else {
            QVERIFY(!record.wasOutside);
            QCOMPARE(found.size(), said);
        }
        QVERIFY(record.status == RunRecord::Status::BrokenOff || (record.status == RunRecord::Status::Done && found == revisions));
    }
    /// Each time the database is at a revision, the record is true, and a second run completes. How often it was killed.
    static int killAtEveryBoundary(const History &history, DialectKind kind, const QByteArray &boundaries, const QByteArray &transactions)
    {
        const auto database = kind == DialectKind::PostgreSql ? PostgresServer::shared().createDatabase() : nullptr;
        const QTemporaryDir folder;
        QStringList before;
        int kills = 0;
        const int stride = boundaries == "calls" && !qEnvironmentVariableIsSet("STILLROOM_CRASHES") ? 3 : 1;
        for (int boundary = 1;; boundary += stride) {
            const QString file = folder.filePath(q("%1.db").arg(boundary)), records = folder.filePath(q("records %1").arg(boundary));
            const auto [spec, url] = database ? emptied(*database) : std::pair(fileSpec(file), q("sqlite:///") + file);
            const auto runner = [&](int killsAt) {
                QProcess process;
                process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
                process.start(q(CRASHING_RUNNER), {history.scripts.folder(), url, QString::fromLatin1(boundaries), QString::number(killsAt), records,
                                                   QString::fromLatin1(transactions)});
                return process.waitForFinished(60'000) ? std::pair(process.exitStatus(), process.exitCode()) : std::pair(QProcess::CrashExit, -1);
            };
            const auto [status, code] = runner(boundary);
            const bool completed = status == QProcess::NormalExit;
            if (code != (completed ? 0 : SIGKILL)) {
                QTest::qFail("the runner neither completed nor was killed", __FILE__, __LINE__);
                return 0;
            }
            const QStringList found = appliedAfterwards(spec, history.revisions);
            for (const RunRecord &record : runRecords(records)) {
                if (!record.kind.isEmpty()) // the plan stood in it already
                    checkRecord(record, found, history.revisions, transactions == "one");
            }
            // Further on in the plan nothing is less done; how many calls it takes to read what a server sends is another number each time.
            const bool isInOrder = found.size() >= before.size() || (database && boundaries == "calls");
            if (found.contains(q("torn")) || !isInOrder) {
                qWarning("boundary %d: %s", boundary, qPrintable(found.join(QLatin1Char(' '))));
                QTest::qFail("torn, or less done than at the boundary before", __FILE__, __LINE__);
            }
            const auto second = runner(0);
            if (second != std::pair(QProcess::NormalExit, 0) || appliedAfterwards(spec, history.revisions) != history.revisions) {
                qWarning("boundary %d: ended with %d", boundary, second.second);
                QTest::qFail("a second run does not complete", __FILE__, __LINE__);
            }
            if (completed && qEnvironmentVariableIsSet("STILLROOM_CRASHES"))
                qInfo("%d revisions: killed at %d boundaries", int(history.revisions.size()), kills);
            if (completed || QTest::currentTestFailed())
                return kills;
            ++kills;
            before = found;
            if (!database)
                QFile::remove(file);
        }
    }
};

QTEST_GUILESS_MAIN(CrashesTest)
#include "tst_crashes.moc"
