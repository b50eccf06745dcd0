// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/backup.h"
#include "database/databaseproperties.h"
#include "database/leftovers.h"
#include "place.h"

#include <QDir>
#include <QFileInfo>
#include <QScopeGuard>

#include <csignal>
#include <thread>

#include <sys/resource.h>

using namespace stillroom;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

/// A database with a table whose one row says when it was; and a backup of its first state.
struct Stage : Place {
    QString folder = scripts.path(q("backups")), backup;

    explicit Stage(bool isServer, int blobSize = 1) : Place(isServer)
    {
        const auto session = open();
        VERIFY_OK(session->execute(q("CREATE TABLE state (words text)")));
        say(*session, QString(blobSize, QLatin1Char('b')));
        const auto made = database::makeBackup(*session, spec, folder);
        VERIFY_OK(made);
        backup = made->file;
        say(*session, q("after"));
        if (!isServer)
            VERIFY_OK(session->execute(q("VACUUM")));
    }
    static void say(Session &session, const QString &words)
    {
        VERIFY_OK(session.execute(q("DELETE FROM state")));
        VERIFY_OK(session.execute(q("INSERT INTO state VALUES ('%1')").arg(words)));
    }
    static QString said(const ConnectionSpec &spec)
    {
        const auto session = Session::open(spec);
        if (!session)
            return session.error().detail;
        const auto found = (*session)->execute(q("SELECT words FROM state"));
        return found ? found->rows.front().front().toString() : found.error().detail;
    }
    [[nodiscard]] QString said() const { return said(spec); }
    /// What stands beside the file of the database.
    [[nodiscard]] QStringList files() const
    {
        return QDir(QFileInfo(spec.sqliteFile).path()).entryList({QFileInfo(spec.sqliteFile).fileName() + q("*")}, QDir::Files);
    }
};

std::optional<QString> asked(const QString &sql)
{
    const auto rows = PostgresServer::shared().run(q("postgres"), sql);
    return rows && !rows->empty() ? std::optional(rows->front().front()) : std::nullopt;
}

} // namespace

/// A restore does what it says, or nothing, and says which.
class RestoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFileThatIsGoneComesBackAndNothingIsSaidToBeKept()
    {
        const Stage stage(false);
        QVERIFY(QFile::remove(stage.spec.sqliteFile));
        const auto restored = database::restoreBackup(stage.spec, stage.backup);
        VERIFY_OK(restored);
        QCOMPARE(restored->keptAs, QString());
        QCOMPARE(stage.said(), q("b"));
        QCOMPARE(stage.files().size(), 1);
    }

    void aDamagedFileIsReplacedAndKeptAsItIs_data()
    {
        QTest::addColumn<int>("from");
        QTest::newRow("a page") << 4096;
        QTest::newRow("the header: no database at all") << 0;
    }
    void aDamagedFileIsReplacedAndKeptAsItIs()
    {
        QFETCH(int, from);
        const Stage stage(false);
        QFile file(stage.spec.sqliteFile);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(from));
        QCOMPARE(file.write(QByteArray(100, '\xff')), 100);
        file.close();
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray damaged = file.readAll();
        file.close();
        const auto restored = database::restoreBackup(stage.spec, stage.backup);
        VERIFY_OK(restored);
        QCOMPARE(stage.said(), q("b"));
        QFile kept(restored->keptAs);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll().mid(from, 100), damaged.mid(from, 100));
    }

    void aFileThatSomebodyReadsStaysAsItIsAndNoCopyOfItIsLeft()
    {
        const Stage stage(false);
        const auto reader = stage.open();
        VERIFY_OK(reader->begin());
        VERIFY_OK(reader->execute(q("SELECT * FROM state")));
        const auto restored = database::restoreBackup(stage.spec, stage.backup);
        COMPARE_ERROR(restored, ErrorCode::RestoreFailed);
        QVERIFY2(restored.error().detail.contains(q("another program is using it")), qPrintable(restored.error().detail));
        QCOMPARE(stage.said(), q("after"));
        QCOMPARE(stage.files().filter(q("before-restore")), QStringList());
    }

    /// The second step fails: what is there is kept already, and the backup has no room.
    void aFileThatHasNoRoomForTheBackupStaysAsItIs_data()
    {
        QTest::addColumn<bool>("isThere");
        QTest::newRow("a database is there") << true;
        QTest::newRow("none is") << false;
    }
    void aFileThatHasNoRoomForTheBackupStaysAsItIs()
    {
        QFETCH(bool, isThere);
        const Stage stage(false, 400'000);
        if (!isThere)
            QVERIFY(QFile::remove(stage.spec.sqliteFile));
        QVERIFY(!isThere || QFileInfo(stage.spec.sqliteFile).size() < 100'000);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small{.rlim_cur = 200'000, .rlim_max = before.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto restored = database::restoreBackup(stage.spec, stage.backup);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        COMPARE_ERROR(restored, ErrorCode::RestoreFailed);
        QCOMPARE(stage.files().filter(q("before-restore")), QStringList());
        QCOMPARE(QFile::exists(stage.spec.sqliteFile), isThere);
        if (isThere)
            QCOMPARE(stage.said(), q("after"));
    }

    /// Somebody comes to the restored database before it has its name: the first renaming is taken back, and all that is left is told.
    void aServersDatabaseStaysAsItIsWhenTheSecondRenamingFails()
    {
        const Stage stage(true);
        const QString name = stage.database->name();
        // A part of the restore that does not end before somebody has come.
        const auto waits = stage.database->run(
            q("CREATE FUNCTION public.meet() RETURNS int LANGUAGE plpgsql AS $$ BEGIN\n"
              "  WHILE current_database() LIKE '%\\_restore\\_%' AND NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()\n"
              "      AND usename IS NOT NULL AND pid <> pg_backend_pid()) LOOP\n"
              "    PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot();\n"
              "  END LOOP; RETURN 1; END $$;\n"
              "CREATE MATERIALIZED VIEW met AS SELECT public.meet()"));
        QVERIFY2(waits, failureText(waits));
        const auto backup = database::makeBackup(*stage.open(), stage.spec, stage.folder);
        VERIFY_OK(backup);
        std::unique_ptr<Session> visitor;
        std::jthread visits([&](const std::stop_token &end) {
            ConnectionSpec fresh = stage.spec;
            while (!visitor && !end.stop_requested()) {
                const auto made = asked(q("SELECT datname FROM pg_database WHERE starts_with(datname, '%1_restore_')").arg(name));
                if (!made)
                    continue;
                fresh.keywords.emplace_back(q("dbname"), *made);
                if (auto session = Session::open(fresh))
                    visitor = std::move(*session);
            }
        });
        const auto restored = database::restoreBackup(stage.spec, backup->file);
        visits.request_stop();
        visits.join();
        QVERIFY(visitor);
        COMPARE_ERROR(restored, ErrorCode::RestoreFailed);
        QCOMPARE(stage.said(), q("after"));
        QCOMPARE(asked(q("SELECT count(*) FROM pg_database WHERE starts_with(datname, '%1_before_')").arg(name)), q("0"));
        const QString detail = restored.error().detail, fresh = visitor->execute(q("SELECT current_database()"))->rows.front().front().toString();
        QVERIFY2(detail.contains(q("process %1, ").arg(visitor->backendPid())), qPrintable(detail));
        QVERIFY2(detail.contains(q("the database %1, which was made for it, is left over").arg(fresh)), qPrintable(detail));
        visitor.reset();
        QVERIFY(PostgresServer::shared().run(q("postgres"), q("DROP DATABASE \"%1\"").arg(fresh)));
    }

    void whoIsInTheWayIsNamed()
    {
        const Stage stage(true);
        const auto visitor = stage.open();
        const auto restored = database::restoreBackup(stage.spec, stage.backup);
        COMPARE_ERROR(restored, ErrorCode::RestoreFailed);
        QVERIFY2(restored.error().detail.contains(q("process %1, user ").arg(visitor->backendPid())), qPrintable(restored.error().detail));
        QCOMPARE(stage.said(), q("after"));
    }

    void theNameUnderWhichADatabaseIsKeptIsItsName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("long") << QString(60, QLatin1Char('n'));
        QTest::newRow("of two bytes each") << q("данные_нашего_магазина_и_склада");
        QTest::newRow("of four bytes each") << q("🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘🐘");
    }
    void theNameUnderWhichADatabaseIsKeptIsItsName()
    {
        QFETCH(QString, name);
        const Stage stage(true);
        QVERIFY(PostgresServer::shared().run(q("postgres"), q("CREATE DATABASE \"%1\" TEMPLATE template0").arg(name)));
        QStringList made{name};
        const auto dropped = qScopeGuard([&made] {
            for (const QString &each : std::as_const(made))
                std::ignore = PostgresServer::shared().run(q("postgres"), q("DROP DATABASE \"%1\"").arg(each));
        });
        ConnectionSpec spec = stage.spec;
        spec.keywords.emplace_back(q("dbname"), name);
        const auto restored = database::restoreBackup(spec, stage.backup);
        VERIFY_OK(restored);
        made += restored->keptAs;
        QCOMPARE(asked(q("SELECT count(*) FROM pg_database WHERE datname = '%1'").arg(restored->keptAs)), q("1"));
        QCOMPARE(Stage::said(spec), q("b"));

        // And the copy of a rehearsal of such a database is found again, by that database alone.
        const QString copy = database::nameBeside(name, q("_rehearsal_20200102030405678"));
        QVERIFY(PostgresServer::shared().run(q("postgres"), q("CREATE DATABASE \"%1\" TEMPLATE template0").arg(copy)));
        made += copy;
        const auto session = Session::open(spec);
        VERIFY_OK(session);
        const auto found = database::findLeftovers(**session);
        VERIFY_OK(found);
        QCOMPARE(found->size(), std::size_t(1));
        QVERIFY2(found->front().remedy.startsWith(q("DROP DATABASE ")) && found->front().remedy.contains(copy), qPrintable(found->front().remedy));
        QVERIFY(database::findLeftovers(*stage.open())->empty());
    }

    void aDatabaseThatIsGoneHasToBeMadeFirst()
    {
        const Stage stage(true);
        ConnectionSpec spec = stage.spec;
        spec.keywords.emplace_back(q("dbname"), q("long_gone"));
        const auto restored = database::restoreBackup(spec, stage.backup);
        COMPARE_ERROR(restored, ErrorCode::RestoreFailed);
        QVERIFY2(restored.error().detail.contains(q("make an empty one of that name first")), qPrintable(restored.error().detail));
    }

    void theBackupOfAnotherDatabaseTakesItsNameTyped_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
    void theBackupOfAnotherDatabaseTakesItsNameTyped()
    {
        QFETCH(bool, isServer);
        const Stage one(isServer), two(isServer);
        const database::ConnectionPolicy policy;
        const auto permitted = [&](const ConnectionSpec &spec, const database::Consent &consent = {}) {
            return database::permitsRestore(policy, spec, one.backup, consent);
        };
        VERIFY_OK(permitted(one.spec));
        ConnectionSpec somebody = one.spec; // the same database, whoever comes
        somebody.keywords.emplace_back(q("user"), q("somebody"));
        VERIFY_OK(permitted(somebody));
        COMPARE_ERROR(permitted(two.spec, {.isGiven = true}), ErrorCode::PolicyRefused);
        VERIFY_OK(permitted(two.spec, {.typedName = two.spec.databaseName()}));
        COMPARE_ERROR(permitted(two.spec, {.typedName = q("another")}), ErrorCode::PolicyRefused);
        QVERIFY(QFile::remove(one.backup + q(".json"))); // nobody noted which
        VERIFY_OK(permitted(two.spec));
    }
};

QTEST_GUILESS_MAIN(RestoreTest)
#include "tst_restore.moc"
