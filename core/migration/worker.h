// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/backup.h"
#include "database/catalog.h"
#include "database/connectionpolicy.h"
#include "database/session.h"
#include "migration/journal.h"
#include "migration/ledger.h"
#include "migration/planning.h"
#include "migration/preview.h"
#include "migration/rehearsal.h"
#include "migration/runner.h"
#include "migration/survey.h"
#include "migration/versionrepair.h"
#include "project/historychecks.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>
#include <mutex>

/// The long-lived thread of one open database (design.md, "Threads"): it owns the session, which is opened and closed in
/// it, and talks by queued signals with values. Also opens projects and renders bodies, so that the window never waits.
namespace stillroom::migration {

/// A backup and where its database was.
struct ListedBackup {
    database::Backup backup;
    std::optional<database::VersionRows> versions{}; ///< nullopt: the file does not tell
    bool operator==(const ListedBackup &) const = default;
};

using ProjectPtr = std::shared_ptr<const project::Project>;

/// What a person has allowed the project's own Alembic to do for one plan, revision by revision.
struct AlembicLeave {
    project::ProjectPython python;
    QStringList writes{}; ///< their SQL is taken from it (foreignalembic.h)
    QStringList runs{};   ///< it runs them itself (foreignstep.h)
    bool operator==(const AlembicLeave &) const = default;
};

/// Lives in the worker thread. Every request carries an id of the caller's, and every answer repeats it; the last answer
/// of a request is `finished` or `failed`. Connect to the signals with queued (automatic) connections.
class MigrationWorker : public QObject {
    Q_OBJECT
public:
    explicit MigrationWorker(QObject *parent = nullptr);
    ~MigrationWorker() override;

    // --- from any thread, at once ---
    void requestStop(); ///< the run ends after the current revision
    /// The run ends before its next statement, rolled back; the one that runs is for cancelHandle(). MigrationThread::cancelNow() does both.
    void requestCancel();
    void abandonWork(); ///< rendering and opening end soon with Cancelled
    /// Of the open session, or null. Its cancel() may wait for the network: MigrationThread::cancelNow() uses a thread of its own.
    [[nodiscard]] std::shared_ptr<database::CancelHandle> cancelHandle();

public Q_SLOTS:
    void openProject(int id, const QString &path, const QString &section);
    void openDatabase(int id, const stillroom::database::ConnectionSpec &spec);
    void closeDatabase(int id);
    /// Version rows and the whole catalog; never writes.
    void readState(int id, const stillroom::migration::ProjectPtr &project);
    /// Both bodies of one revision for the dialect of the open database, or `fallback` when none is open.
    void renderRevision(int id, const stillroom::migration::ProjectPtr &project, const QString &revision, stillroom::dialect::DialectKind fallback);
    /// Resolves the request against the open database's version rows and renders every step.
    void preparePlan(int id, const stillroom::migration::ProjectPtr &project, const stillroom::migration::PlanRequest &request);
    /// The same, with the project's own Alembic writing or running these revisions, for which a person has given their word. A run of
    /// this plan then has them so. requestStop() ends it.
    void preparePlanWithPython(int id, const stillroom::migration::ProjectPtr &project, const stillroom::migration::PlanRequest &request,
                               const stillroom::migration::AlembicLeave &leave);
    /// A plan for a database that is not connected: nothing is asked of any session.
    void prepareOfflinePlan(int id, const stillroom::migration::ProjectPtr &project, const stillroom::migration::PlanRequest &request,
                            stillroom::dialect::DialectKind kind);
    /// How carefully the open database is to be treated; of its connection, until the next openDatabase().
    void setPolicy(const stillroom::database::ConnectionPolicy &policy) { m_policy = policy; }
    /// What the person has confirmed, for the next run alone.
    void setConsent(const stillroom::database::Consent &consent) { m_consent = consent; }
    /// As the person chose them, for the next run alone.
    void setTransactions(stillroom::migration::RunRequest::Transactions transactions) { m_transactions = transactions; }
    /// Where the backup goes that a policy asks for before a run; empty: database::backupFolder().
    void setBackupFolder(const QString &folder) { m_backupFolder = folder; }
    /// What is wrong with the version table; and the remedies of what was shown, under the policy, with the consent of setConsent().
    void findVersionDefects(int id, const stillroom::migration::ProjectPtr &project);
    void repairVersionTable(int id, const stillroom::migration::ProjectPtr &project, const std::vector<stillroom::migration::VersionDefect> &shown);
    /// What the database itself keeps of its runs.
    void readLedger(int id, const stillroom::migration::ProjectPtr &project);
    /// Backups of the open database in this folder, newest first; one more; all but the newest `keep` removed. Each tells the list as it is then.
    void listBackups(int id, const stillroom::migration::ProjectPtr &project, const QString &folder);
    void makeBackup(int id, const stillroom::migration::ProjectPtr &project, const QString &folder);
    void pruneBackups(int id, const stillroom::migration::ProjectPtr &project, const QString &folder, int keep);
    /// Puts a backup in the database's place, under the policy, with the consent of setConsent(); what was there is kept. The session is
    /// closed for it and opened again, whatever came of it.
    void restoreBackup(int id, const QString &file);
    void run(int id, const stillroom::migration::ProjectPtr &project, const stillroom::revision::Plan &plan);
    /// As run(), leaving nothing behind (rehearsal.h); told by runEvent() and one `rehearsed`. On a copy also down and up again.
    void rehearse(int id, const stillroom::migration::ProjectPtr &project, const stillroom::revision::Plan &plan, bool onCopy);
    /// The records of this machine's runs, and the lines of one.
    void readRuns(int id, const QString &folder);
    void readRun(int id, const QString &folder, const QString &run);
    /// What can be said against the history and its files.
    /// As openProject(), where only these scripts changed since: they alone are read, if that will do.
    void readProjectAgain(int id, const stillroom::migration::ProjectPtr &before, const QStringList &scripts, const QString &path,
                          const QString &section);
    /// Answered twice by `historyChecked`: what the headers tell at once, then with what bodies and git tell as well, unless abandoned.
    void checkHistory(int id, const stillroom::migration::ProjectPtr &project, stillroom::dialect::DialectKind kind);
    /// What the bodies of these revisions come to, told by one `surveyed` as far as abandonWork() lets it come.
    void survey(int id, const stillroom::migration::ProjectPtr &project, const std::vector<stillroom::revision::Index> &revisions,
                stillroom::dialect::DialectKind kind);

Q_SIGNALS:
    void projectOpened(int id, const stillroom::migration::ProjectPtr &project);
    void projectProgress(int id, int done, int total);
    void databaseOpened(int id, const QString &serverVersion, const QStringList &sessionSettings);
    void databaseClosed(int id);
    void stateRead(int id, const stillroom::database::CatalogSnapshot &snapshot);
    void revisionRendered(int id, const QString &revision, const stillroom::migration::BodySql &upgrade,
                          const stillroom::migration::BodySql &downgrade);
    void planReady(int id, const stillroom::migration::Preview &preview);
    void versionDefectsFound(int id, const std::vector<stillroom::migration::VersionDefect> &defects);
    void versionTableRepaired(int id, const QStringList &rows);
    void ledgerRead(int id, const std::vector<stillroom::migration::LedgerEntry> &entries);
    void backupsListed(int id, const std::vector<stillroom::migration::ListedBackup> &backups);
    void backupRestored(int id, const QString &keptAs, const QStringList &missing);
    void runsRead(int id, const std::vector<stillroom::migration::RunRecord> &records);
    void runRead(int id, const QString &run, const std::vector<QJsonObject> &lines);
    void historyChecked(int id, const std::vector<stillroom::project::Finding> &findings);
    void surveyed(int id, const std::vector<stillroom::migration::RevisionOutlook> &outlooks);
    void runEvent(int id, const stillroom::migration::RunEvent &event);
    void rehearsed(int id, const stillroom::migration::Rehearsal &rehearsal);
    void finished(int id);
    void failed(int id, const stillroom::Error &error);

private:
    void fail(int id, const Error &error);
    /// What a run on the open database would be rendered with.
    [[nodiscard]] RenderRequest connectedRequest(dialect::SchemaLookup *lookup) const;

    std::unique_ptr<database::Session> m_session; // worker thread only, as all up to the atomics
    std::unique_ptr<Survey> m_survey;             // of m_surveyed: its folds are shared by the requests of one project and dialect
    ProjectPtr m_surveyed;
    dialect::DialectKind m_surveyedKind = dialect::DialectKind::PostgreSql;
    database::ConnectionSpec m_spec;
    database::ConnectionPolicy m_policy;
    database::Consent m_consent;
    QString m_backupFolder;
    RunRequest::Transactions m_transactions = RunRequest::Transactions::AsProject;
    std::vector<TakenBody> m_taken; // for m_takenFor
    revision::Plan m_takenFor;
    std::atomic<bool> m_stop = false, m_cancelled = false; // of the run that is asked for or goes on; taken back when it has ended
    std::atomic<bool> m_abandon = false;
    std::mutex m_cancelMutex; // guards m_cancel
    std::shared_ptr<database::CancelHandle> m_cancel;
};

/// Owns the thread and the worker in it. Used from the GUI thread; the destructor stops the work and waits for the thread.
class MigrationThread : public QObject {
    Q_OBJECT
public:
    explicit MigrationThread(QObject *parent = nullptr);
    ~MigrationThread() override;
    [[nodiscard]] MigrationWorker *worker() const { return m_worker; }
    /// Cancels the current statement on the server, from a third thread (PQcancel may block on a dead host).
    void cancelNow();

private:
    QThread m_thread;
    MigrationWorker *m_worker;
};

} // namespace stillroom::migration
