// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

/// Revisions in Alembic's words (its Script.cmd_format and log_entry), so that what reads its output can read ours. What comes from
/// a Python set there, in any order, is sorted here.
namespace stillroom::cli {

struct ShortText {
    bool branches = false, message = false, parents = false;
    bool tree = true; ///< (branchpoint), (mergepoint)
    QStringList currentRows{};
};
/// One line, without its end.
[[nodiscard]] QString shortText(const revision::RevisionGraph &graph, revision::Index index, const ShortText &shown);
[[nodiscard]] QString longText(const revision::RevisionGraph &graph, revision::Index index, const QStringList &currentRows);
[[nodiscard]] QStringList idsOf(const revision::RevisionGraph &graph, std::span<const revision::Index> indexes);
[[nodiscard]] QString defectLine(const revision::Defect &defect);

} // namespace stillroom::cli
