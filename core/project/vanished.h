// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDateTime>
#include <QHash>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>

/// Where the file of a missing revision went, as far as a git checkout tells.
namespace stillroom::project {

struct Vanished {
    enum class How {
        NotCommitted, ///< the newest commit has the file, the working folder has not
        Removed,      ///< by a commit
        GivenOtherId, ///< the file is there still, a commit changed its `revision`
        OnBranch      ///< another branch has it, this one never had
    };
    How how = How::Removed;
    QString path; ///< in the checkout
    QString commit, author, summary;
    QDateTime date;
    QString branch;
    bool operator==(const Vanished &) const = default;
};

/// One sentence: "Commit 1a2b3c4d5e (2024-03-01, Ann: drop it) removed versions/abc_x.py."
[[nodiscard]] QString sentence(const Vanished &vanished);

struct VanishedSearch {
    QHash<QString, Vanished> found; ///< by revision id
    QString remark;                 ///< why the others are not found; empty: looked everywhere, or in no checkout
};

struct SearchLimits {
    int commits = 50'000;
    std::chrono::milliseconds time{3000};
};

/// Looks for scripts with these ids that were in these folders (absolute; they need not exist any more). Reads the checkout around `root`
/// through libgit2, which runs nothing of what the project brings along. Any thread but the window's: it may take as long as the limits say.
[[nodiscard]] VanishedSearch findVanished(const QStringList &ids, const QString &root, const QStringList &versionFolders,
                                          const std::atomic<bool> *cancel = nullptr, const SearchLimits &limits = {});

} // namespace stillroom::project
