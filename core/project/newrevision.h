// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "project/project.h"

#include <QByteArray>

#include <chrono>

/// New revision scripts. Source: Alembic's documentation, "Create a Migration Script", "Working with Branches", "Editing the
/// .ini File".
namespace stillroom::project {

struct NewRevision {
    std::optional<QString> message;
    QStringList heads{QStringLiteral("head")}; ///< several: a merge
    bool splice = false;                       ///< the heads need not be heads
    QString branchLabel;                       ///< empty: none
    QStringList dependsOn;
    QString versionPath; ///< empty: where the first head is, or the only folder there is
    QString id;          ///< empty: a random one
    QString upgradeSql, downgradeSql;
    dialect::DialectKind sqlKind = dialect::DialectKind::PostgreSql; ///< how the SQL is split into statements
};

struct RevisionFile {
    QString id;
    QStringList parents;
    QString file; ///< absolute
    QString text;
    QByteArray bytes; ///< the text in the project's output_encoding
    QStringList notes;
};

/// The script as it would be written; nothing is. `now` becomes the create date. Errors: those of the graph and its targets,
/// HeadNeedsSplice, DuplicateHeads, IllegalRevisionId, RevisionExists, VersionPathUnknown, VersionPathNeeded, TimeZoneUnknown,
/// EncodingUnknown, FileNameNotUsable, FileExists, SqlNotWritable, TemplateDropsText.
[[nodiscard]] Result<RevisionFile> planRevision(const Project &project, const NewRevision &wanted, std::chrono::system_clock::time_point now);

/// Writes it; a file that exists is never replaced. Errors: FileExists, FileNotWritable.
[[nodiscard]] Result<void> writeRevision(const RevisionFile &planned);

/// `uuid4().hex[-12:]`, as Alembic's.
[[nodiscard]] QString newRevisionId();

} // namespace stillroom::project
