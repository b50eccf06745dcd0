// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace stillroom::project {

/// The [tool.alembic] table of a pyproject.toml. Texts are already formatted: `%(here)s` replaced, `%%` a percent sign.
struct AlembicTable {
    struct Value {
        std::variant<QString, QStringList, bool, qint64> value;
        int line = 0;
    };
    QHash<QString, Value> values;
    QList<QHash<QString, QString>> hooks; ///< [[tool.alembic.post_write_hooks]]
    int line = 0;
};

/// nullopt: the file has no such table. Errors: FileNotReadable, ConfigurationSyntax with file and line.
[[nodiscard]] Result<std::optional<AlembicTable>> readPyProject(const QString &file);
/// The same of a text that stands in this file.
[[nodiscard]] Result<std::optional<AlembicTable>> parsePyProject(const QByteArray &text, const QString &file);

} // namespace stillroom::project
