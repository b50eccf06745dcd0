// SPDX-License-Identifier: GPL-3.0-or-later
#include "build.h"

#include <QTest>

using namespace stillroom;
using namespace stillroom::build;
using dialect::Dialect;
using dialect::DialectKind;

namespace {

QString written(DialectKind kind, const SqlType &t)
{
    const auto text = Dialect::create(kind)->typeText(t);
    return text ? *text : QLatin1Char('!') + text.error().detail;
}

SqlType with(SqlType t, auto &&change)
{
    change(t);
    return t;
}

} // namespace

class TestTypeText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothDialectsWriteTheTypesThatSqlAlchemyKnows_data();
    void bothDialectsWriteTheTypesThatSqlAlchemyKnows();
    void aVariantReplacesTheTypeOnItsDialectOnly();
    void namesAreQuotedWhereSqlAlchemyQuotesThem_data();
    void namesAreQuotedWhereSqlAlchemyQuotesThem();
    void backslashesAreDoubledUntilTheServerIsKnown();
};

void TestTypeText::bothDialectsWriteTheTypesThatSqlAlchemyKnows_data()
{
    QTest::addColumn<SqlType>("given");
    QTest::addColumn<QString>("postgresql");
    QTest::addColumn<QString>("sqlite");
    const auto row = [](const char *tag, const SqlType &t, const char *p, const char *l) { QTest::newRow(tag) << t << s(p) << s(l); };
    const char *none = "!SQLite can't render an element of type ";
    const auto refused = [&](const char *name) { return QByteArray(none) + name; };
    row("Integer", type("Integer"), "INTEGER", "INTEGER");
    row("SmallInteger", type("SmallInteger"), "SMALLINT", "SMALLINT");
    row("BigInteger", type("BigInteger"), "BIGINT", "BIGINT");
    row("String", sized("String", 5), "VARCHAR(5)", "VARCHAR(5)");
    row("String without length", type("String"), "VARCHAR", "VARCHAR");
    row("String of length 0", sized("String", 0), "VARCHAR", "VARCHAR");
    row("collated", with(sized("String", 5), [](auto &t) { t.collation = s("C"); }), "VARCHAR(5) COLLATE \"C\"", "VARCHAR(5) COLLATE \"C\"");
    row("UnicodeText", sized("UnicodeText", 5), "TEXT(5)", "TEXT(5)");
    row("Numeric", with(type("Numeric"), [](auto &t) { t.precision = 10, t.scale = 2; }), "NUMERIC(10, 2)", "NUMERIC(10, 2)");
    row("Numeric with a scale alone", with(type("Numeric"), [](auto &t) { t.scale = 2; }), "NUMERIC", "NUMERIC");
    row("Float", with(type("Float"), [](auto &t) { t.precision = 53; }), "FLOAT(53)", "FLOAT");
    row("Double", type("Double"), "DOUBLE PRECISION", "DOUBLE");
    row("DOUBLE", type("DOUBLE", TypeFamily::Standard), "DOUBLE", "DOUBLE");
    row("DOUBLE_PRECISION", pg("DOUBLE_PRECISION"), "DOUBLE PRECISION", "DOUBLE PRECISION");
    row("DateTime", type("DateTime"), "TIMESTAMP WITHOUT TIME ZONE", "DATETIME");
    row("DateTime with zone", with(type("DateTime"), [](auto &t) { t.timezone = true; }), "TIMESTAMP WITH TIME ZONE", "DATETIME");
    row("DATETIME", type("DATETIME", TypeFamily::Standard), "DATETIME", "DATETIME");
    row("sqlite.DATETIME", type("DATETIME", TypeFamily::Sqlite), "TIMESTAMP WITHOUT TIME ZONE", "DATETIME");
    row("postgresql.TIMESTAMP", with(pg("TIMESTAMP"), [](auto &t) { t.timezone = true, t.precision = 3; }), "TIMESTAMP(3) WITH TIME ZONE",
        "TIMESTAMP");
    row("Time", with(type("Time"), [](auto &t) { t.timezone = true; }), "TIME WITH TIME ZONE", "TIME");
    row("Interval", with(type("Interval"), [](auto &t) { t.precision = 6; }), "INTERVAL (6)", "DATETIME");
    row("INTERVAL", with(pg("INTERVAL"), [](auto &t) { t.fields = s("DAY TO SECOND"), t.precision = 3; }), "INTERVAL DAY TO SECOND (3)",
        refused("INTERVAL"));
    row("Uuid", type("Uuid"), "UUID", "CHAR(32)");
    row("Uuid of characters", with(type("Uuid"), [](auto &t) { t.nativeUuid = false; }), "CHAR(32)", "CHAR(32)");
    row("UUID", pg("UUID"), "UUID", "UUID");
    row("Boolean", type("Boolean"), "BOOLEAN", "BOOLEAN");
    row("LargeBinary", sized("LargeBinary", 5), "BYTEA", "BLOB");
    row("PickleType", type("PickleType"), "BYTEA", "BLOB");
    row("BLOB", type("BLOB", TypeFamily::Standard), "BLOB", "BLOB");
    row("JSON", type("JSON"), "JSON", "JSON");
    row("JSONB", pg("JSONB"), "JSONB", refused("JSONB"));
    row("ARRAY", with(pg("ARRAY"), [](auto &t) { t.itemType = shared(type("Integer")), t.dimensions = 2; }), "INTEGER[][]", refused("ARRAY"));
    row("ARRAY of collated text",
        with(pg("ARRAY"), [](auto &t) { t.itemType = shared(with(sized("String", 5), [](auto &i) { i.collation = s("C"); })); }),
        "VARCHAR(5)[] COLLATE \"C\"", refused("ARRAY"));
    row("BIT", pg("BIT"), "BIT(1)", refused("BIT"));
    row("BIT VARYING", with(pg("BIT"), [](auto &t) { t.varying = true; }), "BIT VARYING", refused("BIT"));
    row("Enum", enumType({s("a"), s("bbb")}, "N"), "\"N\"", "VARCHAR(3)");
    row("Enum in a schema", with(enumType({s("a")}, "x"), [](auto &t) { t.schema = s("S"); }), "\"S\".x", "VARCHAR(1)");
    row("Enum of characters", with(enumType({s("é"), s("🎉🎉")}, "x"), [](auto &t) { t.nativeEnum = false; }), "VARCHAR(2)", "VARCHAR(2)");
    row("Enum without name", with(type("Enum"), [](auto &t) { t.enumLabels = QStringList{s("abc")}; }), "!PostgreSQL Enum type requires a name",
        "VARCHAR(3)");
    row("mysql.INTEGER", type("INTEGER", TypeFamily::MySql), "INTEGER", "INTEGER");
    row("mysql.TINYINT", type("TINYINT", TypeFamily::MySql), "!PostgreSQL can't render an element of type TINYINT", refused("TINYINT"));
    row("mssql.BIT", type("BIT", TypeFamily::MsSql), "!PostgreSQL can't render an element of type BIT", refused("BIT"));
    row("a type of the script's own", type("GEOMETRY(POINT,4326)", TypeFamily::Custom), "GEOMETRY(POINT,4326)", "GEOMETRY(POINT,4326)");
    row("no type", SqlType{}, "!Can't generate DDL for NullType(); did you forget to specify a type on this Column?",
        "!Can't generate DDL for NullType(); did you forget to specify a type on this Column?");
}

void TestTypeText::bothDialectsWriteTheTypesThatSqlAlchemyKnows()
{
    QFETCH(SqlType, given);
    QFETCH(QString, postgresql);
    QFETCH(QString, sqlite);
    QCOMPARE(written(DialectKind::PostgreSql, given), postgresql);
    QCOMPARE(written(DialectKind::Sqlite, given), sqlite);
}

void TestTypeText::aVariantReplacesTheTypeOnItsDialectOnly()
{
    SqlType t = type("JSON");
    t.variants[s("postgresql")] = shared(pg("JSONB"));
    QCOMPARE(written(DialectKind::PostgreSql, t), s("JSONB"));
    QCOMPARE(written(DialectKind::Sqlite, t), s("JSON"));
}

void TestTypeText::namesAreQuotedWhereSqlAlchemyQuotesThem_data()
{
    QTest::addColumn<Identifier>("given");
    QTest::addColumn<QString>("postgresql");
    QTest::addColumn<QString>("sqlite");
    Identifier forced(s("plain"));
    forced.quote = true;
    Identifier bare(s("Bare"));
    bare.quote = false;
    QTest::newRow("plain") << Identifier(s("plain")) << s("plain") << s("plain");
    QTest::newRow("upper case") << Identifier(s("Name")) << s("\"Name\"") << s("\"Name\"");
    QTest::newRow("user") << Identifier(s("user")) << s("\"user\"") << s("user");
    QTest::newRow("index") << Identifier(s("index")) << s("index") << s("\"index\"");
    QTest::newRow("digit first") << Identifier(s("1a")) << s("\"1a\"") << s("\"1a\"");
    QTest::newRow("dollar first") << Identifier(s("$a")) << s("\"$a\"") << s("\"$a\"");
    QTest::newRow("dollar inside") << Identifier(s("a$")) << s("a$") << s("a$");
    QTest::newRow("quote inside") << Identifier(s("a\"b")) << s("\"a\"\"b\"") << s("\"a\"\"b\"");
    QTest::newRow("accent") << Identifier(s("é")) << s("\"é\"") << s("\"é\"");
    QTest::newRow("quote=True") << forced << s("\"plain\"") << s("\"plain\"");
    QTest::newRow("quote=False") << bare << s("Bare") << s("Bare");
}

void TestTypeText::namesAreQuotedWhereSqlAlchemyQuotesThem()
{
    QFETCH(Identifier, given);
    QFETCH(QString, postgresql);
    QFETCH(QString, sqlite);
    QCOMPARE(Dialect::create(DialectKind::PostgreSql)->quoted(given), postgresql);
    QCOMPARE(Dialect::create(DialectKind::Sqlite)->quoted(given), sqlite);
}

void TestTypeText::backslashesAreDoubledUntilTheServerIsKnown()
{
    QCOMPARE(Dialect::create(DialectKind::PostgreSql)->literal(s("it's \\ %")), s("'it''s \\\\ %'"));
    dialect::RenderOptions connected;
    connected.serverVersion = 150004;
    QCOMPARE(Dialect::create(DialectKind::PostgreSql, connected)->literal(s("it's \\ %")), s("'it''s \\ %'"));
    QCOMPARE(Dialect::create(DialectKind::Sqlite)->literal(s("it's \\ %")), s("'it''s \\ %'"));
}

QTEST_GUILESS_MAIN(TestTypeText)
#include "tst_typetext.moc"
