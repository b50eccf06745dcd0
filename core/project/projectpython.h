// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QString>
#include <QStringList>

#include <optional>

/// The Python that a project's people run Alembic with. Looking for it runs nothing.
namespace stillroom::project {

struct ProjectPython {
    QString program; ///< absolute
    QString source;  ///< where it was found, in words
    bool operator==(const ProjectPython &) const = default;
};

/// "python" in .stillroom.json (relative to it), else the virtual environment that is active, .venv or venv beside the configuration or
/// above it as far as the repository goes, else Poetry's own ("Managing environments": the name's and the folder's hash). nullopt: there is none.
/// Errors: those of readAnswers(); FileNotReadable where the one that was chosen is not there.
[[nodiscard]] Result<std::optional<ProjectPython>> findPython(const QString &root);

/// What Poetry calls the environment of a package in this folder, without "-py3.11".
[[nodiscard]] QString poetryEnvironmentName(const QString &package, const QString &folder);

} // namespace stillroom::project
