// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/actionregistry.h"
#include "ui/graph/historyview.h"
#include "ui/graph/searchbar.h"
#include "ui/preferences.h"
#include "ui/project/newrevisiondialog.h"
#include "ui/workbench.h"

#include <QMainWindow>
#include <QPointer>

#include <memory>

class QActionGroup;
class QButtonGroup;
class QFrame;
class QSettings;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace stillroom::ui {

class BackupsDialog;
class Banner;
class CommandPalette;
class ConnectDialog;
class ConnectionChips;
class DatabasePage;
class EmptyState;
class ProjectWatch;
class HighlightingBackend;
class ProjectPage;
class RepairDialog;
class RevisionPane;
class RunPage;
class RunsPage;
class Secrets;
class SurveyQueue;

/// Where the demo project is and where its database goes; empty when it is not installed.
struct Demo {
    QString project;
    QString databaseFile;
};

/// The window: seats the pages, owns the actions, and passes what the workbench tells to whoever draws it.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    enum class Page { History, Database, Run, Project, Runs };

    /// `settings`: null keeps nothing (pictures, tests). Theme and settings outlive the window.
    MainWindow(Theme *theme, QSettings *settings, const Demo &demo, QWidget *parent = nullptr);
    ~MainWindow() override;

    void openProject(const QString &path);
    /// Reads the open project from disk again and keeps what is selected; during a run, after it.
    void readProjectAgain(const QStringList &scripts = {});
    void openDemo();
    /// The project that was open last, where the person has not said otherwise and it is still there.
    void openLastProject();
    void connectTo(const database::ConnectionSpec &spec, Environment environment = Environment::Unspecified);
    /// With the password of the keyring where it is kept there; asks for one that is missing.
    void connectTo(const Connection &connection);
    /// Where passwords are kept; null (as without it): nowhere, so they are asked for each time. Outlives the window.
    void setSecrets(Secrets *secrets) { m_secrets = secrets; }
    void showPage(Page page);
    [[nodiscard]] Page page() const;
    /// The plan's SQL as Alembic's offline mode prints it; what is wrong is told on the page.
    bool saveSqlTo(const QString &path);
    /// The history as a picture, SVG or PNG by the file's ending.
    bool exportGraphTo(const QString &path);
    /// Offers a revision that has these heads as its parents.
    void mergeHeads(const QStringList &heads);
    /// What is wrong with the version table and what would put it right.
    void openRepair();
    /// The backups of the connected database.
    void openBackups();
    /// Asks what a name of the application stands for.
    void askValue(const QString &name, const QString &reason);
    /// Asks what the project's own Alembic may do for the plan; `revision`: for this one above all.
    void askPython(const QString &revision);
    /// Asks for a setting that env.py leaves open.
    void askSetting(const QString &name, const QString &reason);
    /// Selects as soon as there is such a revision; an id, a prefix, or "head".
    void selectRevision(const QString &id);

    [[nodiscard]] Workbench *workbench() { return m_bench; }
    [[nodiscard]] ActionRegistry *actionRegistry() { return m_actions; }
    [[nodiscard]] HistoryView *historyView() const { return m_history; }
    [[nodiscard]] SearchBar *searchBar() const { return m_search; }
    [[nodiscard]] HistoryModel *historyModel() const { return m_model; }
    [[nodiscard]] RevisionPane *revisionPane() const { return m_revision; }
    [[nodiscard]] RunPage *runPage() const { return m_run; }
    [[nodiscard]] RunsPage *runsPage() const { return m_runs; }
    [[nodiscard]] DatabasePage *databasePage() const { return m_database; }
    [[nodiscard]] ProjectPage *projectPage() const { return m_projectPage; }
    [[nodiscard]] QString messageWords() const; ///< of the banner over the pages

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    // mainwindow.cpp
    QWidget *makeHistoryPage();
    void makeStatusBar();
    void follow();
    void showProject();
    void showTarget();
    void showState();
    void showSelected(const QString &id);
    void showDetails();
    void openHistoryMenu(const QPoint &at);
    void updateActions();
    void focusPage();
    void updateStatus();
    void updateTitle();
    void showMessage(const QString &text);
    void resetLayout();
    void restore();
    void save();
    void setTheme(ThemeChoice choice);
    void setPreferences(const Preferences &preferences);
    void openPreferences();
    // mainwindowactions.cpp
    void makeActions();
    void makeFileActions();
    void makeEditActions();
    void makeViewActions();
    void makeMigrateActions();
    void makeHelpActions();
    void makeMenus();
    void makeToolBars();
    void fillRecent();
    // mainwindowconnections.cpp
    void openConnectDialog();
    void connectFailed(const Error &error);
    void connected();
    void askPassword(const Error &error);
    void keepPassword();
    void showColour();
    void fillConnections(QMenu *menu);
    [[nodiscard]] QString connectionsGroup() const;
    // mainwindowsafety.cpp
    void followSafety();
    void makeSafetyActions();
    void showLedger();
    void keepLedger(bool keeps);
    // mainwindowdialogs.cpp
    void chooseProject(bool isFile);
    void plan(revision::Plan::Kind kind, const QStringList &targets, bool purge = false);
    void plan(const migration::PlanRequest &request);
    void planWithPython(const migration::AlembicLeave &leave);
    void planOffline(const migration::PlanRequest &request);
    [[nodiscard]] QString offlineStart(revision::Plan::Kind kind, const QString &target) const;
    void saveSql();
    void exportGraph();
    [[nodiscard]] QString rowText() const;
    void copyPlanSql();
    void newRevision();
    void openNewRevision(const NewRevisionDialog::Start &start);
    void openScript();
    void undoReparenting();
    void askTarget(const QString &title, const QString &words, const QString &button, const QString &initial, bool offersPurge,
                   const std::function<void(const QString &, bool)> &chosen);
    void find();
    void findAgain(bool forward);
    void focusSearch(SearchBar::Mode mode);
    void copySql();
    void showShortcuts();
    void showAbout();
    QAction *act(const char *id) const { return m_actions->action(QString::fromLatin1(id)); }

    Theme *m_theme;
    QSettings *m_settings;
    Preferences m_preferences;
    Demo m_demo;
    Workbench *m_bench;
    ActionRegistry *m_actions;
    std::shared_ptr<HighlightingBackend> m_backend;

    QStackedWidget *m_pages, *m_historyStack;
    QFrame *m_strip; ///< of the connection's colour
    QActionGroup *m_pageActions;
    Banner *m_message;
    EmptyState *m_welcome;
    ProjectWatch *m_watch = nullptr;
    bool m_readsAgainAfterRun = false;
    QString m_shownProject;    ///< configuration file of the project that the pages show
    EmptyState *m_noRevisions; ///< in place of an empty list, with where the first script would be
    HistoryModel *m_model;
    HistoryView *m_history;
    SearchBar *m_search;
    SurveyQueue *m_survey = nullptr;
    QSplitter *m_historySplitter;
    RevisionPane *m_revision;
    DatabasePage *m_database;
    RunPage *m_run;
    RunsPage *m_runs;
    ProjectPage *m_projectPage;
    CommandPalette *m_palette = nullptr;
    ConnectDialog *m_connectDialog = nullptr;
    QPointer<RepairDialog> m_repairDialog;
    QPointer<BackupsDialog> m_backupsDialog;
    Secrets *m_secrets = nullptr;
    bool m_hasKeyring = true;     ///< until it has said otherwise
    bool m_keepsPassword = false; ///< once the connection stands
    Connection m_wanted;          ///< the connection that is asked for, or stands

    QToolButton *m_projectButton, *m_targetButton;
    ConnectionChips *m_chips;
    QMenu *m_recent;
    QLabel *m_statusProject, *m_statusTarget, *m_statusCurrent, *m_statusHeads, *m_statusPending, *m_statusMode;
    QString m_wantedRevision, m_openedPath;
    QString m_writtenRevision;               ///< to be selected once the project is read again
    migration::PlanRequest m_planned;        ///< what the plan on a database was asked for
    migration::AlembicLeave m_leave;         ///< for m_planned, and for no other plan
    migration::PlanRequest m_offlineRequest; ///< what the offline plan was asked for
    bool m_isFirstShow = true;
};

} // namespace stillroom::ui
