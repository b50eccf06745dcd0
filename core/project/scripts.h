// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/file.h"
#include "project/headercache.h"
#include "revision/revisiongraph.h"

#include <atomic>
#include <functional>

namespace stillroom::project {

/// What the docstring of a revision script says (Alembic's script.py.mako): the message, which is the first paragraph, and
/// "Create Date:".
struct DocString {
    QString message;
    QDateTime createDate; ///< a date without a zone counts as UTC, so that the order is the same on every machine
};
[[nodiscard]] DocString readDocString(const QString &text);

/// As below, of one script.
[[nodiscard]] revision::Header readOneHeader(const QString &file, bool keepsSource, FolderReading &reading);
/// The headers of these scripts, in their order, from the cache or read on a few threads. A script that cannot be read has its problem; so has
/// one that assigns no `revision`, since Alembic refuses the whole project then. `progress` is called on this thread.
/// Those that are read keep their source with `keepsSources`. Error: Cancelled.
[[nodiscard]] Result<std::vector<revision::Header>> readHeaders(std::vector<VersionFile> files, const HeaderCache &cache, bool keepsSources,
                                                                const std::atomic<bool> *cancel,
                                                                const std::function<void(int done, int total)> &progress);

} // namespace stillroom::project
