// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

#include <QFile>
#include <QTemporaryDir>

/// A copy of a database for a rehearsal. Source: PostgreSQL, "CREATE DATABASE" (TEMPLATE); flock(2), which ends with its process.
namespace stillroom::migration {

/// PostgreSQL: a database beside the other, NAME_rehearsal_…; SQLite: a file in a folder of its own among the temporary ones, in which a
/// file is locked as long as the process lives.
class ScratchCopy {
public:
    /// On SQLite it removes first what killed rehearsals of this account have left. Errors: StatementFailed, BackupFailed.
    static Result<std::unique_ptr<ScratchCopy>> make(database::Session &session, const database::ConnectionSpec &spec);
    ~ScratchCopy();
    Q_DISABLE_COPY_MOVE(ScratchCopy)
    [[nodiscard]] const database::ConnectionSpec &spec() const { return m_spec; }
    /// Once; by a connection of its own where the session is lost. Why it is still there and what removes it, or nothing.
    QString remove();

private:
    ScratchCopy(database::Session &session, const database::ConnectionSpec &spec);
    Result<void> copyFile(const QString &from);
    Result<void> copyDatabase();

    database::Session &m_session;
    database::ConnectionSpec m_original, m_spec;
    std::unique_ptr<QTemporaryDir> m_folder;
    QFile m_lock;
    QString m_drop; ///< empty: there is no database to drop
};

} // namespace stillroom::migration
