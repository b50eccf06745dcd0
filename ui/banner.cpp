// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/banner.h"

#include "ui/chip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace stillroom::ui {

Banner::Banner(const Theme *theme, QWidget *parent)
    : QFrame(parent), m_icon(new IconLabel(theme, 17, this)), m_text(new QLabel(this)), m_close(new QToolButton(this)), m_link(new QToolButton(this))
{
    setProperty("tone", QStringLiteral("plain"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    m_close->setIcon(theme->icon(QStringLiteral("close"), IconTone::Muted));
    m_close->setIconSize(QSize(12, 12));
    m_close->setFixedSize(20, 20);
    m_close->setProperty("look", QStringLiteral("bare"));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    m_link->setProperty("look", QStringLiteral("link"));
    m_link->setVisible(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 8, 6);
    layout->setSpacing(8);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_link, 0, Qt::AlignVCenter);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &Banner::clear);
    connect(m_link, &QToolButton::clicked, this, &Banner::linkActivated);
    setClosable(false);
    hide();
}

void Banner::showWords(BannerTone tone, const QString &text)
{
    m_tone = tone;
    m_text->setText(text);
    static const char *const names[] = {"plain", "good", "warning", "bad"};
    setProperty("tone", QString::fromLatin1(names[static_cast<int>(tone)]));
    style()->unpolish(this);
    style()->polish(this);
    showIcon();
    setAccessibleName(text);
    show();
}

void Banner::clear()
{
    m_text->clear();
    hide();
}

void Banner::setClosable(bool closable) { m_close->setVisible(closable); }

QString Banner::words() const { return m_text->text(); }

void Banner::setLink(const QString &text)
{
    m_link->setText(text);
    m_link->setAccessibleName(text);
    m_link->setVisible(!text.isEmpty());
}

void Banner::showIcon()
{
    const QString name = m_tone == BannerTone::Good      ? QStringLiteral("check")
                         : m_tone == BannerTone::Warning ? QStringLiteral("warning")
                         : m_tone == BannerTone::Bad     ? QStringLiteral("error")
                                                         : QStringLiteral("information");
    const IconTone tone = m_tone == BannerTone::Good      ? IconTone::Good
                          : m_tone == BannerTone::Warning ? IconTone::Warning
                          : m_tone == BannerTone::Bad     ? IconTone::Bad
                                                          : IconTone::Muted;
    m_icon->setIcon(name, tone);
}

} // namespace stillroom::ui
