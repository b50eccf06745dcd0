// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/run.h"

#include "migration/inventory.h"
#include "migration/journal.h"
#include "migration/ledger.h"
#include "migration/statementsink.h"

#include <QCoreApplication>
#include <QSysInfo>

#include <utility>

namespace stillroom::migration {

using database::Session;

namespace {

QString stepKindName(revision::Step::Kind kind)
{
    switch (kind) {
    case revision::Step::Kind::Upgrade:
        return QStringLiteral("upgrade");
    case revision::Step::Kind::Downgrade:
        return QStringLiteral("downgrade");
    case revision::Step::Kind::Stamp:
        return QStringLiteral("stamp");
    }
    return {};
}

bool isPerStep(const project::Project &project, dialect::DialectKind kind, RunRequest::Transactions transactions)
{
    switch (transactions) {
    case RunRequest::Transactions::AsProject:
        return project.transactionPerMigration() || kind == dialect::DialectKind::Sqlite;
    case RunRequest::Transactions::One:
        return false;
    case RunRequest::Transactions::EachRevision:
        return true;
    }
    return true;
}

/// Tables as they are once what was asked for before has been done.
class LookupAfter final : public dialect::SchemaLookup {
public:
    LookupAfter(std::unique_ptr<dialect::SchemaLookup> live, std::function<Result<void>()> before)
        : m_live(std::move(live)), m_before(std::move(before))
    {
    }
    [[nodiscard]] Result<std::optional<dialect::StandingTable>> table(const sql::QualifiedName &name) override
    {
        if (auto done = m_before(); !done)
            return std::unexpected(std::move(done).error());
        return m_live->table(name);
    }

private:
    std::unique_ptr<dialect::SchemaLookup> m_live;
    std::function<Result<void>()> m_before;
};

/// Why a body did not come to its end.
Error incomplete(const script::BodyOutcome &outcome, const revision::Step &step, const QString &file)
{
    Error error{.code = ErrorCode::ScriptNotUnderstood,
                .detail = outcome.reason,
                .file = outcome.file.isEmpty() ? file : outcome.file,
                .line = outcome.line,
                .revision = step.revision};
    if (outcome.isMissing) {
        error.code = ErrorCode::DirectionMissing;
        error.subject = step.kind == revision::Step::Kind::Upgrade ? QStringLiteral("upgrade") : QStringLiteral("downgrade");
    } else if (outcome.status == script::BodyStatus::NeedsDatabase) {
        error.code = ErrorCode::ScriptNeedsDatabase;
    } else if (!outcome.raises.isEmpty()) {
        error.code = ErrorCode::ScriptRaised;
        error.detail = outcome.raises;
    }
    return error;
}

} // namespace

Run::Run(const project::Project &project, const sql::QualifiedName &versionTable, Session &session, const RunRequest &request,
         const std::atomic<bool> &stop, Journal *journal, const std::function<void(const RunEvent &)> &show)
    : m_project(project), m_versionTable(versionTable), m_session(session), m_request(request), m_stop(stop), m_journal(journal), m_show(show),
      m_tell([this](const RunEvent &event) {
          journalOnly(event);
          m_show(event);
      }),
      m_plan(request.plan),
      m_dialect(dialect::Dialect::create(session.kind(), dialect::RenderOptions{.serverVersion = session.serverVersionNumber()})),
      m_lookup(std::make_unique<LookupAfter>(database::liveSchemaLookup(session), [this] { return sendQueued(); })),
      m_version{*m_dialect, versionTable, true, project.versionTableHasPrimaryKey()},
      // SQLite has no DDL transaction in Alembic, each revision stands alone there; here each is atomic.
      m_perStep(!request.rollsBack && isPerStep(project, session.kind(), request.transactions)), m_rows(request.plan.startRows),
      m_committedRows(request.plan.startRows)
{
    if (request.connection)
        m_watch.emplace(*request.connection);
}

script::Environment Run::environment() const
{
    script::Environment environment = m_project.environment(dialect::dialectName(m_session.kind()));
    environment.offline = false;
    environment.connectedTo = connectedTo(m_session);
    environment.cancel = m_request.cancel;
    return environment;
}

Result<void> Run::body(int number, const revision::Step &step)
{
    if (const TakenBody *taken = takenBody(m_request.taken, step)) {
        if (auto same = isAsTaken(step, *taken); !same)
            return same;
        for (const dialect::Statement &statement : taken->statements) {
            if (auto done = deliver(number, statement, false); !done)
                return std::unexpected(std::move(done).error());
        }
        return {};
    }
    const auto index = m_project.graph().find(step.revision);
    if (!index) {
        Error error;
        error.code = ErrorCode::NoSuchRevision;
        error.subject = step.revision;
        return std::unexpected(std::move(error));
    }
    const revision::Header &header = m_project.graph().revisions()[*index].header;
    const BodyName name = bodyOf(header, step);
    auto script = scriptOf(name);
    if (!script)
        return std::unexpected(std::move(script).error());
    StatementSink sink(*m_dialect, m_lookup.get(), [this, number](const dialect::Statement &statement) { return deliver(number, statement, false); });
    sink.setSplitsTexts(m_session.kind() == dialect::DialectKind::PostgreSql);
    sink.setInspector([this](const QString &table) -> Result<std::optional<QVariantMap>> {
        if (auto sent = sendQueued(); !sent)
            return std::unexpected(std::move(sent).error());
        return inventoryOf(m_session, m_versionTable, table);
    });
    auto outcome = (*script)->evaluate(name.direction, environment(), sink, &m_evaluator);
    // A script cannot catch what the database refuses, so it may come to its end before its statements are sent. What the database says of
    // them goes before what the script met after them.
    const bool isWhole = outcome && !outcome->isMissing && outcome->status == script::BodyStatus::Complete;
    if (!isWhole) {
        if (auto sent = sendQueued(); !sent)
            return sent;
    }
    if (!outcome) {
        Error error = std::move(outcome).error();
        error.revision = step.revision;
        return std::unexpected(std::move(error));
    }
    for (const QString &note : outcome->notes)
        m_tell(NoticeReceived{number, database::Notice{QStringLiteral("SCRIPT"), {}, note, {}, {}}});
    if (isWhole)
        return {};
    return std::unexpected(incomplete(*outcome, step, header.file));
}

/// With foreign keys in force, dropping a table for its rebuild would delete the rows that refer to it. The setting cannot change
/// inside a transaction. Source: SQLite, "ALTER TABLE", 7. Making Other Kinds Of Table Schema Changes.
Result<void> Run::turnForeignKeysOff()
{
    if (m_session.kind() != dialect::DialectKind::Sqlite)
        return {};
    const auto setting = m_session.execute(QStringLiteral("PRAGMA foreign_keys"));
    if (!setting)
        return std::unexpected(setting.error());
    m_foreignKeysWereOn = !setting->rows.empty() && setting->rows.front().front().toBool();
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
        const bool mustMeet = change.kind != revision::VersionChange::Kind::Insert;
        if (mustMeet && !*done && !m_queue.empty())
            m_queue.back().mustMeet = change.from;
        if (mustMeet && *done && (*done)->rowCount != 1) {
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
    m_hasCreatedVersionTable = true;
    return {};
}

Result<void> Run::writeLedger(int number, const revision::Step &step)
{
    const auto write = [this, number](const QString &sql) -> Result<void> {
        dialect::Statement statement;
        statement.sql = sql;
        const auto done = deliver(number, statement, true);
        return done ? Result<void>() : std::unexpected(done.error());
    };
    if (!m_hasLedger) {
        if (auto sent = sendQueued(); !sent)
            return sent;
        const auto has = hasLedger(m_session, m_versionTable);
        if (!has)
            return std::unexpected(has.error());
        if (!*has) {
            if (auto made = write(ledgerCreateText(m_session.kind(), m_versionTable)); !made)
                return made;
        }
        m_hasLedger = true;
    }
    if (auto sent = sendQueued(); !sent) // so that they are counted
        return sent;
    const TakenBody *taken = takenBody(m_request.taken, step);
    return write(ledgerInsertText(m_session.kind(), m_versionTable,
                                  {.run = m_runId,
                                   .number = ++m_ledgerRows,
                                   .revision = step.revision,
                                   .direction = stepKindName(step.kind),
                                   .at = {},
                                   .by = userName(),
                                   .host = QSysInfo::machineHostName(),
                                   .program = QCoreApplication::applicationName() + QLatin1Char(' ') + QCoreApplication::applicationVersion(),
                                   .statements = static_cast<int>(m_outside.size() + m_inTransaction.size()),
                                   .takenFrom = taken ? taken->from : QString()}));
}

Result<void> Run::step(int number)
{
    const revision::Step &what = m_plan.steps[static_cast<std::size_t>(number)];
    QElapsedTimer clock;
    clock.start();
    m_statementIndex = 0;
    m_outside.clear();
    m_inTransaction.clear();
    const TakenBody *taken = takenBody(m_request.taken, what);
    if (taken && taken->runsWith)
        return stepThere(number, what, *taken);
    // After a step that ran elsewhere nothing is open either.
    if (m_perStep || number == 0 || m_session.transactionState() == database::TransactionState::Idle) {
        if (auto begun = begin(); !begun)
            return begun;
    }
    m_currentStep = number;
    const auto index = m_project.graph().find(what.revision);
    m_tell(StepStarted{number, stepCount(), what, index ? m_project.graph().revisions()[*index].header.message : QString(),
                       taken ? taken->from : QString()});
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
    if (m_request.policy.keepsLedger && !m_request.rollsBack) {
        if (auto kept = writeLedger(number, what); !kept)
            return kept;
    }
    if (auto sent = sendQueued([this, number] { evaluateAhead(number + 1); }); !sent)
        return sent;
    ++m_stepsDone;
    const bool isLast = number + 1 == stepCount();
    const bool commits = !m_request.rollsBack && (m_perStep || isLast || m_stop);
    if (commits) {
        if (auto committed = commit(); !committed)
            return committed;
    }
    m_tell(StepDone{number, what.revision, clock.elapsed(), commits});
    return {};
}

Result<void> Run::steps()
{
    for (int number = 0; number < stepCount(); ++number) {
        if (auto done = step(number); !done)
            return done;
        // Asked of the books and not of m_stop alone, which may have been set after the step left its transaction open.
        if (m_stop && (m_stepsCommitted == m_stepsDone || m_request.rollsBack))
            return {};
    }
    return {};
}

} // namespace stillroom::migration
