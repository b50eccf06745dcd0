// SPDX-License-Identifier: GPL-3.0-or-later
// No server is asked for what its version does not have. Source: PostgreSQL, "Release Notes" 13 to 18, "System Catalogs", "System Views".
#include "database/blockers.h"
#include "database/catalog.h"
#include "database/fakesession.h"
#include "database/leftovers.h"
#include "database/runlock.h"
#include "result.h"

#include <QRegularExpression>
#include <QTest>

using namespace stillroom;
using namespace stillroom::database;

namespace {

struct Newer {
    const char *word;
    int since;
};
constexpr Newer kNewer[] = {
    {"tgparentid", 13},          {"leader_pid", 13},     {"attcompression", 14}, {"query_id", 14},
    {"waitstart", 14},           {"datlocprovider", 15}, {"daticulocale", 15},   {"colliculocale", 15},
    {"indnullsnotdistinct", 15}, {"confdelsetcols", 15}, {"daticurules", 16},    {"collicurules", 16},
    {"transaction_timeout", 17}, {"datlocale", 17},      {"colllocale", 17},     {"pg_wait_events", 17},
    {"stxstattarget", 17},       {"conenforced", 18},    {"conperiod", 18},      {"pg_get_loaded_modules", 18},
};

/// What the reading of a catalog, of leftovers, of blockers and of the run's lock asks.
QStringList askedOf(int version)
{
    FakeSession session;
    session.version = version * 10'000;
    session.answer = [](const QString &sql) -> std::optional<Result<Outcome>> {
        // The glance at whether there are leftovers finds one, so that it is asked which.
        return sql.endsWith(QLatin1String("LIMIT 1")) ? std::optional<Result<Outcome>>(Outcome{.rows = {{}}}) : std::nullopt;
    };
    const sql::QualifiedName table{{}, sql::Identifier{QStringLiteral("alembic_version")}};
    std::ignore = readCatalog(session, table);
    std::ignore = findLeftovers(session);
    std::ignore = blockersOf(session, 1);
    std::ignore = RunLock::take(session, table, {.timeoutMs = 0});
    return session.statements;
}

} // namespace

class ServerVersionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingNewerThanTheServerIsAsked_data()
    {
        QTest::addColumn<int>("version");
        for (int version = 12; version <= 18; ++version)
            QTest::addRow("PostgreSQL %d", version) << version;
    }
    void nothingNewerThanTheServerIsAsked()
    {
        QFETCH(int, version);
        const QStringList asked = askedOf(version);
        QVERIFY2(asked.size() >= 8, qPrintable(asked.join(QLatin1Char('\n'))));
        const QString text = asked.join(QLatin1Char('\n'));
        for (const Newer &newer : kNewer) {
            if (version < newer.since)
                QVERIFY2(!text.contains(QRegularExpression(QStringLiteral("\\b%1\\b").arg(QLatin1String(newer.word)))), newer.word);
        }
    }

    void aConstraintThatIsNotEnforcedIsNoLeftover() { QVERIFY(askedOf(18).join(QLatin1Char('\n')).contains(QLatin1String("conenforced"))); }
};

QTEST_GUILESS_MAIN(ServerVersionsTest)
#include "tst_serverversions.moc"
