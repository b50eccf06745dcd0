// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

using sql::TypeFamily;

/// The type of one column that a script's expression makes.
Result<sql::SqlType> typeOf(ProjectFolder &folder, const QByteArray &expression, const QByteArray &before = {})
{
    const auto done = folder.evaluate(
        "from alembic import op\nimport enum\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql, mysql, sqlite, mssql, oracle\n"
        "revision = 'a'\n" +
        before + "\ndef upgrade():\n    op.add_column('t', sa.Column('c', " + expression + "))\n");
    if (!done.isComplete())
        return std::unexpected(Error{.code = ErrorCode::ScriptNotUnderstood, .detail = done.reason()});
    return done.operation<sql::AddColumn>().column.type;
}

} // namespace

class TestTypes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void typesKeepFamilyNameAndArguments_data()
    {
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<TypeFamily>("family");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("precision");
        QTest::addColumn<int>("scale");
        QTest::addColumn<bool>("hasTimezone");
        const auto row = [](const char *expression, TypeFamily family, const char *name, int length = -1, int precision = -1, int scale = -1,
                            bool hasTimezone = false) {
            QTest::newRow(expression) << QByteArray(expression) << family << QString::fromLatin1(name) << length << precision << scale << hasTimezone;
        };
        row("sa.String", TypeFamily::Generic, "String");
        row("sa.String(20)", TypeFamily::Generic, "String", 20);
        row("sa.String(length=20, collation='C')", TypeFamily::Generic, "String", 20);
        row("sa.VARCHAR(5)", TypeFamily::Standard, "VARCHAR", 5);
        row("sa.Numeric(10, 2)", TypeFamily::Generic, "Numeric", -1, 10, 2);
        row("sa.Numeric(precision=10, scale=2, asdecimal=False)", TypeFamily::Generic, "Numeric", -1, 10, 2);
        row("sa.Float(53)", TypeFamily::Generic, "Float", -1, 53);
        row("sa.DateTime(True)", TypeFamily::Generic, "DateTime", -1, -1, -1, true);
        row("sa.TIMESTAMP(timezone=True)", TypeFamily::Standard, "TIMESTAMP", -1, -1, -1, true);
        row("postgresql.TIMESTAMP(timezone=True, precision=6)", TypeFamily::PostgreSql, "TIMESTAMP", -1, 6, -1, true);
        row("postgresql.UUID(as_uuid=True)", TypeFamily::Standard, "UUID");
        row("postgresql.JSONB(astext_type=sa.Text())", TypeFamily::PostgreSql, "JSONB");
        row("postgresql.BIT(8, varying=True)", TypeFamily::PostgreSql, "BIT", 8);
        row("postgresql.INTERVAL(precision=3)", TypeFamily::PostgreSql, "INTERVAL", -1, 3);
        row("postgresql.TSVECTOR()", TypeFamily::PostgreSql, "TSVECTOR");
        row("postgresql.VARCHAR(3)", TypeFamily::Standard, "VARCHAR", 3);
        row("mysql.INTEGER(display_width=11, unsigned=True)", TypeFamily::MySql, "INTEGER");
        row("mysql.VARCHAR(collation='utf8mb4_bin', length=9)", TypeFamily::MySql, "VARCHAR", 9);
        row("mssql.UNIQUEIDENTIFIER()", TypeFamily::MsSql, "UNIQUEIDENTIFIER");
        row("oracle.NUMBER(10, 0)", TypeFamily::Oracle, "NUMBER", -1, 10, 0);
        row("sa.LargeBinary(100)", TypeFamily::Generic, "LargeBinary", 100);
        row("sa.PickleType()", TypeFamily::Generic, "LargeBinary");
        row("sa.INT()", TypeFamily::Standard, "INTEGER");
        row("sa.Interval(second_precision=2)", TypeFamily::Generic, "Interval", -1, 2);
    }

    void typesKeepFamilyNameAndArguments()
    {
        QFETCH(QByteArray, expression);
        QFETCH(TypeFamily, family);
        QFETCH(QString, name);
        QFETCH(int, length);
        QFETCH(int, precision);
        QFETCH(int, scale);
        QFETCH(bool, hasTimezone);
        ProjectFolder folder;
        const auto type = typeOf(folder, expression);
        QVERIFY2(type.has_value(), type ? "" : qPrintable(type.error().detail));
        QCOMPARE(type->family, family);
        QCOMPARE(type->name, name);
        QCOMPARE(type->length.value_or(-1), length);
        QCOMPARE(type->precision.value_or(-1), precision);
        QCOMPARE(type->scale.value_or(-1), scale);
        QCOMPARE(type->timezone, hasTimezone);
    }

    void arraysHoldTheirItemType()
    {
        ProjectFolder folder;
        const auto type = typeOf(folder, "postgresql.ARRAY(sa.String(5), dimensions=2)");
        QVERIFY(type.has_value());
        QCOMPARE(type->itemType->length, std::optional<int>(5));
        QCOMPARE(type->dimensions, std::optional<int>(2));
        QVERIFY(!typeOf(folder, "sa.ARRAY(sa.ARRAY(sa.Integer))").has_value());
    }

    void enumsComeInAllForms()
    {
        ProjectFolder folder;
        const QByteArray colors = "class Color(enum.Enum):\n    RED = 'red'\n    GREEN = 'green'\n    CRIMSON = 'red'\n";
        const auto names = typeOf(folder, "sa.Enum(Color)", colors);
        QVERIFY2(names.has_value(), names ? "" : qPrintable(names.error().detail));
        QCOMPARE(names->enumLabels, (QStringList{QStringLiteral("RED"), QStringLiteral("GREEN")}));
        QCOMPARE(names->enumName, QStringLiteral("color"));
        const auto values = typeOf(folder, "sa.Enum(Color, values_callable=lambda e: [m.value for m in e], name='c', schema='s')", colors);
        QVERIFY2(values.has_value(), values ? "" : qPrintable(values.error().detail));
        QCOMPARE(values->enumLabels, (QStringList{QStringLiteral("red"), QStringLiteral("green")}));
        QCOMPARE(values->schema, QStringLiteral("s"));
        const auto plain = typeOf(folder, "sa.Enum('a', 'bbb', name='x', native_enum=False, create_constraint=True)");
        QVERIFY(plain.has_value());
        QVERIFY(!plain->nativeEnum && plain->createConstraint);
        QCOMPARE(plain->length, std::optional<int>(3));
        const auto native = typeOf(folder, "postgresql.ENUM('a', name='x', create_type=False)");
        QVERIFY(native.has_value());
        QVERIFY(!native->createType);
        QVERIFY(!typeOf(folder, "sa.Enum('aaaa', length=2, native_enum=False)").has_value());
    }

    void enumsAreCreatedAndDropped()
    {
        ProjectFolder folder;
        const QByteArray lines = "e = sa.Enum('a', 'b', name='kind')\ne.create(op.get_bind(), checkfirst=False)\ne.drop(op.get_bind())";
        const auto done = folder.upgrade(lines);
        VERIFY_COMPLETE(done);
        QVERIFY(!done.operation<sql::CreateType>(0).checkFirst);
        QVERIFY(done.operation<sql::DropType>(1).checkFirst);
        folder.environment.dialectName = QStringLiteral("sqlite");
        QVERIFY(folder.upgrade(lines).operations.empty());
    }

    void aVariantCountsOnItsDialect()
    {
        ProjectFolder folder;
        const QByteArray expression = "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql').with_variant(sa.Text(), 'sqlite')";
        const auto type = typeOf(folder, expression);
        QCOMPARE(type->name, QStringLiteral("JSON"));
        QCOMPARE(type->variants.at(QStringLiteral("postgresql"))->name, QStringLiteral("JSONB"));
        folder.environment.dialectName = QStringLiteral("sqlite");
        QCOMPARE(typeOf(folder, expression)->variants.at(QStringLiteral("sqlite"))->name, QStringLiteral("Text"));
    }

    void aTypeMayAddOperatorsButNotChangeThem()
    {
        ProjectFolder folder;
        const auto type = [](const char *method) {
            return QByteArray("class Point(sa.types.UserDefinedType):\n    def get_col_spec(self, **kw):\n        return 'POINT'\n"
                              "    class comparator_factory(sa.types.UserDefinedType.Comparator):\n        def ") +
                   method + "(self, other):\n            return self.op('<->')(other)\nop.create_table('t', sa.Column('p', Point()))";
        };
        VERIFY_COMPLETE(folder.upgrade(type("distance")));
        const auto done = folder.upgrade(type("__eq__"));
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY(done.reason().contains(QStringLiteral("operators of its own")));
    }

    void aTypeDecoratorIsAskedForItsDialect()
    {
        ProjectFolder folder;
        const QByteArray guid = "class Guid(sa.types.TypeDecorator):\n    impl = sa.CHAR\n    cache_ok = True\n"
                                "    def load_dialect_impl(self, dialect):\n"
                                "        if dialect.name == 'postgresql':\n            return dialect.type_descriptor(postgresql.UUID())\n"
                                "        return dialect.type_descriptor(sa.CHAR(36))\n"
                                "class Short(sa.types.TypeDecorator):\n    impl = sa.String\n";
        QCOMPARE(typeOf(folder, "Guid()", guid)->name, QStringLiteral("UUID"));
        QCOMPARE(typeOf(folder, "Short(7)", guid)->length, std::optional<int>(7));
        folder.environment.dialectName = QStringLiteral("sqlite");
        QCOMPARE(typeOf(folder, "Guid", guid)->length, std::optional<int>(36));
    }

    void aUserDefinedTypeSpellsItself()
    {
        ProjectFolder folder;
        const QByteArray vector = "class Vector(sa.types.UserDefinedType):\n    def __init__(self, n):\n        self.n = n\n"
                                  "    def get_col_spec(self, **kw):\n        return 'VECTOR(%d)' % self.n\n";
        const auto type = typeOf(folder, "Vector(3)", vector);
        QVERIFY2(type.has_value(), type ? "" : qPrintable(type.error().detail));
        QCOMPARE(type->family, TypeFamily::Custom);
        QCOMPARE(type->name, QStringLiteral("VECTOR(3)"));
    }

    void aCompiledTypeSpellsItselfToo()
    {
        ProjectFolder folder;
        const QByteArray odd = "from sqlalchemy.ext.compiler import compiles\nclass Odd(sa.types.TypeEngine):\n    pass\n"
                               "@compiles(Odd, 'postgresql')\ndef spell(element, compiler, **kw):\n    return 'ODD'\n";
        QCOMPARE(typeOf(folder, "Odd()", odd)->name, QStringLiteral("ODD"));
    }

    void typesOfOtherPackagesAreKnown_data()
    {
        QTest::addColumn<QByteArray>("import");
        QTest::addColumn<QByteArray>("expression");
        QTest::addColumn<QString>("name");
        QTest::newRow("sqlmodel") << QByteArray("import sqlmodel") << QByteArray("sqlmodel.sql.sqltypes.AutoString(length=5)")
                                  << QStringLiteral("String");
        QTest::newRow("sqlalchemy_utils") << QByteArray("import sqlalchemy_utils") << QByteArray("sqlalchemy_utils.types.uuid.UUIDType()")
                                          << QStringLiteral("UUID");
        QTest::newRow("binary uuid") << QByteArray("from sqlalchemy_utils import UUIDType") << QByteArray("UUIDType(binary=False, native=False)")
                                     << QStringLiteral("CHAR");
        QTest::newRow("tsvector") << QByteArray("from sqlalchemy_utils.types.ts_vector import TSVectorType") << QByteArray("TSVectorType('a')")
                                  << QStringLiteral("TSVECTOR");
        QTest::newRow("pgvector") << QByteArray("import pgvector.sqlalchemy") << QByteArray("pgvector.sqlalchemy.Vector(dim=3)")
                                  << QStringLiteral("VECTOR(3)");
        QTest::newRow("pgvector moved") << QByteArray("import pgvector") << QByteArray("pgvector.sqlalchemy.vector.VECTOR(dim=3)")
                                        << QStringLiteral("VECTOR(3)");
        QTest::newRow("geoalchemy2") << QByteArray("import geoalchemy2") << QByteArray("geoalchemy2.types.Geometry(geometry_type='POINT', srid=4326)")
                                     << QStringLiteral("geometry(POINT,4326)");
        QTest::newRow("citext") << QByteArray("import citext") << QByteArray("citext.CIText()") << QStringLiteral("CITEXT");
        QTest::newRow("fastapi_users") << QByteArray("import fastapi_users_db_sqlalchemy")
                                       << QByteArray("fastapi_users_db_sqlalchemy.generics.GUID()") << QStringLiteral("UUID");
    }

    void typesOfOtherPackagesAreKnown()
    {
        QFETCH(QByteArray, import);
        QFETCH(QByteArray, expression);
        QFETCH(QString, name);
        ProjectFolder folder;
        const auto type = typeOf(folder, expression, import);
        QVERIFY2(type.has_value(), type ? "" : qPrintable(type.error().detail));
        QCOMPARE(type->name, name);
    }

    void theTextOfATypeIsWhatTheDefaultDialectWrites()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("op.rename_table('t', ' '.join(str(t) for t in (sa.VARCHAR(5), sa.Numeric(5, 2), sa.DateTime(True), sa.Uuid(), "
                           "postgresql.JSONB())))\nop.rename_table('t', str(sa.Enum('a', name='e')))");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(done.operations.size(), std::size_t{1});
        QCOMPARE(done.operation<sql::RenameTable>().newName.text, QStringLiteral("VARCHAR(5) NUMERIC(5, 2) DATETIME CHAR(32) JSONB"));
    }

    void aSpatialColumnBringsItsIndex()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade(
            "from geoalchemy2 import Geometry\n"
            "op.create_table('lake', sa.Column('geom', Geometry('POLYGON')), sa.Column('plain', Geometry('POINT', spatial_index=False)))");
        VERIFY_COMPLETE(done);
        const sql::Table &table = done.operation<sql::CreateTable>().table;
        QCOMPARE(table.indexes.size(), std::size_t{1});
        QCOMPARE(table.indexes[0].name.text, QStringLiteral("idx_lake_geom"));
    }

    void anUnknownTypeStopsWithItsName()
    {
        ProjectFolder folder;
        const auto done = folder.evaluate("from alembic import op\nimport sqlalchemy as sa\nfrom app.types import Money\nrevision = 'a'\n"
                                          "def upgrade():\n    op.add_column('t', sa.Column('c', Money(3)))\n");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(done.outcome->line, 6);
        QCOMPARE(done.outcome->unknownName.left(15), QStringLiteral("app.types.Money"));
        folder.environment.givenValues.insert(QStringLiteral("app.types.Money"), QStringLiteral("lambda n: sa.Numeric(n)"));
        const auto given = folder.evaluate("from alembic import op\nimport sqlalchemy as sa\nfrom app.types import Money\nrevision = 'a'\n"
                                           "def upgrade():\n    op.add_column('t', sa.Column('c', Money(3)))\n");
        VERIFY_COMPLETE(given);
        QCOMPARE(given.operation<sql::AddColumn>().column.type.precision, std::optional<int>(3));
    }
};

QTEST_GUILESS_MAIN(TestTypes)
#include "tst_columntypes.moc"
