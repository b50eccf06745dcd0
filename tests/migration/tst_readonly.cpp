// SPDX-License-Identifier: GPL-3.0-or-later
// What a read-only connection and a policy let through: nothing that writes, whichever verb is tried.
#include "database/connectionpolicy.h"
#include "postgresserver.h"
#include "scripts.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <utility>

using namespace stillroom;
using namespace stillroom::migration;
using database::Act;
using database::ConnectionPolicy;
using database::ConnectionSpec;
using database::Consent;
using database::ServerEnvironment;
using database::Session;
using testsupport::planTo;
using testsupport::PostgresServer;
using testsupport::Scripts;
using testsupport::Told;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

QByteArray hashOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256) : QByteArray();
}

struct Finished {
    int status = -1;
    QString errors;
};

Finished runCli(const Scripts &scripts, const QStringList &arguments)
{
    QProcess process;
    process.start(q(STILLROOM_CLI), QStringList{q("-c"), scripts.folder()} + arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardError())};
}

/// Each verb that talks to a database, with what it asks for, and whether it wants to write.
struct Verb {
    QStringList arguments;
    bool writes;
};
QList<Verb> verbs()
{
    return {{{q("upgrade"), q("head")}, true},
            {{q("downgrade"), q("base")}, true},
            {{q("downgrade"), q("-1")}, true},
            {{q("stamp"), q("head")}, true},
            {{q("stamp"), q("--purge"), q("base")}, true},
            {{q("ensure_version")}, false}, // it is there already
            {{q("current"), q("-v")}, false},
            {{q("history"), q("-i")}, false},
            {{q("heads")}, false},
            {{q("status")}, false},
            {{q("inspect")}, false},
            {{q("inspect"), q("t_a1")}, false},
            {{q("upgrade"), q("head"), q("--preview")}, false},
            {{q("render"), q("head"), q("--connected")}, false},
            {{q("reset"), q("--confirm"), q("t.db")}, true},
            {{q("repair")}, false},
            {{q("runs"), q("--database")}, false},
            {{q("upgrade"), q("current:head"), q("--sql")}, false}};
}

} // namespace

class ReadOnlyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyVerbIsTriedOnSqliteAndNothingIsWritten()
    {
        Scripts scripts;
        for (const char *id : {"a1", "b2"})
            scripts.addTables(q(id));
        const QString file = scripts.path(q("t.db")), url = q("sqlite:///") + file;
        QCOMPARE(runCli(scripts, {q("--url"), url, q("upgrade"), q("a1")}).status, 0);
        const QByteArray before = hashOf(file);
        const QStringList beside = QDir(scripts.folder()).entryList();
        for (const Verb &verb : verbs()) {
            const Finished done = runCli(scripts, QStringList{q("--url"), url, q("--read-only")} + verb.arguments);
            QVERIFY2((done.status == 1) == verb.writes, qPrintable(verb.arguments.join(QLatin1Char(' ')) + done.errors));
            QVERIFY2(!verb.writes || done.errors.contains(q("read-only")), qPrintable(done.errors));
            QCOMPARE(hashOf(file), before);
            QCOMPARE(QDir(scripts.folder()).entryList(), beside); // no journal either
        }
    }

    void everyVerbIsTriedOnPostgreSqlAndNothingIsWritten()
    {
        Scripts scripts;
        for (const char *id : {"a1", "b2"})
            scripts.addTables(q(id));
        const auto database = PostgresServer::shared().createDatabase();
        const QString url = database->url();
        QCOMPARE(runCli(scripts, {q("--url"), url, q("upgrade"), q("a1")}).status, 0);
        // The statistics of a session stand when it has ended.
        const auto statistics = [&database] {
            return database->run(q("SELECT tup_inserted, tup_updated, tup_deleted FROM pg_stat_database WHERE datname = current_database()"))
                ->front();
        };
        const QString schema = *database->schemaDump();
        QStringList before;
        // Until the session of the upgrade, which inserted, has told its figures.
        QVERIFY(QTest::qWaitFor([&] { return std::exchange(before, statistics()) == before && before.front().toInt() > 0; }, 60'000));
        for (const Verb &verb : verbs()) {
            const Finished done = runCli(scripts, QStringList{q("--url"), url, q("--read-only")} + verb.arguments);
            QVERIFY2((done.status == 1) == verb.writes, qPrintable(verb.arguments.join(QLatin1Char(' ')) + done.errors));
        }
        QCOMPARE(statistics(), before);
        QCOMPARE(*database->schemaDump(), schema);
        // The figures would have told: one row that is written is seen.
        QVERIFY(database->run(q("INSERT INTO t_a1 VALUES (99)")));
        QVERIFY(QTest::qWaitFor([&] { return statistics() != before; }, 60'000));
    }

    void theServerItselfRefusesWhateverASessionTries()
    {
        const auto database = PostgresServer::shared().createDatabase();
        QVERIFY(database->run(q("CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t VALUES (1); CREATE MATERIALIZED VIEW m AS SELECT 1 AS a")));
        ConnectionSpec spec;
        spec.kind = dialect::DialectKind::PostgreSql;
        spec.keywords = database->keywords();
        spec.readOnly = true;
        const auto session = Session::open(spec);
        VERIFY_OK(session);
        for (const char *sql : {"INSERT INTO t VALUES (2)",
                                "UPDATE t SET id = 3",
                                "DELETE FROM t",
                                "TRUNCATE t",
                                "CREATE TABLE u (a int)",
                                "ALTER TABLE t ADD a int",
                                "DROP TABLE t",
                                "CREATE INDEX ON t (id)",
                                "CREATE INDEX CONCURRENTLY ON t (id)",
                                "COMMENT ON TABLE t IS 'x'",
                                "GRANT SELECT ON t TO public",
                                "SELECT nextval('t_id_seq')",
                                "SELECT * INTO u FROM t",
                                "SELECT * FROM t FOR UPDATE",
                                "REFRESH MATERIALIZED VIEW m",
                                "CREATE ROLE r_never",
                                "CREATE SCHEMA s",
                                "CREATE TYPE e AS ENUM ('a')",
                                "DO $$ BEGIN INSERT INTO t VALUES (4); END $$",
                                "WITH x AS (DELETE FROM t RETURNING 1) SELECT * FROM x",
                                "EXPLAIN ANALYZE INSERT INTO t VALUES (5)",
                                "SECURITY LABEL ON TABLE t IS NULL"}) {
            const auto done = (*session)->execute(q(sql));
            QVERIFY2(!done, sql);
            QVERIFY2(done.error().sqlState == q("25006") || qstrncmp(sql, "SECURITY", 8) == 0, qPrintable(q(sql) + sentence(done.error())));
        }
        QCOMPARE(database->run(q("SELECT count(*), max(id) FROM t"))->front(), (QStringList{q("1"), q("1")}));
    }

    void aRunIsRefusedInTheCoreAndNotInTheFrontEndsAlone()
    {
        Scripts scripts;
        scripts.addTables(q("a1"));
        const auto project = scripts.open();
        VERIFY_OK(project);
        ConnectionSpec spec;
        spec.sqliteFile = scripts.path(q("t.db"));
        spec.createIfMissing = true;
        const auto session = Session::open(spec);
        VERIFY_OK(session);
        const auto plan = planTo(*project, **session, q("head"));
        VERIFY_OK(plan);
        const std::atomic<bool> stop = false;
        Told told;
        RunRequest request{.plan = *plan, .targetName = {}};
        request.databaseName = q("t.db");
        request.policy.readOnly = true;
        COMPARE_ERROR(run(*project, **session, request, stop, told.listener()), ErrorCode::ReadOnlyConnection);
        request.policy = policyOf(ServerEnvironment::Production);
        COMPARE_ERROR(run(*project, **session, request, stop, told.listener()), ErrorCode::PolicyRefused);
        QVERIFY(told.all.empty());
        request.consent.isGiven = true;
        VERIFY_OK(run(*project, **session, request, stop, told.listener()));
    }

    void productionAsksAndForADowngradeByName()
    {
        const ConnectionPolicy production = database::policyOf(ServerEnvironment::Production);
        const QString name = q("shop");
        COMPARE_ERROR(permits(production, Act::Upgrade, name, {}), ErrorCode::PolicyRefused);
        VERIFY_OK(permits(production, Act::Upgrade, name, {true, {}}));
        VERIFY_OK(permits(production, Act::Upgrade, name, {false, name}));
        for (const Act act : {Act::Downgrade, Act::Stamp, Act::Restore}) {
            COMPARE_ERROR(permits(production, act, name, {true, {}}), ErrorCode::PolicyRefused);
            COMPARE_ERROR(permits(production, act, name, {true, q("shop_test")}), ErrorCode::PolicyRefused);
            VERIFY_OK(permits(production, act, name, {false, name}));
        }
        for (const auto environment : {ServerEnvironment::Development, ServerEnvironment::Test, ServerEnvironment::Staging})
            VERIFY_OK(permits(database::policyOf(environment), Act::Downgrade, name, {}));
        // A name that was typed for another database is no confirmation anywhere.
        COMPARE_ERROR(permits(database::policyOf(ServerEnvironment::Test), Act::Upgrade, name, {false, q("other")}), ErrorCode::PolicyRefused);
    }

    void theCommandLineAsksForWhatTheFileSays()
    {
        Scripts scripts;
        scripts.addTables(q("a1"));
        scripts.write(q(".stillroom.json"), q("{\"connections\": [{\"address\": \"live*.db\", \"environment\": \"production\"}]}"));
        const QStringList live{q("--url"), q("sqlite:///") + scripts.path(q("live1.db"))};
        const QStringList test{q("--url"), q("sqlite:///") + scripts.path(q("test.db"))};
        const auto upgrade = [&](const QStringList &where, const QStringList &options) {
            return runCli(scripts, where + QStringList{q("upgrade"), q("head")} + options);
        };
        QCOMPARE(upgrade(test, {}).status, 0);
        const Finished refused = upgrade(live, {});
        QVERIFY2(refused.status == 1 && refused.errors.contains(q("production")), qPrintable(refused.errors));
        QVERIFY(upgrade(live, {q("--environment"), q("test")}).status != 0); // the command line does not loosen it
        QCOMPARE(upgrade(live, {q("--yes")}).status, 0);
        const auto downgrade = [&](const QStringList &options) {
            return runCli(scripts, live + QStringList{q("downgrade"), q("base")} + options).status;
        };
        QVERIFY(downgrade({q("--yes")}) != 0);
        QVERIFY(downgrade({q("--confirm"), q("live2.db")}) != 0);
        QCOMPARE(downgrade({q("--confirm"), q("live1.db")}), 0);
        // The version table is made where an upgrade would be permitted, and nowhere else.
        const QStringList other{q("--url"), q("sqlite:///") + scripts.path(q("live2.db"))};
        QVERIFY(runCli(scripts, other + QStringList{q("ensure_version")}).status != 0);
        QCOMPARE(runCli(scripts, other + QStringList{q("ensure_version"), q("--yes")}).status, 0);
        QVERIFY(runCli(scripts, test + QStringList{q("reset")}).status != 0);
        QVERIFY(runCli(scripts, live + QStringList{q("reset"), q("--confirm"), q("live1.db")}).status != 0);
        QCOMPARE(runCli(scripts, test + QStringList{q("reset"), q("--confirm"), q("test.db")}).status, 0);
        const QStringList fresh{q("--url"), q("sqlite:///") + scripts.path(q("fresh.db"))};
        QVERIFY(upgrade(fresh, {q("--environment"), q("production")}).status != 0);
        QVERIFY(upgrade(fresh, {q("--environment"), q("prod")}).status != 0);
    }

    void aPolicyThatIsNotUnderstoodIsAnError()
    {
        const auto read = [](const char *json) { return database::policyFromJson(QJsonDocument::fromJson(json).object(), q("f")); };
        COMPARE_ERROR(read(R"({"environment": "prod"})"), ErrorCode::ConfigurationSyntax);
        COMPARE_ERROR(read(R"({"read-only": true})"), ErrorCode::ConfigurationSyntax);
        COMPARE_ERROR(read(R"({"read_only": "yes"})"), ErrorCode::ConfigurationSyntax);
        COMPARE_ERROR(read(R"({"lock_timeout_ms": -1})"), ErrorCode::ConfigurationSyntax);
        ConnectionPolicy policy = database::policyOf(ServerEnvironment::Staging);
        policy.colour = q("#aa3311");
        policy.readOnly = true;
        policy.lockTimeoutMs = 17;
        const auto again = database::policyFromJson(toJson(policy), q("f"));
        VERIFY_OK(again);
        QCOMPARE(*again, policy);
    }

    void theSessionsSettingsAreThoseOfThePolicy()
    {
        const auto database = PostgresServer::shared().createDatabase();
        ConnectionSpec spec;
        spec.kind = dialect::DialectKind::PostgreSql;
        spec.keywords = database->keywords();
        ConnectionPolicy policy;
        policy.lockTimeoutMs = 1234;
        policy.statementTimeoutMs = 5678;
        apply(policy, spec);
        const auto session = Session::open(spec);
        VERIFY_OK(session);
        const auto setting = [&session](const char *name) { return (*session)->execute(q("SHOW %1").arg(q(name)))->rows.front().front().toString(); };
        QCOMPARE(setting("application_name"), q("stillroom"));
        QCOMPARE(setting("lock_timeout"), q("1234ms"));
        QCOMPARE(setting("statement_timeout"), q("5678ms"));
        QCOMPARE(setting("idle_in_transaction_session_timeout"), q("1min"));
        QVERIFY((*session)->sessionSettings().contains(q("lock_timeout = 1234 ms")));
        QVERIFY((*session)->sessionSettings().contains(q("idle_in_transaction_session_timeout = 60000 ms")));
    }
};

QTEST_GUILESS_MAIN(ReadOnlyTest)
#include "tst_readonly.moc"
