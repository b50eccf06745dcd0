// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/plan.h"

#include "revision/range.h"
#include "revision/versionrows.h"

#include <algorithm>

namespace stillroom::revision {

namespace {

QString idOf(const RevisionGraph &graph, Index index) { return graph.revisions()[index].header.id; }

QStringList parentIds(const RevisionGraph &graph, Index index)
{
    QStringList ids;
    for (const Index parent : graph.parents(index))
        ids << idOf(graph, parent);
    return ids;
}

Result<void> checkRows(const RevisionGraph &graph, const QStringList &rows)
{
    for (const QString &row : rows) {
        const std::optional<Index> index = graph.find(row);
        if (!index || graph.revisions()[*index].isGhost)
            return std::unexpected(Error{.code = ErrorCode::UnknownRevisionInDatabase, .subject = row});
    }
    return {};
}

Result<void> checkWalk(const RevisionGraph &graph, const QStringList &rows, const QString &target)
{
    if (const std::optional<Error> broken = graph.brokenBy())
        return std::unexpected(*broken);
    if (target.contains(QLatin1Char(':')))
        return std::unexpected(Error{.code = ErrorCode::RangeNeedsSql, .subject = target});
    return checkRows(graph, rows);
}

/// Alembic words a range without an ancestor after the target, not after the ends.
Error forTarget(Error error, const QString &target, const QStringList &rows)
{
    if (error.code == ErrorCode::NotAnAncestor) {
        error.subject = rows.isEmpty() ? QStringLiteral("base") : rows.join(QStringLiteral(", "));
        error.detail = target;
    }
    return error;
}

} // namespace

Result<QStringList> resolve(const RevisionGraph &graph, const QString &target, const QStringList &current)
{
    if (target == QStringLiteral("current"))
        return current;
    const Identifiers identifiers(graph);
    const RangeEnd rows = RangeEnd::standing(current);
    std::vector<Place> places;
    const bool isRelative = Identifiers::isRelative(target);
    const bool isDown = isRelative && target.contains(QLatin1Char('-')) && !target.contains(QLatin1Char('+'));
    if (isDown && !current.isEmpty()) {
        const auto place = identifiers.downgradeTarget(rows, target, true);
        if (!place)
            return std::unexpected(place.error());
        places = {place->place};
    } else if (isRelative && !isDown) {
        const auto found = identifiers.upgradeTarget(rows, RangeEnd::named(target), true);
        if (!found)
            return std::unexpected(found.error());
        places = *found;
    } else {
        auto found = identifiers.revisions(target);
        if (!found && isRelative)
            found = identifiers.upgradeTarget(rows, RangeEnd::named(target), true);
        if (!found)
            return std::unexpected(found.error());
        places = *found;
    }
    QStringList ids;
    for (const Place &place : places) {
        if (place.isRevision())
            ids << idOf(graph, place.index);
        else if (place.kind == Place::Kind::Nowhere)
            return std::unexpected(Error{.code = ErrorCode::WalkTooFar, .subject = target, .detail = QStringLiteral("that many")});
    }
    ids.removeDuplicates();
    return ids;
}

Result<Plan> planUpgrade(const RevisionGraph &graph, const QStringList &currentRows, const QString &target)
{
    if (const auto checked = checkWalk(graph, currentRows, target); !checked)
        return std::unexpected(checked.error());
    const auto range = upgradeRange(graph, RangeEnd::named(target), RangeEnd::standing(currentRows),
                                    {.inclusive = false, .implicitBase = true, .refuseOverwalk = true});
    if (!range)
        return std::unexpected(forTarget(range.error(), target, currentRows));
    Plan plan{.kind = Plan::Kind::Upgrade, .startRows = currentRows, .endRows = {}, .steps = {}};
    VersionRows rows(graph, currentRows);
    for (auto it = range->rbegin(); it != range->rend(); ++it) {
        const auto changes = rows.upgraded(*it);
        if (!changes)
            return std::unexpected(changes.error());
        const QString id = idOf(graph, *it);
        plan.steps.push_back({.kind = Step::Kind::Upgrade, .revision = id, .from = parentIds(graph, *it), .to = {id}, .changes = *changes});
    }
    plan.endRows = rows.rows();
    return plan;
}

Result<Plan> planDowngrade(const RevisionGraph &graph, const QStringList &currentRows, const QString &target)
{
    if (const auto checked = checkWalk(graph, currentRows, target); !checked)
        return std::unexpected(checked.error());
    const auto range = downgradeRange(graph, currentRows, target);
    if (!range)
        return std::unexpected(range.error());
    Plan plan{.kind = Plan::Kind::Downgrade, .startRows = currentRows, .endRows = {}, .steps = {}};
    VersionRows rows(graph, currentRows);
    for (const Index index : *range) {
        const auto changes = rows.downgraded(index);
        if (!changes)
            return std::unexpected(changes.error());
        const QString id = idOf(graph, index);
        plan.steps.push_back({.kind = Step::Kind::Downgrade, .revision = id, .from = {id}, .to = parentIds(graph, index), .changes = *changes});
    }
    plan.endRows = rows.rows();
    return plan;
}

Result<Plan> planRange(const RevisionGraph &graph, const QString &from, const QString &to, RangeDirection direction)
{
    if (const std::optional<Error> broken = graph.brokenBy())
        return std::unexpected(*broken);
    QStringList rows;
    if (from != QStringLiteral("base")) {
        const auto place = Identifiers(graph).revision(from);
        if (!place)
            return std::unexpected(place.error());
        if (!place->isRevision())
            return std::unexpected(
                Error{.code = ErrorCode::IllegalTarget, .subject = from, .detail = QStringLiteral("a range starts at one revision, or at base")});
        rows << idOf(graph, place->index);
    }
    return direction == RangeDirection::Upgrade ? planUpgrade(graph, rows, to) : planDowngrade(graph, rows, to);
}

Result<std::vector<Index>> history(const RevisionGraph &graph, const QString &start, const QString &end, const QStringList &currentRows)
{
    // Alembic takes "current" on one side only, and rows that are not there as the side left out.
    const QString current = QStringLiteral("current");
    RangeEnd upper = RangeEnd::named(end.isEmpty() ? QStringLiteral("heads") : end);
    RangeEnd lower = RangeEnd::named(start.isEmpty() ? QStringLiteral("base") : start);
    if (start == current || end == current) {
        if (const auto checked = checkRows(graph, currentRows); !checked)
            return std::unexpected(checked.error());
        RangeEnd &side = end == current ? upper : lower;
        if (!currentRows.isEmpty())
            side = RangeEnd::standing(currentRows);
        else
            side = RangeEnd::named(end == current ? QStringLiteral("heads") : QStringLiteral("base"));
    }
    return upgradeRange(graph, upper, lower, {.inclusive = true, .implicitBase = false, .refuseOverwalk = false});
}

QStringList currentRevisions(const RevisionGraph &graph, const QStringList &rows)
{
    std::vector<Index> standing;
    for (const QString &row : rows)
        if (const std::optional<Index> index = graph.find(row))
            standing.push_back(*index);
    const Marks applied = ancestors(graph, standing, Edges::WithDependencies);
    QStringList result;
    for (Index i = 0; i < applied.size(); ++i)
        if (applied[i] && std::ranges::none_of(graph.children(i), [&applied](Index child) { return applied[child]; }))
            result << idOf(graph, i);
    return result;
}

DatabasePosition locate(const RevisionGraph &graph, const QStringList &rows)
{
    DatabasePosition position;
    position.states.assign(graph.revisions().size(), DatabasePosition::State::Pending);
    std::vector<Index> standing;
    for (const QString &row : rows) {
        const std::optional<Index> index = graph.find(row);
        if (index && !graph.revisions()[*index].isGhost)
            standing.push_back(*index);
        else
            position.unknownRows << row;
    }
    const Marks applied = ancestors(graph, standing, Edges::WithDependencies);
    for (Index i = 0; i < applied.size(); ++i)
        if (applied[i])
            position.states[i] = DatabasePosition::State::Applied;
    for (const Index index : standing)
        position.states[index] = DatabasePosition::State::Current;
    return position;
}

} // namespace stillroom::revision
