// SPDX-License-Identifier: GPL-3.0-or-later
#include "normalise.h"
#include "postgresserver.h"
#include "realalembic.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom::conformance;
using stillroom::testsupport::PostgresServer;
using stillroom::testsupport::TestDatabase;

namespace {

/// A database of one kind with its schema as text, for either program.
class Target {
public:
    explicit Target(const QString &dialect)
    {
        if (dialect == QLatin1String("postgresql"))
            m_database = PostgresServer::shared().createDatabase();
    }
    [[nodiscard]] QString url() const { return m_database ? m_database->url() : QStringLiteral("sqlite:///") + file(); }
    [[nodiscard]] QStringList schema() const
    {
        if (m_database) {
            const auto dump = m_database->schemaDump();
            return dump ? dump->split(QLatin1Char('\n')) : QStringList{dump.error()};
        }
        const auto lines = sqliteSchema(file());
        return lines ? normalisedSqliteSchema(*lines) : QStringList{lines.error()};
    }

private:
    [[nodiscard]] QString file() const { return m_folder.filePath(QStringLiteral("test.db")); }
    std::unique_ptr<TestDatabase> m_database;
    QTemporaryDir m_folder;
};

QString firstDifference(const QStringList &ours, const QStringList &alembics)
{
    for (qsizetype i = 0; i < std::max(ours.size(), alembics.size()); ++i) {
        if (ours.value(i) != alembics.value(i))
            return QStringLiteral("line %1:\n  stillroom: %2\n  alembic:   %3").arg(QString::number(i), ours.value(i), alembics.value(i));
    }
    return {};
}

} // namespace

/// The demo and the five fixture projects, walked by Stillroom and by real Alembic side by side.
class ProjectsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void walksLeaveTheSameSchema_data() { rows(); }
    void walksLeaveTheSameSchema();
    void eachGoesOnWhereTheOtherStopped_data() { rows(); }
    void eachGoesOnWhereTheOtherStopped();
    void offlineSqlEqualsAlembics_data() { rows(); }
    void offlineSqlEqualsAlembics();
    void whatWasPreviewedIsWhatTheServerReceived_data();
    void whatWasPreviewedIsWhatTheServerReceived();

private:
    static void rows()
    {
        QTest::addColumn<Fixture>("fixture");
        QTest::addColumn<QString>("dialect");
        for (const Fixture &fixture : fixtures()) {
            for (const QString &dialect : fixture.dialects)
                QTest::addRow("%s on %s", qPrintable(fixture.name), qPrintable(dialect)) << fixture << dialect;
        }
    }
    static Finished stillroom(const Fixture &fixture, const Target &target, const QStringList &arguments)
    {
        return runStillroom(QStringLiteral(STILLROOM_CLI), fixture, target.url(), arguments);
    }
};
Q_DECLARE_METATYPE(stillroom::conformance::Fixture)

#define QVERIFY_FINISHED(call)                                                                                                                       \
    do {                                                                                                                                             \
        const Finished finished = call;                                                                                                              \
        QVERIFY2(finished.status == 0, qPrintable(finished.output.right(2000) + finished.errors.right(4000)));                                       \
    } while (false)

void ProjectsTest::walksLeaveTheSameSchema()
{
    QFETCH(Fixture, fixture);
    QFETCH(QString, dialect);
    const Target ours(dialect);
    const Target alembics(dialect);
    const QList<std::pair<QString, QString>> walks{{QStringLiteral("upgrade"), QStringLiteral("heads")},
                                                   {QStringLiteral("downgrade"), QStringLiteral("base")},
                                                   {QStringLiteral("upgrade"), QStringLiteral("heads")},
                                                   {QStringLiteral("downgrade"), QStringLiteral("base")}};
    for (const auto &[verb, target] : walks) {
        QVERIFY_FINISHED(stillroom(fixture, ours, {verb, target}));
        QVERIFY_FINISHED(runAlembic(fixture, alembics.url(), {verb, target}));
        QVERIFY2(ours.schema() == alembics.schema(), qPrintable(verb + QLatin1Char(' ') + firstDifference(ours.schema(), alembics.schema())));
    }
}

void ProjectsTest::eachGoesOnWhereTheOtherStopped()
{
    QFETCH(Fixture, fixture);
    QFETCH(QString, dialect);
    const Target mixed(dialect);
    const Target alembics(dialect);
    const Finished history = stillroom(fixture, mixed, {QStringLiteral("history"), QStringLiteral("--json")});
    const QJsonArray revisions = QJsonDocument::fromJson(history.output.toUtf8()).object().value(QStringLiteral("revisions")).toArray();
    QVERIFY(revisions.size() >= 4);
    const QString early = revisions[revisions.size() * 3 / 4].toObject().value(QStringLiteral("revision")).toString();
    const QString late = revisions[revisions.size() / 4].toObject().value(QStringLiteral("revision")).toString();

    QVERIFY_FINISHED(stillroom(fixture, mixed, {QStringLiteral("upgrade"), early}));
    QVERIFY_FINISHED(runAlembic(fixture, mixed.url(), {QStringLiteral("upgrade"), late}));
    QVERIFY_FINISHED(stillroom(fixture, mixed, {QStringLiteral("upgrade"), QStringLiteral("heads")}));
    QVERIFY_FINISHED(runAlembic(fixture, alembics.url(), {QStringLiteral("upgrade"), QStringLiteral("heads")}));
    QVERIFY2(mixed.schema() == alembics.schema(), qPrintable(firstDifference(mixed.schema(), alembics.schema())));

    const Finished current = stillroom(fixture, mixed, {QStringLiteral("current"), QStringLiteral("--check-heads")});
    QCOMPARE(current.status, 0);
    QVERIFY_FINISHED(runAlembic(fixture, mixed.url(), {QStringLiteral("downgrade"), early}));
    QVERIFY_FINISHED(stillroom(fixture, mixed, {QStringLiteral("downgrade"), QStringLiteral("base")}));
    QVERIFY_FINISHED(runAlembic(fixture, alembics.url(), {QStringLiteral("downgrade"), QStringLiteral("base")}));
    QVERIFY2(mixed.schema() == alembics.schema(), qPrintable(firstDifference(mixed.schema(), alembics.schema())));
}

void ProjectsTest::offlineSqlEqualsAlembics()
{
    QFETCH(Fixture, fixture);
    QFETCH(QString, dialect);
    const Target target(dialect);
    const QList<QStringList> requests{{QStringLiteral("upgrade"), QStringLiteral("base:heads"), QStringLiteral("--sql")},
                                      {QStringLiteral("downgrade"), QStringLiteral("heads:base"), QStringLiteral("--sql")}};
    for (const QStringList &arguments : requests) {
        const Finished ours = stillroom(fixture, target, arguments);
        const Finished alembics = runAlembic(fixture, target.url(), arguments);
        if (alembics.status != 0)
            continue; // Alembic itself cannot print it: nothing to be equal to
        QVERIFY2(ours.status == 0, qPrintable(ours.errors));
        QStringList mine = normalisedStatements(ours.output, sqlalchemyVersion());
        QStringList theirs = normalisedStatements(alembics.output, sqlalchemyVersion());
        if (arguments.first() == QLatin1String("downgrade")) {
            mine = withoutVersionStatements(mine);
            theirs = withoutVersionStatements(theirs);
        }
        QVERIFY(theirs.size() > 5);
        QVERIFY2(mine == theirs, qPrintable(arguments.join(QLatin1Char(' ')) + QLatin1Char(' ') + firstDifference(mine, theirs)));
    }
}

void ProjectsTest::whatWasPreviewedIsWhatTheServerReceived_data()
{
    QTest::addColumn<Fixture>("fixture");
    for (const Fixture &fixture : fixtures())
        QTest::addRow("%s", qPrintable(fixture.name)) << fixture;
}

/// The server's own log beside the preview, revision by revision: every previewed statement arrives, to the letter and in
/// order; of one that needs the database, those up to where its preview stops.
void ProjectsTest::whatWasPreviewedIsWhatTheServerReceived()
{
    QFETCH(Fixture, fixture);
    const auto database = PostgresServer::shared().createDatabase();
    QVERIFY(database->logStatements());
    const QString cli = QStringLiteral(STILLROOM_CLI);
    const Finished rendered = runStillroom(
        cli, fixture, database->url(),
        {QStringLiteral("render"), QStringLiteral("--all"), QStringLiteral("--json"), QStringLiteral("--direction"), QStringLiteral("upgrade")});
    QHash<QString, QJsonObject> bodies;
    for (const auto &value : QJsonDocument::fromJson(rendered.output.toUtf8()).object().value(QStringLiteral("revisions")).toArray())
        bodies.insert(value[QStringLiteral("revision")].toString(), value[QStringLiteral("upgrade")].toObject());
    const Finished run = runStillroom(cli, fixture, database->url(), {QStringLiteral("upgrade"), QStringLiteral("heads"), QStringLiteral("--json")});
    QVERIFY2(run.status == 0, qPrintable(run.errors));

    QStringList received;
    for (const QString &statement : database->loggedStatements(QStringLiteral("stillroom")))
        received.append(statement.simplified());
    qsizetype at = 0;
    const QJsonArray steps = QJsonDocument::fromJson(run.output.toUtf8()).object().value(QStringLiteral("steps")).toArray();
    QCOMPARE(steps.size(), bodies.size());
    for (const auto &step : steps) {
        const QString revision = step[QStringLiteral("revision")].toString();
        const QJsonObject body = bodies.value(revision);
        for (const auto &value : body.value(QStringLiteral("statements")).toArray()) {
            QString sql = value[QStringLiteral("sql")].toString().simplified();
            if (value[QStringLiteral("notes")].toArray().size() > 0 && sql.contains(QLatin1String("NULL")))
                continue; // printed as Alembic's offline mode does, which the note says; a run uses the values
            at = received.indexOf(sql, at);
            QVERIFY2(at >= 0, qPrintable(QStringLiteral("%1: the server never received %2").arg(revision, sql)));
            ++at;
        }
    }
}

QTEST_GUILESS_MAIN(ProjectsTest)
#include "tst_projects.moc"
