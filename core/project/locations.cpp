// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/locations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <filesystem>

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

namespace fs = std::filesystem;

struct Listing {
    std::vector<QString> files, folders;
};

QString nameOf(const fs::path &path) { return QFile::decodeName(QByteArray::fromStdString(path.string())); }

/// os.walk's view of one folder: what cannot be listed is empty, a link to a folder is not followed.
Listing listingOf(const QString &folder)
{
    Listing listing;
    std::error_code ignored;
    for (fs::directory_iterator it(QFile::encodeName(folder).toStdString(), ignored), end; !ignored && it != end; it.increment(ignored)) {
        std::error_code failed;
        const QString name = nameOf(it->path().filename());
        if (!it->is_directory(failed))
            listing.files.push_back(name);
        else if (!it->is_symlink(failed))
            listing.folders.push_back(name);
    }
    std::ranges::sort(listing.files);
    std::ranges::sort(listing.folders);
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
            for (const QString &name : listing.files)
                file(path + QLatin1Char('/') + name, real + QLatin1Char('/') + name, name);
        if (recursive)
            for (const QString &name : listing.folders)
                folder(path + QLatin1Char('/') + name);
    }

    void file(const QString &path, const QString &inRealFolder, const QString &name)
    {
        if (name.endsWith(QStringLiteral(".pyc")) || name.endsWith(QStringLiteral(".pyo")))
            ++result.compiledOnly;
        if (!name.endsWith(QStringLiteral(".py")) || name.startsWith(QStringLiteral(".#")) || name.startsWith(QStringLiteral("__init__")))
            return;
        const QFileInfo info(path);
        const QString real = info.isSymLink() ? info.canonicalFilePath() : inRealFolder;
        if (seen.contains(real)) {
            result.notes << QStringLiteral("%1 is found twice, since version_locations overlap; it counts once.").arg(path);
            return;
        }
        seen.insert(real);
        result.files << path;
    }
};

} // namespace

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
