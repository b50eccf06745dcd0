// SPDX-License-Identifier: GPL-3.0-or-later
// The command line reaches a server through ssh: a stand-in that forwards as ssh does, first on the PATH.
#include "cliproject.h"
#include "postgresserver.h"
#include "standinssh.h"
#include "waiting.h"

#include <csignal>

#include <unistd.h>

using namespace stillroom::testsupport;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestThroughSsh : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<TestDatabase> m_database;

    /// The server as the far end sees it; from here there is no way to a host of that name.
    [[nodiscard]] QString url() const
    {
        return q("postgresql://postgres@/%1?host=%2").arg(m_database->name(), PostgresServer::shared().socketFolder());
    }
    [[nodiscard]] static QString rows(const TestDatabase &database, const QString &sql)
    {
        const auto found = database.run(sql);
        return found && !found->empty() ? found->front().join(QLatin1Char(',')) : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(!writeStandInSsh(m_folder.path()).isEmpty());
        qputenv("PATH", m_folder.path().toLocal8Bit() + ':' + qgetenv("PATH"));
    }
    void init() { m_database = PostgresServer::shared().createDatabase(); }

    void anOptionNamesTheWay()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {}, tableCall(q("t")));
        // Only through the tunnel is a connection one over TCP.
        project.revision(q("b2"), q("a1"), q("op.execute('CREATE TABLE came AS SELECT inet_client_addr() AS over')"));
        const Finished upgraded = project.run({q("--url"), url(), q("--ssh"), q("jump"), q("upgrade"), q("head")});
        QVERIFY2(upgraded.status == 0, qPrintable(upgraded.errors));
        const Finished current = project.run({q("--url"), url(), q("--ssh"), q("jump"), q("current")});
        QCOMPARE(current.status, 0);
        QVERIFY2(current.output.startsWith(q("b2")), qPrintable(current.output));
    }

    void theProjectsFileNamesTheWayOfAnAddress()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {}, tableCall(q("t")));
        project.write(q(".stillroom.json"),
                      q(R"({"connections": [{"address": "*", "environment": "production", "ssh": {"destination": "locked"}}]})"));
        const Finished refused = project.run({q("--url"), url(), q("upgrade"), q("head"), q("--yes")});
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.errors.contains(q("ops@locked: Permission denied (publickey).")), qPrintable(refused.errors));
        // The option goes before the file; the rest of what the file says holds.
        const Finished unconfirmed = project.run({q("--url"), url(), q("--ssh"), q("jump"), q("upgrade"), q("head")});
        QVERIFY2(unconfirmed.errors.contains(q("production")), qPrintable(unconfirmed.errors));
        QVERIFY(unconfirmed.status != 0);
        const Finished upgraded = project.run({q("--url"), url(), q("--ssh"), q("jump"), q("upgrade"), q("head"), q("--yes")});
        QVERIFY2(upgraded.status == 0, qPrintable(upgraded.errors));
        QCOMPARE(rows(*m_database, q("SELECT version_num FROM alembic_version")), q("a1"));
    }

    void whatIsNotUnderstoodIsRefused()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {}, tableCall(q("t")));
        project.write(q(".stillroom.json"), q(R"({"connections": [{"address": "*", "ssh": {"host": "jump"}}]})"));
        const Finished misspelt = project.run({q("--url"), url(), q("current")});
        QCOMPARE(misspelt.status, 1);
        QVERIFY2(misspelt.errors.contains(q("destination")), qPrintable(misspelt.errors));
        project.write(q(".stillroom.json"), q("{}"));
        const Finished option = project.run({q("--url"), url(), q("--ssh=-oProxyCommand=touch ") + project.path(q("pwned")), q("current")});
        QCOMPARE(option.status, 1);
        QVERIFY(!QFile::exists(project.path(q("pwned"))));
    }

    void ctrlCEndsTheRunAndNotTheWay()
    {
        const TemporaryProject project;
        project.revision(q("a1"), {}, tableCall(q("t")));
        project.revision(q("b2"), q("a1"), q("op.execute('SELECT pg_sleep(600)')"));
        QProcess process;
        process.setWorkingDirectory(QFileInfo(project.path(q("alembic.ini"))).path());
        process.setChildProcessModifier([] { ::setpgid(0, 0); });
        process.start(q(STILLROOM_CLI), {q("--url"), url(), q("--ssh"), q("jump"), q("upgrade"), q("head")});
        const QString sleeping = q("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'SELECT pg_sleep(600)'");
        VERIFY_IN_TIME(rows(*m_database, sleeping) == q("1"));
        // As a terminal does: to the whole group. A second time for "now".
        QString words;
        const auto hasSaid = [&](const char *text) {
            words += QString::fromUtf8(process.readAllStandardError());
            return words.contains(q(text));
        };
        QCOMPARE(::kill(-static_cast<pid_t>(process.processId()), SIGINT), 0);
        VERIFY_IN_TIME(hasSaid("Stopping after the current revision"));
        QCOMPARE(::kill(-static_cast<pid_t>(process.processId()), SIGINT), 0);
        VERIFY_IN_TIME(process.state() == QProcess::NotRunning);
        QVERIFY2(hasSaid("Rolled back"), qPrintable(words));
        QCOMPARE(rows(*m_database, q("SELECT count(*) FROM pg_class WHERE relname = 't'")), q("0"));
        QVERIFY(process.exitCode() != 0);
    }
};

QTEST_GUILESS_MAIN(TestThroughSsh)
#include "tst_throughssh.moc"
