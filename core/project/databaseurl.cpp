// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/databaseurl.h"

#include "base/libpq.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>
#include <QUrl>

#include <libpq-fe.h>

#include <memory>
#include <ranges>

namespace stillroom::project {

namespace {

using Pairs = std::vector<std::pair<QString, QString>>;

struct FreeOptions {
    void operator()(PQconninfoOption *options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// Every keyword that this libpq knows.
const QSet<QString> &libpqKeywords()
{
    static const QSet<QString> keywords = [] {
        QSet<QString> names;
        if (!loadLibpq())
            return names;
        const Options options(PQconndefaults());
        for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option)
            names.insert(QString::fromUtf8(option->keyword));
        return names;
    }();
    return keywords;
}

Error notUnderstood(const QString &detail) { return {.code = ErrorCode::UrlNotUnderstood, .detail = detail}; }

QString decoded(const QString &text) { return QUrl::fromPercentEncoding(text.toUtf8()); }

/// urllib's parse_qsl: "+" is a space, pairs without a value are left out.
Pairs queryPairs(const QString &query)
{
    Pairs pairs;
    for (const QString &part : query.split(QLatin1Char('&'), Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        if (equals <= 0 || equals + 1 == part.size())
            continue;
        const auto text = [](QString piece) { return decoded(piece.replace(QLatin1Char('+'), QLatin1Char(' '))); };
        pairs.emplace_back(text(part.left(equals)), text(part.mid(equals + 1)));
    }
    return pairs;
}

/// The parts of a URL as SQLAlchemy's make_url splits them.
struct Parts {
    QString dialect, driver, user, password, host, port, database;
    bool hasUser = false, hasPassword = false;
    Pairs query;
};

std::optional<Parts> split(const QString &text)
{
    static const QRegularExpression expression(QStringLiteral("\\A(?<name>[\\w\\+]+)://"
                                                              "(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?"
                                                              "(?:(?:\\[(?<ipv6>[^/\\?]+)\\]|(?<host>[^/:\\?]+)?)(?::(?<port>[^/\\?]*))?)?"
                                                              "(?:/(?<database>[^\\?]*))?(?:\\?(?<query>.*))?\\z"),
                                               QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    Parts parts;
    const QString name = match.captured(QStringLiteral("name"));
    const qsizetype plus = name.indexOf(QLatin1Char('+'));
    parts.dialect = plus < 0 ? name : name.left(plus);
    parts.driver = plus < 0 ? QString() : name.mid(plus + 1);
    parts.hasUser = match.hasCaptured(QStringLiteral("user"));
    parts.user = decoded(match.captured(QStringLiteral("user")));
    parts.hasPassword = match.hasCaptured(QStringLiteral("password"));
    parts.password = decoded(match.captured(QStringLiteral("password")));
    parts.host = match.captured(QStringLiteral("ipv6"));
    if (parts.host.isEmpty())
        parts.host = match.captured(QStringLiteral("host"));
    parts.port = match.captured(QStringLiteral("port"));
    parts.database = match.captured(QStringLiteral("database"));
    parts.query = queryPairs(match.captured(QStringLiteral("query")));
    return parts;
}

void set(Pairs &keywords, const QString &name, const QString &value)
{
    const auto known = std::ranges::find(keywords, name, &std::pair<QString, QString>::first);
    if (known != keywords.end())
        known->second = value;
    else
        keywords.emplace_back(name, value);
}

/// Hosts of `?host=a:1&host=b:2`, `?host=a,b&port=1,2`, `?host=/socket/folder`.
struct Hosts {
    QStringList names, ports;
    bool anyPort = false;

    void add(const QString &value)
    {
        static const QRegularExpression withPort(QStringLiteral("\\A([A-Za-z0-9_.\\-]*):(\\d*)\\z"));
        for (const QString &token : value.split(QLatin1Char(','))) {
            const QRegularExpressionMatch match = withPort.match(token);
            names << (match.hasMatch() ? match.captured(1) : token);
            ports << (match.hasMatch() ? match.captured(2) : QString());
            anyPort = anyPort || !ports.back().isEmpty();
        }
    }
};

/// asyncpg's `ssl`: the words of sslmode, or a truth value, which stands for a verified connection.
std::optional<QString> sslMode(const QString &value)
{
    static const QStringList modes{QStringLiteral("disable"), QStringLiteral("allow"),     QStringLiteral("prefer"),
                                   QStringLiteral("require"), QStringLiteral("verify-ca"), QStringLiteral("verify-full")};
    const QString word = value.toLower();
    if (modes.contains(word))
        return word;
    if (word == QStringLiteral("true") || word == QStringLiteral("1"))
        return QStringLiteral("verify-full");
    if (word == QStringLiteral("false") || word == QStringLiteral("0"))
        return QStringLiteral("disable");
    return std::nullopt;
}

void addQuery(DatabaseUrl &url, const Parts &parts)
{
    Hosts hosts;
    QString ports;
    for (const auto &[name, value] : parts.query) {
        if (name == QStringLiteral("host")) {
            hosts.add(value);
        } else if (name == QStringLiteral("port")) {
            ports = ports.isEmpty() ? value : ports + QLatin1Char(',') + value;
        } else if (name == QStringLiteral("ssl")) {
            if (const std::optional<QString> mode = sslMode(value))
                set(url.keywords, QStringLiteral("sslmode"), *mode);
            else
                url.droppedOptions << name;
        } else if (name == QStringLiteral("unix_sock")) { // pg8000 names the socket itself, libpq its folder
            set(url.keywords, QStringLiteral("host"), QFileInfo(value).path());
        } else if (name == QStringLiteral("database")) {
            set(url.keywords, QStringLiteral("dbname"), value);
        } else if (libpqKeywords().contains(name)) {
            set(url.keywords, name, value);
        } else {
            url.droppedOptions << name;
        }
    }
    if (!hosts.names.isEmpty())
        set(url.keywords, QStringLiteral("host"), hosts.names.join(QLatin1Char(',')));
    if (hosts.anyPort)
        set(url.keywords, QStringLiteral("port"), hosts.ports.join(QLatin1Char(',')));
    else if (!ports.isEmpty())
        set(url.keywords, QStringLiteral("port"), ports);
    url.droppedOptions.removeDuplicates();
}

Result<DatabaseUrl> fromLibpq(const QString &text)
{
    if (auto loaded = loadLibpq(); !loaded)
        return std::unexpected(std::move(loaded).error());
    char *message = nullptr;
    const Options options(PQconninfoParse(text.toUtf8().constData(), &message));
    const QString why = QString::fromUtf8(message ? message : "").trimmed();
    PQfreemem(message);
    if (!options) {
        // libpq repeats a part of the text, which may be the password.
        const bool maySaySecret = text.contains(QLatin1Char('@')) || text.contains(QStringLiteral("password"), Qt::CaseInsensitive);
        return std::unexpected(notUnderstood(maySaySecret ? QStringLiteral("libpq cannot read it") : why));
    }
    DatabaseUrl url;
    url.kind = dialect::DialectKind::PostgreSql;
    static const QStringList first{QStringLiteral("host"), QStringLiteral("port"), QStringLiteral("dbname"), QStringLiteral("user"),
                                   QStringLiteral("password")};
    Pairs rest;
    QHash<QString, QString> values;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        if (!option->val)
            continue;
        const QString name = QString::fromUtf8(option->keyword), value = QString::fromUtf8(option->val);
        if (first.contains(name))
            values.insert(name, value);
        else
            rest.emplace_back(name, value);
    }
    for (const QString &name : first)
        if (values.contains(name))
            url.keywords.emplace_back(name, values.value(name));
    url.keywords.insert(url.keywords.end(), rest.begin(), rest.end());
    return url;
}

Result<DatabaseUrl> fromPostgres(const Parts &parts, const QString &text)
{
    static const QRegularExpression severalHosts(QStringLiteral("\\A\\d*(?:,[^,:]*:\\d*)+\\z")), number(QStringLiteral("\\A\\d*\\z"));
    if (severalHosts.match(parts.port).hasMatch() || parts.host.contains(QLatin1Char(','))) // before the slash: libpq's own form
        return fromLibpq(QStringLiteral("postgresql") + text.mid(text.indexOf(QStringLiteral("://"))));
    if (!number.match(parts.port).hasMatch())
        return std::unexpected(notUnderstood(QStringLiteral("the port is not a number")));
    DatabaseUrl url;
    url.kind = dialect::DialectKind::PostgreSql;
    if (!parts.host.isEmpty())
        set(url.keywords, QStringLiteral("host"), decoded(parts.host));
    if (!parts.port.isEmpty())
        set(url.keywords, QStringLiteral("port"), parts.port);
    if (!parts.database.isEmpty()) // libpq decodes the name, SQLAlchemy takes it as written
        set(url.keywords, QStringLiteral("dbname"), parts.driver.isEmpty() ? decoded(parts.database) : parts.database);
    if (!parts.user.isEmpty())
        set(url.keywords, QStringLiteral("user"), parts.user);
    if (parts.hasPassword)
        set(url.keywords, QStringLiteral("password"), parts.password);
    addQuery(url, parts);
    return url;
}

QString absoluteSqlite(const QString &path, const QString &relativeTo)
{
    if (path.isEmpty() || path == QStringLiteral(":memory:"))
        return QStringLiteral(":memory:");
    return QDir::cleanPath(QDir(relativeTo).absoluteFilePath(path));
}

/// `file:path?mode=ro`: SQLite's own URI (SQLite, "Uniform Resource Identifiers").
QString pathOfUri(QString database)
{
    database.remove(0, 5);
    if (database.startsWith(QStringLiteral("//"))) { // an authority, empty or localhost
        const qsizetype slash = database.indexOf(QLatin1Char('/'), 2);
        database = slash < 0 ? QString() : database.mid(slash);
    }
    return decoded(database);
}

Result<DatabaseUrl> fromSqlite(const Parts &parts, const QString &relativeTo)
{
    if (parts.driver == QStringLiteral("pysqlcipher"))
        return std::unexpected(Error{.code = ErrorCode::DialectUnknown, .subject = QStringLiteral("sqlite+pysqlcipher")});
    if (!parts.host.isEmpty() || parts.hasUser)
        return std::unexpected(
            notUnderstood(QStringLiteral("a SQLite address has three slashes before a relative path and four before an absolute one")));
    DatabaseUrl url;
    const bool isUri = parts.database.startsWith(QStringLiteral("file:"));
    QString path = isUri ? pathOfUri(parts.database) : parts.database;
    for (const auto &[name, value] : parts.query) {
        if (isUri && name == QStringLiteral("mode") && value == QStringLiteral("ro"))
            url.readOnly = true;
        else if (isUri && name == QStringLiteral("mode") && value == QStringLiteral("memory"))
            path = QStringLiteral(":memory:");
        else if (!(isUri && (name == QStringLiteral("uri") || (name == QStringLiteral("mode") && value.startsWith(QStringLiteral("rw"))))))
            url.droppedOptions << name;
    }
    url.droppedOptions.removeDuplicates();
    url.sqliteFile = absoluteSqlite(path, relativeTo);
    return url;
}

bool looksLikeFile(const QString &text, const QString &relativeTo)
{
    static const QStringList endings{QStringLiteral(".db"), QStringLiteral(".sqlite"), QStringLiteral(".sqlite3"), QStringLiteral(".db3")};
    const bool hasEnding = std::ranges::any_of(endings, [&text](const QString &ending) { return text.endsWith(ending, Qt::CaseInsensitive); });
    return hasEnding || text == QStringLiteral(":memory:") || QFileInfo(QDir(relativeTo).absoluteFilePath(text)).isFile();
}

} // namespace

Result<DatabaseUrl> DatabaseUrl::parse(const QString &text, const QString &relativeTo)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return std::unexpected(notUnderstood(QStringLiteral("it is empty")));
    if (!trimmed.contains(QStringLiteral("://"))) {
        static const QRegularExpression keyword(QStringLiteral("\\A\\w+\\s*=")), scheme(QStringLiteral("\\A([a-z]\\w+):(?!\\\\)"));
        if (keyword.match(trimmed).hasMatch())
            return fromLibpq(trimmed);
        if (looksLikeFile(trimmed, relativeTo)) {
            DatabaseUrl url;
            url.sqliteFile = absoluteSqlite(trimmed, relativeTo);
            return url;
        }
        if (scheme.match(trimmed).hasMatch())
            return std::unexpected(notUnderstood(QStringLiteral("'://' is missing after the kind of database")));
        return std::unexpected(notUnderstood(trimmed.contains(QLatin1Char('@')) ? QStringLiteral("the kind of database is missing") : trimmed));
    }
    const std::optional<Parts> parts = split(trimmed);
    if (!parts)
        return std::unexpected(
            notUnderstood(QStringLiteral("its parts cannot be told apart; write special characters in a password as %40 and the like")));
    if (parts->host.contains(QLatin1Char('@')))
        return std::unexpected(notUnderstood(QStringLiteral("there are two '@'; write the one in the password as %40")));
    const QString dialect = parts->dialect.toLower();
    if (dialect == QStringLiteral("postgresql") || dialect == QStringLiteral("postgres"))
        return fromPostgres(*parts, trimmed);
    if (dialect == QStringLiteral("sqlite"))
        return fromSqlite(*parts, relativeTo);
    return std::unexpected(Error{.code = ErrorCode::DialectUnknown, .subject = parts->dialect});
}

QString DatabaseUrl::display() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return sqliteFile;
    QHash<QString, QString> values;
    QStringList options;
    for (const auto &[name, value] : keywords) {
        static const QStringList inPlace{QStringLiteral("user"), QStringLiteral("host"), QStringLiteral("port"), QStringLiteral("dbname")};
        const bool isSocket = name == QStringLiteral("host") && value.startsWith(QLatin1Char('/'));
        if (inPlace.contains(name) && !isSocket)
            values.insert(name, value);
        else if (!name.contains(QStringLiteral("password")))
            options << name + QLatin1Char('=') + value;
    }
    QString text = QStringLiteral("postgresql://");
    if (values.contains(QStringLiteral("user")))
        text += values.value(QStringLiteral("user")) + QLatin1Char('@');
    const QStringList hosts = values.value(QStringLiteral("host")).split(QLatin1Char(','));
    const QStringList ports = values.value(QStringLiteral("port")).split(QLatin1Char(','));
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        const QString port = ports.size() == 1 ? ports.front() : ports.value(i);
        text += (i > 0 ? QStringLiteral(",") : QString()) + (hosts[i].contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(hosts[i]) : hosts[i]);
        if (!port.isEmpty())
            text += QLatin1Char(':') + port;
    }
    if (values.contains(QStringLiteral("dbname")))
        text += QLatin1Char('/') + values.value(QStringLiteral("dbname"));
    return options.isEmpty() ? text : text + QLatin1Char('?') + options.join(QLatin1Char('&'));
}

QString DatabaseUrl::databaseName() const
{
    if (kind == dialect::DialectKind::Sqlite)
        return sqliteFile == QStringLiteral(":memory:") ? sqliteFile : QFileInfo(sqliteFile).fileName();
    QString user;
    for (const auto &[name, value] : keywords) {
        if (name == QStringLiteral("dbname"))
            return value;
        if (name == QStringLiteral("user"))
            user = value;
    }
    return user; // libpq's own default
}

} // namespace stillroom::project
