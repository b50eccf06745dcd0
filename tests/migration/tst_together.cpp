// SPDX-License-Identifier: GPL-3.0-or-later
// Trouble in the middle of what is sent to PostgreSQL together: which statement it was, what was answered before it, what the record says,
// and where the database is afterwards.
#include "migration/journal.h"
#include "place.h"

#include <csignal>
#include <thread>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

constexpr int kShortMs = 100;
const int kTrouble = 3; ///< its place among b2's own statements, which count from 0; all but the first are sent together

enum class Trouble { Refused, LockTimeout, Deadlock, Serialization, Cancelled, TimedOut, Cut };

/// a1 makes two tables; b2 does four things, the trouble and two more. Somebody else has the tables `one` and `two` in use.
struct Stage : Place {
    Trouble trouble;
    std::unique_ptr<Session> session, other;
    QString folder = scripts.path(q("records"));

    explicit Stage(Trouble which) : Place(dialect::DialectKind::PostgreSql), trouble(which)
    {
        std::ignore = database->run(q("CREATE TABLE one (id int UNIQUE); CREATE TABLE two (id int); INSERT INTO one VALUES (1); INSERT INTO two "
                                      "VALUES (1)"));
        scripts.addTables(q("a1"));
        scripts.add(q("b2"),
                    {q("op.execute('CREATE TABLE b_first (id int)')"), q("op.execute('UPDATE two SET id = 5')"),
                     q("op.execute(\"DO 'BEGIN RAISE NOTICE ''before''; PERFORM pg_sleep(0.05); END'\")"), q("op.execute('%1')").arg(statement()),
                     q("op.execute('CREATE TABLE b_later (id int)')"), q("op.execute('INSERT INTO b_later VALUES (1)')")});
        ConnectionSpec others = spec;
        others.keywords.emplace_back(q("application_name"), q("the shop"));
        other = std::move(*Session::open(others));
        spec.lockTimeoutMs = trouble == Trouble::LockTimeout ? kShortMs : 0;
        spec.statementTimeoutMs = trouble == Trouble::TimedOut ? 2 * kShortMs : 0;
        if (trouble == Trouble::Serialization)
            spec.keywords.emplace_back(q("options"), q("-c default_transaction_isolation=serializable"));
        session = open();
    }
    [[nodiscard]] QString statement() const
    {
        switch (trouble) {
        case Trouble::Refused:
            return q("INSERT INTO one VALUES (1)");
        case Trouble::LockTimeout:
            return q("ALTER TABLE one ADD COLUMN note text");
        case Trouble::Deadlock:
        case Trouble::Serialization:
            return q("UPDATE one SET id = 7");
        case Trouble::Cancelled:
        case Trouble::TimedOut:
        case Trouble::Cut:
            return q("SELECT pg_sleep(600)");
        }
        return {};
    }
    [[nodiscard]] QString sqlState() const
    {
        switch (trouble) {
        case Trouble::Refused:
            return q("23505");
        case Trouble::LockTimeout:
            return q("55P03");
        case Trouble::Deadlock:
            return q("40P01");
        case Trouble::Serialization:
            return q("40001");
        case Trouble::Cancelled:
        case Trouble::TimedOut:
            return q("57014");
        case Trouble::Cut:
            return {};
        }
        return {};
    }
    void otherDoes(const char *sql) const
    {
        const auto done = other->execute(q(sql));
        VERIFY_OK(done);
    }
    void begins() const
    {
        if (trouble == Trouble::LockTimeout || trouble == Trouble::Deadlock) {
            otherDoes("SET deadlock_timeout = '1h'"); // so that it is the run whom the server ends
            otherDoes("BEGIN");
            otherDoes(trouble == Trouble::LockTimeout ? "LOCK TABLE one" : "UPDATE one SET id = 6");
        }
    }
    /// Waits until the run sleeps in the server.
    void whenItSleeps(const std::function<void(int pid)> &act) const
    {
        const QString asked = q("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)' AND "
                                "state = 'active' AND wait_event = 'PgSleep'");
        for (;;) {
            const auto found = other->execute(asked);
            if (!found || !found->rows.empty())
                return act(found ? found->rows.front().front().toInt() : 0);
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }
};

} // namespace

class TogetherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void troubleInTheMiddleIsThatOfItsOwnStatement_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<bool>("isOne");
        const std::pair<const char *, Trouble> troubles[] = {{"refused", Trouble::Refused},
                                                             {"lock timeout", Trouble::LockTimeout},
                                                             {"deadlock", Trouble::Deadlock},
                                                             {"serialization", Trouble::Serialization},
                                                             {"cancelled", Trouble::Cancelled},
                                                             {"statement timeout", Trouble::TimedOut},
                                                             {"cut", Trouble::Cut}};
        for (const bool isOne : {true, false}) {
            for (const auto &[name, trouble] : troubles)
                QTest::addRow("%s, %s", name, isOne ? "one" : "each") << int(trouble) << isOne;
        }
    }
    void troubleInTheMiddleIsThatOfItsOwnStatement()
    {
        QFETCH(int, which);
        QFETCH(bool, isOne);
        const auto trouble = Trouble(which);
        Stage stage(trouble);
        stage.begins();
        const auto handle = stage.session->cancelHandle();
        std::jthread outside;
        if (trouble == Trouble::Cancelled || trouble == Trouble::Cut) {
            outside = std::jthread([&] {
                stage.whenItSleeps([&](int pid) {
                    if (trouble == Trouble::Cancelled)
                        handle->cancel();
                    else
                        std::ignore = stage.other->execute(q("SELECT pg_terminate_backend(%1)").arg(pid));
                });
            });
        }
        Told told;
        const auto done = stage.upgrade(
            *stage.session, q("head"),
            [&](const RunEvent &event) {
                told.all.push_back(event);
                // The transaction has read the version rows by then, so its snapshot is older than this.
                const auto *step = std::get_if<StepStarted>(&event);
                if (trouble == Trouble::Serialization && step && step->step == (isOne ? 0 : 1))
                    stage.otherDoes("UPDATE one SET id = 2");
                if (trouble == Trouble::Deadlock && std::holds_alternative<StatementBlocked>(event) && !outside.joinable())
                    outside = std::jthread([&stage] { std::ignore = stage.other->execute(q("UPDATE two SET id = 6")); });
            },
            [&](RunRequest &request) {
                request.transactions = isOne ? RunRequest::Transactions::One : RunRequest::Transactions::EachRevision;
                request.journalFolder = stage.folder;
            });
        if (outside.joinable())
            outside.join();
        COMPARE_ERROR(done, trouble == Trouble::Cut         ? ErrorCode::ConnectionLost
                            : trouble == Trouble::Cancelled ? ErrorCode::Cancelled
                                                            : ErrorCode::StatementFailed);
        // Which statement it was, and where in which script.
        QCOMPARE(done.error().statement, stage.statement());
        QCOMPARE(done.error().sqlState, stage.sqlState());
        QCOMPARE(done.error().revision, q("b2"));
        QVERIFY(done.error().file.endsWith(q("b2.py")));
        QCOMPARE(done.error().line, 13);
        checkEvents(told);
        const QStringList applied = isOne ? QStringList() : QStringList{q("a1")};
        const RunFailed failed = told.of<RunFailed>().front();
        QCOMPARE(failed.applied, applied);
        QCOMPARE(failed.applied + failed.notApplied, (QStringList{q("a1"), q("b2")}));
        QVERIFY(!failed.isInDoubt && failed.leftOutsideTransaction.isEmpty());
        QCOMPARE(told.of<RolledBack>().size(), std::size_t(trouble == Trouble::Cut ? 0 : 1)); // that one is the server's to roll back
        checkRecord(stage, applied);
        // Afterwards nothing of it is there, and it can be done again.
        std::ignore = stage.other->rollback();
        const auto again = Session::open(stage.spec);
        VERIFY_OK(again);
        QCOMPARE(versionRows(**again), applied);
        const auto left = (*again)->execute(q("SELECT to_regclass('b_first') IS NULL AND to_regclass('b_later') IS NULL AND (to_regclass('t_a1') IS "
                                              "NULL) = %1 AND (SELECT count(*) FROM two WHERE id = 5) = 0")
                                                .arg(isOne ? q("true") : q("false")));
        VERIFY_OK(left);
        QVERIFY(left->rows.front().front().toBool());
    }

    /// A script is evaluated while the server is busy with the one before it. What it asks of the database, and what it meets, comes in its turn.
    void theNextScriptSeesWhatTheOneBeforeItDid_data()
    {
        QTest::addColumn<bool>("isOne");
        QTest::addRow("one transaction") << true;
        QTest::addRow("one for each revision") << false;
    }
    void theNextScriptSeesWhatTheOneBeforeItDid()
    {
        QFETCH(bool, isOne);
        Place place(true);
        place.scripts.addTables(q("a1"));
        place.scripts.add(q("b2"), {q("op.execute('CREATE TABLE counted (id int)')"), q("op.execute('INSERT INTO counted VALUES (1), (2), (3)')")});
        place.scripts.add(q("c3"), {q("count = op.get_bind().execute(sa.text('SELECT count(*) FROM counted')).scalar()"),
                                    q("op.execute('CREATE TABLE found_%d (id int)' % count)"), q("op.execute('INSERT INTO counted VALUES (4)')")});
        place.scripts.add(q("d4"), {q("names = sa.inspect(op.get_bind()).get_table_names()"),
                                    q("op.execute('CREATE TABLE seen (id int)') if 'found_3' in names else None"), q("op.execute('SELECT 1')")});
        place.scripts.add(q("e5"), {q("op.execute('CREATE TABLE e_first (id int)')"), q("op.execute('CREATE TABLE e_second (id int)')"),
                                    q("raise ValueError('no further')")});
        const auto session = place.open();
        Told told;
        const auto done = place.upgrade(*session, q("head"), told.listener(), [isOne](RunRequest &request) {
            request.transactions = isOne ? RunRequest::Transactions::One : RunRequest::Transactions::EachRevision;
        });
        QVERIFY(!done);
        QCOMPARE(done.error().revision, q("e5"));
        const QStringList applied = isOne ? QStringList() : QStringList{q("a1"), q("b2"), q("c3"), q("d4")};
        QCOMPARE(told.of<RunFailed>().front().applied, applied);
        const auto steps = told.of<StepDone>();
        QCOMPARE(steps.size(), std::size_t(4)); // what e5 met is told after what d4 did
        const auto look =
            place.open()->execute(q("SELECT to_regclass('found_3') IS NOT NULL AND to_regclass('seen') IS NOT NULL, to_regclass('e_first') IS NULL"));
        VERIFY_OK(look);
        QCOMPARE(look->rows.front()[0].toBool(), !isOne);
        QVERIFY(look->rows.front()[1].toBool());
        QStringList statements;
        for (const StatementStarted &one : told.of<StatementStarted>())
            statements << one.statement.sql;
        QVERIFY2(statements.contains(q("CREATE TABLE found_3 (id int)")) && statements.contains(q("CREATE TABLE seen (id int)")),
                 qPrintable(statements.join(QLatin1Char('\n'))));
    }

    void theServerStopsWhileItWorksOnThem_data()
    {
        QTest::addColumn<bool>("isFast");
        QTest::addColumn<bool>("isOne");
        for (const bool isFast : {true, false}) {
            for (const bool isOne : {true, false})
                QTest::addRow("%s, %s", isFast ? "fast" : "immediate", isOne ? "one" : "each") << isFast << isOne;
        }
    }
    void theServerStopsWhileItWorksOnThem()
    {
        QFETCH(bool, isFast);
        QFETCH(bool, isOne);
        PostgresServer::Options options;
        options.settings = {q("synchronous_commit=on")};
        const auto server = PostgresServer::start(options);
        QVERIFY2(server, testsupport::failureText(server));
        const auto database = (*server)->createDatabase();
        Scripts scripts;
        scripts.addTables(q("a1"));
        scripts.add(q("b2"), {q("op.execute('CREATE TABLE b_first (id int)')"), q("op.execute('CREATE TABLE b_second (id int)')"),
                              q("op.execute('SELECT pg_sleep(600)')"), q("op.execute('CREATE TABLE b_later (id int)')")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        ConnectionSpec spec;
        spec.kind = dialect::DialectKind::PostgreSql;
        spec.keywords = database->keywords();
        const auto session = Session::open(spec);
        VERIFY_OK(session);
        const auto plan = planTo(*project, **session, q("head"));
        VERIFY_OK(plan);
        Told told;
        std::atomic<bool> sleeps = false;
        RunRequest request{.plan = *plan, .targetName = {}, .journalFolder = scripts.path(q("records"))};
        request.transactions = isOne ? RunRequest::Transactions::One : RunRequest::Transactions::EachRevision;
        const std::atomic<bool> stop = false;
        std::jthread stopper([&sleeps, &spec, postmaster = pid_t((*server)->processId()), isFast] {
            const auto look = Session::open(spec);
            const QString asked = q("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'");
            for (int i = 0; look && i < 10'000 && !sleeps; ++i) {
                const auto found = (*look)->execute(asked);
                sleeps = found && !found->rows.empty();
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            ::kill(postmaster, isFast ? SIGINT : SIGQUIT);
        });
        const auto done = run(*project, **session, request, stop, told.listener());
        stopper.join();
        (*server)->stop(isFast ? PostgresServer::Shutdown::Fast : PostgresServer::Shutdown::Immediate);
        QVERIFY(sleeps);
        COMPARE_ERROR(done, ErrorCode::ConnectionLost);
        QCOMPARE(done.error().statement, q("SELECT pg_sleep(600)"));
        const QStringList applied = isOne ? QStringList() : QStringList{q("a1")};
        QCOMPARE(told.of<RunFailed>().front().applied, applied);
        QVERIFY(!told.of<RunFailed>().front().isInDoubt);
        const auto started = (*server)->startAgain();
        QVERIFY2(started, testsupport::failureText(started));
        const auto again = Session::open(spec);
        VERIFY_OK(again);
        QCOMPARE(versionRows(**again), applied);
        const auto records = runRecords(scripts.path(q("records")));
        QCOMPARE(records.size(), std::size_t(1));
        QCOMPARE(records.front().now, applied);
        QCOMPARE(records.front().status, RunRecord::Status::Failed);
    }

private:
    /// Everything before the trouble was answered, with its notice in its own place; nothing after it was.
    static void checkEvents(const Told &told)
    {
        QStringList heard;
        qint64 microseconds = 0;
        for (const RunEvent &event : told.all) {
            if (const auto *started = std::get_if<StatementStarted>(&event); started && started->step == 1)
                heard.append(q("starts %1").arg(started->index));
            else if (const auto *answered = std::get_if<StatementDone>(&event); answered && answered->step == 1) {
                heard.append(q("done %1").arg(answered->index));
                microseconds += answered->microseconds;
            } else if (const auto *notice = std::get_if<NoticeReceived>(&event); notice && notice->notice.severity == QLatin1String("NOTICE"))
                heard.append(notice->notice.text);
        }
        QStringList expected;
        for (int i = 0; i < kTrouble; ++i) {
            expected.append(q("starts %1").arg(i));
            if (i == 2)
                expected.append(q("before"));
            expected.append(q("done %1").arg(i));
        }
        expected.append(q("starts %1").arg(kTrouble));
        QCOMPARE(heard, expected);
        QVERIFY(microseconds >= 50'000); // that one of them slept is in their times, and counted once
    }
    /// The record names what was sent with it too, and says of nothing that it is open.
    static void checkRecord(const Stage &stage, const QStringList &applied)
    {
        const auto records = runRecords(stage.folder);
        QCOMPARE(records.size(), std::size_t(1));
        const RunRecord &record = records.front();
        QCOMPARE(record.status, RunRecord::Status::Failed);
        QCOMPARE(record.now, applied);
        QVERIFY(record.unanswered.isEmpty() && record.sentBehind.isEmpty() && !record.wasOutside);
        const auto lines = readRun(stage.folder, record.id);
        VERIFY_OK(lines);
        QStringList sent, answered;
        QString statement;
        for (const QJsonObject &line : *lines) {
            const QString event = line[q("event")].toString();
            if (line[q("step")].toInt(-1) == 1 && event == QLatin1String("statement"))
                sent.append(line[q("sql")].toString());
            if (line[q("step")].toInt(-1) == 1 && event == QLatin1String("answered"))
                answered.append(QString::number(line[q("index")].toInt()));
            if (event == QLatin1String("failed"))
                statement = line[q("error")][q("statement")].toString();
        }
        QCOMPARE(statement, stage.statement());
        QCOMPARE(answered, (QStringList{q("0"), q("1"), q("2")}));
        QCOMPARE(sent.value(kTrouble), stage.statement());
        QCOMPARE(sent.size(), 7); // with the version row, which was sent along and passed over
    }
};

QTEST_GUILESS_MAIN(TogetherTest)
#include "tst_together.moc"
