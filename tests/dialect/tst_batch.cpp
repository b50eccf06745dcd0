// SPDX-License-Identifier: GPL-3.0-or-later
#include "build.h"

#include "dialect/sqlitetable.h"

#include <QTest>

#include <sqlite3.h>

using namespace stillroom;
using namespace stillroom::build;
using dialect::Dialect;
using dialect::DialectKind;
using dialect::StandingTable;

namespace {

/// A real SQLite database in memory: what the statements do there is what counts.
class Database final : public dialect::SchemaLookup {
public:
    Database() { sqlite3_open(":memory:", &m_handle); }
    ~Database() override { sqlite3_close(m_handle); }
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    QString run(const QString &sql)
    {
        char *message = nullptr;
        sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, &message);
        const QString problem = QString::fromUtf8(message);
        sqlite3_free(message);
        return problem;
    }
    QStringList rows(const QString &sql)
    {
        QStringList out;
        sqlite3_stmt *statement = nullptr;
        if (sqlite3_prepare_v2(m_handle, sql.toUtf8().constData(), -1, &statement, nullptr) != SQLITE_OK)
            return {QString::fromUtf8(sqlite3_errmsg(m_handle))};
        while (sqlite3_step(statement) == SQLITE_ROW) {
            QStringList cells;
            for (int i = 0; i < sqlite3_column_count(statement); ++i)
                cells += QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, i)));
            out += cells.join(QLatin1Char('|'));
        }
        sqlite3_finalize(statement);
        return out;
    }
    Result<std::optional<StandingTable>> table(const QualifiedName &wanted) override
    {
        const auto texts = [&](const char *type) {
            return rows(s("SELECT sql FROM sqlite_schema WHERE type = '%1' AND tbl_name = '%2' AND sql IS NOT NULL").arg(s(type), wanted.name.text));
        };
        const QStringList found = texts("table");
        if (found.isEmpty())
            return std::nullopt;
        auto standing = dialect::standingSqliteTable(found.front(), texts("index"), texts("trigger"),
                                                     rows(s("SELECT name FROM sqlite_schema WHERE type = 'view'")),
                                                     rows(s("SELECT sql FROM sqlite_schema WHERE type = 'view'")));
        if (!standing)
            return std::unexpected(standing.error());
        return std::optional(*standing);
    }

private:
    sqlite3 *m_handle = nullptr;
};

const QStringList kPlain = {
    s("CREATE TABLE x (id integer primary key)"),
    s("CREATE TABLE t (id INTEGER NOT NULL PRIMARY KEY, a VARCHAR(20) DEFAULT 'it''s' NOT NULL, b INTEGER DEFAULT 5, c DATETIME "
      "DEFAULT CURRENT_TIMESTAMP, x_id INTEGER, e NUMERIC(10,2), f BOOLEAN, h FLOAT DEFAULT 1.5, CONSTRAINT uq UNIQUE (a,b), "
      "UNIQUE(c), CONSTRAINT ck CHECK (b > 0), CONSTRAINT fkx FOREIGN KEY(x_id) REFERENCES x(id) ON DELETE CASCADE)"),
    s("CREATE INDEX ia on t(a)"), s("CREATE UNIQUE INDEX ib on t(b) where b > 3")};

AlterColumn alter(const char *columnName)
{
    AlterColumn o;
    o.table = name("t");
    o.column = Identifier(s(columnName));
    return o;
}
DropColumn dropColumn(const char *columnName)
{
    DropColumn o;
    o.table = name("t");
    o.column = Identifier(s(columnName));
    return o;
}
AddColumn addColumn(Column column)
{
    AddColumn o;
    o.table = name("t");
    o.column = std::move(column);
    return o;
}
DropConstraint dropConstraint(const char *constraintName)
{
    DropConstraint o;
    o.table = name("t");
    o.name = Identifier(s(constraintName));
    return o;
}

Operation batchOf(std::vector<Operation> operations, auto &&change)
{
    BatchAlterTable batch;
    batch.table = name("t");
    batch.operations = std::move(operations);
    change(batch);
    return operation(std::make_shared<const BatchAlterTable>(std::move(batch)));
}
Operation batchOf(std::vector<Operation> operations)
{
    return batchOf(std::move(operations), [](BatchAlterTable &) {});
}

QString joined(const Result<std::vector<dialect::Statement>> &statements)
{
    if (!statements)
        return QLatin1Char('!') + statements.error().detail;
    QString text;
    for (const dialect::Statement &one : *statements)
        text += one.sql + QLatin1String(";\n");
    return text;
}

QString lite(const Operation &o, dialect::SchemaLookup *lookup) { return joined(Dialect::create(DialectKind::Sqlite)->statements(o, lookup)); }

} // namespace

class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onPostgreSqlABatchIsItsOperations();
    void addedColumnsAndIndexesNeedNoRebuild();
    void aRebuildNeedsToKnowTheTable();
    void aRebuildPrintsWhatAlembicPrints();
    void typesAreCastAndConstraintsReplaced();
    void columnsAreOrderedAsAsked();
    void keysAreReplacedAndColumnsDropped();
    void copyFromIsTheTableAndBringsItsTypes();
    void theOrderOfAGivenTablesConstraintsIsToldWhereAlembicsVaries();
    void defaultsComeBackWithOnePairOfParentheses_data();
    void defaultsComeBackWithOnePairOfParentheses();
    void theTemporaryNameIsCut();
    void whatAlembicCannotFindIsNamed_data();
    void whatAlembicCannotFindIsNamed();
    void everythingThatHangsOnTheTableIsKept();
    void anIndexOnADroppedColumnIsRefused();
    void childRowsAreSafeOnlyWithForeignKeysOff();
    void executeInABatchRunsBeforeIt();
};

void TestBatch::onPostgreSqlABatchIsItsOperations()
{
    AlterColumn o = alter("a");
    o.nullable = true;
    const Operation batch = batchOf({operation(o), operation(dropConstraint("uq"))});
    QCOMPARE(joined(Dialect::create(DialectKind::PostgreSql)->statements(batch, nullptr)),
             s("ALTER TABLE t ALTER COLUMN a DROP NOT NULL;\nALTER TABLE t DROP CONSTRAINT uq;\n"));
}

void TestBatch::addedColumnsAndIndexesNeedNoRebuild()
{
    const Operation batch =
        batchOf({operation(addColumn(column("n", type("Integer")))), operation(CreateIndex{index("in_", name("t"), {s("n")}), false})});
    QCOMPARE(lite(batch, nullptr), s("ALTER TABLE t ADD COLUMN n INTEGER;\nCREATE INDEX in_ ON t (n);\n"));
}

void TestBatch::aRebuildNeedsToKnowTheTable()
{
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(batchOf({operation(dropColumn("a"))}), nullptr);
    QVERIFY(!statements);
    QCOMPARE(statements.error().code, ErrorCode::RebuildNeedsTable);
    QCOMPARE(statements.error().subject, s("t"));
    QCOMPARE(statements.error().line, 7);
}

void TestBatch::aRebuildPrintsWhatAlembicPrints()
{
    Database database;
    for (const QString &sql : kPlain)
        QCOMPARE(database.run(sql), QString());
    AlterColumn o = alter("a");
    o.nullable = true;
    o.newName = Identifier(s("A2"));
    QCOMPARE(lite(batchOf({operation(o)}), &database), s(R"(CREATE TABLE _alembic_tmp_t (
    id INTEGER NOT NULL, 
    "A2" VARCHAR(20) DEFAULT 'it''s', 
    b INTEGER DEFAULT 5, 
    c DATETIME DEFAULT (CURRENT_TIMESTAMP), 
    x_id INTEGER, 
    e NUMERIC(10, 2), 
    f BOOLEAN, 
    h FLOAT DEFAULT (1.5), 
    PRIMARY KEY (id), 
    CONSTRAINT uq UNIQUE ("A2", b), 
    CONSTRAINT ck CHECK (b > 0), 
    CONSTRAINT fkx FOREIGN KEY(x_id) REFERENCES x (id) ON DELETE CASCADE, 
    UNIQUE (c)
);
INSERT INTO _alembic_tmp_t (id, "A2", b, c, x_id, e, f, h) SELECT t.id, t.a, t.b, t.c, t.x_id, t.e, t.f, t.h 
FROM t;
DROP TABLE t;
ALTER TABLE _alembic_tmp_t RENAME TO t;
CREATE INDEX ia ON t ("A2");
CREATE UNIQUE INDEX ib ON t (b) WHERE b > 3;
)"));
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(batchOf({operation(o)}), &database);
    for (const dialect::Statement &one : *statements) {
        QCOMPARE(one.notes, QStringList());
        QCOMPARE(one.needsForeignKeysOff, one.sql == s("DROP TABLE t"));
    }
}

void TestBatch::typesAreCastAndConstraintsReplaced()
{
    Database database;
    for (const QString &sql : kPlain)
        QCOMPARE(database.run(sql), QString());
    AlterColumn number = alter("e");
    number.type = type("Integer");
    AlterColumn bare = alter("b");
    bare.serverDefault = ServerDefault();
    SqlType flagged = type("Boolean");
    flagged.createConstraint = true;
    flagged.constraintName = s("ckb");
    AlterColumn flag = alter("h");
    flag.type = flagged;
    flag.serverDefault = ServerDefault(func("now"));
    const auto operations = {operation(number),
                             operation(AddConstraint{name("t"), foreign({s("e")}, name("x"), {s("id")}, "fk2")}),
                             operation(dropConstraint("fkx")),
                             operation(dropConstraint("uq")),
                             operation(AddConstraint{name("t"), unique({s("e")}, "u9")}),
                             operation(CreateIndex{index("i9", name("t"), {s("e")}), false}),
                             operation(DropIndex{index("ia", name("t"), {}), false}),
                             operation(AddConstraint{name("t"), check(text("e>1"), "c9")}),
                             operation(bare),
                             operation(flag)};
    QCOMPARE(lite(batchOf(operations), &database), s(R"(CREATE TABLE _alembic_tmp_t (
    id INTEGER NOT NULL, 
    a VARCHAR(20) DEFAULT 'it''s' NOT NULL, 
    b INTEGER, 
    c DATETIME DEFAULT (CURRENT_TIMESTAMP), 
    x_id INTEGER, 
    e INTEGER, 
    f BOOLEAN, 
    h BOOLEAN DEFAULT CURRENT_TIMESTAMP, 
    PRIMARY KEY (id), 
    CONSTRAINT ck CHECK (b > 0), 
    CONSTRAINT fk2 FOREIGN KEY(e) REFERENCES x (id), 
    CONSTRAINT u9 UNIQUE (e), 
    CONSTRAINT c9 CHECK (e>1), 
    CONSTRAINT ckb CHECK (h IN (0, 1)), 
    UNIQUE (c)
);
INSERT INTO _alembic_tmp_t (id, a, b, c, x_id, e, f, h) SELECT t.id, t.a, t.b, t.c, t.x_id, CAST(t.e AS INTEGER) AS e, t.f, CAST(t.h AS BOOLEAN) AS h 
FROM t;
DROP TABLE t;
ALTER TABLE _alembic_tmp_t RENAME TO t;
CREATE UNIQUE INDEX ib ON t (b) WHERE b > 3;
CREATE INDEX i9 ON t (e);
)"));
}

void TestBatch::columnsAreOrderedAsAsked()
{
    Database database;
    database.run(s("CREATE TABLE t (id INTEGER, a TEXT, b TEXT)"));
    AddColumn after = addColumn(column("n", type("Integer")));
    after.insertAfter = Identifier(s("a"));
    AddColumn before = addColumn(column("m", type("Integer")));
    before.insertBefore = Identifier(s("a"));
    const auto always = [](BatchAlterTable &batch) { batch.recreate = BatchAlterTable::Recreate::Always; };
    const QString sql = lite(batchOf({operation(after), operation(before), operation(addColumn(column("z", type("Integer"))))}, always), &database);
    QVERIFY2(sql.startsWith(s(
                 "CREATE TABLE _alembic_tmp_t (\n    id INTEGER, \n    m INTEGER, \n    a TEXT, \n    n INTEGER, \n    b TEXT, \n    z INTEGER\n)")),
             qPrintable(sql));
    const auto reordered = [](BatchAlterTable &batch) {
        batch.recreate = BatchAlterTable::Recreate::Always;
        batch.partialReordering = {{s("b"), s("id")}};
    };
    QVERIFY(lite(batchOf({}, reordered), &database).startsWith(s("CREATE TABLE _alembic_tmp_t (\n    a TEXT, \n    b TEXT, \n    id INTEGER\n)")));
}

void TestBatch::keysAreReplacedAndColumnsDropped()
{
    Database database;
    database.run(s("CREATE TABLE t (a int primary key not null, b int, c text, unique(c))"));
    QCOMPARE(lite(batchOf({operation(AddConstraint{name("t"), primary({s("b")}, "pk")}), operation(dropColumn("c"))}), &database),
             s(R"(CREATE TABLE _alembic_tmp_t (
    a INTEGER NOT NULL, 
    b INTEGER, 
    CONSTRAINT pk PRIMARY KEY (b)
);
INSERT INTO _alembic_tmp_t (a, b) SELECT t.a, t.b 
FROM t;
DROP TABLE t;
ALTER TABLE _alembic_tmp_t RENAME TO t;
)"));
}

void TestBatch::copyFromIsTheTableAndBringsItsTypes()
{
    Table table;
    table.name = name("t");
    table.columns.push_back(key("id", type("Integer")));
    Column n = column("n", sized("String", 5));
    n.hasIndex = true;
    table.columns.push_back(n);
    SqlType flagged = type("Boolean");
    flagged.createConstraint = true;
    flagged.constraintName = s("ck_f");
    table.columns.push_back(column("f", flagged));
    table.constraints.push_back(unique({s("n")}, "uq"));
    AlterColumn o = alter("n");
    o.type = type("Text");
    o.nullable = false;
    AlterColumn f = alter("f");
    f.type = type("Integer");
    const auto copied = [&](BatchAlterTable &batch) { batch.copyFrom = table; };
    QCOMPARE(lite(batchOf({operation(o), operation(f)}, copied), nullptr), s(R"(CREATE TABLE _alembic_tmp_t (
    id INTEGER NOT NULL, 
    n TEXT NOT NULL, 
    f INTEGER, 
    PRIMARY KEY (id), 
    CONSTRAINT uq UNIQUE (n)
);
INSERT INTO _alembic_tmp_t (id, n, f) SELECT t.id, t.n, CAST(t.f AS INTEGER) AS f 
FROM t;
DROP TABLE t;
ALTER TABLE _alembic_tmp_t RENAME TO t;
)"));
}

void TestBatch::theOrderOfAGivenTablesConstraintsIsToldWhereAlembicsVaries()
{
    Table table;
    table.name = name("t");
    table.columns.push_back(key("id", type("Integer")));
    table.columns.push_back(column("n", type("Integer")));
    table.constraints.push_back(unique({s("n")}, "uq"));
    AlterColumn o = alter("n");
    o.type = type("Text");
    const auto notesOf = [&] {
        const auto written = Dialect::create(DialectKind::Sqlite)
                                 ->statements(batchOf({operation(o)}, [&](BatchAlterTable &batch) { batch.copyFrom = table; }), nullptr);
        return written ? written->front().notes : QStringList{written.error().detail};
    };
    QCOMPARE(notesOf(), QStringList());
    table.constraints.push_back(check(text("n > 1"), "ck"));
    QCOMPARE(notesOf(), QStringList{s("Alembic's order of this table's constraints varies from run to run")});
}

void TestBatch::defaultsComeBackWithOnePairOfParentheses_data()
{
    QTest::addColumn<QString>("stands");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *stands, const char *expected) { QTest::newRow(stands) << s(stands) << s(expected); };
    row("5", "5");
    row("55", "(55)");
    row("'x'", "'x'");
    row("''", "('')");
    row("('x')", "'x'");
    row("(lower('X'))", "(lower('X'))");
    row("((1) || (2))", "((1) || (2))");
    row("('a' || 'b')", "('a' || 'b')");
    row("(\n lower('X')\n)", "(lower('X'))");
    row("NULL", "(NULL)");
    row("-1", "(-1)");
}

void TestBatch::defaultsComeBackWithOnePairOfParentheses()
{
    QFETCH(QString, stands);
    QFETCH(QString, expected);
    Database database;
    QCOMPARE(database.run(s("CREATE TABLE t (a TEXT DEFAULT %1, z TEXT)").arg(stands)), QString());
    const QString sql = lite(batchOf({operation(dropColumn("z"))}), &database);
    QCOMPARE(sql.section(QLatin1Char('\n'), 1, 1), s("    a TEXT DEFAULT %1").arg(expected));
    QCOMPARE(database.run(sql), QString());
}

void TestBatch::theTemporaryNameIsCut()
{
    Database database;
    const QString longName = s("a_very_long_table_name_that_is_longer_than_fifty_characters_in_all");
    database.run(s("CREATE TABLE %1 (n int, \"Q\" int default -1)").arg(longName));
    AlterColumn o = alter("n");
    o.type = type("Text");
    o.serverDefault = ServerDefault(text("foo(1)"));
    const auto renamed = [&](BatchAlterTable &batch) { batch.table.name = Identifier(longName); };
    QCOMPARE(lite(batchOf({operation(o)}, renamed), &database), s(R"(CREATE TABLE _alembic_tmp_a_very_long_table_name_that_is_longer (
    n TEXT DEFAULT (foo(1)), 
    "Q" INTEGER DEFAULT (-1)
);
INSERT INTO _alembic_tmp_a_very_long_table_name_that_is_longer (n, "Q") SELECT CAST(%1.n AS TEXT) AS n, %1."Q" 
FROM %1;
DROP TABLE %1;
ALTER TABLE _alembic_tmp_a_very_long_table_name_that_is_longer RENAME TO %1;
)")
                                                                    .arg(longName));
}

void TestBatch::whatAlembicCannotFindIsNamed_data()
{
    QTest::addColumn<Operation>("given");
    QTest::addColumn<QString>("expected");
    QTest::newRow("constraint") << operation(dropConstraint("nope")) << s("!No such constraint: 'nope'");
    QTest::newRow("column") << operation(dropColumn("nope")) << s("!table t has no column nope");
    QTest::newRow("unnamed") << operation(AddConstraint{name("t"), unique({s("a")})}) << s("!Constraint must have a name");
    AlterColumn o = alter("nope");
    o.nullable = true;
    QTest::newRow("altered column") << operation(o) << s("!table t has no column nope");
    Column referring = column("r", type("Integer"));
    referring.constraints.push_back(foreign({}, name("x"), {s("id")}));
    QTest::newRow("added column with an unnamed key") << operation(addColumn(referring)) << s("!Constraint must have a name");
}

void TestBatch::whatAlembicCannotFindIsNamed()
{
    QFETCH(Operation, given);
    QFETCH(QString, expected);
    Database database;
    for (const QString &sql : kPlain)
        database.run(sql);
    QCOMPARE(lite(batchOf({given}), &database), expected);
}

void TestBatch::everythingThatHangsOnTheTableIsKept()
{
    Database database;
    const QStringList setup = {
        s("CREATE TABLE x (id INTEGER PRIMARY KEY)"),
        s("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT COLLATE NOCASE, b TINYINT(1) CHECK (b < 100), g INTEGER GENERATED ALWAYS AS "
          "(b + 1) STORED, x_id INTEGER CONSTRAINT fkx REFERENCES x ON DELETE CASCADE, z TEXT)"),
        s("CREATE INDEX i1 ON t (lower(a))"),
        s("CREATE INDEX i2 ON t (a DESC, b) WHERE b > 3"),
        s("CREATE TABLE log (what TEXT)"),
        s("CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END"),
        s("CREATE VIEW v AS SELECT a FROM t WHERE b > 1"),
        s("INSERT INTO t (a, b) VALUES ('x', 5), ('y', 6), ('w', 7)"),
        s("DELETE FROM t WHERE a = 'w'"),
    };
    for (const QString &sql : setup)
        QCOMPARE(database.run(sql), QString());
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(batchOf({operation(dropColumn("z"))}), &database);
    QVERIFY2(statements.has_value(), qPrintable(statements ? QString() : statements.error().detail));
    QStringList notes;
    for (const dialect::Statement &one : *statements) {
        QCOMPARE(database.run(one.sql), QString());
        notes += one.notes;
    }
    QCOMPARE(database.rows(s("SELECT id, a, b, g FROM t")), QStringList({s("1|x|5|6"), s("2|y|6|7")}));
    QCOMPARE(database.rows(s("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger', 'view') ORDER BY name")),
             QStringList({s("i1"), s("i2"), s("tr"), s("v")}));
    QCOMPARE(database.rows(s("SELECT sql FROM sqlite_schema WHERE name = 'i2'")), QStringList(s("CREATE INDEX i2 ON t (a DESC, b) WHERE b > 3")));
    QVERIFY(!database.run(s("INSERT INTO t (b) VALUES (100)")).isEmpty());
    QCOMPARE(database.rows(s("SELECT count(*) FROM t WHERE a = 'X'")), QStringList(s("1")));
    QCOMPARE(database.rows(s("SELECT a FROM v ORDER BY a")), QStringList({s("x"), s("y")}));
    QCOMPARE(database.run(s("INSERT INTO t (a, b) VALUES ('n', 1)")), QString());
    QCOMPARE(database.rows(s("SELECT id FROM t WHERE a = 'n'")), QStringList(s("4")));
    QCOMPARE(database.rows(s("SELECT count(*) FROM log WHERE what = 'n'")), QStringList(s("1")));
    QCOMPARE(database.rows(s("SELECT \"table\", on_delete FROM pragma_foreign_key_list('t')")), QStringList(s("x|CASCADE")));
    QVERIFY(notes.contains(s("kept: AUTOINCREMENT")));
    QVERIFY(notes.contains(s("kept: a CHECK without name, which Alembic's rebuild loses")));
    QVERIFY(notes.contains(s("kept: a trigger, which Alembic's rebuild loses")));

    AlterColumn renamed = alter("a");
    renamed.newName = Identifier(s("aa"));
    QVERIFY(lite(batchOf({operation(renamed)}), &database).startsWith(s("!a trigger uses a, which this batch drops or renames")));
    QCOMPARE(database.run(s("DROP TRIGGER tr")), QString());
    QCOMPARE(database.run(s("DROP VIEW v")), QString());
    const auto again = Dialect::create(DialectKind::Sqlite)->statements(batchOf({operation(renamed)}), &database);
    for (const dialect::Statement &one : *again)
        QCOMPARE(database.run(one.sql), QString());
    QCOMPARE(database.rows(s("SELECT sql FROM sqlite_schema WHERE name = 'i1'")), QStringList(s("CREATE INDEX i1 ON t (lower(aa))")));
}

void TestBatch::anIndexOnADroppedColumnIsRefused()
{
    Database database;
    for (const QString &sql : kPlain)
        database.run(sql);
    QCOMPARE(lite(batchOf({operation(dropColumn("a"))}), &database), s("!index ia uses a column that this batch drops; drop the index first"));
    QCOMPARE(lite(batchOf({operation(dropColumn("b")), operation(DropIndex{index("ib", name("t"), {}), false})}), &database),
             s("!constraint ck uses a column that this batch drops; drop the constraint first"));
}

void TestBatch::childRowsAreSafeOnlyWithForeignKeysOff()
{
    Database database;
    database.run(s("PRAGMA foreign_keys = ON"));
    database.run(s("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)"));
    database.run(s("CREATE TABLE child (t_id INTEGER REFERENCES t(id) ON DELETE CASCADE)"));
    database.run(s("INSERT INTO t VALUES (1, 'x')"));
    database.run(s("INSERT INTO child VALUES (1)"));
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(batchOf({operation(dropColumn("a"))}), &database);
    for (const dialect::Statement &one : *statements) {
        if (one.needsForeignKeysOff)
            database.run(s("PRAGMA foreign_keys = OFF"));
        QCOMPARE(database.run(one.sql), QString());
    }
    QCOMPARE(database.rows(s("SELECT count(*) FROM child")), QStringList(s("1")));
}

void TestBatch::executeInABatchRunsBeforeIt()
{
    Execute execute;
    execute.statement = s("UPDATE t SET n = 1");
    const Operation batch = batchOf({operation(addColumn(column("n", type("Integer")))), operation(execute)});
    QCOMPARE(lite(batch, nullptr), s("UPDATE t SET n = 1;\nALTER TABLE t ADD COLUMN n INTEGER;\n"));
}

QTEST_GUILESS_MAIN(TestBatch)
#include "tst_batch.moc"
