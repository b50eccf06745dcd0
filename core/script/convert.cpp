// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/convert.h"

#include "script/elements.h"
#include "script/library.h"
#include "script/types.h"

#include <algorithm>

namespace stillroom::script {

using python::Arguments;
using python::Interpreter;
using python::ObjectKind;
using python::StopKind;
using python::Value;

// --- plain values ---

namespace {

/// A member of a Python enum that is a str as well stands for its value.
Value enumValue(Library &library, const Value &value)
{
    if (!value.isKind(ObjectKind::Instance))
        return {};
    Interpreter &interpreter = library.interpreter();
    if (!interpreter.findAttribute(interpreter.classOf(value), "__members__"))
        return {};
    return interpreter.findAttribute(value, "value");
}

std::string kindOf(Library &library, const Value &value) { return "'" + library.interpreter().className(value) + "'"; }

} // namespace

QString toText(Library &library, const Value &value, std::string_view use)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, use);
    if (value.isString())
        return Interpreter::qtext(value);
    if (const Value inner = enumValue(library, value); inner.isString() && interpreter.isInstance(value, interpreter.builtin("str")))
        return Interpreter::qtext(inner);
    interpreter.raise("TypeError", std::string(use) + " must be a string, not " + kindOf(library, value));
}

std::optional<QString> toOptionalText(Library &library, const Value &value, std::string_view use)
{
    if (!value || value.isNone())
        return std::nullopt;
    return toText(library, value, use);
}

bool toBool(Library &library, const Value &value, bool whenEmpty) { return value ? library.interpreter().truth(value) : whenEmpty; }

std::optional<bool> toOptionalBool(Library &library, const Value &value)
{
    if (!value || value.isNone())
        return std::nullopt;
    return library.interpreter().truth(value);
}

std::optional<qint64> toOptionalInteger(Library &library, const Value &value, std::string_view use)
{
    if (!value || value.isNone())
        return std::nullopt;
    library.interpreter().known(value, use);
    if (const auto number = Interpreter::toInt64(value))
        return *number;
    if (value.isString()) { // String("50") is accepted as it is written
        bool isNumber = false;
        const qint64 number = Interpreter::qtext(value).toLongLong(&isNumber);
        if (isNumber)
            return number;
    }
    library.interpreter().raise("TypeError", std::string(use) + " must be an integer, not " + kindOf(library, value));
}

sql::Identifier toIdentifier(Library &library, const Value &value, std::string_view use)
{
    if (!value || value.isNone())
        return {};
    sql::Identifier identifier(toText(library, value, use));
    if (const NameMark *mark = library.markOf(value)) {
        identifier.isConventional = mark->isConventional;
        identifier.quote = mark->quote;
    }
    return identifier;
}

std::vector<sql::Identifier> toIdentifiers(Library &library, const Value &list, std::string_view use)
{
    std::vector<sql::Identifier> names;
    if (!list || list.isNone())
        return names;
    library.interpreter().known(list, use);
    library.interpreter().iterate(list, [&](const Value &item) {
        if (const auto *column = Interpreter::payloadAs<ColumnPayload>(item))
            names.push_back(column->name);
        else
            names.push_back(toIdentifier(library, item, use));
        return true;
    });
    return names;
}

// --- types ---

namespace {

sql::SqlType customType(const QString &text)
{
    sql::SqlType type;
    type.family = sql::TypeFamily::Custom;
    type.name = text;
    return type;
}

std::optional<sql::SqlType> compiledType(Library &library, const Value &type)
{
    const Value function = library.shared<CompiledClasses>().find(library, type);
    if (!function)
        return std::nullopt;
    Interpreter &interpreter = library.interpreter();
    const Value compiler = interpreter.unknown(StopKind::NotUnderstood, "the SQL compiler that a compiles() function is given");
    return customType(toText(library, interpreter.invoke(function, Arguments{{type, compiler}, {}}), "what a compiles() function returned"));
}

sql::SqlType decoratedType(Library &library, const Value &type)
{
    Interpreter &interpreter = library.interpreter();
    const Value impl = interpreter.invokeMethod(type, "load_dialect_impl", {dialectObject(library)});
    if (impl.isSame(type))
        interpreter.stop(StopKind::NotUnderstood, "the TypeDecorator " + interpreter.className(type) + " has itself as its impl");
    return toSqlType(library, impl);
}

sql::SqlType plainSqlType(Library &library, const Value &type);

} // namespace

sql::SqlType toSqlType(Library &library, const Value &type)
{
    Interpreter &interpreter = library.interpreter();
    if (!type || type.isNone())
        return {};
    interpreter.known(type, "a column's type");
    if (type.isKind(ObjectKind::Class) && isTypeObject(library, type))
        return toSqlType(library, interpreter.invoke(type, {}));
    if (!isTypeObject(library, type)) {
        if (interpreter.isCallable(type))
            return toSqlType(library, interpreter.invoke(type, {}));
        raiseSqlAlchemy(library, "ArgumentError", "Object " + interpreter.repr(type) + " is not a SQLAlchemy type");
    }
    if (const auto *payload = Interpreter::payloadAs<TypePayload>(type)) {
        const QString dialect = library.environment().dialectName;
        if (const auto variant = payload->variants.find(dialect); variant != payload->variants.end()) {
            const auto onDialect = std::make_shared<const sql::SqlType>(toSqlType(library, Value(variant->second)));
            sql::SqlType stated = plainSqlType(library, type);
            stated.variants[dialect] = onDialect;
            return stated;
        }
    }
    return plainSqlType(library, type);
}

namespace {

sql::SqlType plainSqlType(Library &library, const Value &type)
{
    Interpreter &interpreter = library.interpreter();
    auto *payload = Interpreter::payloadAs<TypePayload>(type);
    if (auto compiled = compiledType(library, type))
        return *compiled;
    if (interpreter.isInstance(type, typeDecoratorClass(library)))
        return decoratedType(library, type);
    if (interpreter.isInstance(type, userDefinedTypeClass(library))) {
        const Value spec = interpreter.findAttribute(type, "get_col_spec");
        if (!spec)
            interpreter.raise("NotImplementedError", "get_col_spec");
        return customType(toText(library, interpreter.invoke(spec, {}), "what get_col_spec() returned"));
    }
    if (payload == nullptr) {
        (void)interpreter.findAttribute(type, "length"); // makes the payload of a subclass that never called its base
        payload = Interpreter::payloadAs<TypePayload>(type);
        if (payload == nullptr)
            interpreter.stop(StopKind::NotUnderstood, "the type " + interpreter.className(type) + " has nothing that says how it is written");
    }
    sql::SqlType result = payload->type;
    if (result.name == QLatin1String("PickleType"))
        return payload->itemType ? toSqlType(library, payload->itemType)
                                 : toSqlType(library, makeType(library, sql::TypeFamily::Generic, "LargeBinary"));
    if (payload->itemType)
        result.itemType = std::make_shared<const sql::SqlType>(toSqlType(library, payload->itemType));
    return result;
}

} // namespace

sql::SqlTypePtr toSqlTypePtr(Library &library, const Value &type)
{
    if (!type || type.isNone() || type.isUnknown())
        return nullptr;
    sql::SqlType converted = toSqlType(library, type);
    return converted.isNull() ? nullptr : std::make_shared<const sql::SqlType>(std::move(converted));
}

sql::SqlTypePtr typeOfLiteral(const sql::Literal &literal)
{
    using Kind = sql::Literal::Kind;
    const auto named = [](const char *name) {
        sql::SqlType type;
        type.family = sql::TypeFamily::Generic;
        type.name = QString::fromLatin1(name);
        return std::make_shared<const sql::SqlType>(type);
    };
    switch (literal.kind) {
    case Kind::Null:
    case Kind::Json:
    case Kind::List:
        return nullptr;
    case Kind::Boolean:
        return named("Boolean");
    case Kind::Integer:
        return named("Integer");
    case Kind::Float:
        return named("Float");
    case Kind::Decimal:
        return named("Numeric");
    case Kind::String:
        return named("String");
    case Kind::Bytes:
        return named("LargeBinary");
    case Kind::Date:
        return named("Date");
    case Kind::Time:
        return named("Time");
    case Kind::DateTime:
        return named("DateTime");
    case Kind::Interval:
        return named("Interval");
    case Kind::Uuid:
        return named("Uuid");
    }
    return nullptr;
}

// --- expressions ---

std::optional<QString> compiledElement(Library &library, const Value &element)
{
    if (isTypeObject(library, element))
        return std::nullopt;
    const Value function = library.shared<CompiledClasses>().find(library, element);
    if (!function)
        return std::nullopt;
    Interpreter &interpreter = library.interpreter();
    const Value compiler = interpreter.unknown(StopKind::NotUnderstood, "the SQL compiler that a compiles() function is given");
    return toText(library, interpreter.invoke(function, Arguments{{element, compiler}, {}}), "what a compiles() function returned");
}

sql::ExpressionPtr expressionOf(Library &library, const Value &value)
{
    if (!value.isKind(ObjectKind::Instance) && !value.isKind(ObjectKind::Class))
        return nullptr;
    if (value.isKind(ObjectKind::Instance)) {
        if (const auto compiled = compiledElement(library, value))
            return sql::makeExpression(sql::LiteralColumn{*compiled});
    }
    if (const auto *payload = Interpreter::payloadAs<ExpressionPayload>(value))
        return payload->expression(library);
    Interpreter &interpreter = library.interpreter();
    const Value clause = interpreter.findAttribute(value, "__clause_element__");
    if (!clause || clause.isUnknown())
        return nullptr;
    const Value element = interpreter.invoke(clause, {});
    const auto *payload = Interpreter::payloadAs<ExpressionPayload>(element);
    return payload == nullptr ? nullptr : payload->expression(library);
}

sql::ExpressionPtr toExpression(Library &library, const Value &value, const sql::SqlTypePtr &type)
{
    library.interpreter().known(value, "SQL");
    if (const sql::ExpressionPtr expression = expressionOf(library, value))
        return expression;
    if (const auto *select = Interpreter::payloadAs<StatementPayload>(value))
        return sql::makeExpression(sql::ScalarSubquery{select->statement(library)});
    if (value.isNone() && type == nullptr)
        return sql::makeExpression(sql::ConstantExpression{sql::ConstantExpression::Kind::Null});
    return sql::makeExpression(sql::BoundValue{toLiteral(library, value), {}, false, false}, type);
}

sql::ExpressionPtr toTextExpression(Library &library, const Value &value, std::string_view use)
{
    library.interpreter().known(value, use);
    if (value.isString())
        return sql::makeExpression(sql::TextClause{Interpreter::qtext(value), {}});
    return toExpression(library, value);
}

Value mappedTable(Library &library, const Value &mapped)
{
    Interpreter &interpreter = library.interpreter();
    const Value table = interpreter.findAttribute(mapped, "__table__");
    if (table && !table.isUnknown() && !table.isNone() && interpreter.findAttribute(mapped, "_is_inherited").isTrue())
        interpreter.stop(StopKind::NotUnderstood, "a mapped class that inherits another one's table is only followed in its __table__");
    return table;
}

sql::FromPtr toFrom(Library &library, const Value &value, std::string_view use)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, use);
    if (const auto *from = Interpreter::payloadAs<FromPayload>(value))
        return from->from;
    if (const auto *text = Interpreter::payloadAs<TextPayload>(value))
        return std::make_shared<const sql::FromClause>(sql::FromClause{sql::FromClause::Verbatim{text->text}, {}, false, nullptr});
    if (const Value table = mappedTable(library, value); table && !table.isUnknown())
        return toFrom(library, table, use);
    raiseSqlAlchemy(library, "ArgumentError", std::string(use) + ": a table or another FROM clause is expected, got " + interpreter.repr(value));
}

// --- making objects ---

void refuseDepth(Library &library, int depth)
{
    constexpr int kDeepest = 1000; // SQLAlchemy's compiler meets Python's recursion limit before
    if (depth > kDeepest)
        library.interpreter().stop(StopKind::OverBudget, "an SQL expression nests deeper than the " + std::to_string(kDeepest) + " that it may");
}

sql::StatementPtr keptStatement(Library &library, sql::Statement statement)
{
    sql::StatementPtr made = sql::makeStatement(std::move(statement));
    refuseDepth(library, made->depth);
    return made;
}

Value makeElement(Library &library, sql::ExpressionPtr expression, const Value &type)
{
    return makeElement(library, plainElementClass(library), std::make_unique<ExpressionPayload>(std::move(expression), type));
}

Value makeElement(Library &library, const Value &elementClass, std::unique_ptr<ExpressionPayload> payload)
{
    const auto *function = dynamic_cast<const FunctionPayload *>(payload.get());
    refuseDepth(library, function != nullptr ? sql::depthOf(function->call) : payload->fixed == nullptr ? 0 : payload->fixed->depth);
    return library.interpreter().instance(elementClass, std::move(payload));
}

// --- options ---

namespace {

QString optionText(Library &library, const Value &value)
{
    if (value.isString())
        return Interpreter::qtext(value);
    if (value.isBoolean())
        return value.isTrue() ? QStringLiteral("True") : QStringLiteral("False");
    return QString::fromStdString(library.interpreter().str(value));
}

sql::DialectOption toDialectOption(Library &library, const Value &value, const std::string &use)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, use);
    if (value.isNone())
        return {};
    if (value.isBoolean())
        return {value.isTrue()};
    if (const auto number = Interpreter::toInt64(value))
        return {qint64{*number}};
    if (value.isString())
        return {Interpreter::qtext(value)};
    if (value.isKind(ObjectKind::Dict)) {
        sql::OptionPairs entries;
        for (const auto &[key, entry] : interpreter.dictEntries(value)) {
            const auto *column = Interpreter::payloadAs<ColumnPayload>(key);
            entries.emplace_back(column != nullptr ? column->name.text : optionText(library, key), optionText(library, entry));
        }
        return {std::move(entries)};
    }
    if (value.isKind(ObjectKind::List) || value.isKind(ObjectKind::Tuple)) {
        QStringList items;
        interpreter.iterate(value, [&](const Value &item) {
            const auto *column = Interpreter::payloadAs<ColumnPayload>(item);
            items.append(column != nullptr ? column->name.text : optionText(library, item));
            return true;
        });
        return {std::move(items)};
    }
    if (const sql::ExpressionPtr expression = expressionOf(library, value))
        return {expression};
    return {QString::fromStdString(interpreter.str(value))};
}

/// What each dialect takes for a class; "*": anything. Source: `construct_arguments` of SQLAlchemy's dialects.
struct AcceptedOptions {
    std::string_view dialect, className;
    std::initializer_list<std::string_view> names;
};
const AcceptedOptions kAccepted[] = {
    {"postgresql", "Index", {"concurrently", "include", "nulls_not_distinct", "ops", "tablespace", "using", "where", "with"}},
    {"postgresql", "Table", {"ignore_search_path", "inherits", "on_commit", "partition_by", "tablespace", "using", "with_oids"}},
    {"postgresql", "CheckConstraint", {"not_valid"}},
    {"postgresql", "ForeignKeyConstraint", {"not_valid"}},
    {"postgresql", "PrimaryKeyConstraint", {"include"}},
    {"postgresql", "UniqueConstraint", {"include", "nulls_not_distinct"}},
    {"sqlite", "Table", {"autoincrement", "strict", "with_rowid"}},
    {"sqlite", "Index", {"where"}},
    {"sqlite", "Column", {"on_conflict_not_null", "on_conflict_primary_key", "on_conflict_unique"}},
    {"sqlite", "CheckConstraint", {"on_conflict"}},
    {"sqlite", "ForeignKeyConstraint", {"on_conflict"}},
    {"sqlite", "PrimaryKeyConstraint", {"on_conflict"}},
    {"sqlite", "UniqueConstraint", {"on_conflict"}},
    {"mysql", "Table", {"*"}},
    {"mysql", "PrimaryKeyConstraint", {"using"}},
    {"mysql", "Index", {"length", "prefix", "using", "with_parser"}},
    {"mssql", "PrimaryKeyConstraint", {"clustered"}},
    {"mssql", "UniqueConstraint", {"clustered"}},
    {"mssql", "Index", {"clustered", "columnstore", "include", "where"}},
    {"mssql", "Column", {"identity_increment", "identity_start"}},
    {"oracle", "Table", {"compress", "on_commit", "resolve_synonyms", "tablespace"}},
    {"oracle", "Index", {"bitmap", "compress", "vector"}},
};

/// An option that its dialect does not know for this class would say nothing, so SQLAlchemy refuses it.
void requireAccepted(Library &library, std::string_view prefix, const std::string &name, std::string_view given)
{
    static constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
        {"Index", "Index"},
        {"create_index", "Index"},
        {"drop_index", "Index"},
        {"Table", "Table"},
        {"Column", "Column"},
        {"CheckConstraint", "CheckConstraint"},
        {"create_check_constraint", "CheckConstraint"},
        {"ForeignKey", "ForeignKeyConstraint"},
        {"ForeignKeyConstraint", "ForeignKeyConstraint"},
        {"create_foreign_key", "ForeignKeyConstraint"},
        {"PrimaryKeyConstraint", "PrimaryKeyConstraint"},
        {"create_primary_key", "PrimaryKeyConstraint"},
        {"UniqueConstraint", "UniqueConstraint"},
        {"create_unique_constraint", "UniqueConstraint"},
    };
    const auto *known = std::ranges::find(kClasses, given, &std::pair<std::string_view, std::string_view>::first);
    if (known == std::end(kClasses))
        return;
    const std::string_view className = known->second;
    const std::string_view dialect = prefix.substr(0, prefix.size() - 1);
    const std::string_view option = std::string_view(name).substr(prefix.size());
    for (const AcceptedOptions &accepted : kAccepted) {
        if (accepted.dialect != (dialect == "mariadb" ? "mysql" : dialect) || accepted.className != className)
            continue;
        for (const std::string_view each : accepted.names)
            if (each == "*" || each == option)
                return;
    }
    raiseSqlAlchemy(library, "ArgumentError",
                    "Argument '" + name + "' is not accepted by dialect '" + std::string(dialect) + "' on behalf of <class 'sqlalchemy.sql.schema." +
                        std::string(className) + "'>");
}

} // namespace

sql::DialectOptions toDialectOptions(Library &library, std::vector<std::pair<std::string, Value>> &keywords, std::string_view className)
{
    static constexpr std::string_view kDialects[] = {"postgresql_", "sqlite_", "mysql_", "mariadb_", "mssql_", "oracle_"};
    sql::DialectOptions options;
    for (const auto &[name, value] : keywords) {
        bool isOfDialect = false;
        for (const std::string_view prefix : kDialects)
            if (name.starts_with(prefix)) {
                isOfDialect = true;
                requireAccepted(library, prefix, name, className);
            }
        const std::size_t underscore = name.find('_', 1);
        if (!isOfDialect && underscore != std::string::npos && underscore + 1 < name.size()) {
            // Of a dialect that is not installed: SQLAlchemy warns and goes on.
            library.note(QStringLiteral("'%1' belongs to no dialect that SQLAlchemy has; it says nothing").arg(QString::fromStdString(name)));
            continue;
        }
        if (!isOfDialect) {
            library.interpreter().raise("TypeError", "Additional arguments should be named <dialectname>_<argument>, got '" + name + "' (" +
                                                         std::string(className) + ")");
        }
        options.insert_or_assign(QString::fromStdString(name), toDialectOption(library, value, name));
    }
    return options;
}

} // namespace stillroom::script
