// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme.h"

#include <QLabel>
#include <QWidget>

namespace stillroom::ui {

/// How careful one has to be with a database; always a word beside the colour (gui.md 5).
enum class Environment { Unspecified, Development, Test, Staging, Production };
[[nodiscard]] QString environmentName(Environment environment);
[[nodiscard]] QString environmentKey(Environment environment); ///< for settings
[[nodiscard]] Environment environmentFromKey(const QString &key);

enum class ChipTone { Neutral, Accent, Good, Warning, Bad };

struct ChipColours {
    QColor background, foreground, border;
};
[[nodiscard]] ChipColours chipColours(const ThemeTokens &tokens, ChipTone tone);
[[nodiscard]] ChipTone chipTone(Environment environment);
/// Draws one chip with its top left at `topLeft`, not wider than `maximumWidth`; returns the width used.
int paintChip(QPainter *painter, const ThemeTokens &tokens, const QRect &within, const QString &text, ChipTone tone);
[[nodiscard]] int chipWidth(const QFontMetrics &metrics, const QString &text);

/// A short word in a rounded box, with an icon in front if there is one.
class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(const Theme *theme, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] QString text() const { return m_text; }
    void setTone(ChipTone tone);
    void setIcon(const QString &name);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme *m_theme;
    QString m_text, m_icon;
    ChipTone m_tone = ChipTone::Neutral;
};

/// An icon as a label, drawn anew when the theme changes.
class IconLabel : public QLabel {
    Q_OBJECT
public:
    IconLabel(const Theme *theme, int side, QWidget *parent = nullptr);
    void setIcon(const QString &name, IconTone tone);
    void clearIcon();

private:
    void draw();
    const Theme *m_theme;
    int m_side;
    QString m_name;
    IconTone m_tone = IconTone::Muted;
};

/// A label that cuts its text in the middle or at the end instead of asking for room; the whole text is its tool tip.
class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr, Qt::TextElideMode mode = Qt::ElideRight);
    void setFullText(const QString &text);
    /// Shown where the whole text has no room; empty: it is cut.
    void setShortText(const QString &text);
    [[nodiscard]] QString fullText() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text, m_shortText;
    Qt::TextElideMode m_mode;
};

} // namespace stillroom::ui
