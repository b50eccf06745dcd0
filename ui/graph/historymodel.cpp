// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historymodel.h"

#include "base/sentence.h"
#include "ui/editor/bodystatus.h"

#include <QLocale>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

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

QString findingName(const QString &check)
{
    static const std::pair<const char *, QString> names[] = {
        {"G01", HistoryModel::tr("several heads")},     {"G02", HistoryModel::tr("missing parent")},  {"G03", HistoryModel::tr("circle")},
        {"G04", HistoryModel::tr("duplicate id")},      {"G05", HistoryModel::tr("duplicate label")}, {"G06", HistoryModel::tr("unusable id")},
        {"G07", HistoryModel::tr("begins another id")}, {"G08", HistoryModel::tr("odd body")},        {"G09", HistoryModel::tr("before its parent")},
        {"G10", HistoryModel::tr("file name")},         {"G11", HistoryModel::tr("docstring")},       {"G12", HistoryModel::tr("touch the same")},
        {"G13", HistoryModel::tr("on its own")},        {"G15", HistoryModel::tr("unreadable")}};
    for (const auto &[id, name] : names) {
        if (check == QLatin1String(id))
            return name;
    }
    return check;
}

HistoryModel::HistoryModel(QObject *parent) : QAbstractTableModel(parent), m_graph(std::make_shared<revision::RevisionGraph>()) {}

void HistoryModel::setGraph(GraphPtr graph)
{
    beginResetModel();
    const GraphPtr before = std::exchange(m_graph, graph ? std::move(graph) : std::make_shared<revision::RevisionGraph>());
    std::vector<std::optional<migration::RevisionOutlook>> outlooks(m_graph->revisions().size());
    for (Index i = 0; i < m_outlooks.size(); ++i) {
        const auto now = m_outlooks[i] ? m_graph->find(m_outlooks[i]->revision) : std::nullopt;
        if (now && m_graph->revisions()[*now].header == before->revisions()[i].header)
            outlooks[*now] = std::move(m_outlooks[i]);
    }
    m_outlooks = std::move(outlooks);
    m_position.reset();
    m_unknownRows.clear();
    m_lit.clear();
    m_findings.clear();
    m_findingsOf.clear();
    m_firstRows.clear();
    m_whereabouts.clear();
    arrange();
    endResetModel();
    findAgain();
}

void HistoryModel::setPosition(std::optional<revision::DatabasePosition> position)
{
    beginResetModel();
    m_position = std::move(position);
    m_unknownRows = m_position ? m_position->unknownRows : QStringList();
    arrange();
    endResetModel();
    findAgain();
}

void HistoryModel::setFilter(const QString &text)
{
    const QString wanted = text.trimmed();
    if (wanted == m_filterText)
        return;
    beginResetModel();
    m_filterText = wanted;
    m_filter = HistoryQuery(wanted);
    arrange();
    endResetModel();
    Q_EMIT matchesChanged();
}

void HistoryModel::setFind(const QString &text)
{
    const QString wanted = text.trimmed();
    if (wanted == m_findText)
        return;
    m_findText = wanted;
    m_find = HistoryQuery(wanted);
    findAgain();
}

void HistoryModel::findAgain()
{
    m_matches = m_find.isEmpty() ? std::vector<Index>() : matching(m_find);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT matchesChanged();
}

void HistoryModel::takeOutlooks(const std::vector<migration::RevisionOutlook> &outlooks)
{
    for (const migration::RevisionOutlook &outlook : outlooks) {
        const auto at = m_graph->find(outlook.revision);
        if (!at)
            continue;
        m_outlooks[*at] = outlook;
        if (const int row = rowOf(*at); row >= 0)
            Q_EMIT dataChanged(index(row, SqlColumn), index(row, SqlColumn));
    }
    if (isFiltered() && m_filter.asksForSql() && matching(m_filter) != m_shown) {
        beginResetModel();
        arrange();
        endResetModel();
    }
    if (!m_find.isEmpty() && m_find.asksForSql() && matching(m_find) != m_matches)
        findAgain();
}

std::vector<HistoryModel::UnknownName> HistoryModel::unknownNames() const
{
    std::map<QString, UnknownName> byName;
    for (const auto &outlook : m_outlooks) {
        if (!outlook)
            continue;
        QStringList names;
        for (const migration::BodyOutlook *body : {&outlook->upgrade, &outlook->downgrade}) {
            if (body->unknownName.isEmpty() || names.contains(body->unknownName))
                continue;
            names += body->unknownName;
            UnknownName &entry = byName[body->unknownName];
            entry.name = body->unknownName;
            entry.reason = body->reason;
            ++entry.waiting;
        }
    }
    std::vector<UnknownName> found;
    for (auto &[name, entry] : byName)
        found.push_back(std::move(entry));
    return found;
}

void HistoryModel::forgetOutlooks()
{
    m_outlooks.assign(m_graph->revisions().size(), std::nullopt);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, SqlColumn), index(rowCount() - 1, SqlColumn));
}

void HistoryModel::muteAllBut(std::optional<Index> revision)
{
    m_lit.clear();
    if (revision) {
        const Index from[] = {*revision};
        m_lit = revision::ancestors(*m_graph, from, revision::Edges::WithDependencies);
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
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
    traceEdges();
    m_shown = isFiltered() ? matching(m_filter) : std::vector<Index>();
    findFirstRows();
}

/// An edge knows its lanes but not whose it is: followed from the child's dot downwards.
void HistoryModel::traceEdges()
{
    m_pendingEdges.clear();
    if (!m_position || m_graph->revisions().empty())
        return;
    const revision::LaneEdge *first = m_lanes.edges(0).data();
    std::vector<bool> open;
    std::vector<bool> next;
    for (Index row = 0; row < m_graph->revisions().size(); ++row) {
        next.assign(std::size_t(m_lanes.laneCount()) + 1, false);
        const bool isPending = stateOf(row) == RowState::Pending;
        for (const revision::LaneEdge &edge : m_lanes.edges(row)) {
            const auto at = std::size_t(&edge - first);
            m_pendingEdges.resize(std::max(m_pendingEdges.size(), at + 1));
            using Kind = revision::LaneEdge::Kind;
            const bool fromHere = edge.kind == Kind::FromDot || edge.kind == Kind::CutStart;
            const bool pending = fromHere || edge.kind == Kind::CutEnd ? isPending : edge.from < open.size() && open[edge.from];
            m_pendingEdges[at] = pending;
            if ((edge.kind == Kind::FromDot || edge.kind == Kind::Through) && edge.to < next.size())
                next[edge.to] = pending;
        }
        open.swap(next);
    }
}

bool HistoryModel::isAppliedEdge(const revision::LaneEdge &edge) const
{
    if (m_pendingEdges.empty())
        return true;
    const auto at = std::size_t(&edge - m_lanes.edges(0).data());
    return at >= m_pendingEdges.size() || !m_pendingEdges[at];
}

std::vector<Index> HistoryModel::cutTargets(int row, revision::LaneEdge::Kind kind) const
{
    const auto at = revisionAt(row);
    if (!at || isFiltered())
        return {};
    std::vector<Index> targets;
    if (kind == revision::LaneEdge::Kind::CutStart) {
        for (const revision::CutEdge &cut : m_lanes.cutsFrom(*at))
            targets.push_back(cut.parent);
    } else if (kind == revision::LaneEdge::Kind::CutEnd) {
        for (const revision::CutEdge &cut : m_lanes.cutsInto(*at))
            targets.push_back(cut.child);
    }
    return targets;
}

void HistoryModel::setFindings(const std::vector<project::Finding> &findings)
{
    using Severity = project::Finding::Severity;
    m_findings.clear();
    for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Information})
        std::ranges::copy_if(findings, std::back_inserter(m_findings),
                             [severity](const project::Finding &each) { return each.severity == severity; });
    m_findingsOf.clear();
    m_whereabouts.clear();
    for (std::size_t i = 0; i < m_findings.size(); ++i) {
        if (!m_findings[i].whereabouts.isEmpty())
            m_whereabouts.insert(m_findings[i].missing, m_findings[i].whereabouts);
        QStringList concerned = m_findings[i].revisions;
        concerned.removeDuplicates();
        for (const QString &id : std::as_const(concerned)) {
            const auto at = m_graph->find(id);
            if (at && !m_graph->revisions()[*at].isGhost)
                m_findingsOf[*at].push_back(i);
        }
    }
    if (isFiltered()) {
        beginResetModel();
        arrange();
        endResetModel();
    } else {
        findFirstRows();
    }
    findAgain();
}

bool HistoryModel::hasErrorsAt(int row) const
{
    const auto marks = marksAt(row);
    return !marks.empty() && marks.front().finding->severity == project::Finding::Severity::Error;
}

std::vector<const project::Finding *> HistoryModel::findingsAt(int row) const
{
    std::vector<const project::Finding *> found;
    if (const auto at = revisionAt(row)) {
        for (const std::size_t i : m_findingsOf.value(*at))
            found.push_back(&m_findings[i]);
    }
    return found;
}

std::vector<HistoryModel::Mark> HistoryModel::marksAt(int row) const
{
    constexpr int kFew = 3;
    std::vector<Mark> marks;
    for (const project::Finding *finding : findingsAt(row)) {
        const auto &first = m_firstRows[std::size_t(finding - m_findings.data())];
        const auto here = std::ranges::find(first.rows, row);
        if (first.count <= kFew + 1)
            marks.push_back({finding, 0});
        else if (here != first.rows.end())
            marks.push_back({finding, here + 1 == first.rows.end() ? first.count - kFew : 0});
    }
    return marks;
}

/// Where each finding stands at the rows that are shown.
void HistoryModel::findFirstRows()
{
    constexpr std::size_t kFew = 3;
    m_firstRows.assign(m_findings.size(), {});
    for (auto it = m_findingsOf.cbegin(); it != m_findingsOf.cend(); ++it) {
        const int row = rowOf(it.key());
        for (const std::size_t i : row < 0 ? std::vector<std::size_t>{} : it.value()) {
            auto &[rows, count] = m_firstRows[i];
            ++count;
            rows.insert(std::ranges::lower_bound(rows, row), row);
            rows.resize(std::min(rows.size(), kFew));
        }
    }
}

QStringList HistoryModel::waitingFor(const QString &unknownName) const
{
    QStringList waiting;
    for (const auto &outlook : m_outlooks) {
        if (outlook && (outlook->upgrade.unknownName == unknownName || outlook->downgrade.unknownName == unknownName))
            waiting += outlook->revision;
    }
    return waiting;
}

std::vector<Index> HistoryModel::matching(const HistoryQuery &query) const
{
    std::vector<Index> found;
    for (Index i = 0; i < m_graph->revisions().size(); ++i) {
        const HistoryQuery::Row row{.revision = &m_graph->revisions()[i],
                                    .state = stateOf(i),
                                    .outlook = m_outlooks[i] ? &*m_outlooks[i] : nullptr,
                                    .hasDefects = m_findingsOf.contains(i)};
        if (query.matches(row))
            found.push_back(i);
    }
    return found;
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
    const auto at = m_graph->find(revisionId);
    return at ? rowOf(*at) : -1;
}

int HistoryModel::rowOf(Index revision) const
{
    if (!isFiltered())
        return int(revision) + unknownCount();
    const auto at = std::ranges::lower_bound(m_shown, revision);
    return at != m_shown.end() && *at == revision ? int(at - m_shown.begin()) + unknownCount() : -1;
}

QString HistoryModel::idAt(int row) const
{
    if (row >= 0 && row < unknownCount())
        return m_unknownRows.at(row);
    const auto at = revisionAt(row);
    return at ? m_graph->revisions()[*at].header.id : QString();
}

RowState HistoryModel::stateAt(int row) const
{
    const auto at = revisionAt(row);
    return at ? stateOf(*at) : RowState::UnknownToProject;
}

RowState HistoryModel::stateOf(Index revision) const
{
    const auto &r = m_graph->revisions()[revision];
    if (r.isGhost)
        return RowState::Missing;
    if (r.header.problem)
        return RowState::Problem;
    if (!m_position || revision >= m_position->states.size())
        return RowState::NotConnected;
    using State = revision::DatabasePosition::State;
    switch (m_position->states[revision]) {
    case State::Pending:
        return RowState::Pending;
    case State::Applied:
        return RowState::Applied;
    case State::Current:
        return RowState::Current;
    }
    return RowState::NotConnected;
}

bool HistoryModel::isMutedAt(int row) const
{
    const auto at = revisionAt(row);
    return at && !m_lit.empty() && !m_lit[*at];
}

bool HistoryModel::isMatchAt(int row) const
{
    const auto at = revisionAt(row);
    return at && std::ranges::binary_search(m_matches, *at);
}

const migration::RevisionOutlook *HistoryModel::outlookAt(int row) const
{
    const auto at = revisionAt(row);
    return at && m_outlooks[*at] ? &*m_outlooks[*at] : nullptr;
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
        return toolTip(at.row(), at.column());
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
        return messageOf(*index);
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
    case SqlColumn:
        return sqlText(at.row(), false);
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
    case SqlColumn:
        return tr("SQL");
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
    for (const project::Finding *finding : findingsAt(row))
        parts += findingName(finding->check);
    return parts.join(QStringLiteral(", "));
}

QString HistoryModel::messageOf(Index revision) const
{
    const auto &r = m_graph->revisions()[revision];
    if (r.header.problem && r.header.message.isEmpty())
        return r.header.problem->detail;
    if (!r.isGhost)
        return r.header.message;
    // Who names it, and where.
    QStringList places;
    const auto add = [&](std::span<const Index> named) {
        for (const Index by : named) {
            const revision::Header &header = m_graph->revisions()[by].header;
            const QString file = header.file.section(QLatin1Char('/'), -1);
            places += header.downRevisionLine > 0 ? tr("%1, line %2").arg(file).arg(header.downRevisionLine) : file;
        }
    };
    add(m_graph->children(revision));
    add(m_graph->dependents(revision));
    QString words = tr("No file has this revision");
    if (places.size() > 2)
        words = tr("No file has this revision; %1 and %2 others name it").arg(places.first()).arg(places.size() - 1);
    else if (places.size() == 2)
        words = tr("No file has this revision; %1 and %2 name it").arg(places[0], places[1]);
    else if (places.size() == 1)
        words = tr("No file has this revision; %1 names it").arg(places.first());
    const QString whereabouts = m_whereabouts.value(r.header.id);
    return whereabouts.isEmpty() ? words : tr("%1. %2").arg(words, whereabouts);
}

QString HistoryModel::sqlText(int row, bool isLong) const
{
    const migration::RevisionOutlook *outlook = outlookAt(row);
    if (!outlook)
        return {};
    if (!isLong)
        return lookOf(*outlook).text;
    return tr("Upgrade: %1\nDowngrade: %2").arg(statusSentence(outlook->upgrade, true), statusSentence(outlook->downgrade, false));
}

QString HistoryModel::toolTip(int row, int column) const
{
    const auto index = revisionAt(row);
    if (!index)
        return tr("%1: the database may be newer than the project, or belong to another one.").arg(idAt(row));
    const auto &r = m_graph->revisions()[*index];
    if (r.header.problem)
        return sentence(*r.header.problem);
    if (column == SqlColumn)
        return sqlText(row, true);
    QStringList lines{r.header.id, messageOf(*index), spoken(row)};
    if (!r.effectiveLabels.isEmpty())
        lines += tr("on branch %1").arg(r.effectiveLabels.join(QStringLiteral(", ")));
    for (const project::Finding *finding : findingsAt(row))
        lines += finding->whereabouts.isEmpty() ? finding->text : finding->text + QLatin1Char(' ') + finding->whereabouts;
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

} // namespace stillroom::ui
