// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/chip.h"

#include <QPainter>
#include <QStyleOption>

namespace stillroom::ui {

QString environmentName(Environment environment)
{
    switch (environment) {
    case Environment::Unspecified:
        return {};
    case Environment::Development:
        return QObject::tr("Development");
    case Environment::Test:
        return QObject::tr("Test");
    case Environment::Staging:
        return QObject::tr("Staging");
    case Environment::Production:
        return QObject::tr("PRODUCTION");
    }
    return {};
}

QString environmentKey(Environment environment)
{
    switch (environment) {
    case Environment::Unspecified:
        return QStringLiteral("unspecified");
    case Environment::Development:
        return QStringLiteral("development");
    case Environment::Test:
        return QStringLiteral("test");
    case Environment::Staging:
        return QStringLiteral("staging");
    case Environment::Production:
        return QStringLiteral("production");
    }
    return {};
}

Environment environmentFromKey(const QString &key)
{
    for (const auto environment : {Environment::Development, Environment::Test, Environment::Staging, Environment::Production}) {
        if (environmentKey(environment) == key)
            return environment;
    }
    return Environment::Unspecified;
}

ChipColours chipColours(const ThemeTokens &tokens, ChipTone tone)
{
    switch (tone) {
    case ChipTone::Neutral:
        return {tokens.hover, tokens.text, tokens.border};
    case ChipTone::Accent:
        return {tokens.accentSoft, tokens.accent, tokens.accentSoft};
    case ChipTone::Good:
        return {tokens.goodSoft, tokens.good, tokens.goodSoft};
    case ChipTone::Warning:
        return {tokens.warningSoft, tokens.warning, tokens.warningSoft};
    case ChipTone::Bad:
        return {tokens.bad, tokens.badText, tokens.bad};
    }
    return {};
}

ChipTone chipTone(Environment environment)
{
    switch (environment) {
    case Environment::Unspecified:
        return ChipTone::Neutral;
    case Environment::Development:
        return ChipTone::Good;
    case Environment::Test:
    case Environment::Staging:
        return ChipTone::Warning;
    case Environment::Production:
        return ChipTone::Bad;
    }
    return ChipTone::Neutral;
}

int chipWidth(const QFontMetrics &metrics, const QString &text) { return metrics.horizontalAdvance(text) + 14; }

int paintChip(QPainter *painter, const ThemeTokens &tokens, const QRect &within, const QString &text, ChipTone tone)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int width = std::min(chipWidth(metrics, text), within.width());
    if (width < 20)
        return 0;
    const int height = std::min(metrics.height() + 3, within.height());
    const QRect box(within.left(), within.top() + (within.height() - height) / 2, width, height);
    const ChipColours colours = chipColours(tokens, tone);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(colours.border);
    painter->setBrush(colours.background);
    painter->drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0, height / 2.0);
    painter->setPen(colours.foreground);
    painter->drawText(box.adjusted(7, 0, -7, 0), Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(text, Qt::ElideRight, width - 13));
    return width;
}

Chip::Chip(const Theme *theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Chip::setText(const QString &text)
{
    m_text = text;
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setTone(ChipTone tone)
{
    m_tone = tone;
    update();
}

void Chip::setIcon(const QString &name)
{
    m_icon = name;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    return QSize(chipWidth(fontMetrics(), m_text) + 4 + (m_icon.isEmpty() ? 0 : fontMetrics().height() + 3), fontMetrics().height() + 6);
}

QSize Chip::minimumSizeHint() const
{
    // An address may be cut; a word such as PRODUCTION is there to be read.
    constexpr qsizetype kWord = 20;
    return m_text.size() <= kWord ? sizeHint() : QSize(std::min(60, sizeHint().width()), sizeHint().height());
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ChipColours colours = chipColours(m_theme->tokens(), m_tone);
    painter.setPen(colours.border);
    painter.setBrush(colours.background);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), height() / 2.0, height() / 2.0);
    QRect inner = rect().adjusted(9, 0, -8, 0);
    if (!m_icon.isEmpty()) {
        const int side = fontMetrics().height();
        const IconTone tone = m_tone == ChipTone::Bad       ? IconTone::OnBad
                              : m_tone == ChipTone::Neutral ? IconTone::Muted
                              : m_tone == ChipTone::Good    ? IconTone::Good
                              : m_tone == ChipTone::Warning ? IconTone::Warning
                                                            : IconTone::Accent;
        m_theme->icon(m_icon, tone).paint(&painter, QRect(inner.left() - 1, (height() - side) / 2, side, side));
        inner.setLeft(inner.left() + side + 3);
    }
    painter.setPen(colours.foreground);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(m_text, Qt::ElideMiddle, inner.width() + 1));
}

IconLabel::IconLabel(const Theme *theme, int side, QWidget *parent) : QLabel(parent), m_theme(theme), m_side(side)
{
    connect(theme, &Theme::changed, this, &IconLabel::draw);
}

void IconLabel::setIcon(const QString &name, IconTone tone)
{
    m_name = name;
    m_tone = tone;
    draw();
}

void IconLabel::clearIcon()
{
    m_name.clear();
    clear();
}

void IconLabel::draw()
{
    if (!m_name.isEmpty())
        setPixmap(m_theme->icon(m_name, m_tone).pixmap(QSize(m_side, m_side), devicePixelRatioF()));
}

ElidedLabel::ElidedLabel(QWidget *parent, Qt::TextElideMode mode) : QLabel(parent), m_mode(mode)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setTextFormat(Qt::PlainText);
}

void ElidedLabel::setFullText(const QString &text)
{
    m_text = text;
    m_shortText.clear();
    setText(text);
    setToolTip(text);
    updateGeometry();
}

void ElidedLabel::setShortText(const QString &text)
{
    m_shortText = text;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return QSize(fontMetrics().horizontalAdvance(m_text) + 2 + contentsMargins().left() + contentsMargins().right(),
                 QLabel::minimumSizeHint().height());
}

QSize ElidedLabel::minimumSizeHint() const { return QSize(std::min(40, sizeHint().width()), QLabel::minimumSizeHint().height()); }

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    const bool fits = fontMetrics().horizontalAdvance(m_text) <= contentsRect().width();
    const QString &shown = fits || m_shortText.isEmpty() ? m_text : m_shortText;
    style()->drawItemText(&painter, contentsRect(), Qt::AlignVCenter | Qt::AlignLeft, option.palette, isEnabled(),
                          fontMetrics().elidedText(shown, m_mode, contentsRect().width()), foregroundRole());
}

} // namespace stillroom::ui
