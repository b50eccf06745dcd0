// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connectiontest.h"
#include "database/sshtunnel.h"
#include "postgresserver.h"
#include "result.h"
#include "standinssh.h"
#include "waiting.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace stillroom;
using namespace stillroom::database;

namespace {

QString optionAfter(const QStringList &words, const QString &option) { return words.value(words.indexOf(option) + 1); }

ConnectionSpec server(const std::vector<std::pair<QString, QString>> &keywords)
{
    ConnectionSpec spec;
    spec.kind = dialect::DialectKind::PostgreSql;
    spec.keywords = keywords;
    return spec;
}

} // namespace

class TestSshTunnel : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    QString m_ssh;

private Q_SLOTS:
    void initTestCase()
    {
        m_ssh = testsupport::writeStandInSsh(m_folder.path());
        QVERIFY(!m_ssh.isEmpty());
    }

    void aServerIsReachedThroughTheTunnelAndGoneWithIt()
    {
        const auto database = testsupport::PostgresServer::shared().createDatabase();
        const ConnectionSpec spec = server(database->keywords());
        SshTunnel tunnel;
        tunnel.setProgram(m_ssh);
        QSignalSpy ready(&tunnel, &SshTunnel::ready);
        tunnel.open({.destination = QStringLiteral("jump")}, spec);
        VERIFY_IN_TIME(ready.count() == 1);
        const ConnectionSpec through = tunnel.through();
        QCOMPARE(through.display(), spec.display()); // for people it is the server, not a port of this machine
        const auto report = testConnection(through);
        VERIFY_OK(report);
        QCOMPARE(report->database, database->name());
        QCOMPARE(report->encryption.kind, Encryption::Kind::None);
        tunnel.close();
        QVERIFY(!tunnel.isOpen());
        COMPARE_ERROR(testConnection(through), ErrorCode::ConnectionRefused);
    }

    void whatSshSaysIsTheError()
    {
        SshTunnel tunnel;
        tunnel.setProgram(m_ssh);
        std::vector<Error> errors;
        connect(&tunnel, &SshTunnel::failed, this, [&errors](const Error &error) { errors.push_back(error); });
        tunnel.open({.destination = QStringLiteral("locked")}, server({{QStringLiteral("host"), QStringLiteral("db")}}));
        VERIFY_IN_TIME(errors.size() == 1);
        QCOMPARE(errors.front().code, ErrorCode::ProgramFailed);
        QCOMPARE(errors.front().detail, QStringLiteral("ops@locked: Permission denied (publickey)."));
    }

    void aMissingSshIsAnErrorAndNotAHang()
    {
        SshTunnel tunnel;
        tunnel.setProgram(m_folder.filePath(QStringLiteral("nothing")));
        QSignalSpy failed(&tunnel, &SshTunnel::failed);
        tunnel.open({.destination = QStringLiteral("jump")}, server({{QStringLiteral("host"), QStringLiteral("db")}}));
        VERIFY_IN_TIME(failed.count() == 1);
    }

    void aTunnelThatBreaksIsToldOnce()
    {
        const auto database = testsupport::PostgresServer::shared().createDatabase();
        SshTunnel tunnel;
        tunnel.setProgram(m_ssh);
        QSignalSpy ready(&tunnel, &SshTunnel::ready), lost(&tunnel, &SshTunnel::lost), failed(&tunnel, &SshTunnel::failed);
        tunnel.open({.destination = QStringLiteral("jump")}, server(database->keywords()));
        VERIFY_IN_TIME(ready.count() == 1);
        ::kill(pid_t(tunnel.processId()), SIGKILL);
        VERIFY_IN_TIME(lost.count() == 1);
        QCOMPARE(failed.count(), 0);
        QVERIFY(!tunnel.isOpen());
    }

    void oneThatNeverOpensCanBeGivenUp()
    {
        SshTunnel tunnel;
        tunnel.setProgram(m_ssh);
        QSignalSpy failed(&tunnel, &SshTunnel::failed);
        tunnel.open({.destination = QStringLiteral("silent")}, server({{QStringLiteral("host"), QStringLiteral("db")}}));
        tunnel.close();
        QCOMPARE(failed.count(), 0);
        QCOMPARE(tunnel.processId(), qint64(0));
    }

    void argumentsLeadToTheServerAsTheFarMachineSeesIt()
    {
        const SshRoute route{.destination = QStringLiteral("ops@jump"), .port = 2222, .identityFile = QStringLiteral("/home/me/.ssh/key")};
        const auto words = SshTunnel::arguments(
            route, server({{QStringLiteral("host"), QStringLiteral("db.example")}, {QStringLiteral("port"), QStringLiteral("5433")}}), 40000);
        VERIFY_OK(words);
        QCOMPARE(optionAfter(*words, QStringLiteral("-L")), QStringLiteral("127.0.0.1:40000:db.example:5433"));
        QCOMPARE(optionAfter(*words, QStringLiteral("-p")), QStringLiteral("2222"));
        QCOMPARE(optionAfter(*words, QStringLiteral("-i")), QStringLiteral("/home/me/.ssh/key"));
        QCOMPARE(words->last(), QStringLiteral("ops@jump"));
        QVERIFY(words->contains(QStringLiteral("ExitOnForwardFailure=yes")));
        const auto socket = SshTunnel::arguments(
            {.destination = QStringLiteral("jump")},
            server({{QStringLiteral("host"), QStringLiteral("/run/pg")}, {QStringLiteral("port"), QStringLiteral("5432")}}), 40000);
        QCOMPARE(optionAfter(*socket, QStringLiteral("-L")), QStringLiteral("127.0.0.1:40000:/run/pg/.s.PGSQL.5432"));
        const auto v6 =
            SshTunnel::arguments({.destination = QStringLiteral("jump")}, server({{QStringLiteral("host"), QStringLiteral("fd00::1")}}), 40000);
        QVERIFY(optionAfter(*v6, QStringLiteral("-L")).startsWith(QStringLiteral("127.0.0.1:40000:[fd00::1]:")));
    }

    void aDestinationCannotBeAnOptionAndSeveralHostsAreRefused()
    {
        COMPARE_ERROR(SshTunnel::arguments({.destination = QStringLiteral("-oProxyCommand=x")}, server({}), 1), ErrorCode::ProgramFailed);
        COMPARE_ERROR(SshTunnel::arguments({.destination = QStringLiteral("jump")}, server({{QStringLiteral("host"), QStringLiteral("a,b")}}), 1),
                      ErrorCode::ProgramFailed);
    }
};

QTEST_GUILESS_MAIN(TestSshTunnel)
#include "tst_sshtunnel.moc"
