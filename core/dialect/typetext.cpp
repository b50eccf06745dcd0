// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/typetext.h"

#include "dialect/identifiers.h"

#include <QSet>

#include <algorithm>

namespace stillroom::dialect {

using sql::SqlType;
using sql::TypeFamily;

namespace {

Result<QString> cannotRender(DialectKind kind, const SqlType &type)
{
    return std::unexpected(notSupported(QStringLiteral("%1 can't render an element of type %2")
                                            .arg(kind == DialectKind::Sqlite ? QStringLiteral("SQLite") : QStringLiteral("PostgreSQL"), type.name)));
}

QString sized(const QString &name, std::optional<int> size) { return size ? QStringLiteral("%1(%2)").arg(name).arg(*size) : name; }

QString stringType(const QString &name, std::optional<int> length, const QString &collation)
{
    QString text = length.value_or(0) ? sized(name, length) : name;
    if (!collation.isEmpty())
        text += QStringLiteral(" COLLATE \"%1\"").arg(collation);
    return text;
}

QString numericType(const QString &name, const SqlType &type)
{
    if (!type.precision)
        return name;
    if (!type.scale)
        return sized(name, type.precision);
    return QStringLiteral("%1(%2, %3)").arg(name).arg(*type.precision).arg(*type.scale);
}

QString zoned(const QString &name, const SqlType &type, bool hasPrecision)
{
    const QString sizedName = hasPrecision ? sized(name, type.precision) : name;
    return sizedName + (type.timezone ? QLatin1String(" WITH TIME ZONE") : QLatin1String(" WITHOUT TIME ZONE"));
}

/// SQLAlchemy's upper-case name behind a class, so that one table serves all families.
QString visitName(const SqlType &type)
{
    static const QHash<QString, QString> generic = {
        {QStringLiteral("Integer"), QStringLiteral("INTEGER")},
        {QStringLiteral("SmallInteger"), QStringLiteral("SMALLINT")},
        {QStringLiteral("BigInteger"), QStringLiteral("BIGINT")},
        {QStringLiteral("INT"), QStringLiteral("INTEGER")},
        {QStringLiteral("Numeric"), QStringLiteral("NUMERIC")},
        {QStringLiteral("Float"), QStringLiteral("FLOAT")},
        {QStringLiteral("String"), QStringLiteral("VARCHAR")},
        {QStringLiteral("Unicode"), QStringLiteral("VARCHAR")},
        {QStringLiteral("Text"), QStringLiteral("TEXT")},
        {QStringLiteral("UnicodeText"), QStringLiteral("TEXT")},
        {QStringLiteral("Boolean"), QStringLiteral("BOOLEAN")},
        {QStringLiteral("Date"), QStringLiteral("DATE")},
        {QStringLiteral("Time"), QStringLiteral("TIME")},
        {QStringLiteral("DOUBLE_PRECISION"), QStringLiteral("DOUBLE PRECISION")},
        {QStringLiteral("JSON"), QStringLiteral("JSON")},
        {QStringLiteral("MatchType"), QStringLiteral("BOOLEAN")},
        {QStringLiteral("_Binary"), QStringLiteral("LargeBinary")},
        {QStringLiteral("Binary"), QStringLiteral("LargeBinary")},
        {QStringLiteral("PickleType"), QStringLiteral("LargeBinary")},
        {QStringLiteral("PGUuid"), QStringLiteral("UUID")},
    };
    return generic.value(type.name, type.name);
}

bool isStringName(const QString &name)
{
    static const QSet<QString> names = {QStringLiteral("VARCHAR"), QStringLiteral("CHAR"), QStringLiteral("NCHAR"), QStringLiteral("TEXT"),
                                        QStringLiteral("NVARCHAR")};
    return names.contains(name);
}

/// Names that are written as they are, on both dialects.
bool isPlainName(const QString &name)
{
    static const QSet<QString> names = {QStringLiteral("INTEGER"),
                                        QStringLiteral("SMALLINT"),
                                        QStringLiteral("BIGINT"),
                                        QStringLiteral("REAL"),
                                        QStringLiteral("DOUBLE PRECISION"),
                                        QStringLiteral("DOUBLE"),
                                        QStringLiteral("CLOB"),
                                        QStringLiteral("NCLOB"),
                                        QStringLiteral("BLOB"),
                                        QStringLiteral("BOOLEAN"),
                                        QStringLiteral("DATE"),
                                        QStringLiteral("UUID"),
                                        QStringLiteral("JSON"),
                                        QStringLiteral("DATETIME")};
    return names.contains(name);
}

bool isPostgreSqlName(const QString &name)
{
    static const QSet<QString> names = {QStringLiteral("TSVECTOR"),       QStringLiteral("TSQUERY"),        QStringLiteral("INET"),
                                        QStringLiteral("CIDR"),           QStringLiteral("CITEXT"),         QStringLiteral("MACADDR"),
                                        QStringLiteral("MACADDR8"),       QStringLiteral("MONEY"),          QStringLiteral("OID"),
                                        QStringLiteral("REGCONFIG"),      QStringLiteral("REGCLASS"),       QStringLiteral("HSTORE"),
                                        QStringLiteral("JSONB"),          QStringLiteral("JSONPATH"),       QStringLiteral("BYTEA"),
                                        QStringLiteral("INT4RANGE"),      QStringLiteral("INT8RANGE"),      QStringLiteral("NUMRANGE"),
                                        QStringLiteral("DATERANGE"),      QStringLiteral("TSRANGE"),        QStringLiteral("TSTZRANGE"),
                                        QStringLiteral("INT4MULTIRANGE"), QStringLiteral("INT8MULTIRANGE"), QStringLiteral("NUMMULTIRANGE"),
                                        QStringLiteral("DATEMULTIRANGE"), QStringLiteral("TSMULTIRANGE"),   QStringLiteral("TSTZMULTIRANGE")};
    return names.contains(name);
}

bool isGenericInterval(const SqlType &type) { return type.name == QLatin1String("Interval"); }
bool isEmulatedInterval(const SqlType &type) { return type.options.value(QStringLiteral("native")) == QLatin1String("False"); }

Result<QString> arrayText(const SqlType &type)
{
    if (!type.itemType)
        return std::unexpected(notSupported(QStringLiteral("ARRAY has no item type")));
    auto inner = typeText(DialectKind::PostgreSql, *type.itemType);
    if (!inner)
        return inner;
    const QString brackets = QStringLiteral("[]").repeated(type.dimensions.value_or(1));
    const qsizetype collate = inner->indexOf(QLatin1String(" COLLATE"));
    return collate < 0 ? *inner + brackets : inner->left(collate) + brackets + inner->mid(collate);
}

Result<QString> postgreSqlText(const SqlType &type)
{
    const QString name = visitName(type);
    const bool isForeign = type.family == TypeFamily::MySql || type.family == TypeFamily::MsSql || type.family == TypeFamily::Oracle;
    if (isForeign && (name == QLatin1String("BIT") || name == QLatin1String("INTERVAL")))
        return cannotRender(DialectKind::PostgreSql, type);
    if (isPostgreSqlName(name))
        return name;
    if (name == QLatin1String("DateTime") || name == QLatin1String("TIMESTAMP"))
        return zoned(QStringLiteral("TIMESTAMP"), type, type.family == TypeFamily::PostgreSql);
    if (name == QLatin1String("TIME"))
        return zoned(QStringLiteral("TIME"), type, type.family == TypeFamily::PostgreSql);
    if (isGenericInterval(type) && isEmulatedInterval(type))
        return QStringLiteral("TIMESTAMP WITHOUT TIME ZONE");
    if (isGenericInterval(type) || name == QLatin1String("INTERVAL")) {
        QString text = QStringLiteral("INTERVAL");
        if (!type.fields.isEmpty())
            text += QLatin1Char(' ') + type.fields;
        return type.precision ? text + QStringLiteral(" (%1)").arg(*type.precision) : text;
    }
    if (name == QLatin1String("BIT")) {
        if (type.varying)
            return sized(QStringLiteral("BIT VARYING"), type.length);
        return sized(QStringLiteral("BIT"), type.length.value_or(1));
    }
    if (name == QLatin1String("LargeBinary"))
        return QStringLiteral("BYTEA");
    if (name == QLatin1String("Double"))
        return QStringLiteral("DOUBLE PRECISION");
    if (name == QLatin1String("Uuid"))
        return type.nativeUuid ? QStringLiteral("UUID") : QStringLiteral("CHAR(32)");
    if (name == QLatin1String("FLOAT"))
        return type.precision.value_or(0) ? sized(QStringLiteral("FLOAT"), type.precision) : QStringLiteral("FLOAT");
    if (name == QLatin1String("ARRAY"))
        return arrayText(type);
    if (name == QLatin1String("DOMAIN"))
        return namedTypeText(type);
    return cannotRender(DialectKind::PostgreSql, type);
}

Result<QString> sqliteText(const SqlType &type)
{
    const QString name = visitName(type);
    if (name == QLatin1String("DateTime") || isGenericInterval(type))
        return QStringLiteral("DATETIME");
    if (name == QLatin1String("TIMESTAMP") || name == QLatin1String("TIME") || name == QLatin1String("FLOAT"))
        return name;
    if (name == QLatin1String("LargeBinary"))
        return QStringLiteral("BLOB");
    if (name == QLatin1String("Double"))
        return QStringLiteral("DOUBLE");
    if (name == QLatin1String("Uuid"))
        return QStringLiteral("CHAR(32)");
    return cannotRender(DialectKind::Sqlite, type);
}

} // namespace

const SqlType &effectiveType(DialectKind kind, const SqlType &type)
{
    const auto variant = type.variants.find(dialectName(kind));
    return variant != type.variants.end() && variant->second ? *variant->second : type;
}

Result<QString> namedTypeText(const SqlType &type)
{
    if (type.enumName.isEmpty())
        return std::unexpected(notSupported(QStringLiteral("PostgreSQL %1 type requires a name").arg(type.name)));
    sql::QualifiedName name;
    name.schema = sql::Identifier(type.schema);
    name.name = sql::Identifier(type.enumName);
    if (const QString quote = type.options.value(QStringLiteral("quote")); !quote.isEmpty())
        name.name.quote = quote == QLatin1String("true");
    return quotedName(DialectKind::PostgreSql, name);
}

Result<QString> typeText(DialectKind kind, const SqlType &stated)
{
    const SqlType &type = effectiveType(kind, stated);
    if (type.family == TypeFamily::Custom)
        return type.name;
    if (type.isNull() || type.name == QLatin1String("NullType"))
        return std::unexpected(notSupported(QStringLiteral("Can't generate DDL for NullType(); did you forget to specify a type on this Column?")));
    const QString name = visitName(type);
    if (isEnum(type) && type.family != TypeFamily::MySql) {
        if (kind == DialectKind::PostgreSql && isNativeEnum(type))
            return namedTypeText(type);
        return stringType(QStringLiteral("VARCHAR"), enumLength(type), type.collation);
    }
    if (name == QLatin1String("ENUM"))
        return kind == DialectKind::PostgreSql ? namedTypeText(type) : cannotRender(kind, type);
    if (isStringName(name))
        return stringType(name, type.length, type.collation);
    if (name == QLatin1String("NUMERIC") || name == QLatin1String("DECIMAL"))
        return numericType(name, type);
    if (name == QLatin1String("BINARY") || name == QLatin1String("VARBINARY"))
        return type.length.value_or(0) ? sized(name, type.length) : name;
    if (type.family == TypeFamily::Sqlite && name == QLatin1String("DATETIME") && kind == DialectKind::PostgreSql)
        return QStringLiteral("TIMESTAMP WITHOUT TIME ZONE");
    if (isPlainName(name))
        return name;
    return kind == DialectKind::PostgreSql ? postgreSqlText(type) : sqliteText(type);
}

bool isEnum(const SqlType &type) { return type.name == QLatin1String("Enum") || type.name == QLatin1String("ENUM"); }

bool isNativeEnum(const SqlType &type) { return isEnum(type) && (type.name == QLatin1String("ENUM") || type.nativeEnum); }

int enumLength(const SqlType &type)
{
    if (type.length)
        return *type.length;
    qsizetype longest = 0;
    for (const QString &label : type.enumLabels)
        longest = std::max(longest, label.toUcs4().size());
    return static_cast<int>(longest);
}

Affinity affinity(const SqlType &type)
{
    static const QHash<QString, Affinity> known = {
        {QStringLiteral("VARCHAR"), Affinity::String},
        {QStringLiteral("CHAR"), Affinity::String},
        {QStringLiteral("NCHAR"), Affinity::String},
        {QStringLiteral("NVARCHAR"), Affinity::String},
        {QStringLiteral("TEXT"), Affinity::String},
        {QStringLiteral("CLOB"), Affinity::String},
        {QStringLiteral("Enum"), Affinity::String},
        {QStringLiteral("ENUM"), Affinity::String},
        {QStringLiteral("CITEXT"), Affinity::String},
        {QStringLiteral("INTEGER"), Affinity::Integer},
        {QStringLiteral("SMALLINT"), Affinity::Integer},
        {QStringLiteral("BIGINT"), Affinity::Integer},
        {QStringLiteral("TINYINT"), Affinity::Integer},
        {QStringLiteral("MEDIUMINT"), Affinity::Integer},
        {QStringLiteral("NUMERIC"), Affinity::Numeric},
        {QStringLiteral("DECIMAL"), Affinity::Numeric},
        {QStringLiteral("FLOAT"), Affinity::Numeric},
        {QStringLiteral("REAL"), Affinity::Numeric},
        {QStringLiteral("DOUBLE"), Affinity::Numeric},
        {QStringLiteral("Double"), Affinity::Numeric},
        {QStringLiteral("DOUBLE PRECISION"), Affinity::Numeric},
        {QStringLiteral("BOOLEAN"), Affinity::Boolean},
        {QStringLiteral("DATE"), Affinity::Date},
        {QStringLiteral("DateTime"), Affinity::DateTime},
        {QStringLiteral("DATETIME"), Affinity::DateTime},
        {QStringLiteral("TIMESTAMP"), Affinity::DateTime},
        {QStringLiteral("TIME"), Affinity::Time},
        {QStringLiteral("Interval"), Affinity::Interval},
        {QStringLiteral("INTERVAL"), Affinity::Interval},
        {QStringLiteral("LargeBinary"), Affinity::Binary},
        {QStringLiteral("BLOB"), Affinity::Binary},
        {QStringLiteral("BYTEA"), Affinity::Binary},
        {QStringLiteral("BINARY"), Affinity::Binary},
        {QStringLiteral("VARBINARY"), Affinity::Binary},
        {QStringLiteral("JSON"), Affinity::Json},
        {QStringLiteral("JSONB"), Affinity::Json},
        {QStringLiteral("ARRAY"), Affinity::Array},
        {QStringLiteral("Uuid"), Affinity::Uuid},
        {QStringLiteral("UUID"), Affinity::Uuid},
        {QStringLiteral("HSTORE"), Affinity::Hstore},
    };
    if (type.isNull() || type.name == QLatin1String("NullType"))
        return Affinity::Null;
    if (type.family == TypeFamily::Custom)
        return Affinity::Other;
    return known.value(visitName(type), Affinity::Other);
}

} // namespace stillroom::dialect
