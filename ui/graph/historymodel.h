// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/lanes.h"
#include "revision/plan.h"
#include "revision/revisiongraph.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace stillroom::ui {

/// What a row of the history is for the connected database and for the project.
enum class RowState { NotConnected, Pending, Applied, Current, Missing, Problem, UnknownToProject };
[[nodiscard]] QString stateName(RowState state);

/// The revisions in display order, with their lanes and their state. Version rows that no script has come first, as rows
/// of their own. While a filter is set only matching rows are there, and the lanes between them are not drawn.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { GraphColumn, RevisionColumn, MessageColumn, LabelsColumn, DateColumn, StateColumn, ColumnCount };

    explicit HistoryModel(QObject *parent = nullptr);

    using GraphPtr = std::shared_ptr<const revision::RevisionGraph>;
    void setGraph(GraphPtr graph);
    /// nullopt: no database connected.
    void setPosition(std::optional<revision::DatabasePosition> position);
    void setFilter(const QString &text);
    [[nodiscard]] const QString &filter() const { return m_filter; }
    [[nodiscard]] bool isFiltered() const { return !m_filter.isEmpty(); }

    [[nodiscard]] const GraphPtr &graph() const { return m_graph; }
    [[nodiscard]] const revision::LaneLayout &lanes() const { return m_lanes; }
    [[nodiscard]] std::optional<revision::Index> revisionAt(int row) const;
    [[nodiscard]] int rowOf(const QString &revisionId) const; ///< -1: not shown
    [[nodiscard]] QString idAt(int row) const;
    [[nodiscard]] RowState stateAt(int row) const;
    [[nodiscard]] QStringList labelsAt(int row) const; ///< labels set in this very script
    [[nodiscard]] bool isHeadAt(int row) const;
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }
    [[nodiscard]] bool hasDatabase() const { return m_position.has_value(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void arrange();
    [[nodiscard]] bool matches(revision::Index index) const;
    [[nodiscard]] QString spoken(int row) const;
    [[nodiscard]] QString toolTip(int row) const;
    [[nodiscard]] int unknownCount() const { return int(m_unknownRows.size()); }

    GraphPtr m_graph;
    revision::LaneLayout m_lanes;
    std::optional<revision::DatabasePosition> m_position;
    QStringList m_unknownRows;
    QString m_filter;
    std::vector<revision::Index> m_shown; ///< only while filtered
    int m_pendingCount = 0;
};

} // namespace stillroom::ui
