// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <atomic>
#include <vector>

/// What can be said against a history and its files without a database.
namespace stillroom::project {

struct Finding {
    enum class Severity { Error, Warning, Information };
    QString check; ///< stable name of the check: "G01", …
    Severity severity = Severity::Error;
    QStringList revisions;
    QString file; ///< empty: of no file alone
    int line = 0;
    QString text;          ///< one sentence
    QString missing{};     ///< the id that is in no file, where that is what is wrong
    QString whereabouts{}; ///< what git tells of its file, a sentence; empty: nothing
    bool operator==(const Finding &) const = default;
};

/// Those of the graph, files and settings alone; quick.
[[nodiscard]] std::vector<Finding> checkHistory(const Project &project);

/// What the git checkout around the project tells of revisions that are in no file: fills in the findings that name them. May take
/// some seconds where the history is long.
void tellWhereabouts(std::vector<Finding> &findings, const Project &project, const std::atomic<bool> *cancel = nullptr);

/// And those that need the bodies: empty revisions, merges that do something, scripts that are not understood. On a few threads.
/// Error: Cancelled.
[[nodiscard]] Result<std::vector<Finding>> checkBodies(const Project &project, const QString &dialectName, const std::atomic<bool> *cancel = nullptr);

} // namespace stillroom::project
