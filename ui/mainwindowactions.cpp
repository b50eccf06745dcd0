// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the window, its menus and bars (mainwindow.h).
#include "ui/mainwindow.h"

#include "base/sentence.h"
#include "ui/actions/commandpalette.h"
#include "ui/database/databasepage.h"
#include "ui/editor/revisionpane.h"
#include "ui/project/connectdialog.h"
#include "ui/run/runpage.h"
#include "ui/run/targetdialog.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollArea>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace stillroom::ui {

using Kind = revision::Plan::Kind;

namespace {

QKeySequence keys(const char *text) { return QKeySequence(QString::fromLatin1(text)); }

} // namespace

void MainWindow::makeActions()
{
    makeFileActions();
    makeEditActions();
    makeViewActions();
    makeMigrateActions();
    makeHelpActions();
}

void MainWindow::makeFileActions()
{
    const QString file = tr("File");
    m_actions->add({QStringLiteral("file.openProject"),
                    tr("&Open Project…"),
                    file,
                    {QKeySequence(QKeySequence::Open)},
                    QStringLiteral("project"),
                    tr("Open the folder of an Alembic project")},
                   [this] { chooseProject(false); });
    m_actions->add({QStringLiteral("file.readAgain"),
                    tr("Read the Project A&gain"),
                    file,
                    {keys("Ctrl+Shift+R")},
                    QStringLiteral("refresh"),
                    tr("Read the scripts from disk again; changes are noticed by themselves as well")},
                   [this] { readProjectAgain(); });
    m_actions->add({QStringLiteral("file.openFile"),
                    tr("Open &Configuration File…"),
                    file,
                    {keys("Ctrl+Shift+O")},
                    QStringLiteral("file"),
                    tr("Open an alembic.ini or a pyproject.toml")},
                   [this] { chooseProject(true); });
    m_actions->add({QStringLiteral("file.openDemo"),
                    tr("Open the &Demo"),
                    file,
                    {},
                    QStringLiteral("demo"),
                    tr("The demo project on a SQLite database of its own")},
                   [this] { openDemo(); });
    m_actions->add({QStringLiteral("file.closeProject"), tr("C&lose Project"), file, {QKeySequence(QKeySequence::Close)}, QString(), QString()},
                   [this] { m_bench->closeProject(); });
    m_actions->add({QStringLiteral("file.connect"), tr("Co&nnect…"), file, {keys("F4")}, QStringLiteral("connect"), tr("Connect to a database")},
                   [this] { openConnectDialog(); });
    m_actions->add({QStringLiteral("file.disconnect"), tr("Disc&onnect"), file, {}, QStringLiteral("disconnect"), QString()},
                   [this] { m_bench->disconnectDatabase(); });
    m_actions->add({QStringLiteral("file.quit"), tr("&Quit"), file, {QKeySequence(QKeySequence::Quit)}, QStringLiteral("exit"), QString()},
                   [this] { close(); });
}

void MainWindow::makeEditActions()
{
    const QString edit = tr("Edit");
    m_actions->add(
        {QStringLiteral("edit.copyId"),
         tr("&Copy Revision Id"),
         edit,
         {QKeySequence(QKeySequence::Copy)},
         QStringLiteral("copy"),
         QString(),
         ActionContext::History},
        [this] { QApplication::clipboard()->setText(m_history->selectedRevision()); }, m_history);
    m_actions->add(
        {QStringLiteral("edit.copyRows"),
         tr("Copy &Rows"),
         edit,
         {QKeySequence(QKeySequence::Copy)},
         QStringLiteral("copy"),
         tr("Copy the selected rows of the database page as text"),
         ActionContext::Database},
        [this] { m_database->copySelection(); }, m_database);
    m_actions->add(
        {QStringLiteral("edit.copySql"), tr("Copy &SQL"), edit, {keys("Ctrl+Shift+C")}, QStringLiteral("copy"), tr("Copy the SQL that is shown")},
        [this] { copySql(); });
    m_actions->add({QStringLiteral("edit.find"),
                    tr("&Find"),
                    edit,
                    {QKeySequence(QKeySequence::Find)},
                    QStringLiteral("search"),
                    tr("Find in the text or list that has the focus")},
                   [this] { find(); });
    m_actions->add(
        {QStringLiteral("edit.filter"), tr("F&ilter"), edit, {keys("Ctrl+Shift+F")}, QStringLiteral("filter"), tr("Filter the list of this page")},
        [this] { focusSearch(SearchBar::Mode::Filter); });
    m_actions->add({QStringLiteral("edit.findNext"), tr("Find &Next"), edit, {keys("F3")}, QStringLiteral("down"), QString()},
                   [this] { findAgain(true); });
    m_actions->add({QStringLiteral("edit.findPrevious"), tr("Find &Previous"), edit, {keys("Shift+F3")}, QStringLiteral("up"), QString()},
                   [this] { findAgain(false); });
    m_actions->add({QStringLiteral("edit.goToHead"),
                    tr("Go to the Next &Head"),
                    edit,
                    {keys("Ctrl+H")},
                    QStringLiteral("next"),
                    tr("Select the next head below, and the first one after the last")},
                   [this] {
                       showPage(Page::History);
                       m_history->goToHead();
                   });
    m_actions->add({QStringLiteral("edit.goToCurrent"),
                    tr("Go to &Where the Database Is"),
                    edit,
                    {keys("Ctrl+J")},
                    QStringLiteral("next"),
                    tr("Select the revision that the connected database is at")},
                   [this] {
                       showPage(Page::History);
                       m_history->goToCurrent();
                   });
    m_actions->add({QStringLiteral("edit.goTo"), tr("&Go to Revision…"), edit, {keys("Ctrl+G")}, QStringLiteral("next"), QString()}, [this] {
        askTarget(tr("Go to revision"), tr("An id, its beginning, head, or a branch label."), tr("Go"), QString(), false,
                  [this](const QString &target, bool) { selectRevision(target); });
    });
}

void MainWindow::makeViewActions()
{
    const QString view = tr("View");
    const struct {
        const char *id;
        QString text;
        const char *key;
        const char *icon;
    } pages[] = {{"view.history", tr("&History"), "Ctrl+1", "history"},
                 {"view.database", tr("&Database"), "Ctrl+2", "database"},
                 {"view.run", tr("&Run"), "Ctrl+3", "run"},
                 {"view.project", tr("&Project"), "Ctrl+4", "project"}};
    int number = 0;
    for (const auto &p : pages) {
        QAction *action = m_actions->add({QString::fromLatin1(p.id), p.text, view, {keys(p.key)}, QString::fromLatin1(p.icon), QString()},
                                         [this, number] { showPage(Page(number)); });
        action->setCheckable(true);
        action->setChecked(number == 0);
        m_pageActions->addAction(action);
        ++number;
    }
    const auto direction = [this](script::Direction wanted) {
        showPage(Page::History);
        m_revision->setDirection(wanted);
    };
    m_actions->add(
        {QStringLiteral("view.upgradeSql"), tr("&Upgrade SQL"), view, {keys("F7")}, QStringLiteral("upgrade"), tr("Show the SQL of the upgrade")},
        [direction] { direction(script::Direction::Upgrade); });
    m_actions->add({QStringLiteral("view.downgradeSql"),
                    tr("Do&wngrade SQL"),
                    view,
                    {keys("Shift+F7")},
                    QStringLiteral("downgrade"),
                    tr("Show the SQL of the downgrade")},
                   [direction] { direction(script::Direction::Downgrade); });
    QAction *script =
        m_actions->add({QStringLiteral("view.script"), tr("&Script beside the SQL"), view, {keys("Ctrl+Shift+B")}, QStringLiteral("file"), QString()},
                       [this] { m_revision->setScriptVisible(act("view.script")->isChecked()); });
    script->setCheckable(true);
    script->setChecked(true);
    QAction *mute = m_actions->add({QStringLiteral("view.mute"),
                                    tr("&Mute What the Selected Does Not Stand On"),
                                    view,
                                    {keys("Ctrl+Shift+M")},
                                    QString(),
                                    tr("Draw everything but the selected revision and its ancestors faintly")},
                                   [this] { m_history->setMuting(act("view.mute")->isChecked()); });
    mute->setCheckable(true);
    auto *themes = new QActionGroup(this);
    const struct {
        const char *id;
        QString text;
        ThemeChoice choice;
    } choices[] = {{"view.themeSystem", tr("Theme of the &System"), ThemeChoice::System},
                   {"view.themeLight", tr("&Light Theme"), ThemeChoice::Light},
                   {"view.themeDark", tr("D&ark Theme"), ThemeChoice::Dark}};
    for (const auto &c : choices) {
        QAction *action =
            m_actions->add({QString::fromLatin1(c.id), c.text, view, {}, QString(), QString()}, [this, choice = c.choice] { setTheme(choice); });
        action->setCheckable(true);
        action->setChecked(m_theme->choice() == c.choice);
        themes->addAction(action);
    }
    m_actions->add({QStringLiteral("view.resetLayout"), tr("R&eset Layout"), view, {keys("Ctrl+0")}, QStringLiteral("layout"), QString()},
                   [this] { resetLayout(); });
    m_actions->add(
        {QStringLiteral("view.palette"), tr("Command Pa&lette…"), view, {keys("Ctrl+Shift+P"), keys("Ctrl+K")}, QStringLiteral("palette"), QString()},
        [this] {
            if (!m_palette)
                m_palette = new CommandPalette(m_theme, m_actions, this);
            m_palette->openOver(this);
        });
}

void MainWindow::makeMigrateActions()
{
    const QString migrate = tr("Migrate");
    m_actions->add({QStringLiteral("migrate.upgradeToHead"),
                    tr("&Upgrade to Head"),
                    migrate,
                    {keys("Ctrl+U")},
                    QStringLiteral("upgrade"),
                    tr("Plan the upgrade to the head, or to all heads")},
                   [this] {
                       const bool hasSeveral = m_bench->graph() && m_bench->graph()->heads().size() > 1;
                       plan(Kind::Upgrade, {hasSeveral ? QStringLiteral("heads") : QStringLiteral("head")});
                   });
    m_actions->add({QStringLiteral("migrate.upgradeByOne"),
                    tr("Upgrade by &One"),
                    migrate,
                    {keys("Ctrl+Alt+Up")},
                    QStringLiteral("upgrade"),
                    tr("Plan the next revision only")},
                   [this] { plan(Kind::Upgrade, {QStringLiteral("+1")}); });
    m_actions->add({QStringLiteral("migrate.upgradeToSelected"),
                    tr("Upgrade to the &Selected"),
                    migrate,
                    {keys("Shift+F5")},
                    QStringLiteral("upgrade"),
                    tr("Plan the upgrade to the selected revision")},
                   [this] { plan(Kind::Upgrade, {m_history->selectedRevision()}); });
    m_actions->add({QStringLiteral("migrate.downgradeByOne"),
                    tr("&Downgrade by One"),
                    migrate,
                    {keys("Ctrl+Alt+Down")},
                    QStringLiteral("downgrade"),
                    tr("Plan one step back")},
                   [this] { plan(Kind::Downgrade, {QStringLiteral("-1")}); });
    m_actions->add({QStringLiteral("migrate.downgradeToSelected"),
                    tr("Downgrade &to the Selected"),
                    migrate,
                    {},
                    QStringLiteral("downgrade"),
                    tr("Plan the downgrade to the selected revision")},
                   [this] { plan(Kind::Downgrade, {m_history->selectedRevision()}); });
    m_actions->add({QStringLiteral("migrate.downgradeTo"), tr("Do&wngrade to…"), migrate, {}, QStringLiteral("downgrade"), QString()}, [this] {
        askTarget(tr("Downgrade"),
                  tr("As Alembic spells it: an id or its beginning, -1, -2, base, label@base. The plan is shown before anything runs."),
                  tr("Show the plan"), QStringLiteral("-1"), false, [this](const QString &target, bool) { plan(Kind::Downgrade, {target}); });
    });
    m_actions->add({QStringLiteral("migrate.downgradeToBase"),
                    tr("Downgrade to &Base"),
                    migrate,
                    {},
                    QStringLiteral("downgrade"),
                    tr("Plan the way back to the empty database")},
                   [this] { plan(Kind::Downgrade, {QStringLiteral("base")}); });
    m_actions->add(
        {QStringLiteral("migrate.stamp"),
         tr("St&amp…"),
         migrate,
         {},
         QStringLiteral("stamp"),
         tr("Change the version rows without running a script")},
        [this] {
            const QString selected = m_history->selectedRevision();
            askTarget(tr("Stamp"),
                      tr("Writes a revision into the version table without running any script: an id, head, heads or base. The plan is shown first."),
                      tr("Show the plan"), selected.isEmpty() ? QStringLiteral("head") : selected, true,
                      [this](const QString &target, bool purge) { plan(Kind::Stamp, {target}, purge); });
        });
    m_actions->add({QStringLiteral("migrate.run"), tr("&Run the Plan"), migrate, {keys("F5")}, QStringLiteral("run"), QString()}, [this] {
        showPage(Page::Run);
        m_run->startRun();
    });
    m_actions->add({QStringLiteral("migrate.copySql"),
                    tr("&Copy SQL of the Plan"),
                    migrate,
                    {},
                    QStringLiteral("copy"),
                    tr("As Alembic's offline mode prints it, with the version table's statements")},
                   [this] { copyPlanSql(); });
    m_actions->add({QStringLiteral("migrate.saveSql"),
                    tr("Save S&QL of the Plan…"),
                    migrate,
                    {QKeySequence(QKeySequence::Save)},
                    QStringLiteral("file"),
                    tr("Into a file, as Alembic's offline mode prints it")},
                   [this] { saveSql(); });
    m_actions->add({QStringLiteral("migrate.stop"), tr("Stop after This Re&vision"), migrate, {keys("Ctrl+.")}, QStringLiteral("stop"), QString()},
                   [this] { m_run->stopAfterRevision(); });
    m_actions->add({QStringLiteral("migrate.cancel"),
                    tr("&Cancel Now"),
                    migrate,
                    {keys("Ctrl+Shift+.")},
                    QStringLiteral("close"),
                    tr("Cancel the statement that runs")},
                   [this] { m_run->cancelNow(); });
    m_actions->add({QStringLiteral("database.refresh"),
                    tr("&Refresh"),
                    tr("Database"),
                    {keys("Ctrl+R")},
                    QStringLiteral("refresh"),
                    tr("Read the database again")},
                   [this] { m_bench->refresh(); });
}

void MainWindow::makeHelpActions()
{
    const QString help = tr("Help");
    m_actions->add({QStringLiteral("help.shortcuts"),
                    tr("&Keyboard Shortcuts"),
                    help,
                    {QKeySequence(QKeySequence::HelpContents)},
                    QStringLiteral("keyboard"),
                    QString()},
                   [this] { showShortcuts(); });
    m_actions->add({QStringLiteral("help.about"), tr("&About Stillroom"), help, {}, QStringLiteral("information"), QString()},
                   [this] { showAbout(); });
}

void MainWindow::makeMenus()
{
    const auto fill = [this](const QString &title, const std::vector<const char *> &ids) {
        QMenu *menu = menuBar()->addMenu(title);
        for (const char *id : ids) {
            if (id)
                menu->addAction(act(id));
            else
                menu->addSeparator();
        }
        return menu;
    };
    QMenu *file = fill(tr("&File"), {"file.openProject", "file.openFile", "file.openDemo", "file.readAgain", "file.closeProject", nullptr,
                                     "file.connect", "file.disconnect", nullptr, "file.quit"});
    m_recent = new QMenu(tr("Open &Recent"), this);
    file->insertMenu(act("file.openDemo"), m_recent);
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    connect(file, &QMenu::aboutToShow, this,
            [this] { m_recent->setEnabled(m_settings && !m_settings->value(QStringLiteral("recentProjects")).toStringList().isEmpty()); });
    fill(tr("&Edit"), {"edit.copyId", "edit.copyRows", "edit.copySql", nullptr, "edit.find", "edit.findNext", "edit.findPrevious", "edit.filter",
                       nullptr, "edit.goTo", "edit.goToHead", "edit.goToCurrent"});
    fill(tr("&View"), {"view.history", "view.database", "view.run", "view.project", nullptr, "view.upgradeSql", "view.downgradeSql", "view.script",
                       "view.mute", nullptr, "view.themeSystem", "view.themeLight", "view.themeDark", nullptr, "view.resetLayout", "view.palette"});
    fill(tr("&Migrate"), {"migrate.upgradeToHead", "migrate.upgradeByOne", "migrate.upgradeToSelected", nullptr, "migrate.downgradeByOne",
                          "migrate.downgradeToSelected", "migrate.downgradeTo", "migrate.downgradeToBase", nullptr, "migrate.stamp", nullptr,
                          "migrate.run", "migrate.stop", "migrate.cancel", nullptr, "migrate.copySql", "migrate.saveSql"});
    fill(tr("&Database"), {"database.refresh"});
    fill(tr("&Help"), {"help.shortcuts", "help.about"});
}

void MainWindow::makeToolBars()
{
    auto *top = new QToolBar(tr("Project and database"), this);
    top->setObjectName(QStringLiteral("topBar"));
    top->setMovable(false);
    top->setContextMenuPolicy(Qt::PreventContextMenu);
    const auto button = [this, top](const QString &look, const QString &icon, IconTone tone, const QString &text) {
        auto *made = new QToolButton(top);
        made->setProperty("look", look);
        made->setIcon(m_theme->icon(icon, tone));
        made->setIconSize(QSize(17, 17));
        made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        made->setText(text);
        made->setAccessibleName(text);
        made->setFocusPolicy(Qt::TabFocus);
        return made;
    };
    m_projectButton = button(QStringLiteral("outlined"), QStringLiteral("project"), IconTone::Muted, tr("No project"));
    m_projectButton->setToolTip(tr("Open a project"));
    m_projectButton->setAccessibleName(tr("Project"));
    auto *projectMenu = new QMenu(m_projectButton);
    connect(projectMenu, &QMenu::aboutToShow, this, [this, projectMenu] {
        projectMenu->clear();
        projectMenu->addActions({act("file.openProject"), act("file.openFile"), act("file.openDemo"), act("file.closeProject")});
        projectMenu->addSeparator();
        fillRecent();
        projectMenu->addActions(m_recent->actions());
    });
    m_projectButton->setMenu(projectMenu);
    m_projectButton->setPopupMode(QToolButton::InstantPopup);
    m_targetButton = button(QStringLiteral("outlined"), QStringLiteral("database"), IconTone::Muted, tr("Connect…"));
    m_targetButton->setAccessibleName(tr("Database"));
    connect(m_targetButton, &QToolButton::clicked, act("file.connect"), &QAction::trigger);
    m_environmentChip = new Chip(m_theme, top);
    m_readOnlyChip = new Chip(m_theme, top);
    m_readOnlyChip->setIcon(QStringLiteral("lock"));
    m_readOnlyChip->setText(tr("read-only"));
    m_readOnlyChip->setTone(ChipTone::Warning);
    auto *row = new QWidget(top);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(8);
    layout->addWidget(m_projectButton);
    layout->addWidget(m_targetButton);
    layout->addWidget(m_environmentChip);
    layout->addWidget(m_readOnlyChip);
    layout->addStretch(1);

    auto *refresh = button(QString(), QStringLiteral("refresh"), IconTone::Text, tr("Refresh"));
    refresh->setToolButtonStyle(Qt::ToolButtonIconOnly);
    const auto split = [this, &button](const QString &look, const QString &icon, IconTone tone, const QString &text, const char *first,
                                       const std::vector<const char *> &rest) {
        QToolButton *made = button(look, icon, tone, text);
        auto *menu = new QMenu(made);
        for (const char *id : rest)
            menu->addAction(act(id));
        made->setMenu(menu);
        made->setPopupMode(QToolButton::MenuButtonPopup);
        QAction *main = act(first);
        connect(made, &QToolButton::clicked, main, &QAction::trigger);
        made->setToolTip(main->toolTip());
        const auto sync = [made, main] { made->setEnabled(main->isEnabled()); };
        connect(main, &QAction::changed, made, sync);
        sync();
        return made;
    };
    QToolButton *downgrade =
        split(QStringLiteral("outlined"), QStringLiteral("downgrade"), IconTone::Text, tr("Downgrade"), "migrate.downgradeByOne",
              {"migrate.downgradeByOne", "migrate.downgradeToSelected", "migrate.downgradeTo", "migrate.downgradeToBase", "migrate.stamp"});
    QToolButton *upgrade = split(QStringLiteral("primary"), QStringLiteral("upgrade"), IconTone::OnAccent, tr("Upgrade"), "migrate.upgradeToHead",
                                 {"migrate.upgradeToHead", "migrate.upgradeByOne", "migrate.upgradeToSelected"});
    QAction *refreshAction = act("database.refresh");
    connect(refresh, &QToolButton::clicked, refreshAction, &QAction::trigger);
    connect(refreshAction, &QAction::changed, refresh, [refresh, refreshAction] { refresh->setEnabled(refreshAction->isEnabled()); });
    refresh->setToolTip(refreshAction->toolTip());
    layout->addWidget(refresh);
    layout->addWidget(downgrade);
    layout->addWidget(upgrade);
    top->addWidget(row);
    addToolBar(Qt::TopToolBarArea, top);

    auto *navigation = new QToolBar(tr("Pages"), this);
    navigation->setObjectName(QStringLiteral("navigation"));
    navigation->setMovable(false);
    navigation->setContextMenuPolicy(Qt::PreventContextMenu);
    navigation->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    navigation->setIconSize(QSize(20, 20));
    for (QAction *page : m_pageActions->actions()) {
        auto *made = new QToolButton(navigation);
        made->setDefaultAction(page);
        made->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        made->setIconSize(QSize(20, 20));
        made->setFocusPolicy(Qt::TabFocus);
        made->setAccessibleName(page->text().remove(QLatin1Char('&')));
        navigation->addWidget(made);
    }
    addToolBar(Qt::LeftToolBarArea, navigation);
    // A tool bar takes the style sheet's padding only when its style changes, which so far it has not.
    for (QToolBar *bar : {top, navigation}) {
        QEvent styled(QEvent::StyleChange);
        QCoreApplication::sendEvent(bar, &styled);
    }
}

void MainWindow::fillRecent()
{
    m_recent->clear();
    const QStringList recent = m_settings ? m_settings->value(QStringLiteral("recentProjects")).toStringList() : QStringList();
    for (const QString &path : recent) {
        QAction *action = m_recent->addAction(m_theme->icon(QStringLiteral("clock"), IconTone::Muted),
                                              QFileInfo(path).dir().dirName() + QStringLiteral("  –  ") + path);
        connect(action, &QAction::triggered, this, [this, path] { openProject(path); });
    }
}

void MainWindow::chooseProject(bool isFile)
{
    auto *chooser = new QFileDialog(this, isFile ? tr("Open alembic.ini or pyproject.toml") : tr("Open the folder of an Alembic project"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(isFile ? QFileDialog::ExistingFile : QFileDialog::Directory);
    if (isFile)
        chooser->setNameFilters({tr("Alembic configuration (*.ini *.toml)"), tr("All files (*)")});
    connect(chooser, &QFileDialog::fileSelected, this, &MainWindow::openProject);
    chooser->open();
}

void MainWindow::openConnectDialog()
{
    if (!m_connectDialog) {
        m_connectDialog = new ConnectDialog(m_theme, this);
        if (m_settings)
            m_connectDialog->setRemembered({.address = m_settings->value(QStringLiteral("connection/address")).toString(),
                                            .environment = environmentFromKey(m_settings->value(QStringLiteral("connection/environment")).toString()),
                                            .isReadOnly = m_settings->value(QStringLiteral("connection/readOnly")).toBool()});
        connect(m_connectDialog, &ConnectDialog::connectRequested, this, [this](const database::ConnectionSpec &spec, Environment environment) {
            if (m_settings) {
                const RememberedConnection kept = m_connectDialog->toRemember();
                m_settings->setValue(QStringLiteral("connection/address"), kept.address);
                m_settings->setValue(QStringLiteral("connection/environment"), environmentKey(kept.environment));
                m_settings->setValue(QStringLiteral("connection/readOnly"), kept.isReadOnly);
            }
            connectTo(spec, environment);
        });
    }
    m_connectDialog->setProject(m_bench->project());
    m_connectDialog->open();
}

void MainWindow::plan(Kind kind, const QStringList &targets, bool purge)
{
    if (m_bench->isRunning())
        return;
    const QString target = targets.join(QLatin1Char(' '));
    if (!m_bench->target())
        return planOffline({.kind = kind, .targets = targets, .purge = purge, .from = offlineStart(kind, target)});
    m_run->showPreparing(kind == Kind::Upgrade     ? tr("Upgrade to %1").arg(target)
                         : kind == Kind::Downgrade ? tr("Downgrade to %1").arg(target)
                                                   : tr("Stamp %1").arg(target));
    showPage(Page::Run);
    m_bench->preparePlan({.kind = kind, .targets = targets, .purge = purge});
}

/// Where a database is said to be when nobody says it: empty before an upgrade, at the head that is above the target before a
/// downgrade.
QString MainWindow::offlineStart(Kind kind, const QString &target) const
{
    const auto &graph = m_bench->graph();
    if (kind != Kind::Downgrade || !graph)
        return QStringLiteral("base");
    const QStringList heads = graph->heads();
    const auto wanted = graph->find(target);
    for (const QString &head : heads) {
        const revision::Index from[] = {graph->find(head).value_or(0)};
        if (heads.size() > 1 && wanted && revision::ancestors(*graph, from, revision::Edges::Versioned)[*wanted])
            return head;
    }
    return heads.size() == 1 ? QStringLiteral("head") : heads.value(0);
}

void MainWindow::planOffline(const migration::PlanRequest &request)
{
    m_offlineRequest = request;
    m_run->showPreparingOffline(request, m_bench->graph().get());
    showPage(Page::Run);
    m_bench->prepareOfflinePlan(request);
}

bool MainWindow::saveSqlTo(const QString &path)
{
    const auto sql = migration::offlineSql(*m_bench->project(), m_run->preview());
    if (!sql) {
        m_run->tell(BannerTone::Bad, tr("Nothing was saved, since the file would not hold all of the plan. %1").arg(sentence(sql.error())));
        return false;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(sql->toUtf8()) < 0 || !file.commit()) {
        m_run->tell(BannerTone::Bad, tr("Nothing was saved: %1: %2").arg(path, file.errorString()));
        return false;
    }
    m_run->tell(BannerTone::Good, tr("The SQL is in %1").arg(QDir::toNativeSeparators(path)));
    return true;
}

void MainWindow::saveSql()
{
    auto *chooser = new QFileDialog(this, tr("Save the SQL of the plan"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("sql"));
    chooser->setNameFilters({tr("SQL (*.sql)"), tr("All files (*)")});
    const revision::Plan &plan = m_run->plan();
    const QString end = plan.endRows.isEmpty() ? QStringLiteral("base") : plan.endRows.join(QLatin1Char('_'));
    chooser->selectFile((plan.kind == Kind::Downgrade ? QStringLiteral("downgrade-%1.sql") : QStringLiteral("upgrade-%1.sql")).arg(end));
    connect(chooser, &QFileDialog::fileSelected, this, &MainWindow::saveSqlTo);
    chooser->open();
}

/// As Alembic's offline mode prints it where all of it is known; else what is shown, which says where it stops.
void MainWindow::copyPlanSql()
{
    const auto sql = m_bench->project() ? migration::offlineSql(*m_bench->project(), m_run->preview()) : Result<QString>(m_run->sqlToCopy());
    QApplication::clipboard()->setText(sql ? *sql : m_run->sqlToCopy());
    if (!sql)
        m_run->tell(BannerTone::Warning, tr("What was copied is not all of the plan. %1").arg(sentence(sql.error())));
}

void MainWindow::askTarget(const QString &title, const QString &words, const QString &button, const QString &initial, bool offersPurge,
                           const std::function<void(const QString &, bool)> &chosen)
{
    QStringList completions{QStringLiteral("head"), QStringLiteral("heads"), QStringLiteral("base")};
    if (m_bench->graph()) {
        for (const auto &r : m_bench->graph()->revisions())
            completions += r.header.message.isEmpty() ? r.header.id : QStringLiteral("%1  %2").arg(r.header.id, r.header.message);
    }
    auto *dialog = new TargetDialog(title, words, button, completions, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (offersPurge)
        dialog->offerPurge();
    dialog->setTarget(initial);
    connect(dialog, &TargetDialog::targetChosen, this, [dialog, chosen](const QString &target) { chosen(target, dialog->isPurge()); });
    dialog->open();
}

void MainWindow::find()
{
    if (page() == Page::History && (m_revision->sqlEditor()->hasFocus() || m_revision->scriptEditor()->hasFocus()))
        m_revision->openFind();
    else
        focusSearch(SearchBar::Mode::Find);
}

void MainWindow::findAgain(bool forward)
{
    showPage(Page::History);
    m_search->setMode(SearchBar::Mode::Find);
    m_history->goToMatch(forward);
}

void MainWindow::focusSearch(SearchBar::Mode mode)
{
    if (page() == Page::Database) {
        m_database->focusFilter();
        return;
    }
    showPage(Page::History);
    m_search->openFor(mode);
}

void MainWindow::copySql() { QApplication::clipboard()->setText(page() == Page::Run ? m_run->sqlToCopy() : m_revision->sqlToCopy()); }

void MainWindow::showShortcuts()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto *content = new QWidget(dialog);
    content->setObjectName(QStringLiteral("scrolled"));
    auto *grid = new QGridLayout(content);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(5);
    grid->setContentsMargins(18, 14, 18, 14);
    int row = 0;
    QString section;
    const auto addLine = [&](const QString &name, const QString &shortcut) {
        grid->addWidget(new QLabel(name, content), row, 0);
        auto *key = new QLabel(shortcut, content);
        key->setProperty("role", QStringLiteral("mono"));
        grid->addWidget(key, row++, 1);
    };
    const auto addSection = [&](const QString &name) {
        auto *label = new QLabel(name.toUpper(), content);
        label->setProperty("role", QStringLiteral("section"));
        label->setContentsMargins(0, row > 0 ? 8 : 0, 0, 0);
        grid->addWidget(label, row++, 0, 1, 2);
    };
    for (const ActionRegistry::Entry &entry : m_actions->entries()) {
        if (entry.action->shortcuts().isEmpty())
            continue;
        if (entry.spec.section != section) {
            section = entry.spec.section;
            addSection(section);
        }
        addLine(entry.action->text().remove(QLatin1Char('&')), QKeySequence::listToString(entry.action->shortcuts(), QKeySequence::NativeText));
    }
    addSection(tr("In the list of revisions"));
    addLine(tr("Next and previous"), tr("Down, J; Up, K"));
    addLine(tr("Parent and child"), tr("Left; Right"));
    addLine(tr("Newest and oldest"), tr("Home; End"));
    auto *scroll = new QScrollArea(dialog);
    scroll->setAccessibleName(tr("Keyboard shortcuts"));
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    dialog->resize(470, 560);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Stillroom"));
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setText(tr("<b>Stillroom %1</b>").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("Database migrations on the desktop: Alembic projects without Python.\nHighlighting by %1, Qt %2.\nLicensed under the "
                               "GNU General Public License, version 3 or later.")
                                .arg(m_backend->name(), QString::fromLatin1(qVersion())));
    box->open();
}

} // namespace stillroom::ui
