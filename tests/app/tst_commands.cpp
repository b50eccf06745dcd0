// SPDX-License-Identifier: GPL-3.0-or-later
#include "cliproject.h"
#include "database/savedconnections.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSettings>

using stillroom::testsupport::Finished;
using stillroom::testsupport::tableCall;
using stillroom::testsupport::TemporaryProject;

namespace {

QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

QJsonObject jsonOf(const Finished &done) { return QJsonDocument::fromJson(done.output.toUtf8()).object(); }

QStringList commandsOf(const TemporaryProject &project)
{
    static const QRegularExpression line(QStringLiteral("^  ([a-z_]+) "), QRegularExpression::MultilineOption);
    QStringList commands;
    for (auto it = line.globalMatch(project.run({QStringLiteral("--help")}).output); it.hasNext();)
        commands << it.next().captured(1);
    return commands;
}

/// a1 ─ b1 ─┬─ d1, a diamond.
void writeDiamond(const TemporaryProject &project)
{
    project.revision(QStringLiteral("a1"), {}, tableCall(QStringLiteral("one")));
    project.revision(QStringLiteral("b1"), QStringLiteral("a1"), tableCall(QStringLiteral("two")));
    project.revision(QStringLiteral("c1"), QStringLiteral("a1"), tableCall(QStringLiteral("three")));
    project.write(
        QStringLiteral("scripts/versions/d1.py"),
        QStringLiteral("\"\"\"joined\"\"\"\nrevision = 'd1'\ndown_revision = ('b1', 'c1')\ndef upgrade():\n    pass\ndef downgrade():\n    pass\n"));
}

} // namespace

/// The commands that Alembic has not, and what they promise to pipelines: their statuses and their JSON.
class CommandsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void statusTellsWhatIsPendingAndExitsWithThreeUntilItIsApplied()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList url{QStringLiteral("--url"), project.database()};
        QCOMPARE(project.run(url + words("upgrade b1")).status, 0);
        const Finished behind = project.run(url + words("status --json"));
        QCOMPARE(behind.status, 3);
        const QJsonObject object = jsonOf(behind);
        QCOMPARE(object[QStringLiteral("version")].toInt(), 1);
        QCOMPARE(object[QStringLiteral("is_up_to_date")].toBool(true), false);
        QCOMPARE(object[QStringLiteral("current_revision")].toString(), QStringLiteral("b1"));
        QCOMPARE(object[QStringLiteral("database_from")].toString(), QStringLiteral("--url"));
        QVERIFY(object[QStringLiteral("database")].toString().endsWith(QLatin1String("test.db")));
        QCOMPARE(object[QStringLiteral("heads")].toArray(), QJsonArray{QStringLiteral("d1")});
        QStringList pending;
        for (const QJsonValue one : object[QStringLiteral("pending")].toArray())
            pending << one[QStringLiteral("revision")].toString();
        QCOMPARE(pending, (QStringList{QStringLiteral("c1"), QStringLiteral("d1")}));
        QCOMPARE(project.run(url + words("upgrade head")).status, 0);
        const Finished done = project.run(url + words("status --json"));
        QCOMPARE(done.status, 0);
        QVERIFY(jsonOf(done)[QStringLiteral("is_up_to_date")].toBool() && jsonOf(done)[QStringLiteral("pending")].toArray().isEmpty());
    }

    void statusOfADatabaseThatIsNewerThanTheProject()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList url{QStringLiteral("--url"), project.database()};
        QCOMPARE(project.run(url + words("upgrade head")).status, 0);
        QVERIFY(QFile::remove(project.path(QStringLiteral("scripts/versions/d1.py"))));
        const Finished done = project.run(url + words("status --json"));
        QCOMPARE(done.status, 3);
        QCOMPARE(jsonOf(done)[QStringLiteral("unknown_revisions")].toArray(), QJsonArray{QStringLiteral("d1")});
    }

    void currentWithCheckHeadsExitsWithThree()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList url{QStringLiteral("--url"), project.database()};
        QCOMPARE(project.run(url + words("upgrade b1")).status, 0);
        QCOMPARE(project.run(url + words("current")).status, 0);
        QCOMPARE(project.run(url + words("current -c")).status, 3);
        QCOMPARE(project.run(url + words("upgrade head")).status, 0);
        QCOMPARE(project.run(url + words("current --check-heads")).status, 0);
    }

    /// Whatever else it had begun to do: a pipeline waits for its end.
    void aCommandThatIsRefusedEndsAtOnce()
    {
        const TemporaryProject project;
        project.write(QStringLiteral(".stillroom.json"), QStringLiteral(R"({"connections": [{"address": "*", "environment": "staging"}]})"));
        const QStringList reset{QStringLiteral("--url"), QStringLiteral("postgresql://nobody@/x?host=") + project.path({}), QStringLiteral("reset")};
        for (int i = 0; i < 15; ++i) {
            const Finished done = project.run(reset);
            QCOMPARE(done.status, 1);
            QVERIFY2(done.errors.startsWith(QLatin1String("FAILED: Refused: ")) && done.errors.count(QLatin1Char('\n')) == 1,
                     qPrintable(done.errors));
        }
    }

    void oneLongNameDoesNotWidenTheListOfRuns()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QString long_ = QString(80, QLatin1Char('x'));
        project.revision(long_, QStringLiteral("d1"));
        const QStringList url{QStringLiteral("--url"), project.database()};
        QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
        own.insert(QStringLiteral("XDG_DATA_HOME"), project.path(QStringLiteral("share")));
        QCOMPARE(project.run(url + words("upgrade b1"), own).status, 0);
        QCOMPARE(project.run(url + words("upgrade d1"), own).status, 0);
        QCOMPARE(project.run(url + words("upgrade head"), own).status, 0);
        const QStringList lines = project.run(words("runs"), own).output.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].contains(long_ + QStringLiteral("  ") + project.path({}))); // two blanks behind it
        QVERIFY2(lines[1].size() < lines[0].size() - 30 && !lines[1].contains(QString(20, QLatin1Char(' '))), qPrintable(lines[1]));
        QCOMPARE(lines[1].indexOf(project.path({})), lines[2].indexOf(project.path({}))); // the others still stand in columns
    }

    void whoRanIsTheAccountWhateverTheEnvironmentSays()
    {
        const TemporaryProject project;
        writeDiamond(project);
        QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
        bare.insert(QStringLiteral("XDG_DATA_HOME"), project.path(QStringLiteral("share")));
        bare.remove(QStringLiteral("LOGNAME"));
        bare.insert(QStringLiteral("USER"), QStringLiteral("somebody else"));
        QCOMPARE(
            project
                .run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head"), QStringLiteral("--ledger")},
                     bare)
                .status,
            0);
        QProcess id;
        id.start(QStringLiteral("id"), {QStringLiteral("-un")});
        QVERIFY(id.waitForFinished());
        const QString account = QString::fromUtf8(id.readAllStandardOutput()).trimmed();
        QVERIFY(!account.isEmpty());
        QCOMPARE(jsonOf(project.run(words("runs --json"), bare))[QStringLiteral("runs")][0][QStringLiteral("user")].toString(), account);
        const QJsonObject ledger = jsonOf(project.run(
            {QStringLiteral("--url"), project.database(), QStringLiteral("runs"), QStringLiteral("--database"), QStringLiteral("--json")}));
        QCOMPARE(ledger[QStringLiteral("entries")][0][QStringLiteral("by")].toString(), account);
    }

    void aFileIsNotReachedThroughSsh()
    {
        const TemporaryProject project;
        writeDiamond(project);
        for (const char *command : {"current", "upgrade head", "status", "backup"}) {
            const Finished done = project.run(
                QStringList{QStringLiteral("--url"), project.database(), QStringLiteral("--ssh"), QStringLiteral("jump")} + words(command));
            QCOMPARE(done.status, 2);
            QVERIFY2(done.errors.contains(QLatin1String("which nothing reaches through ssh")), qPrintable(done.errors));
        }
        QVERIFY(!QFileInfo::exists(project.path(QStringLiteral("test.db"))));
        const Finished key =
            project.run({QStringLiteral("--url"), project.database(), QStringLiteral("--ssh-key"), QStringLiteral("id"), QStringLiteral("current")});
        QCOMPARE(key.status, 2);
        QVERIFY2(key.errors.contains(QLatin1String("--ssh-key goes with --ssh")), qPrintable(key.errors));
    }

    void whatPythonIsToRunIsLookedAtWhereThereIsNothingToDo()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList upgrade = QStringList{QStringLiteral("--url"), project.database()} + words("upgrade head --run-with-python");
        QCOMPARE(project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")}).status, 0);
        const Finished unknown = project.run(upgrade + words("nope"));
        QCOMPARE(unknown.status, 1);
        QVERIFY2(unknown.errors.contains(QLatin1String("Can't locate revision identified by 'nope'")), qPrintable(unknown.errors));
        const Finished applied = project.run(upgrade + words("b1"));
        QCOMPARE(applied.status, 0);
        QVERIFY2(applied.errors.contains(QLatin1String("Revision b1 is not in this plan")), qPrintable(applied.errors));
    }

    void stampWithPurgeEmptiesTheVersionTableFirst()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList url{QStringLiteral("--url"), project.database()};
        QCOMPARE(project.run(url + words("upgrade head")).status, 0);
        // A row that no revision of the project has: nothing can be planned from it.
        QVERIFY(QFile::remove(project.path(QStringLiteral("scripts/versions/d1.py"))));
        const Finished refused = project.run(url + words("stamp b1"));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(QLatin1String("d1")), qPrintable(refused.errors));
        const Finished stamped = project.run(url + words("stamp --purge b1 c1"));
        QVERIFY2(stamped.status == 0, qPrintable(stamped.errors));
        const QString current = project.run(url + words("current")).output;
        QVERIFY2(current.contains(QLatin1String("b1")) && current.contains(QLatin1String("c1")) && !current.contains(QLatin1String("d1")),
                 qPrintable(current));
        QCOMPARE(project.run(url + words("stamp --purge base")).status, 0);
        QCOMPARE(project.run(url + words("current")).output, QString());
    }

    void validateFailsOnErrorsAlone()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const Finished good = project.run(words("validate --json"));
        QCOMPARE(good.status, 0);
        QVERIFY2(jsonOf(good)[QStringLiteral("is_valid")].toBool(), qPrintable(good.output));
        project.revision(QStringLiteral("e1"), QStringLiteral("gone"));
        const Finished bad = project.run(words("validate"));
        QCOMPARE(bad.status, 1);
        QVERIFY2(bad.output.contains(QLatin1String("G02 error")) && bad.output.contains(QLatin1String("e1.py:6")), qPrintable(bad.output));
    }

    void lanesAreDrawnWhereTheyAreAskedFor()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QString plain = project.run(words("history")).output;
        QVERIFY2(plain.startsWith(QLatin1String("b1, c1 -> d1 (head) (mergepoint), joined\n")), qPrintable(plain));
        const QString drawn = project.run(words("history --graph")).output;
        QCOMPARE(drawn.count(QLatin1Char('\n')), 4);
        const QString graph = project.run(words("graph")).output;
        for (const QString &text : {drawn, graph}) {
            const QStringList rows = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
            QVERIFY2(rows.first().contains(QLatin1String("d1")) && rows.last().contains(QLatin1String("a1")), qPrintable(text));
            QVERIFY2(rows[0].startsWith(QStringLiteral("●─╮")) || rows[0].startsWith(QLatin1String("*-\\")), qPrintable(text));
            QVERIFY2(rows[3].startsWith(QStringLiteral("●")) || rows[3].startsWith(QLatin1Char('*')), qPrintable(text));
        }
    }

    void theGraphIsWrittenForOtherPrograms()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QString dot = project.run(words("graph --dot")).output;
        QVERIFY2(dot.contains(QLatin1String("\"d1\" -> \"b1\"")) && dot.contains(QLatin1String("\"b1\" -> \"a1\"")), qPrintable(dot));
        const QString svg = project.run(words("graph --svg")).output;
        QVERIFY2(svg.startsWith(QLatin1String("<svg ")) && svg.count(QLatin1String("<circle")) == 4, qPrintable(svg));
        const QJsonObject json = jsonOf(project.run(words("graph --json")));
        QCOMPARE(json[QStringLiteral("lanes")].toInt(), 2);
        QCOMPARE(json[QStringLiteral("revisions")].toArray().size(), 4);
    }

    void theVersionTableIsMadeOnce()
    {
        const TemporaryProject project;
        writeDiamond(project);
        const QStringList url{QStringLiteral("--url"), project.database()};
        QVERIFY(project.run(words("ensure_version --sql --dialect postgresql"))
                    .output.startsWith(QLatin1String("BEGIN;\n\nCREATE TABLE alembic_version (")));
        QCOMPARE(project.run(url + words("ensure_version")).output, QStringLiteral("Made the version table alembic_version.\n"));
        QCOMPARE(project.run(url + words("ensure_version")).output, QStringLiteral("The version table alembic_version is there already.\n"));
        QCOMPARE(project.run(url + words("current")).status, 0);
    }

    void editOpensTheScriptsInTheEditor()
    {
        const TemporaryProject project;
        writeDiamond(project);
        project.write(QStringLiteral("editor.sh"), QStringLiteral("#!/bin/sh\necho \"edited $1 $2\"\n"));
        qputenv("EDITOR", QStringLiteral("sh '%1' 'two words'").arg(project.path(QStringLiteral("editor.sh"))).toUtf8());
        const Finished done = project.run(words("edit heads"));
        QCOMPARE(done.status, 0);
        QCOMPARE(done.output.trimmed(), QStringLiteral("edited two words ") + project.path(QStringLiteral("scripts/versions/d1.py")));
        qputenv("EDITOR", "false");
        QCOMPARE(project.run(words("edit d1")).status, 1);
        QCOMPARE(project.run(words("edit nothere")).status, 1);
    }

    void postWriteHooksRunOnlyWhenThePersonSaysSo()
    {
        const TemporaryProject project;
        project.write(QStringLiteral("alembic.ini"),
                      QStringLiteral("[alembic]\nscript_location = %(here)s/scripts\n[post_write_hooks]\nhooks = mark\nmark.type = exec\n"
                                     "mark.executable = sh\nmark.options = -c 'echo hooked >> \"$0\"' REVISION_SCRIPT_FILENAME\n"));
        const auto text = [&project](const QString &name) {
            QFile file(project.path(QStringLiteral("scripts/versions/") + name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const Finished shown = project.run(words("revision -m a --rev-id aaaa"));
        QCOMPARE(shown.status, 0);
        QVERIFY2(shown.errors.contains(QLatin1String("Not run: post-write hook 'mark': sh -c")), qPrintable(shown.errors));
        QVERIFY(!text(QStringLiteral("aaaa_a.py")).isEmpty() && !text(QStringLiteral("aaaa_a.py")).contains("hooked"));
        QCOMPARE(project.run(words("revision -m b --rev-id bbbb --run-hooks")).status, 0);
        QVERIFY(text(QStringLiteral("bbbb_b.py")).endsWith("hooked\n"));
    }

    void aTemplateThatIsNotUnderstoodFallsBackAndSaysSo()
    {
        const TemporaryProject project;
        project.write(QStringLiteral("scripts/script.py.mako"), QStringLiteral("one\n<%inherit file=\"x\"/>\n"));
        const Finished done = project.run(words("revision -m a --rev-id aaaa"));
        QCOMPARE(done.status, 0);
        QVERIFY2(done.errors.contains(QLatin1String("script.py.mako:2")) && done.errors.contains(QLatin1String("standard template")),
                 qPrintable(done.errors));
        QVERIFY(project.run(words("heads")).output.contains(QLatin1String("aaaa (head)")));
    }

    void aTemplateThatDropsWhatWasAskedForWritesNothing()
    {
        const TemporaryProject project;
        project.write(QStringLiteral("scripts/script.py.mako"),
                      QStringLiteral("revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\ndef upgrade():\n    pass\n"));
        for (const QStringList &further : {QStringList{QStringLiteral("--upgrade-sql"), QStringLiteral("SELECT 1")},
                                           QStringList{QStringLiteral("--branch-label"), QStringLiteral("x")}}) {
            const Finished done = project.run(words("revision -m a") + further);
            QCOMPARE(done.status, 1);
            QVERIFY2(done.errors.contains(QLatin1String("leaves out")), qPrintable(done.errors));
        }
        QVERIFY(QDir(project.path(QStringLiteral("scripts/versions"))).isEmpty());
    }

    void autogenerateSaysWhoCanDoIt()
    {
        const TemporaryProject project;
        const Finished done = project.run(words("revision --autogenerate -m a"));
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.contains(QLatin1String("models")), qPrintable(done.errors));
    }

    void revisionWithSqlAnswersAsAlembicDoes()
    {
        const TemporaryProject project;
        const Finished done = project.run(words("revision --sql -m a"));
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.startsWith(QLatin1String("FAILED: Using --sql with the revision command when revision_environment is not configured "
                                                      "does not make any sense.\n")),
                 qPrintable(done.errors));
        QVERIFY(QDir(project.path(QStringLiteral("scripts/versions"))).isEmpty());
    }

    void aFileThatIsNoDatabaseIsNotSaidToBeAServer()
    {
        const TemporaryProject project;
        project.write(QStringLiteral("text"), QString(2000, QLatin1Char('x')));
        const Finished done =
            project.run({QStringLiteral("--url"), QStringLiteral("sqlite:///") + project.path(QStringLiteral("text")), QStringLiteral("current")});
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.contains(project.path(QStringLiteral("text"))) && !done.errors.contains(QLatin1String("server")),
                 qPrintable(done.errors));
    }

    /// Restored by mistake, the backup of another database would be the loss of this one.
    void theBackupOfAnotherDatabaseIsRestoredOnlyByName()
    {
        const TemporaryProject project;
        project.revision(QStringLiteral("a1"), {}, tableCall(QStringLiteral("one")));
        const auto on = [&project](const char *name) {
            return QStringList{QStringLiteral("--url"), QStringLiteral("sqlite:///") + project.path(QString::fromUtf8(name))};
        };
        for (const char *name : {"one.db", "two.db"})
            QCOMPARE(project.run(on(name) + words("upgrade head --no-record")).status, 0);
        const Finished made = project.run(
            on("one.db") + QStringList{QStringLiteral("backup"), QStringLiteral("--backup-folder"), project.path(QStringLiteral("kept"))});
        QCOMPARE(made.status, 0);
        const QStringList restore{QStringLiteral("restore"), made.output.trimmed()};
        const Finished refused = project.run(on("two.db") + restore + words("--yes"));
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(QLatin1String("is a backup of ")) && refused.errors.contains(QLatin1String("one.db")),
                 qPrintable(refused.errors));
        QCOMPARE(project.run(on("two.db") + restore + words("--confirm two.db")).status, 0);
        QVERIFY(QFile::remove(project.path(QStringLiteral("one.db"))));
        const Finished back = project.run(on("one.db") + restore);
        QCOMPARE(back.status, 0);
        QCOMPARE(back.output, QStringLiteral("one.db is restored. There was nothing before.\n"));
    }

    void sqlThatCannotBeWrittenIsRefusedWithItsLine()
    {
        const TemporaryProject project;
        const Finished done = project.run({QStringLiteral("revision"), QStringLiteral("-m"), QStringLiteral("a"), QStringLiteral("--upgrade-sql"),
                                           QStringLiteral("SELECT 1;\nCOMMIT;")});
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.contains(QLatin1String("line 2")), qPrintable(done.errors));
    }

    void theManPageHasEveryCommandAndOption()
    {
        const TemporaryProject project;
        QFile page(QStringLiteral(STILLROOM_SOURCE_DIR "/packaging/man/stillroom-cli.1"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(page.readAll()).replace(QLatin1String("\\-"), QLatin1String("-"));
        static const QRegularExpression option(QStringLiteral("--[a-z][a-z-]+"));
        const QStringList commands = commandsOf(project);
        QVERIFY(commands.size() >= 20);
        for (const QString &command : commands) {
            QVERIFY2(text.contains(QRegularExpression(QStringLiteral("\\.BI? %1\\b").arg(command))), qPrintable(command));
            for (auto it = option.globalMatch(project.run({command, QStringLiteral("--help")}).output); it.hasNext();) {
                const QString name = it.next().captured();
                QVERIFY2(text.contains(name), qPrintable(command + QLatin1Char(' ') + name));
            }
        }
    }

    void shellsCompleteCommandsOptionsAndRevisions_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("completed");
        for (const char *shell : {"bash", "zsh", "fish"}) {
            const auto row = [shell](const char *name, const char *typed, const char *completed) {
                QTest::addRow("%s: %s", shell, name) << QString::fromUtf8(shell) << QString::fromUtf8(typed) << QString::fromUtf8(completed);
            };
            row("a command", "stillroom-cli upg", "upgrade");
            row("no option", "stillroom-cli revision --ups", "");
            row("an option", "stillroom-cli revision --upg", "--upgrade-sql");
            row("a revision", "stillroom-cli upgrade c", "c1");
            row("a revision of a project elsewhere", "stillroom-cli -c alembic.ini upgrade c", "c1");
            row("a revision as an option's value", "stillroom-cli reparent b1 --onto c", "c1");
            row("a dialect", "stillroom-cli render --dialect s", "sqlite");
            row("a connection", "stillroom-cli upgrade head --connection s", "shop");
            row("a template", "stillroom-cli init -t multi", "multidb");
        }
    }

    /// Each shell's own machinery as far as it can be asked without a terminal; zsh's is told by functions of the same names.
    void shellsCompleteCommandsOptionsAndRevisions()
    {
        QFETCH(QString, shell);
        QFETCH(QString, typed);
        QFETCH(QString, completed);
        const TemporaryProject project;
        writeDiamond(project);
        const QString folder = QStringLiteral(STILLROOM_SOURCE_DIR "/packaging/completions/");
        const QHash<QString, QString> programs{
            {QStringLiteral("bash"),
             QStringLiteral("source '%1stillroom-cli.bash'; COMP_WORDS=(%2); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _stillroom_cli 2>/dev/null; "
                            "printf '%s\\n' \"${COMPREPLY[@]}\"")},
            {QStringLiteral("zsh"),
             QStringLiteral("compadd() { if [[ $1 == -a ]]; then print -rl -- ${(P)2}; else [[ $1 == -- ]] && shift; print -rl -- \"$@\"; fi }\n"
                            "_describe() { print -rl -- ${${(P)2}%%:*} }\n_files() { : }\n_directories() { : }\n"
                            "_call_program() { shift; eval \"$*\" }\nwords=(%2); CURRENT=$#words\nsource '%1_stillroom-cli'")},
            {QStringLiteral("fish"), QStringLiteral("source '%1stillroom-cli.fish'; complete -C '%2'")}};
        QProcess process;
        process.setWorkingDirectory(project.path(QStringLiteral(".")));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"),
                           QFileInfo(QStringLiteral(STILLROOM_CLI)).absolutePath() + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
        environment.insert(QStringLiteral("HOME"), project.path(QStringLiteral("."))); // fish writes there
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), project.path(QStringLiteral("config")));
        QSettings settings(project.path(QStringLiteral("config/stillroom/stillroom.conf")), QSettings::IniFormat);
        stillroom::database::writeConnections(settings, project.path(QStringLiteral("alembic.ini")),
                                              {{.name = QStringLiteral("shop")}, {.name = QStringLiteral("archive")}});
        settings.sync();
        process.setProcessEnvironment(environment);
        QStringList arguments{QStringLiteral("-c"), programs.value(shell).arg(folder, typed)};
        if (shell == QLatin1String("zsh"))
            arguments.prepend(QStringLiteral("-f"));
        process.start(shell, arguments);
        QVERIFY2(process.waitForFinished(60000), qPrintable(process.errorString()));
        QStringList found;
        for (const QString &line : QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            const QString word = line.section(QLatin1Char('\t'), 0, 0); // fish tells what it means behind
            if (word.startsWith(typed.section(QLatin1Char(' '), -1)))
                found << word;
        }
        found.removeDuplicates();
        QCOMPARE(found.join(QLatin1Char(' ')), completed);
    }

    void anIniAndATomlMayBeGivenFromTwoPlaces()
    {
        const TemporaryProject project;
        QVERIFY(QDir(project.path(QStringLiteral("."))).mkpath(QStringLiteral("other")));
        project.write(QStringLiteral("alembic.ini"), QStringLiteral("[alembic]\nscript_location = %(here)s/scripts\n"));
        project.write(QStringLiteral("other/pyproject.toml"), QStringLiteral("[tool.alembic]\nfile_template = \"%%(slug)s\"\n"));
        for (const char *order : {"-c alembic.ini -c other/pyproject.toml", "-c other/pyproject.toml -c alembic.ini"}) {
            const Finished done = project.run(words(order) + words("revision --rev-id aaaa -m named"));
            QVERIFY2(done.status == 0, qPrintable(done.errors));
            QVERIFY(QFile::remove(project.path(QStringLiteral("scripts/versions/named.py"))));
        }
        QCOMPARE(project.run(words("-c alembic.ini -c alembic.ini heads")).status, 2);
    }

    void aRunKeepsTabsThatPrintingShowsAsBlanks()
    {
        const TemporaryProject project;
        project.revision(QStringLiteral("a1"), {}, QStringLiteral("op.execute(\"CREATE TABLE t AS SELECT 'a\\tb' AS x\")"));
        project.revision(QStringLiteral("b1"), QStringLiteral("a1"),
                         QStringLiteral("op.execute(\"CREATE TABLE u AS SELECT length(x) AS n FROM t\")"));
        const QStringList url{QStringLiteral("--url"), project.database()};
        QVERIFY(project.run(url + words("upgrade head --sql")).output.contains(QLatin1String("SELECT 'a    b' AS x")));
        QVERIFY(project.run(words("render --dialect sqlite a1")).output.contains(QLatin1String("SELECT 'a    b' AS x")));
        QCOMPARE(project.run(url + words("upgrade head")).status, 0);
        QProcess sqlite;
        sqlite.start(QStringLiteral("/usr/bin/python3"),
                     {QStringLiteral("-c"),
                      QStringLiteral("import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT n FROM u').fetchone()[0])"),
                      project.path(QStringLiteral("test.db"))});
        QVERIFY(sqlite.waitForFinished());
        QCOMPARE(sqlite.readAllStandardOutput().trimmed(), QByteArray("3"));
    }

    void sqlThatSqlAlchemyWouldTakeForAParameterIsRefused()
    {
        const TemporaryProject project;
        const Finished done = project.run({QStringLiteral("revision"), QStringLiteral("--upgrade-sql"), QStringLiteral("SELECT '%(here)s'")});
        QCOMPARE(done.status, 1);
        QVERIFY2(done.errors.contains(QLatin1String("%(here)s")), qPrintable(done.errors));
        QVERIFY(QDir(project.path(QStringLiteral("scripts/versions"))).entryList({QStringLiteral("*.py")}).isEmpty());
    }

    void raiseerrTellsTheFieldsOfAnError()
    {
        const TemporaryProject project;
        const Finished done = project.run(words("--raiseerr show nothere"));
        QVERIFY2(done.errors.contains(QLatin1String("subject")) && done.errors.contains(QLatin1String("nothere")), qPrintable(done.errors));
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "tst_commands.moc"
