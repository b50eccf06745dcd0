// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/grammar.h"
#include "python/stringliteral.h"

#include <algorithm>

/// String literals, their implicit concatenation, f-strings and t-strings (Python reference, "String and Bytes
/// literals", "Formatted string literals"; PEP 701, PEP 750).
namespace stillroom::python {

namespace {

using T = TokenKind;

constexpr int kMostSpecifications = 2; // format specifications within format specifications

/// ur""
bool isPython2Raw(const Token &token) { return token.isRaw && !token.isBytes && token.prefixLength == 2; }

} // namespace

/// What a run of adjacent literals has given so far. Text between two fields becomes one Constant.
struct Grammar::StringParts {
    explicit StringParts(Grammar &grammar) : parts(grammar, grammar.m_expressions) {}
    Expressions parts;
    std::string text;
    Position textStart;
    Position textEnd;
    bool hasText = false;
    bool isBytes = false;
    bool isFormatted = false;
    bool isTemplate = false;
    bool isUnicodePrefixed = false;
};

const Expression *Grammar::parseStrings()
{
    const Token first = m_token;
    if (first.kind == T::String && !first.hasBackslash) {
        // By far the most: one literal that stands for itself.
        const std::string_view text = first.quoted();
        if (first.isBytes && first.hasNonAscii)
            fail(first.start, "bytes can only contain ASCII literal characters");
        if (m_acceptsPython2 && isPython2Raw(first))
            notePython2(first.start, "the string prefix ur");
        advance();
        if (!is(T::String) && !is(T::FormattedStart))
            return make<Constant>(ExpressionKind::Constant, first.start, first.isBytes ? ConstantKind::Bytes : ConstantKind::String, text,
                                  first.isUnicodePrefixed);
        StringParts parts(*this);
        parts.isBytes = first.isBytes;
        parts.isUnicodePrefixed = first.isUnicodePrefixed;
        addText(parts, first.start, first.end, text);
        return finishStrings(parts, first.start);
    }
    StringParts parts(*this);
    parts.isBytes = first.isBytes;
    parts.isUnicodePrefixed = first.isUnicodePrefixed;
    parts.isTemplate = first.kind == T::FormattedStart && first.isTemplate;
    return finishStrings(parts, first.start);
}

const Expression *Grammar::finishStrings(StringParts &parts, Position start)
{
    while (is(T::String) || is(T::FormattedStart)) {
        if (m_token.isBytes != parts.isBytes) {
            advanceOverString();
            fail(m_token.start, "cannot mix bytes and nonbytes literals");
        }
        if ((is(T::FormattedStart) && m_token.isTemplate) != parts.isTemplate)
            fail(start, "cannot mix t-string literals with string or bytes literals");
        if (is(T::String))
            addString(parts, m_token);
        else
            addFormatted(parts);
    }
    if (parts.isFormatted) {
        flush(parts);
        return make<FormattedString>(ExpressionKind::FormattedString, start, parts.parts.finish(), parts.isTemplate);
    }
    return make<Constant>(ExpressionKind::Constant, start, parts.isBytes ? ConstantKind::Bytes : ConstantKind::String, kept(parts.text),
                          parts.isUnicodePrefixed);
}

void Grammar::advanceOverString()
{
    while (is(T::String) || is(T::FormattedStart)) {
        if (is(T::FormattedStart) && !m_lexer.skipFormatted(m_token))
            return;
        advance();
    }
}

void Grammar::addText(StringParts &parts, Position start, Position end, std::string_view text)
{
    if (!parts.hasText)
        parts.textStart = start;
    parts.hasText = true;
    parts.textEnd = end;
    parts.text += text;
}

void Grammar::flush(StringParts &parts)
{
    if (!parts.text.empty()) {
        auto *constant = make<Constant>(ExpressionKind::Constant, parts.textStart, ConstantKind::String, kept(parts.text), parts.isUnicodePrefixed);
        constant->end = parts.textEnd;
        parts.parts.add(constant);
    }
    parts.text.clear();
    parts.hasText = false;
}

void Grammar::addString(StringParts &parts, const Token &current)
{
    const Token token = current;
    if (token.isBytes && token.hasNonAscii)
        fail(token.start, "bytes can only contain ASCII literal characters");
    if (m_acceptsPython2 && isPython2Raw(token))
        notePython2(token.start, "the string prefix ur");
    addText(parts, token.start, token.end, {});
    if (token.hasBackslash && !token.isRaw) {
        try {
            appendUnescaped(parts.text, token.quoted(), token.isBytes);
        } catch (const EscapeFailure &failure) {
            fail(token.start, failure.message);
        }
    } else {
        parts.text += token.quoted();
    }
    advance();
}

void Grammar::addFormatted(StringParts &parts)
{
    const Token opening = m_token;
    parts.isFormatted = true;
    const Lexer::Field outer = m_lexer.field();
    ++m_openFormatted;
    parseFormattedParts(parts, opening, 0);
    --m_openFormatted;
    m_lexer.setField(outer);
    advance();
}

/// Up to the closing quote, or to the brace that ends the format specification; m_token then stands for that.
void Grammar::parseFormattedParts(StringParts &parts, const Token &opening, int nesting)
{
    const Lexer::Field outer = m_lexer.field();
    for (;;) {
        const FormattedPiece piece = m_lexer.formattedPiece(opening, nesting > 0);
        if (!piece.text.empty()) {
            addText(parts, piece.start, piece.end, {});
            addPiece(parts, piece, opening);
        }
        m_token.begin = m_token.stop = m_lexer.at();
        m_token.end = piece.end;
        if (piece.endsWith != FormattedPiece::End::Field) {
            m_token.end.column += piece.endsWith == FormattedPiece::End::Quote && opening.isTripleQuoted ? 3 : 1;
            return;
        }
        ++m_token.end.column;
        if (nesting > kMostSpecifications)
            fail({piece.end.line, std::max(1, piece.end.column - 1)},
                 opening.isTemplate ? "t-string: expressions nested too deeply" : "f-string: expressions nested too deeply");
        const Expression *field = parseField(parts, opening, piece.end, nesting);
        parts.parts.add(field);
        m_lexer.setField(outer);
    }
}

void Grammar::addPiece(StringParts &parts, const FormattedPiece &piece, const Token &opening)
{
    const bool unescapes = piece.hasBackslash && !opening.isRaw;
    std::string_view text = piece.text;
    std::string single;
    if (piece.hasDoubledBrace) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            single.push_back(text[i]);
            // The lexer lets no brace stand alone, except around the name in \N{…}.
            if ((text[i] == '{' || text[i] == '}') && i + 1 < text.size() && text[i + 1] == text[i])
                ++i;
        }
        text = single;
    }
    if (!unescapes) {
        parts.text += text;
        return;
    }
    try {
        appendUnescaped(parts.text, text, false);
    } catch (const EscapeFailure &failure) {
        fail(opening.start, failure.message);
    }
}

/// A replacement field behind its opening brace. Leaves m_token on the closing one.
const Expression *Grammar::parseField(StringParts &parts, const Token &opening, Position start, int nesting)
{
    const std::string kind = opening.isTemplate ? "t-string" : "f-string";
    const Level level(*this);
    const char *begin = m_lexer.at();
    const Lexer::Field field = m_lexer.field();
    advance();
    if (is(T::RightBrace) || is(T::Exclamation) || is(T::Colon) || is(T::Equal))
        fail(m_token.start, kind + ": valid expression required before '" + std::string(m_token.text()) + "'");
    if (!is(T::Yield) && !is(T::Star) && !startsExpression(m_token.kind) && !is(T::EndOfFile))
        fail(m_token.start, kind + ": expecting a valid expression after '{'");
    const Expression *value = nullptr;
    if (is(T::Star) && !startsExpression(peek()))
        fail(m_token.start, kind + ": expecting a valid expression after '{'");
    value = parseYieldOrStarExpressions();
    if (value->kind == ExpressionKind::Starred)
        fail(value->position, "can't use starred expression here");
    const char *expressionStop = m_previousStop;
    std::string_view debugText;
    if (is(T::Equal)) {
        advance();
        if (is(T::RightBrace) || is(T::Exclamation) || is(T::Colon))
            debugText = withoutComments(begin, m_token.begin);
        else
            fail(m_token.start, kind + ": expecting '!', or ':', or '}'");
    }
    std::string_view sourceText;
    if (opening.isTemplate)
        sourceText = withoutComments(begin, expressionStop);
    char conversion = 0;
    if (is(T::Exclamation))
        conversion = parseConversion(opening);
    const Expression *specification = nullptr;
    if (is(T::Colon)) {
        const Position specificationStart = m_token.start;
        StringParts inner(*this);
        parseFormattedParts(inner, opening, nesting + 1);
        // The closing brace belongs to the field.
        m_end = {m_token.end.line, m_token.end.column - 1};
        flush(inner);
        specification = make<FormattedString>(ExpressionKind::FormattedString, specificationStart, inner.parts.finish(), opening.isTemplate);
        m_lexer.setField(field);
    } else if (!is(T::RightBrace)) {
        if (is(T::EndOfFile) || startsExpression(m_token.kind))
            unexpected();
        fail(m_token.start, kind + (debugText.empty() ? ": expecting '=', or '!', or ':', or '}'" : ": expecting '!', or ':', or '}'"));
    }
    if (!debugText.empty()) {
        if (conversion == 0 && !specification)
            conversion = 'r';
    }
    flush(parts);
    m_end = m_token.end;
    return make<FormattedValue>(ExpressionKind::FormattedValue, start, value, conversion, specification, debugText, sourceText);
}

char Grammar::parseConversion(const Token &opening)
{
    const std::string kind = opening.isTemplate ? "t-string" : "f-string";
    const char *behind = m_token.stop;
    const Position exclamation = m_token.start;
    advance();
    if (is(T::Colon) || is(T::RightBrace))
        fail(m_token.start, kind + ": missing conversion character");
    if (m_token.begin != behind)
        fail(exclamation, kind + ": conversion type must come right after the exclamation mark");
    if (!is(T::Name))
        fail(m_token.start, kind + ": invalid conversion character");
    const std::string_view name = m_token.text();
    if (name != "s" && name != "r" && name != "a")
        fail(m_token.start, kind + ": invalid conversion character '" + std::string(name) + "': expected 's', 'r', or 'a'");
    advance();
    if (!is(T::Colon) && !is(T::RightBrace))
        fail(m_token.start, kind + ": expecting ':' or '}'");
    return name.front();
}

/// The source between two places; comments, which a field may hold, left out.
std::string_view Grammar::withoutComments(const char *begin, const char *end)
{
    const std::string_view text(begin, static_cast<std::size_t>(end - begin));
    if (text.find('#') == std::string_view::npos)
        return text;
    std::string result;
    char quote = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote == 0 && c == '#') {
            i = std::min(text.find('\n', i), text.size()) - 1;
            continue;
        }
        if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = 0;
        result.push_back(c);
    }
    return kept(result);
}

} // namespace stillroom::python
