// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/footprint.h"
#include "project/historychecks.h"

#include <vector>

/// What branches of a history have in common and where they meet: the help for a merge, and the check that warns of one.
namespace stillroom::migration {

/// A table, column or name that several branches touch.
struct SharedName {
    Touch::Kind kind = Touch::Kind::Table;
    QString name;
    Order order = Order::Same;
    QStringList revisions; ///< those that touch it
    bool operator==(const SharedName &) const = default;
};

struct BranchSide {
    QString head;
    QStringList revisions;         ///< its own, oldest first
    QString first;                 ///< the one that would get another parent; empty: several could
    std::vector<QString> notKnown; ///< "c1: shop.models is not known"
    bool operator==(const BranchSide &) const = default;
};

struct BranchComparison {
    QStringList common; ///< the newest revisions that all of them stand on; empty: they have nothing in common
    std::vector<BranchSide> sides;
    std::vector<SharedName> shared; ///< by name; what only has to be there for both is left out
    Order order = Order::Same;      ///< Same: they commute
    QStringList reasons;            ///< why not, or why that is not known; a sentence each
};

/// `heads`: full ids, two or more; they need not be heads, but none is an ancestor of another. Evaluates the bodies of each
/// side. Errors: NoSuchRevision, TargetsOverlap, Cancelled.
[[nodiscard]] Result<BranchComparison> compareBranches(const project::Project &project, const QStringList &heads, dialect::DialectKind kind,
                                                       const std::atomic<bool> *cancel = nullptr);

/// One sentence: "They commute: …", "The order matters.", "Whether they commute is not known."
[[nodiscard]] QString verdict(const BranchComparison &comparison);

/// G12: what grows out of one branch point and touches the same. Error: Cancelled.
[[nodiscard]] Result<std::vector<project::Finding>> checkBranches(const project::Project &project, dialect::DialectKind kind,
                                                                  const std::atomic<bool> *cancel = nullptr);

/// Everything that can be said against a history without a database: headers, bodies, branches, what git tells. Error: Cancelled.
[[nodiscard]] Result<std::vector<project::Finding>> checkEverything(const project::Project &project, dialect::DialectKind kind,
                                                                    const std::atomic<bool> *cancel = nullptr);

} // namespace stillroom::migration
