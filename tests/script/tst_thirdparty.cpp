// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

/// The text of an operation that executes text(), white space made one blank.
QString executedText(const Evaluation &done, std::size_t index)
{
    const auto *statement = std::get_if<sql::StatementPtr>(&done.operation<sql::Execute>(index).statement);
    const auto *clause = statement != nullptr ? std::get_if<sql::TextClause>(&(*statement)->node) : nullptr;
    return clause != nullptr ? clause->text.simplified() : QStringLiteral("no text");
}

} // namespace

/// What other packages bring beside column types: directives of their own.
class ThirdPartyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void entitiesOfAlembicUtilsAreCreatedAndDropped_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *line, const QStringList &texts) { QTest::newRow(line) << QByteArray(line) << texts; };
        row(R"PY(op.create_entity(PGFunction("public", "f(a text)", "returns text as $$ begin x := a::text || ':c'; end; $$ language plpgsql;")))PY",
            {QStringLiteral(
                R"SQL(CREATE FUNCTION "public"."f"(a text) returns text as $$ begin x := a::text || '\:c'; end; $$ language plpgsql)SQL")});
        row(R"PY(op.drop_entity(PGFunction("public", "f(a text, n int DEFAULT 5)", "x"), cascade=True))PY",
            {QStringLiteral(R"SQL(DROP FUNCTION "public"."f"(a text, n int) cascade)SQL")});
        row(R"PY(op.drop_entity(PGFunction("public", "f()", "x")))PY", {QStringLiteral(R"SQL(DROP FUNCTION "public"."f"())SQL")});
        row(R"PY(op.create_entity(PGView(schema="public", signature="v", definition="select 1;")))PY",
            {QStringLiteral(R"SQL(CREATE VIEW "public"."v" AS select 1;)SQL")});
        row(R"PY(op.replace_entity(PGMaterializedView("s", "m", "select 1", with_data=False)))PY",
            {QStringLiteral(R"SQL(DROP MATERIALIZED VIEW IF EXISTS "s"."m";)SQL"),
             QStringLiteral(R"SQL(CREATE MATERIALIZED VIEW "s"."m" AS select 1 WITH NO DATA)SQL")});
        row(R"PY(op.create_entity(PGTrigger("app", "t", "before update ON x FOR EACH ROW EXECUTE FUNCTION f()", on_entity="x", is_constraint=True)))PY",
            {QStringLiteral(R"SQL(CREATE CONSTRAINT TRIGGER "t" before update ON app.x FOR EACH ROW EXECUTE FUNCTION f())SQL")});
        row(R"PY(op.drop_entity(PGTrigger("app", "t", "x", on_entity="x")))PY", {QStringLiteral(R"SQL(DROP TRIGGER "t" ON public.x)SQL")});
        row(R"PY(op.create_entity(PGPolicy.from_sql("create policy p on accounts for select using (true)")))PY",
            {QStringLiteral(R"SQL(CREATE POLICY p on public.accounts for select using (true))SQL")});
        row(R"PY(op.create_entity(PGExtension("public", "uuid-ossp")))PY",
            {QStringLiteral(R"SQL(CREATE EXTENSION "uuid-ossp" WITH SCHEMA "public";)SQL")});
        row(R"PY(op.create_entity(PGGrantTable("public", "t", "web", "SELECT", columns=["b", "a"], with_grant_option=True)))PY",
            {QStringLiteral(R"SQL(GRANT SELECT ( a, b ) ON "public"."t" TO "web" WITH GRANT OPTION)SQL")});
    }

    void entitiesOfAlembicUtilsAreCreatedAndDropped()
    {
        QFETCH(QByteArray, line);
        QFETCH(QStringList, texts);
        ProjectFolder folder;
        const auto done =
            folder.evaluate("from alembic import op\nfrom alembic_utils.pg_function import PGFunction\nfrom alembic_utils.pg_view import PGView\n"
                            "from alembic_utils.pg_materialized_view import PGMaterializedView\nfrom alembic_utils.pg_trigger import PGTrigger\n"
                            "from alembic_utils.pg_policy import PGPolicy\nfrom alembic_utils.pg_extension import PGExtension\n"
                            "from alembic_utils.pg_grant_table import PGGrantTable\nrevision = 'a'\ndef upgrade():\n    " +
                            line + "\n");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t(texts.size()));
        for (std::size_t i = 0; i < done.operations.size(); ++i)
            QCOMPARE(executedText(done, i), texts.at(qsizetype(i)));
    }

    void aGrantThatThePackageRefusesIsNotPrinted()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("from alembic_utils.pg_grant_table import PGGrantTable\nop.create_entity(PGGrantTable('public', 't', 'web', 'SELECT'))");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY2(done.reason().contains(QStringLiteral("columns")), qPrintable(done.reason()));
    }

    void enumValuesAreSyncedInTheStepsOfThePackage()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("from alembic_postgresql_enum import TableReference\n"
                           "op.sync_enum_values('public', 'mood', ['ok', 'bad'], [TableReference(table_name='people', column_name='mood', "
                           "existing_server_default=\"'fine'::mood\")], enum_values_to_rename=[('fine', 'ok')])");
        VERIFY_COMPLETE(done);
        QStringList starts;
        for (std::size_t i = 0; i < done.operations.size(); ++i)
            starts.append(executedText(done, i).section(QLatin1Char(' '), 0, 1));
        const QStringList expected{QStringLiteral("ALTER TYPE"),      QStringLiteral("CREATE TYPE"),     QStringLiteral("CREATE FUNCTION"),
                                   QStringLiteral("CREATE OPERATOR"), QStringLiteral("CREATE FUNCTION"), QStringLiteral("CREATE OPERATOR"),
                                   QStringLiteral("ALTER TABLE"),     QStringLiteral("ALTER TABLE"),     QStringLiteral("ALTER TABLE"),
                                   QStringLiteral("DROP FUNCTION"),   QStringLiteral("DROP FUNCTION"),   QStringLiteral("DROP TYPE")};
        QCOMPARE(starts, expected);
        QCOMPARE(executedText(done, 8), QStringLiteral(R"(ALTER TABLE "public"."people" ALTER COLUMN "mood" SET DEFAULT 'ok'::public.mood)"));
    }

    void theOlderFormOfSyncedEnumsAsksTheDatabaseForTheDefault()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.sync_enum_values('public', 'mood', ['ok'], [('people', 'mood')])");
        QCOMPARE(done.outcome->status, BodyStatus::NeedsDatabase);
    }

    void directivesOfGeoAlchemyComeWithoutAnImport()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("from geoalchemy2 import Geometry\n"
                                         "op.create_geospatial_table('lake', sa.Column('geom', Geometry('POINT', 4326, spatial_index=False)))\n"
                                         "op.create_geospatial_index('idx', 'lake', ['geom'], postgresql_using='gist')\n"
                                         "op.drop_geospatial_column('lake', 'geom')");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t{3});
        QVERIFY(done.operation<sql::CreateTable>(0).table.indexes.empty());
        QCOMPARE(done.operation<sql::CreateIndex>(1).index.name.text, QStringLiteral("idx"));
    }

    void aSpatialValueIsReadFromItsText()
    {
        ProjectFolder folder;
        const QByteArray table = "from geoalchemy2 import Geography, Geometry\n"
                                 "lake = sa.table('lake', sa.column('geom', Geometry('POINT', 4326)), sa.column('there', Geography()))\n";
        const auto done = folder.upgrade(table + "op.execute(lake.insert().values(geom='POINT(1 2)', there='POINT(3 4)'))");
        VERIFY_COMPLETE(done);
        const auto &insert = std::get<sql::Insert>(std::get<sql::StatementPtr>(done.operation<sql::Execute>(0).statement)->node);
        QCOMPARE(std::get<sql::FunctionCall>(insert.rows.at(0).at(0)->node).name, QStringLiteral("ST_GeomFromEWKT"));
        QCOMPARE(std::get<sql::FunctionCall>(insert.rows.at(0).at(1)->node).name, QStringLiteral("ST_GeogFromText"));
        const auto read = folder.upgrade(table + "op.execute(sa.select(lake.c.geom))");
        QCOMPARE(read.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(read.reason().contains(QStringLiteral("column_expression")));
    }

    void aSpatialColumnThatPostGisManagesIsRefused()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("from geoalchemy2 import Geometry\nop.add_column('lake', sa.Column('geom', Geometry('POINT', use_typmod=False)))");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.reason().contains(QStringLiteral("AddGeometryColumn")));
    }
};

QTEST_GUILESS_MAIN(ThirdPartyTest)
#include "tst_thirdparty.moc"
