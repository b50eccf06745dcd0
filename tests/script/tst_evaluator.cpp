// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

/// Scripts one after another in one evaluator: none sees what another one did.
namespace stillroom::script {

namespace {

constexpr const char *kWitness = R"PY(
import builtins, datetime, decimal, enum, functools, os, random, string, sys, uuid
import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql
from alembic import op
revision = 'witness'
down_revision = None

def described(column):
    return sorted(name for name in vars(type(column)) if not name.startswith('_'))

def upgrade():
    print('column', described(sa.Column('a', sa.Integer)))
    print('names', hasattr(sa, 'marker'), hasattr(datetime, 'marker'), hasattr(op, 'marker'), hasattr(sa.Column, 'marker'))
    print('path', len(sys.path), 'length', len([1, 2]), 'variable', os.environ.get('STILLROOM_WITNESS', 'unset'))
    print('subclasses', len(sa.types.TypeDecorator.__subclasses__()), len(object.__subclasses__()) > 0, len(enum.Enum.__subclasses__()))
    print('decimal', decimal.Decimal(1) / decimal.Decimal(7))
    print('id', id(upgrade) == id(upgrade), id(sa))
    print('letters', string.ascii_lowercase[:3], functools.reduce(lambda a, b: a + b, [1, 2, 3]))
    op.create_table('t', sa.Column('state', sa.Enum('a', 'b', name='state')), sa.Column('n', sa.Integer))
    op.create_table('u', sa.Column('state', sa.Enum('a', 'b', name='state', create_type=False)))
    base = orm.declarative_base()
    print('tables', len(base.metadata.tables))
    op.execute(op.f('SELECT 1'))
)PY";

/// What a body came to, as far as another body could have changed it.
QString told(const Evaluation &evaluation)
{
    QString text = evaluation.outcome ? QString::number(static_cast<int>(evaluation.outcome->status)) : QStringLiteral("error");
    text += QLatin1Char('\n') + evaluation.reason() + QLatin1Char('\n');
    if (evaluation.outcome)
        text += evaluation.outcome->notes.join(QLatin1Char('\n'));
    for (const sql::Operation &operation : evaluation.operations) {
        text += QStringLiteral("\noperation %1 at %2").arg(operation.kind.index()).arg(operation.origin.line);
        if (const auto *table = std::get_if<sql::CreateTable>(&operation.kind)) {
            for (const sql::Column &column : table->table.columns)
                text += QStringLiteral(" %1:%2:%3").arg(column.name.text).arg(static_cast<int>(column.type.family)).arg(column.type.name);
        }
    }
    return text;
}

} // namespace

class TestEvaluator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noScriptSeesWhatAnotherOneDid_data();
    void noScriptSeesWhatAnotherOneDid();
    void aBodyComesOutTheSameHoweverManyWentBefore();
    void anotherEnvironmentIsSeenAtOnce();
};

void TestEvaluator::noScriptSeesWhatAnotherOneDid_data()
{
    QTest::addColumn<QByteArray>("lines");
    const auto row = [](const char *name, const char *lines) { QTest::newRow(name) << QByteArray(lines); };
    row("a class of the library", "sa.Column.marker = 1");
    row("a method of a class of the library", "sa.Integer.__init__ = lambda self: None");
    row("a class is renamed", "sa.Column.__name__ = 'Pillar'");
    row("a module of the library", "sa.marker = 1\nimport datetime\ndatetime.marker = 2");
    row("a module's function", "import functools\nfunctools.reduce = lambda *a: 0");
    row("a module by its dict", "vars(sa)['marker'] = 1\nimport string\nstring.__dict__.update(ascii_lowercase='xyz')");
    row("what is built in", "import builtins\nbuiltins.len = lambda x: 7");
    row("a list of the library", "import sys\nsys.path.append('/elsewhere')\nsys.path += ['/more']\nsys.path[0] = '/first'");
    row("the environment", "import os\nos.environ['STILLROOM_WITNESS'] = 'set'\nos.environ.setdefault('STILLROOM_WITNESS', 'x')");
    row("subclasses", "import enum\nclass T(sa.types.TypeDecorator):\n    impl = sa.String\nclass E(enum.Enum):\n    a = 1");
    row("a type's spelling",
        "from sqlalchemy.ext.compiler import compiles\n@compiles(sa.Integer)\ndef f(element, compiler, **kw):\n    return 'NUMBER'");
    row("an operation of its own",
        "from alembic.operations import Operations, MigrateOperation\n@Operations.register_operation('marker')\n"
        "class Marker(MigrateOperation):\n    @classmethod\n    def marker(cls, operations):\n        return operations.invoke(cls())");
    row("decimals", "import decimal\ndecimal.getcontext().prec = 3");
    row("a named type", "op.create_table('t', sa.Column('state', sa.Enum('a', 'b', name='state')))");
    row("tables", "metadata = sa.MetaData()\nsa.Table('t', metadata, sa.Column('a', sa.Integer))\nfrom sqlalchemy import orm\n"
                  "class M(orm.declarative_base()):\n    __tablename__ = 't'\n    a = sa.Column(sa.Integer, primary_key=True)");
    row("an error within a generator",
        "def g():\n    try:\n        yield 1\n    finally:\n        print('closed')\nx = g()\nnext(x)\nraise ValueError(x)");
    row("cycles", "a = []\na.append(a)\nclass C:\n    pass\nC.itself = C\nc = C()\nc.c = c\nc.f = lambda: c");
    row("it stops", "import application\nif application.setting:\n    pass");
    row("it goes on for ever", "def f():\n    f()\nf()");
    row("a module of the project", "import other\nother.seen.append(1)\nprint(other.seen)");
}

void TestEvaluator::noScriptSeesWhatAnotherOneDid()
{
    QFETCH(const QByteArray, lines);
    ProjectFolder project;
    project.write(QStringLiteral("other.py"), "seen = []\n");
    const QString alone = told(project.evaluate(kWitness));
    QVERIFY2(alone.startsWith(QLatin1Char('0')), qPrintable(alone));
    const QString changing = told(project.upgrade(lines));

    Evaluator evaluator;
    project.evaluator = &evaluator;
    QCOMPARE(told(project.evaluate(kWitness)), alone);
    QCOMPARE(told(project.upgrade(lines)), changing);
    QCOMPARE(told(project.evaluate(kWitness)), alone);
    QCOMPARE(told(project.upgrade(lines)), changing);
    QCOMPARE(told(project.evaluate(kWitness)), alone);
}

void TestEvaluator::aBodyComesOutTheSameHoweverManyWentBefore()
{
    ProjectFolder project;
    const QString alone = told(project.evaluate(kWitness));
    Evaluator evaluator;
    project.evaluator = &evaluator;
    for (int i = 0; i < 300; ++i) {
        // names that no other script has, so that what is kept of names has an end, too
        QByteArray lines;
        for (int name = 0; name < 120; ++name)
            lines += "name_" + QByteArray::number(i) + "_" + QByteArray::number(name) + " = {'a': sa.Column('c', sa.String(9))}\n";
        VERIFY_COMPLETE(project.upgrade(lines));
    }
    QCOMPARE(told(project.evaluate(kWitness)), alone);
}

void TestEvaluator::anotherEnvironmentIsSeenAtOnce()
{
    ProjectFolder project;
    Evaluator evaluator;
    project.evaluator = &evaluator;
    const QByteArray asks = "import os\nprint(op.get_context().dialect.name, os.environ.get('A', 'unset'))";
    const Evaluation first = project.upgrade(asks);
    VERIFY_COMPLETE(first);
    project.environment.dialectName = QStringLiteral("sqlite");
    project.environment.variables.insert(QStringLiteral("A"), QStringLiteral("b"));
    const Evaluation second = project.upgrade(asks);
    VERIFY_COMPLETE(second);
    QVERIFY(first.outcome->notes.contains(QStringLiteral("postgresql unset")));
    QVERIFY(second.outcome->notes.contains(QStringLiteral("sqlite b")));
}

} // namespace stillroom::script

QTEST_GUILESS_MAIN(stillroom::script::TestEvaluator)
#include "tst_evaluator.moc"
