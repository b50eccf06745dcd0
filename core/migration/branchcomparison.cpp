// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/branchcomparison.h"

#include "revision/reach.h"

#include <algorithm>
#include <map>

namespace stillroom::migration {

namespace {

using revision::Index;
using revision::Marks;
using revision::RevisionGraph;

/// The footprints of one project's revisions, each evaluated once.
class Footprints {
public:
    Footprints(const project::Project &project, dialect::DialectKind kind, const std::atomic<bool> *cancel)
        : m_project(project), m_kind(kind), m_cancel(cancel)
    {
    }
    Result<const Footprint *> of(Index index)
    {
        const auto known = m_known.find(index);
        if (known != m_known.end())
            return &known->second;
        const RevisionGraph::Revision &revision = m_project.graph().revisions()[index];
        if (revision.isGhost || revision.header.problem)
            return &m_known.emplace(index, Footprint{revision.header.id, {}, QStringLiteral("its script cannot be read")}).first->second;
        auto made = footprintOf(m_project, revision.header, m_kind, &m_evaluator, m_cancel);
        if (!made)
            return std::unexpected(made.error());
        return &m_known.emplace(index, std::move(*made)).first->second;
    }

private:
    const project::Project &m_project;
    dialect::DialectKind m_kind;
    const std::atomic<bool> *m_cancel;
    script::Evaluator m_evaluator;
    std::map<Index, Footprint> m_known;
};

/// A touch, and whose it is.
struct Held {
    const Touch *touch;
    const Footprint *by;
};

/// The table that a touch has to do with; names stand for themselves.
QString placeOf(const Touch &touch)
{
    if (touch.kind == Touch::Kind::Column)
        return QLatin1Char('t') + touch.name.section(QLatin1Char('.'), 0, -2);
    return QLatin1Char(touch.kind == Touch::Kind::Table ? 't' : 'n') + touch.name;
}

struct Meeting {
    std::map<std::pair<QString, Touch::Kind>, SharedName> shared;
    Order order = Order::Same;
    QStringList matters, notKnown;

    void meet(const Held &a, const Held &b)
    {
        const Order here = orderOf(*a.touch, *b.touch);
        const bool isSame = a.touch->kind == b.touch->kind && a.touch->name == b.touch->name;
        const bool isNeeded = a.touch->how == Touch::How::Needs && b.touch->how == Touch::How::Needs;
        order = std::max(order, here);
        if (here == Order::Same && (!isSame || isNeeded))
            return;
        // A column that is touched by one side alone is shared where the other side does something to the whole table.
        const Touch &wide = b.touch->kind == Touch::Kind::Table ? *b.touch : *a.touch;
        const Touch &column = b.touch->kind == Touch::Kind::Table ? *a.touch : *b.touch;
        const Touch &narrow = isSame || wide.how == Touch::How::Changes ? column : wide;
        if (narrow.kind != Touch::Kind::Everything) {
            SharedName &entry = shared[{narrow.name, narrow.kind}];
            entry.kind = narrow.kind;
            entry.name = narrow.name;
            entry.order = std::max(entry.order, here);
            entry.revisions << a.by->revision << b.by->revision;
        }
        if (here == Order::Same)
            return;
        const QString reason = QStringLiteral("%1 %2, and %3 %4.").arg(a.by->revision, a.touch->deed, b.by->revision, b.touch->deed);
        (here == Order::Matters ? matters : notKnown) << reason;
    }
};

using Side = std::vector<const Footprint *>;

void meet(const Side &left, const Side &right, Meeting &meeting)
{
    QHash<QString, std::vector<Held>> places;
    std::vector<Held> everywhere, all;
    for (const Footprint *footprint : right) {
        for (const Touch &touch : footprint->touches) {
            all.push_back({&touch, footprint});
            if (touch.kind == Touch::Kind::Everything)
                everywhere.push_back(all.back());
            else
                places[placeOf(touch)].push_back(all.back());
        }
    }
    for (const Footprint *footprint : left) {
        for (const Touch &touch : footprint->touches) {
            const Held held{&touch, footprint};
            if (touch.kind == Touch::Kind::Everything) {
                if (!all.empty())
                    meeting.meet(held, all.front());
                continue;
            }
            for (const Held &other : places.value(placeOf(touch)))
                meeting.meet(held, other);
            if (!everywhere.empty())
                meeting.meet(held, everywhere.front());
        }
    }
    for (QStringList *reasons : {&meeting.matters, &meeting.notKnown})
        reasons->removeDuplicates();
}

/// What only this one of several stands on, oldest first.
std::vector<Index> ownOf(const Marks &own, const std::vector<Marks> &all, std::size_t which)
{
    std::vector<Index> list;
    for (std::size_t i = own.size(); i-- > 0;) {
        bool isOwn = own[i];
        for (std::size_t other = 0; other < all.size() && isOwn; ++other)
            isOwn = other == which || !all[other][i];
        if (isOwn)
            list.push_back(static_cast<Index>(i));
    }
    return list;
}

Result<Side> sideOf(const std::vector<Index> &revisions, Footprints &footprints)
{
    Side side;
    for (const Index index : revisions) {
        const auto footprint = footprints.of(index);
        if (!footprint)
            return std::unexpected(footprint.error());
        side.push_back(*footprint);
    }
    return side;
}

/// The one revision of a side that stands on none of the side.
QString firstOf(const RevisionGraph &graph, const std::vector<Index> &own)
{
    QString first;
    for (const Index index : own) {
        const auto parents = graph.parents(index);
        if (std::ranges::any_of(parents, [&own](Index parent) { return std::ranges::find(own, parent) != own.end(); }))
            continue;
        if (!first.isEmpty())
            return {};
        first = graph.revisions()[index].header.id;
    }
    return first;
}

} // namespace

Result<BranchComparison> compareBranches(const project::Project &project, const QStringList &heads, dialect::DialectKind kind,
                                         const std::atomic<bool> *cancel)
{
    const RevisionGraph &graph = project.graph();
    std::vector<Index> tops;
    for (const QString &head : heads) {
        const auto index = graph.find(head);
        if (!index)
            return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = head});
        tops.push_back(*index);
    }
    if (const auto lower = revision::overlapping(graph, tops, revision::Edges::WithDependencies, true))
        return std::unexpected(Error{.code = ErrorCode::TargetsOverlap, .subject = graph.revisions()[*lower].header.id, .candidates = heads});
    std::vector<Marks> below;
    for (const Index top : tops)
        below.push_back(revision::ancestors(graph, std::span(&top, 1), revision::Edges::WithDependencies));

    BranchComparison comparison;
    const auto isCommon = [&below](Index index) { return std::ranges::all_of(below, [index](const Marks &marks) { return marks[index]; }); };
    for (Index index = 0; index < graph.revisions().size(); ++index) {
        const auto above = {graph.children(index), graph.dependents(index)};
        const bool isCovered = std::ranges::any_of(above, [&](std::span<const Index> some) { return std::ranges::any_of(some, isCommon); });
        if (isCommon(index) && !isCovered)
            comparison.common << graph.revisions()[index].header.id;
    }

    Footprints footprints(project, kind, cancel);
    std::vector<Side> sides;
    for (std::size_t i = 0; i < tops.size(); ++i) {
        const std::vector<Index> own = ownOf(below[i], below, i);
        auto side = sideOf(own, footprints);
        if (!side)
            return std::unexpected(side.error());
        BranchSide told{.head = heads[static_cast<qsizetype>(i)], .revisions = {}, .first = firstOf(graph, own), .notKnown = {}};
        for (const Footprint *footprint : *side) {
            told.revisions << footprint->revision;
            if (!footprint->notKnown.isEmpty())
                told.notKnown.push_back(QStringLiteral("%1: %2").arg(footprint->revision, footprint->notKnown));
        }
        comparison.sides.push_back(std::move(told));
        sides.push_back(std::move(*side));
    }
    Meeting meeting;
    for (std::size_t i = 0; i < sides.size(); ++i) {
        for (std::size_t j = i + 1; j < sides.size(); ++j)
            meet(sides[i], sides[j], meeting);
    }
    for (auto &[key, entry] : meeting.shared) {
        entry.revisions.removeDuplicates();
        comparison.shared.push_back(std::move(entry));
    }
    comparison.order = meeting.order;
    comparison.reasons = meeting.matters + meeting.notKnown;
    for (const BranchSide &side : comparison.sides) {
        for (const QString &why : side.notKnown) {
            comparison.order = std::max(comparison.order, Order::NotKnown);
            comparison.reasons << QStringLiteral("Not all is known of %1.").arg(why);
        }
    }
    return comparison;
}

QString verdict(const BranchComparison &comparison)
{
    switch (comparison.order) {
    case Order::Same:
        return comparison.shared.empty() ? QStringLiteral("They touch nothing in common and may run in either order.")
                                         : QStringLiteral("They touch some of the same names, but may run in either order.");
    case Order::NotKnown:
        return QStringLiteral("Whether they may run in either order is not known.");
    case Order::Matters:
        return QStringLiteral("They get in each other's way: the order matters, or they cannot both run.");
    }
    return {};
}

Result<std::vector<project::Finding>> checkBranches(const project::Project &project, dialect::DialectKind kind, const std::atomic<bool> *cancel)
{
    using project::Finding;
    constexpr qsizetype kReasons = 3;
    const RevisionGraph &graph = project.graph();
    std::vector<Finding> findings;
    Footprints footprints(project, kind, cancel);
    for (Index point = 0; point < graph.revisions().size(); ++point) {
        const auto children = graph.children(point);
        if (children.size() < 2)
            continue;
        std::vector<Marks> above;
        std::vector<Side> sides;
        for (const Index child : children)
            above.push_back(revision::descendants(graph, std::span(&child, 1), revision::Edges::WithDependencies));
        for (std::size_t i = 0; i < children.size(); ++i) {
            auto side = sideOf(ownOf(above[i], above, i), footprints);
            if (!side)
                return std::unexpected(side.error());
            sides.push_back(std::move(*side));
        }
        for (std::size_t i = 0; i < children.size(); ++i) {
            for (std::size_t j = i + 1; j < children.size(); ++j) {
                Meeting meeting;
                meet(sides[i], sides[j], meeting);
                if (meeting.matters.isEmpty())
                    continue;
                bool isMerged = false;
                for (std::size_t each = 0; each < above[i].size() && !isMerged; ++each)
                    isMerged = above[i][each] && above[j][each];
                const QString ids[] = {graph.revisions()[children[i]].header.id, graph.revisions()[children[j]].header.id};
                const revision::Header &header = graph.revisions()[children[j]].header;
                QString text = QStringLiteral("The branches that begin with %1 and %2 touch the same: %3")
                                   .arg(ids[0], ids[1], meeting.matters.mid(0, kReasons).join(QLatin1Char(' ')));
                if (meeting.matters.size() > kReasons)
                    text += QStringLiteral(" And %1 more.").arg(meeting.matters.size() - kReasons);
                findings.push_back({.check = QStringLiteral("G12"),
                                    .severity = isMerged ? Finding::Severity::Information : Finding::Severity::Warning,
                                    .revisions = {ids[0], ids[1]},
                                    .file = header.file,
                                    .line = header.downRevisionLine,
                                    .text = text});
            }
        }
    }
    return findings;
}

Result<std::vector<project::Finding>> checkEverything(const project::Project &project, dialect::DialectKind kind, const std::atomic<bool> *cancel)
{
    std::vector<project::Finding> findings = project::checkHistory(project);
    project::tellWhereabouts(findings, project, cancel);
    auto bodies = project::checkBodies(project, dialect::dialectName(kind), cancel);
    if (!bodies)
        return std::unexpected(bodies.error());
    auto branches = checkBranches(project, kind, cancel);
    if (!branches)
        return std::unexpected(branches.error());
    for (std::vector<project::Finding> *some : {&*branches, &*bodies})
        std::ranges::move(*some, std::back_inserter(findings));
    return findings;
}

} // namespace stillroom::migration
