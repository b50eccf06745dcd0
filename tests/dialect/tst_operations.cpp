// SPDX-License-Identifier: GPL-3.0-or-later
#include "build.h"

#include <QTest>

using namespace stillroom;
using namespace stillroom::build;
using dialect::Dialect;
using dialect::DialectKind;

namespace {

QString sqlOf(const Dialect &dialect, const Operation &o)
{
    const auto statements = dialect.statements(o, nullptr);
    if (!statements)
        return QLatin1Char('!') + statements.error().detail;
    QString text;
    for (const dialect::Statement &statement : *statements)
        text += statement.sql + QLatin1String(";\n");
    return text;
}

QString pgSql(const Operation &o) { return sqlOf(*Dialect::create(DialectKind::PostgreSql), o); }
QString liteSql(const Operation &o) { return sqlOf(*Dialect::create(DialectKind::Sqlite), o); }

const QString kNoAlter = s("!No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite "
                           "migrations using a copy-and-move strategy");

/// The table of most tests: every kind of thing that a column can bring with it.
Table orders()
{
    Table t;
    t.name = name("t", "S");
    t.columns.push_back(key("id", type("Integer")));
    Column a = column("a", sized("String", 5));
    a.isUnique = true;
    Constraint reference = foreign({}, name("x"), {s("id")});
    std::get<ForeignKeyConstraint>(reference.kind).options.onDelete = s("CASCADE");
    a.constraints.push_back(reference);
    t.columns.push_back(a);
    SqlType boolean = type("Boolean");
    boolean.createConstraint = true;
    boolean.constraintName = s("bb");
    Column b = column("b", boolean);
    b.isUnique = true;
    t.columns.push_back(b);
    SqlType choice = enumType({s("x"), s("y")}, "e1");
    choice.createConstraint = true;
    Column e = column("e", choice);
    e.hasIndex = true;
    e.comment = s("it's");
    t.columns.push_back(e);
    t.columns.push_back(column("f", enumType({s("x"), s("y")}, "e1")));
    Column g = column("g", type("Integer"));
    g.serverDefault = s("5");
    g.constraints.push_back(check(text("g > 1"), "gg"));
    t.columns.push_back(g);
    t.constraints.push_back(check(text("a > 1"), "c1"));
    t.constraints.push_back(unique({s("a"), s("b")}, "u1"));
    t.indexes.push_back(index("ii", t.name, {s("a"), s("b")}));
    t.comment = s("tc");
    return t;
}

} // namespace

class TestOperations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void createTableBringsTypesIndexesAndCommentsOnPostgreSql();
    void createTableKeepsChecksOfTypesOnSqlite();
    void theOrderOfATablesIndexesIsToldWhereAlembicsVaries();
    void aNamedTypeIsMadeOnceInARun();
    void serialFollowsTheAutoincrementRules_data();
    void serialFollowsTheAutoincrementRules();
    void tableOptionsAreWrittenInSqlAlchemysOrder();
    void sqliteAutoincrementStandsWithItsColumn();
    void addColumnIsFollowedByWhatTheColumnBrings();
    void sqliteRefusesToAddConstraints();
    void defaultsAreWrappedInParenthesesOnSqliteWhereTheirTextNeedsThem();
    void alterColumnWritesOneStatementForEachAspectInAlembicsOrder();
    void identityIsAddedChangedAndDropped();
    void indexesCarryEverythingPostgreSqlHas();
    void constraintsAreAddedAndDropped();
    void smallOperations_data();
    void smallOperations();
    void unsetBindsPrintNullWithANote();
    void aCastIsNoBind();
    void bulkInsertWritesOneStatementForEachRow();
    void autocommitBlocksAreMarkedOnPostgreSqlOnly();
    void versionStatementsAreAlembics();
    void aLongConventionalNameIsCutAndAnotherOneRefused();
    void rawStatementsThatNeedToRunOutsideATransactionSaySo();
    void errorsNameFileAndLine();
};

void TestOperations::createTableBringsTypesIndexesAndCommentsOnPostgreSql()
{
    QCOMPARE(pgSql(operation(CreateTable{orders(), false})), s(R"(CREATE TYPE e1 AS ENUM ('x', 'y');
CREATE TABLE "S".t (
    id SERIAL NOT NULL, 
    a VARCHAR(5), 
    b BOOLEAN, 
    e e1, 
    f e1, 
    g INTEGER DEFAULT '5' CONSTRAINT gg CHECK (g > 1), 
    PRIMARY KEY (id), 
    CONSTRAINT c1 CHECK (a > 1), 
    CONSTRAINT u1 UNIQUE (a, b), 
    UNIQUE (a), 
    FOREIGN KEY(a) REFERENCES x (id) ON DELETE CASCADE, 
    UNIQUE (b)
);
CREATE INDEX "ix_S_t_e" ON "S".t (e);
CREATE INDEX ii ON "S".t (a, b);
COMMENT ON TABLE "S".t IS 'tc';
COMMENT ON COLUMN "S".t.e IS 'it''s';
)"));
}

void TestOperations::createTableKeepsChecksOfTypesOnSqlite()
{
    QCOMPARE(liteSql(operation(CreateTable{orders(), false})), s(R"(CREATE TABLE "S".t (
    id INTEGER NOT NULL, 
    a VARCHAR(5), 
    b BOOLEAN, 
    e VARCHAR(1), 
    f VARCHAR(1), 
    g INTEGER DEFAULT '5' CONSTRAINT gg CHECK (g > 1), 
    PRIMARY KEY (id), 
    CONSTRAINT c1 CHECK (a > 1), 
    CONSTRAINT u1 UNIQUE (a, b), 
    UNIQUE (a), 
    UNIQUE (b), 
    CONSTRAINT bb CHECK (b IN (0, 1)), 
    CONSTRAINT e1 CHECK (e IN ('x', 'y'))
);
CREATE INDEX "S"."ix_S_t_e" ON t (e);
CREATE INDEX "S".ii ON t (a, b);
)"));
}

void TestOperations::theOrderOfATablesIndexesIsToldWhereAlembicsVaries()
{
    Table one = orders();
    const auto notesOf = [](const Table &table) {
        QStringList notes;
        const auto written = Dialect::create(DialectKind::PostgreSql)->statements(operation(CreateTable{table, false}), nullptr);
        for (const dialect::Statement &statement : *written)
            notes += statement.notes;
        return notes;
    };
    QCOMPARE(notesOf(one), QStringList{s("Alembic's order of this table's indexes varies from run to run")});
    one.indexes.clear(); // the one of column e is left
    QCOMPARE(notesOf(one), QStringList());
}

void TestOperations::aNamedTypeIsMadeOnceInARun()
{
    const auto postgreSql = Dialect::create(DialectKind::PostgreSql);
    QVERIFY(sqlOf(*postgreSql, operation(CreateTable{orders(), false})).startsWith(s("CREATE TYPE")));
    QVERIFY(sqlOf(*postgreSql, operation(CreateTable{orders(), false})).startsWith(s("CREATE TABLE")));
    Table other = orders();
    other.columns[4].type.createType = false;
    other.columns.erase(other.columns.begin() + 3);
    QVERIFY(pgSql(operation(CreateTable{other, false})).startsWith(s("CREATE TABLE")));
}

void TestOperations::serialFollowsTheAutoincrementRules_data()
{
    QTest::addColumn<Table>("given");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *tag, std::vector<Column> columns, const char *expected, std::vector<Constraint> constraints = {}) {
        Table t;
        t.name = name("t");
        t.columns = std::move(columns);
        t.constraints = std::move(constraints);
        QTest::newRow(tag) << t << s(expected);
    };
    Column nullable = column("a", type("Integer"));
    nullable.nullableGiven = true;
    Column counting = column("b", type("BigInteger"));
    counting.autoincrement = true;
    row("autoincrement=True in a composite key", {nullable, counting}, "a INTEGER, \n    b BIGSERIAL NOT NULL, \n    PRIMARY KEY (a, b)",
        {primary({s("a"), s("b")})});
    Column countingKey = counting;
    countingKey.isPrimaryKey = true;
    row("the counting column comes first in a key made of columns", {key("a", type("Integer")), countingKey},
        "a INTEGER NOT NULL, \n    b BIGSERIAL NOT NULL, \n    PRIMARY KEY (b, a)");
    row("SMALLSERIAL", {key("a", type("SmallInteger"))}, "a SMALLSERIAL NOT NULL, \n    PRIMARY KEY (a)");
    row("Numeric counts", {key("a", type("Numeric"))}, "a SERIAL NOT NULL, \n    PRIMARY KEY (a)");
    Column defaulted = key("a", type("Integer"));
    defaulted.serverDefault = text("nextval('x')");
    row("server default", {defaulted}, "a INTEGER DEFAULT nextval('x') NOT NULL, \n    PRIMARY KEY (a)");
    Column client = key("a", type("Integer"));
    client.hasClientDefault = true;
    row("client default", {client}, "a INTEGER NOT NULL, \n    PRIMARY KEY (a)");
    Column sequenced = key("a", type("Integer"));
    sequenced.sequence = Sequence{name("q"), {}, false};
    row("sequence", {sequenced}, "a INTEGER NOT NULL, \n    PRIMARY KEY (a)");
    Column referring = key("a", type("Integer"));
    referring.constraints.push_back(foreign({}, name("x"), {s("y")}));
    row("foreign key", {referring}, "a INTEGER NOT NULL, \n    PRIMARY KEY (a), \n    FOREIGN KEY(a) REFERENCES x (y)");
    Column off = key("a", type("BigInteger"));
    off.autoincrement = false;
    row("autoincrement=False", {off}, "a BIGINT NOT NULL, \n    PRIMARY KEY (a)");
    row("nullable key column", {nullable}, "a SERIAL, \n    PRIMARY KEY (a)", {primary({s("a")})});
    Column identity = column("i", type("Integer"));
    identity.identity.emplace();
    identity.identity->always = true;
    identity.identity->options.start = 3;
    identity.identity->options.cycle = true;
    identity.nullableGiven = true;
    row("identity", {identity}, "i INTEGER GENERATED ALWAYS AS IDENTITY (START WITH 3 CYCLE) NULL");
    row("no columns", {}, "");
}

void TestOperations::serialFollowsTheAutoincrementRules()
{
    QFETCH(Table, given);
    QFETCH(QString, expected);
    const QString body = expected.isEmpty() ? QString() : QLatin1String("\n    ") + expected;
    QCOMPARE(pgSql(operation(CreateTable{given, false})), QLatin1String("CREATE TABLE t (") + body + QLatin1String("\n);\n"));
}

void TestOperations::tableOptionsAreWrittenInSqlAlchemysOrder()
{
    Table t;
    t.name = name("p");
    Column a = column("a", type("Integer"));
    a.nullable = false;
    a.nullableGiven = true;
    t.columns.push_back(a);
    t.prefixes = QStringList{s("TEMPORARY")};
    t.options[s("postgresql_partition_by")] = option(s("RANGE (a)"));
    t.options[s("postgresql_inherits")] = option(s("q"));
    t.options[s("postgresql_with_oids")] = option(false);
    t.options[s("postgresql_tablespace")] = option(s("x"));
    t.options[s("postgresql_on_commit")] = option(s("preserve_rows"));
    t.options[s("postgresql_using")] = option(s("heap"));
    t.options[s("sqlite_with_rowid")] = option(false);
    t.options[s("sqlite_strict")] = option(true);
    const QString start = s("CREATE TEMPORARY TABLE IF NOT EXISTS p (\n    a INTEGER NOT NULL\n)\n ");
    QCOMPARE(pgSql(operation(CreateTable{t, true})),
             start + s("INHERITS ( q )\n PARTITION BY RANGE (a)\n USING heap\n WITHOUT OIDS\n ON COMMIT PRESERVE ROWS\n TABLESPACE x;\n"));
    QCOMPARE(liteSql(operation(CreateTable{t, true})), start + s("WITHOUT ROWID,\n STRICT;\n"));
}

void TestOperations::sqliteAutoincrementStandsWithItsColumn()
{
    Table t;
    t.name = name("p");
    t.columns.push_back(key("a", type("Integer")));
    t.options[s("sqlite_autoincrement")] = option(true);
    QCOMPARE(liteSql(operation(CreateTable{t, false})), s("CREATE TABLE p (\n    a INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n);\n"));
    t.columns.push_back(key("b", type("Integer")));
    t.columns.back().autoincrement = true;
    QCOMPARE(liteSql(operation(CreateTable{t, false})),
             s("!(in table 'p', column 'b'): SQLite does not support autoincrement for composite primary keys"));
}

void TestOperations::addColumnIsFollowedByWhatTheColumnBrings()
{
    AddColumn add;
    add.table = name("t");
    add.column = column("e2", enumType({s("a"), s("b")}, "newe"));
    add.column.constraints.push_back(foreign({}, name("o"), {s("id")}, "ffk"));
    add.column.hasIndex = true;
    add.column.nullable = false;
    add.column.nullableGiven = true;
    add.column.comment = s("c");
    QCOMPARE(pgSql(operation(add)), s("ALTER TABLE t ADD COLUMN e2 newe NOT NULL;\n"
                                      "ALTER TABLE t ADD CONSTRAINT ffk FOREIGN KEY(e2) REFERENCES o (id);\n"
                                      "CREATE INDEX ix_t_e2 ON t (e2);\n"
                                      "COMMENT ON COLUMN t.e2 IS 'c';\n"));
    AddColumn inlined;
    inlined.table = name("t");
    inlined.ifNotExists = true;
    inlined.inlineReferences = true;
    inlined.column = column("c", type("Integer"));
    Constraint reference = foreign({}, name("o", "s"), {s("id")});
    std::get<ForeignKeyConstraint>(reference.kind).options.onDelete = s("CASCADE");
    inlined.column.constraints.push_back(reference);
    QCOMPARE(pgSql(operation(inlined)), s("ALTER TABLE t ADD COLUMN IF NOT EXISTS c INTEGER REFERENCES s.o (id) ON DELETE CASCADE;\n"));
    AddColumn dotted;
    dotted.table = name("S.q", "a.B");
    dotted.column = column("c", type("Integer"));
    dotted.column.constraints.push_back(foreign({}, name("o"), {s("id")}));
    QCOMPARE(pgSql(operation(dotted)), s("ALTER TABLE a.\"B\".\"S.q\" ADD COLUMN c INTEGER;\n"
                                         "ALTER TABLE \"a.B\".\"S.q\" ADD FOREIGN KEY(c) REFERENCES o (id);\n"));
}

void TestOperations::sqliteRefusesToAddConstraints()
{
    AddColumn add;
    add.table = name("t");
    add.column = column("c", type("Integer"));
    add.column.isUnique = true;
    QCOMPARE(pgSql(operation(add)), s("ALTER TABLE t ADD COLUMN c INTEGER;\nALTER TABLE t ADD UNIQUE (c);\n"));
    QCOMPARE(liteSql(operation(add)), kNoAlter);
    add.column.isUnique = false;
    add.column.type = type("Boolean");
    add.column.type.createConstraint = true;
    QCOMPARE(liteSql(operation(add)), s("ALTER TABLE t ADD COLUMN c BOOLEAN;\n"));
    QCOMPARE(Dialect::create(DialectKind::Sqlite)->statements(operation(add), nullptr)->front().notes.size(), 1);
    DropConstraint drop;
    drop.table = name("t");
    drop.name = Identifier(s("u"));
    QCOMPARE(liteSql(operation(drop)), kNoAlter);
}

void TestOperations::defaultsAreWrappedInParenthesesOnSqliteWhereTheirTextNeedsThem()
{
    AddColumn add;
    add.table = name("t");
    add.column = column("c", type("Integer"));
    const auto both = [&](ServerDefault value) {
        add.column.serverDefault = std::move(value);
        return liteSql(operation(add)).mid(34) + pgSql(operation(add)).mid(34);
    };
    QCOMPARE(both(text("1+1")), s(" DEFAULT (1+1);\n DEFAULT 1+1;\n"));
    QCOMPARE(both(text("0")), s(" DEFAULT 0;\n DEFAULT 0;\n"));
    QCOMPARE(both(s("it's")), s(" DEFAULT 'it''s';\n DEFAULT 'it''s';\n"));
    QCOMPARE(both(func("now")), s(" DEFAULT CURRENT_TIMESTAMP;\n DEFAULT now();\n"));
    QCOMPARE(both(constant(ConstantExpression::Kind::True)), s(" DEFAULT 1;\n DEFAULT true;\n"));
    QCOMPARE(both(text("(a)")), s(" DEFAULT (a);\n DEFAULT (a);\n"));
    dialect::RenderOptions old;
    old.sqlalchemy14 = true;
    add.column.serverDefault = func("now");
    QCOMPARE(sqlOf(*Dialect::create(DialectKind::Sqlite, old), operation(add)),
             s("ALTER TABLE t ADD COLUMN c INTEGER DEFAULT (CURRENT_TIMESTAMP);\n"));
    AlterColumn rename;
    rename.table = name("t");
    rename.column = Identifier(s("a"));
    rename.newName = Identifier(s("b"));
    QCOMPARE(sqlOf(*Dialect::create(DialectKind::Sqlite, old), operation(rename)), s("ALTER TABLE t RENAME a TO b;\n"));
    QCOMPARE(liteSql(operation(rename)), s("ALTER TABLE t RENAME COLUMN a TO b;\n"));
}

void TestOperations::alterColumnWritesOneStatementForEachAspectInAlembicsOrder()
{
    AlterColumn alter;
    alter.table = name("t");
    alter.column = Identifier(s("c"));
    alter.existingType = enumType({s("a")}, "oo");
    alter.existingType->nativeEnum = false;
    alter.existingType->createConstraint = true;
    alter.type = type("Boolean");
    alter.type->createConstraint = true;
    alter.usingExpression = s("c::boolean");
    alter.nullable = true;
    alter.serverDefault = ServerDefault(text("false"));
    alter.newName = Identifier(s("D"));
    alter.comment.emplace(std::nullopt);
    QCOMPARE(pgSql(operation(alter)), s("ALTER TABLE t DROP CONSTRAINT oo;\n"
                                        "ALTER TABLE t ALTER COLUMN c TYPE BOOLEAN USING c::boolean;\n"
                                        "ALTER TABLE t ALTER COLUMN c DROP NOT NULL;\n"
                                        "ALTER TABLE t ALTER COLUMN c SET DEFAULT false;\n"
                                        "COMMENT ON COLUMN t.c IS NULL;\n"
                                        "ALTER TABLE t RENAME c TO \"D\";\n"));
    alter.comment.reset();
    QCOMPARE(liteSql(operation(alter)), s("ALTER TABLE t ALTER COLUMN c DROP NOT NULL;\n"
                                          "ALTER TABLE t ALTER COLUMN c SET DEFAULT false;\n"
                                          "ALTER TABLE t ALTER COLUMN c TYPE BOOLEAN;\n"
                                          "ALTER TABLE t RENAME COLUMN c TO \"D\";\n"));
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(operation(alter), nullptr);
    QVERIFY(!statements->front().notes.isEmpty());
    QCOMPARE(statements->back().notes.size(), 1); // the CHECK of the type
    AlterColumn drop;
    drop.table = name("t", "s");
    drop.column = Identifier(s("c"));
    drop.serverDefault = ServerDefault();
    QCOMPARE(pgSql(operation(drop)), s("ALTER TABLE s.t ALTER COLUMN c DROP DEFAULT;\n"));
}

void TestOperations::identityIsAddedChangedAndDropped()
{
    AlterColumn alter;
    alter.table = name("t");
    alter.column = Identifier(s("c"));
    alter.identity.emplace();
    alter.identity->options.start = 3;
    QCOMPARE(pgSql(operation(alter)), s("ALTER TABLE t ALTER COLUMN c SET START WITH 3;\n"));
    alter.existingServerDefault = ServerDefault();
    QCOMPARE(pgSql(operation(alter)), s("ALTER TABLE t ALTER COLUMN c ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 3);\n"));
    alter.existingServerDefault.reset();
    alter.existingIdentity.emplace();
    alter.existingIdentity->options.start = 1;
    alter.identity->always = true;
    QCOMPARE(pgSql(operation(alter)), s("ALTER TABLE t ALTER COLUMN c SET GENERATED ALWAYS SET START WITH 3;\n"));
    alter.identity.reset();
    alter.serverDefault = ServerDefault();
    QCOMPARE(pgSql(operation(alter)), s("ALTER TABLE t ALTER COLUMN c DROP IDENTITY;\n"));
    alter.serverDefault.reset();
    alter.computed.emplace();
    QVERIFY(pgSql(operation(alter)).startsWith(s("!Adding or removing a \"computed\" construct")));
}

void TestOperations::indexesCarryEverythingPostgreSqlHas()
{
    CreateIndex create;
    create.index = index("i", name("t", "s"), {s("a")});
    create.index.isUnique = true;
    create.ifNotExists = true;
    IndexElement lower;
    lower.expression = text("lower(b)");
    IndexElement descending;
    descending.expression = un(UnaryExpression::Kind::Descending, col("c"));
    create.index.elements.push_back(lower);
    create.index.elements.push_back(descending);
    DialectOptions &options = create.index.options;
    options[s("postgresql_using")] = option(s("GIN"));
    options[s("postgresql_where")] = DialectOption{text("a > 1")};
    options[s("sqlite_where")] = DialectOption{op(BinaryKind::Greater, col("a"), bind(num(2)))};
    options[s("postgresql_concurrently")] = option(true);
    options[s("postgresql_include")] = DialectOption{QStringList{s("z")}};
    options[s("postgresql_ops")] = DialectOption{sql::OptionPairs{{s("a"), s("text_ops")}}};
    options[s("postgresql_with")] = DialectOption{QStringList{s("fillfactor = 50"), s("b = x")}};
    options[s("postgresql_tablespace")] = option(s("TS"));
    options[s("postgresql_nulls_not_distinct")] = option(true);
    QCOMPARE(pgSql(operation(create)),
             s("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON s.t USING gin (a text_ops, lower(b), c DESC) INCLUDE (z) "
               "NULLS NOT DISTINCT WITH (fillfactor = 50, b = x) TABLESPACE \"TS\" WHERE a > 1;\n"));
    QCOMPARE(liteSql(operation(create)), s("CREATE UNIQUE INDEX IF NOT EXISTS s.i ON t (a, lower(b), c DESC) WHERE a > 2;\n"));
    const auto concurrent = Dialect::create(DialectKind::PostgreSql)->statements(operation(create), nullptr);
    QCOMPARE(concurrent->front().transaction, dialect::TransactionNeed::Outside);
    QCOMPARE(Dialect::create(DialectKind::Sqlite)->statements(operation(create), nullptr)->front().transaction, dialect::TransactionNeed::Any);

    CreateIndex functional;
    functional.index = index("i", name("t"), {});
    IndexElement call;
    call.expression = func("lower", {col("a")});
    IndexElement sum;
    sum.expression = op(BinaryKind::Add, col("b", shared(type("Integer"))), bind(num(1)));
    functional.index.elements = {call, sum};
    QCOMPARE(pgSql(operation(functional)), s("CREATE INDEX i ON t (lower(a), (b + 1));\n"));
    QCOMPARE(liteSql(operation(functional)), s("CREATE INDEX i ON t (lower(a), b + 1);\n"));

    DropIndex drop;
    drop.index = index("i", name("t", "s"), {});
    drop.index.options[s("postgresql_concurrently")] = option(true);
    drop.ifExists = true;
    QCOMPARE(pgSql(operation(drop)), s("DROP INDEX CONCURRENTLY IF EXISTS s.i;\n"));
    QCOMPARE(liteSql(operation(drop)), s("DROP INDEX IF EXISTS s.i;\n"));
}

void TestOperations::constraintsAreAddedAndDropped()
{
    Constraint reference = foreign({s("x"), s("y")}, name("b", "S2"), {s("p"), s("q")}, "fk");
    std::get<ForeignKeyConstraint>(reference.kind).options.onDelete = s("SET NULL");
    reference.options[s("postgresql_not_valid")] = option(true);
    QCOMPARE(pgSql(operation(AddConstraint{name("a", "s1"), reference})),
             s("ALTER TABLE s1.a ADD CONSTRAINT fk FOREIGN KEY(x, y) REFERENCES \"S2\".b (p, q) ON DELETE SET NULL NOT VALID;\n"));
    QCOMPARE(pgSql(operation(AddConstraint{name("t"), primary({s("a"), s("b")}, "pk")})), s("ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY (a, b);\n"));
    Constraint distinct = unique({s("a"), s("b")});
    distinct.options[s("postgresql_nulls_not_distinct")] = option(true);
    distinct.options[s("postgresql_include")] = DialectOption{QStringList{s("b")}};
    distinct.deferrable = true;
    distinct.initially = s("DEFERRED");
    QCOMPARE(pgSql(operation(AddConstraint{name("t"), distinct})),
             s("ALTER TABLE t ADD UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (b) DEFERRABLE INITIALLY DEFERRED;\n"));
    const auto a = col("a", shared(type("Integer")));
    const ExpressionPtr condition = logic(false, {op(BinaryKind::Greater, a, bind(num(1))), eq(col("b"), bind(str("x")))});
    QCOMPARE(pgSql(operation(AddConstraint{name("t"), check(condition, "ck")})), s("ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 1 AND b = 'x');\n"));
    QCOMPARE(liteSql(operation(AddConstraint{name("t"), check(condition, "ck")})), kNoAlter);
    Constraint bad = reference;
    std::get<ForeignKeyConstraint>(bad.kind).options.onDelete = s("CASCADE; DROP TABLE x");
    QVERIFY(pgSql(operation(AddConstraint{name("t"), bad})).startsWith(s("!unexpected SQL phrase")));
    DropConstraint drop;
    drop.table = name("t", "S");
    drop.name = Identifier(s("u"));
    drop.ifExists = true;
    QCOMPARE(pgSql(operation(drop)), s("ALTER TABLE \"S\".t DROP CONSTRAINT IF EXISTS u;\n"));
    drop.name = {};
    QVERIFY(pgSql(operation(drop)).startsWith(s("!Can't emit DROP CONSTRAINT")));
}

void TestOperations::smallOperations_data()
{
    QTest::addColumn<Operation>("given");
    QTest::addColumn<QString>("postgresql");
    QTest::addColumn<QString>("sqlite");
    const auto row = [](const char *tag, auto kind, const char *p, const char *l) { QTest::newRow(tag) << operation(kind) << s(p) << s(l); };
    row("drop table", DropTable{name("t", "s"), true, {}}, "DROP TABLE IF EXISTS s.t;\n", "DROP TABLE IF EXISTS s.t;\n");
    row("rename table", RenameTable{name("a", "s"), Identifier(s("b"))}, "ALTER TABLE s.a RENAME TO b;\n", "ALTER TABLE s.a RENAME TO b;\n");
    DropColumn drop;
    drop.table = name("t");
    drop.column = Identifier(s("c"));
    drop.ifExists = true;
    row("drop column", drop, "ALTER TABLE t DROP COLUMN IF EXISTS c;\n", "ALTER TABLE t DROP COLUMN IF EXISTS c;\n");
    row("table comment", CreateTableComment{name("t"), s("x"), {}}, "COMMENT ON TABLE t IS 'x';\n", "COMMENT ON TABLE t IS 'x';\n");
    row("drop table comment", DropTableComment{name("t"), {}}, "COMMENT ON TABLE t IS NULL;\n", "COMMENT ON TABLE t IS NULL;\n");
    row("create type", CreateType{enumType({s("a"), s("it's")}, "q"), true}, "CREATE TYPE q AS ENUM ('a', 'it''s');\n", "");
    row("drop type", DropType{enumType({}, "q"), true}, "DROP TYPE q;\n", "");
    Sequence sequence{name("s", "Q"), {}, false};
    sequence.options.start = 1;
    sequence.options.increment = 2;
    sequence.options.minValue = 1;
    sequence.options.cycle = true;
    sequence.options.dataType = s("BIGINT");
    row("create sequence", CreateSequence{sequence, false}, "CREATE SEQUENCE \"Q\".s AS BIGINT INCREMENT BY 2 START WITH 1 MINVALUE 1 CYCLE;\n",
        "CREATE SEQUENCE \"Q\".s INCREMENT BY 2 START WITH 1 MINVALUE 1 CYCLE;\n");
    row("drop sequence", DropSequence{sequence, true}, "DROP SEQUENCE IF EXISTS \"Q\".s;\n", "DROP SEQUENCE IF EXISTS \"Q\".s;\n");
    row("create schema", CreateSchema{Identifier(s("x")), true}, "CREATE SCHEMA IF NOT EXISTS x;\n", "CREATE SCHEMA IF NOT EXISTS x;\n");
    row("drop schema", DropSchema{Identifier(s("x")), true, true}, "DROP SCHEMA IF EXISTS x CASCADE;\n", "DROP SCHEMA IF EXISTS x CASCADE;\n");
    Execute verbatim;
    verbatim.statement = s("\tcreate y 100%  ");
    row("DDL()", verbatim, "create y 100%;\n", "create y 100%;\n");
    Execute expression;
    expression.statement = func("now");
    row("a bare function", expression, "now();\n", "CURRENT_TIMESTAMP;\n");
}

void TestOperations::smallOperations()
{
    QFETCH(Operation, given);
    QFETCH(QString, postgresql);
    QFETCH(QString, sqlite);
    QCOMPARE(pgSql(given), postgresql);
    QCOMPARE(liteSql(given), sqlite);
}

void TestOperations::unsetBindsPrintNullWithANote()
{
    TextClause clause;
    clause.text = s("\n  select :a, ':b', '\\:c', x::int, :foo::int\n\twhere a like '%x%' ");
    Execute execute;
    execute.statement = statement(clause);
    const auto statements = Dialect::create(DialectKind::PostgreSql)->statements(operation(execute), nullptr);
    QCOMPARE(statements->front().sql, s("select NULL, 'NULL', ':c', x::int, :foo::int\n\twhere a like '%x%'"));
    QCOMPARE(statements->front().notes.size(), 2);
    execute.parameters = {{{s("a"), bind(num(1))}, {s("b"), bind(str("x"))}}, {{s("a"), bind(num(2))}, {s("b"), bind(str("y"))}}};
    const auto several = Dialect::create(DialectKind::PostgreSql)->statements(operation(execute), nullptr);
    QCOMPARE(several->size(), 2U);
    QVERIFY(several->at(1).sql.startsWith(s("select 2, ''y''")));
}

void TestOperations::aCastIsNoBind()
{
    TextClause clause;
    clause.text = s("select '12:30'::time, a::jsonb, :v");
    clause.binds[s("v")] = bind(str("it's"));
    Execute execute;
    execute.statement = statement(clause);
    QCOMPARE(pgSql(operation(execute)), s("select '12:30'::time, a::jsonb, 'it''s';\n"));
}

void TestOperations::bulkInsertWritesOneStatementForEachRow()
{
    BulkInsert insert;
    insert.table = table("t");
    insert.columns = names({s("a"), s("b"), s("d")});
    insert.types = {shared(type("Integer")), shared(type("String")), shared(type("Date"))};
    insert.rows.push_back({{Identifier(s("b")), bind(str("x%\\y"))}, {Identifier(s("a")), bind(num(1))}});
    insert.rows.push_back({{Identifier(s("b")), bind(Literal())}, {Identifier(s("d")), bind(value(Literal::Kind::Date, s("2020-01-02")))}});
    insert.rows.push_back({});
    QCOMPARE(pgSql(operation(insert)), s("INSERT INTO t (a, b) VALUES (1, 'x%\\\\y');\n"
                                         "INSERT INTO t (b, d) VALUES (NULL, '2020-01-02');\n"
                                         "INSERT INTO t DEFAULT VALUES;\n"));
    insert.rows.push_back({{Identifier(s("nope")), bind(num(1))}});
    QCOMPARE(pgSql(operation(insert)), s("!Unconsumed column names: nope"));
}

void TestOperations::autocommitBlocksAreMarkedOnPostgreSqlOnly()
{
    const auto begin = Dialect::create(DialectKind::PostgreSql)->statements(operation(AutocommitBegin{}), nullptr);
    QCOMPARE(begin->size(), 1U);
    QCOMPARE(begin->front().sql, s("COMMIT"));
    QCOMPARE(begin->front().marker, dialect::Statement::Marker::AutocommitBegin);
    const auto end = Dialect::create(DialectKind::PostgreSql)->statements(operation(AutocommitEnd{}), nullptr);
    QCOMPARE(end->front().sql, s("BEGIN"));
    QCOMPARE(end->front().marker, dialect::Statement::Marker::AutocommitEnd);
    QVERIFY(Dialect::create(DialectKind::Sqlite)->statements(operation(AutocommitBegin{}), nullptr)->empty());
}

void TestOperations::versionStatementsAreAlembics()
{
    const auto postgreSql = Dialect::create(DialectKind::PostgreSql);
    const dialect::VersionStatements version{*postgreSql, name("alembic_version", "S")};
    QCOMPARE(version.create(),
             s("CREATE TABLE \"S\".alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n    CONSTRAINT alembic_version_pkc PRIMARY "
               "KEY (version_num)\n)"));
    QCOMPARE((dialect::VersionStatements{*postgreSql, name("v"), true, false}.create()),
             s("CREATE TABLE v (\n    version_num VARCHAR(32) NOT NULL\n)"));
    QCOMPARE(version.insert(s("a1")), s("INSERT INTO \"S\".alembic_version (version_num) VALUES ('a1') RETURNING \"S\".alembic_version.version_num"));
    QCOMPARE(version.update(s("a1"), s("b2")), s("UPDATE \"S\".alembic_version SET version_num='b2' WHERE \"S\".alembic_version.version_num = 'a1'"));
    QCOMPARE(version.remove(s("b2")), s("DELETE FROM \"S\".alembic_version WHERE \"S\".alembic_version.version_num = 'b2'"));
    const auto sqlite = Dialect::create(DialectKind::Sqlite);
    QCOMPARE((dialect::VersionStatements{*sqlite, name("alembic_version")}.insert(s("a1"))),
             s("INSERT INTO alembic_version (version_num) VALUES ('a1') RETURNING version_num"));
}

void TestOperations::aLongConventionalNameIsCutAndAnotherOneRefused()
{
    const QString longName = QString(70, QLatin1Char('a'));
    CreateIndex create;
    create.index = index("i", name("t"), {s("a")});
    create.index.name = Identifier(longName);
    QVERIFY(pgSql(operation(create)).startsWith(s("!identifier 'aaaa")));
    create.index.name.isConventional = true;
    QCOMPARE(pgSql(operation(create)), s("CREATE INDEX %1_3d46 ON t (a);\n").arg(QString(55, QLatin1Char('a'))));
    QCOMPARE(liteSql(operation(create)), s("CREATE INDEX %1 ON t (a);\n").arg(longName));
}

void TestOperations::rawStatementsThatNeedToRunOutsideATransactionSaySo()
{
    const auto needOf = [](DialectKind kind, const char *sql) {
        Execute execute;
        execute.statement = s(sql);
        return Dialect::create(kind)->statements(operation(execute), nullptr)->front().transaction;
    };
    QCOMPARE(needOf(DialectKind::PostgreSql, "CREATE INDEX CONCURRENTLY i ON t (a)"), dialect::TransactionNeed::Outside);
    QCOMPARE(needOf(DialectKind::PostgreSql, "COMMENT ON TABLE t IS 'built concurrently'"), dialect::TransactionNeed::Any);
    QCOMPARE(needOf(DialectKind::Sqlite, "VACUUM"), dialect::TransactionNeed::Outside);
}

void TestOperations::errorsNameFileAndLine()
{
    CreateTable create;
    create.table.name = name("t");
    create.table.columns.push_back(column("j", pg("JSONB")));
    const auto statements = Dialect::create(DialectKind::Sqlite)->statements(operation(create), nullptr);
    QVERIFY(!statements);
    QCOMPARE(statements.error().code, ErrorCode::OperationNotSupported);
    QCOMPARE(statements.error().detail, s("(in table 't', column 'j'): SQLite can't render an element of type JSONB"));
    QCOMPARE(statements.error().file, s("/project/versions/a.py"));
    QCOMPARE(statements.error().line, 7);
}

QTEST_GUILESS_MAIN(TestOperations)
#include "tst_operations.moc"
