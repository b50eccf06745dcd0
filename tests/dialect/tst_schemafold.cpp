// SPDX-License-Identifier: GPL-3.0-or-later
#include "build.h"

#include "dialect/schemafold.h"

#include <QTest>

#include <sqlite3.h>

using namespace stillroom;
using namespace stillroom::build;
using dialect::Dialect;
using dialect::DialectKind;
using dialect::SchemaFold;

namespace {

Operation raw(const char *sql)
{
    Execute execute;
    execute.statement = s(sql);
    return operation(execute);
}

Operation createTable()
{
    Table t;
    t.name = name("t");
    t.columns.push_back(key("id", type("Integer")));
    t.columns.push_back(column("a", sized("String", 20)));
    SqlType flagged = type("Boolean");
    flagged.createConstraint = true;
    t.columns.push_back(column("f", flagged));
    t.columns.back().hasIndex = true;
    return operation(CreateTable{t, false});
}

Operation batch(std::vector<Operation> operations)
{
    BatchAlterTable b;
    b.table = name("t");
    b.operations = std::move(operations);
    return operation(std::make_shared<const BatchAlterTable>(std::move(b)));
}

/// Renders each operation from the fold of those before, as a preview without a database does.
QStringList rendered(DialectKind kind, const std::vector<Operation> &operations, SchemaFold &fold)
{
    QStringList sql;
    const auto dialect = Dialect::create(kind);
    for (const Operation &o : operations) {
        const auto statements = dialect->statements(o, &fold);
        if (!statements)
            return {QLatin1Char('!') + statements.error().detail + QString::number(int(statements.error().code))};
        fold.apply(o, *statements);
        for (const dialect::Statement &one : *statements)
            sql += one.sql;
    }
    return sql;
}

} // namespace

class TestSchemaFold : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRebuildRendersFromTheOperationsBeforeIt();
    void whatIsFoldedIsWhatSqliteMakesOfIt();
    void postgreSqlFollowsOperationsAndLosesTablesToRawSql();
};

void TestSchemaFold::aRebuildRendersFromTheOperationsBeforeIt()
{
    SchemaFold fold(DialectKind::Sqlite);
    AlterColumn alter;
    alter.table = name("t");
    alter.column = Identifier(s("a"));
    alter.nullable = false;
    const QStringList sql =
        rendered(DialectKind::Sqlite, {createTable(), raw("ALTER TABLE t ADD COLUMN n INTEGER DEFAULT 7"), batch({operation(alter)})}, fold);
    QCOMPARE(sql.value(3), s(R"(CREATE TABLE _alembic_tmp_t (
    id INTEGER NOT NULL, 
    a VARCHAR(20) NOT NULL, 
    f BOOLEAN, 
    n INTEGER DEFAULT 7, 
    PRIMARY KEY (id), 
    CHECK (f IN (0, 1))
))"));
    QCOMPARE(sql.back(), s("CREATE INDEX ix_t_f ON t (f)"));
    SchemaFold empty(DialectKind::Sqlite);
    QCOMPARE(rendered(DialectKind::Sqlite, {batch({operation(alter)})}, empty), QStringList(s("!%1").arg(int(ErrorCode::RebuildNeedsTable))));
}

void TestSchemaFold::whatIsFoldedIsWhatSqliteMakesOfIt()
{
    SchemaFold fold(DialectKind::Sqlite);
    DropColumn drop;
    drop.table = name("t");
    drop.column = Identifier(s("b"));
    const QStringList sql =
        rendered(DialectKind::Sqlite,
                 {createTable(), raw("CREATE TABLE child (t_id INTEGER REFERENCES t(id))"), raw("CREATE INDEX il ON t (lower(a))"),
                  raw("ALTER TABLE t RENAME COLUMN a TO b2; ALTER TABLE t ADD b TEXT CHECK (b <> '')"), raw("CREATE VIEW v AS SELECT b2 FROM t"),
                  raw("CREATE TRIGGER tr AFTER INSERT ON t BEGIN DELETE FROM child; DELETE FROM child; END"), raw("DROP INDEX ix_t_f"),
                  batch({operation(drop)}), raw("ALTER TABLE t RENAME TO T2")},
                 fold);
    sqlite3 *database = nullptr;
    sqlite3_open(":memory:", &database);
    for (const QString &one : sql) {
        char *message = nullptr;
        sqlite3_exec(database, one.toUtf8().constData(), nullptr, nullptr, &message);
        QVERIFY2(message == nullptr, qPrintable(one + QString::fromUtf8(message)));
    }
    sqlite3_close(database);
    const auto standing = fold.table(name("T2"));
    QVERIFY(standing && *standing);
    QStringList columns;
    for (const Column &one : (*standing)->table.columns)
        columns += one.name.text;
    QCOMPARE(columns, QStringList({s("id"), s("b2"), s("f")}));
    QCOMPARE((*standing)->indexSql, QStringList(s("CREATE INDEX il ON \"T2\" (lower(b2))")));
    QCOMPARE((*standing)->viewNames, QStringList(s("v")));
    QCOMPARE((*standing)->triggerSql.size(), 1);
    const auto child = fold.table(name("child"));
    QCOMPARE(std::get<ForeignKeyConstraint>((*child)->table.constraints.front().kind).referredTable.name.text, s("T2"));
    QVERIFY(!*fold.table(name("t")));
}

void TestSchemaFold::postgreSqlFollowsOperationsAndLosesTablesToRawSql()
{
    SchemaFold fold(DialectKind::PostgreSql);
    AlterColumn alter;
    alter.table = name("t");
    alter.column = Identifier(s("a"));
    alter.newName = Identifier(s("b"));
    alter.nullable = false;
    rendered(DialectKind::PostgreSql, {createTable(), operation(alter), operation(RenameTable{name("t"), Identifier(s("u"))})}, fold);
    const auto standing = fold.table(name("u", "public"));
    QVERIFY(standing && *standing);
    const Column *renamed = (*standing)->table.column(s("b"));
    QVERIFY(renamed);
    QVERIFY(!renamed->nullable);
    QCOMPARE((*standing)->table.indexes.front().table.name.text, s("u"));
    rendered(DialectKind::PostgreSql, {raw("ALTER TABLE u ADD COLUMN z int"), raw("CREATE TABLE s.w (id int)")}, fold);
    QVERIFY(fold.isUnknown(name("u")));
    QCOMPARE(fold.unknownTables(), QStringList({s("s.w"), s("u")}));
    rendered(DialectKind::PostgreSql, {raw("DROP TABLE u")}, fold);
    QVERIFY(!fold.isUnknown(name("u")));
}

QTEST_GUILESS_MAIN(TestSchemaFold)
#include "tst_schemafold.moc"
