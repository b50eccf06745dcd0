// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/banner.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/sqltext.h"
#include "ui/run/runlog.h"
#include "ui/run/stepsmodel.h"
#include "ui/workbench.h"

#include <QElapsedTimer>
#include <QModelIndex>
#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTreeView;
class QVBoxLayout;

namespace stillroom::ui {

class BlockersPanel;
class ConnectionChips;
class EmptyState;
class OfflineBar;

/// A plan, and the same page while it runs and after it: steps and statements, the SQL, warnings, what has to be confirmed,
/// progress, and the log. Asks by signals; never blocks and never opens a dialog.
class RunPage : public QWidget {
    Q_OBJECT
public:
    enum class Phase { Empty, Preparing, Planned, Running, Ended };
    RunPage(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent = nullptr);

    void showPreparing(const QString &title);
    /// The same for an offline plan: the bar with FROM and TO stays, so that a wrong one can be mended.
    void showPreparingOffline(const migration::PlanRequest &request, const revision::RevisionGraph *graph);
    void showPlan(const migration::Preview &preview, const Target &target, const revision::RevisionGraph *graph);
    /// A plan with no database: it can be read, copied and saved, not run.
    void showOfflinePlan(const migration::Preview &preview, const migration::PlanRequest &request, const revision::RevisionGraph *graph);
    /// `setting`: of env.py, which a person can say; then it is offered.
    void showPlanFailed(const QString &sentence, const QString &setting = {}, const QString &reason = {});
    void take(const migration::RunEvent &event);
    /// The worker has ended the request; `error` only matters when no RunFailed event told it before.
    void runEnded(const std::optional<Error> &error);
    void clear();
    /// Each revision has a transaction of its own, as the project says.
    void setTransactionPerRevision(bool perRevision) { m_isPerRevision = perRevision; }
    /// As chosen for this run.
    [[nodiscard]] migration::RunRequest::Transactions transactions() const;
    [[nodiscard]] QComboBox *transactionsBox() const { return m_transactions; }
    [[nodiscard]] StepsModel *steps() const { return m_steps; }
    [[nodiscard]] QTreeView *stepsView() const { return m_stepsView; }
    [[nodiscard]] RunLog *log() const { return m_log; }
    [[nodiscard]] QString pythonWords() const;                             ///< what the project's own Alembic could do for the plan, or does
    [[nodiscard]] QAction *pythonAction() const { return m_pythonAction; } ///< of the step that is selected
    void showBlockerAnswer(int pid, const Result<bool> &isThere);
    enum class NextStep { None, PlanAgain, ConnectAgain };
    [[nodiscard]] NextStep nextStep() const { return m_next; }
    [[nodiscard]] BlockersPanel *blockers() const { return m_blockers; }
    [[nodiscard]] QString remedies() const; ///< SQL that puts right what was left over

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const revision::Plan &plan() const { return m_preview.plan; }
    [[nodiscard]] const migration::Preview &preview() const { return m_preview; }
    [[nodiscard]] bool hasPlan() const { return m_phase != Phase::Empty && m_phase != Phase::Preparing && !m_preview.plan.steps.empty(); }
    [[nodiscard]] bool isOffline() const { return m_isOffline; }
    [[nodiscard]] OfflineBar *offlineBar() const { return m_offlineBar; }
    /// Buttons for actions of the window: copying and saving the SQL, connecting.
    void addFootAction(QAction *action, const QString &text);
    void tell(BannerTone tone, const QString &words); ///< in the place of the outcome
    [[nodiscard]] bool canRun() const;
    [[nodiscard]] QString whyNotRun() const; ///< empty: it can
    [[nodiscard]] QString sqlToCopy() const { return m_text.text(); }
    [[nodiscard]] CodeEditor *sqlEditor() const { return m_sql; }
    [[nodiscard]] EmptyState *emptyState() const { return m_empty; }
    [[nodiscard]] QString titleWords() const;
    [[nodiscard]] QAction *rehearseBackAction() const { return m_rehearseBack; } ///< in a transaction that is rolled back
    [[nodiscard]] QString outcomeWords() const;
    [[nodiscard]] QString warningWords() const;
    [[nodiscard]] QString progressWords() const; ///< what the run is at
    // What the buttons do.
    void startRun();
    /// Runs the plan and leaves nothing behind; on a copy also down and up again.
    void startRehearsal(bool onCopy);
    void showRehearsal(const migration::Rehearsal &rehearsal);
    void stopAfterRevision();
    void cancelNow();
    void setConfirmed(bool confirmed);
    [[nodiscard]] database::Consent consent() const; ///< what has been confirmed

Q_SIGNALS:
    void runRequested(const stillroom::revision::Plan &plan);
    void rehearsalRequested(const stillroom::revision::Plan &plan, bool onCopy);
    void stopRequested();
    void cancelRequested();
    void backRequested();
    void planAgainRequested();
    void connectAgainRequested();
    void pythonRequested(const QString &revision); ///< a say in what the project's own Alembic does; empty: for all steps
    void pythonWithdrawn(const QString &revision); ///< this step is evaluated here again
    void scriptRequested(const QString &revision);
    void endBlockerRequested(int pid, bool wholeSession);
    void phaseChanged();
    void confirmationChanged();                                      ///< whether it can run may be another now
    void valueRequested(const QString &name, const QString &reason); ///< a step waits for a name of the application
    void settingRequested(const QString &name, const QString &reason);
    void offlinePlanRequested(const stillroom::migration::PlanRequest &request);

private:
    QWidget *makeHead();
    void addMenu(QTreeView *view, std::function<QString(const QModelIndex &)> text);
    QWidget *makeFoot();
    void setPhase(Phase phase);
    void begin();
    void layOutSql();
    void flushSql();
    void showNextStep();
    void offerNextStep(const migration::RunFailed &failure);
    [[nodiscard]] QString withLeftovers(const QString &words) const;
    void showSteps(const migration::Preview &preview, const revision::RevisionGraph *graph);
    void showWarnings();
    void showPythonOffer();
    void showPythonAction();
    void showWhetherItCanRun();
    void askConfirmation();
    [[nodiscard]] bool wantsName() const; ///< the database's name has to be typed
    [[nodiscard]] bool wantsTick() const;
    void showCounts();
    void showTransactions();
    void showWhereItCanBeRehearsed();
    void keepFocus(const QWidget *button);
    void takeOfThePlan(const migration::RunEvent &event);
    void takeOfTheWayBack(const migration::RunEvent &event);
    [[nodiscard]] bool isEachByDefault() const;
    void showProgress();
    void showFailure(const Error &error);
    void markStatement(const QModelIndex &index);
    [[nodiscard]] int textPlace(int step, int statement) const;

    const Theme *m_theme;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_title;
    ElidedLabel *m_counts;
    ConnectionChips *m_chips;
    Banner *m_outcome, *m_warnings, *m_pythonOffer;
    OfflineBar *m_offlineBar;
    StepsModel *m_steps;
    RunLog *m_log;
    QTreeView *m_stepsView, *m_logView;
    CodeEditor *m_sql;
    QSplitter *m_columns, *m_rows;
    QWidget *m_logPane;
    QLabel *m_transactionsLabel;
    QComboBox *m_transactions;
    QCheckBox *m_confirmBox;
    QLineEdit *m_confirmText;
    QLabel *m_confirmLabel, *m_whyNot;
    QHBoxLayout *m_footActions;
    QProgressBar *m_progress;
    ElidedLabel *m_current;
    QLabel *m_elapsed;
    QPushButton *m_back, *m_run, *m_stop, *m_cancel, *m_nextButton, *m_scriptButton, *m_remedyButton, *m_rehearse;
    BlockersPanel *m_blockers;
    QAction *m_pythonAction, *m_rehearseBack;

    Phase m_phase = Phase::Empty;
    migration::Preview m_preview;
    std::optional<Target> m_target;
    SqlText m_text;
    std::vector<std::pair<int, int>> m_textOrigin; ///< step and statement of each place in the text
    bool m_hasOutcome = false;
    bool m_isOffline = false;
    QString m_unknownName, m_unknownReason; ///< of the first step that waits for one
    QString m_setting, m_settingReason;     ///< that there is no plan without
    QElapsedTimer m_clock, m_statementClock, m_cancelClock;
    QTimer m_tick, m_layOut;
    int m_runs = 0; ///< begun since the button was pressed: a rehearsal on a copy also goes down and up again
    NextStep m_next = NextStep::None;
    QString m_failedRevision;
    std::vector<database::Leftover> m_leftovers;
    bool m_isPerRevision = false, m_saysNoAnswer = false, m_isRehearsal = false;
};

} // namespace stillroom::ui
