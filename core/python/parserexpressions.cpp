// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

/// Operators, conditionals, lambda, yield (Python reference, "Expressions").
namespace stillroom::python {

namespace {

using T = TokenKind;

constexpr auto kPrecedences = [] {
    std::array<std::uint8_t, kTokenKinds> table{};
    const auto set = [&table](T kind, int precedence) { table[static_cast<std::size_t>(kind)] = static_cast<std::uint8_t>(precedence); };
    set(T::Or, precedence::kOr);
    set(T::And, precedence::kAnd);
    for (const T kind : {T::EqualEqual, T::NotEqual, T::Less, T::LessEqual, T::Greater, T::GreaterEqual, T::Is, T::In, T::Not})
        set(kind, precedence::kComparison);
    set(T::Pipe, precedence::kBitOr);
    set(T::Caret, precedence::kBitXor);
    set(T::Ampersand, precedence::kBitAnd);
    set(T::LeftShift, precedence::kShift);
    set(T::RightShift, precedence::kShift);
    set(T::Plus, precedence::kSum);
    set(T::Minus, precedence::kSum);
    for (const T kind : {T::Star, T::Slash, T::DoubleSlash, T::Percent, T::At})
        set(kind, precedence::kTerm);
    set(T::DoubleStar, precedence::kPower);
    return table;
}();

int precedenceOf(T kind) { return kPrecedences[static_cast<std::size_t>(kind)]; }

BinaryOperator binaryOperator(T kind)
{
    using enum BinaryOperator;
    switch (kind) {
    case T::Plus:
        return Add;
    case T::Minus:
        return Subtract;
    case T::Star:
        return Multiply;
    case T::At:
        return MatrixMultiply;
    case T::Slash:
        return Divide;
    case T::DoubleSlash:
        return FloorDivide;
    case T::Percent:
        return Modulo;
    case T::LeftShift:
        return LeftShift;
    case T::RightShift:
        return RightShift;
    case T::Pipe:
        return BitOr;
    case T::Caret:
        return BitXor;
    case T::Ampersand:
        return BitAnd;
    default: // the table of precedences has no other token
        return Power;
    }
}

} // namespace

const Expression *Grammar::parseExpression()
{
    const Level level(*this);
    if (is(T::Lambda))
        return parseLambda();
    const Position start = m_token.start;
    const Expression *body = parseOperators(precedence::kOr);
    m_operand = body;
    m_operandStart = start;
    m_operandStop = m_previousStop;
    return is(T::If) ? parseConditional(body, start) : body;
}

const Expression *Grammar::parseConditional(const Expression *body, Position start)
{
    advance();
    const Expression *test = parseOperators(precedence::kOr);
    if (!is(T::Else)) {
        if (!is(T::Colon))
            fail(start, "expected 'else' after 'if' expression");
        unexpected();
    }
    advance();
    const Expression *otherwise = parseExpression();
    return make<Conditional>(ExpressionKind::Conditional, start, test, body, otherwise);
}

const Expression *Grammar::parseNamedExpression()
{
    const Position start = m_token.start;
    const char *begin = m_token.begin;
    const Expression *value = parseExpression();
    m_namedStop = m_previousStop;
    if (!is(T::ColonEqual))
        return value;
    if (!isLone(value, begin))
        fail(value->position, "cannot use assignment expressions with " + expressionName(value));
    const auto *target = static_cast<const Name *>(value);
    forbidDebug(target->id, start);
    m_needsScopeCheck = true;
    advance();
    const Expression *assigned = parseExpression();
    return make<NamedExpression>(ExpressionKind::NamedExpression, start, target, assigned);
}

/// A name that is not in parentheses, so that it can be a keyword, a walrus target or a simple annotation.
bool Grammar::isLone(const Expression *value, const char *begin) const { return value->kind == ExpressionKind::Name && *begin != '('; }

const Expression *Grammar::parseStarNamedExpression()
{
    if (!is(T::Star))
        return parseNamedExpression();
    const Position start = m_token.start;
    advance();
    if ((is(T::Comma) && m_lexer.depth() > 0) || is(T::RightParenthesis) || is(T::RightBracket) || is(T::RightBrace))
        fail(m_token.start, "Invalid star expression");
    const Expression *value = parseOperators(precedence::kBitOr);
    return make<Starred>(ExpressionKind::Starred, start, value);
}

const Expression *Grammar::parseStarExpressions()
{
    const auto parseOne = [this]() -> const Expression * {
        if (!is(T::Star))
            return parseExpression();
        return parseStarNamedExpression();
    };
    const Position start = m_token.start;
    const Expression *first = parseOne();
    if (!is(T::Comma))
        return first;
    Expressions elements(*this, m_expressions);
    elements.add(first);
    while (accept(T::Comma)) {
        if (!is(T::Star) && !startsExpression(m_token.kind))
            break;
        elements.add(parseOne());
    }
    return make<Sequence>(ExpressionKind::Tuple, start, elements.finish());
}

const Expression *Grammar::parseYieldOrStarExpressions() { return is(T::Yield) ? parseYield() : parseStarExpressions(); }

/// Targets of `for`, up to `in`.
const Expression *Grammar::parseTargetList()
{
    const auto parseOne = [this]() -> const Expression * {
        if (is(T::Star))
            return parseStarNamedExpression();
        return parseOperators(precedence::kBitOr);
    };
    const Position start = m_token.start;
    const Expression *target = parseOne();
    if (is(T::Comma)) {
        Expressions elements(*this, m_expressions);
        elements.add(target);
        while (accept(T::Comma)) {
            if (!is(T::Star) && !startsExpression(m_token.kind))
                break;
            elements.add(parseOne());
        }
        target = make<Sequence>(ExpressionKind::Tuple, start, elements.finish());
    }
    if (const Expression *invalid = invalidTarget(target, false))
        fail(invalid->position, "cannot assign to " + expressionName(invalid));
    checkStars(target);
    return target;
}

const Expression *Grammar::parseOperators(int precedence)
{
    const Position start = m_token.start;
    const bool isPrefix = is(T::Minus) || is(T::Not) || is(T::Plus) || is(T::Tilde);
    const Expression *left = isPrefix ? parsePrefix(precedence) : parsePrimary();
    for (int next = precedenceOf(m_token.kind); next >= precedence; next = precedenceOf(m_token.kind))
        left = parseInfix(left, start, next);
    return left;
}

const Expression *Grammar::parsePrefix(int precedence)
{
    const Level level(*this);
    const Position start = m_token.start;
    UnaryOperator op = UnaryOperator::Not;
    int operandPrecedence = precedence::kUnary;
    switch (m_token.kind) {
    case T::Not:
        if (precedence >= precedence::kTerm && attempt([this] { return (advance(), parseOperators(precedence::kNot)) != nullptr; }))
            fail(start, "'not' after an operator must be parenthesized");
        if (precedence > precedence::kNot)
            unexpected();
        operandPrecedence = precedence::kNot;
        break;
    case T::Plus:
        op = UnaryOperator::Plus;
        break;
    case T::Minus:
        op = UnaryOperator::Minus;
        break;
    default:
        op = UnaryOperator::Invert;
        break;
    }
    advance();
    const Expression *operand = parseOperators(operandPrecedence);
    return make<UnaryOperation>(ExpressionKind::UnaryOperation, start, op, operand);
}

const Expression *Grammar::parseInfix(const Expression *left, Position start, int precedence)
{
    switch (precedence) {
    case precedence::kOr:
    case precedence::kAnd:
        return parseBoolean(left, start, m_token.kind, precedence);
    case precedence::kComparison:
        return parseComparison(left, start);
    case precedence::kPower: {
        const Level level(*this);
        advance();
        const Expression *right = parseOperators(precedence::kUnary);
        return make<BinaryOperation>(ExpressionKind::BinaryOperation, start, BinaryOperator::Power, left, right);
    }
    default: {
        const BinaryOperator op = binaryOperator(m_token.kind);
        advance();
        const Expression *right = parseOperators(precedence + 1);
        return make<BinaryOperation>(ExpressionKind::BinaryOperation, start, op, left, right);
    }
    }
}

const Expression *Grammar::parseBoolean(const Expression *left, Position start, TokenKind kind, int precedence)
{
    Expressions values(*this, m_expressions);
    values.add(left);
    while (accept(kind))
        values.add(parseOperators(precedence + 1));
    return make<BooleanOperation>(ExpressionKind::BooleanOperation, start, kind == T::Or ? BooleanOperator::Or : BooleanOperator::And,
                                  values.finish());
}

bool Grammar::acceptComparison(ComparisonOperator &op)
{
    using enum ComparisonOperator;
    switch (m_token.kind) {
    case T::EqualEqual:
        op = Equal;
        break;
    case T::NotEqual:
        op = NotEqual;
        if (*m_token.begin == '<')
            notePython2(m_token.start, "the operator <>");
        break;
    case T::Less:
        op = Less;
        break;
    case T::LessEqual:
        op = LessEqual;
        break;
    case T::Greater:
        op = Greater;
        break;
    case T::GreaterEqual:
        op = GreaterEqual;
        break;
    case T::In:
        op = In;
        break;
    case T::Is:
        advance();
        op = accept(T::Not) ? IsNot : Is;
        return true;
    case T::Not:
        advance();
        expect(T::In);
        op = NotIn;
        return true;
    default:
        return false;
    }
    advance();
    return true;
}

const Expression *Grammar::parseComparison(const Expression *left, Position start)
{
    Gathering<ComparisonOperator> ops(*this, m_comparisons);
    Expressions comparators(*this, m_expressions);
    ComparisonOperator op{};
    while (acceptComparison(op)) {
        ops.add(op);
        comparators.add(parseOperators(precedence::kComparison + 1));
    }
    return make<Comparison>(ExpressionKind::Comparison, start, left, ops.finish(), comparators.finish());
}

const Expression *Grammar::parseLambda()
{
    const Position start = m_token.start;
    advance();
    const Parameters parameters = parseParameters(T::Colon, false);
    if (!is(T::Colon))
        unexpected();
    if (m_lexer.field().depth > 0 && m_lexer.depth() == m_lexer.field().depth)
        fail(start, "f-string: lambda expressions are not allowed without parentheses");
    const Entering scope(*this, ScopeKind::Lambda, false);
    advance();
    const Expression *body = parseExpression();
    return make<Lambda>(ExpressionKind::Lambda, start, parameters, body);
}

const Expression *Grammar::parseYield()
{
    const Position start = m_token.start;
    if (m_scope->kind == ScopeKind::Module || m_scope->kind == ScopeKind::Class)
        defer(start, "'yield' outside function");
    ++m_scope->yields;
    m_scope->lastYield = start;
    advance();
    if (is(T::From)) {
        if (m_scope->isAsync)
            defer(start, "'yield from' inside async function");
        advance();
        const Expression *value = parseExpression();
        return make<YieldFrom>(ExpressionKind::YieldFrom, start, value);
    }
    const Expression *value = is(T::Star) || startsExpression(m_token.kind) ? parseStarExpressions() : nullptr;
    if (value && value->kind == ExpressionKind::Starred)
        defer(value->position, "can't use starred expression here");
    if (m_scope->isAsync && m_scope->valueReturn)
        defer(*m_scope->valueReturn, "'return' with value in async generator");
    return make<Yield>(ExpressionKind::Yield, start, value);
}

} // namespace stillroom::python
