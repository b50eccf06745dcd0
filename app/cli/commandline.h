// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <expected>

/// The words of stillroom-cli, spelled as Alembic's own ("alembic --help").
namespace stillroom::cli {

struct CommandLine {
    QString command;
    QStringList arguments;            ///< positional ones after the command
    QString configuration;            ///< -c; default: alembic.ini or pyproject.toml of the working folder
    QString pyProject;                ///< a second -c
    QString section;                  ///< -n
    QHash<QString, QString> settings; ///< --version-table, --version-table-schema
    QHash<QString, QString> xArguments;
    QString url;       ///< --url
    QString range;     ///< history -r
    QString dialect;   ///< render --dialect, and --sql without a database
    QString direction; ///< render --direction
    QString tag;       ///< --tag
    bool quiet = false, verbose = false, json = false, sql = false, all = false, purge = false, indicateCurrent = false, readOnly = false,
         resolveDependencies = false, checkHeads = false, raiseError = false;
    /// Options of one command alone: by long name, each with its values in order, a switch with none.
    QHash<QString, QStringList> own;
    [[nodiscard]] bool has(const char *name) const { return own.contains(QLatin1String(name)); }
    [[nodiscard]] QString value(const char *name) const { return own.value(QLatin1String(name)).value(0); }
    [[nodiscard]] QStringList values(const char *name) const { return own.value(QLatin1String(name)); }
};

/// What to print and exit with when there is nothing to run: a usage error (2), or help and version (0).
struct Exit {
    int status = 0;
    QString text;
};

[[nodiscard]] std::expected<CommandLine, Exit> parse(const QStringList &arguments);

} // namespace stillroom::cli
