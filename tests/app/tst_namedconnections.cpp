// SPDX-License-Identifier: GPL-3.0-or-later
// The command line over connections that the window has saved: all that they ask for holds, and no password is told.
#include "cliproject.h"
#include "database/savedconnections.h"
#include "postgresserver.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSettings>

using namespace stillroom;
using namespace stillroom::database;
using testsupport::Finished;
using testsupport::PostgresServer;
using testsupport::tableCall;
using testsupport::TestDatabase;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }
QStringList words(const char *text) { return q(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

/// A project with two revisions, the settings of a window and a folder for records, all of their own.
struct Stage : testsupport::TemporaryProject {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    std::vector<SavedConnection> connections;

    Stage()
    {
        revision(q("a1"), {}, tableCall(q("one")));
        revision(q("b1"), q("a1"), tableCall(q("two")));
        environment.insert(q("XDG_CONFIG_HOME"), path(q("config")));
        environment.insert(q("XDG_DATA_HOME"), path(q("share")));
        for (const char *variable : {"PGPASSWORD", "PGPASSFILE", "PGSERVICE"})
            environment.remove(q(variable));
        environment.insert(q("HOME"), path(q("home")));
    }
    void save(SavedConnection connection)
    {
        connections.push_back(std::move(connection));
        QSettings settings(path(q("config/stillroom/stillroom.conf")), QSettings::IniFormat);
        writeConnections(settings, path(q("alembic.ini")), connections);
    }
    /// A file beside the project, treated as the environment asks, `change` put aside.
    void saveFile(const char *name, ServerEnvironment kind, const std::function<void(ConnectionPolicy &)> &change = {})
    {
        SavedConnection made{.name = q(name), .environment = kind, .policy = policyOf(kind)};
        made.spec.sqliteFile = path(q("test.db"));
        made.spec.createIfMissing = true;
        if (change)
            change(made.policy);
        save(std::move(made));
    }
    [[nodiscard]] Finished over(const char *name, const QStringList &arguments) const
    {
        return run(QStringList{q("--connection"), q(name)} + arguments, environment);
    }
    [[nodiscard]] QString at() const { return run(QStringList{q("--url"), database()} + words("current"), environment).output.trimmed(); }
};

#define REFUSED(finished, why)                                                                                                                       \
    do {                                                                                                                                             \
        const Finished &refused = finished;                                                                                                          \
        QCOMPARE(refused.status, 1);                                                                                                                 \
        QVERIFY2(refused.errors.contains(QLatin1String(why)), qPrintable(refused.errors));                                                           \
    } while (false)
#define DONE(finished)                                                                                                                               \
    do {                                                                                                                                             \
        const Finished &done = finished;                                                                                                             \
        QVERIFY2(done.status == 0, qPrintable(done.errors));                                                                                         \
    } while (false)

} // namespace

class NamedConnectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theListHasWhatEachAsksForAndNoPassword()
    {
        Stage stage;
        const Finished none = stage.run(words("connections"), stage.environment);
        QCOMPARE(none.status, 0);
        QVERIFY2(none.output.contains(q("no connection")), qPrintable(none.output));
        stage.saveFile("the file", ServerEnvironment::Test);
        SavedConnection server{.name = q("the shop"),
                               .ssh = {.destination = q("jump"), .port = 0, .identityFile = {}},
                               .environment = ServerEnvironment::Production,
                               .policy = policyOf(ServerEnvironment::Production),
                               .passwordFrom = PasswordFrom::Keyring};
        server.spec.kind = dialect::DialectKind::PostgreSql;
        server.spec.keywords = {{q("host"), q("db.internal")}, {q("dbname"), q("shop")}, {q("user"), q("anna")}, {q("password"), q("sesame")}};
        server.policy.backsUpFirst = true;
        stage.save(server);
        const Finished list = stage.run(words("connections"), stage.environment);
        QCOMPARE(list.status, 0);
        QCOMPARE(list.output.count(QLatin1Char('\n')), 2);
        QVERIFY2(list.output.contains(q("the shop  production  anna@db.internal/shop")) &&
                     list.output.contains(q("--yes, --confirm, backup first, ssh jump, password in the keyring")),
                 qPrintable(list.output));
        const Finished json = stage.run(words("connections --json"), stage.environment);
        const QJsonArray array = QJsonDocument::fromJson(json.output.toUtf8())[q("connections")].toArray();
        QCOMPARE(array.size(), 2);
        QCOMPARE(array[0][q("name")].toString(), q("the file"));
        QCOMPARE(array[1][q("environment")].toString(), q("production"));
        QCOMPARE(array[1][q("password")].toString(), q("keyring"));
        QCOMPARE(array[1][q("backup_first")].toBool(), true);
        QVERIFY(!(list.output + json.output).contains(q("sesame")));
    }

    void aNameThatIsNotThereIsSaidWithThoseThatAre()
    {
        Stage stage;
        const auto isSlip = [&stage](const char *name, const char *line, const char *why) {
            const Finished finished = stage.over(name, words(line));
            return finished.status == 2 && finished.output.isEmpty() && finished.errors.startsWith(q("stillroom-cli: ")) &&
                   finished.errors.contains(q(why));
        };
        QVERIFY(isSlip("shop", "current", "there is no connection 'shop'"));
        QVERIFY(isSlip("shop", "--ssh jump current", "there is no connection 'shop'"));
        stage.saveFile("the file", ServerEnvironment::Test);
        QVERIFY(isSlip("shop", "upgrade head", "the file"));
        QVERIFY(isSlip("the file", "--ssh jump current", "which nothing reaches through ssh"));
        const Finished address = stage.run(QStringList{q("--url"), stage.database(), q("--ssh"), q("jump"), q("current")}, stage.environment);
        QVERIFY2(address.status == 2 && address.errors.contains(q("which nothing reaches through ssh")), qPrintable(address.errors));
        stage.saveFile("the file", ServerEnvironment::Production);
        QVERIFY(isSlip("the file", "upgrade head", "2 connections have the name"));
        const Finished both = stage.over("the file", QStringList{q("--url"), stage.database(), q("current")});
        QCOMPARE(both.status, 2);
        QVERIFY(!QFile::exists(stage.path(q("test.db"))));
    }

    void productionAsksAsInTheWindow()
    {
        Stage stage;
        stage.saveFile("live", ServerEnvironment::Production);
        REFUSED(stage.over("live", words("upgrade head")), "a run must be confirmed");
        REFUSED(stage.over("live", words("upgrade head --environment development")),
                "the connection live says that test.db is a production database");
        DONE(stage.over("live", words("upgrade head --yes")));
        QVERIFY(stage.at().startsWith(q("b1")));
        REFUSED(stage.over("live", words("downgrade -1 --yes")), "give its name as the confirmation");
        REFUSED(stage.over("live", words("stamp a1 --yes")), "give its name as the confirmation");
        REFUSED(stage.over("live", words("reset --yes --confirm test.db")), "only one for development is reset");
        REFUSED(stage.over("live", words("downgrade -1 --confirm tests")), "the confirmation names tests");
        QVERIFY(stage.at().startsWith(q("b1")));
        DONE(stage.over("live", words("downgrade -1 --confirm test.db")));
        QVERIFY(stage.at().startsWith(q("a1")));
        const Finished status = stage.over("live", words("status"));
        QCOMPARE(status.status, 3);
        QVERIFY2(status.output.contains(q("from --connection live")), qPrintable(status.output));
    }

    void readOnlyIsReadOnlyForEveryVerb()
    {
        Stage stage;
        stage.saveFile("work", ServerEnvironment::Development);
        stage.saveFile("look", ServerEnvironment::Development, [](ConnectionPolicy &policy) { policy.readOnly = true; });
        DONE(stage.over("work", words("upgrade a1")));
        for (const char *verb :
             {"upgrade head", "downgrade base", "stamp b1", "stamp --purge base", "reset --confirm test.db", "upgrade head --ledger"})
            REFUSED(stage.over("look", words(verb)), "read-only");
        const Finished made = stage.over("work", words("backup"));
        DONE(made);
        REFUSED(stage.over("look", QStringList{q("restore"), made.output.trimmed(), q("--yes")}), "read-only");
        QVERIFY(stage.at().startsWith(q("a1")));
        DONE(stage.over("look", words("current")));
    }

    void aBackupIsMadeFirstAndTheLedgerIsKept()
    {
        Stage stage;
        stage.saveFile("careful", ServerEnvironment::Staging, [](ConnectionPolicy &policy) { policy.backsUpFirst = policy.keepsLedger = true; });
        DONE(stage.over("careful", words("upgrade a1")));
        DONE(stage.over("careful", words("upgrade b1")));
        int backups = 0;
        for (QDirIterator files(stage.path(q("share/stillroom/backups")), QDir::Files, QDirIterator::Subdirectories); files.hasNext(); files.next())
            ++backups;
        QVERIFY(backups >= 1);
        const Finished ledger = stage.over("careful", words("runs --database --json"));
        QCOMPARE(QJsonDocument::fromJson(ledger.output.toUtf8())[q("entries")].toArray().size(), 2);
    }

    void aFileIsMadeOnlyWhereTheConnectionSaysSo()
    {
        Stage stage;
        SavedConnection made{.name = q("there"), .environment = ServerEnvironment::Test, .policy = policyOf(ServerEnvironment::Test)};
        made.spec.sqliteFile = stage.path(q("test.db"));
        stage.save(made);
        QCOMPARE(stage.over("there", words("upgrade head")).status, 1);
        QVERIFY(!QFile::exists(stage.path(q("test.db"))));
        QCOMPARE(stage.over("there", words("upgrade head --sql")).status, 0);
    }

    void itsTimeoutsAreTheSessionsAndOptionsGoBefore()
    {
        Stage stage;
        const auto database = PostgresServer::shared().createDatabase();
        SavedConnection made = serverOf(*database);
        made.policy.lockTimeoutMs = 1234;
        made.policy.statementTimeoutMs = 56789;
        stage.save(made);
        const Finished run = stage.over("server", words("upgrade a1 -v"));
        DONE(run);
        QVERIFY2(run.output.contains(q("lock_timeout = 1234 ms")) && run.output.contains(q("statement_timeout = 56789 ms")), qPrintable(run.output));
        const Finished other = stage.over("server", words("upgrade head -v --lock-timeout 77"));
        QVERIFY2(other.output.contains(q("lock_timeout = 77 ms")) && other.output.contains(q("statement_timeout = 56789 ms")),
                 qPrintable(other.output));
    }

    void thePasswordComesFromTheKeyringOrTheTerminal()
    {
        Stage stage;
        const auto database = PostgresServer::shared().createDatabase();
        const QString role = q("named_") + database->name();
        const auto role_ = database->run(q("DO $$ BEGIN CREATE ROLE %1; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
                                           "CREATE ROLE %2 LOGIN PASSWORD 'sesame' IN ROLE %1; GRANT ALL ON SCHEMA public TO %2")
                                             .arg(QLatin1String(PostgresServer::kPasswordRole), role));
        QVERIFY2(role_, testsupport::failureText(role_));
        SavedConnection made = serverOf(*database);
        std::erase_if(made.spec.keywords, [](const auto &pair) { return pair.first == QLatin1String("user"); });
        made.spec.keywords.emplace_back(q("user"), role);
        made.passwordFrom = PasswordFrom::Keyring;
        stage.save(made);
        // Where there is neither a keyring nor a terminal, it is the server that asks.
        QProcessEnvironment with = stage.environment;
        with.insert(q("LD_LIBRARY_PATH"), q(STANDIN_SECRET_FOLDER));
        with.insert(q("STANDIN_KEY"), made.secretKey());
        const QStringList upgrade = QStringList{q("--connection"), q("server")} + words("upgrade a1");
        QProcess detached;
        detached.setProcessEnvironment(with);
        detached.setWorkingDirectory(stage.path({}));
        detached.start(q("setsid"), QStringList{q("-w"), q(STILLROOM_CLI)} + upgrade);
        QVERIFY(detached.waitForFinished(60'000));
        QCOMPARE(detached.exitCode(), 1);
        QVERIFY(detached.readAllStandardError().contains("asks for a password"));
        with.insert(q("STANDIN_SECRET"), q("sesame"));
        const Finished kept = stage.run(upgrade, with);
        QVERIFY2(kept.status == 0, qPrintable(kept.errors));
        // A terminal of its own, which shows what is asked and not what is answered.
        QProcess script;
        script.setProcessEnvironment(stage.environment);
        script.setWorkingDirectory(stage.path({}));
        script.setProcessChannelMode(QProcess::MergedChannels);
        script.start(q("script"), {q("-qec"), q("'%1' --connection server upgrade head").arg(q(STILLROOM_CLI)), q("/dev/null")});
        QByteArray seen;
        while (!seen.contains("Password for ") && script.waitForReadyRead(60'000))
            seen += script.readAll();
        script.write("sesame\n");
        QVERIFY(script.waitForFinished(60'000));
        seen += script.readAll();
        QVERIFY2(script.exitCode() == 0 && seen.contains("The database is at b1"), seen.constData());
        QVERIFY2(!seen.contains("sesame"), seen.constData());
        std::ignore = database->run(q("DROP OWNED BY %1; DROP ROLE %1").arg(role));
    }

private:
    static SavedConnection serverOf(const TestDatabase &database)
    {
        SavedConnection made{.name = q("server"), .environment = ServerEnvironment::Test, .policy = policyOf(ServerEnvironment::Test)};
        made.spec.kind = dialect::DialectKind::PostgreSql;
        made.spec.keywords = database.keywords();
        return made;
    }
};

QTEST_GUILESS_MAIN(NamedConnectionsTest)
#include "tst_namedconnections.moc"
