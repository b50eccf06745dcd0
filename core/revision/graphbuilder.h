// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

namespace stillroom::revision {

/// Adjacency while the graph is being built: a list of targets for each revision, in one array.
class EdgeTable {
public:
    void clear(std::size_t count);
    void beginRow() { m_offsets.push_back(static_cast<std::uint32_t>(m_targets.size())); }
    /// Adds to the row begun last; a target that the row already has is left out.
    void add(Index target);
    void finish(std::size_t count);
    [[nodiscard]] std::span<const Index> operator[](Index row) const
    {
        return {m_targets.data() + m_offsets[row], m_offsets[row + 1] - m_offsets[row]};
    }
    [[nodiscard]] std::size_t rowCount() const { return m_offsets.size() - 1; }
    [[nodiscard]] EdgeTable reversed() const;
    template<class Keep>
    [[nodiscard]] EdgeTable filtered(Keep keep) const
    {
        EdgeTable result;
        result.clear(rowCount());
        for (Index row = 0; row < rowCount(); ++row) {
            result.beginRow();
            for (const Index target : (*this)[row])
                if (keep(row, target))
                    result.add(target);
        }
        result.finish(rowCount());
        return result;
    }

private:
    std::vector<std::uint32_t> m_offsets;
    std::vector<Index> m_targets;
};

/// Makes a RevisionGraph from headers. Numbers revisions in loading order first, ghosts last, and renumbers into display
/// order at the end.
class GraphBuilder {
public:
    GraphBuilder(RevisionGraph &graph, std::vector<Header> headers);
    void build();

private:
    void nameUnreadableScripts();
    void chooseAmongDuplicates();
    void checkIds();
    void mapLabels();
    void connect();
    Index ghost(const QString &id);
    std::optional<Index> dependencyNamed(const QString &name);
    void breakCycles();
    void keepOwnDependencies();
    void spreadLabels();
    void orderForDisplay();
    void write();
    void addDefect(Defect::Kind kind, const QString &subject, const std::vector<Index> &concerned, int line = 0);

    RevisionGraph &m_graph;
    std::vector<Header> m_headers;
    std::vector<RevisionGraph::Revision> m_nodes;
    QHash<QString, Index> m_byId, m_byLabel;
    QStringList m_ghosts;
    std::vector<std::pair<QString, Index>> m_sortedIds; ///< made when a depends_on is a prefix
    EdgeTable m_parents, m_dependencies, m_ownDependencies, m_children, m_dependents;
    std::vector<Index> m_parentsFirst; ///< every revision after its parents and dependencies
    std::vector<Index> m_display;
};

} // namespace stillroom::revision
