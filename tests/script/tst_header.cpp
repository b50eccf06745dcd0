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

    void aMissingFileCannotBeRead()
    {
        const auto header = readHeader(QStringLiteral("/nowhere/a.py"));
        QVERIFY(!header.has_value());
        QCOMPARE(header.error().code, ErrorCode::FileNotReadable);
    }
};

QTEST_GUILESS_MAIN(TestHeader)
#include "tst_header.moc"
