// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/library.h"

/// Python values as SQL literals. JSON text follows json.dumps of Python's standard library.
namespace stillroom::script {

using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;

namespace {

void appendJsonString(const QString &text, QString &out)
{
    out += QLatin1Char('"');
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '"':
            out += QLatin1String("\\\"");
            break;
        case '\\':
            out += QLatin1String("\\\\");
            break;
        case '\n':
            out += QLatin1String("\\n");
            break;
        case '\r':
            out += QLatin1String("\\r");
            break;
        case '\t':
            out += QLatin1String("\\t");
            break;
        case '\b':
            out += QLatin1String("\\b");
            break;
        case '\f':
            out += QLatin1String("\\f");
            break;
        default:
            if (c.unicode() < 0x20 || c.unicode() > 0x7e)
                out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
            else
                out += c;
        }
    }
    out += QLatin1Char('"');
}

bool appendJson(Library &library, const Value &value, QString &out, int depth);

bool appendJsonDict(Library &library, const Value &value, QString &out, int depth)
{
    Interpreter &interpreter = library.interpreter();
    out += QLatin1Char('{');
    bool isFirst = true;
    for (const auto &[key, entry] : interpreter.dictEntries(value)) {
        if (!isFirst)
            out += QLatin1String(", ");
        isFirst = false;
        if (key.isString())
            appendJsonString(Interpreter::qtext(key), out);
        else if (key.isNone())
            out += QLatin1String("\"null\"");
        else if (key.isBoolean())
            out += key.isTrue() ? QLatin1String("\"true\"") : QLatin1String("\"false\"");
        else if (Interpreter::toDouble(key) || Interpreter::toInt64(key))
            appendJsonString(QString::fromStdString(interpreter.repr(key)), out);
        else
            return false;
        out += QLatin1String(": ");
        if (!appendJson(library, entry, out, depth + 1))
            return false;
    }
    out += QLatin1Char('}');
    return true;
}

/// False when json.dumps would refuse the value.
bool appendJson(Library &library, const Value &value, QString &out, int depth)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, "a value in JSON");
    if (depth > 200)
        interpreter.raise("RecursionError", "maximum recursion depth exceeded");
    if (value.isNone()) {
        out += QLatin1String("null");
    } else if (value.isBoolean()) {
        out += value.isTrue() ? QLatin1String("true") : QLatin1String("false");
    } else if (value.isString()) {
        appendJsonString(Interpreter::qtext(value), out);
    } else if (value.isSmallInteger() || value.isKind(ObjectKind::BigInteger)) {
        out += QString::fromStdString(interpreter.integerText(value));
    } else if (value.isKind(ObjectKind::Float)) {
        out += QString::fromStdString(interpreter.repr(value));
    } else if (value.isKind(ObjectKind::Dict)) {
        return appendJsonDict(library, value, out, depth);
    } else if (value.isKind(ObjectKind::List) || value.isKind(ObjectKind::Tuple)) {
        out += QLatin1Char('[');
        bool isFirst = true;
        bool isGood = true;
        interpreter.iterate(value, [&](const Value &item) {
            if (!isFirst)
                out += QLatin1String(", ");
            isFirst = false;
            isGood = appendJson(library, item, out, depth + 1);
            return isGood;
        });
        out += QLatin1Char(']');
        return isGood;
    } else {
        return false;
    }
    return true;
}

sql::Literal listLiteral(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    sql::Literal literal;
    literal.kind = sql::Literal::Kind::List;
    interpreter.iterate(value, [&](const Value &item) {
        literal.items.push_back(toLiteral(library, item));
        literal.varies = literal.varies || literal.items.back().varies;
        return true;
    });
    QString json;
    if (appendJson(library, value, json, 0))
        literal.text = json;
    return literal;
}

/// What a value of the standard library's classes is in SQL, by the module and name of its class or a base of it.
std::optional<sql::Literal::Kind> standardKind(Library &library, const Value &value)
{
    using Kind = sql::Literal::Kind;
    struct Row {
        const char *module;
        const char *name;
        Kind kind;
    };
    static constexpr Row kRows[]{{"datetime", "datetime", Kind::DateTime},  {"datetime", "date", Kind::Date}, {"datetime", "time", Kind::Time},
                                 {"datetime", "timedelta", Kind::Interval}, {"uuid", "UUID", Kind::Uuid},     {"decimal", "Decimal", Kind::Decimal}};
    Interpreter &interpreter = library.interpreter();
    if (!value.isKind(ObjectKind::Instance))
        return std::nullopt;
    for (const Row &row : kRows) {
        const Value module = interpreter.importedModule(row.module);
        const Value classValue = module ? interpreter.findAttribute(module, row.name) : Value();
        if (classValue && interpreter.isInstance(value, classValue))
            return row.kind;
    }
    return std::nullopt;
}

} // namespace

sql::Literal toLiteral(Library &library, const Value &given, std::string_view use)
{
    using Kind = sql::Literal::Kind;
    Interpreter &interpreter = library.interpreter();
    interpreter.known(given, use.empty() ? std::string_view("a value in SQL") : use);
    sql::Literal literal;
    literal.varies = interpreter.varies(given);
    // A member of an enum is asked for its name; any other int, float or str of a class of its own is what it holds.
    const bool isMember = given.isKind(ObjectKind::Instance) && interpreter.findAttribute(interpreter.classOf(given), "__members__");
    const Value &value = isMember ? given : Interpreter::plainValue(given);
    if (value.isNone() || !value)
        return literal;
    if (value.isBoolean()) {
        literal.kind = Kind::Boolean;
        literal.boolean = value.isTrue();
    } else if (value.isSmallInteger() || value.isKind(ObjectKind::BigInteger)) {
        literal.kind = Kind::Integer;
        literal.text = QString::fromStdString(interpreter.integerText(value));
    } else if (value.isKind(ObjectKind::Float)) {
        literal.kind = Kind::Float;
        literal.text = QString::fromStdString(interpreter.repr(value));
    } else if (value.isString()) {
        literal.kind = Kind::String;
        literal.text = Interpreter::qtext(value);
    } else if (const auto *bytes = value.to<python::BytesObject>()) {
        literal.kind = Kind::Bytes;
        literal.bytes = QByteArray::fromStdString(bytes->bytes);
    } else if (value.isKind(ObjectKind::Dict)) {
        literal.kind = Kind::Json;
        if (!appendJson(library, value, literal.text, 0))
            interpreter.raise("TypeError", "Object of this type is not JSON serializable");
    } else if (value.isKind(ObjectKind::List) || value.isKind(ObjectKind::Tuple) || value.isKind(ObjectKind::Set) ||
               value.isKind(ObjectKind::FrozenSet)) {
        return listLiteral(library, value);
    } else if (const auto *other = Interpreter::payloadAs<LiteralPayload>(value)) {
        const bool varies = literal.varies;
        literal = other->literal();
        literal.varies = literal.varies || varies;
    } else if (interpreter.findAttribute(interpreter.classOf(value), "__members__")) {
        // A member of a Python enum: a str or int member is its value; a plain one is stored by name (SQLAlchemy, "Enum").
        const bool isMixed = interpreter.isInstance(value, interpreter.builtin("str")) || interpreter.isInstance(value, interpreter.builtin("int"));
        sql::Literal member = toLiteral(library, interpreter.getAttribute(value, isMixed ? "value" : "name"), use);
        member.isEnumMember = !isMixed;
        return member;
    } else if (const auto kind = standardKind(library, value)) {
        literal.kind = *kind;
        const Value text =
            *kind == Kind::Interval ? interpreter.strValue(interpreter.invokeMethod(value, "total_seconds")) : interpreter.strValue(value);
        literal.text = Interpreter::qtext(interpreter.known(text, "a value in SQL"));
        literal.varies = literal.varies || interpreter.varies(text);
    } else {
        interpreter.stop(StopKind::NotUnderstood, "a value of type '" + interpreter.className(value) + "' has no SQL literal");
    }
    return literal;
}

} // namespace stillroom::script
