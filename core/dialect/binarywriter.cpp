// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressionwriter.h"

#include "dialect/expressiontypes.h"
#include "dialect/literaltext.h"

/// Operators with two sides, boolean lists and negation, grouped as SQLAlchemy's self_group() does.
namespace stillroom::dialect {

using sql::BinaryExpression;
using sql::BinaryKind;
using sql::ConstantExpression;
using sql::Expression;
using sql::ExpressionPtr;
using Place = ExpressionWriter::Place;

namespace {

QString parenthesised(const QString &text) { return QLatin1Char('(') + text + QLatin1Char(')'); }

const BinaryExpression *asBinary(const ExpressionPtr &e) { return e ? std::get_if<BinaryExpression>(&e->node) : nullptr; }

bool isConstant(const ExpressionPtr &e, ConstantExpression::Kind kind)
{
    const auto *constant = e ? std::get_if<ConstantExpression>(&e->node) : nullptr;
    return constant && constant->kind == kind;
}

/// `x == None`: IS NULL.
bool isNull(const ExpressionPtr &e)
{
    if (isConstant(e, ConstantExpression::Kind::Null))
        return true;
    const auto *bound = e ? std::get_if<sql::BoundValue>(&e->node) : nullptr;
    return bound && bound->name.isEmpty() && !e->type && bound->value.kind == sql::Literal::Kind::Null;
}

/// is_boolean(): operators whose result needs no `= 1`.
bool isBooleanOperator(const ExpressionPtr &e)
{
    if (const auto *binary = asBinary(e))
        return isComparison(binary->kind) || binary->isComparison;
    if (const auto *unary = e ? std::get_if<sql::UnaryExpression>(&e->node) : nullptr)
        return unary->kind == sql::UnaryExpression::Kind::Not || unary->kind == sql::UnaryExpression::Kind::Exists;
    return e && std::holds_alternative<sql::BooleanClauses>(e->node);
}

/// ANY and ALL.
bool isAggregate(const ExpressionPtr &e)
{
    const auto *unary = e ? std::get_if<sql::UnaryExpression>(&e->node) : nullptr;
    return unary && (unary->kind == sql::UnaryExpression::Kind::Any || unary->kind == sql::UnaryExpression::Kind::All);
}

std::optional<OperatorPlace> unaryPlace(const sql::UnaryExpression &unary)
{
    using Kind = sql::UnaryExpression::Kind;
    switch (unary.kind) {
    case Kind::Not:
        return OperatorPlace{.role = Against::Not};
    case Kind::Negative:
        return OperatorPlace{.role = Against::Negative};
    case Kind::BitwiseNot:
        return OperatorPlace{.role = Against::BitwiseNot};
    case Kind::Exists:
        return OperatorPlace{.role = Against::Exists};
    case Kind::Distinct:
        return OperatorPlace{.role = Against::Distinct};
    case Kind::Any:
    case Kind::All:
        return OperatorPlace{.role = Against::AnyAll};
    case Kind::Custom:
        return OperatorPlace{.role = Against::Binary, .kind = BinaryKind::Custom};
    case Kind::Ascending:
    case Kind::Descending:
    case Kind::NullsFirst:
    case Kind::NullsLast:
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

bool isPlainElement(const ExpressionPtr &e)
{
    return std::holds_alternative<sql::ColumnReference>(e->node) || std::holds_alternative<sql::LiteralColumn>(e->node) ||
           std::holds_alternative<sql::BoundValue>(e->node) || std::holds_alternative<ConstantExpression>(e->node) ||
           std::holds_alternative<sql::FunctionCall>(e->node) || std::holds_alternative<sql::CaseExpression>(e->node) ||
           std::holds_alternative<sql::CastExpression>(e->node) || std::holds_alternative<sql::ExtractExpression>(e->node) ||
           std::holds_alternative<sql::LabelExpression>(e->node);
}

bool isFlagNegation(const sql::UnaryExpression &unary)
{
    if (unary.kind != sql::UnaryExpression::Kind::Not || !unary.operand)
        return false;
    const auto *inner = std::get_if<sql::UnaryExpression>(&unary.operand->node);
    return inner ? isFlagNegation(*inner) : isFlagOperand(unary.operand);
}

bool isFlagOperand(const ExpressionPtr &e)
{
    if (const auto *binary = asBinary(e)) // one that has no opposite
        return (!negated(binary->kind) || isAggregate(binary->right)) && expressionAffinity(e) == Affinity::Boolean;
    const bool isElement =
        isPlainElement(e) || std::holds_alternative<sql::TypeCoerce>(e->node) || std::holds_alternative<sql::ScalarSubquery>(e->node);
    return isElement && expressionAffinity(e) == Affinity::Boolean;
}

namespace {

/// SQLAlchemy's JSON index type writes SQLite's path of a key or position.
BinaryExpression withSqlitePath(BinaryExpression b)
{
    if (b.third) {
        b.right = b.third;
        return b;
    }
    const auto *bound = std::get_if<sql::BoundValue>(&b.right->node);
    if (!bound)
        return b;
    sql::BoundValue path = *bound;
    const bool isPosition = path.value.kind == sql::Literal::Kind::Integer;
    path.value.text = isPosition ? QStringLiteral("$[%1]").arg(path.value.text) : QStringLiteral("$.\"%1\"").arg(path.value.text);
    path.value.kind = sql::Literal::Kind::String;
    b.right = sql::makeExpression(path, naturalType(path.value));
    return b;
}

} // namespace

/// What NOT makes of an operator; nullopt: NOT is written, as before what stands beside ANY and ALL.
std::optional<BinaryKind> ExpressionWriter::opposite(const BinaryExpression &b) const
{
    return isAggregate(b.right) && !m_spelling.options.sqlalchemy14 ? std::nullopt : negated(b.kind);
}

/// NOT twice over an operator that has an opposite: that operator again. Null: it is something else.
ExpressionPtr ExpressionWriter::flippedTwice(const sql::UnaryExpression &outer) const
{
    using Kind = sql::UnaryExpression::Kind;
    const auto *inner = outer.operand ? std::get_if<sql::UnaryExpression>(&outer.operand->node) : nullptr;
    if (outer.kind != Kind::Not || inner == nullptr || inner->kind != Kind::Not)
        return nullptr;
    const auto *binary = asBinary(inner->operand);
    return binary != nullptr && opposite(*binary) ? inner->operand : nullptr;
}

QString ExpressionWriter::asBoolean(const ExpressionPtr &e, bool isTrue, const Place &place)
{
    const QString text = asBinary(e) ? parenthesised(expression(e, place)) : expression(e, place);
    if (m_spelling.isPostgreSql() || isBooleanOperator(e))
        return isTrue ? text : QLatin1String("NOT ") + text;
    return text + (isTrue ? QLatin1String(" = 1") : QLatin1String(" = 0"));
}

QString ExpressionWriter::grouped(const ExpressionPtr &e, const OperatorPlace &against, const Place &place)
{
    if (!e)
        return expression(e, place);
    const bool wantsBoolean = against.role == Against::And || against.role == Against::Or || against.role == Against::AsBoolean;
    const auto inParentheses = [&] { return parenthesised(expression(e, place)); };
    if (const auto *label = std::get_if<sql::LabelExpression>(&e->node)) { // Label.self_group(): that of what it names
        const bool isOperand = wantsBoolean || against.role == Against::Binary || against.role == Against::In || against.role == Against::Negative ||
                               against.role == Against::BitwiseNot || against.role == Against::Collate;
        if (isOperand && !(place.orderLabels && place.orderLabels->contains(labelIdentity(*label)))) {
            // -a.label('k') among the columns of a SELECT is no column with a name of its own: the label shows
            const bool isShown =
                (against.role == Against::Negative || against.role == Against::BitwiseNot) && place.withinColumns && !place.withinLabel;
            const QString text = grouped(label->operand, against, place);
            return isShown ? text + QLatin1String(" AS ") + quotedIdentifier(m_spelling.kind, label->label) : text;
        }
    }
    if (const auto *binary = asBinary(e)) {
        const OperatorPlace own{.role = Against::Binary, .kind = effectiveKind(*binary), .customPrecedence = binary->precedence};
        const bool isNegatedValue = against.role == Against::Not && !isBooleanOperator(e);
        return needsGrouping(own, against, m_spelling.options.sqlalchemy14) || isNegatedValue ? inParentheses() : expression(e, place);
    }
    if (const auto *clauses = std::get_if<sql::BooleanClauses>(&e->node)) {
        if (clauses->clauses.size() < 2)
            return clauses->clauses.empty() ? QString() : grouped(clauses->clauses.front(), against, place);
        return needsGrouping({.role = clauses->isOr ? Against::Or : Against::And}, against, m_spelling.options.sqlalchemy14) ? inParentheses()
                                                                                                                             : expression(e, place);
    }
    if (const auto *unary = std::get_if<sql::UnaryExpression>(&e->node)) {
        if (const ExpressionPtr same = flippedTwice(*unary))
            return grouped(same, against, place);
        // Not over something that only flips is what it flips to.
        if (unary->kind == sql::UnaryExpression::Kind::Not) {
            if (const auto *inner = asBinary(unary->operand)) {
                if (const auto flipped = opposite(*inner)) {
                    BinaryExpression other = *inner;
                    other.kind = *flipped;
                    return grouped(sql::makeExpression(other, e->type), against, place);
                }
            }
            if (unary->operand && isFlagNegation(*unary))
                return expression(e, place);
        }
        const auto own = unaryPlace(*unary);
        return own && needsGrouping(*own, against, m_spelling.options.sqlalchemy14) ? inParentheses() : expression(e, place);
    }
    if (const auto *coerce = std::get_if<sql::TypeCoerce>(&e->node)) { // it groups what it is of, not itself
        if (std::holds_alternative<sql::BoundValue>(coerce->operand->node))
            return wantsBoolean && expressionAffinity(e) == Affinity::Boolean ? asBoolean(e, true, place) : expression(e, place);
        Place inner = place;
        inner.literalType = coerce->type;
        return grouped(coerce->operand, against, inner);
    }
    if (const auto *collate = std::get_if<sql::CollateExpression>(&e->node); collate)
        return needsGrouping({.role = Against::Collate}, against, m_spelling.options.sqlalchemy14) ? inParentheses() : expression(e, place);
    if (const auto *call = std::get_if<sql::FunctionCall>(&e->node);
        call && call->filter && !call->over && needsGrouping({.role = Against::Filter}, against, m_spelling.options.sqlalchemy14))
        return inParentheses();
    if (std::holds_alternative<sql::TextClause>(e->node))
        return against.role == Against::In ? inParentheses() : expression(e, place);
    if (std::holds_alternative<sql::ArrayExpression>(e->node))
        return against.role == Against::AnyAll ? inParentheses() : expression(e, place);
    if (isPlainElement(e)) {
        if (wantsBoolean && expressionAffinity(e) == Affinity::Boolean)
            return asBoolean(e, true, place);
        if (against.role == Against::AnyAll)
            return inParentheses();
    }
    return expression(e, place);
}

QString ExpressionWriter::negatedText(const ExpressionPtr &operand, const Place &place)
{
    if (const auto *label = std::get_if<sql::LabelExpression>(&operand->node)) { // what is done to a label is done to what it names
        const QString text = negatedText(label->operand, place);
        const bool isShown = place.withinColumns && !place.withinLabel;
        return isShown ? text + QLatin1String(" AS ") + quotedIdentifier(m_spelling.kind, label->label) : text;
    }
    if (const auto *inner = asBinary(operand)) {
        if (const auto flipped = opposite(*inner)) {
            BinaryExpression other = *inner;
            other.kind = *flipped;
            return expression(sql::makeExpression(other), place);
        }
    }
    if (isFlagOperand(operand))
        return asBoolean(operand, false, place);
    if (const auto *inner = std::get_if<sql::UnaryExpression>(&operand->node); inner && inner->kind == sql::UnaryExpression::Kind::Not) {
        if (const auto *binary = asBinary(inner->operand); binary && opposite(*binary))
            return expression(inner->operand, place);
        if (isFlagOperand(inner->operand))
            return asBoolean(inner->operand, true, place);
    }
    return QLatin1String("NOT ") + grouped(operand, {.role = Against::Not}, place);
}

QString ExpressionWriter::booleanClauses(const sql::BooleanClauses &list, const Place &place)
{
    using Kind = ConstantExpression::Kind;
    const Kind ends = list.isOr ? Kind::True : Kind::False;    // decides the whole list
    const Kind skipped = list.isOr ? Kind::False : Kind::True; // changes nothing
    std::vector<ExpressionPtr> left;
    for (const ExpressionPtr &clause : list.clauses) {
        if (isConstant(clause, ends))
            return expression(clause, place);
        if (!isConstant(clause, skipped))
            left.push_back(clause);
    }
    if (left.empty())
        return list.clauses.empty() ? QString() : expression(list.clauses.front(), place);
    if (left.size() == 1)
        return expression(left.front(), place);
    const OperatorPlace against{.role = list.isOr ? Against::Or : Against::And};
    Place inner = place;
    inner.inOperator = inner.inOperator || !list.isCriteria;
    QStringList texts;
    for (const ExpressionPtr &clause : left)
        texts += grouped(clause, against, inner);
    return texts.join(list.isOr ? QLatin1String(" OR ") : QLatin1String(" AND "));
}

QString ExpressionWriter::side(const ExpressionPtr &e, const BinaryExpression &b, BinaryKind kind, Place place, const sql::SqlTypePtr &beside)
{
    place.orderLabels = nullptr;
    place.literalType = nullptr;
    if (const auto *bound = e ? std::get_if<sql::BoundValue>(&e->node) : nullptr; bound && !e->type)
        place.literalType = comparedType(beside, bound->value);
    return grouped(e, {.role = Against::Binary, .kind = kind, .customPrecedence = b.precedence}, place);
}

QString ExpressionWriter::genericBinary(const BinaryExpression &b, BinaryKind kind, const QString &text, bool eager, Place place)
{
    const bool wasInOperator = place.inOperator;
    place.inOperator = true;
    place.eagerGrouping = eager;
    const QString left = side(b.left, b, kind, place, expressionType(b.right)); // first: both may count up the same anonymous names
    const QString whole = left + text + side(b.right, b, kind, place, expressionType(b.left));
    return wasInOperator && eager ? parenthesised(whole) : whole;
}

QString ExpressionWriter::likeBinary(const BinaryExpression &b, BinaryKind kind, const Place &place)
{
    const bool isCaseless = kind == BinaryKind::ILike || kind == BinaryKind::NotILike;
    const bool isNegated = kind == BinaryKind::NotLike || kind == BinaryKind::NotILike;
    QString left = side(b.left, b, kind, place, expressionType(b.right));
    QString right = side(b.right, b, kind, place, expressionType(b.left));
    if (isCaseless && m_spelling.isSqlite()) {
        left = QStringLiteral("lower(%1)").arg(left);
        right = QStringLiteral("lower(%1)").arg(right);
    }
    const QString word = isCaseless && m_spelling.isPostgreSql() ? QStringLiteral("ILIKE") : QStringLiteral("LIKE");
    const QString text = left + (isNegated ? QLatin1String(" NOT ") : QLatin1String(" ")) + word + QLatin1Char(' ') + right;
    return b.escape ? text + QLatin1String(" ESCAPE ") + stringLiteral(m_spelling, *b.escape) : text;
}

/// contains(), startswith(), endswith() and their caseless and negated forms.
QString ExpressionWriter::patternBinary(const BinaryExpression &b, BinaryKind kind, const Place &place)
{
    const auto is = [kind](BinaryKind one, BinaryKind two) { return kind == one || kind == two; };
    const bool contains = is(BinaryKind::Contains, BinaryKind::NotContains) || is(BinaryKind::IContains, BinaryKind::NotIContains);
    const bool starts = is(BinaryKind::StartsWith, BinaryKind::NotStartsWith) || is(BinaryKind::IStartsWith, BinaryKind::NotIStartsWith);
    const bool isCaseless = is(BinaryKind::IContains, BinaryKind::NotIContains) || is(BinaryKind::IStartsWith, BinaryKind::NotIStartsWith) ||
                            is(BinaryKind::IEndsWith, BinaryKind::NotIEndsWith);
    const bool isNegated = is(BinaryKind::NotContains, BinaryKind::NotStartsWith) || is(BinaryKind::NotEndsWith, BinaryKind::NotIContains) ||
                           is(BinaryKind::NotIStartsWith, BinaryKind::NotIEndsWith);
    const bool lowers = isCaseless && m_spelling.isSqlite();
    QString left = side(b.left, b, kind, place, expressionType(b.right));
    // The right side is grouped twice: by the operator, and by the || that the percent sign joins it with.
    QString right = side(b.right, b, kind, place, expressionType(b.left));
    if (lowers) {
        left = QStringLiteral("lower(%1)").arg(left);
        right = QStringLiteral("lower(%1)").arg(right);
    }
    const QString percent = QStringLiteral("'%'");
    if (contains)
        right = percent + QLatin1String(" || ") + right + QLatin1String(" || ") + percent;
    else if (starts)
        right += QLatin1String(" || ") + percent;
    else
        right = percent + QLatin1String(" || ") + right;
    const QString word = isCaseless && m_spelling.isPostgreSql() ? QStringLiteral("ILIKE") : QStringLiteral("LIKE");
    const QString text = left + (isNegated ? QLatin1String(" NOT ") : QLatin1String(" ")) + word + QLatin1Char(' ') + right;
    return b.escape ? text + QLatin1String(" ESCAPE ") + stringLiteral(m_spelling, *b.escape) : text;
}

QString ExpressionWriter::regexpBinary(const BinaryExpression &b, BinaryKind kind, const Place &outer)
{
    Place place = outer;
    place.inOperator = place.inOperator || (kind != BinaryKind::RegexpReplace && (m_spelling.isSqlite() || b.flags.isEmpty()));
    const QString left = side(b.left, b, kind, place, expressionType(b.right));
    const QString right = side(b.right, b, kind, place, expressionType(b.left));
    if (kind == BinaryKind::RegexpReplace) {
        if (m_spelling.isSqlite())
            fail(QStringLiteral("sqlite dialect does not support regular expression replacements"));
        const QString replacement = side(b.third, b, kind, place, expressionType(b.left));
        const QString flags = b.flags.isEmpty() ? QString() : QLatin1String(", ") + stringLiteral(m_spelling, b.flags);
        return QLatin1String("REGEXP_REPLACE(") + left + QLatin1String(", ") + right + QLatin1String(", ") + replacement + flags + QLatin1Char(')');
    }
    const bool isNegated = kind == BinaryKind::NotRegexpMatch;
    if (m_spelling.isSqlite())
        return left + (isNegated ? QLatin1String(" NOT REGEXP ") : QLatin1String(" REGEXP ")) + right;
    const QString base = isNegated ? QStringLiteral("!~") : QStringLiteral("~");
    if (b.flags.isEmpty())
        return left + QLatin1Char(' ') + base + QLatin1Char(' ') + right;
    if (b.flags == QLatin1String("i"))
        return left + QLatin1Char(' ') + base + QLatin1String("* ") + right;
    return left + QLatin1Char(' ') + base + QLatin1String(" CONCAT('(?', ") + stringLiteral(m_spelling, b.flags) + QLatin1String(", ')', ") + right +
           QLatin1Char(')');
}

/// The values of IN, in parentheses, from a bound list.
QString ExpressionWriter::inList(const BinaryExpression &b, BinaryKind kind, const Place &place)
{
    const auto &bound = std::get<sql::BoundValue>(b.right->node);
    const auto *tuple = std::get_if<sql::TupleExpression>(&b.left->node);
    const std::vector<sql::Literal> &items = bound.value.items;
    if (items.empty()) {
        if (m_spelling.isSqlite())
            return QStringLiteral("(SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
        return kind == BinaryKind::In ? QStringLiteral("(NULL) AND (1 != 1)") : QStringLiteral("(NULL) OR (1 = 1)");
    }
    if (m_spelling.options.refusesValues)
        fail(QStringLiteral("the script compiles SQL with placeholders for its values"));
    if (bound.value.varies)
        m_notes += QStringLiteral("a value varies from run to run");
    // The first value decides for all: beside a FLOAT, [2, 0.25] are integers to SQLAlchemy.
    const sql::SqlTypePtr type = b.right->type ? b.right->type : comparedType(expressionType(b.left), items.front());
    QStringList texts;
    for (const sql::Literal &item : items) {
        if (item.kind == sql::Literal::Kind::List && tuple) {
            QStringList members;
            for (size_t i = 0; i < item.items.size(); ++i) {
                const sql::SqlTypePtr own = i < tuple->items.size() ? comparedType(expressionType(tuple->items[i]), item.items[i]) : nullptr;
                members += taken(literalText(m_spelling, item.items[i], own.get()));
            }
            texts += parenthesised(members.join(QLatin1String(", ")));
            continue;
        }
        texts += taken(literalText(m_spelling, item, type.get()));
    }
    Q_UNUSED(place)
    const bool hasTuples = tuple && items.front().kind == sql::Literal::Kind::List;
    return QLatin1Char('(') + (hasTuples && m_spelling.isSqlite() ? QLatin1String("VALUES ") : QLatin1String("")) + texts.join(QLatin1String(", ")) +
           QLatin1Char(')');
}

QString ExpressionWriter::inBinary(const BinaryExpression &b, BinaryKind kind, const Place &outer)
{
    Place place = outer;
    place.inOperator = true;
    place.eagerGrouping = false;
    const QString left = side(b.left, b, kind, place, nullptr);
    QString right;
    const auto *bound = b.right ? std::get_if<sql::BoundValue>(&b.right->node) : nullptr;
    if (bound && bound->value.kind == sql::Literal::Kind::List) {
        right = inList(b, kind, place);
    } else if (const auto *items = b.right ? std::get_if<sql::TupleExpression>(&b.right->node) : nullptr) {
        QStringList texts;
        for (const ExpressionPtr &item : items->items)
            texts += side(item, b, kind, place, expressionType(b.left));
        right = parenthesised(texts.join(QLatin1String(", ")));
    } else {
        right = grouped(b.right, {.role = Against::In}, place);
    }
    const QString text = left + operatorText(kind) + right;
    return kind == BinaryKind::NotIn ? parenthesised(text) : text;
}

QString ExpressionWriter::jsonBinary(const Expression &e, const BinaryExpression &b, const Place &place)
{
    const sql::SqlTypePtr type = e.type ? e.type : expressionType(b.left);
    const bool isJson = !type || affinity(*type) == Affinity::Json;
    const bool isPath = b.kind == BinaryKind::JsonPathGetItem;
    if (m_spelling.isPostgreSql()) {
        if (!isJson && !place.castApplied) {
            Place inner = place;
            inner.castApplied = true;
            return QLatin1String("CAST(") + jsonBinary(e, b, inner) + QLatin1String(" AS ") + taken(typeText(m_spelling.kind, *type)) +
                   QLatin1Char(')');
        }
        const sql::SqlTypePtr leftType = expressionType(b.left);
        const bool hasSubscripts = m_spelling.options.serverVersion == 0 || m_spelling.options.serverVersion >= 140000;
        if (isJson && !isPath && !place.castApplied && leftType && leftType->name == QLatin1String("JSONB") && hasSubscripts &&
            !m_spelling.options.sqlalchemy14)
            return jsonSubscript(b, place);
        Place inner = place;
        inner.castApplied = false;
        const QString arrow = isPath ? (place.castApplied ? QStringLiteral(" #>> ") : QStringLiteral(" #> "))
                                     : (place.castApplied ? QStringLiteral(" ->> ") : QStringLiteral(" -> "));
        BinaryExpression plainIndex = b;
        if (const auto *bound = std::get_if<sql::BoundValue>(&b.right->node))
            plainIndex.right = sql::makeExpression(*bound, naturalType(bound->value));
        return genericBinary(plainIndex, b.kind, arrow, true, inner);
    }
    const QString left = side(b.left, b, b.kind, place, nullptr);
    const ExpressionPtr &index = isPath && b.third ? b.third : b.right;
    QString path;
    const auto *bound = std::get_if<sql::BoundValue>(&index->node);
    if (isPath)
        path = side(index, b, b.kind, place, nullptr);
    else if (bound && bound->value.kind == sql::Literal::Kind::Integer)
        path = QStringLiteral("'$[%1]'").arg(bound->value.text);
    else if (bound)
        path = stringLiteral(m_spelling, QStringLiteral("$.\"%1\"").arg(bound->value.text));
    else
        path = side(index, b, b.kind, place, nullptr);
    const QString extract = QLatin1String("JSON_EXTRACT(") + left + QLatin1String(", ") + path + QLatin1Char(')');
    return isJson ? QStringLiteral("JSON_QUOTE(") + extract + QLatin1Char(')') : extract;
}

/// PostgreSQL 14 and newer: "8.14.5. jsonb Subscripting".
QString ExpressionWriter::jsonSubscript(const BinaryExpression &b, Place place)
{
    place.inOperator = false;
    place.eagerGrouping = false;
    const auto *outer = std::get_if<BinaryExpression>(&b.left->node);
    const bool isNested = outer && outer->kind == BinaryKind::JsonGetItem;
    const QString left = isNested ? expression(b.left, place) : side(b.left, b, b.kind, place, nullptr);
    BinaryExpression plainIndex = b;
    if (const auto *bound = std::get_if<sql::BoundValue>(&b.right->node))
        plainIndex.right = sql::makeExpression(*bound, naturalType(bound->value));
    return left + QLatin1Char('[') + expression(plainIndex.right, place) + QLatin1Char(']');
}

QString ExpressionWriter::divideBinary(const BinaryExpression &b, BinaryKind kind, const Place &place)
{
    const QString left = side(b.left, b, kind, place, expressionType(b.right));
    const QString right = side(b.right, b, kind, place, expressionType(b.left));
    const sql::SqlTypePtr leftType = expressionType(b.left);
    sql::SqlTypePtr rightType = expressionType(b.right);
    if (const auto *bound = std::get_if<sql::BoundValue>(&b.right->node); bound && !b.right->type)
        rightType = comparedType(leftType, bound->value);
    const auto has = [](const sql::SqlTypePtr &type, Affinity wanted) { return type && affinity(*type) == wanted; };
    if (m_spelling.options.sqlalchemy14 && kind == BinaryKind::Divide) // 1.4 divides as the database does
        return left + QLatin1String(" / ") + right;
    if (kind == BinaryKind::FloorDivide) {
        const QString quotient = left + QLatin1String(" / ") + right;
        return has(leftType, Affinity::Integer) && has(rightType, Affinity::Integer) ? quotient
                                                                                     : QLatin1String("FLOOR(") + quotient + QLatin1Char(')');
    }
    if (m_spelling.isSqlite())
        return left + QLatin1String(" / (") + right + QLatin1String(" + 0.0)");
    const QString type = has(rightType, Affinity::Numeric) ? taken(typeText(m_spelling.kind, *rightType)) : QStringLiteral("NUMERIC");
    return left + QLatin1String(" / CAST(") + right + QLatin1String(" AS ") + type + QLatin1Char(')');
}

QString ExpressionWriter::binary(const Expression &e, const BinaryExpression &b, const Place &place)
{
    if (!b.left || !b.right) {
        fail(QStringLiteral("an operator lacks a side"));
        return {};
    }
    const BinaryKind kind = effectiveKind(b);
    switch (kind) {
    case BinaryKind::Equal:
    case BinaryKind::NotEqual:
        if (isNull(b.right)) {
            const BinaryKind word = kind == BinaryKind::Equal ? BinaryKind::Is : BinaryKind::IsNot;
            return side(b.left, b, word, place, nullptr) + operatorText(word) + QLatin1String("NULL");
        }
        return genericBinary(b, kind, operatorText(kind), false, place);
    case BinaryKind::Divide:
    case BinaryKind::FloorDivide:
        return divideBinary(b, kind, place);
    case BinaryKind::IsDistinctFrom:
    case BinaryKind::IsNotDistinctFrom:
        if (m_spelling.isSqlite() &&
            (std::holds_alternative<sql::BoundValue>(b.left->node) || std::holds_alternative<sql::BoundValue>(b.right->node)))
            m_notes += kPlaceholderNote;
        if (m_spelling.isSqlite())
            return genericBinary(b, kind, kind == BinaryKind::IsDistinctFrom ? QStringLiteral(" IS NOT ") : QStringLiteral(" IS "), false, place);
        return genericBinary(b, kind, operatorText(kind), false, place);
    case BinaryKind::Like:
    case BinaryKind::NotLike:
    case BinaryKind::ILike:
    case BinaryKind::NotILike:
        return likeBinary(b, kind, place);
    case BinaryKind::RegexpMatch:
    case BinaryKind::NotRegexpMatch:
    case BinaryKind::RegexpReplace:
        return regexpBinary(b, kind, place);
    case BinaryKind::In:
    case BinaryKind::NotIn:
        return inBinary(b, kind, place);
    case BinaryKind::Between:
    case BinaryKind::NotBetween: {
        const QString word = kind == BinaryKind::Between ? QStringLiteral(" BETWEEN ") : QStringLiteral(" NOT BETWEEN ");
        const QString symmetric = b.flags == QLatin1String("symmetric") ? QStringLiteral("SYMMETRIC ") : QString();
        Place bound = place;
        bound.inOperator = true;
        const auto end = [&](const ExpressionPtr &limit) {
            Place inner = bound;
            if (const auto *value = limit ? std::get_if<sql::BoundValue>(&limit->node) : nullptr; value && !limit->type)
                inner.literalType = comparedType(expressionType(b.left), value->value);
            return expression(limit, inner); // SQLAlchemy groups neither end
        };
        const QString from = side(b.left, b, kind, bound, nullptr) + word + symmetric + end(b.right);
        return from + QLatin1String(" AND ") + end(b.third);
    }
    case BinaryKind::Contains:
    case BinaryKind::NotContains:
    case BinaryKind::StartsWith:
    case BinaryKind::NotStartsWith:
    case BinaryKind::EndsWith:
    case BinaryKind::NotEndsWith:
    case BinaryKind::IContains:
    case BinaryKind::NotIContains:
    case BinaryKind::IStartsWith:
    case BinaryKind::NotIStartsWith:
    case BinaryKind::IEndsWith:
    case BinaryKind::NotIEndsWith:
        return patternBinary(b, kind, place);
    case BinaryKind::Match:
    case BinaryKind::NotMatch: {
        const QString left = side(b.left, b, kind, place, nullptr);
        const QString right = side(b.right, b, kind, place, expressionType(b.left));
        if (m_spelling.isSqlite())
            return left + operatorText(kind) + right;
        const QString regconfig = b.flags.isEmpty() ? QString() : stringLiteral(m_spelling, b.flags) + QLatin1String(", ");
        return (kind == BinaryKind::NotMatch ? QLatin1String("NOT ") : QLatin1String("")) + left + QLatin1String(" @@ plainto_tsquery(") + regconfig +
               right + QLatin1Char(')');
    }
    case BinaryKind::BitwiseXor:
        if (m_spelling.isPostgreSql())
            return genericBinary(b, kind, QStringLiteral(" # "), false, place);
        return parenthesised(genericBinary(b, BinaryKind::BitwiseOr, QStringLiteral(" | "), true, place) + QLatin1String(" - ") +
                             genericBinary(b, BinaryKind::BitwiseAnd, QStringLiteral(" & "), true, place));
    case BinaryKind::GetItem:
        if (m_spelling.isSqlite())
            fail(QStringLiteral("SQLite has no arrays"));
        return side(b.left, b, kind, place, nullptr) + QLatin1Char('[') + side(b.right, b, kind, place, nullptr) + QLatin1Char(']');
    case BinaryKind::JsonGetItem:
    case BinaryKind::JsonPathGetItem:
        return jsonBinary(e, b, place);
    case BinaryKind::Custom:
        if (b.flags == QLatin1String("json index") && m_spelling.isSqlite())
            return genericBinary(withSqlitePath(b), kind, QLatin1Char(' ') + b.custom + QLatin1Char(' '), b.eagerGrouping, place);
        return genericBinary(b, kind, QLatin1Char(' ') + b.custom + QLatin1Char(' '), b.eagerGrouping, place);
    case BinaryKind::Less:
    case BinaryKind::LessEqual:
    case BinaryKind::Greater:
    case BinaryKind::GreaterEqual:
    case BinaryKind::Add:
    case BinaryKind::Subtract:
    case BinaryKind::Multiply:
    case BinaryKind::Modulo:
    case BinaryKind::Concat:
    case BinaryKind::Is:
    case BinaryKind::IsNot:
    case BinaryKind::BitwiseAnd:
    case BinaryKind::BitwiseOr:
    case BinaryKind::ShiftLeft:
    case BinaryKind::ShiftRight:
        return genericBinary(b, kind, operatorText(kind), false, place);
    }
    return {};
}

} // namespace stillroom::dialect
