// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/locations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace stillroom::project {

std::optional<QString> folderNamed(const QString &name, const QString &root, const QStringList &importRoots)
{
    if (QDir::isAbsolutePath(name) || !name.contains(QLatin1Char(':')))
        return QDir::cleanPath(QDir(root).absoluteFilePath(name));
    QStringList parts = name.split(QLatin1Char(':'));
    const QString package = parts.takeFirst().replace(QLatin1Char('.'), QLatin1Char('/'));
    for (const QString &importRoot : importRoots) {
        const QDir folder(QDir(importRoot).absoluteFilePath(package));
        if (folder.exists())
            return QDir::cleanPath(folder.absoluteFilePath(parts.join(QLatin1Char('/'))));
    }
    return std::nullopt;
}

namespace {

FileStamp stampFrom(const struct stat &status)
{
    constexpr qint64 kSecond = 1'000'000'000;
    return {.size = static_cast<qint64>(status.st_size),
            .modifiedNs = static_cast<qint64>(status.st_mtim.tv_sec) * kSecond + status.st_mtim.tv_nsec,
            .changedNs = static_cast<qint64>(status.st_ctim.tv_sec) * kSecond + status.st_ctim.tv_nsec,
            .inode = static_cast<qint64>(status.st_ino),
            .device = static_cast<qint64>(status.st_dev)};
}

struct Listed {
    QString name;
    bool isLink = false;
};

struct Listing {
    std::vector<Listed> files, folders;
};

/// os.walk's view of one folder: what cannot be listed is empty, a link to a folder is not followed. Straight from the system, which
/// tells with each name what it is; QDir and std::filesystem ask again for every file.
Listing listingOf(const QString &folder)
{
    Listing listing;
    DIR *open = opendir(QFile::encodeName(folder).constData());
    if (!open)
        return listing;
    while (const dirent *entry = readdir(open)) {
        const QByteArray name(entry->d_name);
        if (name == "." || name == "..")
            continue;
        Listed listed{.name = QFile::decodeName(name), .isLink = entry->d_type == DT_LNK};
        bool isFolder = entry->d_type == DT_DIR;
        if (entry->d_type == DT_UNKNOWN || listed.isLink) { // a file system that does not tell, or what the link leads to
            struct stat itself{}, target{};
            listed.isLink = fstatat(dirfd(open), entry->d_name, &itself, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(itself.st_mode);
            isFolder = fstatat(dirfd(open), entry->d_name, &target, 0) == 0 && S_ISDIR(target.st_mode);
        }
        if (!isFolder)
            listing.files.push_back(std::move(listed));
        else if (!listed.isLink)
            listing.folders.push_back(std::move(listed));
    }
    closedir(open);
    std::ranges::sort(listing.files, {}, &Listed::name);
    std::ranges::sort(listing.folders, {}, &Listed::name);
    return listing;
}

struct Collector {
    VersionFiles result;
    QSet<QString> seen;
    bool recursive = false;
    bool mayOverlap = false; ///< in several folders a file can be found twice

    void folder(const QString &path)
    {
        const Listing listing = listingOf(path);
        if (!path.endsWith(QStringLiteral("__pycache__"))) {
            const bool hasLinks = std::ranges::any_of(listing.files, &Listed::isLink);
            const QString real = mayOverlap || hasLinks ? QFileInfo(path).canonicalFilePath() : QString();
            result.files.reserve(result.files.size() + listing.files.size());
            for (const Listed &listed : listing.files)
                file(path, real, listed);
        }
        if (recursive)
            for (const Listed &listed : listing.folders)
                folder(path + QLatin1Char('/') + listed.name);
    }

    /// `realFolder` empty: nothing can be found twice.
    void file(const QString &folder, const QString &realFolder, const Listed &listed)
    {
        const QString &name = listed.name;
        if (name.endsWith(QLatin1String(".pyc")) || name.endsWith(QLatin1String(".pyo")))
            ++result.compiledOnly;
        if (!name.endsWith(QLatin1String(".py")) || name.startsWith(QLatin1String(".#")) || name.startsWith(QLatin1String("__init__")))
            return;
        QString path = folder + QLatin1Char('/') + name;
        if (!realFolder.isEmpty()) {
            const QString real = listed.isLink ? QFileInfo(path).canonicalFilePath() : realFolder + QLatin1Char('/') + name;
            if (seen.contains(real)) {
                result.notes << QStringLiteral("%1 is found twice, since version_locations overlap; it counts once.").arg(path);
                return;
            }
            seen.insert(real);
        }
        result.files.push_back({.path = std::move(path), .stamp = {}});
    }
};

} // namespace

std::optional<FileStamp> stampOf(const QString &file)
{
    struct stat status{};
    if (stat(QFile::encodeName(file).constData(), &status) != 0)
        return std::nullopt;
    return stampFrom(status);
}

Stamping::~Stamping()
{
    if (m_open >= 0)
        close(m_open);
}

FileStamp Stamping::of(const QString &file)
{
    const qsizetype slash = file.lastIndexOf(QLatin1Char('/')) + 1;
    if (slash != m_folder.size() || !file.startsWith(m_folder)) {
        if (m_open >= 0)
            close(m_open);
        m_folder = file.left(slash);
        m_open = open(QFile::encodeName(m_folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }
    struct stat status{};
    const bool exists = m_open >= 0 && fstatat(m_open, QFile::encodeName(file.mid(slash)).constData(), &status, 0) == 0;
    return exists ? stampFrom(status) : FileStamp();
}

VersionFiles versionFiles(const QStringList &folders, bool recursive)
{
    Collector collector;
    collector.recursive = recursive;
    collector.mayOverlap = recursive || folders.size() > 1;
    for (const QString &folder : folders)
        if (QFileInfo(folder).isDir())
            collector.folder(folder);
    return collector.result;
}

} // namespace stillroom::project
