// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workbench.h"

#include <QWidget>

class QAction;
class QCheckBox;
class QFrame;
class QLabel;
class QStackedWidget;
class QStandardItemModel;
class QTableView;

namespace stillroom::ui {

class Banner;
class EmptyState;

/// stillroom_history: what was applied to the connected database, by whom and from where, as the database itself keeps it; and the
/// switch that has it kept. Shows values; reading and writing are the worker's.
class LedgerView : public QWidget {
    Q_OBJECT
public:
    explicit LedgerView(const Theme *theme, QWidget *parent = nullptr);
    /// `target` null: none is connected. `saidByProject`: .stillroom.json has it kept, which the window does not undo.
    void showTarget(const Target *target, bool saidByProject);
    void showEntries(const std::vector<migration::LedgerEntry> &entries, const revision::RevisionGraph *graph);
    void showFailed(const QString &sentence);
    [[nodiscard]] EmptyState *notConnected() const { return m_notConnected; }
    [[nodiscard]] QTableView *list() const { return m_list; }
    [[nodiscard]] QCheckBox *keepBox() const { return m_keep; }
    [[nodiscard]] QString words() const; ///< what the switch means

Q_SIGNALS:
    void keepRequested(bool keep);
    void revisionRequested(const QString &id);

private:
    [[nodiscard]] QString rowText() const;
    const Theme *m_theme;
    QStackedWidget *m_stack, *m_content;
    EmptyState *m_notConnected, *m_empty;
    Banner *m_problem;
    QCheckBox *m_keep;
    QLabel *m_explanation;
    QStandardItemModel *m_rows;
    QTableView *m_list;
};

} // namespace stillroom::ui
