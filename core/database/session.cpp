// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/session.h"

#include "database/postgresqlsession.h"
#include "database/sqlitesession.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace stillroom::database {

namespace {

QString keyword(const ConnectionSpec &spec, QLatin1String name)
{
    // libpq takes the last of two equal keywords.
    const auto found = std::find_if(spec.keywords.rbegin(), spec.keywords.rend(), [name](const auto &pair) { return pair.first == name; });
    return found == spec.keywords.rend() ? QString() : found->second;
}

} // namespace

CancelHandle::~CancelHandle() = default;
Session::~Session() = default;
void Session::setPulse(std::function<void()>) {}
int Session::backendPid() const { return 0; }
Encryption Session::encryption() const { return {}; }

SessionAddress Session::address() const { return {}; }

QString ConnectionSpec::databaseName() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return sqliteFile == QLatin1String(":memory:") ? sqliteFile : QFileInfo(sqliteFile).fileName();
    for (const char *name : {"dbname", "service", "user"}) {
        if (const QString value = keyword(*this, QLatin1String(name)); !value.isEmpty())
            return value;
    }
    const QString fromEnvironment = defaultKeyword("dbname");
    return fromEnvironment.isEmpty() ? defaultKeyword("user") : fromEnvironment;
}

QString ConnectionSpec::display() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return QDir::toNativeSeparators(sqliteFile);
    if (!shownAs.isEmpty())
        return shownAs;
    const QString service = keyword(*this, QLatin1String("service"));
    if (!service.isEmpty())
        return QStringLiteral("service=") + service;
    QString host = keyword(*this, QLatin1String("host"));
    if (host.isEmpty())
        host = keyword(*this, QLatin1String("hostaddr"));
    const QString user = keyword(*this, QLatin1String("user")), port = keyword(*this, QLatin1String("port"));
    QString text = user.isEmpty() ? QString() : user + QLatin1Char('@');
    text += host;
    if (!port.isEmpty())
        text += QLatin1Char(':') + port;
    if (!text.isEmpty())
        text += QLatin1Char('/');
    return text + databaseName();
}

bool isSurelyOne(const QString &sql)
{
    const qsizetype first = sql.indexOf(QLatin1Char(';'));
    return first < 0 || std::all_of(sql.cbegin() + first + 1, sql.cend(), [](QChar c) { return c.isSpace(); });
}

Result<void> Session::executeAll(const QStringList &statements, const std::function<void(Outcome &&)> &answered, const std::function<void()> &)
{
    for (const QString &sql : statements) {
        auto outcome = execute(sql);
        if (!outcome)
            return std::unexpected(std::move(outcome).error());
        answered(std::move(*outcome));
    }
    return {};
}

Result<std::unique_ptr<Session>> Session::open(const ConnectionSpec &spec)
{
    switch (spec.kind) {
    case dialect::DialectKind::PostgreSql:
        return PostgreSqlSession::open(spec);
    case dialect::DialectKind::Sqlite:
        return SqliteSession::open(spec);
    }
    return {};
}

} // namespace stillroom::database
