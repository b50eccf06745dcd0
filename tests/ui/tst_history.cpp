// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/graph/historyview.h"
#include "ui/graph/searchbar.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace stillroom;
using namespace stillroom::ui;

class TestHistory : public QObject {
    Q_OBJECT
private:
    static int rowOf(const HistoryModel &model, const char *id) { return model.rowOf(QString::fromLatin1(id)); }

private Q_SLOTS:
    void theModelKeepsItsPromisesThroughResetsAndFilters()
    {
        HistoryModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setGraph(fabricated::graph(QStringLiteral("a; b:a; c:a; d:b,c")));
        QCOMPARE(model.rowCount(), 4);
        model.setFilter(QStringLiteral("make b"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.idAt(0), QStringLiteral("b"));
        QCOMPARE(rowOf(model, "d"), -1);
        model.setFilter(QString());
        QCOMPARE(model.rowCount(), 4);
        model.setGraph(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void rowsTellWhereTheDatabaseIs()
    {
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b"));
        HistoryModel model;
        model.setGraph(graph);
        QCOMPARE(model.stateAt(rowOf(model, "a")), RowState::NotConnected);
        model.setPosition(revision::locate(*graph, {QStringLiteral("b")}));
        QCOMPARE(model.stateAt(rowOf(model, "a")), RowState::Applied);
        QCOMPARE(model.stateAt(rowOf(model, "b")), RowState::Current);
        QCOMPARE(model.stateAt(rowOf(model, "c")), RowState::Pending);
        QCOMPARE(model.pendingCount(), 1);
        model.setPosition(std::nullopt);
        QCOMPARE(model.stateAt(rowOf(model, "a")), RowState::NotConnected);
    }

    void aVersionRowThatNoScriptHasGetsARowOfItsOwn()
    {
        const auto graph = fabricated::graph(QStringLiteral("a; b:a"));
        HistoryModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {QStringLiteral("zzz")}));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.idAt(0), QStringLiteral("zzz"));
        QCOMPARE(model.stateAt(0), RowState::UnknownToProject);
        QVERIFY(!model.revisionAt(0));
    }

    void whatConcernsManyRevisionsStandsAtTheFirstFew()
    {
        QString spec = QStringLiteral("a");
        project::Finding heads{};
        heads.check = QStringLiteral("G01");
        heads.severity = project::Finding::Severity::Error;
        for (int i = 0; i < 100; ++i) {
            spec += QStringLiteral("; h%1:a").arg(i);
            heads.revisions += QStringLiteral("h%1").arg(i);
        }
        HistoryModel model;
        model.setGraph(fabricated::graph(spec));
        model.setFindings({heads});
        int marked = 0, more = 0;
        for (int row = 0; row < model.rowCount(); ++row) {
            for (const HistoryModel::Mark &mark : model.marksAt(row)) {
                QCOMPARE(row, marked++);
                more = mark.more;
            }
        }
        QCOMPARE(marked, 3);
        QCOMPARE(more, 97);
        QCOMPARE(model.findingsAt(50).size(), 1U); // its details still say it
        model.setFilter(QStringLiteral("id:h9"));  // eleven of them
        QCOMPARE(model.marksAt(0).size(), 1U);
        QCOMPARE(model.marksAt(2).front().more, 8);
        QVERIFY(model.marksAt(3).empty());
    }

    void aMissingParentIsAGhostRow()
    {
        HistoryModel model;
        model.setGraph(fabricated::graph(QStringLiteral("b:lost")));
        const int row = rowOf(model, "lost");
        QVERIFY(row >= 0);
        QCOMPARE(model.stateAt(row), RowState::Missing);
    }

    void paintedCellsSpeak()
    {
        HistoryModel model;
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:a; d:b,c"));
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {}));
        const QString spoken = model.index(rowOf(model, "d"), HistoryModel::GraphColumn).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(spoken.contains(QStringLiteral("merge of b and c")), qPrintable(spoken));
        QVERIFY2(spoken.contains(QStringLiteral("head")), qPrintable(spoken));
        QVERIFY2(spoken.contains(QStringLiteral("pending")), qPrintable(spoken));
    }

    void keysWalkTheRowsAndTheGraph()
    {
        Theme theme;
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(fabricated::graph(QStringLiteral("a; b:a; c:b")));
        view.resize(800, 300);
        view.show();
        QSignalSpy selected(&view, &HistoryView::revisionSelected);
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(view.selectedRevision(), QStringLiteral("c"));
        QTest::keyClick(&view, Qt::Key_J);
        QCOMPARE(view.selectedRevision(), QStringLiteral("b"));
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.selectedRevision(), QStringLiteral("a"));
        QTest::keyClick(&view, Qt::Key_Left); // a base has no parent
        QCOMPARE(view.selectedRevision(), QStringLiteral("a"));
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.selectedRevision(), QStringLiteral("b"));
        QTest::keyClick(&view, Qt::Key_K);
        QCOMPARE(view.selectedRevision(), QStringLiteral("c"));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.selectedRevision(), QStringLiteral("a"));
        QCOMPARE(selected.size(), 6);
    }

    void theSelectionOutlivesAFilterAndANewPosition()
    {
        Theme theme;
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b"));
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(graph);
        view.selectRevision(QStringLiteral("b"));
        model.setPosition(revision::locate(*graph, {QStringLiteral("a")}));
        QCOMPARE(view.selectedRevision(), QStringLiteral("b"));
        model.setFilter(QStringLiteral("make c"));
        model.setFilter(QString());
        QCOMPARE(view.selectedRevision(), QStringLiteral("b"));
    }

    void statesAreToldApartByShape()
    {
        Theme theme;
        theme.setChoice(ThemeChoice::Light);
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b"));
        HistoryModel model;
        model.setGraph(graph);
        HistoryView view(&theme, &model);
        model.setPosition(revision::locate(*graph, {QStringLiteral("b")}));
        view.resize(900, 200);
        view.clearSelection();
        view.setCurrentIndex(QModelIndex());
        const QImage picture = view.viewport()->grab().toImage();
        const auto centre = [&](const char *id) {
            const QRect cell = view.visualRect(model.index(rowOf(model, id), HistoryModel::GraphColumn));
            return picture.pixelColor(14, cell.center().y() + 1);
        };
        const QColor lane = lightTokens().lanes[model.lanes().dotColour(0)];
        QCOMPARE(centre("a"), lane);               // applied: filled
        QCOMPARE(centre("c"), lightTokens().base); // pending: hollow
        QCOMPARE(centre("b"), lane);               // current: a dot ...
        const QRect cell = view.visualRect(model.index(rowOf(model, "b"), HistoryModel::GraphColumn));
        QVERIFY(picture.pixelColor(14 + 7, cell.center().y() + 1) != lightTokens().base); // ... in a ring
    }

    void wordsAndTermsFindWhatTheyName()
    {
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b; d:lost"));
        HistoryModel model;
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {QStringLiteral("b")}));
        migration::RevisionOutlook outlook;
        outlook.revision = QStringLiteral("b");
        outlook.touched = {{QStringLiteral("public.users")}, {QStringLiteral("public.users.email")}};
        outlook.downgrade.status = migration::BodySql::Status::NeedsDatabase;
        model.takeOutlooks({outlook});
        const auto found = [&](const char *text) {
            model.setFilter(QString::fromLatin1(text));
            QStringList ids;
            for (int row = 0; row < model.rowCount(); ++row)
                ids += model.idAt(row);
            ids.sort();
            return ids.join(QLatin1Char(' '));
        };
        QCOMPARE(found("table:USERS"), QStringLiteral("b"));
        QCOMPARE(found("column:email"), QStringLiteral("b"));
        QCOMPARE(found("column:name"), QString());
        QCOMPARE(found("email"), QStringLiteral("b"));
        QCOMPARE(found("state:applied"), QStringLiteral("a b"));
        QCOMPARE(found("state:pending"), QStringLiteral("c d"));
        QCOMPARE(found("pending -is:head"), QString()); // c and d are both heads
        QCOMPARE(found("-state:pending is:base"), QStringLiteral("a"));
        QCOMPARE(found("sql:database"), QStringLiteral("b"));
        QCOMPARE(found("is:defect"), QStringLiteral("lost"));
        project::Finding missing;
        missing.revisions = {QStringLiteral("d")};
        model.setFindings({missing});
        QCOMPARE(found("is:defect"), QStringLiteral("d lost"));
        QCOMPARE(found("message:\"make c\""), QStringLiteral("c"));
        QCOMPARE(found("table:"), QStringLiteral("a b c d lost")); // still being typed
    }

    void whatTheSurveyFindsLaterJoinsTheFilter()
    {
        HistoryModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setGraph(fabricated::graph(QStringLiteral("a; b:a")));
        model.setFilter(QStringLiteral("table:users"));
        QCOMPARE(model.rowCount(), 0);
        migration::RevisionOutlook outlook;
        outlook.revision = QStringLiteral("a");
        outlook.touched.tables = {QStringLiteral("users")};
        model.takeOutlooks({outlook});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.idAt(0), QStringLiteral("a"));
    }

    void findingMarksAndWalksWithoutHiding()
    {
        Theme theme;
        HistoryModel model;
        QWidget window;
        SearchBar bar(&theme, &model, &window);
        HistoryView view(&theme, &model, &window);
        connect(&bar, &SearchBar::stepRequested, &view, &HistoryView::goToMatch);
        model.setGraph(fabricated::graph(QStringLiteral("x1; y:x1; x2:y; z:x2; x3:z")));
        window.show();
        bar.openFor(SearchBar::Mode::Find);
        QTest::keyClicks(bar.line(), QStringLiteral("make x"));
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(bar.countWords(), QStringLiteral("3 of 5"));
        QVERIFY(model.isMatchAt(rowOf(model, "x2")));
        QVERIFY(!model.isMatchAt(rowOf(model, "y")));
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QCOMPARE(view.selectedRevision(), QStringLiteral("x3"));
        QTest::keyClick(bar.line(), Qt::Key_Return);
        QCOMPARE(view.selectedRevision(), QStringLiteral("x2"));
        QTest::keyClick(bar.line(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClick(bar.line(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(view.selectedRevision(), QStringLiteral("x1")); // round the end
        bar.setMode(SearchBar::Mode::Filter);
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.isMatchAt(0));
        QTest::keyClick(bar.line(), Qt::Key_Escape);
        QCOMPARE(model.rowCount(), 5);
    }

    void aGhostSaysWhichFileNamesIt()
    {
        HistoryModel model;
        model.setGraph(fabricated::graph(QStringLiteral("b:lost; c:lost")));
        const QString words = model.index(rowOf(model, "lost"), HistoryModel::MessageColumn).data().toString();
        QVERIFY2(words.contains(QStringLiteral("b.py")) && words.contains(QStringLiteral("c.py")), qPrintable(words));
    }

    void whatIsWrongStandsBesideTheRow()
    {
        HistoryModel model;
        model.setGraph(fabricated::graph(QStringLiteral("a; b:lost; c:a")));
        project::Finding remark;
        remark.check = QStringLiteral("G10");
        remark.severity = project::Finding::Severity::Warning;
        remark.revisions = {QStringLiteral("b")};
        project::Finding missing;
        missing.check = QStringLiteral("G02");
        missing.revisions = {QStringLiteral("b")};
        missing.text = QStringLiteral("down_revision names 'lost', which is in no file.");
        missing.missing = QStringLiteral("lost");
        missing.whereabouts = QStringLiteral("Commit 1a2b3c (2024-01-01, Ann: tidy) removed versions/lost.py.");
        model.setFindings({remark, missing});
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole)}) {
            const QString ghost = model.index(rowOf(model, "lost"), HistoryModel::MessageColumn).data(role).toString();
            QVERIFY2(ghost.contains(QStringLiteral("b.py")) && ghost.contains(missing.whereabouts), qPrintable(ghost));
        }
        QCOMPARE(model.findingsAt(rowOf(model, "b")).size(), 2U);
        QCOMPARE(model.findingsAt(rowOf(model, "b")).front()->check, QStringLiteral("G02")); // the worst first
        QVERIFY(model.findingsAt(rowOf(model, "c")).empty());
        QVERIFY(model.index(rowOf(model, "b"), 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("missing parent")));
        QVERIFY(model.index(rowOf(model, "b"), HistoryModel::MessageColumn).data(Qt::ToolTipRole).toString().contains(QStringLiteral("lost")));
    }

    void pendingLinesAreThinAndAppliedOnesAreNot()
    {
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b; d:a"));
        HistoryModel model;
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {QStringLiteral("b")}));
        const auto fromDot = [&](const char *id) {
            for (const revision::LaneEdge &edge : model.lanes().edges(*graph->find(QString::fromLatin1(id)))) {
                if (edge.kind == revision::LaneEdge::Kind::FromDot)
                    return model.isAppliedEdge(edge);
            }
            return false;
        };
        QVERIFY(fromDot("b"));
        QVERIFY(!fromDot("c"));
        QVERIFY(!fromDot("d"));
        // The line of d ends in a's dot beside that of b.
        int applied = 0;
        int pending = 0;
        for (const revision::LaneEdge &edge : model.lanes().edges(*graph->find(QStringLiteral("a")))) {
            if (edge.kind == revision::LaneEdge::Kind::ToDot)
                ++(model.isAppliedEdge(edge) ? applied : pending);
        }
        QCOMPARE(applied, 1);
        QCOMPARE(pending, 1);
        model.setPosition(std::nullopt);
        QVERIFY(fromDot("c"));
    }

    void aCutLineLeadsOnAtAClick()
    {
        QString spec = QStringLiteral("base; side:base; m0:base");
        for (int i = 1; i < 90; ++i)
            spec += QStringLiteral("; m%1:m%2").arg(i).arg(i - 1);
        spec += QStringLiteral("; join:m89,side");
        Theme theme;
        const auto graph = fabricated::graph(spec);
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(graph);
        view.resize(900, 400);
        view.show();
        std::optional<revision::Index> from;
        std::optional<revision::LaneEdge> cut;
        for (revision::Index i = 0; i < graph->revisions().size() && !cut; ++i) {
            for (const revision::LaneEdge &edge : model.lanes().edges(i)) {
                if (edge.kind == revision::LaneEdge::Kind::CutStart) {
                    from = i;
                    cut = edge;
                }
            }
        }
        QVERIFY(cut);
        view.selectRevision(graph->revisions()[*from].header.id);
        const QRect cell = view.visualRect(model.index(int(*from), HistoryModel::GraphColumn));
        const QPoint arrow(cell.left() + 14 + 16 * cut->to, cell.bottom() - 3);
        const auto target = view.cutTargetAt(arrow);
        QVERIFY(target);
        QVERIFY(*target > *from + 60);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::NoModifier, arrow);
        QCOMPARE(view.selectedRevision(), graph->revisions()[*target].header.id);
    }

    void mutingLeavesWhatTheSelectedStandsOn()
    {
        Theme theme;
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(fabricated::graph(QStringLiteral("a; b:a; c:b; d:a")));
        view.selectRevision(QStringLiteral("b"));
        view.setMuting(true);
        QVERIFY(!model.isMutedAt(rowOf(model, "a")));
        QVERIFY(!model.isMutedAt(rowOf(model, "b")));
        QVERIFY(model.isMutedAt(rowOf(model, "c")));
        QVERIFY(model.isMutedAt(rowOf(model, "d")));
        view.selectRevision(QStringLiteral("d"));
        QVERIFY(model.isMutedAt(rowOf(model, "b")));
        view.setMuting(false);
        QVERIFY(!model.isMutedAt(rowOf(model, "b")));
    }

    void theScrollBarShowsWhereThingsAre()
    {
        Theme theme;
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:b; d:lost"));
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {QStringLiteral("b")}));
        model.setFind(QStringLiteral("id:a"));
        project::Finding missing;
        missing.revisions = {QStringLiteral("d")};
        model.setFindings({missing});
        using Kind = MarkedScrollBar::Kind;
        const auto has = [&](const char *id, Kind kind) {
            return std::ranges::find(view.marks()->marks(), MarkedScrollBar::Mark{rowOf(model, id), kind}) != view.marks()->marks().end();
        };
        QVERIFY(has("c", Kind::Head));
        QVERIFY(has("d", Kind::Head));
        QVERIFY(has("d", Kind::Problem));
        QVERIFY(has("lost", Kind::Problem));
        QVERIFY(has("b", Kind::Current));
        QVERIFY(has("a", Kind::Found));
        QVERIFY(!has("b", Kind::Found));
    }

    void keysGoToHeadsAndToTheDatabase()
    {
        Theme theme;
        const auto graph = fabricated::graph(QStringLiteral("a; b:a; c:a; d:c"));
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(graph);
        model.setPosition(revision::locate(*graph, {QStringLiteral("a")}));
        QVERIFY(view.goToHead());
        const QString first = view.selectedRevision();
        QVERIFY(view.goToHead());
        QVERIFY(view.selectedRevision() != first);
        QVERIFY(view.goToHead());
        QCOMPARE(view.selectedRevision(), first);
        QVERIFY(view.goToCurrent());
        QCOMPARE(view.selectedRevision(), QStringLiteral("a"));
    }

    void aHundredThousandRowsPaintWithoutLookingAtAllOfThem()
    {
        std::vector<revision::Header> headers(100'000);
        for (std::size_t i = 0; i < headers.size(); ++i) {
            headers[i].id = QStringLiteral("%1").arg(i, 12, 16, QLatin1Char('0'));
            if (i > 0)
                headers[i].downRevisions = {headers[i - 1].id};
        }
        Theme theme;
        HistoryModel model;
        HistoryView view(&theme, &model);
        model.setGraph(std::make_shared<const revision::RevisionGraph>(std::move(headers)));
        QCOMPARE(model.rowCount(), 100'000);
        view.resize(900, 500);
        view.show();
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.currentIndex().row(), 99'999);
        QVERIFY(!view.viewport()->grab().isNull());
        QCOMPARE(view.verticalHeader()->sectionResizeMode(0), QHeaderView::Fixed);
    }
};

QTEST_MAIN(TestHistory)
#include "tst_history.moc"
