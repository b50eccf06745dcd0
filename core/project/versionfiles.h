// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "revision/revisiongraph.h"

#include <QStringList>

#include <atomic>
#include <functional>

namespace stillroom::project {

/// Files that Alembic would load from these folders (Alembic, `script/base.py`: no `__init__`, no editor's `.#` files).
[[nodiscard]] QStringList versionFiles(const QStringList &folders, bool isRecursive);

struct ReadHeaders {
    std::vector<revision::Header> headers;
    QStringList notes; ///< files that have no revision id
    bool wasCancelled = false;
};
/// Reads the headers on a small pool. The order of the result is that of `files`.
[[nodiscard]] ReadHeaders readHeaders(const QStringList &files, const std::atomic<bool> *cancel, const std::function<void(int, int)> &progress);

} // namespace stillroom::project
