// SPDX-License-Identifier: GPL-3.0-or-later
// A server with a certificate of its own authority: what each sslmode proves, and what is said where it proves nothing.
#include "database/connectionkeywords.h"
#include "database/connectiontest.h"
#include "postgresserver.h"
#include "result.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <pwd.h>
#include <unistd.h>

using namespace stillroom;
using namespace stillroom::database;

namespace {

QString q(const char *text) { return QString::fromUtf8(text); }

} // namespace

class TestTls : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    std::unique_ptr<testsupport::PostgresServer> m_server, m_plain;

    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(q(name)); }

    void openssl(const QStringList &arguments) const
    {
        QProcess openssl;
        openssl.setWorkingDirectory(m_folder.path());
        openssl.start(q("openssl"), arguments);
        QVERIFY2(openssl.waitForFinished() && openssl.exitCode() == 0, openssl.readAllStandardError().constData());
    }

    /// An authority that signs itself.
    void authority(const char *name) const
    {
        openssl({q("req"), q("-x509"), q("-newkey"), q("ec"), q("-pkeyopt"), q("ec_paramgen_curve:prime256v1"), q("-nodes"), q("-days"), q("2"),
                 q("-subj"), q("/CN=%1").arg(q(name)), q("-keyout"), q("%1.key").arg(q(name)), q("-out"), q("%1.crt").arg(q(name))});
    }

    [[nodiscard]] ConnectionSpec spec(const testsupport::PostgresServer &server, const char *mode, const char *rootFile = nullptr,
                                      const char *host = "localhost") const
    {
        ConnectionSpec spec;
        spec.kind = dialect::DialectKind::PostgreSql;
        spec.keywords = {{q("host"), q(host)},       {q("hostaddr"), q("127.0.0.1")}, {q("port"), QString::number(server.port())},
                         {q("user"), q("postgres")}, {q("dbname"), q("postgres")},    {q("gssencmode"), q("disable")},
                         {q("sslmode"), q(mode)}};
        if (rootFile)
            spec.keywords.emplace_back(q("sslrootcert"), path(rootFile));
        return spec;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_folder.path().toLocal8Bit()); // no ~/.postgresql of whoever runs this
        QVERIFY(QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeOther | QFile::ReadOther));
        authority("ours");
        authority("another");
        openssl({q("req"), q("-newkey"), q("ec"), q("-pkeyopt"), q("ec_paramgen_curve:prime256v1"), q("-nodes"), q("-subj"), q("/CN=localhost"),
                 q("-keyout"), q("server.key"), q("-out"), q("server.csr")});
        openssl({q("x509"), q("-req"), q("-in"), q("server.csr"), q("-CA"), q("ours.crt"), q("-CAkey"), q("ours.key"), q("-CAcreateserial"),
                 q("-days"), q("2"), q("-out"), q("server.crt")});
        const QByteArray key = path("server.key").toLocal8Bit();
        QVERIFY(QFile::setPermissions(path("server.key"), QFile::ReadOwner | QFile::WriteOwner));
        if (geteuid() == 0) {
            const passwd *account = getpwnam("postgres"); // the server does not run as root
            QVERIFY(account && chown(key.constData(), account->pw_uid, account->pw_gid) == 0);
        }
        testsupport::PostgresServer::Options options;
        options.listensOnTcp = true;
        auto plain = testsupport::PostgresServer::start(options);
        QVERIFY2(plain, testsupport::failureText(plain).constData());
        m_plain = std::move(*plain);
        options.settings = {q("ssl=on"), q("ssl_cert_file=") + path("server.crt"), q("ssl_key_file=") + path("server.key")};
        auto server = testsupport::PostgresServer::start(options);
        QVERIFY2(server, testsupport::failureText(server).constData());
        m_server = std::move(*server);
    }

    void everyModeThatHoldsIsEncryptedAndSaysWhatItProves_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("hasRoot");
        QTest::addColumn<int>("proof");
        QTest::newRow("prefer") << q("prefer") << false << int(SslProof::EncryptedMaybe);
        QTest::newRow("require") << q("require") << false << int(SslProof::Encrypted);
        QTest::newRow("verify-ca") << q("verify-ca") << true << int(SslProof::Authority);
        QTest::newRow("verify-full") << q("verify-full") << true << int(SslProof::Host);
    }
    void everyModeThatHoldsIsEncryptedAndSaysWhatItProves()
    {
        QFETCH(const QString, mode);
        QFETCH(const bool, hasRoot);
        QFETCH(const int, proof);
        const auto report = testConnection(spec(*m_server, qPrintable(mode), hasRoot ? "ours.crt" : nullptr));
        VERIFY_OK(report);
        QCOMPARE(report->encryption.kind, Encryption::Kind::Tls);
        QVERIFY(report->encryption.protocol.startsWith(q("TLSv1.")));
        QVERIFY(!report->encryption.cipher.isEmpty());
        QCOMPARE(report->sslMode, mode);
        QCOMPARE(int(*sslModeProof(report->sslMode)), proof);
    }

    void withoutEncryptionItIsSaidToo()
    {
        const auto report = testConnection(spec(*m_server, "disable"));
        VERIFY_OK(report);
        QCOMPARE(report->encryption.kind, Encryption::Kind::None);
        const auto preferred = testConnection(spec(*m_plain, "prefer"));
        VERIFY_OK(preferred);
        QCOMPARE(preferred->encryption.kind, Encryption::Kind::None);
        QCOMPARE(sslModeProof(preferred->sslMode), SslProof::EncryptedMaybe);
    }

    void whatDoesNotHoldIsNoConnection_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("root");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("hasTls");
        QTest::addColumn<QString>("words");
        QTest::newRow("another authority, verify-ca")
            << q("verify-ca") << q("another.crt") << q("localhost") << true << q("certificate verify failed");
        QTest::newRow("another authority, verify-full")
            << q("verify-full") << q("another.crt") << q("localhost") << true << q("certificate verify failed");
        QTest::newRow("require with a root file checks it too")
            << q("require") << q("another.crt") << q("localhost") << true << q("certificate verify failed");
        QTest::newRow("another name") << q("verify-full") << q("ours.crt") << q("db.example.com") << true
                                      << q("server certificate for \"localhost\" does not match host name \"db.example.com\"");
        QTest::newRow("no root file") << q("verify-full") << q("missing.crt") << q("localhost") << true << q("missing.crt\" does not exist");
        QTest::newRow("no TLS there") << q("require") << QString() << q("localhost") << false << q("server does not support SSL");
    }
    void whatDoesNotHoldIsNoConnection()
    {
        QFETCH(const QString, mode);
        QFETCH(const QString, root);
        QFETCH(const QString, host);
        QFETCH(const bool, hasTls);
        QFETCH(const QString, words);
        const QByteArray rootFile = root.toUtf8();
        const auto refused =
            testConnection(spec(hasTls ? *m_server : *m_plain, qPrintable(mode), root.isEmpty() ? nullptr : rootFile.constData(), qPrintable(host)));
        COMPARE_ERROR(refused, ErrorCode::ConnectionRefused);
        QVERIFY2(sentence(refused.error()).contains(words), qPrintable(sentence(refused.error())));
        QVERIFY2(sentence(refused.error()).contains(host), qPrintable(sentence(refused.error())));
    }
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
