// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/databaseurl.h"
#include "reference.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using namespace stillroom::project;

namespace {

DatabaseUrl parsed(const QString &text)
{
    const auto url = DatabaseUrl::parse(text, QStringLiteral("/project"));
    return url ? *url
               : DatabaseUrl{.kind = dialect::DialectKind::Sqlite, .keywords = {}, .sqliteFile = QStringLiteral("error"), .droppedOptions = {}};
}

QString value(const DatabaseUrl &url, const char *keyword)
{
    for (const auto &[name, text] : url.keywords)
        if (name == QLatin1String(keyword))
            return text;
    return {};
}

QString shown(const DatabaseUrl &url)
{
    QStringList words;
    for (const auto &[name, text] : url.keywords)
        words << name + QLatin1Char('=') + text;
    return words.join(QLatin1Char(' '));
}

} // namespace

class DatabaseUrlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void postgresqlAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("keywords");
        QTest::addColumn<QString>("dropped");
        const auto row = [](const char *text, const char *keywords, const char *dropped = "") {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(keywords) << QString::fromUtf8(dropped);
        };
        row("postgresql://u:p@h:5433/d", "host=h port=5433 dbname=d user=u password=p");
        row("postgres://u@h/d", "host=h dbname=d user=u");
        for (const char *driver : {"asyncpg", "psycopg", "psycopg2", "pg8000", "psycopg2cffi"})
            QTest::newRow(driver) << QStringLiteral("postgresql+%1://u:p@h/d").arg(QLatin1String(driver))
                                  << QStringLiteral("host=h dbname=d user=u password=p") << QString();
        row("postgresql://u%40x:p%2Fw%25%20+@h/d", "host=h dbname=d user=u@x password=p/w% +");
        row("postgresql://u:p/w@h/d", "host=h dbname=d user=u password=p/w");
        row("postgresql://u:@h/d", "host=h dbname=d user=u password=");
        row("postgresql://[::1]:5432/d", "host=::1 port=5432 dbname=d");
        row("postgresql:///d", "dbname=d");
        row("postgresql://", "");
        row("postgresql+psycopg2:///d?host=/var/run/postgresql", "dbname=d host=/var/run/postgresql");
        row("postgresql://%2Fvar%2Frun%2Fpostgresql/d", "host=/var/run/postgresql dbname=d");
        row("postgresql+psycopg2://u@/d?host=a:1&host=b:2", "dbname=d user=u host=a,b port=1,2");
        row("postgresql+psycopg2://u@/d?host=a,b&port=1,2", "dbname=d user=u host=a,b port=1,2");
        row("postgresql://u@a:1,b:2/d", "host=a,b port=1,2 dbname=d user=u");
        row("postgresql://u@h/d?sslmode=verify-full&sslrootcert=/ca.pem", "host=h dbname=d user=u sslmode=verify-full sslrootcert=/ca.pem");
        row("postgresql+asyncpg://u@h/d?ssl=require", "host=h dbname=d user=u sslmode=require");
        row("postgresql+asyncpg://u@h/d?prepared_statement_cache_size=0&server_settings=x", "host=h dbname=d user=u",
            "prepared_statement_cache_size server_settings");
        row("postgresql+asyncpg://u@h/d?ssl=perhaps", "host=h dbname=d user=u", "ssl");
        row("postgresql://u@h/d?options=-c%20search_path%3Dx&application_name=a+b",
            "host=h dbname=d user=u options=-c search_path=x application_name=a b");
        row("postgresql+pg8000://u@/d?unix_sock=/run/pg/.s.PGSQL.5432", "dbname=d user=u host=/run/pg");
        row("host=h dbname='my db' user=u", "host=h dbname=my db user=u");
        row("service=prod", "service=prod");
        row("  postgresql://u@h/d  ", "host=h dbname=d user=u");
    }

    void postgresqlAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, keywords);
        QFETCH(QString, dropped);
        const auto url = DatabaseUrl::parse(text, QStringLiteral("/project"));
        QVERIFY(url);
        QCOMPARE(url->kind, dialect::DialectKind::PostgreSql);
        QCOMPARE(shown(*url), keywords);
        QCOMPARE(url->droppedOptions.join(QLatin1Char(' ')), dropped);
    }

    void sqliteAddresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("file");
        const auto row = [](const char *text, const char *file) { QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(file); };
        row("sqlite:///rel.db", "/project/rel.db");
        row("sqlite:///./data/../rel.db", "/project/rel.db");
        row("sqlite:////abs/x.db", "/abs/x.db");
        row("sqlite+aiosqlite:///rel.db", "/project/rel.db");
        row("sqlite+pysqlite:////abs/x.db?timeout=5", "/abs/x.db");
        row("sqlite://", ":memory:");
        row("sqlite:///:memory:", ":memory:");
        row("sqlite:///file:data/x.db?mode=ro&uri=true", "/project/data/x.db");
        row("sqlite:///file:/abs/a%20b.db?uri=true", "/abs/a b.db");
        row("sqlite:///file::memory:?uri=true", ":memory:");
        row("library.db", "/project/library.db");
        row("/var/lib/x.sqlite3", "/var/lib/x.sqlite3");
    }

    void sqliteAddresses()
    {
        QFETCH(QString, text);
        QFETCH(QString, file);
        const auto url = DatabaseUrl::parse(text, QStringLiteral("/project"));
        QVERIFY(url);
        QCOMPARE(url->kind, dialect::DialectKind::Sqlite);
        QCOMPARE(url->sqliteFile, file);
        QCOMPARE(url->readOnly, text.contains(QStringLiteral("mode=ro")));
    }

    void anExistingFileOfAnyNameIsASqliteAddress()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("data.bin")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(DatabaseUrl::parse(QStringLiteral("data.bin"), folder.path())->sqliteFile, QDir::cleanPath(file.fileName()));
        QVERIFY(!DatabaseUrl::parse(QStringLiteral("other.bin"), folder.path()));
    }

    void refusedAddressesSayWhyWithoutThePassword_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<ErrorCode>("code");
        const auto row = [](const char *text, ErrorCode code) { QTest::newRow(text) << QString::fromUtf8(text) << code; };
        row("", ErrorCode::UrlNotUnderstood);
        row("mysql://u:secret@h/d", ErrorCode::DialectUnknown);
        row("oracle+oracledb://u:secret@h/d", ErrorCode::DialectUnknown);
        row("sqlite+pysqlcipher://:secret@/x.db", ErrorCode::DialectUnknown);
        row("postgresql://u:secret@h:port/d", ErrorCode::UrlNotUnderstood);
        row("postgresql://u:sec@secret@h/d", ErrorCode::UrlNotUnderstood);
        row("sqlite://secret/x.db", ErrorCode::UrlNotUnderstood);
        row("u:secret@h/d", ErrorCode::UrlNotUnderstood);
        row("host=h password='secret", ErrorCode::UrlNotUnderstood);
        row("host=h colour=blue", ErrorCode::UrlNotUnderstood);
        row("nonsense", ErrorCode::UrlNotUnderstood);
    }

    void refusedAddressesSayWhyWithoutThePassword()
    {
        QFETCH(QString, text);
        QFETCH(ErrorCode, code);
        const auto url = DatabaseUrl::parse(text, QStringLiteral("/project"));
        QVERIFY(!url);
        QCOMPARE(url.error().code, code);
        QVERIFY(!(url.error().detail + url.error().subject).contains(QStringLiteral("secret")));
        QVERIFY(!(url.error().detail + url.error().subject).isEmpty());
    }

    void noPasswordIsEverShown()
    {
        for (const char *text : {"postgresql://u:secret@h:1/d?sslmode=require&sslpassword=secret",
                                 "host=h user=u password=secret dbname=d sslmode=require", "postgresql://u@h/d?password=secret&sslmode=require"}) {
            const QString display = parsed(QString::fromUtf8(text)).display();
            QVERIFY2(!display.contains(QStringLiteral("secret")), qPrintable(display));
            QVERIFY2(display.startsWith(QStringLiteral("postgresql://u@h")) && display.endsWith(QStringLiteral("sslmode=require")),
                     qPrintable(display));
        }
        QCOMPARE(parsed(QStringLiteral("postgresql://u:secret@[::1]:5433/d")).display(), QStringLiteral("postgresql://u@[::1]:5433/d"));
        QCOMPARE(parsed(QStringLiteral("postgresql://u@a:1,b:2/d")).display(), QStringLiteral("postgresql://u@a:1,b:2/d"));
        QCOMPARE(parsed(QStringLiteral("postgresql:///d?host=/run/pg")).display(), QStringLiteral("postgresql:///d?host=/run/pg"));
    }

    void theDatabaseIsNamed()
    {
        QCOMPARE(parsed(QStringLiteral("postgresql://u@h/d")).databaseName(), QStringLiteral("d"));
        QCOMPARE(parsed(QStringLiteral("postgresql://u@h")).databaseName(), QStringLiteral("u"));
        QCOMPARE(parsed(QStringLiteral("sqlite:////abs/x.db")).databaseName(), QStringLiteral("x.db"));
    }

    void userPasswordHostPortAndDatabaseAreSqlalchemys()
    {
        const QStringList texts{QStringLiteral("postgresql+asyncpg://u:p@h:1/d"),
                                QStringLiteral("postgresql+psycopg2://u%3Ax:p%40w@h/d"),
                                QStringLiteral("postgresql+psycopg2://u:a+b%2B@h/d?x=1"),
                                QStringLiteral("postgresql+psycopg2://u:p:q@h/d"),
                                QStringLiteral("postgresql+psycopg2://u:p/q?r@h/d"),
                                QStringLiteral("postgresql+psycopg2://[2001:db8::1]/d"),
                                QStringLiteral("postgresql+psycopg2://h/d%20e"),
                                QStringLiteral("postgresql+psycopg2://@h/d"),
                                QStringLiteral("postgresql+psycopg2://u:@h"),
                                QStringLiteral("postgresql+psycopg2:///d")};
        for (const QString &text : texts) {
            const QJsonObject theirs = m_reference.ask(QStringLiteral("url"), text);
            QVERIFY2(!theirs.isEmpty() && !theirs.contains(QStringLiteral("error")), qPrintable(text));
            const DatabaseUrl ours = parsed(text);
            const auto compare = [&](const char *keyword, const char *part) {
                const QString expected = theirs[QLatin1String(part)].toVariant().toString();
                QVERIFY2(value(ours, keyword) == expected, qPrintable(text + QLatin1Char(' ') + QLatin1String(part) + QLatin1Char(' ') + expected));
            };
            compare("user", "user");
            compare("password", "password");
            compare("host", "host");
            compare("port", "port");
            compare("dbname", "database");
        }
    }

private:
    Reference m_reference;
};

QTEST_GUILESS_MAIN(DatabaseUrlTest)
#include "tst_databaseurl.moc"
