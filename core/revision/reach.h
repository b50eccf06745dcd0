// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

#include <functional>
#include <queue>

/// What can be reached from where (Alembic's _get_ancestor_nodes and _get_descendant_nodes). The revisions started from are
/// always part of the answer.
namespace stillroom::revision {

enum class Edges { Versioned, WithDependencies }; ///< down_revision alone, or depends_on as well

using Marks = std::vector<bool>; ///< by Index

[[nodiscard]] Marks ancestors(const RevisionGraph &graph, std::span<const Index> from, Edges edges);
[[nodiscard]] Marks descendants(const RevisionGraph &graph, std::span<const Index> from, Edges edges);

/// The first of `targets` that is an ancestor (descendant) of another one.
[[nodiscard]] std::optional<Index> overlapping(const RevisionGraph &graph, std::span<const Index> targets, Edges edges, bool downwards);

/// The ancestors of some revisions (dependencies too), looked for only as far as asked. Rows of the graph stand children
/// before parents, so an ancestor has the greater index, and everything between must have been looked at before the answer
/// is no.
class LazyAncestors {
public:
    LazyAncestors(const RevisionGraph &graph, std::span<const Index> from);
    [[nodiscard]] bool contains(Index wanted);

private:
    void see(Index index);
    const RevisionGraph *m_graph;
    std::vector<Index> m_from;
    Index m_first = 0;
    Marks m_seen;
    std::priority_queue<Index, std::vector<Index>, std::greater<>> m_frontier;
};

/// Alembic's _topological_sort: newest first, one line after the other, lines that are equal by loading order.
[[nodiscard]] std::vector<Index> sortTopologically(const RevisionGraph &graph, const Marks &revisions, std::span<const Index> heads);

} // namespace stillroom::revision
