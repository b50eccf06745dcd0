// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/types.h"

#include <map>

/// str() of a type object: what SQLAlchemy's default dialect writes, for the types that are written by name and size.
/// Source: SQLAlchemy 2.0, "The Type Hierarchy".
namespace stillroom::script {

namespace {

using sql::SqlType;
using sql::TypeFamily;

QString withLength(const QString &name, const SqlType &type) { return type.length ? QStringLiteral("%1(%2)").arg(name).arg(*type.length) : name; }

QString withPrecision(const QString &name, const SqlType &type)
{
    if (!type.precision)
        return name;
    return type.scale ? QStringLiteral("%1(%2, %3)").arg(name).arg(*type.precision).arg(*type.scale)
                      : QStringLiteral("%1(%2)").arg(name).arg(*type.precision);
}

QString genericText(const SqlType &type)
{
    static const std::map<QString, QString> kPlain{
        {QStringLiteral("Integer"), QStringLiteral("INTEGER")},   {QStringLiteral("SmallInteger"), QStringLiteral("SMALLINT")},
        {QStringLiteral("BigInteger"), QStringLiteral("BIGINT")}, {QStringLiteral("Boolean"), QStringLiteral("BOOLEAN")},
        {QStringLiteral("DateTime"), QStringLiteral("DATETIME")}, {QStringLiteral("Date"), QStringLiteral("DATE")},
        {QStringLiteral("Time"), QStringLiteral("TIME")},         {QStringLiteral("Float"), QStringLiteral("FLOAT")},
        {QStringLiteral("LargeBinary"), QStringLiteral("BLOB")},  {QStringLiteral("JSON"), QStringLiteral("JSON")},
        {QStringLiteral("Interval"), QStringLiteral("DATETIME")}, {QStringLiteral("Uuid"), QStringLiteral("CHAR(32)")},
        {QStringLiteral("Double"), QStringLiteral("DOUBLE")},
    };
    if (type.name == QLatin1String("String") || type.name == QLatin1String("Unicode"))
        return withLength(QStringLiteral("VARCHAR"), type);
    if (type.name == QLatin1String("Text") || type.name == QLatin1String("UnicodeText"))
        return withLength(QStringLiteral("TEXT"), type);
    if (type.name == QLatin1String("Numeric"))
        return withPrecision(QStringLiteral("NUMERIC"), type);
    const auto found = kPlain.find(type.name);
    return found == kPlain.end() ? QString() : found->second;
}

QString standardText(const SqlType &type)
{
    static const QStringList kSized{QStringLiteral("VARCHAR"), QStringLiteral("CHAR"), QStringLiteral("NCHAR"),     QStringLiteral("NVARCHAR"),
                                    QStringLiteral("TEXT"),    QStringLiteral("CLOB"), QStringLiteral("VARBINARY"), QStringLiteral("BINARY")};
    static const QStringList kPlain{QStringLiteral("INTEGER"), QStringLiteral("SMALLINT"), QStringLiteral("BIGINT"),   QStringLiteral("BOOLEAN"),
                                    QStringLiteral("DATE"),    QStringLiteral("TIME"),     QStringLiteral("DATETIME"), QStringLiteral("TIMESTAMP"),
                                    QStringLiteral("REAL"),    QStringLiteral("FLOAT"),    QStringLiteral("BLOB"),     QStringLiteral("JSON")};
    if (kSized.contains(type.name))
        return withLength(type.name, type);
    if (type.name == QLatin1String("NUMERIC") || type.name == QLatin1String("DECIMAL"))
        return withPrecision(type.name, type);
    return kPlain.contains(type.name) ? type.name : QString();
}

QString postgreSqlText(const SqlType &type)
{
    static const QStringList kPlain{QStringLiteral("JSONB"), QStringLiteral("JSON"),   QStringLiteral("INET"),     QStringLiteral("CIDR"),
                                    QStringLiteral("BYTEA"), QStringLiteral("CITEXT"), QStringLiteral("TSVECTOR"), QStringLiteral("TIMESTAMP")};
    return kPlain.contains(type.name) ? type.name : QString();
}

} // namespace

QString typeString(const SqlType &type)
{
    if (!type.collation.isEmpty())
        return {};
    switch (type.family) {
    case TypeFamily::Generic:
        return genericText(type);
    case TypeFamily::Standard:
        return standardText(type);
    case TypeFamily::PostgreSql:
        return postgreSqlText(type);
    case TypeFamily::Sqlite:
    case TypeFamily::MySql:
    case TypeFamily::MsSql:
    case TypeFamily::Oracle:
    case TypeFamily::Custom:
    case TypeFamily::Null:
        return {};
    }
    return {};
}

} // namespace stillroom::script
