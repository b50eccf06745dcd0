// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/graph/historymodel.h"
#include "ui/theme.h"

#include <QHash>
#include <QPixmap>
#include <QStyledItemDelegate>

namespace stillroom::ui {

/// Paints a row of the history: lanes and dot, identifier, message, chips, state. Meaning never rests on colour alone:
/// filled = applied, hollow = pending, ring = current, dashed = missing, cross = unknown or unreadable; a solid line is applied, a
/// thin one pending, a dotted one depends_on.
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    HistoryDelegate(const Theme *theme, const HistoryModel *model, QObject *parent = nullptr);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] int graphWidth() const; ///< for the lanes there are
    /// The arrow of a cut line at this place of a row's graph cell: where the line goes on.
    [[nodiscard]] std::vector<revision::Index> cutTargetsAt(const QRect &cell, int row, const QPoint &at) const;
    /// The SQL column says its word, or only shows its shape.
    void setCompact(bool compact) { m_isCompact = compact; }
    [[nodiscard]] bool isCompact() const { return m_isCompact; }
    [[nodiscard]] static int rowHeight(const QFontMetrics &metrics) { return metrics.height() + 12; }

private:
    void paintLanes(QPainter *painter, const QRect &cell, int row) const;
    void paintDot(QPainter *painter, const QPointF &centre, const QColor &colour, RowState state, const QColor &ground) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, QRect room, const QModelIndex &index) const;
    [[nodiscard]] int paintDefects(QPainter *painter, const QRect &cell, int row) const;
    void paintLabels(QPainter *painter, const QRect &cell, int row) const;
    void paintSql(QPainter *painter, const QRect &cell, int row) const;
    void paintState(QPainter *painter, const QRect &cell, int row) const;
    void paintIcon(QPainter *painter, const QRect &box, const QString &name, IconTone tone) const;
    [[nodiscard]] QColor laneColour(std::uint8_t lane, bool isMuted) const;
    const Theme *m_theme;
    const HistoryModel *m_model;
    bool m_isCompact = false;
    mutable QHash<QString, QPixmap> m_icons; ///< drawing an SVG for each row would be felt while scrolling
};

} // namespace stillroom::ui
