// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

namespace {

/// One word for each constraint: `pk(id)`, `fk(a)`, …, with its name before a colon if it has one.
QStringList shapes(const std::vector<sql::Constraint> &constraints)
{
    QStringList list;
    for (const sql::Constraint &constraint : constraints) {
        QString shape;
        const auto columns = [](const std::vector<sql::Identifier> &names) {
            QStringList texts;
            for (const sql::Identifier &name : names)
                texts.append(name.text);
            return texts.join(QLatin1Char(','));
        };
        if (const auto *primary = std::get_if<sql::PrimaryKeyConstraint>(&constraint.kind))
            shape = QStringLiteral("pk(%1)").arg(columns(primary->columns));
        else if (const auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind))
            shape = QStringLiteral("uq(%1)").arg(columns(unique->columns));
        else if (const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind))
            shape = QStringLiteral("fk(%1)").arg(columns(foreign->columns));
        else if (std::holds_alternative<sql::CheckConstraint>(constraint.kind))
            shape = QStringLiteral("ck");
        list.append(constraint.name.isEmpty() ? shape : constraint.name.text + QLatin1Char(':') + shape);
    }
    return list;
}

} // namespace

class TestTables : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void constraintsThatColumnsSayAreNotLeftOutInSilence()
    {
        ProjectFolder folder;
        const auto names = [&folder](const QByteArray &column) {
            return folder.upgrade("t = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer" + column +
                                  "), sa.UniqueConstraint('a', name='u'))\nop.execute(str([c.name for c in t.constraints]))");
        };
        VERIFY_COMPLETE(names(""));
        for (const char *said : {", sa.ForeignKey('o.id')", ", sa.CheckConstraint('a > 0')", ", unique=True"})
            QCOMPARE(names(said).outcome->status, BodyStatus::NotUnderstood);
    }

    void constraintsStandInSqlAlchemysOrder()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade(
            "op.create_table('t', sa.Column('id', sa.Integer(), nullable=False), sa.Column('a', sa.Integer(), sa.ForeignKey('u.id'), unique=True), "
            "sa.Column('b', sa.Integer(), unique=True), sa.CheckConstraint('a > 0', name='ck_a'), "
            "sa.ForeignKeyConstraint(['b'], ['v.id']), sa.PrimaryKeyConstraint('id'), sa.UniqueConstraint('a', 'b', name='uq_ab'))");
        VERIFY_COMPLETE(done);
        const sql::Table &table = done.operation<sql::CreateTable>().table;
        QCOMPARE(shapes(table.constraints),
                 (QStringList{QStringLiteral("pk(id)"), QStringLiteral("ck_a:ck"), QStringLiteral("fk(b)"), QStringLiteral("uq_ab:uq(a,b)")}));
        QCOMPARE(shapes(table.columns[1].constraints), QStringList{QStringLiteral("fk(a)")});
        QVERIFY(table.columns[1].isUnique && table.columns[2].isUnique);
    }

    void whatComesAfterTheColumnsStandsAfterWhatTheyMake()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("t = sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer(), sa.ForeignKey('u.id'), unique=True))\n"
                                         "t.append_constraint(sa.CheckConstraint('a > 0', name='late'))\n"
                                         "t.create(op.get_bind())");
        VERIFY_COMPLETE(done);
        const sql::Table &table = done.operation<sql::CreateTable>().table;
        QCOMPARE(shapes(table.constraints), (QStringList{QStringLiteral("uq(a)"), QStringLiteral("fk(a)"), QStringLiteral("late:ck")}));
        QVERIFY(table.columns[0].constraints.empty() && !table.columns[0].isUnique);
    }

    void everyColumnArgumentArrives()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade(
            "op.create_table('t', "
            "sa.Column('a', sa.String(20), sa.CheckConstraint(\"a <> ''\"), server_default=sa.text(\"'x'\"), comment='c', nullable=False), "
            "sa.Column('b', sa.Integer(), sa.Identity(always=True, start=5, cycle=True)), "
            "sa.Column('c', sa.Integer(), sa.Computed('b * 2', persisted=True)), "
            "sa.Column('d', sa.Integer(), sa.Sequence('d_seq', start=3), quote=True), "
            "sa.Column('e', sa.Boolean(), server_default=sa.false(), default=True), "
            "sa.Column('f', sa.DateTime(), server_default=sa.func.now(), index=True), "
            "sa.Column(name='g', type_=sa.Integer, key='gg', autoincrement=False, info={}), "
            "schema='s', comment='a table', prefixes=['UNLOGGED'], postgresql_partition_by='RANGE (f)', if_not_exists=True)");
        VERIFY_COMPLETE(done);
        const auto &create = done.operation<sql::CreateTable>();
        const sql::Table &table = create.table;
        QVERIFY(create.ifNotExists);
        QCOMPARE(table.name.schema.text, QStringLiteral("s"));
        QCOMPARE(table.comment.value_or(QString()), QStringLiteral("a table"));
        QCOMPARE(table.prefixes, QStringList{QStringLiteral("UNLOGGED")});
        QCOMPARE(std::get<QString>(table.options.at(QStringLiteral("postgresql_partition_by")).value), QStringLiteral("RANGE (f)"));
        QCOMPARE(table.columns.size(), std::size_t{7});
        QCOMPARE(shapes(table.columns[0].constraints), QStringList{QStringLiteral("ck")});
        QCOMPARE(table.columns[1].identity->options.start, std::optional<qint64>(5));
        QVERIFY(table.columns[1].identity->always);
        QCOMPARE(table.columns[2].computed->persisted, std::optional<bool>(true));
        QCOMPARE(table.columns[3].sequence->name.name.text, QStringLiteral("d_seq"));
        QCOMPARE(table.columns[3].name.quote, std::optional<bool>(true));
        const auto &constant = std::get<sql::ConstantExpression>(std::get<sql::ExpressionPtr>(table.columns[4].serverDefault)->node);
        QCOMPARE(constant.kind, sql::ConstantExpression::Kind::False);
        QCOMPARE(std::get<sql::FunctionCall>(std::get<sql::ExpressionPtr>(table.columns[5].serverDefault)->node).name, QStringLiteral("now"));
        QVERIFY(table.columns[5].hasIndex);
        QCOMPARE(table.columns[5].indexName.text, QStringLiteral("ix_s_t_f"));
        QCOMPARE(table.columns[6].name.text, QStringLiteral("g"));
        QCOMPARE(table.columns[6].autoincrement, std::optional<bool>(false));
    }

    void aPythonDefaultKeepsAColumnFromCounting()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("op.create_table('t', sa.Column('id', sa.Integer(), primary_key=True, default=7))");
        VERIFY_COMPLETE(done);
        QVERIFY(done.operation<sql::CreateTable>().table.columns[0].hasClientDefault);
    }

    void metadataNamesItsTablesAndOrdersThem()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade(
            "meta = sa.MetaData(schema='s', naming_convention={'pk': 'pk_%(table_name)s', 'fk': "
            "'fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s'})\n"
            "child = sa.Table('a_child', meta, sa.Column('id', sa.Integer, primary_key=True), sa.Column('p', sa.ForeignKey('parent.id')))\n"
            "parent = sa.Table('parent', meta, sa.Column('id', sa.BigInteger, primary_key=True))\n"
            "meta.create_all(op.get_bind())\n"
            "child.drop(op.get_bind())");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operation<sql::CreateTable>(0).table.name.name.text, QStringLiteral("parent"));
        const sql::Table &child = done.operation<sql::CreateTable>(1).table;
        QCOMPARE(child.primaryKeyName.text, QStringLiteral("pk_a_child"));
        QCOMPARE(shapes(child.columns[1].constraints), QStringList{QStringLiteral("fk_a_child_p_parent:fk(p)")});
        QCOMPARE(std::get<sql::ForeignKeyConstraint>(child.columns[1].constraints[0].kind).referredTable.schema.text, QStringLiteral("s"));
        QCOMPARE(child.columns[1].type.name, QStringLiteral("BigInteger"));
        QCOMPARE(done.operation<sql::DropTable>(2).table.schema.text, QStringLiteral("s"));
    }

    void aReflectedTableNeedsADatabase()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("sa.Table('t', sa.MetaData(), autoload_with=op.get_bind())");
        QCOMPARE(done.outcome->status, BodyStatus::NeedsDatabase);
        QCOMPARE(
            folder.upgrade("sa.inspect(op.get_bind()).get_table_names().sort()\nif 'a' in sa.inspect(op.get_bind()).get_table_names():\n    pass")
                .outcome->status,
            BodyStatus::NeedsDatabase);
    }

    void schemaElementsAreExecuted()
    {
        ProjectFolder folder;
        const auto done = folder.upgrade("from sqlalchemy.schema import CreateSchema, DropSchema, CreateSequence, CreateTable\n"
                                         "op.execute(CreateSchema('s', if_not_exists=True))\n"
                                         "op.execute(DropSchema('s', cascade=True))\n"
                                         "op.execute(CreateSequence(sa.Sequence('q', increment=2)))\n"
                                         "op.execute(CreateTable(sa.Table('t', sa.MetaData(), sa.Column('a', sa.Integer, index=True))))");
        VERIFY_COMPLETE(done);
        QVERIFY(done.operation<sql::CreateSchema>(0).ifNotExists);
        QVERIFY(done.operation<sql::DropSchema>(1).cascade);
        QCOMPARE(done.operation<sql::CreateSequence>(2).sequence.options.increment, std::optional<qint64>(2));
        QVERIFY(done.operation<sql::CreateTable>(3).isBare);
    }

    void aNamedEnumIsMadeOnceInABody()
    {
        ProjectFolder folder;
        const auto done =
            folder.upgrade("e = sa.Enum('a', 'b', name='kind')\nop.create_table('t', sa.Column('k', e))\nop.create_table('u', sa.Column('k', e))");
        VERIFY_COMPLETE(done);
        QVERIFY(done.operation<sql::CreateTable>(0).table.columns[0].type.createType);
        QVERIFY(!done.operation<sql::CreateTable>(1).table.columns[0].type.createType);
    }

    void tablesThatMayBeMissingStopWhatNeedsThemAll()
    {
        ProjectFolder folder;
        (void)folder.write(QStringLiteral("app/models.py"),
                           "from sqlalchemy.orm import declarative_base\nimport sqlalchemy as sa\nBase = declarative_base()\n"
                           "class A(Base):\n    __tablename__ = 'a'\n    id = sa.Column(sa.Integer, primary_key=True)\n"
                           "if unheard_of:\n    pass\n");
        (void)folder.write(QStringLiteral("app/whole.py"),
                           "from sqlalchemy.orm import declarative_base\nimport sqlalchemy as sa\nBase = declarative_base()\n"
                           "class A(Base):\n    __tablename__ = 'a'\n    id = sa.Column(sa.Integer, primary_key=True)\n");
        VERIFY_COMPLETE(folder.upgrade("from app.whole import Base\nBase.metadata.create_all(op.get_bind())"));
        QCOMPARE(folder.upgrade("from app.models import Base\nBase.metadata.create_all(op.get_bind())").outcome->status, BodyStatus::NotUnderstood);
        const QByteArray own = "from sqlalchemy.orm import declarative_base\nfrom nowhere import Mixin\nBase = declarative_base()\n"
                               "class A(Mixin, Base):\n    __tablename__ = 'a'\n    id = sa.Column(sa.Integer, primary_key=True)\n"
                               "for name in Base.metadata.tables:\n    op.drop_table(name)";
        const auto done = folder.upgrade(own);
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY2(done.reason().contains(QStringLiteral("class A")), qPrintable(done.reason()));
    }
};

QTEST_GUILESS_MAIN(TestTables)
#include "tst_tables.moc"
