// SPDX-License-Identifier: GPL-3.0-or-later
#include "realalembic.h"

#include <QProcess>
#include <QProcessEnvironment>

#include <sqlite3.h>

namespace stillroom::conformance {

namespace {

Finished runProgram(const QString &program, const QStringList &arguments, const QString &folder, const QString &url)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DATABASE_URL"), url);
    environment.insert(QStringLiteral("PYTHONDONTWRITEBYTECODE"), QStringLiteral("1"));
    environment.insert(QStringLiteral("PYTHONHASHSEED"), QStringLiteral("0"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    if (!process.waitForFinished(300000))
        return {-1, {}, QStringLiteral("%1: %2").arg(program, process.errorString())};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

QList<Fixture> fixtures()
{
    const QString root = QStringLiteral(STILLROOM_SOURCE_DIR);
    const QString projects = root + QStringLiteral("/tests/projects/");
    const QString postgresql = QStringLiteral("postgresql");
    const QString sqlite = QStringLiteral("sqlite");
    return {
        {QStringLiteral("demo"), root + QStringLiteral("/migrations"), {postgresql, sqlite}},
        {QStringLiteral("library"), projects + QStringLiteral("library"), {postgresql}},
        {QStringLiteral("erp"), projects + QStringLiteral("erp"), {postgresql}},
        {QStringLiteral("files"), projects + QStringLiteral("files"), {postgresql, sqlite}},
        {QStringLiteral("restaurant"), projects + QStringLiteral("restaurant"), {postgresql}},
        {QStringLiteral("rag"), projects + QStringLiteral("rag"), {postgresql}},
    };
}

QString alembicUrl(const Fixture &fixture, const QString &url)
{
    if (fixture.name != QLatin1String("files"))
        return url;
    QString asynchronous = url;
    asynchronous.replace(QStringLiteral("postgresql://"), QStringLiteral("postgresql+asyncpg://"));
    return asynchronous.replace(QStringLiteral("sqlite://"), QStringLiteral("sqlite+aiosqlite://"));
}

Finished runAlembic(const Fixture &fixture, const QString &url, const QStringList &arguments)
{
    return runProgram(QStringLiteral("/usr/bin/alembic"), arguments, fixture.folder, alembicUrl(fixture, url));
}

Finished runStillroom(const QString &cli, const Fixture &fixture, const QString &url, const QStringList &arguments)
{
    return runProgram(cli, QStringList{QStringLiteral("-c"), QStringLiteral("alembic.ini"), QStringLiteral("--url"), url} + arguments, fixture.folder,
                      url);
}

QString sqlalchemyVersion()
{
    static const QString version = [] {
        QProcess process;
        process.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral("-c"), QStringLiteral("import sqlalchemy; print(sqlalchemy.__version__)")});
        process.waitForFinished();
        return QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    }();
    return version;
}

std::expected<QStringList, QString> sqliteSchema(const QString &file)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open_v2(file.toUtf8().constData(), &database, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) {
        const QString text = QString::fromUtf8(sqlite3_errmsg(database));
        sqlite3_close(database);
        return std::unexpected(text);
    }
    QStringList lines;
    sqlite3_stmt *statement = nullptr;
    sqlite3_prepare_v2(database,
                       "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
                       -1, &statement, nullptr);
    while (sqlite3_step(statement) == SQLITE_ROW)
        lines.append(QString::fromUtf8(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0))));
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return lines;
}

} // namespace stillroom::conformance
