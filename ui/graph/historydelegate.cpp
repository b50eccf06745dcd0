// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historydelegate.h"

#include "ui/chip.h"

#include <QPainter>
#include <QPainterPath>

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

void arrow(QPainter *painter, const QPointF &tip, double direction)
{
    painter->drawLine(tip, tip + QPointF(-3, -4 * direction));
    painter->drawLine(tip, tip + QPointF(3, -4 * direction));
}

} // namespace

HistoryDelegate::HistoryDelegate(const Theme *theme, const HistoryModel *model, QObject *parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_model(model)
{
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
    const RowState state = m_model->stateAt(row);
    const QRect text = option.rect.adjusted(6, 0, -6, 0);
    switch (index.column()) {
    case HistoryModel::GraphColumn:
        painter->setClipRect(option.rect);
        paintLanes(painter, option.rect, row);
        if (selected && (option.state & QStyle::State_Active || option.widget->hasFocus())) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                              option.widget->hasFocus() ? t.accent : t.strongBorder);
        }
        break;
    case HistoryModel::RevisionColumn:
    case HistoryModel::MessageColumn:
    case HistoryModel::DateColumn: {
        const bool quiet = state == RowState::Missing || state == RowState::UnknownToProject || index.column() == HistoryModel::DateColumn;
        const bool isBad = state == RowState::Problem && index.column() != HistoryModel::DateColumn;
        painter->setPen(isBad ? t.bad : quiet ? t.muted : t.text);
        QFont font = index.column() == HistoryModel::RevisionColumn ? monospaceFont() : option.font;
        font.setItalic(quiet && index.column() == HistoryModel::MessageColumn);
        font.setBold(state == RowState::Current && index.column() != HistoryModel::DateColumn);
        painter->setFont(font);
        painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                          QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        break;
    }
    case HistoryModel::LabelsColumn:
        paintLabels(painter, text, row);
        break;
    case HistoryModel::StateColumn:
        paintState(painter, text, row);
        break;
    default:
        break;
    }
    painter->restore();
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
        paintDot(painter, QPointF(x, middle), t.lanes[lanes.dotColour(*index) % t.lanes.size()], state, ground);
        return;
    }
    const double top = cell.top();
    const double bottom = cell.bottom() + 1.0;
    const QPointF dot(laneX(cell, lanes.dotLane(*index)), middle);
    for (const revision::LaneEdge &edge : lanes.edges(*index)) {
        QPen pen(t.lanes[edge.colour % t.lanes.size()], 1.8, edge.isDependency ? Qt::DotLine : Qt::SolidLine, Qt::RoundCap);
        painter->setPen(pen);
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
            const QPointF tip(below.x(), bottom - 3);
            painter->drawPath(strand(dot, tip));
            arrow(painter, tip, 1);
            break;
        }
        case Kind::CutEnd: {
            const QPointF tip(above.x(), top + 3);
            painter->drawPath(strand(tip, dot));
            arrow(painter, tip, -1);
            break;
        }
        }
    }
    paintDot(painter, dot, t.lanes[lanes.dotColour(*index) % t.lanes.size()], state, ground);
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
