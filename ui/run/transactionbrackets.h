// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QTreeView;

namespace stillroom::ui {

class Theme;

/// Beside the steps: one bracket for each transaction, nothing beside what runs outside of one.
class TransactionBrackets : public QStyledItemDelegate {
    Q_OBJECT
public:
    TransactionBrackets(const Theme *theme, QTreeView *view);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme *m_theme;
    QTreeView *m_view;
};

} // namespace stillroom::ui
