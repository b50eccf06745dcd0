// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QString>
#include <QStringList>

#include <vector>

/// New projects, which Alembic takes as its own. Source: Alembic's documentation, "The Migration Environment".
namespace stillroom::project {

struct ProjectTemplate {
    QString name;  ///< as Alembic's
    QString about; ///< one line
};
[[nodiscard]] const std::vector<ProjectTemplate> &projectTemplates();

struct NewProject {
    QString folder;            ///< script folder; relative to the working folder
    QString configurationFile; ///< empty: alembic.ini in the working folder
    QString templateName = QStringLiteral("generic");
    bool isPackage = false;
};

struct WrittenProject {
    QString configurationFile;
    QStringList written; ///< files, absolute, in their order
    QStringList notes;   ///< what stood there already and was left as it is
};

/// A file that exists is never replaced; a pyproject.toml is added to. Errors: NoSuchTemplate, FolderNotEmpty, FileNotWritable,
/// ConfigurationSyntax (the pyproject.toml that is there).
[[nodiscard]] Result<WrittenProject> writeProject(const NewProject &wanted);

} // namespace stillroom::project
