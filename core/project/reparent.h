// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <QByteArray>

#include <optional>

/// Another parent for a revision that exists: the other way, beside a merge, to make one head of two. Only its file's header changes.
namespace stillroom::project {

struct ScriptEdit {
    QString revision;
    QString file; ///< absolute
    QByteArray before, after;
    QStringList oldParents, newParents;
    QStringList headsBefore, headsAfter;
    QStringList notes;
    bool operator==(const ScriptEdit &) const = default;
};

struct Reparenting {
    QString revision;  ///< any name that Alembic knows for one revision
    QStringList onto;  ///< the new parents; "base": none
    QString insteadOf; ///< replaces this parent of a merge alone; empty: all parents
};

/// The script as it would be written; nothing is. Errors: those of naming revisions, HeaderNotEditable, ParentNotPossible (it would follow
/// itself, or follows it already).
[[nodiscard]] Result<ScriptEdit> planReparenting(const Project &project, const Reparenting &wanted);

/// As `diff -u`, the file named as seen from the project's folder.
[[nodiscard]] QString diffOf(const ScriptEdit &edit, const QString &root);

/// Writes `after` in one step, if the file still is `before`. Errors: FileNotReadable, FileNotWritable, EditOutdated.
[[nodiscard]] Result<void> write(const ScriptEdit &edit);
/// Puts `before` back, if the file still is `after`.
[[nodiscard]] Result<void> undo(const ScriptEdit &edit);

/// The edits of a project that can still be undone, kept in this account's data folder (`folder`, see editsFolder()), the last one last.
/// Errors: FileNotWritable.
[[nodiscard]] Result<void> keep(const ScriptEdit &edit, const QString &root, const QString &folder);
[[nodiscard]] std::optional<ScriptEdit> lastKept(const QString &root, const QString &folder);
[[nodiscard]] Result<void> forgetLast(const QString &root, const QString &folder);
[[nodiscard]] QString editsFolder();

} // namespace stillroom::project
