// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

/// `.stillroom.json` beside the configuration: what a person has said about a project that cannot be read from it. It can be
/// committed, so that it is said once.
namespace stillroom::project {

struct Answers {
    QHash<QString, QString> values;      ///< dotted unknown name → Python expression (script::Environment::givenValues)
    QHash<QString, QString> environment; ///< os.environ, over the project's .env
    QHash<QString, QString> settings;    ///< what env.py's context.configure() would say: version_table, …
    QString python;                      ///< the project's interpreter (projectpython.h), as written
    bool operator==(const Answers &) const = default;
};

[[nodiscard]] QString answersFile(const QString &root);

/// Without such a file everything is empty. Errors: FileNotReadable, ConfigurationSyntax.
[[nodiscard]] Result<Answers> readAnswers(const QString &root);

/// Keeps or, with nullopt, forgets the values of these names; the rest of the file stays as it is. All or nothing. Errors:
/// those of readAnswers(), GivenValueNotUnderstood, FileNotWritable.
[[nodiscard]] Result<void> giveValues(const QString &root, const std::vector<std::pair<QString, std::optional<QString>>> &values);

/// Keeps or, with nullopt, forgets what a person says of a setting that env.py leaves open. Errors: those of readAnswers(), FileNotWritable.
[[nodiscard]] Result<void> giveSetting(const QString &root, const QString &name, const std::optional<QString> &text);

/// Names the project's interpreter from now on; empty: it is looked for again. Errors: as giveSetting().
[[nodiscard]] Result<void> givePython(const QString &root, const QString &program);

} // namespace stillroom::project
