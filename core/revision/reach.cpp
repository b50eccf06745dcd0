// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/reach.h"

#include <algorithm>

namespace stillroom::revision {

namespace {

using Follow = void (*)(const RevisionGraph &, Index, std::vector<Index> &);

void push(std::vector<Index> &todo, std::span<const Index> targets) { todo.insert(todo.end(), targets.begin(), targets.end()); }

void pushParents(const RevisionGraph &graph, Index index, std::vector<Index> &todo) { push(todo, graph.parents(index)); }
void pushAllParents(const RevisionGraph &graph, Index index, std::vector<Index> &todo)
{
    push(todo, graph.parents(index));
    push(todo, graph.ownDependencies(index));
}
void pushChildren(const RevisionGraph &graph, Index index, std::vector<Index> &todo) { push(todo, graph.children(index)); }
void pushAllChildren(const RevisionGraph &graph, Index index, std::vector<Index> &todo)
{
    push(todo, graph.children(index));
    push(todo, graph.dependents(index));
}

Follow follow(Edges edges, bool downwards)
{
    if (downwards)
        return edges == Edges::Versioned ? pushParents : pushAllParents;
    return edges == Edges::Versioned ? pushChildren : pushAllChildren;
}

Marks closure(const RevisionGraph &graph, std::vector<Index> todo, Follow next)
{
    Marks seen(graph.revisions().size(), false);
    while (!todo.empty()) {
        const Index index = todo.back();
        todo.pop_back();
        if (seen[index])
            continue;
        seen[index] = true;
        next(graph, index, todo);
    }
    return seen;
}

} // namespace

Marks ancestors(const RevisionGraph &graph, std::span<const Index> from, Edges edges)
{
    return closure(graph, {from.begin(), from.end()}, follow(edges, true));
}

Marks descendants(const RevisionGraph &graph, std::span<const Index> from, Edges edges)
{
    return closure(graph, {from.begin(), from.end()}, follow(edges, false));
}

std::optional<Index> overlapping(const RevisionGraph &graph, std::span<const Index> targets, Edges edges, bool downwards)
{
    if (targets.size() < 2)
        return std::nullopt;
    const Follow next = follow(edges, downwards);
    std::vector<Index> below;
    for (const Index target : targets)
        next(graph, target, below);
    const Marks reached = closure(graph, std::move(below), next);
    const auto it = std::ranges::find_if(targets, [&reached](Index target) { return reached[target]; });
    return it == targets.end() ? std::nullopt : std::optional(*it);
}

LazyAncestors::LazyAncestors(const RevisionGraph &graph, std::span<const Index> from) : m_graph(&graph), m_from(from.begin(), from.end())
{
    m_first = m_from.empty() ? 0 : *std::ranges::min_element(m_from);
}

bool LazyAncestors::contains(Index wanted)
{
    if (m_from.empty() || wanted < m_first)
        return false;
    if (m_seen.empty()) {
        m_seen.assign(m_graph->revisions().size() - m_first, false);
        for (const Index index : m_from)
            see(index);
    }
    while (!m_frontier.empty() && m_frontier.top() < wanted) {
        const Index index = m_frontier.top();
        m_frontier.pop();
        for (const Index parent : m_graph->parents(index))
            see(parent);
        for (const Index dependency : m_graph->ownDependencies(index))
            see(dependency);
    }
    return m_seen[wanted - m_first];
}

void LazyAncestors::see(Index index)
{
    if (m_seen[index - m_first])
        return;
    m_seen[index - m_first] = true;
    m_frontier.push(index);
}

namespace {

struct Line {
    Index candidate;
    LazyAncestors ancestors;
};

} // namespace

std::vector<Index> sortTopologically(const RevisionGraph &graph, const Marks &revisions, std::span<const Index> heads)
{
    Marks todo = revisions;
    std::vector<Index> starts;
    for (const Index head : heads)
        if (todo[head] && std::ranges::find(starts, head) == starts.end())
            starts.push_back(head);
    std::ranges::sort(starts, {}, [&graph](Index index) { return graph.loadRank(index); });
    const auto lineFrom = [&graph](Index index) { return Line{index, {graph, std::span(&index, 1)}}; };
    std::vector<Line> lines;
    for (const Index start : starts)
        lines.push_back(lineFrom(start));

    std::vector<Index> output;
    std::vector<Index> next;
    std::size_t current = 0;
    while (!lines.empty()) {
        const Index candidate = lines[current].candidate;
        std::size_t blocking = 0;
        while (blocking < lines.size() && (blocking == current || !lines[blocking].ancestors.contains(candidate)))
            ++blocking;
        if (blocking < lines.size()) { // another line still leads here and has to go first
            current = blocking;
            continue;
        }
        if (todo[candidate]) {
            output.push_back(candidate);
            todo[candidate] = false;
        }
        next.clear();
        for (const auto &targets : {graph.parents(candidate), graph.ownDependencies(candidate)})
            for (const Index target : targets)
                if (todo[target] && std::ranges::find(next, target) == next.end() &&
                    std::ranges::find(lines, target, &Line::candidate) == lines.end())
                    next.push_back(target);
        if (next.empty()) {
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(current));
            current = current > 0 ? current - 1 : 0;
            continue;
        }
        lines[current].candidate = next.front();
        // Along a plain line what was found stays true: the revision just taken never becomes a candidate again.
        if (!graph.ownDependencies(candidate).empty() || graph.parents(candidate).size() != 1)
            lines[current] = lineFrom(next.front());
        for (std::size_t i = 1; i < next.size(); ++i)
            lines.push_back(lineFrom(next[i]));
    }
    return output;
}

} // namespace stillroom::revision
