// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/engine.h"
#include "script/types.h"

/// What a column's type makes of the values of a result.
namespace stillroom::script {

using python::Arguments;
using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;
using python::Values;

namespace {

constexpr int kReturnScale = 10; // Numeric's _default_decimal_return_scale

bool isWhole(const Value &value) { return value.isSmallInteger() || value.isKind(ObjectKind::BigInteger); }

Value made(Interpreter &interpreter, const char *module, const char *name, const Value &argument)
{
    return interpreter.invoke(interpreter.getAttribute(interpreter.importModule(module), name), Arguments{{argument}, {}});
}

Value notRead(Interpreter &interpreter, const Value &value, const QString &type)
{
    return interpreter.unknown(StopKind::NotUnderstood,
                               "the value " + interpreter.repr(value) + " of a column of the type " + type.toStdString() + " is not read here");
}

/// By the class's name and those of the classes that it derives from: "BOOLEAN" is a Boolean.
bool isKindOf(const sql::SqlType &type, std::string_view name)
{
    std::string current = type.name.toStdString();
    for (sql::TypeFamily family = type.family;;) {
        if (current == name)
            return true;
        const TypeSpec *spec = findTypeSpec(family, current);
        if (spec == nullptr && family != sql::TypeFamily::Generic)
            spec = findTypeSpec(family = sql::TypeFamily::Generic, current);
        if (spec == nullptr || spec->base.empty() || spec->base == current)
            return false;
        current = spec->base;
        if (findTypeSpec(family, current) == nullptr)
            family = sql::TypeFamily::Generic;
    }
}

Value enumMember(Library &library, const TypePayload &payload, const Value &label)
{
    Interpreter &interpreter = library.interpreter();
    const QString text = Interpreter::qtext(label);
    const Value members = interpreter.getAttribute(payload.enumClass, "__members__");
    const qsizetype index = payload.type.enumLabels.indexOf(text);
    qsizetype at = 0;
    Value byName, byPlace;
    for (const auto &[name, member] : interpreter.dictEntries(members)) {
        if (Interpreter::qtext(name) == text)
            byName = member;
        if (at++ == index)
            byPlace = member;
    }
    // values_callable= gives other labels than the names, in the members' order.
    if (byName || (byPlace && at == payload.type.enumLabels.size()))
        return byName ? byName : byPlace;
    interpreter.raise("LookupError", "'" + text.toStdString() + "' is not among the defined enum values.");
}

/// SQLite keeps them as text. Source: SQLAlchemy 2.0, sqlite.DATETIME, DATE, TIME.
Value momentOnSqlite(Library &library, const Value &value, const sql::SqlType &type, const char *kind)
{
    Interpreter &interpreter = library.interpreter();
    if (!value.isString())
        return notRead(interpreter, value, type.name);
    QString text = Interpreter::qtext(value);
    if (text.size() > 10 && text.at(10) == QLatin1Char('T'))
        text[10] = QLatin1Char(' ');
    const auto moment = momentOf(interpreter, QLatin1String(kind), text);
    return moment ? *moment : notRead(interpreter, value, type.name);
}

Value decimalOf(Library &library, const Value &value, const sql::SqlType &type, const TypePayload *payload)
{
    Interpreter &interpreter = library.interpreter();
    const bool isFloat = isKindOf(type, "Float");
    const bool asDecimal = payload != nullptr && payload->asDecimal ? *payload->asDecimal : !isFloat;
    const bool isNumber = isWhole(value) || value.isKind(ObjectKind::Float);
    if (!asDecimal) // what is a Decimal from the driver becomes a float
        return value.isKind(ObjectKind::Float) ? value : interpreter.invoke(interpreter.builtin("float"), Arguments{{value}, {}});
    if (!isNumber)
        return value;
    const int scale = payload != nullptr && payload->decimalReturnScale ? *payload->decimalReturnScale : type.scale.value_or(kReturnScale);
    const Value text = interpreter.invokeMethod(interpreter.string("{:." + std::to_string(scale) + "f}"), "format", {value});
    return made(interpreter, "decimal", "Decimal", text);
}

Value onSqlite(Library &library, const Value &value, const sql::SqlType &type)
{
    Interpreter &interpreter = library.interpreter();
    if (isKindOf(type, "Boolean"))
        return isWhole(value) ? Value::boolean(interpreter.truth(value)) : value;
    if (isKindOf(type, "DateTime"))
        return momentOnSqlite(library, value, type, "timestamp");
    if (isKindOf(type, "Date"))
        return momentOnSqlite(library, value, type, "date");
    if (isKindOf(type, "Time"))
        return momentOnSqlite(library, value, type, "time");
    if (isKindOf(type, "JSON"))
        return value.isString() ? made(interpreter, "json", "loads", value) : value;
    if (isKindOf(type, "Interval") || isKindOf(type, "PickleType"))
        return notRead(interpreter, value, type.name);
    return value;
}

} // namespace

Value resultValue(Library &library, const ResultType &stated, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    if ((!stated.object && !stated.type) || value.isUnknown() || (stated.object && stated.object.isUnknown()))
        return value;
    if (stated.object.isKind(ObjectKind::Class))
        return resultValue(library, {interpreter.invoke(stated.object, {}), nullptr}, value);
    const auto *payload = stated.object ? Interpreter::payloadAs<TypePayload>(stated.object) : nullptr;
    if (stated.object && interpreter.isInstance(stated.object, typeDecoratorClass(library))) {
        const Value impl = interpreter.getAttribute(stated.object, "impl_instance");
        const Value raw = resultValue(library, {impl, nullptr}, value);
        const Value process = interpreter.findAttribute(interpreter.classOf(stated.object), "process_result_value");
        const Value plain = interpreter.findAttribute(typeDecoratorClass(library), "process_result_value");
        if (!process || (plain && process.isSame(plain)))
            return raw;
        return interpreter.invokeMethod(stated.object, "process_result_value", {raw, dialectObject(library)});
    }
    if (value.isNone())
        return value;
    const sql::SqlType type = stated.object ? toSqlType(library, stated.object) : *stated.type;
    if (payload != nullptr && payload->enumClass && value.isString())
        return enumMember(library, *payload, value);
    if (isKindOf(type, "Numeric"))
        return decimalOf(library, value, type, payload);
    if (isKindOf(type, "Uuid") && !type.asText && value.isString())
        return made(interpreter, "uuid", "UUID", value);
    return library.environment().dialectName == QLatin1String("sqlite") ? onSqlite(library, value, type) : value;
}

} // namespace stillroom::script
