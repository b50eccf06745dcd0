// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/core.h"

#include "script/types.h"

/// The operators of column expressions. Source: SQLAlchemy 2.0, "Operator Reference", ColumnOperators.
namespace stillroom::script {

using python::ArgumentReader;
using python::Arguments;
using python::ClassBuilder;
using python::Interpreter;
using python::ObjectKind;
using python::Value;
using python::Values;
using sql::BinaryExpression;
using sql::BinaryKind;
using sql::ConstantExpression;
using sql::ExpressionPtr;

namespace {

using Unary = sql::UnaryExpression::Kind;

ExpressionPtr constant(ConstantExpression::Kind kind) { return sql::makeExpression(ConstantExpression{kind}); }

/// None, True, False and null(), true(), false(): SQLAlchemy compares these in its own way.
ExpressionPtr constantOf(Library &library, const Value &value)
{
    if (value.isNone())
        return constant(ConstantExpression::Kind::Null);
    if (value.isBoolean())
        return constant(value.isTrue() ? ConstantExpression::Kind::True : ConstantExpression::Kind::False);
    const ExpressionPtr expression = expressionOf(library, value);
    return expression != nullptr && std::holds_alternative<ConstantExpression>(expression->node) ? expression : nullptr;
}

bool isNullConstant(const ExpressionPtr &expression) { return std::get<ConstantExpression>(expression->node).kind == ConstantExpression::Kind::Null; }

bool isCollectionAggregate(const ExpressionPtr &expression)
{
    const auto *unary = std::get_if<sql::UnaryExpression>(&expression->node);
    return unary != nullptr && (unary->kind == Unary::Any || unary->kind == Unary::All);
}

BinaryKind mirrored(BinaryKind kind)
{
    switch (kind) {
    case BinaryKind::Less:
        return BinaryKind::Greater;
    case BinaryKind::Greater:
        return BinaryKind::Less;
    case BinaryKind::LessEqual:
        return BinaryKind::GreaterEqual;
    case BinaryKind::GreaterEqual:
        return BinaryKind::LessEqual;
    default:
        return kind;
    }
}

/// The right side of an operator beside `left`: its type object tells what a member of a Python enum is.
ExpressionPtr beside(Library &library, const Value &left, const Value &right) { return toColumnValue(library, right, typeObjectOf(left)); }

Value element(Library &library, BinaryExpression binary, sql::SqlTypePtr type = nullptr)
{
    return makeElement(library, sql::makeExpression(std::move(binary), std::move(type)));
}

Value binaryElement(Library &library, BinaryKind kind, ExpressionPtr left, ExpressionPtr right)
{
    BinaryExpression binary{};
    binary.kind = kind;
    binary.left = std::move(left);
    binary.right = std::move(right);
    return element(library, std::move(binary));
}

bool isIdentityKind(BinaryKind kind)
{
    return kind == BinaryKind::Is || kind == BinaryKind::IsNot || kind == BinaryKind::IsDistinctFrom || kind == BinaryKind::IsNotDistinctFrom;
}

// --- arithmetic ---

Value arithmetic(Library &library, BinaryKind kind, const Value &left, const Value &right, bool leftIsOwner)
{
    ExpressionPtr leftSide = leftIsOwner ? toOperand(library, left) : beside(library, right, left);
    ExpressionPtr rightSide = leftIsOwner ? beside(library, left, right) : toOperand(library, right);
    return binaryElement(library, kind, std::move(leftSide), std::move(rightSide));
}

Value shift(Library &library, const Value &left, const Value &right, bool isLeft)
{
    if (comparatorOf(library, left) != Comparator::Range) {
        library.interpreter().raise("NotImplementedError",
                                    std::string("Operator '") + (isLeft ? "lshift" : "rshift") + "' is not supported on this expression");
    }
    BinaryExpression binary{};
    binary.kind = BinaryKind::Custom;
    binary.custom = isLeft ? QStringLiteral("<<") : QStringLiteral(">>");
    binary.precedence = 5;
    binary.isComparison = true;
    binary.left = toOperand(library, left);
    binary.right = toOperand(library, right);
    return element(library, std::move(binary), genericType("Boolean"));
}

// --- LIKE and its kind ---

Value likeElement(Library &library, BinaryKind kind, const Value &self, const Value &other, const Value &escape)
{
    BinaryExpression binary{};
    binary.kind = kind;
    binary.left = toOperand(library, self);
    binary.right = beside(library, self, other);
    if (escape && !escape.isNone())
        binary.escape = toText(library, escape, "the escape character");
    return element(library, std::move(binary));
}

Value patternElement(Library &library, BinaryKind kind, const std::string &name, const Value &self, Arguments &arguments)
{
    Interpreter &interpreter = library.interpreter();
    ArgumentReader read(interpreter, name, arguments, {"other", "autoescape=", "escape="});
    Value other = read["other"];
    Value escape = read["escape"];
    if (read.has("autoescape") && interpreter.truth(read["autoescape"])) {
        if (!interpreter.known(other, "the text to look for").isString())
            interpreter.raise("TypeError", "String value expected when autoescape=True");
        const QString mark = escape && !escape.isNone() ? toText(library, escape, "the escape character") : QStringLiteral("/");
        QString text = Interpreter::qtext(other);
        if (mark != QLatin1String("%") && mark != QLatin1String("_"))
            text.replace(mark, mark + mark);
        text.replace(QLatin1String("%"), mark + QLatin1Char('%')).replace(QLatin1String("_"), mark + QLatin1Char('_'));
        other = interpreter.string(text);
        escape = interpreter.string(mark);
    }
    if (kind == BinaryKind::Contains) {
        if (Value own = typedContains(library, self, other)) // which has no use for an escape character
            return own;
    }
    return likeElement(library, kind, self, other, escape);
}

// --- IN ---

Value selectOf(Library &library, const Value &from)
{
    const auto *payload = Interpreter::payloadAs<FromPayload>(from);
    if (const auto *derived = std::get_if<sql::FromClause::Derived>(&payload->from->node))
        return makeElement(library, sql::makeExpression(sql::ScalarSubquery{derived->select}));
    const Value select = makeSelect(library, {from});
    return makeElement(library, sql::makeExpression(sql::ScalarSubquery{Interpreter::payloadAs<StatementPayload>(select)->statement(library)}));
}

ExpressionPtr inOperand(Library &library, const Value &self, const Value &other)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(other, "the values of in_()");
    if (const auto *statement = Interpreter::payloadAs<StatementPayload>(other))
        return sql::makeExpression(sql::ScalarSubquery{statement->statement(library)});
    if (Interpreter::payloadAs<FromPayload>(other) != nullptr)
        return expressionOf(library, selectOf(library, other));
    if (const ExpressionPtr expression = expressionOf(library, other)) {
        if (const auto *bound = std::get_if<sql::BoundValue>(&expression->node)) {
            if (!bound->isExpanding && !bound->isUnset) { // in_(bindparam("x", [1, 2])) expands by itself
                sql::BoundValue list = *bound;
                list.isExpanding = true;
                return sql::makeExpression(std::move(list), expression->type);
            }
        }
        return expression;
    }
    if (other.isString() || other.isNone() || other.isSmallInteger() || other.isBoolean()) {
        raiseSqlAlchemy(library, "ArgumentError",
                        "IN expression list, SELECT construct, or bound parameter object expected, got " + interpreter.repr(other) + ".");
    }
    const Value type = typeObjectOf(self);
    std::vector<ExpressionPtr> items;
    bool hasExpressions = false;
    interpreter.iterate(other, [&](const Value &item) {
        items.push_back(toColumnValue(library, item, type));
        const bool isPlain = std::holds_alternative<sql::BoundValue>(items.back()->node) && expressionOf(library, item) == nullptr;
        hasExpressions = hasExpressions || (!isPlain && !item.isNone());
        return true;
    });
    if (hasExpressions)
        return sql::makeExpression(sql::TupleExpression{std::move(items)});
    sql::BoundValue list;
    list.value.kind = sql::Literal::Kind::List;
    list.isExpanding = true;
    for (const ExpressionPtr &item : items) {
        const auto *bound = std::get_if<sql::BoundValue>(&item->node);
        list.value.items.push_back(bound == nullptr ? sql::Literal{} : bound->value);
        list.value.varies = list.value.varies || list.value.items.back().varies;
    }
    return sql::makeExpression(std::move(list));
}

Value inElement(Library &library, BinaryKind kind, const Value &self, const Value &other)
{
    return binaryElement(library, kind, toOperand(library, self), inOperand(library, self, other));
}

// --- the rest ---

Value betweenElement(Library &library, const Value &self, Arguments &arguments)
{
    ArgumentReader read(library.interpreter(), "between", arguments, {"cleft", "cright", "symmetric="});
    BinaryExpression binary{};
    binary.kind = BinaryKind::Between;
    binary.left = toOperand(library, self);
    binary.right = beside(library, self, read["cleft"]);
    binary.third = beside(library, self, read["cright"]);
    if (read.has("symmetric") && library.interpreter().truth(read["symmetric"]))
        binary.flags = QStringLiteral("symmetric");
    return element(library, std::move(binary));
}

Value regexpElement(Library &library, BinaryKind kind, const Value &self, Arguments &arguments)
{
    BinaryExpression binary{};
    binary.kind = kind;
    binary.left = toOperand(library, self);
    if (kind == BinaryKind::RegexpReplace) {
        ArgumentReader read(library.interpreter(), "regexp_replace", arguments, {"pattern", "replacement", "flags="});
        binary.right = toOperand(library, read["pattern"]);
        binary.third = toOperand(library, read["replacement"]);
        binary.flags = toOptionalText(library, read["flags"], "flags").value_or(QString());
    } else {
        ArgumentReader read(library.interpreter(), "regexp_match", arguments, {"pattern", "flags="});
        binary.right = toOperand(library, read["pattern"]);
        binary.flags = toOptionalText(library, read["flags"], "flags").value_or(QString());
    }
    return element(library, std::move(binary));
}

/// col.op('&&')(other): an operator that SQLAlchemy does not know.
Value customOperator(Library &library, const Value &self, Arguments &arguments, bool isBoolean)
{
    ArgumentReader read(library.interpreter(), isBoolean ? "bool_op" : "op", arguments,
                        {"opstring", "precedence=", "is_comparison=", "return_type=", "python_impl="});
    const QString opstring = toText(library, read["opstring"], "the text of an operator");
    const int precedence = static_cast<int>(toOptionalInteger(library, read["precedence"], "precedence").value_or(0));
    const bool isComparison = isBoolean || (read.has("is_comparison") && library.interpreter().truth(read["is_comparison"]));
    const Value returnType = read["return_type"];
    sql::SqlTypePtr type = returnType && !returnType.isNone() ? toSqlTypePtr(library, returnType) : isComparison ? genericType("Boolean") : nullptr;
    return library.interpreter().function(
        "op", [&library, self, opstring, precedence, isComparison, type, returnType](Interpreter &interpreter, const Value &, Arguments &inner) {
            if (inner.positional.size() != 1)
                interpreter.raise("TypeError", "an operator takes one right side");
            BinaryExpression binary{};
            binary.kind = BinaryKind::Custom;
            binary.custom = opstring;
            binary.precedence = precedence;
            binary.isComparison = isComparison;
            binary.left = toOperand(library, self);
            binary.right = beside(library, self, inner.positional[0]);
            return makeElement(library, sql::makeExpression(std::move(binary), type), returnType && !returnType.isNone() ? returnType : Value());
        });
}

Value booleanPair(Library &library, const Value &self, Arguments &arguments, bool isOr)
{
    std::vector<ExpressionPtr> clauses{toCondition(library, self), toCondition(library, arguments.positional.at(0))};
    return makeElement(library, anyOrAllOf(std::move(clauses), isOr));
}

/// if col == other: … SQLAlchemy answers only for == and != of the same or different elements.
bool truthOf(Library &library, const Value &self)
{
    const ExpressionPtr expression = toOperand(library, self);
    const auto *binary = std::get_if<BinaryExpression>(&expression->node);
    if (binary != nullptr && (binary->kind == BinaryKind::Equal || binary->kind == BinaryKind::NotEqual)) {
        const auto *left = std::get_if<sql::ColumnReference>(&binary->left->node);
        const auto *right = std::get_if<sql::ColumnReference>(&binary->right->node);
        const bool isSame = binary->left == binary->right ||
                            (left != nullptr && right != nullptr && left->table == right->table && left->name.text == right->name.text);
        return (binary->kind == BinaryKind::Equal) == isSame;
    }
    library.interpreter().raise("TypeError", "Boolean value of this clause is not defined");
}

python::Native compares(Library &library, BinaryKind kind)
{
    return [&library, kind](Interpreter &, const Value &self, Arguments &arguments) {
        return compareValues(library, kind, self, arguments.positional.at(0));
    };
}

python::Native wraps(Library &library, Unary kind)
{
    return [&library, kind](Interpreter &, const Value &self, Arguments &) { return makeUnary(library, kind, self); };
}

void addComparisons(Library &library, ClassBuilder &builder)
{
    static constexpr std::pair<std::string_view, BinaryKind> kComparisons[] = {
        {"__eq__", BinaryKind::Equal},
        {"__ne__", BinaryKind::NotEqual},
        {"__lt__", BinaryKind::Less},
        {"__le__", BinaryKind::LessEqual},
        {"__gt__", BinaryKind::Greater},
        {"__ge__", BinaryKind::GreaterEqual},
        {"is_", BinaryKind::Is},
        {"is_not", BinaryKind::IsNot},
        {"isnot", BinaryKind::IsNot},
        {"is_distinct_from", BinaryKind::IsDistinctFrom},
        {"is_not_distinct_from", BinaryKind::IsNotDistinctFrom},
        {"isnot_distinct_from", BinaryKind::IsNotDistinctFrom},
    };
    for (const auto &[name, kind] : kComparisons)
        builder.method(name, compares(library, kind));
    static constexpr std::pair<std::string_view, BinaryKind> kMemberships[] = {
        {"in_", BinaryKind::In}, {"not_in", BinaryKind::NotIn}, {"notin_", BinaryKind::NotIn}};
    for (const auto &[name, kind] : kMemberships) {
        builder.method(name, [&library, kind = kind](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            ArgumentReader read(interpreter, "in_", arguments, {"other"});
            return inElement(library, kind, self, read["other"]);
        });
    }
    static constexpr std::pair<std::string_view, BinaryKind> kLikes[] = {{"like", BinaryKind::Like},          {"ilike", BinaryKind::ILike},
                                                                         {"not_like", BinaryKind::NotLike},   {"notlike", BinaryKind::NotLike},
                                                                         {"not_ilike", BinaryKind::NotILike}, {"notilike", BinaryKind::NotILike}};
    for (const auto &[name, kind] : kLikes) {
        builder.method(name, [&library, kind = kind, name = name](Interpreter &interpreter, const Value &self, Arguments &arguments) {
            ArgumentReader read(interpreter, name, arguments, {"other", "escape="});
            return likeElement(library, kind, self, read["other"], read["escape"]);
        });
    }
    static constexpr std::pair<std::string_view, BinaryKind> kPatterns[] = {
        {"contains", BinaryKind::Contains},   {"startswith", BinaryKind::StartsWith},   {"endswith", BinaryKind::EndsWith},
        {"icontains", BinaryKind::IContains}, {"istartswith", BinaryKind::IStartsWith}, {"iendswith", BinaryKind::IEndsWith}};
    for (const auto &[name, kind] : kPatterns) {
        builder.method(name, [&library, kind = kind, name = std::string(name)](Interpreter &, const Value &self, Arguments &arguments) {
            return patternElement(library, kind, name, self, arguments);
        });
    }
}

void addArithmetic(Library &library, ClassBuilder &builder)
{
    static constexpr std::pair<std::string_view, BinaryKind> kOperators[] = {{"__add__", BinaryKind::Add},
                                                                             {"__sub__", BinaryKind::Subtract},
                                                                             {"__mul__", BinaryKind::Multiply},
                                                                             {"__truediv__", BinaryKind::Divide},
                                                                             {"__floordiv__", BinaryKind::FloorDivide},
                                                                             {"__mod__", BinaryKind::Modulo},
                                                                             {"concat", BinaryKind::Concat},
                                                                             {"bitwise_and", BinaryKind::BitwiseAnd},
                                                                             {"bitwise_or", BinaryKind::BitwiseOr},
                                                                             {"bitwise_xor", BinaryKind::BitwiseXor},
                                                                             {"bitwise_lshift", BinaryKind::ShiftLeft},
                                                                             {"bitwise_rshift", BinaryKind::ShiftRight}};
    for (const auto &[name, kind] : kOperators) {
        builder.method(name, [&library, kind = kind](Interpreter &, const Value &self, Arguments &arguments) {
            return arithmetic(library, kind, self, arguments.positional.at(0), true);
        });
    }
    static constexpr std::pair<std::string_view, BinaryKind> kReflected[] = {
        {"__radd__", BinaryKind::Add},        {"__rsub__", BinaryKind::Subtract},         {"__rmul__", BinaryKind::Multiply},
        {"__rtruediv__", BinaryKind::Divide}, {"__rfloordiv__", BinaryKind::FloorDivide}, {"__rmod__", BinaryKind::Modulo}};
    for (const auto &[name, kind] : kReflected) {
        builder.method(name, [&library, kind = kind](Interpreter &, const Value &self, Arguments &arguments) {
            return arithmetic(library, kind, arguments.positional.at(0), self, false);
        });
    }
    builder.method("__lshift__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return shift(library, self, arguments.positional.at(0), true);
    });
    builder.method("__rshift__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return shift(library, self, arguments.positional.at(0), false);
    });
}

void addModifiers(Library &library, ClassBuilder &builder)
{
    static constexpr std::pair<std::string_view, Unary> kModifiers[] = {{"asc", Unary::Ascending},
                                                                        {"desc", Unary::Descending},
                                                                        {"nulls_first", Unary::NullsFirst},
                                                                        {"nullsfirst", Unary::NullsFirst},
                                                                        {"nulls_last", Unary::NullsLast},
                                                                        {"nullslast", Unary::NullsLast},
                                                                        {"distinct", Unary::Distinct},
                                                                        {"__neg__", Unary::Negative},
                                                                        {"__invert__", Unary::Not},
                                                                        {"bitwise_not", Unary::BitwiseNot},
                                                                        {"any_", Unary::Any},
                                                                        {"all_", Unary::All}};
    for (const auto &[name, kind] : kModifiers)
        builder.method(name, wraps(library, kind));
    builder.method("label", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "label", arguments, {"name"});
        return labelled(library, self, read["name"]);
    });
    builder.method("collate", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "collate", arguments, {"collation"});
        const QString collation = toText(library, read["collation"], "the name of a collation");
        return makeElement(library, sql::makeExpression(sql::CollateExpression{toOperand(library, self), collation}), typeObjectOf(self));
    });
    builder.method("cast", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "cast", arguments, {"type_"});
        return makeElement(library, sql::makeExpression(sql::CastExpression{toOperand(library, self), toSqlTypePtr(library, read["type_"]), false}),
                           read["type_"]);
    });
    builder.method("self_group", [](Interpreter &, const Value &self, Arguments &) { return self; });
    builder.method("between",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return betweenElement(library, self, arguments); });
    builder.method("regexp_match", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return regexpElement(library, BinaryKind::RegexpMatch, self, arguments);
    });
    builder.method("regexp_replace", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return regexpElement(library, BinaryKind::RegexpReplace, self, arguments);
    });
    builder.method("match", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        ArgumentReader read(interpreter, "match", arguments, {"other", "*", "postgresql_regconfig=", "**"});
        BinaryExpression binary{};
        binary.kind = BinaryKind::Match;
        binary.left = toOperand(library, self);
        binary.right = toOperand(library, read["other"]);
        binary.flags = toOptionalText(library, read["postgresql_regconfig"], "postgresql_regconfig").value_or(QString());
        return element(library, std::move(binary));
    });
}

} // namespace

Value typeObjectOf(const Value &value)
{
    const auto *payload = Interpreter::payloadAs<ExpressionPayload>(value);
    return payload == nullptr ? Value() : payload->type;
}

ExpressionPtr toOperand(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, "SQL");
    if (const ExpressionPtr expression = expressionOf(library, value))
        return expression;
    if (Interpreter::payloadAs<FromPayload>(value) != nullptr) {
        raiseSqlAlchemy(library, "ArgumentError", "SQL expression element or literal value expected, got " + interpreter.repr(value) + ".");
    }
    return toExpression(library, value);
}

Value boundBy(Library &library, const Value &value, const Value &type)
{
    Interpreter &interpreter = library.interpreter();
    if (!type || type.isNone() || type.isUnknown() || value.isNone() || value.isUnknown() || !isTypeObject(library, type))
        return value;
    const bool isClass = type.isKind(ObjectKind::Class);
    const Value kind = isClass ? type : interpreter.classOf(type);
    if (!interpreter.isSubclass(kind, typeDecoratorClass(library)) || expressionOf(library, value) != nullptr ||
        Interpreter::payloadAs<StatementPayload>(value) != nullptr)
        return value;
    for (const char *name : {"process_literal_param", "process_bind_param"}) {
        const Value own = interpreter.findAttribute(kind, name);
        if (!own || own.isSame(interpreter.findAttribute(typeDecoratorClass(library), name)))
            continue;
        const Value holder = isClass ? interpreter.invoke(type, {}) : type;
        return interpreter.known(interpreter.invokeMethod(holder, name, {value, dialectObject(library)}), "what a TypeDecorator makes of a value");
    }
    return value;
}

bool hasTypeMethod(Library &library, const Value &type, const char *name)
{
    if (!type || type.isNone() || type.isUnknown() || !isTypeObject(library, type))
        return false;
    Interpreter &interpreter = library.interpreter();
    return static_cast<bool>(interpreter.findAttribute(type.isKind(ObjectKind::Class) ? type : interpreter.classOf(type), name));
}

ExpressionPtr toColumnValue(Library &library, const Value &given, const Value &type)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(given, "a value in SQL");
    const Value value = boundBy(library, given, type);
    const bool isBound = expressionOf(library, value) == nullptr && Interpreter::payloadAs<StatementPayload>(value) == nullptr;
    if (isBound && hasTypeMethod(library, type, "bind_expression")) {
        const Value holder = type.isKind(ObjectKind::Class) ? interpreter.invoke(type, {}) : type;
        const Value made = interpreter.invokeMethod(holder, "bind_expression", {makeElement(library, toOperand(library, value))});
        if (!interpreter.known(made, "what a column type makes of a value").isNone())
            return toOperand(library, made);
    }
    const auto *payload = type ? Interpreter::payloadAs<TypePayload>(type) : nullptr;
    if (payload != nullptr && payload->enumClass && value.isKind(ObjectKind::Instance) && interpreter.isInstance(value, payload->enumClass)) {
        const Value members = interpreter.getAttribute(payload->enumClass, "__members__");
        qsizetype index = 0;
        for (const Value &member : interpreter.toVector(interpreter.invokeMethod(members, "values"))) {
            if (member.isSame(value) && index < payload->type.enumLabels.size()) {
                sql::Literal label;
                label.kind = sql::Literal::Kind::String;
                label.text = payload->type.enumLabels[index];
                return sql::makeExpression(sql::BoundValue{std::move(label), {}, false, false});
            }
            ++index;
        }
    }
    return toOperand(library, value);
}

ExpressionPtr toCondition(Library &library, const Value &value)
{
    Interpreter &interpreter = library.interpreter();
    interpreter.known(value, "a condition");
    if (const ExpressionPtr fixed = constantOf(library, value))
        return fixed;
    if (const ExpressionPtr expression = expressionOf(library, value))
        return expression;
    if (Interpreter::payloadAs<StatementPayload>(value) != nullptr)
        return toOperand(library, value);
    if (value.isString()) {
        const std::string text(Interpreter::text(value));
        raiseSqlAlchemy(library, "ArgumentError", "Textual SQL expression '" + text + "' should be explicitly declared as text('" + text + "')");
    }
    raiseSqlAlchemy(library, "ArgumentError", "SQL expression for WHERE/HAVING role expected, got " + interpreter.repr(value) + ".");
}

ExpressionPtr toOrdering(Library &library, const Value &value)
{
    library.interpreter().known(value, "an item of ORDER BY or GROUP BY");
    if (value.isString())
        return sql::makeExpression(sql::LabelReference{Interpreter::qtext(value)});
    return toOperand(library, value);
}

std::vector<ExpressionPtr> toOrderings(Library &library, const Values &values)
{
    std::vector<ExpressionPtr> items;
    for (const Value &value : values)
        items.push_back(toOrdering(library, value));
    return items;
}

ExpressionPtr anyOrAllOf(std::vector<ExpressionPtr> conditions, bool isOr)
{
    using Kind = ConstantExpression::Kind;
    const Kind ends = isOr ? Kind::True : Kind::False;
    const Kind skipped = isOr ? Kind::False : Kind::True;
    std::vector<ExpressionPtr> clauses;
    ExpressionPtr lastSkipped;
    for (ExpressionPtr &clause : conditions) {
        if (const auto *constant = std::get_if<ConstantExpression>(&clause->node)) {
            if (constant->kind == ends) { // from here on it is a condition as any other
                clauses.assign(1, std::move(clause));
                return sql::makeExpression(sql::BooleanClauses{isOr, std::move(clauses), false});
            }
            if (constant->kind == skipped) {
                lastSkipped = std::move(clause);
                continue;
            }
        }
        clauses.push_back(std::move(clause));
    }
    if (clauses.size() == 1)
        return std::move(clauses.front());
    if (clauses.empty() && lastSkipped != nullptr)
        clauses.push_back(std::move(lastSkipped));
    return sql::makeExpression(sql::BooleanClauses{isOr, std::move(clauses), false});
}

ExpressionPtr allOf(std::vector<ExpressionPtr> conditions, bool areCriteria)
{
    if (conditions.empty())
        return nullptr;
    if (conditions.size() == 1)
        return std::move(conditions.front());
    return sql::makeExpression(sql::BooleanClauses{false, std::move(conditions), areCriteria});
}

Value compareValues(Library &library, BinaryKind kind, const Value &left, const Value &right)
{
    library.interpreter().known(right, "SQL");
    ExpressionPtr leftSide = toOperand(library, left);
    if (ExpressionPtr fixed = constantOf(library, right)) {
        const bool isEquality = kind == BinaryKind::Equal || kind == BinaryKind::NotEqual;
        if (isEquality && isNullConstant(fixed) && !isCollectionAggregate(leftSide))
            kind = kind == BinaryKind::Equal ? BinaryKind::Is : BinaryKind::IsNot;
        else if (!isEquality && !isIdentityKind(kind) && !isCollectionAggregate(leftSide)) {
            raiseSqlAlchemy(library, "ArgumentError",
                            "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be used with "
                            "None/True/False");
        }
        return binaryElement(library, kind, std::move(leftSide), std::move(fixed));
    }
    ExpressionPtr rightSide = beside(library, left, right);
    if (isCollectionAggregate(leftSide)) {
        std::swap(leftSide, rightSide);
        kind = mirrored(kind);
    }
    if (isCollectionAggregate(rightSide) && leftSide->type == nullptr) { // the value is written as itself, not as an array
        if (const auto *bound = std::get_if<sql::BoundValue>(&leftSide->node))
            leftSide = sql::makeExpression(*bound, typeOfLiteral(bound->value));
    }
    return binaryElement(library, kind, std::move(leftSide), std::move(rightSide));
}

Value makeUnary(Library &library, Unary kind, const Value &operand)
{
    const bool isOrdering = kind == Unary::Ascending || kind == Unary::Descending || kind == Unary::NullsFirst || kind == Unary::NullsLast;
    ExpressionPtr inner = isOrdering           ? toOrdering(library, operand)
                          : kind == Unary::Not ? toCondition(library, operand)
                                               : toOperand(library, operand);
    if (kind == Unary::Not) {
        if (const auto *list = std::get_if<sql::BooleanClauses>(&inner->node);
            list != nullptr && list->clauses.size() == 1 && std::holds_alternative<ConstantExpression>(list->clauses.front()->node)) {
            const ExpressionPtr constantAlone = list->clauses.front();
            inner = constantAlone;
        }
        if (const auto *fixed = std::get_if<ConstantExpression>(&inner->node); fixed != nullptr && fixed->kind != ConstantExpression::Kind::Null) {
            const bool wasTrue = fixed->kind == ConstantExpression::Kind::True;
            return makeElement(library, constant(wasTrue ? ConstantExpression::Kind::False : ConstantExpression::Kind::True));
        }
    }
    return makeElement(library, sql::makeExpression(sql::UnaryExpression{kind, std::move(inner), {}}),
                       kind == Unary::Not ? Value() : typeObjectOf(operand));
}

Value labelled(Library &library, const Value &value, const Value &name)
{
    ExpressionPtr inner = toOperand(library, value);
    if (!name || name.isNone())
        library.interpreter().stop(python::StopKind::NotUnderstood, "a label without a name (label(None)) is not supported");
    if (const auto *before = std::get_if<sql::LabelExpression>(&inner->node)) {
        const ExpressionPtr below = before->operand;
        inner = below;
    }
    return makeElement(library, sql::makeExpression(sql::LabelExpression{toIdentifier(library, name, "the name of a label"), std::move(inner)}),
                       typeObjectOf(value));
}

Values spread(Library &library, const Values &given)
{
    if (given.size() == 1 && (given[0].isKind(ObjectKind::List) || given[0].isKind(ObjectKind::Tuple) || given[0].isKind(ObjectKind::Set) ||
                              given[0].isKind(ObjectKind::Generator) || given[0].isKind(ObjectKind::Iterator)))
        return library.interpreter().toVector(given[0]);
    return given;
}

void addColumnOperators(Library &library, ClassBuilder &builder)
{
    addComparisons(library, builder);
    addArithmetic(library, builder);
    addModifiers(library, builder);
    builder.method("__and__",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return booleanPair(library, self, arguments, false); });
    builder.method("__or__",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return booleanPair(library, self, arguments, true); });
    builder.method("op",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return customOperator(library, self, arguments, false); });
    builder.method("bool_op",
                   [&library](Interpreter &, const Value &self, Arguments &arguments) { return customOperator(library, self, arguments, true); });
    builder.method("__hash__", [](Interpreter &, const Value &self, Arguments &) {
        return Value::integer(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(self.object()) >> 4U));
    });
    builder.method("__bool__", [&library](Interpreter &, const Value &self, Arguments &) { return Value::boolean(truthOf(library, self)); });
    builder.method("__getitem__", [&library](Interpreter &, const Value &self, Arguments &arguments) {
        return getItemOf(library, self, arguments.positional.at(0));
    });
    builder.method("__getattr__", [&library](Interpreter &interpreter, const Value &self, Arguments &arguments) {
        const std::string name(Interpreter::text(arguments.positional.at(0)));
        if (Value typed = typedAttribute(library, self, name))
            return typed;
        interpreter.raise("AttributeError",
                          "Neither '" + interpreter.className(self) + "' object nor 'Comparator' object has an attribute '" + name + "'");
    });
    // `table` of a column of a lightweight table(), alias or subquery; Column has its own.
    builder.property("table", [&library](Interpreter &interpreter, const Value &self, Arguments &) {
        const auto *column = Interpreter::payloadAs<ColumnPayload>(self);
        if (column == nullptr)
            interpreter.raise("AttributeError", "'" + interpreter.className(self) + "' object has no attribute 'table'");
        const Value owner = column->table == nullptr ? Value() : fromObject(library, column->table.get());
        return owner ? owner : Value::none();
    });
}

void addCoreOperatorModules(ModuleTable &table)
{
    const NameMaker makeOperatorName = [](Library &library, std::string_view name) {
        // sqlalchemy.sql.operators: functions of two sides, for any(operator=) and the like.
        static const std::map<std::string_view, BinaryKind> kKinds = {
            {"eq", BinaryKind::Equal},   {"ne", BinaryKind::NotEqual},     {"lt", BinaryKind::Less},      {"le", BinaryKind::LessEqual},
            {"gt", BinaryKind::Greater}, {"ge", BinaryKind::GreaterEqual}, {"like_op", BinaryKind::Like}, {"ilike_op", BinaryKind::ILike},
            {"add", BinaryKind::Add},    {"concat_op", BinaryKind::Concat}};
        const BinaryKind kind = kKinds.at(name);
        return library.interpreter().function(name, [&library, kind](Interpreter &, const Value &, Arguments &arguments) {
            return compareValues(library, kind, arguments.positional.at(0), arguments.positional.at(1));
        });
    };
    std::vector<ModuleName> names;
    for (const char *name : {"eq", "ne", "lt", "le", "gt", "ge", "like_op", "ilike_op", "add", "concat_op"})
        names.push_back({name, makeOperatorName});
    table.add({"sqlalchemy.sql.operators"}, names);
}

} // namespace stillroom::script
