// SPDX-License-Identifier: GPL-3.0-or-later
// What is not understood here, written by the project's own Alembic in a child process: the same transaction, the same record, and never unasked.
#include "migration/foreignstep.h"
#include "migration/journal.h"
#include "place.h"

#include <QProcess>

#include <thread>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::Session;

namespace {

/// The interpreter that the installed Alembic runs with: what stands in its first line.
QString alembicsPython()
{
    QFile alembic(q(STILLROOM_ALEMBIC));
    return alembic.open(QIODevice::ReadOnly) ? QString::fromUtf8(alembic.readLine()).mid(2).trimmed() : QString();
}

struct Stage : Place {
    std::unique_ptr<Session> session;

    /// a1 and c3 are understood, b2 asks the machine what nobody else knows.
    explicit Stage(bool isServer) : Place(isServer)
    {
        scripts.write(q("scripts/env.py"), q("from alembic import context\nprint('env.py prints')\ncontext.configure(url='%1')\n"
                                             "with context.begin_transaction():\n    context.run_migrations()\n")
                                               .arg(isServer ? q("postgresql://nowhere/x") : q("sqlite://")));
        scripts.addTables(q("a1"));
        scripts.add(q("b2"),
                    {q("import ctypes"), q("print('a script prints')"), q("op.add_column('t_a1', sa.Column('size', sa.Integer))"),
                     q("op.execute('UPDATE t_a1 SET size = %d' % ctypes.sizeof(ctypes.c_int32))")},
                    {q("import ctypes"), q("op.execute('UPDATE t_a1 SET id = %d' % (10 + ctypes.sizeof(ctypes.c_int32)))")});
        scripts.addTables(q("c3"));
        session = open();
    }
    /// An env.py as teams have it, with the lock of the guide; d4 reads what b2 has written, and e5 is plain again.
    void useRows(const QString &address = q("config.get_main_option('sqlalchemy.url')"))
    {
        scripts.write(q("scripts/env.py"),
                      q("import time\nfrom alembic import context\nfrom sqlalchemy import create_engine\nconfig = context.config\n"
                        "if context.is_offline_mode():\n    context.configure(url='%2://', literal_binds=True)\n"
                        "    with context.begin_transaction():\n        context.run_migrations()\nelse:\n"
                        "    with create_engine(%1).connect() as connection:\n        context.configure(connection=connection)\n"
                        "        with context.begin_transaction():\n            if connection.dialect.name == 'postgresql':\n"
                        "                lock = \"SELECT pg_try_advisory_lock(1937009004, hashtext('alembic_version'))\"\n"
                        "                while not connection.exec_driver_sql(lock).scalar():\n                    time.sleep(0.2)\n"
                        "            context.run_migrations()\n")
                          .arg(address, database ? q("postgresql") : q("sqlite")));
        scripts.add(q("d4"),
                    {q("import ctypes"), q("size = op.get_bind().execute(sa.text('SELECT size FROM t_a1')).scalar()"),
                     q("op.execute('UPDATE t_a1 SET size = %d' % (size + 100 + 0 * ctypes.sizeof(ctypes.c_int32)))")},
                    {q("import ctypes"), q("size = op.get_bind().execute(sa.text('SELECT size FROM t_a1')).scalar()"),
                     q("op.execute('UPDATE t_a1 SET size = %d' % (size - 100 + 0 * ctypes.sizeof(ctypes.c_int32)))")});
        scripts.addTables(q("e5"));
    }
    [[nodiscard]] RunRequest runRequest(const revision::Plan &plan) const { return {.plan = plan, .targetName = {}, .connection = spec}; }
    [[nodiscard]] TakeRequest request() const { return {.python = {alembicsPython(), q("the test")}, .kind = spec.kind}; }
};

} // namespace

class ForeignAlembicTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY2(!alembicsPython().isEmpty(), "no Alembic is installed"); }

    void oneStepIsWrittenThereAndRunHere_data() { addKinds(); }
    void oneStepIsWrittenThereAndRunHere()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *stage.session, q("head"));
        VERIFY_OK(plan);
        const auto alone = previewConnected(*project, *stage.session, *plan);
        VERIFY_OK(alone);
        QCOMPARE(alone->steps.at(1).body.status, BodySql::Status::NotUnderstood);
        const std::atomic<bool> stop = false;
        COMPARE_ERROR(run(*project, *stage.session, {.plan = *plan, .targetName = {}}, stop, [](const RunEvent &) {}),
                      ErrorCode::ScriptNotUnderstood);

        const auto taken = takeBody(*project, q("b2"), script::Direction::Upgrade, stage.request());
        VERIFY_OK(taken);
        QCOMPARE(taken->statements.size(), std::size_t(2));
        QCOMPARE(taken->statements.back().sql, q("UPDATE t_a1 SET size = 4"));
        QVERIFY2(taken->from.startsWith(q("Alembic ")), qPrintable(taken->from));
        // After the refused run SQLite keeps what was committed, revision by revision.
        const auto again = planTo(*project, *stage.session, q("head"));
        VERIFY_OK(again);
        const auto preview = previewConnected(*project, *stage.session, *again, nullptr, {*taken});
        VERIFY_OK(preview);
        for (const PreviewStep &step : preview->steps) {
            QCOMPARE(step.body.status, BodySql::Status::Complete);
            QCOMPARE(!step.body.takenFrom.isEmpty(), step.step.revision == q("b2"));
        }
        Told told;
        RunRequest request{.plan = *again, .targetName = {}, .journalFolder = stage.scripts.path(q("runs"))};
        request.taken = {*taken};
        VERIFY_OK(run(*project, *stage.session, request, stop, told.listener()));
        QCOMPARE(stage.session->execute(q("SELECT size FROM t_a1"))->rows.front().front().toInt(), 4);
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("c3")});
        for (const StepStarted &step : told.of<StepStarted>())
            QCOMPARE(!step.takenFrom.isEmpty(), step.what.revision == q("b2"));
        const auto records = runRecords(stage.scripts.path(q("runs")));
        const auto lines = readRun(stage.scripts.path(q("runs")), records.front().id);
        VERIFY_OK(lines);
        QVERIFY(std::ranges::any_of(*lines, [](const QJsonObject &line) { return line[q("taken_from")].toString().contains(q("Alembic")); }));

        const auto down = takeBody(*project, q("b2"), script::Direction::Downgrade, stage.request());
        VERIFY_OK(down);
        QCOMPARE(down->statements.front().sql, q("UPDATE t_a1 SET id = 14"));
    }

    void aFailureLaterRollsItBackAsWell()
    {
        Stage stage(true);
        stage.scripts.add(q("d4"), {q("op.execute('SELECT 1/0')")});
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *stage.session, q("head"));
        const auto taken = takeBody(*project, q("b2"), script::Direction::Upgrade, stage.request());
        VERIFY_OK(taken);
        RunRequest request{.plan = *plan, .targetName = {}};
        request.taken = {*taken};
        const std::atomic<bool> stop = false;
        COMPARE_ERROR(run(*project, *stage.session, request, stop, [](const RunEvent &) {}), ErrorCode::StatementFailed);
        QVERIFY(!stage.session->execute(q("SELECT 1 FROM t_a1")));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList());
    }

    void aScriptThatHasChangedSinceIsNotRunForTheOldOne()
    {
        Stage stage(false);
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *stage.session, q("b2"));
        const auto taken = takeBodies(*project, *plan, stage.request());
        VERIFY_OK(taken);
        QCOMPARE(taken->size(), std::size_t(1));
        QFile script(stage.scripts.path(q("scripts/versions/b2.py")));
        QVERIFY(script.open(QIODevice::Append));
        script.write("# another one\n");
        script.close();
        RunRequest request{.plan = *plan, .targetName = {}};
        request.taken = *taken;
        const std::atomic<bool> stop = false;
        COMPARE_ERROR(run(*project, *stage.session, request, stop, [](const RunEvent &) {}), ErrorCode::ScriptNotUnderstood);
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("a1")});
    }

    void anotherDialectIsRefused()
    {
        Stage stage(false);
        const auto project = stage.scripts.open();
        TakeRequest request = stage.request();
        request.kind = dialect::DialectKind::PostgreSql;
        COMPARE_ERROR(takeBody(*project, q("b2"), script::Direction::Upgrade, request), ErrorCode::OperationNotSupported);
    }

    void theChildsOwnWordsAreTold()
    {
        Stage stage(false);
        stage.scripts.add(q("d4"), {q("raise RuntimeError('not on a Friday')")});
        const auto project = stage.scripts.open();
        const auto taken = takeBody(*project, q("d4"), script::Direction::Upgrade, stage.request());
        COMPARE_ERROR(taken, ErrorCode::ProgramFailed);
        QVERIFY2(taken.error().detail.contains(q("not on a Friday")), qPrintable(taken.error().detail));
        TakeRequest nowhere = stage.request();
        nowhere.python.program = q("/nowhere/python");
        COMPARE_ERROR(takeBody(*project, q("b2"), script::Direction::Upgrade, nowhere), ErrorCode::ProgramFailed);
    }

    void itEndsWhenThePersonStopsIt()
    {
        Stage stage(false);
        stage.scripts.add(q("d4"), {q("import time"), q("time.sleep(600)")});
        const auto project = stage.scripts.open();
        const std::atomic<bool> stop = true;
        TakeRequest request = stage.request();
        request.stop = &stop;
        COMPARE_ERROR(takeBody(*project, q("d4"), script::Direction::Upgrade, request), ErrorCode::Cancelled);
    }

    void nothingOfTheProjectRunsWithoutThePersonsWord()
    {
        Stage stage(false);
        const QString trace = stage.scripts.path(q("ran"));
        stage.scripts.add(q("d4"), {q("import pathlib"), q("pathlib.Path('%1').write_text('x')").arg(trace)});
        const auto cli = [&stage](const QStringList &options) {
            QProcess process;
            process.start(q(STILLROOM_CLI),
                          QStringList{q("-c"), stage.scripts.folder(), q("--url"), q("sqlite:///") + stage.spec.sqliteFile} + options);
            process.closeWriteChannel();
            process.waitForFinished(60'000);
            return process.exitCode();
        };
        QVERIFY(cli({q("upgrade"), q("head")}) != 0);
        QVERIFY(cli({q("upgrade"), q("head"), q("--preview")}) == 0);
        QVERIFY(!QFile::exists(trace));
        QVERIFY(cli({q("upgrade"), q("head"), q("--with-python")}) != 0); // there is none to be found
        QVERIFY(!QFile::exists(trace));
        QCOMPARE(cli({q("upgrade"), q("head"), q("--with-python"), q("--python"), alembicsPython()}), 0);
        QVERIFY(QFile::exists(trace));
    }

    void theInterpreterIsFoundWhereItsToolsPutIt()
    {
        QTemporaryDir place;
        const QDir root(place.path());
        const auto make = [&root](const QString &name) {
            QVERIFY(root.mkpath(QFileInfo(name).path()));
            QVERIFY(QFile::link(alembicsPython(), root.filePath(name)));
        };
        const auto found = [&root] {
            const auto python = project::findPython(root.filePath(q("backend")));
            return python && *python ? root.relativeFilePath((*python)->program) : python ? QString() : q("error");
        };
        QVERIFY(root.mkpath(q("backend")));
        QVERIFY(root.mkpath(q(".git")));
        qunsetenv("VIRTUAL_ENV");
        QCOMPARE(found(), QString());
        QFile pyproject(root.filePath(q("pyproject.toml")));
        QVERIFY(pyproject.open(QIODevice::WriteOnly));
        pyproject.write("[tool.other]\nname = \"wrong\"\n[tool.poetry]\nname = \"My Shop\"\n");
        pyproject.close();
        qputenv("POETRY_VIRTUALENVS_PATH", root.filePath(q("envs")).toUtf8());
        const QString poetry = q("envs/") + project::poetryEnvironmentName(q("My Shop"), root.path()) + q("-py3.11/bin/python");
        make(poetry);
        QCOMPARE(found(), poetry);
        make(q(".venv/bin/python"));
        QCOMPARE(found(), q(".venv/bin/python"));
        make(q("chosen"));
        QFile answers(root.filePath(q("backend/.stillroom.json")));
        QVERIFY(answers.open(QIODevice::WriteOnly));
        answers.write("{\"python\": \"../chosen\"}");
        answers.close();
        QCOMPARE(found(), q("chosen"));
        QVERIFY(QFile::remove(root.filePath(q("chosen"))));
        QCOMPARE(found(), q("error")); // and not another one in its place
        QCOMPARE(project::poetryEnvironmentName(q("My Shop"), q("/usr")), q("my_shop-iU1zH2m7"));
    }

    void aStepThatNeedsRowsIsRunThere_data() { addKinds(); }
    void aStepThatNeedsRowsIsRunThere()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        stage.useRows();
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *stage.session, q("head"));
        VERIFY_OK(plan);
        const auto written = takeBody(*project, q("d4"), script::Direction::Upgrade, stage.request());
        COMPARE_ERROR(written, ErrorCode::ProgramFailed); // offline mode has no rows
        RunRequest request = stage.runRequest(*plan);
        const auto b2 = runThere(*project, *plan, q("b2"), stage.request().python);
        VERIFY_OK(b2);
        const auto d4 = runThere(*project, *plan, q("d4"), stage.request().python);
        VERIFY_OK(d4);
        request.taken = {*b2, *d4};
        request.policy.keepsLedger = true;
        Told told;
        const std::atomic<bool> stop = false;
        VERIFY_OK(run(*project, *stage.session, request, stop, told.listener()));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("e5")});
        QCOMPARE(stage.session->execute(q("SELECT size FROM t_a1"))->rows.front().front().toInt(), 104); // read, and written by what was read
        QVERIFY(stage.session->execute(q("SELECT 1 FROM t_e5")));
        const auto ledger = stage.session->execute(q("SELECT revision FROM stillroom_history ORDER BY number"));
        VERIFY_OK(ledger);
        QCOMPARE(ledger->rows.size(), std::size_t(5));
        // Down again, the same way.
        auto down = revision::planDowngrade(project->graph(), {q("e5")}, q("c3"));
        VERIFY_OK(down);
        RunRequest back = stage.runRequest(*down);
        const auto d4Down = runThere(*project, *down, q("d4"), stage.request().python);
        VERIFY_OK(d4Down);
        QCOMPARE(d4Down->direction, script::Direction::Downgrade);
        back.taken = {*d4Down};
        VERIFY_OK(run(*project, *stage.session, back, stop, [](const RunEvent &) {}));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("c3")});
        QCOMPARE(stage.session->execute(q("SELECT size FROM t_a1"))->rows.front().front().toInt(), 4);
        COMPARE_ERROR(runThere(*project, *down, q("a1"), stage.request().python), ErrorCode::ScriptNotUnderstood);
    }

    void whatFailsThereLeavesTheRevisionBefore()
    {
        Stage stage(true);
        stage.useRows();
        stage.scripts.add(q("f6"), {q("op.execute('CREATE TABLE half (id int)')"), q("raise RuntimeError('not on a Friday')")});
        const auto project = stage.scripts.open();
        const auto plan = planTo(*project, *stage.session, q("head"));
        VERIFY_OK(plan);
        RunRequest request = stage.runRequest(*plan);
        for (const char *revision : {"b2", "d4", "f6"})
            request.taken.push_back(*runThere(*project, *plan, q(revision), stage.request().python));
        Told told;
        const std::atomic<bool> stop = false;
        const auto done = run(*project, *stage.session, request, stop, told.listener());
        COMPARE_ERROR(done, ErrorCode::ProgramFailed);
        QVERIFY2(done.error().detail.contains(q("not on a Friday")), qPrintable(done.error().detail));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("e5")});
        QVERIFY(!stage.session->execute(q("SELECT 1 FROM half")));
        QCOMPARE(told.of<RunFailed>().front().applied, (QStringList{q("a1"), q("b2"), q("c3"), q("d4"), q("e5")}));
        QCOMPARE(told.of<RunFailed>().front().notApplied, QStringList{q("f6")});
        QCOMPARE(told.of<RunFailed>().front().leftOutsideTransaction, QStringList());
    }

    void anEnvThatConnectsElsewhereRunsNothing_data() { addKinds(); }
    void anEnvThatConnectsElsewhereRunsNothing()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const auto other = isServer ? PostgresServer::shared().createDatabase() : nullptr;
        const QString url = isServer ? other->url() : q("sqlite:///") + stage.scripts.path(q("other.db"));
        stage.useRows(q("'%1'").arg(url));
        const auto project = stage.scripts.open();
        const auto plan = planTo(*project, *stage.session, q("b2"));
        VERIFY_OK(plan);
        RunRequest request = stage.runRequest(*plan);
        request.taken = {*runThere(*project, *plan, q("b2"), stage.request().python)};
        const std::atomic<bool> stop = false;
        const auto done = run(*project, *stage.session, request, stop, [](const RunEvent &) {});
        COMPARE_ERROR(done, ErrorCode::ProgramFailed);
        QVERIFY2(done.error().detail.contains(q("env.py connects to another database")), qPrintable(done.error().detail));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("a1")});
    }

    void itIsNotRehearsedInATransaction()
    {
        Stage stage(true);
        stage.useRows();
        const auto project = stage.scripts.open();
        const auto plan = planTo(*project, *stage.session, q("b2"));
        RunRequest request = stage.runRequest(*plan);
        request.taken = {*runThere(*project, *plan, q("b2"), stage.request().python)};
        request.rollsBack = true;
        const std::atomic<bool> stop = false;
        COMPARE_ERROR(run(*project, *stage.session, request, stop, [](const RunEvent &) {}), ErrorCode::RehearsalNeedsCopy);
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList());
    }

    void aCancelEndsTheChildAndItsTransaction()
    {
        Stage stage(true);
        stage.useRows();
        stage.scripts.add(q("f6"), {q("op.execute('CREATE TABLE half (id int)')"), q("op.execute('SELECT pg_sleep(600)')")});
        const auto project = stage.scripts.open();
        const auto plan = planTo(*project, *stage.session, q("head"));
        RunRequest request = stage.runRequest(*plan);
        for (const char *revision : {"b2", "d4", "f6"})
            request.taken.push_back(*runThere(*project, *plan, q(revision), stage.request().python));
        const std::atomic<bool> stop = false;
        std::atomic<bool> cancel = false;
        request.cancel = &cancel;
        std::jthread watcher([&] {
            const auto look = Session::open(stage.spec);
            const QString sleeping = q("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)'");
            for (int i = 0; look && i < 6000 && (*look)->execute(sleeping)->rows.empty(); ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            cancel = true;
        });
        COMPARE_ERROR(run(*project, *stage.session, request, stop, [](const RunEvent &) {}), ErrorCode::Cancelled);
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("e5")});
        std::ignore = stage.session->execute(
            q("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)'"));
    }

    void theCommandLineRunsItThereWhenItIsTold()
    {
        Stage stage(true);
        stage.useRows();
        const auto cli = [&stage](const QStringList &options) {
            QProcess process;
            process.start(q(STILLROOM_CLI), QStringList{q("-c"), stage.scripts.folder(), q("--url"), stage.database->url()} + options);
            process.closeWriteChannel();
            process.waitForFinished(60'000);
            return std::pair(process.exitCode(), QString::fromUtf8(process.readAllStandardError()));
        };
        const QStringList python{q("--python"), alembicsPython()};
        const auto without = cli(QStringList{q("upgrade"), q("head"), q("--with-python")} + python);
        QVERIFY(without.first != 0);
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList());
        const QStringList all{q("upgrade"), q("head"), q("--with-python"), q("--run-with-python"), q("d4"), q("--run-with-python"), q("e5")};
        const auto with = cli(all + python);
        QVERIFY2(with.first == 0, qPrintable(with.second));
        QVERIFY2(with.second.contains(q("Revision e5 needs no Python")) && !with.second.contains(q("Revision d4 needs no Python")),
                 qPrintable(with.second));
        QCOMPARE(testsupport::versionRows(*stage.session), QStringList{q("e5")});
    }

private:
    static void addKinds()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
};

QTEST_GUILESS_MAIN(ForeignAlembicTest)
#include "tst_foreignalembic.moc"
