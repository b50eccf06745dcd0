// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepnames.h"

#include "ui/run/stepsmodel.h"

namespace stillroom::ui {

StepNames::StepNames(QTreeView *view) : QStyledItemDelegate(view), m_view(view) {}

void StepNames::widthChanged(int section)
{
    if (section == StepsModel::WhatColumn && m_view->model()->rowCount() > 0)
        Q_EMIT sizeHintChanged(m_view->model()->index(0, StepsModel::WhatColumn)); // the view lays all rows out again
}

void StepNames::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->features.setFlag(QStyleOptionViewItem::WrapText, !index.parent().isValid());
}

QSize StepNames::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem wide = option;
    initStyleOption(&wide, index);
    wide.features.setFlag(QStyleOptionViewItem::WrapText, false);
    QSize size = m_view->style()->sizeFromContents(QStyle::CT_ItemViewItem, &wide, QSize(), m_view);
    if (!index.parent().isValid() && size.width() > m_view->columnWidth(StepsModel::WhatColumn) - m_view->indentation())
        size.rheight() += wide.fontMetrics.lineSpacing();
    return size;
}

} // namespace stillroom::ui
