// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace stillroom::project {

/// A program that the project wants run on each new script (Alembic, "Applying Post Processing and Python Code Formatters to
/// Generated Revisions"). Nothing runs one but a person's word.
struct PostWriteHook {
    QString name;
    QHash<QString, QString> options; ///< type, executable, entrypoint, module, options, cwd
    QString file;                    ///< where it is configured
    bool operator==(const PostWriteHook &) const = default;
};

struct HookCommand {
    QString program;
    QStringList arguments;
    QString folder; ///< empty: the working folder
    bool operator==(const HookCommand &) const = default;
};

/// What Alembic would run, save that a console script is called by its own name and a module by python3: there is no Python
/// here whose packages could be asked. Error: HookNotUnderstood.
[[nodiscard]] Result<HookCommand> commandOf(const PostWriteHook &hook, const QString &scriptFile);

/// A text as a POSIX shell splits it (Python's shlex.split). nullopt: a quotation mark or an escape is left open.
[[nodiscard]] std::optional<QStringList> splitAsShell(const QString &text);

} // namespace stillroom::project
