// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"

#include "python/lexerbytes.h"

/// String literals and the pieces of f-strings (Python reference, "String and Bytes literals"; PEP 701).
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

bool Lexer::readPrefix(Token &token, std::string_view prefix) const
{
    bool raw = false;
    bool bytes = false;
    bool unicode = false;
    bool formatted = false;
    bool isTemplate = false;
    for (const char c : prefix) {
        bool *flag = nullptr;
        switch (c) {
        case 'r':
        case 'R':
            flag = &raw;
            break;
        case 'b':
        case 'B':
            flag = &bytes;
            break;
        case 'u':
        case 'U':
            flag = &unicode;
            break;
        case 'f':
        case 'F':
            flag = &formatted;
            break;
        case 't':
        case 'T':
            flag = &isTemplate;
            break;
        default:
            return false;
        }
        if (*flag)
            return false;
        *flag = true;
    }
    if (int{bytes} + int{unicode} + int{formatted} + int{isTemplate} > 1 || (unicode && raw && !m_acceptsPython2))
        return false;
    token.kind = formatted || isTemplate ? T::FormattedStart : T::String;
    token.isRaw = raw;
    token.isBytes = bytes;
    token.isUnicodePrefixed = prefix == "u"; // the tree tells `u` from `U`, as CPython's does
    token.isTemplate = isTemplate;
    token.prefixLength = static_cast<std::uint8_t>(prefix.size());
    return true;
}

void Lexer::string(Token &token, const char *p)
{
    const char quote = *p;
    token.isTripleQuoted = p[1] == quote && p[2] == quote;
    p += token.isTripleQuoted ? 3 : 1;
    token.hasBackslash = token.hasNonAscii = false;
    if (token.kind == T::FormattedStart)
        return finish(token, T::FormattedStart, p);
    const char *lineStart = m_lineStart;
    for (;;) {
        while (byteClass(*p) & kInString)
            ++p;
        const char c = *p;
        const bool isEscape = c == '\\';
        if (c == quote) {
            if (!token.isTripleQuoted) {
                ++p;
                break;
            }
            if (p[1] == quote && p[2] == quote) {
                p += 3;
                break;
            }
        } else if (isEscape) {
            token.hasBackslash = true;
            ++p;
            if (p == m_end)
                unterminated(token, p);
        } else if (c == '\0') {
            unterminated(token, p);
        } else if (isWide(c)) {
            token.hasNonAscii = true;
        }
        if (*p == '\n') {
            if (!token.isTripleQuoted && !isEscape)
                unterminated(token, p);
            lineStart = p + 1;
            ++m_line;
        }
        ++p;
    }
    if (lineStart != m_lineStart) {
        m_lineStart = lineStart;
        m_continuationBytes = 0;
    }
    if (token.hasNonAscii)
        countLines(lineStart > token.begin ? lineStart : token.begin, p);
    finish(token, T::String, p);
}

void Lexer::unterminated(const Token &token, const char *stop) const
{
    const bool formatted = token.kind == T::FormattedStart;
    // A quote inside a replacement field that could be the f-string's own means that the field was not closed.
    if (!formatted && m_field.depth > 0 && token.begin[token.prefixLength] == m_field.quote && token.isTripleQuoted == m_field.isTripleQuoted)
        fail(token.begin, "f-string: expecting '}'");
    const std::string kind = formatted ? (token.isTemplate ? "t-string" : "f-string") : "string";
    // A script that ends with a newline ends on that line, not on an empty one behind it.
    if (token.isTripleQuoted && stop > m_source.data() && stop == m_end && stop[-1] == '\n')
        --stop;
    std::string guess;
    for (const char *p = token.begin; !formatted && !token.isTripleQuoted && p + 1 < stop; ++p) {
        if (*p == '\\' && *++p == token.begin[token.prefixLength])
            guess = "; perhaps you escaped the end quote?";
    }
    fail(token.begin, std::string("unterminated ") + (token.isTripleQuoted ? "triple-quoted " : "") + kind + " literal (detected at line " +
                          std::to_string(locate(stop).line) + ")" + guess);
}

FormattedPiece Lexer::formattedPiece(const Token &opening, bool inSpecification)
{
    FormattedPiece piece;
    const char quote = opening.stop[-1];
    const char *p = m_at;
    piece.start = here(p);
    const char *begin = p;
    const char *counted = p;
    const auto stop = [&](FormattedPiece::End end, const char *resume) {
        piece.endsWith = end;
        piece.text = {begin, static_cast<std::size_t>(p - begin)};
        countLines(counted, p);
        piece.end = here(p);
        m_at = resume;
        return piece;
    };
    for (;;) {
        const char c = *p;
        if (c == quote && (!opening.isTripleQuoted || (p[1] == quote && p[2] == quote))) {
            if (inSpecification)
                fail(p, std::string(opening.isTemplate ? "t" : "f") + "-string: expecting '}', or format specs");
            return stop(FormattedPiece::End::Quote, p + (opening.isTripleQuoted ? 3 : 1));
        }
        if (c == '\0' && p == m_end) {
            unterminated(opening, p);
        } else if (c == '\n') {
            if (!opening.isTripleQuoted && inSpecification)
                fail(p, "f-string: newlines are not allowed in format specifiers for single quoted f-strings");
            if (!opening.isTripleQuoted)
                unterminated(opening, p);
            newLine(p + 1);
            counted = p + 1;
        } else if (c == '{') {
            if (p[1] != '{' || inSpecification) {
                const FormattedPiece result = stop(FormattedPiece::End::Field, p + 1);
                if (m_depth == kMaxBrackets)
                    fail(p, "too many nested parentheses");
                m_brackets[static_cast<std::size_t>(m_depth++)] = {'{', result.end};
                m_field = {m_depth, quote, opening.isTripleQuoted};
                return result;
            }
            piece.hasDoubledBrace = true;
            ++p;
        } else if (c == '}') {
            if (inSpecification) {
                --m_depth;
                return stop(FormattedPiece::End::SpecificationEnd, p + 1);
            }
            if (p[1] != '}')
                fail(p, opening.isTemplate ? "t-string: single '}' is not allowed" : "f-string: single '}' is not allowed");
            piece.hasDoubledBrace = true;
            ++p;
        } else if (c == '\\') {
            piece.hasBackslash = true;
            if (p[1] == '\n') {
                ++p;
                newLine(p + 1);
                counted = p + 1;
            } else if (p[1] == '\\' || p[1] == quote) {
                ++p;
            } else if (p[1] == 'N' && p[2] == '{' && !opening.isRaw) {
                // The braces belong to the character's name.
                const char *name = p + 3;
                while (isNameByte(*name) || *name == ' ' || *name == '-' || *name == '(' || *name == ')')
                    ++name;
                p = *name == '}' ? name : p + 1;
            }
        }
        ++p;
    }
}

} // namespace stillroom::python
