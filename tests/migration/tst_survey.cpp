// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/planning.h"
#include "migration/survey.h"
#include "project/project.h"

#include <QTest>

using namespace stillroom;
using namespace stillroom::migration;

class TestSurvey : public QObject {
    Q_OBJECT
private:
    static QString project(const char *name) { return QStringLiteral(STILLROOM_SOURCE_DIR) + QString::fromLatin1(name); }

    static Result<RevisionOutlook> lookAt(const project::Project &opened, const char *id, dialect::DialectKind kind)
    {
        const auto index = opened.graph().find(QString::fromLatin1(id));
        if (!index)
            return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = QString::fromLatin1(id)});
        Survey survey(opened, kind);
        return survey.look(*index);
    }

private Q_SLOTS:
    void aRevisionTellsWhatItTouches()
    {
        const auto opened = project::Project::open(project("/migrations"));
        QVERIFY(opened);
        const auto outlook = lookAt(*opened, "d07f5b3e9c62", dialect::DialectKind::PostgreSql);
        QVERIFY(outlook);
        QCOMPARE(outlook->upgrade.status, BodySql::Status::Complete);
        QVERIFY(outlook->upgrade.statements > 0);
        QVERIFY(outlook->touched.tables.contains(QStringLiteral("users")));
        QVERIFY(outlook->touched.tables.contains(QStringLiteral("items")));
        QVERIFY(outlook->touched.columns.contains(QStringLiteral("users.email")));
        QCOMPARE(QStringList(outlook->touched.tables).removeDuplicates(), 0);
    }

    void rawSqlNamesItsTables()
    {
        const auto opened = project::Project::open(project("/tests/projects/rag"));
        QVERIFY(opened);
        const auto outlook = lookAt(*opened, "003_add_tenants_and_rls", dialect::DialectKind::PostgreSql);
        QVERIFY(outlook);
        QVERIFY2(outlook->touched.tables.contains(QStringLiteral("documents")), qPrintable(outlook->touched.tables.join(QLatin1Char(' '))));
    }

    void aBodyThatReadsTheDatabaseSaysWhere()
    {
        const auto opened = project::Project::open(project("/tests/projects/rag"));
        QVERIFY(opened);
        const auto outlook = lookAt(*opened, "006_migrate_user_roles", dialect::DialectKind::PostgreSql);
        QVERIFY(outlook);
        QCOMPARE(outlook->upgrade.status, BodySql::Status::NeedsDatabase);
        QVERIFY(outlook->upgrade.line > 0);
        QVERIFY(!outlook->upgrade.reason.isEmpty());
    }

    void aPlanWithoutADatabaseStartsWhereItIsToldTo()
    {
        const auto opened = project::Project::open(project("/migrations"));
        QVERIFY(opened);
        PlanRequest request{.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}};
        const auto whole = makeOfflinePlan(opened->graph(), request);
        QVERIFY(whole);
        QCOMPARE(whole->steps.size(), opened->graph().revisions().size());
        request.from = QStringLiteral("69e4c1a8f5b0");
        const auto last = makeOfflinePlan(opened->graph(), request);
        QVERIFY(last);
        QCOMPARE(last->steps.size(), 1);
        request = {.kind = revision::Plan::Kind::Downgrade, .targets = {QStringLiteral("69e4c1a8f5b0")}, .from = QStringLiteral("head")};
        const auto back = makeOfflinePlan(opened->graph(), request);
        QVERIFY(back);
        QCOMPARE(back->steps.size(), 1);
        QCOMPARE(back->steps[0].revision, QStringLiteral("d07f5b3e9c62"));
        request.targets = {QStringLiteral("nowhere")};
        QVERIFY(!makeOfflinePlan(opened->graph(), request));
    }
};

QTEST_GUILESS_MAIN(TestSurvey)
#include "tst_survey.moc"
