// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandpalette.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <QWidget>

using namespace stillroom::ui;

class TestActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lettersMatchInOrderAndWordStartsCountMore()
    {
        QVERIFY(fuzzyScore(QStringLiteral("uth"), QStringLiteral("Upgrade to Head")));
        QVERIFY(!fuzzyScore(QStringLiteral("htu"), QStringLiteral("Upgrade to Head")));
        QVERIFY(fuzzyScore(QString(), QStringLiteral("anything")));
        QVERIFY(*fuzzyScore(QStringLiteral("uth"), QStringLiteral("Upgrade to Head")) >
                *fuzzyScore(QStringLiteral("uth"), QStringLiteral("Author menu thing")));
        QVERIFY(*fuzzyScore(QStringLiteral("refresh"), QStringLiteral("Refresh")) >
                *fuzzyScore(QStringLiteral("refresh"), QStringLiteral("Rest of the fresh")));
    }

    void thePaletteListsWhatMatchesAndDisabledCommandsLast()
    {
        Theme theme;
        QWidget window;
        ActionRegistry registry(&theme, &window);
        int ran = 0;
        registry.add({.id = QStringLiteral("a"), .text = QStringLiteral("&Upgrade to Head"), .section = QStringLiteral("Migrate")}, [&] { ++ran; });
        registry.add({.id = QStringLiteral("b"), .text = QStringLiteral("Upgrade by One"), .section = QStringLiteral("Migrate")}, [] {})
            ->setEnabled(false);
        registry.add({.id = QStringLiteral("c"), .text = QStringLiteral("Refresh"), .section = QStringLiteral("Database")}, [] {});
        CommandModel model(&registry);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.index(2, 0).data().toString(), QStringLiteral("Upgrade by One"));
        QVERIFY(!(model.flags(model.index(2, 0)) & Qt::ItemIsEnabled));
        model.setPattern(QStringLiteral("uphead"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("Upgrade to Head"));
        model.actionAt(0)->trigger();
        QCOMPARE(ran, 1);
        model.setPattern(QStringLiteral("database ref"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, 0).data(CommandModel::SectionRole).toString(), QStringLiteral("Database"));
    }

    void aSharedKeyIsFoundUnlessThePanesDiffer()
    {
        Theme theme;
        QWidget window;
        QWidget pane;
        ActionRegistry registry(&theme, &window);
        const QList<QKeySequence> copy{QKeySequence(QKeySequence::Copy)};
        registry.add(
            {.id = QStringLiteral("history.copy"), .text = QStringLiteral("Copy"), .keys = copy, .context = ActionContext::History}, [] {}, &pane);
        registry.add(
            {.id = QStringLiteral("database.copy"), .text = QStringLiteral("Copy"), .keys = copy, .context = ActionContext::Database}, [] {}, &pane);
        QCOMPARE(registry.collisions(), QStringList());
        registry.add({.id = QStringLiteral("window.copy"), .text = QStringLiteral("Copy"), .keys = copy}, [] {});
        QCOMPARE(registry.collisions().size(), 2);
    }
};

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
