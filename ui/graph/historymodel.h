// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/historychecks.h"
#include "revision/lanes.h"
#include "revision/plan.h"
#include "revision/reach.h"
#include "ui/graph/historyquery.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace stillroom::ui {

[[nodiscard]] QString stateName(RowState state);
/// Two or three words for a finding, to stand beside a row.
[[nodiscard]] QString findingName(const QString &check);

/// The revisions in display order, with their lanes and their state. Version rows that no script has come first, as rows
/// of their own. While a filter is set only matching rows are there, and the lanes between them are not drawn; what is only being
/// looked for is marked among the others.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { GraphColumn, RevisionColumn, MessageColumn, LabelsColumn, DateColumn, SqlColumn, StateColumn, ColumnCount };

    explicit HistoryModel(QObject *parent = nullptr);

    using GraphPtr = std::shared_ptr<const revision::RevisionGraph>;
    /// What the survey said of revisions whose header is the same is kept until it says it anew.
    void setGraph(GraphPtr graph);
    /// nullopt: no database connected.
    void setPosition(std::optional<revision::DatabasePosition> position);
    void setFilter(const QString &text);
    void setFind(const QString &text); ///< marks, hides nothing
    [[nodiscard]] bool isFiltered() const { return !m_filter.isEmpty(); }
    void takeOutlooks(const std::vector<migration::RevisionOutlook> &outlooks);
    void forgetOutlooks();
    /// What the checks of the history said, for the rows of the revisions concerned.
    void setFindings(const std::vector<project::Finding> &findings);
    /// Revisions that wait for a value of this name, as far as the survey has come.
    [[nodiscard]] QStringList waitingFor(const QString &unknownName) const;
    struct UnknownName {
        QString name, reason;
        int waiting = 0; ///< revisions
        bool operator==(const UnknownName &) const = default;
    };
    /// The names that bodies stop at, by name.
    [[nodiscard]] std::vector<UnknownName> unknownNames() const;
    /// Rows that the given revision does not stand on are muted; nullopt: none is.
    void muteAllBut(std::optional<revision::Index> revision);

    [[nodiscard]] const GraphPtr &graph() const { return m_graph; }
    [[nodiscard]] const revision::LaneLayout &lanes() const { return m_lanes; }
    [[nodiscard]] std::optional<revision::Index> revisionAt(int row) const;
    [[nodiscard]] int rowOf(const QString &revisionId) const; ///< -1: not shown
    [[nodiscard]] int rowOf(revision::Index index) const;     ///< -1: not shown
    [[nodiscard]] QString idAt(int row) const;
    [[nodiscard]] RowState stateAt(int row) const;
    [[nodiscard]] QStringList labelsAt(int row) const; ///< labels set in this very script
    [[nodiscard]] bool isHeadAt(int row) const;
    [[nodiscard]] bool isMutedAt(int row) const;
    /// Found, and not because of the filter: every row of a filtered list matches.
    [[nodiscard]] bool isMatchAt(int row) const;
    [[nodiscard]] const std::vector<revision::Index> &matches() const { return m_matches; } ///< of what is looked for, ascending
    [[nodiscard]] const migration::RevisionOutlook *outlookAt(int row) const;               ///< null: not surveyed yet
    [[nodiscard]] std::vector<const project::Finding *> findingsAt(int row) const;          ///< the worst first
    /// What stands beside the row: as findingsAt(), but what concerns many revisions stands at the first three of them, the last of which
    /// says how many more there are.
    struct Mark {
        const project::Finding *finding = nullptr;
        int more = 0;
    };
    [[nodiscard]] std::vector<Mark> marksAt(int row) const;
    [[nodiscard]] bool hasErrorsAt(int row) const; ///< findings because of which Alembic refuses to work
    [[nodiscard]] const std::vector<project::Finding> &findings() const { return m_findings; }
    [[nodiscard]] int shownCount() const { return rowCount() - unknownCount(); } ///< revisions that the filter lets through
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }
    [[nodiscard]] bool hasDatabase() const { return m_position.has_value(); }
    /// The edge's child is applied in the connected database; without one every edge is.
    [[nodiscard]] bool isAppliedEdge(const revision::LaneEdge &edge) const;
    /// Where the arrows of cut lines lead: those that leave this row, in the order of their edges; or all those of the one that ends here.
    [[nodiscard]] std::vector<revision::Index> cutTargets(int row, revision::LaneEdge::Kind kind) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void matchesChanged();

private:
    void arrange();
    void traceEdges();
    [[nodiscard]] std::vector<revision::Index> matching(const HistoryQuery &query) const;
    void findAgain();
    [[nodiscard]] RowState stateOf(revision::Index index) const;
    [[nodiscard]] QString messageOf(revision::Index index) const;
    [[nodiscard]] QString spoken(int row) const;
    [[nodiscard]] QString toolTip(int row, int column) const;
    [[nodiscard]] QString sqlText(int row, bool isLong) const;
    [[nodiscard]] int unknownCount() const { return int(m_unknownRows.size()); }

    GraphPtr m_graph;
    revision::LaneLayout m_lanes;
    std::optional<revision::DatabasePosition> m_position;
    QStringList m_unknownRows;
    HistoryQuery m_filter, m_find;
    QString m_filterText, m_findText;
    std::vector<revision::Index> m_shown;   ///< only while filtered
    std::vector<revision::Index> m_matches; ///< of m_find
    std::vector<std::optional<migration::RevisionOutlook>> m_outlooks;
    struct FirstRows {
        std::vector<int> rows{};
        int count = 0;
    };
    void findFirstRows();
    std::vector<FirstRows> m_firstRows; ///< of each finding
    std::vector<project::Finding> m_findings;
    QHash<revision::Index, std::vector<std::size_t>> m_findingsOf; ///< positions in m_findings
    QHash<QString, QString> m_whereabouts;                         ///< of missing revisions, by id
    std::vector<bool> m_pendingEdges;                              ///< by position in the lanes' edges; empty: none
    revision::Marks m_lit;                                         ///< empty: nothing is muted
    int m_pendingCount = 0;
};

} // namespace stillroom::ui
