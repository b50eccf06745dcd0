// SPDX-License-Identifier: GPL-3.0-or-later
#include "livestage.h"
#include "postgresserver.h"
#include "result.h"
#include "ui/banner.h"
#include "ui/run/blockerspanel.h"

#include <QComboBox>
#include <QPushButton>
#include <QTreeWidget>

using namespace stillroom;
using namespace stillroom::ui;
using namespace livestage;

/// The run page over a real server, from the plan to what is offered at the end.
class TestLiveRun : public QObject {
    Q_OBJECT
private:
    Theme m_theme;
    std::unique_ptr<testsupport::TestDatabase> m_database;

    [[nodiscard]] Connection connection() const
    {
        Connection made;
        made.name = q("Shop");
        made.spec.kind = dialect::DialectKind::PostgreSql;
        made.spec.keywords = m_database->keywords();
        made.environment = Environment::Staging;
        made.policy = database::policyOf(database::ServerEnvironment::Staging);
        made.policy.lockTimeoutMs = 60'000;
        return made;
    }
    /// Up to the plan, whose first revision is applied already.
    void begin(MainWindow &window, const Scripts &scripts) const
    {
        window.resize(900, 600);
        window.show();
        open(window, scripts);
        connectTo(window, connection());
        window.actionRegistry()->action(q("migrate.upgradeByOne"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        window.runPage()->setConfirmed(true);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        window.runPage()->setConfirmed(true);
    }
    [[nodiscard]] QString rows() const { return m_database->run(q("SELECT version_num FROM alembic_version"))->front().front(); }
    static QString notesOf(const RunPage &page)
    {
        QString notes;
        for (int line = 1; line < 60; ++line)
            notes += page.sqlEditor()->noteAt(line);
        return notes;
    }
    static QPushButton *button(const RunPage *page, const char *text)
    {
        for (QPushButton *each : page->findChildren<QPushButton *>()) {
            if (QString(each->text()).remove(QLatin1Char('&')) == q(text) && each->isVisible())
                return each;
        }
        return nullptr;
    }
    static void addFirst(Scripts &scripts)
    {
        scripts.add("a1", "the first table", {q("CREATE TABLE t_a1 (id INTEGER PRIMARY KEY)")}, {q("DROP TABLE t_a1")});
    }
    /// Until the server says that a statement like this is under way.
    void waitForStatement(const char *like) const
    {
        VERIFY_IN_TIME(
            !m_database
                 ->run(
                     q("SELECT pid FROM pg_stat_activity WHERE state = 'active' AND application_name = 'stillroom' AND query LIKE '%1'").arg(q(like)))
                 ->empty());
    }

private Q_SLOTS:
    void init() { m_database = testsupport::PostgresServer::shared().createDatabase(); }
    void cleanup()
    {
        m_database.reset();
        m_theme.setChoice(ThemeChoice::Light);
    }

    void whoIsInTheWayIsShownAndEndedOnTheirWord()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "its names", {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        auto other = connection().spec;
        other.keywords.emplace_back(q("application_name"), q("nightly export of all the loans of the library"));
        const auto blocker = database::Session::open(other);
        VERIFY_OK(blocker);
        VERIFY_OK((*blocker)->begin());
        VERIFY_OK((*blocker)->execute(q("LOCK TABLE t_a1 IN ACCESS EXCLUSIVE MODE")));
        RunPage *page = window.runPage();
        page->startRun();
        BlockersPanel *panel = page->blockers();
        VERIFY_IN_TIME(panel->isVisible() && panel->list()->topLevelItemCount() == 1);
        QVERIFY2(panel->statementWords().contains(q("LOCK TABLE t_a1")), qPrintable(panel->statementWords()));
        QVERIFY(page->progressWords().contains(q("Waits for a lock")));
        QVERIFY(!panel->cancelButton()->isEnabled()); // it is idle in its transaction
        picture(&window, "run-blocked-light");
        m_theme.setChoice(ThemeChoice::Dark);
        panel->terminateButton()->click();
        QVERIFY(!panel->question().isEmpty());
        picture(&window, "run-blocked-ask-dark");
        QCOMPARE(rows(), q("a1"));
        panel->confirmButton()->click();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended);
        QCOMPARE(rows(), q("b2"));
        QVERIFY(page->outcomeWords().contains(q("b2")));
        VERIFY_IN_TIME(window.workbench()->isIdle());
        picture(&window, "run-blocked-done-dark");
    }

    void anErrorInTheMiddleIsMarkedWhereTheServerSaysAndHasANextStep()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "its names",
                    {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)"), q("DO $$ BEGIN RAISE NOTICE 'names are filled in'; END $$"),
                     q("UPDATE t_a1\nSET name = upper(nam)\nWHERE id > 0"), q("SELECT 1")});
        scripts.add("c3", "never reached", {q("SELECT 2")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        page->startRun();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        const QString notes = notesOf(*page);
        QVERIFY2(notes.contains(q("42703")) && notes.contains(q("Hint")), qPrintable(notes));
        QVERIFY2(page->outcomeWords().contains(q("a1")), qPrintable(page->outcomeWords()));
        QCOMPARE(rows(), q("a1"));
        QVERIFY(button(page, "Plan Again") && button(page, "Show the Script"));
        picture(&window, "run-error-light");
        m_theme.setChoice(ThemeChoice::Dark);
        window.resize(1400, 900);
        picture(&window, "run-error-dark-1400");
        button(page, "Show the Script")->click();
        QCOMPARE(window.page(), MainWindow::Page::History);
        QCOMPARE(window.historyView()->selectedRevision(), q("b2"));
        window.showPage(MainWindow::Page::Run);
        button(page, "Plan Again")->click();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Planned);
        QCOMPARE(page->plan().startRows, QStringList{q("a1")});
    }

    void itStopsAfterTheRevisionAndAtOnce()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "waits", {q("CREATE TABLE t_b2 (id INTEGER)"), q("SELECT pg_sleep(600)")});
        scripts.add("c3", "never reached", {q("SELECT 2")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        page->startRun();
        waitForStatement("%pg_sleep%");
        VERIFY_IN_TIME(page->progressWords().contains(q("pg_sleep")));
        picture(&window, "run-running-light");
        const auto act = [&window](const char *id) { return window.actionRegistry()->action(q(id)); };
        QVERIFY(act("migrate.stop")->isEnabled() && act("migrate.cancel")->isEnabled());
        QVERIFY(!act("migrate.upgradeToHead")->isEnabled() && !act("database.refresh")->isEnabled());
        QVERIFY(button(page, "Stop after this revision")->hasFocus());
        act("migrate.stop")->trigger();
        QVERIFY(page->stepsView()->hasFocus());
        QVERIFY(!button(page, "Stop after this revision"));
        picture(&window, "run-stopping-light");
        act("migrate.cancel")->trigger();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QCOMPARE(rows(), q("a1"));
        QCOMPARE(m_database->run(q("SELECT to_regclass('t_b2') IS NULL"))->front().front(), q("t"));
        QVERIFY(button(page, "Plan Again"));
        picture(&window, "run-cancelled-light");
    }

    void aCutConnectionIsToldAndMadeAgain()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "waits", {q("CREATE TABLE t_b2 (id INTEGER)"), q("SELECT pg_sleep(600)")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        page->startRun();
        waitForStatement("%pg_sleep%");
        QVERIFY(
            m_database->run(q("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")));
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QVERIFY2(page->outcomeWords().contains(q("a1")), qPrintable(page->outcomeWords()));
        QCOMPARE(rows(), q("a1"));
        picture(&window, "run-cut-light");
        QVERIFY2(page->outcomeWords().contains(q("A new connection found")) && !page->outcomeWords().contains(q("is to be looked up")),
                 qPrintable(page->outcomeWords()));
        QVERIFY(button(page, "Connect Again"));
        QCOMPARE(window.messageWords(), QString()); // it is told once
        button(page, "Connect Again")->click();
        VERIFY_IN_TIME(window.workbench()->snapshot().has_value() && window.workbench()->isIdle());
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("a1")});
    }

    void transactionsAreChosenBesideThePlan()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "stays", {q("CREATE TABLE t_b2 (id INTEGER)")});
        scripts.add("c3", "fails", {q("SELECT nothing")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        QVERIFY(page->transactionsBox()->isVisible());
        QCOMPARE(page->transactions(), migration::RunRequest::Transactions::AsProject);
        QCOMPARE(page->steps()->steps()[0].statements[0].transaction, page->steps()->steps()[1].statements[0].transaction);
        page->transactionsBox()->setCurrentIndex(1);
        Q_EMIT page->transactionsBox()->activated(1);
        QVERIFY(page->steps()->steps()[0].statements[0].transaction != page->steps()->steps()[1].statements[0].transaction);
        picture(&window, "plan-transactions-light");
        page->startRun();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QCOMPARE(rows(), q("b2"));
    }

    /// A statement outside of a transaction that fails leaves something behind, and its remedy is at hand.
    void whatIsLeftOverHasItsRemedy()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.write(q("m/versions/b2.py"),
                      q("\"\"\"unique names\"\"\"\nfrom alembic import op\nrevision = 'b2'\ndown_revision = 'a1'\n\n\ndef upgrade():\n"
                        "    op.execute('ALTER TABLE t_a1 ADD COLUMN name TEXT')\n"
                        "    op.execute(\"INSERT INTO t_a1 VALUES (1, 'x'), (2, 'x')\")\n"
                        "    with op.get_context().autocommit_block():\n"
                        "        op.execute('CREATE UNIQUE INDEX CONCURRENTLY uq_t_a1_name ON t_a1 (name)')\n\n\ndef downgrade():\n    pass\n"));
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        QVERIFY2(page->warningWords().contains(q("outside a transaction")), qPrintable(page->warningWords()));
        QVERIFY2(page->warningWords().contains(q("2 statements of b2")), qPrintable(page->warningWords())); // that would stay
        picture(&window, "plan-outside-light");
        page->startRun();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QVERIFY2(page->remedies().contains(q("DROP INDEX")), qPrintable(page->remedies()));
        QVERIFY(button(page, "Copy the Remedies"));
        picture(&window, "run-leftover-light");
    }

    void aRehearsalLeavesNothingBehindAndShowsWhatItMet()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "its names", {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)"), q("ALTER TABLE t_a1 ALTER COLUMN id TYPE BIGINT")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        page->startRehearsal(false);
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QCOMPARE(rows(), q("a1"));
        QVERIFY2(page->outcomeWords().contains(q("t_a1")), qPrintable(page->outcomeWords()));
        picture(&window, "run-rehearsal-light");
    }

    /// Down and up again run other steps than those on the page: its SQL, which can be copied, stays that of the plan.
    void aRehearsalOnACopyKeepsItsWayBackOutOfThePlan()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "its names", {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)")}, {q("ALTER TABLE t_a1 DROP COLUMN name")});
        scripts.add("c3", "more", {q("CREATE TABLE t_c3 (id INTEGER)")}, {q("DROP TABLE t_c3")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        RunPage *page = window.runPage();
        const QString planned = page->sqlToCopy();
        const int statements = page->steps()->statementCount();
        page->startRehearsal(true);
        picture(&window, "run-rehearsing-copy-light");
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QVERIFY2(page->outcomeWords().contains(q("restores the schema")), qPrintable(page->outcomeWords()));
        QCOMPARE(page->sqlToCopy(), planned);
        QCOMPARE(page->steps()->statementCount(), statements);
        QCOMPARE(page->steps()->doneCount(), statements);
        QVERIFY(page->log()->toText().contains(q("DROP TABLE t_c3")));
        QVERIFY(page->titleWords().contains(q("Rehearsal")));
        QCOMPARE(rows(), q("a1"));
        picture(&window, "run-rehearsed-copy-light");

        // One that was stopped, and whose copy the server would not drop.
        migration::Rehearsal stopped;
        stopped.whereItRan = q("copy_1");
        stopped.leftOver = q("The copy is left over (in use). To remove it: DROP DATABASE copy_1;");
        stopped.stopped = true;
        page->showRehearsal(stopped);
        QVERIFY2(page->outcomeWords().contains(q("was stopped")) && !page->outcomeWords().contains(q("went through")),
                 qPrintable(page->outcomeWords()));
        QVERIFY(page->outcomeWords().contains(q("DROP DATABASE copy_1;")) && !page->outcomeWords().contains(q("removed again")));
        picture(&window, "run-rehearsal-stopped-light");
    }

    void whatRunsOutsideATransactionIsRehearsedOnACopyOnly()
    {
        Scripts scripts;
        addFirst(scripts);
        scripts.add("b2", "its names", {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)")});
        scripts.add("c3", "an index", {q("CREATE INDEX CONCURRENTLY ix_t_a1 ON t_a1 (name)")});
        MainWindow window(&m_theme, nullptr, {});
        begin(window, scripts);
        QVERIFY(!window.runPage()->rehearseBackAction()->isEnabled());
        window.selectRevision(q("b2"));
        window.actionRegistry()->action(q("migrate.upgradeToSelected"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.runPage()->plan().steps.size() == 1);
        QVERIFY(window.runPage()->rehearseBackAction()->isEnabled());
    }
};

QTEST_MAIN(TestLiveRun)
#include "tst_liverun.moc"
