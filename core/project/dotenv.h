// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace stillroom::project {

struct DotEnvValue {
    QString name, value, file;
    int line = 0;
};

/// A `.env` file as python-dotenv reads it: `export`, quotes, escapes, comments, `${NAME}` and `${NAME:-default}`.
[[nodiscard]] std::vector<DotEnvValue> parseDotEnv(const QString &text, const QString &file);
/// Those of the nearest `.env` from `folder` upwards, not above a git root or the home folder. Empty: none.
[[nodiscard]] std::vector<DotEnvValue> findDotEnv(const QString &folder);

} // namespace stillroom::project
