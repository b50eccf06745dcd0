// SPDX-License-Identifier: GPL-3.0-or-later
#include "fabricated.h"
#include "ui/database/databasepage.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace stillroom;
using namespace stillroom::ui;

class TestDatabase : public QObject {
    Q_OBJECT
private:
    Theme m_theme;

    static QStringList names(const QTableView *view)
    {
        QStringList found;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            found += view->model()->index(row, 1).data().toString();
        return found;
    }

private Q_SLOTS:
    void theModelsKeepTheirPromises()
    {
        const auto snapshot = std::make_shared<const database::CatalogSnapshot>(fabricated::catalog());
        for (const auto part : {CatalogPart::Columns, CatalogPart::Constraints, CatalogPart::Indexes}) {
            CatalogModel model(&m_theme, part);
            CatalogFilter filter(&model);
            QAbstractItemModelTester modelTester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
            QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::Fatal);
            model.setSnapshot(snapshot);
            filter.setTable(1);
            filter.setText(QStringLiteral("tenant"));
            QVERIFY(filter.rowCount() > 0);
            model.setSnapshot(nullptr);
            QCOMPARE(filter.rowCount(), 0);
        }
        TableList list(&m_theme);
        QAbstractItemModelTester listTester(&list, QAbstractItemModelTester::FailureReportingMode::Fatal);
        list.show(snapshot, {});
        QCOMPARE(list.rowCount(), 3);
        list.show(snapshot, {0, 2});
        QCOMPARE(list.rowCount(), 2);
        QCOMPARE(list.tableAt(1), 1);
    }

    void emptyListsSayWhyTheyAreEmpty()
    {
        DatabasePage page(&m_theme);
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        QCOMPARE(page.nothingWords(), QString());
        page.setFilter(QStringLiteral("no such thing"));
        QCOMPARE(page.nothingWords(), QStringLiteral("Nothing matches"));
        page.setFilter(QStringLiteral("email"));
        QCOMPARE(page.nothingWords(), QString());
        database::CatalogSnapshot blank;
        page.showSnapshot(fabricated::target(), blank, nullptr, QStringLiteral("alembic_version"));
        QCOMPARE(page.nothingWords(), QStringLiteral("No tables"));
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        QCOMPARE(page.nothingWords(), QString());
    }

    void oneFilterGoesOverAllTables()
    {
        DatabasePage page(&m_theme);
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        page.setFilter(QStringLiteral("email"));
        QCOMPARE(names(page.view(CatalogPart::Constraints)), QStringList{QStringLiteral("uq_users_email_tenant")});
        QCOMPARE(names(page.view(CatalogPart::Columns)), QStringList{QStringLiteral("email")});
        QCOMPARE(names(page.view(CatalogPart::Indexes)), QStringList());
        page.setFilter(QString());
        QCOMPARE(names(page.view(CatalogPart::Columns)).size(), 4);
    }

    void aTableShowsItsOwnParts()
    {
        DatabasePage page(&m_theme);
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        page.selectTable(QStringLiteral("items"));
        QCOMPARE(names(page.view(CatalogPart::Columns)), QStringList{QStringLiteral("id")});
        QVERIFY(page.view(CatalogPart::Columns)->isColumnHidden(0));
        // The table stays chosen when the database is read again.
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        QCOMPARE(names(page.view(CatalogPart::Columns)), QStringList{QStringLiteral("id")});
    }

    void versionRowsAreExplained()
    {
        DatabasePage page(&m_theme);
        const auto graph = fabricated::graph(QStringLiteral("a; b:a"));
        page.showSnapshot(fabricated::target(), fabricated::catalog(), graph.get(), QStringLiteral("alembic_version"));
        QVERIFY2(page.versionWords().contains(QStringLiteral("make b")), qPrintable(page.versionWords()));
        database::CatalogSnapshot other = fabricated::catalog();
        other.versions.rows = {QStringLiteral("zzz")};
        page.showSnapshot(fabricated::target(), other, graph.get(), QStringLiteral("alembic_version"));
        QVERIFY2(page.versionWords().contains(QStringLiteral("No script")), qPrintable(page.versionWords()));
        other.versions = {false, {}};
        page.showSnapshot(fabricated::target(), other, graph.get(), QStringLiteral("own_version"));
        QVERIFY2(page.versionWords().contains(QStringLiteral("own_version")), qPrintable(page.versionWords()));
    }

    void ofManyVersionRowsTheFirstFewAreShown()
    {
        DatabasePage page(&m_theme);
        page.resize(900, 600);
        page.show();
        database::CatalogSnapshot many = fabricated::catalog();
        many.versions.rows.clear();
        for (int i = 0; i < 100; ++i)
            many.versions.rows += QStringLiteral("head_%1").arg(i);
        page.showSnapshot(fabricated::target(), many, nullptr, QStringLiteral("alembic_version"));
        const auto shown = [&page] {
            int count = 0;
            for (const QLabel *label : page.findChildren<QLabel *>())
                count += label->isVisible() && label->text().startsWith(QStringLiteral("head_"));
            return count;
        };
        QCOMPARE(shown(), 4);
        QVERIFY2(page.moreVersions()->text().contains(QStringLiteral("96")), qPrintable(page.moreVersions()->text()));
        QVERIFY(page.moreVersions()->toolTip().contains(QStringLiteral("head_99")));
        page.moreVersions()->click();
        QCOMPARE(shown(), 100);
        QVERIFY(page.height() <= 600);
        QVERIFY(page.view(CatalogPart::Columns)->parentWidget()->height() > 100); // they scroll, and the tables stay in view
        page.moreVersions()->click();
        QCOMPARE(shown(), 4);
    }

    void whatCouldNotBeReadIsTold()
    {
        DatabasePage page(&m_theme);
        database::CatalogSnapshot catalog = fabricated::catalog();
        page.showSnapshot(fabricated::target(), catalog, nullptr, QStringLiteral("alembic_version"));
        QCOMPARE(page.unreadableWords(), QString());
        catalog.tables[1].unreadable = QStringLiteral("its columns: no such module: fts9");
        page.showSnapshot(fabricated::target(), catalog, nullptr, QStringLiteral("alembic_version"));
        QVERIFY2(page.unreadableWords().contains(QStringLiteral("fts9")), qPrintable(page.unreadableWords()));
        page.selectTable(QStringLiteral("items")); // which was read
        QCOMPARE(page.unreadableWords(), QString());
        page.selectTable(tableName(catalog.tables[1]));
        QVERIFY(page.unreadableWords().contains(QStringLiteral("fts9")));
        page.clear();
        QCOMPARE(page.unreadableWords(), QString());
    }

    void rowsAreCopiedAsText()
    {
        DatabasePage page(&m_theme);
        page.showSnapshot(fabricated::target(), fabricated::catalog(), nullptr, QStringLiteral("alembic_version"));
        const QString text = page.selectionText();
        QVERIFY2(text.startsWith(QStringLiteral("Table\tConstraint")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("users\tuq_users_email_tenant\tUnique\ttenant_id, email")), qPrintable(text));
    }
};

QTEST_MAIN(TestDatabase)
#include "tst_database.moc"
