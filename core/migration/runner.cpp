// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/runner.h"

#include "database/catalog.h"
#include "migration/statementsink.h"
#include "migration/steperror.h"

#include <QElapsedTimer>

#include <utility>

#include <algorithm>

namespace stillroom::migration {

namespace {

using database::Outcome;
using database::Session;

script::QueryResult resultOf(Outcome outcome)
{
    script::QueryResult result;
    result.returnsRows = !outcome.columns.isEmpty();
    result.rowCount = outcome.rowsAffected >= 0 ? outcome.rowsAffected : static_cast<qint64>(outcome.rows.size());
    result.columns = std::move(outcome.columns);
    result.rows = std::move(outcome.rows);
    return result;
}

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? QStringLiteral("no rows") : rows.join(QStringLiteral(", ")); }

/// One run. Keeps the books of what is applied and committed, so that the last event can say it whatever happens.
class Run {
public:
    Run(const project::Project &project, const sql::QualifiedName &versionTable, Session &session, const RunRequest &request,
        const std::atomic<bool> &stop, const std::function<void(const RunEvent &)> &tell)
        : m_project(project), m_versionTable(versionTable), m_session(session), m_request(request), m_stop(stop), m_tell(tell),
          m_dialect(dialect::Dialect::create(session.kind(), dialect::RenderOptions{.serverVersion = session.serverVersionNumber()})),
          m_lookup(database::liveSchemaLookup(session)), m_version{*m_dialect, versionTable},
          // SQLite has no DDL transaction in Alembic, each revision stands alone there; here each is atomic.
          m_perStep(project.transactionPerMigration() || session.kind() == dialect::DialectKind::Sqlite), m_rows(request.plan.startRows)
    {
    }

    Result<void> go();

private:
    Result<void> steps();
    Result<void> firstLook();
    [[nodiscard]] bool versionSchemaExists();
    Result<void> createVersionTable(int number);
    Result<void> step(int number);
    Result<void> body(int number, const revision::Step &step);
    Result<void> changeVersionRows(int number, const revision::Step &step);
    Result<void> turnForeignKeysOff();
    Result<void> checkForeignKeys(int number);
    Result<std::optional<script::QueryResult>> deliver(int number, const dialect::Statement &statement, bool isVersionStatement);
    Result<void> begin();
    Result<void> commit();
    Result<void> leaveTransaction(int number);
    void failed(const Error &error);
    [[nodiscard]] Error placed(Error error, const dialect::Statement &statement) const;

    const project::Project &m_project;
    const sql::QualifiedName m_versionTable;
    Session &m_session;
    const RunRequest &m_request;
    const std::atomic<bool> &m_stop;
    const std::function<void(const RunEvent &)> &m_tell;
    std::unique_ptr<dialect::Dialect> m_dialect;
    std::unique_ptr<dialect::SchemaLookup> m_lookup;
    dialect::VersionStatements m_version;
    bool m_perStep;

    QStringList m_rows;          // version rows as of now, committed or not
    QStringList m_committedRows; // version rows as of the last commit
    int m_stepsDone = 0;
    int m_stepsCommitted = 0;
    int m_currentStep = -1;
    int m_statementIndex = 0;
    bool m_inAutocommit = false;
    bool m_mustCreateVersionTable = false;
    bool m_hasRebuilt = false;   // a SQLite table was dropped and made again in the current step
    QStringList m_outside;       // statements of the current step that no rollback undoes
    QStringList m_inTransaction; // statements of the current step in the open transaction
};

Result<void> Run::begin()
{
    auto begun = m_session.begin();
    if (begun && m_currentStep < 0)
        return firstLook();
    return begun;
}

Result<void> Run::commit()
{
    auto committed = m_session.commit();
    if (!committed)
        return committed;
    m_committedRows = m_rows;
    m_stepsCommitted = m_stepsDone;
    m_tell(Committed{m_rows});
    return {};
}

/// The first transaction looks whether the rows still are what the plan was made for, before anything is done.
Result<void> Run::firstLook()
{
    const auto versions = database::readVersionRows(m_session, m_versionTable);
    if (!versions)
        return std::unexpected(versions.error());
    QStringList found = versions->rows;
    QStringList expected = m_request.plan.startRows;
    found.sort();
    expected.sort();
    if (found != expected) {
        Error error;
        error.code = ErrorCode::VersionRowsChanged;
        error.subject = rowsText(expected);
        error.detail = rowsText(found);
        return std::unexpected(std::move(error));
    }
    m_committedRows = m_rows;
    m_mustCreateVersionTable = !versions->tableExists;
    return {};
}

Error Run::placed(Error error, const dialect::Statement &statement) const
{
    if (error.statement.isEmpty())
        error.statement = statement.sql;
    if (error.file.isEmpty()) {
        error.file = statement.origin.file;
        error.line = statement.origin.line;
    }
    if (m_currentStep >= 0)
        error.revision = m_request.plan.steps[static_cast<std::size_t>(m_currentStep)].revision;
    return error;
}

Result<void> Run::leaveTransaction(int number)
{
    if (m_perStep || m_stepsDone > m_stepsCommitted || !m_inTransaction.isEmpty() ||
        m_session.transactionState() == database::TransactionState::InTransaction) {
        auto committed = commit();
        if (!committed)
            return committed;
    }
    Q_UNUSED(number)
    m_outside += m_inTransaction;
    m_inTransaction.clear();
    m_inAutocommit = true;
    return {};
}

Result<std::optional<script::QueryResult>> Run::deliver(int number, const dialect::Statement &statement, bool isVersionStatement)
{
    switch (statement.marker) {
    case dialect::Statement::Marker::AutocommitBegin:
        if (auto left = leaveTransaction(number); !left)
            return std::unexpected(placed(std::move(left).error(), statement));
        return std::nullopt;
    case dialect::Statement::Marker::AutocommitEnd:
        m_inAutocommit = false;
        if (auto begun = m_session.begin(); !begun)
            return std::unexpected(placed(std::move(begun).error(), statement));
        return std::nullopt;
    case dialect::Statement::Marker::None:
        break;
    }
    const int index = m_statementIndex++;
    m_tell(StatementStarted{number, index, statement, isVersionStatement});
    QElapsedTimer clock;
    clock.start();
    auto outcome = m_session.execute(statement.sql);
    if (!outcome)
        return std::unexpected(placed(std::move(outcome).error(), statement));
    m_hasRebuilt = m_hasRebuilt || statement.needsForeignKeysOff;
    m_tell(StatementDone{number, index, outcome->rowsAffected, clock.nsecsElapsed() / 1000});
    if (!isVersionStatement)
        (m_inAutocommit ? m_outside : m_inTransaction).append(statement.sql);
    return resultOf(std::move(*outcome));
}

Result<void> Run::body(int number, const revision::Step &step)
{
    const auto index = m_project.graph().find(step.revision);
    if (!index) {
        Error error;
        error.code = ErrorCode::NoSuchRevision;
        error.subject = step.revision;
        return std::unexpected(std::move(error));
    }
    const revision::Header &header = m_project.graph().revisions()[*index].header;
    auto script = script::Script::load(header.file);
    if (!script)
        return std::unexpected(std::move(script).error());
    StatementSink sink(*m_dialect, m_lookup.get(), [this, number](const dialect::Statement &statement) { return deliver(number, statement, false); });
    script::Environment environment = m_project.environment(dialect::dialectName(m_session.kind()));
    environment.offline = false;
    const bool isUpgrade = step.kind == revision::Step::Kind::Upgrade;
    auto outcome = (*script)->evaluate(isUpgrade ? script::Direction::Upgrade : script::Direction::Downgrade, environment, sink);
    if (!outcome) {
        Error error = std::move(outcome).error();
        error.revision = step.revision;
        return std::unexpected(std::move(error));
    }
    for (const QString &note : outcome->notes)
        m_tell(NoticeReceived{number, database::Notice{QStringLiteral("SCRIPT"), {}, note, {}, {}}});
    Error error;
    error.revision = step.revision;
    error.file = outcome->file.isEmpty() ? header.file : outcome->file;
    error.line = outcome->line;
    error.detail = outcome->reason;
    if (outcome->isMissing) {
        error.code = ErrorCode::DirectionMissing;
        error.subject = isUpgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade");
        return std::unexpected(std::move(error));
    }
    switch (outcome->status) {
    case script::BodyStatus::Complete:
        return {};
    case script::BodyStatus::NeedsDatabase:
        error.code = ErrorCode::ScriptNeedsDatabase;
        break;
    case script::BodyStatus::NotUnderstood:
        error.code = ErrorCode::ScriptNotUnderstood;
        break;
    }
    return std::unexpected(std::move(error));
}

/// With foreign keys in force, dropping a table for its rebuild would delete the rows that refer to it. The setting cannot change
/// inside a transaction. Source: SQLite, "ALTER TABLE", 7. Making Other Kinds Of Table Schema Changes.
Result<void> Run::turnForeignKeysOff()
{
    if (m_session.kind() != dialect::DialectKind::Sqlite)
        return {};
    const auto off = m_session.execute(QStringLiteral("PRAGMA foreign_keys=OFF"));
    return off ? Result<void>() : std::unexpected(off.error());
}

/// Told and not refused: the rows may have been wrong before.
Result<void> Run::checkForeignKeys(int number)
{
    if (!std::exchange(m_hasRebuilt, false))
        return {};
    const auto violations = m_session.execute(QStringLiteral("PRAGMA foreign_key_check"));
    if (!violations)
        return std::unexpected(violations.error());
    if (!violations->rows.empty()) {
        const auto &first = violations->rows.front();
        m_tell(NoticeReceived{number,
                              {.severity = QStringLiteral("WARNING"),
                               .text = QStringLiteral("foreign_key_check: %1 rows have no parent, the first is row %2 of %3, which refers to %4")
                                           .arg(violations->rows.size())
                                           .arg(first.at(1).toString(), first.at(0).toString(), first.at(2).toString())}});
    }
    return {};
}

Result<void> Run::changeVersionRows(int number, const revision::Step &step)
{
    for (const revision::VersionChange &change : step.changes) {
        dialect::Statement statement;
        switch (change.kind) {
        case revision::VersionChange::Kind::Insert:
            statement.sql = m_version.insert(change.to);
            m_rows.append(change.to);
            break;
        case revision::VersionChange::Kind::Update:
            statement.sql = m_version.update(change.from, change.to);
            m_rows.removeOne(change.from);
            m_rows.append(change.to);
            break;
        case revision::VersionChange::Kind::Delete:
            statement.sql = m_version.remove(change.from);
            m_rows.removeOne(change.from);
            break;
        }
        auto done = deliver(number, statement, true);
        if (!done)
            return std::unexpected(std::move(done).error());
        // What the loser of a race sees in Alembic as well: "Online migration expected to match one row".
        if (change.kind != revision::VersionChange::Kind::Insert && *done && (*done)->rowCount != 1) {
            Error error;
            error.code = ErrorCode::VersionRowsChanged;
            error.subject = change.from;
            error.detail = QStringLiteral("%1 rows").arg((*done)->rowCount);
            return std::unexpected(std::move(error));
        }
    }
    return {};
}

/// Alembic makes the version table before the first revision; where the schema for it does not exist yet (teams have
/// env.py or the first revision make it) the table waits until the body has run.
bool Run::versionSchemaExists()
{
    if (m_session.kind() != dialect::DialectKind::PostgreSql || m_versionTable.schema.isEmpty())
        return true;
    const auto found = m_session.execute(
        QStringLiteral("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = %1").arg(m_dialect->literal(m_versionTable.schema.text)));
    return !found || !found->rows.empty();
}

Result<void> Run::createVersionTable(int number)
{
    m_mustCreateVersionTable = false;
    dialect::Statement create;
    create.sql = m_version.create();
    if (auto created = deliver(number, create, true); !created)
        return std::unexpected(std::move(created).error());
    return {};
}

Result<void> Run::step(int number)
{
    const revision::Step &what = m_request.plan.steps[static_cast<std::size_t>(number)];
    QElapsedTimer clock;
    clock.start();
    m_statementIndex = 0;
    m_outside.clear();
    m_inTransaction.clear();
    if (m_perStep || number == 0) {
        if (auto begun = begin(); !begun)
            return begun;
    }
    m_currentStep = number;
    const auto index = m_project.graph().find(what.revision);
    m_tell(StepStarted{number, static_cast<int>(m_request.plan.steps.size()), what,
                       index ? m_project.graph().revisions()[*index].header.message : QString()});
    if (m_mustCreateVersionTable && versionSchemaExists()) {
        if (auto created = createVersionTable(number); !created)
            return created;
    }
    if (what.kind != revision::Step::Kind::Stamp) {
        if (auto done = body(number, what); !done)
            return done;
        if (auto checked = checkForeignKeys(number); !checked)
            return checked;
    }
    if (m_mustCreateVersionTable) {
        if (auto created = createVersionTable(number); !created)
            return created;
    }
    if (auto changed = changeVersionRows(number, what); !changed)
        return changed;
    ++m_stepsDone;
    const bool isLast = number + 1 == static_cast<int>(m_request.plan.steps.size());
    const bool commits = m_perStep || isLast || m_stop;
    if (commits) {
        if (auto committed = commit(); !committed)
            return committed;
    }
    m_tell(StepDone{number, what.revision, clock.elapsed(), commits});
    return {};
}

Result<void> Run::steps()
{
    for (int number = 0; number < static_cast<int>(m_request.plan.steps.size()); ++number) {
        if (auto done = step(number); !done)
            return done;
        if (m_stop)
            return {};
    }
    return {};
}

void Run::failed(const Error &error)
{
    QStringList undone;
    if (m_session.isUsable() && m_session.transactionState() != database::TransactionState::Idle) {
        if (m_session.rollback()) {
            for (int i = m_stepsCommitted; i < m_stepsDone; ++i)
                undone.append(m_request.plan.steps[static_cast<std::size_t>(i)].revision);
            m_rows = m_committedRows;
            m_tell(RolledBack{m_rows, undone});
        }
    }
    RunFailed event;
    event.error = error;
    event.step = m_currentStep;
    event.leftOutsideTransaction = m_outside;
    for (int i = 0; i < static_cast<int>(m_request.plan.steps.size()); ++i)
        (i < m_stepsCommitted ? event.applied : event.notApplied).append(m_request.plan.steps[static_cast<std::size_t>(i)].revision);
    m_tell(event);
}

Result<void> Run::go()
{
    QElapsedTimer clock;
    clock.start();
    m_session.setNoticeReceiver([this](const database::Notice &notice) { m_tell(NoticeReceived{m_currentStep, notice}); });
    m_tell(PlanStarted{m_request.plan, m_request.targetName, m_session.serverVersion(), m_session.sessionSettings()});
    auto done = turnForeignKeysOff();
    if (done)
        done = steps();
    m_session.setNoticeReceiver({});
    if (!done) {
        failed(done.error());
        return done;
    }
    m_tell(RunDone{m_rows, clock.elapsed(), m_stepsDone < static_cast<int>(m_request.plan.steps.size())});
    return {};
}

} // namespace

Result<void> run(const project::Project &project, Session &session, const RunRequest &request, const std::atomic<bool> &stop,
                 const std::function<void(const RunEvent &)> &tell)
{
    const auto versionTable = project.versionTable();
    if (!versionTable)
        return std::unexpected(versionTable.error());
    return Run(project, *versionTable, session, request, stop, tell).go();
}

} // namespace stillroom::migration
