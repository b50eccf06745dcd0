// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runpage.h"

#include "base/sentence.h"
#include "migration/planning.h"
#include "ui/editor/bodystatus.h"
#include "ui/emptystate.h"
#include "ui/run/blockerspanel.h"
#include "ui/run/offlinebar.h"
#include "ui/run/transactionbrackets.h"
#include "ui/words.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace stillroom::ui {

using namespace migration;

namespace {

QTreeView *makeTree(QAbstractItemModel *model, const QString &name, QWidget *parent)
{
    auto *tree = new QTreeView(parent);
    tree->setModel(model);
    tree->setAccessibleName(name);
    tree->setHeaderHidden(true);
    tree->setUniformRowHeights(true);
    tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    tree->setSelectionBehavior(QAbstractItemView::SelectRows);
    tree->setIndentation(16);
    tree->setTextElideMode(Qt::ElideRight);
    tree->setTabKeyNavigation(false);
    return tree;
}

void fitTimeColumn(QTreeView *tree, int width)
{
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setSectionResizeMode(1, QHeaderView::Fixed);
    tree->header()->resizeSection(1, width);
}

QString planTitle(const revision::Plan &plan)
{
    if (isReset(plan)) {
        const auto downs = std::ranges::count(plan.steps, revision::Step::Kind::Downgrade, &revision::Step::kind);
        return RunPage::tr("Reset: %1 down, %2 up").arg(downs).arg(std::ssize(plan.steps) - downs);
    }
    const int count = int(plan.steps.size());
    switch (plan.kind) {
    case revision::Plan::Kind::Upgrade:
        return counted(count, RunPage::tr("Upgrade by %1 revision"), RunPage::tr("Upgrade by %1 revisions"));
    case revision::Plan::Kind::Downgrade:
        return counted(count, RunPage::tr("Downgrade by %1 revision"), RunPage::tr("Downgrade by %1 revisions"));
    case revision::Plan::Kind::Stamp:
        return RunPage::tr("Stamp: change the version rows only");
    }
    return {};
}

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? RunPage::tr("base") : rows.join(QStringLiteral(", ")); }

} // namespace

RunPage::RunPage(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(theme, QStringLiteral("run"), tr("No plan yet"),
                             tr("Choose Upgrade, Downgrade or Stamp: the plan with all its SQL is shown here before anything runs."), this)),
      m_steps(new StepsModel(theme, this)), m_log(new RunLog(theme, this))
{
    auto *page = new QWidget(this);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    m_offlineBar = new OfflineBar(page);
    m_offlineBar->hide();
    layout->addWidget(m_offlineBar);
    connect(m_offlineBar, &OfflineBar::requested, this, &RunPage::offlinePlanRequested);
    m_outcome = new Banner(theme, page);
    m_warnings = new Banner(theme, page);
    layout->addWidget(m_outcome);
    layout->addWidget(m_warnings);
    m_pythonOffer = new Banner(theme, page);
    layout->addWidget(m_pythonOffer);
    connect(m_pythonOffer, &Banner::linkActivated, this, &RunPage::pythonAllowed);
    connect(m_outcome, &Banner::linkActivated, this, [this] { Q_EMIT settingRequested(m_setting, m_settingReason); });
    connect(m_warnings, &Banner::linkActivated, this, [this] { Q_EMIT valueRequested(m_unknownName, m_unknownReason); });

    m_stepsView = makeTree(m_steps, tr("Steps of the plan"), page);
    m_stepsView->setItemDelegateForColumn(StepsModel::TransactionColumn, new TransactionBrackets(theme, m_stepsView));
    m_stepsView->header()->moveSection(StepsModel::TransactionColumn, 0);
    m_stepsView->setTreePosition(StepsModel::WhatColumn);
    m_sql = new CodeEditor(theme, std::move(backend), page);
    m_sql->setAccessibleName(tr("SQL of the plan"));
    m_columns = new QSplitter(Qt::Horizontal, page);
    m_columns->addWidget(m_stepsView);
    m_columns->addWidget(m_sql);
    m_columns->setStretchFactor(0, 4);
    m_columns->setStretchFactor(1, 5);
    m_columns->setSizes({480, 600});
    m_columns->setChildrenCollapsible(false);

    m_logView = makeTree(m_log, tr("Run log"), page);
    addMenu(m_stepsView, [this](const QModelIndex &at) {
        const auto [step, statement] = StepsModel::place(at);
        if (step < 0)
            return QString();
        const StepsModel::StepRow &row = m_steps->steps()[std::size_t(step)];
        return statement < 0 ? at.siblingAtColumn(StepsModel::WhatColumn).data().toString()
                             : row.statements[std::size_t(statement)].statement.sql + QLatin1Char(';');
    });
    auto *script = new QAction(theme->icon(QStringLiteral("file"), IconTone::Muted), tr("Show the &Script"), m_stepsView);
    m_stepsView->addAction(script);
    connect(script, &QAction::triggered, this, [this] {
        const int step = StepsModel::place(m_stepsView->currentIndex()).first;
        if (step >= 0)
            Q_EMIT scriptRequested(m_steps->steps()[std::size_t(step)].step.revision);
    });
    addMenu(m_logView, [](const QModelIndex &at) { return at.siblingAtColumn(0).data().toString(); });
    m_logPane = new QWidget(page);
    auto *logLayout = new QVBoxLayout(m_logPane);
    logLayout->setContentsMargins(0, 0, 0, 0);
    logLayout->setSpacing(0);
    auto *logBar = new QFrame(m_logPane);
    logBar->setProperty("role", QStringLiteral("bar"));
    auto *logTitle = new QLabel(tr("LOG"), logBar);
    logTitle->setProperty("role", QStringLiteral("section"));
    auto *logBarLayout = new QHBoxLayout(logBar);
    logBarLayout->setContentsMargins(12, 2, 8, 2);
    logBarLayout->addWidget(logTitle);
    logBarLayout->addStretch(1);
    auto *copyLog = new QToolButton(logBar);
    copyLog->setIcon(theme->icon(QStringLiteral("copy"), IconTone::Muted));
    copyLog->setIconSize(QSize(14, 14));
    copyLog->setToolTip(tr("Copy the log"));
    copyLog->setAccessibleName(tr("Copy the log"));
    logBarLayout->addWidget(copyLog);
    connect(copyLog, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_log->toText()); });
    logLayout->addWidget(logBar);
    logLayout->addWidget(m_logView, 1);
    m_rows = new QSplitter(Qt::Vertical, page);
    m_rows->addWidget(m_columns);
    m_rows->addWidget(m_logPane);
    m_rows->setStretchFactor(0, 3);
    m_rows->setStretchFactor(1, 2);
    m_rows->setSizes({380, 220});
    m_rows->setChildrenCollapsible(false);
    layout->addWidget(m_rows, 1);
    m_blockers = new BlockersPanel(theme, page);
    layout->addWidget(m_blockers);
    connect(m_blockers, &BlockersPanel::endRequested, this, &RunPage::endBlockerRequested);
    layout->addWidget(makeFoot());

    m_stack->addWidget(m_empty);
    m_stack->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);

    connect(m_stepsView->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunPage::markStatement);
    connect(m_sql, &CodeEditor::lineClicked, this, [this](int line) {
        const int place = m_text.statementAt(line);
        if (place >= 0)
            m_stepsView->setCurrentIndex(m_steps->indexOf(m_textOrigin[std::size_t(place)].first, m_textOrigin[std::size_t(place)].second));
    });
    // A script that sends one statement for each row of a table adds thousands.
    m_layOut.setSingleShot(true);
    m_layOut.setInterval(100);
    connect(&m_layOut, &QTimer::timeout, this, &RunPage::layOutSql);
    connect(m_steps, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_layOut.isActive())
            m_layOut.start();
    });
    m_tick.setInterval(100);
    connect(&m_tick, &QTimer::timeout, this, &RunPage::showProgress);
    fitTimeColumn(m_logView, 130);
    setFocusProxy(m_stepsView);
    setPhase(Phase::Empty);
}

/// Copying a row, by key and by menu.
void RunPage::addMenu(QTreeView *view, std::function<QString(const QModelIndex &)> text)
{
    auto *copy = new QAction(m_theme->icon(QStringLiteral("copy"), IconTone::Muted), tr("&Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copy, &QAction::triggered, this, [view, text = std::move(text)] {
        const QString words = text(view->currentIndex());
        if (!words.isEmpty())
            QApplication::clipboard()->setText(words);
    });
}

QWidget *RunPage::makeHead()
{
    auto *head = new QFrame(this);
    head->setProperty("role", QStringLiteral("bar"));
    m_title = new QLabel(head);
    m_title->setProperty("role", QStringLiteral("title"));
    m_counts = new QLabel(head);
    m_counts->setProperty("role", QStringLiteral("muted"));
    m_targetChip = new Chip(m_theme, head);
    m_targetChip->setIcon(QStringLiteral("database"));
    m_environmentChip = new Chip(m_theme, head);
    m_readOnlyChip = new Chip(m_theme, head);
    m_readOnlyChip->setIcon(QStringLiteral("lock"));
    m_readOnlyChip->setText(tr("read-only"));
    m_readOnlyChip->setTone(ChipTone::Warning);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    first->addStretch(1);
    first->addWidget(m_readOnlyChip);
    first->addWidget(m_environmentChip);
    first->addWidget(m_targetChip);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(14, 9, 12, 9);
    layout->setSpacing(3);
    layout->addLayout(first);
    layout->addWidget(m_counts);
    return head;
}

QWidget *RunPage::makeFoot()
{
    auto *foot = new QFrame(this);
    foot->setProperty("role", QStringLiteral("footer"));
    m_transactionsLabel = new QLabel(tr("&Transactions"), foot);
    m_transactions = new QComboBox(foot);
    m_transactions->setAccessibleName(tr("Transactions"));
    m_transactions->addItem(tr("one for all"), false);
    m_transactions->addItem(tr("one for each revision"), true);
    m_transactions->setToolTip(tr("If one revision fails: with one for all none is applied, else those before it stay."));
    m_transactionsLabel->setBuddy(m_transactions);
    m_confirmBox = new QCheckBox(foot);
    m_confirmLabel = new QLabel(foot);
    m_confirmText = new QLineEdit(foot);
    m_confirmText->setMaximumWidth(220);
    m_confirmText->setObjectName(QStringLiteral("confirmation"));
    m_whyNot = new QLabel(tr("No database is connected."), foot);
    m_whyNot->setProperty("role", QStringLiteral("muted"));
    m_footActions = new QHBoxLayout;
    m_footActions->setSpacing(8);
    m_confirmLabel->setBuddy(m_confirmText);
    m_confirmText->setAccessibleName(tr("Name of the database, to confirm"));
    m_progress = new QProgressBar(foot);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Statements done"));
    m_current = new ElidedLabel(foot);
    m_current->setProperty("role", QStringLiteral("mono"));
    m_elapsed = new QLabel(foot);
    m_elapsed->setProperty("role", QStringLiteral("muted"));
    m_back = new QPushButton(tr("Back"), foot);
    m_rehearse = new QPushButton(tr("Rehearse"), foot);
    m_rehearse->setToolTip(tr("Runs the plan for real and leaves nothing behind: times, locks, tables that are rewritten"));
    auto *rehearsals = new QMenu(m_rehearse);
    rehearsals->addAction(tr("In a Transaction That Is &Rolled Back"), this, [this] { startRehearsal(false); });
    rehearsals->addAction(tr("On a &Copy, also Down and Up Again"), this, [this] { startRehearsal(true); });
    m_rehearse->setMenu(rehearsals);
    m_rehearse->setProperty("look", QStringLiteral("menu"));
    m_nextButton = new QPushButton(foot);
    m_nextButton->setProperty("look", QStringLiteral("primary"));
    m_scriptButton = new QPushButton(tr("Show the Script"), foot);
    m_remedyButton = new QPushButton(tr("Copy the Remedies"), foot);
    m_remedyButton->setToolTip(tr("The statements that put right what was left over"));
    m_run = new QPushButton(tr("Run"), foot);
    m_run->setProperty("look", QStringLiteral("primary"));
    m_stop = new QPushButton(tr("Stop after this revision"), foot);
    m_cancel = new QPushButton(tr("Cancel now"), foot);
    m_cancel->setToolTip(tr("Cancels the statement that runs; what is not committed is rolled back."));

    auto *progressRow = new QHBoxLayout;
    progressRow->setSpacing(10);
    progressRow->addWidget(m_current, 1);
    progressRow->addWidget(m_elapsed);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addLayout(m_footActions);
    buttons->addStretch(1);
    buttons->addWidget(m_whyNot);
    buttons->addSpacing(6);
    buttons->addWidget(m_rehearse);
    buttons->addWidget(m_remedyButton);
    buttons->addWidget(m_scriptButton);
    buttons->addWidget(m_nextButton);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_stop);
    buttons->addWidget(m_run);
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    layout->addWidget(m_progress);
    layout->addLayout(progressRow);
    auto *confirmation = new QHBoxLayout;
    confirmation->setSpacing(8);
    confirmation->addWidget(m_transactionsLabel);
    confirmation->addWidget(m_transactions);
    confirmation->addStretch(1);
    confirmation->addWidget(m_confirmLabel);
    confirmation->addWidget(m_confirmText);
    confirmation->addWidget(m_confirmBox);
    layout->addLayout(confirmation);
    layout->addLayout(buttons);

    connect(m_back, &QPushButton::clicked, this, &RunPage::backRequested);
    connect(m_nextButton, &QPushButton::clicked, this, [this] {
        if (m_next == NextStep::ConnectAgain)
            Q_EMIT connectAgainRequested();
        else
            Q_EMIT planAgainRequested();
    });
    connect(m_scriptButton, &QPushButton::clicked, this, [this] { Q_EMIT scriptRequested(m_failedRevision); });
    connect(m_remedyButton, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(remedies()); });
    connect(m_run, &QPushButton::clicked, this, &RunPage::startRun);
    connect(m_stop, &QPushButton::clicked, this, &RunPage::stopAfterRevision);
    connect(m_cancel, &QPushButton::clicked, this, &RunPage::cancelNow);
    connect(m_transactions, &QComboBox::activated, this, [this] {
        m_steps->setPerRevision(m_transactions->currentData().toBool());
        m_stepsView->viewport()->update();
    });
    const auto confirmed = [this] {
        m_run->setEnabled(canRun());
        m_rehearse->setEnabled(canRun());
    };
    connect(m_confirmBox, &QCheckBox::toggled, this, confirmed);
    connect(m_confirmText, &QLineEdit::textChanged, this, confirmed);
    return foot;
}

void RunPage::setPhase(Phase phase)
{
    m_phase = phase;
    const bool isRunning = phase == Phase::Running;
    const bool isPlanned = phase == Phase::Planned;
    m_stack->setCurrentIndex(phase == Phase::Empty ? 0 : 1);
    m_logPane->setVisible(isRunning || phase == Phase::Ended);
    m_progress->setVisible(isRunning || phase == Phase::Ended);
    m_current->setVisible(isRunning);
    m_elapsed->setVisible(isRunning);
    m_stop->setVisible(isRunning);
    m_cancel->setVisible(isRunning);
    m_back->setVisible(!isRunning);
    m_run->setVisible(isPlanned);
    m_confirmBox->setVisible(false);
    m_confirmText->setVisible(false);
    m_confirmLabel->setVisible(false);
    m_whyNot->setVisible(isPlanned && m_isOffline);
    showTransactions();
    m_offlineBar->setVisible(m_isOffline && m_offlineBar->request().kind != revision::Plan::Kind::Stamp);
    showNextStep();
    if (isPlanned)
        askConfirmation();
    m_run->setEnabled(canRun());
    m_rehearse->setVisible(isPlanned && m_target && !m_target->isReadOnly && !m_preview.plan.steps.empty());
    m_rehearse->setEnabled(canRun());
    Q_EMIT phaseChanged();
}

/// Of one revision, and of version rows alone, there is nothing to choose.
void RunPage::showTransactions()
{
    const revision::Plan &plan = m_preview.plan;
    const bool isChoice =
        m_phase == Phase::Planned && m_target && !m_target->isReadOnly && plan.steps.size() > 1 && plan.kind != revision::Plan::Kind::Stamp;
    m_transactionsLabel->setVisible(isChoice);
    m_transactions->setVisible(isChoice);
    if (m_phase == Phase::Planned)
        m_transactions->setCurrentIndex(m_transactions->findData(isEachByDefault()));
}

bool RunPage::isEachByDefault() const { return m_isPerRevision || m_preview.kind == dialect::DialectKind::Sqlite; }

RunRequest::Transactions RunPage::transactions() const
{
    const bool isEach = m_transactions->currentData().toBool();
    return isEach == isEachByDefault() ? RunRequest::Transactions::AsProject
           : isEach                    ? RunRequest::Transactions::EachRevision
                                       : RunRequest::Transactions::One;
}

void RunPage::clear()
{
    if (m_phase != Phase::Running)
        setPhase(Phase::Empty);
}

void RunPage::showPreparing(const QString &title)
{
    m_preview = {};
    m_hasOutcome = false;
    m_isOffline = false;
    m_next = NextStep::None;
    m_failedRevision.clear();
    m_leftovers.clear();
    m_blockers->clear();
    m_target.reset();
    m_steps->setPreview(m_preview, nullptr);
    m_title->setText(title);
    m_counts->setText(tr("Working out the steps and their SQL…"));
    m_outcome->clear();
    m_outcome->setLink({});
    m_warnings->clear();
    m_pythonOffer->clear();
    m_targetChip->hide();
    m_environmentChip->hide();
    m_readOnlyChip->hide();
    layOutSql();
    setPhase(Phase::Preparing);
}

void RunPage::showPlan(const Preview &preview, const Target &target, const revision::RevisionGraph *graph)
{
    m_target = target;
    m_isOffline = false;
    m_targetChip->setText(target.display);
    m_targetChip->setIcon(QStringLiteral("database"));
    m_targetChip->show();
    m_environmentChip->setText(environmentName(target.environment));
    m_environmentChip->setTone(chipTone(target.environment));
    m_environmentChip->setVisible(target.environment != Environment::Unspecified);
    m_readOnlyChip->setVisible(target.isReadOnly);
    showSteps(preview, graph);
    if (preview.plan.steps.empty())
        m_outcome->showWords(BannerTone::Good, tr("Nothing to do: the database is at %1 already.").arg(rowsText(preview.plan.startRows)));
}

void RunPage::showPreparingOffline(const PlanRequest &request, const revision::RevisionGraph *graph)
{
    showPreparing(tr("Offline plan"));
    m_isOffline = true;
    m_offlineBar->setRevisions(graph);
    m_offlineBar->setRequest(request);
}

void RunPage::showOfflinePlan(const Preview &preview, const PlanRequest &request, const revision::RevisionGraph *graph)
{
    m_target.reset();
    m_isOffline = true;
    m_offlineBar->setRequest(request);
    m_targetChip->setText(tr("offline, for %1").arg(preview.kind == dialect::DialectKind::PostgreSql ? tr("PostgreSQL") : tr("SQLite")));
    m_targetChip->setIcon(QStringLiteral("disconnect"));
    m_targetChip->show();
    m_environmentChip->hide();
    m_readOnlyChip->hide();
    showSteps(preview, graph);
    if (preview.plan.steps.empty())
        m_outcome->showWords(BannerTone::Good, tr("Nothing to do between these revisions."));
}

void RunPage::showSteps(const Preview &preview, const revision::RevisionGraph *graph)
{
    m_preview = preview;
    m_hasOutcome = false;
    m_steps->setPreview(preview, graph, m_isPerRevision);
    m_title->setText(planTitle(preview.plan));
    m_outcome->clear();
    showCounts();
    showWarnings();
    layOutSql();
    fitTimeColumn(m_stepsView, fontMetrics().horizontalAdvance(QStringLiteral("88888")) + 12); // how many; a run has times as well
    m_stepsView->header()->setSectionResizeMode(StepsModel::TransactionColumn, QHeaderView::Fixed);
    m_stepsView->header()->resizeSection(StepsModel::TransactionColumn, 14);
    m_stepsView->collapseAll();
    if (m_steps->steps().size() == 1)
        m_stepsView->expandAll();
    m_stepsView->setCurrentIndex(m_steps->index(0, 0));
    m_progress->setRange(0, std::max(1, m_steps->statementCount()));
    m_progress->setValue(0);
    setPhase(Phase::Planned);
    if (m_run->isEnabled())
        m_run->setFocus(Qt::OtherFocusReason);
    else if (isVisible())
        m_stepsView->setFocus(Qt::OtherFocusReason);
}

void RunPage::addFootAction(QAction *action, const QString &text)
{
    auto *button = new QPushButton(text, this);
    const auto sync = [button, action] { button->setEnabled(action->isEnabled()); };
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, sync);
    sync();
    button->setToolTip(action->toolTip());
    m_footActions->addWidget(button);
}

void RunPage::tell(BannerTone tone, const QString &words) { m_outcome->showWords(tone, words); }

void RunPage::showPlanFailed(const QString &text, const QString &setting, const QString &reason)
{
    m_counts->setText(tr("There is no plan for this."));
    m_outcome->showWords(BannerTone::Bad, text);
    m_setting = setting;
    m_settingReason = reason;
    m_outcome->setLink(setting.isEmpty() ? QString() : tr("Say It…"));
    setPhase(Phase::Ended);
    m_logPane->hide();
    m_progress->hide();
}

void RunPage::showCounts()
{
    const revision::Plan &plan = m_preview.plan;
    m_counts->setText(tr("%1  →  %2").arg(rowsText(plan.startRows), rowsText(plan.endRows)) + QStringLiteral("   ·   ") +
                      counted(m_steps->statementCount(), tr("%1 statement"), tr("%1 statements")) +
                      (m_target && m_target->policy.backsUpFirst ? QStringLiteral("   ·   ") + tr("backs up first") : QString()) +
                      (!m_preview.createVersionTable.isEmpty() ? QStringLiteral("   ·   ") + tr("creates the version table") : QString()));
}

void RunPage::showWarnings()
{
    QStringList lines;
    BannerTone tone = BannerTone::Warning;
    m_unknownName.clear();
    int notUnderstood = 0, outsideCount = 0;
    QStringList outsiders;
    for (const PreviewStep &step : m_preview.steps) {
        if (m_unknownName.isEmpty() && !step.body.unknownName.isEmpty()) {
            m_unknownName = step.body.unknownName;
            m_unknownReason = step.body.reason;
        }
        const QString name = step.step.revision;
        const QString where = step.body.line > 0 ? tr("line %1: ").arg(step.body.line) : QString();
        switch (step.body.status) {
        case BodySql::Status::Complete:
            break;
        case BodySql::Status::NeedsDatabase:
            lines += tr("%1 reads from the database while it runs, so its SQL is known only up to there (%2%3).").arg(name, where, step.body.reason);
            break;
        case BodySql::Status::NotUnderstood:
            tone = BannerTone::Bad;
            ++notUnderstood;
            lines += tr("%1 cannot be evaluated (%2%3). The run would stop there.").arg(name, where, step.body.reason);
            break;
        }
        if (!step.body.takenFrom.isEmpty())
            lines += tr("The SQL of %1 was written by the project's own %2.").arg(name, step.body.takenFrom);
        int outside = 0;
        for (const dialect::Statement &statement : step.body.statements)
            outside += statement.transaction == dialect::TransactionNeed::Outside;
        outsideCount += outside;
        if (outside > 0)
            outsiders += name;
    }
    if (outsideCount > 0) {
        constexpr qsizetype kNamed = 4;
        QString who = outsiders.mid(0, kNamed).join(QStringLiteral(", "));
        if (outsiders.size() > kNamed)
            who = tr("%1 and %2 more revisions").arg(who).arg(outsiders.size() - kNamed);
        lines.prepend(counted(outsideCount, tr("%1 statement runs outside a transaction (%2): no rollback undoes it."),
                              tr("%1 statements run outside a transaction (%2): no rollback undoes them."))
                          .arg(who));
    }
    constexpr qsizetype kMost = 6; // the steps show the rest
    if (lines.size() > kMost) {
        const qsizetype more = lines.size() - kMost + 1;
        lines = lines.mid(0, kMost - 1);
        lines += tr("The steps below show %1 more.").arg(more);
    }
    if (m_target && m_target->isReadOnly)
        lines += tr("This connection is read-only. To run the plan, connect again without read-only.");
    if (lines.isEmpty())
        m_warnings->clear();
    else
        m_warnings->showWords(tone, lines.join(QLatin1Char('\n')));
    if (notUnderstood > 0 && !m_python.isEmpty() && m_target) {
        m_pythonOffer->showWords(
            BannerTone::Plain,
            counted(notUnderstood, tr("The project's own Alembic can write the SQL of %1 revision that is not understood here."),
                    tr("The project's own Alembic can write the SQL of %1 revisions that are not understood here.")) +
                QLatin1Char(' ') +
                tr("That runs env.py and the scripts, which is code of the project, with %1. It connects to no database.").arg(m_python));
        m_pythonOffer->setLink(tr("Run the Project's Python"));
    } else {
        m_pythonOffer->clear();
    }
    m_warnings->setLink(m_unknownName.isEmpty() ? QString() : tr("Give a Value…"));
}

void RunPage::askConfirmation()
{
    const revision::Plan &plan = m_preview.plan;
    m_run->setToolTip(m_isOffline ? tr("No database is connected, so nothing can run.") : QString());
    m_run->setText(isReset(plan)                                  ? tr("Reset")
                   : plan.kind == revision::Plan::Kind::Upgrade   ? tr("Run upgrade")
                   : plan.kind == revision::Plan::Kind::Downgrade ? tr("Run downgrade")
                                                                  : tr("Stamp"));
    m_run->setProperty("look", plan.kind == revision::Plan::Kind::Downgrade || isReset(plan) ? QStringLiteral("danger") : QStringLiteral("primary"));
    m_run->style()->unpolish(m_run);
    m_run->style()->polish(m_run);
    if (m_preview.plan.steps.empty() || !m_target || m_target->isReadOnly)
        return;
    m_confirmBox->setChecked(false);
    m_confirmText->clear();
    if (wantsName()) {
        m_confirmLabel->setText(isReset(plan) ? tr("All data is lost. Type %1 to confirm:").arg(m_target->databaseName)
                                              : tr("Type %1 to confirm:").arg(m_target->databaseName));
        m_confirmLabel->show();
        m_confirmText->show();
        return;
    }
    if (plan.kind == revision::Plan::Kind::Downgrade)
        m_confirmBox->setText(tr("Downgrade %1; data that it drops is lost").arg(m_target->databaseName));
    else if (plan.kind == revision::Plan::Kind::Stamp)
        m_confirmBox->setText(tr("Change the version of %1 without running a script").arg(m_target->databaseName));
    else
        m_confirmBox->setText(
            counted(m_steps->statementCount(), tr("Run %1 statement on %2"), tr("Run %1 statements on %2"))
                .arg(m_target->environment == Environment::Unspecified ? m_target->databaseName : environmentName(m_target->environment).toLower()));
    m_confirmBox->setVisible(wantsTick());
}

bool RunPage::canRun() const
{
    if (m_phase != Phase::Planned || m_preview.plan.steps.empty() || !m_target || m_target->isReadOnly)
        return false;
    if (wantsName())
        return m_confirmText->text() == m_target->databaseName;
    return !wantsTick() || m_confirmBox->isChecked();
}

bool RunPage::wantsName() const
{
    if (m_target && isReset(m_preview.plan))
        return true;
    const bool undoes = m_preview.plan.kind != revision::Plan::Kind::Upgrade;
    return m_target && undoes && (m_target->environment == Environment::Production || m_target->policy.confirmsByTyping);
}

bool RunPage::wantsTick() const
{
    const bool undoes = m_preview.plan.kind != revision::Plan::Kind::Upgrade;
    return m_target && !wantsName() && (undoes || m_target->environment == Environment::Production || m_target->policy.confirms);
}

database::Consent RunPage::consent() const
{
    return {.isGiven = canRun() || m_phase == Phase::Running, .typedName = wantsName() ? m_confirmText->text() : QString()};
}

void RunPage::setConfirmed(bool confirmed)
{
    m_confirmBox->setChecked(confirmed);
    if (m_target)
        m_confirmText->setText(confirmed ? m_target->databaseName : QString());
}

void RunPage::flushSql()
{
    if (m_layOut.isActive())
        layOutSql();
}

void RunPage::layOutSql()
{
    m_layOut.stop();
    m_text = {};
    m_textOrigin.clear();
    const auto &steps = m_steps->steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        m_text.addComment(steps[i].message.isEmpty() ? stepTitle(steps[i].step) : stepTitle(steps[i].step) + QStringLiteral(": ") + steps[i].message);
        if (!steps[i].takenFrom.isEmpty())
            m_text.addComment(tr("Written by the project's own %1").arg(steps[i].takenFrom));
        if (steps[i].questions > 0)
            m_text.addComment(counted(steps[i].questions, tr("Hangs on what the database holds now: %1 question was answered by it"),
                                      tr("Hangs on what the database holds now: %1 questions were answered by it")));
        // Whoever takes the text along has to see that it is not all.
        bool stops = steps[i].status != BodySql::Status::Complete;
        const auto sayWhereItStops = [&] {
            if (std::exchange(stops, false))
                m_text.addComment(tr("STOPS HERE, %1: %2").arg(lookOf(steps[i].status).word.toLower(), steps[i].reason).simplified());
        };
        for (std::size_t j = 0; j < steps[i].statements.size(); ++j) {
            const auto &row = steps[i].statements[j];
            if (row.isVersionStatement && !(i == 0 && j == 0 && !m_preview.createVersionTable.isEmpty()))
                sayWhereItStops();
            m_text.add(row.statement);
            m_textOrigin.emplace_back(int(i), int(j));
        }
        sayWhereItStops();
    }
    m_sql->setContent(m_text.text(), m_preview.kind == dialect::DialectKind::PostgreSql ? Language::PostgreSql : Language::Sqlite);
    for (const SqlText::Place &place : m_text.places()) {
        if (place.statement.transaction == dialect::TransactionNeed::Outside)
            m_sql->addNote(place.lastLine, tr("Runs outside a transaction"), CodeEditor::NoteTone::Warning);
        for (const QString &note : place.statement.notes)
            m_sql->addNote(place.lastLine, note, CodeEditor::NoteTone::Note);
    }
}

int RunPage::textPlace(int step, int statement) const
{
    for (std::size_t i = 0; i < m_textOrigin.size(); ++i) {
        if (m_textOrigin[i] == std::pair(step, std::max(0, statement)))
            return int(i);
    }
    return -1;
}

void RunPage::markStatement(const QModelIndex &index)
{
    const auto [step, statement] = StepsModel::place(index);
    const int place = textPlace(step, statement);
    if (place < 0)
        return;
    const SqlText::Place &at = m_text.places()[std::size_t(place)];
    m_sql->markLines(statement < 0 ? 0 : at.firstLine, at.lastLine);
    m_sql->showLine(statement < 0 ? std::max(1, at.firstLine - 2) : at.firstLine);
}

QString RunPage::outcomeWords() const { return m_outcome->isHidden() ? QString() : m_outcome->words(); }

QString RunPage::pythonWords() const { return m_pythonOffer->isHidden() ? QString() : m_pythonOffer->words(); }

QString RunPage::progressWords() const { return m_current->isHidden() ? QString() : m_current->fullText(); }

QString RunPage::warningWords() const { return m_warnings->isHidden() ? QString() : m_warnings->words(); }

} // namespace stillroom::ui
