// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

/// Mapped classes in statements: where the ORM asks for more, or less, than their tables say, that is told.
class TestMappedClasses : public QObject {
    Q_OBJECT

private:
    static Evaluation with(const QByteArray &attribute, const QByteArray &lines)
    {
        ProjectFolder folder;
        return folder.evaluate(
            "from alembic import op\nimport sqlalchemy as sa\n"
            "from sqlalchemy.orm import declarative_base, relationship, column_property, deferred, aliased, composite, mapped_column\n"
            "from sqlalchemy.ext.hybrid import hybrid_property\n"
            "revision = 'a'\ndown_revision = None\nBase = declarative_base()\n"
            "class A(Base):\n    __tablename__ = 'a'\n    id = sa.Column('a_id', sa.Integer, primary_key=True)\n"
            "    name = sa.Column(sa.String)\n    kind = sa.Column(sa.String)\n    " +
            attribute +
            "\n"
            "class Joined(A):\n    __tablename__ = 'joined'\n    id = sa.Column(sa.ForeignKey('a.a_id'), primary_key=True)\n"
            "    more = sa.Column(sa.Text)\n"
            "class Single(A):\n    extra = sa.Column(sa.Text)\n    __mapper_args__ = {'polymorphic_identity': 's'}\n"
            "def upgrade():\n    " +
            lines + "\n");
    }

private Q_SLOTS:
    void whatTheOrmAddsOrLeavesOutIsTold_data()
    {
        QTest::addColumn<QByteArray>("attribute");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("joined loading") << QByteArray("bs = relationship('B', lazy='joined')") << QByteArray("op.execute(sa.select(A))");
        QTest::newRow("column_property") << QByteArray("up = column_property(sa.func.upper(name))") << QByteArray("op.execute(sa.select(A))");
        QTest::newRow("deferred") << QByteArray("big = deferred(sa.Column(sa.Text))") << QByteArray("op.execute(sa.select(A))");
        QTest::newRow("mapped_column(deferred)") << QByteArray("big = mapped_column(sa.Text, deferred=True)")
                                                 << QByteArray("op.execute(sa.select(A))");
        QTest::newRow("include_properties") << QByteArray("__mapper_args__ = {'include_properties': ['id']}")
                                            << QByteArray("op.execute(sa.select(A))");
        QTest::newRow("composite") << QByteArray("p = composite(tuple, sa.Column('x', sa.Integer))") << QByteArray("pass");
        QTest::newRow("joined inheritance, entity") << QByteArray("x = 1") << QByteArray("op.execute(sa.select(Joined))");
        QTest::newRow("joined inheritance, column") << QByteArray("x = 1") << QByteArray("op.execute(sa.select(Joined.more))");
        QTest::newRow("joined inheritance, inherited column") << QByteArray("x = 1") << QByteArray("op.execute(sa.select(Joined.name))");
        QTest::newRow("joined inheritance, update") << QByteArray("x = 1") << QByteArray("op.execute(sa.update(Joined).values(more='x'))");
        QTest::newRow("single table, entity") << QByteArray("x = 1") << QByteArray("op.execute(sa.delete(Single))");
        QTest::newRow("single table, column") << QByteArray("x = 1") << QByteArray("op.execute(sa.select(Single.extra))");
        QTest::newRow("single table, inherited column") << QByteArray("x = 1") << QByteArray("op.execute(sa.select(Single.name))");
        QTest::newRow("aliased over a subquery") << QByteArray("x = 1")
                                                 << QByteArray("op.execute(sa.select(aliased(A, sa.select(A.id).subquery()).id))");
    }

    void whatTheOrmAddsOrLeavesOutIsTold()
    {
        QFETCH(QByteArray, attribute);
        QFETCH(QByteArray, line);
        const Evaluation done = with(attribute, line);
        QVERIFY(done.outcome.has_value());
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY2(!done.reason().contains(QLatin1String("raises")), qPrintable(done.reason()));
        QVERIFY(done.operations.empty());
    }

    void theTablesOfClassesThatInheritAreWhatTheySay()
    {
        const Evaluation done = with("x = 1", "Base.metadata.create_all(op.get_bind(), checkfirst=False)\n"
                                              "    op.execute(Single.__table__.update().values(extra='x'))\n"
                                              "    op.execute(Joined.__table__.delete())\n    op.execute(sa.select(A))\n"
                                              "    op.execute(sa.select(aliased(A, name='y').id))");
        VERIFY_COMPLETE(done);
        QCOMPARE(done.operations.size(), std::size_t(6));
        const auto &table = done.operation<sql::CreateTable>(0).table;
        QStringList names;
        for (const sql::Column &column : table.columns)
            names.append(column.name.text);
        QCOMPARE(names, (QStringList{QStringLiteral("a_id"), QStringLiteral("name"), QStringLiteral("kind"), QStringLiteral("extra")}));
    }

    void anOptionThatItsDialectDoesNotKnowIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"op.create_unique_constraint('u', 't', ['a'], postgresql_where=sa.text('a > 1'))",
                                 "op.create_table('t', sa.Column('a', sa.Integer), postgresql_with={'fillfactor': 70})",
                                 "op.create_index('i', 't', ['a'], postgresql_tablespaces='x')", "sa.Index('i', 'a', sqlite_using='x')",
                                 "sa.UniqueConstraint('a', sqlite_where='x')", "sa.Column('a', sa.Integer, postgresql_using='x')",
                                 "op.create_foreign_key('f', 't', 'u', ['a'], ['b'], postgresql_where='x')"})
            QTest::newRow(line) << QByteArray(line);
    }

    void anOptionThatItsDialectDoesNotKnowIsRefused()
    {
        QFETCH(QByteArray, line);
        ProjectFolder folder;
        const Evaluation done = folder.upgrade(line);
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY2(done.reason().contains(QLatin1String("is not accepted by dialect")), qPrintable(done.reason()));
    }

    void depthIsRefusedBeforeItIsTooDeepToWalk_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("scalar subqueries") << QByteArray(
            "q = sa.select(sa.column('a'))\nfor i in range(5000):\n    q = sa.select(q.scalar_subquery())");
        QTest::newRow("subqueries") << QByteArray(
            "q = sa.select(sa.table('t', sa.column('a')))\nfor i in range(5000):\n    q = sa.select(q.subquery())");
        QTest::newRow("aliases") << QByteArray("q = sa.table('t', sa.column('a'))\nfor i in range(5000):\n    q = q.alias()\nq = sa.select(q)");
        QTest::newRow("CTEs") << QByteArray(
            "q = sa.select(sa.table('t', sa.column('a')))\nfor i in range(5000):\n    q = sa.select(q.cte('c%d' % i))");
        QTest::newRow("unions") << QByteArray("q = sa.select(sa.column('a'))\nfor i in range(5000):\n    q = q.union(sa.select(sa.column('a')))");
        QTest::newRow("functions") << QByteArray("q = sa.column('a')\nfor i in range(5000):\n    q = sa.func.f(q)");
        QTest::newRow("joins") << QByteArray("t = sa.table('t', sa.column('a'))\nq = t\nfor i in range(5000):\n    q = q.join(t.alias(), sa.true())");
        QTest::newRow("EXISTS") << QByteArray(
            "q = sa.select(sa.column('a'))\nfor i in range(5000):\n    q = sa.select(sa.column('a')).where(q.exists())");
    }

    void depthIsRefusedBeforeItIsTooDeepToWalk()
    {
        QFETCH(QByteArray, lines);
        ProjectFolder folder;
        const Evaluation done = folder.upgrade(lines + "\nop.execute(q)");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QVERIFY2(done.reason().contains(QLatin1String("deeper")), qPrintable(done.reason()));
    }

    void whatAScriptItselfRaisesIsToldAsThat()
    {
        ProjectFolder folder;
        QCOMPARE(folder.upgrade("raise NotImplementedError('no way back')").outcome->raises, QStringLiteral("NotImplementedError: no way back"));
        QCOMPARE(folder.upgrade("raise ValueError").outcome->raises, QStringLiteral("ValueError"));
        QVERIFY(folder.upgrade("{}['x']").outcome->raises.isEmpty());
        QVERIFY(folder.upgrade("op.drop_table('t')").outcome->raises.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestMappedClasses)
#include "tst_mappedclasses.moc"
