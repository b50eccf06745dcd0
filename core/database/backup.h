// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"
#include "database/connectionpolicy.h"
#include "database/session.h"

#include <QDateTime>

/// Copies of a whole database before a run. Source: PostgreSQL, "pg_dump", "pg_restore"; SQLite, "Online Backup API".
namespace stillroom::database {

struct Backup {
    QString file;
    QString databaseName;
    QDateTime madeAt;
    qint64 bytes = 0;
    QString from{}; ///< ConnectionSpec::display() of what was copied: databases of several servers may have one name; empty: nobody noted it
    bool operator==(const Backup &) const = default;
};

/// Where backups go unless the person names another folder: <data folder>/stillroom/backups.
[[nodiscard]] QString backupFolder();

/// A file of its own in folder/database, looked over before it gets its name (pg_restore --list; PRAGMA quick_check), so that a file
/// that is there is whole. pg_dump writes its custom format and has to be at least as new as the server. Errors: BackupFailed.
[[nodiscard]] Result<Backup> makeBackup(Session &session, const ConnectionSpec &spec, const QString &folder);

/// Newest first.
[[nodiscard]] std::vector<Backup> backupsIn(const QString &folder);
/// Removes all but the newest `keep` of one database; with `from` only of those that were made of that one. How many were removed.
int pruneBackups(const QString &folder, const QString &databaseName, int keep, const QString &from = {});
/// Backups that a connection may be restored from: made of it, or of a database of that name where nobody noted which.
[[nodiscard]] std::vector<Backup> backupsOf(const ConnectionSpec &spec, const QString &folder);
/// Where the database was when it was copied, read from the file alone (SQLite; PostgreSQL: pg_restore). Errors: BackupFailed.
[[nodiscard]] Result<VersionRows> versionRowsIn(const Backup &backup, const sql::QualifiedName &versionTable);

/// What a restore has done with the database that was there before.
struct Restored {
    QString keptAs;        ///< name or file under which it is kept; empty: there was no file
    QStringList missing{}; ///< what belonged to it as a whole and could not be given to the restored one, each with the server's words
};
/// PostgreSQL: restores into a new database, gives that what the old one has as a whole (databaseproperties.h: a dump is without it), then
/// its name; the old one is kept under another. SQLite: holds the file alone, keeps a copy beside it and puts the backup's content into it;
/// a file that is no database any more is put aside as it is. Nobody else may be connected. Errors: RestoreFailed; then the database is as
/// it was.
[[nodiscard]] Result<Restored> restoreBackup(const ConnectionSpec &spec, const QString &file);

/// Whether the policy permits Act::Restore, and for a backup that is noted to be of another database whether its name was typed. Errors:
/// PolicyRefused, ReadOnlyConnection.
[[nodiscard]] Result<void> permitsRestore(const ConnectionPolicy &policy, const ConnectionSpec &spec, const QString &file, const Consent &consent);

/// A copy of an SQLite file as it stands at one moment, by the backup API. Errors: BackupFailed.
[[nodiscard]] Result<void> copySqliteFile(const QString &from, const QString &to);

} // namespace stillroom::database
