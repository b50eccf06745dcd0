// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace stillroom::ui {

/// The names of steps in a tree: one that has no room in one line has two. Statements have one.
class StepNames : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit StepNames(QTreeView *view);
    void widthChanged(int section); ///< of a column: rows may need more or fewer lines now
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    QTreeView *m_view;
};

} // namespace stillroom::ui
