// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/identifier.h"

/// Which revisions lie between two ends, in the order of Alembic's iterate_revisions (newest first).
namespace stillroom::revision {

struct RangeOptions {
    bool inclusive = false;    ///< the lower end as well
    bool implicitBase = false; ///< dependencies from other bases as well
    bool refuseOverwalk = true;
};
[[nodiscard]] Result<std::vector<Index>> upgradeRange(const RevisionGraph &graph, const RangeEnd &upper, const RangeEnd &lower,
                                                      const RangeOptions &options);
[[nodiscard]] Result<std::vector<Index>> downgradeRange(const RevisionGraph &graph, const QStringList &rows, const QString &target);

} // namespace stillroom::revision
