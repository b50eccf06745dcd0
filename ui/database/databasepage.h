// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/database/tablelist.h"
#include "ui/workbench.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListView;
class QScrollArea;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace stillroom::ui {

class Banner;
class ConnectionChips;
class EmptyState;

/// What the connected database holds: its version rows and what they mean to the project, tables, columns, constraints and
/// indexes, with one filter over all of them. Shows values; reading is the worker's.
class DatabasePage : public QWidget {
    Q_OBJECT
public:
    explicit DatabasePage(const Theme *theme, QWidget *parent = nullptr);
    void clear();
    void showReading(const Target &target);
    void showSnapshot(const Target &target, const database::CatalogSnapshot &snapshot, const revision::RevisionGraph *graph,
                      const QString &versionTable);
    /// What the catalog's reader could not read of the table that is chosen, or of all.
    [[nodiscard]] QString unreadableWords() const;
    void showFailed(const QString &sentence);
    void setFilter(const QString &text);
    void focusFilter();
    void selectTable(const QString &name);
    void copySelection() const;
    [[nodiscard]] QString selectionText() const;
    void addTableAction(QAction *action); ///< into the context menus of the tables
    [[nodiscard]] EmptyState *emptyState() const { return m_empty; }
    [[nodiscard]] QTableView *view(CatalogPart part) const { return m_views[std::size_t(part)]; }
    [[nodiscard]] QString versionWords() const;
    [[nodiscard]] QString nothingWords() const;                                ///< why there are no tables to see; empty: there are
    [[nodiscard]] QToolButton *moreVersions() const { return m_moreVersions; } ///< shows all version rows, or the first few again
    /// What is wrong with the version table, with a way to its repair; empty: nothing.
    void showVersionDefects(const QString &words);
    [[nodiscard]] QString defectWords() const;
    [[nodiscard]] Banner *defects() const { return m_defects; }
    void addHeadAction(QAction *action);

Q_SIGNALS:
    void revisionRequested(const QString &id);
    void repairRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHead();
    void applyFilter();
    void showNothing(bool isMissed);
    void showVersions(const database::VersionRows &versions, const revision::RevisionGraph *graph, const QString &versionTable);
    void fitColumns();
    void fitVersions();
    void showUnreadable(int table);
    void addVersionLine(const QString &icon, IconTone tone, const QString &id, const QString &words, bool isKnown);

    const Theme *m_theme;
    QStackedWidget *m_stack, *m_content;
    EmptyState *m_empty, *m_nothing;
    QWidget *m_filterBar;
    ConnectionChips *m_chips;
    QLabel *m_server;
    QVBoxLayout *m_versions;
    QWidget *m_versionBox;
    QScrollArea *m_versionScroll;
    QToolButton *m_moreVersions;
    bool m_showsAllVersions = false;
    Banner *m_problem, *m_unreadable, *m_defects;
    QHBoxLayout *m_headActions;
    QLineEdit *m_filterLine;
    TableList *m_tables;
    QListView *m_tablesView;
    QTabWidget *m_tabs;
    QSplitter *m_splitter;
    std::array<CatalogModel *, 3> m_models;
    std::array<CatalogFilter *, 3> m_filters;
    std::array<QTableView *, 3> m_views;
    SnapshotPtr m_snapshot;
    QString m_shownTarget;
    QString m_versionWords;
};

} // namespace stillroom::ui
