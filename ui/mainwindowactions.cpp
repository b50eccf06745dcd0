// SPDX-License-Identifier: GPL-3.0-or-later
// The actions of the window, its menus and bars (mainwindow.h).
#include "ui/mainwindow.h"

#include "ui/actions/commandpalette.h"
#include "ui/connectionchips.h"
#include "ui/database/databasepage.h"
#include "ui/editor/revisionpane.h"
#include "ui/run/runpage.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QToolBar>
#include <QToolButton>

#include <algorithm>
#include <cmath>

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
    makeSafetyActions();
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
    m_actions->add({QStringLiteral("file.newRevision"),
                    tr("&New Revision…"),
                    file,
                    {QKeySequence(QKeySequence::New)},
                    QStringLiteral("plus"),
                    tr("Write a new revision script after the head, or after the selected revision")},
                   [this] { newRevision(); });
    m_actions->add({QStringLiteral("file.mergeHeads"),
                    tr("&Merge Heads…"),
                    file,
                    {keys("Ctrl+M")},
                    QStringLiteral("merge"),
                    tr("Write a revision that has all heads as its parents; dragging one head onto another merges these two")},
                   [this] { mergeHeads(m_bench->graph()->heads()); });
    m_actions->add({QStringLiteral("file.undoReparenting"),
                    tr("&Undo the Change of a Parent…"),
                    file,
                    {},
                    QStringLiteral("back"),
                    tr("Give the revision that was last put after another one its old parent back")},
                   [this] { undoReparenting(); });
    m_actions->add({QStringLiteral("file.openScript"),
                    tr("Open the Scri&pt in Your Editor"),
                    file,
                    {keys("Ctrl+E")},
                    QStringLiteral("file"),
                    tr("With the program that your desktop opens such files with")},
                   [this] { openScript(); });
    m_actions->add({QStringLiteral("file.exportGraph"),
                    tr("&Export the Graph…"),
                    file,
                    {keys("Ctrl+Shift+E")},
                    QStringLiteral("layout"),
                    tr("The list of revisions as a picture, SVG or PNG; with a filter only what it lets through")},
                   [this] { exportGraph(); });
    m_actions->add({QStringLiteral("file.connect"), tr("Connec&t…"), file, {keys("F4")}, QStringLiteral("connect"), tr("Connect to a database")},
                   [this] { openConnectDialog(); });
    m_actions->add({QStringLiteral("file.disconnect"), tr("D&isconnect"), file, {}, QStringLiteral("disconnect"), QString()}, [this] {
        if (m_bench->isConnecting())
            m_bench->cancelConnecting();
        else
            m_bench->disconnectDatabase();
    });
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
        {QStringLiteral("edit.copyRow"),
         tr("Copy Ro&w"),
         edit,
         {keys("Ctrl+Alt+C")},
         QStringLiteral("copy"),
         tr("Copy everything that the list shows of the selected revision"),
         ActionContext::History},
        [this] { QApplication::clipboard()->setText(rowText()); }, m_history);
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
                    tr("Go &to Where the Database Is"),
                    edit,
                    {keys("Ctrl+J")},
                    QStringLiteral("next"),
                    tr("Select the revision that the connected database is at")},
                   [this] {
                       showPage(Page::History);
                       m_history->goToCurrent();
                   });
    m_actions->add({QStringLiteral("edit.preferences"),
                    tr("Pr&eferences…"),
                    edit,
                    {QKeySequence(QStringLiteral("Ctrl+,"))},
                    QString(),
                    tr("Theme, size of the text, what new connections begin with, folders")},
                   [this] { openPreferences(); });
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
                 {"view.project", tr("&Project"), "Ctrl+4", "project"},
                 {"view.runs", tr("Re&cord"), "Ctrl+5", "clock"}};
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
    QAction *details = m_actions->add({QStringLiteral("view.details"),
                                       tr("Det&ails of the Revision"),
                                       view,
                                       {keys("Ctrl+D")},
                                       QStringLiteral("information"),
                                       tr("Everything that is known of the selected revision, in the place of its script")},
                                      [this] {
                                          showPage(Page::History);
                                          act("view.script")->setChecked(true);
                                          m_revision->setScriptVisible(true);
                                          m_revision->setDetailsShown(act("view.details")->isChecked());
                                      });
    details->setCheckable(true);
    connect(m_revision, &RevisionPane::detailsShown, details, &QAction::setChecked);
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
    } choices[] = {{"view.themeSystem", tr("Theme of the S&ystem"), ThemeChoice::System},
                   {"view.themeLight", tr("&Light Theme"), ThemeChoice::Light},
                   {"view.themeDark", tr("Dar&k Theme"), ThemeChoice::Dark}};
    for (const auto &c : choices) {
        QAction *action =
            m_actions->add({QString::fromLatin1(c.id), c.text, view, {}, QString(), QString()}, [this, choice = c.choice] { setTheme(choice); });
        action->setCheckable(true);
        action->setChecked(m_theme->choice() == c.choice);
        themes->addAction(action);
    }
    const auto resize = [this](int step) {
        Preferences wanted = m_preferences;
        const int now = wanted.codeSize > 0 ? wanted.codeSize : int(std::lround(m_theme->codeFont().pointSizeF()));
        wanted.codeSize = std::clamp(now + step, kSmallestCode, kLargestCode);
        setPreferences(wanted);
    };
    m_actions->add({QStringLiteral("view.larger"), tr("Lar&ger SQL and Scripts"), view, {keys("Ctrl++"), keys("Ctrl+=")}, QString(), QString()},
                   [resize] { resize(1); });
    m_actions->add({QStringLiteral("view.smaller"), tr("Smaller S&QL and Scripts"), view, {keys("Ctrl+-")}, QString(), QString()},
                   [resize] { resize(-1); });
    m_actions->add({QStringLiteral("view.resetLayout"), tr("R&eset Layout"), view, {keys("Ctrl+0")}, QStringLiteral("layout"), QString()},
                   [this] { resetLayout(); });
    m_actions->add(
        {QStringLiteral("view.palette"), tr("Command Pale&tte…"), view, {keys("Ctrl+Shift+P"), keys("Ctrl+K")}, QStringLiteral("palette"), QString()},
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
    m_actions->add({QStringLiteral("migrate.reset"),
                    tr("&Reset: Down to Base and Up Again…"),
                    migrate,
                    {},
                    QStringLiteral("refresh"),
                    tr("Development only: everything is reverted and applied again, in one plan")},
                   [this] { plan({.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("heads")}, .resets = true}); });
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
    m_actions->add({QStringLiteral("migrate.run"), tr("Ru&n the Plan"), migrate, {keys("F5")}, QStringLiteral("run"), QString()}, [this] {
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
                    tr("Cance&l Now"),
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
                                     "file.newRevision", "file.mergeHeads", "file.undoReparenting", "file.openScript", "file.exportGraph", nullptr,
                                     "file.connect", "file.disconnect", nullptr, "file.quit"});
    m_recent = new QMenu(tr("Open &Recent"), this);
    file->insertMenu(act("file.openDemo"), m_recent);
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    connect(file, &QMenu::aboutToShow, this,
            [this] { m_recent->setEnabled(m_settings && !m_settings->value(QStringLiteral("recentProjects")).toStringList().isEmpty()); });
    fill(tr("&Edit"), {"edit.copyId", "edit.copyRow", "edit.copyRows", "edit.copySql", nullptr, "edit.find", "edit.findNext", "edit.findPrevious",
                       "edit.filter", nullptr, "edit.goTo", "edit.goToHead", "edit.goToCurrent", nullptr, "edit.preferences"});
    fill(tr("&View"), {"view.history", "view.database",   "view.run",          "view.project",     "view.runs",
                       nullptr,        "view.upgradeSql", "view.downgradeSql", "view.script",      "view.details",
                       "view.mute",    nullptr,           "view.themeSystem",  "view.themeLight",  "view.themeDark",
                       nullptr,        "view.larger",     "view.smaller",      "view.resetLayout", "view.palette"});
    fill(tr("&Migrate"), {"migrate.upgradeToHead", "migrate.upgradeByOne", "migrate.upgradeToSelected", nullptr, "migrate.downgradeByOne",
                          "migrate.downgradeToSelected", "migrate.downgradeTo", "migrate.downgradeToBase", nullptr, "migrate.stamp", "migrate.reset",
                          nullptr, "migrate.run", "migrate.stop", "migrate.cancel", nullptr, "migrate.copySql", "migrate.saveSql"});
    fill(tr("&Database"), {"database.refresh", nullptr, "database.backups", "database.ledger", "database.repair"});
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
    auto *connections = new QMenu(m_targetButton);
    connect(connections, &QMenu::aboutToShow, this, [this, connections] { fillConnections(connections); });
    m_targetButton->setMenu(connections);
    m_targetButton->setPopupMode(QToolButton::MenuButtonPopup);
    m_chips = new ConnectionChips(m_theme, top, ConnectionChips::Address::Elsewhere);
    auto *row = new QWidget(top);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(6, 0, 6, 0);
    layout->setSpacing(8);
    layout->addWidget(m_projectButton);
    layout->addWidget(m_targetButton);
    layout->addWidget(m_chips);
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
        const auto sync = [made, main] {
            made->setEnabled(main->isEnabled());
            made->setToolTip(main->toolTip());
        };
        connect(main, &QAction::changed, made, sync);
        sync();
        return made;
    };
    QToolButton *downgrade = split(QStringLiteral("outlined"), QStringLiteral("downgrade"), IconTone::Text, tr("Downgrade"), "migrate.downgradeByOne",
                                   {"migrate.downgradeByOne", "migrate.downgradeToSelected", "migrate.downgradeTo", "migrate.downgradeToBase",
                                    "migrate.stamp", "migrate.reset"});
    QToolButton *upgrade = split(QStringLiteral("primary"), QStringLiteral("upgrade"), IconTone::OnAccent, tr("Upgrade"), "migrate.upgradeToHead",
                                 {"migrate.upgradeToHead", "migrate.upgradeByOne", "migrate.upgradeToSelected"});
    QAction *refreshAction = act("database.refresh");
    connect(refresh, &QToolButton::clicked, refreshAction, &QAction::trigger);
    connect(refreshAction, &QAction::changed, refresh, [refresh, refreshAction] {
        refresh->setEnabled(refreshAction->isEnabled());
        refresh->setToolTip(refreshAction->toolTip());
    });
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
    std::vector<QToolButton *> pages;
    for (QAction *page : m_pageActions->actions()) {
        auto *made = new QToolButton(navigation);
        made->setDefaultAction(page);
        made->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        made->setIconSize(QSize(20, 20));
        made->setFocusPolicy(Qt::TabFocus);
        made->setAccessibleName(page->text().remove(QLatin1Char('&')));
        navigation->addWidget(made);
        pages.push_back(made);
    }
    addToolBar(Qt::LeftToolBarArea, navigation);
    // All as wide as the widest, in the bold type of the one that is chosen.
    QFont bold = navigation->font();
    bold.setWeight(QFont::DemiBold);
    int widest = 0;
    for (const QToolButton *page : pages)
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(page->accessibleName()));
    for (QToolButton *page : pages)
        page->setMinimumWidth(widest + 6);
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
        if (!QFileInfo::exists(path))
            continue; // it may come back: a disk that is not there now
        QAction *action = m_recent->addAction(m_theme->icon(QStringLiteral("clock"), IconTone::Muted),
                                              QFileInfo(path).dir().dirName() + QStringLiteral("  –  ") + path);
        action->setEnabled(!m_bench->isRunning());
        connect(action, &QAction::triggered, this, [this, path] { openProject(path); });
    }
    if (!recent.isEmpty()) {
        m_recent->addSeparator();
        connect(m_recent->addAction(tr("&Forget These")), &QAction::triggered, this,
                [this] { m_settings->remove(QStringLiteral("recentProjects")); });
    }
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

} // namespace stillroom::ui
