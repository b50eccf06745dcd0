// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QString>
#include <QStringList>

namespace stillroom::project {

/// One configured value with its place.
struct ConfiguredValue {
    QString value;
    QString file;
    int line = 0;
    bool isFromToml = false;
    QStringList items; ///< a TOML list, as it was given
};

/// alembic.ini and [tool.alembic] of pyproject.toml. Source: Alembic, "Editing the .ini File", "Using pyproject.toml for
/// configuration"; Python's configparser, "Supported INI File Structure", "Interpolation of values".
struct Configuration {
    QString file;                           ///< the one that was found first
    QString iniFile;                        ///< empty: none
    QString tomlFile;                       ///< empty: none with [tool.alembic]
    QHash<QString, ConfiguredValue> values; ///< keys in lower case; the ini's come first

    [[nodiscard]] QString value(const QString &key) const { return values.value(key).value; }
};

/// `path`: a folder or one of the two files. Errors: ConfigurationNotFound, FileNotReadable, ConfigurationSyntax, SectionMissing.
[[nodiscard]] Result<Configuration> readConfiguration(const QString &path, const QString &section);

/// Splits version_locations or prepend_sys_path by path_separator, version_path_separator, or the old rule.
[[nodiscard]] QStringList splitPaths(const Configuration &configuration, const QString &key, bool alsoOnColons);

} // namespace stillroom::project
