// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QString>

namespace stillroom {

/// A whole file, with as few calls of the system as that takes: a project may have ten thousand scripts (POSIX, "read").
/// Error: FileNotReadable with the system's words. Any thread.
[[nodiscard]] Result<QByteArray> readFile(const QString &fileName);

} // namespace stillroom
