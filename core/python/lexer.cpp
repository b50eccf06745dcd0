// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"

#include "python/lexerbytes.h"
#include "python/unicode.h"

#include <cstring>
#include <utility>

namespace stillroom::python {

namespace {

using T = TokenKind;

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
    const char *p = codeAhead(token);
    if (!p)
        return;
    const char c = *p;
    token.begin = p;
    token.start = here(p);
    m_hasOpenLine = true;
    if (byteClass(c) & kStarts)
        return name(token, p);
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

/// Where the next token of code begins. Null when the line or the file ends first: then that is the token.
const char *Lexer::codeAhead(Token &token)
{
    for (const char *p = m_at;;) {
        switch (*p) {
        case ' ':
        case '\t':
        case '\f':
            ++p;
            break;
        case '#': {
            const void *newline = std::memchr(p, '\n', static_cast<std::size_t>(m_end - p));
            if (newline && m_depth == 0) {
                // The Newline token stands where the comment begins: its column needs no count of the comment's bytes.
                endLine(token, p, static_cast<const char *>(newline));
                return nullptr;
            }
            if (!newline)
                countLines(p, m_end);
            p = newline ? static_cast<const char *>(newline) : m_end;
            break;
        }
        case '\n':
            if (m_depth == 0) {
                endLine(token, p, p);
                return nullptr;
            }
            ++p;
            newLine(p);
            break;
        case '\\':
            if (p[1] != '\n')
                fail(p + 1, p + 1 == m_end ? "unexpected EOF while parsing" : "unexpected character after line continuation character");
            p += 2;
            if (p == m_end)
                fail(p - 1, "unexpected EOF while parsing");
            newLine(p);
            break;
        case '\0':
            if (p == m_end) {
                token.begin = m_at = p;
                token.start = here(p);
                finishEnd(token);
                return nullptr;
            }
            return p;
        default:
            return p;
        }
    }
}

void Lexer::endLine(Token &token, const char *where, const char *newline)
{
    token.kind = T::Newline;
    token.begin = where;
    token.start = token.end = here(where);
    token.end.column += where == newline;
    token.stop = m_at = newline + 1;
    newLine(m_at);
    m_atLineStart = true;
    m_hasOpenLine = false;
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

} // namespace stillroom::python
