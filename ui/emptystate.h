// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;
class QHBoxLayout;
class QAction;

namespace stillroom::ui {

class IconLabel;

/// What a page shows when there is nothing on it yet: a few words and the next thing to do.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const Theme *theme, const QString &icon, const QString &title, const QString &text, QWidget *parent = nullptr);
    void setWords(const QString &title, const QString &text);
    [[nodiscard]] QString title() const;
    /// A button for an action of the window; the first one is drawn as the main one.
    void addAction(QAction *action);
    /// What the keyboard begins with: the first button that can be pressed.
    void takeFocus();
    [[nodiscard]] bool hasButtons() const { return m_buttonCount > 0; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme *m_theme;
    IconLabel *m_icon;
    QLabel *m_title, *m_text;
    QHBoxLayout *m_buttons;
    int m_buttonCount = 0;
};

} // namespace stillroom::ui
