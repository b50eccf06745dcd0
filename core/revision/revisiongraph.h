// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/// The graph of revisions. Pure: it is given headers and touches no disk and no database (Alembic's script/revision.py).
namespace stillroom::revision {

/// Why a script could not be read. Seldom there, and an Error is large: inline, as in std::optional, it would make every header
/// three times its size, and with it what a long history takes to open.
class Problem {
public:
    Problem() = default;
    Problem(Error error) : m_error(std::make_shared<const Error>(std::move(error))) {}
    explicit operator bool() const { return m_error != nullptr; }
    const Error &operator*() const { return *m_error; }
    const Error *operator->() const { return m_error.get(); }
    friend bool operator==(const Problem &a, const Problem &b) { return a.m_error == b.m_error || (a && b && *a == *b); }

private:
    std::shared_ptr<const Error> m_error;
};

/// One revision script's header.
struct Header {
    QString id;
    QStringList downRevisions; ///< empty: a base
    QStringList dependsOn;     ///< ids, prefixes or branch labels, as written
    QStringList branchLabels;  ///< as written in this script
    QString message;           ///< first line of the docstring
    QString docstring;
    QString author;
    QDateTime createDate; ///< from the docstring; invalid if there is none
    QString file;         ///< absolute
    QByteArray source;    ///< what the file holds, if it was read for this header and whoever opens the project will want it again
    int revisionLine = 0, downRevisionLine = 0;
    bool hasUpgrade = true, hasDowngrade = true;
    Problem problem; ///< the script could not be read: the revision is marked, the graph still opens
    bool operator==(const Header &) const = default;
};

using Index = std::uint32_t; ///< position in RevisionGraph::revisions()

/// What is wrong with the history; each names the revisions and files concerned.
struct Defect {
    enum class Kind {
        MissingParent,
        MissingDependency,
        Cycle,
        DependencyCycle,
        SelfLoop,
        DuplicateRevision,
        DuplicateBranchLabel,
        LabelIsRevision,
        IllegalCharacter,
        IdTooLong,
        PrefixCollision,
        UnreadableScript
    };
    Kind kind;
    QString subject; ///< the id or label concerned
    QStringList revisions;
    QStringList files;
    int line = 0;
    bool operator==(const Defect &) const = default;
};

class RevisionGraph {
public:
    RevisionGraph() = default;
    /// Never fails: what is wrong is in defects(), a missing parent becomes a ghost revision, an edge that closes a cycle is
    /// left out. `headers` come in Alembic's loading order (file names sorted, folder by folder): as in Alembic it decides
    /// which of two files with one id counts (the later) and which of two equal branches runs first. The display order does
    /// not depend on it.
    explicit RevisionGraph(std::vector<Header> headers);

    struct Revision {
        Header header;
        bool isGhost = false;         ///< named by others, in no file
        bool isHead = false;          ///< nobody's parent (depends_on does not count), ghosts and unreadable scripts apart
        bool isEffectiveHead = false; ///< a head that nobody depends on either: what `heads` leads to
        bool isBase = false;
        bool isBranchPoint = false;
        bool isMerge = false;
        QStringList effectiveLabels; ///< labels that reach here (Alembic's spreading, alembic.md 3), sorted
    };
    /// In display order: children before parents, stable between runs (gui.md 2).
    [[nodiscard]] const std::vector<Revision> &revisions() const { return m_revisions; }
    [[nodiscard]] std::span<const Index> parents(Index revision) const;      ///< down revisions
    [[nodiscard]] std::span<const Index> dependencies(Index revision) const; ///< depends_on, resolved
    /// The dependencies that no ancestor has already: with the parents, what a version row of this revision replaces.
    [[nodiscard]] std::span<const Index> ownDependencies(Index revision) const;
    [[nodiscard]] std::span<const Index> children(Index revision) const;
    [[nodiscard]] std::span<const Index> dependents(Index revision) const;
    [[nodiscard]] std::optional<Index> find(const QString &fullId) const;
    [[nodiscard]] std::optional<Index> findLabel(const QString &label) const; ///< the revision that declares it
    [[nodiscard]] QStringList branchLabels() const;                           ///< all declared, sorted
    [[nodiscard]] const std::vector<Index> &loadOrder() const { return m_loadOrder; }
    [[nodiscard]] std::uint32_t loadRank(Index revision) const { return m_loadRank[revision]; }
    [[nodiscard]] const std::vector<Defect> &defects() const { return m_defects; }
    [[nodiscard]] QStringList heads() const; ///< in loading order, as Alembic's get_heads()
    [[nodiscard]] QStringList bases() const;
    /// Why no walk may be planned (cycles, missing parents, duplicate ids or labels, a script that cannot be read): the
    /// first such defect. Alembic refuses every command then.
    [[nodiscard]] std::optional<Error> brokenBy() const;

    friend class GraphBuilder;

private:
    std::vector<Revision> m_revisions;
    std::vector<Index> m_edges; // CSR targets of the five relations
    struct Offsets {
        std::uint32_t parents = 0, dependencies = 0, ownDependencies = 0, children = 0, dependents = 0, end = 0;
    };
    [[nodiscard]] std::span<const Index> edges(std::uint32_t from, std::uint32_t to) const { return {m_edges.data() + from, to - from}; }
    std::vector<Offsets> m_offsets;
    QHash<QString, Index> m_byId;
    QHash<QString, Index> m_byLabel;
    std::vector<Index> m_loadOrder;
    std::vector<std::uint32_t> m_loadRank;
    std::vector<Defect> m_defects;
};

} // namespace stillroom::revision
