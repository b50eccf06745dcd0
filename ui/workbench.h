// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionpolicy.h"
#include "migration/worker.h"
#include "ui/project/connection.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <optional>

namespace stillroom::ui {

/// The database that the window is connected to, as far as it may be shown; no password is in it.
struct Target {
    QString name{};       ///< that the person gave the connection
    QString display;      ///< user@host/database, or the file
    QString databaseName; ///< short name
    dialect::DialectKind kind = dialect::DialectKind::PostgreSql;
    bool isReadOnly = false;
    Environment environment = Environment::Unspecified;
    QString serverVersion;
    database::ConnectionPolicy policy{}; ///< what runs over this connection have to ask for
    QString ssh{};                       ///< the machine that the connection goes through; empty: none
    bool operator==(const Target &) const = default;
};

/// What the window has open, and the requests to the worker threads: one for scripts (opening, rendering), one that looks at all
/// of them in the background (several), one that checks the history, one for the database, so that reading scripts never waits for a server. GUI
/// thread only; every change is told by a signal.
class Workbench : public QObject {
    Q_OBJECT
public:
    using GraphPtr = std::shared_ptr<const revision::RevisionGraph>;
    explicit Workbench(QObject *parent = nullptr);
    ~Workbench() override;

    // --- state ---
    [[nodiscard]] const migration::ProjectPtr &project() const { return m_project; }
    [[nodiscard]] const GraphPtr &graph() const { return m_graph; }
    [[nodiscard]] const std::optional<Target> &target() const { return m_target; }
    [[nodiscard]] const std::optional<database::CatalogSnapshot> &snapshot() const { return m_snapshot; }
    [[nodiscard]] const std::optional<revision::DatabasePosition> &position() const { return m_position; }
    [[nodiscard]] bool isRunning() const { return m_runId != 0; }
    [[nodiscard]] bool isConnecting() const { return m_connecting.has_value(); }
    [[nodiscard]] QString connectingTo() const { return m_connecting ? m_connecting->display : QString(); }
    [[nodiscard]] bool isIdle() const { return m_pending.isEmpty(); }
    [[nodiscard]] dialect::DialectKind previewDialect() const { return m_target ? m_target->kind : m_fallbackDialect; }

    // --- requests ---
    void openProject(const QString &path);
    /// The open project, of which these scripts changed; empty: who knows what.
    void readProjectAgain(const QString &path, const QStringList &scripts);
    void cancelOpening();
    void closeProject();
    void connectTo(const database::ConnectionSpec &spec, Environment environment);
    /// Through ssh where the connection asks for it.
    void connectTo(const Connection &connection);
    void cancelConnecting();
    void setSshProgram(const QString &program) { m_sshProgram = program; }
    void disconnectDatabase();
    void refresh();
    void renderRevision(const QString &revision);
    void setFallbackDialect(dialect::DialectKind kind);
    /// What these revisions come to, in the background, by a thread that has nothing to do (idleSurveyors()); each portion is answered by
    /// one surveyed().
    void survey(const std::vector<revision::Index> &revisions);
    void abandonSurveys(); ///< no answer of what is under way comes any more
    [[nodiscard]] int idleSurveyors() const { return int(m_surveyors.size()) - int(m_surveying.size()); }
    void preparePlan(const migration::PlanRequest &request);
    /// With the project's own Alembic taking part as far as the person has given their word.
    void preparePlanWithPython(const migration::PlanRequest &request, const migration::AlembicLeave &leave);
    /// For a database that is not connected.
    void prepareOfflinePlan(const migration::PlanRequest &request);
    /// `consent`: what the person has confirmed, for this run alone.
    void run(const revision::Plan &plan, const database::Consent &consent,
             migration::RunRequest::Transactions transactions = migration::RunRequest::Transactions::AsProject);
    /// The same, leaving nothing behind; told by runEvent(), rehearsed() and runEnded().
    void rehearse(const revision::Plan &plan, bool onCopy, const database::Consent &consent);
    /// The records of this machine's runs; answered by runsRead() and runRead().
    void readRuns();
    void readRun(const QString &run);
    /// Tells the server to cancel the statement of another session, or to end that session; answered by blockerAnswered(). Only on the
    /// person's word.
    void endBlocker(int pid, bool wholeSession);
    /// What is wrong with the version table; asked by itself after each look at the database. Answered by versionDefectsFound().
    [[nodiscard]] const std::vector<migration::VersionDefect> &versionDefects() const { return m_defects; }
    /// The remedies of what was shown; answered by versionTableRepaired() or repairFailed().
    void repairVersionTable(const std::vector<migration::VersionDefect> &shown, const database::Consent &consent);
    /// What the database keeps of its runs; answered by ledgerRead() or ledgerFailed().
    void readLedger();
    /// Whether what is applied is written into the database as well, from now on.
    void setKeepsLedger(bool keeps);
    [[nodiscard]] bool projectKeepsLedger() const; ///< .stillroom.json says so of this connection
    /// Where backups go; empty: the usual place.
    void setBackupFolder(const QString &folder);
    [[nodiscard]] QString backupFolder() const;
    /// Of the connected database; each is answered by backupsListed() or backupFailed(), a restore by backupRestored() first.
    void listBackups();
    void makeBackup();
    void pruneBackups(int keep);
    void restoreBackup(const QString &file, const database::Consent &consent);
    void connectAgain(); ///< as the last time
    void requestStop();
    void cancelNow();

    /// Values without a worker behind them: tests and pictures.
    void showGraph(GraphPtr graph);
    void showTarget(const Target &target, const database::CatalogSnapshot &snapshot);

Q_SIGNALS:
    void projectChanged();
    void projectFailed(const QString &path, const stillroom::Error &error);
    void openingProgress(int done, int total);
    void targetChanged();
    void connecting(bool isConnecting);
    void connectFailed(const stillroom::Error &error);
    void stateChanged();
    void stateFailed(const stillroom::Error &error);
    void revisionRendered(const QString &revision, const stillroom::migration::BodySql &upgrade, const stillroom::migration::BodySql &downgrade);
    void renderFailed(const QString &revision, const stillroom::Error &error);
    void runsRead(const std::vector<stillroom::migration::RunRecord> &records);
    void runRead(const QString &run, const std::vector<QJsonObject> &lines);
    void historyChecked(const std::vector<stillroom::project::Finding> &findings);
    void surveyed(const std::vector<stillroom::migration::RevisionOutlook> &outlooks);
    void planReady(const stillroom::migration::Preview &preview);
    void planFailed(const stillroom::Error &error);
    void runEvent(const stillroom::migration::RunEvent &event);
    void runEnded(const std::optional<stillroom::Error> &error);
    void rehearsed(const stillroom::migration::Rehearsal &rehearsal);
    void versionDefectsFound(const std::vector<stillroom::migration::VersionDefect> &defects);
    void versionTableRepaired(const QStringList &rows);
    void repairFailed(const stillroom::Error &error);
    void ledgerRead(const std::vector<stillroom::migration::LedgerEntry> &entries);
    void ledgerFailed(const stillroom::Error &error);
    void policyChanged(); ///< of the connection that stands
    void backupsListed(const std::vector<stillroom::migration::ListedBackup> &backups);
    void backupRestored(const QString &keptAs, const QStringList &missing);
    void backupFailed(const stillroom::Error &error);
    void blockerAnswered(int pid, const stillroom::Result<bool> &isThere);
    void idle(); ///< nothing is under way any more

private:
    struct Pending {
        std::function<void(const Error &)> failed;
        std::function<void()> finished;
    };
    int expect(const Pending &pending);
    void settle(int id, const Error *error);
    void follow(migration::MigrationWorker *worker);
    void locate();
    /// What the project's .stillroom.json says of this connection; else what its environment begins with.
    [[nodiscard]] Result<database::ConnectionPolicy> policyFor(const Connection &connection) const;
    void openDatabase(const database::ConnectionSpec &spec);
    void connectingFailed(const Error &error);
    void takePolicyOfProject();
    void askForDefects();
    int expectBackups();
    void renderNext();
    /// Runs a worker's slot in its own thread.
    template<class Slot>
    void ask(const migration::MigrationThread &thread, Slot slot)
    {
        migration::MigrationWorker *worker = thread.worker();
        QMetaObject::invokeMethod(worker, [worker, slot = std::move(slot)] { slot(worker); }, Qt::QueuedConnection);
    }

    migration::MigrationThread m_scripts, m_checks, m_database;
    std::vector<std::unique_ptr<migration::MigrationThread>> m_surveyors;
    QHash<int, std::size_t> m_surveying; ///< request → which of them
    QHash<int, Pending> m_pending;
    int m_lastId = 0;
    int m_openId = 0, m_stateId = 0, m_runId = 0, m_planId = 0, m_connectId = 0, m_checkId = 0, m_defectsId = 0, m_ledgerId = 0;

    migration::ProjectPtr m_project;
    GraphPtr m_graph;
    std::optional<Target> m_target, m_connecting;
    Connection m_connection;         ///< of the target
    database::ConnectionSpec m_spec; ///< that its session was opened with
    std::unique_ptr<database::SshTunnel> m_tunnel;
    QString m_sshProgram = QStringLiteral("ssh");
    std::optional<database::CatalogSnapshot> m_snapshot;
    std::optional<revision::DatabasePosition> m_position;
    dialect::DialectKind m_fallbackDialect = dialect::DialectKind::PostgreSql;
    std::vector<migration::VersionDefect> m_defects;
    QString m_backupFolder;
    QString m_rendering, m_wanted;
};

} // namespace stillroom::ui
