// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

/// `.env` files as python-dotenv reads them (its parser.py and variables.py; README, "File format").
namespace stillroom::project {

struct DotEnvEntry {
    QString name;
    std::optional<QString> value; ///< nullopt: a name without "="
    int line = 0;
    QStringList missing; ///< names that ${…} refers to and nobody knows; the value is then not known either
    bool operator==(const DotEnvEntry &) const = default;
};

/// Every assignment in its order. `${NAME}` and `${NAME:-default}` are looked up among the earlier assignments and then in
/// `outer`. Lines that are no assignment are left out, as python-dotenv does.
[[nodiscard]] std::vector<DotEnvEntry> readDotEnv(const QString &text, const std::function<std::optional<QString>(const QString &)> &outer = {});

/// The nearest `.env`, from `folder` upwards, not above the folder of the git repository or the home folder; where neither
/// is above, no further than the parent. Empty: none.
[[nodiscard]] QString findDotEnv(const QString &folder);

/// The folder that a project's files belong to: the git repository around `folder`, or `folder` itself.
[[nodiscard]] QString repositoryAround(const QString &folder);

} // namespace stillroom::project
