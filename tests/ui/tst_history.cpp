// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/graph/historyview.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QHeaderView>
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
