// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/range.h"

#include <algorithm>

namespace stillroom::revision {

namespace {

QString text(const RangeEnd &end)
{
    if (!end.isRows)
        return end.name;
    return end.rows.isEmpty() ? QStringLiteral("base") : end.rows.join(QStringLiteral(", "));
}

/// The revisions among the places; anything else is an error, since no walk starts or ends there.
Result<std::vector<Index>> onlyRevisions(const std::vector<Place> &places, const RangeEnd &end)
{
    std::vector<Index> result;
    for (const Place &place : places) {
        if (!place.isRevision())
            return std::unexpected(Error{.code = ErrorCode::WalkTooFar, .subject = text(end), .detail = QStringLiteral("that many")});
        result.push_back(place.index);
    }
    return result;
}

Result<void> refuseOverlap(const RevisionGraph &graph, std::span<const Index> targets, Edges edges, bool downwards)
{
    const std::optional<Index> overlap = overlapping(graph, targets, edges, downwards);
    if (!overlap)
        return {};
    Error error{.code = ErrorCode::TargetsOverlap, .subject = graph.revisions()[*overlap].header.id};
    for (const Index target : targets)
        if (target != *overlap)
            error.candidates << graph.revisions()[target].header.id;
    return std::unexpected(error);
}

/// `label@…` as the lower end keeps only the targets of that branch.
Result<void> keepBranchOf(const RevisionGraph &graph, const Identifiers &identifiers, const QString &lower, std::vector<Index> &targets)
{
    QString label = lower.left(lower.indexOf(QLatin1Char('@')));
    const auto place = identifiers.revision(label);
    if (!place)
        return std::unexpected(place.error());
    if (place->isRevision() && graph.revisions()[place->index].header.id == label) {
        const QStringList &labels = graph.revisions()[place->index].effectiveLabels;
        if (labels.size() != 1)
            return std::unexpected(Error{.code = ErrorCode::NoSuchBranch, .subject = label, .candidates = labels});
        label = labels.front();
    }
    std::erase_if(targets, [&](Index target) { return !graph.revisions()[target].effectiveLabels.contains(label); });
    return {};
}

struct Lower {
    std::vector<Index> revisions; ///< what is there already
    std::vector<Index> included;  ///< what an inclusive range shows of it
};

Result<Lower> lowerRevisions(const Identifiers &identifiers, const RangeEnd &upper, const RangeEnd &lower, const RangeOptions &options,
                             const std::vector<Place> &places)
{
    Lower result;
    if (!places.empty() && places.front().kind == Place::Kind::Nowhere) {
        // a relative name that left the graph from the heads: it counts from the upper end
        if (lower.isRows)
            return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = text(lower)});
        const auto target = identifiers.downgradeTarget(upper, lower.name, options.refuseOverwalk);
        if (!target)
            return std::unexpected(target.error());
        if (target->place.isRevision())
            result.revisions = {target->place.index};
        else if (target->place.kind == Place::Kind::Nowhere)
            return std::unexpected(Error{.code = ErrorCode::WalkTooFar, .subject = lower.name, .detail = QStringLiteral("that many")});
        result.included = result.revisions;
        return result;
    }
    const auto revisions = onlyRevisions(places, lower);
    if (!revisions)
        return std::unexpected(revisions.error());
    result.revisions = result.included = *revisions;
    return result;
}

} // namespace

Result<std::vector<Index>> upgradeRange(const RevisionGraph &graph, const RangeEnd &upper, const RangeEnd &lower, const RangeOptions &options)
{
    const Identifiers identifiers(graph);
    const auto targetPlaces = identifiers.upgradeTarget(lower, upper, options.refuseOverwalk);
    if (!targetPlaces)
        return std::unexpected(targetPlaces.error());
    auto targets = onlyRevisions(*targetPlaces, upper);
    if (!targets)
        return std::unexpected(targets.error());
    if (!lower.isRows && lower.name.contains(QLatin1Char('@')))
        if (const auto kept = keepBranchOf(graph, identifiers, lower.name, *targets); !kept)
            return std::unexpected(kept.error());
    if (const auto checked = refuseOverlap(graph, *targets, Edges::WithDependencies, true); !checked)
        return std::unexpected(checked.error());
    const Marks required = ancestors(graph, *targets, Edges::WithDependencies);

    const auto lowerPlaces = identifiers.revisions(lower);
    if (!lowerPlaces)
        return std::unexpected(lowerPlaces.error());
    const auto isOutside = [&required](const Place &place) {
        return place.kind == Place::Kind::Base || (place.isRevision() && !required[place.index]);
    };
    if (!options.implicitBase && std::ranges::any_of(*lowerPlaces, isOutside))
        return std::unexpected(Error{.code = ErrorCode::NotAnAncestor, .subject = text(lower), .detail = text(upper)});
    const auto current = lowerRevisions(identifiers, upper, lower, options, *lowerPlaces);
    if (!current)
        return std::unexpected(current.error());
    if (const auto checked = refuseOverlap(graph, current->revisions, Edges::WithDependencies, true); !checked)
        return std::unexpected(checked.error());

    const Marks applied = ancestors(graph, current->revisions, Edges::WithDependencies);
    Marks needs = required;
    for (Index i = 0; i < needs.size(); ++i)
        needs[i] = needs[i] && !applied[i];
    if (options.inclusive)
        for (const Index index : current->included)
            needs[index] = true;
    if (!current->revisions.empty() && !options.implicitBase) {
        if (const auto checked = refuseOverlap(graph, current->revisions, Edges::Versioned, false); !checked)
            return std::unexpected(checked.error());
        const Marks above = descendants(graph, current->revisions, Edges::Versioned);
        for (Index i = 0; i < needs.size(); ++i)
            needs[i] = needs[i] && above[i];
    }
    std::vector<Index> sorted = sortTopologically(graph, needs, *targets);
    if (sorted.size() != static_cast<std::size_t>(std::ranges::count(needs, true)))
        return std::unexpected(Error{.code = ErrorCode::NotAnAncestor, .subject = text(lower), .detail = text(upper)});
    return sorted;
}

Result<std::vector<Index>> downgradeRange(const RevisionGraph &graph, const QStringList &rows, const QString &target)
{
    const Identifiers identifiers(graph);
    const auto parsed = identifiers.downgradeTarget(RangeEnd::standing(rows), target, true);
    if (!parsed)
        return std::unexpected(parsed.error());
    const Error notBelow{.code = ErrorCode::NotAnAncestor, .subject = target, .detail = rows.join(QStringLiteral(", "))};

    std::vector<Index> roots;
    bool areSeveral = false;
    if (parsed->place.isRevision()) {
        const auto children = graph.children(parsed->place.index);
        roots.assign(children.begin(), children.end());
    } else {
        for (Index i = 0; i < graph.revisions().size(); ++i) {
            const RevisionGraph::Revision &revision = graph.revisions()[i];
            if (!revision.isBase)
                continue;
            roots.push_back(i);
            areSeveral = areSeveral || !revision.header.branchLabels.isEmpty(); // Alembic meets a label as one base more
        }
    }
    if (!parsed->branch.isEmpty() && (areSeveral || roots.size() > 1)) {
        const auto branch = identifiers.branch(parsed->branch);
        if (!branch)
            return std::unexpected(branch.error());
        const std::vector<Index> of{*branch};
        const Marks below = ancestors(graph, of, Edges::Versioned);
        std::erase_if(roots, [&below](Index root) { return !below[root]; });
        if (roots.empty())
            return std::unexpected(notBelow);
    }
    const auto places = identifiers.revisions(rows);
    if (!places)
        return std::unexpected(places.error());
    const auto heads = onlyRevisions(*places, RangeEnd::standing(rows));
    if (!heads)
        return std::unexpected(heads.error());
    Marks dropped = descendants(graph, roots, Edges::WithDependencies);
    const Marks active = ancestors(graph, *heads, Edges::WithDependencies);
    for (Index i = 0; i < dropped.size(); ++i)
        dropped[i] = dropped[i] && active[i];
    const auto count = std::ranges::count(dropped, true);
    if (count == 0 && parsed->place.isRevision() && std::ranges::find(*heads, parsed->place.index) == heads->end())
        return std::unexpected(notBelow);
    std::vector<Index> sorted = sortTopologically(graph, dropped, *heads);
    if (sorted.size() != static_cast<std::size_t>(count))
        return std::unexpected(notBelow);
    return sorted;
}

} // namespace stillroom::revision
