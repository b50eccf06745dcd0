// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/identifier.h"

#include "revision/plan.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::revision {

namespace {

struct Relative {
    QString branch, symbol, text;
    int steps = 0;
};

/// `(label@)?(symbol)?(+N|-N)`, found at the start only: Alembic's own expression, which lets what follows pass.
std::optional<Relative> relative(const QString &target)
{
    static const QRegularExpression expression(QStringLiteral("\\A(?:(.+?)@)?(\\w+)?((?:\\+|-)\\d+)"),
                                               QRegularExpression::UseUnicodePropertiesOption);
    const QRegularExpressionMatch match = expression.match(target);
    if (!match.hasMatch())
        return std::nullopt;
    bool ok = false;
    int steps = match.captured(3).toInt(&ok);
    if (!ok) // more steps than any history has
        steps = match.captured(3).startsWith(QLatin1Char('-')) ? -std::numeric_limits<int>::max() : std::numeric_limits<int>::max();
    return Relative{match.captured(1), match.captured(2), match.captured(3), steps};
}

/// Python's int() of a name that is a negative number: "label@-2" walks down from the heads.
std::optional<int> negativeNumber(const QString &name)
{
    bool ok = false;
    const int value = name.trimmed().toInt(&ok);
    return ok && value < 0 ? std::optional(value) : std::nullopt;
}

Error tooFar(const QString &asked, int steps)
{
    return {.code = ErrorCode::WalkTooFar, .subject = asked, .detail = QString::number(std::abs(static_cast<qint64>(steps)))};
}

Error illegal(const QString &name, const QString &why) { return {.code = ErrorCode::IllegalTarget, .subject = name, .detail = why}; }

} // namespace

bool Identifiers::isRelative(const QString &target) { return relative(target).has_value(); }

QStringList Identifiers::ids(std::span<const Index> indices) const
{
    QStringList result;
    for (const Index index : indices)
        result << id(index);
    return result;
}

QStringList Identifiers::sortedIds(std::span<const Index> indices) const
{
    QStringList result = ids(indices);
    result.sort();
    return result;
}

std::vector<Index> Identifiers::indices(const QStringList &ids) const
{
    std::vector<Index> result;
    for (const QString &one : ids)
        if (const std::optional<Index> index = m_graph.find(one))
            result.push_back(*index);
    return result;
}

/// Names that differ little from a wrong one.
QStringList Identifiers::similar(const QString &name) const
{
    constexpr qsizetype kMost = 3;
    QStringList result;
    for (const QString &label : m_graph.branchLabels())
        if (label.compare(name, Qt::CaseInsensitive) == 0 || (name.size() > 2 && label.startsWith(name.left(name.size() - 1), Qt::CaseInsensitive)))
            result << label;
    for (const Index index : m_graph.loadOrder()) {
        if (result.size() >= kMost)
            break;
        const QString &known = m_graph.revisions()[index].header.id;
        const bool near = known.startsWith(name, Qt::CaseInsensitive) || (name.size() > 4 && known.contains(name, Qt::CaseInsensitive)) ||
                          (name.size() > 6 && known.startsWith(name.left(name.size() - 2)));
        if (near && !m_graph.revisions()[index].isGhost)
            result << known;
    }
    return result.mid(0, kMost);
}

Result<Identifiers::Number> Identifiers::number(const QString &name) const
{
    Number result;
    QString id = name;
    if (const qsizetype at = name.indexOf(QLatin1Char('@')); at >= 0) {
        result.branch = name.left(at);
        id = name.mid(at + 1);
    }
    if (id == QStringLiteral("heads")) {
        if (result.branch.isEmpty()) {
            for (const Index index : m_graph.loadOrder())
                if (m_graph.revisions()[index].isEffectiveHead)
                    result.ids << this->id(index);
            return result;
        }
        const auto heads = filterForLineage(indices(m_graph.heads()), result.branch, Edges::Versioned);
        if (!heads)
            return std::unexpected(heads.error());
        result.ids = ids(*heads);
    } else if (id == QStringLiteral("head")) {
        std::vector<Index> heads = indices(m_graph.heads());
        if (!result.branch.isEmpty()) {
            const auto filtered = filterForLineage(heads, result.branch, Edges::Versioned);
            if (!filtered)
                return std::unexpected(filtered.error());
            heads = *filtered;
        }
        if (heads.size() > 1)
            return std::unexpected(Error{.code = ErrorCode::MultipleHeads, .subject = name, .candidates = ids(heads)});
        result.ids = ids(heads);
    } else if (id != QStringLiteral("base")) {
        result.ids = {id};
    }
    return result;
}

Result<std::vector<Index>> Identifiers::filterForLineage(const std::vector<Index> &targets, const QString &name, Edges edges) const
{
    const auto named = number(name);
    if (!named)
        return std::unexpected(named.error());
    QStringList shares = named->ids;
    if (!named->branch.isEmpty())
        shares.prepend(named->branch);
    if (shares.isEmpty() || targets.empty())
        return targets;
    std::vector<Index> tests;
    for (const QString &share : shares) {
        const auto index = forIdent(share, {});
        if (!index)
            return std::unexpected(index.error());
        tests.push_back(*index);
    }
    const Marks below = ancestors(m_graph, tests, edges);
    const Marks above = descendants(m_graph, tests, edges);
    std::vector<Index> result;
    std::ranges::copy_if(targets, std::back_inserter(result), [&](Index target) { return below[target] || above[target]; });
    return result;
}

Result<Index> Identifiers::branch(const QString &label) const
{
    if (const std::optional<Index> revision = m_graph.findLabel(label))
        return *revision;
    if (const std::optional<Index> revision = m_graph.find(label))
        return *revision;
    const auto revision = forIdent(label, {});
    if (!revision)
        return std::unexpected(Error{.code = ErrorCode::NoSuchBranch, .subject = label, .candidates = m_graph.branchLabels()});
    return *revision;
}

Result<Index> Identifiers::byPrefix(const QString &prefix, std::optional<Index> branchRevision, const QString &branch) const
{
    constexpr qsizetype kShortest = 4; // Alembic never matches ids of three characters by their beginning
    if (prefix.isEmpty())
        return std::unexpected(illegal(branch.isEmpty() ? prefix : branch + QLatin1Char('@'), QStringLiteral("it is empty")));
    std::vector<std::pair<QString, Index>> matches;
    for (const Index index : m_graph.loadOrder()) {
        const RevisionGraph::Revision &revision = m_graph.revisions()[index];
        if (!revision.isGhost && revision.header.id.size() >= kShortest && revision.header.id.startsWith(prefix))
            matches.emplace_back(revision.header.id, index);
    }
    for (const QString &label : m_graph.branchLabels())
        if (label.size() >= kShortest && label.startsWith(prefix))
            matches.emplace_back(label, *m_graph.findLabel(label));
    if (branchRevision && !matches.empty()) {
        std::vector<Index> targets;
        for (const auto &match : matches)
            targets.push_back(match.second);
        const auto kept = filterForLineage(targets, branch, Edges::Versioned);
        if (!kept)
            return std::unexpected(kept.error());
        std::erase_if(matches, [&kept](const auto &match) { return std::ranges::find(*kept, match.second) == kept->end(); });
    }
    if (matches.empty())
        return std::unexpected(Error{.code = ErrorCode::NoSuchRevision, .subject = prefix, .candidates = similar(prefix)});
    if (matches.size() > 1) {
        QStringList names;
        for (const auto &match : matches)
            names << match.first;
        return std::unexpected(Error{.code = ErrorCode::AmbiguousRevision, .subject = prefix, .candidates = names});
    }
    return matches.front().second;
}

Result<Index> Identifiers::forIdent(const QString &ident, const QString &checkBranch) const
{
    std::optional<Index> branchRevision;
    if (!checkBranch.isEmpty()) {
        const auto resolved = branch(checkBranch);
        if (!resolved)
            return std::unexpected(resolved.error());
        branchRevision = *resolved;
    }
    std::optional<Index> found = m_graph.find(ident);
    if (!found)
        found = m_graph.findLabel(ident);
    if (!found) {
        const auto matched = byPrefix(ident, branchRevision, checkBranch);
        if (!matched)
            return std::unexpected(matched.error());
        found = *matched;
    }
    if (branchRevision) {
        const std::vector<Index> of{*branchRevision};
        if (!ancestors(m_graph, of, Edges::Versioned)[*found] && !descendants(m_graph, of, Edges::Versioned)[*found])
            return std::unexpected(Error{.code = ErrorCode::NotInBranch, .subject = id(*found), .detail = checkBranch});
    }
    return *found;
}

Result<std::vector<Place>> Identifiers::revisions(const QString &name) const
{
    const auto named = number(name);
    if (!named)
        return std::unexpected(named.error());
    std::vector<Place> result;
    const std::optional<int> steps = named->ids.size() == 1 ? negativeNumber(named->ids.front()) : std::nullopt;
    if (steps) {
        for (const Index index : m_graph.loadOrder()) {
            const RevisionGraph::Revision &revision = m_graph.revisions()[index];
            if (!revision.isEffectiveHead || (name.contains(QLatin1Char('@')) && !revision.effectiveLabels.contains(named->branch)))
                continue;
            const auto place = walk(Place::at(index), {.steps = *steps, .branch = {}, .refuseOverwalk = true, .asked = name});
            if (!place)
                return std::unexpected(place.error());
            result.push_back(*place);
        }
        return result;
    }
    for (const QString &one : named->ids) {
        const auto index = forIdent(one, named->branch);
        if (!index)
            return std::unexpected(index.error());
        result.push_back(Place::at(*index));
    }
    return result;
}

Result<std::vector<Place>> Identifiers::revisions(const QStringList &names) const
{
    std::vector<Place> result;
    for (const QString &name : names) {
        const auto places = revisions(name);
        if (!places)
            return places;
        result.insert(result.end(), places->begin(), places->end());
    }
    return result;
}

Result<std::vector<Place>> Identifiers::revisions(const RangeEnd &end) const { return end.isRows ? revisions(end.rows) : revisions(end.name); }

Result<Place> Identifiers::revision(const QString &name) const
{
    const auto named = number(name);
    if (!named)
        return std::unexpected(named.error());
    if (named->ids.size() > 1)
        return std::unexpected(Error{.code = ErrorCode::MultipleHeads, .subject = name, .candidates = named->ids});
    if (named->ids.isEmpty()) {
        if (!named->branch.isEmpty())
            if (const auto checked = branch(named->branch); !checked)
                return std::unexpected(checked.error());
        return Place{};
    }
    const auto index = forIdent(named->ids.front(), named->branch);
    if (!index)
        return std::unexpected(index.error());
    return Place::at(*index);
}

Result<std::vector<Index>> Identifiers::childrenForWalk(Place from, const Walking &walking) const
{
    if (walking.steps < 0) {
        if (from.kind == Place::Kind::Base)
            return std::vector<Index>{};
        if (!from.isRevision())
            return indices(m_graph.heads());
        const auto parents = m_graph.parents(from.index);
        return std::vector<Index>(parents.begin(), parents.end());
    }
    if (from.kind == Place::Kind::Base)
        return std::unexpected(tooFar(walking.asked, walking.steps));
    std::vector<Index> children;
    if (from.isRevision()) {
        const auto next = m_graph.children(from.index);
        children.assign(next.begin(), next.end());
    } else {
        children = indices(m_graph.bases());
    }
    if (walking.branch.isEmpty())
        return children;
    return filterForLineage(children, walking.branch, Edges::Versioned);
}

Result<Place> Identifiers::walk(Place start, const Walking &walking) const
{
    Place place = start;
    for (int step = 0; step < std::abs(walking.steps); ++step) {
        const auto children = childrenForWalk(place, walking);
        if (!children)
            return std::unexpected(children.error());
        if (children->size() > 1)
            return std::unexpected(Error{.code = ErrorCode::AmbiguousWalk, .subject = walking.asked, .candidates = sortedIds(*children)});
        if (!children->empty()) {
            place = Place::at(children->front());
        } else if (walking.steps < 0 && place.kind != Place::Kind::Base) {
            place = Place::base();
        } else {
            return walking.refuseOverwalk ? Place{} : place;
        }
    }
    return place;
}

/// Where `label@+N` starts: the row on that branch; else the tips of what is applied of it; else under its base.
Result<Place> Identifiers::startOfBranch(const QStringList &rows, const QString &label, const QString &asked) const
{
    const auto places = revisions(rows);
    if (!places)
        return std::unexpected(places.error());
    std::vector<Index> standing;
    for (const Place &place : *places)
        if (place.isRevision())
            standing.push_back(place.index);
    auto starts = filterForLineage(standing, label, Edges::Versioned);
    if (!starts)
        return std::unexpected(starts.error());
    if (starts->empty()) {
        const Marks applied = ancestors(m_graph, standing, Edges::WithDependencies);
        std::vector<Index> all;
        for (Index i = 0; i < applied.size(); ++i)
            if (applied[i])
                all.push_back(i);
        const auto active = filterForLineage(all, label, Edges::Versioned);
        if (!active)
            return std::unexpected(active.error());
        Marks isParent(m_graph.revisions().size(), false);
        for (const Index index : *active)
            for (const auto &targets : {m_graph.parents(index), m_graph.ownDependencies(index)})
                for (const Index target : targets)
                    isParent[target] = true;
        std::ranges::copy_if(*active, std::back_inserter(*starts), [&isParent](Index index) { return !isParent[index]; });
    }
    if (starts->size() > 1)
        return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = asked, .candidates = ids(*starts)});
    return starts->empty() ? Place{} : Place::at(starts->front());
}

Result<std::vector<Place>> Identifiers::upgradeTarget(const RangeEnd &current, const RangeEnd &target, bool refuseOverwalk) const
{
    const std::optional<Relative> asked = target.isRows ? std::nullopt : relative(target.name);
    if (!asked)
        return revisions(target);
    const Walking walking{.steps = asked->steps, .branch = asked->branch, .refuseOverwalk = refuseOverwalk, .asked = target.name};
    Result<Place> start;
    if (asked->steps > 0 && asked->symbol.isEmpty()) {
        const QStringList rows = current.isRows ? current.rows : QStringList{current.name};
        if (!asked->branch.isEmpty())
            start = startOfBranch(rows, asked->branch, target.name);
        else if (rows.size() > 1)
            return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = target.name, .candidates = rows});
        else
            start = rows.isEmpty() ? Place{} : revision(rows.front());
    } else if (asked->symbol.isEmpty()) {
        return std::unexpected(tooFar(asked->text, asked->steps));
    } else if (asked->steps > 0 || asked->branch.isEmpty()) {
        start = revision(asked->symbol);
    } else {
        start = revision(asked->branch + QLatin1Char('@') + asked->symbol);
    }
    if (!start)
        return std::unexpected(start.error());
    const auto place = walk(*start, walking);
    if (!place)
        return std::unexpected(place.error());
    if (!place->isRevision())
        return std::unexpected(tooFar(target.name, asked->steps));
    return std::vector<Place>{*place};
}

/// `-N` and `label@-N`: down from the row there is, which then names the branch.
Result<Identifiers::DowngradeTarget> Identifiers::downFromRows(const QStringList &rows, const QString &label, const Walking &walking) const
{
    if (rows.isEmpty())
        return std::unexpected(tooFar(walking.asked, walking.steps));
    QString symbol = rows.front();
    if (!label.isEmpty()) {
        std::vector<Index> rowRevisions;
        for (const QString &row : rows) {
            const auto index = forIdent(row, {});
            if (!index)
                return std::unexpected(index.error());
            rowRevisions.push_back(*index);
        }
        auto standing = filterForLineage(rowRevisions, label, Edges::Versioned);
        if (!standing)
            return std::unexpected(standing.error());
        if (standing->empty()) { // the branch may stand behind a dependency of the only row
            standing = filterForLineage(indices(currentRevisions(m_graph, rows)), label, Edges::Versioned);
            if (!standing)
                return std::unexpected(standing.error());
        }
        if (standing->size() != 1)
            return std::unexpected(
                Error{.code = ErrorCode::AmbiguousCurrent, .subject = walking.asked, .candidates = standing->empty() ? rows : ids(*standing)});
        symbol = id(standing->front());
    }
    const QString branchName = label.isEmpty() ? symbol : label;
    const auto start = revision(branchName + QLatin1Char('@') + symbol);
    if (!start)
        return std::unexpected(start.error());
    const auto place = walk(*start, walking);
    if (!place)
        return std::unexpected(place.error());
    if (place->kind == Place::Kind::Nowhere)
        return std::unexpected(tooFar(walking.asked, walking.steps));
    return DowngradeTarget{branchName, *place};
}

Result<Identifiers::DowngradeTarget> Identifiers::downgradeTarget(const RangeEnd &current, const QString &target, bool refuseOverwalk) const
{
    const std::optional<Relative> asked = relative(target);
    if (!asked) {
        const qsizetype at = target.lastIndexOf(QLatin1Char('@'));
        const auto place = revision(target.mid(at + 1));
        if (!place)
            return std::unexpected(place.error());
        return DowngradeTarget{at > 0 ? target.left(at) : QString(), *place};
    }
    Walking walking{.steps = asked->steps, .branch = {}, .refuseOverwalk = refuseOverwalk, .asked = target};
    Result<Place> start;
    if (asked->steps < 0) {
        if (asked->symbol.isEmpty())
            return downFromRows(current.isRows ? current.rows : QStringList{current.name}, asked->branch, walking);
        start = revision(asked->branch.isEmpty() ? asked->symbol : asked->branch + QLatin1Char('@') + asked->symbol);
    } else {
        if (asked->symbol.isEmpty())
            return std::unexpected(tooFar(asked->text, asked->steps));
        walking.branch = asked->branch;
        start = revision(asked->symbol);
    }
    if (!start)
        return std::unexpected(start.error());
    const auto place = walk(*start, walking);
    if (!place)
        return std::unexpected(place.error());
    if (place->kind == Place::Kind::Nowhere)
        return std::unexpected(tooFar(target, asked->steps));
    return DowngradeTarget{asked->branch, *place};
}

} // namespace stillroom::revision
