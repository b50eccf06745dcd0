// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/literaltext.h"

#include "dialect/typetext.h"

#include <QRegularExpression>
#include <QStringDecoder>

#include <algorithm>

namespace stillroom::dialect {

using sql::Literal;
using sql::SqlType;
using sql::SqlTypePtr;
using sql::TypeFamily;
using Kind = sql::Literal::Kind;

namespace {

SqlTypePtr generic(const QString &name)
{
    SqlType type;
    type.family = TypeFamily::Generic;
    type.name = name;
    return std::make_shared<const SqlType>(std::move(type));
}

Result<QString> doesNotFit(const Literal &value, const QString &typeName)
{
    QString shown = value.kind == Kind::Boolean ? (value.boolean ? QStringLiteral("True") : QStringLiteral("False")) : value.text;
    if (value.kind == Kind::Bytes)
        shown =
            QLatin1String("b'") + QString::fromLatin1(value.bytes.toPercentEncoding(QByteArrayLiteral(" ")).replace("%", "\\x")) + QLatin1Char('\'');
    else if (value.kind == Kind::List)
        shown = jsonText(value);
    return std::unexpected(notSupported(QStringLiteral("could not render literal value \"%1\" with datatype %2").arg(shown, typeName), shown));
}

QString quoted(const QString &text) { return QLatin1Char('\'') + text + QLatin1Char('\''); }

QString booleanText(const Spelling &spelling, bool value)
{
    if (spelling.isPostgreSql())
        return value ? QStringLiteral("true") : QStringLiteral("false");
    return value ? QStringLiteral("1") : QStringLiteral("0");
}

QString bytesText(const Spelling &spelling, const QByteArray &bytes)
{
    if (spelling.isSqlite())
        return QLatin1String("X'") + QString::fromLatin1(bytes.toHex()) + QLatin1Char('\'');
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(bytes);
    if (decoder.hasError() || text.contains(QChar(0)))
        return QLatin1String("'\\x") + QString::fromLatin1(bytes.toHex()) + QLatin1Char('\'');
    return stringLiteral(spelling, text);
}

/// SQLite keeps times as text of a fixed shape (SQLAlchemy's storage_format).
QString withMicroseconds(const QString &time)
{
    static const QRegularExpression shape(QStringLiteral("^(\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.(\\d+))?"));
    const auto match = shape.match(time);
    if (!match.hasMatch())
        return time;
    const QString seconds = match.captured(2).isEmpty() ? QStringLiteral(":00") : match.captured(2);
    return match.captured(1) + seconds + QLatin1Char('.') + (match.captured(3) + QStringLiteral("000000")).left(6);
}

QString datePart(const Literal &value) { return value.text.section(QLatin1Char(' '), 0, 0); }
QString timePart(const Literal &value) { return value.kind == Kind::DateTime ? value.text.section(QLatin1Char(' '), 1) : value.text; }

Result<QString> temporalText(const Spelling &spelling, const Literal &value, Affinity affinity, const QString &typeName)
{
    const bool isText = value.kind == Kind::String;
    if (isText && spelling.isPostgreSql())
        return stringLiteral(spelling, value.text);
    const bool hasDate = value.kind == Kind::Date || value.kind == Kind::DateTime;
    switch (affinity) {
    case Affinity::Date:
        if (hasDate)
            return quoted(datePart(value));
        break;
    case Affinity::Time:
        if (value.kind == Kind::Time || value.kind == Kind::DateTime)
            return quoted(spelling.isSqlite() ? withMicroseconds(timePart(value)) : timePart(value));
        break;
    default:
        if (value.kind == Kind::Date)
            return quoted(spelling.isSqlite() ? value.text + QLatin1String(" 00:00:00.000000") : value.text);
        if (value.kind == Kind::DateTime)
            return quoted(spelling.isSqlite() ? datePart(value) + QLatin1Char(' ') + withMicroseconds(timePart(value)) : value.text);
        break;
    }
    return doesNotFit(value, typeName);
}

Result<QString> naturalText(const Spelling &spelling, const Literal &value)
{
    switch (value.kind) {
    case Kind::Null:
        return QStringLiteral("NULL");
    case Kind::Boolean:
        return booleanText(spelling, value.boolean);
    case Kind::Integer:
    case Kind::Float:
    case Kind::Decimal:
        return value.text;
    case Kind::String:
        return stringLiteral(spelling, value.text);
    case Kind::Bytes:
        return bytesText(spelling, value.bytes);
    case Kind::Date:
        return temporalText(spelling, value, Affinity::Date, QStringLiteral("DATE"));
    case Kind::Time:
        return temporalText(spelling, value, Affinity::Time, QStringLiteral("TIME"));
    case Kind::DateTime:
        return temporalText(spelling, value, Affinity::DateTime, QStringLiteral("DATETIME"));
    case Kind::Interval:
        if (spelling.isPostgreSql())
            return QStringLiteral("make_interval(secs=>%1)").arg(value.text);
        return doesNotFit(value, QStringLiteral("INTERVAL"));
    case Kind::Uuid: {
        QString text = value.text;
        return quoted(spelling.isSqlite() ? text.remove(QLatin1Char('-')) : text);
    }
    case Kind::Json:
        return stringLiteral(spelling, value.text);
    case Kind::List:
        return doesNotFit(value, QStringLiteral("NULL"));
    }
    return doesNotFit(value, QStringLiteral("NULL"));
}

Result<QString> arrayText(const Spelling &spelling, const Literal &value, const SqlType &type)
{
    QStringList items;
    for (const Literal &item : value.items) {
        auto text = item.kind == Kind::List ? arrayText(spelling, item, type) : literalText(spelling, item, type.itemType.get());
        if (!text)
            return text;
        items += *text;
    }
    const bool isNamed = spelling.isPostgreSql() || type.family == TypeFamily::PostgreSql; // SQLAlchemy's own ARRAY elsewhere: brackets alone
    return (isNamed ? QStringLiteral("ARRAY[%1]") : QStringLiteral("[%1]")).arg(items.join(QLatin1String(", ")));
}

Result<QString> integerText(const Literal &value, const QString &typeName)
{
    if (value.kind == Kind::Boolean)
        return value.boolean ? QStringLiteral("1") : QStringLiteral("0");
    if (value.kind == Kind::Integer)
        return value.text;
    static const QRegularExpression digits(QStringLiteral("^\\s*([+-]?\\d+)\\s*$"));
    const auto match = digits.match(value.text);
    if (value.kind == Kind::String && match.hasMatch()) {
        const QString number = match.captured(1);
        return number.startsWith(QLatin1Char('+')) ? number.mid(1) : number;
    }
    if (value.kind == Kind::Float || value.kind == Kind::Decimal) {
        static const QRegularExpression plain(QStringLiteral("^(-?\\d+)(?:\\.\\d*)?$"));
        const auto whole = plain.match(value.text);
        if (whole.hasMatch())
            return whole.captured(1);
    }
    return doesNotFit(value, typeName);
}

Result<QString> numericText(const Spelling &spelling, const Literal &value, const QString &typeName)
{
    if (value.kind == Kind::Integer || value.kind == Kind::Float || value.kind == Kind::Decimal)
        return naturalText(spelling, value);
    if (value.kind == Kind::Boolean) // Python's bool is an int, and str() of it goes into the text
        return value.boolean ? QStringLiteral("True") : QStringLiteral("False");
    static const QRegularExpression number(QStringLiteral("^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$"));
    if (value.kind == Kind::String && number.match(value.text).hasMatch())
        return value.text;
    return doesNotFit(value, typeName);
}

Result<QString> uuidText(const Spelling &spelling, const Literal &value, const SqlType &type)
{
    QString text = value.text;
    const bool isCharacters = spelling.isSqlite() || !type.nativeUuid;
    if (spelling.options.sqlalchemy14) { // there UUID() takes texts unless it is told as_uuid=True, which a text does not show
        if (value.kind == Kind::String)
            return type.asText ? stringLiteral(spelling, text) : doesNotFit(value, QStringLiteral("UUID"));
        if (value.kind == Kind::Uuid && spelling.isPostgreSql())
            return quoted(text) + QLatin1String("::UUID");
    }
    if (value.kind == Kind::String && isCharacters && !type.asText)
        return doesNotFit(value, QStringLiteral("UUID"));
    if (value.kind == Kind::String && type.asText)
        return stringLiteral(spelling, text.remove(QLatin1Char('-')));
    if (value.kind == Kind::Uuid && isCharacters)
        return quoted(text.remove(QLatin1Char('-')));
    if (value.kind == Kind::Uuid || value.kind == Kind::String)
        return stringLiteral(spelling, text);
    return doesNotFit(value, QStringLiteral("UUID"));
}

/// What json.dumps() takes.
bool isJson(const Literal &value)
{
    switch (value.kind) {
    case Kind::Null:
    case Kind::Boolean:
    case Kind::Integer:
    case Kind::Float:
    case Kind::String:
    case Kind::Json:
        return !value.isEnumMember;
    case Kind::List:
        return std::ranges::all_of(value.items, isJson);
    case Kind::Decimal:
    case Kind::Bytes:
    case Kind::Date:
    case Kind::Time:
    case Kind::DateTime:
    case Kind::Interval:
    case Kind::Uuid:
        return false;
    }
    return false;
}

QString jsonString(const QString &text)
{
    QString out = QStringLiteral("\"");
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u == u'"' || u == u'\\')
            out += QLatin1Char('\\') + QString(c);
        else if (u == u'\n')
            out += QLatin1String("\\n");
        else if (u == u'\r')
            out += QLatin1String("\\r");
        else if (u == u'\t')
            out += QLatin1String("\\t");
        else if (u == u'\b')
            out += QLatin1String("\\b");
        else if (u == u'\f')
            out += QLatin1String("\\f");
        else if (u < 0x20 || u > 0x7e)
            out += QStringLiteral("\\u%1").arg(u, 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + QLatin1Char('"');
}

} // namespace

SqlTypePtr naturalType(const Literal &value)
{
    switch (value.kind) {
    case Kind::Null:
    case Kind::Json:
    case Kind::List:
        return nullptr;
    case Kind::Boolean:
        return generic(QStringLiteral("Boolean"));
    case Kind::Integer:
        return generic(QStringLiteral("Integer"));
    case Kind::Float:
        return generic(QStringLiteral("Float"));
    case Kind::Decimal:
        return generic(QStringLiteral("Numeric"));
    case Kind::String:
        return generic(QStringLiteral("String"));
    case Kind::Bytes:
        return generic(QStringLiteral("LargeBinary"));
    case Kind::Date:
        return generic(QStringLiteral("Date"));
    case Kind::Time:
        return generic(QStringLiteral("Time"));
    case Kind::DateTime:
        return generic(QStringLiteral("DateTime"));
    case Kind::Interval:
        return generic(QStringLiteral("Interval"));
    case Kind::Uuid:
        return generic(QStringLiteral("Uuid"));
    }
    return nullptr;
}

SqlTypePtr comparedType(const SqlTypePtr &other, const Literal &value)
{
    SqlTypePtr natural = naturalType(value);
    if (!other || other->isNull())
        return natural;
    if (!natural || affinity(*natural) == affinity(*other))
        return other;
    return natural;
}

QString jsonText(const Literal &value)
{
    switch (value.kind) {
    case Kind::Null:
        return QStringLiteral("null");
    case Kind::Boolean:
        return value.boolean ? QStringLiteral("true") : QStringLiteral("false");
    case Kind::Integer:
    case Kind::Float:
    case Kind::Decimal:
    case Kind::Json:
        return value.text;
    case Kind::List: {
        QStringList items;
        for (const Literal &item : value.items)
            items += jsonText(item);
        return QLatin1Char('[') + items.join(QLatin1String(", ")) + QLatin1Char(']');
    }
    case Kind::String:
    case Kind::Bytes:
    case Kind::Date:
    case Kind::Time:
    case Kind::DateTime:
    case Kind::Interval:
    case Kind::Uuid:
        return jsonString(value.text);
    }
    return {};
}

Result<QString> literalText(const Spelling &spelling, const Literal &value, const SqlType *stated)
{
    if (value.kind == Kind::Null)
        return QStringLiteral("NULL");
    if (!stated || stated->isNull()) {
        if (value.isEnumMember || value.kind == Kind::Json)
            return doesNotFit(value, QStringLiteral("NULL"));
        return naturalText(spelling, value);
    }
    const SqlType &type = effectiveType(spelling.kind, *stated);
    if (value.isEnumMember && !isEnum(type))
        return doesNotFit(value, type.name);
    switch (affinity(type)) {
    case Affinity::Integer:
        return integerText(value, type.name);
    case Affinity::Boolean:
        if (value.kind == Kind::Boolean)
            return booleanText(spelling, value.boolean);
        if (value.kind == Kind::Integer && (value.text == QLatin1String("0") || value.text == QLatin1String("1")))
            return booleanText(spelling, value.text == QLatin1String("1"));
        return doesNotFit(value, type.name);
    case Affinity::Date:
    case Affinity::DateTime:
    case Affinity::Time:
        return temporalText(spelling, value, affinity(type), type.name);
    case Affinity::Json:
        if (!isJson(value))
            return doesNotFit(value, type.name);
        return stringLiteral(spelling, jsonText(value));
    case Affinity::Array:
        if (value.kind == Kind::List)
            return arrayText(spelling, value, type);
        return doesNotFit(value, QStringLiteral("ARRAY")); // SQLAlchemy makes an array of a text's characters
    case Affinity::Uuid:
        return uuidText(spelling, value, type);
    case Affinity::String:
        return value.kind == Kind::String ? stringLiteral(spelling, value.text) : doesNotFit(value, type.name);
    case Affinity::Numeric:
        return numericText(spelling, value, type.name);
    case Affinity::Binary:
        return value.kind == Kind::Bytes ? bytesText(spelling, value.bytes) : doesNotFit(value, type.name);
    case Affinity::Null:
    case Affinity::Interval:
    case Affinity::Hstore:
    case Affinity::Other:
        break;
    }
    if (value.kind == Kind::Json || value.kind == Kind::List)
        return doesNotFit(value, type.name);
    return naturalText(spelling, value);
}

} // namespace stillroom::dialect
