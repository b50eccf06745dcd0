// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/emptystate.h"

#include "ui/chip.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace stillroom::ui {

EmptyState::EmptyState(const Theme *theme, const QString &icon, const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_icon(new IconLabel(theme, 44, this)), m_title(new QLabel(title, this)), m_text(new QLabel(text, this)),
      m_buttons(new QHBoxLayout)
{
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setProperty("role", QStringLiteral("muted"));
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setMaximumWidth(460);
    m_text->setMinimumWidth(220);
    m_icon->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(10);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addSpacing(2);
    auto *textRow = new QHBoxLayout;
    textRow->addStretch();
    textRow->addWidget(m_text, 10);
    textRow->addStretch();
    layout->addLayout(textRow);
    layout->addSpacing(12);
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addStretch();
    layout->addLayout(m_buttons);
    layout->addStretch(3);
    m_icon->setIcon(icon, IconTone::Muted);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

QString EmptyState::title() const { return m_title->text(); }

void EmptyState::setWords(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text);
    setAccessibleName(title);
    setAccessibleDescription(text);
}

void EmptyState::addAction(QAction *action)
{
    auto *button = new QPushButton(action->text().remove(QLatin1Char('&')), this);
    button->setIcon(QIcon());
    button->setAccessibleName(button->text());
    if (m_buttonCount == 0)
        button->setProperty("look", QStringLiteral("primary"));
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] { button->setEnabled(action->isEnabled()); });
    button->setEnabled(action->isEnabled());
    ++m_buttonCount;
    m_buttons->insertWidget(m_buttonCount, button);
}

void EmptyState::takeFocus()
{
    for (QPushButton *button : findChildren<QPushButton *>()) {
        if (button->isEnabled())
            return button->setFocus(Qt::OtherFocusReason);
    }
    setFocus(Qt::OtherFocusReason);
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->tokens().base);
}

} // namespace stillroom::ui
