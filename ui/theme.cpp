// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFontDatabase>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QPointer>
#include <QStyleHints>
#include <QSvgRenderer>

#include <cmath>

static void initialiseResources() { Q_INIT_RESOURCE(stillroom); }

#include <utility>

namespace stillroom::ui {

namespace {

QColor rgb(unsigned value) { return QColor::fromRgb(0xff000000U | value); }

double linear(double channel) { return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }

double luminance(const QColor &colour) { return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF()); }

QByteArray resource(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class SymbolicIcon : public QIconEngine {
public:
    SymbolicIcon(const Theme *theme, QString name, IconTone tone)
        : m_theme(theme), m_name(std::move(name)), m_tone(tone), m_svg(resource(QStringLiteral(":/stillroom/icons/%1.svg").arg(m_name)))
    {
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        if (!m_theme)
            return;
        const QColor colour = mode == QIcon::Disabled ? m_theme->tokens().faint : m_theme->toneColour(m_tone);
        QByteArray text = m_svg;
        text.replace("currentColor", colour.name().toLatin1());
        QSvgRenderer renderer(text);
        renderer.render(painter, rect);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }
    [[nodiscard]] QIconEngine *clone() const override { return new SymbolicIcon(m_theme, m_name, m_tone); }

private:
    QPointer<const Theme> m_theme;
    QString m_name;
    IconTone m_tone;
    QByteArray m_svg;
};

} // namespace

const ThemeTokens &lightTokens()
{
    static const ThemeTokens tokens = {
        .isDark = false,
        .window = rgb(0xf4f6f7),
        .base = rgb(0xffffff),
        .raised = rgb(0xffffff),
        .hover = rgb(0xeaeeef),
        .selection = rgb(0xdcebe8),
        .disabled = rgb(0xdfe4e6),
        .scroll = rgb(0xc3cbd0),
        .text = rgb(0x1d2529),
        .muted = rgb(0x566269),
        .faint = rgb(0x98a3a9),
        .border = rgb(0xdde3e5),
        .strongBorder = rgb(0xc5ced2),
        .accent = rgb(0x17685d),
        .accentHover = rgb(0x12564d),
        .accentText = rgb(0xffffff),
        .accentSoft = rgb(0xe0efec),
        .good = rgb(0x1d6b34),
        .goodSoft = rgb(0xe9f5ec),
        .warning = rgb(0x855000),
        .warningSoft = rgb(0xfdf3e0),
        .bad = rgb(0xb3261e),
        .badSoft = rgb(0xfdecea),
        .badText = rgb(0xffffff),
        .lanes = {rgb(0x17685d), rgb(0xc05600), rgb(0x0067a8), rgb(0xa63d7c), rgb(0x7a6400), rgb(0x2681b3), rgb(0x6a4fb3), rgb(0x5d6970)},
        .editor = {.paper = rgb(0xffffff),
                   .text = rgb(0x1d2529),
                   .lineNumber = rgb(0x6f7b82),
                   .currentLine = rgb(0xf5f8f8),
                   .markedLines = rgb(0xe3f1ee),
                   .keyword = rgb(0x0a5a9c),
                   .type = rgb(0x7b3f9d),
                   .string = rgb(0x9a3b16),
                   .comment = rgb(0x5c6b62),
                   .number = rgb(0x1b6a3a),
                   .symbol = rgb(0x4a565c),
                   .function = rgb(0x6b4b00),
                   .decorator = rgb(0x8a2f68),
                   .problem = rgb(0xb3261e)},
    };
    return tokens;
}

const ThemeTokens &darkTokens()
{
    static const ThemeTokens tokens = {
        .isDark = true,
        .window = rgb(0x20262a),
        .base = rgb(0x191e21),
        .raised = rgb(0x272e33),
        .hover = rgb(0x2b3338),
        .selection = rgb(0x243f3c),
        .disabled = rgb(0x323b41),
        .scroll = rgb(0x465259),
        .text = rgb(0xe1e7ea),
        .muted = rgb(0x9fadb5),
        .faint = rgb(0x67757d),
        .border = rgb(0x323b41),
        .strongBorder = rgb(0x434e55),
        .accent = rgb(0x58bfae),
        .accentHover = rgb(0x74d0c1),
        .accentText = rgb(0x0c1c19),
        .accentSoft = rgb(0x21403b),
        .good = rgb(0x7bcf93),
        .goodSoft = rgb(0x1d3325),
        .warning = rgb(0xe9b765),
        .warningSoft = rgb(0x392e19),
        .bad = rgb(0xf28b82),
        .badSoft = rgb(0x3f2422),
        .badText = rgb(0x2a0d0a),
        .lanes = {rgb(0x58bfae), rgb(0xf0954a), rgb(0x6fb1f0), rgb(0xe08cbf), rgb(0xd9c04a), rgb(0x8fd3f4), rgb(0xb29df0), rgb(0xa9b5bb)},
        .editor = {.paper = rgb(0x191e21),
                   .text = rgb(0xdde4e7),
                   .lineNumber = rgb(0x7b8890),
                   .currentLine = rgb(0x1f2529),
                   .markedLines = rgb(0x203531),
                   .keyword = rgb(0x7fbcf5),
                   .type = rgb(0xd0a3ea),
                   .string = rgb(0xefa784),
                   .comment = rgb(0x8fa197),
                   .number = rgb(0x9ad3a4),
                   .symbol = rgb(0xb3bfc5),
                   .function = rgb(0xe6cf8f),
                   .decorator = rgb(0xeb9fce),
                   .problem = rgb(0xf28b82)},
    };
    return tokens;
}

double contrastRatio(const QColor &first, const QColor &second)
{
    const double a = luminance(first);
    const double b = luminance(second);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QPalette paletteOf(const ThemeTokens &t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.base);
    palette.setColor(QPalette::AlternateBase, t.window);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.window);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.bad);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.accentText);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Light, t.raised);
    palette.setColor(QPalette::Midlight, t.border);
    palette.setColor(QPalette::Mid, t.strongBorder);
    palette.setColor(QPalette::Dark, t.strongBorder);
    palette.setColor(QPalette::Shadow, t.isDark ? rgb(0x000000) : rgb(0x9aa5ab));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.faint);
    return palette;
}

QString styleSheetOf(const ThemeTokens &t)
{
    initialiseResources();
    QString text = QString::fromUtf8(resource(QStringLiteral(":/stillroom/themes/window.qss")));
    // Longer names first: @accent is the beginning of @accentSoft.
    const std::pair<const char *, QColor> names[] = {
        {"accentHover", t.accentHover},
        {"accentText", t.accentText},
        {"accentSoft", t.accentSoft},
        {"accent", t.accent},
        {"strongBorder", t.strongBorder},
        {"border", t.border},
        {"selection", t.selection},
        {"disabled", t.disabled},
        {"scroll", t.scroll},
        {"window", t.window},
        {"base", t.base},
        {"raised", t.raised},
        {"hover", t.hover},
        {"text", t.text},
        {"muted", t.muted},
        {"faint", t.faint},
        {"goodSoft", t.goodSoft},
        {"good", t.good},
        {"warningSoft", t.warningSoft},
        {"warning", t.warning},
        {"badSoft", t.badSoft},
        {"badText", t.badText},
        {"bad", t.bad},
    };
    for (const auto &[name, colour] : names)
        text.replace(QLatin1Char('@') + QLatin1String(name), colour.name());
    text.replace(QStringLiteral("@name"), t.isDark ? QStringLiteral("dark") : QStringLiteral("light"));
    return text.replace(QStringLiteral("@mono"), monospaceFont().family());
}

QFont monospaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (!QFontDatabase::isFixedPitch(font.family()))
        font.setFamily(QStringLiteral("DejaVu Sans Mono"));
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    const QFont general = QApplication::font();
    if (general.pointSizeF() > 0)
        font.setPointSizeF(general.pointSizeF());
    return font;
}

Theme::Theme(QObject *parent) : QObject(parent), m_tokens(&lightTokens())
{
    initialiseResources();
    QApplication::setStyle(QStringLiteral("Fusion"));
    apply();
    qApp->installEventFilter(this);
}

void Theme::setChoice(ThemeChoice choice)
{
    m_choice = choice;
    apply();
}

QFont Theme::codeFont() const
{
    QFont font = monospaceFont();
    if (m_codeSize > 0)
        font.setPointSizeF(m_codeSize);
    return font;
}

void Theme::setCodeSize(int points)
{
    if (std::exchange(m_codeSize, points) != points)
        Q_EMIT changed();
}

bool Theme::systemIsDark() const
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    // An empty palette gives the system's own back (QGuiApplication::setPalette).
    QApplication::setPalette(QPalette());
    return luminance(QApplication::palette().color(QPalette::Window)) < 0.2;
}

void Theme::apply()
{
    m_isApplying = true;
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && systemIsDark());
    m_tokens = dark ? &darkTokens() : &lightTokens();
    QApplication::setPalette(paletteOf(*m_tokens));
    qApp->setStyleSheet(styleSheetOf(*m_tokens));
    m_isApplying = false;
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange && m_choice == ThemeChoice::System && !m_isApplying)
        apply();
    return QObject::eventFilter(watched, event);
}

QIcon Theme::icon(const QString &name, IconTone tone) const { return QIcon(new SymbolicIcon(this, name, tone)); }

QColor Theme::toneColour(IconTone tone) const
{
    switch (tone) {
    case IconTone::Text:
        return m_tokens->text;
    case IconTone::Muted:
        return m_tokens->muted;
    case IconTone::Accent:
        return m_tokens->accent;
    case IconTone::OnAccent:
        return m_tokens->accentText;
    case IconTone::Good:
        return m_tokens->good;
    case IconTone::Warning:
        return m_tokens->warning;
    case IconTone::Bad:
        return m_tokens->bad;
    case IconTone::OnBad:
        return m_tokens->badText;
    }
    return m_tokens->text;
}

} // namespace stillroom::ui
