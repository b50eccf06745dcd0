// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluating.h"

using namespace stillroom;
using namespace stillroom::script;

class TestHeader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainAssignmentsAreRead()
    {
        ProjectFolder folder;
        const auto header = readHeader(folder.write(QStringLiteral("a.py"), "\"\"\"Add users\n\nRevision ID: abc\n\"\"\"\n"
                                                                            "revision = 'abc'\ndown_revision = 'def'\nbranch_labels = None\n"
                                                                            "depends_on = ('x', 'y')\n\ndef upgrade():\n    pass\n"));
        QVERIFY(header.has_value());
        QCOMPARE(header->revision, QStringLiteral("abc"));
        QCOMPARE(header->downRevisions, QStringList{QStringLiteral("def")});
        QCOMPARE(header->branchLabels, QStringList{});
        QCOMPARE(header->dependsOn, (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
        QVERIFY(header->docstring.startsWith(QLatin1String("Add users")));
        QCOMPARE(header->revisionLine, 5);
        QCOMPARE(header->downRevisionLine, 6);
        QVERIFY(header->hasUpgrade);
        QVERIFY(!header->hasDowngrade);
    }

    void annotatedAssignmentsAreRead()
    {
        ProjectFolder folder;
        const auto header = readHeader(folder.write(QStringLiteral("a.py"), "from typing import Sequence, Union\n"
                                                                            "revision: str = 'abc'\n"
                                                                            "down_revision: Union[str, Sequence[str], None] = ('a', 'b')\n"
                                                                            "branch_labels: Union[str, None] = 'billing'\n"));
        QVERIFY(header.has_value());
        QCOMPARE(header->revision, QStringLiteral("abc"));
        QCOMPARE(header->downRevisions, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(header->branchLabels, QStringList{QStringLiteral("billing")});
    }

    void aNameAssignedEarlierCounts()
    {
        ProjectFolder folder;
        const auto header = readHeader(folder.write(QStringLiteral("a.py"), "PARENT = 'aa' 'bb'\nrevision = 'abc'\ndown_revision = PARENT\n"));
        QVERIFY(header.has_value());
        QCOMPARE(header->downRevisions, QStringList{QStringLiteral("aabb")});
    }

    void aComputedValueIsEvaluated()
    {
        ProjectFolder folder;
        const auto header =
            readHeader(folder.write(QStringLiteral("a.py"), "from alembic import op\nimport sqlalchemy as sa\n"
                                                            "revision = '-'.join(['a', 'b'])\ndown_revision = None if revision else 'x'\n"));
        QVERIFY(header.has_value());
        QCOMPARE(header->revision, QStringLiteral("a-b"));
        QCOMPARE(header->downRevisions, QStringList{});
    }

    void aFileWithoutARevisionIsNoScript()
    {
        ProjectFolder folder;
        const QString file = folder.write(QStringLiteral("a.py"), "x = 1\n");
        const auto header = readHeader(file);
        QVERIFY(!header.has_value());
        QCOMPARE(header.error().code, ErrorCode::ScriptNotUnderstood);
        QCOMPARE(header.error().file, file);
    }

    void aSyntaxErrorHasItsLine()
    {
        ProjectFolder folder;
        const auto header = readHeader(folder.write(QStringLiteral("a.py"), "revision = 'abc'\ndown_revision = = 'x'\n"));
        QVERIFY(!header.has_value());
        QCOMPARE(header.error().code, ErrorCode::ScriptSyntax);
        QCOMPARE(header.error().line, 2);
    }

    /// What stands behind a script keeps it from being read from its tokens alone; both ways give the same.
    void aPlainScriptSaysWhatTheParserSaysOfIt_data()
    {
        QTest::addColumn<QByteArray>("script");
        const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
        row("as the template writes it", "\"\"\"Add users\n\nRevision ID: a1\n\"\"\"\nfrom typing import Sequence, Union\n\nfrom alembic import op\n"
                                         "import sqlalchemy as sa\n\n\n# revision identifiers\nrevision: str = 'a1'\n"
                                         "down_revision: Union[str, Sequence[str], None] = \"a0\"\nbranch_labels: str | None = None\n"
                                         "depends_on = None\n\n\ndef upgrade() -> None:\n    # ### commands\n"
                                         "    op.execute('''\ndef downgrade():\n''')\n\n\ndef downgrade() -> None:\n    pass\n");
        row("tuples and lists", "revision = 'a1'\ndown_revision = ('b', 'c',)\nbranch_labels = ['x']\ndepends_on = ()\n");
        row("a text in parentheses", "revision = ('a1')\ndown_revision = (None)\n");
        row("texts side by side", "'' 'doc'\nrevision = 'a' '1'\ndown_revision = 'b' \\\n    'c'\n");
        row("prefixes and escapes", "r'd\\oc'\nrevision = u'a1'\ndown_revision = 'b\\x63'\nbranch_labels = f'x'\n");
        row("assigned twice", "revision = 'a0'\nrevision = 'a1'\ndown_revision = 'b'\ndown_revision = None\n");
        row("a name for it", "parent = 'b'\nrevision = 'a1'\ndown_revision = parent\n");
        row("several at once", "revision, down_revision = 'a1', 'b'\nrevision = down_revision = 'c'\n");
        row("two on a line", "revision = 'a1'; down_revision = 'b'\n");
        row("imported functions", "from .shared import upgrade, down as downgrade\nfrom x import revision as revision\nrevision = 'a1'\n");
        row("functions of values", "revision = 'a1'\nupgrade = None\nwith_help = 'x'\ndef downgrade(name): pass\n");
        row("other functions", "revision = 'a1'\ndef helper():\n    return 1\nclass upgrade: pass\n@helper\ndef downgrade(): pass\n");
        row("an annotation alone", "revision: str\nrevision: \"str\" = 'a1'\n");
        row("outside ASCII", "\"\"\"Größe\"\"\"\nrevision = 'a1'\ndown_revision = 'ä'\n");
        row("another encoding", "# -*- coding: latin-1 -*-\n'Gr\xf6\xdf"
                                "e'\nrevision = 'a1'\n");
        row("ends of lines", "\"\"\"One\r\ntwo\"\"\"\r\nrevision = 'a1'\r\ndown_revision = 'b'\r\n");
        row("a wrong annotation", "revision: Union[str,, None] = 'a1'\n");
        row("a wrong import", "import a b\nrevision = 'a1'\n");
        row("a wrong indentation", "revision = 'a1'\n  down_revision = 'b'\n");
        row("a keyword", "class = 'x'\nrevision = 'a1'\n");
        row("Python's own name", "__debug__ = 'x'\nrevision = 'a1'\n");
        row("Python 2", "revision = 'a1'\nprint 'x'\n");
        row("an import that comes too late", "revision = 'a1'\nfrom __future__ import annotations\n");
        row("no body", "revision = 'a1'\ndef upgrade():\ndef downgrade():\n    pass\n");
    }
    void aPlainScriptSaysWhatTheParserSaysOfIt()
    {
        QFETCH(QByteArray, script);
        const auto alone = readHeader(QStringLiteral("a.py"), script);
        const auto followed = readHeader(QStringLiteral("a.py"), script + "\nif 0:\n    pass\n");
        QCOMPARE(alone.has_value(), followed.has_value());
        if (!alone) {
            QCOMPARE(alone.error().code, followed.error().code);
            QCOMPARE(alone.error().line, followed.error().line);
            return;
        }
        QCOMPARE(alone->revision, followed->revision);
        QCOMPARE(alone->downRevisions, followed->downRevisions);
        QCOMPARE(alone->branchLabels, followed->branchLabels);
        QCOMPARE(alone->dependsOn, followed->dependsOn);
        QCOMPARE(alone->docstring, followed->docstring);
        QCOMPARE(alone->revisionLine, followed->revisionLine);
        QCOMPARE(alone->downRevisionLine, followed->downRevisionLine);
        QCOMPARE(alone->hasUpgrade, followed->hasUpgrade);
        QCOMPARE(alone->hasDowngrade, followed->hasDowngrade);
    }

    void aMissingFileCannotBeRead()
    {
        const auto header = readHeader(QStringLiteral("/nowhere/a.py"));
        QVERIFY(!header.has_value());
        QCOMPARE(header.error().code, ErrorCode::FileNotReadable);
    }
};

QTEST_GUILESS_MAIN(TestHeader)
#include "tst_header.moc"
