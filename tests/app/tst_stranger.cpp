// SPDX-License-Identifier: GPL-3.0-or-later
// What a stranger does to stillroom-cli: wrong words, odd places, pipes that close, signals, programs that read its JSON.
#include "cliproject.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <csignal>

using stillroom::testsupport::Finished;
using stillroom::testsupport::tableCall;
using stillroom::testsupport::TemporaryProject;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }
QStringList words(const char *text) { return q(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

QStringList commands(const TemporaryProject &project)
{
    static const QRegularExpression line(q("^  ([a-z_]+) "), QRegularExpression::MultilineOption);
    QStringList found;
    for (auto it = line.globalMatch(project.run({q("--help")}).output); it.hasNext();)
        found << it.next().captured(1);
    return found;
}

void writeHistory(const TemporaryProject &project)
{
    project.revision(q("a1"), {}, tableCall(q("one")));
    project.revision(q("b1"), q("a1"), tableCall(q("two")));
}

/// A shell's line with the program as $0, as people type it.
Finished shell(const TemporaryProject &project, const char *line, const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
{
    QProcess process;
    process.setWorkingDirectory(project.path({}));
    process.setProcessEnvironment(environment);
    process.start(q("bash"), {q("-c"), q("set -o pipefail; ") + q(line), q(STILLROOM_CLI)});
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

class StrangerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsNoOptionOrTooMuchIsUsageForEveryCommand()
    {
        const TemporaryProject project;
        writeHistory(project);
        for (const QString &command : commands(project)) {
            for (const QStringList &rest : {words("--nonsense"), words("-Q"), words("a b c d --nonsense=3")}) {
                const Finished done = project.run(QStringList{command} + rest);
                QVERIFY2(done.status == 2 && done.output.isEmpty() && done.errors.startsWith(q("stillroom-cli: ")),
                         qPrintable(command + QLatin1Char(' ') + done.errors));
            }
        }
        for (const char *line :
             {"heads x", "current x", "upgrade", "upgrade a1 b1", "downgrade", "stamp", "show", "runs a b", "restore", "init a b",
              "upgrade head --transactions both", "upgrade head --url", "render --direction sideways", "reparent a1", "-c a.ini -c b.ini heads",
              "upgrade --ssh-key k head", "upgrade head --environment live", "upgrade head --lock-timeout 5s", "upgrade head --wait -1"}) {
            const Finished done = project.run(words(line));
            QVERIFY2(done.status == 2 && done.output.isEmpty() && !done.errors.isEmpty(), line);
        }
    }

    void aSlipIsAnsweredWithWhatWasMeant_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("meant");
        QTest::newRow("swapped") << q("upgarde head") << q("Did you mean upgrade?");
        QTest::newRow("one letter less") << q("histry") << q("Did you mean history?");
        QTest::newRow("a beginning") << q("conn") << q("Did you mean connections?");
        QTest::newRow("an option") << q("upgrade head --transaction=one") << q("Did you mean --transactions?");
        QTest::newRow("an option, swapped") << q("upgrade head --lcok-timeout 5") << q("Did you mean --lock-timeout?");
        QTest::newRow("a common option") << q("current --jsno") << q("Did you mean --json?");
        QTest::newRow("nothing near") << q("heads --sandwich") << q("Unknown option 'sandwich'. 'stillroom-cli --help'");
    }
    void aSlipIsAnsweredWithWhatWasMeant()
    {
        QFETCH(QString, typed);
        QFETCH(QString, meant);
        const Finished done = TemporaryProject().run(typed.split(QLatin1Char(' ')));
        QCOMPARE(done.status, 2);
        QVERIFY2(done.errors.contains(meant), qPrintable(done.errors));
    }

    void whatCannotBeWrittenIsAnError()
    {
        const TemporaryProject project;
        writeHistory(project);
        for (const char *line :
             {"$0 upgrade head --sql --dialect sqlite >/dev/full", "$0 history >/dev/full", "$0 --help >/dev/full", "$0 heads --json >/dev/full"}) {
            const Finished done = shell(project, line);
            QVERIFY2(done.status == 1 && done.errors.contains(q("the output is not whole")), line);
        }
    }

    void aReaderThatGoesAwayEndsNoRun()
    {
        const TemporaryProject project;
        writeHistory(project);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(q("DB"), project.database());
        QCOMPARE(shell(project, "$0 --help | head -1").status, 0);
        QCOMPARE(shell(project, "$0 --url $DB upgrade a1 | true", environment).status, 0);
        QCOMPARE(shell(project, "$0 --url $DB upgrade head -v >&- 2>&- <&-", environment).status, 0);
        QVERIFY(shell(project, "$0 --url $DB current", environment).output.startsWith(q("b1")));
    }

    void foldersWithBlanksAndLettersOfAnyKind()
    {
        const QTemporaryDir folder;
        const QString root = folder.filePath(q("mein Projekt – größer 'ключ' \"x\""));
        QVERIFY(QDir().mkpath(root));
        const auto run = [&root](const QStringList &arguments) {
            QProcess process;
            process.setWorkingDirectory(root);
            process.start(q(STILLROOM_CLI), arguments);
            process.waitForFinished(60'000);
            return Finished{process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                            QString::fromUtf8(process.readAllStandardError())};
        };
        const Finished made = run(words("init scripts"));
        QVERIFY2(made.status == 0, qPrintable(made.errors));
        const Finished written =
            run({q("revision"), q("-m"), q("été à Zürich"), q("--rev-id"), q("a1"), q("--upgrade-sql"), q("CREATE TABLE \"ü t\" (x int)")});
        QVERIFY2(written.status == 0, qPrintable(written.errors));
        const QString file = root + q("/données 1.db");
        const Finished upgraded = run({q("--url"), q("sqlite:///") + file, q("upgrade"), q("head")});
        QVERIFY2(upgraded.status == 0, qPrintable(upgraded.errors));
        QVERIFY(QFileInfo::exists(file));
        QVERIFY(run({q("--url"), q("sqlite:///") + file, q("inspect"), q("ü t")}).output.contains(q("ü t")));
        QVERIFY(run(words("history")).output.contains(q("été à Zürich")));
    }

    /// A library that lies in somebody's project is not ours to run.
    void librariesAreNotLookedForInTheWorkingFolder()
    {
        const TemporaryProject project;
        writeHistory(project);
        QProcessEnvironment telling = QProcessEnvironment::systemEnvironment();
        telling.insert(q("LD_DEBUG"), q("libs")); // ld.so(8)
        const Finished done = project.run(words("heads"), telling);
        QCOMPARE(done.status, 0);
        static const QRegularExpression tried(q("trying file=(.*)"));
        int count = 0;
        for (auto it = tried.globalMatch(done.errors); it.hasNext(); ++count) {
            const QString file = it.next().captured(1);
            QVERIFY2(file.startsWith(QLatin1Char('/')), qPrintable(file));
        }
        QVERIFY(count > 0);
    }

    void whereNoRecordCanBeKeptTheRunGoesOnAndSaysSo()
    {
        const TemporaryProject project;
        writeHistory(project);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *variable : {"XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"})
            environment.insert(q(variable), q("/proc/nowhere"));
        const Finished done = project.run({q("--url"), project.database(), q("upgrade"), q("head")}, environment);
        QCOMPARE(done.status, 0);
        QVERIFY2(done.errors.contains(q("No record of this run is kept")), qPrintable(done.errors));
        QCOMPARE(project.run(words("runs"), environment).status, 0);
        QCOMPARE(project.run(words("connections"), environment).status, 0);
        QCOMPARE(project.run({q("--url"), project.database(), q("backup")}, environment).status, 1);
    }

    void aLineOfAMillionLettersIsALine()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {}, q("op.execute(\"CREATE TABLE t AS SELECT '%1' AS x\")").arg(QString(1'000'000, QLatin1Char('y'))));
        const Finished done = project.run({q("--url"), project.database(), q("upgrade"), q("head"), q("-v")});
        QCOMPARE(done.status, 0);
        QVERIFY(done.output.size() > 1'000'000);
        QVERIFY(project.run(words("upgrade head --sql --dialect sqlite")).output.size() > 1'000'000);
    }

    void jsonIsOneObjectOrNothing_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"branches",
                                 "backups",
                                 "connections",
                                 "current",
                                 "downgrade -1",
                                 "edit a1",
                                 "ensure_version",
                                 "graph",
                                 "heads",
                                 "history",
                                 "history -i -v",
                                 "inspect",
                                 "inspect one",
                                 "leftovers",
                                 "list_templates",
                                 "merge a1 b1 -m x",
                                 "render --all --dialect sqlite",
                                 "repair",
                                 "repair --apply",
                                 "reset --confirm test.db",
                                 "revision -m new",
                                 "runs",
                                 "runs --database",
                                 "show b1",
                                 "stamp a1",
                                 "status",
                                 "unknowns",
                                 "upgrade head",
                                 "upgrade head --preview",
                                 "upgrade head --rehearse",
                                 "upgrade head --rehearse-on-copy",
                                 "validate",
                                 "reparent b1 --onto a1",
                                 "init elsewhere",
                                 "merge --compare heads",
                                 "backup",
                                 "downgrade base --sql --dialect sqlite"})
            QTest::newRow(line) << q(line);
    }
    /// Also where it fails: what is wrong stands on standard error.
    void jsonIsOneObjectOrNothing()
    {
        QFETCH(QString, line);
        const TemporaryProject project;
        writeHistory(project);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(q("EDITOR"), q("true"));
        environment.insert(q("XDG_DATA_HOME"), project.path(q("share")));
        QCOMPARE(project.run({q("--url"), project.database(), q("upgrade"), q("a1")}, environment).status, 0);
        const Finished done = project.run(QStringList{q("--url"), project.database(), q("--json")} + line.split(QLatin1Char(' ')), environment);
        QVERIFY2(done.status != 2, qPrintable(done.errors));
        QVERIFY2((done.status == 1) == done.errors.contains(q("FAILED: ")), qPrintable(done.errors));
        if (done.output.isEmpty()) {
            QVERIFY2(done.status == 1 || line.startsWith(q("edit")), qPrintable(done.errors));
            return;
        }
        QJsonParseError problem;
        const QJsonDocument document = QJsonDocument::fromJson(done.output.toUtf8(), &problem);
        QVERIFY2(problem.error == QJsonParseError::NoError, qPrintable(problem.errorString() + QLatin1Char('\n') + done.output.left(400)));
        QVERIFY(document.isObject());
        if (!line.startsWith(q("render")))
            QCOMPARE(document[q("version")].toInt(), 1);
    }

    void ctrlCEndsAfterTheRevisionAndTwiceAtOnce_data()
    {
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("times");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("at");
        QTest::newRow("once") << SIGINT << 1 << 3 << q("b1");
        QTest::newRow("twice") << SIGINT << 2 << 1 << q("a1");
        QTest::newRow("asked to end") << SIGTERM << 1 << 3 << q("b1");
    }
    void ctrlCEndsAfterTheRevisionAndTwiceAtOnce()
    {
        QFETCH(int, signal);
        QFETCH(int, times);
        QFETCH(int, status);
        QFETCH(QString, at);
        const TemporaryProject project;
        project.revision(q("a1"), {}, tableCall(q("one")));
        // Long enough to be met, short enough to be waited for.
        project.revision(q("b1"), q("a1"),
                         q("op.execute('CREATE TABLE two AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000000) "
                           "SELECT max(i) AS m FROM n')"));
        project.revision(q("c1"), q("b1"), tableCall(q("three")));
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(q("XDG_DATA_HOME"), project.path(q("share")));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(project.path({}));
        process.start(q(STILLROOM_CLI), {q("--url"), project.database(), q("upgrade"), q("head")});
        QByteArray seen;
        while (!seen.contains("[2/3]") && process.waitForReadyRead(60'000))
            seen += process.readAllStandardOutput();
        QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        if (times == 2) {
            process.setReadChannel(QProcess::StandardError);
            QByteArray told;
            while (!told.contains("Stopping") && process.waitForReadyRead(60'000))
                told += process.readAllStandardError();
            QCOMPARE(::kill(static_cast<pid_t>(process.processId()), signal), 0);
        }
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitCode(), status);
        QVERIFY(project.run({q("--url"), project.database(), q("current")}).output.startsWith(at));
        const auto runs = QJsonDocument::fromJson(project.run(words("runs --json"), environment).output.toUtf8())[q("runs")].toArray();
        QCOMPARE(runs.size(), 1);
        QCOMPARE(runs[0][q("status")].toString(), times == 1 ? q("stopped") : q("failed"));
        QCOMPARE(runs[0][q("now")].toArray(), QJsonArray{at});
    }

    void theManPageHasNoOptionThatIsNotThere()
    {
        const TemporaryProject project;
        static const QRegularExpression option(q("--[a-z][a-z-]+"));
        QStringList there;
        for (const QString &command : commands(project)) {
            for (auto it = option.globalMatch(project.run({command, q("--help")}).output); it.hasNext();)
                there << it.next().captured();
        }
        for (const char *text : {"/packaging/man/stillroom-cli.1", "/docs/guide/command-line.md"}) {
            QFile page(q(STILLROOM_SOURCE_DIR) + q(text));
            QVERIFY(page.open(QIODevice::ReadOnly));
            const QString words = QString::fromUtf8(page.readAll()).replace(QLatin1String("\\-"), QLatin1String("-"));
            for (auto it = option.globalMatch(words); it.hasNext();) {
                const QString name = it.next().captured();
                QVERIFY2(there.contains(name), qPrintable(q(text) + QLatin1Char(' ') + name));
            }
        }
    }
};

QTEST_GUILESS_MAIN(StrangerTest)
#include "tst_stranger.moc"
