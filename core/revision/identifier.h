// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/reach.h"

/// What a name for a revision means (Alembic's RevisionMap: get_revisions, _resolve_revision_number, _walk and the parsing
/// of upgrade and downgrade targets). Follows Alembic step by step, oddities included, so that both refuse the same names.
namespace stillroom::revision {

/// Where a name or a walk leads: a revision, the base under all of them, or nowhere (Alembic's None: "base" as a name, or
/// a walk that left the graph).
struct Place {
    enum class Kind { Nowhere, Base, Revision } kind = Kind::Nowhere;
    Index index = 0;
    [[nodiscard]] static Place base() { return {Kind::Base, 0}; }
    [[nodiscard]] static Place at(Index index) { return {Kind::Revision, index}; }
    [[nodiscard]] bool isRevision() const { return kind == Kind::Revision; }
};

/// One end of a range: a name, or the rows of a version table.
struct RangeEnd {
    QString name;
    QStringList rows;
    bool isRows = false;
    [[nodiscard]] static RangeEnd named(const QString &name) { return {name, {}, false}; }
    [[nodiscard]] static RangeEnd standing(const QStringList &rows) { return {{}, rows, true}; }
};

class Identifiers {
public:
    explicit Identifiers(const RevisionGraph &graph) : m_graph(graph) {}

    [[nodiscard]] Result<std::vector<Place>> revisions(const QString &name) const;
    [[nodiscard]] Result<std::vector<Place>> revisions(const QStringList &names) const;
    [[nodiscard]] Result<std::vector<Place>> revisions(const RangeEnd &end) const;
    [[nodiscard]] Result<Place> revision(const QString &name) const;
    /// A branch label, or a revision named in its place.
    [[nodiscard]] Result<Index> branch(const QString &label) const;
    /// Those that are ancestors or descendants of what `name` says; all of them when it says "base".
    [[nodiscard]] Result<std::vector<Index>> filterForLineage(const std::vector<Index> &targets, const QString &name, Edges edges) const;

    struct DowngradeTarget {
        QString branch;
        Place place;
    };
    [[nodiscard]] Result<std::vector<Place>> upgradeTarget(const RangeEnd &current, const RangeEnd &target, bool refuseOverwalk) const;
    [[nodiscard]] Result<DowngradeTarget> downgradeTarget(const RangeEnd &current, const QString &target, bool refuseOverwalk) const;
    [[nodiscard]] static bool isRelative(const QString &target);

private:
    struct Number {
        QStringList ids;
        QString branch;
    };
    struct Walking {
        int steps = 0;
        QString branch; ///< chooses among children when walking up
        bool refuseOverwalk = true;
        QString asked; ///< the target as written, for the error
    };
    [[nodiscard]] Result<Number> number(const QString &name) const;
    [[nodiscard]] Result<Index> forIdent(const QString &id, const QString &checkBranch) const;
    [[nodiscard]] Result<Index> byPrefix(const QString &prefix, std::optional<Index> branchRevision, const QString &branch) const;
    [[nodiscard]] Result<Place> walk(Place start, const Walking &walking) const;
    [[nodiscard]] Result<std::vector<Index>> childrenForWalk(Place from, const Walking &walking) const;
    [[nodiscard]] Result<Place> startOfBranch(const QStringList &rows, const QString &branch, const QString &asked) const;
    [[nodiscard]] Result<DowngradeTarget> downFromRows(const QStringList &rows, const QString &branch, const Walking &walking) const;
    [[nodiscard]] std::vector<Index> indices(const QStringList &ids) const;
    [[nodiscard]] QString id(Index index) const { return m_graph.revisions()[index].header.id; }
    [[nodiscard]] QStringList ids(std::span<const Index> indices) const;
    [[nodiscard]] QStringList sortedIds(std::span<const Index> indices) const;
    [[nodiscard]] QStringList similar(const QString &name) const;

    const RevisionGraph &m_graph;
};

} // namespace stillroom::revision
