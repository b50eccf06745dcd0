// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/worker.h"

#include "migration/branchcomparison.h"
#include "migration/foreignstep.h"
#include "migration/inventory.h"

#include "revision/plan.h"

#include <QScopeGuard>
#include <QThreadPool>

#include <utility>

namespace stillroom::migration {

MigrationWorker::MigrationWorker(QObject *parent) : QObject(parent)
{
    qRegisterMetaType<database::ConnectionSpec>();
    qRegisterMetaType<database::ConnectionPolicy>();
    qRegisterMetaType<database::Consent>();
    qRegisterMetaType<database::CatalogSnapshot>();
    qRegisterMetaType<ProjectPtr>();
    qRegisterMetaType<PlanRequest>();
    qRegisterMetaType<AlembicLeave>();
    qRegisterMetaType<Preview>();
    qRegisterMetaType<BodySql>();
    qRegisterMetaType<RunEvent>();
    qRegisterMetaType<Rehearsal>();
    qRegisterMetaType<Error>();
    qRegisterMetaType<revision::Plan>();
    qRegisterMetaType<std::vector<RevisionOutlook>>();
    qRegisterMetaType<std::vector<project::Finding>>();
    qRegisterMetaType<std::vector<RunRecord>>();
    qRegisterMetaType<std::vector<VersionDefect>>();
    qRegisterMetaType<std::vector<LedgerEntry>>();
    qRegisterMetaType<std::vector<QJsonObject>>();
    qRegisterMetaType<std::vector<ListedBackup>>();
}

MigrationWorker::~MigrationWorker() = default;

void MigrationWorker::requestStop() { m_stop = true; }

void MigrationWorker::requestCancel() { m_cancelled = m_stop = true; }

std::shared_ptr<database::CancelHandle> MigrationWorker::cancelHandle()
{
    const std::scoped_lock lock(m_cancelMutex);
    return m_cancel;
}

void MigrationWorker::abandonWork() { m_abandon = true; }

void MigrationWorker::fail(int id, const Error &error) { Q_EMIT failed(id, error); }

void MigrationWorker::openProject(int id, const QString &path, const QString &section)
{
    m_abandon = false;
    project::OpenOptions options;
    if (!section.isEmpty())
        options.section = section;
    options.cancel = &m_abandon;
    options.progress = [this, id](int done, int total) { Q_EMIT projectProgress(id, done, total); };
    auto opened = project::Project::open(path, options);
    if (!opened)
        return fail(id, opened.error());
    Q_EMIT projectOpened(id, std::make_shared<const project::Project>(std::move(*opened)));
    Q_EMIT finished(id);
}

void MigrationWorker::readProjectAgain(int id, const ProjectPtr &before, const QStringList &scripts, const QString &path, const QString &section)
{
    auto next = scripts.isEmpty() ? std::nullopt : before->withScriptsReadAgain(scripts);
    if (!next)
        return openProject(id, path, section);
    Q_EMIT projectOpened(id, std::make_shared<const project::Project>(std::move(*next)));
    Q_EMIT finished(id);
}

void MigrationWorker::openDatabase(int id, const database::ConnectionSpec &spec)
{
    m_session.reset();
    auto opened = database::Session::open(spec);
    if (!opened)
        return fail(id, opened.error());
    m_session = std::move(*opened);
    m_spec = spec;
    m_policy = {};
    {
        const std::scoped_lock lock(m_cancelMutex);
        m_cancel = m_session->cancelHandle();
    }
    Q_EMIT databaseOpened(id, m_session->serverVersion(), m_session->sessionSettings());
    Q_EMIT finished(id);
}

void MigrationWorker::closeDatabase(int id)
{
    {
        const std::scoped_lock lock(m_cancelMutex);
        m_cancel.reset();
    }
    m_session.reset();
    Q_EMIT databaseClosed(id);
    Q_EMIT finished(id);
}

namespace {

Error notConnected()
{
    Error error;
    error.code = ErrorCode::NotConnected;
    return error;
}

} // namespace

void MigrationWorker::readState(int id, const ProjectPtr &project)
{
    if (!m_session)
        return fail(id, notConnected());
    const Result<sql::QualifiedName> table = project ? project->versionTable() : sql::QualifiedName{{}, QStringLiteral("alembic_version")};
    if (!table)
        return fail(id, table.error());
    auto snapshot = database::readCatalog(*m_session, *table);
    if (!snapshot)
        return fail(id, snapshot.error());
    Q_EMIT stateRead(id, *snapshot);
    Q_EMIT finished(id);
}

RenderRequest MigrationWorker::connectedRequest(dialect::SchemaLookup *lookup) const
{
    RenderRequest request;
    request.kind = m_session->kind();
    request.lookup = lookup;
    request.options.serverVersion = m_session->serverVersionNumber();
    request.offline = false;
    request.connectedTo = connectedTo(*m_session);
    request.cancel = &m_abandon;
    return request;
}

void MigrationWorker::renderRevision(int id, const ProjectPtr &project, const QString &revisionId, dialect::DialectKind fallback)
{
    m_abandon = false;
    const auto index = project->graph().find(revisionId);
    if (!index) {
        Error error;
        error.code = ErrorCode::NoSuchRevision;
        error.subject = revisionId;
        return fail(id, error);
    }
    const dialect::DialectKind kind = m_session ? m_session->kind() : fallback;
    const bool isConnected = m_session != nullptr && kind == m_session->kind();
    // With a database connected this is what a run would send; the fold of the ancestors says how tables stand before the revision,
    // which the live tables need not do.
    RenderRequest request = isConnected ? connectedRequest(nullptr) : RenderRequest{.kind = kind, .cancel = &m_abandon};
    const revision::Header &header = project->graph().revisions()[*index].header;
    auto up = renderBody(*project, header, script::Direction::Upgrade, request);
    if (!up)
        return fail(id, up.error());
    auto down = renderBody(*project, header, script::Direction::Downgrade, request);
    if (!down)
        return fail(id, down.error());
    if (isConnected) {
        // What a body asks is asked where the next run would come to it.
        for (auto [body, direction] : {std::pair{&*up, script::Direction::Upgrade}, std::pair{&*down, script::Direction::Downgrade}}) {
            if (body->status != BodySql::Status::NeedsDatabase)
                continue;
            auto asked = previewBody(*project, *m_session, revisionId, direction, &m_abandon);
            if (!asked)
                return fail(id, asked.error());
            if (*asked)
                *body = std::move(**asked);
        }
    }
    Q_EMIT revisionRendered(id, revisionId, *up, *down);
    Q_EMIT finished(id);
}

void MigrationWorker::preparePlan(int id, const ProjectPtr &project, const PlanRequest &request)
{
    m_abandon = m_stop = m_cancelled = false; // what was asked of a run that had ended already
    m_taken.clear();
    if (!m_session)
        return fail(id, notConnected());
    auto plan = makePlan(*project, *m_session, request);
    if (!plan)
        return fail(id, plan.error());
    auto preview = previewConnected(*project, *m_session, *plan, &m_abandon);
    if (!preview)
        return fail(id, preview.error());
    Q_EMIT planReady(id, *preview);
    Q_EMIT finished(id);
}

void MigrationWorker::preparePlanWithPython(int id, const ProjectPtr &project, const PlanRequest &request, const AlembicLeave &leave)
{
    m_abandon = m_stop = m_cancelled = false;
    m_taken.clear();
    if (!m_session)
        return fail(id, notConnected());
    const auto plan = makePlan(*project, *m_session, request);
    if (!plan)
        return fail(id, plan.error());
    std::vector<TakenBody> taken;
    for (const revision::Step &step : plan->steps) {
        revision::Plan alone = *plan; // a reset has each revision twice
        alone.steps = {step};
        const auto direction = step.kind == revision::Step::Kind::Upgrade ? script::Direction::Upgrade : script::Direction::Downgrade;
        const TakeRequest wanted{.python = leave.python, .kind = m_session->kind(), .stop = &m_stop};
        if (!leave.runs.contains(step.revision) && !leave.writes.contains(step.revision))
            continue;
        auto body = leave.runs.contains(step.revision) ? runThere(*project, alone, step.revision, leave.python)
                                                       : takeBody(*project, step.revision, direction, wanted);
        if (!body)
            return fail(id, body.error());
        taken.push_back(std::move(*body));
    }
    const auto preview = previewConnected(*project, *m_session, *plan, &m_abandon, taken);
    if (!preview)
        return fail(id, preview.error());
    m_taken = std::move(taken);
    m_takenFor = *plan;
    Q_EMIT planReady(id, *preview);
    Q_EMIT finished(id);
}

void MigrationWorker::prepareOfflinePlan(int id, const ProjectPtr &project, const PlanRequest &request, dialect::DialectKind kind)
{
    m_abandon = false;
    auto plan = makeOfflinePlan(project->graph(), request);
    if (!plan)
        return fail(id, plan.error());
    auto preview = previewPlan(*project, *plan, RenderRequest{.kind = kind, .cancel = &m_abandon});
    if (!preview)
        return fail(id, preview.error());
    Q_EMIT planReady(id, *preview);
    Q_EMIT finished(id);
}

void MigrationWorker::findVersionDefects(int id, const ProjectPtr &project)
{
    if (!m_session)
        return fail(id, notConnected());
    const auto defects = migration::findVersionDefects(*project, *m_session);
    if (!defects)
        return fail(id, defects.error());
    Q_EMIT versionDefectsFound(id, *defects);
    Q_EMIT finished(id);
}

void MigrationWorker::repairVersionTable(int id, const ProjectPtr &project, const std::vector<VersionDefect> &shown)
{
    if (!m_session)
        return fail(id, notConnected());
    const auto rows = migration::repairVersionTable(*project, *m_session, shown, m_policy, m_spec.databaseName(), std::exchange(m_consent, {}));
    if (!rows)
        return fail(id, rows.error());
    Q_EMIT versionTableRepaired(id, *rows);
    Q_EMIT finished(id);
}

void MigrationWorker::readLedger(int id, const ProjectPtr &project)
{
    if (!m_session)
        return fail(id, notConnected());
    const auto table = project->versionTable();
    if (!table)
        return fail(id, table.error());
    const auto entries = migration::readLedger(*m_session, *table);
    if (!entries)
        return fail(id, entries.error());
    Q_EMIT ledgerRead(id, *entries);
    Q_EMIT finished(id);
}

void MigrationWorker::listBackups(int id, const ProjectPtr &project, const QString &folder)
{
    if (!m_session)
        return fail(id, notConnected());
    const auto table = project ? project->versionTable() : sql::QualifiedName{{}, QStringLiteral("alembic_version")};
    std::vector<ListedBackup> listed;
    for (const database::Backup &backup : database::backupsOf(m_spec, folder)) {
        ListedBackup each{.backup = backup};
        if (const auto rows = table ? database::versionRowsIn(backup, *table) : std::unexpected(table.error()))
            each.versions = *rows;
        listed.push_back(std::move(each));
    }
    Q_EMIT backupsListed(id, listed);
    Q_EMIT finished(id);
}

void MigrationWorker::makeBackup(int id, const ProjectPtr &project, const QString &folder)
{
    if (!m_session)
        return fail(id, notConnected());
    if (const auto made = database::makeBackup(*m_session, m_spec, folder); !made)
        return fail(id, made.error());
    listBackups(id, project, folder);
}

void MigrationWorker::pruneBackups(int id, const ProjectPtr &project, const QString &folder, int keep)
{
    if (!m_session)
        return fail(id, notConnected());
    database::pruneBackups(folder, m_spec.databaseName(), keep, m_spec.display());
    listBackups(id, project, folder);
}

void MigrationWorker::restoreBackup(int id, const QString &file)
{
    const database::Consent consent = std::exchange(m_consent, {});
    if (!m_session)
        return fail(id, notConnected());
    if (m_spec.readOnly)
        return fail(id, {.code = ErrorCode::ReadOnlyConnection, .subject = m_spec.databaseName()});
    if (const auto permitted = database::permitsRestore(m_policy, m_spec, file, consent); !permitted)
        return fail(id, permitted.error());
    {
        const std::scoped_lock lock(m_cancelMutex);
        m_cancel.reset();
    }
    m_session.reset();
    const auto restored = database::restoreBackup(m_spec, file);
    auto opened = database::Session::open(m_spec);
    if (opened) {
        m_session = std::move(*opened);
        const std::scoped_lock lock(m_cancelMutex);
        m_cancel = m_session->cancelHandle();
    }
    if (!restored) {
        Error error = restored.error();
        if (!opened)
            error.detail += QStringLiteral("; and the connection could not be opened again: %1").arg(opened.error().detail);
        return fail(id, error);
    }
    Q_EMIT backupRestored(id, restored->keptAs, restored->missing);
    if (!opened)
        return fail(id, opened.error());
    Q_EMIT finished(id);
}

void MigrationWorker::readRuns(int id, const QString &folder)
{
    Q_EMIT runsRead(id, runRecords(folder));
    Q_EMIT finished(id);
}

void MigrationWorker::readRun(int id, const QString &folder, const QString &run)
{
    const auto lines = migration::readRun(folder, run);
    if (!lines)
        return fail(id, lines.error());
    Q_EMIT runRead(id, run, *lines);
    Q_EMIT finished(id);
}

void MigrationWorker::checkHistory(int id, const ProjectPtr &project, dialect::DialectKind kind)
{
    m_abandon = false;
    Q_EMIT historyChecked(id, project::checkHistory(*project));
    if (const auto all = checkEverything(*project, kind, &m_abandon))
        Q_EMIT historyChecked(id, *all);
    Q_EMIT finished(id);
}

void MigrationWorker::survey(int id, const ProjectPtr &project, const std::vector<revision::Index> &revisions, dialect::DialectKind kind)
{
    m_abandon = false;
    if (!m_survey || m_surveyed != project || m_surveyedKind != kind) {
        m_survey = std::make_unique<Survey>(*project, kind);
        m_surveyed = project;
        m_surveyedKind = kind;
    }
    std::vector<RevisionOutlook> outlooks;
    for (const revision::Index revision : revisions) {
        auto outlook = m_survey->look(revision, &m_abandon);
        if (!outlook)
            break;
        outlooks.push_back(std::move(*outlook));
    }
    Q_EMIT surveyed(id, outlooks);
    Q_EMIT finished(id);
}

void MigrationWorker::run(int id, const ProjectPtr &project, const revision::Plan &plan)
{
    // Not on entering: a stop that came while the request was under way counts.
    const auto ended = qScopeGuard([this] { m_stop = m_cancelled = false; });
    if (!m_session)
        return fail(id, notConnected());
    if (m_spec.readOnly) {
        Error error;
        error.code = ErrorCode::ReadOnlyConnection;
        error.subject = m_spec.databaseName();
        return fail(id, error);
    }
    const RunRequest request{.plan = plan,
                             .targetName = m_spec.display(),
                             .policy = m_policy,
                             .consent = std::exchange(m_consent, {}),
                             .databaseName = m_spec.databaseName(),
                             .connection = m_spec,
                             .backupFolder = m_policy.backsUpFirst ? m_backupFolder : QString(),
                             .journalFolder = journalFolder(),
                             .cancel = &m_cancelled,
                             .taken = plan == m_takenFor ? m_taken : std::vector<TakenBody>{},
                             .transactions = std::exchange(m_transactions, RunRequest::Transactions::AsProject)};
    const auto done = migration::run(*project, *m_session, request, m_stop, [this, id](const RunEvent &event) { Q_EMIT runEvent(id, event); });
    if (!done)
        return fail(id, done.error());
    Q_EMIT finished(id);
}

void MigrationWorker::rehearse(int id, const ProjectPtr &project, const revision::Plan &plan, bool onCopy)
{
    const auto ended = qScopeGuard([this] { m_stop = m_cancelled = false; });
    if (!m_session)
        return fail(id, notConnected());
    const RehearsalRequest request{.plan = plan,
                                   .connection = m_spec,
                                   .databaseName = m_spec.databaseName(),
                                   .policy = m_policy,
                                   .consent = std::exchange(m_consent, {}),
                                   .onCopy = onCopy,
                                   .goesBackAndForth = onCopy,
                                   .taken = plan == m_takenFor ? m_taken : std::vector<TakenBody>{},
                                   .cancel = &m_cancelled,
                                   .runsIn = [this](std::shared_ptr<database::CancelHandle> handle) {
                                       const std::scoped_lock lock(m_cancelMutex);
                                       m_cancel = std::move(handle);
                                   }};
    const auto done = migration::rehearse(*project, *m_session, request, m_stop, [this, id](const RunEvent &event) { Q_EMIT runEvent(id, event); });
    if (!done)
        return fail(id, done.error());
    Q_EMIT rehearsed(id, *done);
    Q_EMIT finished(id);
}

MigrationThread::MigrationThread(QObject *parent) : QObject(parent), m_worker(new MigrationWorker)
{
    m_thread.setObjectName(QStringLiteral("migration"));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

MigrationThread::~MigrationThread()
{
    m_worker->abandonWork();
    m_worker->requestStop();
    cancelNow();
    m_thread.quit();
    m_thread.wait();
}

void MigrationThread::cancelNow()
{
    m_worker->requestCancel();
    // The handle outlives the session, so the third thread needs nothing of ours.
    if (const auto handle = m_worker->cancelHandle())
        QThreadPool::globalInstance()->start([handle] { handle->cancel(); });
}

} // namespace stillroom::migration
