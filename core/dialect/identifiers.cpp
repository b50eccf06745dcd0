// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/identifiers.h"

#include <QCryptographicHash>
#include <QStringBuilder>

#include <algorithm>
#include <array>
#include <string_view>

namespace stillroom::dialect {

namespace {

// Sorted.
constexpr auto kPostgreSqlReserved = std::to_array<std::u16string_view>({u"all",
                                                                         u"analyse",
                                                                         u"analyze",
                                                                         u"and",
                                                                         u"any",
                                                                         u"array",
                                                                         u"as",
                                                                         u"asc",
                                                                         u"asymmetric",
                                                                         u"authorization",
                                                                         u"between",
                                                                         u"binary",
                                                                         u"both",
                                                                         u"case",
                                                                         u"cast",
                                                                         u"check",
                                                                         u"collate",
                                                                         u"column",
                                                                         u"constraint",
                                                                         u"create",
                                                                         u"cross",
                                                                         u"current_catalog",
                                                                         u"current_date",
                                                                         u"current_role",
                                                                         u"current_schema",
                                                                         u"current_time",
                                                                         u"current_timestamp",
                                                                         u"current_user",
                                                                         u"default",
                                                                         u"deferrable",
                                                                         u"desc",
                                                                         u"distinct",
                                                                         u"do",
                                                                         u"else",
                                                                         u"end",
                                                                         u"except",
                                                                         u"false",
                                                                         u"fetch",
                                                                         u"for",
                                                                         u"foreign",
                                                                         u"freeze",
                                                                         u"from",
                                                                         u"full",
                                                                         u"grant",
                                                                         u"group",
                                                                         u"having",
                                                                         u"ilike",
                                                                         u"in",
                                                                         u"initially",
                                                                         u"inner",
                                                                         u"intersect",
                                                                         u"into",
                                                                         u"is",
                                                                         u"isnull",
                                                                         u"join",
                                                                         u"leading",
                                                                         u"left",
                                                                         u"like",
                                                                         u"limit",
                                                                         u"localtime",
                                                                         u"localtimestamp",
                                                                         u"natural",
                                                                         u"new",
                                                                         u"not",
                                                                         u"notnull",
                                                                         u"null",
                                                                         u"of",
                                                                         u"off",
                                                                         u"offset",
                                                                         u"old",
                                                                         u"on",
                                                                         u"only",
                                                                         u"or",
                                                                         u"order",
                                                                         u"outer",
                                                                         u"over",
                                                                         u"overlaps",
                                                                         u"placing",
                                                                         u"primary",
                                                                         u"references",
                                                                         u"returning",
                                                                         u"right",
                                                                         u"select",
                                                                         u"session_user",
                                                                         u"similar",
                                                                         u"some",
                                                                         u"symmetric",
                                                                         u"table",
                                                                         u"then",
                                                                         u"to",
                                                                         u"trailing",
                                                                         u"true",
                                                                         u"union",
                                                                         u"unique",
                                                                         u"user",
                                                                         u"using",
                                                                         u"variadic",
                                                                         u"verbose",
                                                                         u"when",
                                                                         u"where",
                                                                         u"window",
                                                                         u"with"});
constexpr auto kSqliteReserved = std::to_array<std::u16string_view>(
    {u"add",       u"after",      u"all",           u"alter",     u"analyze",      u"and",          u"as",
     u"asc",       u"attach",     u"autoincrement", u"before",    u"begin",        u"between",      u"by",
     u"cascade",   u"case",       u"cast",          u"check",     u"collate",      u"column",       u"commit",
     u"conflict",  u"constraint", u"create",        u"cross",     u"current_date", u"current_time", u"current_timestamp",
     u"database",  u"default",    u"deferrable",    u"deferred",  u"delete",       u"desc",         u"detach",
     u"distinct",  u"drop",       u"each",          u"else",      u"end",          u"escape",       u"except",
     u"exclusive", u"exists",     u"explain",       u"fail",      u"false",        u"for",          u"foreign",
     u"from",      u"full",       u"glob",          u"group",     u"having",       u"if",           u"ignore",
     u"immediate", u"in",         u"index",         u"indexed",   u"initially",    u"inner",        u"insert",
     u"instead",   u"intersect",  u"into",          u"is",        u"isnull",       u"join",         u"key",
     u"left",      u"like",       u"limit",         u"match",     u"natural",      u"not",          u"notnull",
     u"null",      u"of",         u"offset",        u"on",        u"or",           u"order",        u"outer",
     u"plan",      u"pragma",     u"primary",       u"query",     u"raise",        u"references",   u"reindex",
     u"rename",    u"replace",    u"restrict",      u"right",     u"rollback",     u"row",          u"select",
     u"set",       u"table",      u"temp",          u"temporary", u"then",         u"to",           u"transaction",
     u"trigger",   u"true",       u"union",         u"unique",    u"update",       u"using",        u"vacuum",
     u"values",    u"view",       u"virtual",       u"when",      u"where"});

constexpr qsizetype kPostgreSqlNameLength = 63;

bool isReserved(DialectKind kind, QStringView lower)
{
    const std::u16string_view word(lower.utf16(), static_cast<size_t>(lower.size()));
    if (kind == DialectKind::PostgreSql)
        return std::ranges::binary_search(kPostgreSqlReserved, word);
    return std::ranges::binary_search(kSqliteReserved, word);
}

} // namespace

Error notSupported(const QString &detail, const QString &subject)
{
    Error error;
    error.code = ErrorCode::OperationNotSupported;
    error.subject = subject;
    error.detail = detail;
    return error;
}

bool hasIllegalCharacters(const QString &name)
{
    return name.isEmpty() || !std::ranges::all_of(name, [](QChar c) {
               const char16_t u = c.unicode();
               return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'_' || u == u'$';
           });
}

bool needsQuotes(DialectKind kind, const QString &name)
{
    const bool isPlain = std::ranges::all_of(name, [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= u'a' && u <= u'z') || (u >= u'0' && u <= u'9') || u == u'_' || u == u'$';
    });
    if (name.isEmpty() || !isPlain)
        return true;
    const QChar first = name.front();
    return first.isDigit() || first == QLatin1Char('$') || isReserved(kind, name);
}

QString inQuotes(const QString &name)
{
    QString doubled = name;
    return QLatin1Char('"') + doubled.replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

QString quotedIdentifier(DialectKind kind, const sql::Identifier &name)
{
    return name.quote.value_or(needsQuotes(kind, name.text)) ? inQuotes(name.text) : name.text;
}

QString quotedName(DialectKind kind, const sql::QualifiedName &name)
{
    const QString table = quotedIdentifier(kind, name.name);
    return name.schema.isEmpty() ? table : quotedIdentifier(kind, name.schema) + QLatin1Char('.') + table;
}

QString quotedDotted(DialectKind kind, const sql::Identifier &name)
{
    if (name.quote)
        return quotedIdentifier(kind, name);
    QStringList parts = name.text.split(QLatin1Char('.'));
    for (QString &part : parts)
        part = quotedIdentifier(kind, part);
    return parts.join(QLatin1Char('.'));
}

QString quotedAlterName(DialectKind kind, const sql::QualifiedName &name)
{
    const QString table = quotedIdentifier(kind, name.name);
    return name.schema.isEmpty() ? table : quotedDotted(kind, name.schema) + QLatin1Char('.') + table;
}

Result<QString> constraintName(DialectKind kind, const sql::Identifier &name)
{
    if (kind == DialectKind::PostgreSql && name.text.size() > kPostgreSqlNameLength) {
        if (!name.isConventional) {
            return std::unexpected(notSupported(
                QStringLiteral("identifier '%1' exceeds PostgreSQL's maximum length of %2 characters").arg(name.text).arg(kPostgreSqlNameLength),
                name.text));
        }
        const QByteArray digest = QCryptographicHash::hash(name.text.toUtf8(), QCryptographicHash::Md5).toHex();
        sql::Identifier cut = name;
        cut.text = name.text.left(kPostgreSqlNameLength - 8) + QLatin1Char('_') + QLatin1String(digest.right(4));
        return quotedIdentifier(kind, cut);
    }
    return quotedIdentifier(kind, name);
}

QString stringLiteral(const Spelling &spelling, const QString &text)
{
    QString value = text;
    value.replace(QLatin1Char('\''), QLatin1String("''"));
    if (spelling.isPostgreSql() && spelling.options.serverVersion == 0)
        value.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    return QLatin1Char('\'') % value % QLatin1Char('\'');
}

} // namespace stillroom::dialect
