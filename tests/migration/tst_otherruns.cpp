// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripts.h"

#include "migration/preview.h"

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;

/// Python orders a set of texts anew in every run (hash randomisation): SQL that hangs on such an order says so, other SQL does not.
class TestOtherRuns : public QObject {
    Q_OBJECT

    /// For each statement whether it is said to vary.
    static std::vector<bool> varying(const QStringList &upgrade, dialect::DialectKind kind = dialect::DialectKind::PostgreSql)
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"), upgrade);
        const auto project = scripts.open();
        if (!project)
            return {};
        const auto index = project->graph().find(QStringLiteral("a1"));
        RenderRequest request;
        request.kind = kind;
        const auto body = renderBody(*project, project->graph().revisions()[*index].header, script::Direction::Upgrade, request);
        if (!body || body->status != BodySql::Status::Complete)
            return {};
        std::vector<bool> found;
        for (const dialect::Statement &statement : body->statements)
            found.push_back(statement.notes.join(QLatin1Char('\n')).contains(QLatin1String("varies from run to run")));
        return found;
    }

private Q_SLOTS:
    void whatHangsOnTheOrderOfASetIsTold_data()
    {
        QTest::addColumn<QStringList>("upgrade");
        const auto row = [](const char *name, const QStringList &lines) { QTest::newRow(name) << lines; };
        row("operations in a loop", {QStringLiteral("for t in {'a', 'b', 'c'}: op.drop_table(t)")});
        row("a text", {QStringLiteral("op.execute('select ' + ', '.join({'a', 'b', 'c'}))")});
        row("columns", {QStringLiteral("op.create_index('ix', 't', list({'a', 'b', 'c'}))")});
        row("stars", {QStringLiteral("op.create_table('t', *[sa.Column(n, sa.Integer) for n in frozenset(['a', 'b'])])")});
        row("numbers that follow from it",
            {QStringLiteral("places = {n: i for i, n in enumerate({'a', 'b'})}"), QStringLiteral("op.execute(f'select {places[\"a\"]}')")});
        row("names in between", {QStringLiteral("names = {'a': 'x', 'b': 'y'}"), QStringLiteral("for n in {'a', 'b'}: op.drop_table(names[n])")});
        row("labels", {QStringLiteral("sa.Enum(*{'a', 'b'}, name='e').create(op.get_bind())")});
        row("one of them", {QStringLiteral("op.drop_table(next(iter({'a', 'b'})))")});
        row("pop", {QStringLiteral("op.drop_table({'a', 'b'}.pop())")});
        row("repr", {QStringLiteral("op.execute(\"select $$%s$$\" % {'a', 'b'})")});
        row("differences", {QStringLiteral("for n in set('abcd') - set('ab'): op.drop_column('t', n)")});
        row("bytes", {QStringLiteral("for n in {b'a', b'b'}: op.drop_table(n.decode())")});
        row("an identifier of another kind", {QStringLiteral("import uuid"), QStringLiteral("op.drop_index(f'ix_{uuid.uuid4().hex}')")});
        row("the clock in a name", {QStringLiteral("import datetime"), QStringLiteral("op.drop_table(f't_{datetime.datetime.now():%Y%m%d%H%M%S}')")});
    }
    void whatHangsOnTheOrderOfASetIsTold()
    {
        QFETCH(QStringList, upgrade);
        const std::vector<bool> found = varying(upgrade);
        QVERIFY(!found.empty());
        for (const bool told : found)
            QVERIFY(told);
    }

    void whatDoesNotHangOnItIsNot_data()
    {
        QTest::addColumn<QStringList>("upgrade");
        const auto row = [](const char *name, const QStringList &lines) { QTest::newRow(name) << lines; };
        row("sorted", {QStringLiteral("for t in sorted({'b', 'a'}): op.drop_table(t)")});
        row("sorted after a change", {QStringLiteral("for t in sorted([x.lower() for x in {'B', 'a'}]): op.drop_table(t)")});
        row("numbers", {QStringLiteral("for i in {3, 1, 2}: op.execute(f'select {i}')")});
        row("tuples of numbers", {QStringLiteral("for i, j in {(1, 2), (3, 4)}: op.execute(f'select {i}, {j}')")});
        row("least and greatest", {QStringLiteral("op.drop_table(min({'b', 'a'})); op.drop_table(max({'b', 'a'}))")});
        row("membership", {QStringLiteral("if 'a' in {'a', 'b'} and any(x == 'b' for x in {'a', 'b'}): op.drop_table('a')")});
        row("sums", {QStringLiteral("op.execute('select %d' % sum(len(x) for x in {'a', 'bb'}))")});
        row("one alone", {QStringLiteral("for t in {'a'}: op.drop_table(t)")});
        row("a dictionary read by key", {QStringLiteral("names = {x: f'ix_{x}' for x in {'a', 'b'}}"), QStringLiteral("op.drop_index(names['a'])")});
        row("lists and dictionaries", {QStringLiteral("for t in dict.fromkeys(['b', 'a']): op.drop_table(t)")});
    }
    void whatDoesNotHangOnItIsNot()
    {
        QFETCH(QStringList, upgrade);
        const std::vector<bool> found = varying(upgrade);
        QVERIFY(!found.empty());
        for (const bool told : found)
            QVERIFY(!told);
    }

    void onlyTheStatementsThatDifferAreTold()
    {
        const std::vector<bool> found = varying({QStringLiteral("op.drop_table('before')"), QStringLiteral("for t in {'a', 'b'}: op.drop_table(t)"),
                                                 QStringLiteral("op.drop_table('after')")},
                                                dialect::DialectKind::Sqlite);
        QCOMPARE(found, (std::vector<bool>{false, true, true, false}));
    }

    void aPlanTellsItAsWell()
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"), {QStringLiteral("for t in {'a', 'b'}: op.drop_table(t)")});
        const auto project = scripts.open();
        QVERIFY(project);
        revision::Plan plan;
        plan.kind = revision::Plan::Kind::Upgrade;
        revision::Step step;
        step.kind = revision::Step::Kind::Upgrade;
        step.revision = QStringLiteral("a1");
        plan.steps.push_back(step);
        RenderRequest request;
        const auto preview = previewPlan(*project, plan, request);
        QVERIFY(preview);
        QCOMPARE(preview->steps.front().body.statements.size(), std::size_t(2));
        for (const dialect::Statement &statement : preview->steps.front().body.statements)
            QCOMPARE(statement.notes, QStringList{QStringLiteral("the text varies from run to run")});
    }
};

QTEST_GUILESS_MAIN(TestOtherRuns)
#include "tst_otherruns.moc"
