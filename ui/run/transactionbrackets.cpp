// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/transactionbrackets.h"

#include "ui/run/stepsmodel.h"

#include <QPainter>
#include <QTreeView>

namespace stillroom::ui {

TransactionBrackets::TransactionBrackets(const Theme *theme, QTreeView *view) : QStyledItemDelegate(view), m_theme(theme), m_view(view) {}

void TransactionBrackets::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    // A step that is folded up stands for all its statements, one that is open for its first.
    const auto range = [this](const QModelIndex &at) {
        const QModelIndex first = at.siblingAtColumn(StepsModel::WhatColumn);
        const auto [step, statement] = StepsModel::place(first);
        const bool isOpen = statement < 0 && m_view->isExpanded(first);
        const int begin = at.siblingAtColumn(StepsModel::TransactionColumn).data(StepsModel::FirstTransactionRole).toInt();
        const int end = isOpen ? begin : at.siblingAtColumn(StepsModel::TransactionColumn).data(StepsModel::LastTransactionRole).toInt();
        return std::pair(begin, end);
    };
    const auto [begin, end] = range(index);
    if (begin < 0 && end < 0)
        return;
    const QModelIndex above = m_view->indexAbove(index), below = m_view->indexBelow(index);
    const bool goesUp = begin >= 0 && above.isValid() && range(above).second == begin;
    const bool goesDown = end >= 0 && below.isValid() && range(below).first == end;
    const QRectF box = option.rect;
    const qreal x = box.left() + 6.5, right = box.left() + 10.5;
    const qreal top = goesUp ? box.top() : box.top() + 4.5, bottom = goesDown ? box.bottom() + 1 : box.bottom() - 3.5;
    painter->save();
    QPen pen(m_theme->tokens().accent, 1.5);
    if (begin != end)
        pen.setStyle(Qt::DotLine); // more than one, or a part outside
    painter->setPen(pen);
    painter->drawLine(QPointF(x, top), QPointF(x, bottom));
    pen.setStyle(Qt::SolidLine);
    painter->setPen(pen);
    if (!goesUp)
        painter->drawLine(QPointF(x, top), QPointF(right, top));
    if (!goesDown)
        painter->drawLine(QPointF(x, bottom), QPointF(right, bottom));
    painter->restore();
}

} // namespace stillroom::ui
