// SPDX-License-Identifier: GPL-3.0-or-later
#include "revision/versionrows.h"

#include <algorithm>

namespace stillroom::revision {

namespace {

using Kind = VersionChange::Kind;

VersionChange inserted(const QString &to) { return {Kind::Insert, {}, to}; }
VersionChange updated(const QString &from, const QString &to) { return {Kind::Update, from, to}; }
VersionChange deleted(const QString &from) { return {Kind::Delete, from, {}}; }

} // namespace

QStringList VersionRows::replaced(Index revision) const
{
    QStringList ids;
    for (const auto &targets : {m_graph.parents(revision), m_graph.ownDependencies(revision)})
        for (const Index target : targets)
            ids << m_graph.revisions()[target].header.id;
    ids.removeDuplicates();
    return ids;
}

std::vector<Index> VersionRows::indicesOf(const QStringList &ids) const
{
    std::vector<Index> indices;
    for (const QString &id : ids)
        if (const std::optional<Index> index = m_graph.find(id))
            indices.push_back(*index);
    return indices;
}

/// Those of `ids`, which a revision going down leaves, that the other rows do not already stand for. A plain line needs no
/// looking: what only that revision follows cannot be below a row, since all that follow the revision are gone.
QStringList VersionRows::notBelow(Index revision, const QStringList &ids, const QStringList &rows)
{
    QStringList result;
    for (const QString &id : ids) {
        const Index index = *m_graph.find(id);
        const auto isRevision = [revision](Index follower) { return follower == revision; };
        if (std::ranges::all_of(m_graph.children(index), isRevision) && std::ranges::all_of(m_graph.dependents(index), isRevision) &&
            !rows.contains(id)) {
            result << id;
            continue;
        }
        if (!m_below || rows != m_belowOf) {
            m_below.emplace(m_graph, indicesOf(rows));
            m_belowOf = rows;
        }
        if (!m_below->contains(index))
            result << id;
    }
    return result;
}

QStringList VersionRows::notBelowEachOther(const QStringList &ids) const
{
    if (ids.size() < 2)
        return ids;
    QStringList result;
    for (const QString &id : ids) {
        QStringList others = ids;
        others.removeOne(id);
        if (!LazyAncestors(m_graph, indicesOf(others)).contains(*m_graph.find(id)))
            result << id;
    }
    return result;
}

Result<std::vector<VersionChange>> VersionRows::changed(std::vector<VersionChange> changes)
{
    for (const VersionChange &change : changes) {
        const bool removes = change.kind != Kind::Insert;
        const bool adds = change.kind != Kind::Delete;
        if ((removes && !m_rows.contains(change.from)) || (adds && m_rows.contains(change.to)))
            return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = removes ? change.from : change.to, .candidates = m_rows});
        const qsizetype place = removes ? m_rows.indexOf(change.from) : m_rows.size();
        if (change.kind == Kind::Update)
            m_rows[place] = change.to;
        else if (adds)
            m_rows << change.to;
        else
            m_rows.removeAt(place);
    }
    return changes;
}

Result<std::vector<VersionChange>> VersionRows::upgraded(Index revision)
{
    const QString id = m_graph.revisions()[revision].header.id;
    const QStringList before = replaced(revision);
    QStringList standing;
    std::ranges::copy_if(before, std::back_inserter(standing), [this](const QString &one) { return m_rows.contains(one); });
    if (standing.isEmpty())
        return changed({inserted(id)});
    if (standing.size() == 1)
        return changed({updated(standing.front(), id)});
    // Alembic takes every parent and dependency that no other row implies for a row, and stops with a KeyError when one is
    // implied by a row of these.
    std::vector<VersionChange> changes;
    for (qsizetype i = 0; i + 1 < standing.size(); ++i)
        changes.push_back(deleted(standing[i]));
    changes.push_back(updated(standing.back(), id));
    return changed(std::move(changes));
}

Result<std::vector<VersionChange>> VersionRows::downgraded(Index revision)
{
    const QString id = m_graph.revisions()[revision].header.id;
    const QStringList after = replaced(revision);
    if (!m_rows.contains(id))
        return std::unexpected(Error{.code = ErrorCode::AmbiguousCurrent, .subject = id, .candidates = m_rows});
    QStringList others = m_rows;
    others.removeOne(id);
    const QStringList back = others.isEmpty() ? notBelowEachOther(after) : notBelow(revision, after, others);
    if (back.isEmpty())
        return changed({deleted(id)});
    if (after.size() == 1)
        return changed({updated(id, after.front())});
    std::vector<VersionChange> changes;
    for (qsizetype i = 0; i + 1 < back.size(); ++i)
        changes.push_back(inserted(back[i]));
    changes.push_back(updated(id, back.back()));
    return changed(std::move(changes));
}

} // namespace stillroom::revision
