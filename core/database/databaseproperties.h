// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

/// What belongs to a PostgreSQL database as a whole and stands outside it, so that no dump of it alone has it. Source: PostgreSQL, "pg_dump"
/// (--create: "database-level properties"), "ALTER DATABASE", "System Catalogs" (pg_database, pg_db_role_setting).
namespace stillroom::database {

/// A name for a database that belongs to `name`: as much of that as PostgreSQL's 63 bytes leave, and `end` as a whole.
[[nodiscard]] QString nameBeside(const QString &name, const QString &end);

/// "; connected to it: process 12, user u, psql": who else is, for the end of a sentence. Empty: nobody, or the server does not say.
[[nodiscard]] QString whoIsConnected(Session &session, const QString &name);

/// An empty database with the encoding, locale, owner and tablespace of another one. Errors: DatabaseMissing, StatementFailed.
[[nodiscard]] Result<void> createDatabaseLike(Session &session, const QString &model, const QString &name);

/// Gives `to` what `from` has: settings (ALTER DATABASE … SET, ALTER ROLE … IN DATABASE … SET), rights (GRANT … ON DATABASE), the limit of
/// connections and the comment. What the person who is connected may not give stays away; told is each such thing with the server's words.
/// Errors: StatementFailed where they cannot be read, ConnectionLost.
[[nodiscard]] Result<QStringList> copyDatabaseProperties(Session &session, const QString &from, const QString &to);

} // namespace stillroom::database
