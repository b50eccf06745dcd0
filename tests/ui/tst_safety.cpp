// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/backup.h"
#include "livestage.h"
#include "postgresserver.h"
#include "result.h"
#include "ui/banner.h"
#include "ui/confirmation.h"
#include "ui/database/backupsdialog.h"
#include "ui/database/databasepage.h"
#include "ui/database/repairdialog.h"
#include "ui/emptystate.h"
#include "ui/run/ledgerview.h"
#include "ui/run/runspage.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTableView>
#include <QTreeWidget>

using namespace stillroom;
using namespace stillroom::ui;
using namespace livestage;

namespace {

/// Two revisions, and a database for them of either kind.
class Stage {
public:
    explicit Stage(bool isServer)
    {
        m_scripts.add("a1", "the first table", {q("CREATE TABLE t_a1 (id INTEGER PRIMARY KEY)")}, {q("DROP TABLE t_a1")});
        m_scripts.add("b2", "its names", {q("ALTER TABLE t_a1 ADD COLUMN name VARCHAR(20)")}, {q("ALTER TABLE t_a1 DROP COLUMN name")});
        connection.name = q("Shop");
        connection.environment = Environment::Development;
        connection.policy = database::policyOf(database::ServerEnvironment::Development);
        if (isServer) {
            m_database = testsupport::PostgresServer::shared().createDatabase();
            connection.spec.kind = dialect::DialectKind::PostgreSql;
            connection.spec.keywords = m_database->keywords();
        } else {
            connection.spec.kind = dialect::DialectKind::Sqlite;
            connection.spec.sqliteFile = m_scripts.path("shop.db");
            connection.spec.createIfMissing = true;
        }
        qputenv("XDG_DATA_HOME", m_scripts.path("data").toUtf8());
    }
    void setEnvironment(Environment environment)
    {
        connection.environment = environment;
        connection.policy = database::policyOf(serverEnvironment(environment));
    }
    /// By another client.
    QStringList execute(const QString &sql) const
    {
        const auto session = database::Session::open(connection.spec);
        const auto done = session ? (*session)->execute(sql) : std::unexpected(session.error());
        if (!done) {
            qWarning("%s", qPrintable(sentence(done.error())));
            return {};
        }
        QStringList firsts;
        for (const auto &row : done->rows)
            firsts += row.front().toString();
        return firsts;
    }
    [[nodiscard]] const Scripts &scripts() const { return m_scripts; }
    Connection connection;

private:
    Scripts m_scripts;
    std::unique_ptr<testsupport::TestDatabase> m_database;
};

void addKinds()
{
    QTest::addColumn<bool>("isServer");
    QTest::newRow("PostgreSQL") << true;
    QTest::newRow("SQLite") << false;
}

/// Opens the dialog and has the first backup made.
void backUp(MainWindow &window)
{
    window.openBackups();
    auto *dialog = window.findChild<BackupsDialog *>();
    VERIFY_IN_TIME(dialog->backupButton()->isEnabled());
    dialog->backupButton()->click();
    COMPARE_IN_TIME(dialog->list()->topLevelItemCount(), 1);
}

} // namespace

class TestSafety : public QObject {
    Q_OBJECT
private:
    Theme m_theme;

private Q_SLOTS:
    void aWrongVersionTableIsToldAndRepairedOnTheirWord_data() { addKinds(); }
    void aWrongVersionTableIsToldAndRepairedOnTheirWord()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        MainWindow window(&m_theme, nullptr, {});
        window.resize(900, 600);
        window.show();
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        QCOMPARE(window.databasePage()->defectWords(), QString());
        QVERIFY(!window.actionRegistry()->action(q("database.repair"))->isEnabled());
        upgrade(window);
        stage.execute(q("INSERT INTO alembic_version VALUES ('a1')")); // an ancestor of b2
        window.workbench()->refresh();
        VERIFY_IN_TIME(!window.databasePage()->defectWords().isEmpty());
        window.showPage(MainWindow::Page::Database);
        picture(&window, isServer ? "repair-page-server" : "repair-page-file");
        Q_EMIT window.databasePage()->defects()->linkActivated();
        auto *dialog = window.findChild<RepairDialog *>();
        QVERIFY(dialog);
        QVERIFY2(dialog->words().contains(q("DELETE FROM")) && dialog->words().contains(q("a1")), qPrintable(dialog->words()));
        QVERIFY(!dialog->button()->isEnabled()); // nothing happens unasked
        picture(dialog, isServer ? "repair-dialog-server" : "repair-dialog-file");
        dialog->confirmation()->box()->setChecked(true);
        QVERIFY(dialog->button()->isEnabled());
        dialog->button()->click();
        VERIFY_IN_TIME(window.findChild<RepairDialog *>() == nullptr);
        VERIFY_IN_TIME(window.workbench()->isIdle());
        QCOMPARE(stage.execute(q("SELECT version_num FROM alembic_version")), QStringList{q("b2")});
        QCOMPARE(window.databasePage()->defectWords(), QString());
        QVERIFY2(window.messageWords().contains(q("b2")), qPrintable(window.messageWords()));
    }

    void whatChangedSinceItWasShownIsNotRepaired()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        stage.execute(q("INSERT INTO alembic_version VALUES ('a1')"));
        window.workbench()->refresh();
        VERIFY_IN_TIME(!window.databasePage()->defectWords().isEmpty());
        window.openRepair();
        auto *dialog = window.findChild<RepairDialog *>();
        stage.execute(q("DELETE FROM alembic_version WHERE version_num = 'b2'"));
        dialog->confirmation()->box()->setChecked(true);
        dialog->button()->click();
        VERIFY_IN_TIME(!dialog->problemWords().isEmpty());
        QCOMPARE(stage.execute(q("SELECT version_num FROM alembic_version")), QStringList{q("a1")});
    }

    void aRowThatNoScriptHasIsNotGuessedAt()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        stage.execute(q("UPDATE alembic_version SET version_num = 'elsewhere'"));
        window.workbench()->refresh();
        VERIFY_IN_TIME(window.databasePage()->defectWords().contains(q("elsewhere")));
        window.openRepair();
        auto *dialog = window.findChild<RepairDialog *>();
        QVERIFY(dialog->button()->isHidden());
        QVERIFY2(dialog->words().contains(q("stamp")), qPrintable(dialog->words()));
        dialog->show();
        picture(dialog, "repair-advice");
    }

    void productionIsRepairedByItsName()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        stage.execute(q("INSERT INTO alembic_version VALUES ('a1')"));
        stage.setEnvironment(Environment::Production);
        connectTo(window, stage.connection);
        VERIFY_IN_TIME(!window.databasePage()->defectWords().isEmpty());
        window.openRepair();
        auto *dialog = window.findChild<RepairDialog *>();
        QVERIFY(dialog->confirmation()->box()->isHidden());
        dialog->confirmation()->line()->setText(q("another.db"));
        QVERIFY(!dialog->button()->isEnabled());
        dialog->confirmation()->line()->setText(q("shop.db"));
        dialog->button()->click();
        VERIFY_IN_TIME(window.findChild<RepairDialog *>() == nullptr);
        QCOMPARE(stage.execute(q("SELECT version_num FROM alembic_version")), QStringList{q("b2")});
    }

    void theLedgerIsOffUntilItIsSwitchedOn_data() { addKinds(); }
    void theLedgerIsOffUntilItIsSwitchedOn()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        QSettings settings(stage.scripts().path("settings.ini"), QSettings::IniFormat);
        MainWindow window(&m_theme, &settings, {});
        window.resize(1100, 700);
        window.show();
        open(window, stage.scripts());
        writeConnections(settings, window.workbench()->project()->configurationFile(), {stage.connection});
        connectTo(window, stage.connection);
        LedgerView *ledger = window.runsPage()->ledger();
        QVERIFY(!ledger->keepBox()->isChecked());
        window.actionRegistry()->action(q("migrate.upgradeByOne"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        window.actionRegistry()->action(q("database.ledger"))->trigger();
        VERIFY_IN_TIME(window.workbench()->isIdle());
        QCOMPARE(ledger->list()->model()->rowCount(), 0);
        picture(&window, isServer ? "ledger-off-server" : "ledger-off-file");
        ledger->keepBox()->click();
        upgrade(window);
        window.showPage(MainWindow::Page::Runs);
        COMPARE_IN_TIME(ledger->list()->model()->rowCount(), 1);
        const auto cell = [ledger](int column) { return ledger->list()->model()->index(0, column).data().toString(); };
        QCOMPARE(cell(1), q("b2  its names"));
        QCOMPARE(cell(2), q("upgrade"));
        QVERIFY(!cell(0).isEmpty() && !cell(4).isEmpty()); // who it was is the account's to say
        picture(&window, isServer ? "ledger-on-server" : "ledger-on-file");
        // The connection remembers it.
        QVERIFY(readConnections(settings, window.workbench()->project()->configurationFile()).front().policy.keepsLedger);
        window.workbench()->disconnectDatabase();
        VERIFY_IN_TIME(ledger->notConnected()->isVisible());
    }

    void whatTheProjectHasKeptIsNotSwitchedOff()
    {
        Stage stage(false);
        stage.scripts().write(q(".stillroom.json"), q("{\"connections\": [{\"address\": \"*\", \"ledger\": true}]}"));
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        QVERIFY(window.runsPage()->ledger()->keepBox()->isChecked());
        QVERIFY(!window.runsPage()->ledger()->keepBox()->isEnabled());
        QVERIFY(window.runsPage()->ledger()->words().contains(q(".stillroom.json")));
    }

    void aBackupIsMadeListedPutBackAndRemoved_data() { addKinds(); }
    void aBackupIsMadeListedPutBackAndRemoved()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        MainWindow window(&m_theme, nullptr, {});
        window.show();
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        window.actionRegistry()->action(q("migrate.upgradeByOne"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        window.actionRegistry()->action(q("database.backups"))->trigger();
        auto *dialog = window.findChild<BackupsDialog *>();
        QVERIFY(dialog);
        VERIFY_IN_TIME(dialog->backupButton()->isEnabled());
        QCOMPARE(dialog->list()->topLevelItemCount(), 0);
        picture(dialog, isServer ? "backups-none-server" : "backups-none-file");
        dialog->backupButton()->click();
        COMPARE_IN_TIME(dialog->list()->topLevelItemCount(), 1);
        QCOMPARE(dialog->list()->topLevelItem(0)->text(1), q("a1  the first table"));
        QCOMPARE(dialog->focusWidget(), dialog->list());
        stage.execute(q("DROP TABLE t_a1"));
        stage.execute(q("UPDATE alembic_version SET version_num = 'b2'"));
        dialog->restoreButton()->click();
        QVERIFY2(dialog->question().contains(q("a1")), qPrintable(dialog->question()));
        QVERIFY(!dialog->confirmButton()->isEnabled());
        picture(dialog, isServer ? "backups-ask-server" : "backups-ask-file");
        dialog->confirmation()->box()->setChecked(true);
        dialog->confirmButton()->click();
        VERIFY_IN_TIME(dialog->words().contains(q("Restored")));
        VERIFY_IN_TIME(window.workbench()->isIdle());
        picture(dialog, isServer ? "backups-restored-server" : "backups-restored-file");
        QCOMPARE(stage.execute(q("SELECT version_num FROM alembic_version")), QStringList{q("a1")});
        QCOMPARE(stage.execute(q("SELECT count(*) FROM t_a1")), QStringList{q("0")});
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("a1")}); // the window is connected again
        dialog->backupButton()->click();
        COMPARE_IN_TIME(dialog->list()->topLevelItemCount(), 2);
        dialog->keepBox()->setValue(1);
        dialog->askPrune();
        QVERIFY2(dialog->question().startsWith(q("Delete 1 backup, the oldest, ")), qPrintable(dialog->question()));
        QVERIFY2(!dialog->question().contains(QLatin1Char('%')), qPrintable(dialog->question()));
        QVERIFY2(dialog->question().contains(q("iB")) || dialog->question().contains(q("bytes")), qPrintable(dialog->question()));
        QCOMPARE(dialog->list()->topLevelItemCount(), 2);
        dialog->confirmButton()->click();
        COMPARE_IN_TIME(dialog->list()->topLevelItemCount(), 1);
        QCOMPARE(database::backupsIn(database::backupFolder()).size(), std::size_t(1));
    }

    void productionIsRestoredByItsName()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        window.show();
        open(window, stage.scripts());
        stage.setEnvironment(Environment::Production);
        connectTo(window, stage.connection);
        backUp(window);
        auto *dialog = window.findChild<BackupsDialog *>();
        dialog->askRestore();
        QVERIFY(dialog->confirmation()->box()->isHidden());
        dialog->confirmation()->line()->setText(q("shop"));
        QVERIFY(!dialog->confirmButton()->isEnabled());
        dialog->confirmation()->line()->setText(q("shop.db"));
        QVERIFY(dialog->confirmButton()->isEnabled());
        picture(dialog, "backups-production");
    }

    void aRestoreThatIsInTheWayOfOthersIsToldAndLeavesAllAsItWas()
    {
        Stage stage(true);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        backUp(window);
        auto *dialog = window.findChild<BackupsDialog *>();
        {
            const auto visitor = database::Session::open(stage.connection.spec);
            VERIFY_OK(visitor);
            dialog->askRestore();
            dialog->confirmation()->box()->setChecked(true);
            dialog->confirmButton()->click();
            VERIFY_IN_TIME(dialog->restoreButton()->isEnabled() && !dialog->words().isEmpty());
            QVERIFY2(!dialog->words().contains(q("Restored")), qPrintable(dialog->words()));
            picture(dialog, "backups-in-use");
        }
        VERIFY_IN_TIME(window.workbench()->isIdle());
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("b2")});
    }

    void aReadOnlyConnectionRestoresAndRepairsNothing()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        stage.execute(q("INSERT INTO alembic_version VALUES ('a1')"));
        stage.connection.policy.readOnly = stage.connection.spec.readOnly = true;
        connectTo(window, stage.connection);
        VERIFY_IN_TIME(!window.databasePage()->defectWords().isEmpty());
        window.openRepair();
        QVERIFY(window.findChild<RepairDialog *>()->button()->isHidden());
        backUp(window); // reading is allowed
        auto *dialog = window.findChild<BackupsDialog *>();
        QVERIFY(!dialog->restoreButton()->isEnabled());
        QVERIFY(!window.runsPage()->ledger()->keepBox()->isEnabled());
        QVERIFY(!window.actionRegistry()->action(q("migrate.reset"))->isEnabled());
    }

    void onlyADevelopmentDatabaseIsReset()
    {
        Stage stage(false);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        upgrade(window);
        stage.execute(q("INSERT INTO t_a1 (id) VALUES (1)"));
        upgrade(window, "migrate.reset");
        QCOMPARE(stage.execute(q("SELECT count(*) FROM t_a1")), QStringList{q("0")});
        QCOMPARE(stage.execute(q("SELECT version_num FROM alembic_version")), QStringList{q("b2")});
        stage.setEnvironment(Environment::Staging);
        connectTo(window, stage.connection);
        QVERIFY(!window.actionRegistry()->action(q("migrate.reset"))->isEnabled());
    }
};

QTEST_MAIN(TestSafety)
#include "tst_safety.moc"
