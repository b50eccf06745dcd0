// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace stillroom::project {

/// What was changed in a text, line by line, as `diff -u` prints it: three lines around each change. Empty: nothing was.
[[nodiscard]] QString unifiedDiff(const QString &before, const QString &after, const QString &name);

} // namespace stillroom::project
