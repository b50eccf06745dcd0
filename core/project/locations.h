// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Folders and files of a project on disk.
namespace stillroom::project {

/// A folder as the configuration names it: absolute, relative to `root`, or `package:folder`, the package looked up in
/// `importRoots` (Alembic's coerce_resource_to_filename). nullopt: such a package is not in the project.
[[nodiscard]] std::optional<QString> folderNamed(const QString &name, const QString &root, const QStringList &importRoots);

/// What the file system says of a file, so that a changed one is noticed.
struct FileStamp {
    qint64 size = -1, modifiedNs = 0, changedNs = 0, inode = 0, device = 0;
    bool operator==(const FileStamp &) const = default;
};
/// nullopt: there is no such file.
[[nodiscard]] std::optional<FileStamp> stampOf(const QString &file);

struct VersionFile {
    QString path;
    FileStamp stamp; ///< filled in by who needs it
};

/// Stamps of many files, folder by folder: the system looks up a name in an open folder in half the time of a whole path.
class Stamping {
public:
    Stamping() = default;
    ~Stamping();
    Q_DISABLE_COPY_MOVE(Stamping)
    /// All -1 and 0 where there is no such file.
    [[nodiscard]] FileStamp of(const QString &file);

private:
    QString m_folder; ///< with its last slash
    int m_open = -1;
};
struct VersionFiles {
    std::vector<VersionFile> files; ///< in Alembic's loading order
    QStringList notes;
    int compiledOnly = 0; ///< .pyc and .pyo files, which `sourceless` would load
};
/// The scripts of these folders that Alembic loads: names that end in ".py" and begin neither with ".#" nor with "__init__",
/// sorted, folder by folder, each file once.
[[nodiscard]] VersionFiles versionFiles(const QStringList &folders, bool recursive);

} // namespace stillroom::project
