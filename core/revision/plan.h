// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

/// Targets as Alembic spells them, and the walks to them (Alembic, "Working with Branches", "Relative Migration Identifiers").
namespace stillroom::revision {

/// How one step changes the version rows, in the order of the statements (alembic.md 4).
struct VersionChange {
    enum class Kind { Insert, Update, Delete } kind;
    QString from; ///< Update, Delete
    QString to;   ///< Insert, Update
    bool operator==(const VersionChange &) const = default;
};

struct Step {
    enum class Kind { Upgrade, Downgrade, Stamp } kind;
    QString revision;     ///< the script that runs (Stamp: what is stamped)
    QStringList from, to; ///< version rows as the log line prints them: "Running upgrade a, b -> c"
    std::vector<VersionChange> changes;
    bool operator==(const Step &) const = default;
};

struct Plan {
    enum class Kind { Upgrade, Downgrade, Stamp } kind = Kind::Upgrade;
    QStringList startRows; ///< version rows before
    QStringList endRows;   ///< version rows after
    std::vector<Step> steps;
    bool operator==(const Plan &) const = default;
};

/// Resolves an identifier to full ids; several for `heads`, none for `base`. `current`: version rows, for `current` and relative forms.
/// Errors: NoSuchRevision, AmbiguousRevision, MultipleHeads, NoSuchBranch, IllegalTarget, AmbiguousWalk, WalkTooFar …, with candidates.
[[nodiscard]] Result<QStringList> resolve(const RevisionGraph &graph, const QString &target, const QStringList &current = {});

/// The steps that Alembic's `upgrade TARGET` takes from these version rows.
[[nodiscard]] Result<Plan> planUpgrade(const RevisionGraph &graph, const QStringList &currentRows, const QString &target);
[[nodiscard]] Result<Plan> planDowngrade(const RevisionGraph &graph, const QStringList &currentRows, const QString &target);
/// Each target stamps its own branch; "base" removes rows. `purge` first removes every row, known or not, as a step of its
/// own that names no revision.
[[nodiscard]] Result<Plan> planStamp(const RevisionGraph &graph, const QStringList &currentRows, const QStringList &targets, bool purge = false);

/// What `upgrade FROM:TO --sql` and `downgrade FROM:TO --sql` do: the rows are what FROM says, one revision or none.
enum class RangeDirection { Upgrade, Downgrade };
[[nodiscard]] Result<Plan> planRange(const RevisionGraph &graph, const QString &from, const QString &to, RangeDirection direction);

/// `history -r START:END` and plain `history`: revisions in Alembic's order (newest first), both ends included.
[[nodiscard]] Result<std::vector<Index>> history(const RevisionGraph &graph, const QString &start, const QString &end,
                                                 const QStringList &currentRows = {});

/// State of each revision for a database with these rows; unknownRows are rows that no script has.
struct DatabasePosition {
    enum class State : std::uint8_t { Pending, Applied, Current };
    std::vector<State> states; ///< by Index
    QStringList unknownRows;
};
/// The rows and what they imply: `current` prints these (Alembic's get_all_current).
[[nodiscard]] QStringList currentRevisions(const RevisionGraph &graph, const QStringList &rows);
[[nodiscard]] DatabasePosition locate(const RevisionGraph &graph, const QStringList &rows);

} // namespace stillroom::revision
