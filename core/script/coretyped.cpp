// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/types.h"

/// What expressions of JSON, ARRAY, HSTORE and range types can do beside the plain operators. Source: SQLAlchemy 2.0, the
/// comparators of sqltypes.JSON, sqltypes.ARRAY and of the PostgreSQL dialect's types.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::Interpreter;
using python::ObjectKind;
using python::Value;
using python::Values;
using sql::BinaryExpression;
using sql::BinaryKind;
using sql::ExpressionPtr;
using sql::SqlTypePtr;

SqlTypePtr genericType(const char *name)
{
    sql::SqlType type;
    type.family = sql::TypeFamily::Generic;
    type.name = QString::fromLatin1(name);
    return std::make_shared<const sql::SqlType>(std::move(type));
}

namespace {

SqlTypePtr standardText()
{
    sql::SqlType type;
    type.family = sql::TypeFamily::Standard;
    type.name = QStringLiteral("TEXT");
    return std::make_shared<const sql::SqlType>(std::move(type));
}

struct TypeOf {
    SqlTypePtr operator()(const sql::BoundValue &bound) const { return typeOfLiteral(bound.value); }
    SqlTypePtr operator()(const sql::ConstantExpression &constant) const
    {
        return constant.kind == sql::ConstantExpression::Kind::Null ? nullptr : genericType("Boolean");
    }
    SqlTypePtr operator()(const sql::UnaryExpression &unary) const
    {
        using Kind = sql::UnaryExpression::Kind;
        return unary.kind == Kind::Not || unary.kind == Kind::Exists ? genericType("Boolean") : inferredType(unary.operand);
    }
    SqlTypePtr operator()(const BinaryExpression &binary) const
    {
        const SqlTypePtr left = inferredType(binary.left);
        return left != nullptr ? left : inferredType(binary.right);
    }
    SqlTypePtr operator()(const sql::BooleanClauses &) const { return genericType("Boolean"); }
    SqlTypePtr operator()(const sql::FunctionCall &call) const
    {
        const bool takesFirst = call.name == QLatin1String("coalesce") || call.name == QLatin1String("max") || call.name == QLatin1String("min") ||
                                call.name == QLatin1String("sum");
        return takesFirst && !call.arguments.empty() ? inferredType(call.arguments.front()) : nullptr;
    }
    SqlTypePtr operator()(const sql::CaseExpression &cases) const
    {
        for (auto when = cases.whens.rbegin(); when != cases.whens.rend(); ++when) {
            if (SqlTypePtr type = inferredType(when->second))
                return type;
        }
        return inferredType(cases.otherwise);
    }
    SqlTypePtr operator()(const sql::CastExpression &cast) const { return cast.type; }
    SqlTypePtr operator()(const sql::TypeCoerce &coerce) const { return coerce.type; }
    SqlTypePtr operator()(const sql::CollateExpression &collate) const { return inferredType(collate.operand); }
    SqlTypePtr operator()(const sql::LabelExpression &label) const { return inferredType(label.operand); }
    SqlTypePtr operator()(const sql::GroupingExpression &grouping) const { return inferredType(grouping.operand); }
    SqlTypePtr operator()(const sql::ScalarSubquery &subquery) const
    {
        const auto *select = subquery.select == nullptr ? nullptr : std::get_if<sql::Select>(&subquery.select->node);
        return select == nullptr || select->columns.empty() ? nullptr : inferredType(select->columns.front());
    }
    SqlTypePtr operator()(const sql::ArrayExpression &array) const
    {
        sql::SqlType type;
        type.family = sql::TypeFamily::PostgreSql;
        type.name = QStringLiteral("ARRAY");
        if (!array.items.empty())
            type.itemType = inferredType(array.items.front());
        return std::make_shared<const sql::SqlType>(std::move(type));
    }
    SqlTypePtr operator()(const auto &) const { return nullptr; }
};

Comparator comparatorOfType(const sql::SqlType &type)
{
    const bool isPostgreSql = type.family == sql::TypeFamily::PostgreSql;
    if (type.name == QLatin1String("JSONB"))
        return Comparator::Jsonb;
    if (type.name == QLatin1String("JSON"))
        return isPostgreSql ? Comparator::PostgreSqlJson : Comparator::Json;
    if (type.name == QLatin1String("ARRAY"))
        return isPostgreSql ? Comparator::PostgreSqlArray : Comparator::Array;
    if (type.name == QLatin1String("HSTORE"))
        return Comparator::Hstore;
    if (isPostgreSql && type.name.endsWith(QLatin1String("RANGE")))
        return Comparator::Range;
    return Comparator::Plain;
}

bool isJson(Comparator comparator)
{
    return comparator == Comparator::Json || comparator == Comparator::PostgreSqlJson || comparator == Comparator::Jsonb;
}

struct OperatorShape {
    const char *text;
    int precedence;
    bool eager;
};
constexpr int kEqualPrecedence = 5, kItemPrecedence = 15;

BinaryExpression custom(const OperatorShape &shape, ExpressionPtr left, ExpressionPtr right, bool isComparison)
{
    BinaryExpression binary{};
    binary.kind = BinaryKind::Custom;
    binary.custom = QString::fromLatin1(shape.text);
    binary.precedence = shape.precedence;
    binary.eagerGrouping = shape.eager;
    binary.isComparison = isComparison;
    binary.left = std::move(left);
    binary.right = std::move(right);
    return binary;
}

Value comparison(Library &library, const OperatorShape &shape, const Value &self, const Value &other, const SqlTypePtr &rightType = nullptr)
{
    ExpressionPtr right = toOperand(library, other);
    // A list beside an array literal becomes one, too.
    const auto *bound = std::get_if<sql::BoundValue>(&right->node);
    if (bound != nullptr && rightType != nullptr && right->type == nullptr)
        right = sql::makeExpression(*bound, rightType);
    return makeElement(library, sql::makeExpression(custom(shape, toOperand(library, self), std::move(right), true), genericType("Boolean")));
}

// --- JSON ---

QString pathText(Library &library, const Value &path, bool isPostgreSql)
{
    Interpreter &interpreter = library.interpreter();
    QStringList parts;
    interpreter.iterate(path, [&](const Value &part) {
        interpreter.known(part, "a part of a JSON path");
        const QString text = QString::fromStdString(interpreter.str(part));
        if (isPostgreSql)
            parts += text;
        else
            parts += part.isSmallInteger() ? QStringLiteral("[%1]").arg(text) : QStringLiteral(".\"%1\"").arg(text);
        return true;
    });
    return isPostgreSql ? QLatin1Char('{') + parts.join(QLatin1String(", ")) + QLatin1Char('}') : QLatin1Char('$') + parts.join(QString());
}

ExpressionPtr textValue(const QString &text)
{
    sql::Literal literal;
    literal.kind = sql::Literal::Kind::String;
    literal.text = text;
    return sql::makeExpression(sql::BoundValue{std::move(literal), {}, false, false}, genericType("String"));
}

Value jsonItem(Library &library, const Value &self, const Value &index)
{
    BinaryExpression binary{};
    binary.left = toOperand(library, self);
    if (index.isKind(ObjectKind::Tuple) || index.isKind(ObjectKind::List)) {
        binary.kind = BinaryKind::JsonPathGetItem;
        binary.right = textValue(pathText(library, index, true));
        binary.third = textValue(pathText(library, index, false));
    } else {
        binary.kind = BinaryKind::JsonGetItem;
        binary.right = toOperand(library, index);
        if (const auto *bound = std::get_if<sql::BoundValue>(&binary.right->node); bound != nullptr && binary.right->type == nullptr)
            binary.right = sql::makeExpression(*bound, typeOfLiteral(bound->value));
    }
    SqlTypePtr type = inferredType(binary.left);
    return makeElement(library, sql::makeExpression(std::move(binary), std::move(type)), typeObjectOf(self));
}

const BinaryExpression *jsonIndex(const ExpressionPtr &expression)
{
    const auto *binary = std::get_if<BinaryExpression>(&expression->node);
    return binary != nullptr && (binary->kind == BinaryKind::JsonGetItem || binary->kind == BinaryKind::JsonPathGetItem) ? binary : nullptr;
}

/// col['key'].astext: ->> and #>>.
Value astext(Library &library, const Value &self)
{
    const ExpressionPtr expression = toOperand(library, self);
    const BinaryExpression *index = jsonIndex(expression);
    if (index == nullptr)
        library.interpreter().raise("AttributeError", "'Comparator' object has no attribute 'right'");
    const OperatorShape shape{index->kind == BinaryKind::JsonPathGetItem ? "#>>" : "->>", kItemPrecedence, true};
    BinaryExpression made = custom(shape, index->left, index->right, false);
    made.flags = QStringLiteral("json index");
    made.third = index->third;
    return makeElement(library, sql::makeExpression(std::move(made), genericType("Text")), makeType(library, sql::TypeFamily::Generic, "Text"));
}

Value jsonAs(Library &library, const Value &self, const std::string &method, const char *typeName, Arguments &arguments)
{
    const ExpressionPtr expression = toOperand(library, self);
    const BinaryExpression *index = jsonIndex(expression);
    if (method == "as_json")
        return self;
    if (index == nullptr) {
        raiseSqlAlchemy(library, "InvalidRequestError",
                        "The JSON cast operator JSON." + method + "() only works with a JSON index expression e.g. col['q']." + method + "()");
    }
    sql::SqlType type = *genericType(typeName);
    if (method == "as_numeric") {
        ArgumentReader read(library.interpreter(), method, arguments, {"precision", "scale", "asdecimal="});
        if (const auto precision = toOptionalInteger(library, read["precision"], "precision"))
            type.precision = static_cast<int>(*precision);
        if (const auto scale = toOptionalInteger(library, read["scale"], "scale"))
            type.scale = static_cast<int>(*scale);
    }
    return makeElement(library, sql::makeExpression(*index, std::make_shared<const sql::SqlType>(std::move(type))),
                       makeType(library, sql::TypeFamily::Generic, typeName));
}

Value bound(Library &library, std::string_view name, const Value &self, std::function<Value(const Value &, Arguments &)> body)
{
    return library.interpreter().function(
        name, [self, body = std::move(body)](Interpreter &, const Value &, Arguments &arguments) { return body(self, arguments); });
}

Value operatorMethod(Library &library, const Value &self, const std::string &name, OperatorShape shape, SqlTypePtr rightType = nullptr)
{
    return bound(library, name, self, [&library, shape, rightType](const Value &left, Arguments &arguments) {
        const Value other = arguments.positional.empty() ? arguments.take("other") : arguments.positional[0];
        if (!other)
            library.interpreter().raise("TypeError", "missing 1 required positional argument: 'other'");
        return comparison(library, shape, left, other, rightType);
    });
}

Value jsonAttribute(Library &library, const Value &self, const std::string &name, Comparator comparator)
{
    static const std::map<std::string_view, const char *> kConversions = {{"as_string", "Unicode"},  {"as_integer", "Integer"},
                                                                          {"as_boolean", "Boolean"}, {"as_float", "Float"},
                                                                          {"as_numeric", "Numeric"}, {"as_json", "JSON"}};
    if (const auto conversion = kConversions.find(name); conversion != kConversions.end()) {
        const char *type = conversion->second;
        return bound(library, name, self,
                     [&library, name, type](const Value &left, Arguments &arguments) { return jsonAs(library, left, name, type, arguments); });
    }
    if (comparator == Comparator::Json)
        return {};
    if (name == "astext")
        return astext(library, self);
    if (comparator != Comparator::Jsonb)
        return {};
    static const std::map<std::string_view, const char *> kOperators = {
        {"has_key", "?"}, {"has_all", "?&"}, {"has_any", "?|"}, {"contained_by", "<@"}};
    if (const auto found = kOperators.find(name); found != kOperators.end())
        return operatorMethod(library, self, name, {found->second, kEqualPrecedence, true});
    if (name == "path_exists" || name == "path_match")
        return operatorMethod(library, self, name, {name == "path_exists" ? "@?" : "@@", kEqualPrecedence, true}, genericType("String"));
    if (name == "delete_path") {
        return bound(library, name, self, [&library](const Value &left, Arguments &arguments) {
            ExpressionPtr path = expressionOf(library, arguments.positional.at(0));
            if (path == nullptr) {
                std::vector<ExpressionPtr> items;
                for (const Value &part : library.interpreter().toVector(arguments.positional[0]))
                    items.push_back(toOperand(library, part));
                path = sql::makeExpression(sql::ArrayExpression{std::move(items)});
            }
            sql::SqlType type;
            type.family = sql::TypeFamily::PostgreSql;
            type.name = QStringLiteral("ARRAY");
            type.itemType = standardText();
            ExpressionPtr right =
                sql::makeExpression(sql::CastExpression{std::move(path), std::make_shared<const sql::SqlType>(std::move(type)), false});
            const OperatorShape shape{"#-", kItemPrecedence, true};
            return makeElement(library, sql::makeExpression(custom(shape, toOperand(library, left), std::move(right), false)), typeObjectOf(left));
        });
    }
    return {};
}

// --- arrays, hstore, ranges ---

Value itemTypeObject(const Value &self)
{
    const auto *type = typeObjectOf(self) ? Interpreter::payloadAs<TypePayload>(typeObjectOf(self)) : nullptr;
    return type == nullptr ? Value() : type->itemType;
}

Value arrayItem(Library &library, const Value &self, const Value &index)
{
    Interpreter &interpreter = library.interpreter();
    BinaryExpression binary{};
    binary.kind = BinaryKind::GetItem;
    binary.left = toOperand(library, self);
    const auto typed = [&](const Value &part) {
        const ExpressionPtr expression = toOperand(library, part);
        const auto *literal = std::get_if<sql::BoundValue>(&expression->node);
        return literal != nullptr && expression->type == nullptr ? sql::makeExpression(*literal, typeOfLiteral(literal->value)) : expression;
    };
    const SqlTypePtr type = inferredType(binary.left);
    if (index.isKind(ObjectKind::Slice)) {
        binary.right = sql::makeExpression(
            sql::SliceExpression{typed(interpreter.getAttribute(index, "start")), typed(interpreter.getAttribute(index, "stop"))});
        return makeElement(library, sql::makeExpression(std::move(binary), type), typeObjectOf(self));
    }
    binary.right = typed(index);
    return makeElement(library, sql::makeExpression(std::move(binary), type == nullptr ? nullptr : type->itemType), itemTypeObject(self));
}

/// ARRAY.any(value, operator): `value = ANY (array)`.
Value anyOrAll(Library &library, const Value &self, Arguments &arguments, bool isAny)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, isAny ? "any" : "all", arguments, {"other", "operator="});
    using Kind = sql::UnaryExpression::Kind;
    const Value array = makeElement(library, sql::makeExpression(sql::UnaryExpression{isAny ? Kind::Any : Kind::All, toOperand(library, self), {}}));
    ExpressionPtr value = toColumnValue(library, read["other"], itemTypeObject(self));
    const SqlTypePtr arrayType = inferredType(toOperand(library, self));
    if (const auto *literal = std::get_if<sql::BoundValue>(&value->node); literal != nullptr && value->type == nullptr && arrayType != nullptr)
        value = sql::makeExpression(*literal, arrayType->itemType);
    const Value left = makeElement(library, std::move(value));
    if (read.has("operator") && !read["operator"].isNone())
        return interpreter.invoke(read["operator"], Arguments{{left, array}, {}});
    return compareValues(library, BinaryKind::Equal, left, array);
}

Value arrayAttribute(Library &library, const Value &self, const std::string &name, Comparator comparator)
{
    if (name == "any" || name == "all") {
        const bool isAny = name == "any";
        return bound(library, name, self,
                     [&library, isAny](const Value &left, Arguments &arguments) { return anyOrAll(library, left, arguments, isAny); });
    }
    if (comparator != Comparator::PostgreSqlArray)
        return {};
    if (name == "contained_by")
        return operatorMethod(library, self, name, {"<@", kEqualPrecedence, true});
    if (name == "overlap")
        return operatorMethod(library, self, name, {"&&", kEqualPrecedence, false});
    return {};
}

Value hstoreAttribute(Library &library, const Value &self, const std::string &name)
{
    static const std::map<std::string_view, const char *> kOperators = {
        {"has_key", "?"}, {"has_all", "?&"}, {"has_any", "?|"}, {"contained_by", "<@"}};
    if (const auto found = kOperators.find(name); found != kOperators.end())
        return operatorMethod(library, self, name, {found->second, kEqualPrecedence, true});
    static const std::map<std::string_view, const char *> kFunctions = {
        {"defined", "defined"},       {"delete", "delete"},          {"slice", "slice"}, {"keys", "akeys"}, {"vals", "avals"},
        {"array", "hstore_to_array"}, {"matrix", "hstore_to_matrix"}};
    const auto found = kFunctions.find(name);
    if (found == kFunctions.end())
        return {};
    const char *function = found->second;
    return bound(library, name, self, [&library, function](const Value &left, Arguments &arguments) {
        auto payload = std::make_unique<FunctionPayload>();
        payload->call.name = QString::fromLatin1(function);
        payload->call.arguments.push_back(toOperand(library, left));
        for (const Value &argument : arguments.positional)
            payload->call.arguments.push_back(toOperand(library, argument));
        return makeElement(library, functionClass(library), std::move(payload));
    });
}

Value rangeAttribute(Library &library, const Value &self, const std::string &name)
{
    static const std::map<std::string_view, const char *> kOperators = {
        {"contained_by", "<@"},        {"overlaps", "&&"},           {"strictly_left_of", "<<"}, {"strictly_right_of", ">>"},
        {"not_extend_right_of", "&<"}, {"not_extend_left_of", "&>"}, {"adjacent_to", "-|-"}};
    if (const auto found = kOperators.find(name); found != kOperators.end())
        return operatorMethod(library, self, name, {found->second, kEqualPrecedence, name == "contained_by"});
    return {};
}

} // namespace

SqlTypePtr inferredType(const ExpressionPtr &expression)
{
    if (expression == nullptr)
        return nullptr;
    return expression->type != nullptr ? expression->type : std::visit(TypeOf{}, expression->node);
}

Comparator comparatorOf(Library &library, const Value &element)
{
    // The type as the script wrote it: a variant for one dialect changes the DDL, not the operators.
    Value type = typeObjectOf(element);
    if (type && type.isKind(ObjectKind::Class))
        type = library.interpreter().invoke(type, {});
    while (type) {
        const auto *payload = Interpreter::payloadAs<TypePayload>(type);
        if (payload != nullptr && !payload->type.isNull())
            return comparatorOfType(payload->type);
        const Value impl = payload == nullptr ? Value() : payload->impl; // a TypeDecorator has its impl's operators
        type = impl;
    }
    const ExpressionPtr expression = expressionOf(library, element);
    const SqlTypePtr inferred = expression == nullptr ? nullptr : inferredType(expression);
    return inferred == nullptr ? Comparator::Plain : comparatorOfType(*inferred);
}

Value typedAttribute(Library &library, const Value &self, const std::string &name)
{
    if (name.starts_with("__"))
        return {};
    const Comparator comparator = comparatorOf(library, self);
    if (isJson(comparator))
        return jsonAttribute(library, self, name, comparator);
    switch (comparator) {
    case Comparator::Array:
    case Comparator::PostgreSqlArray:
        return arrayAttribute(library, self, name, comparator);
    case Comparator::Hstore:
        return hstoreAttribute(library, self, name);
    case Comparator::Range:
        return rangeAttribute(library, self, name);
    case Comparator::Plain:
    case Comparator::Json:
    case Comparator::PostgreSqlJson:
    case Comparator::Jsonb:
        return {};
    }
    return {};
}

Value typedContains(Library &library, const Value &self, const Value &other)
{
    switch (comparatorOf(library, self)) {
    case Comparator::Jsonb:
    case Comparator::PostgreSqlArray:
    case Comparator::Hstore:
    case Comparator::Range:
        return comparison(library, {"@>", kEqualPrecedence, true}, self, other);
    case Comparator::Array:
        library.interpreter().raise("NotImplementedError",
                                    "ARRAY.contains() not implemented for the base ARRAY type; please use the dialect-specific ARRAY type");
    case Comparator::Plain:
    case Comparator::Json:
    case Comparator::PostgreSqlJson:
        return {};
    }
    return {};
}

Value getItemOf(Library &library, const Value &self, const Value &index)
{
    library.interpreter().known(index, "the index of an expression");
    const Comparator comparator = comparatorOf(library, self);
    if (isJson(comparator))
        return jsonItem(library, self, index);
    if (comparator == Comparator::Array || comparator == Comparator::PostgreSqlArray)
        return arrayItem(library, self, index);
    if (comparator == Comparator::Hstore) {
        BinaryExpression binary = custom({"->", kItemPrecedence, true}, toOperand(library, self), toOperand(library, index), false);
        if (const auto *key = std::get_if<sql::BoundValue>(&binary.right->node); key != nullptr && binary.right->type == nullptr)
            binary.right = sql::makeExpression(*key, typeOfLiteral(key->value));
        return makeElement(library, sql::makeExpression(std::move(binary), genericType("Text")), makeType(library, sql::TypeFamily::Generic, "Text"));
    }
    library.interpreter().raise("NotImplementedError", "Operator 'getitem' is not supported on this expression");
}

} // namespace stillroom::script
