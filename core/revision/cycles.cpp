// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/cycles.h"

#include <algorithm>
#include <map>

namespace stillroom::revision {

bool isAcyclic(std::size_t count, const Follow &follow)
{
    std::vector<std::uint32_t> incoming(count, 0);
    for (Index i = 0; i < count; ++i)
        for (const Index target : follow(i))
            ++incoming[target];
    std::vector<Index> ready;
    for (Index i = 0; i < count; ++i)
        if (incoming[i] == 0)
            ready.push_back(i);
    std::size_t taken = 0;
    while (!ready.empty()) {
        const Index index = ready.back();
        ready.pop_back();
        ++taken;
        for (const Index target : follow(index))
            if (--incoming[target] == 0)
                ready.push_back(target);
    }
    return taken == count;
}

std::vector<std::vector<Index>> cycles(std::size_t count, const Follow &follow)
{
    struct Visit {
        Index index;
        std::vector<Index> targets;
        std::size_t next = 0;
    };
    constexpr std::uint32_t kUnseen = 0;
    std::vector<std::uint32_t> number(count, kUnseen), low(count, 0);
    std::vector<bool> onStack(count, false);
    std::vector<Index> stack;
    std::vector<Visit> visits;
    std::vector<std::vector<Index>> components;
    std::uint32_t counter = 0;
    const auto enter = [&](Index index) {
        number[index] = low[index] = ++counter;
        stack.push_back(index);
        onStack[index] = true;
        const std::span<const Index> targets = follow(index);
        visits.push_back({.index = index, .targets = {targets.begin(), targets.end()}});
    };
    for (Index root = 0; root < count; ++root) {
        if (number[root] != kUnseen)
            continue;
        enter(root);
        while (!visits.empty()) {
            Visit &visit = visits.back();
            if (visit.next < visit.targets.size()) {
                const Index target = visit.targets[visit.next++];
                if (number[target] == kUnseen)
                    enter(target);
                else if (onStack[target])
                    low[visit.index] = std::min(low[visit.index], number[target]);
                continue;
            }
            const Index done = visit.index;
            visits.pop_back();
            if (!visits.empty())
                low[visits.back().index] = std::min(low[visits.back().index], low[done]);
            if (low[done] != number[done])
                continue;
            std::vector<Index> component;
            Index member = done;
            do {
                member = stack.back();
                stack.pop_back();
                onStack[member] = false;
                component.push_back(member);
            } while (member != done);
            if (component.size() > 1)
                components.push_back(std::move(component));
        }
    }
    return components;
}

std::set<std::pair<Index, Index>> closingEdges(const std::vector<std::vector<Index>> &components, const Follow &follow,
                                               const std::function<bool(Index, Index)> &less)
{
    struct Visit {
        Index index;
        std::vector<Index> targets;
        std::size_t next = 0;
    };
    enum class State { Unseen, Open, Closed };
    std::set<std::pair<Index, Index>> closing;
    for (const std::vector<Index> &component : components) {
        std::vector<Index> members = component;
        std::ranges::sort(members, less);
        std::map<Index, State> states;
        for (const Index member : members)
            states[member] = State::Unseen;
        std::vector<Visit> visits;
        const auto enter = [&](Index index) {
            states[index] = State::Open;
            Visit visit{.index = index, .targets = {}};
            for (const Index target : follow(index))
                if (states.contains(target))
                    visit.targets.push_back(target);
            std::ranges::sort(visit.targets, less);
            visits.push_back(std::move(visit));
        };
        for (const Index root : members) {
            if (states[root] != State::Unseen)
                continue;
            enter(root);
            while (!visits.empty()) {
                Visit &visit = visits.back();
                if (visit.next == visit.targets.size()) {
                    states[visit.index] = State::Closed;
                    visits.pop_back();
                    continue;
                }
                const Index target = visit.targets[visit.next++];
                if (states[target] == State::Open)
                    closing.emplace(visit.index, target);
                else if (states[target] == State::Unseen)
                    enter(target);
            }
        }
    }
    return closing;
}

} // namespace stillroom::revision
