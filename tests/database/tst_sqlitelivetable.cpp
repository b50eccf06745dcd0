// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/catalog.h"

#include <QTest>

using namespace stillroom;

/// What a rebuild on SQLite has to know of the table as it stands.
class TestSqliteLiveTable : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<database::Session> m_session;

    void execute(const char *sql)
    {
        const auto done = m_session->execute(QString::fromUtf8(sql));
        QVERIFY2(done.has_value(), sql);
    }
    [[nodiscard]] std::optional<dialect::StandingTable> table(const char *name) const
    {
        const auto found = database::liveSchemaLookup(*m_session)->table({{}, QString::fromUtf8(name)});
        return found ? *found : std::nullopt;
    }

private Q_SLOTS:
    void init()
    {
        database::ConnectionSpec spec;
        spec.kind = dialect::DialectKind::Sqlite;
        spec.sqliteFile = QStringLiteral(":memory:");
        spec.createIfMissing = true;
        auto opened = database::Session::open(spec);
        QVERIFY(opened.has_value());
        m_session = std::move(*opened);
    }

    void aTableThatIsNotThereIsNotKnown() { QVERIFY(!table("nothing")); }

    void columnsIndexesAndTriggersComeWithTheTable()
    {
        execute("CREATE TABLE users (id INTEGER NOT NULL, email VARCHAR(80), CONSTRAINT pk PRIMARY KEY (id), UNIQUE (email))");
        execute("CREATE TABLE others (id INTEGER)");
        execute("CREATE INDEX ix_lower ON users (lower(email) DESC)");
        execute("CREATE INDEX ix_others ON others (id)");
        execute("CREATE TRIGGER watch AFTER INSERT ON users BEGIN SELECT 1; END");
        const auto standing = table("USERS");
        QVERIFY(standing);
        QCOMPARE(int(standing->table.columns.size()), 2);
        // The index behind UNIQUE has no text of its own: the constraint makes it.
        QCOMPARE(standing->indexSql, QStringList{QStringLiteral("CREATE INDEX ix_lower ON users (lower(email) DESC)")});
        QCOMPARE(standing->triggerSql.size(), 1);
    }

    void aViewOfAViewComesToo()
    {
        execute("CREATE TABLE users (id INTEGER, email TEXT)");
        execute("CREATE VIEW mails AS SELECT email FROM users");
        execute("CREATE VIEW many AS SELECT count(*) FROM mails");
        execute("CREATE VIEW apart AS SELECT 1");
        execute("CREATE TRIGGER t INSTEAD OF INSERT ON mails BEGIN SELECT 1; END");
        const auto standing = table("users");
        QVERIFY(standing);
        QCOMPARE(standing->viewNames, (QStringList{QStringLiteral("mails"), QStringLiteral("many")}));
        QCOMPARE(standing->triggerSql.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSqliteLiveTable)
#include "tst_sqlitelivetable.moc"
