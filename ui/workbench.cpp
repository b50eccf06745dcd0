// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workbench.h"

#include "database/backup.h"
#include "project/answers.h"

#include <QDir>
#include <QFutureWatcher>
#include <QPromise>
#include <QThread>

#include <algorithm>
#include <utility>

namespace stillroom::ui {

using migration::MigrationWorker;

namespace {

/// As people say it: a file below the home folder begins with ~.
QString shownName(const database::ConnectionSpec &spec)
{
    const QString display = spec.display();
    const QString home = QDir::homePath() + QLatin1Char('/');
    return spec.kind == dialect::DialectKind::Sqlite && display.startsWith(home) ? QStringLiteral("~/") + display.mid(home.size()) : display;
}

} // namespace

namespace {

/// The stricter of what the person said and what the project says of the connection.
Environment shownEnvironment(Environment said, const database::ConnectionPolicy &policy)
{
    if (policy == database::policyOf(serverEnvironment(said)))
        return said;
    return environmentFromKey(database::environmentName(policy.environment));
}

} // namespace

Workbench::Workbench(QObject *parent) : QObject(parent)
{
    follow(m_scripts.worker());
    // The window's thread needs one as well; more than a few would only wait for each other's memory.
    const int count = std::clamp(QThread::idealThreadCount(), 1, 4);
    for (int i = 0; i < count; ++i) {
        m_surveyors.push_back(std::make_unique<migration::MigrationThread>());
        follow(m_surveyors.back()->worker());
    }
    follow(m_checks.worker());
    follow(m_database.worker());
}

Workbench::~Workbench() = default;

void Workbench::follow(MigrationWorker *worker)
{
    // The receiver lives in this thread, so each of these is queued.
    connect(worker, &MigrationWorker::finished, this, [this](int id) { settle(id, nullptr); });
    connect(worker, &MigrationWorker::failed, this, [this](int id, const Error &error) { settle(id, &error); });
    connect(worker, &MigrationWorker::projectProgress, this, [this](int id, int done, int total) {
        if (id == m_openId)
            Q_EMIT openingProgress(done, total);
    });
    connect(worker, &MigrationWorker::projectOpened, this, [this](int id, const migration::ProjectPtr &project) {
        if (id != m_openId)
            return;
        m_project = project;
        m_graph = std::shared_ptr<const revision::RevisionGraph>(project, &project->graph());
        locate();
        Q_EMIT projectChanged();
        m_checkId = expect({});
        m_checks.worker()->abandonWork(); // of the history as it was
        ask(m_checks, [id = m_checkId, project, kind = previewDialect()](MigrationWorker *asked) { asked->checkHistory(id, project, kind); });
        takePolicyOfProject();
        if (m_target)
            refresh();
    });
    connect(worker, &MigrationWorker::historyChecked, this, [this](int id, const std::vector<project::Finding> &findings) {
        if (id == m_checkId)
            Q_EMIT historyChecked(findings);
    });
    connect(worker, &MigrationWorker::databaseOpened, this, [this](int id, const QString &serverVersion, const QStringList &) {
        if (id != m_connectId || !m_connecting)
            return;
        m_target = std::exchange(m_connecting, std::nullopt);
        m_target->serverVersion = serverVersion;
    });
    connect(worker, &MigrationWorker::stateRead, this, [this](int id, const database::CatalogSnapshot &snapshot) {
        if (id != m_stateId || !m_target)
            return;
        m_snapshot = snapshot;
        locate();
        Q_EMIT stateChanged();
        askForDefects();
    });
    connect(worker, &MigrationWorker::versionDefectsFound, this, [this](int id, const std::vector<migration::VersionDefect> &defects) {
        if (id != m_defectsId || !m_target)
            return;
        m_defects = defects;
        Q_EMIT versionDefectsFound(defects);
    });
    connect(worker, &MigrationWorker::versionTableRepaired, this, [this](int, const QStringList &rows) { Q_EMIT versionTableRepaired(rows); });
    connect(worker, &MigrationWorker::ledgerRead, this, [this](int id, const std::vector<migration::LedgerEntry> &entries) {
        if (id == m_ledgerId)
            Q_EMIT ledgerRead(entries);
    });
    connect(worker, &MigrationWorker::backupsListed, this,
            [this](int, const std::vector<migration::ListedBackup> &backups) { Q_EMIT backupsListed(backups); });
    connect(worker, &MigrationWorker::backupRestored, this,
            [this](int, const QString &keptAs, const QStringList &missing) { Q_EMIT backupRestored(keptAs, missing); });
    connect(worker, &MigrationWorker::revisionRendered, this,
            [this](int, const QString &revision, const migration::BodySql &upgrade, const migration::BodySql &downgrade) {
                if (m_wanted.isEmpty())
                    Q_EMIT revisionRendered(revision, upgrade, downgrade);
            });
    connect(worker, &MigrationWorker::runsRead, this, [this](int, const std::vector<migration::RunRecord> &records) { Q_EMIT runsRead(records); });
    connect(worker, &MigrationWorker::runRead, this,
            [this](int, const QString &run, const std::vector<QJsonObject> &lines) { Q_EMIT runRead(run, lines); });
    connect(worker, &MigrationWorker::surveyed, this, [this](int id, const std::vector<migration::RevisionOutlook> &outlooks) {
        if (m_surveying.remove(id))
            Q_EMIT surveyed(outlooks);
    });
    connect(worker, &MigrationWorker::planReady, this, [this](int id, const migration::Preview &preview) {
        if (id == m_planId)
            Q_EMIT planReady(preview);
    });
    connect(worker, &MigrationWorker::rehearsed, this, [this](int id, const migration::Rehearsal &rehearsal) {
        if (id == m_runId)
            Q_EMIT rehearsed(rehearsal);
    });
    connect(worker, &MigrationWorker::runEvent, this, [this](int id, const migration::RunEvent &event) {
        if (id == m_runId)
            Q_EMIT runEvent(event);
    });
}

int Workbench::expect(const Pending &pending)
{
    m_pending.insert(++m_lastId, pending);
    return m_lastId;
}

void Workbench::settle(int id, const Error *error)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const Pending pending = std::move(*found);
    m_pending.erase(found);
    if (error && pending.failed)
        pending.failed(*error);
    else if (!error && pending.finished)
        pending.finished();
    if (m_pending.isEmpty())
        Q_EMIT idle();
}

void Workbench::locate()
{
    m_position.reset();
    if (m_target && m_snapshot && m_graph)
        m_position = revision::locate(*m_graph, m_snapshot->versions.rows);
}

void Workbench::openProject(const QString &path)
{
    m_scripts.worker()->abandonWork();
    m_wanted.clear();
    m_openId = expect({.failed = [this, path](const Error &error) { Q_EMIT projectFailed(path, error); }, .finished = {}});
    ask(m_scripts, [id = m_openId, path](MigrationWorker *worker) { worker->openProject(id, path, QString()); });
}

void Workbench::readProjectAgain(const QString &path, const QStringList &scripts)
{
    // While one reading is under way, what it reads may be older than this change.
    if (scripts.isEmpty() || !m_project || m_pending.contains(m_openId))
        return openProject(path);
    m_openId = expect({.failed = [this, path](const Error &error) { Q_EMIT projectFailed(path, error); }, .finished = {}});
    ask(m_scripts, [id = m_openId, before = m_project, scripts, path](MigrationWorker *worker) {
        worker->readProjectAgain(id, before, scripts, path, QString());
    });
}

void Workbench::cancelOpening() { m_scripts.worker()->abandonWork(); }

void Workbench::closeProject()
{
    m_project.reset();
    m_graph.reset();
    m_position.reset();
    Q_EMIT projectChanged();
}

Result<database::ConnectionPolicy> Workbench::policyFor(const Connection &connection) const
{
    return database::policyFor(saved(connection), m_project ? project::answersFile(m_project->root()) : QString());
}

/// A project that is opened after its database may know more of the connection.
void Workbench::takePolicyOfProject()
{
    if (!m_target)
        return;
    const auto policy = policyFor(m_connection);
    if (!policy) {
        Q_EMIT stateFailed(policy.error());
        return;
    }
    if (*policy == m_target->policy)
        return;
    m_target->policy = *policy;
    m_target->environment = shownEnvironment(m_target->environment, *policy);
    m_target->isReadOnly = m_target->isReadOnly || policy->readOnly;
    ask(m_database, [policy = *policy](MigrationWorker *worker) { worker->setPolicy(policy); });
    Q_EMIT targetChanged();
}

void Workbench::connectTo(const database::ConnectionSpec &spec, Environment environment)
{
    Connection connection{.spec = spec, .environment = environment, .policy = database::policyOf(serverEnvironment(environment))};
    connection.policy.readOnly = spec.readOnly;
    connectTo(connection);
}

void Workbench::connectTo(const Connection &wanted)
{
    if (isRunning() || isConnecting())
        return;
    const auto policy = policyFor(wanted);
    if (!policy) {
        Q_EMIT connectFailed(policy.error());
        return;
    }
    m_connection = wanted;
    database::ConnectionSpec spec = wanted.spec;
    database::apply(*policy, spec);
    const bool hadTarget = m_target.has_value();
    m_target.reset();
    m_snapshot.reset();
    m_defects.clear();
    m_tunnel.reset();
    locate();
    if (hadTarget)
        Q_EMIT targetChanged();
    m_connecting = Target{.name = wanted.name,
                          .display = shownName(spec),
                          .databaseName = spec.databaseName(),
                          .kind = spec.kind,
                          .isReadOnly = spec.readOnly,
                          .environment = shownEnvironment(wanted.environment, *policy),
                          .serverVersion = {},
                          .policy = *policy,
                          .ssh = spec.kind == dialect::DialectKind::PostgreSql ? wanted.ssh.destination : QString()};
    m_connectId = expect({.failed = [this](const Error &error) { connectingFailed(error); },
                          .finished =
                              [this] {
                                  Q_EMIT connecting(false);
                                  Q_EMIT targetChanged();
                                  refresh();
                              }});
    Q_EMIT connecting(true);
    if (m_connecting->ssh.isEmpty())
        return openDatabase(spec);
    m_tunnel = std::make_unique<database::SshTunnel>();
    m_tunnel->setProgram(m_sshProgram);
    connect(m_tunnel.get(), &database::SshTunnel::ready, this, [this] { openDatabase(m_tunnel->through()); });
    connect(m_tunnel.get(), &database::SshTunnel::failed, this, [this](const Error &error) { settle(m_connectId, &error); });
    connect(m_tunnel.get(), &database::SshTunnel::lost, this, [this](const Error &error) {
        if (isConnecting())
            settle(m_connectId, &error);
        else
            Q_EMIT stateFailed(error);
    });
    m_tunnel->open(wanted.ssh, spec);
}

void Workbench::openDatabase(const database::ConnectionSpec &spec)
{
    m_spec = spec;
    ask(m_database, [id = m_connectId, spec, policy = m_connecting->policy](MigrationWorker *worker) {
        worker->openDatabase(id, spec);
        worker->setPolicy(policy);
    });
}

void Workbench::connectingFailed(const Error &error)
{
    m_connecting.reset();
    // Not at once: a tunnel may be the one that tells it.
    if (m_tunnel)
        m_tunnel.release()->deleteLater();
    Q_EMIT connecting(false);
    Q_EMIT connectFailed(error);
}

/// The thread of the database may still wait for an answer; what comes then is closed again.
void Workbench::cancelConnecting()
{
    if (!isConnecting())
        return;
    const Error given{.code = ErrorCode::Cancelled};
    settle(m_connectId, &given);
    const int id = expect({});
    ask(m_database, [id](MigrationWorker *worker) { worker->closeDatabase(id); });
}

void Workbench::disconnectDatabase()
{
    if (!m_target || isRunning())
        return;
    m_target.reset();
    m_snapshot.reset();
    m_defects.clear();
    locate();
    const int id = expect({.failed = {}, .finished = [tunnel = std::shared_ptr<database::SshTunnel>(std::move(m_tunnel))] {}});
    ask(m_database, [id](MigrationWorker *worker) { worker->closeDatabase(id); });
    Q_EMIT targetChanged();
}

void Workbench::refresh()
{
    if (!m_target || isRunning())
        return;
    m_stateId = expect({.failed = [this](const Error &error) { Q_EMIT stateFailed(error); }, .finished = {}});
    ask(m_database, [id = m_stateId, project = m_project](MigrationWorker *worker) { worker->readState(id, project); });
}

/// With the project, since what a row means is the scripts' to say. A table that cannot be read has told so already.
void Workbench::askForDefects()
{
    m_defects.clear();
    if (!m_project || !m_target)
        return;
    m_defectsId = expect({});
    ask(m_database, [id = m_defectsId, project = m_project](MigrationWorker *worker) { worker->findVersionDefects(id, project); });
}

void Workbench::repairVersionTable(const std::vector<migration::VersionDefect> &shown, const database::Consent &consent)
{
    if (!m_project || !m_target || isRunning())
        return;
    const int id = expect({.failed =
                               [this](const Error &error) {
                                   Q_EMIT repairFailed(error);
                                   refresh();
                               },
                           .finished = [this] { refresh(); }});
    ask(m_database, [id, project = m_project, shown, consent](MigrationWorker *worker) {
        worker->setConsent(consent);
        worker->repairVersionTable(id, project, shown);
    });
}

void Workbench::readLedger()
{
    if (!m_project || !m_target || isRunning())
        return;
    m_ledgerId = expect({.failed = [this](const Error &error) { Q_EMIT ledgerFailed(error); }, .finished = {}});
    ask(m_database, [id = m_ledgerId, project = m_project](MigrationWorker *worker) { worker->readLedger(id, project); });
}

void Workbench::setKeepsLedger(bool keeps)
{
    if (!m_target || isRunning())
        return;
    // The person's own word, which connecting again has to find as well.
    if (m_connection.policy.environment != serverEnvironment(m_connection.environment))
        m_connection.policy = database::policyOf(serverEnvironment(m_connection.environment));
    m_connection.policy.keepsLedger = keeps;
    m_target->policy.keepsLedger = keeps || projectKeepsLedger();
    ask(m_database, [policy = m_target->policy](MigrationWorker *worker) { worker->setPolicy(policy); });
    Q_EMIT policyChanged();
}

bool Workbench::projectKeepsLedger() const
{
    if (!m_project || !m_target)
        return false;
    const auto said = database::policyFor(m_connection.spec, project::answersFile(m_project->root()));
    return said && *said && (*said)->keepsLedger;
}

QString Workbench::backupFolder() const { return m_backupFolder.isEmpty() ? database::backupFolder() : m_backupFolder; }

void Workbench::setBackupFolder(const QString &folder)
{
    m_backupFolder = folder;
    ask(m_database, [folder](MigrationWorker *worker) { worker->setBackupFolder(folder); });
}

int Workbench::expectBackups()
{
    return expect({.failed = [this](const Error &error) { Q_EMIT backupFailed(error); }, .finished = {}});
}

void Workbench::listBackups()
{
    if (!m_target)
        return;
    ask(m_database,
        [id = expectBackups(), project = m_project, folder = backupFolder()](MigrationWorker *worker) { worker->listBackups(id, project, folder); });
}

void Workbench::makeBackup()
{
    if (!m_target || isRunning())
        return;
    ask(m_database,
        [id = expectBackups(), project = m_project, folder = backupFolder()](MigrationWorker *worker) { worker->makeBackup(id, project, folder); });
}

void Workbench::pruneBackups(int keep)
{
    if (!m_target)
        return;
    ask(m_database, [id = expectBackups(), project = m_project, keep, folder = backupFolder()](MigrationWorker *worker) {
        worker->pruneBackups(id, project, folder, keep);
    });
}

void Workbench::restoreBackup(const QString &file, const database::Consent &consent)
{
    if (!m_target || isRunning())
        return;
    const int id = expect({.failed =
                               [this](const Error &error) {
                                   Q_EMIT backupFailed(error);
                                   refresh();
                               },
                           .finished =
                               [this] {
                                   refresh();
                                   listBackups();
                               }});
    ask(m_database, [id, file, consent](MigrationWorker *worker) {
        worker->setConsent(consent);
        worker->restoreBackup(id, file);
    });
}

void Workbench::setFallbackDialect(dialect::DialectKind kind) { m_fallbackDialect = kind; }

void Workbench::renderRevision(const QString &revision)
{
    if (!m_project)
        return;
    m_wanted = revision;
    if (m_rendering.isEmpty())
        renderNext();
    else
        m_scripts.worker()->abandonWork(); // one that nobody looks at any more
}

/// One rendering at a time, and only the last one wished for: walking down the list with a held key queues nothing.
void Workbench::renderNext()
{
    if (m_wanted.isEmpty() || !m_project)
        return;
    m_rendering = std::exchange(m_wanted, QString());
    const int id = expect({.failed =
                               [this](const Error &error) {
                                   const QString revision = std::exchange(m_rendering, QString());
                                   if (m_wanted.isEmpty())
                                       Q_EMIT renderFailed(revision, error);
                                   renderNext();
                               },
                           .finished =
                               [this] {
                                   m_rendering.clear();
                                   renderNext();
                               }});
    ask(m_scripts, [id, project = m_project, revision = m_rendering, kind = previewDialect()](MigrationWorker *worker) {
        worker->renderRevision(id, project, revision, kind);
    });
}

void Workbench::survey(const std::vector<revision::Index> &revisions)
{
    if (revisions.empty() || !m_project)
        return;
    std::size_t idle = 0;
    while (idle + 1 < m_surveyors.size() && std::ranges::find(m_surveying, idle) != m_surveying.end())
        ++idle;
    const int id = expect({});
    m_surveying.insert(id, idle);
    ask(*m_surveyors[idle],
        [id, project = m_project, revisions, kind = previewDialect()](MigrationWorker *worker) { worker->survey(id, project, revisions, kind); });
}

void Workbench::abandonSurveys()
{
    for (const std::size_t busy : std::as_const(m_surveying))
        m_surveyors[busy]->worker()->abandonWork();
    m_surveying.clear();
}

void Workbench::prepareOfflinePlan(const migration::PlanRequest &request)
{
    if (!m_project)
        return;
    m_planId = expect({.failed = [this](const Error &error) { Q_EMIT planFailed(error); }, .finished = {}});
    ask(m_scripts, [id = m_planId, project = m_project, request, kind = previewDialect()](MigrationWorker *worker) {
        worker->prepareOfflinePlan(id, project, request, kind);
    });
}

void Workbench::preparePlan(const migration::PlanRequest &request)
{
    m_planId = expect({.failed = [this](const Error &error) { Q_EMIT planFailed(error); }, .finished = {}});
    ask(m_database, [id = m_planId, project = m_project, request](MigrationWorker *worker) { worker->preparePlan(id, project, request); });
}

void Workbench::preparePlanWithPython(const migration::PlanRequest &request, const migration::AlembicLeave &leave)
{
    m_planId = expect({.failed = [this](const Error &error) { Q_EMIT planFailed(error); }, .finished = {}});
    ask(m_database, [id = m_planId, project = m_project, request, leave](MigrationWorker *worker) {
        worker->preparePlanWithPython(id, project, request, leave);
    });
}

void Workbench::run(const revision::Plan &plan, const database::Consent &consent, migration::RunRequest::Transactions transactions)
{
    if (isRunning())
        return;
    const auto ended = [this](std::optional<Error> error) {
        m_runId = 0;
        Q_EMIT runEnded(error);
        refresh();
    };
    m_runId = expect({.failed = [ended](const Error &error) { ended(error); }, .finished = [ended] { ended(std::nullopt); }});
    ask(m_database, [id = m_runId, project = m_project, plan, consent, transactions](MigrationWorker *worker) {
        worker->setConsent(consent);
        worker->setTransactions(transactions);
        worker->run(id, project, plan);
    });
}

void Workbench::rehearse(const revision::Plan &plan, bool onCopy, const database::Consent &consent)
{
    if (isRunning())
        return;
    const auto ended = [this](std::optional<Error> error) {
        m_runId = 0;
        Q_EMIT runEnded(error);
        refresh();
    };
    m_runId = expect({.failed = [ended](const Error &error) { ended(error); }, .finished = [ended] { ended(std::nullopt); }});
    ask(m_database, [id = m_runId, project = m_project, plan, onCopy, consent](MigrationWorker *worker) {
        worker->setConsent(consent);
        worker->rehearse(id, project, plan, onCopy);
    });
}

void Workbench::readRuns()
{
    const int id = expect({});
    ask(m_scripts, [id](MigrationWorker *worker) { worker->readRuns(id, migration::journalFolder()); });
}

void Workbench::readRun(const QString &run)
{
    const int id = expect({});
    ask(m_scripts, [id, run](MigrationWorker *worker) { worker->readRun(id, migration::journalFolder(), run); });
}

void Workbench::connectAgain()
{
    const Connection again = m_connection;
    connectTo(again);
}

/// Over a connection of its own, since the run's waits.
void Workbench::endBlocker(int pid, bool wholeSession)
{
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    auto *watcher = new QFutureWatcher<Result<bool>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, pid] {
        const Result<bool> isThere = watcher->result();
        watcher->deleteLater();
        Q_EMIT blockerAnswered(pid, isThere);
    });
    promise->start();
    watcher->setFuture(promise->future());
    QThread *thread = QThread::create([promise, spec = m_spec, pid, wholeSession] {
        database::BlockerWatch watch(spec);
        promise->addResult(wholeSession ? watch.terminate(pid) : watch.cancel(pid));
        promise->finish();
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

void Workbench::requestStop()
{
    if (isRunning())
        m_database.worker()->requestStop();
}

void Workbench::cancelNow()
{
    if (isRunning())
        m_database.cancelNow();
}

void Workbench::showGraph(GraphPtr graph)
{
    m_graph = std::move(graph);
    locate();
    Q_EMIT projectChanged();
}

void Workbench::showTarget(const Target &target, const database::CatalogSnapshot &snapshot)
{
    m_target = target;
    m_snapshot = snapshot;
    locate();
    Q_EMIT targetChanged();
    Q_EMIT stateChanged();
}

} // namespace stillroom::ui
