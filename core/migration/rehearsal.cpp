// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/rehearsal.h"

#include "migration/scratchcopy.h"

#include "database/catalog.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <set>

namespace stillroom::migration {

using database::CatalogSnapshot;
using database::CatalogTable;
using database::ConnectionSpec;
using database::Session;
using dialect::DialectKind;

namespace {

const QString kLocksQuery = QStringLiteral(
    "SELECT l.mode || ' on ' || c.oid::regclass::text\n"
    "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
    "WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted\n"
    "  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'");
const QString kFilesQuery = QStringLiteral("SELECT c.oid::bigint, c.oid::regclass::text, pg_catalog.pg_relation_filenode(c.oid)::bigint\n"
                                           "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
                                           "WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'");
/// What a downgrade forgets most often and no table has: types, sequences of their own, functions, extensions.
const QString kObjectsQuery = QStringLiteral(
    "SELECT 'type ' || t.oid::regtype::text || coalesce(' (' || (SELECT string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)\n"
    "    FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid) || ')', '')\n"
    "FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace\n"
    "WHERE t.typtype IN ('e', 'd') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'\n"
    "UNION ALL SELECT 'sequence ' || c.oid::regclass::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
    "WHERE c.relkind = 'S' AND n.nspname NOT LIKE 'pg\\_%'\n"
    "UNION ALL SELECT 'function ' || p.oid::regprocedure::text FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace\n"
    "WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'\n"
    "  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')\n"
    "UNION ALL SELECT 'schema ' || nspname::text FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE 'pg\\_%'\n"
    "UNION ALL SELECT 'extension ' || extname::text FROM pg_catalog.pg_extension");

struct File {
    QString table;
    qint64 node = 0;
};

/// Collects what each statement did, in the session and transaction in which it ran.
class Watch {
public:
    Watch(Session &session, Rehearsal &rehearsal) : m_session(session), m_rehearsal(rehearsal) {}

    Result<void> begin()
    {
        if (m_session.kind() != DialectKind::PostgreSql)
            return {};
        // The server says at DEBUG1 which tables it rewrites and which it scans.
        if (auto set = m_session.execute(QStringLiteral("SET client_min_messages = debug1")); !set)
            return std::unexpected(std::move(set).error());
        auto files = readFiles();
        if (!files)
            return std::unexpected(std::move(files).error());
        m_files = std::move(*files);
        return {};
    }
    void end()
    {
        if (m_session.kind() == DialectKind::PostgreSql && m_session.isUsable())
            std::ignore = m_session.execute(QStringLiteral("RESET client_min_messages"));
    }

    /// False: a message that is for this class alone.
    bool take(const RunEvent &event)
    {
        if (const auto *step = std::get_if<StepStarted>(&event)) {
            m_revision = step->what.revision;
        } else if (const auto *started = std::get_if<StatementStarted>(&event)) {
            m_rehearsal.statements.push_back({.step = started->step,
                                              .index = started->index,
                                              .revision = m_revision,
                                              .sql = started->statement.sql,
                                              .isVersionStatement = started->isVersionStatement,
                                              .isOutsideTransaction = started->isOutsideTransaction});
            m_isRunning = true;
        } else if (const auto *done = std::get_if<StatementDone>(&event)) {
            m_rehearsal.statements.back().microseconds = done->microseconds;
            m_rehearsal.statements.back().rows = done->rowsAffected;
            m_isRunning = false;
        } else if (std::holds_alternative<Committed>(event)) {
            m_locks.clear();
        } else if (const auto *notice = std::get_if<NoticeReceived>(&event)) {
            if (notice->notice.severity.startsWith(QLatin1String("DEBUG"))) {
                scanned(notice->notice.text);
                return false;
            }
        }
        return true;
    }

    Result<void> afterStatement()
    {
        if (m_session.kind() != DialectKind::PostgreSql)
            return {};
        RehearsedStatement &statement = m_rehearsal.statements.back();
        if (m_session.transactionState() == database::TransactionState::InTransaction) {
            const auto held = m_session.execute(kLocksQuery);
            if (!held)
                return std::unexpected(held.error());
            for (const auto &row : held->rows) {
                if (const QString lock = row.front().toString(); m_locks.insert(lock).second)
                    statement.locks.append(lock);
            }
            statement.locks.sort();
        }
        auto files = readFiles();
        if (!files)
            return std::unexpected(std::move(files).error());
        for (const auto &[oid, file] : *files) {
            if (const auto before = m_files.find(oid); before != m_files.end() && before->second.node != file.node)
                statement.rewritten.append(file.table);
        }
        m_files = std::move(*files);
        return {};
    }

private:
    [[nodiscard]] Result<std::map<qint64, File>> readFiles()
    {
        const auto read = m_session.execute(kFilesQuery);
        if (!read)
            return std::unexpected(read.error());
        std::map<qint64, File> files;
        for (const auto &row : read->rows)
            files[row.at(0).toLongLong()] = {row.at(1).toString(), row.at(2).toLongLong()};
        return files;
    }
    void scanned(const QString &message)
    {
        static const QRegularExpression scan(
            QStringLiteral("^(?:verifying table|validating foreign key constraint .* on|building index .* on table) \"([^\"]*)\""));
        const auto match = scan.match(message);
        const bool isOfServer = match.captured(1).startsWith(QLatin1String("pg_")); // a TOAST table that is made along
        if (!m_isRunning || !match.hasMatch() || isOfServer || m_rehearsal.statements.empty())
            return;
        QStringList &tables = m_rehearsal.statements.back().scanned;
        if (!tables.contains(match.captured(1)))
            tables.append(match.captured(1));
    }

    Session &m_session;
    Rehearsal &m_rehearsal;
    QString m_revision;
    bool m_isRunning = false;
    std::set<QString> m_locks;
    std::map<qint64, File> m_files;
};

QString shown(const CatalogTable &table)
{
    return table.schema.isEmpty() || table.schema == QLatin1String("public") ? table.name : table.schema + QLatin1Char('.') + table.name;
}

/// One line for each part that only one side has, or that differs.
template<class Part>
void compareParts(const QString &table, const QString &what, const std::vector<Part> &before, const std::vector<Part> &after,
                  const std::function<QString(const Part &)> &name, QStringList &differences)
{
    std::map<QString, const Part *> old, now;
    for (const Part &part : before)
        old[name(part)] = &part;
    for (const Part &part : after)
        now[name(part)] = &part;
    for (const auto &[key, part] : old) {
        const auto found = now.find(key);
        if (found == now.end())
            differences.append(QStringLiteral("%1: %2 %3 is gone").arg(table, what, key));
        else if (!(*found->second == *part))
            differences.append(QStringLiteral("%1: %2 %3 is not as it was").arg(table, what, key));
    }
    for (const auto &[key, part] : now) {
        if (!old.contains(key))
            differences.append(QStringLiteral("%1: %2 %3 is new").arg(table, what, key));
    }
}

void compareTables(const CatalogTable &before, const CatalogTable &after, QStringList &differences)
{
    const QString table = shown(before);
    compareParts<database::CatalogColumn>(
        table, QStringLiteral("column"), before.columns, after.columns, [](const auto &c) { return c.name; }, differences);
    compareParts<database::CatalogConstraint>(
        table, QStringLiteral("constraint"), before.constraints, after.constraints,
        [](const auto &c) { return c.name.isEmpty() ? c.definition : c.name; }, differences);
    compareParts<database::CatalogIndex>(
        table, QStringLiteral("index"), before.indexes, after.indexes, [](const auto &i) { return i.name; }, differences);
    if (before.triggers != after.triggers)
        differences.append(QStringLiteral("%1: triggers are not as they were").arg(table));
    if (before.comment != after.comment)
        differences.append(QStringLiteral("%1: the comment is not as it was").arg(table));
    const bool isView = before.kind.contains(QLatin1String("view"));
    if (before.kind != after.kind || (isView && before.sql != after.sql))
        differences.append(QStringLiteral("%1 is not as it was").arg(table));
}

/// A schema, and on PostgreSQL the objects that belong to no table.
struct Schema {
    CatalogSnapshot catalog;
    QStringList objects;
};

Result<Schema> readSchema(Session &session, const sql::QualifiedName &versionTable)
{
    auto catalog = database::readCatalog(session, versionTable);
    if (!catalog)
        return std::unexpected(std::move(catalog).error());
    Schema schema{std::move(*catalog), {}};
    if (session.kind() == DialectKind::PostgreSql) {
        const auto objects = session.execute(kObjectsQuery);
        if (!objects)
            return std::unexpected(objects.error());
        for (const auto &row : objects->rows)
            schema.objects.append(row.front().toString());
        schema.objects.sort();
    }
    return schema;
}

QStringList differences(const Schema &before, const Schema &after, const sql::QualifiedName &versionTable)
{
    QStringList found = schemaDifferences(before.catalog, after.catalog, versionTable);
    for (const QString &object : before.objects) {
        if (!after.objects.contains(object))
            found.append(object + QStringLiteral(" is gone"));
    }
    for (const QString &object : after.objects) {
        if (!before.objects.contains(object))
            found.append(object + QStringLiteral(" is new"));
    }
    return found;
}

/// Runs the plan in `session` and notes what each statement does.
Result<void> watchedRun(const project::Project &project, Session &session, RunRequest request, Rehearsal &rehearsal, const std::atomic<bool> &stop,
                        const std::function<void(const RunEvent &)> &tell)
{
    Watch watch(session, rehearsal);
    if (auto begun = watch.begin(); !begun)
        return begun;
    request.afterStatement = [&watch](int, int, const dialect::Statement &) { return watch.afterStatement(); };
    const auto done = run(project, session, request, stop, [&](const RunEvent &event) {
        if (const auto *end = std::get_if<RunDone>(&event))
            rehearsal.stopped = end->stopped;
        if (watch.take(event))
            tell(event);
    });
    watch.end();
    return done;
}

/// Down to where the database was, and up again.
Result<void> backAndForth(const project::Project &project, Session &session, const RunRequest &up, const sql::QualifiedName &versionTable,
                          const Schema &before, Rehearsal &rehearsal, const std::atomic<bool> &stop,
                          const std::function<void(const RunEvent &)> &tell)
{
    const auto isStopped = [&] {
        if (stop)
            rehearsal.whyNotBack = QStringLiteral("it was stopped");
        return stop.load();
    };
    if (isStopped())
        return {};
    if (up.plan.kind != revision::Plan::Kind::Upgrade || up.plan.startRows.size() > 1) {
        rehearsal.whyNotBack = QStringLiteral("only an upgrade from one revision or from none is tried backwards");
        return {};
    }
    const auto upOnce = readSchema(session, versionTable);
    if (!upOnce)
        return std::unexpected(upOnce.error());
    RunRequest down = up;
    auto plan =
        revision::planDowngrade(project.graph(), up.plan.endRows, up.plan.startRows.isEmpty() ? QStringLiteral("base") : up.plan.startRows.front());
    if (!plan || plan->endRows != up.plan.startRows) {
        rehearsal.whyNotBack = QStringLiteral("no single downgrade leads back to where the database was");
        return {};
    }
    down.plan = std::move(*plan);
    if (const auto done = run(project, session, down, stop, tell); !done) {
        rehearsal.whyNotBack = done.error().detail.isEmpty() ? QStringLiteral("the downgrade failed") : done.error().detail;
        return {};
    }
    if (isStopped())
        return {};
    rehearsal.wentBack = true;
    const auto downAgain = readSchema(session, versionTable);
    if (!downAgain)
        return std::unexpected(downAgain.error());
    rehearsal.notRestored = differences(before, *downAgain, versionTable);
    if (const auto done = run(project, session, up, stop, tell); !done) {
        rehearsal.whyNotBack = QStringLiteral("the second upgrade failed: %1").arg(done.error().detail);
        return {};
    }
    if (isStopped())
        return {};
    rehearsal.wentForthAgain = true;
    const auto upAgain = readSchema(session, versionTable);
    if (!upAgain)
        return std::unexpected(upAgain.error());
    rehearsal.differentAgain = differences(*upOnce, *upAgain, versionTable);
    return {};
}

} // namespace

QStringList schemaDifferences(const CatalogSnapshot &before, const CatalogSnapshot &after, const sql::QualifiedName &versionTable)
{
    std::map<QString, const CatalogTable *> old, now;
    const auto isOurs = [&versionTable](const CatalogTable &table) {
        return table.name == versionTable.name.text && (versionTable.schema.isEmpty() || table.schema == versionTable.schema.text);
    };
    for (const CatalogTable &table : before.tables) {
        if (!isOurs(table))
            old[shown(table)] = &table;
    }
    for (const CatalogTable &table : after.tables) {
        if (!isOurs(table))
            now[shown(table)] = &table;
    }
    QStringList found;
    for (const auto &[name, table] : old) {
        if (const auto other = now.find(name); other == now.end())
            found.append(QStringLiteral("%1 %2 is gone").arg(table->kind, name));
        else
            compareTables(*table, *other->second, found);
    }
    for (const auto &[name, table] : now) {
        if (!old.contains(name))
            found.append(QStringLiteral("%1 %2 is new").arg(table->kind, name));
    }
    return found;
}

namespace {

/// On the copy, in a session of its own that is closed when this returns.
Result<void> rehearseOn(const ConnectionSpec &copy, const project::Project &project, const RehearsalRequest &request, RunRequest wanted,
                        const sql::QualifiedName &versionTable, Rehearsal &rehearsal, const std::atomic<bool> &stop,
                        const std::function<void(const RunEvent &)> &tell)
{
    ConnectionSpec spec = copy;
    spec.readOnly = false;
    wanted.connection = spec;
    const auto scratch = Session::open(spec);
    if (!scratch)
        return std::unexpected(scratch.error());
    if (request.runsIn)
        request.runsIn((*scratch)->cancelHandle());
    const auto before = readSchema(**scratch, versionTable);
    if (!before)
        return std::unexpected(before.error());
    const auto done = watchedRun(project, **scratch, wanted, rehearsal, stop, tell);
    if (done)
        return request.goesBackAndForth ? backAndForth(project, **scratch, wanted, versionTable, *before, rehearsal, stop, tell) : Result<void>();
    if (done.error().code != ErrorCode::StatementFailed)
        return done;
    rehearsal.failure = done.error();
    return {};
}

} // namespace

Result<Rehearsal> rehearse(const project::Project &project, Session &session, const RehearsalRequest &request, const std::atomic<bool> &stop,
                           const std::function<void(const RunEvent &)> &tell)
{
    const auto versionTable = project.versionTable();
    if (!versionTable)
        return std::unexpected(versionTable.error());
    Rehearsal rehearsal;
    RunRequest wanted{.plan = request.plan, .targetName = QStringLiteral("rehearsal on ") + request.connection.display(), .policy = request.policy};
    wanted.policy.backsUpFirst = false;
    wanted.isRehearsal = true;
    wanted.databaseName = request.databaseName;
    wanted.consent = request.consent;
    wanted.taken = request.taken;
    wanted.cancel = request.cancel;
    if (!request.onCopy) {
        wanted.connection = request.connection;
        wanted.rollsBack = true;
        const auto done = watchedRun(project, session, wanted, rehearsal, stop, tell);
        if (!done) {
            if (done.error().code != ErrorCode::StatementFailed)
                return std::unexpected(done.error());
            rehearsal.failure = done.error();
        }
        return rehearsal;
    }
    // Nothing that the policy guards happens on the copy.
    wanted.policy.confirms = wanted.policy.confirmsByTyping = wanted.policy.readOnly = false;
    wanted.consent = {};
    const auto copy = ScratchCopy::make(session, request.connection);
    if (!copy)
        return std::unexpected(copy.error());
    rehearsal.whereItRan = (*copy)->spec().databaseName();
    auto done = rehearseOn((*copy)->spec(), project, request, wanted, *versionTable, rehearsal, stop, tell);
    if (request.runsIn)
        request.runsIn(session.cancelHandle());
    rehearsal.leftOver = (*copy)->remove();
    if (done)
        return rehearsal;
    if (!rehearsal.leftOver.isEmpty() && done.error().hint.isEmpty())
        done.error().hint = rehearsal.leftOver;
    return std::unexpected(std::move(done).error());
}

} // namespace stillroom::migration
