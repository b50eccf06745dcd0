// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

/// What a function that is not known would send is never left out in silence.
class TestLostCalls : public QObject {
    Q_OBJECT

private:
    static Evaluation withUnknowns(const QByteArray &lines)
    {
        ProjectFolder folder;
        return folder.upgrade("import functools\nfrom nowhere.helpers import f, C, retry, settings\nfrom sqlalchemy.orm import Session\n"
                              "bind = op.get_bind()\nop.drop_table('before')\n" +
                              lines + "\nop.drop_table('after')");
    }

private Q_SLOTS:
    void aCallThatIsGivenTheMeansToSendStopsTheBody_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"x = f(bind)",
                                 "x = f(conn=bind)",
                                 "x = f(*[1, bind])",
                                 "x = f(**{'conn': bind})",
                                 "x = f([1, bind])",
                                 "x = f({'a': (bind,)})",
                                 "x = f(op)",
                                 "x = f(op.execute)",
                                 "x = f(bind.execute)",
                                 "x = f(op.get_context())",
                                 "x = f(op.get_context().impl)",
                                 "x = f(Session(bind))",
                                 "x = f(functools.partial(print, bind))",
                                 "x = functools.partial(f, bind)()",
                                 "x = f(lambda: op.execute('x'))",
                                 "x = f(lambda: bind)",
                                 "x = [f(bind, t) for t in 'ab']",
                                 "x = list(f(bind, t) for t in 'ab')",
                                 "x = list(map(f, [bind]))",
                                 "x = settings.module.run(bind)",
                                 "for x in f(bind): pass",
                                 "with f(bind): pass",
                                 "if f(bind): pass",
                                 "x = C(bind)",
                                 "x = C(bind).run()",
                                 "return f(bind)",
                                 "x = getattr(C, 'make')(bind)",
                                 "x = sorted([bind], key=f)",
                                 "x = op.get_context().impl.add_column('t', None)",
                                 "x = op.create_view('v')",
                                 "x = bind.connection.cursor()",
                                 "bind.connection.cursor().execute('x')",
                                 "x = f(bind.connection)",
                                 "x = sa.create_engine('x').execute('y')",
                                 "class Own(dict):\n    pass\no = Own()\no.conn = bind\nx = f(o)",
                                 "def own():\n    return [op.execute(s) for s in 'ab']\nx = f(own)",
                                 "class Own:\n    def go(self):\n        op.execute('x')\nx = f(Own())",
                                 "x = f(functools.wraps(f)(lambda: op.execute('x')))",
                                 "with op.batch_alter_table('t') as b:\n    x = f(b)",
                                 "x = f({bind})",
                                 "x = f(zip([bind], 'a'))",
                                 "x = f(map(str, [bind]))",
                                 "x = f(enumerate([bind]))",
                                 "x = f(filter(None, [bind]))",
                                 "x = f(reversed([bind]))",
                                 "x = f(iter(lambda: bind, None))",
                                 "x = f(own for own in [bind])",
                                 "def own(c):\n    yield c\nx = f(own(bind))",
                                 "@retry\ndef own():\n    op.execute('x')\nx = own()"})
            QTest::newRow(line) << QByteArray(line);
    }

    void aCallThatIsGivenTheMeansToSendStopsTheBody()
    {
        QFETCH(QByteArray, line);
        const Evaluation done = withUnknowns(line);
        QVERIFY(done.outcome.has_value());
        QVERIFY2(done.outcome->status != BodyStatus::Complete, qPrintable(done.reason()));
        QVERIFY(done.outcome->line > 10);
        QVERIFY(!done.operations.empty());
        QCOMPARE(done.operation<sql::DropTable>(0).table.name.text, QStringLiteral("before"));
        for (const sql::Operation &operation : done.operations) {
            const auto *drop = std::get_if<sql::DropTable>(&operation.kind);
            QVERIFY(drop == nullptr || drop->table.name.text != QLatin1String("after"));
        }
    }

    void aFunctionThatAnUnknownDecoratorMadeStopsTheBodyToo()
    {
        ProjectFolder folder;
        const Evaluation done = folder.evaluate("from alembic import op\nfrom nowhere import retry\nrevision = 'a'\ndown_revision = None\n"
                                                "@retry(times=3)\ndef send():\n    op.execute('x')\n"
                                                "@retry\ndef both():\n    return send()\n"
                                                "def upgrade():\n    x = both()\n    op.drop_table('after')\n");
        QCOMPARE(done.outcome->status, BodyStatus::NotUnderstood);
        QCOMPARE(done.outcome->line, 12);
        QVERIFY(done.operations.empty());
    }

    void whatCannotSendIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"x = f()", "x = settings.get_x()", "x = f('t', [1], {'a': None})", "x = f(sa.Column('a', sa.Integer))",
                                 "x = f(lambda c: c.name)", "x = f(bind.dialect)", "x = f(op.f('ix'))",
                                 "logger = settings.logger\nlogger.info('x', bind)", "x = isinstance(bind, C)", "x = sa.inspect(bind)",
                                 "x = f(print)", "x = f(zip('ab', map(str, [1])))", "x = f(len)", "class Own:\n    a = 1\nx = f(Own)", "x = f(sa.table('t', sa.column('a')).update())"})
            QTest::newRow(line) << QByteArray(line);
    }

    void whatCannotSendIsPassedOver()
    {
        QFETCH(QByteArray, line);
        VERIFY_COMPLETE(withUnknowns(line));
    }
};

QTEST_GUILESS_MAIN(TestLostCalls)
#include "tst_lostcalls.moc"
