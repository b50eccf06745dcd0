// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/journal.h"
#include "scripts.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>

#include <sys/wait.h>
#include <unistd.h>

using namespace stillroom;
using namespace stillroom::migration;
using database::Session;
using testsupport::planTo;
using testsupport::Scripts;
using testsupport::Told;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

struct Stage {
    Scripts scripts;
    QString folder = scripts.path(q("runs"));
    std::unique_ptr<Session> open() const
    {
        database::ConnectionSpec spec;
        spec.sqliteFile = scripts.path(q("x.db"));
        spec.createIfMissing = true;
        return std::move(*Session::open(spec));
    }
    Result<void> upgrade(const std::function<void(const RunEvent &)> &tell) const
    {
        const auto project = scripts.open();
        const auto session = open();
        const auto plan = planTo(*project, *session, q("head"));
        const std::atomic<bool> stop = false;
        return run(*project, *session, {.plan = *plan, .targetName = q("the shop"), .journalFolder = folder}, stop, tell);
    }
    [[nodiscard]] QList<QString> events(const QString &id) const
    {
        QList<QString> names;
        const auto lines = readRun(folder, id);
        for (const QJsonObject &line : *lines)
            names.append(line.value(q("event")).toString());
        return names;
    }
};

} // namespace

/// What can be told of a run afterwards, whatever became of it.
class JournalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLineOfARunIsThere()
    {
        Stage stage;
        stage.scripts.add(q("a1"), {q("op.execute('CREATE TABLE t (id int)')"), q("op.execute('INSERT INTO t VALUES (1), (2)')")});
        VERIFY_OK(stage.upgrade([](const RunEvent &) {}));
        const auto records = runRecords(stage.folder);
        QCOMPARE(records.size(), std::size_t(1));
        const RunRecord &record = records.front();
        QCOMPARE(record.status, RunRecord::Status::Done);
        QCOMPARE(record.database, q("the shop"));
        QCOMPARE(record.kind, q("upgrade"));
        QCOMPARE(record.from, QStringList());
        QCOMPARE(record.to, QStringList{q("a1")});
        QCOMPARE(record.now, QStringList{q("a1")});
        QCOMPARE(record.statements, 4);
        QVERIFY(record.unanswered.isEmpty());
        QVERIFY(record.startedAt.isValid() && record.startedAt <= record.endedAt);
        QCOMPARE(QFileInfo(record.file).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        const QStringList statement{q("statement"), q("answered")};
        QCOMPARE(stage.events(record.id), QStringList({q("run"), q("started"), q("revision")}) + statement + statement + statement + statement +
                                              QStringList({q("commit sent"), q("committed"), q("revision done"), q("done")}));
        const auto lines = *readRun(stage.folder, record.id.right(4)); // the last characters will do
        QCOMPARE(lines[7].value(q("sql")).toString(), q("INSERT INTO t VALUES (1), (2)"));
        QCOMPARE(lines[7].value(q("sha256")).toString(),
                 QString::fromLatin1(QCryptographicHash::hash("INSERT INTO t VALUES (1), (2)", QCryptographicHash::Sha256).toHex()));
        QCOMPARE(lines[8].value(q("rows")).toInt(), 2);
    }

    void aRunThatGoesOnIsToldFromOneThatBrokeOff()
    {
        Stage stage;
        stage.scripts.addTables(q("a1"));
        RunRecord::Status meanwhile = RunRecord::Status::Done;
        VERIFY_OK(stage.upgrade([&](const RunEvent &event) {
            if (std::holds_alternative<CommitStarted>(event))
                meanwhile = runRecords(stage.folder).front().status;
        }));
        QCOMPARE(meanwhile, RunRecord::Status::Running);
    }

    void aProgramThatIsKilledLeavesWhatItHadSent()
    {
        Stage stage;
        stage.scripts.addTables(q("a1"));
        stage.scripts.addTables(q("b2"));
        const pid_t child = ::fork();
        if (child == 0) {
            std::ignore = stage.upgrade([](const RunEvent &event) {
                const auto *statement = std::get_if<StatementStarted>(&event);
                if (statement && statement->statement.sql.contains(q("u_b2")))
                    ::_exit(0); // as sudden as a kill: no destructor runs
            });
            ::_exit(1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        const RunRecord record = runRecords(stage.folder).front();
        QCOMPARE(record.status, RunRecord::Status::BrokenOff);
        QCOMPARE(record.now, QStringList{q("a1")});
        QVERIFY2(record.unanswered.contains(q("u_b2")), qPrintable(record.unanswered));
        QVERIFY(!record.wasOutside);
        const auto session = stage.open();
        QCOMPARE(testsupport::versionRows(*session), record.now); // the record and the database agree
    }

    void aFailureKeepsItsReason()
    {
        Stage stage;
        stage.scripts.add(q("a1"), {q("op.execute('SELECT * FROM nowhere')")});
        QVERIFY(!stage.upgrade([](const RunEvent &) {}));
        const RunRecord record = runRecords(stage.folder).front();
        QCOMPARE(record.status, RunRecord::Status::Failed);
        QVERIFY2(record.problem.contains(q("nowhere")), qPrintable(record.problem));
        QCOMPARE(record.now, QStringList());
    }

    void passwordsStayOut_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("stays");
        QTest::newRow("role") << q("CREATE ROLE shop LOGIN PASSWORD 'it''s secret'") << q("CREATE ROLE shop LOGIN PASSWORD");
        QTest::newRow("subscription") << q("CREATE SUBSCRIPTION s CONNECTION 'host=there password=a''secret user=u' PUBLICATION p")
                                      << q("user=u' PUBLICATION p");
        QTest::newRow("quoted") << q("CREATE SUBSCRIPTION s CONNECTION 'host=there password = ''my secret'' user=u' PUBLICATION p")
                                << q("user=u' PUBLICATION p");
    }
    void passwordsStayOut()
    {
        QFETCH(QString, sql);
        QFETCH(QString, stays);
        Stage stage;
        stage.scripts.add(q("a1"), {q("op.execute(\"%1\")").arg(sql)});
        QVERIFY(!stage.upgrade([](const RunEvent &) {})); // SQLite has neither; the statement is in the record twice
        QFile file(runRecords(stage.folder).front().file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains(stays.toUtf8()) && !text.contains("secret"), text.constData());
    }

    void aLineThatWasCutOffIsNoLine()
    {
        Stage stage;
        stage.scripts.addTables(q("a1"));
        VERIFY_OK(stage.upgrade([](const RunEvent &) {}));
        const RunRecord before = runRecords(stage.folder).front();
        QFile file(before.file);
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"event\": \"sta");
        file.close();
        QCOMPARE(runRecords(stage.folder).front().statements, before.statements);
    }

    void withoutAFolderTheRunGoesOnAndSaysSo()
    {
        Stage stage;
        stage.scripts.addTables(q("a1"));
        stage.scripts.write(q("occupied"), q("a file"));
        stage.folder = stage.scripts.path(q("occupied/runs"));
        Told told;
        VERIFY_OK(stage.upgrade(told.listener()));
        QVERIFY(told.of<NoticeReceived>().front().notice.text.contains(q("No record")));
    }

    void aRunThatIsNotThereIsSaid() { COMPARE_ERROR(readRun(Stage().folder, q("2020")), ErrorCode::NoSuchRun); }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "tst_journal.moc"
