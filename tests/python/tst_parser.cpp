// SPDX-License-Identifier: GPL-3.0-or-later
#include "cpython.h"
#include "treetext.h"

#include "python/grammar.h"
#include "python/parser.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>
#include <QThread>

using namespace stillroom;
using namespace stillroom::python;

namespace {

const QString kSyntax = QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/syntax/");

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray ourTree(const QByteArray &script, TreeTextOptions options = {})
{
    const Result<Tree> tree = parse(script, QStringLiteral("x.py"));
    if (!tree)
        return QStringLiteral("ERROR %1:%2 %3").arg(tree.error().line).arg(tree.error().column).arg(tree.error().detail).toUtf8();
    return QByteArray::fromStdString(treeText(*tree, options));
}

/// The first line that differs, to be read by a person.
QByteArray difference(const QByteArray &ours, const QByteArray &theirs)
{
    const QList<QByteArray> a = ours.split('\n');
    const QList<QByteArray> b = theirs.split('\n');
    for (qsizetype i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (a.value(i) != b.value(i))
            return "\nours:   " + a.value(i) + "\ntheirs: " + b.value(i);
    }
    return {};
}

QList<QByteArray> snippets(const QString &group)
{
    QList<QByteArray> result;
    QByteArray text = contents(kSyntax + group + QStringLiteral(".py"));
    for (qsizetype at = 0; at < text.size();) {
        qsizetype end = text.indexOf("\n#----\n", at);
        if (end < 0)
            end = text.size() - 1;
        result.append(text.mid(at, end - at) + '\n');
        at = end + 7;
    }
    return result;
}

const QStringList kGroups{QStringLiteral("literals"), QStringLiteral("names"),    QStringLiteral("operators"),
                          QStringLiteral("displays"), QStringLiteral("fstrings"), QStringLiteral("simple_statements"),
                          QStringLiteral("compound"), QStringLiteral("layout"),   QStringLiteral("match_statement")};

QByteArray unescaped(const QByteArray &text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            result += text[i];
            continue;
        }
        switch (text[++i]) {
        case 'n':
            result += '\n';
            break;
        case 't':
            result += '\t';
            break;
        case '1':
            result += '\1';
            break;
        case '7':
            result += '\a';
            break;
        default:
            result += text[i];
        }
    }
    return result;
}

struct Rejected {
    QByteArray script;
    QByteArray verdict; ///< "line:column text", with "Python 2 " before it for ScriptIsPython2
};

QList<Rejected> rejectedScripts()
{
    QList<Rejected> result;
    for (const QByteArray &line : contents(kSyntax + QStringLiteral("rejected.txt")).split('\n')) {
        const qsizetype arrow = line.lastIndexOf("  =>  ");
        if (arrow >= 0)
            result.append({unescaped(line.left(arrow)), line.mid(arrow + 6)});
    }
    return result;
}

/// Every n-th file of the standard library, in the order of their names.
QStringList standardLibrarySample(qsizetype count)
{
    QStringList all;
    QDirIterator files(cpythonLibrary(), {QStringLiteral("*.py")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (!file.contains(QLatin1String("/lib2to3/")) && !file.contains(QLatin1String("-packages/")))
            all.append(file);
    }
    all.sort();
    QStringList sample;
    for (qsizetype i = 0; i < all.size(); i += std::max<qsizetype>(1, all.size() / count))
        sample.append(all[i]);
    return sample;
}

QByteArray repeated(const char *text, int count) { return QByteArray(text).repeated(count); }

} // namespace

class TestParser : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void treesEqualCPythons_data()
    {
        QTest::addColumn<QString>("group");
        for (const QString &group : kGroups)
            QTest::newRow(qPrintable(group)) << group;
    }
    void treesEqualCPythons()
    {
        QVERIFY2(!cpythonPath().isEmpty(), "no python3 here to compare with");
        QFETCH(const QString, group);
        const QList<QByteArray> scripts = snippets(group);
        QVERIFY(scripts.size() > 20);
        const CPythonTrees cpython = cpythonTrees(scripts);
        QCOMPARE(cpython.trees.size(), scripts.size());
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            const QByteArray ours = ourTree(scripts[i], {.hasFormattedPositions = cpython.minorVersion >= 12});
            QVERIFY2(ours == cpython.trees[i], (scripts[i] + difference(ours, cpython.trees[i])).constData());
        }
    }

    void treesOfTheStandardLibraryEqualCPythons()
    {
        QVERIFY2(!cpythonPath().isEmpty(), "no python3 here to compare with");
        const QStringList files = standardLibrarySample(150);
        QVERIFY(files.size() > 50);
        const CPythonTrees cpython = cpythonTreesOfFiles(files);
        QCOMPARE(cpython.trees.size(), files.size());
        for (qsizetype i = 0; i < files.size(); ++i) {
            const QByteArray ours = ourTree(contents(files[i]), {.hasFormattedPositions = cpython.minorVersion >= 12});
            const bool bothRefuse = ours.startsWith("ERROR") && cpython.trees[i].startsWith("ERROR");
            QVERIFY2(bothRefuse || ours == cpython.trees[i], (files[i].toUtf8() + difference(ours, cpython.trees[i])).constData());
        }
    }

    /// Each snippet of newer.py says which Python reads it first; newer.txt holds the trees.
    void newerSyntaxIsRead()
    {
        QList<QByteArray> scripts;
        QList<int> versions;
        for (const QByteArray &part : ('\n' + contents(kSyntax + QStringLiteral("newer.py"))).split('#')) {
            if (part.startsWith("---- 3.")) {
                versions.append(part.mid(7, 2).toInt());
                scripts.append(part.mid(10));
            } else if (!scripts.isEmpty()) {
                scripts.last() += '#' + part;
            }
        }
        QByteArray trees;
        for (const QByteArray &script : scripts)
            trees += script + ourTree(script) + "\n\n";
        const QString golden = kSyntax + QStringLiteral("newer.txt");
        if (qEnvironmentVariableIsSet("STILLROOM_UPDATE_GOLDEN")) {
            QFile file(golden);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(trees);
        }
        const QByteArray expected = contents(golden);
        QVERIFY2(trees == expected, difference(trees, expected).constData());
        if (cpythonPath().isEmpty())
            return;
        const CPythonTrees cpython = cpythonTrees(scripts);
        QCOMPARE(cpython.trees.size(), scripts.size());
        for (qsizetype i = 0; i < scripts.size(); ++i) {
            if (cpython.minorVersion >= versions[i])
                QCOMPARE(ourTree(scripts[i]), cpython.trees[i]);
            else
                QVERIFY2(cpython.trees[i].startsWith("ERROR"), scripts[i].constData());
        }
    }

    void errorsAreWordedAsInCPython()
    {
        const QList<Rejected> all = rejectedScripts();
        QVERIFY(all.size() > 500);
        for (const Rejected &rejected : all) {
            const Result<Tree> tree = parse(rejected.script, QStringLiteral("x.py"));
            QVERIFY2(!tree, rejected.script.constData());
            const Error &error = tree.error();
            QByteArray verdict = QByteArray::number(error.line) + ':' + QByteArray::number(error.column) + ' ' + error.detail.toUtf8();
            if (error.code == ErrorCode::ScriptIsPython2)
                verdict.prepend("Python 2 ");
            QVERIFY2(verdict == rejected.verdict, (rejected.script + "\nis:     " + verdict + "\nwanted: " + rejected.verdict).constData());
        }
    }

    void cpythonRejectsTheSame()
    {
        QVERIFY2(!cpythonPath().isEmpty(), "no python3 here to compare with");
        const QList<Rejected> all = rejectedScripts();
        QList<QByteArray> scripts;
        for (const Rejected &rejected : all)
            scripts.append(rejected.script);
        const CPythonTrees cpython = cpythonTrees(scripts);
        QCOMPARE(cpython.trees.size(), scripts.size());
        for (qsizetype i = 0; i < scripts.size(); ++i)
            QVERIFY2(cpython.trees[i].startsWith("ERROR"), scripts[i].constData());
    }

    void anErrorTellsWhereItIs()
    {
        const Result<Tree> tree = parse("# é\n\ndef upgrade():\n    x = 'ä' + )\n    y\n", QStringLiteral("/p/1_a.py"));
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, ErrorCode::ScriptSyntax);
        QCOMPARE(tree.error().file, QStringLiteral("/p/1_a.py"));
        QCOMPARE(tree.error().line, 4);
        QCOMPARE(tree.error().column, 15);
        QCOMPARE(tree.error().detail, QStringLiteral("unmatched ')'"));
        QCOMPARE(tree.error().statement, QStringLiteral("    x = 'ä' + )"));
    }

    void python2IsRecognised_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("construct");
        QTest::addColumn<int>("line");
        const auto row = [](const char *script, const char *construct, int line) {
            QTest::addRow("%s, line %d", construct, line) << QByteArray(script) << QString::fromLatin1(construct) << line;
        };
        row("x = 1\nprint 'a'\n", "the print statement", 2);
        row("print x, y\n", "the print statement", 1);
        row("def f():\n    print 'a' % b,\n", "the print statement", 2);
        row("print >>f, 'a'\nprint 'b'", "the print statement", 2);
        row("try:\n    a\nexcept ValueError, e:\n    b\n", "except with a comma", 3);
        row("try:\n    a\nexcept (A, B), e:\n    b\n", "except with a comma", 3);
        row("raise ValueError, 'x'\n", "raise with a comma", 1);
        row("raise ValueError, 'x', tb\n", "raise with a comma", 1);
        row("x = `y`\n", "backquotes", 1);
        row("if a <> b: c\n", "the operator <>", 1);
        row("os.chmod(p, 0777)\n", "the octal integer without 0o", 1);
        row("x = 10L\n", "the long integer", 1);
        row("x = 0xFFL\n", "the long integer", 1);
        row("x = ur'a'\n", "the string prefix ur", 1);
        row("exec 'a' in b\n", "the exec statement", 1);
        row("exec code\n", "the exec statement", 1);
        row("def f(a, (b, c)): pass\n", "a parameter in parentheses", 1);
        row("if a:\n\tprint 'x'\n        print 'y'\n", "the print statement", 2);
    }
    void python2IsRecognised()
    {
        QFETCH(const QByteArray, script);
        const Result<Tree> tree = parse(script, QStringLiteral("x.py"));
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, ErrorCode::ScriptIsPython2);
        QTEST(tree.error().detail, "construct");
        QTEST(tree.error().line, "line");
    }

    void whatPython2RejectsTooIsASyntaxError()
    {
        for (const char *script : {"print 'a' b", "x = ", "0789", "0o8", "def f(:", "if a\n  b", "raise A, ", "x = 'a\nprint 'b'", "10LL"}) {
            const Result<Tree> tree = parse(script, QStringLiteral("x.py"));
            QVERIFY2(!tree && tree.error().code == ErrorCode::ScriptSyntax, script);
        }
    }

    void scriptsAreDecoded_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("sameAs");
        const QByteArray plain = "x = 'é'\ny\n";
        QTest::newRow("utf-8") << plain << plain;
        QTest::newRow("byte order mark") << "\xEF\xBB\xBF" + plain << plain;
        QTest::newRow("carriage returns and newlines") << QByteArray("x = 'é'\r\ny\r\n") << plain;
        QTest::newRow("carriage returns") << QByteArray("x = 'é'\ry\r") << plain;
        QTest::newRow("in a string") << QByteArray("'''a\r\nb\rc'''\r\n") << QByteArray("'''a\nb\nc'''\n");
        const QByteArray declared = "# -*- coding: utf-8 -*-\nx = 'é'\n";
        QTest::newRow("latin-1") << QByteArray("# -*- coding: latin-1 -*-\nx = '\xE9'\n") << declared;
        QTest::newRow("iso-8859-1") << QByteArray("# coding=ISO-8859-1\nx = '\xE9'\n") << declared;
        QTest::newRow("on the second line") << QByteArray("#!/usr/bin/python\n# vim: set fileencoding=latin1 :\nx = '\xE9'\n")
                                            << QByteArray("#!/usr/bin/python\n# vim: set fileencoding=utf-8 :\nx = 'é'\n");
        QTest::newRow("not on the third line") << QByteArray("#\n#\n# coding: latin-1\nx = 'é'\n") << QByteArray("#\n#\n#\nx = 'é'\n");
        QTest::newRow("not behind code") << QByteArray("x\n# coding: latin-1\ny = 'é'\n") << QByteArray("x\n#\ny = 'é'\n");
        QTest::newRow("ascii") << QByteArray("# coding: us-ascii\nx = 'e'\n") << QByteArray("# coding: utf-8\nx = 'e'\n");
        QTest::newRow("windows-1252") << QByteArray("# coding: windows-1252\nx = '\x80'\n") << QByteArray("# coding: utf-8\nx = '€'\n");
    }
    void scriptsAreDecoded()
    {
        QFETCH(const QByteArray, script);
        QFETCH(const QByteArray, sameAs);
        QVERIFY(!ourTree(sameAs).startsWith("ERROR"));
        QCOMPARE(ourTree(script), ourTree(sameAs));
    }

    void undecodableScriptsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("error");
        QTest::newRow("unknown encoding") << QByteArray("#\n# coding: klingon\n") << QByteArray("ERROR 2:1 unknown encoding: klingon");
        QTest::newRow("utf-16") << QByteArray("# coding: utf-16\n") << QByteArray("ERROR 1:1 unknown encoding: utf-16");
        QTest::newRow("latin-1 behind a mark") << QByteArray("\xEF\xBB\xBF# coding: latin-1\n")
                                               << QByteArray("ERROR 1:1 encoding problem: latin-1 with BOM");
        QTest::newRow("latin-1 without a declaration")
            << QByteArray("x\ny = '\xE9'\n")
            << QByteArray("ERROR 2:6 Non-UTF-8 code starting with '\\xe9' on line 2, but no encoding declared; see "
                          "https://peps.python.org/pep-0263/ for details");
        QTest::newRow("overlong") << QByteArray("# coding: utf-8\n'\xC0\x80'\n")
                                  << QByteArray("ERROR 2:2 (unicode error) 'utf-8' codec can't decode byte 0xc0");
        QTest::newRow("surrogate") << QByteArray("# coding: utf-8\n'\xED\xA0\x80'\n")
                                   << QByteArray("ERROR 2:2 (unicode error) 'utf-8' codec can't decode byte 0xed");
        QTest::newRow("cut off") << QByteArray("# coding: utf-8\n'\xE2\x82")
                                 << QByteArray("ERROR 2:2 (unicode error) 'utf-8' codec can't decode byte 0xe2");
        QTest::newRow("not ascii") << QByteArray("# coding: ascii\n'\xE9'\n")
                                   << QByteArray("ERROR 1:1 'ascii' codec can't decode byte 0xe9: ordinal not in range(128)");
        QTest::newRow("null byte") << QByteArray("x\ny\0z\n", 6) << QByteArray("ERROR 2:1 source code cannot contain null bytes");
    }
    void undecodableScriptsAreRefused()
    {
        QFETCH(const QByteArray, script);
        QTEST(ourTree(script), "error");
    }

    /// The one promise of parseTopLevel(): what it gives is what parse() gives, without the bodies of functions and classes.
    void topLevelIsTheTreeWithoutBodies()
    {
        QList<QByteArray> scripts;
        for (const QString &group : kGroups)
            scripts += snippets(group);
        if (!cpythonPath().isEmpty()) {
            for (const QString &file : standardLibrarySample(150))
                scripts.append(contents(file));
        }
        for (const QByteArray &script : scripts) {
            const Result<Tree> whole = parse(script, QStringLiteral("x.py"));
            const Result<Tree> top = parseTopLevel(script, QStringLiteral("x.py"));
            if (!whole)
                continue;
            QVERIFY2(top, script.constData());
            const QByteArray a = QByteArray::fromStdString(treeText(*top, {.isTopLevel = true}));
            const QByteArray b = QByteArray::fromStdString(treeText(*whole, {.isTopLevel = true}));
            QVERIFY2(a == b, (script + difference(a, b)).constData());
        }
    }

    void topLevelHasNoBodies()
    {
        const Result<Tree> tree =
            parseTopLevel("revision = 'a'\nif x:\n    def f(): return\n    y = 1\ndef upgrade():\n    a ++ ++ b c\nz = 2\n", QStringLiteral("x.py"));
        QVERIFY(tree);
        QCOMPARE(tree->body().size(), std::size_t{4});
        QVERIFY(static_cast<const FunctionDefinition *>(tree->body()[2])->body.empty());
        QCOMPARE(tree->body()[3]->position, (Position{7, 1}));
        QCOMPARE(static_cast<const If *>(tree->body()[1])->body.size(), std::size_t{2});
    }

    void topLevelReportsWhatItCannotSkip()
    {
        for (const char *script :
             {"def f():\n    x = (\n", "def f():\n    '''\n", "def f():\npass\n", "def f():\n    x = 'a\ny = 1\n", "class A:\n"}) {
            const Result<Tree> whole = parse(script, QStringLiteral("x.py"));
            const Result<Tree> top = parseTopLevel(script, QStringLiteral("x.py"));
            QVERIFY2(!whole && !top, script);
            QCOMPARE(top.error(), whole.error());
        }
    }

    void anExpressionIsParsedAlone()
    {
        const Result<Tree> tree = parseExpression("  {'a': [1, 2.5]}  # x\n\n", QStringLiteral("value"));
        QVERIFY(tree);
        QCOMPARE(tree->body().size(), std::size_t{1});
        QCOMPARE(static_cast<const ExpressionStatement *>(tree->body()[0])->value->kind, ExpressionKind::Dict);
        QVERIFY(parseExpression("a, b", {}));
        for (const char *text : {"", "x = 1", "a b", "import a", "a; b", "a\nb", "(", "yield", "*a", "if a: b"})
            QVERIFY2(!parseExpression(text, {}), text);
    }

    void aTreeKeepsWhatItPointsTo()
    {
        Result<Tree> tree = parse("'''doc'''\nﬁrst = 'a\\n' 'b'\n", QStringLiteral("x.py"));
        QVERIFY(tree);
        Tree moved = std::move(*tree);
        tree = std::unexpected(Error{});
        QCOMPARE(moved.docstring(), std::optional<std::string_view>("doc"));
        const auto *assign = static_cast<const Assign *>(moved.body()[1]);
        QCOMPARE(static_cast<const Name *>(assign->targets[0])->id, std::string_view("first"));
        QCOMPARE(static_cast<const Constant *>(assign->value)->text, std::string_view("a\nb"));
        QCOMPARE(parse("b'doc'", {})->docstring(), std::optional<std::string_view>());
        QCOMPARE(parse("f'doc'", {})->docstring(), std::optional<std::string_view>());
        QCOMPARE(parse("", {})->docstring(), std::optional<std::string_view>());
    }

    void templatesKeepTheTextOfTheirExpressions()
    {
        const Result<Tree> tree = parse("t'a{ b + c !r}{d=}'", {});
        QVERIFY(tree);
        const auto *string = static_cast<const FormattedString *>(static_cast<const ExpressionStatement *>(tree->body()[0])->value);
        QVERIFY(string->isTemplate);
        QCOMPARE(static_cast<const FormattedValue *>(string->parts[1])->sourceText, std::string_view(" b + c"));
        QCOMPARE(static_cast<const FormattedValue *>(string->parts[2])->sourceText, std::string_view("d"));
        QCOMPARE(static_cast<const FormattedValue *>(string->parts[2])->debugText, std::string_view("d="));
    }

    void hostileScriptsDoNotOverflowTheStack_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("error"); // empty: it parses
        constexpr int kMany = 100'000;
        const QString brackets = QStringLiteral("too many nested parentheses");
        const QString expressions = QStringLiteral("too many nested expressions");
        const auto row = [](const char *name, const QByteArray &script, const QString &error = {}) { QTest::newRow(name) << script << error; };
        row("parentheses", repeated("(", 2 * kMany), brackets);
        row("closed parentheses", repeated("(", 2 * kMany) + "1" + repeated(")", 2 * kMany), brackets);
        row("brackets", repeated("[", kMany), brackets);
        row("braces", repeated("{", kMany), brackets);
        row("calls in calls", repeated("f(", kMany), brackets);
        row("subscripts in subscripts", repeated("a[", kMany), brackets);
        row("as deep as allowed", repeated("(", 200) + "1" + repeated(")", 200));
        row("one deeper", repeated("(", 201) + "1" + repeated(")", 201), brackets);
        row("mixed as deep as allowed", repeated("[f(-{1:", 66) + "1" + repeated("})]", 66));
        row("minus", repeated("-", kMany) + "1", expressions);
        row("not", repeated("not ", kMany) + "a", expressions);
        row("invert", repeated("~", kMany) + "a", expressions);
        row("powers", "a" + repeated("**a", kMany), expressions);
        row("lambdas", repeated("lambda: ", kMany) + "a", expressions);
        row("lambda defaults", repeated("lambda a=", kMany), expressions);
        row("conditionals", repeated("a if b else ", kMany) + "c", expressions);
        row("f-strings in f-strings", repeated("f'{", kMany), brackets);
        row("format specifications", "f'{a" + repeated(":{a", kMany), QStringLiteral("f-string: expressions nested too deeply"));
        row("backquotes", "print 1\n" + repeated("`", kMany), QStringLiteral("the print statement"));
        row("patterns", "match a:\n case " + repeated("[", kMany), brackets);
        row(
            "dedents",
            [] {
                QByteArray script;
                for (int i = 0; i < 200; ++i)
                    script += QByteArray(i, ' ') + "if a:\n";
                return script;
            }(),
            QStringLiteral("too many levels of indentation"));
        row("indents as deep as allowed", [] {
            QByteArray script;
            for (int i = 0; i < 99; ++i)
                script += QByteArray(i, ' ') + "if a:\n";
            return script + QByteArray(99, ' ') + "b\n";
        }());
        row("additions", "a" + repeated("+a", kMany));
        row("comparisons", "a" + repeated("<a", kMany));
        row("conjunctions", "a" + repeated(" and a", kMany));
        row("attributes", "a" + repeated(".a", kMany));
        row("calls", "a" + repeated("()", kMany));
        row("subscripts", "a" + repeated("[0]", kMany));
        row("assignments", repeated("a = ", kMany) + "1");
        row("strings", repeated("'a' ", kMany));
        row("f-strings", repeated("f'{a}' ", kMany));
        row("tuple", repeated("a, ", kMany));
        row("statements", repeated("a; ", kMany));
        row("match names", repeated("match(a); ", kMany));
        row("else-if", "if a: b\n" + repeated("elif a: b\n", kMany));
        row("decorators", repeated("@a\n", kMany) + "def f(): pass");
        row("keywords", [] {
            QByteArray script = "f(";
            for (int i = 0; i < kMany; ++i)
                script += 'a' + QByteArray::number(i) + "=1,";
            return script + ')';
        }());
        row("parameters", [] {
            QByteArray script = "def f(";
            for (int i = 0; i < kMany; ++i)
                script += 'a' + QByteArray::number(i) + ',';
            return script + "): pass";
        }());
        row("captures", [] {
            QByteArray script = "match a:\n case [";
            for (int i = 0; i < kMany; ++i)
                script += 'a' + QByteArray::number(i) + ',';
            return script + "]: pass";
        }());
        row("walrus at the end of additions", "(b := a" + repeated("+a", kMany) + ")");
        row("walrus behind else-ifs", "if (b := a): b\n" + repeated("elif a: b\n", kMany));
    }
    void hostileScriptsDoNotOverflowTheStack()
    {
        QFETCH(const QByteArray, script);
        QFETCH(const QString, error);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        constexpr uint kStackBytes = 4096 * 1024; // frames are several times larger
#else
        constexpr uint kStackBytes = 512 * 1024;
#endif
        QString found;
        std::unique_ptr<QThread> thread(QThread::create([&] {
            const Result<Tree> tree = parse(script, {});
            found = tree ? QString() : tree.error().detail;
            static_cast<void>(parseTopLevel(script, {}));
            static_cast<void>(parseExpression(script, {}));
        }));
        thread->setStackSize(kStackBytes);
        thread->start();
        QVERIFY(thread->wait());
        QCOMPARE(found, error);
    }
};

QTEST_GUILESS_MAIN(TestParser)
#include "tst_parser.moc"
