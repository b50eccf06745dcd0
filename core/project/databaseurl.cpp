// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/databaseurl.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <libpq-fe.h>

namespace stillroom::project {

namespace {

Error notUnderstood(const QString &detail)
{
    Error error;
    error.code = ErrorCode::UrlNotUnderstood;
    error.detail = detail;
    return error;
}

/// libpq's own reading of a URL or of keywords.
Result<std::vector<std::pair<QString, QString>>> parsedByLibpq(const QString &text)
{
    char *message = nullptr;
    PQconninfoOption *options = PQconninfoParse(text.toUtf8().constData(), &message);
    if (!options) {
        const QString detail = QString::fromUtf8(message ? message : "").trimmed();
        PQfreemem(message);
        return std::unexpected(notUnderstood(detail));
    }
    std::vector<std::pair<QString, QString>> keywords;
    for (const PQconninfoOption *option = options; option->keyword; ++option) {
        if (option->val)
            keywords.emplace_back(QString::fromUtf8(option->keyword), QString::fromUtf8(option->val));
    }
    PQconninfoFree(options);
    return keywords;
}

bool isLibpqKeyword(const QString &name)
{
    static const QStringList known = [] {
        QStringList names;
        PQconninfoOption *options = PQconndefaults();
        for (const PQconninfoOption *option = options; option && option->keyword; ++option)
            names.append(QString::fromUtf8(option->keyword));
        PQconninfoFree(options);
        return names;
    }();
    return known.contains(name);
}

QString decoded(const QString &text) { return QUrl::fromPercentEncoding(text.toUtf8()); }

/// SQLAlchemy's grammar: name[+driver]://[user[:password]@][host][:port][/database][?query]
struct Parts {
    QString scheme, user, password, host, port, database, query;
    bool hasPassword = false;
};

std::optional<Parts> split(const QString &text)
{
    static const QRegularExpression grammar(
        QStringLiteral("^([\\w+]+)://(?:([^:/]*)(?::([^@]*))?@)?(?:(?:\\[([^/?]+)\\]|([^/:?]+))?(?::([^/?]*))?)?(?:/([^?]*))?(?:\\?(.*))?$"));
    const auto match = grammar.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Parts parts;
    parts.scheme = match.captured(1).toLower();
    parts.user = decoded(match.captured(2));
    parts.hasPassword = match.capturedStart(3) >= 0;
    parts.password = decoded(match.captured(3));
    parts.host = match.captured(4).isEmpty() ? match.captured(5) : match.captured(4);
    parts.port = match.captured(6);
    parts.database = match.captured(7);
    parts.query = match.captured(8);
    return parts;
}

Result<DatabaseUrl> postgresql(const Parts &parts)
{
    DatabaseUrl url;
    url.kind = dialect::DialectKind::PostgreSql;
    QStringList hosts;
    QStringList ports;
    if (!parts.host.isEmpty())
        hosts.append(decoded(parts.host));
    if (!parts.port.isEmpty())
        ports.append(parts.port);
    std::vector<std::pair<QString, QString>> rest;
    const auto items = QUrlQuery(parts.query).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        if (name == QLatin1String("host")) { // ?host=a:1&host=b:2, or the folder of a socket
            const qsizetype colon = value.startsWith(QLatin1Char('/')) ? -1 : value.lastIndexOf(QLatin1Char(':'));
            hosts.append(colon < 0 ? value : value.left(colon));
            if (colon >= 0)
                ports.append(value.mid(colon + 1));
        } else if (name == QLatin1String("port")) {
            ports.append(value);
        } else if (name == QLatin1String("ssl")) { // asyncpg's word
            rest.emplace_back(QStringLiteral("sslmode"),
                              value == QLatin1String("true") || value == QLatin1String("True") ? QStringLiteral("require") : value);
        } else if (isLibpqKeyword(name)) {
            rest.emplace_back(name, value);
        } else {
            url.droppedOptions.append(name);
        }
    }
    const auto put = [&url](const char *name, const QString &value) {
        if (!value.isEmpty())
            url.keywords.emplace_back(QString::fromLatin1(name), value);
    };
    put("host", hosts.join(QLatin1Char(',')));
    put("port", ports.join(QLatin1Char(',')));
    put("dbname", decoded(parts.database));
    put("user", parts.user);
    put("password", parts.password);
    url.keywords.insert(url.keywords.end(), rest.begin(), rest.end());
    return url;
}

DatabaseUrl sqlite(QString path, const QString &relativeTo)
{
    DatabaseUrl url;
    url.kind = dialect::DialectKind::Sqlite;
    if (path.startsWith(QLatin1String("file:"))) // SQLite's own URI, with uri=true
        path = decoded(path.mid(5)).section(QLatin1Char('?'), 0, 0);
    url.sqliteFile =
        path.isEmpty() || path == QLatin1String(":memory:") ? QStringLiteral(":memory:") : QDir::cleanPath(QDir(relativeTo).absoluteFilePath(path));
    return url;
}

bool looksLikeSqliteFile(const QString &text, const QString &relativeTo)
{
    static const QStringList endings{QStringLiteral("db"), QStringLiteral("sqlite"), QStringLiteral("sqlite3"), QStringLiteral("db3")};
    return !text.contains(QLatin1Char('=')) &&
           (endings.contains(QFileInfo(text).suffix().toLower()) || QFileInfo(QDir(relativeTo).absoluteFilePath(text)).isFile());
}

} // namespace

Result<DatabaseUrl> DatabaseUrl::parse(const QString &text, const QString &relativeTo)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::unexpected(notUnderstood(QStringLiteral("it is empty")));
    if (!trimmed.contains(QLatin1String("://"))) {
        if (looksLikeSqliteFile(trimmed, relativeTo))
            return sqlite(trimmed, relativeTo);
        if (!trimmed.contains(QLatin1Char('=')))
            return std::unexpected(notUnderstood(QStringLiteral("'%1' is neither a URL, nor libpq keywords, nor a SQLite file").arg(trimmed)));
        auto keywords = parsedByLibpq(trimmed);
        if (!keywords)
            return std::unexpected(std::move(keywords).error());
        DatabaseUrl url;
        url.kind = dialect::DialectKind::PostgreSql;
        url.keywords = std::move(*keywords);
        return url;
    }
    const QString scheme = trimmed.section(QLatin1String("://"), 0, 0).toLower();
    const QString backend = scheme.section(QLatin1Char('+'), 0, 0);
    if (backend == QLatin1String("sqlite")) {
        QString path = trimmed.mid(trimmed.indexOf(QLatin1String("://")) + 3);
        if (!path.startsWith(QLatin1Char('/')) && !path.isEmpty() && !path.startsWith(QLatin1Char('?')))
            return std::unexpected(notUnderstood(QStringLiteral("SQLite's address is sqlite:///file.db (three slashes, four for an absolute path)")));
        path = path.mid(1);
        if (!path.startsWith(QLatin1String("file:")))
            path = path.section(QLatin1Char('?'), 0, 0);
        return sqlite(path, relativeTo);
    }
    if (backend != QLatin1String("postgresql") && backend != QLatin1String("postgres")) {
        Error error;
        error.code = ErrorCode::DialectUnknown;
        error.subject = backend;
        return std::unexpected(std::move(error));
    }
    // A host list before the path is libpq's own form of URL, which SQLAlchemy does not have.
    const QString authority = trimmed.section(QLatin1String("://"), 1).section(QLatin1Char('/'), 0, 0).section(QLatin1Char('@'), -1);
    if (authority.contains(QLatin1Char(','))) {
        auto keywords = parsedByLibpq(QStringLiteral("postgresql://") + trimmed.section(QLatin1String("://"), 1));
        if (!keywords)
            return std::unexpected(std::move(keywords).error());
        DatabaseUrl url;
        url.kind = dialect::DialectKind::PostgreSql;
        url.keywords = std::move(*keywords);
        return url;
    }
    const auto parts = split(trimmed);
    if (!parts)
        return std::unexpected(notUnderstood(QStringLiteral("its parts cannot be told apart; special characters in a password are written as %XX")));
    return postgresql(*parts);
}

QString DatabaseUrl::databaseName() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return sqliteFile;
    for (const auto &[name, value] : keywords) {
        if (name == QLatin1String("dbname"))
            return value;
    }
    return {};
}

QString DatabaseUrl::display() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return sqliteFile;
    QHash<QString, QString> known;
    for (const auto &[name, value] : keywords)
        known.insert(name, value);
    QString text = QStringLiteral("postgresql://");
    if (known.contains(QStringLiteral("user")))
        text += known.value(QStringLiteral("user")) + QLatin1Char('@');
    text += known.value(QStringLiteral("host"));
    if (known.contains(QStringLiteral("port")))
        text += QLatin1Char(':') + known.value(QStringLiteral("port"));
    return text + QLatin1Char('/') + known.value(QStringLiteral("dbname"));
}

} // namespace stillroom::project
