// SPDX-License-Identifier: GPL-3.0-or-later
#include "cliproject.h"
#include "postgresserver.h"
#include "waiting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <tuple>

using stillroom::testsupport::Finished;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::tableCall;
using stillroom::testsupport::TemporaryProject;

/// The command line as a stranger meets it: bad input gets a sentence that names the place and what to do.
class CliTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noProjectIsSaid();
    void aMisspelledCommandIsUsage();
    void anOptionOfAnotherCommandIsUsage();
    void theHelpOfACommandHasItsOptionsAlone();
    void aSyntaxErrorMarksItsRevisionAndTheHistoryStillShows();
    void aMissingParentIsAGhost();
    void aCycleIsNamed();
    void aDuplicateIdNamesBothFiles();
    void anUnknownTargetIsSaid();
    void anUnknownRevisionInTheDatabaseIsSaid();
    void aFailingStatementIsRolledBackAndSaysWhatIsApplied();
    void aRecordNamesTheStatementOfEachAnswer();
    void theCopyOfAKilledRehearsalIsToldWithWhatRemovesIt();
    void aServerThatIsNotThereIsSaid();
    void aWrongPasswordIsSaid();
    void looksNeverMakeAFile();
    void aVersionTableThatCannotBeKnownStopsWhatWouldReadIt();
    void renderHasTheShapeOfTheContract();
};

void CliTest::noProjectIsSaid()
{
    const QTemporaryDir empty;
    const Finished done = TemporaryProject().run({QStringLiteral("-c"), empty.path(), QStringLiteral("history")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(empty.path()) && done.errors.contains(QLatin1String("alembic.ini")), qPrintable(done.errors));
}

void CliTest::aMisspelledCommandIsUsage()
{
    const Finished done = TemporaryProject().run({QStringLiteral("upgarde"), QStringLiteral("head")});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.errors.contains(QLatin1String("upgrade")), qPrintable(done.errors));
}

void CliTest::anOptionOfAnotherCommandIsUsage()
{
    const Finished done = TemporaryProject().run({QStringLiteral("history"), QStringLiteral("--purge")});
    QCOMPARE(done.status, 2);
    QVERIFY2(done.errors.contains(QLatin1String("history has no option --purge")), qPrintable(done.errors));
}

void CliTest::theHelpOfACommandHasItsOptionsAlone()
{
    const Finished done = TemporaryProject().run({QStringLiteral("stamp"), QStringLiteral("--help")});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.output.contains(QLatin1String("--purge")) && done.output.contains(QLatin1String("--url")), qPrintable(done.output));
    QVERIFY2(!done.output.contains(QLatin1String("--rev-range")) && !done.output.contains(QLatin1String("--all")), qPrintable(done.output));
}

void CliTest::aSyntaxErrorMarksItsRevisionAndTheHistoryStillShows()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {});
    project.write(QStringLiteral("scripts/versions/bbbb_broken.py"), QStringLiteral("revision = 'bbbb'\ndown_revision = 'aaaa'\nx = = 1\n"));
    const Finished history = project.run({QStringLiteral("history")});
    QCOMPARE(history.status, 0);
    QVERIFY2(history.output.contains(QLatin1String("aaaa")), qPrintable(history.output));
    QVERIFY2(history.errors.contains(QLatin1String("bbbb_broken.py:3")), qPrintable(history.errors));
}

void CliTest::aMissingParentIsAGhost()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("bbbb"), QStringLiteral("gone"));
    const Finished done = project.run({QStringLiteral("history")});
    QCOMPARE(done.status, 0);
    QVERIFY2(done.output.contains(QLatin1String("gone")), qPrintable(done.output));
    QVERIFY2(done.errors.contains(QLatin1String("bbbb.py")) && done.errors.contains(QLatin1String("gone")), qPrintable(done.errors));
    const Finished upgrade = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")});
    QCOMPARE(upgrade.status, 1);
    QVERIFY2(upgrade.errors.contains(QLatin1String("gone")), qPrintable(upgrade.errors));
}

void CliTest::aCycleIsNamed()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), QStringLiteral("bbbb"));
    project.revision(QStringLiteral("bbbb"), QStringLiteral("aaaa"));
    const Finished done = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("cycle")) && done.errors.contains(QLatin1String("aaaa")), qPrintable(done.errors));
}

void CliTest::aDuplicateIdNamesBothFiles()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {}, QStringLiteral("pass"), QStringLiteral("first"));
    project.revision(QStringLiteral("aaaa"), {}, QStringLiteral("pass"), QStringLiteral("second"));
    const Finished done = project.run({QStringLiteral("heads")});
    QVERIFY2(done.errors.contains(QLatin1String("first.py")) && done.errors.contains(QLatin1String("second.py")), qPrintable(done.errors));
}

void CliTest::anUnknownTargetIsSaid()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {});
    const Finished done = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("nothere")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("nothere")), qPrintable(done.errors));
}

void CliTest::anUnknownRevisionInTheDatabaseIsSaid()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {});
    project.revision(QStringLiteral("bbbb"), QStringLiteral("aaaa"));
    QCOMPARE(project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")}).status, 0);
    QVERIFY(QFile::remove(project.path(QStringLiteral("scripts/versions/bbbb.py"))));
    const Finished done = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("bbbb")), qPrintable(done.errors));
    const Finished current = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("current")});
    QVERIFY2(current.output.contains(QLatin1String("bbbb")), qPrintable(current.output));
}

void CliTest::aFailingStatementIsRolledBackAndSaysWhatIsApplied()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {}, tableCall(QStringLiteral("one")));
    project.revision(QStringLiteral("bbbb"), QStringLiteral("aaaa"),
                     tableCall(QStringLiteral("two")) + QStringLiteral("\n    op.execute(\"INSERT INTO nowhere VALUES (1)\")"));
    const QStringList upgrade{QStringLiteral("--url"), project.database(), QStringLiteral("upgrade"), QStringLiteral("head")};
    const Finished done = project.run(upgrade);
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("bbbb.py:11")) && done.errors.contains(QLatin1String("nowhere")), qPrintable(done.errors));
    QVERIFY2(done.errors.contains(QLatin1String("Applied and committed: aaaa")) && done.errors.contains(QLatin1String("Not applied: bbbb")),
             qPrintable(done.errors));
    const Finished inspect = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("inspect")});
    QVERIFY2(inspect.output.contains(QLatin1String("one (table)")) && !inspect.output.contains(QLatin1String("two (table)")),
             qPrintable(inspect.output));
    // Under Alembic the second try fails with "already exists": nothing is left behind here.
    project.revision(QStringLiteral("bbbb"), QStringLiteral("aaaa"), tableCall(QStringLiteral("two")));
    QCOMPARE(project.run(upgrade).status, 0);
}

void CliTest::aRecordNamesTheStatementOfEachAnswer()
{
    const auto database = PostgresServer::shared().createDatabase();
    const TemporaryProject project;
    project.revision(QStringLiteral("a1"), {},
                     QStringLiteral("op.execute('CREATE TABLE one (id int)')\n    op.execute('INSERT INTO one\\nVALUES (1), (2)')\n"
                                    "    op.execute('ALTER TABLE one ADD UNIQUE (missing)')\n    op.execute('CREATE TABLE two (id int)')"));
    QProcessEnvironment own = QProcessEnvironment::systemEnvironment();
    own.insert(QStringLiteral("XDG_DATA_HOME"), project.path(QStringLiteral("share")));
    QCOMPARE(project.run({QStringLiteral("--url"), database->url(), QStringLiteral("upgrade"), QStringLiteral("head")}, own).status, 1);
    const QString runs = project.run({QStringLiteral("runs")}, own).output;
    const Finished shown = project.run({QStringLiteral("runs"), runs.section(QLatin1Char(' '), 0, 0)}, own);
    QCOMPARE(shown.status, 0);
    // The number of a statement, as its answer has it.
    const auto numberOf = [&shown](const QString &pattern) {
        return QRegularExpression(pattern, QRegularExpression::MultilineOption).match(shown.output).captured(1);
    };
    const QString one = numberOf(QStringLiteral("  (\\d+)\\. CREATE TABLE one \\(id int\\);")),
                  insert = numberOf(QStringLiteral("  (\\d+)\\. INSERT INTO one$"));
    QVERIFY2(!one.isEmpty() && insert.toInt() == one.toInt() + 1, qPrintable(shown.output));
    QCOMPARE(numberOf(QStringLiteral("    (\\d+) done, [0-9.]+ ms: CREATE TABLE one \\(id int\\)$")), one);
    QCOMPARE(numberOf(QStringLiteral("    (\\d+) done, 2 rows, [0-9.]+ ms: INSERT INTO one …$")), insert);
    QCOMPARE(numberOf(QStringLiteral("    (\\d+) FAILED: ALTER TABLE one ADD UNIQUE \\(missing\\)$")).toInt(), insert.toInt() + 1);
    // What was sent with it has no answer, and the record does not give it another's.
    QCOMPARE(numberOf(QStringLiteral("    (\\d+) not begun: CREATE TABLE two \\(id int\\)$")).toInt(), insert.toInt() + 2);
    QCOMPARE(shown.output.count(QStringLiteral(" FAILED: ")), 1);
    QVERIFY2(!shown.output.contains(QRegularExpression(QStringLiteral("done, .*(missing|two)"))), qPrintable(shown.output));
}

void CliTest::theCopyOfAKilledRehearsalIsToldWithWhatRemovesIt()
{
    const PostgresServer &server = PostgresServer::shared();
    const auto database = server.createDatabase();
    const TemporaryProject project;
    project.revision(QStringLiteral("a1"), {}, QStringLiteral("op.execute('SELECT pg_sleep(600)')"));
    const QStringList url{QStringLiteral("--url"), database->url()};
    const auto leftovers = [&] { return project.run(url + QStringList{QStringLiteral("leftovers")}); };
    const auto asked = [&server](const QString &sql) {
        const auto rows = server.run(QStringLiteral("postgres"), sql);
        return rows && !rows->empty() ? rows->front().front() : QString();
    };
    const QString copies = QStringLiteral("starts_with(datname, '%1_rehearsal_')").arg(database->name());
    QProcess rehearsal;
    rehearsal.setWorkingDirectory(project.path({}));
    rehearsal.start(QStringLiteral(STILLROOM_CLI),
                    url + QStringList{QStringLiteral("upgrade"), QStringLiteral("head"), QStringLiteral("--rehearse-on-copy")});
    VERIFY_IN_TIME(
        !asked(QStringLiteral("SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND pid <> pg_backend_pid() AND ") + copies)
             .isEmpty());
    QCOMPARE(leftovers().output, QStringLiteral("Nothing is left over.\n")); // it is in use
    rehearsal.kill();
    QVERIFY(rehearsal.waitForFinished());
    std::ignore = asked(QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ") + copies);
    COMPARE_IN_TIME(asked(QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE ") + copies), QStringLiteral("0"));

    const QString copy = asked(QStringLiteral("SELECT quote_ident(datname) FROM pg_database WHERE ") + copies);
    QVERIFY(!copy.isEmpty());
    const QString remedy = QStringLiteral("DROP DATABASE ") + copy, told = leftovers().output;
    QVERIFY2(told.contains(copy + QLatin1Char(' ')) && told.contains(remedy + QLatin1Char(';')), qPrintable(told));
    QVERIFY(database->run(remedy));
    QCOMPARE(leftovers().output, QStringLiteral("Nothing is left over.\n"));
}

void CliTest::aServerThatIsNotThereIsSaid()
{
    const TemporaryProject project;
    const QTemporaryDir empty;
    const Finished done =
        project.run({QStringLiteral("--url"), QStringLiteral("postgresql:///x?host=%1").arg(empty.path()), QStringLiteral("current")});
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("Cannot connect")), qPrintable(done.errors));
    QVERIFY2(!done.errors.contains(QLatin1String("?.")) && !done.errors.contains(QLatin1String("..")), qPrintable(done.errors)); // libpq's own stops
}

void CliTest::aWrongPasswordIsSaid()
{
    const auto database = PostgresServer::shared().createDatabase();
    const auto made =
        database->run(QStringLiteral("DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1') THEN CREATE ROLE %1; END IF; END $$;"
                                     "CREATE ROLE cli_reader LOGIN PASSWORD 'right'; GRANT %1 TO cli_reader")
                          .arg(QLatin1String(PostgresServer::kPasswordRole)));
    QVERIFY2(made, qPrintable(made ? QString() : made.error()));
    QString url = database->url();
    const qsizetype at = url.indexOf(QLatin1Char('@'));
    url = QStringLiteral("postgresql://cli_reader:wrong@") + (at < 0 ? url.section(QLatin1String("://"), 1) : url.mid(at + 1));
    const Finished done = TemporaryProject().run({QStringLiteral("--url"), url, QStringLiteral("current")});
    const auto dropped = database->run(QStringLiteral("DROP ROLE cli_reader"));
    QVERIFY(dropped);
    QCOMPARE(done.status, 1);
    QVERIFY2(done.errors.contains(QLatin1String("password")) && !done.errors.contains(QLatin1String("wrong")), qPrintable(done.errors));
}

void CliTest::looksNeverMakeAFile()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {});
    const Finished done = project.run({QStringLiteral("--url"), project.database(), QStringLiteral("current")});
    QCOMPARE(done.status, 1);
    QVERIFY(!QFile::exists(project.path(QStringLiteral("test.db"))));
}

void CliTest::aVersionTableThatCannotBeKnownStopsWhatWouldReadIt()
{
    const TemporaryProject project;
    project.write(QStringLiteral("scripts/env.py"), QStringLiteral("from alembic import context\nimport shop\n"
                                                                   "context.configure(url='sqlite:///x.db', version_table=shop.TABLE)\n"));
    project.revision(QStringLiteral("a1"), QString());
    const QStringList commands[] = {{QStringLiteral("current")},
                                    {QStringLiteral("upgrade"), QStringLiteral("head")},
                                    {QStringLiteral("upgrade"), QStringLiteral("head"), QStringLiteral("--sql")},
                                    {QStringLiteral("stamp"), QStringLiteral("head")},
                                    {QStringLiteral("inspect")}};
    for (const QStringList &command : commands) {
        const Finished refused = project.run(QStringList{QStringLiteral("--url"), QStringLiteral("sqlite:///x.db")} + command);
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(QLatin1String("env.py:3")) && refused.errors.contains(QLatin1String("--version-table")),
                 qPrintable(refused.errors));
    }
    const Finished said = project.run({QStringLiteral("--url"), QStringLiteral("sqlite:///x.db"), QStringLiteral("--version-table"),
                                       QStringLiteral("shop_versions"), QStringLiteral("upgrade"), QStringLiteral("head"), QStringLiteral("--sql")});
    QCOMPARE(said.status, 0);
    QVERIFY2(said.output.contains(QLatin1String("CREATE TABLE shop_versions")), qPrintable(said.output));
}

void CliTest::renderHasTheShapeOfTheContract()
{
    const TemporaryProject project;
    project.revision(QStringLiteral("aaaa"), {}, tableCall(QStringLiteral("one")));
    const Finished done = project.run(
        {QStringLiteral("render"), QStringLiteral("--dialect"), QStringLiteral("postgresql"), QStringLiteral("--all"), QStringLiteral("--json")});
    QCOMPARE(done.status, 0);
    const QJsonObject revision = QJsonDocument::fromJson(done.output.toUtf8()).object().value(QStringLiteral("revisions")).toArray().at(0).toObject();
    QCOMPARE(revision.value(QStringLiteral("revision")).toString(), QStringLiteral("aaaa"));
    QVERIFY(revision.value(QStringLiteral("file")).toString().endsWith(QLatin1String("aaaa.py")));
    const QJsonObject upgrade = revision.value(QStringLiteral("upgrade")).toObject();
    QCOMPARE(upgrade.value(QStringLiteral("status")).toString(), QStringLiteral("complete"));
    const QJsonObject statement = upgrade.value(QStringLiteral("statements")).toArray().at(0).toObject();
    QCOMPARE(statement.value(QStringLiteral("sql")).toString().simplified(),
             QStringLiteral("CREATE TABLE one ( id SERIAL NOT NULL, PRIMARY KEY (id) )"));
    QCOMPARE(statement.value(QStringLiteral("line")).toInt(), 10);
    QVERIFY(upgrade.contains(QStringLiteral("reason")) && upgrade.contains(QStringLiteral("line")));
    QCOMPARE(revision.value(QStringLiteral("downgrade")).toObject().value(QStringLiteral("statements")).toArray().size(), 0);
}

QTEST_GUILESS_MAIN(CliTest)
#include "tst_cli.moc"
