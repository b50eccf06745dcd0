// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripts.h"

#include "migration/preview.h"

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;

/// The text of a plan: written while it is rendered, and from a preview that was kept.
class TestOfflineSql : public QObject {
    Q_OBJECT

    static void write(Scripts &scripts, const QString &second)
    {
        scripts.add(QStringLiteral("a1"), {QStringLiteral("op.create_table('t', sa.Column('größe', sa.Text, server_default='a\\tb'))")});
        scripts.add(QStringLiteral("a2"), {second});
    }

private Q_SLOTS:
    void whatIsWrittenOnTheWayIsWhatAPreviewGives_data()
    {
        QTest::addColumn<bool>("isPostgreSql");
        QTest::addColumn<bool>("perMigration");
        QTest::newRow("PostgreSQL") << true << false;
        QTest::newRow("PostgreSQL, a transaction each") << true << true;
        QTest::newRow("SQLite") << false << false;
    }
    void whatIsWrittenOnTheWayIsWhatAPreviewGives()
    {
        QFETCH(bool, isPostgreSql);
        QFETCH(bool, perMigration);
        Scripts scripts(perMigration);
        write(scripts, QStringLiteral("op.execute('select 1'); op.drop_table('t')"));
        const auto project = scripts.open();
        QVERIFY(project);
        const auto plan = revision::planUpgrade(project->graph(), {}, QStringLiteral("head"));
        QVERIFY(plan);
        RenderRequest request;
        request.kind = isPostgreSql ? dialect::DialectKind::PostgreSql : dialect::DialectKind::Sqlite;
        const auto preview = previewPlan(*project, *plan, request);
        QVERIFY(preview);
        QCOMPARE(preview->steps.size(), std::size_t(2));
        const auto text = offlineSql(*project, *preview);
        const auto bytes = offlineScript(*project, *plan, request);
        QVERIFY(text && bytes);
        QCOMPARE(QString::fromUtf8(bytes->text), *text);
        QVERIFY(text->contains(QStringLiteral("größe")));
        QVERIFY(text->contains(QStringLiteral("'a    b'")));
        QVERIFY(text->indexOf(QLatin1String("CREATE TABLE alembic_version")) < text->indexOf(QLatin1String("-- Running upgrade  -> a1")));
        QVERIFY(text->contains(QLatin1String("-- Running upgrade a1 -> a2\n\nselect 1;\n\nDROP TABLE t;\n\n")));
        QCOMPARE(text->count(QLatin1String("BEGIN;\n\n")), isPostgreSql ? (perMigration ? 2 : 1) : 0);
        QCOMPARE(text->count(QLatin1String("COMMIT;\n\n")), isPostgreSql ? (perMigration ? 2 : 1) : 0);
    }

    void whatIsToBeKnownOfAStatementStandsBesideTheText()
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"), {QStringLiteral("import uuid"), QStringLiteral("op.execute('v %s' % uuid.uuid4())"),
                                           QStringLiteral("import warnings; warnings.warn('old')")});
        const auto project = scripts.open();
        QVERIFY(project);
        const auto plan = revision::planUpgrade(project->graph(), {}, QStringLiteral("head"));
        QVERIFY(plan);
        const auto script = offlineScript(*project, *plan, {});
        QVERIFY(script);
        QVERIFY(!script->text.contains("varies"));
        QCOMPARE(script->notes.size(), 2);
        QVERIFY2(script->notes[0].startsWith(QLatin1String("a1, line ")), qPrintable(script->notes[0]));
        QVERIFY2(script->notes[0].endsWith(QLatin1String(": the text varies from run to run")), qPrintable(script->notes[0]));
        QCOMPARE(script->notes[1], QStringLiteral("a1: old"));
    }

    void aBodyThatIsNotCompleteEndsBoth()
    {
        Scripts scripts;
        write(scripts, QStringLiteral("op.execute(op.get_bind().execute(sa.text('select 1')).scalar())"));
        const auto project = scripts.open();
        QVERIFY(project);
        const auto plan = revision::planUpgrade(project->graph(), {}, QStringLiteral("head"));
        QVERIFY(plan);
        const auto preview = previewPlan(*project, *plan, {});
        QVERIFY(preview);
        const auto text = offlineSql(*project, *preview);
        const auto bytes = offlineScript(*project, *plan, {});
        QVERIFY(!text && !bytes);
        QCOMPARE(bytes.error(), text.error());
        QCOMPARE(bytes.error().revision, QStringLiteral("a2"));
    }
};

QTEST_GUILESS_MAIN(TestOfflineSql)
#include "tst_offlinesql.moc"
