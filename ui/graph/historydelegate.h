// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historymodel.h"
#include "ui/theme.h"

#include <QStyledItemDelegate>

namespace stillroom::ui {

/// Paints a row of the history: lanes and dot, identifier, message, chips, state. Meaning never rests on colour alone:
/// filled = applied, hollow = pending, ring = current, dashed = missing, cross = unknown or unreadable (gui.md 2).
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    HistoryDelegate(const Theme *theme, const HistoryModel *model, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] int graphWidth() const; ///< for the lanes there are
    [[nodiscard]] static int rowHeight(const QFontMetrics &metrics) { return metrics.height() + 12; }

private:
    void paintLanes(QPainter *painter, const QRect &cell, int row) const;
    void paintDot(QPainter *painter, const QPointF &centre, const QColor &colour, RowState state, const QColor &ground) const;
    void paintLabels(QPainter *painter, const QRect &cell, int row) const;
    void paintState(QPainter *painter, const QRect &cell, int row) const;
    const Theme *m_theme;
    const HistoryModel *m_model;
};

} // namespace stillroom::ui
