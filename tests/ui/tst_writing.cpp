// SPDX-License-Identifier: GPL-3.0-or-later
// What the window writes into a project: values for unknown names, new revisions, merges; and pictures of its graph.
#include "fabricated.h"
#include "project/answers.h"
#include "ui/graph/graphpicture.h"
#include "ui/mainwindow.h"
#include "ui/project/hookrun.h"
#include "ui/project/mergehelp.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/project/projectpage.h"
#include "ui/project/valuedialog.h"
#include "ui/run/runpage.h"
#include "ui/run/runspage.h"
#include "ui/editor/revisionpane.h"
#include "waiting.h"

#include <QJsonDocument>
#include <QTimeZone>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QJsonObject>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QSvgRenderer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <QToolButton>
#include <QTreeView>

using namespace stillroom;
using namespace stillroom::ui;

namespace {

/// A project of a few scripts in a folder of its own.
class SmallProject {
public:
    SmallProject()
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("alembic/versions"));
        write("alembic.ini", "[alembic]\nscript_location = alembic\n");
        write("alembic/env.py", "from alembic import context\ncontext.configure(target_metadata=None)\n");
        QFile::copy(QStringLiteral(STILLROOM_SOURCE_DIR) + QStringLiteral("/tests/projects/library/alembic/script.py.mako"),
                    path(QStringLiteral("alembic/script.py.mako")));
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString root() const { return m_folder.path(); }
    void write(const char *name, const QByteArray &text) const
    {
        QFile file(path(QString::fromLatin1(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    void script(const char *id, const QByteArray &parent, const QByteArray &body) const
    {
        write(("alembic/versions/" + QByteArray(id) + ".py").constData(),
              "\"\"\"make " + QByteArray(id) + "\n\nRevision ID: " + id + "\nRevises: " + parent + "\n\"\"\"\n" +
                  "from alembic import op\nimport sqlalchemy as sa\n" + body.split('|').value(0) + "\nrevision = '" + id +
                  "'\ndown_revision = " + (parent.isEmpty() ? QByteArray("None") : "'" + parent + "'") + "\n\ndef upgrade():\n    " +
                  body.split('|').value(1) + "\n\ndef downgrade():\n    pass\n");
    }
    [[nodiscard]] QStringList scripts() const
    {
        return QDir(path(QStringLiteral("alembic/versions"))).entryList({QStringLiteral("*.py")}, QDir::Files, QDir::Name);
    }

private:
    QTemporaryDir m_folder;
};

template<class Dialog>
Dialog *dialogOf(const QWidget &window)
{
    const auto found = window.findChildren<Dialog *>();
    return found.isEmpty() ? nullptr : found.last();
}

} // namespace

class TestWriting : public QObject {
    Q_OBJECT
private:
    Theme m_theme;

    static const migration::RevisionOutlook *outlook(const MainWindow &window, const char *id)
    {
        return window.historyModel()->outlookAt(window.historyModel()->rowOf(QString::fromLatin1(id)));
    }

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); } // records of runs do not go to the person's own

    void aLongPlaceIsOneLineAndWholeInItsTip()
    {
        const SmallProject project;
        const QByteArray name = "2026_11_21_1200_" + QByteArray("split_the_readers_of_the_library_").repeated(3);
        project.write(("alembic/versions/" + name + ".py").constData(), "revision = 'a1'\ndown_revision = None\nx = = 1\n");
        MainWindow window(&m_theme, nullptr, {});
        window.resize(900, 600);
        window.show();
        window.openProject(project.root());
        window.showPage(MainWindow::Page::Project);
        QTableView *remarks = window.projectPage()->remarksView();
        const auto place = [remarks] { return remarks->model()->index(0, 1); };
        const QString whole = QStringLiteral("alembic/versions/%1.py, line 3").arg(QString::fromLatin1(name));
        COMPARE_IN_TIME(place().data().toString(), whole);
        QCOMPARE(place().data(Qt::ToolTipRole).toString(), whole);
        QVERIFY(remarks->fontMetrics().horizontalAdvance(whole) > remarks->columnWidth(1)); // it has to be cut
        QStyleOptionViewItem option;
        option.initFrom(remarks);
        option.features |= QStyleOptionViewItem::WrapText; // as the view asks while remarks are wrapped
        option.rect = QRect(0, 0, remarks->columnWidth(1), 0);
        QVERIFY(remarks->itemDelegateForIndex(place())->sizeHint(option, place()).height() < 2 * remarks->fontMetrics().height());
    }

    void aValueGivenOnceMakesTheRevisionsThatWaitForItComplete()
    {
        const SmallProject project;
        project.script("a1", "", "from shop.settings import SCHEMA|op.create_table('t', sa.Column('id', sa.Integer()), schema=SCHEMA)");
        MainWindow window(&m_theme, nullptr, {});
        window.resize(1100, 700);
        window.show();
        window.openProject(project.root());
        VERIFY_IN_TIME(window.revisionPane()->hasSql());
        VERIFY_IN_TIME(outlook(window, "a1"));
        QCOMPARE(outlook(window, "a1")->upgrade.status, migration::BodySql::Status::NotUnderstood);
        auto *give = window.revisionPane()->findChild<QToolButton *>(QStringLiteral("giveValue"));
        QVERIFY(give->isVisible());
        const QString name = window.revisionPane()->unknownName();
        QVERIFY(name.endsWith(QStringLiteral("SCHEMA")));
        const auto remarks = [&window] {
            const QAbstractItemModel *model = window.projectPage()->remarksView()->model();
            QStringList texts;
            for (int row = 0; row < model->rowCount(); ++row)
                texts += model->index(row, 0).data().toString();
            return texts;
        };
        VERIFY_IN_TIME(remarks().value(0).startsWith(name) && remarks().value(0).contains(QStringLiteral("1 revision waits")));
        QTest::mouseClick(give, Qt::LeftButton);
        auto *dialog = dialogOf<ValueDialog>(window);
        QVERIFY(dialog);
        QTest::keyClicks(dialog->line(), QStringLiteral("1 +"));
        QTest::keyClick(dialog->line(), Qt::Key_Return);
        QVERIFY(!dialog->problem().isEmpty()); // no expression
        QVERIFY(dialog->isVisible());
        dialog->line()->clear();
        QTest::keyClicks(dialog->line(), QStringLiteral("'shop'"));
        QTest::keyClick(dialog->line(), Qt::Key_Return);
        VERIFY_IN_TIME(outlook(window, "a1") && outlook(window, "a1")->upgrade.status == migration::BodySql::Status::Complete);
        VERIFY_IN_TIME(window.revisionPane()->sqlToCopy().contains(QStringLiteral("CREATE TABLE shop.t")));
        VERIFY_IN_TIME(window.workbench()->isIdle());
        QVERIFY(!give->isVisible());
        QVERIFY(!remarks().join(QLatin1Char(' ')).contains(name));
        QCOMPARE(project::readAnswers(project.root())->values.value(name), QStringLiteral("'shop'"));
    }

    void aRevisionWrittenAsSqlIsOpenedAndSelected()
    {
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(window.workbench()->project());
        window.actionRegistry()->action(QStringLiteral("file.newRevision"))->trigger();
        auto *dialog = dialogOf<NewRevisionDialog>(window);
        QVERIFY(dialog);
        QTest::keyClicks(dialog->message(), QStringLiteral("add a name"));
        dialog->upgradeSql()->setPlainText(QStringLiteral("ALTER TABLE t ADD COLUMN name text;\nUPDATE t SET name = 'a:b';"));
        VERIFY_IN_TIME(dialog->preview()->text().contains(QStringLiteral("ALTER TABLE t ADD COLUMN name text")));
        QCOMPARE(project.scripts().size(), 1); // nothing is written before
        dialog->write();
        QCOMPARE(project.scripts().size(), 2);
        VERIFY_IN_TIME(window.workbench()->graph()->revisions().size() == 2);
        const QString head = window.workbench()->graph()->heads().value(0);
        COMPARE_IN_TIME(window.historyView()->selectedRevision(), head);
        VERIFY_IN_TIME(window.revisionPane()->hasSql());
        const QString sql = window.revisionPane()->sqlToCopy();
        QVERIFY2(sql.contains(QStringLiteral("ADD COLUMN name text")) && sql.contains(QStringLiteral("'a:b'")), qPrintable(sql));
        QVERIFY(window.messageWords().startsWith(QStringLiteral("Written")));
    }

    void whatCannotBeWrittenIsToldBeforeIt()
    {
        const SmallProject project;
        project.script("a1", "", "|pass");
        project.script("b1", "a1", "|pass");
        const auto opened = project::Project::open(project.root());
        QVERIFY(opened);
        NewRevisionDialog dialog(&m_theme, HighlightingBackend::create(), std::make_shared<const project::Project>(*opened), {}, nullptr);
        QCOMPARE(dialog.problem(), QString());
        dialog.parents()->setText(QStringLiteral("a1"));
        VERIFY_IN_TIME(!dialog.problem().isEmpty()); // no head
        dialog.write();
        QCOMPARE(project.scripts().size(), 2);
        dialog.parents()->setText(QStringLiteral("nowhere"));
        VERIFY_IN_TIME(dialog.problem().contains(QStringLiteral("nowhere")));
    }

    void draggingOneHeadOntoAnotherOffersToMergeThem()
    {
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        project.script("b1", "a1", "|op.add_column('t', sa.Column('x', sa.Integer()))");
        project.script("b2", "a1", "|op.add_column('t', sa.Column('y', sa.Integer()))");
        project.script("b3", "a1", "|op.create_table('u', sa.Column('id', sa.Integer()))");
        MainWindow window(&m_theme, nullptr, {});
        window.resize(1100, 700);
        window.show();
        window.openProject(project.root());
        VERIFY_IN_TIME(outlook(window, "b1") && outlook(window, "b2") && outlook(window, "a1"));
        HistoryView *view = window.historyView();
        const auto placeOf = [&](const char *id) {
            return view->visualRect(window.historyModel()->index(window.historyModel()->rowOf(QString::fromLatin1(id)), HistoryModel::MessageColumn))
                .center();
        };
        const auto drag = [&](const char *from, const char *to) {
            QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::NoModifier, placeOf(from));
            QMouseEvent move(QEvent::MouseMove, placeOf(to), view->viewport()->mapToGlobal(placeOf(to)), Qt::NoButton, Qt::LeftButton,
                             Qt::NoModifier);
            QApplication::sendEvent(view->viewport(), &move);
            QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::NoModifier, placeOf(to));
        };
        drag("b2", "a1"); // no head: nothing happens
        QVERIFY(!dialogOf<NewRevisionDialog>(window));
        drag("a1", "b2"); // neither is this one
        QVERIFY(!dialogOf<NewRevisionDialog>(window));
        drag("b2", "b1");
        auto *dialog = dialogOf<NewRevisionDialog>(window);
        QVERIFY(dialog);
        QCOMPARE(dialog->parents()->text(), QStringLiteral("b1 b2"));
        QTest::keyClicks(dialog->message(), QStringLiteral("merge x and y"));
        dialog->write();
        VERIFY_IN_TIME(window.workbench()->graph()->revisions().size() == 5);
        const auto &graph = *window.workbench()->graph();
        QCOMPARE(graph.heads().size(), 2);
        const auto &merge = graph.revisions()[*graph.find(window.historyView()->selectedRevision())];
        QVERIFY(merge.isMerge);
        QCOMPARE(merge.header.downRevisions, (QStringList{QStringLiteral("b1"), QStringLiteral("b2")}));
    }

    void aMergeSaysWhatBothLinesChange()
    {
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        project.script("b1", "a1", "|op.alter_column('t', 'id', nullable=False)");
        project.script("b2", "a1", "|op.drop_column('t', 'id')");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(outlook(window, "b1") && outlook(window, "b2"));
        window.actionRegistry()->action(QStringLiteral("file.mergeHeads"))->trigger();
        auto *dialog = dialogOf<NewRevisionDialog>(window);
        QVERIFY(dialog);
        VERIFY_IN_TIME(dialog->mergeHelp()->words().contains(QStringLiteral("t.id")));
        const QString words = dialog->mergeHelp()->words();
        QVERIFY2(words.contains(QStringLiteral("All of them stand on a1.")) && words.contains(QStringLiteral("get in each other's way")),
                 qPrintable(words));
    }

    void insteadOfAMergeOneLineIsPutAfterTheOtherAndTakenBack()
    {
        const QTemporaryDir data;
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", data.path().toUtf8()); // what can be taken back is kept there
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        project.script("b1", "a1", "|op.add_column('t', sa.Column('x', sa.Integer()))");
        project.script("b2", "a1", "|op.add_column('t', sa.Column('y', sa.Integer()))");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(window.workbench()->project());
        window.mergeHeads({QStringLiteral("b1"), QStringLiteral("b2")});
        auto *dialog = dialogOf<NewRevisionDialog>(window);
        QVERIFY(dialog);
        VERIFY_IN_TIME(dialog->mergeHelp()->ways()->count() == 2);
        dialog->mergeHelp()->reparentChoice()->click();
        dialog->mergeHelp()->ways()->setCurrentIndex(1);
        const QString shown = dialog->preview()->text();
        QVERIFY2(shown.contains(QStringLiteral("+++ b/alembic/versions/b2.py")) && shown.contains(QStringLiteral("-Revises: a1\n+Revises: b1")),
                 qPrintable(shown));
        QCOMPARE(dialog->problem(), QString());
        dialog->write();
        VERIFY_IN_TIME(window.workbench()->graph()->heads() == QStringList{QStringLiteral("b2")});

        window.actionRegistry()->action(QStringLiteral("file.undoReparenting"))->trigger();
        auto *question = dialogOf<QMessageBox>(window);
        QVERIFY(question);
        QVERIFY(question->informativeText().contains(QStringLiteral("-Revises: b1\n+Revises: a1")));
        for (QAbstractButton *button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        }
        VERIFY_IN_TIME(window.workbench()->graph()->heads().size() == 2);
        qputenv("XDG_DATA_HOME", before);
    }

    void aSettingThatCannotBeKnownCanBeSaid()
    {
        const SmallProject project;
        project.write("alembic/env.py",
                      "from alembic import context\nimport shop\ncontext.configure(target_metadata=None, version_table=shop.TABLE)\n");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(window.workbench()->project());
        QVERIFY(!window.workbench()->project()->versionTable());
        window.resize(900, 600);
        window.showPage(MainWindow::Page::Project);
        window.show();
        VERIFY_IN_TIME(window.workbench()->isIdle());
        const auto doubleClick = [](QTableView *view, const QModelIndex &cell) {
            const QPoint at = view->visualRect(cell).center();
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(view->viewport(), Qt::LeftButton, {}, at);
        };
        const auto ask = [&window, &doubleClick](const QString &text) {
            for (QTableView *view : window.projectPage()->findChildren<QTableView *>()) {
                for (int row = 0; row < view->model()->rowCount(); ++row) {
                    const QModelIndex cell = view->model()->index(row, 1);
                    if (cell.siblingAtColumn(0).data().toString() == QStringLiteral("version_table"))
                        doubleClick(view, cell);
                }
            }
            auto *dialog = dialogOf<ValueDialog>(window);
            QVERIFY(dialog);
            QCOMPARE(window.findChildren<ValueDialog *>().size(), 1);
            dialog->line()->setText(text);
            Q_EMIT dialog->given(text);
        };
        ask(QStringLiteral("shop_version"));
        VERIFY_IN_TIME(window.workbench()->project()->versionTable().has_value());
        QCOMPARE(window.workbench()->project()->versionTable()->name.text, QStringLiteral("shop_version"));
        VERIFY_IN_TIME(!dialogOf<ValueDialog>(window));
        ask(QString()); // forgotten again
        VERIFY_IN_TIME(!window.workbench()->project()->versionTable());
    }

    void aHookThatFailsLeavesTheScriptAndSaysSo()
    {
        auto *good = new HookRun({{QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("echo done well")}, {}}});
        QSignalSpy goodEnd(good, &HookRun::ended);
        good->start();
        VERIFY_IN_TIME(goodEnd.size() == 1);
        QVERIFY(goodEnd[0][0].toBool());
        QVERIFY(goodEnd[0][1].toString().contains(QStringLiteral("done well")));
        auto *bad = new HookRun({{QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("echo broken; exit 3")}, {}},
                                 {QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("echo never")}, {}}});
        QSignalSpy badEnd(bad, &HookRun::ended);
        bad->start();
        VERIFY_IN_TIME(badEnd.size() == 1);
        QVERIFY(!badEnd[0][0].toBool());
        QVERIFY(badEnd[0][1].toString().contains(QStringLiteral("status 3")));
        QVERIFY(!badEnd[0][1].toString().contains(QStringLiteral("never")));
        auto *missing = new HookRun({{QStringLiteral("/nowhere/at/all"), {}, {}}});
        QSignalSpy missingEnd(missing, &HookRun::ended);
        missing->start();
        VERIFY_IN_TIME(missingEnd.size() == 1);
        QVERIFY(!missingEnd[0][0].toBool());
    }

    void theGraphIsSavedAsAPicture()
    {
        QTemporaryDir folder;
        MainWindow window(&m_theme, nullptr, {});
        window.workbench()->showGraph(fabricated::graph(QStringLiteral("a; b:a; c:a; d:b,c")));
        const QString svg = folder.filePath(QStringLiteral("graph.svg"));
        QVERIFY(window.exportGraphTo(svg));
        QFile file(svg);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(QSvgRenderer(text).isValid());
        for (const char *words : {"make a", "make d", "head"})
            QVERIFY2(text.contains(words), words);
        const QString png = folder.filePath(QStringLiteral("graph.png"));
        QVERIFY(window.exportGraphTo(png));
        const QImage picture(png);
        QVERIFY(picture.width() > 300);
        QVERIFY(picture.height() > 4 * 2 * 20);
        QVERIFY(!window.exportGraphTo(folder.filePath(QStringLiteral("no/such/folder/graph.svg"))));
        QVERIFY(window.messageWords().contains(QStringLiteral("graph.svg")));
    }

    void aHistoryTooHighForAPngIsToldSo()
    {
        QTemporaryDir folder;
        std::vector<revision::Header> headers(2'000);
        for (std::size_t i = 0; i < headers.size(); ++i) {
            headers[i].id = QStringLiteral("r%1").arg(i);
            if (i > 0)
                headers[i].downRevisions = {headers[i - 1].id};
        }
        HistoryModel model;
        model.setGraph(std::make_shared<const revision::RevisionGraph>(std::move(headers)));
        const GraphPicture picture(&m_theme, &model);
        QVERIFY(!picture.save(folder.filePath(QStringLiteral("graph.png"))));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("graph.png"))));
        QVERIFY(picture.save(folder.filePath(QStringLiteral("graph.svg"))));
    }

    void detailsTellWhatIsKnownAndLeadOn()
    {
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        project.script("b1", "a1", "|op.add_column('t', sa.Column('x', sa.Integer()))");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(outlook(window, "b1") && outlook(window, "a1"));
        window.selectRevision(QStringLiteral("b1"));
        window.actionRegistry()->action(QStringLiteral("view.details"))->trigger();
        QVERIFY(window.revisionPane()->areDetailsShown());
        RevisionDetails *details = window.revisionPane()->details();
        const QString text = details->toPlainText();
        for (const char *words : {"b1", "a1", "make b1", "b1.py", "t.x", "Complete: 1 statement", "head"})
            QVERIFY2(text.contains(QString::fromLatin1(words)), qPrintable(text));
        Q_EMIT details->anchorClicked(QUrl(QStringLiteral("revision:a1")));
        QCOMPARE(window.historyView()->selectedRevision(), QStringLiteral("a1"));
        QVERIFY(details->toPlainText().contains(QStringLiteral("make a1")));
    }

    void whatIsOnTheScreenIsLookedAtFirst()
    {
        const SmallProject project;
        QByteArray parent;
        for (int i = 0; i < 150; ++i) {
            const QByteArray id = "r" + QByteArray::number(1000 + i);
            project.script(id.constData(), parent, "|pass");
            parent = id;
        }
        MainWindow window(&m_theme, nullptr, {});
        window.resize(900, 600);
        window.show();
        QStringList portions;
        connect(window.workbench(), &Workbench::projectChanged, &window, [&] { window.historyView()->scrollToBottom(); });
        connect(window.workbench(), &Workbench::surveyed, &window, [&](const std::vector<migration::RevisionOutlook> &outlooks) {
            QStringList ids;
            for (const migration::RevisionOutlook &outlook : outlooks)
                ids += outlook.revision;
            portions += ids.join(QLatin1Char(' '));
        });
        window.openProject(project.root());
        const int threads = window.workbench()->idleSurveyors();
        const auto portionWith = [&portions](const char *id) {
            const auto found = std::ranges::find_if(portions, [id](const QString &ids) { return ids.contains(QString::fromLatin1(id)); });
            return int(found - portions.begin());
        };
        VERIFY_IN_TIME(portionWith("r1149") < portions.size() && portionWith("r1000") < portions.size());
        // The top, where the list was opened, went to the first thread; what was scrolled to was asked of the next that had nothing to do.
        QVERIFY(portionWith("r1149") < threads);
        QVERIFY2(portionWith("r1000") <= threads, qPrintable(portions.join(QLatin1Char('\n'))));
        for (const char *id : {"r1149", "r1000"})
            QVERIFY2(portions[portionWith(id)].split(QLatin1Char(' ')).size() < 40, qPrintable(portions[portionWith(id)]));
        VERIFY_IN_TIME(outlook(window, "r1070"));
    }

    void aRowIsCopiedAsTheListShowsIt()
    {
        MainWindow window(&m_theme, nullptr, {});
        window.workbench()->showGraph(fabricated::graph(QStringLiteral("a; b:a")));
        window.selectRevision(QStringLiteral("b"));
        window.actionRegistry()->action(QStringLiteral("edit.copyRow"))->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("b\tmake b\thead\t2024-01-03")));
        window.actionRegistry()->action(QStringLiteral("edit.copyId"))->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("b"));
    }

    void theProjectSaysHowCarefullyADatabaseIsTreated()
    {
        const SmallProject project;
        project.script("a1", "", "|op.create_table('t', sa.Column('id', sa.Integer()))");
        project.write(".stillroom.json", R"({"connections": [{"address": "*shop.db", "environment": "production"}]})");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        VERIFY_IN_TIME(window.workbench()->project());
        database::ConnectionSpec spec;
        spec.kind = dialect::DialectKind::Sqlite;
        spec.sqliteFile = project.path(QStringLiteral("shop.db"));
        spec.createIfMissing = true;
        window.connectTo(spec, Environment::Development); // said by mistake
        VERIFY_IN_TIME(window.workbench()->position());
        QCOMPARE(window.workbench()->target()->environment, Environment::Production);
        window.actionRegistry()->action(QStringLiteral("migrate.upgradeToHead"))->trigger();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Planned);
        QVERIFY(!window.runPage()->canRun());
        window.runPage()->setConfirmed(true);
        QVERIFY(window.runPage()->canRun());
        window.runPage()->startRun();
        VERIFY_IN_TIME(window.runPage()->phase() == RunPage::Phase::Ended && !window.workbench()->isRunning());
        QVERIFY2(window.runPage()->outcomeWords().startsWith(QStringLiteral("Done")), qPrintable(window.runPage()->outcomeWords()));

        // The run is on record.
        window.actionRegistry()->action(QStringLiteral("view.runs"))->trigger();
        VERIFY_IN_TIME(window.runsPage()->list()->model()->rowCount() > 0);
        VERIFY_IN_TIME(window.runsPage()->toText().contains(QStringLiteral("CREATE TABLE t")));
        QVERIFY(window.runsPage()->summaryWords().contains(QStringLiteral("a1")));
        QVERIFY(window.runsPage()->toText().contains(spec.sqliteFile));
    }

    void aRunThatBrokeOffSaysWhatWasSentLast()
    {
        RunsPage page(&m_theme);
        migration::RunRecord run;
        run.id = QStringLiteral("one");
        run.status = migration::RunRecord::Status::BrokenOff;
        run.unanswered = QStringLiteral("CREATE INDEX CONCURRENTLY i ON t (x)");
        run.wasOutside = true;
        run.now = {QStringLiteral("a1")};
        QSignalSpy wanted(&page, &RunsPage::runWanted);
        page.showRuns({run});
        QCOMPARE(wanted.size(), 1);
        QVERIFY2(page.summaryWords().contains(QStringLiteral("CREATE INDEX CONCURRENTLY i")), qPrintable(page.summaryWords()));
        QVERIFY(page.summaryWords().contains(QStringLiteral("outside a transaction")));
        page.showRun(QStringLiteral("other"), {QJsonObject{{QStringLiteral("event"), QStringLiteral("done")}}}); // no longer selected
        QCOMPARE(page.tree()->model()->rowCount(), 0);
    }

    /// Statements that are sent together are in the record before the first answer, so each answer has to find its own.
    void theRecordGivesEachStatementItsOwnAnswer()
    {
        RunsPage page(&m_theme);
        migration::RunRecord run;
        run.id = QStringLiteral("one");
        page.showRuns({run});
        std::vector<QJsonObject> lines;
        for (const char *line :
             {R"j({"event":"revision","revision":"a1","message":"first"})j",
              R"j({"event":"statement","step":0,"index":0,"sql":"CREATE TABLE t (a INT)"})
            ",
            R"j({"event":"answered","step":0,"index":0,"rows":-1,"microseconds":1000})j",
              R"j({"event":"revision done","revision":"a1"})j", R"j({"event":"revision","revision":"b2","message":"second"})j",
              R"j({"event":"statement","step":1,"index":0,"sql":"UPDATE t SET a = 1"})j",
              R"j({"event":"statement","step":1,"index":1,"sql":"CREATE UNIQUE INDEX u ON t (a)"
    })j",
              R"j({"event":"statement","step":1,"index":2,"sql":"UPDATE alembic_version SET version_num = 'b2'"})j",
              R"j({"event":"answered","step":1,"index":0,"rows":7,"microseconds":2000})j",
              R"j({"event":"notice","severity":"NOTICE","text":"is unique"})j", R"j({"event":"rolled back","now":[],"undone":["a1"]})j",
              R"j({"event":"failed","error":{"sentence":"Refused.","statement":"CREATE","sqlstate":"23505"}})j"})
            lines.push_back(QJsonDocument::fromJson(line).object());
        page.showRun(run.id, lines);
        const QAbstractItemModel *model = page.tree()->model();
        const auto said = [model](const QModelIndex &at) { return at.data(Qt::AccessibleTextRole).toString(); };
        const QModelIndex first = model->index(0, 0), second = model->index(1, 0);
        QCOMPARE(said(first), QStringLiteral("a1  first, rolled back"));
        QCOMPARE(said(second), QStringLiteral("b2  second, failed"));
        QCOMPARE(said(model->index(0, 0, second)), QStringLiteral("UPDATE t SET a = 1, done"));
        QCOMPARE(model->index(0, 1, second).data().toString(), QStringLiteral("7 rows, 2.0 ms"));
        QCOMPARE(said(model->index(1, 0, second)), QStringLiteral("CREATE UNIQUE INDEX u ON t (a), failed"));
        QCOMPARE(model->index(0, 0, model->index(1, 0, second)).data().toString(), QStringLiteral("NOTICE: is unique"));
        QVERIFY2(!said(model->index(2, 0, second)).contains(QStringLiteral("done")), qPrintable(said(model->index(2, 0, second))));
        QVERIFY(page.toText().contains(QStringLiteral("Code: 23505")));
    }

    void runsAreSortedByAnyColumnAndKeepTheirRecord()
    {
        RunsPage page(&m_theme);
        std::vector<migration::RunRecord> runs(3);
        const char *const databases[] = {"/b.db", "/c.db", "/a.db"};
        const int statements[] = {9, 100, 20};
        for (int i = 0; i < 3; ++i) {
            runs[std::size_t(i)].id = QString::number(i);
            runs[std::size_t(i)].database = QString::fromLatin1(databases[i]);
            runs[std::size_t(i)].statements = statements[i];
            runs[std::size_t(i)].startedAt = QDateTime(QDate(2024, 5, 9 - i), QTime(12, 0), QTimeZone::utc());
            runs[std::size_t(i)].status = migration::RunRecord::Status::Done;
        }
        page.showRuns(runs);
        QCOMPARE(page.selectedRun(), QStringLiteral("0")); // the newest
        const auto column = [&page](int at) {
            QStringList found;
            for (int row = 0; row < 3; ++row)
                found += page.list()->model()->index(row, at).data().toString();
            return found;
        };
        page.list()->sortByColumn(4, Qt::AscendingOrder);
        QCOMPARE(column(4), QStringList({QStringLiteral("9"), QStringLiteral("20"), QStringLiteral("100")}));
        page.list()->sortByColumn(2, Qt::AscendingOrder);
        QCOMPARE(column(2), QStringList({QStringLiteral("/a.db"), QStringLiteral("/b.db"), QStringLiteral("/c.db")}));
        page.list()->setCurrentIndex(page.list()->model()->index(0, 0));
        QCOMPARE(page.selectedRun(), QStringLiteral("2"));
        runs.erase(runs.begin()); // read anew: order and selection stay
        page.showRuns(runs);
        QCOMPARE(page.selectedRun(), QStringLiteral("2"));
        QCOMPARE(page.list()->model()->index(0, 2).data().toString(), QStringLiteral("/a.db"));
        QCOMPARE(page.list()->currentIndex().row(), 0);
        runs.insert(runs.begin(), runs.front()); // one more has run: it is the one to look at
        runs.front().id = QStringLiteral("3");
        page.showRuns(runs);
        QCOMPARE(page.selectedRun(), QStringLiteral("3"));
    }

    void findingsOfTheHistoryStandBesideTheirRowsAndOnTheProjectPage()
    {
        const SmallProject project;
        project.script("a1", "lost", "|pass");
        MainWindow window(&m_theme, nullptr, {});
        window.openProject(project.root());
        HistoryModel *model = window.historyModel();
        VERIFY_IN_TIME(model->rowOf(QStringLiteral("a1")) >= 0 && model->hasErrorsAt(model->rowOf(QStringLiteral("a1"))));
        QCOMPARE(model->findingsAt(model->rowOf(QStringLiteral("a1"))).front()->check, QStringLiteral("G02"));
        bool isThere = false;
        const QAbstractItemModel *remarks = window.projectPage()->remarksView()->model();
        for (int row = 0; row < remarks->rowCount(); ++row)
            isThere = isThere || remarks->index(row, 0).data().toString().contains(QStringLiteral("'lost'"));
        QVERIFY(isThere);
    }
};

QTEST_MAIN(TestWriting)
#include "tst_writing.moc"
