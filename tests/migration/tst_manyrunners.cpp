// SPDX-License-Identifier: GPL-3.0-or-later
// Several runners on one database at once: each revision is applied once, and whoever is second waits.
#include "database/runlock.h"
#include "place.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QSemaphore>

#include <thread>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;
using dialect::DialectKind;

Q_DECLARE_METATYPE(DialectKind)

namespace {

constexpr int kRunners = 8, kRounds = 50;

QStringList revisions() { return {QStringLiteral("a1"), QStringLiteral("b2"), QStringLiteral("c3"), QStringLiteral("d4"), QStringLiteral("e5")}; }

/// What a runner does that starts without knowing of others.
Result<void> upgrade(const project::Project &project, const ConnectionSpec &spec, Told &told)
{
    auto session = Session::open(spec);
    if (!session)
        return std::unexpected(session.error());
    const auto plan = planTo(project, **session, QStringLiteral("head"));
    if (!plan)
        return std::unexpected(plan.error());
    const std::atomic<bool> stop = false;
    const RunRequest request{
        .plan = *plan, .targetName = {}, .connection = spec, .planAgain = [&] { return planTo(project, **session, QStringLiteral("head")); }};
    return run(project, **session, request, stop, told.listener());
}

void addKinds()
{
    QTest::addColumn<DialectKind>("kind");
    QTest::newRow("PostgreSQL") << DialectKind::PostgreSql;
    QTest::newRow("SQLite") << DialectKind::Sqlite;
}

void inParallel(const std::function<void(int)> &work, int runners = kRunners)
{
    std::vector<std::jthread> threads;
    QSemaphore go;
    for (int i = 0; i < runners; ++i)
        threads.emplace_back([&work, &go, i] {
            go.acquire();
            work(i);
        });
    go.release(runners);
}

/// An env.py with the lines between "begin" and "run_migrations" of docs/guide/running.md.
void writeLockingEnvironment(const Scripts &scripts, const QString &url)
{
    QFile guide(QStringLiteral(STILLROOM_SOURCE_DIR "/docs/guide/running.md"));
    QVERIFY(guide.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(guide.readAll());
    const qsizetype start = text.indexOf(QLatin1String("    with context.begin_transaction():\n"));
    const qsizetype end = text.indexOf(QLatin1String("```"), start);
    QVERIFY(start > 0 && end > start);
    scripts.write(QStringLiteral("scripts/env.py"),
                  QStringLiteral("import time\nfrom alembic import context\nfrom sqlalchemy import create_engine, pool\n"
                                 "engine = create_engine('%1', poolclass=pool.NullPool)\n"
                                 "with engine.connect() as connection:\n"
                                 "    context.configure(connection=connection)\n%2")
                      .arg(url, text.mid(start, end - start)));
}

} // namespace

class ManyRunnersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRevisionIsAppliedOnce_data() { addKinds(); }
    void eachRevisionIsAppliedOnce();
    void programsAtOnceDoToo_data() { addKinds(); }
    void programsAtOnceDoToo();
    void alembicWithTheFourLinesIsOneOfThem();
    void alembicRunsAmongSevenOthers();
    void theSecondIsToldWhoHoldsTheDatabase_data() { addKinds(); }
    void theSecondIsToldWhoHoldsTheDatabase();
    void whoWaitsForTooLongGivesUpAndHasDoneNothing_data() { addKinds(); }
    void whoWaitsForTooLongGivesUpAndHasDoneNothing();
    void whoWaitsCanBeStopped_data() { addKinds(); }
    void whoWaitsCanBeStopped();
    void aRunnerThatWaitsDoesNotHoldUpAnIndexThatIsBuiltConcurrently();
    void versionTablesOfOneDatabaseHaveLocksOfTheirOwn();
};

void ManyRunnersTest::eachRevisionIsAppliedOnce()
{
    QFETCH(DialectKind, kind);
    Scripts scripts;
    for (const QString &id : revisions())
        scripts.addTables(id);
    const auto project = scripts.open();
    VERIFY_OK(project);
    for (int round = 0; round < kRounds; ++round) {
        const Place place(kind);
        std::vector<Told> told(kRunners);
        std::vector<Result<void>> results(kRunners);
        inParallel([&](int i) { results[std::size_t(i)] = upgrade(*project, place.spec, told[std::size_t(i)]); });
        QStringList applied;
        for (int i = 0; i < kRunners; ++i) {
            VERIFY_OK(results[std::size_t(i)]);
            for (const StepDone &done : told[std::size_t(i)].of<StepDone>())
                applied.append(done.revision);
        }
        applied.sort();
        QCOMPARE(applied, revisions());
        const auto session = Session::open(place.spec);
        QCOMPARE(versionRows(**session), QStringList{QStringLiteral("e5")});
    }
}

void ManyRunnersTest::programsAtOnceDoToo()
{
    QFETCH(DialectKind, kind);
    Scripts scripts;
    for (const QString &id : revisions())
        scripts.addTables(id);
    for (int round = 0; round < 3; ++round) {
        const Place place(kind);
        std::vector<std::unique_ptr<QProcess>> programs;
        for (int i = 0; i < kRunners; ++i) {
            programs.push_back(std::make_unique<QProcess>());
            programs.back()->start(QStringLiteral(STILLROOM_CLI), {QStringLiteral("-c"), scripts.folder(), QStringLiteral("--url"), place.url,
                                                                   QStringLiteral("upgrade"), QStringLiteral("head")});
        }
        QString output;
        for (const auto &program : programs) {
            QVERIFY(program->waitForFinished(60'000));
            const QByteArray errors = program->readAllStandardError();
            QVERIFY2(program->exitCode() == 0, errors.constData());
            output += QString::fromUtf8(program->readAllStandardOutput());
        }
        for (const QString &id : revisions())
            QVERIFY2(output.count(QStringLiteral("step %1\n").arg(id)) == 1, qPrintable(output));
        const auto session = Session::open(place.spec);
        QCOMPARE(versionRows(**session), QStringList{QStringLiteral("e5")});
    }
}

void ManyRunnersTest::alembicWithTheFourLinesIsOneOfThem()
{
    QVERIFY2(!QStringLiteral(STILLROOM_ALEMBIC).isEmpty(), "Alembic is not installed");
    Scripts scripts;
    for (const QString &id : revisions())
        scripts.addTables(id);
    const auto database = PostgresServer::shared().createDatabase();
    writeLockingEnvironment(scripts, database->url());
    ConnectionSpec spec;
    spec.kind = DialectKind::PostgreSql;
    spec.keywords = database->keywords();
    const auto project = scripts.open();
    VERIFY_OK(project);
    QProcess alembic;
    alembic.setWorkingDirectory(scripts.folder());
    alembic.setProcessChannelMode(QProcess::MergedChannels);
    // Stillroom holds the lock until Alembic is seen to ask for it, and does its own work then.
    const auto session = Session::open(spec);
    VERIFY_OK(session);
    auto lock = database::RunLock::take(**session, kVersionTable, {});
    VERIFY_OK(lock);
    alembic.start(QStringLiteral(STILLROOM_ALEMBIC), {QStringLiteral("upgrade"), QStringLiteral("head")});
    const QString asking = QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = '%1' AND query LIKE '%pg_try_advisory_lock%'"
                                          " AND application_name <> 'stillroom'")
                               .arg(database->name());
    QVERIFY(QTest::qWaitFor([&] { return database->run(asking)->front().front() == QLatin1String("1"); }, 60'000));
    const auto plan = planTo(*project, **session, QStringLiteral("c3"));
    VERIFY_OK(plan);
    const std::atomic<bool> stop = false;
    VERIFY_OK(run(*project, **session, {*plan, {}}, stop, [](const RunEvent &) {}));
    QCOMPARE(versionRows(**session), QStringList{QStringLiteral("c3")});
    lock->reset();
    QVERIFY(alembic.waitForFinished(60'000));
    QVERIFY2(alembic.exitCode() == 0, alembic.readAll().constData());
    QCOMPARE(versionRows(**session), QStringList{QStringLiteral("e5")});
}

/// STILLROOM_ROUNDS: how often, for a run by hand.
void ManyRunnersTest::alembicRunsAmongSevenOthers()
{
    QVERIFY2(!QStringLiteral(STILLROOM_ALEMBIC).isEmpty(), "Alembic is not installed");
    const int rounds = qEnvironmentVariableIsSet("STILLROOM_ROUNDS") ? qEnvironmentVariableIntValue("STILLROOM_ROUNDS") : 3;
    int byAlembic = 0;
    for (int round = 0; round < rounds; ++round) {
        const Place place(DialectKind::PostgreSql);
        Scripts scripts(true);
        for (const QString &id : revisions())
            scripts.addTables(id);
        const auto project = scripts.open();
        VERIFY_OK(project);
        writeLockingEnvironment(scripts, place.url);
        QFile environment(scripts.path(QStringLiteral("scripts/env.py")));
        QVERIFY(environment.open(QIODevice::ReadWrite));
        const QByteArray text = environment.readAll();
        environment.seek(0);
        environment.write("import logging\nlogging.basicConfig(level=logging.INFO, format='%(message)s')\n" + text);
        environment.close();
        QProcess alembic;
        alembic.setWorkingDirectory(scripts.folder());
        alembic.setProcessChannelMode(QProcess::MergedChannels);
        alembic.start(QStringLiteral(STILLROOM_ALEMBIC), {QStringLiteral("upgrade"), QStringLiteral("head")});
        QVERIFY(alembic.waitForStarted());
        // Python takes a while to start: the others come when it has its connection, in every second round before it.
        const QString connected =
            QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname = '%1' AND pid <> pg_backend_pid()").arg(place.database->name());
        if (round % 2 == 0)
            QVERIFY(QTest::qWaitFor(
                [&] { return place.database->run(connected)->front().front() != QLatin1String("0") || alembic.state() == QProcess::NotRunning; },
                60'000));
        constexpr int kOthers = kRunners - 1;
        std::vector<Told> told(kOthers);
        std::vector<Result<void>> results(kOthers);
        inParallel([&](int i) { results[std::size_t(i)] = upgrade(*project, place.spec, told[std::size_t(i)]); }, kOthers);
        QVERIFY(alembic.state() == QProcess::NotRunning || alembic.waitForFinished(60'000));
        const QString output = QString::fromUtf8(alembic.readAll());
        QVERIFY2(alembic.exitCode() == 0, qPrintable(output));
        QStringList applied;
        for (int i = 0; i < kOthers; ++i) {
            VERIFY_OK(results[std::size_t(i)]);
            for (const StepDone &done : told[std::size_t(i)].of<StepDone>())
                applied.append(done.revision);
        }
        static const QRegularExpression step(QStringLiteral("Running upgrade .*-> (\\w+)"));
        for (auto it = step.globalMatch(output); it.hasNext(); ++byAlembic)
            applied.append(it.next().captured(1));
        applied.sort();
        QCOMPARE(applied, revisions());
        const auto session = Session::open(place.spec);
        QCOMPARE(versionRows(**session), QStringList{QStringLiteral("e5")});
    }
    if (qEnvironmentVariableIsSet("STILLROOM_ROUNDS"))
        qInfo("%d rounds, of whose %d revisions Alembic applied %d", rounds, rounds * 5, byAlembic);
}

/// Holds the database as a runner does that has not finished.
struct Holder {
    std::unique_ptr<Session> session;
    std::unique_ptr<database::RunLock> lock;
    explicit Holder(const ConnectionSpec &spec)
    {
        session = std::move(*Session::open(spec));
        lock = std::move(*database::RunLock::take(*session, kVersionTable, {}));
        if (spec.kind == DialectKind::Sqlite)
            std::ignore = session->begin();
    }
    void letGo()
    {
        std::ignore = session->rollback();
        lock.reset();
    }
};

void ManyRunnersTest::theSecondIsToldWhoHoldsTheDatabase()
{
    QFETCH(DialectKind, kind);
    Scripts scripts;
    scripts.addTables(QStringLiteral("a1"));
    const auto project = scripts.open();
    VERIFY_OK(project);
    const Place place(kind);
    Holder holder(place.spec);
    const auto second = Session::open(place.spec);
    VERIFY_OK(second);
    const auto plan = planTo(*project, **second, QStringLiteral("head"));
    VERIFY_OK(plan);
    const std::atomic<bool> stop = false;
    Told told;
    // Told in the runner's own thread, while it waits; so the test lets go when it is told.
    const auto done = run(*project, **second, {.plan = *plan, .targetName = {}, .connection = place.spec}, stop, [&](const RunEvent &event) {
        told.all.push_back(event);
        if (std::holds_alternative<RunnerWaits>(event))
            holder.letGo();
    });
    VERIFY_OK(done);
    const auto waits = told.of<RunnerWaits>();
    QCOMPARE(waits.size(), std::size_t(1));
    if (kind == DialectKind::PostgreSql) {
        QCOMPARE(waits.front().holders.size(), std::size_t(1));
        QCOMPARE(waits.front().holders.front().pid, holder.session->backendPid());
        QCOMPARE(waits.front().holders.front().application, QStringLiteral("stillroom"));
    }
    QCOMPARE(versionRows(**second), QStringList{QStringLiteral("a1")});
}

void ManyRunnersTest::whoWaitsForTooLongGivesUpAndHasDoneNothing()
{
    QFETCH(DialectKind, kind);
    Scripts scripts;
    scripts.addTables(QStringLiteral("a1"));
    const auto project = scripts.open();
    VERIFY_OK(project);
    Place place(kind);
    place.spec.lockTimeoutMs = 50;
    const Holder holder(place.spec);
    const auto second = Session::open(place.spec);
    VERIFY_OK(second);
    const auto plan = planTo(*project, **second, QStringLiteral("head"));
    VERIFY_OK(plan);
    const std::atomic<bool> stop = false;
    Told told;
    RunRequest request{.plan = *plan, .targetName = {}, .connection = place.spec};
    request.policy.runnerWaitMs = 100;
    COMPARE_ERROR(run(*project, **second, request, stop, told.listener()), ErrorCode::RunLockTimeout);
    QCOMPARE(told.of<RunFailed>().front().notApplied, QStringList{QStringLiteral("a1")});
    QVERIFY(told.of<StatementStarted>().empty());
    QCOMPARE(versionRows(**second), QStringList());
}

void ManyRunnersTest::whoWaitsCanBeStopped()
{
    QFETCH(DialectKind, kind);
    Scripts scripts;
    scripts.addTables(QStringLiteral("a1"));
    const auto project = scripts.open();
    VERIFY_OK(project);
    Place place(kind);
    place.spec.lockTimeoutMs = 500;
    const Holder holder(place.spec);
    const auto second = Session::open(place.spec);
    VERIFY_OK(second);
    const auto plan = planTo(*project, **second, QStringLiteral("head"));
    VERIFY_OK(plan);
    std::atomic<bool> stop = false;
    COMPARE_ERROR(run(*project, **second, {.plan = *plan, .targetName = {}, .connection = place.spec}, stop,
                      [&stop](const RunEvent &event) {
                          if (std::holds_alternative<RunnerWaits>(event))
                              stop = true;
                      }),
                  ErrorCode::Cancelled);
}

void ManyRunnersTest::aRunnerThatWaitsDoesNotHoldUpAnIndexThatIsBuiltConcurrently()
{
    Scripts scripts;
    scripts.addTables(QStringLiteral("a1"));
    scripts.add(QStringLiteral("b2"), {QStringLiteral("with op.get_context().autocommit_block():"),
                                       QStringLiteral("    op.execute('CREATE INDEX CONCURRENTLY ix ON t_a1 (id)')")});
    const auto project = scripts.open();
    VERIFY_OK(project);
    for (int round = 0; round < 5; ++round) {
        const Place place(DialectKind::PostgreSql);
        std::vector<Told> told(kRunners);
        std::vector<Result<void>> results(kRunners);
        inParallel([&](int i) { results[std::size_t(i)] = upgrade(*project, place.spec, told[std::size_t(i)]); });
        for (const auto &result : results)
            VERIFY_OK(result);
        const auto valid = place.database->run(QStringLiteral("SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix'::regclass"));
        QCOMPARE(valid->front().front(), QStringLiteral("t"));
    }
}

void ManyRunnersTest::versionTablesOfOneDatabaseHaveLocksOfTheirOwn()
{
    const Place place(DialectKind::PostgreSql);
    const Holder holder(place.spec);
    const auto other = Session::open(place.spec);
    VERIFY_OK(other);
    const sql::QualifiedName another{sql::Identifier{QStringLiteral("audit")}, sql::Identifier{QStringLiteral("alembic_version")}};
    VERIFY_OK(database::RunLock::take(**other, another, {.timeoutMs = 0}));
    COMPARE_ERROR(database::RunLock::take(**other, kVersionTable, {.timeoutMs = 0}), ErrorCode::RunLockTimeout);
}

QTEST_GUILESS_MAIN(ManyRunnersTest)
#include "tst_manyrunners.moc"
