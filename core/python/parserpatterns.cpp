// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

#include <algorithm>
#include <set>
#include <utility>

/// The match statement (Python reference, "The match statement"; PEP 634).
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

/// `match` is a name unless a subject and a colon follow.
bool Grammar::isMatchAhead() const
{
    if (!isName("match"))
        return false;
    switch (peek()) {
    case T::Name:
    case T::Number:
    case T::String:
    case T::FormattedStart:
    case T::NoneWord:
    case T::TrueWord:
    case T::FalseWord:
    case T::Await:
    case T::Lambda:
    case T::LeftBrace:
    case T::Tilde:
    case T::Ellipsis:
        return true;
    case T::LeftParenthesis:
    case T::LeftBracket:
    case T::Plus:
    case T::Minus:
    case T::Star:
    case T::Not:
        return m_lexer.lineEndsWithColon();
    default:
        return false;
    }
}

const Statement *Grammar::parseMatch()
{
    const Position start = m_token.start;
    advance();
    const Position subjectStart = m_token.start;
    const Expression *subject = parseStarNamedExpression();
    if (is(T::Comma)) {
        Expressions elements(*this, m_expressions);
        elements.add(subject);
        while (accept(T::Comma)) {
            if (is(T::Colon))
                break;
            elements.add(parseStarNamedExpression());
        }
        subject = make<Sequence>(ExpressionKind::Tuple, subjectStart, elements.finish());
    } else if (subject->kind == ExpressionKind::Starred) {
        unexpected();
    }
    expectColon(Colon::Expected);
    advance();
    expect(T::Newline);
    if (!is(T::Indent))
        fail(m_token.start, "expected an indented block after 'match' statement on line " + std::to_string(start.line));
    advance();
    Gathering<MatchCase> cases(*this, m_cases);
    while (!is(T::Dedent) && !is(T::EndOfFile)) {
        if (!isName("case"))
            unexpected();
        if (cases.size() > 0 && !cases[cases.size() - 1].guard)
            refuseUnreachable(cases[cases.size() - 1].pattern);
        const int line = m_token.start.line;
        advance();
        const Pattern *pattern = parsePatterns();
        checkBindings(pattern);
        const Expression *guard = accept(T::If) ? parseNamedExpression() : nullptr;
        const Block body = parseBlock("'case' statement", line);
        cases.add({pattern, guard, body});
    }
    accept(T::Dedent);
    return finishCompound(makeStatement<Match>(StatementKind::Match, start, subject, cases.finish()), m_blockEnd);
}

const Pattern *Grammar::makePattern(Pattern pattern)
{
    pattern.end = m_end;
    return new (allocate(sizeof(Pattern))) Pattern(pattern);
}

/// A case's pattern: one, or a sequence without brackets.
const Pattern *Grammar::parsePatterns()
{
    const Position start = m_token.start;
    const Pattern *first = is(T::Star) ? parseStarPattern() : parseAsPattern();
    if (!is(T::Comma)) {
        if (first->kind == PatternKind::Star)
            unexpected();
        return first;
    }
    return parseSequencePattern(T::Colon, start, first);
}

const Pattern *Grammar::parseStarPattern()
{
    Pattern pattern{.kind = PatternKind::Star, .position = m_token.start};
    advance();
    if (!is(T::Name))
        unexpected();
    pattern.name = identifier();
    if (pattern.name == "_")
        pattern.name = {};
    return makePattern(pattern);
}

const Pattern *Grammar::parseAsPattern()
{
    const Position start = m_token.start;
    const Pattern *inner = parseOrPattern();
    if (!accept(T::As))
        return inner;
    if (isName("_"))
        fail(m_token.start, "cannot use '_' as a target");
    if (!is(T::Name))
        fail(m_token.start, "invalid pattern target");
    Pattern pattern{.kind = PatternKind::As, .position = start, .inner = inner};
    const Position where = m_token.start;
    pattern.name = identifier();
    forbidDebug(pattern.name, where);
    if (is(T::Dot) || is(T::LeftParenthesis) || is(T::LeftBracket))
        fail(where, std::string("cannot use ") +
                        (is(T::Dot)           ? "attribute"
                         : is(T::LeftBracket) ? "subscript"
                                              : "function call") +
                        " as pattern target");
    return makePattern(pattern);
}

const Pattern *Grammar::parseOrPattern()
{
    const Level level(*this);
    const Position start = m_token.start;
    const Pattern *first = parseClosedPattern();
    if (!is(T::Pipe))
        return first;
    Gathering<const Pattern *> alternatives(*this, m_patterns);
    alternatives.add(first);
    while (accept(T::Pipe)) {
        refuseUnreachable(alternatives[alternatives.size() - 1]);
        alternatives.add(parseClosedPattern());
    }
    return makePattern({.kind = PatternKind::Or, .position = start, .patterns = alternatives.finish()});
}

const Pattern *Grammar::parseClosedPattern()
{
    const Position start = m_token.start;
    switch (m_token.kind) {
    case T::Name:
        return parseNamePattern();
    case T::Number:
    case T::Minus:
        return parseNumberPattern();
    case T::String:
    case T::FormattedStart: {
        const Expression *value = parseStrings();
        if (value->kind == ExpressionKind::FormattedString)
            fail(value->position, "patterns may only match literals and attribute lookups");
        return makePattern({.kind = PatternKind::Value, .position = start, .value = value});
    }
    case T::NoneWord:
    case T::TrueWord:
    case T::FalseWord: {
        const Expression *value = parseAtom();
        return makePattern({.kind = PatternKind::Singleton, .position = start, .value = value});
    }
    case T::LeftParenthesis:
        return parseGroupPattern();
    case T::LeftBracket:
        advance();
        return parseSequencePattern(T::RightBracket, start, nullptr);
    case T::LeftBrace:
        return parseMappingPattern();
    default:
        unexpected();
    }
}

/// A capture, the wildcard, a dotted name (a value), or a class with its arguments.
const Pattern *Grammar::parseNamePattern()
{
    const Position start = m_token.start;
    const std::string_view id = identifier();
    if (!is(T::Dot) && !is(T::LeftParenthesis)) {
        if (id != "_")
            forbidDebug(id, start);
        return makePattern({.kind = PatternKind::As, .position = start, .name = id == "_" ? std::string_view() : id});
    }
    const Expression *value = make<Name>(ExpressionKind::Name, start, id);
    while (accept(T::Dot)) {
        if (!is(T::Name))
            unexpected();
        const std::string_view name = identifier();
        value = make<Attribute>(ExpressionKind::Attribute, start, value, name);
    }
    if (is(T::LeftParenthesis))
        return parseClassPattern(value, start);
    return makePattern({.kind = PatternKind::Value, .position = start, .value = value});
}

/// [-]number, or a complex number such as -1+2j.
const Expression *Grammar::parsePatternNumber()
{
    const Position start = m_token.start;
    const auto isImaginary = [](const Expression *value) { return static_cast<const Constant *>(value)->constant == ConstantKind::Imaginary; };
    const bool isNegative = accept(T::Minus);
    if (!is(T::Number))
        unexpected();
    const Expression *value = parseNumber();
    const bool wasImaginary = isImaginary(value);
    if (isNegative)
        value = make<UnaryOperation>(ExpressionKind::UnaryOperation, start, UnaryOperator::Minus, value);
    if (!is(T::Plus) && !is(T::Minus))
        return value;
    if (wasImaginary)
        fail(start, "real number required in complex literal");
    const BinaryOperator op = is(T::Plus) ? BinaryOperator::Add : BinaryOperator::Subtract;
    advance();
    if (!is(T::Number))
        unexpected();
    const Expression *imaginary = parseNumber();
    if (!isImaginary(imaginary))
        fail(imaginary->position, "imaginary number required in complex literal");
    return make<BinaryOperation>(ExpressionKind::BinaryOperation, start, op, value, imaginary);
}

const Pattern *Grammar::parseNumberPattern()
{
    const Position start = m_token.start;
    const Expression *value = parsePatternNumber();
    return makePattern({.kind = PatternKind::Value, .position = start, .value = value});
}

const Pattern *Grammar::parseGroupPattern()
{
    const Position start = m_token.start;
    advance();
    if (is(T::RightParenthesis))
        return parseSequencePattern(T::RightParenthesis, start, nullptr);
    const Pattern *first = is(T::Star) ? parseStarPattern() : parseAsPattern();
    if (is(T::Comma))
        return parseSequencePattern(T::RightParenthesis, start, first);
    if (first->kind == PatternKind::Star)
        unexpected();
    expect(T::RightParenthesis);
    return first;
}

const Pattern *Grammar::parseSequencePattern(T close, Position start, const Pattern *first)
{
    Gathering<const Pattern *> items(*this, m_patterns);
    bool hasStar = false;
    const auto add = [&](const Pattern *pattern) {
        if (pattern->kind == PatternKind::Star) {
            if (hasStar)
                defer(start, "multiple starred names in sequence pattern");
            hasStar = true;
        }
        items.add(pattern);
    };
    bool goesOn = true;
    if (first) {
        add(first);
        goesOn = accept(T::Comma);
    }
    while (goesOn && !is(close) && !(close == T::Colon && is(T::If))) {
        add(is(T::Star) ? parseStarPattern() : parseAsPattern());
        goesOn = accept(T::Comma);
    }
    // Without brackets the colon, or the guard, is the statement's.
    if (close != T::Colon)
        expect(close);
    return makePattern({.kind = PatternKind::Sequence, .position = start, .patterns = items.finish()});
}

const Expression *Grammar::parseMappingKey()
{
    switch (m_token.kind) {
    case T::Number:
    case T::Minus:
        return parsePatternNumber();
    case T::String:
        return parseStrings();
    case T::NoneWord:
    case T::TrueWord:
    case T::FalseWord:
        return parseAtom();
    case T::Name: {
        const Position start = m_token.start;
        const std::string_view id = identifier();
        const Expression *value = make<Name>(ExpressionKind::Name, start, id);
        if (!is(T::Dot))
            unexpected();
        while (accept(T::Dot)) {
            if (!is(T::Name))
                unexpected();
            const std::string_view name = identifier();
            value = make<Attribute>(ExpressionKind::Attribute, start, value, name);
        }
        return value;
    }
    default:
        unexpected();
    }
}

const Pattern *Grammar::parseMappingPattern()
{
    Pattern mapping{.kind = PatternKind::Mapping, .position = m_token.start};
    advance();
    Expressions keys(*this, m_expressions);
    Gathering<const Pattern *> values(*this, m_patterns);
    std::set<std::pair<ConstantKind, std::string_view>> constants;
    while (!is(T::RightBrace)) {
        if (accept(T::DoubleStar)) {
            if (!is(T::Name) || isName("_"))
                unexpected();
            mapping.name = identifier();
            accept(T::Comma);
            if (!is(T::RightBrace))
                unexpected();
            break;
        }
        const Expression *key = parseMappingKey();
        if (key->kind == ExpressionKind::Constant) {
            const auto *constant = static_cast<const Constant *>(key);
            if (!constants.emplace(constant->constant, constant->text).second)
                defer(mapping.position, "mapping pattern checks duplicate key (" + shown(constant) + ")");
        }
        keys.add(key);
        expect(T::Colon);
        values.add(parseAsPattern());
        if (!accept(T::Comma))
            break;
    }
    expect(T::RightBrace);
    mapping.keys = keys.finish();
    mapping.patterns = values.finish();
    return makePattern(mapping);
}

const Pattern *Grammar::parseClassPattern(const Expression *type, Position start)
{
    advance();
    Gathering<const Pattern *> positional(*this, m_patterns);
    Gathering<std::string_view> names(*this, m_names);
    std::vector<const Pattern *> values;
    NameSet seen;
    while (!is(T::RightParenthesis)) {
        if (is(T::Name) && peek() == T::Equal) {
            const std::string_view name = identifier();
            advance();
            if (!seen.add(name))
                defer(m_token.start, "attribute name repeated in class pattern: " + std::string(name));
            names.add(name);
            values.push_back(parseAsPattern());
        } else {
            const Pattern *pattern = parseAsPattern();
            if (names.size() > 0)
                fail(pattern->position, "positional patterns follow keyword patterns");
            positional.add(pattern);
        }
        if (!accept(T::Comma))
            break;
    }
    expect(T::RightParenthesis);
    return makePattern({.kind = PatternKind::Class,
                        .position = start,
                        .value = type,
                        .patterns = positional.finish(),
                        .keywordNames = names.finish(),
                        .keywordPatterns = keptItems(values, 0)});
}

/// Each name may be bound once, and alternatives must bind the same ones.
void Grammar::checkBindings(const Pattern *pattern)
{
    if (pattern->kind == PatternKind::Value || pattern->kind == PatternKind::Singleton)
        return;
    Captures captures;
    collectCaptures(pattern, captures);
    sortCaptures(captures);
}

/// By name; false, and the error kept, when a name stands twice.
bool Grammar::sortCaptures(Captures &captures)
{
    std::ranges::sort(captures, [](const Pattern *a, const Pattern *b) {
        return a->name != b->name ? a->name < b->name
                                  : std::pair(a->position.line, a->position.column) < std::pair(b->position.line, b->position.column);
    });
    const auto repeated = std::ranges::adjacent_find(captures, {}, &Pattern::name);
    if (repeated == captures.end())
        return true;
    const Pattern *second = *(repeated + 1);
    defer(second->position, "multiple assignments to name '" + std::string(second->name) + "' in pattern");
    return false;
}

void Grammar::collectCaptures(const Pattern *pattern, Captures &captures)
{
    if (pattern->kind == PatternKind::Or) {
        Captures first;
        for (const Pattern *alternative : pattern->patterns) {
            Captures bound;
            collectCaptures(alternative, bound);
            if (!sortCaptures(bound))
                return;
            if (alternative == pattern->patterns.front())
                first = std::move(bound);
            else if (!std::ranges::equal(bound, first, {}, &Pattern::name, &Pattern::name))
                return defer(pattern->position, "alternative patterns bind different names");
        }
        captures.insert(captures.end(), first.begin(), first.end());
        return;
    }
    for (const Pattern *inner : pattern->patterns)
        collectCaptures(inner, captures);
    for (const Pattern *inner : pattern->keywordPatterns)
        collectCaptures(inner, captures);
    if (pattern->inner)
        collectCaptures(pattern->inner, captures);
    if (!pattern->name.empty())
        captures.push_back(pattern);
}

bool Grammar::isIrrefutable(const Pattern *pattern)
{
    if (pattern->kind == PatternKind::As)
        return !pattern->inner || isIrrefutable(pattern->inner);
    return pattern->kind == PatternKind::Or && isIrrefutable(pattern->patterns.back());
}

/// For a pattern that has others behind it.
void Grammar::refuseUnreachable(const Pattern *pattern)
{
    if (!isIrrefutable(pattern))
        return;
    const Pattern *capture = pattern;
    while (capture->inner || !capture->patterns.empty())
        capture = capture->inner ? capture->inner : capture->patterns.back();
    defer(capture->position, capture->name.empty() ? "wildcard makes remaining patterns unreachable"
                                                   : "name capture '" + std::string(capture->name) + "' makes remaining patterns unreachable");
}

} // namespace stillroom::python
