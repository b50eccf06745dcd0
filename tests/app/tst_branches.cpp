// SPDX-License-Identifier: GPL-3.0-or-later
#include "cliproject.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using stillroom::testsupport::Finished;
using stillroom::testsupport::tableCall;
using stillroom::testsupport::TemporaryProject;

namespace {

QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

QString q(const char *text) { return QString::fromUtf8(text); }

QJsonObject jsonOf(const Finished &done) { return QJsonDocument::fromJson(done.output.toUtf8()).object(); }

/// a1 ─┬─ b1 ─ b2
///     └─ c1
void writeFork(const TemporaryProject &project, const char *left, const char *right)
{
    project.revision(q("a1"), {}, tableCall(q("account")));
    project.revision(q("b1"), q("a1"), q(left));
    project.revision(q("b2"), q("b1"), tableCall(q("other")));
    project.revision(q("c1"), q("a1"), q(right));
}

QString textOf(const TemporaryProject &project, const char *name)
{
    QFile file(project.path(q(name)));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

/// Two heads, and the two ways to make one of them.
class BranchesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_data.isValid());
        qputenv("XDG_DATA_HOME", m_data.path().toUtf8()); // what can be taken back is kept there
    }

    void headsAreCompared_data()
    {
        QTest::addColumn<QString>("left");
        QTest::addColumn<QString>("right");
        QTest::addColumn<QString>("order");
        QTest::addColumn<QStringList>("shared");
        const auto row = [](const char *name, const char *left, const char *right, const char *order, const QStringList &shared) {
            QTest::newRow(name) << q(left) << q(right) << q(order) << shared;
        };
        const char *email = "op.add_column('account', sa.Column('email', sa.Text()))";
        row("two tables", "op.create_table('x', sa.Column('id', sa.Integer()))", "op.create_table('y', sa.Column('id', sa.Integer()))", "commutes",
            {});
        row("two columns of a table", email, "op.add_column('account', sa.Column('phone', sa.Text()))", "commutes", {q("account")});
        row("one column twice", email, email, "order-matters", {q("account"), q("account.email")});
        row("a column of a dropped table", email, "op.drop_table('account')", "order-matters", {q("account"), q("account.email")});
        row("an index name twice", "op.create_index('ix', 'account', ['id'])", "op.create_index('ix', 'account', ['id'])", "order-matters",
            {q("ix")});
        row("a key to a table that is renamed", "op.create_foreign_key('fk', 'other', 'account', ['a'], ['id'])",
            "op.rename_table('account', 'user')", "order-matters", {q("account"), q("account.id")});
        row("rows beside a column", "op.execute('UPDATE account SET id = id + 1')", email, "not-known", {q("account")});
        row("rows beside a plain index", "op.execute('UPDATE account SET id = id + 1')", "op.create_index('ix', 'account', ['id'])", "commutes",
            {q("account")});
        row("text that is not followed", "op.execute('ALTER TABLE account ENABLE ROW LEVEL SECURITY')", email, "not-known", {q("account")});
        row("text elsewhere", "op.execute('DELETE FROM elsewhere')", email, "commutes", {});
        row("a body that is not understood", "op.execute(shop.X)", email, "not-known", {});
        row("nothing at all", "pass", email, "commutes", {});
    }

    void headsAreCompared()
    {
        QFETCH(QString, left);
        QFETCH(QString, right);
        QFETCH(QString, order);
        QFETCH(QStringList, shared);
        const TemporaryProject project;
        writeFork(project, left.toUtf8().constData(), right.toUtf8().constData());
        const Finished done = project.run(words("merge heads --compare --json --dialect postgresql"));
        QCOMPARE(done.status, 0);
        const QJsonObject object = jsonOf(done);
        QCOMPARE(object[q("common")].toArray(), QJsonArray{q("a1")});
        QVERIFY2(object[q("order")].toString() == order, qPrintable(done.output));
        QStringList names;
        for (const QJsonValue name : object[q("shared")].toArray())
            names << name[q("name")].toString();
        names.sort();
        QVERIFY2(names == shared, qPrintable(done.output));
        QCOMPARE(object[q("reasons")].toArray().isEmpty(), order == q("commutes"));
        QVERIFY(!QFile::exists(project.path(q("scripts/script.py.mako"))));
        QCOMPARE(QDir(project.path(q("scripts/versions"))).entryList({q("*.py")}).size(), 4);
    }

    void aComparisonIsToldInWords()
    {
        const TemporaryProject project;
        writeFork(project, "op.drop_column('account', 'x')", "op.alter_column('account', 'x', nullable=True)");
        const QString text = project.run(words("merge b2 c1 --compare")).output;
        for (const char *part : {"All of them stand on a1.", "b2 adds b1, b2.", "c1 adds c1.", "column  account.x", "the order matters",
                                 "b1 drops column account.x, and c1 alters column account.x.", "reparent c1 --onto b2", "reparent b1 --onto c1"})
            QVERIFY2(text.contains(q(part)), qPrintable(q(part) + q("\n") + text));
    }

    void whatIsNotTwoBranchesCannotBeCompared()
    {
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        QCOMPARE(project.run(words("merge a1 b2 --compare")).status, 1);
        const Finished one = project.run(words("merge b2 --compare"));
        QVERIFY2(one.status == 1 && one.errors.contains(q("nothing to compare")), qPrintable(one.errors));
        QCOMPARE(project.run(words("merge b2 nowhere --compare")).status, 1);
    }

    void branchesThatTouchTheSameAreAFinding()
    {
        const TemporaryProject project;
        writeFork(project, "op.add_column('account', sa.Column('email', sa.Text()))", "op.add_column('account', sa.Column('email', sa.Text()))");
        const QString open = project.run(words("validate")).output;
        QVERIFY2(open.contains(q("G12 warning")) && open.contains(q("account.email")), qPrintable(open));
        project.write(q("scripts/versions/m.py"),
                      q("\"\"\"m\"\"\"\nrevision = 'm'\ndown_revision = ('b2', 'c1')\ndef upgrade():\n    pass\ndef downgrade():\n    pass\n"));
        const QString merged = project.run(words("validate")).output;
        QVERIFY2(merged.contains(q("G12 information")), qPrintable(merged));
    }

    void aReparentedRevisionIsShownWrittenAndTakenBack()
    {
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        const QString before = textOf(project, "scripts/versions/c1.py");
        const Finished shown = project.run(words("reparent c1 --onto b2"));
        QCOMPARE(shown.status, 0);
        QVERIFY2(shown.output.contains(q("--- a/scripts/versions/c1.py\n")) &&
                     shown.output.contains(q("\n-down_revision = 'a1'\n+down_revision = 'b2'\n")),
                 qPrintable(shown.output));
        QVERIFY2(shown.errors.contains(q("Nothing was written")) && shown.errors.contains(q("counts b2 as applied")), qPrintable(shown.errors));
        QCOMPARE(textOf(project, "scripts/versions/c1.py"), before);
        QCOMPARE(project.run(words("reparent c1 --onto b2 --diff --yes")).status, 0);
        QCOMPARE(textOf(project, "scripts/versions/c1.py"), before);

        QCOMPARE(project.run(words("reparent c1 --onto b2 --yes")).status, 0);
        QCOMPARE(textOf(project, "scripts/versions/c1.py"), QString(before).replace(q("'a1'"), q("'b2'")));
        QCOMPARE(project.run(words("heads")).output, q("c1 (head)\n"));

        QCOMPARE(project.run(words("reparent --undo")).status, 0); // only shown
        QCOMPARE(project.run(words("heads")).output, q("c1 (head)\n"));
        QCOMPARE(project.run(words("reparent --undo --yes")).status, 0);
        QCOMPARE(textOf(project, "scripts/versions/c1.py"), before);
        const Finished again = project.run(words("reparent --undo --yes"));
        QCOMPARE(again.status, 1);
        QVERIFY(again.errors.contains(q("no change of a parent")));
    }

    void aFileThatWasChangedSinceIsNotTakenBack()
    {
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        QCOMPARE(project.run(words("reparent c1 --onto b2 --yes")).status, 0);
        project.revision(q("c1"), q("b2"), tableCall(q("mine")));
        const QString mine = textOf(project, "scripts/versions/c1.py");
        const Finished done = project.run(words("reparent --undo --yes"));
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.contains(q("was changed since")), qPrintable(done.errors));
        QCOMPARE(textOf(project, "scripts/versions/c1.py"), mine);
    }

    void onlyTheHeaderOfAFileChanges_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("Alembic's template") << QByteArray("\"\"\"step\n\nRevision ID: c1\nRevises: a1\n\n\"\"\"\nrevision: str = 'c1'\n"
                                                          "down_revision: Union[str, None] = 'a1'  # why\nx = 1\n")
                                            << QByteArray("\"\"\"step\n\nRevision ID: c1\nRevises: b2\n\n\"\"\"\nrevision: str = 'c1'\n"
                                                          "down_revision: Union[str, None] = 'b2'  # why\nx = 1\n");
        QTest::newRow("double quotes, CRLF") << QByteArray("revision = \"c1\"\r\ndown_revision = \"a1\"\r\n")
                                             << QByteArray("revision = \"c1\"\r\ndown_revision = \"b2\"\r\n");
        QTest::newRow("a tuple") << QByteArray("revision = 'c1'\ndown_revision = (\n    'a1',\n)\n")
                                 << QByteArray("revision = 'c1'\ndown_revision = 'b2'\n");
        QTest::newRow("a byte order mark") << QByteArray("\xEF\xBB\xBFrevision = 'c1'; down_revision = 'a1'\n")
                                           << QByteArray("\xEF\xBB\xBFrevision = 'c1'; down_revision = 'b2'\n");
        QTest::newRow("letters beyond ASCII before it") << QByteArray("revision = 'c1'; \xC3\xA9 = '\xF0\x9F\x8D\xAF'; down_revision = 'a1'\n")
                                                        << QByteArray("revision = 'c1'; \xC3\xA9 = '\xF0\x9F\x8D\xAF'; down_revision = 'b2'\n");
        QTest::newRow("Latin-1") << QByteArray("# -*- coding: latin-1 -*-\n# \xE9\nrevision = 'c1'\ndown_revision = 'a1'\n")
                                 << QByteArray("# -*- coding: latin-1 -*-\n# \xE9\nrevision = 'c1'\ndown_revision = 'b2'\n");
        QTest::newRow("computed") << QByteArray("revision = 'c1'\nif True:\n    down_revision = 'a1'\n") << QByteArray();
        QTest::newRow("unpacked") << QByteArray("revision, down_revision = 'c1', 'a1'\n") << QByteArray();
        QTest::newRow("assigned again later") << QByteArray("revision = 'c1'\ndown_revision = 'x'\ndown_revision = 'a1'\n")
                                              << QByteArray("revision = 'c1'\ndown_revision = 'x'\ndown_revision = 'b2'\n");
    }

    void onlyTheHeaderOfAFileChanges()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        QFile file(project.path(q("scripts/versions/c1.py")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(before + "\ndef upgrade():\n    pass\n");
        file.close();
        const Finished done = project.run(words("reparent c1 --onto b2 --yes"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray now = file.readAll();
        if (after.isEmpty()) {
            QCOMPARE(done.status, 1);
            QVERIFY2(done.errors.contains(q("cannot be changed")), qPrintable(done.errors));
            QCOMPARE(now, before + "\ndef upgrade():\n    pass\n");
        } else {
            QVERIFY2(done.status == 0, qPrintable(done.errors));
            QCOMPARE(now, after + "\ndef upgrade():\n    pass\n");
        }
    }

    void aParentThatCannotBeIsRefused_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *line, int status) { QTest::newRow(name) << q(line) << status; };
        row("its own child", "reparent b1 --onto b2 --yes", 1);
        row("itself", "reparent b1 --onto b1 --yes", 1);
        row("the parent it has", "reparent b1 --onto a1 --yes", 1);
        row("nowhere", "reparent b1 --onto nowhere --yes", 1);
        row("several heads", "reparent a1 --onto heads --yes", 1);
        row("nobody", "reparent --onto b1", 2);
        row("no parent named", "reparent b1", 2);
        row("undo of something", "reparent b1 --undo", 2);
    }

    void aParentThatCannotBeIsRefused()
    {
        QFETCH(QString, line);
        QFETCH(int, status);
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        const QString before = textOf(project, "scripts/versions/b1.py");
        const Finished done = project.run(line.split(QLatin1Char(' ')));
        QVERIFY2(done.status == status && !done.errors.isEmpty(), qPrintable(done.errors));
        QCOMPARE(textOf(project, "scripts/versions/b1.py"), before);
    }

    void oneParentOfAMergeIsReplacedAndAMissingOneToo()
    {
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        const auto merge = [&project](const char *parents) {
            project.write(q("scripts/versions/m.py"),
                          q("revision = 'm'\ndown_revision = (%1)\ndef upgrade():\n    pass\ndef downgrade():\n    pass\n").arg(q(parents)));
        };
        merge("'b1', 'c1'");
        QCOMPARE(project.run(words("reparent m --onto b2 --yes")).status, 1);
        QCOMPARE(project.run(words("reparent m --onto b2 --instead-of b1 --yes")).status, 0);
        QVERIFY(textOf(project, "scripts/versions/m.py").contains(q("down_revision = ('b2', 'c1')")));
        merge("'gone', 'c1'");
        const Finished done = project.run(words("reparent m --onto b2 --instead-of gone --yes"));
        QVERIFY2(done.status == 0, qPrintable(done.errors));
        QVERIFY(textOf(project, "scripts/versions/m.py").contains(q("down_revision = ('b2', 'c1')")));
        QCOMPARE(project.run(words("heads")).output, q("m (head)\n"));
    }

    void aRevisionBecomesABase()
    {
        const TemporaryProject project;
        writeFork(project, "pass", "pass");
        QCOMPARE(project.run(words("reparent c1 --onto base --yes")).status, 0);
        QVERIFY(textOf(project, "scripts/versions/c1.py").contains(q("down_revision = None")));
    }

    void aMissingRevisionsCommitIsTold()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {});
        project.revision(q("b1"), q("a1"));
        QProcess git;
        git.setWorkingDirectory(project.path(q(".")));
        const QString script = q("export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null; git init -q . && git add -A && "
                                 "git -c user.name=Ann -c user.email=a@example commit -qm begin && git rm -q scripts/versions/a1.py && "
                                 "git -c user.name=Ann -c user.email=a@example commit -qm tidy");
        git.start(q("sh"), {q("-c"), script});
        QVERIFY(git.waitForFinished());
        QCOMPARE(git.exitCode(), 0);
        const QString told = q("Ann: tidy) removed scripts/versions/a1.py.");
        QVERIFY(project.run(words("history")).errors.contains(told));
        QVERIFY(project.run(words("show a1")).output.contains(told));
        QVERIFY(project.run(words("validate")).output.contains(told));
        const QJsonArray findings = jsonOf(project.run(words("validate --json")))[q("findings")].toArray();
        QVERIFY(findings.first()[q("whereabouts")].toString().contains(told));
    }

private:
    QTemporaryDir m_data;
};

QTEST_GUILESS_MAIN(BranchesTest)
#include "tst_branches.moc"
