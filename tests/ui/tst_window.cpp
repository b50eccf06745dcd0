// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/confirmation.h"
#include "ui/database/backupsdialog.h"
#include "ui/database/databasepage.h"
#include "ui/database/repairdialog.h"
#include "ui/editor/revisionpane.h"
#include "ui/mainwindow.h"
#include "ui/preferencesdialog.h"
#include "ui/project/connectdialog.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/project/projectpage.h"
#include "ui/project/valuedialog.h"
#include "ui/run/alembicdialog.h"
#include "ui/run/runpage.h"
#include "ui/run/targetdialog.h"
#include "waiting.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using namespace stillroom::ui;

namespace {

/// Controls that one can reach by Tab and that a screen reader could not name.
QStringList namelessIn(const QWidget &window)
{
    QStringList found;
    for (const QWidget *w : window.findChildren<QWidget *>()) {
        const bool isHidden = w->testAttribute(Qt::WA_WState_ExplicitShowHide) && w->isHidden();
        // The list that drops down from a combo box is announced with the box. A label's text is its name; one without text shows nothing.
        if (!(w->focusPolicy() & Qt::TabFocus) || isHidden || qobject_cast<const QScrollBar *>(w) || qobject_cast<const QLabel *>(w) ||
            w->inherits("QComboBoxListView"))
            continue;
        bool isBuddy = false;
        for (const QLabel *label : window.findChildren<QLabel *>())
            isBuddy = isBuddy || label->buddy() == w;
        const QString text = w->property("text").toString();
        if (w->accessibleName().isEmpty() && !isBuddy && text.isEmpty() && !qobject_cast<const QMenuBar *>(w))
            found += QStringLiteral("%1 %2 in %3")
                         .arg(QString::fromLatin1(w->metaObject()->className()), w->objectName(),
                              w->parent() ? QString::fromLatin1(w->parent()->metaObject()->className()) : QString());
    }
    return found;
}

} // namespace

class TestWindow : public QObject {
    Q_OBJECT
private:
    static QString source(const char *path) { return QStringLiteral(STILLROOM_SOURCE_DIR) + QString::fromLatin1(path); }

private Q_SLOTS:
    void everyControlHasAName()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        QCOMPARE(namelessIn(window).join(QLatin1Char('\n')), QString());
        ConnectDialog connecting(&theme, nullptr);
        QCOMPARE(namelessIn(connecting).join(QLatin1Char('\n')), QString());
        TargetDialog target(QStringLiteral("Stamp"), QStringLiteral("words"), QStringLiteral("Go"), {}, nullptr);
        QCOMPARE(namelessIn(target).join(QLatin1Char('\n')), QString());
        ValueDialog value({.name = QStringLiteral("shop.SCHEMA"), .reason = {}, .given = {}, .file = {}, .waiting = {}}, nullptr);
        QCOMPARE(namelessIn(value).join(QLatin1Char('\n')), QString());
        RepairDialog repair(&theme, fabricated::target(),
                            {{.kind = {}, .row = {}, .words = QStringLiteral("w"), .remedy = {QStringLiteral("DELETE")}, .advice = {}}}, nullptr);
        QCOMPARE(namelessIn(repair).join(QLatin1Char('\n')), QString());
        BackupsDialog backups(&theme, fabricated::target(), {}, nullptr, nullptr);
        QCOMPARE(namelessIn(backups).join(QLatin1Char('\n')), QString());
        const auto project = project::Project::open(source("/migrations"));
        QVERIFY(project);
        NewRevisionDialog writing(&theme, HighlightingBackend::create(), std::make_shared<const project::Project>(*project), {}, nullptr);
        QCOMPARE(namelessIn(writing).join(QLatin1Char('\n')), QString());
    }

    void noTwoActionsOfAContextShareAKey()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        QVERIFY(window.actionRegistry()->entries().size() > 25);
        QCOMPARE(window.actionRegistry()->collisions(), QStringList());
        QStringList ids;
        for (const auto &entry : window.actionRegistry()->entries()) {
            QVERIFY2(!ids.contains(entry.spec.id), qPrintable(entry.spec.id));
            ids += entry.spec.id;
        }
    }

    void anEmptyWindowOffersWhatCanBeDone()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {QStringLiteral("/nowhere"), QStringLiteral("/nowhere/demo.db")});
        const auto enabled = [&](const char *id) { return window.actionRegistry()->action(QString::fromLatin1(id))->isEnabled(); };
        QVERIFY(enabled("file.openProject"));
        QVERIFY(enabled("file.openDemo"));
        QVERIFY(enabled("file.connect"));
        for (const char *id : {"file.disconnect", "migrate.upgradeToHead", "migrate.downgradeByOne", "migrate.stamp", "migrate.run", "migrate.cancel",
                               "database.refresh", "edit.copyId"})
            QVERIFY2(!enabled(id), id);
    }

    void whatCanBePlannedFollowsTheSelectedRow()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.workbench()->showGraph(fabricated::graph(QStringLiteral("a; b:a; c:b")));
        window.workbench()->showTarget(fabricated::target(), fabricated::catalog()); // at b
        const auto enabled = [&](const char *id) { return window.actionRegistry()->action(QString::fromLatin1(id))->isEnabled(); };
        window.selectRevision(QStringLiteral("c"));
        QVERIFY(enabled("migrate.upgradeToSelected"));
        QVERIFY(!enabled("migrate.downgradeToSelected"));
        window.selectRevision(QStringLiteral("a"));
        QVERIFY(!enabled("migrate.upgradeToSelected"));
        QVERIFY(enabled("migrate.downgradeToSelected"));
        window.selectRevision(QStringLiteral("head"));
        QCOMPARE(window.historyView()->selectedRevision(), QStringLiteral("c"));
        window.selectRevision(QStringLiteral("nonsense"));
        QVERIFY(!window.messageWords().isEmpty());
    }

    void everyPageHoldsTogetherWhenSmall()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.workbench()->showGraph(fabricated::graph(QStringLiteral("a; b:a; c:b")));
        window.workbench()->showTarget(fabricated::target(), fabricated::catalog());
        window.runPage()->showPlan(fabricated::upgrade({QStringLiteral("c")}), fabricated::target(), nullptr);
        window.resize(900, 600);
        window.show();
        for (const auto page : {MainWindow::Page::History, MainWindow::Page::Database, MainWindow::Page::Run, MainWindow::Page::Project}) {
            window.showPage(page);
            QCoreApplication::processEvents();
            QCOMPARE(window.size(), QSize(900, 600)); // nothing asks for more room
            QVERIFY(!window.grab().isNull());
        }
    }

    void geometryAndThemeComeBack()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
        const QSize size(780, 640); // the offscreen screen has 800 × 800, and Qt from 6.5 on lets no window come back larger than its screen
        {
            Theme theme;
            MainWindow window(&theme, &settings, {});
            window.resize(size);
            window.actionRegistry()->action(QStringLiteral("view.themeDark"))->trigger();
            window.show();
            window.close();
        }
        Theme theme;
        MainWindow window(&theme, &settings, {});
        QCOMPARE(window.size(), size);
        QCOMPARE(settings.value(QStringLiteral("theme")).toInt(), int(ThemeChoice::Dark));
    }

    void aScriptThatChangesOnDiskIsReadAgainByItself()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("scripts/versions")));
        const auto write = [&folder](const QString &name, const QByteArray &text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(QStringLiteral("alembic.ini"), "[alembic]\nscript_location = %(here)s/scripts\n");
        write(QStringLiteral("scripts/env.py"), "from alembic import context\ncontext.configure(url='sqlite:///x.db')\n");
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(folder.path());
        VERIFY_IN_TIME(window.workbench()->graph() != nullptr);
        QCOMPARE(window.historyModel()->rowCount(), 0);
        write(QStringLiteral("scripts/versions/a1.py"), "\"\"\"first\"\"\"\nrevision = 'a1'\ndown_revision = None\ndef upgrade():\n    pass\n");
        VERIFY_IN_TIME(window.historyModel()->rowCount() == 1);
        write(QStringLiteral("scripts/versions/b2.py"), "\"\"\"second\"\"\"\nrevision = 'b2'\ndown_revision = 'a1'\ndef upgrade():\n    pass\n");
        VERIFY_IN_TIME(window.historyModel()->rowCount() == 2);
        QCOMPARE(window.historyModel()->rowOf(QStringLiteral("b2")), 0);
        // in place, as editors do that write the file itself
        write(QStringLiteral("scripts/versions/b2.py"), "\"\"\"second\"\"\"\nrevision = 'c3'\ndown_revision = 'a1'\ndef upgrade():\n    pass\n");
        VERIFY_IN_TIME(window.historyModel()->rowOf(QStringLiteral("c3")) == 0);
    }

    void aFolderWithoutAProjectIsToldInASentence()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(folder.path());
        VERIFY_IN_TIME(!window.messageWords().isEmpty());
        QVERIFY2(window.messageWords().contains(folder.path()), qPrintable(window.messageWords()));
    }

    void theDemoGoesUpAndDownOnSqlite()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {source("/migrations"), folder.filePath(QStringLiteral("library.db"))});
        window.resize(1280, 800);
        window.show();
        const auto trigger = [&](const char *id) {
            QAction *action = window.actionRegistry()->action(QString::fromLatin1(id));
            QVERIFY2(action->isEnabled(), id);
            action->trigger();
        };
        const auto planned = [&] { return window.runPage()->phase() == RunPage::Phase::Planned; };
        const auto ended = [&] { return window.runPage()->phase() == RunPage::Phase::Ended && !window.workbench()->isRunning(); };
        const auto versions = [&] { return window.workbench()->snapshot() ? window.workbench()->snapshot()->versions.rows : QStringList(); };

        trigger("file.openDemo");
        VERIFY_IN_TIME(window.workbench()->position().has_value());
        const int count = int(window.workbench()->graph()->revisions().size());
        QVERIFY(count >= 10);
        QCOMPARE(window.historyModel()->pendingCount(), count);
        VERIFY_IN_TIME(window.revisionPane()->hasSql());

        trigger("migrate.upgradeToHead");
        VERIFY_IN_TIME(planned());
        QCOMPARE(int(window.runPage()->plan().steps.size()), count);
        trigger("migrate.run");
        VERIFY_IN_TIME(ended());
        QVERIFY2(window.runPage()->outcomeWords().startsWith(QStringLiteral("Done")), qPrintable(window.runPage()->outcomeWords()));
        COMPARE_IN_TIME(versions(), window.workbench()->graph()->heads());
        QCOMPARE(window.historyModel()->pendingCount(), 0);

        // The Database page shows the constraint that the last fix made.
        window.showPage(MainWindow::Page::Database);
        window.databasePage()->setFilter(QStringLiteral("uq_users_email_tenant"));
        QVERIFY(window.databasePage()->view(CatalogPart::Constraints)->model()->rowCount() > 0);

        trigger("migrate.downgradeByOne");
        VERIFY_IN_TIME(planned());
        QVERIFY(!window.actionRegistry()->action(QStringLiteral("migrate.run"))->isEnabled());
        window.runPage()->setConfirmed(true);
        QVERIFY(window.runPage()->canRun());
        window.runPage()->startRun();
        VERIFY_IN_TIME(ended());
        VERIFY_IN_TIME(window.historyModel()->pendingCount() > 0);

        trigger("migrate.downgradeToBase");
        VERIFY_IN_TIME(planned());
        window.runPage()->setConfirmed(true);
        window.runPage()->startRun();
        VERIFY_IN_TIME(ended());
        COMPARE_IN_TIME(window.historyModel()->pendingCount(), count);
        QCOMPARE(versions(), QStringList());
    }

    void aRehearsalTellsWhatARunWouldDoAndLeavesNothing()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {source("/migrations"), folder.filePath(QStringLiteral("library.db"))});
        window.resize(1280, 800);
        window.show();
        window.openDemo();
        VERIFY_IN_TIME(window.workbench()->position().has_value());
        const int count = window.historyModel()->pendingCount();
        RunPage *page = window.runPage();
        for (const bool onCopy : {false, true}) {
            window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
            VERIFY_IN_TIME(page->phase() == RunPage::Phase::Planned);
            page->startRehearsal(onCopy);
            QCOMPARE(page->phase(), RunPage::Phase::Running);
            VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && !window.workbench()->isRunning());
            QVERIFY2(page->outcomeWords().startsWith(QStringLiteral("The rehearsal went through")), qPrintable(page->outcomeWords()));
            QVERIFY2(page->outcomeWords().contains(onCopy ? QStringLiteral("The way back") : QStringLiteral("rolled back")),
                     qPrintable(page->outcomeWords()));
            COMPARE_IN_TIME(window.historyModel()->pendingCount(), count);
        }
    }

    void theListTellsWhichSqlIsKnown()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(source("/tests/projects/rag"));
        const auto outlook = [&](const char *id) { return window.historyModel()->outlookAt(window.historyModel()->rowOf(QString::fromLatin1(id))); };
        VERIFY_IN_TIME(outlook("006_migrate_user_roles") && outlook("001_initial_schema"));
        QCOMPARE(outlook("006_migrate_user_roles")->upgrade.status, migration::BodySql::Status::NeedsDatabase);
        QCOMPARE(outlook("001_initial_schema")->upgrade.status, migration::BodySql::Status::Complete);
        const QModelIndex cell =
            window.historyModel()->index(window.historyModel()->rowOf(QStringLiteral("006_migrate_user_roles")), HistoryModel::SqlColumn);
        QVERIFY(cell.data().toString().startsWith(QStringLiteral("Needs a database")));
        window.searchBar()->openFor(SearchBar::Mode::Filter);
        QTest::keyClicks(window.searchBar()->line(), QStringLiteral("table:conversations"));
        VERIFY_IN_TIME(window.historyModel()->rowOf(QStringLiteral("002_add_conversations")) >= 0);
        QVERIFY(window.historyModel()->rowOf(QStringLiteral("001_initial_schema")) < 0);
    }

    void withoutAConnectionThePlanOpensAndIsSavedAsAlembicPrintsIt()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(source("/migrations"));
        VERIFY_IN_TIME(window.workbench()->project());
        const auto action = [&](const char *id) { return window.actionRegistry()->action(QString::fromLatin1(id)); };
        QVERIFY(action("migrate.upgradeToHead")->isEnabled());
        action("migrate.upgradeToHead")->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        QCOMPARE(window.runPage()->plan().steps.size(), window.workbench()->graph()->revisions().size());
        QVERIFY(!action("migrate.run")->isEnabled());
        const QString path = folder.filePath(QStringLiteral("plan.sql"));
        QVERIFY(window.saveSqlTo(path));
        QFile saved(path);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(saved.readAll());
        QVERIFY(text.contains(QStringLiteral("CREATE TABLE alembic_version")));
        QVERIFY(text.contains(QStringLiteral("-- Running upgrade 69e4c1a8f5b0 -> d07f5b3e9c62")));
        action("migrate.copySql")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), text);

        window.selectRevision(QStringLiteral("69e4c1a8f5b0"));
        action("migrate.downgradeToSelected")->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        QCOMPARE(window.runPage()->plan().steps.size(), 1U);
        QCOMPARE(window.runPage()->plan().kind, revision::Plan::Kind::Downgrade);
    }

    void aPlanThatIsNotKnownToItsEndIsNotSaved()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(source("/tests/projects/rag"));
        VERIFY_IN_TIME(window.workbench()->project());
        window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        const QString path = folder.filePath(QStringLiteral("plan.sql"));
        QVERIFY(!window.saveSqlTo(path));
        QVERIFY(!QFile::exists(path));
        QVERIFY2(window.runPage()->outcomeWords().contains(QStringLiteral("006_migrate_user_roles")), qPrintable(window.runPage()->outcomeWords()));
    }

    void theProjectsOwnAlembicWritesWhatIsNotUnderstoodOnceItIsAllowed()
    {
        QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("alembic")).isEmpty(), "no Alembic is installed");
        QTemporaryDir folder;
        const auto write = [&folder](const QString &name, const QByteArray &text) {
            QDir().mkpath(QFileInfo(folder.filePath(name)).path());
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write(QStringLiteral("alembic.ini"), "[alembic]\nscript_location = %(here)s/scripts\nsqlalchemy.url = sqlite:///shop.db\n");
        write(QStringLiteral(".stillroom.json"), "{\"python\": \"/usr/bin/python3\"}");
        write(QStringLiteral("scripts/env.py"),
              "from alembic import context\nurl = context.config.get_main_option('sqlalchemy.url')\n"
              "context.configure(url=url, literal_binds=True)\nwith context.begin_transaction():\n    context.run_migrations()\n");
        write(QStringLiteral("scripts/versions/a1.py"),
              "\"\"\"names\"\"\"\nimport subprocess\nfrom alembic import op\nrevision = 'a1'\ndown_revision = None\n"
              "def upgrade():\n    name = subprocess.check_output(['echo', 'shop']).decode().strip()\n"
              "    op.execute('CREATE TABLE %s (id INTEGER)' % name)\ndef downgrade():\n    pass\n");
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.resize(1280, 800);
        window.show();
        window.openProject(folder.path());
        database::ConnectionSpec spec;
        spec.sqliteFile = folder.filePath(QStringLiteral("shop.db"));
        spec.createIfMissing = true;
        VERIFY_IN_TIME(window.workbench()->project());
        window.connectTo(spec, Environment::Development);
        VERIFY_IN_TIME(window.workbench()->position().has_value());
        window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        QVERIFY(!window.runPage()->sqlToCopy().contains(QStringLiteral("CREATE TABLE shop")));
        window.askPython(QStringLiteral("a1"));
        auto *dialog = window.findChild<AlembicDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->program()->text(), QStringLiteral("/usr/bin/python3"));
        QVERIFY(!dialog->button()->isEnabled());
        dialog->choice(QStringLiteral("a1"))->setCurrentIndex(int(AlembicDialog::Choice::Writes));
        QVERIFY(dialog->confirmation()->isHidden()); // it is shown before it runs
        dialog->button()->click();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned || window.runPage()->phase() == RunPage::Phase::Ended);
        QVERIFY2(window.runPage()->sqlToCopy().contains(QStringLiteral("CREATE TABLE shop")), qPrintable(window.runPage()->outcomeWords()));
        QVERIFY(window.runPage()->warningWords().contains(QStringLiteral("project's own Alembic")));
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && !window.workbench()->isRunning());
        QVERIFY2(window.runPage()->outcomeWords().startsWith(QStringLiteral("Done")), qPrintable(window.runPage()->outcomeWords()));
        COMPARE_IN_TIME(window.workbench()->snapshot()->versions.rows, QStringList{QStringLiteral("a1")});
    }

    void whatIsPreferredHoldsAndIsKept()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        Theme theme;
        {
            MainWindow window(&theme, &settings, {});
            window.show();
            window.openProject(source("/migrations"));
            VERIFY_IN_TIME(window.workbench()->project());
            window.actionRegistry()->action(QStringLiteral("edit.preferences"))->trigger();
            auto *dialog = window.findChild<PreferencesDialog *>();
            QVERIFY(dialog);
            dialog->backupFolder()->setText(QStringLiteral("not/absolute"));
            QVERIFY(!dialog->button()->isEnabled());
            dialog->backupFolder()->setText(folder.filePath(QStringLiteral("backups")));
            dialog->codeSize()->setValue(17);
            dialog->themeBox()->setCurrentIndex(dialog->themeBox()->findData(int(ThemeChoice::Dark)));
            QCOMPARE(theme.choice(), ThemeChoice::System); // not before it is kept
            dialog->button()->click();
            QCOMPARE(theme.choice(), ThemeChoice::Dark);
            QVERIFY(window.actionRegistry()->action(QStringLiteral("view.themeDark"))->isChecked());
            QCOMPARE(theme.codeFont().pointSize(), 17);
            QCOMPARE(window.workbench()->backupFolder(), folder.filePath(QStringLiteral("backups")));
            window.actionRegistry()->action(QStringLiteral("view.smaller"))->trigger();
            QCOMPARE(theme.codeFont().pointSize(), 16);
        }
        Theme later;
        MainWindow window(&later, &settings, {});
        QCOMPARE(later.codeFont().pointSize(), 16);
        QCOMPARE(window.workbench()->backupFolder(), folder.filePath(QStringLiteral("backups")));
        window.openLastProject();
        VERIFY_IN_TIME(window.workbench()->project());
        Preferences other = readPreferences(settings);
        other.opensLastProject = false;
        writePreferences(settings, other);
        MainWindow third(&later, &settings, {});
        third.openLastProject();
        QVERIFY(third.workbench()->isIdle());
    }

    void whatCannotBeDoneSaysWhy()
    {
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        const auto tip = [&window](const char *id) { return window.actionRegistry()->action(QString::fromLatin1(id))->toolTip(); };
        QVERIFY2(tip("migrate.upgradeToHead").contains(QStringLiteral("No project is open")), qPrintable(tip("migrate.upgradeToHead")));
        QVERIFY(tip("database.refresh").contains(QStringLiteral("No database is connected")));
        window.openProject(source("/migrations"));
        VERIFY_IN_TIME(window.workbench()->project());
        QVERIFY(!tip("migrate.upgradeToHead").contains(QStringLiteral("No project")));
        QVERIFY(tip("migrate.upgradeByOne").contains(QStringLiteral("No database is connected")));
    }

    void aReadOnlyConnectionShowsThePlanButRunsNothing()
    {
        QTemporaryDir folder;
        Theme theme;
        MainWindow window(&theme, nullptr, {});
        window.openProject(source("/migrations"));
        database::ConnectionSpec spec;
        spec.kind = dialect::DialectKind::Sqlite;
        spec.sqliteFile = folder.filePath(QStringLiteral("library.db"));
        QFile file(spec.sqliteFile);
        QVERIFY(file.open(QIODevice::WriteOnly)); // an empty file is an empty database
        file.close();
        spec.readOnly = true;
        window.connectTo(spec);
        VERIFY_IN_TIME(window.workbench()->position().has_value());
        window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        QVERIFY(!window.runPage()->canRun());
        QVERIFY(window.runPage()->warningWords().contains(QStringLiteral("read-only")));
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
