// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/evaluationahead.h"
#include "migration/runner.h"

#include "database/catalog.h"
#include "database/runlock.h"

#include <QElapsedTimer>

#include <thread>

/// One run: steps (run.cpp), its transactions and statements (runtransactions.cpp), and how it begins and ends (runner.cpp).
namespace stillroom::migration {

class Journal;

/// Keeps the books of what is applied and committed, so that the last event can say it whatever happens.
class Run {
public:
    Run(const project::Project &project, const sql::QualifiedName &versionTable, database::Session &session, const RunRequest &request,
        const std::atomic<bool> &stop, Journal *journal, const std::function<void(const RunEvent &)> &show);
    Result<void> go(const QString &journalFile, const QString &journalProblem);

private:
    // beginning and end
    Result<void> prepared();
    Result<void> backUp();
    Result<void> planAgain();
    void failed(const Error &error);
    void rollBackWhatIsOpen();
    [[nodiscard]] std::unique_ptr<database::Session> lookAfterLoss(RunFailed &event);
    void lookForLeftovers(database::Session &session);
    [[nodiscard]] int stepsThatLeave(QStringList rows) const;

    // steps
    Result<void> steps();
    Result<void> step(int number);
    Result<void> body(int number, const revision::Step &step);
    Result<void> stepThere(int number, const revision::Step &step, const TakenBody &body);
    Result<void> lookAfterStepThere(const revision::Step &step, const Result<void> &ran);
    [[nodiscard]] script::Environment environment() const;
    [[nodiscard]] Result<void> isAsTaken(const revision::Step &step, const TakenBody &body) const;
    Result<void> changeVersionRows(int number, const revision::Step &step);
    [[nodiscard]] bool versionSchemaExists();
    Result<void> createVersionTable(int number);
    Result<void> writeLedger(int number, const revision::Step &step);
    Result<void> turnForeignKeysOff();
    Result<void> checkForeignKeys(int number);

    // transactions and statements
    Result<void> begin();
    Result<void> beginInTime();
    Result<void> commit();
    Result<void> rowsAreAsExpected();
    Result<void> leaveTransaction();
    [[nodiscard]] Result<void> notCancelled() const;
    Result<std::optional<script::QueryResult>> deliver(int number, const dialect::Statement &statement, bool isVersionStatement);
    // statements that wait for each other, and are then sent together (runtogether.cpp)
    struct Queued {
        int number = 0, index = 0;
        dialect::Statement statement;
        bool isVersionStatement = false;
        QString mustMeet{}; ///< of a version statement: the row that it has to change
    };
    [[nodiscard]] bool mayBeQueued(const dialect::Statement &statement) const;
    /// `meanwhile`: as Session::executeAll().
    Result<void> sendQueued(const std::function<void()> &meanwhile = {});
    void evaluateAhead(int number);
    [[nodiscard]] Result<std::unique_ptr<script::Script>> scriptOf(const BodyName &body);
    void noteDone(const Queued &queued, qint64 rowsAffected, qint64 microseconds);
    void journalOnly(const RunEvent &event);
    Result<database::Outcome> executed(int number, int index, const dialect::Statement &statement);
    Result<void> beginAgain();
    [[nodiscard]] bool mayRetry(const Error &error, const dialect::Statement &statement) const;
    void pulse();
    void tellUnansweredCancel();
    [[nodiscard]] Error placed(Error error, const dialect::Statement &statement) const;
    [[nodiscard]] int stepCount() const { return static_cast<int>(m_plan.steps.size()); }

    const project::Project &m_project;
    const sql::QualifiedName m_versionTable;
    database::Session &m_session;
    const RunRequest &m_request;
    const std::atomic<bool> &m_stop;
    Journal *const m_journal; // null: none is kept
    const std::function<void(const RunEvent &)> m_show;
    const std::function<void(const RunEvent &)> m_tell; // written before it is shown: what the person has seen is in the record
    std::vector<Queued> m_queue;
    qsizetype m_queuedLength = 0;
    int m_runningIndex = 0; // of the statement that the server works on
    revision::Plan m_plan;
    std::unique_ptr<dialect::Dialect> m_dialect;
    std::unique_ptr<dialect::SchemaLookup> m_lookup;
    dialect::VersionStatements m_version;
    struct Ahead {
        BodyName name;
        EvaluatedBody body;
    };
    std::optional<Ahead> m_ahead; // evaluated while the server was busy with the step before
    FolderReading m_reading;
    script::Evaluator m_evaluator; // what scripts import, from one body to the next
    bool m_perStep;
    std::optional<database::BlockerWatch> m_watch;

    QStringList m_rows;          // version rows as of now, committed or not
    QStringList m_committedRows; // version rows as of the last commit
    QStringList m_appliedBefore; // revisions that were committed under a plan that has been made again since
    int m_stepsDone = 0;
    int m_stepsCommitted = 0;
    int m_currentStep = -1;
    int m_statementIndex = 0;
    int m_statementsInTransaction = 0; // delivered since its begin, the version table's own aside
    bool m_rowsDiffer = false;         // the last look found other rows than expected
    bool m_inAutocommit = false;
    bool m_mustCreateVersionTable = false, m_hasCreatedVersionTable = false;
    bool m_hasLedger = false; // known to be there in the open transaction
    int m_ledgerRows = 0;
    QString m_runId;
    bool m_foreignKeysWereOn = false;
    bool m_hasRebuilt = false;   // a SQLite table was dropped and made again in the current step
    QStringList m_outside;       // statements of the current step that no rollback undoes
    QStringList m_inTransaction; // statements of the current step in the open transaction
    QString m_lockTimeout;       // PostgreSQL's setting as the session began

    enum class Waiting { Nothing, Begin, Statement, Commit };
    Waiting m_waiting = Waiting::Nothing; // what the session is busy with
    QElapsedTimer m_waitClock, m_lookClock;
    QElapsedTimer m_cancelClock; // since the cancel was seen while a statement ran
    bool m_toldUnanswered = false;
    std::atomic<bool> m_isCancellingAgain = false;
    std::jthread m_cancelsAgain; // PQcancel makes a connection, which may take its time
    std::vector<database::Blocker> m_blockers;
};

/// Which body a step runs.
[[nodiscard]] BodyName bodyOf(const revision::Header &header, const revision::Step &step);

/// What a change of the version table does to its rows.
void apply(const revision::VersionChange &change, QStringList &rows);

/// Of the statements that wait for other transactions by their nature, and leave an invalid index when they are interrupted.
[[nodiscard]] bool isConcurrent(const QString &sql);

} // namespace stillroom::migration
