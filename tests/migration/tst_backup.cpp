// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/backup.h"
#include "place.h"

#include <QFileInfo>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

struct Stage : Place {
    QString folder = scripts.path(q("backups"));

    explicit Stage(bool isServer) : Place(isServer)
    {
        scripts.addTables(q("a1"));
        scripts.add(q("b2"), {q("op.execute('DROP TABLE u_a1')"), q("op.execute('DELETE FROM t_a1')")});
    }
    Result<void> upgrade(const char *target, const std::function<void(RunRequest &)> &change, Told &told) const
    {
        return Place::upgrade(*open(), q(target), told.listener(), change);
    }
};

void addKinds()
{
    QTest::addColumn<bool>("isServer");
    QTest::newRow("PostgreSQL") << true;
    QTest::newRow("SQLite") << false;
}

} // namespace

/// A backup before a run brings back what the run destroyed.
class BackupTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatARunDestroyedComesBack_data() { addKinds(); }
    void whatARunDestroyedComesBack()
    {
        QFETCH(bool, isServer);
        const Stage stage(isServer);
        Told told;
        VERIFY_OK(stage.upgrade("a1", [](RunRequest &) {}, told));
        QVERIFY(told.of<BackupMade>().empty()); // none was asked for
        VERIFY_OK(stage.upgrade("b2", [&stage](RunRequest &request) { request.backupFolder = stage.folder; }, told));
        const auto made = told.of<BackupMade>();
        QCOMPARE(made.size(), std::size_t(1));
        QVERIFY(made.front().file.startsWith(stage.folder) && QFileInfo(made.front().file).size() == made.front().bytes);
        const auto kept = database::backupsIn(stage.folder);
        QCOMPARE(kept.size(), std::size_t(1));
        QCOMPARE(kept.front().file, made.front().file);
        QCOMPARE(QFileInfo(kept.front().file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(versionRows(*stage.open()), QStringList{q("b2")});

        const auto restored = database::restoreBackup(stage.spec, made.front().file);
        VERIFY_OK(restored);
        {
            const auto session = stage.open();
            QCOMPARE(versionRows(*session), QStringList{q("a1")});
            QCOMPARE(session->execute(q("SELECT count(*) FROM t_a1"))->rows.front().front().toInt(), 1);
            VERIFY_OK(session->execute(q("SELECT * FROM u_a1")));
        }
        // What the run had left is kept as well.
        ConnectionSpec before = stage.spec;
        if (isServer)
            before.keywords.emplace_back(q("dbname"), restored->keptAs);
        else
            before.sqliteFile = restored->keptAs;
        {
            const auto session = Session::open(before);
            VERIFY_OK(session);
            QCOMPARE(versionRows(**session), QStringList{q("b2")});
        }
        if (isServer)
            QVERIFY(PostgresServer::shared().run(q("postgres"), q("DROP DATABASE \"%1\"").arg(restored->keptAs)));
        VERIFY_OK(stage.upgrade("b2", [](RunRequest &) {}, told)); // and the run can be done again
    }

    /// From PostgreSQL 15 on: a locale of ICU sorts otherwise than one of libc.
    void theLocaleOfTheDatabaseComesBackToo()
    {
        const PostgresServer &server = PostgresServer::shared();
        const int version = server.run(q("postgres"), q("SHOW server_version_num"))->front().front().toInt();
        if (version < 150'000)
            return; // its locales have no provider
        const Stage stage(true);
        const QString name = stage.database->name();
        QVERIFY(server.run(q("postgres"), q("DROP DATABASE \"%1\"").arg(name)));
        const auto made = server.run(q("postgres"), q("CREATE DATABASE \"%1\" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-AT'").arg(name));
        QVERIFY2(made, testsupport::failureText(made));
        const auto backup = database::makeBackup(*stage.open(), stage.spec, stage.folder);
        VERIFY_OK(backup);
        const auto restored = database::restoreBackup(stage.spec, backup->file);
        VERIFY_OK(restored);
        const QString locale = version >= 170'000 ? q("datlocale") : q("daticulocale");
        const auto rows =
            server.run(q("postgres"),
                       q("SELECT datname, datlocprovider, %1 FROM pg_database WHERE datname IN ('%2', '%3')").arg(locale, name, restored->keptAs));
        QCOMPARE(rows->size(), std::size_t(2));
        for (const QStringList &row : *rows)
            QCOMPARE(row.mid(1), (QStringList{q("i"), q("de-AT")}));
        QVERIFY(server.run(q("postgres"), q("DROP DATABASE \"%1\"").arg(restored->keptAs)));
    }

    /// What `name` has as a whole, each with what it is about.
    static QStringList properties(const QString &name)
    {
        const auto found = PostgresServer::shared().run(
            q("postgres"),
            q("SELECT coalesce(rolname, '') || ' ' || c FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase "
              "LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c WHERE datname = '%1' "
              "UNION ALL SELECT coalesce(g.rolname, 'PUBLIC') || ' has ' || privilege_type || CASE WHEN is_grantable THEN ' to give' ELSE '' END "
              "FROM pg_database d, aclexplode(datacl) a LEFT JOIN pg_roles g ON g.oid = a.grantee WHERE datname = '%1' "
              "UNION ALL SELECT 'limit ' || datconnlimit || ', ' || coalesce(shobj_description(oid, 'pg_database'), 'no comment') FROM pg_database "
              "WHERE datname = '%1' ORDER BY 1")
                .arg(name));
        QStringList all;
        for (const QStringList &row : *found)
            all += row.front();
        return all;
    }

    /// A dump of one database is without its settings, its rights, its limit and its comment.
    void whatBelongsToTheDatabaseAsAWholeComesBackToo()
    {
        const PostgresServer &server = PostgresServer::shared();
        const Stage stage(true);
        const QString name = stage.database->name();
        QCOMPARE(properties(name), QStringList{q("limit -1, no comment")});
        for (const char *sql :
             {"CREATE ROLE backup_reader", "CREATE ROLE \"Backup Writer\"", "ALTER DATABASE %1 SET search_path = \"$user\", 'odd, name', public",
              "ALTER DATABASE %1 SET work_mem = '7MB'", "ALTER DATABASE %1 SET DateStyle = 'ISO, DMY'",
              "ALTER DATABASE %1 SET \"shop.motto\" = 'it''s \\ours'", "ALTER DATABASE %1 SET default_transaction_read_only = on",
              "ALTER ROLE \"Backup Writer\" IN DATABASE %1 SET search_path = writers", "REVOKE ALL ON DATABASE %1 FROM PUBLIC",
              "GRANT CONNECT ON DATABASE %1 TO backup_reader", "GRANT CREATE ON DATABASE %1 TO \"Backup Writer\" WITH GRANT OPTION",
              "ALTER DATABASE %1 CONNECTION LIMIT 17", "COMMENT ON DATABASE %1 IS 'the shop''s'"}) {
            const auto done = server.run(q("postgres"), QString(q(sql)).replace(q("%1"), q("\"%1\"").arg(name)));
            QVERIFY2(done, testsupport::failureText(done));
        }
        const QStringList before = properties(name);
        QCOMPARE(before.size(), 12);
        const auto backup = database::makeBackup(*stage.open(), stage.spec, stage.folder);
        VERIFY_OK(backup);
        const auto restored = database::restoreBackup(stage.spec, backup->file);
        VERIFY_OK(restored);
        QCOMPARE(restored->missing, QStringList());
        QCOMPARE(properties(name), before);
        QCOMPARE(properties(restored->keptAs), before);
        QCOMPARE(stage.open()->execute(q("SHOW search_path"))->rows.front().front().toString(), q("\"$user\", \"odd, name\", public"));
        for (const QString &each : {name, restored->keptAs})
            QVERIFY(server.run(q("postgres"), q("DROP DATABASE \"%1\"").arg(each)));
        QVERIFY(server.run(q("postgres"), q("DROP ROLE backup_reader, \"Backup Writer\"")));
    }

    /// Its owner may restore a database, and may not give it again what a superuser had set.
    void whatMayNotBeSetAgainIsTold()
    {
        const PostgresServer &server = PostgresServer::shared();
        const Stage stage(true);
        const QString name = stage.database->name();
        for (const char *sql : {"CREATE ROLE backup_owner LOGIN CREATEDB", "ALTER DATABASE %1 OWNER TO backup_owner",
                                "ALTER DATABASE %1 SET log_min_duration_statement = '5s'", "ALTER DATABASE %1 SET work_mem = '7MB'"}) {
            const auto done = server.run(q("postgres"), QString(q(sql)).replace(q("%1"), q("\"%1\"").arg(name)));
            QVERIFY2(done, testsupport::failureText(done));
        }
        ConnectionSpec owner = stage.spec;
        std::erase_if(owner.keywords, [](const auto &keyword) { return keyword.first == q("user"); });
        owner.keywords.emplace_back(q("user"), q("backup_owner"));
        const auto backup = database::makeBackup(*stage.open(), owner, stage.folder);
        VERIFY_OK(backup);
        const auto restored = database::restoreBackup(owner, backup->file);
        VERIFY_OK(restored);
        QCOMPARE(restored->missing.size(), 1);
        QVERIFY2(restored->missing.front().startsWith(q("log_min_duration_statement (permission denied")), qPrintable(restored->missing.front()));
        QCOMPARE(properties(name), (QStringList{q(" work_mem=7MB"), q("limit -1, no comment")}));
        for (const QString &each : {name, restored->keptAs})
            QVERIFY(server.run(q("postgres"), q("DROP DATABASE \"%1\"").arg(each)));
        QVERIFY(server.run(q("postgres"), q("DROP ROLE backup_owner")));
    }

    void thePolicyAsksForOne()
    {
        const QTemporaryDir data;
        qputenv("XDG_DATA_HOME", data.path().toUtf8());
        const Stage stage(false);
        Told told;
        VERIFY_OK(stage.upgrade("head", [](RunRequest &request) { request.policy.backsUpFirst = true; }, told));
        QCOMPARE(told.of<BackupMade>().size(), std::size_t(1));
        QVERIFY(told.of<BackupMade>().front().file.startsWith(database::backupFolder()));
    }

    void withoutItsBackupARunDoesNotBegin_data() { addKinds(); }
    void withoutItsBackupARunDoesNotBegin()
    {
        QFETCH(bool, isServer);
        const Stage stage(isServer);
        stage.scripts.write(q("occupied"), q("a file"));
        Told told;
        COMPARE_ERROR(stage.upgrade(
                          "head", [&stage](RunRequest &request) { request.backupFolder = stage.scripts.path(q("occupied/here")); }, told),
                      ErrorCode::BackupFailed);
        QVERIFY(told.of<StatementStarted>().empty());
        QCOMPARE(versionRows(*stage.open()), QStringList());
    }

    void aFileThatIsNoBackupLeavesTheDatabaseAsItWas_data() { addKinds(); }
    void aClientThatIsOlderThanTheServerIsNotUsed()
    {
        const Stage stage(true);
        const QTemporaryDir path;
        for (const char *program : {"pg_dump", "pg_restore"}) {
            QFile old(path.filePath(q(program)));
            QVERIFY(old.open(QIODevice::WriteOnly));
            old.write("#!/bin/sh\ntest \"$1\" = --version && echo 'pg_dump (PostgreSQL) 9.6.24' && exit 0\ntouch \"$0.used\"\n");
            old.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", path.path().toUtf8() + ':' + before);
        Told told;
        const auto done = stage.upgrade("a1", [&stage](RunRequest &request) { request.backupFolder = stage.folder; }, told);
        qputenv("PATH", before);
        VERIFY_OK(done); // by the one of the server's own version, in Debian's folder for it
        QCOMPARE(told.of<BackupMade>().size(), std::size_t(1));
        QVERIFY(!QFile::exists(path.filePath(q("pg_dump.used"))));
    }

    void aFileThatIsNoBackupLeavesTheDatabaseAsItWas()
    {
        QFETCH(bool, isServer);
        const Stage stage(isServer);
        Told told;
        VERIFY_OK(stage.upgrade("a1", [](RunRequest &) {}, told));
        stage.scripts.write(q("broken"), q("this is no backup"));
        COMPARE_ERROR(database::restoreBackup(stage.spec, stage.scripts.path(q("broken"))), ErrorCode::RestoreFailed);
        COMPARE_ERROR(database::restoreBackup(stage.spec, stage.scripts.path(q("missing"))), ErrorCode::FileNotReadable);
        QCOMPARE(versionRows(*stage.open()), QStringList{q("a1")});
    }

    void aDatabaseThatIsInUseIsNotReplaced()
    {
        const Stage stage(true);
        Told told;
        VERIFY_OK(stage.upgrade("a1", [](RunRequest &) {}, told));
        const auto visitor = stage.open();
        const auto made = database::makeBackup(*visitor, stage.spec, stage.folder);
        VERIFY_OK(made);
        const auto databases = [] {
            return PostgresServer::shared().run(q("postgres"), q("SELECT count(*) FROM pg_database WHERE datname LIKE '%restore%'"))->front().front();
        };
        const QString before = databases();
        COMPARE_ERROR(database::restoreBackup(stage.spec, made->file), ErrorCode::RestoreFailed);
        QCOMPARE(databases(), before);
        QCOMPARE(versionRows(*visitor), QStringList{q("a1")});
    }

    void onlyTheNewestAreKept()
    {
        const Stage stage(false);
        const auto session = stage.open();
        QStringList files;
        for (int i = 0; i < 5; ++i) {
            const auto made = database::makeBackup(*session, stage.spec, stage.folder);
            VERIFY_OK(made);
            files.prepend(made->file);
            QVERIFY(QTest::qWaitFor([before = QDateTime::currentMSecsSinceEpoch()] { return QDateTime::currentMSecsSinceEpoch() > before; }));
        }
        QCOMPARE(database::pruneBackups(stage.folder, q("another"), 1), 0);
        QCOMPARE(database::pruneBackups(stage.folder, q("x.db"), 2), 3);
        QStringList kept;
        for (const database::Backup &backup : database::backupsIn(stage.folder))
            kept.append(backup.file);
        QCOMPARE(kept, files.mid(0, 2));
        QCOMPARE(QDir(stage.folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
        QCOMPARE(QFileInfo(files.first()).dir().entryList(QDir::Files).size(), 4); // each with its note
    }

    void aBackupSaysWhichDatabaseAndWhichRevisionItHolds_data() { addKinds(); }
    void aBackupSaysWhichDatabaseAndWhichRevisionItHolds()
    {
        QFETCH(bool, isServer);
        const Stage stage(isServer);
        const sql::QualifiedName table{{}, q("alembic_version")};
        const auto empty = database::makeBackup(*stage.open(), stage.spec, stage.folder);
        VERIFY_OK(empty);
        QCOMPARE(*database::versionRowsIn(*empty, table), database::VersionRows());
        Told told;
        VERIFY_OK(stage.upgrade("b2", [](RunRequest &) {}, told));
        const auto made = database::makeBackup(*stage.open(), stage.spec, stage.folder);
        VERIFY_OK(made);
        QCOMPARE(made->from, stage.spec.display());
        QCOMPARE(*database::versionRowsIn(*made, table), (database::VersionRows{true, {q("b2")}}));
        QCOMPARE(database::versionRowsIn(*made, {{}, q("another")})->tableExists, false);
        QCOMPARE(database::backupsOf(stage.spec, stage.folder).size(), std::size_t(2));
        QCOMPARE(database::backupsOf(stage.spec, stage.folder).front(), *made);
    }

    /// Two servers may each have a database of that name; what one of them keeps is nothing to the other.
    void backupsOfAnotherServersDatabaseAreLeftAlone()
    {
        const Stage stage(false);
        const auto session = stage.open();
        VERIFY_OK(database::makeBackup(*session, stage.spec, stage.folder));
        ConnectionSpec other = stage.spec;
        other.sqliteFile = stage.scripts.path(q("elsewhere/")) + QFileInfo(stage.spec.sqliteFile).fileName();
        QCOMPARE(other.databaseName(), stage.spec.databaseName());
        QCOMPARE(database::backupsOf(other, stage.folder).size(), std::size_t(0));
        QCOMPARE(database::pruneBackups(stage.folder, other.databaseName(), 0, other.display()), 0);
        QCOMPARE(database::pruneBackups(stage.folder, stage.spec.databaseName(), 0, stage.spec.display()), 1);
    }

    void tablesOfABrokenOffBatchAreFoundWithTheWayOut()
    {
        const Stage stage(false);
        const auto session = stage.open();
        for (const char *sql :
             {"CREATE TABLE a (x)", "CREATE TABLE _alembic_tmp_a (x)", "CREATE TABLE _alembic_tmp_b (x)", "INSERT INTO _alembic_tmp_b VALUES (7)"})
            VERIFY_OK(session->execute(q(sql)));
        const auto found = database::findLeftovers(*session);
        VERIFY_OK(found);
        QCOMPARE(found->size(), std::size_t(2));
        QCOMPARE((*found)[0].remedy, q("DROP TABLE \"_alembic_tmp_a\""));
        QCOMPARE((*found)[1].remedy, q("ALTER TABLE \"_alembic_tmp_b\" RENAME TO \"b\"")); // its original is gone: these are the rows
        for (const auto &leftover : *found)
            VERIFY_OK(session->execute(leftover.remedy));
        QCOMPARE(session->execute(q("SELECT x FROM b"))->rows.front().front().toInt(), 7);
        QVERIFY(database::findLeftovers(*session)->empty());
    }
};

QTEST_GUILESS_MAIN(BackupTest)
#include "tst_backup.moc"
