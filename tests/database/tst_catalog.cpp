// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/catalog.h"
#include "database/fakesession.h"

#include "postgresserver.h"
#include "result.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace stillroom;
using namespace stillroom::database;
using stillroom::testsupport::Keywords;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::TestDatabase;
using Kind = CatalogConstraint::Kind;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

const sql::QualifiedName kVersionTable{{}, QStringLiteral("alembic_version")};

const CatalogTable *find(const std::vector<CatalogTable> &tables, const char *name)
{
    const auto found = std::ranges::find(tables, q(name), &CatalogTable::name);
    return found == tables.end() ? nullptr : &*found;
}

const CatalogConstraint *constraint(const CatalogTable &table, const char *name)
{
    const auto found = std::ranges::find(table.constraints, q(name), &CatalogConstraint::name);
    return found == table.constraints.end() ? nullptr : &*found;
}

const CatalogIndex *index(const CatalogTable &table, const char *name)
{
    const auto found = std::ranges::find(table.indexes, q(name), &CatalogIndex::name);
    return found == table.indexes.end() ? nullptr : &*found;
}

QStringList tableNames(const std::vector<CatalogTable> &tables)
{
    QStringList names;
    for (const CatalogTable &table : tables)
        names.append((table.schema.isEmpty() ? QString() : table.schema + QLatin1Char('.')) + table.name + QLatin1String(": ") + table.kind);
    return names;
}

} // namespace

class TestCatalog : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    // the version table, on both
    void versionRows_data();
    void versionRows();
    void missingVersionTableIsNotMade_data() { backends(); }
    void missingVersionTableIsNotMade();
    void tableThatIsNoVersionTableIsUnreadable_data() { backends(); }
    void tableThatIsNoVersionTableIsUnreadable();
    void versionTableWithoutTheRightToReadIsUnreadable();
    void versionTableInAnUnknownSchema();
    void lostConnectionIsNotAnUnreadableTable();
    void readingLeavesNoTransactionBehind_data() { backends(); }
    void readingLeavesNoTransactionBehind();
    void readingSeesTheOpenTransaction_data() { backends(); }
    void readingSeesTheOpenTransaction();
    void readingWorksOnAReadOnlyConnection_data() { backends(); }
    void readingWorksOnAReadOnlyConnection();

    void postgreSqlTablesAndViews();
    void postgreSqlColumns();
    void postgreSqlConstraints();
    void postgreSqlIndexes();
    void postgreSqlTriggersAndComments();
    void oneTableOfManySchemas();
    void oddNamesAreRead_data() { backends(); }
    void oddNamesAreRead();

    void sqliteTablesAndViews();
    void sqliteColumns();
    void sqliteConstraints();
    void sqliteNamesAndChecksComeFromTheText();
    void sqliteIndexes();

private:
    void backends();
    void open(const QString &backend, bool readOnly = false);
    void run(const char *sql)
    {
        const auto done = m_session->execute(q(sql));
        if (!done)
            qFatal("%s: %s", sql, qPrintable(sentence(done.error())));
    }
    std::vector<CatalogTable> tables(const char *only = "")
    {
        auto snapshot = readCatalog(*m_session, kVersionTable, q(only));
        if (!snapshot)
            qFatal("%s", qPrintable(sentence(snapshot.error())));
        return std::move(snapshot->tables);
    }
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Session> m_session;
};

void TestCatalog::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestCatalog::cleanup()
{
    m_session.reset();
    m_database.reset();
    m_folder.reset();
}

void TestCatalog::backends()
{
    QTest::addColumn<QString>("backend");
    QTest::newRow("postgresql") << q("postgresql");
    QTest::newRow("sqlite") << q("sqlite");
}

void TestCatalog::open(const QString &backend, bool readOnly)
{
    ConnectionSpec spec;
    if (backend == q("postgresql")) {
        if (!m_database)
            m_database = PostgresServer::shared().createDatabase();
        spec = {.kind = dialect::DialectKind::PostgreSql, .keywords = m_database->keywords()};
    } else {
        spec = {.kind = dialect::DialectKind::Sqlite, .sqliteFile = m_folder->filePath(q("t.db")), .createIfMissing = true};
    }
    spec.readOnly = readOnly;
    auto session = Session::open(spec);
    if (!session)
        qFatal("%s", qPrintable(sentence(session.error())));
    m_session = std::move(*session);
}

void TestCatalog::versionRows_data()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("table");
    for (const char *backend : {"postgresql", "sqlite"}) {
        for (const char *table : {"alembic_version", "Odd \"Version\\'s"})
            QTest::addRow("%s %s", backend, table) << q(backend) << q(table);
    }
}

void TestCatalog::versionRows()
{
    QFETCH(QString, backend);
    QFETCH(QString, table);
    open(backend);
    const QString quoted = QLatin1Char('"') + QString(table).replace(q("\""), q("\"\"")) + QLatin1Char('"');
    VERIFY_OK(m_session->execute(q("CREATE TABLE %1 (version_num VARCHAR(32) NOT NULL)").arg(quoted)));
    const sql::QualifiedName name{{}, table};
    const auto none = readVersionRows(*m_session, name);
    VERIFY_OK(none);
    QVERIFY(none->tableExists);
    QCOMPARE(none->rows, QStringList());
    VERIFY_OK(m_session->execute(q("INSERT INTO %1 VALUES ('b2'), ('a1')").arg(quoted)));
    QCOMPARE(readVersionRows(*m_session, name).value().rows, (QStringList{q("a1"), q("b2")}));
}

void TestCatalog::missingVersionTableIsNotMade()
{
    QFETCH(QString, backend);
    open(backend);
    const auto versions = readVersionRows(*m_session, kVersionTable);
    VERIFY_OK(versions);
    QVERIFY(!versions->tableExists);
    QVERIFY(tables().empty());
}

void TestCatalog::tableThatIsNoVersionTableIsUnreadable()
{
    QFETCH(QString, backend);
    open(backend);
    run("CREATE TABLE alembic_version (something integer)");
    const auto versions = readVersionRows(*m_session, kVersionTable);
    COMPARE_ERROR(versions, ErrorCode::VersionTableUnreadable);
    QCOMPARE(versions.error().subject, q("alembic_version"));
    QVERIFY(versions.error().detail.contains(q("version_num")));
    COMPARE_ERROR(readCatalog(*m_session, kVersionTable), ErrorCode::VersionTableUnreadable);
}

void TestCatalog::versionTableWithoutTheRightToReadIsUnreadable()
{
    open(q("postgresql"));
    run("CREATE SCHEMA secret");
    run("CREATE TABLE secret.alembic_version (version_num text)");
    run("CREATE TABLE alembic_version (version_num text)");
    run("SET ROLE pg_monitor");
    for (const sql::QualifiedName &name : {kVersionTable, sql::QualifiedName{q("secret"), q("alembic_version")}}) {
        const auto versions = readVersionRows(*m_session, name);
        COMPARE_ERROR(versions, ErrorCode::VersionTableUnreadable);
        QCOMPARE(versions.error().sqlState, q("42501"));
    }
}

void TestCatalog::versionTableInAnUnknownSchema()
{
    const sql::QualifiedName name{q("nowhere"), q("alembic_version")};
    open(q("postgresql"));
    QVERIFY(!readVersionRows(*m_session, name).value().tableExists);
    open(q("sqlite"));
    COMPARE_ERROR(readVersionRows(*m_session, name), ErrorCode::VersionTableUnreadable);
}

void TestCatalog::lostConnectionIsNotAnUnreadableTable()
{
    FakeSession fake;
    fake.failsAtCall = 1;
    fake.failure = Error{.code = ErrorCode::ConnectionLost};
    COMPARE_ERROR(readVersionRows(fake, kVersionTable), ErrorCode::ConnectionLost);
}

void TestCatalog::readingLeavesNoTransactionBehind()
{
    QFETCH(QString, backend);
    open(backend);
    tables();
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
    run("CREATE TABLE alembic_version (something integer)");
    QVERIFY(!readCatalog(*m_session, kVersionTable));
    QCOMPARE(m_session->transactionState(), TransactionState::Idle);
}

void TestCatalog::readingSeesTheOpenTransaction()
{
    QFETCH(QString, backend);
    open(backend);
    VERIFY_OK(m_session->begin());
    run("CREATE TABLE t (x integer)");
    QCOMPARE(tables().size(), size_t(1));
    QCOMPARE(m_session->transactionState(), TransactionState::InTransaction);
    VERIFY_OK(m_session->rollback());
    QCOMPARE(tables().size(), size_t(0));
}

void TestCatalog::readingWorksOnAReadOnlyConnection()
{
    QFETCH(QString, backend);
    open(backend);
    run("CREATE TABLE t (x integer)");
    open(backend, true);
    QCOMPARE(tables().size(), size_t(1));
}

void TestCatalog::postgreSqlTablesAndViews()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(q("CREATE SCHEMA a; CREATE TABLE a.t (x int); CREATE TABLE t (x int); CREATE VIEW v AS SELECT x FROM t;"
                              "CREATE MATERIALIZED VIEW mv AS SELECT x FROM t; CREATE TABLE p (x int) PARTITION BY LIST (x);"
                              "CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TEMPORARY TABLE gone (x int)")));
    run("CREATE TEMPORARY TABLE mine (x int)");
    QCOMPARE(tableNames(tables()), (QStringList{q("a.t: table"), q("public.mv: materialized view"), q("public.p: partitioned table"),
                                                q("public.p1: partition"), q("public.t: table"), q("public.v: view")}));
}

void TestCatalog::postgreSqlColumns()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(q("CREATE TYPE mood AS ENUM ('sad');"
                              "CREATE TABLE t (gone int, id int GENERATED ALWAYS AS IDENTITY, other int GENERATED BY DEFAULT AS IDENTITY,"
                              " name varchar(20) COLLATE \"C\" NOT NULL DEFAULT 'x', price numeric(10,2), tags text[], at timestamptz DEFAULT now(),"
                              " m mood, twice int GENERATED ALWAYS AS (length(name) * 2) STORED, PRIMARY KEY (name, id));"
                              "ALTER TABLE t DROP COLUMN gone; COMMENT ON COLUMN t.price IS 'in euro'")));
    const auto read = tables();
    const std::vector<CatalogColumn> columns = read.at(0).columns;
    QCOMPARE(columns.size(), size_t(8));
    const CatalogColumn id{.name = q("id"),
                           .type = q("integer"),
                           .defaultText = {},
                           .collation = {},
                           .comment = {},
                           .notNull = true,
                           .primaryKeyPosition = 2,
                           .identity = q("ALWAYS"),
                           .generated = {}};
    QCOMPARE(columns[0], id);
    QCOMPARE(columns[1].identity, q("BY DEFAULT"));
    const CatalogColumn name{.name = q("name"),
                             .type = q("character varying(20)"),
                             .defaultText = q("'x'::character varying"),
                             .collation = q("C"),
                             .comment = {},
                             .notNull = true,
                             .primaryKeyPosition = 1,
                             .identity = {},
                             .generated = {}};
    QCOMPARE(columns[2], name);
    QCOMPARE(columns[3].type, q("numeric(10,2)"));
    QCOMPARE(columns[3].comment, q("in euro"));
    QVERIFY(!columns[3].notNull);
    QCOMPARE(columns[4].type, q("text[]"));
    QCOMPARE(columns[5].defaultText, q("now()"));
    QCOMPARE(columns[6].type, q("mood"));
    QCOMPARE(columns[7].generated, q("(length((name)::text) * 2) STORED"));
    QCOMPARE(columns[7].defaultText, QString());
}

void TestCatalog::postgreSqlConstraints()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(q("CREATE SCHEMA s; CREATE TABLE s.parent (a int, b int, CONSTRAINT pk_parent PRIMARY KEY (b, a));"
                              "CREATE TABLE child (x int, y int, z int CONSTRAINT ck_z CHECK (z > 0),"
                              " CONSTRAINT uq_yx UNIQUE (y, x) DEFERRABLE INITIALLY DEFERRED,"
                              " CONSTRAINT fk_parent FOREIGN KEY (y, x) REFERENCES s.parent ON UPDATE CASCADE ON DELETE SET NULL,"
                              " CONSTRAINT ex_z EXCLUDE USING btree (z WITH =));"
                              "ALTER TABLE child ADD CONSTRAINT ck_late CHECK (x < 10) NOT VALID")));
    const auto read = tables();
    const CatalogTable &child = *find(read, "child");
    QStringList names;
    for (const CatalogConstraint &each : child.constraints)
        names.append(each.name);
    QCOMPARE(names, (QStringList{q("uq_yx"), q("fk_parent"), q("ck_late"), q("ck_z"), q("ex_z")}));
    QCOMPARE(constraint(*find(read, "parent"), "pk_parent")->columns, (QStringList{q("b"), q("a")}));
    QCOMPARE(constraint(*find(read, "parent"), "pk_parent")->definition, q("PRIMARY KEY (b, a)"));

    const CatalogConstraint &unique = *constraint(child, "uq_yx");
    QCOMPARE(unique.columns, (QStringList{q("y"), q("x")}));
    QVERIFY(unique.isDeferrable && unique.isDeferred);
    const CatalogConstraint &key = *constraint(child, "fk_parent");
    QCOMPARE(key.kind, Kind::ForeignKey);
    QCOMPARE(key.columns, (QStringList{q("y"), q("x")}));
    QCOMPARE(key.referredSchema, q("s"));
    QCOMPARE(key.referredTable, q("parent"));
    QCOMPARE(key.referredColumns, (QStringList{q("b"), q("a")}));
    QCOMPARE(key.onUpdate, q("CASCADE"));
    QCOMPARE(key.onDelete, q("SET NULL"));
    QCOMPARE(key.definition, q("FOREIGN KEY (y, x) REFERENCES s.parent(b, a) ON UPDATE CASCADE ON DELETE SET NULL"));
    QVERIFY(!key.isDeferrable);
    QCOMPARE(constraint(child, "ck_z")->definition, q("CHECK (z > 0)"));
    QVERIFY(constraint(child, "ck_z")->isValidated);
    QVERIFY(!constraint(child, "ck_late")->isValidated);
    QCOMPARE(constraint(child, "ex_z")->kind, Kind::Exclusion);
}

void TestCatalog::postgreSqlIndexes()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(
        q("CREATE TABLE t (a int PRIMARY KEY, b text, c int CONSTRAINT uq_c UNIQUE);"
          "CREATE UNIQUE INDEX ix_b ON t (lower(b), a DESC) INCLUDE (c) WHERE c > 0; INSERT INTO t VALUES (1, 'x', 1), (2, 'x', 2)")));
    QVERIFY(!m_session->execute(q("CREATE UNIQUE INDEX CONCURRENTLY ix_broken ON t (b)")));
    const auto read = tables();
    const CatalogTable &table = read.at(0);
    QCOMPARE(table.indexes.size(), size_t(4));
    QVERIFY(index(table, "t_pkey")->isPrimary);
    QCOMPARE(index(table, "t_pkey")->constraintName, q("t_pkey"));
    QCOMPARE(index(table, "uq_c")->constraintName, q("uq_c"));
    const CatalogIndex &partial = *index(table, "ix_b");
    QCOMPARE(partial.columns, (QStringList{q("lower(b)"), q("a")}));
    QCOMPARE(partial.definition, q("CREATE UNIQUE INDEX ix_b ON public.t USING btree (lower(b), a DESC) INCLUDE (c) WHERE (c > 0)"));
    QVERIFY(partial.isUnique && partial.isValid && !partial.isPrimary);
    QCOMPARE(partial.constraintName, QString());
    QVERIFY(!index(table, "ix_broken")->isValid);
}

void TestCatalog::postgreSqlTriggersAndComments()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(q("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (x int REFERENCES p); COMMENT ON TABLE t IS 'a table';"
                              "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
                              "CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()")));
    const auto read = tables();
    QCOMPARE(find(read, "t")->comment, q("a table"));
    QCOMPARE(find(read, "t")->triggers, QStringList{q("CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()")});
    QCOMPARE(find(read, "p")->triggers, QStringList());
}

void TestCatalog::oneTableOfManySchemas()
{
    open(q("postgresql"));
    QVERIFY(m_database->run(q("CREATE SCHEMA a; CREATE TABLE a.t (x int PRIMARY KEY); CREATE TABLE t (x int); CREATE TABLE u (x int)")));
    QCOMPARE(tableNames(tables("t")), (QStringList{q("a.t: table"), q("public.t: table")}));
    QCOMPARE(tableNames(tables("a.t")), QStringList{q("a.t: table")});
    QCOMPARE(tables("a.t").at(0).constraints.size(), size_t(1));
    QCOMPARE(tables("nothing").size(), size_t(0));
}

void TestCatalog::oddNamesAreRead()
{
    QFETCH(QString, backend);
    open(backend);
    run("CREATE TABLE \"Größe, \\ 'n' \"\"more\"\"\" (\"a, b\" integer, \"c\"\"d\" integer, UNIQUE (\"c\"\"d\", \"a, b\"))");
    const auto read = tables("Größe, \\ 'n' \"more\"");
    QCOMPARE(read.size(), size_t(1));
    QCOMPARE(read[0].constraints.at(0).columns, (QStringList{q("c\"d"), q("a, b")}));
    QCOMPARE(read[0].indexes.at(0).columns, (QStringList{q("c\"d"), q("a, b")}));
}

void TestCatalog::sqliteTablesAndViews()
{
    open(q("sqlite"));
    run("CREATE TABLE Users (id INTEGER PRIMARY KEY AUTOINCREMENT, x)");
    run("INSERT INTO users (x) VALUES (1)");
    run("CREATE VIEW v AS SELECT x FROM users");
    run("CREATE TABLE gone (y)");
    run("CREATE VIEW broken AS SELECT y FROM gone");
    run("DROP TABLE gone");
    run("CREATE TRIGGER tr AFTER INSERT ON users BEGIN SELECT 1; END");
    const auto read = tables();
    QCOMPARE(tableNames(read), (QStringList{q("Users: table"), q("broken: view"), q("v: view")}));
    QCOMPARE(read[2].columns.at(0).name, q("x"));
    QVERIFY2(read[1].unreadable.contains(q("gone")), qPrintable(read[1].unreadable));
    QCOMPARE(read[0].triggers, QStringList{q("CREATE TRIGGER tr AFTER INSERT ON users BEGIN SELECT 1; END")});
    QVERIFY(read[0].sql.startsWith(q("CREATE TABLE Users (")));
    QCOMPARE(tableNames(tables("USERS")), QStringList{q("Users: table")});
    QCOMPARE(tables("main.users").at(0).columns.size(), size_t(2));
}

void TestCatalog::sqliteColumns()
{
    open(q("sqlite"));
    run("CREATE TABLE t (a VARCHAR(20) NOT NULL DEFAULT 'x', b INTEGER, c AS (b + 1) VIRTUAL, d GENERATED ALWAYS AS (b * 2) STORED, PRIMARY KEY (b, "
        "a))");
    const std::vector<CatalogColumn> columns = tables().at(0).columns;
    QCOMPARE(columns.size(), size_t(4));
    QCOMPARE(columns[0].type, q("VARCHAR(20)"));
    QCOMPARE(columns[0].defaultText, q("'x'"));
    QVERIFY(columns[0].notNull);
    QCOMPARE(columns[0].primaryKeyPosition, 2);
    QCOMPARE(columns[1].primaryKeyPosition, 1);
    QCOMPARE(columns[2].generated, q("(b + 1) VIRTUAL"));
    QCOMPARE(columns[3].generated, q("(b * 2) STORED"));
}

void TestCatalog::sqliteConstraints()
{
    open(q("sqlite"));
    run("CREATE TABLE parent (a, b, PRIMARY KEY (a, b))");
    run("CREATE TABLE child (x, y, z UNIQUE, UNIQUE (y, x), FOREIGN KEY (x, y) REFERENCES parent (a, b) ON DELETE CASCADE,"
        " FOREIGN KEY (z) REFERENCES parent)");
    const auto read = tables();
    const CatalogTable &child = *find(read, "child");
    QStringList definitions;
    for (const CatalogConstraint &each : child.constraints)
        definitions.append(each.definition);
    QCOMPARE(definitions, (QStringList{q("UNIQUE (z)"), q("UNIQUE (y, x)"), q("FOREIGN KEY (x, y) REFERENCES parent(a, b) ON DELETE CASCADE"),
                                       q("FOREIGN KEY (z) REFERENCES parent")}));
    QCOMPARE(child.constraints[2].referredColumns, (QStringList{q("a"), q("b")}));
    QCOMPARE(child.constraints[2].onUpdate, q("NO ACTION"));
    QCOMPARE(find(read, "parent")->constraints.at(0).definition, q("PRIMARY KEY (a, b)"));
}

void TestCatalog::sqliteNamesAndChecksComeFromTheText()
{
    open(q("sqlite"));
    run("CREATE TABLE parent (id INTEGER CONSTRAINT pk_parent PRIMARY KEY)");
    run("CREATE TABLE child (a INTEGER CHECK (a > 0), b VARCHAR COLLATE NOCASE, c INTEGER GENERATED ALWAYS AS (a + 1) STORED,"
        " CONSTRAINT uq_ab UNIQUE (A, b COLLATE NOCASE), UNIQUE (b), UNIQUE (b), CONSTRAINT ck_b CHECK (length(b) < ')' || 9),"
        " CONSTRAINT fk_a FOREIGN KEY (a) REFERENCES Parent (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)");
    const auto read = tables();
    QCOMPARE(find(read, "parent")->constraints.at(0).name, q("pk_parent"));
    const CatalogTable &child = *find(read, "child");
    QStringList all;
    for (const CatalogConstraint &each : child.constraints)
        all.append(each.name + q(": ") + each.definition);
    QCOMPARE(all, (QStringList{q("uq_ab: UNIQUE (a, b)"), q(": UNIQUE (b)"), q(": UNIQUE (b)"),
                               q("fk_a: FOREIGN KEY (a) REFERENCES Parent(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED"), q(": CHECK (a > 0)"),
                               q("ck_b: CHECK (length(b) < ')' || 9)")}));
    QVERIFY(constraint(child, "fk_a")->isDeferrable && constraint(child, "fk_a")->isDeferred);
    QCOMPARE(child.columns[1].collation, q("NOCASE"));
    QCOMPARE(child.columns[2].generated, q("(a + 1) STORED"));
    QCOMPARE(index(child, "sqlite_autoindex_child_1")->constraintName, q("uq_ab"));
    QCOMPARE(child.unreadable, QString());
}

void TestCatalog::sqliteIndexes()
{
    open(q("sqlite"));
    run("CREATE TABLE t (a PRIMARY KEY, b)");
    run("CREATE UNIQUE INDEX ix ON t (lower(b), a DESC) WHERE b > 0");
    const auto read = tables();
    QCOMPARE(read[0].indexes.size(), size_t(2));
    const CatalogIndex &partial = *index(read[0], "ix");
    QVERIFY(partial.isUnique && !partial.isPrimary);
    QCOMPARE(partial.columns.size(), 2);
    QCOMPARE(partial.columns.at(1), q("a"));
    QCOMPARE(partial.definition, q("CREATE UNIQUE INDEX ix ON t (lower(b), a DESC) WHERE b > 0"));
    QVERIFY(index(read[0], "sqlite_autoindex_t_1")->isPrimary);
}

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
