// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"
#include "script/types.h"

#include <algorithm>

/// Enum in all its forms. Source: SQLAlchemy 2.0, "Enum", and "PostgreSQL ENUM Types".
namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;

QStringList enumLabels(Library &library, const Value &enumClass, const Value &valuesCallable, bool omitAliases)
{
    Interpreter &interpreter = library.interpreter();
    QStringList labels;
    if (valuesCallable && !valuesCallable.isNone()) {
        const Value values = interpreter.invoke(valuesCallable, Arguments{{enumClass}, {}});
        interpreter.iterate(values, [&](const Value &value) {
            labels.append(toText(library, value, "a value of values_callable"));
            return true;
        });
        return labels;
    }
    const Value members = interpreter.getAttribute(enumClass, "__members__");
    const Value items = interpreter.invokeMethod(members, "items");
    interpreter.iterate(items, [&](const Value &item) {
        const Value name = interpreter.getItem(item, Value::integer(0));
        const Value member = interpreter.getItem(item, Value::integer(1));
        const Value ownName = interpreter.getAttribute(member, "name");
        if (!omitAliases || interpreter.equals(ownName, name))
            labels.append(toText(library, name, "an enum member's name"));
        return true;
    });
    return labels;
}

namespace {

bool isEnumClass(Library &library, const Value &value)
{
    return value.isKind(python::ObjectKind::Class) && static_cast<bool>(library.interpreter().findAttribute(value, "__members__"));
}

void setName(Library &library, TypePayload &payload, const Value &name)
{
    const sql::Identifier identifier = toIdentifier(library, name, "the name of an Enum");
    payload.type.enumName = identifier.text;
    payload.type.constraintName = identifier.text;
    payload.type.hasEnumName = !identifier.isEmpty();
    if (identifier.quote)
        payload.type.options.insert(QStringLiteral("quote"), *identifier.quote ? QStringLiteral("true") : QStringLiteral("false"));
}

int longest(const QStringList &labels)
{
    qsizetype most = 0;
    for (const QString &label : labels)
        most = std::max(most, label.toUcs4().size());
    return static_cast<int>(most);
}

void readLength(Library &library, TypePayload &payload, const Value &given)
{
    const int needed = longest(payload.type.enumLabels);
    if (!given) {
        payload.type.length = needed;
        return;
    }
    const auto length = toOptionalInteger(library, given, "the length of an Enum");
    if (!length) {
        payload.type.length.reset();
        payload.type.options.insert(QStringLiteral("length"), QStringLiteral("none"));
        return;
    }
    if (*length < needed) {
        library.interpreter().raise("ValueError", "When provided, length must be larger or equal than the length of the longest enum value. " +
                                                      std::to_string(*length) + " < " + std::to_string(needed));
    }
    payload.type.length = static_cast<int>(*length);
}

} // namespace

void readEnumArguments(Library &library, const TypeSpec &spec, TypePayload &payload, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    sql::SqlType &type = payload.type;
    for (const Value &value : arguments.positional)
        interpreter.known(value, "the labels of an Enum");
    for (const auto &[name, value] : arguments.keywords)
        interpreter.known(value, "an argument of Enum");
    if (arguments.positional.empty()) {
        if (const Value given = arguments.take("_enums"))
            arguments.positional = interpreter.toVector(given);
    }
    const Value valuesCallable = arguments.take("values_callable");
    const bool omitAliases = toBool(library, arguments.take("omit_aliases"), true);
    if (arguments.positional.size() == 1 && isEnumClass(library, arguments.positional[0])) {
        payload.enumClass = arguments.positional[0];
        type.enumLabels = enumLabels(library, payload.enumClass, valuesCallable, omitAliases);
    } else {
        for (const Value &label : arguments.positional) {
            // A list is one label to SQLAlchemy: it has a length, and fails where the label is written.
            if (label.isKind(python::ObjectKind::List) || label.isKind(python::ObjectKind::Tuple)) {
                type.options.insert(QStringLiteral("unwritable_label"), QStringLiteral("true"));
                type.enumLabels.append(QString(interpreter.length(label), QLatin1Char('?')));
                continue;
            }
            if (label.isNone())
                interpreter.raise("TypeError", "object of type 'NoneType' has no len()");
            type.enumLabels.append(toText(library, label, "a label of an Enum"));
        }
    }
    type.nativeEnum = toBool(library, arguments.take("native_enum"), true);
    type.createConstraint = toBool(library, arguments.take("create_constraint"), false);
    if (type.createConstraint && type.options.contains(QStringLiteral("unwritable_label")))
        interpreter.raise("TypeError", "Enum() takes its labels as arguments of their own, not as one list");
    // Enum takes any keyword without a word; only postgresql.ENUM knows this one.
    if (const Value createType = arguments.take("create_type"); spec.family == sql::TypeFamily::PostgreSql)
        type.createType = toBool(library, createType, true);
    type.inheritSchema = toBool(library, arguments.take("inherit_schema"), false);
    readLength(library, payload, arguments.take("length"));
    const Value name = arguments.take("name");
    if (name)
        setName(library, payload, name);
    else if (payload.enumClass && !type.enumLabels.isEmpty())
        setName(library, payload, interpreter.string(QString::fromStdString(interpreter.nameOfClass(payload.enumClass)).toLower()));
    if (const Value quote = arguments.take("quote"); quote && !quote.isNone())
        type.options.insert(QStringLiteral("quote"), interpreter.truth(quote) ? QStringLiteral("true") : QStringLiteral("false"));
    if (const Value schema = arguments.take("schema"))
        type.schema = toIdentifier(library, schema, "the schema of an Enum").text;
    if (const Value metadata = arguments.take("metadata"); metadata && !metadata.isNone()) {
        payload.metadata = metadata;
        type.enumBelongsToMetadata = true;
        if (const auto *held = Interpreter::payloadAs<MetaDataPayload>(metadata); held != nullptr && type.schema.isEmpty())
            type.schema = held->schema.text;
    }
    if (spec.family == sql::TypeFamily::PostgreSql && type.enumName.isEmpty() && !arguments.positional.empty() && !payload.enumClass && !name)
        interpreter.raise("TypeError", "PostgreSQL ENUM type requires a name.");
}

namespace {

/// create(bind, checkfirst) and drop(bind, checkfirst). Only a database with named enum types does anything.
Value createOrDrop(Library &library, const Value &self, Arguments &arguments, bool isCreate)
{
    Interpreter &interpreter = library.interpreter();
    python::ArgumentReader read(interpreter, isCreate ? "create" : "drop", arguments, {"bind", "checkfirst="});
    interpreter.known(read["bind"], "the connection");
    const bool checkFirst = !read.has("checkfirst") || interpreter.truth(read["checkfirst"]);
    const sql::SqlType type = toSqlType(library, self);
    const bool isDomain = type.name == QLatin1String("DOMAIN");
    if (!library.isPostgreSql() || (!isDomain && !type.nativeEnum))
        return Value::none();
    if (!isDomain && type.enumName.isEmpty())
        raiseSqlAlchemy(library, "CompileError", "PostgreSQL ENUM type requires a name.");
    if (isCreate)
        library.emit(sql::CreateType{type, checkFirst});
    else
        library.emit(sql::DropType{type, checkFirst});
    return Value::none();
}

} // namespace

void addEnumMethods(Library &library, ClassBuilder &builder)
{
    builder.method("create",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return createOrDrop(library, self, arguments, true); });
    builder.method("drop",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return createOrDrop(library, self, arguments, false); });
}

} // namespace stillroom::script
