// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/catalog.h"

#include "postgresserver.h"
#include "result.h"

#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using namespace stillroom::database;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::TestDatabase;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

QString verbatimOf(const sql::ExpressionPtr &expression)
{
    const auto *text = expression ? std::get_if<sql::LiteralColumn>(&expression->node) : nullptr;
    return text ? text->text : QString();
}

} // namespace

class TestLiveTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void tableThatIsNotThereIsNotKnown();
    void columnsAndDefaults();
    void constraintsIndexesTriggersAndViews();
    void tableOfTheSearchPathIsFound();
    void whatARebuildWouldLoseIsTold_data();
    void whatARebuildWouldLoseIsTold();

private:
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Session> m_session;
};

void TestLiveTable::init()
{
    m_database = PostgresServer::shared().createDatabase();
    auto session = Session::open({.kind = dialect::DialectKind::PostgreSql, .keywords = m_database->keywords()});
    VERIFY_OK(session);
    m_session = std::move(*session);
}

void TestLiveTable::cleanup()
{
    m_session.reset();
    m_database.reset();
}

void TestLiveTable::tableThatIsNotThereIsNotKnown()
{
    const auto standing = liveSchemaLookup(*m_session)->table({{}, q("nothing")});
    VERIFY_OK(standing);
    QVERIFY(!*standing);
    QVERIFY(!liveSchemaLookup(*m_session)->table({q("nowhere"), q("nothing")}).value());
}

void TestLiveTable::columnsAndDefaults()
{
    QVERIFY(
        m_database->run(q("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 2 CYCLE), name varchar(20) COLLATE \"C\" NOT NULL"
                          " DEFAULT 'x', twice text GENERATED ALWAYS AS (lower(name) || 'a') STORED); COMMENT ON TABLE t IS 'about';"
                          "COMMENT ON COLUMN t.name IS 'called'")));
    const auto standing = liveSchemaLookup(*m_session)->table({{}, q("t")});
    VERIFY_OK(standing);
    const sql::Table &table = (*standing)->table;
    QCOMPARE(table.name, (sql::QualifiedName{{}, q("t")}));
    QCOMPARE(table.comment, std::optional(q("about")));
    const sql::Column &id = *table.column(q("id"));
    QVERIFY(id.identity && id.identity->always);
    QCOMPARE(id.identity->options.start, std::optional<qint64>(5));
    QCOMPARE(id.identity->options.increment, std::optional<qint64>(2));
    QCOMPARE(id.identity->options.cycle, std::optional(true));
    const sql::Column &name = *table.column(q("name"));
    QCOMPARE(name.type.family, sql::TypeFamily::Custom);
    QCOMPARE(name.type.name, q("character varying(20) COLLATE \"C\""));
    QVERIFY(!name.nullable);
    QCOMPARE(verbatimOf(std::get<sql::ExpressionPtr>(name.serverDefault)), q("'x'::character varying"));
    QCOMPARE(name.comment, std::optional(q("called")));
    const sql::Column &twice = *table.column(q("twice"));
    QVERIFY(twice.computed && twice.computed->persisted == true);
    QCOMPARE(verbatimOf(twice.computed->expression), q("lower((name)::text) || 'a'::text"));
}

void TestLiveTable::constraintsIndexesTriggersAndViews()
{
    QVERIFY(m_database->run(q("CREATE TABLE p (id int PRIMARY KEY);"
                              "CREATE TABLE t (a int CONSTRAINT pk_t PRIMARY KEY, b int CONSTRAINT ck_b CHECK (b > 0 AND length(')(') = 2),"
                              " CONSTRAINT fk_b FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);"
                              "CREATE INDEX ix_t ON t (b, abs(a) DESC); CREATE VIEW v AS SELECT a FROM t;"
                              "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                              "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()")));
    const auto standing = liveSchemaLookup(*m_session)->table({{}, q("t")});
    VERIFY_OK(standing);
    QVERIFY(*standing);
    const sql::Table &table = (*standing)->table;
    QCOMPARE(table.constraints.size(), size_t(3));
    QCOMPARE(table.constraints[0].name.text, q("pk_t"));
    QCOMPARE(std::get<sql::PrimaryKeyConstraint>(table.constraints[0].kind).columns, std::vector<sql::Identifier>{q("a")});
    const auto &key = std::get<sql::ForeignKeyConstraint>(table.constraints[1].kind);
    QCOMPARE(key.referredTable, (sql::QualifiedName{q("public"), q("p")}));
    QCOMPARE(key.options.onDelete, q("CASCADE"));
    QCOMPARE(key.options.onUpdate, QString());
    QCOMPARE(key.options.deferrable, std::optional(true));
    QCOMPARE(key.options.initially, q("DEFERRED"));
    QCOMPARE(verbatimOf(std::get<sql::CheckConstraint>(table.constraints[2].kind).condition), q("b > 0 AND length(')('::text) = 2"));
    QCOMPARE((*standing)->indexSql, QStringList{q("CREATE INDEX ix_t ON public.t USING btree (b, abs(a) DESC)")});
    QCOMPARE(table.indexes.size(), size_t(1));
    QCOMPARE(table.indexes[0].elements[0].column.text, q("b"));
    QVERIFY(table.indexes[0].elements[1].column.isEmpty());
    QCOMPARE((*standing)->triggerSql.size(), 1);
    QCOMPARE((*standing)->viewNames, QStringList{q("v")});
}

void TestLiveTable::tableOfTheSearchPathIsFound()
{
    QVERIFY(m_database->run(q("CREATE SCHEMA s; CREATE TABLE s.t (inside int); CREATE TABLE t (outside int)")));
    const auto lookup = liveSchemaLookup(*m_session);
    QVERIFY(lookup->table({{}, q("t")}).value()->table.column(q("outside")));
    QVERIFY(lookup->table({q("s"), q("t")}).value()->table.column(q("inside")));
    VERIFY_OK(m_session->execute(q("SET search_path = s")));
    QVERIFY(lookup->table({{}, q("t")}).value()->table.column(q("inside")));
}

void TestLiveTable::whatARebuildWouldLoseIsTold_data()
{
    QTest::addColumn<QString>("constraint");
    const int version = PostgresServer::shared().run(q("postgres"), q("SHOW server_version_num"))->front().front().toInt() / 10'000;
    const auto row = [version](const char *name, const char *constraint, int since = 0) {
        if (version >= since)
            QTest::newRow(name) << q(constraint);
    };
    row("exclusion", "EXCLUDE USING btree (x WITH =)");
    row("not validated", "CHECK (x > 0) NOT VALID");
    row("not inherited", "CHECK (x > 0) NO INHERIT");
    row("included columns", "UNIQUE (x) INCLUDE (y)");
    row("included in the primary key", "PRIMARY KEY (x) INCLUDE (y)");
    row("nulls are equal", "UNIQUE NULLS NOT DISTINCT (x)", 15);
    row("some columns are set to null", "FOREIGN KEY (x, y) REFERENCES p (x, y) ON DELETE SET NULL (y)", 15);
    row("a key over time", "UNIQUE (during, span WITHOUT OVERLAPS)", 18);
    row("a reference over time", "FOREIGN KEY (during, PERIOD span) REFERENCES q (during, PERIOD span)", 18);
    row("a check that is not enforced", "CHECK (x > 0) NOT ENFORCED", 18);
    row("a reference that is not enforced", "FOREIGN KEY (x, y) REFERENCES p (x, y) NOT ENFORCED", 18);
}

void TestLiveTable::whatARebuildWouldLoseIsTold()
{
    QFETCH(QString, constraint);
    if (m_session->serverVersionNumber() >= 180'000)
        QVERIFY(m_database->run(q("CREATE TABLE q (during int4range, span int4range, UNIQUE (during, span WITHOUT OVERLAPS))")));
    QVERIFY(m_database->run(q("CREATE TABLE p (x int, y int, UNIQUE (x, y));"
                              "CREATE TABLE t (x int, y int, during int4range, span int4range); ALTER TABLE t ADD CONSTRAINT odd ") +
                            constraint));
    const auto standing = liveSchemaLookup(*m_session)->table({{}, q("t")});
    COMPARE_ERROR(standing, ErrorCode::OperationNotSupported);
    QVERIFY(standing.error().detail.contains(q("odd")));
}

QTEST_GUILESS_MAIN(TestLiveTable)
#include "tst_livetable.moc"
