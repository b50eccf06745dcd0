// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>

#include <array>

/// Colours, fonts and icons of the window. One table for each background; nothing coloured is stored anywhere else
/// (gui.md 6). Contrast follows WCAG 2.1, "Contrast (Minimum)": 4.5 for text, 3 for shapes; a test holds it.
namespace stillroom::ui {

enum class ThemeChoice { System, Light, Dark };

struct EditorTokens {
    QColor paper, text, lineNumber, currentLine, markedLines, keyword, type, string, comment, number, symbol, function, decorator, problem;
    bool operator==(const EditorTokens &) const = default;
};

struct ThemeTokens {
    bool isDark = false;
    QColor window, base, raised, hover, selection, disabled, scroll;
    QColor text, muted, faint, border, strongBorder;
    QColor accent, accentHover, accentText, accentSoft;
    QColor good, goodSoft, warning, warningSoft, bad, badSoft, badText;
    std::array<QColor, 8> lanes; ///< told apart with a colour vision deficiency (after Okabe and Ito, "Color Universal Design")
    EditorTokens editor;
    bool operator==(const ThemeTokens &) const = default;
};

[[nodiscard]] const ThemeTokens &lightTokens();
[[nodiscard]] const ThemeTokens &darkTokens();
[[nodiscard]] double contrastRatio(const QColor &first, const QColor &second);
[[nodiscard]] QPalette paletteOf(const ThemeTokens &tokens);
[[nodiscard]] QString styleSheetOf(const ThemeTokens &tokens);
[[nodiscard]] QFont monospaceFont();

enum class IconTone { Text, Muted, Accent, OnAccent, Good, Warning, Bad, OnBad };

/// Applies one table to the whole application and follows the system's choice. Lives as long as the windows do.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QObject *parent = nullptr);
    [[nodiscard]] ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);
    [[nodiscard]] const ThemeTokens &tokens() const { return *m_tokens; }
    /// Of SQL and scripts; 0 points: as the system's.
    [[nodiscard]] QFont codeFont() const;
    void setCodeSize(int points);
    /// Symbolic icon from the resources; its colour is looked up when it is painted, so it follows the theme.
    [[nodiscard]] QIcon icon(const QString &name, IconTone tone = IconTone::Text) const;
    [[nodiscard]] QColor toneColour(IconTone tone) const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    [[nodiscard]] bool systemIsDark() const;
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    const ThemeTokens *m_tokens;
    int m_codeSize = 0;
    bool m_isApplying = false;
};

} // namespace stillroom::ui
