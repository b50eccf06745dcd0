// SPDX-License-Identifier: GPL-3.0-or-later
// What the page is made of (runpage.h).
#include "ui/run/runpage.h"

#include "ui/connectionchips.h"
#include "ui/emptystate.h"
#include "ui/run/blockerspanel.h"
#include "ui/run/offlinebar.h"
#include "ui/run/stepnames.h"
#include "ui/run/transactionbrackets.h"
#include "ui/taborder.h"

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
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace stillroom::ui {

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
    connect(m_pythonOffer, &Banner::linkActivated, this, [this] { Q_EMIT pythonRequested({}); });
    connect(m_outcome, &Banner::linkActivated, this, [this] { Q_EMIT settingRequested(m_setting, m_settingReason); });
    connect(m_warnings, &Banner::linkActivated, this, [this] { Q_EMIT valueRequested(m_unknownName, m_unknownReason); });

    m_stepsView = makeTree(m_steps, tr("Steps of the plan"), page);
    m_stepsView->setUniformRowHeights(false); // a long name has two lines
    m_stepsView->setWordWrap(true);
    auto *names = new StepNames(m_stepsView);
    m_stepsView->setItemDelegateForColumn(StepsModel::WhatColumn, names);
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
    m_pythonAction = new QAction(theme->icon(QStringLiteral("foreign"), IconTone::Muted), QString(), m_stepsView);
    m_stepsView->addAction(m_pythonAction);
    connect(m_pythonAction, &QAction::triggered, this, [this] {
        const StepsModel::StepRow &step = m_steps->steps()[std::size_t(StepsModel::place(m_stepsView->currentIndex()).first)];
        if (step.takenFrom.isEmpty())
            Q_EMIT pythonRequested(step.step.revision);
        else
            Q_EMIT pythonWithdrawn(step.step.revision);
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
    connect(m_stepsView->selectionModel(), &QItemSelectionModel::currentChanged, this, &RunPage::showPythonAction);
    connect(m_stepsView->header(), &QHeaderView::sectionResized, names, &StepNames::widthChanged);
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
    fitTimeColumn(m_logView, m_logView->fontMetrics().horizontalAdvance(QStringLiteral("8,888,888 rows, 88 min 88 s")) + 24);
    fitTimeColumn(m_stepsView, 60);
    m_stepsView->header()->setSectionResizeMode(StepsModel::TransactionColumn, QHeaderView::Fixed);
    m_stepsView->header()->resizeSection(StepsModel::TransactionColumn, 14);
    passFocusOn(this, m_stepsView);
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
    m_counts = new ElidedLabel(head);
    m_counts->setProperty("role", QStringLiteral("muted"));
    m_chips = new ConnectionChips(m_theme, head);
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title);
    first->addStretch(1);
    first->addWidget(m_chips);
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
    m_transactionsLabel = new QLabel(tr("Tra&nsactions"), foot);
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
    m_back = new QPushButton(tr("&Back"), foot);
    m_rehearse = new QPushButton(tr("Rehear&se"), foot);
    auto *rehearsals = new QMenu(m_rehearse);
    m_rehearseBack = rehearsals->addAction(tr("In a Transaction That Is &Rolled Back"), this, [this] { startRehearsal(false); });
    rehearsals->addAction(tr("On a &Copy, also Down and Up Again"), this, [this] { startRehearsal(true); });
    m_rehearse->setMenu(rehearsals);
    m_rehearse->setProperty("look", QStringLiteral("menu"));
    m_nextButton = new QPushButton(foot);
    m_nextButton->setProperty("look", QStringLiteral("primary"));
    m_scriptButton = new QPushButton(tr("Sho&w the Script"), foot);
    m_remedyButton = new QPushButton(tr("Cop&y the Remedies"), foot);
    m_remedyButton->setToolTip(tr("The statements that put right what was left over"));
    m_run = new QPushButton(tr("&Run"), foot);
    m_run->setProperty("look", QStringLiteral("primary"));
    m_stop = new QPushButton(tr("&Stop after this revision"), foot);
    m_cancel = new QPushButton(tr("&Cancel now"), foot);
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
        showWhetherItCanRun();
        Q_EMIT confirmationChanged();
    };
    connect(m_confirmBox, &QCheckBox::toggled, this, confirmed);
    connect(m_confirmText, &QLineEdit::textChanged, this, confirmed);
    return foot;
}

void RunPage::addFootAction(QAction *action, const QString &text)
{
    auto *button = new QPushButton(text, this);
    const auto sync = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, sync);
    sync();
    m_footActions->addWidget(button);
}

} // namespace stillroom::ui
