// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/identifier.h"
#include "revision/plan.h"
#include "revision/versionrows.h"

#include <algorithm>

/// `stamp` (Alembic's ScriptDirectory._stamp_revs and StampStep).
namespace stillroom::revision {

namespace {

struct Stamping {
    const RevisionGraph &graph;
    std::vector<Index> heads; ///< the rows that share a line with a target
    VersionRows rows;
    Plan plan;

    [[nodiscard]] QStringList ids(std::span<const Index> indices) const
    {
        QStringList result;
        for (const Index index : indices)
            result << graph.revisions()[index].header.id;
        return result;
    }
    Result<void> take(const QStringList &from, const QStringList &to, std::vector<VersionChange> wanted)
    {
        const auto changes = rows.changed(std::move(wanted));
        if (!changes)
            return std::unexpected(changes.error());
        plan.steps.push_back(
            {.kind = Step::Kind::Stamp, .revision = to.isEmpty() ? from.value(0) : to.front(), .from = from, .to = to, .changes = *changes});
        return {};
    }
};

Result<void> removeRows(Stamping &stamping)
{
    for (const QString &id : stamping.ids(stamping.heads))
        if (const auto taken = stamping.take({id}, {}, {{VersionChange::Kind::Delete, id, {}}}); !taken)
            return taken;
    return {};
}

Result<void> moveRows(Stamping &stamping, Index destination, bool isUpgrade)
{
    const QString id = stamping.graph.revisions()[destination].header.id;
    const QStringList from = stamping.ids(stamping.heads);
    const bool anyGone = std::ranges::any_of(from, [&stamping](const QString &row) { return !stamping.rows.contains(row); });
    if (isUpgrade && anyGone && !stamping.rows.contains(id))
        return stamping.take(from, {id}, {{VersionChange::Kind::Insert, {}, id}});
    std::vector<VersionChange> changes;
    for (qsizetype i = 0; i + 1 < from.size(); ++i)
        changes.push_back({VersionChange::Kind::Delete, from[i], {}});
    changes.push_back({VersionChange::Kind::Update, from.back(), id});
    return stamping.take(from, {id}, std::move(changes));
}

Result<void> stampOne(Stamping &stamping, const Place &destination)
{
    if (destination.kind == Place::Kind::Nowhere)
        return removeRows(stamping);
    if (destination.kind == Place::Kind::Base)
        return std::unexpected(Error{.code = ErrorCode::IllegalTarget,
                                     .subject = QStringLiteral("base"),
                                     .detail = QStringLiteral("a stamp names base itself, not a way to it")});
    if (std::ranges::find(stamping.heads, destination.index) != stamping.heads.end())
        return {};
    const std::vector<Index> of{destination.index};
    const Marks above = descendants(stamping.graph, of, Edges::WithDependencies);
    const Marks below = ancestors(stamping.graph, of, Edges::WithDependencies);
    const bool isDowngrade = std::ranges::any_of(stamping.heads, [&above](Index head) { return above[head]; });
    const bool isUpgrade = std::ranges::any_of(stamping.heads, [&below](Index head) { return below[head]; });
    const QString id = stamping.graph.revisions()[destination.index].header.id;
    if (isDowngrade && isUpgrade)
        return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = id, .candidates = stamping.ids(stamping.heads)});
    if (isDowngrade || isUpgrade)
        return moveRows(stamping, destination.index, isUpgrade);
    if (stamping.rows.contains(id)) // a row already, though of no line that was asked for
        return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = id, .candidates = stamping.rows.rows()});
    return stamping.take({}, {id}, {{VersionChange::Kind::Insert, {}, id}});
}

} // namespace

Result<Plan> planStamp(const RevisionGraph &graph, const QStringList &currentRows, const QStringList &targets, bool purge)
{
    if (const std::optional<Error> broken = graph.brokenBy())
        return std::unexpected(*broken);
    Stamping stamping{.graph = graph,
                      .heads = {},
                      .rows = VersionRows(graph, currentRows),
                      .plan = {.kind = Plan::Kind::Stamp, .startRows = currentRows, .endRows = {}, .steps = {}}};
    if (purge && !currentRows.isEmpty()) {
        std::vector<VersionChange> changes;
        for (const QString &row : currentRows)
            changes.push_back({VersionChange::Kind::Delete, row, {}});
        if (const auto taken = stamping.take(currentRows, {}, std::move(changes)); !taken)
            return std::unexpected(taken.error());
        stamping.plan.steps.back().revision.clear();
    }
    std::vector<Index> standing;
    for (const QString &row : stamping.rows.rows()) {
        const std::optional<Index> index = graph.find(row);
        if (!index)
            return std::unexpected(Error{.code = ErrorCode::UnknownRevisionInDatabase, .subject = row});
        standing.push_back(*index);
    }
    const Identifiers identifiers(graph);
    const QStringList wanted = targets.isEmpty() ? QStringList{QStringLiteral("base")} : targets;
    for (const QString &target : wanted) {
        const auto onLine = identifiers.filterForLineage(standing, target, Edges::WithDependencies);
        if (!onLine)
            return std::unexpected(onLine.error());
        for (const Index head : *onLine)
            if (std::ranges::find(stamping.heads, head) == stamping.heads.end())
                stamping.heads.push_back(head);
    }
    auto destinations = identifiers.revisions(wanted);
    if (!destinations)
        return std::unexpected(destinations.error());
    if (destinations->empty())
        destinations->push_back({});
    for (const Place &destination : *destinations)
        if (const auto stamped = stampOne(stamping, destination); !stamped)
            return std::unexpected(stamped.error());
    stamping.plan.endRows = stamping.rows.rows();
    return stamping.plan;
}

} // namespace stillroom::revision
