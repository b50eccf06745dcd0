// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

#include <functional>
#include <set>

/// Cycles in a history that should have none.
namespace stillroom::revision {

using Follow = std::function<std::span<const Index>(Index)>; ///< the span is valid until the next call

[[nodiscard]] bool isAcyclic(std::size_t count, const Follow &follow);

/// The strongly connected parts of more than one revision (Tarjan).
[[nodiscard]] std::vector<std::vector<Index>> cycles(std::size_t count, const Follow &follow);

/// The edges without which these parts have no cycle; which ones they are depends on `less` alone.
[[nodiscard]] std::set<std::pair<Index, Index>> closingEdges(const std::vector<std::vector<Index>> &components, const Follow &follow,
                                                             const std::function<bool(Index, Index)> &less);

} // namespace stillroom::revision
