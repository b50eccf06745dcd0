// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/locations.h"
#include "revision/revisiongraph.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <chrono>
#include <span>
#include <vector>

/// Headers kept between starts. An entry counts only for a file whose path, size, inode and times of modification and of change
/// are those it was made from, and for this very program: a script that changed is read again, whatever its date says. What cannot be
/// read or written is as if it were not there.
namespace stillroom::project {

class HeaderCache {
public:
    /// `folder` empty: nothing is kept. One file there for each project, named by its version folders.
    HeaderCache(const QString &folder, const QStringList &versionFolders);

    /// The header that was made from this file as it stands; false: to be read. Files are best asked for in their order.
    [[nodiscard]] bool find(const VersionFile &file, revision::Header &header);

    /// Keeps these for the next start, headers[i] of files[i], where that would change anything. A file that changed within the
    /// last seconds is not kept, since it could change again without its times telling.
    void keep(std::span<const VersionFile> files, std::span<const revision::Header> headers, std::chrono::system_clock::time_point now);

    /// Where the person's caches are.
    [[nodiscard]] static QString userFolder();

private:
    struct Entry {
        FileStamp stamp;
        qsizetype offset = 0; ///< of the header in m_bytes
        QString path;
    };
    void load();
    QString m_file;
    QByteArray m_bytes;
    std::vector<Entry> m_entries;
    std::size_t m_next = 0;               ///< entries come in the order in which files are asked for, mostly
    QHash<QString, std::size_t> m_byPath; ///< made when they do not
    std::size_t m_found = 0;
};

} // namespace stillroom::project
