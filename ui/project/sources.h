// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

namespace stillroom::ui {

/// Where a setting came from, for people: "alembic.ini, line 12".
[[nodiscard]] QString sourceName(project::Setting::Source source, const QString &file, int line, const QString &root);
/// A path as it is seen from the project's folder.
[[nodiscard]] QString shortPath(const QString &file, const QString &root);

} // namespace stillroom::ui
