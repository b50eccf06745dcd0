// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/taborder.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QWidget>

namespace stillroom::ui {

namespace {

void collect(QWidget *widget, std::vector<QWidget *> &found);

void collect(const QLayout *layout, std::vector<QWidget *> &found)
{
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        if (item->widget())
            collect(item->widget(), found);
        else if (item->layout())
            collect(item->layout(), found);
    }
}

void collect(QWidget *widget, std::vector<QWidget *> &found)
{
    if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy())
        found.push_back(widget);
    if (qobject_cast<QAbstractSpinBox *>(widget) || qobject_cast<QComboBox *>(widget))
        return;
    if (const auto *splitter = qobject_cast<QSplitter *>(widget)) {
        for (int i = 0; i < splitter->count(); ++i)
            collect(splitter->widget(i), found);
    } else if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        collect(tabs->tabBar(), found);
        for (int i = 0; i < tabs->count(); ++i)
            collect(tabs->widget(i), found);
    } else if (const auto *scroll = qobject_cast<QScrollArea *>(widget); scroll && scroll->widget()) {
        collect(scroll->widget(), found);
    } else if (widget->layout()) {
        collect(widget->layout(), found);
    }
}

} // namespace

void tabAlongTheLayout(const std::vector<QWidget *> &parts)
{
    std::vector<QWidget *> order;
    for (QWidget *part : parts)
        collect(part, order);
    for (std::size_t i = 1; i < order.size(); ++i)
        QWidget::setTabOrder(order[i - 1], order[i]);
}

} // namespace stillroom::ui
