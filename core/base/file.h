// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

namespace stillroom {

/// A whole file, with as few calls of the system as that takes: a project may have ten thousand scripts (POSIX, "read").
/// Error: FileNotReadable with the system's words. Any thread.
[[nodiscard]] Result<QByteArray> readFile(const QString &fileName);

/// Reads many files, folder by folder: the system looks up a name in an open folder in half the time of a whole path. One thread.
class FolderReading {
public:
    FolderReading() = default;
    ~FolderReading();
    Q_DISABLE_COPY_MOVE(FolderReading)
    /// As readFile().
    [[nodiscard]] Result<QByteArray> read(const QString &fileName);

private:
    QString m_folder; ///< with its last slash
    int m_open = -1;
};

} // namespace stillroom
