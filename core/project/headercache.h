// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/locations.h"
#include "revision/revisiongraph.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <span>
#include <vector>

/// Headers kept between starts. An entry counts only for a file whose path, size, inode and times of modification and of change
/// are those it was made from, and for this very program: a script that changed is read again, whatever its date says. What cannot be
/// read or written is as if it were not there.
namespace stillroom::project {

class HeaderCache {
public:
    /// `folder` empty: nothing is kept. One file there for each project and program.
    HeaderCache(const QString &folder, const QStringList &versionFolders);

    /// The header that was made from this file as it stands; nullopt: to be read. `position`: among the files, which mostly is that
    /// among the entries. Several threads may ask.
    [[nodiscard]] std::optional<revision::Header> find(const VersionFile &file, std::size_t position) const;

    /// Keeps these for the next start, headers[i] of files[i], where that would change anything. A file that changed within the
    /// last seconds is not kept, since it could change again without its times telling.
    /// `found`: how many of them come from here.
    void keep(std::span<const VersionFile> files, std::span<const revision::Header> headers, std::size_t found,
              std::chrono::system_clock::time_point now) const;

    /// Where the person's caches are.
    [[nodiscard]] static QString userFolder();

private:
    struct Entry {
        FileStamp stamp;
        qsizetype pathOffset = 0, headerOffset = 0;
    };
    void load();
    [[nodiscard]] bool isFor(const Entry &entry, const QString &path) const;
    [[nodiscard]] const Entry *entryFor(const QString &path, std::size_t position) const;
    QString m_file;
    QByteArray m_bytes;
    std::vector<Entry> m_entries; ///< by path
};

} // namespace stillroom::project
