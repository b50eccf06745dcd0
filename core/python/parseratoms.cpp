// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/precedence.h"

/// Atoms, displays, comprehensions, calls and subscripts (Python reference, "Atoms", "Primaries").
namespace stillroom::python {

namespace {

using T = TokenKind;

constexpr int kMostDecimalDigits = 4300; // sys.int_info.default_max_str_digits

} // namespace

/// The counts before a comprehension's element was read: whether it yields is known only afterwards.
struct Grammar::ComprehensionScope {
    explicit ComprehensionScope(const Scope &scope) : yields(scope.yields), stray(scope.stray) {}
    int yields;
    std::optional<Position> stray;
};

const Expression *Grammar::parsePrimary()
{
    const Position start = m_token.start;
    if (!is(T::Await))
        return parseTrailers(parseAtom(), start);
    if (!m_scope->isAsync && !m_scope->stray)
        m_scope->stray = start;
    advance();
    const Position operandStart = m_token.start;
    const Expression *value = parseTrailers(parseAtom(), operandStart);
    return make<Await>(ExpressionKind::Await, start, value);
}

const Expression *Grammar::parseTrailers(const Expression *object, Position start)
{
    for (;;) {
        switch (m_token.kind) {
        case T::Dot: {
            advance();
            if (!is(T::Name))
                unexpected();
            const std::string_view name = identifier();
            object = make<Attribute>(ExpressionKind::Attribute, start, object, name);
            break;
        }
        case T::LeftParenthesis:
            object = parseCall(object, start);
            break;
        case T::LeftBracket:
            object = parseSubscript(object, start);
            break;
        default:
            return object;
        }
    }
}

const Expression *Grammar::parseAtom()
{
    const Position start = m_token.start;
    const auto constant = [&](ConstantKind kind) {
        advance();
        return make<Constant>(ExpressionKind::Constant, start, kind, std::string_view(), false);
    };
    switch (m_token.kind) {
    case T::Name: {
        const std::string_view id = identifier();
        return make<Name>(ExpressionKind::Name, start, id);
    }
    case T::String:
    case T::FormattedStart:
        return parseStrings();
    case T::Number:
        return parseNumber();
    case T::LeftParenthesis:
        return parseParenthesized();
    case T::LeftBracket:
        return parseBracketed();
    case T::LeftBrace:
        return parseBraced();
    case T::NoneWord:
        return constant(ConstantKind::None);
    case T::TrueWord:
        return constant(ConstantKind::True);
    case T::FalseWord:
        return constant(ConstantKind::False);
    case T::Ellipsis:
        return constant(ConstantKind::Ellipsis);
    case T::Backquote:
        return parseBackquoted();
    default:
        unexpected();
    }
}

const Expression *Grammar::parseNumber()
{
    const Token token = m_token;
    std::string_view text = token.text();
    if (token.hasUnderscore) {
        m_text = text;
        std::erase(m_text, '_');
        text = kept(m_text);
    }
    if (token.number == ConstantKind::Imaginary)
        text.remove_suffix(1);
    if (token.number == ConstantKind::Integer) {
        const bool isDecimal = text.size() < 2 || text[0] != '0' || (text[1] >= '0' && text[1] <= '9');
        if (m_acceptsPython2) {
            const char last = text.back();
            const bool isOctal = isDecimal && text.size() > 1 && text[0] == '0' && text.find_first_not_of('0') != std::string_view::npos &&
                                 text.find_first_of("89") == std::string_view::npos && !token.hasUnderscore;
            if (last == 'l' || last == 'L')
                notePython2(token.start, "the long integer");
            else if (isOctal)
                notePython2(token.start, "the octal integer without 0o");
            else if (isDecimal && text.size() > 1 && text[0] == '0' && text.find_first_not_of('0') != std::string_view::npos)
                fail(token.start, "invalid token");
        } else if (isDecimal && text.size() > kMostDecimalDigits) {
            fail(token.start, "Exceeds the limit (4300 digits) for integer string conversion: value has " + std::to_string(text.size()) +
                                  " digits; use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals "
                                  "to avoid decimal conversion limits.");
        }
    }
    advance();
    return make<Constant>(ExpressionKind::Constant, token.start, token.number, text, false);
}

const Expression *Grammar::parseBackquoted()
{
    notePython2(m_token.start, "backquotes");
    advance();
    const Expression *value = parseStarExpressions();
    expect(T::Backquote);
    return value;
}

const Expression *Grammar::parseParenthesized()
{
    const Position start = m_token.start;
    advance();
    if (accept(T::RightParenthesis))
        return make<Sequence>(ExpressionKind::Tuple, start, ExpressionList{});
    if (is(T::Yield)) {
        const Expression *value = parseYield();
        expect(T::RightParenthesis);
        return value;
    }
    if (is(T::DoubleStar))
        fail(m_token.start, "cannot use double starred expression here");
    const ComprehensionScope scope(*m_scope);
    const Expression *first = parseStarNamedExpression();
    if (isComprehensionAhead()) {
        if (first->kind == ExpressionKind::Starred)
            fail(first->position, "iterable unpacking cannot be used in comprehension");
        const auto clauses = parseClauses(ExpressionKind::Generator, start, scope);
        expect(T::RightParenthesis);
        return make<Comprehension>(ExpressionKind::Generator, start, first, static_cast<const Expression *>(nullptr), clauses);
    }
    if (!is(T::Comma)) {
        if (is(T::RightParenthesis) && first->kind == ExpressionKind::Starred)
            fail(first->position, "cannot use starred expression here");
        expect(T::RightParenthesis);
        return first;
    }
    Expressions elements(*this, m_expressions);
    elements.add(first);
    while (accept(T::Comma)) {
        if (is(T::RightParenthesis))
            break;
        elements.add(parseStarNamedExpression());
    }
    if (is(T::For))
        fail(first->position, "did you forget parentheses around the comprehension target?");
    expect(T::RightParenthesis);
    return make<Sequence>(ExpressionKind::Tuple, start, elements.finish());
}

const Expression *Grammar::parseBracketed()
{
    const Position start = m_token.start;
    advance();
    const ComprehensionScope scope(*m_scope);
    Expressions elements(*this, m_expressions);
    while (!is(T::RightBracket)) {
        elements.add(parseStarNamedExpression());
        if (isComprehensionAhead()) {
            if (elements.size() > 1)
                fail(elements[0]->position, "did you forget parentheses around the comprehension target?");
            if (elements[0]->kind == ExpressionKind::Starred)
                fail(elements[0]->position, "iterable unpacking cannot be used in comprehension");
            const Expression *element = elements[0];
            const auto clauses = parseClauses(ExpressionKind::ListComprehension, start, scope);
            expect(T::RightBracket);
            return make<Comprehension>(ExpressionKind::ListComprehension, start, element, static_cast<const Expression *>(nullptr), clauses);
        }
        if (!accept(T::Comma))
            break;
    }
    expect(T::RightBracket);
    return make<Sequence>(ExpressionKind::List, start, elements.finish());
}

const Expression *Grammar::parseBraced()
{
    const Position start = m_token.start;
    const ComprehensionScope scope(*m_scope);
    advance();
    if (is(T::RightBrace) || is(T::DoubleStar))
        return parseDict(start, nullptr, scope);
    // The first element tells a set from a dict: read on from it.
    Expressions elements(*this, m_expressions);
    const Position firstStart = m_token.start;
    const Expression *first = parseStarNamedExpression();
    const bool isOpenWalrus = first->kind == ExpressionKind::NamedExpression && first->position == firstStart;
    if (is(T::Colon) && first->kind != ExpressionKind::Starred && !isOpenWalrus) {
        return parseDict(start, first, scope);
    }
    elements.add(first);
    if (isComprehensionAhead()) {
        if (first->kind == ExpressionKind::Starred)
            fail(first->position, "iterable unpacking cannot be used in comprehension");
        const auto clauses = parseClauses(ExpressionKind::SetComprehension, start, scope);
        expect(T::RightBrace);
        return make<Comprehension>(ExpressionKind::SetComprehension, start, first, static_cast<const Expression *>(nullptr), clauses);
    }
    while (accept(T::Comma)) {
        if (is(T::RightBrace))
            break;
        elements.add(parseStarNamedExpression());
        if (isComprehensionAhead())
            fail(first->position, "did you forget parentheses around the comprehension target?");
    }
    expect(T::RightBrace);
    return make<Sequence>(ExpressionKind::Set, start, elements.finish());
}

const Expression *Grammar::parseDict(Position start, const Expression *firstKey, const ComprehensionScope &scope)
{
    Gathering<DictEntry> entries(*this, m_entries);
    while (!is(T::RightBrace)) {
        const Position entryStart = m_token.start;
        if (accept(T::DoubleStar)) {
            entries.add({nullptr, parseOperators(precedence::kBitOr)});
            if (isComprehensionAhead())
                fail(entryStart, "dict unpacking cannot be used in dict comprehension");
        } else {
            const Expression *key = firstKey ? firstKey : parseExpression();
            const Position keyEnd = m_end;
            firstKey = nullptr;
            if (!is(T::Colon)) {
                if (is(T::RightBrace) || is(T::Comma))
                    fail({keyEnd.line, keyEnd.column - 1}, "':' expected after dictionary key");
                unexpected();
            }
            const Position colon = m_token.start;
            advance();
            if (is(T::RightBrace) || is(T::Comma))
                fail(colon, "expression expected after dictionary key and ':'");
            if (is(T::Star))
                fail(m_token.start, "cannot use a starred expression in a dictionary value");
            entries.add({key, parseExpression()});
            if (isComprehensionAhead() && entries.size() == 1) {
                const DictEntry entry = entries[0];
                const auto clauses = parseClauses(ExpressionKind::DictComprehension, start, scope);
                expect(T::RightBrace);
                return make<Comprehension>(ExpressionKind::DictComprehension, start, entry.key, entry.value, clauses);
            }
        }
        if (!accept(T::Comma))
            break;
    }
    expect(T::RightBrace);
    return make<Dict>(ExpressionKind::Dict, start, entries.finish());
}

std::span<const ComprehensionClause> Grammar::parseClauses(ExpressionKind kind, Position start, const ComprehensionScope &element)
{
    int yields = element.yields;
    const auto refuseYield = [&] {
        if (m_scope->yields == yields)
            return;
        const char *what = kind == ExpressionKind::ListComprehension  ? "list comprehension"
                           : kind == ExpressionKind::SetComprehension ? "set comprehension"
                           : kind == ExpressionKind::Generator        ? "generator expression"
                                                                      : "dict comprehension";
        defer(m_scope->lastYield, std::string("'yield' inside ") + what);
    };
    refuseYield();
    // A generator expression may await, but not what it starts from: that is evaluated outside.
    std::optional<Position> stray = m_scope->stray;
    if (kind == ExpressionKind::Generator)
        m_scope->stray = element.stray;
    Gathering<ComprehensionClause> clauses(*this, m_clauses);
    while (isComprehensionAhead()) {
        const bool isAsync = accept(T::Async);
        if (isAsync && kind != ExpressionKind::Generator && !m_scope->isAsync)
            defer(start, "asynchronous comprehension outside of an asynchronous function");
        expect(T::For);
        const Expression *target = parseTargetList();
        if (!is(T::In))
            unexpected();
        advance();
        const Expression *iterable = parseOperators(precedence::kOr);
        if (clauses.size() == 0) {
            yields = m_scope->yields;
            stray = m_scope->stray;
        }
        Expressions conditions(*this, m_expressions);
        while (accept(T::If))
            conditions.add(parseOperators(precedence::kOr));
        clauses.add({target, iterable, conditions.finish(), isAsync});
        refuseYield();
    }
    if (kind == ExpressionKind::Generator)
        m_scope->stray = stray;
    return clauses.finish();
}

const Expression *Grammar::parseCall(const Expression *function, Position start)
{
    Expressions arguments(*this, m_expressions);
    Gathering<Keyword> keywords(*this, m_keywords);
    parseArguments(arguments, keywords, true);
    const std::span<const Keyword> kept = keywords.finish();
    checkKeywords(kept);
    return make<Call>(ExpressionKind::Call, start, function, arguments.finish(), kept);
}

/// From the opening parenthesis behind the closing one.
void Grammar::parseArguments(Expressions &arguments, Gathering<Keyword> &keywords, bool mayBeGenerator)
{
    const Position open = m_token.start;
    Position comma;
    bool hasMappings = false;
    bool isMisplaced = false; // a positional argument behind a keyword
    advance();
    while (!is(T::RightParenthesis)) {
        const Position start = m_token.start;
        const char *begin = m_token.begin;
        if (accept(T::DoubleStar)) {
            keywords.add({{}, parseExpression(), start, m_end});
            hasMappings = true;
        } else if (accept(T::Star)) {
            if (is(T::Comma) || is(T::RightParenthesis))
                fail({start.line, start.column + 1}, "Invalid star expression");
            const Expression *value = parseExpression();
            if (hasMappings)
                fail(comma, "iterable argument unpacking follows keyword argument unpacking");
            arguments.add(make<Starred>(ExpressionKind::Starred, start, value));
        } else {
            const ComprehensionScope scope(*m_scope);
            const Expression *value = parseNamedExpression();
            if (is(T::Equal)) {
                keywords.add(parseKeyword(value, start, begin));
            } else if (isComprehensionAhead()) {
                if (!mayBeGenerator)
                    unexpected();
                const bool isAlone = arguments.size() + keywords.size() == 0;
                arguments.add(parseLoneGenerator(value, scope, open, isAlone));
                return;
            } else {
                isMisplaced = isMisplaced || keywords.size() > 0;
                arguments.add(value);
            }
        }
        if (!is(T::Comma))
            break;
        comma = m_token.start;
        advance();
    }
    if (isMisplaced && is(T::RightParenthesis))
        fail(m_token.start, hasMappings ? "positional argument follows keyword argument unpacking" : "positional argument follows keyword argument");
    expect(T::RightParenthesis);
}

/// At the equals sign behind what must be a name.
Keyword Grammar::parseKeyword(const Expression *target, Position start, const char *begin)
{
    if (!isLone(target, begin))
        refuseKeyword(target, target->position);
    const std::string_view name = static_cast<const Name *>(target)->id;
    forbidDebug(name, start);
    advance();
    if (is(T::Comma) || is(T::RightParenthesis))
        fail(start, "expected argument value expression");
    const Expression *value = parseExpression();
    if (isComprehensionAhead())
        fail(start, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    return {name, value, start, m_end};
}

/// `f(x for x in y)`: a generator expression that shares its parentheses with the call, so it must stand alone.
const Expression *Grammar::parseLoneGenerator(const Expression *element, const ComprehensionScope &scope, Position open, bool isAlone)
{
    const auto clauses = parseClauses(ExpressionKind::Generator, open, scope);
    if (is(T::Comma) || (is(T::RightParenthesis) && !isAlone))
        fail(element->position, "Generator expression must be parenthesized");
    expect(T::RightParenthesis);
    return make<Comprehension>(ExpressionKind::Generator, open, element, static_cast<const Expression *>(nullptr), clauses);
}

void Grammar::refuseKeyword(const Expression *value, Position start)
{
    if (value->kind == ExpressionKind::Constant) {
        const ConstantKind kind = static_cast<const Constant *>(value)->constant;
        if (kind == ConstantKind::True || kind == ConstantKind::False || kind == ConstantKind::None)
            fail(start, "cannot assign to " + expressionName(value));
    }
    fail(start, "expression cannot contain assignment, perhaps you meant \"==\"?");
}

void Grammar::checkKeywords(std::span<const Keyword> keywords)
{
    if (keywords.size() < 2)
        return;
    NameSet names;
    for (const Keyword &keyword : keywords) {
        if (!keyword.name.empty() && !names.add(keyword.name))
            return defer(keyword.position, "keyword argument repeated: " + std::string(keyword.name));
    }
}

const Expression *Grammar::parseSlice()
{
    if (is(T::Star))
        return parseStarNamedExpression();
    const Position start = m_token.start;
    const auto isEnd = [this] { return is(T::Colon) || is(T::Comma) || is(T::RightBracket); };
    const Expression *lower = is(T::Colon) ? nullptr : parseNamedExpression();
    if (!is(T::Colon) || (lower && lower->kind == ExpressionKind::NamedExpression && lower->position == start))
        return lower;
    advance();
    const Expression *upper = isEnd() ? nullptr : parseExpression();
    const Expression *step = nullptr;
    if (accept(T::Colon) && !isEnd())
        step = parseExpression();
    return make<Slice>(ExpressionKind::Slice, start, lower, upper, step);
}

const Expression *Grammar::parseSubscript(const Expression *object, Position start)
{
    advance();
    const Position indexStart = m_token.start;
    const Expression *index = parseSlice();
    if (is(T::Comma) || index->kind == ExpressionKind::Starred) {
        Expressions elements(*this, m_expressions);
        elements.add(index);
        while (accept(T::Comma)) {
            if (is(T::RightBracket))
                break;
            elements.add(parseSlice());
        }
        index = make<Sequence>(ExpressionKind::Tuple, indexStart, elements.finish());
    }
    expect(T::RightBracket);
    return make<Subscript>(ExpressionKind::Subscript, start, object, index);
}

} // namespace stillroom::python
