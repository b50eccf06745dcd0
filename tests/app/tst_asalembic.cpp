// SPDX-License-Identifier: GPL-3.0-or-later
#include "cliproject.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QStandardPaths>

using stillroom::testsupport::Finished;

namespace {

constexpr const char *kAlembic = "/usr/bin/alembic";

Finished run(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

Finished alembic(const QStringList &arguments, const QString &folder) { return run(QString::fromUtf8(kAlembic), arguments, folder); }
Finished ours(const QStringList &arguments, const QString &folder) { return run(QStringLiteral(STILLROOM_CLI), arguments, folder); }

QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

/// Files of a folder by their name below it, the parts that depend on the clock replaced.
QMap<QString, QString> scriptsIn(const QString &folder)
{
    static const QRegularExpression date(QStringLiteral("Create Date: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?"));
    static const QRegularExpression clock(QStringLiteral("\\d{4}_\\d\\d_\\d\\d_\\d{4}-"));
    QMap<QString, QString> scripts;
    QDirIterator files(folder, {QStringLiteral("*.py")}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().contains(QLatin1String("__pycache__")) || !file.open(QIODevice::ReadOnly))
            continue;
        QString text = QString::fromLatin1(file.readAll()); // bytes as they are
        QString name = file.fileName().mid(folder.size() + 1);
        scripts.insert(name.replace(clock, QStringLiteral("DATE-")), text.replace(date, QStringLiteral("Create Date: DATE")));
    }
    return scripts;
}

void replaceInFile(const QString &name, const QString &before, const QString &after)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QString text = QString::fromUtf8(file.readAll());
    QVERIFY2(text.contains(before), qPrintable(text));
    text.replace(before, after);
    file.resize(0);
    file.seek(0);
    file.write(text.toUtf8());
}

/// What comes from a Python set has no order of its own.
QStringList sortedLines(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'));
    for (QString &line : lines) {
        if (line.startsWith(QLatin1String("Branches into: ")) || line.startsWith(QLatin1String("Branch names: "))) {
            QStringList names = line.section(QLatin1Char(' '), 2).split(QStringLiteral(", "));
            names.sort();
            line = line.section(QLatin1Char(' '), 0, 1) + QLatin1Char(' ') + names.join(QStringLiteral(", "));
        }
    }
    lines.sort();
    return lines;
}

} // namespace

/// New files and printed lines beside those of the Alembic that is installed.
class AsAlembicTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(QString::fromUtf8(kAlembic)), "Alembic is not installed");
    }

    void newScriptsAreTheSameByteByByte_data()
    {
        QTest::addColumn<QString>("projectTemplate");
        QTest::addColumn<QString>("settings");
        for (const char *name : {"generic", "async", "multidb"})
            QTest::newRow(name) << QString::fromUtf8(name) << QString();
        QTest::newRow("dates in names") << QStringLiteral("generic")
                                        << QStringLiteral(
                                               "file_template = %%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d-%%(rev)s_%%(slug)s");
        QTest::newRow("short slugs") << QStringLiteral("generic") << QStringLiteral("truncate_slug_length = 12");
        QTest::newRow("the slug alone") << QStringLiteral("generic") << QStringLiteral("file_template = %%(slug)s-%%(rev)s");
        QTest::newRow("latin-1") << QStringLiteral("generic") << QStringLiteral("output_encoding = latin-1");
        QTest::newRow("a time zone") << QStringLiteral("generic") << QStringLiteral("timezone = UTC");
    }

    void newScriptsAreTheSameByteByByte()
    {
        QFETCH(QString, projectTemplate);
        QFETCH(QString, settings);
        const QList<QStringList> commands{
            {QStringLiteral("revision"), QStringLiteral("-m"), QStringLiteral("create account table"), QStringLiteral("--rev-id"),
             QStringLiteral("aaaa1")},
            {QStringLiteral("revision"), QStringLiteral("-m"), QStringLiteral("Grüße: a \"quoted\" 'text', 50% more"), QStringLiteral("--rev-id"),
             QStringLiteral("bbbb1"), QStringLiteral("--branch-label"), QStringLiteral("shop")},
            {QStringLiteral("revision"), QStringLiteral("-m"),
             QStringLiteral("a message that is a good deal longer than the forty characters of a slug"), QStringLiteral("--rev-id"),
             QStringLiteral("cccc1"), QStringLiteral("--head"), QStringLiteral("aaaa1"), QStringLiteral("--splice")},
            {QStringLiteral("revision"), QStringLiteral("--rev-id"), QStringLiteral("dddd1"), QStringLiteral("--head"), QStringLiteral("base"),
             QStringLiteral("--depends-on"), QStringLiteral("aaaa1")},
            {QStringLiteral("revision"), QStringLiteral("-m"), QStringLiteral("two needs"), QStringLiteral("--rev-id"), QStringLiteral("eeee1"),
             QStringLiteral("--head"), QStringLiteral("dddd1"), QStringLiteral("--depends-on"), QStringLiteral("shop"),
             QStringLiteral("--depends-on"), QStringLiteral("cccc")},
            {QStringLiteral("merge"), QStringLiteral("-m"), QStringLiteral("join"), QStringLiteral("--rev-id"), QStringLiteral("ffff1"),
             QStringLiteral("bbbb1"), QStringLiteral("cccc1")},
        };
        const QTemporaryDir theirFolder, ourFolder;
        for (const QString &folder : {theirFolder.path(), ourFolder.path()}) {
            QCOMPARE(alembic({QStringLiteral("init"), QStringLiteral("-t"), projectTemplate, QStringLiteral("m")}, folder).status, 0);
            if (settings.contains(QLatin1String("latin-1"))) // Python asks for it
                replaceInFile(folder + QStringLiteral("/m/script.py.mako"), QStringLiteral("\"\"\"${message}"),
                              QStringLiteral("# coding: utf-8\n${'#'} coding: latin-1\n\"\"\"${message}"));
            if (!settings.isEmpty())
                replaceInFile(folder + QStringLiteral("/alembic.ini"), QStringLiteral("prepend_sys_path = ."),
                              QStringLiteral("prepend_sys_path = .\n") + settings);
        }
        for (const QStringList &command : commands) {
            if (projectTemplate == QLatin1String("multidb") && command.first() == QLatin1String("merge"))
                continue; // older Alembic does not give its template the configuration then
            const Finished their = alembic(command, theirFolder.path());
            const Finished our = ours(command, ourFolder.path());
            QVERIFY2(their.status == 0, qPrintable(their.output + their.errors));
            QVERIFY2(our.status == 0, qPrintable(our.errors));
        }
        QCOMPARE(scriptsIn(ourFolder.path()), scriptsIn(theirFolder.path()));
    }

    void whatAlembicRefusesToWriteIsRefused_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::newRow("no head") << words("revision -m x --head aaaa1");
        QTest::newRow("several heads") << words("revision -m x");
        QTest::newRow("unknown head") << words("revision -m x --head zzzz");
        QTest::newRow("unknown dependency") << words("revision -m x --head bbbb1 --depends-on zzzz");
        QTest::newRow("illegal id") << words("revision -m x --head bbbb1 --rev-id a-b");
        QTest::newRow("unknown folder") << words("revision -m x --head bbbb1 --version-path elsewhere");
        QTest::newRow("one head twice") << words("merge -m x bbbb1 bbbb1");
        QTest::newRow("merge with no head") << words("merge -m x aaaa1 bbbb1");
    }

    void whatAlembicRefusesToWriteIsRefused()
    {
        QFETCH(QStringList, command);
        const QTemporaryDir folder;
        QCOMPARE(ours(words("init m"), folder.path()).status, 0);
        for (const char *made :
             {"revision -m a --rev-id aaaa1", "revision -m b --rev-id bbbb1", "revision -m c --rev-id cccc1 --head aaaa1 --splice"})
            QCOMPARE(ours(words(made), folder.path()).status, 0);
        const QMap<QString, QString> before = scriptsIn(folder.path());
        QVERIFY(alembic(command, folder.path()).status != 0);
        const Finished refused = ours(command, folder.path());
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.startsWith(QLatin1String("FAILED: ")), qPrintable(refused.errors));
        QCOMPARE(scriptsIn(folder.path()), before);
    }

    void alembicAcceptsANewProject_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"generic", "async", "multidb"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }

    void alembicAcceptsANewProject()
    {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        const Finished made =
            ours({QStringLiteral("init"), QStringLiteral("-t"), name, QStringLiteral("scripts/here"), QStringLiteral("--package")}, folder.path());
        QVERIFY2(made.status == 0, qPrintable(made.errors));
        replaceInFile(folder.filePath(QStringLiteral("alembic.ini")), QStringLiteral("driver://user:pass@localhost/"), QStringLiteral("sqlite:///"));
        const Finished first = ours(words("revision -m one --rev-id aaaa1"), folder.path());
        QVERIFY2(first.status == 0, qPrintable(first.errors));
        const Finished second = alembic(words("revision -m two --rev-id bbbb1"), folder.path());
        QVERIFY2(second.status == 0, qPrintable(second.errors));
        QCOMPARE(ours(words("heads"), folder.path()).output, QStringLiteral("bbbb1 (head)\n"));
        const Finished sql = alembic(words("upgrade head --sql"), folder.path());
        QVERIFY2(sql.status == 0, qPrintable(sql.errors));
        if (name != QLatin1String("async")) {
            const Finished upgraded = alembic(words("upgrade head"), folder.path());
            QVERIFY2(upgraded.status == 0, qPrintable(upgraded.errors));
        }
        const Finished again = ours({QStringLiteral("init"), QStringLiteral("scripts/here")}, folder.path());
        QCOMPARE(again.status, 1);
        QVERIFY2(again.errors.contains(QLatin1String("is not empty")), qPrintable(again.errors));
    }

    void listsReadAsAlembics()
    {
        const QTemporaryDir folder;
        QCOMPARE(ours(words("init m"), folder.path()).status, 0);
        replaceInFile(folder.filePath(QStringLiteral("alembic.ini")), QStringLiteral("driver://user:pass@localhost/dbname"),
                      QStringLiteral("sqlite:///x.db"));
        for (const char *made : {"revision -m base --rev-id base1", "revision -m left --rev-id left1 --branch-label lft",
                                 "revision -m right --rev-id right1 --head base1 --splice",
                                 "revision -m other --rev-id other1 --head base --branch-label oth --depends-on right1",
                                 "merge -m merged --rev-id merge1 left1 right1", "revision -m tip --rev-id tip1 --head merge1", "upgrade lft@head"}) {
            const Finished done = ours(words(made), folder.path());
            QVERIFY2(done.status == 0, qPrintable(QString::fromUtf8(made) + done.errors));
        }
        for (const char *command : {"history", "history -v", "history -r base1:merge1", "history -r :left1", "history -r tip1:", "history -i",
                                    "history -r current:", "heads", "heads -v", "branches", "branches -v", "show merge1", "show oth@head",
                                    "show heads", "show tip", "current"}) {
            const Finished their = alembic(words(command), folder.path());
            const Finished our = ours(words(command), folder.path());
            QVERIFY2(their.status == 0 && our.status == 0, qPrintable(QString::fromUtf8(command) + their.errors + our.errors));
            QVERIFY2(sortedLines(our.output) == sortedLines(their.output),
                     qPrintable(QStringLiteral("%1\n%2\nAlembic:\n%3").arg(QString::fromUtf8(command), our.output, their.output)));
        }
    }

    void sqlOfANewRevisionIsWhatAlembicRuns()
    {
        const QTemporaryDir folder;
        QCOMPARE(ours(words("init m"), folder.path()).status, 0);
        replaceInFile(folder.filePath(QStringLiteral("alembic.ini")), QStringLiteral("driver://user:pass@localhost/dbname"),
                      QStringLiteral("postgresql://localhost/x"));
        const QStringList statements{QStringLiteral("CREATE TABLE t (a TEXT DEFAULT '{\"x\":1, \"y\": \"50%\"}', at TIME DEFAULT '12:30:45')"),
                                     QStringLiteral("INSERT INTO t (a)\nVALUES ('it''s \"\"\"', 'back\\slash :name')"),
                                     QStringLiteral("UPDATE t SET a = b::text || ':c' WHERE d = E'\\\\:e'"),
                                     QStringLiteral("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN x := 1; RETURN x; END $$")};
        const Finished made =
            ours({QStringLiteral("revision"), QStringLiteral("-m"), QStringLiteral("sql"), QStringLiteral("--rev-id"), QStringLiteral("aaaa1"),
                  QStringLiteral("--upgrade-sql"), statements.join(QStringLiteral(";\n")) + QStringLiteral(";"), QStringLiteral("--downgrade-sql"),
                  QStringLiteral("DROP TABLE t")},
                 folder.path());
        QVERIFY2(made.status == 0, qPrintable(made.errors));
        for (const Finished &printed : {alembic(words("upgrade head --sql"), folder.path()), ours(words("upgrade head --sql"), folder.path())}) {
            QVERIFY2(printed.status == 0, qPrintable(printed.errors));
            for (const QString &statement : statements)
                QVERIFY2(printed.output.contains(statement + QStringLiteral(";\n")),
                         qPrintable(statement + QStringLiteral("\nis not in:\n") + printed.output));
        }
        QVERIFY(alembic(words("downgrade aaaa1:base --sql"), folder.path()).output.contains(QLatin1String("DROP TABLE t;")));
    }
};

QTEST_GUILESS_MAIN(AsAlembicTest)
#include "tst_asalembic.moc"
