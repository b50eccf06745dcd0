// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/historychecks.h"
#include "ui/graph/historymodel.h"
#include "ui/theme.h"

#include <QWidget>

#include <memory>

class QLabel;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace stillroom::ui {

class ElidedLabel;
class EmptyState;

/// What opening the project found out: its settings and where each came from, remarks, and what is wrong with its history.
class ProjectPage : public QWidget {
    Q_OBJECT
public:
    explicit ProjectPage(const Theme *theme, QWidget *parent = nullptr);
    void clear();
    /// Names of the application that revisions wait for, above the remarks.
    void showUnknownNames(const std::vector<HistoryModel::UnknownName> &names);
    void showFindings(const std::vector<project::Finding> &findings, const project::Project &project);
    void showProject(const project::Project &project);
    [[nodiscard]] EmptyState *emptyState() const { return m_empty; }
    [[nodiscard]] QTableView *remarksView() const { return m_remarksView; }

Q_SIGNALS:
    void revisionRequested(const QString &id);
    /// A setting of env.py whose value is to be said.
    void settingRequested(const QString &name, const QString &reason);
    void valueRequested(const QString &name, const QString &reason);

private:
    void showSettings(const project::Project &project);
    void showRemarks(const project::Project &project);
    void addRemark(const QString &icon, IconTone tone, const QString &text, const QString &place, const QString &revision, int row = -1);
    void showRemarkCount();
    const Theme *m_theme;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QLabel *m_name;
    ElidedLabel *m_folder;
    QLabel *m_counts, *m_remarksTitle;
    QStandardItemModel *m_settings, *m_remarks;
    QTableView *m_settingsView, *m_remarksView;
    std::vector<HistoryModel::UnknownName> m_unknownNames;
};

} // namespace stillroom::ui
