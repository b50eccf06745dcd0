// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "postgresserver.h"
#include "scripts.h"

/// Where the tests of real runs take place.
namespace stillroom::testsupport {

inline QString q(const char *text) { return QString::fromUtf8(text); }

/// A project of small scripts, and an empty database of either kind for it.
struct Place {
    std::unique_ptr<TestDatabase> database; ///< null on SQLite
    Scripts scripts;
    database::ConnectionSpec spec;
    QString url;

    explicit Place(dialect::DialectKind kind)
    {
        spec.kind = kind;
        if (kind == dialect::DialectKind::PostgreSql) {
            database = PostgresServer::shared().createDatabase();
            spec.keywords = database->keywords();
            url = database->url();
        } else {
            spec.sqliteFile = scripts.path(q("x.db"));
            spec.createIfMissing = true;
            url = q("sqlite:///") + spec.sqliteFile;
        }
    }
    explicit Place(bool isServer) : Place(isServer ? dialect::DialectKind::PostgreSql : dialect::DialectKind::Sqlite) {}

    [[nodiscard]] std::unique_ptr<database::Session> open(bool readOnly = false) const
    {
        database::ConnectionSpec asked = spec;
        asked.readOnly = readOnly;
        auto session = database::Session::open(asked);
        return session ? std::move(*session) : nullptr;
    }

    /// Plans the way to `target` in the scripts as they are now and runs it; `change` may alter what is asked for.
    Result<void> upgrade(database::Session &session, const QString &target, const std::function<void(const migration::RunEvent &)> &tell,
                         const std::function<void(migration::RunRequest &)> &change = {}) const
    {
        const auto project = scripts.open();
        if (!project)
            return std::unexpected(project.error());
        const auto plan = planTo(*project, session, target);
        if (!plan)
            return std::unexpected(plan.error());
        migration::RunRequest request{.plan = *plan, .targetName = {}, .connection = spec};
        if (change)
            change(request);
        const std::atomic<bool> stop = false;
        return migration::run(*project, session, request, stop, tell);
    }
};

} // namespace stillroom::testsupport
