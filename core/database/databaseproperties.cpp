// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/databaseproperties.h"

#include "database/catalogreader.h"

namespace stillroom::database {

namespace {

using dialect::DialectKind;

QString text(const QString &value) { return quotedText(value, DialectKind::PostgreSql); }

/// Statements that give one property, to be run in one transaction, and what it is called.
struct Property {
    QString words;
    QStringList statements;
};

/// A list of names (search_path) is one string here, and would be one name in SET … TO: the session takes the value for the length of the
/// transaction and hands it on.
Property settingProperty(const QString &role, const QString &setting, const QString &to)
{
    const qsizetype equals = setting.indexOf(QLatin1Char('='));
    const QString name = setting.left(equals), value = setting.mid(equals + 1);
    const QString target = role.isEmpty() ? QStringLiteral("ALTER DATABASE ") + quotedName(to)
                                          : QStringLiteral("ALTER ROLE %1 IN DATABASE %2").arg(quotedName(role), quotedName(to));
    const QString set = target + QStringLiteral(" SET ") + quotedName(name);
    Property property{.words = name + (role.isEmpty() ? QString() : QStringLiteral(" for %1").arg(role)), .statements = {}};
    static const QStringList lists{QStringLiteral("local_preload_libraries"), QStringLiteral("search_path"),
                                   QStringLiteral("session_preload_libraries"), QStringLiteral("temp_tablespaces")};
    if (lists.contains(name.toLower()))
        property.statements = {QStringLiteral("SELECT pg_catalog.set_config(%1, %2, true)").arg(text(name), text(value)),
                               set + QStringLiteral(" FROM CURRENT")};
    else
        property.statements = {set + QStringLiteral(" TO ") + text(value)};
    return property;
}

Result<void> addSettings(Session &session, const QString &from, const QString &to, std::vector<Property> &properties)
{
    const auto found = session.execute(QStringLiteral("SELECT r.rolname, c FROM pg_catalog.pg_db_role_setting s "
                                                      "JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase "
                                                      "LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, pg_catalog.unnest(s.setconfig) c "
                                                      "WHERE d.datname = %1 AND (s.setrole = 0 OR r.oid IS NOT NULL) ORDER BY 1, 2")
                                           .arg(text(from)));
    if (!found)
        return std::unexpected(found.error());
    for (const auto &row : found->rows)
        properties.push_back(settingProperty(row.at(0).toString(), row.at(1).toString(), to));
    return {};
}

/// Rights that nobody has changed are those of a new database. A right is given again by the owner, whoever gave it.
Result<void> addRights(Session &session, const QString &from, const QString &to, std::vector<Property> &properties)
{
    const auto found = session.execute(QStringLiteral("SELECT CASE WHEN a.grantee <> 0 THEN pg_catalog.pg_get_userbyid(a.grantee) END, "
                                                      "a.privilege_type, a.is_grantable, pg_catalog.pg_get_userbyid(d.datdba) "
                                                      "FROM pg_catalog.pg_database d LEFT JOIN LATERAL pg_catalog.aclexplode(d.datacl) a ON true "
                                                      "WHERE d.datname = %1 AND d.datacl IS NOT NULL")
                                           .arg(text(from)));
    if (!found)
        return std::unexpected(found.error());
    if (found->rows.empty())
        return {};
    const QString on = QStringLiteral(" ON DATABASE %1 ").arg(quotedName(to));
    Property rights{.words = QStringLiteral("the rights on the database"), .statements = {}};
    for (const QString &whom : {QStringLiteral("PUBLIC"), quotedName(found->rows.front().at(3).toString())})
        rights.statements += QStringLiteral("REVOKE ALL") + on + QStringLiteral("FROM ") + whom;
    for (const auto &row : found->rows) {
        if (row.at(1).isNull()) // nobody has any
            continue;
        const QString whom = row.at(0).isNull() ? QStringLiteral("PUBLIC") : quotedName(row.at(0).toString());
        rights.statements += QStringLiteral("GRANT %1%2TO %3%4")
                                 .arg(row.at(1).toString(), on, whom, row.at(2).toBool() ? QStringLiteral(" WITH GRANT OPTION") : QString());
    }
    properties.push_back(std::move(rights));
    return {};
}

Result<void> addLimitAndComment(Session &session, const QString &from, const QString &to, std::vector<Property> &properties)
{
    const auto found = session.execute(
        QStringLiteral("SELECT datconnlimit, pg_catalog.shobj_description(oid, 'pg_database') FROM pg_catalog.pg_database WHERE datname = %1")
            .arg(text(from)));
    if (!found)
        return std::unexpected(found.error());
    for (const auto &row : found->rows) {
        if (const int limit = row.at(0).toInt(); limit != -1)
            properties.push_back({QStringLiteral("the limit of connections"),
                                  {QStringLiteral("ALTER DATABASE %1 CONNECTION LIMIT %2").arg(quotedName(to)).arg(limit)}});
        if (!row.at(1).isNull())
            properties.push_back(
                {QStringLiteral("the comment"), {QStringLiteral("COMMENT ON DATABASE %1 IS %2").arg(quotedName(to), text(row.at(1).toString()))}});
    }
    return {};
}

Result<void> give(Session &session, const Property &property)
{
    if (auto begun = session.begin(); !begun)
        return begun;
    for (const QString &sql : property.statements) {
        if (auto done = session.execute(sql); !done) {
            std::ignore = session.rollback();
            return std::unexpected(std::move(done).error());
        }
    }
    return session.commit();
}

} // namespace

QString nameBeside(const QString &name, const QString &end)
{
    constexpr qsizetype kLongest = 63; // NAMEDATALEN - 1: what is longer is cut without a word
    QString begin = name;
    while (begin.toUtf8().size() + end.toUtf8().size() > kLongest)
        begin.chop(begin.back().isLowSurrogate() ? 2 : 1);
    return begin + end;
}

QString whoIsConnected(Session &session, const QString &name)
{
    const auto found = session.execute(QStringLiteral("SELECT pid, usename::text, application_name FROM pg_catalog.pg_stat_activity "
                                                      "WHERE datname = %1 AND pid <> pg_catalog.pg_backend_pid() ORDER BY backend_start")
                                           .arg(text(name)));
    if (!found || found->rows.empty())
        return {};
    QStringList who;
    for (const auto &row : found->rows) {
        QStringList words{QStringLiteral("process %1").arg(row.at(0).toString())};
        if (!row.at(1).toString().isEmpty())
            words += QStringLiteral("user %1").arg(row.at(1).toString());
        if (!row.at(2).toString().isEmpty())
            words += row.at(2).toString();
        who += words.join(QStringLiteral(", "));
    }
    return QStringLiteral("; connected to %1: %2").arg(name, who.join(QStringLiteral("; ")));
}

/// A locale has a provider from 15 on (ICU), with rules of its own from 16 on, under other names from 17 on (a built-in one among them).
Result<void> createDatabaseLike(Session &session, const QString &model, const QString &name)
{
    const int version = session.serverVersionNumber();
    const QString locale = version >= 170'000   ? QStringLiteral("datlocprovider::text, datlocale, daticurules")
                           : version >= 160'000 ? QStringLiteral("datlocprovider::text, daticulocale, daticurules")
                           : version >= 150'000 ? QStringLiteral("datlocprovider::text, daticulocale, NULL")
                                                : QStringLiteral("'c', NULL, NULL");
    // A tablespace that is named takes a right to it, so one that comes by itself is not.
    const auto like =
        session.execute(QStringLiteral("SELECT pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype, "
                                       "pg_catalog.pg_get_userbyid(datdba), %1, "
                                       "(SELECT spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = dattablespace AND dattablespace <> "
                                       "(SELECT dattablespace FROM pg_catalog.pg_database WHERE datname = 'template0')) "
                                       "FROM pg_catalog.pg_database WHERE datname = %2")
                            .arg(locale, text(model)));
    if (!like)
        return std::unexpected(like.error());
    if (like->rows.empty())
        return std::unexpected(Error{.code = ErrorCode::DatabaseMissing, .subject = model, .detail = QStringLiteral("there is no such database")});
    const std::vector<QVariant> &row = like->rows.front();
    const auto column = [&row](std::size_t i) { return text(row.at(i).toString()); };
    QString sql = QStringLiteral("CREATE DATABASE %1 TEMPLATE template0 ENCODING %2 LC_COLLATE %3 LC_CTYPE %4 OWNER %5")
                      .arg(quotedName(name), column(0), column(1), column(2), quotedName(row.at(3).toString()));
    const QString provider = row.at(4).toString();
    if (provider == QLatin1String("i"))
        sql += QStringLiteral(" LOCALE_PROVIDER icu ICU_LOCALE ") + column(5);
    else if (provider == QLatin1String("b"))
        sql += QStringLiteral(" LOCALE_PROVIDER builtin BUILTIN_LOCALE ") + column(5);
    else if (version >= 150'000)
        sql += QStringLiteral(" LOCALE_PROVIDER libc");
    if (!row.at(6).toString().isEmpty())
        sql += QStringLiteral(" ICU_RULES ") + column(6);
    if (!row.at(7).isNull())
        sql += QStringLiteral(" TABLESPACE ") + quotedName(row.at(7).toString());
    const auto created = session.execute(sql);
    return created ? Result<void>() : std::unexpected(created.error());
}

Result<QStringList> copyDatabaseProperties(Session &session, const QString &from, const QString &to)
{
    std::vector<Property> properties;
    for (const auto add : {addSettings, addRights, addLimitAndComment}) {
        if (const auto added = add(session, from, to, properties); !added)
            return std::unexpected(added.error());
    }
    QStringList missing;
    for (const Property &property : properties) {
        const auto given = give(session, property);
        if (given)
            continue;
        if (!session.isUsable())
            return std::unexpected(given.error());
        missing += QStringLiteral("%1 (%2)").arg(property.words, given.error().detail);
    }
    return missing;
}

} // namespace stillroom::database
