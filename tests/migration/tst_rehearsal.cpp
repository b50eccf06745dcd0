// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/rehearsal.h"
#include "place.h"

#include <QDir>
#include <QFileInfo>
#include <QScopeGuard>

#include <thread>

#include <sys/file.h>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

struct Stage : Place {
    std::unique_ptr<Session> session;

    explicit Stage(bool isServer) : Place(isServer), session(open())
    {
        for (const char *sql : {"CREATE TABLE one (id int, n int)", "INSERT INTO one VALUES (1, 1), (2, 2)"}) {
            const auto done = session->execute(q(sql));
            VERIFY_OK(done);
        }
    }
    Result<Rehearsal> rehearse(bool onCopy, bool goesBackAndForth = false)
    {
        const auto project = scripts.open();
        if (!project)
            return std::unexpected(project.error());
        const auto plan = planTo(*project, *session, q("head"));
        if (!plan)
            return std::unexpected(plan.error());
        RehearsalRequest request{
            .plan = *plan, .connection = spec, .databaseName = q("x"), .onCopy = onCopy, .goesBackAndForth = goesBackAndForth, .cancel = &cancel};
        request.runsIn = runsIn;
        return migration::rehearse(*project, *session, request, stop, tell);
    }
    std::atomic<bool> stop = false, cancel = false;
    std::function<void(std::shared_ptr<database::CancelHandle>)> runsIn;
    std::function<void(const RunEvent &)> tell = [](const RunEvent &) {};
    [[nodiscard]] QString databases() const
    {
        return database->run(q("SELECT count(*) FROM pg_database WHERE starts_with(datname, current_database())"))->front().front();
    }
};

const RehearsedStatement *statement(const Rehearsal &rehearsal, const char *words)
{
    const auto found = std::ranges::find_if(rehearsal.statements, [words](const auto &s) { return s.sql.contains(QLatin1String(words)); });
    return found == rehearsal.statements.end() ? nullptr : &*found;
}

} // namespace

/// A rehearsal tells what a run would do and leaves everything as it was.
class RehearsalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void locksRewritesAndScansAreTold_data()
    {
        QTest::addColumn<bool>("onCopy");
        QTest::newRow("rolled back") << false;
        QTest::newRow("on a copy") << true;
    }
    void locksRewritesAndScansAreTold()
    {
        QFETCH(bool, onCopy);
        Stage stage(true);
        stage.scripts.add(q("a1"),
                          {q("op.execute('ALTER TABLE one ALTER COLUMN n TYPE bigint')"), q("op.execute('ALTER TABLE one ADD COLUMN free text')"),
                           q("op.execute('ALTER TABLE one ADD CONSTRAINT positive CHECK (id > 0)')"), q("op.execute('CREATE INDEX ix ON one (id)')"),
                           q("op.execute('UPDATE one SET n = 3')")});
        const QString schema = *stage.database->schemaDump(), databases = stage.databases();
        const auto rehearsal = stage.rehearse(onCopy);
        VERIFY_OK(rehearsal);
        QVERIFY(!rehearsal->failure);
        const auto *rewrite = statement(*rehearsal, "TYPE bigint");
        QVERIFY(rewrite);
        QCOMPARE(rewrite->revision, q("a1"));
        QVERIFY2(rewrite->locks.contains(q("AccessExclusiveLock on one")), qPrintable(rewrite->locks.join(QLatin1Char(';'))));
        QCOMPARE(rewrite->rewritten, QStringList{q("one")});
        QVERIFY(statement(*rehearsal, "ADD COLUMN free")->rewritten.isEmpty());
        QVERIFY(statement(*rehearsal, "ADD COLUMN free")->scanned.isEmpty());
        QCOMPARE(statement(*rehearsal, "positive")->scanned, QStringList{q("one")});
        QCOMPARE(statement(*rehearsal, "CREATE INDEX")->scanned, QStringList{q("one")});
        QCOMPARE(statement(*rehearsal, "UPDATE one")->rows, 2);
        QVERIFY(statement(*rehearsal, "INSERT INTO alembic_version")->isVersionStatement);
        QCOMPARE(rehearsal->whereItRan.isEmpty(), !onCopy);
        // All is as it was.
        QCOMPARE(*stage.database->schemaDump(), schema);
        QCOMPARE(stage.database->run(q("SELECT sum(n) FROM one"))->front().front(), q("3"));
        QCOMPARE(stage.databases(), databases);
        QCOMPARE(stage.session->execute(q("SHOW client_min_messages"))->rows.front().front().toString(), q("notice"));
    }

    void onSqliteNothingStays_data() { locksRewritesAndScansAreTold_data(); }
    void onSqliteNothingStays()
    {
        QFETCH(bool, onCopy);
        Stage stage(false);
        stage.scripts.addTables(q("a1"));
        stage.scripts.addTables(q("b2"));
        const auto rehearsal = stage.rehearse(onCopy);
        VERIFY_OK(rehearsal);
        QCOMPARE(rehearsal->statements.size(), std::size_t(9)); // the version table, and twice three and a row
        QCOMPARE(versionRows(*stage.session), QStringList());
        QCOMPARE(stage.session->execute(q("SELECT count(*) FROM sqlite_schema"))->rows.front().front().toInt(), 1);
    }

    void whatFailsIsToldWithWhatWentBefore()
    {
        Stage stage(true);
        stage.scripts.add(q("a1"), {q("op.execute('CREATE TABLE two (id int)')"), q("op.execute('ALTER TABLE one ADD UNIQUE (missing)')")});
        const auto rehearsal = stage.rehearse(false);
        VERIFY_OK(rehearsal);
        QVERIFY(rehearsal->failure);
        QCOMPARE(rehearsal->failure->sqlState, q("42703"));
        QVERIFY(statement(*rehearsal, "CREATE TABLE two"));
        QCOMPARE(stage.database->run(q("SELECT to_regclass('two') IS NULL"))->front().front(), q("t"));
    }

    void whatCannotBeInATransactionNeedsACopy()
    {
        Stage stage(true);
        stage.scripts.add(q("a1"), {q("with op.get_context().autocommit_block():"), q("    op.execute('CREATE INDEX CONCURRENTLY ix ON one (id)')")});
        COMPARE_ERROR(stage.rehearse(false), ErrorCode::RehearsalNeedsCopy);
        QCOMPARE(stage.database->run(q("SELECT to_regclass('ix') IS NULL AND to_regclass('alembic_version') IS NULL"))->front().front(), q("t"));
        const auto rehearsal = stage.rehearse(true);
        VERIFY_OK(rehearsal);
        QVERIFY(!rehearsal->failure);
        QVERIFY(statement(*rehearsal, "CONCURRENTLY")->isOutsideTransaction);
    }

    void aCopyThatCannotBeMadeIsSaid()
    {
        Stage stage(true);
        stage.scripts.addTables(q("a1"));
        const auto other = Session::open(stage.spec); // the template must have no other visitor
        VERIFY_OK(other);
        const auto rehearsal = stage.rehearse(true);
        COMPARE_ERROR(rehearsal, ErrorCode::StatementFailed);
        QCOMPARE(rehearsal.error().sqlState, q("55006"));
        const QString detail = rehearsal.error().detail;
        QVERIFY2(detail.contains(q("process %1, ").arg((*other)->backendPid())), qPrintable(detail));
    }

    void theCopyGoesThoughTheSessionWasLost()
    {
        Stage stage(true);
        stage.scripts.addTables(q("a1"));
        const QString databases = stage.databases();
        stage.runsIn = [&stage](const auto &) {
            std::ignore = stage.database->run(q("SELECT pg_terminate_backend(%1, 10000)").arg(stage.session->backendPid()));
        };
        const auto rehearsal = stage.rehearse(true);
        VERIFY_OK(rehearsal);
        QCOMPARE(rehearsal->leftOver, QString());
        QCOMPARE(stage.databases(), databases);
    }

    void aCopyThatCannotBeRemovedIsToldWithWhatRemovesIt()
    {
        Stage stage(true);
        stage.scripts.addTables(q("a1"));
        std::unique_ptr<Session> visitor;
        stage.tell = [&](const RunEvent &event) {
            if (!std::holds_alternative<StepDone>(event))
                return;
            ConnectionSpec copy = stage.spec;
            copy.keywords.emplace_back(
                q("dbname"), stage.database->run(q("SELECT datname FROM pg_database WHERE starts_with(datname, current_database() || '_rehearsal_')"))
                                 ->front()
                                 .front());
            visitor = std::move(*Session::open(copy));
        };
        const auto rehearsal = stage.rehearse(true);
        VERIFY_OK(rehearsal);
        QVERIFY(visitor);
        const QString remedy = q("DROP DATABASE \"%1\"").arg(rehearsal->whereItRan);
        QVERIFY2(rehearsal->leftOver.contains(remedy), qPrintable(rehearsal->leftOver));
        visitor.reset();
        const auto dropped = stage.database->run(remedy);
        QVERIFY2(dropped, failureText(dropped));
    }

    void aCancelReachesTheCopy_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
    void aCancelReachesTheCopy()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        stage.scripts.add(q("a1"), {isServer ? q("op.execute('SELECT pg_sleep(600)')")
                                             : q("op.execute('INSERT INTO one WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) "
                                                 "SELECT count(*), 1 FROM c')")});
        std::vector<std::shared_ptr<database::CancelHandle>> handles;
        stage.runsIn = [&handles](const auto &handle) { handles.push_back(handle); };
        std::jthread canceller;
        stage.tell = [&](const RunEvent &event) {
            const auto *started = std::get_if<StatementStarted>(&event);
            if (!started || started->isVersionStatement || canceller.joinable())
                return;
            stage.stop = stage.cancel = true;
            // Again and again, since one that comes before the statement is lost on it.
            canceller = std::jthread([handle = handles.front()](const std::stop_token &end) {
                while (!end.stop_requested())
                    handle->cancel();
            });
        };
        const auto rehearsal = stage.rehearse(true);
        canceller = {};
        COMPARE_ERROR(rehearsal, ErrorCode::Cancelled);
        QCOMPARE(handles.size(), std::size_t(2));
        QVERIFY(handles.back() == stage.session->cancelHandle());
        if (isServer)
            QCOMPARE(stage.databases(), q("1"));
    }

    void aStopIsToldAndTheWayBackIsNotTried()
    {
        Stage stage(true);
        stage.scripts.addTables(q("a1"));
        stage.scripts.addTables(q("b2"));
        stage.tell = [&stage](const RunEvent &event) {
            if (std::holds_alternative<StepStarted>(event))
                stage.stop = true;
        };
        const auto rehearsal = stage.rehearse(true, true);
        VERIFY_OK(rehearsal);
        QVERIFY(rehearsal->stopped && !rehearsal->wentBack);
        QCOMPARE(rehearsal->whyNotBack, q("it was stopped"));
        QCOMPARE(rehearsal->statements.back().revision, q("a1"));
    }

    /// The content of a database does not stay among the temporary files.
    void theFileOfAKilledRehearsalGoesWithTheNextOne()
    {
        const QTemporaryDir temporary;
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", temporary.path().toUtf8());
        const auto restored = qScopeGuard([&before] { before.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", before); });
        const auto write = [&temporary](const char *name) {
            QFile file(temporary.filePath(q(name)));
            QVERIFY(QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        };
        for (const char *name : {"stillroom-rehearsal-killed/rehearsal.sqlite", "stillroom-rehearsal-killed/rehearsal.sqlite-journal",
                                 "stillroom-rehearsal-killed/in-use", "stillroom-rehearsal-going/rehearsal.sqlite",
                                 "stillroom-rehearsal-going/in-use", "stillroom-rehearsal-another/rehearsal.sqlite"})
            write(name);
        QFile going(temporary.filePath(q("stillroom-rehearsal-going/in-use")));
        QVERIFY(going.open(QIODevice::ReadOnly));
        QCOMPARE(::flock(going.handle(), LOCK_EX | LOCK_NB), 0);
        Stage stage(false);
        stage.scripts.addTables(q("a1"));
        QStringList during;
        stage.tell = [&](const RunEvent &event) {
            if (std::holds_alternative<StepStarted>(event))
                during = QDir(temporary.path()).entryList({q("stillroom-rehearsal-*")}, QDir::Dirs);
        };
        VERIFY_OK(stage.rehearse(true));
        QCOMPARE(during.size(), 3); // and its own
        QCOMPARE(QDir(temporary.path()).entryList({q("stillroom-rehearsal-*")}, QDir::Dirs),
                 (QStringList{q("stillroom-rehearsal-another"), q("stillroom-rehearsal-going")}));
        QVERIFY(QFile::exists(temporary.filePath(q("stillroom-rehearsal-going/rehearsal.sqlite"))));
    }

    void theWayBackIsCompared_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
    void theWayBackIsCompared()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        stage.scripts.addTables(q("a1"));
        const auto clean = stage.rehearse(true, true);
        VERIFY_OK(clean);
        QVERIFY(clean->wentBack && clean->wentForthAgain);
        QCOMPARE(clean->notRestored, QStringList());
        QCOMPARE(clean->differentAgain, QStringList());

        stage.scripts.add(q("b2"), {q("op.add_column('one', sa.Column('note', sa.Text))"), q("op.create_index('ix_one', 'one', ['id'])")},
                          {q("op.drop_index('ix_one', 'one')")});
        const auto forgetful = stage.rehearse(true, true);
        VERIFY_OK(forgetful);
        QVERIFY(forgetful->wentBack);
        QCOMPARE(forgetful->notRestored, QStringList{q("one: column note is new")});
        QVERIFY(!forgetful->wentForthAgain);
        QVERIFY2(forgetful->whyNotBack.contains(q("note")), qPrintable(forgetful->whyNotBack));
        QCOMPARE(versionRows(*stage.session), QStringList());
    }

    void aTypeThatTheDowngradeForgetsIsTold()
    {
        Stage stage(true);
        stage.scripts.add(q("a1"), {q("op.create_table('mood', sa.Column('m', sa.Enum('good', 'bad', name='mood_kind')))")},
                          {q("op.drop_table('mood')")});
        const auto rehearsal = stage.rehearse(true, true);
        VERIFY_OK(rehearsal);
        QCOMPARE(rehearsal->notRestored, QStringList{q("type mood_kind (good, bad) is new")});
        QVERIFY(!rehearsal->wentForthAgain); // as under Alembic: the type exists already
    }
};

QTEST_GUILESS_MAIN(RehearsalTest)
#include "tst_rehearsal.moc"
