// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"

#include "python/unicode.h"

#include <cstring>
#include <utility>

namespace stillroom::python {

namespace {

using T = TokenKind;

constexpr std::uint8_t kStarts = 1;   // may begin an ASCII identifier
constexpr std::uint8_t kDigit = 2;    // 0-9
constexpr std::uint8_t kWide = 4;     // part of a character outside ASCII
constexpr std::uint8_t kInString = 8; // ordinary inside a quoted string

constexpr auto kBytes = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool digit = c >= '0' && c <= '9';
        table[c] = static_cast<std::uint8_t>((letter ? kStarts : 0) | (digit ? kDigit : 0) | (c >= 128 ? kWide : 0) |
                                             (c != '\'' && c != '"' && c != '\\' && c != '\n' && c != 0 && c < 128 ? kInString : 0));
    }
    return table;
}();

std::uint8_t byteClass(char c) { return kBytes[static_cast<unsigned char>(c)]; }
bool isDigit(char c) { return byteClass(c) & kDigit; }
bool isWide(char c) { return byteClass(c) & kWide; }
bool isContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

constexpr std::uint64_t packed(std::string_view word)
{
    std::uint64_t value = 0;
    for (const char c : word)
        value = (value << 8) | static_cast<unsigned char>(c);
    return value;
}

struct Word {
    std::uint64_t letters = 0;
    TokenKind kind = T::Name;
};
constexpr std::array<std::pair<std::string_view, TokenKind>, 35> kKeywords{{
    {"False", T::FalseWord},
    {"None", T::NoneWord},
    {"True", T::TrueWord},
    {"and", T::And},
    {"as", T::As},
    {"assert", T::Assert},
    {"async", T::Async},
    {"await", T::Await},
    {"break", T::Break},
    {"class", T::Class},
    {"continue", T::Continue},
    {"def", T::Def},
    {"del", T::Del},
    {"elif", T::Elif},
    {"else", T::Else},
    {"except", T::Except},
    {"finally", T::Finally},
    {"for", T::For},
    {"from", T::From},
    {"global", T::Global},
    {"if", T::If},
    {"import", T::Import},
    {"in", T::In},
    {"is", T::Is},
    {"lambda", T::Lambda},
    {"nonlocal", T::Nonlocal},
    {"not", T::Not},
    {"or", T::Or},
    {"pass", T::Pass},
    {"raise", T::Raise},
    {"return", T::Return},
    {"try", T::Try},
    {"while", T::While},
    {"with", T::With},
    {"yield", T::Yield},
}};
constexpr std::size_t wordSlot(std::uint64_t letters, std::uint64_t seed) { return static_cast<std::size_t>((letters * seed) >> 56); }
// A seed that gives every keyword a slot of its own, searched for by the compiler.
constexpr std::uint64_t kWordSeed = [] {
    for (std::uint64_t seed = 0x9E3779B97F4A7C15u;; seed = seed * 6364136223846793005u + 1442695040888963407u) {
        std::array<bool, 256> taken{};
        bool clash = false;
        for (const auto &[word, kind] : kKeywords) {
            bool &slot = taken[wordSlot(packed(word), seed)];
            clash = clash || slot;
            slot = true;
        }
        if (!clash)
            return seed;
    }
}();
constexpr auto kWords = [] {
    std::array<Word, 256> table{};
    for (const auto &[word, kind] : kKeywords)
        table[wordSlot(packed(word), kWordSeed)] = {packed(word), kind};
    return table;
}();

TokenKind keyword(const char *p, const char *stop)
{
    if (stop - p > 8 || stop - p < 2)
        return T::Name;
    const std::uint64_t letters = packed({p, static_cast<std::size_t>(stop - p)});
    const Word &word = kWords[wordSlot(letters, kWordSeed)];
    return word.letters == letters ? word.kind : T::Name;
}

} // namespace

bool isNameByte(char c) { return byteClass(c) & (kStarts | kDigit | kWide); }

Lexer::Lexer(std::string_view source, bool isAscii, bool acceptsPython2)
    : m_source(source), m_end(source.data() + source.size()), m_at(source.data()), m_lineStart(source.data()), m_isAscii(isAscii),
      m_acceptsPython2(acceptsPython2)
{
    m_indentStack[0] = {0, 0};
}

Position Lexer::locate(const char *where) const
{
    Position position{1, 1};
    for (const char *p = m_source.data(); p < where; ++p) {
        if (*p == '\n')
            position = {position.line + 1, 1};
        else if (!isContinuationByte(*p))
            ++position.column;
    }
    return position;
}

void Lexer::fail(const char *where, std::string message) const { throw SyntaxFailure{locate(where), std::move(message)}; }

/// Measures the indentation of the next line with code on it; blank lines and comments have none.
void Lexer::beginLine()
{
    int column = 0;
    int narrow = 0;
    int continued = -1;
    const char *p = m_at;
    for (;;) {
        switch (*p) {
        case ' ':
            ++column;
            ++narrow;
            ++p;
            continue;
        case '\t':
            column = (column / 8 + 1) * 8;
            ++narrow;
            ++p;
            continue;
        case '\f':
            column = narrow = 0;
            ++p;
            continue;
        case '\\':
            // A backslash alone on a line: the indentation is that of the first of the joined lines.
            if (p[1] != '\n')
                break;
            if (continued < 0)
                continued = column;
            p += 2;
            newLine(p);
            column = narrow = 0;
            continue;
        case '#': {
            const void *newline = std::memchr(p, '\n', static_cast<std::size_t>(m_end - p));
            p = newline ? static_cast<const char *>(newline) : m_end;
            if (!newline)
                break;
            [[fallthrough]];
        }
        case '\n':
            ++p;
            newLine(p);
            column = narrow = 0;
            continued = -1;
            continue;
        default:
            break;
        }
        break;
    }
    m_at = p;
    if (continued >= 0)
        column = narrow = continued;
    if (p == m_end)
        column = narrow = 0;
    measureIndent(column, narrow);
}

void Lexer::measureIndent(int column, int narrow)
{
    const auto inconsistent = [this] { fail(m_lineStart, "inconsistent use of tabs and spaces in indentation"); };
    const auto top = [this]() -> const Indent & { return m_indentStack[static_cast<std::size_t>(m_indents - 1)]; };
    if (column == top().column) {
        if (narrow != top().narrowColumn && !m_acceptsPython2)
            inconsistent();
        return;
    }
    if (column > top().column) {
        if (m_indents == kMaxIndents)
            fail(m_at, "too many levels of indentation");
        if (narrow <= top().narrowColumn && !m_acceptsPython2)
            inconsistent();
        m_indentStack[static_cast<std::size_t>(m_indents++)] = {column, narrow};
        m_pendingIndents = 1;
        return;
    }
    while (m_indents > 1 && column < top().column) {
        --m_indents;
        --m_pendingIndents;
    }
    if (column != top().column) {
        const char *stop = m_at;
        while (stop != m_end && *stop != '\n')
            ++stop;
        fail(stop, "unindent does not match any outer indentation level");
    }
    if (narrow != top().narrowColumn && !m_acceptsPython2)
        inconsistent();
}

void Lexer::beginInline() { m_atLineStart = false; }

void Lexer::finish(Token &token, TokenKind kind, const char *stop)
{
    token.kind = kind;
    token.stop = stop;
    token.end = here(stop);
    m_at = stop;
}

void Lexer::finishEnd(Token &token)
{
    if (m_depth == 0 && m_hasOpenLine) {
        m_hasOpenLine = false;
        m_atLineStart = true;
        finish(token, T::Newline, m_at);
        return;
    }
    finish(token, T::EndOfFile, m_at);
}

void Lexer::next(Token &token)
{
    if (m_atLineStart) {
        m_atLineStart = false;
        beginLine();
    }
    if (m_pendingIndents != 0) {
        token.begin = m_at;
        token.start = here(m_at);
        const bool isIndent = m_pendingIndents > 0;
        m_pendingIndents += isIndent ? -1 : 1;
        finish(token, isIndent ? T::Indent : T::Dedent, m_at);
        return;
    }
    const char *p = m_at;
    for (;;) {
        const char c = *p;
        if (c == ' ' || c == '\t' || c == '\f') {
            ++p;
            continue;
        }
        if (byteClass(c) & kStarts) {
            token.begin = p;
            token.start = here(p);
            m_hasOpenLine = true;
            return name(token, p);
        }
        switch (c) {
        case '#': {
            const void *newline = std::memchr(p, '\n', static_cast<std::size_t>(m_end - p));
            if (newline && m_depth == 0) {
                // The Newline token stands where the comment begins: its column needs no count of the comment's bytes.
                token.begin = static_cast<const char *>(newline);
                token.start = token.end = here(p);
                token.kind = T::Newline;
                token.stop = m_at = token.begin + 1;
                newLine(m_at);
                m_atLineStart = true;
                m_hasOpenLine = false;
                return;
            }
            if (!newline)
                countLines(p, m_end);
            p = newline ? static_cast<const char *>(newline) : m_end;
            continue;
        }
        case '\n':
            if (m_depth > 0) {
                ++p;
                newLine(p);
                continue;
            }
            token.begin = p;
            token.start = here(p);
            finish(token, T::Newline, p + 1);
            newLine(p + 1);
            m_atLineStart = true;
            m_hasOpenLine = false;
            return;
        case '\\':
            if (p[1] != '\n')
                fail(p + 1, p + 1 == m_end ? "unexpected EOF while parsing" : "unexpected character after line continuation character");
            p += 2;
            if (p == m_end)
                fail(p - 1, "unexpected EOF while parsing");
            newLine(p);
            continue;
        case '\0':
            if (p == m_end) {
                token.begin = m_at = p;
                token.start = here(p);
                return finishEnd(token);
            }
            break;
        default:
            break;
        }
        token.begin = p;
        token.start = here(p);
        m_hasOpenLine = true;
        if (isDigit(c) || (c == '.' && isDigit(p[1])))
            return number(token, p);
        if (c == '\'' || c == '"') {
            token.prefixLength = 0;
            token.isRaw = token.isBytes = token.isUnicodePrefixed = token.isTemplate = false;
            token.kind = T::String;
            return string(token, p);
        }
        if (isWide(c))
            return wideName(token, p);
        return punctuation(token, p);
    }
}

void Lexer::name(Token &token, const char *p)
{
    const char *stop = p + 1;
    while (byteClass(*stop) & (kStarts | kDigit))
        ++stop;
    if (isWide(*stop))
        return wideName(token, p);
    if ((*stop == '\'' || *stop == '"') && stop - p <= 2 && readPrefix(token, {p, static_cast<std::size_t>(stop - p)}))
        return string(token, stop);
    token.hasNonAscii = false;
    finish(token, keyword(p, stop), stop);
}

void Lexer::wideName(Token &token, const char *p)
{
    const char *stop = p;
    while (isNameByte(*stop))
        ++stop;
    for (const char *at = p; at < stop;) {
        const char *character = at;
        const char32_t c = readCodePoint(at);
        if (character == p ? !isIdentifierStart(c) : !isIdentifierContinue(c))
            unexpectedCharacter(character);
    }
    token.hasNonAscii = true;
    countLines(p, stop);
    finish(token, T::Name, stop);
}

void Lexer::unexpectedCharacter(const char *p) const
{
    const char *at = p;
    const char32_t c = readCodePoint(at);
    std::string code = codePointName(c);
    if (!isPrintable(c))
        fail(p, "invalid non-printable character " + code);
    fail(p, "invalid character '" + std::string(p, at) + "' (" + code + ")");
}

/// Keeps line and column right for a stretch that may hold newlines and characters outside ASCII.
void Lexer::countLines(const char *from, const char *to)
{
    if (m_isAscii)
        return;
    for (const char *p = from; p < to; ++p) {
        if (isContinuationByte(*p))
            ++m_continuationBytes;
    }
}

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

void Lexer::open(Token &token, TokenKind kind)
{
    if (m_depth == kMaxBrackets)
        fail(token.begin, "too many nested parentheses");
    m_brackets[static_cast<std::size_t>(m_depth++)] = {*token.begin, token.start};
    finish(token, kind, token.begin + 1);
}

void Lexer::close(Token &token, TokenKind kind, char bracket)
{
    const char c = *token.begin;
    const std::string inField = m_field.depth > 0 ? "f-string: " : "";
    if (m_depth == 0 || (m_depth == m_field.depth && bracket != '{'))
        fail(token.begin, inField + "unmatched '" + c + "'");
    const Bracket &opened = innermostBracket();
    if (opened.open != bracket) {
        std::string message = std::string("closing parenthesis '") + c + "' does not match opening parenthesis '" + opened.open + "'";
        if (opened.where.line != m_line)
            message += " on line " + std::to_string(opened.where.line);
        fail(token.begin, std::move(message));
    }
    --m_depth;
    finish(token, kind, token.begin + 1);
}

void Lexer::punctuation(Token &token, const char *p)
{
    // `single`, or with `=` behind it.
    const auto orEqual = [&](TokenKind single, TokenKind withEqual) { p[1] == '=' ? finish(token, withEqual, p + 2) : finish(token, single, p + 1); };
    const auto orDoubled = [&](TokenKind single, TokenKind singleEqual, TokenKind doubled, TokenKind doubledEqual) {
        if (p[1] != *p)
            return orEqual(single, singleEqual);
        p[2] == '=' ? finish(token, doubledEqual, p + 3) : finish(token, doubled, p + 2);
    };
    switch (*p) {
    case '(':
        return open(token, T::LeftParenthesis);
    case '[':
        return open(token, T::LeftBracket);
    case '{':
        return open(token, T::LeftBrace);
    case ')':
        return close(token, T::RightParenthesis, '(');
    case ']':
        return close(token, T::RightBracket, '[');
    case '}':
        return close(token, T::RightBrace, '{');
    case ',':
        return finish(token, T::Comma, p + 1);
    case ':':
        // At the top of a replacement field a colon begins the format specification, whatever follows.
        if (m_field.depth > 0 && m_depth == m_field.depth)
            return finish(token, T::Colon, p + 1);
        return orEqual(T::Colon, T::ColonEqual);
    case ';':
        return finish(token, T::Semicolon, p + 1);
    case '.':
        return p[1] == '.' && p[2] == '.' ? finish(token, T::Ellipsis, p + 3) : finish(token, T::Dot, p + 1);
    case '=':
        return orEqual(T::Equal, T::EqualEqual);
    case '+':
        return orEqual(T::Plus, T::PlusEqual);
    case '-':
        return p[1] == '>' ? finish(token, T::Arrow, p + 2) : orEqual(T::Minus, T::MinusEqual);
    case '*':
        return orDoubled(T::Star, T::StarEqual, T::DoubleStar, T::DoubleStarEqual);
    case '/':
        return orDoubled(T::Slash, T::SlashEqual, T::DoubleSlash, T::DoubleSlashEqual);
    case '%':
        return orEqual(T::Percent, T::PercentEqual);
    case '@':
        return orEqual(T::At, T::AtEqual);
    case '&':
        return orEqual(T::Ampersand, T::AmpersandEqual);
    case '|':
        return orEqual(T::Pipe, T::PipeEqual);
    case '^':
        return orEqual(T::Caret, T::CaretEqual);
    case '~':
        return finish(token, T::Tilde, p + 1);
    case '<':
        if (p[1] == '>' && m_acceptsPython2)
            return finish(token, T::NotEqual, p + 2);
        return orDoubled(T::Less, T::LessEqual, T::LeftShift, T::LeftShiftEqual);
    case '>':
        return orDoubled(T::Greater, T::GreaterEqual, T::RightShift, T::RightShiftEqual);
    case '!':
        return orEqual(T::Exclamation, T::NotEqual);
    case '`':
        if (m_acceptsPython2)
            return finish(token, T::Backquote, p + 1);
        break;
    default:
        break;
    }
    if (*p == '$' || *p == '?' || *p == '`')
        throw SyntaxFailure{token.start, "invalid syntax"};
    unexpectedCharacter(p);
}

const char *Lexer::decimalDigits(const char *p)
{
    for (;;) {
        while (isDigit(*p))
            ++p;
        if (*p != '_')
            return p;
        if (!isDigit(p[1]))
            fail(p, "invalid decimal literal");
        ++p;
    }
}

/// What follows a number may be a keyword that can follow one (`1if x else y`), but no other name.
void Lexer::numberEnd(const char *p, std::string_view kind)
{
    if (!isNameByte(*p))
        return;
    const char *stop = p;
    while (isNameByte(*stop))
        ++stop;
    const auto startsWith = [p](std::string_view word) { return std::string_view(p, word.size()) == word; };
    if (stop - p >= 2 && (startsWith("and") || startsWith("else") || startsWith("for") || startsWith("if") || startsWith("in") || startsWith("is") ||
                          startsWith("or") || startsWith("not")))
        return;
    if (isWide(*p)) {
        const char *at = p;
        if (!isIdentifierContinue(readCodePoint(at)))
            return;
    }
    fail(p - 1, "invalid " + std::string(kind) + " literal");
}

const char *Lexer::radixDigits(const char *p, char letter)
{
    const std::string_view kind = letter == 'x' ? "hexadecimal" : letter == 'o' ? "octal" : "binary";
    const auto isRadixDigit = [letter](char c) {
        switch (letter) {
        case 'x':
            return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        case 'o':
            return c >= '0' && c <= '7';
        default:
            return c == '0' || c == '1';
        }
    };
    do {
        if (*p == '_')
            ++p;
        if (!isRadixDigit(*p)) {
            if (isDigit(*p))
                fail(p, std::string("invalid digit '") + *p + "' in " + std::string(kind) + " literal");
            fail(p - 1, "invalid " + std::string(kind) + " literal");
        }
        while (isRadixDigit(*p))
            ++p;
    } while (*p == '_');
    if (isDigit(*p))
        fail(p, std::string("invalid digit '") + *p + "' in " + std::string(kind) + " literal");
    return p;
}

/// Fraction, exponent and imaginary sign, from the point, the `e` or the `j` on.
const char *Lexer::fraction(Token &token, const char *p)
{
    if (*p == '.') {
        token.number = ConstantKind::Float;
        ++p;
        if (isDigit(*p))
            p = decimalDigits(p);
    }
    if (*p == 'e' || *p == 'E') {
        const char *exponent = p + 1;
        const bool isSigned = *exponent == '+' || *exponent == '-';
        if (isSigned)
            ++exponent;
        if (isDigit(*exponent)) {
            token.number = ConstantKind::Float;
            p = decimalDigits(exponent);
        } else if (isSigned) {
            fail(p + 1, "invalid decimal literal");
        }
    }
    if (*p == 'j' || *p == 'J') {
        token.number = ConstantKind::Imaginary;
        numberEnd(p + 1, "imaginary");
        return p + 1;
    }
    numberEnd(p, "decimal");
    return p;
}

void Lexer::number(Token &token, const char *p)
{
    token.number = ConstantKind::Integer;
    const char *begin = p;
    const char lower = static_cast<char>(p[1] | 0x20);
    if (*p == '0' && (lower == 'x' || lower == 'o' || lower == 'b')) {
        p = radixDigits(p + 2, lower);
        if (m_acceptsPython2 && (*p == 'l' || *p == 'L'))
            ++p;
        else
            numberEnd(p, lower == 'x' ? "hexadecimal" : lower == 'o' ? "octal" : "binary");
    } else {
        if (*p != '.')
            p = decimalDigits(p);
        if (m_acceptsPython2 && (*p == 'l' || *p == 'L')) {
            ++p;
        } else {
            const char *digits = p;
            p = fraction(token, p);
            if (*begin == '0' && token.number == ConstantKind::Integer && !m_acceptsPython2) {
                const char *zeros = begin;
                while (*zeros == '0' || *zeros == '_')
                    ++zeros;
                if (zeros < digits)
                    fail(begin, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
            }
        }
    }
    token.hasUnderscore = std::memchr(begin, '_', static_cast<std::size_t>(p - begin)) != nullptr;
    finish(token, T::Number, p);
}

} // namespace stillroom::python
