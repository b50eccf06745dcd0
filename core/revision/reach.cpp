// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/reach.h"

#include <algorithm>
#include <functional>
#include <queue>

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

namespace {

/// The ancestors of one revision, looked for only as far as asked. Rows of the graph stand children before parents, so an
/// ancestor has the greater index, and everything between must have been looked at before the answer is no.
class LazyAncestors {
public:
    LazyAncestors(const RevisionGraph &graph, Index from) : m_graph(&graph), m_from(from) {}
    bool contains(Index wanted)
    {
        if (wanted < m_from)
            return false;
        if (m_seen.empty()) {
            m_seen.assign(m_graph->revisions().size() - m_from, false);
            see(m_from);
        }
        while (!m_frontier.empty() && m_frontier.top() < wanted) {
            const Index index = m_frontier.top();
            m_frontier.pop();
            for (const Index parent : m_graph->parents(index))
                see(parent);
            for (const Index dependency : m_graph->ownDependencies(index))
                see(dependency);
        }
        return m_seen[wanted - m_from];
    }

private:
    void see(Index index)
    {
        if (m_seen[index - m_from])
            return;
        m_seen[index - m_from] = true;
        m_frontier.push(index);
    }
    const RevisionGraph *m_graph;
    Index m_from;
    std::vector<bool> m_seen;
    std::priority_queue<Index, std::vector<Index>, std::greater<>> m_frontier;
};

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
    std::vector<Line> lines;
    for (const Index start : starts)
        lines.push_back({start, {graph, start}});

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
            lines[current].ancestors = {graph, next.front()};
        for (std::size_t i = 1; i < next.size(); ++i)
            lines.push_back({next[i], {graph, next[i]}});
    }
    return output;
}

} // namespace stillroom::revision
