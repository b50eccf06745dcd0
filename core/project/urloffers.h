// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/dotenv.h"
#include "project/project.h"

#include <QProcessEnvironment>

namespace stillroom::project {

/// Whether a text begins as a SQLAlchemy database URL does, with a database that SQLAlchemy knows. The placeholder of
/// Alembic's own alembic.ini is none.
[[nodiscard]] bool isDatabaseUrl(const QString &text);

struct UrlSources {
    Setting ini;   ///< sqlalchemy.url
    Setting envPy; ///< as env.py left it
    QString dotEnvFile;
    std::vector<DotEnvEntry> dotEnv;
    QProcessEnvironment process;
};
/// The addresses that a project mentions, each once, the surest first: what env.py says, then the ini, then .env, then the
/// environment, whose variables may belong to something else.
[[nodiscard]] QList<UrlOffer> offersFrom(const UrlSources &sources);

} // namespace stillroom::project
