// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/scratchcopy.h"

#include "database/backup.h"
#include "database/catalogreader.h"
#include "database/databaseproperties.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

#include <cstdio>

#include <sys/file.h>
#include <unistd.h>

namespace stillroom::migration {

using database::ConnectionSpec;
using database::Session;

namespace {

/// Of the folders; QTemporaryDir adds what tells one from another.
QString folderPrefix() { return QStringLiteral("stillroom-rehearsal-"); }
QString copyName() { return QStringLiteral("rehearsal.sqlite"); }
QString lockName() { return QStringLiteral("in-use"); }

/// Only folders whose lock nobody holds any more, and only what stands in one: the file, what SQLite keeps beside it, the lock.
void removeAbandonedCopies()
{
    const QDir all(QDir::tempPath());
    const QFileInfoList folders = all.entryInfoList({folderPrefix() + QLatin1Char('*')}, QDir::Dirs | QDir::NoSymLinks | QDir::NoDotAndDotDot);
    for (const QFileInfo &folder : folders) {
        const QDir place(folder.filePath());
        QFile lock(place.filePath(lockName()));
        if (folder.ownerId() != geteuid() || !lock.open(QIODevice::ReadWrite | QIODevice::ExistingOnly) ||
            ::flock(lock.handle(), LOCK_EX | LOCK_NB) != 0)
            continue;
        for (const char *suffix : {"", "-journal", "-wal", "-shm"})
            QFile::remove(place.filePath(copyName() + QLatin1String(suffix)));
        lock.remove();
        QDir().rmdir(place.path());
    }
}

} // namespace

ScratchCopy::ScratchCopy(Session &session, const ConnectionSpec &spec) : m_session(session), m_original(spec), m_spec(spec) {}

Result<std::unique_ptr<ScratchCopy>> ScratchCopy::make(Session &session, const ConnectionSpec &spec)
{
    std::unique_ptr<ScratchCopy> copy(new ScratchCopy(session, spec));
    auto made = session.kind() == dialect::DialectKind::Sqlite ? copy->copyFile(spec.sqliteFile) : copy->copyDatabase();
    if (!made)
        return std::unexpected(std::move(made).error());
    return copy;
}

Result<void> ScratchCopy::copyFile(const QString &from)
{
    removeAbandonedCopies();
    m_folder = std::make_unique<QTemporaryDir>(QDir(QDir::tempPath()).filePath(folderPrefix()));
    const auto failed = [&](const QString &why) { return std::unexpected(Error{.code = ErrorCode::BackupFailed, .subject = from, .detail = why}); };
    if (!m_folder->isValid())
        return failed(m_folder->errorString());
    // Under its name only when it is locked: another rehearsal may look in between.
    const QString lock = m_folder->filePath(lockName()), unlocked = lock + QStringLiteral(".new");
    m_lock.setFileName(unlocked);
    if (!m_lock.open(QIODevice::WriteOnly) || ::flock(m_lock.handle(), LOCK_EX | LOCK_NB) != 0 ||
        std::rename(QFile::encodeName(unlocked).constData(), QFile::encodeName(lock).constData()) != 0)
        return failed(QStringLiteral("%1 cannot be written").arg(lock));
    m_spec.sqliteFile = m_folder->filePath(copyName());
    m_spec.createIfMissing = true;
    return database::copySqliteFile(from, m_spec.sqliteFile);
}

Result<void> ScratchCopy::copyDatabase()
{
    const QString original = m_original.databaseName();
    const QString name =
        database::nameBeside(original, QStringLiteral("_rehearsal_") + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmsszzz")));
    auto made = m_session.execute(QStringLiteral("CREATE DATABASE %1 TEMPLATE %2").arg(database::quotedName(name), database::quotedName(original)));
    if (!made) {
        if (made.error().sqlState == QLatin1String("55006")) // object_in_use
            made.error().detail += database::whoIsConnected(m_session, original);
        return std::unexpected(std::move(made).error());
    }
    m_drop = QStringLiteral("DROP DATABASE ") + database::quotedName(name);
    m_spec.keywords.emplace_back(QStringLiteral("dbname"), name);
    return {};
}

QString ScratchCopy::remove()
{
    if (m_drop.isEmpty())
        return {};
    const QString drop = std::exchange(m_drop, {});
    auto dropped = m_session.execute(drop);
    if (!dropped && !m_session.isUsable()) {
        m_original.readOnly = false;
        const auto again = Session::open(m_original);
        dropped = again ? (*again)->execute(drop) : std::unexpected(again.error());
    }
    if (dropped || dropped.error().sqlState == QLatin1String("3D000")) // invalid_catalog_name: dropped before the answer was lost
        return {};
    return QStringLiteral("The copy is left over (%1). To remove it, with all that is in it: %2;").arg(dropped.error().detail, drop);
}

ScratchCopy::~ScratchCopy() { std::ignore = remove(); }

} // namespace stillroom::migration
