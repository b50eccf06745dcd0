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

    void folder(const QString &path)
    {
        const QString real = QFileInfo(path).canonicalFilePath();
        const Listing listing = listingOf(path);
        if (!path.endsWith(QStringLiteral("__pycache__")))
            for (const Listed &listed : listing.files)
                file(path + QLatin1Char('/') + listed.name, real + QLatin1Char('/') + listed.name, listed);
        if (recursive)
            for (const Listed &listed : listing.folders)
                folder(path + QLatin1Char('/') + listed.name);
    }

    void file(const QString &path, const QString &inRealFolder, const Listed &listed)
    {
        const QString &name = listed.name;
        if (name.endsWith(QStringLiteral(".pyc")) || name.endsWith(QStringLiteral(".pyo")))
            ++result.compiledOnly;
        if (!name.endsWith(QStringLiteral(".py")) || name.startsWith(QStringLiteral(".#")) || name.startsWith(QStringLiteral("__init__")))
            return;
        const QString real = listed.isLink ? QFileInfo(path).canonicalFilePath() : inRealFolder;
        if (seen.contains(real)) {
            result.notes << QStringLiteral("%1 is found twice, since version_locations overlap; it counts once.").arg(path);
            return;
        }
        seen.insert(real);
        result.files.push_back({.path = path, .stamp = {}});
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

VersionFiles versionFiles(const QStringList &folders, bool recursive)
{
    Collector collector;
    collector.recursive = recursive;
    for (const QString &folder : folders)
        if (QFileInfo(folder).isDir())
            collector.folder(folder);
    return collector.result;
}

} // namespace stillroom::project
