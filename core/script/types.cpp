// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/types.h"

#include "script/convert.h"

#include <algorithm>

namespace stillroom::script {

using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;
using python::Values;
using sql::TypeFamily;

namespace {

/// The classes made so far, to find the native class of a subclass that a script defined.
struct KnownTypeClasses {
    std::vector<std::pair<const void *, const TypeSpec *>> classes;
};

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> found;
    while (!text.empty()) {
        const std::size_t blank = text.find(' ');
        found.push_back(text.substr(0, blank));
        text = blank == std::string_view::npos ? std::string_view() : text.substr(blank + 1);
    }
    return found;
}

std::optional<int> toLength(Library &library, const Value &value, std::string_view use)
{
    const auto number = toOptionalInteger(library, value, use);
    return number ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

/// Keeps one constructor argument. What never reaches SQL (as_uuid, asdecimal, …) is read and dropped.
void setParameter(Library &library, TypePayload &payload, std::string_view name, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    sql::SqlType &type = payload.type;
    interpreter.known(value, "an argument of a column type");
    if (name == "length") {
        type.length = toLength(library, value, name);
    } else if (name == "precision" || name == "second_precision" || name == "binary_precision") {
        type.precision = toLength(library, value, name);
    } else if (name == "scale") {
        type.scale = toLength(library, value, name);
    } else if (name == "timezone") {
        type.timezone = interpreter.truth(value);
    } else if (name == "collation") {
        type.collation = toOptionalText(library, value, name).value_or(QString());
    } else if (name == "fields") {
        type.fields = toOptionalText(library, value, name).value_or(QString());
    } else if (name == "varying") {
        type.varying = interpreter.truth(value);
    } else if (name == "as_uuid") {
        type.asText = !interpreter.truth(value);
    } else if (name == "asdecimal") {
        payload.asDecimal = interpreter.truth(value);
    } else if (name == "decimal_return_scale") {
        payload.decimalReturnScale = toLength(library, value, name);
    } else if (name == "native_uuid") {
        type.nativeUuid = interpreter.truth(value);
    } else if (name == "create_constraint") {
        type.createConstraint = interpreter.truth(value);
    } else if (name == "dimensions") {
        type.dimensions = toLength(library, value, name);
    } else if (name == "item_type" || name == "data_type" || (name == "impl" && !value.isNone())) {
        payload.itemType = value;
    } else if (name == "native") {
        if (!interpreter.truth(value))
            type.options.insert(QStringLiteral("native"), QStringLiteral("False"));
    } else if (name == "name") {
        type.constraintName = toIdentifier(library, value, name).text;
        type.enumName = type.constraintName;
        type.hasEnumName = !type.enumName.isEmpty();
    } else if (name == "schema") {
        type.schema = toIdentifier(library, value, name).text;
    } else if (name == "create_type") {
        type.createType = interpreter.truth(value);
    } else if (name == "metadata") {
        payload.metadata = value;
        type.enumBelongsToMetadata = !value.isNone();
    } else if (name == "default" || name == "check" || name == "constraint_name" || name == "not_null" || name == "fsp" || name == "display_width" ||
               name == "dim" || name == "unsigned" || name == "zerofill" || name == "charset") {
        const QString key = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
        if (const auto *text = Interpreter::payloadAs<TextPayload>(value))
            type.options.insert(key, text->text);
        else if (value.isString() && name == "default")
            type.options.insert(key,
                                QLatin1Char('\'') + Interpreter::qtext(value).replace(QLatin1Char('\''), QLatin1String("''")) + QLatin1Char('\''));
        else if (value.isString())
            type.options.insert(key, Interpreter::qtext(value));
        else if (value.isBoolean())
            type.options.insert(key, value.isTrue() ? QStringLiteral("True") : QStringLiteral("False"));
        else if (expressionOf(library, value) != nullptr)
            library.interpreter().stop(StopKind::NotUnderstood, "the " + std::string(name) + " of a type is an expression");
        else if (const auto number = Interpreter::toInt64(value))
            type.options.insert(key, QString::number(*number));
    }
}

/// Keywords that SQLAlchemy before 2.0 took; scripts of that age still have them.
bool isFormerKeyword(std::string_view name)
{
    return name == "convert_unicode" || name == "unicode_error" || name == "_warn_on_bytestring" || name == "_expect_unicode";
}

void readArguments(Library &library, const TypeSpec &spec, TypePayload &payload, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const std::vector<std::string_view> names = words(spec.parameters);
    const std::string function = std::string(spec.name) + ".__init__()";
    std::size_t index = 0;
    for (const Value &value : arguments.positional) {
        if (index >= names.size() || names[index] == "**") {
            interpreter.raise("TypeError", names.empty()
                                               ? std::string(spec.name) + "() takes no arguments"
                                               : function + " takes from 1 to " + std::to_string(names.size() + 1) + " positional arguments but " +
                                                     std::to_string(arguments.positional.size() + 1) + " were given");
        }
        if (names[index].starts_with('*')) {
            if (spec.name == "SET")
                payload.type.enumLabels.append(toText(library, value, "a value of SET"));
            continue;
        }
        setParameter(library, payload, names[index++], value);
    }
    for (const auto &[name, value] : arguments.keywords) {
        const bool isListed = std::ranges::any_of(names, [&name = name](std::string_view known) {
            return known == name || (known.starts_with('*') && known.size() > 2 && known.substr(1) == name);
        });
        const bool takesMore = !names.empty() && names.back() == "**";
        if (isListed || takesMore)
            setParameter(library, payload, name, value);
        else if (!isFormerKeyword(name))
            interpreter.raise("TypeError", function + " got an unexpected keyword argument '" + name + "'");
    }
}

void initialize(Library &library, const TypeSpec &spec, const Value &self, Arguments &arguments)
{
    auto payload = std::make_unique<TypePayload>();
    payload->type.family = spec.family;
    payload->type.name = QString::fromUtf8(spec.name.data(), static_cast<qsizetype>(spec.name.size()));
    if (spec.parameters.starts_with("*enums"))
        readEnumArguments(library, spec, *payload, arguments);
    else
        readArguments(library, spec, *payload, arguments);
    const std::string_view name = spec.name;
    if (name == "ARRAY") {
        if (!payload->itemType)
            library.interpreter().raise("TypeError", "ARRAY.__init__() missing 1 required positional argument: 'item_type'");
        const auto *inner = Interpreter::payloadAs<TypePayload>(payload->itemType);
        if (inner != nullptr && inner->type.name == QLatin1String("ARRAY")) {
            library.interpreter().raise("ValueError", "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype");
        }
    } else if (name == "NullType") {
        payload->type = {};
    }
    Interpreter::setPayload(self, std::move(payload));
}

/// The payload of a type object. A script's subclass that never called super().__init__() gets its native class's own.
TypePayload &payloadOf(Library &library, const Value &self)
{
    if (auto *payload = Interpreter::payloadAs<TypePayload>(self))
        return *payload;
    Interpreter &interpreter = library.interpreter();
    for (const Value &base : interpreter.mro(interpreter.classOf(self))) {
        for (const auto &[known, spec] : library.kept<KnownTypeClasses>().classes) {
            if (known == base.object()) {
                Arguments none;
                if (spec->name != "ARRAY") {
                    initialize(library, *spec, self, none);
                    return *Interpreter::payloadAs<TypePayload>(self);
                }
            }
        }
    }
    Interpreter::setPayload(self, std::make_unique<TypePayload>());
    return *Interpreter::payloadAs<TypePayload>(self);
}

Value optionalInteger(const std::optional<int> &number) { return number ? Value::integer(*number) : Value::none(); }

/// Attributes that scripts read from a type object.
Value typeAttribute(Library &library, const Value &self, const std::string &name)
{
    Interpreter &interpreter = library.interpreter();
    if (name.starts_with("__"))
        interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute '" + name + "'");
    TypePayload &payload = payloadOf(library, self);
    const sql::SqlType &type = payload.type;
    const auto textOrNone = [&interpreter](const QString &text) { return text.isEmpty() ? Value::none() : interpreter.string(text); };
    if (name == "length")
        return optionalInteger(type.length);
    if (name == "precision")
        return optionalInteger(type.precision);
    if (name == "scale")
        return optionalInteger(type.scale);
    if (name == "dimensions")
        return optionalInteger(type.dimensions);
    if (name == "timezone")
        return Value::boolean(type.timezone);
    if (name == "native_enum")
        return Value::boolean(type.nativeEnum);
    if (name == "create_type")
        return Value::boolean(type.createType);
    if (name == "collation")
        return textOrNone(type.collation);
    if (name == "schema")
        return textOrNone(type.schema);
    if (name == "name")
        return textOrNone(type.enumName.isEmpty() ? type.constraintName : type.enumName);
    if (name == "metadata")
        return payload.metadata ? payload.metadata : Value::none();
    if (name == "item_type" && payload.itemType)
        return payload.itemType;
    if (name == "enum_class")
        return payload.enumClass ? payload.enumClass : Value::none();
    if (name == "enums") {
        Values labels;
        for (const QString &label : type.enumLabels)
            labels.push_back(interpreter.string(label));
        return interpreter.list(std::move(labels));
    }
    if (name == "impl" || name == "impl_instance") {
        if (payload.impl)
            return payload.impl;
    }
    if (name == "as_uuid")
        return Value::boolean(!type.asText);
    interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute '" + name + "'");
}

Value withVariant(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    if (arguments.positional.size() < 2) {
        const Value type = arguments.take("type_");
        const Value dialect = arguments.take("dialect_name");
        if (type)
            arguments.positional.push_back(type);
        if (dialect)
            arguments.positional.push_back(dialect);
    }
    if (arguments.positional.size() < 2)
        interpreter.raise("TypeError", "TypeEngine.with_variant() needs a type and at least one dialect name");
    const Value copy = interpreter.instance(interpreter.classOf(self), std::make_unique<TypePayload>(payloadOf(library, self)));
    for (const auto &[name, value] : interpreter.ownAttributes(self))
        interpreter.setAttribute(copy, name, value);
    auto *payload = Interpreter::payloadAs<TypePayload>(copy);
    for (std::size_t i = 1; i < arguments.positional.size(); ++i)
        payload->variants.insert_or_assign(toText(library, arguments.positional[i], "the dialect's name in with_variant()"), arguments.positional[0]);
    return copy;
}

Value copyOf(Library &library, const Value &self)
{
    Interpreter &interpreter = library.interpreter();
    const Value copy = interpreter.instance(interpreter.classOf(self), std::make_unique<TypePayload>(payloadOf(library, self)));
    for (const auto &[name, value] : interpreter.ownAttributes(self))
        interpreter.setAttribute(copy, name, value);
    return copy;
}

/// A type may give its columns operators of their own. Further ones are not known by then; those that SQLAlchemy has would differ.
void requirePlainOperators(Interpreter &interpreter, const Value &type)
{
    for (const auto &[name, factory] : interpreter.ownAttributes(type)) {
        if (name != "comparator_factory" || !factory.isKind(python::ObjectKind::Class))
            continue;
        static constexpr std::string_view kTaken[] = {"operate", "reverse_operate", "__eq__",  "__ne__",      "__lt__",       "__le__",  "__gt__",
                                                      "__ge__",  "__add__",         "__sub__", "__mul__",     "__truediv__",  "__and__", "__or__",
                                                      "__mod__", "__invert__",      "__neg__", "__getitem__", "__contains__", "like",    "ilike",
                                                      "in_",     "not_in",          "is_",     "is_not",      "contains",     "match",   "startswith",
                                                      "concat",  "endswith",        "between", "any",         "all",          "op",      "bool_op"};
        for (const auto &[method, value] : interpreter.ownAttributes(factory)) {
            if (std::ranges::find(kTaken, std::string_view(method)) != std::end(kTaken))
                interpreter.stop(StopKind::NotUnderstood, "a column type has operators of its own (" + method + " of its comparator_factory)");
        }
    }
}

Value makeTypeEngine(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TypeEngine", {}, "sqlalchemy.sql.type_api");
    builder.method("with_variant",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return withVariant(library, self, arguments); });
    builder.method("__getattr__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return typeAttribute(library, self, std::string(Interpreter::text(arguments.positional.at(0))));
    });
    const auto same = [](Interpreter &, const Value &self, Arguments &) { return self; };
    const Value comparator = ClassBuilder(library.interpreter(), "Comparator", {}, "sqlalchemy.sql.type_api").build();
    builder.attribute("Comparator", comparator);
    builder.attribute("comparator_factory", comparator);
    builder.classMethod("__init_subclass__", [](Interpreter &interpreter, const Value &self, Arguments &) {
        requirePlainOperators(interpreter, self);
        return Value::none();
    });
    builder.method("evaluates_none", same);
    builder.method("copy", [&library](Interpreter &, const Value &self, Arguments &) { return copyOf(library, self); });
    builder.method("dialect_impl", same);
    builder.method("as_generic", [&library](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        (void)library;
        interpreter.stop(StopKind::NotUnderstood, "as_generic() of a type is not supported");
    });
    builder.classMethod("__class_getitem__", [](Interpreter &, const Value &self, Arguments &) { return self; });
    builder.method("__repr__",
                   [](Interpreter &interpreter, const Value &self, Arguments &) { return interpreter.string(interpreter.className(self) + "()"); });
    builder.method("__str__", [](Interpreter &interpreter, const Value &self, Arguments &) -> Value {
        const auto *payload = Interpreter::payloadAs<TypePayload>(self);
        const QString text = payload == nullptr || payload->impl ? QString() : typeString(payload->type);
        if (!text.isEmpty())
            return interpreter.string(text);
        interpreter.stop(StopKind::NotUnderstood, "the text of a column type is used as a string");
    });
    builder.method("compile", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        return interpreter.string(compiledType(library, self, arguments));
    });
    return builder.build();
}

Value makeSchemaType(Library &library, std::string_view)
{
    return ClassBuilder(library.interpreter(), "SchemaType", {typeEngineClass(library)}, "sqlalchemy.sql.sqltypes").build();
}

Value makeExternalType(Library &library, std::string_view)
{
    return ClassBuilder(library.interpreter(), "ExternalType", {typeEngineClass(library)}, "sqlalchemy.sql.type_api").build();
}

Value makeUserDefinedType(Library &library, std::string_view)
{
    const Value external = library.named(makeExternalType, "ExternalType");
    return ClassBuilder(library.interpreter(), "UserDefinedType", {external}, "sqlalchemy.sql.type_api").build();
}

/// TypeDecorator(*args, **kw): makes its `impl` with them.
Value decoratorInit(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    const Value impl = interpreter.findAttribute(interpreter.classOf(self), "impl");
    if (!impl) {
        interpreter.raise("AttributeError", "TypeDecorator implementations require a class-level variable 'impl' which refers to the class of "
                                            "type being decorated");
    }
    auto payload = std::make_unique<TypePayload>();
    payload->impl = interpreter.isCallable(impl) && !isTypeObject(library, impl) ? interpreter.invoke(impl, {})
                    : impl.isKind(python::ObjectKind::Class)                     ? interpreter.invoke(impl, std::move(arguments))
                                                                                 : impl;
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value implOf(Library &library, const Value &self)
{
    auto *payload = Interpreter::payloadAs<TypePayload>(self);
    if (payload == nullptr || !payload->impl) {
        Arguments none;
        decoratorInit(library, self, none);
        payload = Interpreter::payloadAs<TypePayload>(self);
    }
    return payload->impl;
}

Value makeTypeDecorator(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TypeDecorator", {library.named(makeExternalType, "ExternalType")}, "sqlalchemy.sql.type_api");
    builder.method("__init__",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return decoratorInit(library, self, arguments); });
    builder.method("load_dialect_impl", [&library](Interpreter &, const Value &self, Arguments &) { return implOf(library, self); });
    builder.method("__getattr__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) -> Value {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (name.starts_with("__"))
            interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute '" + name + "'");
        const Value impl = implOf(library, self);
        return name == "impl_instance" ? impl : interpreter.getAttribute(impl, name);
    });
    builder.property("impl_instance", [&library](Interpreter &, const Value &self, Arguments &) { return implOf(library, self); });
    const auto stops = [](Interpreter &interpreter, const Value &, Arguments &) -> Value {
        interpreter.stop(StopKind::NotUnderstood, "a TypeDecorator's value conversion is called by the script");
    };
    builder.method("process_bind_param", stops);
    builder.method("process_result_value", stops);
    return builder.build();
}

Value baseOf(Library &library, const TypeSpec &spec)
{
    if (spec.base.empty())
        return typeEngineClass(library);
    if (spec.base == "SchemaType")
        return schemaTypeClass(library);
    return typeClass(library, TypeFamily::Generic, spec.base);
}

Value makeClassOf(Library &library, const TypeSpec &spec)
{
    ClassBuilder builder(library.interpreter(), spec.name, {baseOf(library, spec)}, "sqlalchemy.types");
    builder.method("__init__", [&library, &spec](Interpreter &, const Value &self, Arguments &arguments) {
        initialize(library, spec, self, arguments);
        return Value::none();
    });
    if (spec.name == "Enum" || spec.name == "ENUM" || spec.name == "DOMAIN")
        addEnumMethods(library, builder);
    if (spec.name == "JSON" || spec.name == "JSONB") {
        // JSON.NULL: the JSON value null, where None would be SQL's NULL.
        builder.attribute("NULL", library.interpreter().unknown(StopKind::NotUnderstood, "JSON.NULL is not supported as a value"));
    }
    const Value made = builder.build();
    library.kept<KnownTypeClasses>().classes.emplace_back(made.object(), &spec);
    return made;
}

template<TypeFamily family>
Value makeFamilyClass(Library &library, std::string_view name)
{
    const TypeSpec *spec = findTypeSpec(family, name);
    return makeClassOf(library, *spec);
}

NameMaker makerOf(TypeFamily family)
{
    switch (family) {
    case TypeFamily::Generic:
        return makeFamilyClass<TypeFamily::Generic>;
    case TypeFamily::Standard:
        return makeFamilyClass<TypeFamily::Standard>;
    case TypeFamily::PostgreSql:
        return makeFamilyClass<TypeFamily::PostgreSql>;
    case TypeFamily::Sqlite:
        return makeFamilyClass<TypeFamily::Sqlite>;
    case TypeFamily::MySql:
        return makeFamilyClass<TypeFamily::MySql>;
    case TypeFamily::MsSql:
        return makeFamilyClass<TypeFamily::MsSql>;
    case TypeFamily::Oracle:
        return makeFamilyClass<TypeFamily::Oracle>;
    case TypeFamily::Custom:
    case TypeFamily::Null:
        return nullptr;
    }
    return nullptr;
}

/// Names that are other classes' names.
Value makeAlias(Library &library, std::string_view name)
{
    if (name == "INT")
        return typeClass(library, TypeFamily::Standard, "INTEGER");
    if (name == "NVARCHAR2")
        return typeClass(library, TypeFamily::Standard, "NVARCHAR");
    return typeClass(library, TypeFamily::Generic, "LargeBinary"); // Binary, before SQLAlchemy 1.4
}

/// As SQLAlchemy 1.x spelt them.
Value makeFormerPostgreSqlName(Library &library, std::string_view name)
{
    if (name == "PGUuid" || name == "PGUUID")
        return typeClass(library, TypeFamily::Standard, "UUID");
    if (name == "PGArray")
        return typeClass(library, TypeFamily::PostgreSql, "ARRAY");
    return typeClass(library, TypeFamily::PostgreSql, "INET");
}

Value makeNullTypeConstant(Library &library, std::string_view) { return makeType(library, TypeFamily::Generic, "NullType"); }

Value makeToInstance(Library &library, std::string_view)
{
    return library.interpreter().function("to_instance", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        const Value type = arguments.positional.empty() ? Value::none() : arguments.positional[0];
        if (type.isNone())
            return makeType(library, TypeFamily::Generic, "NullType");
        return type.isKind(python::ObjectKind::Class) ? interpreter.invoke(type, {}) : type;
    });
}

Value makeCompiles(Library &library, std::string_view)
{
    return library.interpreter().function("compiles", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        if (arguments.positional.empty())
            interpreter.raise("TypeError", "compiles() missing 1 required positional argument: 'class_'");
        const Value type = arguments.positional[0];
        std::vector<std::string> dialects;
        for (std::size_t i = 1; i < arguments.positional.size(); ++i)
            dialects.push_back(toText(library, arguments.positional[i], "the dialect of compiles()").toStdString());
        if (dialects.empty())
            dialects.emplace_back();
        return interpreter.function("decorate", [&library, type, dialects](Interpreter &, const Value &, Arguments &inner) {
            library.noteRegistration();
            for (const std::string &dialect : dialects)
                library.shared<CompiledClasses>().entries.push_back({type, dialect, inner.positional.at(0)});
            return inner.positional.at(0);
        });
    });
}

} // namespace

Value CompiledClasses::find(Library &library, const Value &instance) const
{
    if (entries.empty())
        return {};
    Interpreter &interpreter = library.interpreter();
    const std::string dialect = library.environment().dialectName.toStdString();
    for (const Value &base : interpreter.mro(interpreter.classOf(instance))) {
        Value general;
        for (const Entry &entry : entries) {
            if (!entry.type.isSame(base))
                continue;
            if (entry.dialect == dialect)
                return entry.function;
            if (entry.dialect.empty())
                general = entry.function;
        }
        if (general)
            return general;
    }
    return {};
}

Value typeEngineClass(Library &library) { return library.named(makeTypeEngine, "TypeEngine"); }

Value schemaTypeClass(Library &library) { return library.named(makeSchemaType, "SchemaType"); }

Value typeDecoratorClass(Library &library) { return library.named(makeTypeDecorator, "TypeDecorator"); }

Value userDefinedTypeClass(Library &library) { return library.named(makeUserDefinedType, "UserDefinedType"); }

Value typeClass(Library &library, TypeFamily family, std::string_view name) { return library.named(makerOf(family), name); }

Value makeType(Library &library, TypeFamily family, std::string_view name)
{
    return library.interpreter().invoke(typeClass(library, family, name), {});
}

Value makeTypeObject(Library &library, sql::SqlType type)
{
    auto payload = std::make_unique<TypePayload>();
    payload->type = std::move(type);
    return library.interpreter().instance(typeEngineClass(library), std::move(payload));
}

bool isTypeObject(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    if (value.isKind(python::ObjectKind::Class))
        return interpreter.isSubclass(value, typeEngineClass(library));
    return value.isKind(python::ObjectKind::Instance) && interpreter.isInstance(value, typeEngineClass(library));
}

void addTypeModules(ModuleTable &table)
{
    const auto names = [](TypeFamily family) {
        std::vector<ModuleName> list;
        for (const TypeSpec *spec : typeSpecs(family))
            list.push_back({spec->name, makerOf(family)});
        return list;
    };
    const std::initializer_list<std::string_view> general = {"sqlalchemy", "sqlalchemy.types", "sqlalchemy.sql.sqltypes"};
    table.add(general, names(TypeFamily::Generic));
    table.add(general, names(TypeFamily::Standard));
    table.add(general, {{"INT", makeAlias},
                        {"Binary", makeAlias},
                        {"TypeDecorator", makeTypeDecorator},
                        {"UserDefinedType", makeUserDefinedType},
                        {"TypeEngine", makeTypeEngine},
                        {"SchemaType", makeSchemaType},
                        {"ExternalType", makeExternalType}});
    table.add({"sqlalchemy.types", "sqlalchemy.sql.sqltypes"}, {{"NULLTYPE", makeNullTypeConstant}, {"to_instance", makeToInstance}});
    table.add({"sqlalchemy.sql.type_api", "sqlalchemy.type_api"}, {{"TypeEngine", makeTypeEngine},
                                                                   {"TypeDecorator", makeTypeDecorator},
                                                                   {"UserDefinedType", makeUserDefinedType},
                                                                   {"ExternalType", makeExternalType},
                                                                   {"to_instance", makeToInstance}});
    table.add({"sqlalchemy.ext.compiler"}, {{"compiles", makeCompiles}});

    // Each dialect's package offers its own classes beside those it takes over from the standard ones.
    struct Dialect {
        TypeFamily family;
        std::initializer_list<std::string_view> modules;
        std::initializer_list<std::string_view> standard;
    };
    const Dialect dialects[] = {
        {TypeFamily::PostgreSql,
         {"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.base", "sqlalchemy.dialects.postgresql.types",
          "sqlalchemy.dialects.postgresql.json", "sqlalchemy.dialects.postgresql.array", "sqlalchemy.dialects.postgresql.named_types",
          "sqlalchemy.dialects.postgresql.ranges", "sqlalchemy.dialects.postgresql.hstore"},
         {"BIGINT", "BOOLEAN", "CHAR", "DATE", "DOUBLE_PRECISION", "FLOAT", "INTEGER", "NUMERIC", "REAL", "SMALLINT", "TEXT", "UUID", "VARCHAR"}},
        {TypeFamily::Sqlite,
         {"sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.sqlite.base", "sqlalchemy.dialects.sqlite.json"},
         {"BLOB", "BOOLEAN", "CHAR", "DECIMAL", "FLOAT", "INTEGER", "NUMERIC", "REAL", "SMALLINT", "TEXT", "TIMESTAMP", "VARCHAR"}},
        {TypeFamily::MySql,
         {"sqlalchemy.dialects.mysql", "sqlalchemy.dialects.mysql.base", "sqlalchemy.dialects.mysql.types", "sqlalchemy.dialects.mysql.enumerated",
          "sqlalchemy.dialects.mysql.json"},
         {"BINARY", "BLOB", "BOOLEAN", "DATE", "VARBINARY"}},
        {TypeFamily::MsSql,
         {"sqlalchemy.dialects.mssql", "sqlalchemy.dialects.mssql.base"},
         {"BIGINT", "BINARY", "CHAR", "DATE", "DATETIME", "DECIMAL", "FLOAT", "INTEGER", "NCHAR", "NUMERIC", "NVARCHAR", "SMALLINT", "TEXT",
          "VARCHAR"}},
        {TypeFamily::Oracle,
         {"sqlalchemy.dialects.oracle", "sqlalchemy.dialects.oracle.base", "sqlalchemy.dialects.oracle.types"},
         {"BLOB", "CHAR", "CLOB", "DOUBLE_PRECISION", "NCHAR", "NVARCHAR", "REAL", "VARCHAR"}},
    };
    for (const Dialect &dialect : dialects) {
        std::vector<ModuleName> list;
        for (const std::string_view name : dialect.standard)
            list.push_back({name, makerOf(TypeFamily::Standard)});
        for (const ModuleName &own : names(dialect.family))
            list.push_back(own);
        table.add(dialect.modules, list);
    }
    table.add({"sqlalchemy.dialects.oracle"}, {{"NVARCHAR2", makeAlias}});
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.base"}, {{"PGUuid", makeFormerPostgreSqlName},
                                                                                          {"PGUUID", makeFormerPostgreSqlName},
                                                                                          {"PGArray", makeFormerPostgreSqlName},
                                                                                          {"PGInet", makeFormerPostgreSqlName}});
}

} // namespace stillroom::script
