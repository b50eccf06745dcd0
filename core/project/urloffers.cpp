// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/urloffers.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::project {

namespace {

const QStringList &usualNames()
{
    static const QStringList names{QStringLiteral("DATABASE_URL"),
                                   QStringLiteral("SQLALCHEMY_DATABASE_URI"),
                                   QStringLiteral("SQLALCHEMY_DATABASE_URL"),
                                   QStringLiteral("SQLALCHEMY_URL"),
                                   QStringLiteral("ALEMBIC_DATABASE_URL"),
                                   QStringLiteral("DB_URL"),
                                   QStringLiteral("DATABASE_URI"),
                                   QStringLiteral("POSTGRES_URL"),
                                   QStringLiteral("POSTGRES_DSN"),
                                   QStringLiteral("DATABASE_DSN"),
                                   QStringLiteral("DB_DSN"),
                                   QStringLiteral("DB_URI"),
                                   QStringLiteral("ASYNC_DATABASE_URL"),
                                   QStringLiteral("SYNC_DATABASE_URL")};
    return names;
}

qsizetype rank(const QString &name)
{
    const qsizetype at = usualNames().indexOf(name.toUpper());
    return at < 0 ? usualNames().size() : at;
}

} // namespace

bool isDatabaseUrl(const QString &text)
{
    static const QRegularExpression expression(
        QStringLiteral("\\A(postgresql|postgres|sqlite|mysql|mariadb|oracle|mssql|cockroachdb|redshift|snowflake|bigquery|clickhouse|duckdb|firebird|"
                       "ibm_db_sa|db2|hana|teradatasql|trino|awsathena|vertica|crate|databricks)(\\+\\w+)?://"));
    return expression.match(text).hasMatch();
}

QList<UrlOffer> offersFrom(const UrlSources &sources)
{
    QList<UrlOffer> offers;
    const auto offer = [&offers](const QString &url, const Setting &from, const QString &name) {
        const bool isKnown = std::ranges::any_of(offers, [&url](const UrlOffer &known) { return known.url == url; });
        if (isDatabaseUrl(url) && !isKnown)
            offers << UrlOffer{.url = url, .source = from.source, .file = from.file, .line = from.line, .name = name};
    };
    const QString iniName = QStringLiteral("sqlalchemy.url");
    if (sources.envPy.value == sources.ini.value) // env.py takes the ini's: the ini is where it stands
        offer(sources.ini.value, sources.ini, iniName);
    offer(sources.envPy.value, sources.envPy, QStringLiteral("env.py"));
    offer(sources.ini.value, sources.ini, iniName);

    std::vector<DotEnvEntry> entries = sources.dotEnv;
    std::ranges::stable_sort(entries, {}, [](const DotEnvEntry &entry) { return rank(entry.name); });
    for (const DotEnvEntry &entry : entries)
        if (entry.value && entry.missing.isEmpty())
            offer(*entry.value, {.value = {}, .source = Setting::Source::DotEnv, .file = sources.dotEnvFile, .line = entry.line, .problem = {}},
                  entry.name);
    for (const QString &name : usualNames())
        offer(sources.process.value(name), {.value = {}, .source = Setting::Source::ProcessEnvironment, .file = {}, .line = 0, .problem = {}}, name);
    return offers;
}

} // namespace stillroom::project
