// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/backup.h"

#include "database/catalogreader.h"
#include "database/databaseproperties.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QStandardPaths>

#include <sqlite3.h>

#include <algorithm>

namespace stillroom::database {

namespace {

using dialect::DialectKind;

std::unexpected<Error> failed(const QString &subject, const QString &why)
{
    return std::unexpected(Error{.code = ErrorCode::BackupFailed, .subject = subject, .detail = why});
}

std::unexpected<Error> restoreFailed(const QString &subject, const QString &why)
{
    return std::unexpected(Error{.code = ErrorCode::RestoreFailed, .subject = subject, .detail = why});
}

QString moment() { return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")); }

/// A name that a file system takes and that tells databases apart.
QString folderName(const QString &databaseName)
{
    static const QRegularExpression unusual(QStringLiteral("[^A-Za-z0-9_.-]"));
    QString name = databaseName;
    return name.replace(unusual, QStringLiteral("_"));
}

// --- PostgreSQL -------------------------------------------------------------------------------------------------------------------------------

/// libpq's keywords as one connection string, without the password, which other users could read in the list of processes.
QString connectionString(const ConnectionSpec &spec, const QString &databaseName)
{
    QStringList words;
    for (const auto &[key, value] : spec.keywords) {
        if (key == QLatin1String("password") || key == QLatin1String("dbname"))
            continue;
        QString quoted = value;
        quoted.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('\''), QStringLiteral("\\'"));
        words.append(QStringLiteral("%1='%2'").arg(key, quoted));
    }
    QString name = databaseName;
    name.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('\''), QStringLiteral("\\'"));
    words.append(QStringLiteral("dbname='%1'").arg(name));
    return words.join(QLatin1Char(' '));
}

Result<QByteArray> runProgram(const QString &program, const QStringList &arguments, const ConnectionSpec &spec, const QString &subject)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    for (const auto &[key, value] : spec.keywords) {
        if (key == QLatin1String("password"))
            environment.insert(QStringLiteral("PGPASSWORD"), value);
    }
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(-1))
        return failed(subject, QStringLiteral("%1: %2").arg(program, process.errorString()));
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return failed(subject, QString::fromUtf8(process.readAllStandardError()).trimmed());
    return process.readAllStandardOutput();
}

int majorVersion(const QString &program)
{
    static const QRegularExpression number(QStringLiteral("\\(PostgreSQL\\) (\\d+)"));
    const auto said = runProgram(program, {QStringLiteral("--version")}, {}, program);
    return said ? number.match(QString::fromUtf8(*said)).captured(1).toInt() : 0;
}

/// The program of that name that is new enough for the server: the one on the path, else one of Debian's versioned folders.
Result<QString> clientProgram(const QString &name, int serverMajor, const QString &subject)
{
    QStringList found{QStandardPaths::findExecutable(name)};
    const QDir versions(QStringLiteral("/usr/lib/postgresql"));
    const QStringList folders = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &version : folders)
        found.append(versions.filePath(version) + QStringLiteral("/bin/") + name);
    int newest = 0;
    for (const QString &program : found) {
        const int major = program.isEmpty() || !QFileInfo(program).isExecutable() ? 0 : majorVersion(program);
        if (major >= serverMajor)
            return program;
        newest = std::max(newest, major);
    }
    return failed(subject, newest == 0 ? QStringLiteral("%1 is not installed").arg(name)
                                       : QStringLiteral("%1 is of version %2, the server of version %3").arg(name).arg(newest).arg(serverMajor));
}

Result<void> dump(Session &session, const ConnectionSpec &spec, const QString &file)
{
    const QString name = spec.databaseName();
    const int major = session.serverVersionNumber() / 10000;
    const auto program = clientProgram(QStringLiteral("pg_dump"), major, name);
    if (!program)
        return std::unexpected(program.error());
    const auto dumped = runProgram(*program,
                                   {QStringLiteral("--format=custom"), QStringLiteral("--no-password"), QStringLiteral("--file=") + file,
                                    QStringLiteral("--dbname=") + connectionString(spec, name)},
                                   spec, name);
    if (!dumped)
        return std::unexpected(dumped.error());
    const auto reader = clientProgram(QStringLiteral("pg_restore"), major, name);
    if (!reader)
        return std::unexpected(reader.error());
    const auto listed = runProgram(*reader, {QStringLiteral("--list"), file}, spec, name);
    return listed ? Result<void>() : std::unexpected(listed.error());
}

// --- SQLite -----------------------------------------------------------------------------------------------------------------------------------

struct Closes {
    void operator()(sqlite3 *handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, Closes>;

constexpr int kBusyMs = 5000;

Result<Handle> openFile(const QString &file, int flags)
{
    sqlite3 *raw = nullptr;
    const int status = sqlite3_open_v2(file.toUtf8().constData(), &raw, flags, nullptr);
    Handle handle(raw);
    if (status != SQLITE_OK)
        return failed(file, QString::fromUtf8(sqlite3_errstr(status)));
    sqlite3_busy_timeout(raw, kBusyMs);
    return handle;
}

Result<void> quickCheck(sqlite3 *handle, const QString &file)
{
    QString answer;
    const auto take = [](void *text, int, char **values, char **) {
        *static_cast<QString *>(text) += QString::fromUtf8(values[0]);
        return 0;
    };
    if (sqlite3_exec(handle, "PRAGMA quick_check(1)", take, &answer, nullptr) != SQLITE_OK || answer != QLatin1String("ok"))
        return failed(file, QStringLiteral("the copy is not sound: %1").arg(answer.isEmpty() ? QString::fromUtf8(sqlite3_errmsg(handle)) : answer));
    return {};
}

Result<void> copyPages(sqlite3 *from, sqlite3 *to, const QString &file)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return failed(file, QString::fromUtf8(sqlite3_errmsg(to)));
    const int status = sqlite3_backup_step(backup, -1); // all pages in one read transaction
    sqlite3_backup_finish(backup);
    if (status != SQLITE_DONE)
        return failed(file, QString::fromUtf8(sqlite3_errstr(status)));
    return {};
}

/// Two libraries on one file in one process would undo each other's locks; where Qt brings an SQLite of its own, it copies itself.
Result<void> copySqlite(Session &session, const ConnectionSpec &spec, const QString &to)
{
    const auto source = session.execute(QStringLiteral("SELECT sqlite_source_id()"));
    if (source && !source->rows.empty() && source->rows.front().front().toString() == QLatin1String(sqlite3_sourceid())) {
        const auto copied = copySqliteFile(spec.sqliteFile, to);
        return copied ? copied : failed(spec.databaseName(), QStringLiteral("%1: %2").arg(copied.error().subject, copied.error().detail));
    }
    const auto vacuumed = session.execute(QStringLiteral("VACUUM INTO ") + quotedText(to, DialectKind::Sqlite));
    return vacuumed ? Result<void>() : failed(spec.databaseName(), vacuumed.error().detail);
}

/// The file and what SQLite keeps beside it (SQLite, "Temporary Files Used By SQLite").
bool moveFile(const QString &from, const QString &to)
{
    if (!QFile::rename(from, to))
        return false;
    for (const char *suffix : {"-journal", "-wal", "-shm"})
        QFile::rename(from + QLatin1String(suffix), to + QLatin1String(suffix));
    return true;
}

/// Nobody else reads or writes the file until the handle is closed: what is kept then is what the restore replaces (SQLite, "PRAGMA
/// locking_mode"). SQLITE_OK, SQLITE_BUSY, SQLITE_NOTADB, …
int holdAlone(sqlite3 *handle) { return sqlite3_exec(handle, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", nullptr, nullptr, nullptr); }

/// The pages as they are, sound or not: a restore may be what is to help a damaged file.
Result<void> keepPages(sqlite3 *held, const QString &kept)
{
    const auto copy = openFile(kept, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!copy)
        return std::unexpected(copy.error());
    const auto copied = copyPages(held, copy->get(), kept);
    return copied ? Result<void>() : failed(kept, copied.error().detail);
}

Result<Restored> restoreSqlite(const ConnectionSpec &spec, const QString &file)
{
    const QString kept = spec.sqliteFile + QStringLiteral(".before-restore-") + moment();
    const auto problem = [&spec](const Error &error) {
        return restoreFailed(spec.databaseName(), QStringLiteral("%1: %2").arg(error.subject, error.detail));
    };
    const auto from = openFile(file, SQLITE_OPEN_READONLY);
    if (!from)
        return problem(from.error());
    if (const auto sound = quickCheck(from->get(), file); !sound)
        return problem(sound.error());
    const bool isNew = !QFile::exists(spec.sqliteFile), isThere = QFileInfo(spec.sqliteFile).size() > 0;
    auto to = openFile(spec.sqliteFile, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!to)
        return problem(to.error());
    bool isMoved = false;
    if (isThere) {
        const int held = holdAlone(to->get());
        if (held == SQLITE_NOTADB || held == SQLITE_CORRUPT) { // nothing that SQLite could write into
            to->reset();
            isMoved = moveFile(spec.sqliteFile, kept);
            if (!isMoved)
                return restoreFailed(spec.databaseName(), QStringLiteral("%1 cannot be put aside as %2").arg(spec.sqliteFile, kept));
            to = openFile(spec.sqliteFile, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        } else if (held != SQLITE_OK) {
            const QString advice = held == SQLITE_BUSY ? QStringLiteral("; another program is using it: end that, and try again") : QString();
            return restoreFailed(spec.databaseName(), QString::fromUtf8(sqlite3_errmsg(to->get())) + advice);
        } else if (const auto copied = keepPages(to->get(), kept); !copied) {
            QFile::remove(kept);
            return problem(copied.error());
        }
    }
    const auto copied = to ? copyPages(from->get(), to->get(), spec.sqliteFile) : std::unexpected(to.error());
    if (!copied) {
        Error error = copied.error();
        if (isThere && !isMoved) {
            if (quickCheck(to->get(), spec.sqliteFile)) // what was there still is
                QFile::remove(kept);
            else
                error.detail += QStringLiteral("; a copy of it is %1").arg(kept);
        }
        if (to)
            to->reset();
        if (isMoved || isNew)
            QFile::remove(spec.sqliteFile);
        if (isMoved)
            moveFile(kept, spec.sqliteFile);
        return problem(error);
    }
    return Restored{isThere ? kept : QString()};
}

/// Both or none: `name` becomes `kept`, and `fresh` takes its name.
Result<void> renameBoth(Session &session, const QString &name, const QString &kept, const QString &fresh)
{
    if (auto begun = session.begin(); !begun)
        return begun;
    for (const auto &[from, to] : {std::pair(name, kept), std::pair(fresh, name)}) {
        const auto renamed = session.execute(QStringLiteral("ALTER DATABASE %1 RENAME TO %2").arg(quotedName(from), quotedName(to)));
        if (!renamed) {
            std::ignore = session.rollback();
            return std::unexpected(renamed.error());
        }
    }
    return session.commit();
}

Result<Restored> restorePostgreSql(const ConnectionSpec &spec, const QString &file)
{
    const QString name = spec.databaseName(), fresh = nameBeside(name, QStringLiteral("_restore_") + moment()),
                  kept = nameBeside(name, QStringLiteral("_before_") + moment());
    const auto problem = [&name](const Error &error) {
        const bool isGone = error.code == ErrorCode::DatabaseMissing;
        return restoreFailed(name, isGone ? error.detail + QStringLiteral("; make an empty one of that name first") : error.detail);
    };
    ConnectionSpec maintenance = spec;
    maintenance.readOnly = false;
    maintenance.statementTimeoutMs = maintenance.lockTimeoutMs = 0;
    maintenance.keywords.emplace_back(QStringLiteral("dbname"),
                                      name == QLatin1String("postgres") ? QStringLiteral("template1") : QStringLiteral("postgres"));
    const auto session = Session::open(maintenance);
    if (!session)
        return problem(session.error());
    const auto reader = clientProgram(QStringLiteral("pg_restore"), (*session)->serverVersionNumber() / 10000, name);
    if (!reader)
        return problem(reader.error());
    if (const auto created = createDatabaseLike(**session, name, fresh); !created)
        return problem(created.error());
    // Without what was made for it; where that stays, it is told.
    const auto givenUp = [&](Error error) {
        if (const auto dropped = (*session)->execute(QStringLiteral("DROP DATABASE ") + quotedName(fresh)); !dropped)
            error.detail += QStringLiteral("; the database %1, which was made for it, is left over: %2").arg(fresh, dropped.error().detail);
        return problem(error);
    };
    const auto restored = runProgram(*reader,
                                     {QStringLiteral("--exit-on-error"), QStringLiteral("--single-transaction"), QStringLiteral("--no-password"),
                                      QStringLiteral("--dbname=") + connectionString(spec, fresh), file},
                                     spec, name);
    if (!restored)
        return givenUp(restored.error());
    // Only now: what is set for the database would hold for the restore as well.
    auto missing = copyDatabaseProperties(**session, name, fresh);
    if (!missing)
        return givenUp(missing.error());
    // The first fails where somebody is connected.
    if (const auto exchanged = renameBoth(**session, name, kept, fresh); !exchanged) {
        Error error = exchanged.error();
        for (const QString &database : {name, fresh})
            error.detail += whoIsConnected(**session, database);
        return givenUp(std::move(error));
    }
    return Restored{kept, std::move(*missing)};
}

// --- where a backup came from ---------------------------------------------------------------------------------------------------------------------

QString noteOf(const QString &backup) { return backup + QStringLiteral(".json"); }

QString originOf(const QString &backup)
{
    QFile note(noteOf(backup));
    return note.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(note.readAll()).object().value(QLatin1String("from")).toString() : QString();
}

bool writeOrigin(const QString &backup, const QString &from)
{
    QFile note(noteOf(backup));
    return note.open(QIODevice::WriteOnly) && note.write(QJsonDocument(QJsonObject{{QStringLiteral("from"), from}}).toJson()) > 0;
}

/// The rows of a COPY as pg_restore prints it: tabs between columns, a line with \\. at the end.
QStringList copiedRows(const QString &script)
{
    QStringList rows;
    bool isInside = false;
    const QStringList lines = script.split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (isInside && line == QLatin1String("\\."))
            isInside = false;
        else if (isInside && line != QLatin1String("\\N"))
            rows.append(line);
        else if (line.startsWith(QLatin1String("COPY ")))
            isInside = true;
    }
    return rows;
}

Result<VersionRows> rowsOfDump(const Backup &backup, const sql::QualifiedName &table)
{
    const auto reader = clientProgram(QStringLiteral("pg_restore"), 0, backup.databaseName);
    if (!reader)
        return std::unexpected(reader.error());
    const auto listed = runProgram(*reader, {QStringLiteral("--list"), backup.file}, {}, backup.databaseName);
    if (!listed)
        return std::unexpected(listed.error());
    static const QRegularExpression entry(QStringLiteral("^\\d+; \\d+ \\d+ TABLE DATA (.+)$"), QRegularExpression::MultilineOption);
    QStringList schemas; // that have such a table; where nobody named one it is public's, as with the server's usual search path
    for (auto found = entry.globalMatch(QString::fromUtf8(*listed)); found.hasNext();) {
        const QString words = found.next().captured(1), after = QLatin1Char(' ') + table.name.text + QLatin1Char(' ');
        if (words.contains(after))
            schemas.append(words.left(words.indexOf(after)));
    }
    const QString schema = !table.schema.isEmpty() ? table.schema.text : schemas.size() == 1 ? schemas.first() : QStringLiteral("public");
    if (!schemas.contains(schema))
        return VersionRows{};
    const auto script = runProgram(*reader,
                                   {QStringLiteral("--file=-"), QStringLiteral("--data-only"), QStringLiteral("--schema=") + schema,
                                    QStringLiteral("--table=") + table.name.text, backup.file},
                                   {}, backup.databaseName);
    if (!script)
        return std::unexpected(script.error());
    return VersionRows{true, copiedRows(QString::fromUtf8(*script))};
}

Result<VersionRows> rowsOfCopy(const Backup &backup, const sql::QualifiedName &table)
{
    const auto handle = openFile(backup.file, SQLITE_OPEN_READONLY);
    if (!handle)
        return std::unexpected(handle.error());
    VersionRows found;
    const auto take = [](void *rows, int, char **values, char **) {
        if (values[0])
            static_cast<QStringList *>(rows)->append(QString::fromUtf8(values[0]));
        return 0;
    };
    QStringList tables;
    const QString asked = QStringLiteral("SELECT name FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(%1)")
                              .arg(quotedText(table.name.text, DialectKind::Sqlite));
    const QString query = QStringLiteral("SELECT version_num FROM ") + quotedName(table.name.text);
    if (sqlite3_exec(handle->get(), asked.toUtf8().constData(), take, &tables, nullptr) != SQLITE_OK)
        return failed(backup.databaseName, QString::fromUtf8(sqlite3_errmsg(handle->get())));
    found.tableExists = !tables.isEmpty();
    if (found.tableExists && sqlite3_exec(handle->get(), query.toUtf8().constData(), take, &found.rows, nullptr) != SQLITE_OK)
        return failed(backup.databaseName, QString::fromUtf8(sqlite3_errmsg(handle->get())));
    return found;
}

} // namespace

QString backupFolder() { return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/stillroom/backups"); }

Result<void> copySqliteFile(const QString &from, const QString &to)
{
    const auto source = openFile(from, SQLITE_OPEN_READONLY);
    if (!source)
        return std::unexpected(source.error());
    const auto target = openFile(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!target)
        return std::unexpected(target.error());
    if (auto copied = copyPages(source->get(), target->get(), to); !copied)
        return copied;
    return quickCheck(target->get(), to);
}

Result<Backup> makeBackup(Session &session, const ConnectionSpec &spec, const QString &folder)
{
    const QString name = spec.databaseName();
    const QDir place(QDir(folder).filePath(folderName(name)));
    if (!QDir().mkpath(place.path()))
        return failed(name, QStringLiteral("the folder %1 cannot be made").arg(place.path()));
    QFile::setPermissions(place.path(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    const bool isFile = spec.kind == DialectKind::Sqlite;
    const QString file = place.filePath(moment() + (isFile ? QStringLiteral(".sqlite") : QStringLiteral(".dump")));
    const QString unfinished = file + QStringLiteral(".part");
    const auto copied = isFile ? copySqlite(session, spec, unfinished) : dump(session, spec, unfinished);
    if (!copied) {
        QFile::remove(unfinished);
        return std::unexpected(copied.error());
    }
    QFile::setPermissions(unfinished, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!QFile::rename(unfinished, file))
        return failed(name, QStringLiteral("%1 cannot be written").arg(file));
    if (!writeOrigin(file, spec.display()))
        return failed(name, QStringLiteral("%1 cannot be written").arg(noteOf(file)));
    const QFileInfo made(file);
    return Backup{file, folderName(name), made.lastModified(), made.size(), spec.display()};
}

std::vector<Backup> backupsIn(const QString &folder)
{
    std::vector<Backup> found;
    const QDir root(folder);
    const QStringList databases = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &database : databases) {
        const QFileInfoList files = QDir(root.filePath(database)).entryInfoList({QStringLiteral("*.dump"), QStringLiteral("*.sqlite")}, QDir::Files);
        for (const QFileInfo &file : files)
            found.push_back({file.filePath(), database, file.lastModified(), file.size(), originOf(file.filePath())});
    }
    // The name is the moment in UTC; a file's own time may be that of a copy.
    std::ranges::sort(found, std::ranges::greater{}, [](const Backup &backup) { return QFileInfo(backup.file).fileName(); });
    return found;
}

int pruneBackups(const QString &folder, const QString &databaseName, int keep, const QString &from)
{
    int seen = 0, removed = 0;
    for (const Backup &backup : backupsIn(folder)) {
        if (backup.databaseName != folderName(databaseName) || (!from.isEmpty() && backup.from != from) || ++seen <= keep)
            continue;
        if (QFile::remove(backup.file)) {
            QFile::remove(noteOf(backup.file));
            ++removed;
        }
    }
    return removed;
}

std::vector<Backup> backupsOf(const ConnectionSpec &spec, const QString &folder)
{
    std::vector<Backup> found = backupsIn(folder);
    std::erase_if(found, [&spec](const Backup &backup) {
        return backup.databaseName != folderName(spec.databaseName()) || (!backup.from.isEmpty() && backup.from != spec.display());
    });
    return found;
}

Result<VersionRows> versionRowsIn(const Backup &backup, const sql::QualifiedName &versionTable)
{
    return backup.file.endsWith(QLatin1String(".sqlite")) ? rowsOfCopy(backup, versionTable) : rowsOfDump(backup, versionTable);
}

Result<Restored> restoreBackup(const ConnectionSpec &spec, const QString &file)
{
    if (!QFileInfo(file).isReadable())
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .detail = QStringLiteral("there is no such file"), .file = file});
    return spec.kind == DialectKind::Sqlite ? restoreSqlite(spec, file) : restorePostgreSql(spec, file);
}

Result<void> permitsRestore(const ConnectionPolicy &policy, const ConnectionSpec &spec, const QString &file, const Consent &consent)
{
    const QString name = spec.databaseName(), from = originOf(file);
    if (auto permitted = permits(policy, Act::Restore, name, consent); !permitted)
        return permitted;
    // Whoever is connected: the same database.
    const auto place = [&spec](const QString &address) {
        return spec.kind == DialectKind::Sqlite ? address : address.mid(address.lastIndexOf(QLatin1Char('@')) + 1);
    };
    if (from.isEmpty() || place(from) == place(spec.display()) || consent.typedName == name)
        return {};
    return std::unexpected(
        Error{.code = ErrorCode::PolicyRefused,
              .subject = name,
              .detail = QStringLiteral("%1 is a backup of %2, and would take the place of %3; give the name %4 as the confirmation")
                            .arg(QFileInfo(file).fileName(), from, spec.display(), name)});
}

} // namespace stillroom::database
