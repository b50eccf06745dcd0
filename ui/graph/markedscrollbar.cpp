// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/markedscrollbar.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <cstdlib>
#include <set>

namespace stillroom::ui {

namespace {

constexpr int kMarkHeight = 3;

} // namespace

MarkedScrollBar::MarkedScrollBar(const Theme *theme, QWidget *parent) : QScrollBar(Qt::Vertical, parent), m_theme(theme)
{
    setAccessibleName(tr("Scroll bar of the revisions"));
    connect(theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MarkedScrollBar::setMarks(std::vector<Mark> marks, int rowCount)
{
    if (marks == m_marks && rowCount == m_rowCount)
        return;
    m_marks = std::move(marks);
    m_rowCount = rowCount;
    thinOut();
    update();
}

void MarkedScrollBar::thinOut()
{
    m_painted.clear();
    std::set<std::pair<int, Kind>> taken;
    for (const Mark &mark : m_marks) {
        if (taken.emplace(markRect(mark).top(), mark.kind).second)
            m_painted.push_back(mark);
    }
}

void MarkedScrollBar::resizeEvent(QResizeEvent *event)
{
    QScrollBar::resizeEvent(event);
    thinOut();
}

QColor MarkedScrollBar::colourOf(Kind kind) const
{
    const ThemeTokens &t = m_theme->tokens();
    switch (kind) {
    case Kind::Head:
        return t.text;
    case Kind::Problem:
        return t.bad;
    case Kind::Found:
        return t.warning;
    case Kind::Current:
        return t.accent;
    }
    return t.text;
}

QString MarkedScrollBar::nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Head:
        return tr("head");
    case Kind::Problem:
        return tr("something is wrong with the history here");
    case Kind::Found:
        return tr("found");
    case Kind::Current:
        return tr("the database is here");
    }
    return {};
}

QRect MarkedScrollBar::markRect(const Mark &mark) const
{
    const int y = m_rowCount > 0 ? int((height() - kMarkHeight) * (qint64(mark.row) * 2 + 1) / (2 * qint64(m_rowCount))) : 0;
    const int half = width() / 2;
    switch (mark.kind) {
    case Kind::Head:
    case Kind::Problem:
        return {0, y, half, kMarkHeight};
    case Kind::Found:
        return {half, y, width() - half, kMarkHeight};
    case Kind::Current:
        return {0, y, width(), kMarkHeight};
    }
    return {};
}

void MarkedScrollBar::paintEvent(QPaintEvent *event)
{
    QScrollBar::paintEvent(event);
    QPainter painter(this);
    for (const Mark &mark : m_painted)
        painter.fillRect(markRect(mark), colourOf(mark.kind));
}

bool MarkedScrollBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QScrollBar::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QStringList words;
    for (const Mark &mark : m_painted) {
        if (std::abs(markRect(mark).center().y() - help->pos().y()) <= 2)
            words += nameOf(mark.kind);
    }
    words.removeDuplicates();
    QToolTip::showText(help->globalPos(), words.join(QStringLiteral(", ")), this);
    return true;
}

} // namespace stillroom::ui
