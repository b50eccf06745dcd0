// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

/// Where the lines of the painted graph run: one row for each revision, plain data (gui.md 2).
namespace stillroom::revision {

struct LaneEdge {
    enum class Kind : std::uint8_t {
        Through,
        FromDot,
        ToDot,
        CutStart,
        CutEnd
    }; ///< passes by; starts at the row's dot; ends in it; arrow stubs of a cut line
    std::uint16_t from;  ///< lane at the row's top
    std::uint16_t to;    ///< lane at the row's bottom
    std::uint8_t colour; ///< index into the eight lane colours
    Kind kind;
    bool isDependency; ///< depends_on: drawn dotted
    bool operator==(const LaneEdge &) const = default;
};

/// A line that is not drawn through: an arrow leaves its child's row (CutStart), another ends in its parent's (CutEnd).
struct CutEdge {
    Index child, parent;
    bool isDependency;
    bool operator==(const CutEdge &) const = default;
};

class LaneLayout {
public:
    LaneLayout() = default;
    /// `currentRow`: the connected database's line is kept in lane 0; nullopt: the first head's.
    explicit LaneLayout(const RevisionGraph &graph, std::optional<Index> keepInFirstLane = {}, int laneCap = 12, int cutLongerThanRows = 60);
    [[nodiscard]] std::uint16_t dotLane(Index row) const { return m_dots[row]; }
    [[nodiscard]] std::uint8_t dotColour(Index row) const { return m_dotColours[row]; }
    [[nodiscard]] std::span<const LaneEdge> edges(Index row) const { return {m_edges.data() + m_offsets[row], m_offsets[row + 1] - m_offsets[row]}; }
    /// Whose arrows leave this row, in the order of its CutStart edges.
    [[nodiscard]] std::span<const CutEdge> cutsFrom(Index row) const;
    /// Whose arrows end in this row's one CutEnd edge, children first to last.
    [[nodiscard]] std::vector<CutEdge> cutsInto(Index row) const;
    [[nodiscard]] int laneCount() const { return m_laneCount; }

private:
    std::vector<std::uint16_t> m_dots;
    std::vector<std::uint8_t> m_dotColours;
    std::vector<std::uint32_t> m_offsets{0};
    std::vector<LaneEdge> m_edges;
    std::vector<CutEdge> m_cuts; ///< by child
    int m_laneCount = 0;
};

} // namespace stillroom::revision
