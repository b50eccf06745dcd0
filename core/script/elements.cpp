// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/elements.h"

#include "script/convert.h"
#include "script/core.h"
#include "script/objects.h"
#include "script/types.h"

#include <QRegularExpression>

namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::StopKind;
using python::Value;

sql::ExpressionPtr TextPayload::expression(Library &) const { return sql::makeExpression(sql::TextClause{text, binds, varies}); }

sql::ExpressionPtr BindPayload::expression(Library &library) const
{
    if (kept != nullptr)
        return kept;
    sql::BoundValue bound;
    bound.name = name;
    bound.isUnset = !value;
    bound.isExpanding = isExpanding;
    if (value)
        bound.value = toLiteral(library, value, "the value of a bindparam");
    kept = sql::makeExpression(std::move(bound), toSqlTypePtr(library, type));
    return kept;
}

sql::ExpressionPtr FunctionPayload::expression(Library &library) const
{
    if (kept == nullptr)
        kept = sql::makeExpression(call, toSqlTypePtr(library, type));
    return kept;
}

sql::ExpressionPtr ColumnPayload::expression(Library &library) const
{
    if (fixed != nullptr)
        return fixed;
    sql::SqlTypePtr columnType;
    if (type)
        columnType = toSqlTypePtr(library, type);
    return sql::makeExpression(sql::ColumnReference{table, name}, std::move(columnType));
}

namespace {

const QRegularExpression &bindPattern()
{
    static const QRegularExpression kBind(QStringLiteral("(?<![:\\w\\\\]):(\\w+)(?!:)"), QRegularExpression::UseUnicodePropertiesOption);
    return kBind;
}

bool textHasBind(const QString &text, const QString &name)
{
    auto matches = bindPattern().globalMatch(text);
    while (matches.hasNext()) {
        if (matches.next().captured(1) == name)
            return true;
    }
    return false;
}

Value makeClauseElement(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ClauseElement", {}, "sqlalchemy.sql.elements");
    builder.method("compile", [&library](Interpreter &, const Value &self, Arguments &arguments) { return compile(library, self, arguments); });
    builder.method("__str__", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(library.compiled({}, compiledOperation(library, self), false));
    });
    builder.method("self_group", [](Interpreter &, const Value &self, Arguments &) { return self; });
    const auto setOptions = [](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        auto *statement = Interpreter::payloadAs<StatementPayload>(self);
        for (const auto &[name, value] : arguments.keywords) {
            if (name == "isolation_level" && value.isString() && Interpreter::text(value) == "AUTOCOMMIT" && statement != nullptr)
                statement->isAutocommit = true;
            if (name == "autocommit")
                interpreter.known(value, name);
        }
        return self;
    };
    builder.method("execution_options", setOptions);
    return builder.build();
}

Value makeColumnElement(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ColumnElement", {clauseElementClass(library)}, "sqlalchemy.sql.elements");
    builder.property("type", [&library](Interpreter &, const Value &self, Arguments &) {
        auto *payload = Interpreter::payloadAs<ExpressionPayload>(self);
        if (payload == nullptr || !payload->type)
            return makeType(library, sql::TypeFamily::Generic, "NullType");
        if (payload->type.isKind(python::ObjectKind::Class)) // Column('a', Integer): to_instance()
            payload->type = library.interpreter().invoke(payload->type, Arguments{});
        return payload->type;
    });
    addColumnOperators(library, builder);
    return builder.build();
}

Value columnInit(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "column", arguments, {"text", "type_=", "is_literal=", "_selectable="});
    auto payload = std::make_unique<ColumnPayload>();
    payload->name = toIdentifier(library, read["text"], "the name of a column");
    payload->key = payload->name.text;
    if (read.has("type_") && !read["type_"].isNone())
        payload->type = read["type_"];
    if (read.has("is_literal") && library.interpreter().truth(read["is_literal"]))
        payload->fixed = sql::makeExpression(sql::LiteralColumn{payload->name.text}, toSqlTypePtr(library, payload->type));
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value makeColumnClause(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "ColumnClause", {columnElementClass(library)}, "sqlalchemy.sql.elements");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return columnInit(library, self, arguments); });
    builder.property("name", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(Interpreter::payloadAs<ColumnPayload>(self)->name.text);
    });
    builder.property("key", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(Interpreter::payloadAs<ColumnPayload>(self)->key);
    });
    return builder.build();
}

// --- text() ---

Value textInit(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "text", arguments, {"text", "bind=", "bindparams=", "typemap=", "autocommit="});
    auto payload = std::make_unique<TextPayload>();
    payload->text = toText(library, read["text"], "the text given to text()");
    payload->varies = library.interpreter().varies(read["text"]);
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value bindTextParameters(Library &library, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    auto copy = std::make_unique<TextPayload>(*Interpreter::payloadAs<TextPayload>(self));
    const auto bind = [&](const QString &name, sql::ExpressionPtr value) {
        if (!textHasBind(copy->text, name)) {
            raiseSqlAlchemy(library, "ArgumentError", "This text() construct doesn't define a bound parameter named '" + name.toStdString() + "'");
        }
        copy->binds.insert_or_assign(name, std::move(value));
    };
    for (const Value &given : arguments.positional) {
        const auto *payload = Interpreter::payloadAs<BindPayload>(interpreter.known(given, "a bindparam"));
        if (payload == nullptr)
            raiseSqlAlchemy(library, "ArgumentError", "bindparam() expected, got " + interpreter.repr(given));
        bind(payload->name, payload->expression(library));
    }
    for (const auto &[name, value] : arguments.keywords) {
        const QString key = QString::fromStdString(name);
        sql::SqlTypePtr type; // of a bindparam(type_=) that was given before
        if (const auto known = copy->binds.find(key); known != copy->binds.end())
            type = known->second->type;
        bind(key, sql::makeExpression(sql::BoundValue{toLiteral(library, value, name), key, false, false}, type));
    }
    return interpreter.instance(interpreter.classOf(self), std::move(copy));
}

Value makeTextClause(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "TextClause", {clauseElementClass(library)}, "sqlalchemy.sql.elements");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return textInit(library, self, arguments); });
    builder.method("bindparams",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return bindTextParameters(library, self, arguments); });
    builder.property("text", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const auto *clause = Interpreter::payloadAs<TextPayload>(self);
        return clause->varies ? interpreter.string(clause->text.toStdString(), true) : interpreter.string(clause->text);
    });
    builder.method("__str__", [](Interpreter &interpreter, const Value &self, Arguments &) {
        const auto *clause = Interpreter::payloadAs<TextPayload>(self);
        return clause->varies ? interpreter.string(clause->text.toStdString(), true) : interpreter.string(clause->text);
    });
    addTextMethods(library, builder);
    return builder.build();
}

// --- bindparam() ---

Value bindInit(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "bindparam", arguments,
                        {"key", "value=", "type_=", "unique=", "required=", "quote=", "callable_=", "expanding=", "isoutparam=", "literal_execute="});
    auto payload = std::make_unique<BindPayload>();
    payload->name = toText(library, read["key"], "the name of a bindparam");
    if (read.has("value"))
        payload->value = read["value"];
    else if (read.has("callable_") && !read["callable_"].isNone())
        payload->value = library.interpreter().invoke(read["callable_"], {});
    if (read.has("type_") && !read["type_"].isNone())
        payload->type = read["type_"];
    payload->isExpanding = read.has("expanding") && library.interpreter().truth(read["expanding"]);
    Interpreter::setPayload(self, std::move(payload));
    return Value::none();
}

Value makeBindParameter(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "BindParameter", {columnElementClass(library)}, "sqlalchemy.sql.elements");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) { return bindInit(library, self, arguments); });
    builder.property("key", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(Interpreter::payloadAs<BindPayload>(self)->name);
    });
    builder.property("value", [](Interpreter &, const Value &self, Arguments &) {
        const Value value = Interpreter::payloadAs<BindPayload>(self)->value;
        return value ? value : Value::none();
    });
    return builder.build();
}

// --- func ---

struct FunctionNames final : python::Payload {
    QStringList names;
};

/// Functions that SQLAlchemy has classes for are written by their own name, however they are spelt.
QString canonicalFunctionName(const QString &name)
{
    static const char *const kGeneric[] = {"coalesce",
                                           "max",
                                           "min",
                                           "sum",
                                           "now",
                                           "concat",
                                           "char_length",
                                           "random",
                                           "count",
                                           "current_date",
                                           "current_time",
                                           "current_timestamp",
                                           "current_user",
                                           "localtime",
                                           "localtimestamp",
                                           "session_user",
                                           "sysdate",
                                           "user",
                                           "array_agg",
                                           "mode",
                                           "percentile_cont",
                                           "percentile_disc",
                                           "rank",
                                           "dense_rank",
                                           "percent_rank",
                                           "cume_dist",
                                           "cube",
                                           "rollup",
                                           "grouping_sets",
                                           "next_value",
                                           "aggregate_strings",
                                           "pow"};
    const QString lower = name.toLower();
    for (const char *generic : kGeneric) {
        if (lower == QLatin1String(generic))
            return lower;
    }
    return name;
}

Value callFunction(Library &library, const QStringList &names, Arguments &arguments)
{
    if (names.isEmpty())
        library.interpreter().raise("TypeError", "func is no function by itself");
    if (names == QStringList(QStringLiteral("next_value")) && arguments.positional.size() == 1)
        return library.interpreter().invokeMethod(arguments.positional[0], "next_value");
    if (names == QStringList(QStringLiteral("extract")) || names == QStringList(QStringLiteral("cast"))) { // constructs of their own
        Interpreter &interpreter = library.interpreter();
        return interpreter.invoke(interpreter.getAttribute(interpreter.importModule("sqlalchemy"), names.first().toStdString()),
                                  std::move(arguments));
    }
    auto payload = std::make_unique<FunctionPayload>();
    QStringList parts = names;
    if (parts.size() == 1)
        parts[0] = canonicalFunctionName(parts[0]);
    payload->call.name = parts.join(QLatin1Char('.'));
    const Value type = arguments.take("type_");
    if (type && !type.isNone())
        payload->type = type;
    for (const Value &argument : arguments.positional) {
        if (const auto *ordered = Interpreter::payloadAs<AggregateOrderPayload>(argument)) {
            if (library.isSqlite())
                library.interpreter().stop(StopKind::NotUnderstood, "SQLite can't render an element of type aggregate_order_by");
            payload->call.arguments.push_back(ordered->fixed);
            payload->call.aggregateOrderBy = ordered->orderBy;
        } else {
            payload->call.arguments.push_back(toExpression(library, argument));
        }
    }
    if (!arguments.keywords.empty() && arguments.keywords.front().first != "packagenames") {
        library.interpreter().raise("TypeError", "func." + payload->call.name.toStdString() + "() got an unexpected keyword argument '" +
                                                     arguments.keywords.front().first + "'");
    }
    return makeElement(library, functionClass(library), std::move(payload));
}

Value functionGenerator(Library &library, QStringList names);

Value makeFunctionGenerator(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "_FunctionGenerator", {}, "sqlalchemy.sql.functions");
    builder.method("__getattr__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        QString name = Interpreter::qtext(arguments.positional.at(0));
        if (name.startsWith(QLatin1String("__")))
            interpreter.raise("AttributeError", name.toStdString());
        if (name.endsWith(QLatin1Char('_')))
            name.chop(1);
        return functionGenerator(library, Interpreter::payloadAs<FunctionNames>(self)->names + QStringList{name});
    });
    builder.method("__call__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return callFunction(library, Interpreter::payloadAs<FunctionNames>(self)->names, arguments);
    });
    return builder.build();
}

Value functionGenerator(Library &library, QStringList names)
{
    auto payload = std::make_unique<FunctionNames>();
    payload->names = std::move(names);
    return library.interpreter().instance(library.named(makeFunctionGenerator, "_FunctionGenerator"), std::move(payload));
}

Value makeFunc(Library &library, std::string_view) { return functionGenerator(library, {}); }

Value makeFunctionElement(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "FunctionElement", {columnElementClass(library)}, "sqlalchemy.sql.functions");
    builder.property("name", [](Interpreter &interpreter, const Value &self, Arguments &) {
        return interpreter.string(Interpreter::payloadAs<FunctionPayload>(self)->call.name);
    });
    // What the default compiler makes of a call without arguments is the same for every database.
    builder.method("__str__", [&library](Interpreter &interpreter, const Value &self, Arguments &) -> Value {
        static const QStringList keywords{QStringLiteral("current_date"), QStringLiteral("current_time"), QStringLiteral("current_timestamp"),
                                          QStringLiteral("current_user"), QStringLiteral("localtime"),    QStringLiteral("localtimestamp"),
                                          QStringLiteral("session_user"), QStringLiteral("user")};
        const auto *payload = Interpreter::payloadAs<FunctionPayload>(self);
        static const QRegularExpression plain(QStringLiteral("^[a-z_][a-z_0-9]*$"));
        if (payload == nullptr || payload->fixed || !payload->call.arguments.empty() || payload->call.filter || payload->call.over ||
            !payload->call.withinGroup.empty() || payload->call.name == QLatin1String("count") || payload->call.name == QLatin1String("sysdate") ||
            !plain.match(payload->call.name).hasMatch())
            return interpreter.string(library.compiled({}, compiledOperation(library, self), false));
        const bool isKeyword = keywords.contains(payload->call.name);
        return interpreter.string(isKeyword ? payload->call.name.toUpper() : payload->call.name + QLatin1String("()"));
    });
    addFunctionMethods(library, builder);
    return builder.build();
}

/// functions.now() and its kind, called by their class.
Value makeNamedFunction(Library &library, std::string_view name) { return library.interpreter().getAttribute(library.named(makeFunc, "func"), name); }

Value makeFunctionClass(Library &library, std::string_view)
{
    ClassBuilder builder(library.interpreter(), "Function", {functionElementClass(library)}, "sqlalchemy.sql.functions");
    builder.method("__init__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        auto payload = std::make_unique<FunctionPayload>();
        payload->call.name = toText(library, arguments.positional.at(0), "the name of a function");
        for (std::size_t i = 1; i < arguments.positional.size(); ++i)
            payload->call.arguments.push_back(toExpression(library, arguments.positional[i]));
        if (const Value type = arguments.take("type_"); type && !type.isNone())
            payload->type = type;
        Interpreter::setPayload(self, std::move(payload));
        return Value::none();
    });
    return builder.build();
}

// --- constants and literals ---

Value makeConstant(Library &library, std::string_view name)
{
    using Kind = sql::ConstantExpression::Kind;
    const Kind kind = name == "null" ? Kind::Null : name == "true" ? Kind::True : Kind::False;
    return library.interpreter().function(name, [&library, kind](Interpreter &, const Value &, Arguments &) {
        return makeElement(library, sql::makeExpression(sql::ConstantExpression{kind}),
                           kind == Kind::Null ? Value() : makeType(library, sql::TypeFamily::Generic, "Boolean"));
    });
}

Value makeLiteral(Library &library, std::string_view)
{
    return library.interpreter().function("literal", [&library](Interpreter &, const Value &, Arguments &arguments) {
        ArgumentReader read(library.interpreter(), "literal", arguments, {"value", "type_=", "literal_execute="});
        const Value type = read.has("type_") && !read["type_"].isNone() ? read["type_"] : Value();
        sql::Literal value = toLiteral(library, boundBy(library, read["value"], type), "the value of literal()");
        const sql::SqlTypePtr sqlType = type ? toSqlTypePtr(library, type) : typeOfLiteral(value);
        return makeElement(library, sql::makeExpression(sql::BoundValue{std::move(value), {}, false, false}, sqlType), type);
    });
}

Value makeLiteralColumn(Library &library, std::string_view)
{
    return library.interpreter().function("literal_column", [&library](Interpreter &, const Value &, Arguments &arguments) {
        ArgumentReader read(library.interpreter(), "literal_column", arguments, {"text", "type_="});
        auto payload = std::make_unique<ColumnPayload>();
        payload->name = toIdentifier(library, read["text"], "the text of literal_column()");
        payload->key = payload->name.text;
        if (read.has("type_") && !read["type_"].isNone())
            payload->type = read["type_"];
        payload->fixed = sql::makeExpression(sql::LiteralColumn{payload->name.text}, toSqlTypePtr(library, payload->type));
        return makeElement(library, columnClauseClass(library), std::move(payload));
    });
}

Value makeQuotedName(Library &library, std::string_view)
{
    return library.interpreter().function("quoted_name", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "quoted_name", arguments, {"value", "quote="});
        if (read["value"].isNone())
            return Value::none();
        NameMark mark;
        if (const NameMark *before = library.markOf(read["value"]))
            mark = *before;
        if (read.has("quote") && !read["quote"].isNone())
            mark.quote = interpreter.truth(read["quote"]);
        return library.markedName(toText(library, read["value"], "quoted_name").toStdString(), mark);
    });
}

Value makeConv(Library &library, std::string_view)
{
    return library.interpreter().function("conv", [&library](Interpreter &interpreter, const Value &, Arguments &arguments) {
        ArgumentReader read(interpreter, "conv", arguments, {"value", "quote="});
        NameMark mark;
        mark.isConventional = true;
        return library.markedName(toText(library, read["value"], "conv").toStdString(), mark);
    });
}

/// A class of their own, since Python lets the right side of a comparison speak first when its class derives from the left one's.
Value makePlainElement(Library &library, std::string_view)
{
    return ClassBuilder(library.interpreter(), "ColumnElement", {columnElementClass(library)}, "sqlalchemy.sql.elements").build();
}

Value makeClass(Library &library, std::string_view name)
{
    if (name == "ClauseElement")
        return clauseElementClass(library);
    if (name == "TextClause" || name == "text")
        return textClauseClass(library);
    if (name == "ColumnClause" || name == "column")
        return columnClauseClass(library);
    if (name == "BindParameter" || name == "bindparam")
        return bindParameterClass(library);
    if (name == "FunctionElement" || name == "GenericFunction")
        return functionElementClass(library);
    if (name == "Function")
        return functionClass(library);
    return columnElementClass(library);
}

} // namespace

Value clauseElementClass(Library &library) { return library.named(makeClauseElement, "ClauseElement"); }

Value columnElementClass(Library &library) { return library.named(makeColumnElement, "ColumnElement"); }

Value plainElementClass(Library &library) { return library.named(makePlainElement, "ColumnElement "); }

Value columnClauseClass(Library &library) { return library.named(makeColumnClause, "ColumnClause"); }

Value textClauseClass(Library &library) { return library.named(makeTextClause, "TextClause"); }

Value bindParameterClass(Library &library) { return library.named(makeBindParameter, "BindParameter"); }

Value functionElementClass(Library &library) { return library.named(makeFunctionElement, "FunctionElement"); }

Value functionClass(Library &library) { return library.named(makeFunctionClass, "Function"); }

Value makeText(Library &library, const QString &text)
{
    auto payload = std::make_unique<TextPayload>();
    payload->text = text;
    return makeElement(library, textClauseClass(library), std::move(payload));
}

void addElementModules(ModuleTable &table)
{
    const std::initializer_list<std::string_view> modules = {"sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"};
    table.add(modules, {{"text", makeClass},
                        {"column", makeClass},
                        {"bindparam", makeClass},
                        {"func", makeFunc},
                        {"null", makeConstant},
                        {"true", makeConstant},
                        {"false", makeConstant},
                        {"literal", makeLiteral},
                        {"literal_column", makeLiteralColumn},
                        {"quoted_name", makeQuotedName},
                        {"ClauseElement", makeClass},
                        {"ColumnElement", makeClass},
                        {"ColumnClause", makeClass},
                        {"TextClause", makeClass},
                        {"BindParameter", makeClass},
                        {"FunctionElement", makeClass}});
    table.add({"sqlalchemy.sql.elements"}, {{"quoted_name", makeQuotedName},
                                            {"conv", makeConv},
                                            {"ClauseElement", makeClass},
                                            {"ColumnElement", makeClass},
                                            {"ColumnClause", makeClass},
                                            {"TextClause", makeClass},
                                            {"BindParameter", makeClass}});
    table.add({"sqlalchemy.sql.naming", "sqlalchemy.schema", "sqlalchemy.sql.schema"}, {{"conv", makeConv}});
    table.add({"sqlalchemy.sql.functions"},
              {{"func", makeFunc}, {"FunctionElement", makeClass}, {"GenericFunction", makeClass}, {"Function", makeClass}});
    table.setFallback("sqlalchemy.sql.functions", makeNamedFunction);
    table.add({"sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.postgresql.hstore"}, {{"hstore", makeNamedFunction}});
    addFromModules(table);
}

} // namespace stillroom::script
