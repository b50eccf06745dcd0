// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace stillroom::ui {

class IconLabel;

enum class BannerTone { Plain, Good, Warning, Bad };

/// One strip of words above a page: a state, a warning, what went wrong. Stays until it is closed or replaced.
class Banner : public QFrame {
    Q_OBJECT
public:
    explicit Banner(const Theme *theme, QWidget *parent = nullptr);
    void showWords(BannerTone tone, const QString &text);
    void clear();
    void setClosable(bool closable);
    [[nodiscard]] QString words() const;
    [[nodiscard]] BannerTone tone() const { return m_tone; }
    /// A word on the right that can be clicked; empty: none.
    void setLink(const QString &text);

Q_SIGNALS:
    void linkActivated();

private:
    void showIcon();
    IconLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_close, *m_link;
    BannerTone m_tone = BannerTone::Plain;
};

} // namespace stillroom::ui
