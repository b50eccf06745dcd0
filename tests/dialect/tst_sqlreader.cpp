// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/sqlreader.h"

#include <QTest>

using namespace stillroom::dialect;

namespace {

QString s(const char *text) { return QString::fromUtf8(text); }

QStringList textsOf(const SqlReading &reading)
{
    QStringList out;
    for (const SqlPart &part : reading.parts)
        out += part.sql;
    return out;
}

} // namespace

class TestSqlReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsAreSplitAtTheirStatements_data();
    void textsAreSplitAtTheirStatements();
    void statementsTellWhatTheyAreAndNeed_data();
    void statementsTellWhatTheyAreAndNeed();
    void placesCountInTheText();
    void whatTheParserDoesNotKnowIsOnePieceOrCoversTheText();
};

void TestSqlReader::textsAreSplitAtTheirStatements_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto both = [](const char *tag, const char *text, const QStringList &expected) {
        QTest::newRow((QByteArray(tag) + ", PostgreSQL").constData()) << int(DialectKind::PostgreSql) << s(text) << expected;
        QTest::newRow((QByteArray(tag) + ", SQLite").constData()) << int(DialectKind::Sqlite) << s(text) << expected;
    };
    both("one", "SELECT 1", {s("SELECT 1")});
    both("two", "SELECT 1; SELECT 2;", {s("SELECT 1"), s("SELECT 2")});
    both("empty statements", ";;SELECT 1;;;", {s("SELECT 1")});
    both("nothing", "  -- only a comment\n ;", {});
    both("quotes", "SELECT ';', \";\" ; SELECT 'it''s;'", {s("SELECT ';', \";\""), s("SELECT 'it''s;'")});
    both("comments", "-- a; b\nSELECT 1 /* ; */; SELECT 2", {s("-- a; b\nSELECT 1 /* ; */"), s("SELECT 2")});
    const auto postgreSql = [](const char *tag, const char *text, const QStringList &expected) {
        QTest::newRow(tag) << int(DialectKind::PostgreSql) << s(text) << expected;
    };
    postgreSql("dollar quotes", "DO $x$ BEGIN PERFORM 1; END $x$; SELECT 1", {s("DO $x$ BEGIN PERFORM 1; END $x$"), s("SELECT 1")});
    postgreSql("BEGIN ATOMIC", "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
               {s("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END"), s("SELECT 3")});
    const auto sqlite = [](const char *tag, const char *text, const QStringList &expected) {
        QTest::newRow(tag) << int(DialectKind::Sqlite) << s(text) << expected;
    };
    sqlite("trigger", "CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END; SELECT 1",
           {s("CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; DELETE FROM u; END"), s("SELECT 1")});
    sqlite("brackets", "SELECT [a;b]; SELECT `c;d`", {s("SELECT [a;b]"), s("SELECT `c;d`")});
}

void TestSqlReader::textsAreSplitAtTheirStatements()
{
    QFETCH(int, kind);
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const SqlReading reading = readSql(DialectKind(kind), text);
    QCOMPARE(reading.problem, QString());
    QCOMPARE(textsOf(reading), expected);
}

void TestSqlReader::statementsTellWhatTheyAreAndNeed_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("outside");
    QTest::addColumn<bool>("transactionCommand");
    QTest::addColumn<QStringList>("relations");
    const auto row = [](DialectKind dialect, const char *text, SqlKind kind, bool outside = false, bool command = false,
                        const QStringList &relations = {}) {
        const QByteArray tag = QByteArray(dialect == DialectKind::Sqlite ? "SQLite: " : "PostgreSQL: ") + text;
        QTest::newRow(tag.constData()) << int(dialect) << s(text) << int(kind) << outside << command << relations;
    };
    const DialectKind pg = DialectKind::PostgreSql;
    const DialectKind lite = DialectKind::Sqlite;
    row(pg, "SELECT 1", SqlKind::Select);
    row(pg, "UPDATE s.t SET a = 1", SqlKind::Update, false, false, {s("s.t")});
    row(pg, "DELETE FROM t WHERE a = 1", SqlKind::Delete, false, false, {s("t")});
    row(pg, "INSERT INTO t VALUES (1) RETURNING id", SqlKind::Insert, false, false, {s("t")});
    row(pg, "CREATE TABLE t (id int)", SqlKind::CreateTable, false, false, {s("t")});
    row(pg, "CREATE INDEX i ON t (a)", SqlKind::CreateIndex, false, false, {s("t")});
    row(pg, "CREATE INDEX CONCURRENTLY i ON t (a)", SqlKind::CreateIndex, true, false, {s("t")});
    row(pg, "DROP INDEX CONCURRENTLY IF EXISTS s.i", SqlKind::DropIndex, true, false, {s("s.i")});
    row(pg, "DROP TABLE a, b CASCADE", SqlKind::DropTable, false, false, {s("a"), s("b")});
    row(pg, "DROP TYPE e", SqlKind::Drop);
    row(pg, "REINDEX INDEX CONCURRENTLY i", SqlKind::Other, true);
    row(pg, "REINDEX TABLE t", SqlKind::Other);
    row(pg, "VACUUM t", SqlKind::Vacuum, true);
    row(pg, "ANALYZE t", SqlKind::Vacuum);
    row(pg, "CREATE DATABASE d", SqlKind::Other, true);
    row(pg, "ALTER SYSTEM SET work_mem = '1MB'", SqlKind::Other, true);
    row(pg, "ALTER TYPE e ADD VALUE 'x'", SqlKind::AlterType);
    row(pg, "ALTER TABLE t RENAME a TO b", SqlKind::AlterTable, false, false, {s("t")});
    row(pg, "BEGIN", SqlKind::Begin, false, true);
    row(pg, "COMMIT", SqlKind::Commit, false, true);
    row(pg, "ROLLBACK", SqlKind::Rollback, false, true);
    row(pg, "SAVEPOINT a", SqlKind::Savepoint);
    row(pg, "ROLLBACK TO SAVEPOINT a", SqlKind::Rollback);
    row(pg, "TRUNCATE a, b", SqlKind::Truncate, false, false, {s("a"), s("b")});
    row(pg, "SET lock_timeout = '5s'", SqlKind::Set);
    row(pg, "GRANT SELECT ON t TO r", SqlKind::Grant);
    row(lite, "VACUUM", SqlKind::Vacuum, true);
    row(lite, "PRAGMA foreign_keys = ON", SqlKind::Pragma, true);
    row(lite, "PRAGMA table_info(t)", SqlKind::Pragma);
    row(lite, "BEGIN IMMEDIATE", SqlKind::Begin, false, true);
    row(lite, "END", SqlKind::Commit, false, true);
    row(lite, "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a)", SqlKind::CreateIndex, false, false, {s("i")});
    row(lite, "INSERT OR IGNORE INTO t VALUES (1)", SqlKind::Insert, false, false, {s("t")});
    row(lite, "ALTER TABLE \"T\" RENAME TO u", SqlKind::AlterTable, false, false, {s("\"T\"")});
}

void TestSqlReader::statementsTellWhatTheyAreAndNeed()
{
    QFETCH(int, dialect);
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(bool, outside);
    QFETCH(bool, transactionCommand);
    QFETCH(QStringList, relations);
    const SqlReading reading = readSql(DialectKind(dialect), text);
    QCOMPARE(reading.parts.size(), size_t(1));
    const SqlPart &part = reading.parts.front();
    QCOMPARE(int(part.kind), kind);
    QCOMPARE(part.transaction == TransactionNeed::Outside, outside);
    QCOMPARE(part.isTransactionCommand, transactionCommand);
    QCOMPARE(part.relations, relations);
}

void TestSqlReader::placesCountInTheText()
{
    const QString text = s("SELECT 'é🎉';\n\n  COPY t FROM STDIN;\nUPDATE t SET a = 1");
    const SqlReading reading = readSql(DialectKind::PostgreSql, text);
    QCOMPARE(reading.parts.size(), size_t(3));
    QCOMPARE(reading.parts[1].line, 3);
    QVERIFY(reading.parts[1].copiesFromStdin);
    QVERIFY(reading.parts[2].isBare);
    for (const SqlPart &part : reading.parts)
        QCOMPARE(text.mid(part.start, part.length), part.sql);
}

void TestSqlReader::whatTheParserDoesNotKnowIsOnePieceOrCoversTheText()
{
    // The scanner drops a bad statement behind a good one: then the text stays whole.
    const QString bad = s("SELECT 1; selec 2");
    const SqlReading dropped = readSql(DialectKind::PostgreSql, bad);
    QVERIFY(!dropped.problem.isEmpty());
    QCOMPARE(textsOf(dropped).join(QString()).remove(QLatin1Char(' ')).remove(QLatin1Char(';')), s("SELECT1selec2"));
    const SqlReading psql = readSql(DialectKind::PostgreSql, s("\\d foo\n"));
    QVERIFY(psql.problem.contains(s("psql")));
    QCOMPARE(psql.parts.size(), size_t(1));
    const SqlReading open = readSql(DialectKind::Sqlite, s("SELECT 1;\nSELECT 'a"));
    QCOMPARE(open.problemLine, 2);
}

QTEST_GUILESS_MAIN(TestSqlReader)
#include "tst_sqlreader.moc"
