// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sentence.h"
#include "database/catalog.h"
#include "database/fakesession.h"
#include "migration/planning.h"
#include "migration/runner.h"
#include "result.h"
#include "scripts.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom;
using namespace stillroom::migration;
using database::FakeSession;
using database::Outcome;
using database::Session;
using testsupport::kVersionTable;
using testsupport::Scripts;
using testsupport::Told;

namespace {

/// A real session in which the call number `failsAtCall` fails before it reaches the database.
class Failing final : public Session {
public:
    Failing(Session &real, int failsAtCall) : m_real(real), m_failsAtCall(failsAtCall) {}
    int calls = 0;

    [[nodiscard]] dialect::DialectKind kind() const override { return m_real.kind(); }
    [[nodiscard]] Result<Outcome> execute(const QString &sql) override { return fails() ? failure(sql) : m_real.execute(sql); }
    [[nodiscard]] Result<void> begin() override { return fails() ? Result<void>(failure(QStringLiteral("BEGIN"))) : m_real.begin(); }
    [[nodiscard]] Result<void> commit() override { return fails() ? Result<void>(failure(QStringLiteral("COMMIT"))) : m_real.commit(); }
    [[nodiscard]] Result<void> rollback() override { return m_real.rollback(); }
    [[nodiscard]] database::TransactionState transactionState() const override { return m_real.transactionState(); }
    [[nodiscard]] bool isUsable() const override { return m_real.isUsable(); }
    [[nodiscard]] std::shared_ptr<database::CancelHandle> cancelHandle() override { return m_real.cancelHandle(); }
    void setNoticeReceiver(std::function<void(const database::Notice &)> receiver) override { m_real.setNoticeReceiver(std::move(receiver)); }
    [[nodiscard]] QString serverVersion() const override { return m_real.serverVersion(); }
    [[nodiscard]] int serverVersionNumber() const override { return m_real.serverVersionNumber(); }
    [[nodiscard]] QStringList sessionSettings() const override { return m_real.sessionSettings(); }

private:
    bool fails() { return ++calls == m_failsAtCall; }
    static std::unexpected<Error> failure(const QString &sql)
    {
        return std::unexpected(Error{.code = ErrorCode::StatementFailed, .detail = QStringLiteral("scripted failure"), .statement = sql});
    }
    Session &m_real;
    int m_failsAtCall;
};

std::unique_ptr<Session> openFile(const QString &path)
{
    database::ConnectionSpec spec;
    spec.sqliteFile = path;
    spec.createIfMissing = true;
    auto session = Session::open(spec);
    return session ? std::move(*session) : nullptr;
}

QStringList tablesIn(Session &session)
{
    QStringList names;
    const auto read =
        session.execute(QStringLiteral("SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'alembic_version' ORDER BY name"));
    for (const auto &row : read->rows)
        names.append(row.front().toString());
    return names;
}

/// A PostgreSQL with a version table that keeps its rows, and changes `changedRows` of them at each UPDATE and DELETE.
std::unique_ptr<FakeSession> fakeAt(const QStringList &rows, qint64 changedRows = 1)
{
    auto session = std::make_unique<FakeSession>();
    session->answer = [rows = QStringList(rows), changedRows](const QString &sql) mutable -> std::optional<Result<Outcome>> {
        static const QRegularExpression literal(QStringLiteral("'([^']*)'"));
        Outcome outcome;
        if (sql.startsWith(QLatin1String("SELECT version_num"))) {
            for (const QString &row : rows)
                outcome.rows.push_back({row});
            return outcome;
        }
        if (sql.contains(QLatin1String("pg_constraint"))) // nothing is left over
            return outcome;
        if (sql.contains(QLatin1String("to_regclass")) || sql.contains(QLatin1String("pg_class")) || sql.contains(QLatin1String("advisory"))) {
            outcome.rows.push_back({true});
            return outcome;
        }
        QStringList names;
        for (auto match = literal.globalMatch(sql); match.hasNext();)
            names.append(match.next().captured(1));
        if (sql.startsWith(QLatin1String("INSERT INTO alembic_version")))
            rows.append(names.value(0));
        if (sql.startsWith(QLatin1String("UPDATE alembic_version")) && changedRows == 1)
            rows.replace(rows.indexOf(names.value(1)), names.value(0));
        outcome.rowsAffected = changedRows;
        return outcome;
    };
    return session;
}

/// What the session was told, without the statements about the run's lock and what is left over.
QStringList toldTo(const FakeSession &session)
{
    QStringList statements;
    for (const QString &sql : session.statements) {
        if (!sql.contains(QLatin1String("advisory")) && !sql.contains(QLatin1String("pg_constraint")) && !sql.contains(QLatin1String("lock_timeout")))
            statements.append(sql);
    }
    return statements;
}

QStringList appliedIn(const QStringList &all, const QStringList &versionRows)
{
    return versionRows.isEmpty() ? QStringList() : all.mid(0, all.indexOf(versionRows.first()) + 1);
}

} // namespace

/// What a run leaves behind, whatever fails and wherever (design.md, promise 4).
class RunnerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whereverAStatementFailsTheDatabaseIsExactlyAtARevision()
    {
        Scripts scripts;
        const QStringList ids{QStringLiteral("a1"), QStringLiteral("b2"), QStringLiteral("c3")};
        for (const QString &id : ids)
            scripts.addTables(id);
        const auto project = scripts.open();
        VERIFY_OK(project);
        const std::atomic<bool> stop = false;
        bool succeeded = false;
        int failures = 0;
        for (int call = 1; !succeeded; ++call) {
            QVERIFY(call < 200);
            const QString file = scripts.path(QStringLiteral("%1.db").arg(call));
            const auto real = openFile(file);
            const auto plan = makePlan(*project, *real, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
            VERIFY_OK(plan);
            Failing session(*real, call);
            Told told;
            succeeded = run(*project, session, {*plan, file}, stop, told.listener()).has_value();
            const auto rows = database::readVersionRows(*real, kVersionTable);
            VERIFY_OK(rows);
            QStringList expected;
            for (const QString &id : appliedIn(ids, rows->rows))
                expected += {QStringLiteral("t_") + id, QStringLiteral("u_") + id};
            expected.sort();
            QCOMPARE(tablesIn(*real), expected); // each revision whole or not at all, and the row says which
            if (succeeded) {
                QCOMPARE(rows->rows, QStringList{QStringLiteral("c3")});
                break;
            }
            ++failures;
            const auto failed = told.of<RunFailed>();
            QCOMPARE(failed.size(), std::size_t(1));
            QCOMPARE(failed.front().applied, appliedIn(ids, rows->rows));
            QCOMPARE(failed.front().applied + failed.front().notApplied, ids);
            QVERIFY(failed.front().leftOutsideTransaction.isEmpty());
            // A second run completes what the first could not.
            const auto rest = makePlan(*project, *real, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
            VERIFY_OK(rest);
            VERIFY_OK(run(*project, *real, {*rest, file}, stop, [](const RunEvent &) {}));
            QCOMPARE(tablesIn(*real).size(), 6);
        }
        QVERIFY2(failures > 15, qPrintable(QString::number(failures)));
    }

    void aDowngradeToBaseLeavesNoRowAndNoTable()
    {
        Scripts scripts;
        for (const char *id : {"a1", "b2"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = openFile(scripts.path(QStringLiteral("x.db")));
        const std::atomic<bool> stop = false;
        for (const auto &[kind, target] : {std::pair(revision::Plan::Kind::Upgrade, "head"), std::pair(revision::Plan::Kind::Downgrade, "base")}) {
            const auto plan = makePlan(*project, *session, {.kind = kind, .targets = {QLatin1String(target)}});
            VERIFY_OK(plan);
            VERIFY_OK(run(*project, *session, {*plan, {}}, stop, [](const RunEvent &) {}));
        }
        QCOMPARE(tablesIn(*session), QStringList());
        QCOMPARE(database::readVersionRows(*session, kVersionTable)->rows, QStringList());
    }

    void aRebuildOnSqliteKeepsTheRowsThatReferToTheTable()
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"),
                    {QStringLiteral("op.create_table('parent', sa.Column('id', sa.Integer, primary_key=True), sa.Column('n', sa.Integer))"),
                     QStringLiteral("op.execute('CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id) ON DELETE CASCADE)')"),
                     QStringLiteral("op.execute('INSERT INTO parent VALUES (1, 2)')"),
                     QStringLiteral("op.execute('INSERT INTO child VALUES (7, 1), (8, 99)')")});
        scripts.add(QStringLiteral("b2"), {QStringLiteral("with op.batch_alter_table('parent') as batch_op:"),
                                           QStringLiteral("    batch_op.alter_column('n', existing_type=sa.Integer(), nullable=False)")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = openFile(scripts.path(QStringLiteral("x.db")));
        QVERIFY(session->execute(QStringLiteral("PRAGMA foreign_keys=ON")));
        const std::atomic<bool> stop = false;
        Told told;
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        VERIFY_OK(run(*project, *session, {*plan, {}}, stop, told.listener()));
        const auto children = session->execute(QStringLiteral("SELECT count(*) FROM child"));
        QCOMPARE(children->rows.front().front().toInt(), 2);
        const auto notices = told.of<NoticeReceived>();
        QCOMPARE(notices.size(), std::size_t(1)); // the row that never had a parent
        QVERIFY2(notices.front().notice.text.contains(QLatin1String("child")), qPrintable(notices.front().notice.text));
        QCOMPARE(notices.front().step, 1);
    }

    void onPostgreSqlOneTransactionHoldsAllRevisionsUnlessTheProjectSaysOtherwise()
    {
        for (const bool perMigration : {false, true}) {
            Scripts scripts(perMigration);
            scripts.addTables(QStringLiteral("a1"));
            scripts.addTables(QStringLiteral("b2"));
            const auto project = scripts.open();
            VERIFY_OK(project);
            const auto session = fakeAt({});
            const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
            VERIFY_OK(plan);
            session->statements.clear();
            const std::atomic<bool> stop = false;
            Told told;
            VERIFY_OK(run(*project, *session, {*plan, {}}, stop, told.listener()));
            const int transactions = perMigration ? 2 : 1;
            QCOMPARE(session->statements.count(QStringLiteral("BEGIN")), transactions);
            QCOMPARE(session->statements.count(QStringLiteral("COMMIT")), transactions);
            QCOMPARE(told.of<Committed>().size(), std::size_t(transactions));
            QCOMPARE(told.of<StepDone>().front().committed, perMigration);
            QCOMPARE(told.of<RunDone>().front().versionRows, QStringList{QStringLiteral("b2")});
        }
    }

    void thePersonMayChooseTheTransactions_data()
    {
        QTest::addColumn<bool>("perMigration");
        QTest::addColumn<bool>("onSqlite");
        QTest::addColumn<int>("chosen");
        QTest::addColumn<int>("transactions");
        using enum RunRequest::Transactions;
        QTest::newRow("one, against the project") << true << false << int(One) << 1;
        QTest::newRow("each, against the project") << false << false << int(EachRevision) << 2;
        QTest::newRow("one on SQLite") << false << true << int(One) << 1;
        QTest::newRow("each on SQLite") << false << true << int(EachRevision) << 2;
    }
    void thePersonMayChooseTheTransactions()
    {
        QFETCH(const bool, perMigration);
        QFETCH(const bool, onSqlite);
        QFETCH(const int, chosen);
        QFETCH(const int, transactions);
        Scripts scripts(perMigration);
        scripts.addTables(QStringLiteral("a1"));
        scripts.add(QStringLiteral("b2"),
                    {QStringLiteral("op.create_table('half', sa.Column('id', sa.Integer))"), QStringLiteral("op.execute('SELECT nothing')")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        database::ConnectionSpec spec;
        spec.sqliteFile = scripts.path(QStringLiteral("x.db"));
        spec.createIfMissing = true;
        const std::unique_ptr<database::Session> session = onSqlite ? std::move(*database::Session::open(spec)) : fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const std::atomic<bool> stop = false;
        Told told;
        RunRequest request{.plan = *plan, .targetName = {}};
        request.transactions = RunRequest::Transactions(chosen);
        const auto done = run(*project, *session, request, stop, told.listener());
        if (!onSqlite) { // the fake takes every statement
            VERIFY_OK(done);
            QCOMPARE(told.of<Committed>().size(), std::size_t(transactions));
            return;
        }
        COMPARE_ERROR(done, ErrorCode::StatementFailed);
        QCOMPARE(testsupport::versionRows(*session), transactions == 1 ? QStringList() : QStringList{QStringLiteral("a1")});
        QVERIFY(!session->execute(QStringLiteral("SELECT 1 FROM half")));
    }

    void whatTheDatabaseRefusesGoesBeforeWhatTheScriptMeetsLater()
    {
        Scripts scripts;
        scripts.addTables(QStringLiteral("a1"));
        scripts.add(QStringLiteral("b2"), {QStringLiteral("op.execute('SELECT 1')"), QStringLiteral("op.execute('SELECT * FROM nowhere')"),
                                           QStringLiteral("raise RuntimeError('later')")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        session->answer = [before = session->answer](const QString &sql) -> std::optional<Result<database::Outcome>> {
            if (sql.contains(QLatin1String("nowhere")))
                return Result<database::Outcome>(std::unexpected(Error{.code = ErrorCode::StatementFailed, .sqlState = QStringLiteral("42P01")}));
            return before ? before(sql) : std::nullopt;
        };
        const std::atomic<bool> stop = false;
        Told told;
        const auto done = run(*project, *session, {*plan, {}}, stop, told.listener());
        COMPARE_ERROR(done, ErrorCode::StatementFailed);
        QCOMPARE(done.error().statement, QStringLiteral("SELECT * FROM nowhere"));
        QCOMPARE(done.error().revision, QStringLiteral("b2"));
        QVERIFY(done.error().file.endsWith(QLatin1String("b2.py")));
        QVERIFY(done.error().line > 0);
        // Started, done, started, done: as the server came to them.
        int open = 0;
        for (const RunEvent &event : told.all) {
            open += std::holds_alternative<StatementStarted>(event) ? 1 : std::holds_alternative<StatementDone>(event) ? -1 : 0;
            QVERIFY(open == 0 || open == 1);
        }
        QCOMPARE(open, 1);
    }

    void aStopEndsAfterTheRevisionThatRuns()
    {
        Scripts scripts(true);
        for (const char *id : {"a1", "b2", "c3"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        std::atomic<bool> stop = false;
        session->whileRunning = [&stop](const QString &sql) {
            if (sql.contains(QLatin1String("t_b2")))
                stop = true;
        };
        Told told;
        VERIFY_OK(run(*project, *session, {*plan, {}}, stop, told.listener()));
        const auto done = told.of<RunDone>();
        QCOMPARE(done.size(), std::size_t(1));
        QVERIFY(done.front().stopped);
        QCOMPARE(done.front().versionRows, QStringList{QStringLiteral("b2")});
        QVERIFY(session->statements.filter(QStringLiteral("c3")).isEmpty());
        QCOMPARE(toldTo(*session).last(), QStringLiteral("COMMIT"));
    }

    void aCancelRollsBackWhatRuns()
    {
        Scripts scripts(true);
        for (const char *id : {"a1", "b2"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const auto handle = session->cancelHandle();
        session->whileRunning = [&handle](const QString &sql) {
            if (sql.contains(QLatin1String("u_b2")))
                handle->cancel();
        };
        const std::atomic<bool> stop = false;
        Told told;
        COMPARE_ERROR(run(*project, *session, {*plan, {}}, stop, told.listener()), ErrorCode::Cancelled);
        QCOMPARE(toldTo(*session).last(), QStringLiteral("ROLLBACK"));
        const RunFailed failed = told.of<RunFailed>().front();
        QCOMPARE(failed.applied, QStringList{QStringLiteral("a1")});
        QCOMPARE(failed.notApplied, QStringList{QStringLiteral("b2")});
        QCOMPARE(told.of<RolledBack>().front().versionRows, QStringList{QStringLiteral("a1")});
    }

    void aCancelBetweenTwoStatementsRollsBackAsWell()
    {
        Scripts scripts(true);
        for (const char *id : {"a1", "b2"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        std::atomic<bool> stop = false, cancel = false;
        Told told;
        RunRequest request{.plan = *plan, .targetName = {}};
        request.cancel = &cancel;
        // After the answer of the statement that makes t_b2 and before the next one is sent: the session's own handle meets nothing.
        int answers = 0;
        const auto listener = [&](const RunEvent &event) {
            told.all.push_back(event);
            if (const auto *done = std::get_if<StatementDone>(&event); done && done->step == 1 && ++answers == 1)
                stop = cancel = true;
        };
        COMPARE_ERROR(run(*project, *session, request, stop, listener), ErrorCode::Cancelled);
        QCOMPARE(toldTo(*session).last(), QStringLiteral("ROLLBACK"));
        QVERIFY(session->statements.filter(QStringLiteral("INTO t_b2")).isEmpty());
        QCOMPARE(told.of<RunFailed>().front().applied, QStringList{QStringLiteral("a1")});
    }

    void aCancelAfterTheLastStatementCommitsNothing()
    {
        Scripts scripts;
        scripts.addTables(QStringLiteral("a1"));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        std::atomic<bool> stop = false, cancel = false;
        RunRequest request{.plan = *plan, .targetName = {}};
        request.cancel = &cancel;
        const auto listener = [&](const RunEvent &event) {
            if (const auto *started = std::get_if<StatementStarted>(&event);
                started && started->statement.sql.startsWith(QLatin1String("INSERT INTO alembic")))
                cancel = true;
        };
        COMPARE_ERROR(run(*project, *session, request, stop, listener), ErrorCode::Cancelled);
        QVERIFY(!session->statements.contains(QStringLiteral("COMMIT")));
    }

    void aCancelEndsAScriptThatOnlyComputes()
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"),
                    {QStringLiteral("op.execute('SELECT 1')"), QStringLiteral("n = 0"), QStringLiteral("while True:"), QStringLiteral("    n += 1")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        std::atomic<bool> stop = false, cancel = false;
        RunRequest request{.plan = *plan, .targetName = {}};
        request.cancel = &cancel;
        const auto listener = [&](const RunEvent &event) {
            if (const auto *started = std::get_if<StatementStarted>(&event); started && started->statement.sql == QLatin1String("SELECT 1"))
                cancel = true; // the statement itself is let through
        };
        COMPARE_ERROR(run(*project, *session, request, stop, listener), ErrorCode::Cancelled);
        QCOMPARE(toldTo(*session).last(), QStringLiteral("ROLLBACK"));
    }

    void versionRowsThatChangedSinceThePlanStopTheRunBeforeAnythingIsDone()
    {
        Scripts scripts;
        for (const char *id : {"a1", "b2"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto before = fakeAt({});
        const auto plan = makePlan(*project, *before, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const auto session = fakeAt({QStringLiteral("a1")});
        const std::atomic<bool> stop = false;
        Told told;
        COMPARE_ERROR(run(*project, *session, {*plan, {}}, stop, told.listener()), ErrorCode::VersionRowsChanged);
        QVERIFY(session->statements.filter(QStringLiteral("CREATE")).isEmpty());
        QVERIFY(session->statements.filter(QStringLiteral("alembic_version SET")).isEmpty());
        QCOMPARE(toldTo(*session).last(), QStringLiteral("ROLLBACK"));
    }

    void aVersionStatementThatMeetsNoRowRollsBack()
    {
        Scripts scripts;
        for (const char *id : {"a1", "b2"})
            scripts.addTables(QLatin1String(id));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({QStringLiteral("a1")}, 0);
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const std::atomic<bool> stop = false;
        Told told;
        COMPARE_ERROR(run(*project, *session, {*plan, {}}, stop, told.listener()), ErrorCode::VersionRowsChanged);
        QCOMPARE(toldTo(*session).last(), QStringLiteral("ROLLBACK"));
        QVERIFY(!session->statements.contains(QStringLiteral("COMMIT")));
        QCOMPARE(told.of<RunFailed>().front().notApplied, QStringList{QStringLiteral("b2")});
    }

    void whatAnAutocommitBlockLeftBehindIsTold()
    {
        Scripts scripts;
        scripts.addTables(QStringLiteral("a1"));
        scripts.add(QStringLiteral("b2"),
                    {QStringLiteral("with op.get_context().autocommit_block():"),
                     QStringLiteral("    op.execute('CREATE INDEX CONCURRENTLY ix ON t_a1 (id)')"), QStringLiteral("op.execute('SELECT broken')")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const auto usual = session->answer;
        session->answer = [usual](const QString &sql) -> std::optional<Result<Outcome>> {
            if (sql.contains(QLatin1String("broken")))
                return std::unexpected(Error{.code = ErrorCode::StatementFailed, .sqlState = QStringLiteral("42703")});
            return usual(sql);
        };
        const std::atomic<bool> stop = false;
        Told told;
        COMPARE_ERROR(run(*project, *session, {*plan, {}}, stop, told.listener()), ErrorCode::StatementFailed);
        const RunFailed failed = told.of<RunFailed>().front();
        QCOMPARE(failed.leftOutsideTransaction, QStringList{QStringLiteral("CREATE INDEX CONCURRENTLY ix ON t_a1 (id)")});
        QCOMPARE(failed.applied, QStringList{QStringLiteral("a1")}); // committed where the block began, with its version row
        QCOMPARE(failed.error.sqlState, QStringLiteral("42703"));
        QVERIFY(failed.error.file.endsWith(QLatin1String("b2.py")) && failed.error.line > 0);
        // outside of a transaction, between two of them
        const qsizetype index = toldTo(*session).indexOf(QStringLiteral("CREATE INDEX CONCURRENTLY ix ON t_a1 (id)"));
        QCOMPARE(toldTo(*session).value(index - 1), QStringLiteral("COMMIT"));
        QCOMPARE(toldTo(*session).value(index + 1), QStringLiteral("BEGIN"));
    }

    void aLostConnectionIsNotCalledRolledBack()
    {
        Scripts scripts;
        scripts.addTables(QStringLiteral("a1"));
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const auto usual = session->answer;
        session->answer = [usual](const QString &sql) -> std::optional<Result<Outcome>> {
            if (sql.contains(QLatin1String("u_a1")))
                return std::unexpected(Error{.code = ErrorCode::ConnectionLost, .detail = QStringLiteral("the server went away")});
            return usual(sql);
        };
        const std::atomic<bool> stop = false;
        Told told;
        const auto done = run(*project, *session, {*plan, {}}, stop, told.listener());
        COMPARE_ERROR(done, ErrorCode::ConnectionLost);
        QVERIFY(told.of<RolledBack>().empty());
        QVERIFY2(sentence(done.error()).contains(QLatin1String("looked up in the database")), qPrintable(sentence(done.error())));
    }

    void noticesAndTheScriptsOwnNotesAreTold()
    {
        Scripts scripts;
        scripts.add(QStringLiteral("a1"), {QStringLiteral("print('filling')"), QStringLiteral("op.execute('SELECT 1')")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = fakeAt({});
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        session->whileRunning = [&session](const QString &sql) {
            if (sql == QLatin1String("SELECT 1"))
                session->notices.push_back({.severity = QStringLiteral("NOTICE"), .text = QStringLiteral("from the server")});
        };
        const std::atomic<bool> stop = false;
        Told told;
        VERIFY_OK(run(*project, *session, {*plan, {}}, stop, told.listener()));
        QStringList texts;
        for (const NoticeReceived &notice : told.of<NoticeReceived>())
            texts.append(notice.notice.text);
        QVERIFY2(texts.contains(QStringLiteral("from the server")), qPrintable(texts.join(QLatin1Char('|'))));
        QVERIFY2(texts.join(QLatin1Char('|')).contains(QStringLiteral("filling")), qPrintable(texts.join(QLatin1Char('|'))));
    }

    void aScriptThatIsNotUnderstoodRunsNothingOfTheRevisionForGood()
    {
        Scripts scripts;
        scripts.addTables(QStringLiteral("a1"));
        scripts.add(QStringLiteral("b2"),
                    {QStringLiteral("op.execute('CREATE TABLE half (x int)')"), QStringLiteral("import shop_of_another_package"),
                     QStringLiteral("op.execute(shop_of_another_package.SQL)")});
        const auto project = scripts.open();
        VERIFY_OK(project);
        const auto session = openFile(scripts.path(QStringLiteral("x.db")));
        const auto plan = makePlan(*project, *session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
        VERIFY_OK(plan);
        const std::atomic<bool> stop = false;
        Told told;
        COMPARE_ERROR(run(*project, *session, {*plan, {}}, stop, told.listener()), ErrorCode::ScriptNotUnderstood);
        QCOMPARE(tablesIn(*session), (QStringList{QStringLiteral("t_a1"), QStringLiteral("u_a1")}));
        QCOMPARE(database::readVersionRows(*session, kVersionTable)->rows, QStringList{QStringLiteral("a1")});
    }
};

QTEST_GUILESS_MAIN(RunnerTest)
#include "tst_runner.moc"
