// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QStringList>

/// Changes to a revision script's header that leave every other byte as it is.
namespace stillroom::script {

/// The script with `down_revision` set to these ids (none: None), and with the docstring's "Revises:" line to match where there is one.
/// Error: HeaderNotEditable where down_revision is no plain assignment at the top level; those of reading a script.
[[nodiscard]] Result<QByteArray> withDownRevisions(const QByteArray &script, const QString &fileName, const QStringList &ids);

} // namespace stillroom::script
