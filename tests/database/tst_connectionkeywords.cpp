// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connectionkeywords.h"
#include "database/connectiontest.h"
#include "postgresserver.h"
#include "result.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace stillroom;
using namespace stillroom::database;

class TestConnectionKeywords : public QObject {
    Q_OBJECT
private:
    QTemporaryDir m_folder;

    static EffectiveValue of(const KeywordValues &given, const char *keyword)
    {
        const auto values = effectiveValues(given);
        if (!values)
            return {};
        const auto found = std::ranges::find(*values, QString::fromLatin1(keyword), [](const EffectiveValue &v) { return v.keyword.name; });
        return found == values->end() ? EffectiveValue{} : *found;
    }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)); // libpq reads no other password file
    }

private Q_SLOTS:
    void init()
    {
        for (const char *variable : {"PGSERVICE", "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGOPTIONS", "PGHOSTADDR"})
            qunsetenv(variable);
        qputenv("PGSERVICEFILE", m_folder.filePath(QStringLiteral("services")).toLocal8Bit());
        qputenv("PGPASSFILE", m_folder.filePath(QStringLiteral("passwords")).toLocal8Bit());
        write(QStringLiteral("services"), "[shop]\nhost=db.shop.example\nport=6543\ndbname=shop\nsslmode=verify-full\n");
        write(QStringLiteral("passwords"), "db.shop.example:6543:shop:anna:sesame\n");
    }

    void libpqTellsItsKeywords()
    {
        const auto keywords = connectionKeywords();
        const auto find = [&keywords](const char *name) { return std::ranges::find(keywords, QString::fromLatin1(name), &ConnectionKeyword::name); };
        QVERIFY(keywords.size() > 25);
        QVERIFY(find("sslmode") != keywords.end());
        QCOMPARE(find("sslmode")->environmentVariable, QStringLiteral("PGSSLMODE"));
        QCOMPARE(find("port")->builtIn, QStringLiteral("5432"));
        QCOMPARE(find("password")->shown, ConnectionKeyword::Shown::Secret);
        QCOMPARE(find("sslpassword")->shown, ConnectionKeyword::Shown::Secret);
        QCOMPARE(find("passfile")->shown, ConnectionKeyword::Shown::Plain);
    }

    void eachValueNamesItsSource()
    {
        qputenv("PGHOST", "from.environment.example");
        const KeywordValues given{{QStringLiteral("user"), QStringLiteral("anna")}};
        QCOMPARE(of(given, "user").source, ValueSource::Given);
        QCOMPARE(of(given, "host").source, ValueSource::Environment);
        QCOMPARE(of(given, "host").from, QStringLiteral("PGHOST"));
        QCOMPARE(of(given, "port").source, ValueSource::BuiltIn);
        QCOMPARE(of(given, "port").value, QStringLiteral("5432"));
        QCOMPARE(of(given, "dbname").value, QStringLiteral("anna")); // libpq: as the user
        QCOMPARE(of(given, "dbname").source, ValueSource::BuiltIn);
        QCOMPARE(of(given, "sslrootcert").source, ValueSource::None);
    }

    void aServiceGoesBeforeTheEnvironment()
    {
        qputenv("PGHOST", "from.environment.example");
        const KeywordValues given{{QStringLiteral("service"), QStringLiteral("shop")}, {QStringLiteral("port"), QStringLiteral("7777")}};
        QCOMPARE(of(given, "host").value, QStringLiteral("db.shop.example"));
        QCOMPARE(of(given, "host").source, ValueSource::Service);
        QCOMPARE(of(given, "host").from, QStringLiteral("shop"));
        QCOMPARE(of(given, "port").source, ValueSource::Given);
        QCOMPARE(of(given, "port").value, QStringLiteral("7777"));
        QCOMPARE(of(given, "sslmode").value, QStringLiteral("verify-full"));
        QCOMPARE(of(given, "sslmode").source, ValueSource::Service);
    }

    void aServiceOfTheEnvironmentCountsAsWell()
    {
        qputenv("PGSERVICE", "shop");
        QCOMPARE(of({}, "host").value, QStringLiteral("db.shop.example"));
        QCOMPARE(of({}, "host").source, ValueSource::Service);
        QCOMPARE(effectiveValue({}, QStringLiteral("sslmode")), QStringLiteral("verify-full"));
    }

    void aServiceThatDoesNotExistIsLibpqsOwnError()
    {
        const auto values = effectiveValues({{QStringLiteral("service"), QStringLiteral("nowhere")}});
        COMPARE_ERROR(values, ErrorCode::ConnectionRefused);
        QVERIFY2(values.error().detail.contains(QStringLiteral("nowhere")), qPrintable(values.error().detail));
    }

    void aPasswordIsToldToBeThereAndNeverShown()
    {
        const KeywordValues anna{{QStringLiteral("service"), QStringLiteral("shop")}, {QStringLiteral("user"), QStringLiteral("anna")}};
        QCOMPARE(of(anna, "password").source, ValueSource::PasswordFile);
        QCOMPARE(of(anna, "password").from, m_folder.filePath(QStringLiteral("passwords")));
        QCOMPARE(of(anna, "password").value, QString());
        QCOMPARE(passwordFromFile(anna), QStringLiteral("sesame"));
        KeywordValues bert = anna;
        bert.back().second = QStringLiteral("bert");
        QCOMPARE(of(bert, "password").source, ValueSource::None);
        QCOMPARE(passwordFromFile(bert), QString());
        KeywordValues typed = anna;
        typed.emplace_back(QStringLiteral("password"), QStringLiteral("typed"));
        QCOMPARE(of(typed, "password").source, ValueSource::Given);
        QCOMPARE(of(typed, "password").value, QString());
        qputenv("PGPASSWORD", "variable");
        QCOMPARE(of(anna, "password").source, ValueSource::Environment);
        QCOMPARE(of(anna, "password").value, QString());
    }

    void aTestTellsWhoOneIsAndWhatProtectsTheConnection()
    {
        const auto database = testsupport::PostgresServer::shared().createDatabase();
        ConnectionSpec spec;
        spec.kind = dialect::DialectKind::PostgreSql;
        spec.keywords = database->keywords();
        auto report = testConnection(spec);
        VERIFY_OK(report);
        QCOMPARE(report->database, database->name());
        QVERIFY(!report->user.isEmpty());
        QVERIFY(report->serverVersion.startsWith(QStringLiteral("PostgreSQL ")));
        QVERIFY(!report->isReadOnly);
        QCOMPARE(report->encryption.kind, Encryption::Kind::NoNetwork);
        spec.readOnly = true;
        report = testConnection(spec);
        VERIFY_OK(report);
        QVERIFY(report->isReadOnly);
    }

    void aTestOfAMissingFileMakesNone()
    {
        ConnectionSpec spec;
        spec.sqliteFile = m_folder.filePath(QStringLiteral("none.db"));
        spec.createIfMissing = true;
        COMPARE_ERROR(testConnection(spec), ErrorCode::DatabaseFileMissing);
        QVERIFY(!QFile::exists(spec.sqliteFile));
    }

    void everySslModeProvesSomethingKnown()
    {
        QCOMPARE(sslModeProof(QStringLiteral("disable")), SslProof::Nothing);
        QCOMPARE(sslModeProof(QStringLiteral("prefer")), SslProof::EncryptedMaybe);
        QCOMPARE(sslModeProof(QStringLiteral("require")), SslProof::Encrypted);
        QCOMPARE(sslModeProof(QStringLiteral("verify-ca")), SslProof::Authority);
        QCOMPARE(sslModeProof(QStringLiteral("verify-full")), SslProof::Host);
        QCOMPARE(sslModeProof(QStringLiteral("nonsense")), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestConnectionKeywords)
#include "tst_connectionkeywords.moc"
