// SPDX-License-Identifier: GPL-3.0-or-later
// The project's own Alembic takes part in a plan: asked for, shown, run and taken back in the window, with a real Alembic on SQLite.
#include "livestage.h"
#include "migration/journal.h"
#include "project/answers.h"
#include "ui/confirmation.h"
#include "ui/run/alembicdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTreeView>

using namespace stillroom;
using namespace stillroom::ui;
using namespace livestage;

namespace {

/// Three revisions; the second asks the machine what Stillroom does not know, and needs rows, so that offline mode cannot write it.
class Stage {
public:
    Stage()
    {
        m_scripts.write(q("alembic.ini"), q("[alembic]\nscript_location = %(here)s/m\nsqlalchemy.url = sqlite:///shop.db\n"));
        m_scripts.write(q("m/env.py"), q("from alembic import context\nfrom sqlalchemy import create_engine\nconfig = context.config\n"
                                         "url = config.get_main_option('sqlalchemy.url')\n"
                                         "if context.is_offline_mode():\n    context.configure(url=url)\n    with context.begin_transaction():\n"
                                         "        context.run_migrations()\nelse:\n    with create_engine(url).connect() as connection:\n"
                                         "        context.configure(connection=connection)\n        with context.begin_transaction():\n"
                                         "            context.run_migrations()\n"));
        m_scripts.add("a1", "the shop", {q("CREATE TABLE shop (id INTEGER PRIMARY KEY, size INTEGER)"), q("INSERT INTO shop (size) VALUES (3)")},
                      {q("DROP TABLE shop")});
        m_scripts.add("b2", "sizes by the machine", {});
        m_scripts.write(
            q("m/versions/b2.py"),
            QStringLiteral(
                "\"\"\"sizes by the machine\"\"\"\nimport ctypes, pathlib\nfrom alembic import op\nimport sqlalchemy as sa\n\n"
                "revision = 'b2'\ndown_revision = 'a1'\n\n\ndef upgrade():\n    pathlib.Path('%1').write_text('x')\n"
                "    bits = 8 * ctypes.sizeof(ctypes.c_int32)\n    size = op.get_bind().execute(sa.text('SELECT size FROM shop')).scalar()\n"
                "    print('the size was %d' % size)\n    op.execute('UPDATE shop SET size = %d' % (size * bits))\n\n\n"
                "def downgrade():\n    pass\n")
                .replace(q("%1"), trace()));
        m_scripts.add("c3", "names", {q("ALTER TABLE shop ADD COLUMN name VARCHAR(20)")}, {q("ALTER TABLE shop DROP COLUMN name")});
        connection.environment = Environment::Development;
        connection.policy = database::policyOf(database::ServerEnvironment::Development);
        connection.spec.kind = dialect::DialectKind::Sqlite;
        connection.spec.sqliteFile = m_scripts.path("shop.db");
        connection.spec.createIfMissing = true;
        qputenv("XDG_DATA_HOME", m_scripts.path("data").toUtf8());
        qunsetenv("VIRTUAL_ENV");
    }
    [[nodiscard]] QString trace() const { return m_scripts.path("ran"); }
    [[nodiscard]] bool hasRun() const { return QFile::exists(trace()); }
    [[nodiscard]] const Scripts &scripts() const { return m_scripts; }
    [[nodiscard]] QString size() const
    {
        const auto session = database::Session::open(connection.spec);
        const auto rows = session ? (*session)->execute(q("SELECT size FROM shop")) : std::unexpected(session.error());
        return rows && !rows->rows.empty() ? rows->rows.front().front().toString() : QString();
    }
    Connection connection;

private:
    Scripts m_scripts;
};

void plan(MainWindow &window)
{
    window.actionRegistry()->action(q("migrate.upgradeToHead"))->trigger();
    VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
}

void select(MainWindow &window, int step) { window.runPage()->stepsView()->setCurrentIndex(window.runPage()->steps()->indexOf(step)); }

/// Through the menu of the step, up to the point where only the word is missing.
AlembicDialog *ask(MainWindow &window)
{
    select(window, 1);
    window.runPage()->pythonAction()->trigger();
    auto *dialog = window.findChild<AlembicDialog *>();
    if (dialog) {
        dialog->program()->setText(q("/usr/bin/python3"));
        dialog->choice(q("b2"))->setCurrentIndex(dialog->choice(q("b2"))->findData(int(AlembicDialog::Choice::Runs)));
    }
    return dialog;
}

QStringList logLines(const RunPage *page) { return page->log()->toText().split(QLatin1Char('\n')); }

} // namespace

class TestAlembic : public QObject {
    Q_OBJECT
private:
    Theme m_theme;

private Q_SLOTS:
    void initTestCase() { QVERIFY2(!QStandardPaths::findExecutable(q("alembic")).isEmpty(), "no Alembic is installed"); }

    void aStepIsRunThereOnTheirWordAlone()
    {
        Stage stage;
        MainWindow window(&m_theme, nullptr, {});
        window.resize(1000, 650);
        window.show();
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        RunPage *page = window.runPage();
        select(window, 0);
        QVERIFY(!page->pythonAction()->isVisible()); // it is known here
        picture(&window, "alembic-offered");
        AlembicDialog *dialog = ask(window);
        QVERIFY(dialog);
        picture(dialog, "alembic-dialog");
        QVERIFY(!dialog->button()->isEnabled());
        dialog->confirmation()->box()->setChecked(true);
        QVERIFY(dialog->button()->isEnabled());
        dialog->button()->click();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        QVERIFY2(page->outcomeWords().isEmpty(), qPrintable(page->outcomeWords()));
        picture(&window, "alembic-planned");
        QVERIFY(!stage.hasRun()); // only planned
        QVERIFY(page->steps()->steps()[1].runsThere && !page->steps()->steps()[2].runsThere);
        QVERIFY2(page->warningWords().contains(q("over a connection of its own")), qPrintable(page->warningWords()));
        QVERIFY2(page->sqlToCopy().contains(q("Run by the project's own Alembic")), qPrintable(page->sqlToCopy()));
        QVERIFY(!page->sqlToCopy().contains(q("STOPS HERE")));
        page->startRun();
        VERIFY_IN_TIME(page->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        picture(&window, "alembic-ended");
        QVERIFY2(page->outcomeWords().startsWith(q("Done")), qPrintable(page->outcomeWords()));
        QVERIFY(stage.hasRun());
        QCOMPARE(stage.size(), q("96"));
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("c3")});
        const QStringList log = logLines(page);
        QVERIFY(std::ranges::any_of(log, [](const QString &line) { return line.contains(q("Run by the project's own Alembic")); }));
        QVERIFY(std::ranges::any_of(log, [](const QString &line) { return line.contains(q("the size was 3")); }));
        const auto records = migration::runRecords(migration::journalFolder());
        const auto lines = migration::readRun(migration::journalFolder(), records.front().id);
        QVERIFY(lines);
        QVERIFY(std::ranges::any_of(*lines, [](const QJsonObject &line) { return line[q("taken_from")].toString().contains(q("Alembic")); }));
        QVERIFY(!QFile::exists(project::answersFile(stage.scripts().root()))); // nobody asked to remember anything
    }

    void whatFailsThereIsToldWithItsWordsAndWhatIsApplied()
    {
        Stage stage;
        QFile script(stage.scripts().path("m/versions/b2.py"));
        QVERIFY(script.open(QIODevice::ReadOnly));
        QByteArray text = script.readAll();
        script.close();
        text.replace("    print(", "    raise RuntimeError('not on a Friday')\n    print(");
        stage.scripts().write(q("m/versions/b2.py"), QString::fromUtf8(text));
        MainWindow window(&m_theme, nullptr, {});
        window.resize(1000, 650);
        window.show();
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        AlembicDialog *dialog = ask(window);
        dialog->confirmation()->box()->setChecked(true);
        dialog->button()->click();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        picture(&window, "alembic-failed");
        QVERIFY2(window.runPage()->outcomeWords().contains(q("not on a Friday")), qPrintable(window.runPage()->outcomeWords()));
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("a1")});
        QCOMPARE(window.runPage()->nextStep(), RunPage::NextStep::PlanAgain);
    }

    void itIsTakenBackBeforeTheRun()
    {
        Stage stage;
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        AlembicDialog *dialog = ask(window);
        dialog->confirmation()->box()->setChecked(true);
        dialog->button()->click();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        select(window, 1);
        window.runPage()->pythonAction()->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        QVERIFY(!window.runPage()->steps()->steps()[1].runsThere);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QVERIFY(!stage.hasRun());
        QCOMPARE(window.workbench()->snapshot()->versions.rows, QStringList{q("a1")});
        // And a new plan begins without it.
        plan(window);
        QVERIFY(window.runPage()->steps()->steps()[0].takenFrom.isEmpty());
    }

    void aReadOnlyConnectionIsOfferedNoRun()
    {
        Stage stage;
        QVERIFY(database::Session::open(stage.connection.spec)); // the file
        stage.connection.spec.readOnly = true;
        stage.connection.spec.createIfMissing = false;
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        AlembicDialog *dialog = ask(window);
        QVERIFY(dialog);
        QCOMPARE(dialog->choice(q("b2"))->findData(int(AlembicDialog::Choice::Runs)), -1);
        picture(dialog, "alembic-read-only");
        QVERIFY(!window.runPage()->canRun());
    }

    void productionWantsItsNameTyped()
    {
        Stage stage;
        stage.connection.environment = Environment::Production;
        stage.connection.policy = database::policyOf(database::ServerEnvironment::Production);
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        AlembicDialog *dialog = ask(window);
        dialog->show();
        picture(dialog, "alembic-production");
        dialog->confirmation()->line()->setText(q("another.db"));
        QVERIFY(!dialog->button()->isEnabled());
        dialog->confirmation()->line()->setText(q("shop.db"));
        dialog->button()->click();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
        QVERIFY(!window.runPage()->canRun()); // the run itself has to be confirmed as any other
        window.runPage()->setConfirmed(true);
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && window.workbench()->isIdle());
        QCOMPARE(stage.size(), q("96"));
    }

    void theInterpreterIsRememberedWhereTheyAskForIt()
    {
        Stage stage;
        MainWindow window(&m_theme, nullptr, {});
        open(window, stage.scripts());
        connectTo(window, stage.connection);
        plan(window);
        AlembicDialog *dialog = ask(window);
        dialog->program()->setText(q("/nowhere/python"));
        dialog->confirmation()->box()->setChecked(true);
        QVERIFY(!dialog->button()->isEnabled());
        dialog->program()->setText(q("/usr/bin/python3"));
        dialog->rememberBox()->setChecked(true);
        dialog->button()->click();
        const auto answers = project::readAnswers(stage.scripts().root());
        QVERIFY(answers);
        QCOMPARE(answers->python, q("/usr/bin/python3"));
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned && window.workbench()->isIdle());
    }
};

QTEST_MAIN(TestAlembic)
#include "tst_alembic.moc"
