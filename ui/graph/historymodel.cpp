// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historymodel.h"

#include "base/sentence.h"

#include <QLocale>

#include <algorithm>

namespace stillroom::ui {

using revision::Index;

QString stateName(RowState state)
{
    switch (state) {
    case RowState::NotConnected:
        return {};
    case RowState::Pending:
        return HistoryModel::tr("Pending");
    case RowState::Applied:
        return HistoryModel::tr("Applied");
    case RowState::Current:
        return HistoryModel::tr("Current");
    case RowState::Missing:
        return HistoryModel::tr("No file");
    case RowState::Problem:
        return HistoryModel::tr("Unreadable");
    case RowState::UnknownToProject:
        return HistoryModel::tr("Unknown");
    }
    return {};
}

HistoryModel::HistoryModel(QObject *parent) : QAbstractTableModel(parent), m_graph(std::make_shared<revision::RevisionGraph>()) {}

void HistoryModel::setGraph(GraphPtr graph)
{
    beginResetModel();
    m_graph = graph ? std::move(graph) : std::make_shared<revision::RevisionGraph>();
    m_position.reset();
    m_unknownRows.clear();
    arrange();
    endResetModel();
}

void HistoryModel::setPosition(std::optional<revision::DatabasePosition> position)
{
    beginResetModel();
    m_position = std::move(position);
    m_unknownRows = m_position ? m_position->unknownRows : QStringList();
    arrange();
    endResetModel();
}

void HistoryModel::setFilter(const QString &text)
{
    const QString wanted = text.trimmed();
    if (wanted == m_filter)
        return;
    beginResetModel();
    m_filter = wanted;
    arrange();
    endResetModel();
}

void HistoryModel::arrange()
{
    using State = revision::DatabasePosition::State;
    std::optional<Index> current;
    m_pendingCount = 0;
    if (m_position) {
        for (std::size_t i = 0; i < m_position->states.size(); ++i) {
            const State state = m_position->states[i];
            if (state == State::Current && !current)
                current = Index(i);
            m_pendingCount += state == State::Pending && !m_graph->revisions()[i].isGhost;
        }
    }
    m_lanes = revision::LaneLayout(*m_graph, current);
    m_shown.clear();
    if (isFiltered()) {
        for (Index i = 0; i < m_graph->revisions().size(); ++i) {
            if (matches(i))
                m_shown.push_back(i);
        }
    }
}

bool HistoryModel::matches(Index index) const
{
    const auto &r = m_graph->revisions()[index];
    const auto has = [this](const QString &text) { return text.contains(m_filter, Qt::CaseInsensitive); };
    return has(r.header.id) || has(r.header.message) || has(r.header.author) || std::ranges::any_of(r.effectiveLabels, has) ||
           has(r.header.file.section(QLatin1Char('/'), -1));
}

std::optional<Index> HistoryModel::revisionAt(int row) const
{
    row -= unknownCount();
    if (row < 0)
        return std::nullopt;
    if (isFiltered())
        return row < int(m_shown.size()) ? std::optional<Index>(m_shown[std::size_t(row)]) : std::nullopt;
    return row < int(m_graph->revisions().size()) ? std::optional<Index>(Index(row)) : std::nullopt;
}

int HistoryModel::rowOf(const QString &revisionId) const
{
    const qsizetype unknown = m_unknownRows.indexOf(revisionId);
    if (unknown >= 0)
        return int(unknown);
    const auto index = m_graph->find(revisionId);
    if (!index)
        return -1;
    if (!isFiltered())
        return int(*index) + unknownCount();
    const auto at = std::ranges::lower_bound(m_shown, *index);
    return at != m_shown.end() && *at == *index ? int(at - m_shown.begin()) + unknownCount() : -1;
}

QString HistoryModel::idAt(int row) const
{
    if (row >= 0 && row < unknownCount())
        return m_unknownRows.at(row);
    const auto index = revisionAt(row);
    return index ? m_graph->revisions()[*index].header.id : QString();
}

RowState HistoryModel::stateAt(int row) const
{
    const auto index = revisionAt(row);
    if (!index)
        return RowState::UnknownToProject;
    const auto &r = m_graph->revisions()[*index];
    if (r.isGhost)
        return RowState::Missing;
    if (r.header.problem)
        return RowState::Problem;
    if (!m_position || *index >= m_position->states.size())
        return RowState::NotConnected;
    using State = revision::DatabasePosition::State;
    switch (m_position->states[*index]) {
    case State::Pending:
        return RowState::Pending;
    case State::Applied:
        return RowState::Applied;
    case State::Current:
        return RowState::Current;
    }
    return RowState::NotConnected;
}

QStringList HistoryModel::labelsAt(int row) const
{
    const auto index = revisionAt(row);
    return index ? m_graph->revisions()[*index].header.branchLabels : QStringList();
}

bool HistoryModel::isHeadAt(int row) const
{
    const auto index = revisionAt(row);
    return index && m_graph->revisions()[*index].isHead;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return unknownCount() + int(isFiltered() ? m_shown.size() : m_graph->revisions().size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant HistoryModel::data(const QModelIndex &at, int role) const
{
    if (!at.isValid() || at.row() >= rowCount())
        return {};
    if (role == Qt::AccessibleTextRole && at.column() == GraphColumn)
        return spoken(at.row());
    if (role == Qt::ToolTipRole)
        return toolTip(at.row());
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const auto index = revisionAt(at.row());
    const revision::RevisionGraph::Revision *r = index ? &m_graph->revisions()[*index] : nullptr;
    switch (at.column()) {
    case GraphColumn:
        return {};
    case RevisionColumn:
        return idAt(at.row());
    case MessageColumn:
        if (!r)
            return tr("Stands in the database's version table, but in no script of this project");
        if (r->isGhost)
            return tr("Named as a parent, but no file has it");
        if (r->header.problem && r->header.message.isEmpty())
            return r->header.problem->detail;
        return r->header.message;
    case LabelsColumn: {
        if (!r)
            return {};
        QStringList words = r->header.branchLabels;
        if (r->isHead)
            words.prepend(tr("head"));
        return words.join(QStringLiteral(", "));
    }
    case DateColumn:
        return r && r->header.createDate.isValid() ? QLocale().toString(r->header.createDate.date(), QStringLiteral("yyyy-MM-dd")) : QString();
    case StateColumn:
        return stateName(stateAt(at.row()));
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case GraphColumn:
        return tr("Graph");
    case RevisionColumn:
        return tr("Revision");
    case MessageColumn:
        return tr("Message");
    case LabelsColumn:
        return tr("Labels");
    case DateColumn:
        return tr("Date");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

/// What the painted cell says to someone who cannot see it: "merge of a and b, head, pending".
QString HistoryModel::spoken(int row) const
{
    const auto index = revisionAt(row);
    QStringList parts;
    if (index) {
        const auto &r = m_graph->revisions()[*index];
        if (r.isMerge)
            parts += tr("merge of %1").arg(r.header.downRevisions.join(tr(" and ")));
        else if (r.isBase)
            parts += tr("base");
        else if (!r.header.downRevisions.isEmpty())
            parts += tr("after %1").arg(r.header.downRevisions.first());
        if (!r.header.dependsOn.isEmpty())
            parts += tr("depends on %1").arg(r.header.dependsOn.join(QStringLiteral(", ")));
        if (r.isBranchPoint)
            parts += tr("branch point");
        if (r.isHead)
            parts += tr("head");
    }
    const QString state = stateName(stateAt(row));
    if (!state.isEmpty())
        parts += state.toLower();
    return parts.join(QStringLiteral(", "));
}

QString HistoryModel::toolTip(int row) const
{
    const auto index = revisionAt(row);
    if (!index)
        return tr("%1: the database may be newer than the project, or belong to another one.").arg(idAt(row));
    const auto &r = m_graph->revisions()[*index];
    if (r.header.problem)
        return sentence(*r.header.problem);
    QStringList lines{r.header.id, r.header.message, spoken(row)};
    if (!r.effectiveLabels.isEmpty())
        lines += tr("on branch %1").arg(r.effectiveLabels.join(QStringLiteral(", ")));
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace stillroom::ui
