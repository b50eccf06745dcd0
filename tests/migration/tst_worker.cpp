// SPDX-License-Identifier: GPL-3.0-or-later
// The worker's thread as the window drives it: requests queued, answers with their ids, stop and cancel from outside at any moment.
#include "base/sentence.h"
#include "migration/worker.h"
#include "postgresserver.h"
#include "scripts.h"

#include <QRandomGenerator>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <map>

using namespace stillroom;
using namespace stillroom::migration;
using database::ConnectionSpec;
using testsupport::PostgresServer;
using testsupport::Scripts;
using testsupport::TestDatabase;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

/// A thread with an open project and database, and what it has said.
struct Stage {
    std::unique_ptr<TestDatabase> database;
    ConnectionSpec spec;
    Scripts scripts{true};
    ProjectPtr project;
    std::unique_ptr<MigrationThread> owner = std::make_unique<MigrationThread>();
    MigrationThread &thread = *owner;
    std::map<int, std::optional<Error>> answers; // by request; told in this thread, after the events that came before
    std::vector<RunEvent> events;
    revision::Plan plan;
    int id = 0;
    /// ThreadSanitizer sees these, and not the lock of Qt's queue: what was written before is there to be read.
    std::atomic<int> asked = 0, told = 0;

    explicit Stage(bool isServer, int rows = 1)
    {
        for (const char *name : {"a1", "b2", "c3"})
            scripts.addTables(q(name), rows);
        if (isServer) {
            database = PostgresServer::shared().createDatabase();
            spec.kind = dialect::DialectKind::PostgreSql;
            spec.keywords = database->keywords();
        } else {
            spec.sqliteFile = scripts.path(q("x.db"));
            spec.createIfMissing = true;
        }
        qputenv("XDG_DATA_HOME", scripts.path(q("data")).toUtf8());
        hear(&MigrationWorker::projectOpened, [this](int, const ProjectPtr &opened) { project = opened; });
        hear(&MigrationWorker::planReady, [this](int, const Preview &preview) { plan = preview.plan; });
        hear(&MigrationWorker::runEvent, [this](int, const RunEvent &event) { events.push_back(event); });
        hear(&MigrationWorker::finished, [this](int request) { answers.emplace(request, std::nullopt); });
        hear(&MigrationWorker::failed, [this](int request, const Error &error) { answers.emplace(request, error); });
        answer([this](MigrationWorker *worker, int request) { worker->openProject(request, scripts.folder(), {}); });
        answer([this](MigrationWorker *worker, int request) { worker->openDatabase(request, spec); });
    }
    template<class... Values, class Slot>
    void hear(void (MigrationWorker::*signal)(int, Values...), Slot slot)
    {
        MigrationWorker *worker = thread.worker();
        QObject::connect(worker, signal, worker, [this] { ++told; }); // in the worker's thread, before the signal is queued
        QObject::connect(worker, signal, &thread, [this, slot = std::move(slot)](int request, Values... values) {
            std::ignore = told.load();
            slot(request, values...);
        });
    }
    /// Queues a request; gives its id.
    template<class Work>
    int ask(Work work)
    {
        const int request = ++id;
        asked = request;
        QMetaObject::invokeMethod(
            thread.worker(),
            [worker = thread.worker(), work, request, &said = asked] {
                std::ignore = said.load();
                work(worker, request);
            },
            Qt::QueuedConnection);
        return request;
    }
    /// The last answer to a request: nullopt when it finished, else the error.
    std::optional<Error> answerTo(int request)
    {
        if (!QTest::qWaitFor([&] { return answers.contains(request); }, 120'000))
            return Error{.code = ErrorCode::NotConnected, .detail = q("no answer")};
        return answers.at(request);
    }
    template<class Work>
    std::optional<Error> answer(Work work)
    {
        return answerTo(ask(std::move(work)));
    }
    std::optional<Error> prepare(revision::Plan::Kind kind, const QString &target)
    {
        return answer([this, kind, target](MigrationWorker *worker, int request) {
            worker->preparePlan(request, project, {.kind = kind, .targets = {target}});
        });
    }
    int run()
    {
        events.clear();
        return ask([this](MigrationWorker *worker, int request) { worker->run(request, project, plan); });
    }
    void endThread() { owner.reset(); }
    [[nodiscard]] QStringList rows() const
    {
        const auto session = database::Session::open(spec);
        return session ? testsupport::versionRows(**session) : QStringList{q("no session")};
    }
};

} // namespace

class WorkerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestsAreAnsweredInTurn_data() { addKinds(); }
    void requestsAreAnsweredInTurn()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        QVERIFY(stage.project);
        QVERIFY(!stage.prepare(revision::Plan::Kind::Upgrade, q("head")));
        QCOMPARE(stage.plan.steps.size(), std::size_t(3));
        QVERIFY(!stage.answerTo(stage.run()));
        QVERIFY(std::holds_alternative<RunDone>(stage.events.back()));
        QCOMPARE(stage.rows(), QStringList{q("c3")});
        int tables = 0;
        QObject::connect(stage.thread.worker(), &MigrationWorker::stateRead, &stage.thread,
                         [&tables](int, const database::CatalogSnapshot &snapshot) { tables = static_cast<int>(snapshot.tables.size()); });
        QVERIFY(!stage.answer([&](MigrationWorker *worker, int request) { worker->readState(request, stage.project); }));
        QCOMPARE(tables, 7);
        QVERIFY(!stage.answer([&](MigrationWorker *worker, int request) { worker->closeDatabase(request); }));
        QCOMPARE(stage.answerTo(stage.run())->code, ErrorCode::NotConnected);
    }

    void aStopEndsTheRunAfterItsRevision_data() { addKinds(); }
    void aStopEndsTheRunAfterItsRevision()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        QVERIFY(!stage.prepare(revision::Plan::Kind::Upgrade, q("head")));
        // Before the worker has come to the request: it counts all the same.
        const int request = stage.run();
        stage.thread.worker()->requestStop();
        QVERIFY(!stage.answerTo(request));
        QVERIFY(std::get<RunDone>(stage.events.back()).stopped);
        QCOMPARE(stage.rows(), QStringList{q("a1")});
        // And it counts for that run alone.
        QVERIFY(!stage.prepare(revision::Plan::Kind::Upgrade, q("head")));
        QVERIFY(!stage.answerTo(stage.run()));
        QCOMPARE(stage.rows(), QStringList{q("c3")});
    }

    void aCancelBeforeTheRunBeginsDoesNothing_data() { addKinds(); }
    void aCancelBeforeTheRunBeginsDoesNothing()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        QVERIFY(!stage.prepare(revision::Plan::Kind::Upgrade, q("head")));
        const int request = stage.run();
        stage.thread.cancelNow();
        const auto error = stage.answerTo(request);
        QVERIFY(error && error->code == ErrorCode::Cancelled);
        QCOMPARE(stage.rows(), QStringList());
    }

    /// Whatever it meets, a cancel ends the run, and what the last event says is what the database has.
    void aCancelAtAnyMomentIsNeverLost_data() { addKinds(); }
    void aCancelAtAnyMomentIsNeverLost()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer, 2000);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(!stage.prepare(revision::Plan::Kind::Upgrade, q("head")));
        QVERIFY(!stage.answerTo(stage.run()));
        const int wholeMs = std::max(2, static_cast<int>(clock.elapsed()));
        QRandomGenerator random(20260102);
        int ended = 0;
        for (int round = 0; round < 30; ++round) {
            const auto told = [round](const std::optional<Error> &error) {
                return error ? q("round %1: %2").arg(round).arg(sentence(*error)).toUtf8() : QByteArray();
            };
            const auto before = stage.prepare(revision::Plan::Kind::Downgrade, q("base"));
            QVERIFY2(!before, told(before).constData());
            const auto down = stage.answerTo(stage.run());
            QVERIFY2(!down, told(down).constData());
            const auto ready = stage.prepare(revision::Plan::Kind::Upgrade, q("head"));
            QVERIFY2(!ready, told(ready).constData());
            const int request = stage.run();
            QTimer moment;
            moment.setSingleShot(true);
            moment.setTimerType(Qt::PreciseTimer);
            QObject::connect(&moment, &QTimer::timeout, &moment, [&stage] { stage.thread.cancelNow(); });
            moment.start(random.bounded(wholeMs));
            const auto error = stage.answerTo(request);
            moment.stop(); // one that comes too late is not for the next run
            QVERIFY(QTest::qWaitFor([] { return QThreadPool::globalInstance()->activeThreadCount() == 0; }, 60'000));
            if (error) {
                ++ended;
                QVERIFY2(error->code == ErrorCode::Cancelled, qPrintable(sentence(*error)));
                const QStringList applied = std::get<RunFailed>(stage.events.back()).applied;
                QCOMPARE(stage.rows(), applied.isEmpty() ? QStringList() : QStringList{applied.last()});
            } else {
                // Between two revisions there is nothing to roll back: the run has stopped there.
                const auto done = std::get<RunDone>(stage.events.back());
                QCOMPARE(stage.rows(), done.versionRows);
                ended += done.stopped ? 1 : 0;
                QVERIFY(done.stopped || done.versionRows == QStringList{q("c3")});
            }
        }
        QVERIFY2(ended > 0, "no cancel met the run");
    }

    /// As when the window closes: the destructor comes back soon, and what was not committed is rolled back.
    void theThreadEndsWhileARunGoesOn_data() { addKinds(); }
    void theThreadEndsWhileARunGoesOn()
    {
        QFETCH(bool, isServer);
        auto stage = std::make_unique<Stage>(isServer, 50'000);
        QVERIFY(!stage->prepare(revision::Plan::Kind::Upgrade, q("head")));
        stage->run();
        QVERIFY(QTest::qWaitFor([&stage] { return !stage->events.empty(); }, 60'000));
        stage->endThread();
        const QStringList rows = stage->rows();
        QVERIFY(rows.isEmpty() || rows.size() == 1);
        const auto session = database::Session::open(stage->spec);
        VERIFY_OK(session);
        for (const char *id : {"a1", "b2", "c3"}) {
            const bool isApplied = !rows.isEmpty() && q(id) <= rows.front();
            QCOMPARE((*session)->execute(q("SELECT 1 FROM u_%1").arg(q(id))).has_value(), isApplied);
        }
    }

private:
    static void addKinds()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "tst_worker.moc"
