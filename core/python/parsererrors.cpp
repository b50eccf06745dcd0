// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

#include <algorithm>
#include <utility>

/// What is said about a script that does not parse, in CPython 3.13's words and at its places (Grammar/python.gram,
/// the invalid_ rules; Parser/pegen_errors.c for what takes precedence).
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

void Grammar::fail(Position where, std::string message) const { throw SyntaxFailure{where, std::move(message), true}; }

void Grammar::defer(Position where, std::string message)
{
    if (!m_deferred)
        m_deferred = SyntaxFailure{where, std::move(message), true};
}

void Grammar::notePython2(Position where, const char *name)
{
    if (!m_python2 && !m_isAttempt)
        m_python2 = Python2Construct{name, where};
}

void Grammar::expect(TokenKind kind, const char *message)
{
    if (!is(kind))
        fail(m_token.start, message);
    advance();
}

void Grammar::unexpected() { unexpectedOr("invalid syntax"); }

void Grammar::unexpectedOr(const char *message)
{
    const Expression *operand = m_operandStop == m_previousStop ? m_operand : nullptr;
    const Position operandStart = m_operandStart;
    if (operand && !m_isAttempt) {
        if (startsExpression(m_token.kind))
            explainTwoExpressions(operand, operandStart);
        if (is(T::Equal) && m_namedStop == m_previousStop)
            explainAssignment(operand, operandStart);
    }
    fail(m_token.start, message);
}

/// One expression right behind another.
void Grammar::explainTwoExpressions(const Expression *first, Position start)
{
    const bool isName = first->kind == ExpressionKind::Name;
    const std::string_view id = isName ? static_cast<const Name *>(first)->id : std::string_view();
    if ((id == "print" || id == "exec") && !is(T::LeftParenthesis)) {
        if (attempt([this] { return parseStarExpressions() != nullptr; }))
            fail(start, "Missing parentheses in call to '" + std::string(id) + "'. Did you mean " + std::string(id) + "(...)?");
        return;
    }
    // The level of the token before: a bracket that opens here is not around the first expression.
    const int depth = m_lexer.depth() - (is(T::LeftParenthesis) || is(T::LeftBracket) || is(T::LeftBrace) ? 1 : 0);
    if (depth == 0 || (isName && (is(T::String) || is(T::FormattedStart))) || id == "match" || id == "case" || id == "type" || id == "_")
        return;
    if (attempt([this] { return parseExpression() != nullptr; }))
        fail(start, "invalid syntax. Perhaps you forgot a comma?");
}

/// `=` where a condition is expected.
void Grammar::explainAssignment(const Expression *target, Position start)
{
    const bool isComparable = attempt([this] {
        advance();
        parseOperators(precedence::kBitOr);
        return !is(T::Equal) && !is(T::ColonEqual);
    });
    if (!isComparable)
        return;
    if (target->kind == ExpressionKind::Name)
        fail(start, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    if (mayMeanComparison(target))
        fail(target->position, "cannot assign to " + expressionName(target) + " here. Maybe you meant '==' instead of '='?");
}

/// Whether CPython takes `target = …` for a mistyped comparison.
bool Grammar::mayMeanComparison(const Expression *target)
{
    switch (target->kind) {
    case ExpressionKind::Constant:
        switch (static_cast<const Constant *>(target)->constant) {
        case ConstantKind::None:
        case ConstantKind::True:
        case ConstantKind::False:
            return false;
        default:
            return true;
        }
    case ExpressionKind::UnaryOperation:
        return static_cast<const UnaryOperation *>(target)->op != UnaryOperator::Not;
    case ExpressionKind::List:
    case ExpressionKind::Tuple:
    case ExpressionKind::Generator:
    case ExpressionKind::Comparison:
    case ExpressionKind::BooleanOperation:
    case ExpressionKind::Conditional:
    case ExpressionKind::Lambda:
    case ExpressionKind::Starred:
        return false;
    default:
        return true;
    }
}

/// At the `=` behind a target.
void Grammar::checkAssignmentTarget(const Expression *target, bool isFirst)
{
    const Expression *invalid = invalidTarget(target, false);
    if (!invalid) {
        checkStars(target);
        if (target->kind == ExpressionKind::Starred)
            defer(target->position, "starred assignment target must be in a list or tuple");
        return;
    }
    // The last of several without parentheses is what stands before the sign.
    const bool isLast = invalid == target || (target->kind == ExpressionKind::Tuple && target->end == invalid->end);
    const bool isComparable = isFirst && isLast && mayMeanComparison(invalid) && attempt([this] {
                                  advance();
                                  parseOperators(precedence::kBitOr);
                                  return !is(T::Equal) && !is(T::ColonEqual);
                              });
    fail(invalid->position, "cannot assign to " + expressionName(invalid) + (isComparable ? " here. Maybe you meant '==' instead of '='?" : ""));
}

/// The part of a target that cannot be assigned to (or deleted); null if it can.
const Expression *Grammar::invalidTarget(const Expression *target, bool isDelete)
{
    switch (target->kind) {
    case ExpressionKind::Name:
        if (isDelete && static_cast<const Name *>(target)->id == "__debug__")
            defer(target->position, "cannot delete __debug__");
        forbidDebug(static_cast<const Name *>(target)->id, target->position);
        return nullptr;
    case ExpressionKind::Attribute:
        forbidDebug(static_cast<const Attribute *>(target)->name, target->position);
        return nullptr;
    case ExpressionKind::Subscript:
        return nullptr;
    case ExpressionKind::Starred:
        return isDelete ? target : invalidTarget(static_cast<const Starred *>(target)->value, isDelete);
    case ExpressionKind::Tuple:
    case ExpressionKind::List:
        for (const Expression *element : static_cast<const Sequence *>(target)->elements) {
            if (const Expression *invalid = invalidTarget(element, isDelete))
                return invalid;
        }
        return nullptr;
    default:
        return target;
    }
}

/// At most one star in each tuple or list of targets.
void Grammar::checkStars(const Expression *target)
{
    if (target->kind == ExpressionKind::Starred)
        return checkStars(static_cast<const Starred *>(target)->value);
    if (target->kind != ExpressionKind::Tuple && target->kind != ExpressionKind::List)
        return;
    int stars = 0;
    for (const Expression *element : static_cast<const Sequence *>(target)->elements) {
        stars += element->kind == ExpressionKind::Starred;
        checkStars(element);
    }
    if (stars > 1)
        defer(target->position, "multiple starred expressions in assignment");
}

void Grammar::forbidDebug(std::string_view name, Position where)
{
    if (name == "__debug__")
        defer(where, "cannot assign to __debug__");
}

std::string Grammar::expressionName(const Expression *expression)
{
    switch (expression->kind) {
    case ExpressionKind::Constant:
        switch (static_cast<const Constant *>(expression)->constant) {
        case ConstantKind::None:
            return "None";
        case ConstantKind::True:
            return "True";
        case ConstantKind::False:
            return "False";
        case ConstantKind::Ellipsis:
            return "ellipsis";
        case ConstantKind::Integer:
        case ConstantKind::Float:
        case ConstantKind::Imaginary:
        case ConstantKind::String:
        case ConstantKind::Bytes:
            return "literal";
        }
        break;
    case ExpressionKind::Name:
        return "name";
    case ExpressionKind::Attribute:
        return "attribute";
    case ExpressionKind::Subscript:
        return "subscript";
    case ExpressionKind::Slice:
        return "slice";
    case ExpressionKind::Call:
        return "function call";
    case ExpressionKind::BinaryOperation:
    case ExpressionKind::UnaryOperation:
    case ExpressionKind::BooleanOperation:
        return "expression";
    case ExpressionKind::Comparison:
        return "comparison";
    case ExpressionKind::Conditional:
        return "conditional expression";
    case ExpressionKind::Lambda:
        return "lambda";
    case ExpressionKind::Tuple:
        return "tuple";
    case ExpressionKind::List:
        return "list";
    case ExpressionKind::Set:
        return "set display";
    case ExpressionKind::Dict:
        return "dict literal";
    case ExpressionKind::ListComprehension:
        return "list comprehension";
    case ExpressionKind::SetComprehension:
        return "set comprehension";
    case ExpressionKind::DictComprehension:
        return "dict comprehension";
    case ExpressionKind::Generator:
        return "generator expression";
    case ExpressionKind::Starred:
        return "starred";
    case ExpressionKind::NamedExpression:
        return "named expression";
    case ExpressionKind::Await:
        return "await expression";
    case ExpressionKind::Yield:
    case ExpressionKind::YieldFrom:
        return "yield expression";
    case ExpressionKind::FormattedString:
        return static_cast<const FormattedString *>(expression)->isTemplate ? "t-string expression" : "f-string expression";
    case ExpressionKind::FormattedValue:
        return "f-string expression";
    }
    return {};
}

/// A constant in an error's text.
std::string Grammar::shown(const Constant *constant)
{
    switch (constant->constant) {
    case ConstantKind::String:
        return "'" + std::string(constant->text) + "'";
    case ConstantKind::Bytes:
        return "b'" + std::string(constant->text) + "'";
    case ConstantKind::None:
    case ConstantKind::True:
    case ConstantKind::False:
    case ConstantKind::Ellipsis:
        return expressionName(constant);
    case ConstantKind::Imaginary:
        return std::string(constant->text) + "j";
    case ConstantKind::Integer:
    case ConstantKind::Float:
        return std::string(constant->text);
    }
    return {};
}

/// A lexical error further on, or a bracket that is open since before, explains more than what did not fit.
SyntaxFailure Grammar::explained(SyntaxFailure failure)
{
    const bool atEnd = is(T::EndOfFile);
    if (!failure.isGrammatical || (m_openFormatted > 0 && !atEnd))
        return failure;
    const int line = std::max(m_token.start.line, m_attemptLine);
    try {
        while (!is(T::EndOfFile)) {
            if (is(T::FormattedStart) && !m_lexer.skipFormatted(m_token))
                return failure;
            m_lexer.next(m_token);
        }
    } catch (const SyntaxFailure &lexical) {
        return lexical;
    }
    if (m_lexer.depth() > 0) {
        const Lexer::Bracket &bracket = m_lexer.innermostBracket();
        if (atEnd || line > bracket.where.line)
            return {bracket.where, std::string("'") + bracket.open + "' was never closed", true};
    }
    return failure;
}

} // namespace stillroom::python
