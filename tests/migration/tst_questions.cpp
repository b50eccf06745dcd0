// SPDX-License-Identifier: GPL-3.0-or-later
// The preview that asks a connected database: it shows what a run sends, and nothing is ever written.
#include "database/connectionpolicy.h"
#include "migration/ledger.h"
#include "migration/versionrepair.h"
#include "place.h"

#include <QCryptographicHash>

using namespace stillroom;
using namespace stillroom::migration;
using namespace stillroom::testsupport;
using database::ConnectionSpec;
using database::Session;

namespace {

/// A database where revision a1 has been applied: owner with three rows, pet without.
struct Stage : Place {
    explicit Stage(bool isServer) : Place(isServer)
    {
        scripts.add(q("a1"), {q("op.create_table('owner', sa.Column('id', sa.Integer, primary_key=True), sa.Column('name', sa.String(20)))"),
                              q("op.create_table('pet', sa.Column('id', sa.Integer, primary_key=True))"),
                              q("op.execute(\"INSERT INTO owner VALUES (1, 'Ada'), (2, 'Bob'), (3, 'Cid')\")")});
        applyAll();
    }
    void applyAll() const
    {
        const auto session = open();
        VERIFY_OK(upgrade(*session, q("head"), [](const RunEvent &) {}));
    }
    [[nodiscard]] Result<Preview> preview(bool readOnly = true) const
    {
        const auto session = open(readOnly);
        const auto project = scripts.open();
        if (!project)
            return std::unexpected(project.error());
        const auto plan = planTo(*project, *session, q("head"));
        if (!plan)
            return std::unexpected(plan.error());
        return previewConnected(*project, *session, *plan);
    }
    /// What a run really sends, version statements left out.
    [[nodiscard]] QStringList sent() const
    {
        const auto session = open();
        Told told;
        if (!upgrade(*session, q("head"), told.listener()))
            return {};
        QStringList texts;
        for (const StatementStarted &one : told.of<StatementStarted>()) {
            if (!one.isVersionStatement)
                texts.append(one.statement.sql);
        }
        return texts;
    }
};

QStringList shown(const Preview &preview)
{
    QStringList texts;
    for (const PreviewStep &step : preview.steps) {
        for (const dialect::Statement &statement : step.body.statements)
            texts.append(statement.sql);
    }
    return texts;
}

} // namespace

class QuestionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePreviewIsWhatTheRunSends_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::addColumn<QStringList>("body");
        QTest::addColumn<QStringList>("next");
        for (const bool isServer : {true, false}) {
            const auto row = [isServer](const char *name, const QStringList &body, const QStringList &next = {}) {
                QTest::addRow("%s, %s", isServer ? "PostgreSQL" : "SQLite", name) << isServer << body << next;
            };
            row("rows decide", {q("for row in conn.execute(sa.text('SELECT id, name FROM owner ORDER BY id')):"),
                                q("    op.execute(f\"INSERT INTO pet VALUES ({row.id})\")")});
            row("a count decides", {q("if conn.execute(sa.text('SELECT count(*) FROM owner WHERE id > 2')).scalar():"),
                                    q("    op.add_column('pet', sa.Column('owner_id', sa.Integer))")});
            row("a construct", {q("owner = sa.table('owner', sa.column('id'), sa.column('name'))"),
                                q("for name in conn.execute(sa.select(owner.c.name).where(owner.c.id < 3)).scalars():"),
                                q("    op.create_table('of_' + name.lower(), sa.Column('id', sa.Integer))")});
            row("the inspector", {q("names = [c['name'] for c in sa.inspect(conn).get_columns('owner')]"), q("for name in ('name', 'nick'):"),
                                  q("    if name not in names:"), q("        op.add_column('owner', sa.Column(name, sa.String(5)))")});
            row("other tables changed before",
                {q("op.create_table('other', sa.Column('id', sa.Integer))"), q("op.execute('INSERT INTO other VALUES (1)')"),
                 q("n = conn.execute(sa.text('SELECT max(id) FROM owner')).scalar()"), q("op.execute(f'INSERT INTO other VALUES ({n})')"),
                 q("if not sa.inspect(conn).has_table('cat'):"), q("    op.execute('INSERT INTO other VALUES (2)')")});
            row("other columns changed before",
                {q("op.add_column('owner', sa.Column('nick', sa.String(9)))"),
                 q("for row in conn.execute(sa.text('SELECT o.id, name FROM owner AS o WHERE id < 3 ORDER BY o.id')):"),
                 q("    op.execute(f\"UPDATE owner SET nick = 'n{row.id}' WHERE id = {row.id}\")"),
                 q("op.create_index('ix_name', 'owner', ['name'])"), q("if conn.execute(sa.text('SELECT count(*) FROM owner')).scalar() == 3:"),
                 q("    op.alter_column('owner', 'nick', nullable=True) if pg else None")});
            row("two steps", {q("op.create_table('other', sa.Column('id', sa.Integer))")},
                {q("if conn.execute(sa.text('SELECT id FROM owner')).first():"), q("    op.execute('INSERT INTO other VALUES (7)')")});
        }
    }
    void thePreviewIsWhatTheRunSends()
    {
        QFETCH(bool, isServer);
        QFETCH(QStringList, body);
        QFETCH(QStringList, next);
        Stage stage(isServer);
        stage.scripts.add(q("b2"), QStringList{q("conn = op.get_bind()"), q("pg = conn.dialect.name == 'postgresql'")} + body);
        if (!next.isEmpty())
            stage.scripts.add(q("c3"), QStringList{q("conn = op.get_bind()")} + next);
        const auto preview = stage.preview();
        VERIFY_OK(preview);
        for (const PreviewStep &step : preview->steps)
            QVERIFY2(step.body.status == BodySql::Status::Complete, qPrintable(step.body.reason));
        QVERIFY(preview->steps.back().body.questions > 0);
        QCOMPARE(shown(*preview), stage.sent());
    }

    void whatThePlanChangesBeforeIsNotGuessed_data()
    {
        QTest::addColumn<bool>("isServer");
        QTest::addColumn<QStringList>("body");
        QTest::addColumn<QString>("reason");
        const QString read = q("if conn.execute(sa.text('SELECT count(*) FROM owner')).scalar(): op.execute('SELECT 1')");
        for (const bool isServer : {true, false}) {
            const auto row = [isServer](const char *name, const QStringList &body, const char *reason) {
                QTest::addRow("%s, %s", isServer ? "PostgreSQL" : "SQLite", name) << isServer << body << q(reason);
            };
            row("rows", {q("op.execute('DELETE FROM owner')"), read}, "changes before");
            row("a new column",
                {q("op.add_column('owner', sa.Column('nick', sa.Integer))"), read,
                 q("if conn.execute(sa.text('SELECT count(nick) FROM owner')).scalar(): op.execute('SELECT 1')")},
                "owner.nick");
            row("every column",
                {q("op.add_column('owner', sa.Column('nick', sa.Integer))"),
                 q("if conn.execute(sa.text('SELECT * FROM owner')).first(): op.execute('SELECT 1')")},
                "owner.nick");
            row("an updated column",
                {q("op.execute(\"UPDATE owner SET name = upper(name), id = (SELECT max(id) FROM pet) WHERE id = 1\")"),
                 q("if conn.execute(sa.text('SELECT 1 FROM owner WHERE id = 1')).scalar(): op.execute('SELECT 1')")},
                "owner.id");
            row("a table made before", {q("op.drop_table('owner')"), q("op.create_table('owner', sa.Column('id', sa.Integer))"), read},
                "changes before");
            row("a rename",
                {q("op.rename_table('pet', 'animal')"),
                 q("if conn.execute(sa.text('SELECT count(*) FROM animal')).scalar(): op.execute('SELECT 1')")},
                "");
            row("what nobody can read", {q("op.execute('%1')").arg(isServer ? q("DO $$ BEGIN NULL; END $$") : q("PRAGMA user_version=7")), read},
                "runs before");
            row("a write", {q("if conn.execute(sa.text('DELETE FROM owner')).rowcount: op.execute('SELECT 1')")}, "only asks");
        }
        QTest::addRow("PostgreSQL, a function that writes")
            << true << QStringList{q("if conn.execute(sa.text(\"SELECT pg_advisory_lock(1)\")).scalar(): op.execute('SELECT 1')")}
            << q("pg_advisory_lock");
        QTest::addRow("PostgreSQL, rows that others change along")
            << true
            << QStringList{q("op.execute('CREATE TABLE child (id int REFERENCES owner ON DELETE CASCADE)')"), q("op.execute('DELETE FROM pet')"),
                           q("op.execute('DELETE FROM owner')"),
                           q("if conn.execute(sa.text('SELECT count(*) FROM pg_class')).scalar(): op.execute('SELECT 1')")}
            << q("before");
    }
    void aTextOfSeveralStatementsRunsOneByOne()
    {
        Stage stage(true);
        stage.scripts.add(q("b2"),
                          {q("op.execute('''CREATE TABLE one (t text); -- with a comment; and\n    INSERT INTO one VALUES ('a;b');\n\n"
                             "    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$;''')"),
                           q("rows = op.get_bind().execute(sa.text(\"INSERT INTO one VALUES ('c'); SELECT t FROM one ORDER BY t\")).fetchall()"),
                           q("op.execute(\"INSERT INTO one VALUES ('%d')\" % len(rows))")});
        const auto preview = stage.preview();
        VERIFY_OK(preview);
        QCOMPARE(preview->steps.front().body.statements.at(1).sql, q("-- with a comment; and\n    INSERT INTO one VALUES ('a;b')"));
        stage.applyAll();
        const auto session = stage.open(false);
        const auto found = session->execute(q("SELECT string_agg(t, ',' ORDER BY t), f() FROM one"));
        VERIFY_OK(found);
        QCOMPARE(found->rows.front(), (std::vector<QVariant>{q("2,a;b,c"), 2}));
        // What would end the transaction in the middle is refused as a whole.
        stage.scripts.add(q("c3"), {q("op.execute('INSERT INTO one VALUES (1); COMMIT; SELECT 1')")});
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto plan = planTo(*project, *session, q("head"));
        VERIFY_OK(plan);
        const std::atomic<bool> stop = false;
        COMPARE_ERROR(run(*project, *session, {.plan = *plan, .targetName = {}}, stop, [](const RunEvent &) {}), ErrorCode::StatementFailed);
        QCOMPARE(testsupport::versionRows(*session), QStringList{q("b2")});
    }

    void whatThePlanChangesBeforeIsNotGuessed()
    {
        QFETCH(bool, isServer);
        QFETCH(QStringList, body);
        QFETCH(QString, reason);
        Stage stage(isServer);
        stage.scripts.add(q("b2"), QStringList{q("conn = op.get_bind()")} + body);
        const auto preview = stage.preview();
        VERIFY_OK(preview);
        QCOMPARE(preview->steps.front().body.status, BodySql::Status::NeedsDatabase);
        QVERIFY2(preview->steps.front().body.reason.contains(reason), qPrintable(preview->steps.front().body.reason));
    }

    /// A rebuild in the second step meets the table as the first one leaves it, not as it stands now.
    void aRebuildIsShownOverWhatThePlanHasDoneBefore()
    {
        Stage stage(false);
        stage.scripts.add(q("b2"), {q("op.add_column('owner', sa.Column('nick', sa.String(9)))")});
        stage.scripts.add(q("c3"), {q("with op.batch_alter_table('owner') as batch:"), q("    batch.alter_column('name', nullable=False)")});
        const auto preview = stage.preview();
        VERIFY_OK(preview);
        const QStringList texts = shown(*preview);
        QVERIFY2(texts.join(q(";")).contains(q("nick")), qPrintable(texts.join(q(";\n"))));
        QCOMPARE(texts, stage.sent());
    }

    void nothingIsWrittenWhateverAScriptAsks_data() { addKinds(); }
    void nothingIsWrittenWhateverAScriptAsks()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const QStringList texts = isServer ? QStringList{q("DELETE FROM owner"),
                                                         q("DELETE FROM owner RETURNING id"),
                                                         q("WITH x AS (DELETE FROM owner RETURNING 1) SELECT * FROM x"),
                                                         q("SELECT nextval('s')"),
                                                         q("SELECT setval('s', 99)"),
                                                         q("SELECT set_config('transaction_read_only', 'off', false)"),
                                                         q("SELECT * INTO copy FROM owner"),
                                                         q("SELECT wipe()"),
                                                         q("SELECT lying()"),
                                                         q("SELECT * FROM owner FOR UPDATE"),
                                                         q("SELECT 1; DELETE FROM owner"),
                                                         q("EXPLAIN ANALYZE DELETE FROM owner"),
                                                         q("VALUES (wipe())"),
                                                         q("TABLE wiping")}
                                           : QStringList{q("DELETE FROM owner"),           q("INSERT INTO pet VALUES (9) RETURNING id"),
                                                         q("PRAGMA user_version=9"),       q("PRAGMA query_only=OFF"),
                                                         q("PRAGMA journal_mode=WAL"),     q("WITH x AS (SELECT 1) DELETE FROM owner"),
                                                         q("SELECT 1; DELETE FROM owner"), q("VACUUM"),
                                                         q("ATTACH 'other.db' AS o"),      q("SELECT writefile('x', 'y')"),
                                                         q("PRAGMA writable_schema(1)"),   q("PRAGMA wal_checkpoint")};
        if (isServer) {
            QVERIFY(stage.database->run(
                q("CREATE SEQUENCE s; CREATE FUNCTION wipe() RETURNS int LANGUAGE sql AS 'DELETE FROM owner; SELECT 1'; "
                  "CREATE FUNCTION lying() RETURNS int STABLE LANGUAGE plpgsql AS 'BEGIN EXECUTE ''DELETE FROM owner''; RETURN 1; END'; "
                  "CREATE VIEW wiping AS SELECT wipe()")));
        }
        int number = 0;
        for (const QString &text : texts) {
            stage.scripts.write(q("scripts/versions/b2.py"), QString());
            Scripts one;
            one.add(q("a1"), {q("pass")});
            one.add(q("b2"), {q("conn = op.get_bind()"), q("if conn.execute(sa.text(%1)).scalar():").arg(q("\"\"\"") + text + q("\"\"\"")),
                              q("    op.execute('SELECT 1')")});
            const auto project = one.open();
            VERIFY_OK(project);
            // The session of a person who may write: it is the preview that holds it to reading.
            const auto session = stage.open(false);
            const auto plan = planTo(*project, *session, q("head"));
            VERIFY_OK(plan);
            const QByteArray before = contents(stage, *session);
            const auto preview = previewConnected(*project, *session, *plan);
            VERIFY_OK(preview);
            QVERIFY2(preview->steps.front().body.status != BodySql::Status::Complete, qPrintable(text));
            QCOMPARE(contents(stage, *session), before);
            QCOMPARE(session->transactionState(), database::TransactionState::Idle);
            VERIFY_OK(session->execute(q("CREATE TABLE still_may_write_%1 (a int)").arg(++number))); // and lets go of it
            VERIFY_OK(session->execute(q("DROP TABLE still_may_write_%1").arg(number)));
        }
    }

    void oneBodyIsAskedWhereTheNextRunComesToIt_data() { addKinds(); }
    void oneBodyIsAskedWhereTheNextRunComesToIt()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        const QStringList asks{q("if op.get_bind().execute(sa.text('SELECT count(*) FROM owner')).scalar() == 3:"), q("    op.execute('SELECT 3')")};
        stage.scripts.add(q("b2"), asks, asks);
        const auto session = stage.open(true);
        const auto project = stage.scripts.open();
        const auto up = previewBody(*project, *session, q("b2"), script::Direction::Upgrade);
        VERIFY_OK(up);
        QVERIFY(*up);
        QCOMPARE((*up)->statements.back().sql, q("SELECT 3"));
        // Not applied, so no downgrade comes to it.
        const auto down = previewBody(*project, *session, q("b2"), script::Direction::Downgrade);
        VERIFY_OK(down);
        QVERIFY(!*down);
    }

    void aResetGoesDownAndUpAgainInOnePlan_data() { addKinds(); }
    void aResetGoesDownAndUpAgainInOnePlan()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        Scripts scripts;
        scripts.addTables(q("a1"));
        scripts.addTables(q("b2"));
        const auto project = scripts.open();
        VERIFY_OK(project);
        ConnectionSpec spec = stage.spec;
        std::unique_ptr<TestDatabase> fresh;
        if (isServer) {
            fresh = PostgresServer::shared().createDatabase();
            spec.keywords = fresh->keywords();
        } else {
            spec.sqliteFile = scripts.path(q("fresh.db"));
        }
        const auto session = *Session::open(spec);
        const std::atomic<bool> stop = false;
        const auto runTo = [&](const Result<revision::Plan> &plan, const database::ConnectionPolicy &policy, const QString &typed) {
            return run(*project, *session, {.plan = *plan, .targetName = {}, .policy = policy, .consent = {true, typed}, .databaseName = q("mine")},
                       stop, [](const RunEvent &) {});
        };
        VERIFY_OK(runTo(planTo(*project, *session, q("head")), {}, {}));
        VERIFY_OK(session->execute(q("INSERT INTO t_a1 VALUES (77)")));
        const auto plan = makePlan(*project, *session, {.targets = {q("heads")}, .resets = true});
        VERIFY_OK(plan);
        QCOMPARE(plan->steps.size(), std::size_t(4));
        QVERIFY(isReset(*plan));
        // Development only, and by name.
        COMPARE_ERROR(runTo(plan, database::policyOf(database::ServerEnvironment::Test), q("mine")), ErrorCode::PolicyRefused);
        COMPARE_ERROR(runTo(plan, database::policyOf(database::ServerEnvironment::Production), q("mine")), ErrorCode::PolicyRefused);
        COMPARE_ERROR(runTo(plan, {}, {}), ErrorCode::PolicyRefused);
        COMPARE_ERROR(runTo(plan, {}, q("other")), ErrorCode::PolicyRefused);
        QCOMPARE(session->execute(q("SELECT count(*) FROM t_a1"))->rows.front().front().toInt(), 2);
        VERIFY_OK(runTo(plan, {}, q("mine")));
        QCOMPARE(session->execute(q("SELECT count(*) FROM t_a1"))->rows.front().front().toInt(), 1);
        QCOMPARE(testsupport::versionRows(*session), QStringList{q("b2")});
    }

    void aVersionTableIsExplainedAndPutRight_data() { addKinds(); }
    void aVersionTableIsExplainedAndPutRight()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        stage.scripts.add(q("b2"), {q("pass")});
        const auto session = stage.open(false);
        const auto project = stage.scripts.open();
        VERIFY_OK(project);
        const auto healthy = findVersionDefects(*project, *session);
        VERIFY_OK(healthy);
        QVERIFY(healthy->empty());
        VERIFY_OK(session->execute(q("DROP TABLE alembic_version")));
        VERIFY_OK(session->execute(q("CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)")));
        VERIFY_OK(session->execute(q("INSERT INTO alembic_version VALUES ('a1'), ('b2'), ('b2'), ('gone')")));
        const auto defects = findVersionDefects(*project, *session);
        VERIFY_OK(defects);
        QList<VersionDefect::Kind> kinds;
        for (const VersionDefect &defect : *defects)
            kinds.append(defect.kind);
        using enum VersionDefect::Kind;
        QCOMPARE(kinds, (QList<VersionDefect::Kind>{Repeated, UnknownRevision, Implied, NoPrimaryKey}));
        COMPARE_ERROR(
            repairVersionTable(*project, *session, *defects, database::policyOf(database::ServerEnvironment::Production), q("mine"), {true, {}}),
            ErrorCode::PolicyRefused);
        // Another one was there in between.
        VERIFY_OK(session->execute(q("INSERT INTO alembic_version VALUES ('a1')")));
        COMPARE_ERROR(repairVersionTable(*project, *session, *defects, {}, q("mine"), {}), ErrorCode::VersionRowsChanged);
        VERIFY_OK(session->execute(q("SELECT 1")));
        const auto again = findVersionDefects(*project, *session);
        VERIFY_OK(again);
        const auto rows = repairVersionTable(*project, *session, *again, {}, q("mine"), {});
        VERIFY_OK(rows);
        QCOMPARE(*rows, (QStringList{q("b2"), q("gone")})); // nobody guesses what the unknown one means
    }

    void theLedgerTellsColleaguesWhatWasApplied_data() { addKinds(); }
    void theLedgerTellsColleaguesWhatWasApplied()
    {
        QFETCH(bool, isServer);
        Stage stage(isServer);
        stage.scripts.addTables(q("b2"));
        const auto session = stage.open(false);
        const std::atomic<bool> stop = false;
        const auto go = [&](const QString &target, revision::Plan::Kind kind, bool keepsLedger) -> Result<void> {
            const auto project = stage.scripts.open();
            const auto plan = planTo(*project, *session, target, kind);
            database::ConnectionPolicy policy;
            policy.keepsLedger = keepsLedger;
            return run(*project, *session, {.plan = *plan, .targetName = {}, .policy = policy}, stop, [](const RunEvent &) {});
        };
        VERIFY_OK(go(q("b2"), revision::Plan::Kind::Upgrade, false));
        QCOMPARE(hasLedger(*session, testsupport::kVersionTable).value(), false); // off unless asked for
        VERIFY_OK(go(q("a1"), revision::Plan::Kind::Downgrade, true));
        VERIFY_OK(go(q("b2"), revision::Plan::Kind::Upgrade, true));
        stage.scripts.add(q("c3"), {q("op.execute('SELECT broken')")});
        COMPARE_ERROR(go(q("c3"), revision::Plan::Kind::Upgrade, true), ErrorCode::StatementFailed);
        const auto reader = stage.open(true);
        const auto entries = readLedger(*reader, testsupport::kVersionTable);
        VERIFY_OK(entries);
        QStringList told;
        for (const LedgerEntry &entry : *entries)
            told.append(q("%1 %2 %3").arg(entry.direction, entry.revision).arg(entry.statements));
        QCOMPARE(told, (QStringList{q("upgrade b2 3"), q("downgrade b2 2")})); // what failed is not there
        QVERIFY(entries->front().run != entries->back().run);
        QVERIFY(!entries->front().host.isEmpty() && entries->front().at.startsWith(q("20")));
    }

private:
    static void addKinds()
    {
        QTest::addColumn<bool>("isServer");
        QTest::newRow("PostgreSQL") << true;
        QTest::newRow("SQLite") << false;
    }
    static QByteArray contents(const Stage &stage, Session &session)
    {
        if (stage.database)
            return stage.database->schemaDump()->toUtf8() +
                   session.execute(q("SELECT count(*), (SELECT last_value FROM s) FROM owner"))->rows.front().at(0).toByteArray() +
                   session.execute(q("SELECT last_value, is_called FROM s"))->rows.front().at(0).toByteArray();
        QFile file(stage.spec.sqliteFile);
        return file.open(QIODevice::ReadOnly) ? QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256) : QByteArray();
    }
};

QTEST_GUILESS_MAIN(QuestionsTest)
#include "tst_questions.moc"
