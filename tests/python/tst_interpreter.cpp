// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptrun.h"

#include <QTest>

#include <atomic>

using namespace stillroom::python;

/// What a script cannot know, what it may use up, what it may not break, and what native code sees of it.
class TestInterpreter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unknownMayBePassedAround_data();
    void unknownMayBePassedAround();
    void unknownStopsWhatItWouldDecide_data();
    void unknownStopsWhatItWouldDecide();
    void unknownKeepsTheNameThatTheUserCouldGive();
    void aStarImportOfAnUnknownModuleGivesItsNames();
    void scriptsCannotCatchStopped();
    void runawayScriptsEndWithASentence_data();
    void runawayScriptsEndWithASentence();
    void hostileScriptsDoNotCrash_data();
    void hostileScriptsDoNotCrash();
    void textThatVariesMarksWhatIsMadeOfIt_data();
    void textThatVariesMarksWhatIsMadeOfIt();
    void cancelEndsALoop();
    void stepsStartAnewForEachBody();
    void failuresTellThePlaceInTheScript();
    void nativeClassesAreClassesToTheScript();
    void nativeClassesMayHaveAMetaclass();
    void nativeFunctionsReadTheirArguments();
    void modulesOfTheSourceAreImported();
    void modulesMakeAttributesOnDemand();
    void expressionsAreEvaluatedInAModule();
    void coroutinesRunToTheirEnd();
    void valuesMayOutliveTheInterpreter();
    void builtinsMayBeReplaced();
    void printedTextGoesToTheOutput();
};

namespace {

/// A data row's name on one line.
QByteArray tag(const char *program) { return QByteArray(program).replace('\n', "; "); }

std::string outcome(const QByteArray &text, Budget budget = {})
{
    ScriptRun run(budget);
    const std::string failed = run.run(text);
    return failed.empty() ? run.printed : failed;
}

} // namespace

void TestInterpreter::unknownMayBePassedAround_data()
{
    QTest::addColumn<QByteArray>("program");
    const char *programs[] = {
        "x = u.attr.more\ny = u(1, a=2)\nz = u[1]['a']",
        "x = u + 1; x = 1 + u; x = -u; x = u ** 2; x = 'a' + u; x = 'a%s' % u; x = u % 3",
        "x = u == 1; x = u < 2; x = u is None; x = u in [1]; x = 1 in u; x = u != u",
        "x = len(u), str(u), repr(u), f'{u} {u:>5}', '{}'.format(u), isinstance(u, int), int(u), abs(u), getattr(u, 'x'), hasattr(u, 'y')",
        "x = [u, (u,), {'k': u}]\nx.append(u)",
        "def f(a, *b, c=u): return a\nx = f(u, u, c=u)",
        "class A(u): \n    y = undefined_but_not_run\nx = A(1).z",
        "try:\n    import nothing.there\nexcept ImportError:\n    raise ValueError\nx = nothing.there.z",
        "@u\ndef f(): pass\nx = f()",
        "x = ','.join(['a', u])\nx = 'abc'.replace('a', u)",
        "u.attr = 5\nu['k'] = 5\ndel u['k']\nx = u.attr",
        "def f(a: Undefined, b: u.x = 1) -> Nope: return a\nx = f(1)",
        "class A:\n    x: Undefined = 1\n    y: u = 2\nx = A.x",
        "from app import *\nx = Anything",
        "print(u, u.x)",
        "x = sum([u, 1])",
        "x = 5 if isinstance(5, (int, u)) else 6",
    };
    for (const char *p : programs)
        QTest::newRow(tag(p).constData()) << QByteArray(p);
}

void TestInterpreter::unknownMayBePassedAround()
{
    QFETCH(QByteArray, program);
    QCOMPARE(outcome("from app.models import u\n" + program + "\nprint('end')").substr(0, 2) == "St", false);
    QVERIFY(outcome("from app.models import u\n" + program + "\nprint('end')").ends_with("end\n"));
}

void TestInterpreter::unknownStopsWhatItWouldDecide_data()
{
    QTest::addColumn<QByteArray>("program");
    const char *programs[] = {"if u: pass",
                              "while u: pass",
                              "x = 1 if u else 2",
                              "x = u and 1",
                              "x = not u",
                              "for i in u: pass",
                              "a, b = u",
                              "a, *b = u",
                              "x = [*u]",
                              "f = print\nf(*u)",
                              "f = print\nf(**u)",
                              "x = {u: 1}",
                              "x = {}\nx[u] = 1",
                              "x = {1: 2}[u]",
                              "x = {u}",
                              "raise u",
                              "try:\n    1 / 0\nexcept u: pass",
                              "with u: pass",
                              "assert u",
                              "x = sorted([u, 1])",
                              "x = [i for i in u]",
                              "x = list(u)",
                              "match u:\n    case [1]: pass",
                              "x = bool(u)",
                              "x = 1 < u < 3",
                              "x = range(u)",
                              "if isinstance(5, u): pass",
                              "if u.x == 'postgresql': pass",
                              "x = any([u])",
                              "x = max(u, 1)"};
    for (const char *p : programs)
        QTest::newRow(tag(p).constData()) << QByteArray(p);
}

void TestInterpreter::unknownStopsWhatItWouldDecide()
{
    QFETCH(QByteArray, program);
    const std::string failed = outcome("from app.models import u\ntry:\n    pass\nfinally:\n    pass\n" + program + "\n");
    QCOMPARE(failed, std::string("Stopped: the module 'app.models' is not part of the project and cannot be evaluated"));
}

void TestInterpreter::unknownKeepsTheNameThatTheUserCouldGive()
{
    ScriptRun run;
    QVERIFY(!run.run("from app.config import settings\nif settings.DATABASE.schema: pass").empty());
    QCOMPARE(run.failure.unknownName, QStringLiteral("app.config.settings.DATABASE.schema"));
    QCOMPARE(run.failure.stopKind, StopKind::NotUnderstood);
}

void TestInterpreter::aStarImportOfAnUnknownModuleGivesItsNames()
{
    ScriptRun run;
    QVERIFY(!run.run("from app.constants import *\ndef f():\n    return SCHEMA\nif f(): pass").empty());
    QCOMPARE(run.failure.unknownName, QStringLiteral("app.constants.SCHEMA"));
    QCOMPARE(outcome("print(undefined)"), std::string("NameError: name 'undefined' is not defined"));
}

void TestInterpreter::scriptsCannotCatchStopped()
{
    ScriptRun run;
    const std::string failed = run.run("import app\ntry:\n    try:\n        if app: pass\n    except BaseException:\n        print('caught')\n    "
                                       "finally:\n        print('finally')\n"
                                       "except:\n    print('caught')\n");
    QVERIFY(failed.starts_with("Stopped:"));
    QCOMPARE(run.printed, std::string());
}

void TestInterpreter::runawayScriptsEndWithASentence_data()
{
    QTest::addColumn<QByteArray>("program");
    const char *programs[] = {"while True: pass",
                              "def f():\n    while 1: yield 1\nfor x in f(): pass",
                              "x = 'x' * 10 ** 12",
                              "x = [0] * 10 ** 12",
                              "x = (0,) * 10 ** 10",
                              "x = 10 ** 10 ** 10",
                              "x = 1 << 10 ** 12",
                              "x = 2 ** (2 ** 62)",
                              "x = list(range(10 ** 12))",
                              "x = '%1000000000d' % 5",
                              "x = '%.1000000000f' % 5.0",
                              "x = f'{5:1000000000}'",
                              "x = '{:>{}}'.format(1, 10 ** 10)",
                              "x = 'a'.ljust(10 ** 11)",
                              "x = 'a'.zfill(10 ** 11)",
                              "x = 'a\\t'.expandtabs(10 ** 11)",
                              "x = bytes(10 ** 11)",
                              "x = sum(range(10 ** 12))",
                              "x = [i for i in range(10 ** 12)]",
                              "x = {i: i for i in range(10 ** 12)}",
                              "x = 'a'\nwhile 1: x += x",
                              "x = []\nwhile 1: x.append('x' * 1000)",
                              "x = [1]\nwhile 1: x += x",
                              "x = [1]\nfor i in x: x.append(i)",
                              "x = 3\nwhile 1: x *= x",
                              "x = 'ab' * 10 ** 6\nwhile 1: y = x.replace('a', 'bb')",
                              "x = (5).to_bytes(10 ** 12, 'big')",
                              "x = 'a'.join('b' * 10 ** 6 for _ in range(10 ** 6))",
                              "x = max(i for i in range(10 ** 12))",
                              "x = sorted(iter(int, 1))",
                              "x = dict(zip(iter(int, 1), iter(int, 1)))\nwhile 1: pass",
                              "x = 10 ** 1000000\nwhile 1: x % 7",
                              "i = 0\nwhile 1:\n    i += 1\n    setattr(print if 0 else (lambda: 0), 'a%d' % i, i)",
                              "class A:\n    def __eq__(self, o): return False\n    def __hash__(self): return 1\nx = {}\nwhile 1: x[A()] = 1",
                              "def f():\n    try:\n        while 1: pass\n    finally:\n        while 1: pass\nf()",
                              "x = list(map(lambda v: v, iter(int, 1)))",
                              "x = 10 ** 18 in iter(int, 1)",
                              "a, *b = iter(int, 1)",
                              "print(*iter(int, 1))"};
    for (const char *p : programs)
        QTest::newRow(tag(p).constData()) << QByteArray(p);
}

void TestInterpreter::runawayScriptsEndWithASentence()
{
    QFETCH(QByteArray, program);
    Budget budget;
    budget.steps = 300'000;
    budget.memoryBytes = 64 * 1024 * 1024;
    budget.textBytes = 8 * 1024 * 1024;
    ScriptRun run(budget);
    const std::string failed = run.run(program);
    QVERIFY2(failed.starts_with("Stopped: the script"), failed.c_str());
    QCOMPARE(run.failure.stopKind, StopKind::OverBudget);
}

void TestInterpreter::hostileScriptsDoNotCrash_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QByteArray>("ending"); // the exception's type; empty: it ends well
    const auto row = [](const char *program, const char *ending) {
        QTest::newRow(tag(program).constData()) << QByteArray(program) << QByteArray(ending);
    };
    row("def f(): f()\nf()", "RecursionError");
    row("class A:\n    def __repr__(self): return repr(self)\nrepr(A())", "RecursionError");
    row("class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().x", "RecursionError");
    row("class A:\n    def __eq__(self, o): return self == o\nA() == A()", "RecursionError");
    row("class A:\n    def __add__(self, o): return self + o\nA() + 1", "RecursionError");
    row("class A:\n    def __call__(self): return self()\nA()()", "RecursionError");
    row("class A:\n    def __iter__(self): return iter(self)\nlist(A())", "RecursionError");
    row("class A:\n    def __init__(self): A()\nA()", "RecursionError");
    row("class A:\n    def __hash__(self): return hash(self)\n{A(): 1}", "RecursionError");
    row("class A:\n    def __getattribute__(self, n): return self.x\nA().y", "RecursionError");
    row("class A:\n    __call__ = None\nA.__call__ = A()\nA()()", "RecursionError");
    row("x = []\nx.append(x)\nprint(x)\nx == x", "");
    row("x = []\ny = []\nx.append(y)\ny.append(x)\nx == y", "RecursionError");
    row("x = []\nfor i in range(100000): x = [x]\nrepr(x)", "RecursionError");
    row("x = []\nfor i in range(100000): x = [x]\nx = None", "");
    row("x = ()\nfor i in range(100000): x = (x,)\nhash(x)", "RecursionError");
    row("x = None\nfor i in range(100000): x = {'n': x}\ny = None\nfor i in range(100000): y = {'n': y}\nx == y", "RecursionError");
    row("class N: pass\nh = None\nfor i in range(100000):\n    n = N()\n    n.next = h\n    h = n\nh = None", "");
    row("f = None\nfor i in range(50000):\n    f = (lambda f: lambda: f)(f)\nf = None", "");
    row("def g(n):\n    if n: yield from g(n - 1)\n    yield n\nlist(g(5000))", "RecursionError");
    row("x = iter([])\nfor i in range(20000): x = map(str, x)\nlist(x)", "RecursionError");
    row("x = [3, 1, 2]\nx.sort(key=lambda v: x.clear() or v)\nprint(x)", "");
    row("class A:\n    def __lt__(self, o): return True\nsorted([A() for i in range(500)])", "");
    row("import_ = 0\nclass A:\n    def __lt__(self, o):\n        global import_\n        import_ += 1\n        return import_ % 3 == 0\nsorted([A() "
        "for i in range(500)])",
        "");
    row("d = {}\nclass K:\n    def __hash__(self): return 1\n    def __eq__(self, o):\n        d.clear()\n        return False\nd[K()] = 1\nd[K()] = "
        "2\nd[K()] = 3",
        "");
    row("x = [1, 2, 3]\nfor i in x: x.clear()", "");
    row("class K:\n    def __eq__(self, o):\n        x.clear()\n        return False\nx = [K(), K()]\nx.index(5)", "ValueError");
    row("class K:\n    def __eq__(self, o):\n        x.clear()\n        return True\nx = [K(), K()]\nx == [1, 2]\nx.remove(1)", "ValueError");
    row("class K:\n    def __index__(self):\n        x.clear()\n        return 0\nx = [1]\nx[K()]", "IndexError");
    row("class K:\n    def __index__(self):\n        x.clear()\n        return 1\nx = [1, 2]\nx[K()] = 5", "IndexError");
    row("class K:\n    def __index__(self):\n        x.clear()\n        return 1\nx = [1, 2]\ndel x[K()]", "IndexError");
    row("class K:\n    def __index__(self):\n        x.clear()\n        return 1\nx = [1, 2]\nx[K():]\nx = [1, 2]\nx.pop(K())", "IndexError");
    row("class K:\n    def __index__(self):\n        x.clear()\n        return 1\nx = [1, 2]\nx.insert(K(), 2)\nx = [1, 2, 3]\nx[:K()] = [1]\nx = "
        "[1, 2, 3]\ndel x[K():]",
        "");
    row("def g():\n    x.send(None)\n    yield\nx = g()\nnext(x)", "ValueError");
    row("class A(Exception):\n    def __str__(self): raise A()\nraise A()", "A");
    row("e = ValueError()\ne.__context__ = e\ne.__cause__ = e\nraise e", "ValueError");
    row("class M(type):\n    def mro(cls): return []\nclass A(metaclass=M): pass\nA()", "");
    row("class A: pass\nA.__bases__ = ()\n", "AttributeError");
    row("class A: pass\nA.__class__ = 5", "TypeError");
    row("int.x = 5", "TypeError");
    row("type.__call__(5)", "TypeError");
    row("list.append(5, 1)", "TypeError");
    row("str.upper(5)", "TypeError");
    row("dict.get([], 1)", "TypeError");
    row("object.__new__(5)", "TypeError");
    row("int.__new__(str, 5)", "");
    row("object.__new__(int)", "");
    row("ValueError.__init__(5)", "TypeError");
    row("BaseException.__str__(5)", "TypeError");
    row("property.fget.__get__(5)", "TypeError");
    row("type(lambda: 0).__name__.__get__", "AttributeError");
    row("super().x", "RuntimeError");
    row("(lambda: 0).__code__ = 5", "AttributeError");
    row("f = lambda: 0\nf.__defaults__ = 5", "TypeError");
    row("def f(a=1): return a\nf.__defaults__ = (1, 2, 3)\nf()", "");
    row("def f(a): return a\nf.__name__ = 5\nrepr(f)\nf()", "TypeError");
    row("x = type('X', (), {'__slots__': 5})\nx()", "");
    row("range(10**19)", "Stopped");
    row("range(-2**63, 2**63 - 1)", "Stopped");
    row("len(range(-2**63, 2**63 - 1, 2**62))\nrange(0, 2**63 - 1, 2**62)[::-1]", "");
    row("[1, 2, 3][2**70]", "IndexError");
    row("[1, 2, 3][-2**70:2**70:-2**70]\n'abc'[2**63 - 1::2**63 - 1]", "");
    row("'abc'.find('b', -2**63, 2**63)\n[1].index(1, -2**63)", "");
    row("(-2**63).__abs__()\n-2**63 // -1\n(-2**63) % -1\nround(-2**63, -5)\nint('-9223372036854775808')", "");
    row("'{0[99999999999999999999]}'.format([1])", "ValueError");
    row("'%99999999999999999999d' % 1", "ValueError");
    row("'{:99999999999999999999}'.format(1)", "ValueError");
    row("'{' * 10000 + '}' * 10000\n('{' * 10001).format()", "ValueError");
    row("'{0' + '[0]' * 3\n('{:' * 20 + '}' * 20).format(*range(30))", "ValueError");
    row("chr(0xD800).encode()", "UnicodeEncodeError");
    row("x = chr(0xD800)\nprint(len(x), repr(x), x.upper(), x + 'a', [x])", "");
    row("b = bytearray(b'abc')\nfor c in b: b.clear() if hasattr(b, 'clear') else b.append(1) if len(b) < 9 else None", "");
    row("raise StopIteration", "StopIteration");
    row("def f(*a): return f(*a, 1)\nf()", "RecursionError");
    row("x = lambda: x\nfor i in range(100000): x = x()", "");
    row("del __builtins__\nprint(1)", "NameError");
    row("globals().clear()\nprint(1)", "");
    row("class A:\n    def __set_name__(self, o, n): raise KeyError(n)\nclass B:\n    a = A()", "KeyError");
    row("class A:\n    def __del__(self): raise ValueError\nA()\nA()", "");
    row("import sys_not_there as s\ns.setrecursionlimit(10**9)", "");
}

void TestInterpreter::hostileScriptsDoNotCrash()
{
    QFETCH(QByteArray, program);
    QFETCH(QByteArray, ending);
    ScriptRun run;
    const std::string failed = run.run(program);
    QCOMPARE(QByteArray::fromStdString(failed.substr(0, failed.find(':'))), ending);
}

void TestInterpreter::textThatVariesMarksWhatIsMadeOfIt_data()
{
    QTest::addColumn<QByteArray>("expression");
    QTest::addColumn<bool>("varies");
    const auto row = [](const char *expression, bool varies) { QTest::newRow(expression) << QByteArray(expression) << varies; };
    row("v", true);
    row("'a' + v", true);
    row("v * 2", true);
    row("f'x{v}y'", true);
    row("f'{v:>50}'", true);
    row("f'{v!r}'", true);
    row("'%s %d' % (v, 1)", true);
    row("'{} {}'.format(1, v)", true);
    row("','.join(['a', v])", true);
    row("v.replace('a', 'b')", true);
    row("'abc'.replace('b', v)", true);
    row("v[1:3]", true);
    row("v[0]", true);
    row("v.upper()", true);
    row("v.split('-')[0]", true);
    row("v.strip()", true);
    row("str(v)", true);
    row("repr(v)", true);
    row("repr([1, {'k': v}])", true);
    row("str((v,))", true);
    row("[c for c in v][0]", true);
    row("v.encode().decode()", false); // bytes do not carry the mark
    row("str(clock)", true);
    row("str(clock + 1)", true);
    row("f'{clock:.2f}'", true);
    row("str(int(clock))", true);
    row("str(moment)", true);
    row("f'{moment}'", true);
    row("'%s' % moment", true);
    row("str([moment])", true);
    row("'a' + 'b'", false);
    row("f'{1}'", false);
    row("'x'.join(['a', 'b'])", false);
}

void TestInterpreter::textThatVariesMarksWhatIsMadeOfIt()
{
    QFETCH(QByteArray, expression);
    QFETCH(bool, varies);
    ScriptRun run;
    Interpreter &py = run.interpreter;
    py.setBuiltin("v", py.string("abc-def", true));
    py.setBuiltin("clock", py.floating(1.5, true));
    const Value cls =
        ClassBuilder(py, "Moment").method("__str__", [](Interpreter &p, const Value &, Arguments &) { return p.string("2024"); }).build();
    py.setBuiltin("moment", py.varying(py.instance(cls)));
    QCOMPARE(run.run("x = " + expression), std::string());
    QCOMPARE(py.varies(py.getAttribute(run.module, "x")), varies);
}

void TestInterpreter::cancelEndsALoop()
{
    ScriptRun run;
    std::atomic<bool> cancel = true;
    run.interpreter.setCancelFlag(&cancel);
    QVERIFY(!run.run("while True: pass").empty());
    QCOMPARE(run.failure.stopKind, StopKind::Cancelled);
}

void TestInterpreter::stepsStartAnewForEachBody()
{
    Budget budget;
    budget.steps = 20'000;
    ScriptRun run(budget);
    QCOMPARE(run.run("def f():\n    for i in range(15000): x = abs(i) if i < 3 else 0\n    return 'done'"), std::string());
    const Value f = run.interpreter.getAttribute(run.module, "f");
    for (int i = 0; i < 3; ++i) {
        run.interpreter.resetSteps();
        QVERIFY(run.interpreter.call(f, {}).has_value());
    }
    QVERIFY(!run.interpreter.call(f, {}).has_value());
}

void TestInterpreter::failuresTellThePlaceInTheScript()
{
    ScriptRun run;
    run.run("def inner():\n    x = 1\n    return x / 0\n\ndef outer():\n    return [\n        inner(),\n    ]\nouter()\n");
    QCOMPARE(run.failure.exceptionType, QStringLiteral("ZeroDivisionError"));
    QCOMPARE(run.failure.trace.size(), std::size_t{3});
    QCOMPARE(run.failure.trace[0].line, 9);
    QCOMPARE(run.failure.trace[1].line, 7);
    QCOMPARE(run.failure.trace[2].line, 3);
    QCOMPARE(run.failure.trace[2].function, QStringLiteral("inner"));
    ScriptRun stopped;
    stopped.run("import app\ndef f(x):\n    if x:\n        pass\nf(app)\n");
    QCOMPARE(stopped.failure.trace.size(), std::size_t{2});
    QCOMPARE(stopped.failure.trace[1].line, 3);
}

void TestInterpreter::nativeClassesAreClassesToTheScript()
{
    struct Count final : Payload {
        std::int64_t n = 0;
    };
    ScriptRun run;
    Interpreter &py = run.interpreter;
    std::vector<std::string> subclasses;
    const Value cls =
        ClassBuilder(py, "Counter")
            .method("__init__",
                    [](Interpreter &p, const Value &self, Arguments &a) {
                        const ArgumentReader r(p, "Counter", a, {"start="});
                        auto count = std::make_unique<Count>();
                        count->n = r.has("start") ? *Interpreter::toInt64(r["start"]) : 0;
                        Interpreter::setPayload(self, std::move(count));
                        return Value::none();
                    })
            .method("step", [](Interpreter &, const Value &self, Arguments &) { return Value::integer(++Interpreter::payloadAs<Count>(self)->n); })
            .method("__getitem__", [](Interpreter &p, const Value &, Arguments &a) { return p.tuple({a.positional[0]}); })
            .method("__eq__", [](Interpreter &p, const Value &, Arguments &) { return p.string("clause"); })
            .method("__add__", [](Interpreter &p, const Value &, Arguments &) { return p.string("sum"); })
            .method("__radd__", [](Interpreter &p, const Value &, Arguments &) { return p.string("rsum"); })
            .method("__getattr__", [](Interpreter &p, const Value &, Arguments &a) { return p.string("made " + p.str(a.positional[0])); })
            .classMethod("name", [](Interpreter &p, const Value &self, Arguments &) { return p.string(p.nameOfClass(self)); })
            .staticMethod("twice",
                          [](Interpreter &p, const Value &, Arguments &a) { return p.binary(BinaryOperator::Add, a.positional[0], a.positional[0]); })
            .property("value", [](Interpreter &, const Value &self, Arguments &) { return Value::integer(Interpreter::payloadAs<Count>(self)->n); })
            .attribute("flag", Value::boolean(true))
            .onSubclass([&](Interpreter &p, const Value &c, Arguments &k) {
                subclasses.push_back(p.nameOfClass(c));
                static_cast<void>(k.take("tag"));
            })
            .build();
    py.setBuiltin("Counter", cls);
    QCOMPARE(run.run("c = Counter(5)\nprint(c.step(), c.value, c['k'], c == 1, c + 1, 1 + c, c.other, c.name(), Counter.twice(4), Counter.flag, "
                     "isinstance(c, Counter))\n"
                     "class Sub(Counter, tag='x'):\n    def __init__(self):\n        super().__init__(start=10)\n    def step(self): return 'sub', "
                     "super().step()\n"
                     "s = Sub()\nprint(s.step(), s.value, Sub.name(), s.flag)\n"),
             std::string());
    QCOMPARE(run.printed, std::string("6 6 ('k',) clause sum rsum made other Counter 8 True True\n('sub', 11) 11 Sub True\n"));
    QCOMPARE(subclasses, std::vector<std::string>{"Sub"});
    QVERIFY(run.run("Counter(nope=1)").starts_with("TypeError: Counter() got an unexpected keyword argument 'nope'"));
}

void TestInterpreter::nativeClassesMayHaveAMetaclass()
{
    ScriptRun run;
    Interpreter &py = run.interpreter;
    const Value meta = ClassBuilder(py, "Meta", {py.builtin("type")})
                           .method("__iter__", [](Interpreter &p, const Value &self,
                                                  Arguments &) { return p.invokeMethod(p.list({p.string(p.nameOfClass(self))}), "__iter__"); })
                           .method("__len__", [](Interpreter &, const Value &, Arguments &) { return Value::integer(3); })
                           .build();
    py.setBuiltin("Base", ClassBuilder(py, "Base").metaclass(meta).build());
    QCOMPARE(run.run("class A(Base): pass\nprint(list(A), len(A), type(A).__name__)"), std::string());
    QCOMPARE(run.printed, std::string("['A'] 3 Meta\n"));
}

void TestInterpreter::nativeFunctionsReadTheirArguments()
{
    ScriptRun run;
    Interpreter &py = run.interpreter;
    py.setBuiltin("f", py.function("f", [](Interpreter &p, const Value &, Arguments &a) {
        ArgumentReader r(p, "f", a, {"name", "kind=", "*columns", "schema=", "**"});
        return p.tuple({r["name"], r.has("kind") ? r["kind"] : Value::none(), p.tuple(r.starArguments()),
                        r.has("schema") ? r["schema"] : Value::none(), Value::integer(static_cast<std::int64_t>(r.rest().size()))});
    }));
    QCOMPARE(run.run("print(f('a'), f('a', 1, 2, 3, schema='s', x=1, y=2), f(name='n', kind=5))"), std::string());
    QCOMPARE(run.printed, std::string("('a', None, (), None, 0) ('a', 1, (2, 3), 's', 2) ('n', 5, (), None, 0)\n"));
    QCOMPARE(run.run("f()"), std::string("TypeError: f() missing 1 required positional argument: 'name'"));
    QCOMPARE(run.run("f('a', name='b')"), std::string("TypeError: f() got multiple values for argument 'name'"));
}

void TestInterpreter::modulesOfTheSourceAreImported()
{
    ScriptRun run;
    run.modules.texts = {{"pkg", "NAME = 'pkg'\nfrom pkg.sub import value as again"},
                         {"pkg.sub", "value = 5\n_hidden = 1\n__all__ = ['value']\nhidden = 2"},
                         {"other", "from .pkg import NAME"}};
    QCOMPARE(run.run("import pkg.sub\nimport pkg.sub as s\nfrom pkg.sub import *\nfrom pkg import sub, NAME as n\nprint(pkg.sub.value, s.value, "
                     "value, sub is s, n, pkg.again)\n"
                     "try: hidden\nexcept NameError: print('not all')\n"),
             std::string());
    QCOMPARE(run.printed, std::string("5 5 5 True pkg 5\nnot all\n"));
}

void TestInterpreter::modulesMakeAttributesOnDemand()
{
    ScriptRun run;
    Interpreter &py = run.interpreter;
    py.registerModule(
        "lib", py.module("lib", [](Interpreter &p, const std::string &name) { return name == "missing" ? Value() : p.string("<" + name + ">"); }));
    QCOMPARE(run.run("import lib\nfrom lib import b\nprint(lib.a, b, hasattr(lib, 'missing'))"), std::string());
    QCOMPARE(run.printed, std::string("<a> <b> False\n"));
    QCOMPARE(run.run("import lib\nlib.missing"), std::string("AttributeError: module 'lib' has no attribute 'missing'"));
}

void TestInterpreter::expressionsAreEvaluatedInAModule()
{
    ScriptRun run;
    QCOMPARE(run.run("x = 20"), std::string());
    auto tree = parseExpression("[x + i for i in range(2)]", QStringLiteral("unknowns"));
    QVERIFY(tree.has_value());
    const auto value = run.interpreter.evaluate(*tree, run.module);
    QVERIFY(value.has_value());
    QCOMPARE(run.interpreter.repr(*value), std::string("[20, 21]"));
}

void TestInterpreter::coroutinesRunToTheirEnd()
{
    ScriptRun run;
    QCOMPARE(run.run("async def a(): return 5\nasync def main():\n    return await a() + 1"), std::string());
    const auto value = run.interpreter.call(run.interpreter.getAttribute(run.module, "main"), {});
    QVERIFY(value.has_value());
    QCOMPARE(*Interpreter::toInt64(*value), std::int64_t{6});
}

void TestInterpreter::valuesMayOutliveTheInterpreter()
{
    Value kept;
    {
        ScriptRun run;
        QCOMPARE(run.run("class A: pass\na = A()\na.me = a\na.f = lambda: a\na.l = [a, {'a': a}]\ndef g():\n    yield a\ng = g()\nnext(g)"),
                 std::string());
        kept = run.interpreter.getAttribute(run.module, "a");
    }
    QVERIFY(kept.isKind(ObjectKind::Instance));
}

void TestInterpreter::builtinsMayBeReplaced()
{
    QCOMPARE(outcome("open('x')"), std::string("Stopped: open() reads a file, and no file can be read here"));
    ScriptRun run;
    Interpreter &py = run.interpreter;
    py.setBuiltin("open", py.function("open", [](Interpreter &p, const Value &, Arguments &) { return p.string("opened"); }));
    QCOMPARE(run.run("print(open('x'))"), std::string());
    QCOMPARE(run.printed, std::string("opened\n"));
}

void TestInterpreter::printedTextGoesToTheOutput()
{
    QCOMPARE(outcome("import app\nprint('a', 1, sep='-')\nprint(app)"),
             std::string("a-1\n<the module 'app' is not part of the project and cannot be evaluated>\n"));
}

QTEST_GUILESS_MAIN(TestInterpreter)
#include "tst_interpreter.moc"
