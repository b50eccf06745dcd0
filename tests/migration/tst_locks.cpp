// SPDX-License-Identifier: GPL-3.0-or-later
// A run that meets the locks of others, on a real server.
#include "place.h"

#include <thread>

#include <csignal>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

constexpr int kShortMs = 100;

/// A database with the tables `one` and `two`, a runner's session and that of somebody else.
struct Stage : Place {
    std::unique_ptr<Session> session, other;

    explicit Stage(int lockTimeoutMs) : Place(dialect::DialectKind::PostgreSql)
    {
        std::ignore =
            database->run(q("CREATE TABLE one (id int); CREATE TABLE two (id int); INSERT INTO one VALUES (1), (1); INSERT INTO two VALUES (1)"));
        ConnectionSpec others = spec;
        others.keywords.emplace_back(q("application_name"), q("the shop"));
        other = std::move(*Session::open(others));
        spec.lockTimeoutMs = lockTimeoutMs;
        session = open();
    }
    void otherDoes(const char *sql) const
    {
        const auto done = other->execute(q(sql));
        VERIFY_OK(done);
    }
    Result<void> upgrade(const std::function<void(const RunEvent &)> &tell, int lockRetries = 5)
    {
        return Place::upgrade(*session, q("head"), tell, [lockRetries](RunRequest &request) { request.policy.lockRetries = lockRetries; });
    }
    [[nodiscard]] QString scalar(const char *sql) const { return database->run(q(sql))->front().front(); }
};

} // namespace

class LocksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLockAtTheStartOfATransactionIsTriedAgain()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("op.execute('ALTER TABLE one ADD COLUMN note text')"), q("op.execute('CREATE TABLE three (id int)')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("LOCK TABLE one");
        Told told;
        const auto done = stage.upgrade([&](const RunEvent &event) {
            told.all.push_back(event);
            if (const auto *retried = std::get_if<StatementRetried>(&event)) {
                QCOMPARE(retried->error.sqlState, q("55P03"));
                QVERIFY(stage.session->transactionState() == database::TransactionState::Idle); // nothing is held during the pause
                if (retried->attempt == 2)
                    stage.otherDoes("ROLLBACK");
            }
        });
        VERIFY_OK(done);
        QCOMPARE(told.of<StatementRetried>().size(), std::size_t(2));
        QCOMPARE(told.of<StatementStarted>().size(), std::size_t(4)); // version table, two of the revision, version row: none twice
        QCOMPARE(versionRows(*stage.session), QStringList{q("a1")});
        QCOMPARE(stage.scalar("SELECT count(*) FROM information_schema.columns WHERE table_name = 'one'"), q("2"));
    }

    void aLockThatIsNeverLetGoEndsTheRun()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("op.execute('ALTER TABLE one ADD COLUMN note text')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("LOCK TABLE one");
        Told told;
        const auto done = stage.upgrade(told.listener(), 2);
        COMPARE_ERROR(done, ErrorCode::StatementFailed);
        QCOMPARE(done.error().sqlState, q("55P03"));
        QCOMPARE(told.of<StatementRetried>().size(), std::size_t(2));
        QCOMPARE(told.of<RunFailed>().front().notApplied, QStringList{q("a1")});
        QCOMPARE(versionRows(*stage.session), QStringList());
    }

    void aLockInTheMiddleOfATransactionIsNotTriedAgain()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("op.execute('CREATE TABLE three (id int)')"), q("op.execute('ALTER TABLE one ADD COLUMN note text')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("LOCK TABLE one");
        Told told;
        COMPARE_ERROR(stage.upgrade(told.listener()), ErrorCode::StatementFailed);
        QVERIFY(told.of<StatementRetried>().empty());
        QCOMPARE(stage.scalar("SELECT to_regclass('three') IS NULL AND to_regclass('alembic_version') IS NULL"), q("t"));
    }

    void whoIsInTheWayIsToldWhileTheStatementWaits()
    {
        Stage stage(0);
        stage.scripts.add(q("a1"), {q("op.execute('CREATE TABLE three (id int)')"), q("op.execute('ALTER TABLE one ADD COLUMN note text')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("SELECT count(*) FROM one");
        Told told;
        VERIFY_OK(stage.upgrade([&](const RunEvent &event) {
            told.all.push_back(event);
            if (std::holds_alternative<StatementBlocked>(event))
                stage.otherDoes("ROLLBACK");
        }));
        const auto blocked = told.of<StatementBlocked>();
        QCOMPARE(blocked.size(), std::size_t(1));
        QCOMPARE(blocked.front().index, 2);
        QCOMPARE(blocked.front().blockers.size(), std::size_t(1));
        const database::Blocker &blocker = blocked.front().blockers.front();
        QCOMPARE(blocker.pid, stage.other->backendPid());
        QCOMPARE(blocker.application, q("the shop"));
        QCOMPARE(blocker.state, q("idle in transaction"));
        QCOMPARE(blocker.query, q("SELECT count(*) FROM one"));
        QVERIFY2(blocker.lock.contains(q("AccessShareLock on one")), qPrintable(blocker.lock));
        QVERIFY(blocker.since.isValid() && blocker.since.secsTo(QDateTime::currentDateTime()) < 60);
    }

    void aBlockerIsCancelledOnlyWhenAsked()
    {
        Stage stage(0);
        database::BlockerWatch watch(stage.spec);
        stage.otherDoes("BEGIN");
        const auto ended = watch.terminate(stage.other->backendPid());
        VERIFY_OK(ended);
        QVERIFY(*ended);
        COMPARE_ERROR(stage.other->execute(q("SELECT 1")), ErrorCode::ConnectionLost);
    }

    void anIndexThatIsBuiltConcurrentlyWaitsForLonger()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("with op.get_context().autocommit_block():"), q("    op.execute('CREATE INDEX CONCURRENTLY ix ON one (id)')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("INSERT INTO one VALUES (3)");
        Told told;
        VERIFY_OK(stage.upgrade([&](const RunEvent &event) {
            told.all.push_back(event);
            if (std::holds_alternative<StatementBlocked>(event)) // after several times the lock timeout
                stage.otherDoes("COMMIT");
        }));
        QVERIFY(told.of<StatementRetried>().empty());
        QCOMPARE(stage.scalar("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass"), q("t"));
        QCOMPARE(stage.session->execute(q("SHOW lock_timeout"))->rows.front().front().toString(), q("100ms"));
        QVERIFY(told.of<FoundAfterwards>().empty());
    }

    void anIndexThatCouldNotBeBuiltIsFoundAfterwards()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("op.execute('ALTER TABLE two ADD CONSTRAINT positive CHECK (id > 0) NOT VALID')"),
                                    q("with op.get_context().autocommit_block():"),
                                    q("    op.execute('CREATE UNIQUE INDEX CONCURRENTLY \"Ix\" ON one (id)')")});
        Told told;
        COMPARE_ERROR(stage.upgrade(told.listener()), ErrorCode::StatementFailed);
        const auto found = told.of<FoundAfterwards>();
        QCOMPARE(found.size(), std::size_t(1));
        const auto &leftovers = found.front().leftovers;
        QCOMPARE(leftovers.size(), std::size_t(2));
        QCOMPARE(leftovers[0].remedy, q("ALTER TABLE two VALIDATE CONSTRAINT positive"));
        QCOMPARE(leftovers[1].remedy, q("DROP INDEX CONCURRENTLY public.\"Ix\""));
        for (const auto &leftover : leftovers) // what is offered works
            VERIFY_OK(stage.session->execute(leftover.remedy));
        const auto again = database::findLeftovers(*stage.session);
        VERIFY_OK(again);
        QVERIFY(again->empty());
    }

    void aDeadlockLeavesTheDatabaseAtARevision()
    {
        Stage stage(0);
        stage.scripts.addTables(q("a1"));
        stage.scripts.add(q("b2"), {q("op.execute('UPDATE one SET id = 5')"), q("op.execute('UPDATE two SET id = 5')")});
        stage.otherDoes("BEGIN");
        stage.otherDoes("UPDATE two SET id = 6");
        std::jthread others;
        Told told;
        const auto done = stage.upgrade([&](const RunEvent &event) {
            told.all.push_back(event);
            if (std::holds_alternative<StatementBlocked>(event) && !others.joinable())
                others = std::jthread([&stage] { std::ignore = stage.other->execute(q("UPDATE one SET id = 6")); });
        });
        others.join();
        std::ignore = stage.other->rollback();
        // The server chooses whom to end.
        if (done) {
            QCOMPARE(versionRows(*stage.session), QStringList{q("b2")});
            QCOMPARE(stage.scalar("SELECT min(id) FROM one"), q("5"));
        } else {
            QCOMPARE(done.error().sqlState, q("40P01"));
            QCOMPARE(versionRows(*stage.session), QStringList());
            QCOMPARE(stage.scalar("SELECT to_regclass('t_a1') IS NULL"), q("t"));
            QCOMPARE(told.of<RolledBack>().front().revisionsUndone, QStringList{q("a1")});
            VERIFY_OK(stage.upgrade([](const RunEvent &) {}));
            QCOMPARE(versionRows(*stage.session), QStringList{q("b2")});
        }
    }

    void aCancelThatTheServerDoesNotAnswerIsTold()
    {
        Stage stage(kShortMs);
        stage.scripts.add(q("a1"), {q("op.execute('SELECT pg_sleep(600)')")});
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *stage.session, q("head"));
        VERIFY_OK(plan);
        std::atomic<bool> stop = false, cancel = false;
        RunRequest request{.plan = *plan, .targetName = {}, .connection = stage.spec};
        request.cancel = &cancel;
        const auto handle = stage.session->cancelHandle();
        const int backend = stage.session->backendPid();
        int told = 0;
        const auto done = run(*project, *stage.session, request, stop, [&](const RunEvent &event) {
            if (const auto *started = std::get_if<StatementStarted>(&event); started && started->statement.sql.contains(q("pg_sleep"))) {
                QCOMPARE(::kill(backend, SIGSTOP), 0); // as one that hangs in the kernel
                cancel = true;
            }
            const auto *notice = std::get_if<NoticeReceived>(&event);
            if (notice && notice->notice.text.contains(q("process %1 ").arg(backend)) && ++told == 1) {
                QCOMPARE(::kill(backend, SIGCONT), 0);
                handle->cancel();
            }
        });
        COMPARE_ERROR(done, ErrorCode::Cancelled);
        QCOMPARE(told, 1);
        QCOMPARE(versionRows(*stage.session), QStringList());
    }

    /// Where the project runs in REPEATABLE READ or SERIALIZABLE: the first statement may begin anew with a new snapshot, a later one may not.
    void aSerializationFailureIsTriedAgainAtTheStartAndRollsBackLater()
    {
        for (const bool isAtStart : {true, false}) {
            Stage stage(kShortMs);
            ConnectionSpec strict = stage.spec;
            strict.keywords.emplace_back(q("options"), q("-c default_transaction_isolation=serializable"));
            stage.session = std::move(*Session::open(strict));
            QStringList body{q("op.execute('UPDATE one SET id = id + 10')")};
            if (!isAtStart)
                body.prepend(q("op.execute('CREATE TABLE three (id int)')"));
            stage.scripts.add(q("a1"), body);
            Told told;
            int times = 0;
            const auto done = stage.upgrade([&](const RunEvent &event) {
                told.all.push_back(event);
                // The run's transaction has read the version rows, so its snapshot is older than this.
                const auto *started = std::get_if<StatementStarted>(&event);
                if (started && started->statement.sql.startsWith(q("UPDATE one")) && ++times == 1)
                    stage.otherDoes("UPDATE one SET id = 2");
            });
            if (isAtStart) {
                VERIFY_OK(done);
                QCOMPARE(told.of<StatementRetried>().size(), std::size_t(1));
                QCOMPARE(told.of<StatementRetried>().front().error.sqlState, q("40001"));
                QCOMPARE(stage.scalar("SELECT min(id) FROM one"), q("12"));
                continue;
            }
            COMPARE_ERROR(done, ErrorCode::StatementFailed);
            QCOMPARE(done.error().sqlState, q("40001"));
            QCOMPARE(told.of<RunFailed>().front().notApplied, QStringList{q("a1")});
            QCOMPARE(stage.scalar("SELECT to_regclass('three') IS NULL AND (SELECT min(id) FROM one) = 2"), q("t"));
            VERIFY_OK(stage.upgrade([](const RunEvent &) {}));
            QCOMPARE(versionRows(*stage.session), QStringList{q("a1")});
        }
    }
};

QTEST_GUILESS_MAIN(LocksTest)
#include "tst_locks.moc"
