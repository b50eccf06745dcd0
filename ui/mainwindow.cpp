// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow.h"

#include "base/sentence.h"
#include "ui/actions/commandpalette.h"
#include "ui/banner.h"
#include "ui/connectionchips.h"
#include "ui/database/databasepage.h"
#include "ui/editor/revisionpane.h"
#include "ui/emptystate.h"
#include "ui/graph/surveyqueue.h"
#include "ui/project/projectpage.h"
#include "ui/project/projectwatch.h"
#include "ui/run/runpage.h"
#include "ui/run/runspage.h"
#include "ui/words.h"
#include "ui/taborder.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

MainWindow::MainWindow(Theme *theme, QSettings *settings, const Demo &demo, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_settings(settings), m_demo(demo), m_bench(new Workbench(this)),
      m_actions(new ActionRegistry(theme, this)), m_backend(HighlightingBackend::create()), m_pages(new QStackedWidget(this)),
      m_historyStack(new QStackedWidget(this)), m_strip(new QFrame(this)), m_pageActions(new QActionGroup(this)), m_message(new Banner(theme, this)),
      m_model(new HistoryModel(this)), m_revision(new RevisionPane(theme, m_backend, this)), m_database(new DatabasePage(theme, this)),
      m_run(new RunPage(theme, m_backend, this)), m_runs(new RunsPage(theme, this)), m_projectPage(new ProjectPage(theme, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/stillroom/icons/stillroom.svg")));
    setAcceptDrops(true);
    setMinimumSize(760, 480);
    QWidget *history = makeHistoryPage();
    m_pages->addWidget(history);
    m_pages->addWidget(m_database);
    m_pages->addWidget(m_run);
    m_pages->addWidget(m_projectPage);
    m_pages->addWidget(m_runs);
    m_message->setClosable(true);
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_strip->setFixedHeight(3);
    m_strip->hide();
    layout->addWidget(m_strip);
    layout->addWidget(m_message);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);

    makeActions();
    makeMenus();
    makeToolBars();
    makeStatusBar();
    m_welcome->addAction(act("file.openProject"));
    m_welcome->addAction(act("file.openDemo"));
    m_noRevisions->addAction(act("file.newRevision"));
    m_database->emptyState()->addAction(act("file.connect"));
    m_database->addTableAction(act("edit.copyRows"));
    m_database->addHeadAction(act("database.backups"));
    m_projectPage->emptyState()->addAction(act("file.openProject"));
    m_projectPage->emptyState()->addAction(act("file.openDemo"));
    m_run->emptyState()->addAction(act("migrate.upgradeToHead"));
    m_run->addFootAction(act("migrate.copySql"), tr("Copy S&QL"));
    m_run->addFootAction(act("migrate.saveSql"), tr("Save SQ&L…"));
    follow();
    followSafety();
    resetLayout();
    if (m_settings)
        setPreferences(readPreferences(*m_settings));
    restore();
    updateTitle();
    updateStatus();
    updateActions();
    std::vector<QWidget *> parts;
    for (QToolBar *bar : findChildren<QToolBar *>(QString(), Qt::FindDirectChildrenOnly))
        parts.push_back(bar);
    parts.push_back(centre);
    tabAlongTheLayout(parts);
}

MainWindow::~MainWindow() = default;

QWidget *MainWindow::makeHistoryPage()
{
    m_welcome = new EmptyState(
        m_theme, QStringLiteral("demo"), tr("Open an Alembic project"),
        tr("Its revision graph, and the SQL of every upgrade and downgrade, without running Python. Drop a folder here, or try the demo on "
           "a SQLite database of its own."),
        this);
    m_noRevisions = new EmptyState(m_theme, QStringLiteral("history"), QString(), QString(), this);
    m_history = new HistoryView(m_theme, m_model, this);
    m_search = new SearchBar(m_theme, m_model, this);
    auto *list = new QWidget(this);
    auto *listLayout = new QVBoxLayout(list);
    listLayout->setContentsMargins(0, 0, 0, 0);
    listLayout->setSpacing(0);
    listLayout->addWidget(m_search);
    listLayout->addWidget(m_history, 1);
    m_historySplitter = new QSplitter(Qt::Vertical, this);
    m_historySplitter->addWidget(list);
    m_historySplitter->addWidget(m_revision);
    m_historySplitter->setChildrenCollapsible(false);
    m_historySplitter->setStretchFactor(0, 1);
    m_historySplitter->setStretchFactor(1, 1);
    m_historyStack->addWidget(m_welcome);
    m_historyStack->addWidget(m_historySplitter);
    m_historyStack->addWidget(m_noRevisions);
    passFocusOn(m_historyStack, m_history);

    connect(m_search, &SearchBar::stepRequested, m_history, &HistoryView::goToMatch);
    connect(m_search, &SearchBar::left, this, [this] {
        if (m_model->rowCount() > 0 && !m_history->currentIndex().isValid())
            m_history->setCurrentIndex(m_model->index(0, HistoryModel::RevisionColumn));
        m_history->setFocus(Qt::OtherFocusReason);
    });
    connect(m_history, &HistoryView::revisionSelected, this, &MainWindow::showSelected);
    connect(m_history, &HistoryView::mergeRequested, this, &MainWindow::mergeHeads);
    connect(m_history, &HistoryView::menuRequested, this, &MainWindow::openHistoryMenu);
    connect(m_revision, &RevisionPane::valueRequested, this, &MainWindow::askValue);
    connect(m_revision, &RevisionPane::revisionRequested, this, &MainWindow::selectRevision);
    connect(m_revision, &RevisionPane::dialectChanged, this, [this](dialect::DialectKind kind) {
        m_bench->setFallbackDialect(kind);
        m_model->forgetOutlooks();
        m_survey->restart();
        showSelected(m_history->selectedRevision());
    });
    return m_historyStack;
}

void MainWindow::makeStatusBar()
{
    statusBar()->setSizeGripEnabled(false);
    const auto add = [this](const QString &name) {
        auto *label = new QLabel(this);
        label->setAccessibleName(name);
        statusBar()->addWidget(label);
        return label;
    };
    m_statusProject = add(tr("Project"));
    m_statusTarget = add(tr("Database"));
    m_statusCurrent = add(tr("Current revision"));
    m_statusHeads = add(tr("Heads"));
    m_statusPending = add(tr("Pending revisions"));
    m_statusMode = new QLabel(this);
    statusBar()->addPermanentWidget(m_statusMode);
}

void MainWindow::follow()
{
    m_watch = new ProjectWatch(this);
    connect(m_bench, &Workbench::surveyed, this, [this](const std::vector<migration::RevisionOutlook> &outlooks) {
        m_model->takeOutlooks(outlooks);
        const QString selected = m_history->selectedRevision();
        if (std::ranges::find(outlooks, selected, &migration::RevisionOutlook::revision) != outlooks.end())
            showDetails();
    });
    // After the model, which is to have what a portion brought before the next one is asked for.
    m_survey = new SurveyQueue(m_bench, [this] { return m_history->visibleRevisions(); }, this);
    connect(m_survey, &SurveyQueue::done, this, [this] { m_projectPage->showUnknownNames(m_model->unknownNames()); });
    connect(m_bench, &Workbench::historyChecked, this, [this](const std::vector<project::Finding> &findings) {
        m_model->setFindings(findings);
        if (const auto &project = m_bench->project())
            m_projectPage->showFindings(findings, *project);
        showDetails();
    });
    connect(m_bench, &Workbench::projectChanged, this, &MainWindow::showProject);
    connect(m_bench, &Workbench::openingProgress, this, [this](int done, int total) {
        if (!m_message->isHidden() && m_message->tone() == BannerTone::Good)
            return;
        m_message->showWords(BannerTone::Plain, tr("Reading scripts: %1 of %2").arg(done).arg(total));
        m_message->setLink(tr("Cancel"));
    });
    connect(m_message, &Banner::linkActivated, m_bench, &Workbench::cancelOpening);
    connect(m_bench, &Workbench::projectFailed, this, [this](const QString &, const Error &error) { showMessage(sentence(error)); });
    connect(m_bench, &Workbench::targetChanged, this, &MainWindow::showTarget);
    connect(m_bench, &Workbench::connecting, this, [this](bool isConnecting) {
        if (isConnecting)
            m_message->clear();
        updateStatus();
        updateActions();
    });
    connect(m_bench, &Workbench::connectFailed, this, &MainWindow::connectFailed);
    connect(m_theme, &Theme::changed, this, &MainWindow::showColour);
    connect(m_bench, &Workbench::stateChanged, this, &MainWindow::showState);
    connect(m_bench, &Workbench::stateFailed, this, [this](const Error &error) {
        m_database->showFailed(sentence(error));
        // What the run page says and offers already needs no second telling.
        if (error.code != ErrorCode::ConnectionLost || m_run->nextStep() != RunPage::NextStep::ConnectAgain)
            showMessage(sentence(error));
    });
    connect(m_bench, &Workbench::revisionRendered, this,
            [this](const QString &revision, const migration::BodySql &upgrade, const migration::BodySql &downgrade) {
                if (revision == m_revision->revisionId())
                    m_revision->setSql(upgrade, downgrade);
            });
    connect(m_bench, &Workbench::renderFailed, this, [this](const QString &revision, const Error &error) {
        if (revision == m_revision->revisionId())
            m_revision->setSqlFailed(sentence(error));
    });
    connect(m_bench, &Workbench::planReady, this, [this](const migration::Preview &preview) {
        if (m_run->isOffline())
            return m_run->showOfflinePlan(preview, m_offlineRequest, m_bench->graph().get());
        if (!m_bench->target() || !m_bench->snapshot())
            return;
        m_run->setTransactionPerRevision(m_bench->project() && m_bench->project()->transactionPerMigration());
        m_run->showPlan(preview, *m_bench->target(), m_bench->graph().get());
    });
    connect(m_bench, &Workbench::planFailed, this, [this](const Error &error) {
        const bool canBeSaid = error.code == ErrorCode::VersionTableUnknown;
        m_run->showPlanFailed(sentence(error), canBeSaid ? error.subject : QString(), error.detail);
    });
    connect(m_run, &RunPage::settingRequested, this, &MainWindow::askSetting);
    connect(m_bench, &Workbench::runEvent, m_run, &RunPage::take);
    connect(m_bench, &Workbench::runEnded, m_run, &RunPage::runEnded);
    connect(m_bench, &Workbench::runEnded, this, [this] {
        updateActions();
        if (page() == Page::Runs) {
            m_bench->readRuns();
            m_bench->readLedger();
        }
        if (m_readsAgainAfterRun)
            readProjectAgain();
    });
    connect(m_bench, &Workbench::runsRead, m_runs, &RunsPage::showRuns);
    connect(m_bench, &Workbench::runRead, m_runs, &RunsPage::showRun);
    connect(m_runs, &RunsPage::runWanted, m_bench, &Workbench::readRun);
    connect(m_watch, &ProjectWatch::changed, this, &MainWindow::readProjectAgain);
    connect(m_run, &RunPage::runRequested, this, [this](const revision::Plan &plan) { m_bench->run(plan, m_run->consent(), m_run->transactions()); });
    connect(m_run, &RunPage::rehearsalRequested, this,
            [this](const revision::Plan &plan, bool onCopy) { m_bench->rehearse(plan, onCopy, m_run->consent()); });
    connect(m_bench, &Workbench::rehearsed, m_run, &RunPage::showRehearsal);
    connect(m_run, &RunPage::valueRequested, this, &MainWindow::askValue);
    connect(m_run, &RunPage::offlinePlanRequested, this, &MainWindow::planOffline);
    connect(m_run, &RunPage::stopRequested, m_bench, &Workbench::requestStop);
    connect(m_run, &RunPage::cancelRequested, m_bench, &Workbench::cancelNow);
    connect(m_run, &RunPage::backRequested, this, [this] { showPage(Page::History); });
    connect(m_run, &RunPage::planAgainRequested, this, [this] { plan(m_planned); });
    connect(m_run, &RunPage::pythonRequested, this, &MainWindow::askPython);
    connect(m_run, &RunPage::pythonWithdrawn, this, [this](const QString &revision) {
        migration::AlembicLeave leave = m_leave;
        leave.writes.removeAll(revision);
        leave.runs.removeAll(revision);
        planWithPython(leave);
    });
    connect(m_run, &RunPage::connectAgainRequested, m_bench, &Workbench::connectAgain);
    connect(m_run, &RunPage::scriptRequested, this, &MainWindow::selectRevision);
    connect(m_run, &RunPage::endBlockerRequested, m_bench, &Workbench::endBlocker);
    connect(m_bench, &Workbench::blockerAnswered, m_run, &RunPage::showBlockerAnswer);
    connect(m_run, &RunPage::phaseChanged, this, &MainWindow::updateActions);
    connect(m_run, &RunPage::confirmationChanged, this, &MainWindow::updateActions);
    connect(m_database, &DatabasePage::revisionRequested, this, &MainWindow::selectRevision);
    connect(m_projectPage, &ProjectPage::valueRequested, this, &MainWindow::askValue);
    connect(m_projectPage, &ProjectPage::settingRequested, this, &MainWindow::askSetting);
    connect(m_projectPage, &ProjectPage::revisionRequested, this, &MainWindow::selectRevision);
}

void MainWindow::openProject(const QString &path)
{
    m_message->clear();
    m_openedPath = path;
    m_bench->openProject(path);
}

void MainWindow::readProjectAgain(const QStringList &scripts)
{
    if (!m_bench->project())
        return;
    m_readsAgainAfterRun = m_bench->isRunning();
    if (!m_readsAgainAfterRun)
        m_bench->readProjectAgain(m_openedPath, scripts);
}

void MainWindow::openDemo()
{
    if (m_demo.project.isEmpty()) {
        showMessage(tr("The demo project is not installed beside this program."));
        return;
    }
    openProject(m_demo.project);
    QDir().mkpath(QFileInfo(m_demo.databaseFile).path());
    database::ConnectionSpec spec;
    spec.kind = dialect::DialectKind::Sqlite;
    spec.sqliteFile = m_demo.databaseFile;
    spec.createIfMissing = true;
    connectTo(spec, Environment::Development);
}

void MainWindow::openLastProject()
{
    const QString last = m_settings ? m_settings->value(QStringLiteral("recentProjects")).toStringList().value(0) : QString();
    if (m_preferences.opensLastProject && QFileInfo::exists(last))
        openProject(last);
}

void MainWindow::showPage(Page page)
{
    const bool isNew = m_pages->currentIndex() != int(page);
    m_pages->setCurrentIndex(int(page));
    if (isNew)
        focusPage();
    m_pageActions->actions().at(int(page))->setChecked(true);
    if (page == Page::Runs && isNew) {
        m_bench->readRuns();
        m_bench->readLedger();
    }
    updateActions();
}

void MainWindow::focusPage()
{
    QWidget *wanted = m_pages->currentWidget();
    for (EmptyState *empty : wanted->findChildren<EmptyState *>()) {
        if (empty->hasButtons() && empty->isVisibleTo(wanted))
            return empty->takeFocus();
    }
    wanted->setFocus(Qt::OtherFocusReason);
}

MainWindow::Page MainWindow::page() const { return Page(m_pages->currentIndex()); }

void MainWindow::selectRevision(const QString &id)
{
    const auto &graph = m_bench->graph();
    if (!graph) {
        m_wantedRevision = id;
        return;
    }
    m_wantedRevision.clear();
    QString full = id;
    if (!graph->find(id)) {
        const auto resolved = revision::resolve(*graph, id);
        if (!resolved || resolved->isEmpty()) {
            showMessage(resolved ? tr("There is no revision '%1'.").arg(id) : sentence(resolved.error()));
            return;
        }
        full = resolved->first();
    }
    showPage(Page::History);
    if (m_model->rowOf(full) < 0)
        m_search->clear();
    m_history->selectRevision(full);
}

void MainWindow::showProject()
{
    const QString shown = m_bench->project() ? m_bench->project()->configurationFile() : QString();
    const bool isSame = !shown.isEmpty() && shown == m_shownProject;
    // What was written a moment ago is still worth knowing when the watch has the project read again.
    if (!isSame || m_message->tone() != BannerTone::Good) {
        m_message->clear();
        m_message->setLink(QString());
    }
    const QString selected = m_history->selectedRevision();
    m_model->setGraph(m_bench->graph());
    m_model->setPosition(m_bench->position());
    const auto graph = m_bench->graph();
    if (graph && graph->revisions().empty() && m_bench->project()) {
        const QStringList folders = m_bench->project()->versionDirectories();
        const bool isThere = std::ranges::any_of(folders, [](const QString &folder) { return QFileInfo::exists(folder); });
        m_noRevisions->setWords(tr("No revisions yet"), (isThere ? tr("A new script in %1 appears here by itself.")
                                                                 : tr("There is no folder %1. The first revision makes it."))
                                                            .arg(folders.join(QStringLiteral(", "))));
        m_historyStack->setCurrentWidget(m_noRevisions);
    } else {
        m_historyStack->setCurrentIndex(graph ? 1 : 0);
    }
    m_shownProject = shown;
    if (!isSame || m_run->phase() == RunPage::Phase::Planned)
        m_run->clear(); // a plan was made of scripts that may read otherwise now; a log stays
    if (!m_bench->project())
        m_watch->clear();
    if (const auto &project = m_bench->project()) {
        m_watch->watch(*project);
        m_projectPage->showProject(*project);
        if (!m_bench->target() && !project->urlOffers().isEmpty()) {
            const auto url = project::DatabaseUrl::parse(project->urlOffers().first().url, project->root());
            if (url)
                m_bench->setFallbackDialect(url->kind);
        }
        if (m_settings) {
            QStringList recent = m_settings->value(QStringLiteral("recentProjects")).toStringList();
            recent.removeAll(project->configurationFile());
            recent.prepend(project->configurationFile());
            m_settings->setValue(QStringLiteral("recentProjects"), recent.mid(0, 10));
        }
    } else {
        m_projectPage->clear();
    }
    if (page() == Page::History || !isSame)
        focusPage();
    m_revision->setDialect(m_bench->previewDialect());
    m_survey->restart();
    if (!m_bench->graph()) {
        m_revision->clear();
    } else if (const QString written = std::exchange(m_writtenRevision, QString()); graph->find(written)) {
        selectRevision(written);
    } else if (!m_wantedRevision.isEmpty()) {
        selectRevision(QString(m_wantedRevision));
    } else if (isSame && graph->find(selected)) {
        m_history->selectRevision(selected);
        showSelected(selected);
    } else if (m_history->selectedRevision().isEmpty() && m_model->rowCount() > 0) {
        m_history->setCurrentIndex(m_model->index(0, HistoryModel::RevisionColumn));
    } else {
        showSelected(m_history->selectedRevision());
    }
    updateTitle();
    updateStatus();
    updateActions();
}

void MainWindow::showTarget()
{
    const auto &target = m_bench->target();
    if (target)
        connected();
    showColour();
    showLedger();
    m_database->showVersionDefects({});
    if (target)
        m_database->showReading(*target);
    else
        m_database->clear();
    if (page() == Page::Database)
        focusPage();
    if (m_run->phase() == RunPage::Phase::Planned)
        m_run->clear(); // a plan is for one database only
    if (m_model->hasDatabase() && !m_bench->position())
        m_model->setPosition(std::nullopt);
    if (m_revision->dialectKind() != m_bench->previewDialect()) {
        m_revision->setDialect(m_bench->previewDialect());
        m_model->forgetOutlooks();
        m_survey->restart();
        showSelected(m_history->selectedRevision());
    }
    updateTitle();
    updateStatus();
    updateActions();
}

void MainWindow::showState()
{
    m_model->setPosition(m_bench->position());
    const int row = m_history->currentIndex().row();
    if (row >= 0) {
        m_revision->setState(m_model->stateAt(row));
        showDetails();
    }
    if (m_bench->target() && m_bench->snapshot()) {
        const auto &project = m_bench->project();
        const sql::QualifiedName usual{{}, QStringLiteral("alembic_version")};
        const sql::QualifiedName table = project ? project->versionTable().value_or(usual) : usual; // a snapshot was read, so it is known
        const QString name = table.schema.isEmpty() ? table.name.text : table.schema.text + QLatin1Char('.') + table.name.text;
        m_database->showSnapshot(*m_bench->target(), *m_bench->snapshot(), m_bench->graph().get(), name);
    }
    updateStatus();
    updateActions();
}

void MainWindow::showSelected(const QString &id)
{
    const int row = m_model->rowOf(id);
    const auto index = row < 0 ? std::nullopt : m_model->revisionAt(row);
    if (id.isEmpty()) {
        m_revision->clear();
    } else if (!index) {
        m_revision->showUnknown(id);
    } else {
        m_revision->showRevision(*m_bench->graph(), *index, m_model->stateAt(row));
        showDetails();
        const auto &r = m_bench->graph()->revisions()[*index];
        if (!r.isGhost && !r.header.problem)
            m_bench->renderRevision(id);
    }
    updateActions();
}

void MainWindow::showDetails()
{
    const int row = m_history->currentIndex().row();
    const auto index = row < 0 ? std::nullopt : m_model->revisionAt(row);
    if (!index)
        return;
    const auto &graph = *m_bench->graph();
    const auto ids = [&graph](std::span<const revision::Index> indexes) {
        QStringList result;
        for (const revision::Index each : indexes)
            result += graph.revisions()[each].header.id;
        return result;
    };
    RevisionDetails::Subject subject{.revision = graph.revisions()[*index],
                                     .parents = ids(graph.parents(*index)),
                                     .dependencies = ids(graph.dependencies(*index)),
                                     .children = ids(graph.children(*index)),
                                     .dependents = ids(graph.dependents(*index)),
                                     .state = m_model->stateAt(row),
                                     .outlook = {},
                                     .findings = {}};
    if (const migration::RevisionOutlook *outlook = m_model->outlookAt(row))
        subject.outlook = *outlook;
    for (const project::Finding *finding : m_model->findingsAt(row))
        subject.findings.push_back(*finding);
    m_revision->showDetails(subject);
}

void MainWindow::openHistoryMenu(const QPoint &at)
{
    QMenu menu(this);
    const std::vector<const char *> ids{"migrate.upgradeToSelected",
                                        "migrate.downgradeToSelected",
                                        "migrate.stamp",
                                        nullptr,
                                        "file.newRevision",
                                        "file.mergeHeads",
                                        "file.openScript",
                                        nullptr,
                                        "edit.copyId",
                                        "edit.copyRow",
                                        "edit.copySql",
                                        nullptr,
                                        "view.details",
                                        "view.mute",
                                        "file.exportGraph"};
    for (const char *id : ids) {
        if (id)
            menu.addAction(act(id));
        else
            menu.addSeparator();
    }
    menu.exec(at);
}

void MainWindow::showMessage(const QString &text)
{
    m_message->setLink(QString());
    m_message->showWords(BannerTone::Bad, text);
}

QString MainWindow::messageWords() const { return m_message->isHidden() ? QString() : m_message->words(); }

void MainWindow::updateTitle()
{
    QStringList parts;
    if (const auto &project = m_bench->project())
        parts += QFileInfo(project->root()).fileName();
    if (const auto &target = m_bench->target())
        parts += target->display;
    constexpr int kNameWidth = 180; // two of them beside the chips and the buttons, in a window of 900
    const auto elided = [this](const QString &name) {
        return fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth).replace(QLatin1Char('&'), QStringLiteral("&&"));
    };
    m_projectButton->setText(m_bench->project() ? elided(QFileInfo(m_bench->project()->root()).fileName()) : tr("No project"));
    m_projectButton->setToolTip(m_bench->project() ? QDir::toNativeSeparators(m_bench->project()->root()) : tr("Open a project"));
    m_targetButton->setText(m_bench->target() ? elided(m_bench->target()->name.isEmpty() ? m_bench->target()->display : m_bench->target()->name)
                                              : tr("Connect…"));
    m_targetButton->setToolTip(m_bench->target() ? (m_bench->target()->ssh.isEmpty()
                                                        ? m_bench->target()->display
                                                        : tr("%1 through ssh %2").arg(m_bench->target()->display, m_bench->target()->ssh))
                                                 : tr("Connect to a database (F4)"));
    const auto &target = m_bench->target();
    if (target)
        m_chips->showTarget(*target);
    else
        m_chips->clear();
    parts += tr("Stillroom");
    setWindowTitle(parts.join(QStringLiteral(" – ")));
}

void MainWindow::updateStatus()
{
    const auto &graph = m_bench->graph();
    const auto &target = m_bench->target();
    const auto &snapshot = m_bench->snapshot();
    m_statusProject->setText(graph ? counted(int(graph->revisions().size()), tr("%1 revision"), tr("%1 revisions")) : tr("No project"));
    m_statusHeads->setText(graph ? counted(int(graph->heads().size()), tr("%1 head"), tr("%1 heads")) : QString());
    m_statusTarget->setText(target ? (target->ssh.isEmpty() ? target->databaseName : tr("%1 through %2").arg(target->databaseName, target->ssh))
                            : m_bench->isConnecting() ? tr("connecting to %1…").arg(m_bench->connectingTo())
                                                      : tr("not connected"));
    const QStringList rows = snapshot ? snapshot->versions.rows : QStringList();
    m_statusCurrent->setText(!snapshot ? QString() : rows.isEmpty() ? tr("at base") : tr("at %1").arg(shortList(rows, 2)));
    m_statusCurrent->setToolTip(rows.size() > 2 ? wholeList(rows) : QString());
    m_statusPending->setText(m_bench->position() ? tr("%1 pending").arg(m_model->pendingCount()) : QString());
    m_statusMode->setText(!target ? QString() : target->isReadOnly ? tr("read-only") : tr("writable"));
    for (QLabel *label : {m_statusHeads, m_statusCurrent, m_statusPending})
        label->setVisible(!label->text().isEmpty());
}

void MainWindow::updateActions()
{
    const bool hasProject = m_bench->graph() != nullptr;
    const auto &target = m_bench->target();
    // The page begins a moment before the worker does.
    const bool isRunning = m_bench->isRunning() || m_run->phase() == RunPage::Phase::Running;
    // With no database a plan starts where it is told to.
    const bool canPlan = hasProject && !isRunning && (target ? m_bench->snapshot().has_value() : m_bench->project() && !m_bench->isConnecting());
    const int row = m_history->currentIndex().row();
    const RowState state = row < 0 ? RowState::NotConnected : m_model->stateAt(row);
    const bool isScript = row >= 0 && state != RowState::Missing && state != RowState::UnknownToProject;
    const QString noProject = tr("No project is open."), noDatabase = tr("No database is connected."), running = tr("A run is under way."),
                  notSelected = tr("No revision is selected.");
    const QString whyNoProject = hasProject ? isRunning ? running : QString() : noProject;
    const QString whyNoDatabase = target ? isRunning ? running : QString() : noDatabase;
    const QString whyNoPlan = !hasProject ? noProject
                              : isRunning ? running
                              : target    ? tr("The database has not been read.")
                                          : tr("The connection is being made.");
    const auto enable = [this](const char *id, bool enabled, const QString &whyNot) {
        m_actions->setEnabled(QString::fromLatin1(id), enabled, whyNot);
    };
    enable("file.openDemo", !m_demo.project.isEmpty(), tr("The demo project is not installed beside this program."));
    enable("file.closeProject", hasProject && !isRunning, whyNoProject);
    enable("file.readAgain", hasProject && !isRunning, whyNoProject);
    enable("file.connect", !isRunning && !m_bench->isConnecting(), isRunning ? running : tr("The connection is being made."));
    enable("file.disconnect", (target || m_bench->isConnecting()) && !isRunning, whyNoDatabase);
    act("file.disconnect")->setText(m_bench->isConnecting() ? tr("Stop Connect&ing") : tr("D&isconnect"));
    enable("edit.copyId", row >= 0, notSelected);
    enable("edit.copyRow", row >= 0, notSelected);
    enable("file.exportGraph", hasProject, noProject);
    enable("file.newRevision", m_bench->project() && !isRunning, whyNoProject);
    enable("file.mergeHeads", m_bench->project() && !isRunning && m_bench->graph()->heads().size() > 1,
           whyNoProject.isEmpty() ? tr("There are no two heads.") : whyNoProject);
    enable("file.undoReparenting", m_bench->project() && !isRunning, whyNoProject);
    enable("file.openScript", isScript, row < 0 ? notSelected : tr("This revision has no script here."));
    for (const char *id : {"edit.goTo", "edit.goToHead", "edit.findNext", "edit.findPrevious"})
        enable(id, hasProject, noProject);
    enable("edit.goToCurrent", m_bench->position().has_value(), target ? tr("The database has not been read.") : noDatabase);
    enable("migrate.upgradeToHead", canPlan, whyNoPlan);
    enable("migrate.upgradeByOne", canPlan && target, canPlan ? noDatabase : whyNoPlan);
    const QString whyNotSelected = row < 0 ? notSelected : tr("This revision has no script here.");
    enable("migrate.upgradeToSelected", canPlan && isScript && (state == RowState::Pending || state == RowState::NotConnected),
           !canPlan   ? whyNoPlan
           : isScript ? tr("It is applied.")
                      : whyNotSelected);
    enable("migrate.downgradeByOne", canPlan, whyNoPlan);
    enable("migrate.downgradeToSelected", canPlan && isScript && (state == RowState::Applied || state == RowState::NotConnected),
           !canPlan                     ? whyNoPlan
           : state == RowState::Current ? tr("The database is there.")
           : isScript                   ? tr("It is not applied.")
                                        : whyNotSelected);
    enable("migrate.downgradeTo", canPlan, whyNoPlan);
    enable("migrate.downgradeToBase", canPlan, whyNoPlan);
    enable("migrate.stamp", canPlan, whyNoPlan);
    enable("migrate.reset", canPlan && target && !target->isReadOnly && target->policy.environment == database::ServerEnvironment::Development,
           !canPlan             ? whyNoPlan
           : !target            ? noDatabase
           : target->isReadOnly ? tr("The connection is read-only.")
                                : tr("The database is none for development."));
    enable("migrate.run", m_run->canRun(), m_run->whyNotRun());
    enable("migrate.copySql", m_run->hasPlan(), tr("There is no plan."));
    enable("migrate.saveSql", m_run->hasPlan() && m_bench->project(), tr("There is no plan."));
    enable("migrate.stop", isRunning, tr("Nothing runs."));
    enable("migrate.cancel", isRunning, tr("Nothing runs."));
    enable("database.refresh", target.has_value() && !isRunning, whyNoDatabase);
    enable("database.backups", target.has_value() && !isRunning, whyNoDatabase);
    enable("database.repair", target.has_value() && !isRunning && !m_bench->versionDefects().empty(),
           whyNoDatabase.isEmpty() ? tr("Nothing is known to be wrong with it.") : whyNoDatabase);
    enable("database.ledger", target.has_value(), noDatabase);
}

void MainWindow::resetLayout()
{
    m_historySplitter->setSizes({420, 380});
    m_revision->splitter()->setSizes({500, 500});
    act("view.script")->setChecked(true);
    m_revision->setScriptVisible(true);
}

void MainWindow::restore()
{
    if (!m_settings)
        return;
    restoreGeometry(m_settings->value(QStringLiteral("window/geometry")).toByteArray());
    m_historySplitter->restoreState(m_settings->value(QStringLiteral("window/historySplitter")).toByteArray());
    m_revision->splitter()->restoreState(m_settings->value(QStringLiteral("window/editorSplitter")).toByteArray());
}

void MainWindow::save()
{
    if (!m_settings)
        return;
    m_settings->setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings->setValue(QStringLiteral("window/historySplitter"), m_historySplitter->saveState());
    m_settings->setValue(QStringLiteral("window/editorSplitter"), m_revision->splitter()->saveState());
}

void MainWindow::setTheme(ThemeChoice choice)
{
    m_theme->setChoice(choice);
    const std::pair<const char *, ThemeChoice> actions[] = {
        {"view.themeSystem", ThemeChoice::System}, {"view.themeLight", ThemeChoice::Light}, {"view.themeDark", ThemeChoice::Dark}};
    for (const auto &[id, each] : actions)
        act(id)->setChecked(each == choice);
    if (m_settings)
        m_settings->setValue(QStringLiteral("theme"), int(choice));
}

void MainWindow::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    m_theme->setCodeSize(preferences.codeSize);
    m_bench->setBackupFolder(preferences.backupFolder);
    if (m_settings)
        writePreferences(*m_settings, preferences);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_bench->isRunning()) {
        // Closing now would cut a run short; it is asked to end after its revision, and the window says so.
        m_bench->requestStop();
        showMessage(tr("A run is under way. It stops after the current revision; close the window then, or cancel it (Ctrl+Shift+.)."));
        showPage(Page::Run);
        event->ignore();
        return;
    }
    save();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QUrl url = event->mimeData()->urls().value(0);
    if (url.isLocalFile()) {
        event->acceptProposedAction();
        openProject(url.toLocalFile());
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Else the first control in the Tab order would show a focus frame that nobody asked for.
    if (std::exchange(m_isFirstShow, false))
        focusPage();
}

} // namespace stillroom::ui
