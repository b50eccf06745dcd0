// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/plan.h"
#include "revision/reach.h"

namespace stillroom::revision {

/// The rows of the version table while a plan is made (Alembic's HeadMaintainer and what a RevisionStep asks of it). Where
/// Alembic takes rows from a Python set, whose order is arbitrary, the order of down_revision and depends_on as written holds.
class VersionRows {
public:
    VersionRows(const RevisionGraph &graph, const QStringList &rows) : m_graph(graph), m_rows(rows) {}
    [[nodiscard]] const QStringList &rows() const { return m_rows; }
    [[nodiscard]] bool contains(const QString &row) const { return m_rows.contains(row); }

    [[nodiscard]] Result<std::vector<VersionChange>> upgraded(Index revision);
    [[nodiscard]] Result<std::vector<VersionChange>> downgraded(Index revision);
    [[nodiscard]] Result<std::vector<VersionChange>> changed(std::vector<VersionChange> changes);

private:
    [[nodiscard]] QStringList replaced(Index revision) const;
    [[nodiscard]] QStringList notBelow(Index revision, const QStringList &ids, const QStringList &rows);
    [[nodiscard]] QStringList notBelowEachOther(const QStringList &ids) const;
    [[nodiscard]] std::vector<Index> indicesOf(const QStringList &ids) const;
    const RevisionGraph &m_graph;
    QStringList m_rows;
    QStringList m_belowOf; ///< along one line the other rows stay the same, so what is below them is kept
    std::optional<LazyAncestors> m_below;
};

} // namespace stillroom::revision
