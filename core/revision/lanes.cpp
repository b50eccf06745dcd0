// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/lanes.h"

#include <algorithm>
#include <limits>

namespace stillroom::revision {

namespace {

constexpr std::uint8_t kColours = 8;
constexpr Index kFree = std::numeric_limits<Index>::max();
/// An edge this short is drawn even where all lanes are taken.
constexpr Index kAlwaysDrawn = 4;

struct Wire {
    Index awaited = kFree;
    std::uint8_t colour = 0;
    bool isDependency = false;
    [[nodiscard]] bool isFree() const { return awaited == kFree; }
    [[nodiscard]] bool leadsTo(Index row, bool asDependency) const { return awaited == row && isDependency == asDependency; }
};

/// The line that lane 0 belongs to: from the revision given up to a head and down to a base, by first parents.
std::vector<bool> firstLine(const RevisionGraph &graph, std::optional<Index> through)
{
    std::vector<bool> line(graph.revisions().size(), false);
    if (line.empty())
        return line;
    Index top = through.value_or(0);
    for (bool climbing = true; climbing;) {
        climbing = false;
        const auto children = graph.children(top);
        for (auto child = children.rbegin(); child != children.rend() && !climbing; ++child) {
            if (graph.parents(*child).front() == top) {
                top = *child;
                climbing = true;
            }
        }
    }
    for (std::optional<Index> row = top; row;) {
        line[*row] = true;
        const auto parents = graph.parents(*row);
        row = parents.empty() ? std::nullopt : std::optional(parents.front());
    }
    return line;
}

/// Goes down the rows with the wires that are open between two of them.
class Weaver {
public:
    Weaver(const RevisionGraph &graph, std::optional<Index> keep, int laneCap, int cutLonger, std::vector<LaneEdge> &edges,
           std::vector<CutEdge> &cuts)
        : m_graph(graph), m_isFirstLine(firstLine(graph, keep)), m_cutInto(graph.revisions().size(), 0), m_laneCap(static_cast<std::size_t>(laneCap)),
          m_cutLonger(static_cast<Index>(cutLonger)), m_edges(edges), m_cuts(cuts)
    {
    }

    struct Dot {
        std::size_t lane;
        std::uint8_t colour;
    };

    Dot row(Index row)
    {
        const Dot dot = place(row);
        endWires(row, dot);
        passWires(dot);
        if (m_cutInto[row] != 0)
            m_edges.push_back(edge(freeAbove(), dot.lane, dot.colour, LaneEdge::Kind::CutEnd, m_cutInto[row] == kDependencyCut));
        bool isFirst = true;
        for (const Index parent : m_graph.parents(row)) {
            start(row, parent, dot, isFirst, false);
            isFirst = false;
        }
        for (const Index dependency : m_graph.dependencies(row))
            start(row, dependency, dot, false, true);
        for (const LaneEdge &cut : m_cutStarts) {
            LaneEdge stub = cut;
            stub.to = static_cast<std::uint16_t>(freeBelow(dot.lane));
            m_usedByStub.push_back(stub.to);
            m_edges.push_back(stub);
        }
        m_cutStarts.clear();
        m_usedByStub.clear();
        return dot;
    }

private:
    static constexpr std::uint8_t kParentCut = 1, kDependencyCut = 2;

    static LaneEdge edge(std::size_t from, std::size_t to, std::uint8_t colour, LaneEdge::Kind kind, bool isDependency)
    {
        return {static_cast<std::uint16_t>(from), static_cast<std::uint16_t>(to), colour, kind, isDependency};
    }

    std::uint8_t nextColour()
    {
        m_lastColour = static_cast<std::uint8_t>(m_lastColour % (kColours - 1) + 1); // 0 is the first line's
        return m_lastColour;
    }

    /// The leftmost lane that no wire has; never the first.
    std::size_t freeLane() const
    {
        std::size_t lane = 1;
        while (lane < m_wires.size() && !m_wires[lane].isFree())
            ++lane;
        return lane;
    }

    void open(std::size_t lane, Wire wire)
    {
        if (lane >= m_wires.size())
            m_wires.resize(lane + 1);
        m_wires[lane] = wire;
    }

    Dot place(Index row)
    {
        m_above.assign(m_wires.begin(), m_wires.end());
        Dot dot{0, 0};
        if (!m_isFirstLine[row]) {
            const auto awaited = std::ranges::find_if(m_wires, [row](const Wire &wire) { return wire.leadsTo(row, false); });
            if (awaited != m_wires.end()) {
                dot = {static_cast<std::size_t>(awaited - m_wires.begin()), awaited->colour};
            } else {
                dot = {freeLane(), nextColour()};
            }
        }
        return dot;
    }

    void endWires(Index row, const Dot &dot)
    {
        for (std::size_t lane = 0; lane < m_wires.size(); ++lane) {
            if (m_wires[lane].awaited != row)
                continue;
            m_edges.push_back(edge(lane, dot.lane, m_wires[lane].colour, LaneEdge::Kind::ToDot, m_wires[lane].isDependency));
            m_wires[lane] = {};
        }
    }

    /// Straight down; beyond the cap a wire moves left where it can.
    void passWires(const Dot &dot)
    {
        for (std::size_t lane = 0; lane < m_wires.size(); ++lane) {
            if (m_wires[lane].isFree())
                continue;
            std::size_t to = lane;
            if (lane >= m_laneCap) {
                const std::size_t left = freeLane();
                // Only into a lane that was free above as well and is not the dot's: nothing may cross in it.
                if (left < m_laneCap && left != dot.lane && (left >= m_above.size() || m_above[left].isFree()))
                    to = left;
            }
            m_edges.push_back(edge(lane, to, m_wires[lane].colour, LaneEdge::Kind::Through, m_wires[lane].isDependency));
            if (to != lane) {
                m_wires[to] = m_wires[lane];
                m_wires[lane] = {};
            }
        }
        while (!m_wires.empty() && m_wires.back().isFree())
            m_wires.pop_back();
    }

    void start(Index row, Index target, const Dot &dot, bool isFirst, bool isDependency)
    {
        const bool isFirstLine = isFirst && m_isFirstLine[row];
        if (!isFirstLine) {
            const auto standing = std::ranges::find_if(m_wires, [=](const Wire &wire) { return wire.leadsTo(target, isDependency); });
            if (standing != m_wires.end()) { // joins the line that leads there already
                m_edges.push_back(
                    edge(dot.lane, static_cast<std::size_t>(standing - m_wires.begin()), standing->colour, LaneEdge::Kind::FromDot, isDependency));
                return;
            }
        }
        std::size_t lane = 0;
        if (!isFirstLine) {
            const bool ownLaneIsFree = dot.lane > 0 && (dot.lane >= m_wires.size() || m_wires[dot.lane].isFree());
            lane = isFirst && ownLaneIsFree ? dot.lane : freeLane();
            const Index length = target - row;
            if (length > m_cutLonger || (lane >= m_laneCap && length > kAlwaysDrawn)) {
                m_cutInto[target] |= isDependency ? kDependencyCut : kParentCut;
                m_cutStarts.push_back(edge(dot.lane, dot.lane, dot.colour, LaneEdge::Kind::CutStart, isDependency));
                m_cuts.push_back({row, target, isDependency});
                return;
            }
        }
        const std::uint8_t colour = isFirst ? dot.colour : nextColour();
        open(lane, {target, colour, isDependency});
        m_edges.push_back(edge(dot.lane, lane, colour, LaneEdge::Kind::FromDot, isDependency));
    }

    std::size_t freeAbove() const
    {
        std::size_t lane = 1;
        while (lane < m_above.size() && !m_above[lane].isFree())
            ++lane;
        return lane;
    }

    std::size_t freeBelow(std::size_t preferred) const
    {
        const auto isTaken = [this](std::size_t lane) {
            return (lane < m_wires.size() && !m_wires[lane].isFree()) || std::ranges::find(m_usedByStub, lane) != m_usedByStub.end();
        };
        std::size_t lane = preferred;
        if (isTaken(lane))
            for (lane = 1; isTaken(lane);)
                ++lane;
        return lane;
    }

    const RevisionGraph &m_graph;
    std::vector<bool> m_isFirstLine;
    std::vector<std::uint8_t> m_cutInto; ///< kinds of cut edges that end in a row
    std::vector<Wire> m_wires, m_above;  ///< below and above the row, by lane
    std::vector<LaneEdge> m_cutStarts;
    std::vector<std::size_t> m_usedByStub;
    std::size_t m_laneCap;
    Index m_cutLonger;
    std::uint8_t m_lastColour = 0;
    std::vector<LaneEdge> &m_edges;
    std::vector<CutEdge> &m_cuts;
};

} // namespace

LaneLayout::LaneLayout(const RevisionGraph &graph, std::optional<Index> keepInFirstLane, int laneCap, int cutLongerThanRows)
{
    const std::size_t count = graph.revisions().size();
    m_dots.reserve(count);
    m_dotColours.reserve(count);
    m_offsets.reserve(count + 1);
    m_edges.reserve(count * 3);
    Weaver weaver(graph, keepInFirstLane, laneCap, cutLongerThanRows, m_edges, m_cuts);
    for (Index row = 0; row < count; ++row) {
        const Weaver::Dot dot = weaver.row(row);
        m_dots.push_back(static_cast<std::uint16_t>(dot.lane));
        m_dotColours.push_back(dot.colour);
        m_offsets.push_back(static_cast<std::uint32_t>(m_edges.size()));
    }
    for (const LaneEdge &edge : m_edges)
        m_laneCount = std::max({m_laneCount, edge.from + 1, edge.to + 1});
    for (const std::uint16_t dot : m_dots)
        m_laneCount = std::max(m_laneCount, dot + 1);
}

std::span<const CutEdge> LaneLayout::cutsFrom(Index row) const
{
    const auto cuts = std::ranges::equal_range(m_cuts, row, {}, &CutEdge::child);
    return {cuts.begin(), cuts.end()};
}

std::vector<CutEdge> LaneLayout::cutsInto(Index row) const
{
    std::vector<CutEdge> cuts;
    std::ranges::copy_if(m_cuts, std::back_inserter(cuts), [row](const CutEdge &cut) { return cut.parent == row; });
    return cuts;
}

} // namespace stillroom::revision
