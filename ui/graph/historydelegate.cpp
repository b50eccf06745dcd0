// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historydelegate.h"

#include "ui/chip.h"
#include "ui/editor/bodystatus.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace stillroom::ui {

namespace {

constexpr int kLaneWidth = 16;
constexpr int kLeftMargin = 14;
constexpr double kDotRadius = 4.6;
constexpr int kMaximumLanes = 12;

double laneX(const QRect &cell, int lane) { return cell.left() + kLeftMargin + kLaneWidth * std::min(lane, kMaximumLanes) + 0.5; }

/// A line from one lane to another that leaves and arrives upright, as in the git clients.
QPainterPath strand(const QPointF &from, const QPointF &to)
{
    QPainterPath path(from);
    if (qFuzzyCompare(from.x(), to.x())) {
        path.lineTo(to);
    } else {
        const double middle = (from.y() + to.y()) / 2;
        path.cubicTo(QPointF(from.x(), middle), QPointF(to.x(), middle), to);
    }
    return path;
}

double tipY(const QRect &cell, revision::LaneEdge::Kind kind)
{
    return kind == revision::LaneEdge::Kind::CutStart ? cell.bottom() - 2.0 : cell.top() + 3.0;
}

void arrow(QPainter *painter, const QPointF &tip, double direction)
{
    painter->drawLine(tip, tip + QPointF(-3, -4 * direction));
    painter->drawLine(tip, tip + QPointF(3, -4 * direction));
}

} // namespace

HistoryDelegate::HistoryDelegate(const Theme *theme, const HistoryModel *model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
    connect(theme, &Theme::changed, this, [this] { m_icons.clear(); });
}

int HistoryDelegate::graphWidth() const
{
    const int lanes = std::min(std::max(m_model->isFiltered() ? 1 : m_model->lanes().laneCount(), 1), kMaximumLanes + 1);
    return kLeftMargin * 2 + kLaneWidth * (lanes - 1);
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const { return QSize(60, rowHeight(option.fontMetrics)); }

void HistoryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeTokens &t = m_theme->tokens();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(option.rect, selected ? t.selection : option.state & QStyle::State_MouseOver ? t.hover : t.base);
    painter->setFont(option.font);
    const int row = index.row();
    const QRect text = option.rect.adjusted(6, 0, -6, 0);
    switch (index.column()) {
    case HistoryModel::GraphColumn:
        painter->setClipRect(option.rect);
        paintLanes(painter, option.rect, row);
        if (selected && option.widget && (option.state & QStyle::State_Active || option.widget->hasFocus())) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              option.widget->hasFocus() ? t.accent : t.strongBorder);
        }
        break;
    case HistoryModel::RevisionColumn:
    case HistoryModel::MessageColumn:
    case HistoryModel::DateColumn:
        paintText(painter, option, text, index);
        break;
    case HistoryModel::LabelsColumn:
        paintLabels(painter, text, row);
        break;
    case HistoryModel::SqlColumn:
        paintSql(painter, text, row);
        break;
    case HistoryModel::StateColumn:
        paintState(painter, text, row);
        break;
    default:
        break;
    }
    painter->restore();
}

void HistoryDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option, QRect room, const QModelIndex &index) const
{
    const ThemeTokens &t = m_theme->tokens();
    const int row = index.row();
    const RowState state = m_model->stateAt(row);
    const bool isMessage = index.column() == HistoryModel::MessageColumn;
    const bool isDate = index.column() == HistoryModel::DateColumn;
    if (isMessage)
        room.setRight(room.right() - paintDefects(painter, room, row));
    const bool quiet = state == RowState::Missing || state == RowState::UnknownToProject || isDate || m_model->isMutedAt(row);
    const bool isBad = state == RowState::Problem && !isDate;
    painter->setPen(isBad ? t.bad : quiet ? t.muted : t.text);
    QFont font = index.column() == HistoryModel::RevisionColumn ? monospaceFont() : option.font;
    font.setItalic(isMessage && (state == RowState::Missing || state == RowState::UnknownToProject));
    font.setBold(state == RowState::Current && !isDate);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    const QString shown = metrics.elidedText(index.data().toString(), Qt::ElideRight, room.width());
    if (m_model->isMatchAt(row) && !isDate && !shown.isEmpty()) {
        const QRect ground(room.left() - 3, room.center().y() - metrics.height() / 2 - 1, metrics.horizontalAdvance(shown) + 6, metrics.height() + 3);
        painter->setRenderHint(QPainter::Antialiasing);
        QPen frame(t.warning);
        frame.setWidthF(1);
        painter->setPen(frame);
        painter->setBrush(t.warningSoft);
        painter->drawRoundedRect(QRectF(ground).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter->setPen(isBad ? t.bad : t.text);
    }
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, shown);
}

/// What is wrong with the history at this row, on the right of the message; the room it takes.
int HistoryDelegate::paintDefects(QPainter *painter, const QRect &cell, int row) const
{
    const auto marks = m_model->marksAt(row);
    if (marks.empty())
        return 0;
    QString text = marks.front().more > 0 ? tr("and %1 more").arg(marks.front().more) : findingName(marks.front().finding->check);
    if (marks.size() > 1)
        text += QStringLiteral(" +%1").arg(marks.size() - 1);
    using Severity = project::Finding::Severity;
    const Severity worst = marks.front().finding->severity;
    const ChipTone tone = worst == Severity::Error ? ChipTone::Bad : worst == Severity::Warning ? ChipTone::Warning : ChipTone::Neutral;
    painter->save();
    QFont font = painter->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.9);
    painter->setFont(font);
    const int width = std::min(chipWidth(painter->fontMetrics(), text), cell.width() / 2);
    const QRect room(cell.right() - width, cell.top(), width + 1, cell.height());
    paintChip(painter, m_theme->tokens(), room, text, tone);
    painter->restore();
    return width + 8;
}

void HistoryDelegate::paintIcon(QPainter *painter, const QRect &box, const QString &name, IconTone tone) const
{
    const double ratio = painter->device()->devicePixelRatioF();
    const QString key = QStringLiteral("%1/%2/%3/%4").arg(name).arg(int(tone)).arg(box.width()).arg(ratio);
    auto found = m_icons.constFind(key);
    if (found == m_icons.constEnd())
        found = m_icons.insert(key, m_theme->icon(name, tone).pixmap(box.size(), ratio));
    painter->drawPixmap(box, *found);
}

/// Whether the SQL of both bodies is known: a shape, and a word where there is room.
void HistoryDelegate::paintSql(QPainter *painter, const QRect &cell, int row) const
{
    const migration::RevisionOutlook *outlook = m_model->outlookAt(row);
    if (!outlook)
        return;
    const ThemeTokens &t = m_theme->tokens();
    const RowLook shown = lookOf(*outlook);
    const int side = std::min(16, cell.height() - 4);
    paintIcon(painter, QRect(cell.left(), cell.top() + (cell.height() - side) / 2, side, side), shown.look.icon, shown.look.tone);
    if (m_isCompact)
        return;
    painter->setPen(shown.isComplete || m_model->isMutedAt(row) ? t.muted : m_theme->toneColour(shown.look.tone));
    const QRect room = cell.adjusted(side + 5, 0, 0, 0);
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(shown.text, Qt::ElideRight, room.width()));
}

/// Muted lanes keep their hue, so that a line can still be followed.
QColor HistoryDelegate::laneColour(std::uint8_t lane, bool isMuted) const
{
    const ThemeTokens &t = m_theme->tokens();
    const QColor full = t.lanes[lane % t.lanes.size()];
    if (!isMuted)
        return full;
    constexpr float kept = 0.35F;
    const auto mix = [](float a, float b) { return a * kept + b * (1 - kept); };
    return QColor::fromRgbF(mix(full.redF(), t.base.redF()), mix(full.greenF(), t.base.greenF()), mix(full.blueF(), t.base.blueF()));
}

std::vector<revision::Index> HistoryDelegate::cutTargetsAt(const QRect &cell, int row, const QPoint &at) const
{
    const auto index = m_model->revisionAt(row);
    if (!index || m_model->isFiltered())
        return {};
    using Kind = revision::LaneEdge::Kind;
    for (const Kind kind : {Kind::CutStart, Kind::CutEnd}) {
        const auto targets = m_model->cutTargets(row, kind);
        std::size_t nth = 0;
        for (const revision::LaneEdge &edge : m_model->lanes().edges(*index)) {
            if (edge.kind != kind)
                continue;
            const QPointF tip(laneX(cell, kind == Kind::CutStart ? edge.to : edge.from), tipY(cell, kind));
            const QPointF away = tip - QPointF(at);
            if (nth < targets.size() && std::abs(away.x()) <= kLaneWidth / 2.0 && std::abs(away.y()) <= cell.height() / 2.0)
                return kind == Kind::CutStart ? std::vector{targets[nth]} : targets;
            ++nth;
        }
    }
    return {};
}

void HistoryDelegate::paintLanes(QPainter *painter, const QRect &cell, int row) const
{
    const ThemeTokens &t = m_theme->tokens();
    painter->setRenderHint(QPainter::Antialiasing);
    const double middle = cell.top() + cell.height() / 2.0;
    const auto index = m_model->revisionAt(row);
    const RowState state = m_model->stateAt(row);
    const QColor ground = t.base;
    if (!index) {
        paintDot(painter, QPointF(laneX(cell, 0), middle), t.bad, state, ground);
        return;
    }
    const revision::LaneLayout &lanes = m_model->lanes();
    if (m_model->isFiltered()) {
        // What lies between two matching rows is left out: a dotted line says so.
        painter->setPen(QPen(t.strongBorder, 1.5, Qt::DotLine));
        const double x = laneX(cell, 0);
        painter->drawLine(QPointF(x, row == 0 ? middle : cell.top()), QPointF(x, row == m_model->rowCount() - 1 ? middle : cell.bottom() + 1.0));
        paintDot(painter, QPointF(x, middle), laneColour(lanes.dotColour(*index), m_model->isMutedAt(row)), state, ground);
        return;
    }
    const bool isMuted = m_model->isMutedAt(row);
    const double top = cell.top();
    const double bottom = cell.bottom() + 1.0;
    const QPointF dot(laneX(cell, lanes.dotLane(*index)), middle);
    for (const revision::LaneEdge &edge : lanes.edges(*index)) {
        const double width = m_model->isAppliedEdge(edge) ? 2.0 : 1.1;
        painter->setPen(QPen(laneColour(edge.colour, isMuted), width, edge.isDependency ? Qt::DotLine : Qt::SolidLine, Qt::RoundCap));
        painter->setBrush(Qt::NoBrush);
        const QPointF above(laneX(cell, edge.from), top);
        const QPointF below(laneX(cell, edge.to), bottom);
        using Kind = revision::LaneEdge::Kind;
        switch (edge.kind) {
        case Kind::Through:
            painter->drawPath(strand(above, below));
            break;
        case Kind::FromDot:
            painter->drawPath(strand(dot, below));
            break;
        case Kind::ToDot:
            painter->drawPath(strand(above, dot));
            break;
        case Kind::CutStart: {
            const QPointF tip(below.x(), tipY(cell, edge.kind));
            painter->drawPath(strand(dot, tip));
            arrow(painter, tip, 1);
            break;
        }
        case Kind::CutEnd: {
            const QPointF tip(above.x(), tipY(cell, edge.kind));
            painter->drawPath(strand(tip, dot));
            arrow(painter, tip, -1);
            break;
        }
        }
    }
    paintDot(painter, dot, laneColour(lanes.dotColour(*index), isMuted), state, ground);
}

void HistoryDelegate::paintDot(QPainter *painter, const QPointF &centre, const QColor &colour, RowState state, const QColor &ground) const
{
    const ThemeTokens &t = m_theme->tokens();
    painter->setRenderHint(QPainter::Antialiasing);
    switch (state) {
    case RowState::NotConnected:
    case RowState::Applied:
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawEllipse(centre, kDotRadius, kDotRadius);
        break;
    case RowState::Pending:
        painter->setPen(QPen(colour, 1.8));
        painter->setBrush(ground);
        painter->drawEllipse(centre, kDotRadius - 0.6, kDotRadius - 0.6);
        break;
    case RowState::Current:
        painter->setPen(QPen(colour, 1.8));
        painter->setBrush(ground);
        painter->drawEllipse(centre, kDotRadius + 2.4, kDotRadius + 2.4);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawEllipse(centre, kDotRadius - 0.6, kDotRadius - 0.6);
        break;
    case RowState::Missing: {
        QPen pen(t.muted, 1.6, Qt::CustomDashLine);
        pen.setDashPattern({1.6, 1.6});
        painter->setPen(pen);
        painter->setBrush(ground);
        painter->drawEllipse(centre, kDotRadius, kDotRadius);
        break;
    }
    case RowState::Problem:
    case RowState::UnknownToProject:
        painter->setPen(Qt::NoPen);
        painter->setBrush(ground);
        painter->drawEllipse(centre, kDotRadius, kDotRadius);
        painter->setPen(QPen(t.bad, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(centre + QPointF(-3.4, -3.4), centre + QPointF(3.4, 3.4));
        painter->drawLine(centre + QPointF(-3.4, 3.4), centre + QPointF(3.4, -3.4));
        break;
    }
}

void HistoryDelegate::paintLabels(QPainter *painter, const QRect &cell, int row) const
{
    QRect room = cell;
    QFont font = painter->font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * 0.9);
    painter->setFont(font);
    if (m_model->isHeadAt(row))
        room.setLeft(room.left() + paintChip(painter, m_theme->tokens(), room, tr("head"), ChipTone::Accent) + 4);
    const QStringList labels = m_model->labelsAt(row);
    for (const QString &label : labels)
        room.setLeft(room.left() + paintChip(painter, m_theme->tokens(), room, label, ChipTone::Neutral) + 4);
}

void HistoryDelegate::paintState(QPainter *painter, const QRect &cell, int row) const
{
    const ThemeTokens &t = m_theme->tokens();
    const RowState state = m_model->stateAt(row);
    QColor colour = t.muted;
    QFont font = painter->font();
    switch (state) {
    case RowState::NotConnected:
    case RowState::Applied:
        break;
    case RowState::Pending:
        colour = t.warning;
        break;
    case RowState::Current:
        colour = t.accent;
        font.setBold(true);
        break;
    case RowState::Missing:
    case RowState::Problem:
    case RowState::UnknownToProject:
        colour = t.bad;
        break;
    }
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, painter->fontMetrics().elidedText(stateName(state), Qt::ElideRight, cell.width()));
}

} // namespace stillroom::ui
