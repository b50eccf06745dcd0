// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/taborder.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QFocusEvent>
#include <QLayout>
#include <QPointer>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QWidget>

namespace stillroom::ui {

namespace {

class FocusPasser : public QObject {
public:
    explicit FocusPasser(QWidget *whole) : QObject(whole) { whole->installEventFilter(this); }
    void setPart(QWidget *part) { m_part = part; }
    bool eventFilter(QObject *whole, QEvent *event) override
    {
        if (event->type() == QEvent::FocusIn && m_part && m_part->isVisible())
            m_part->setFocus(static_cast<QFocusEvent *>(event)->reason());
        return QObject::eventFilter(whole, event);
    }

private:
    QPointer<QWidget> m_part;
};

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
    } else if (auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        // Its bar stands for it; with the bar as its proxy it would be a second stop, somewhere else in the order.
        tabs->setFocusProxy(nullptr);
        tabs->setFocusPolicy(Qt::NoFocus);
        passFocusOn(tabs, tabs->tabBar());
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

void passFocusOn(QWidget *whole, QWidget *part)
{
    for (QObject *child : whole->children()) {
        if (auto *passer = dynamic_cast<FocusPasser *>(child))
            return passer->setPart(part);
    }
    (new FocusPasser(whole))->setPart(part);
}

} // namespace stillroom::ui
