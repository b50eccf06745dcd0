// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"

#include <cstring>

/// Runs over source without making tokens. Strings, f-strings, brackets, comments and joined lines are respected;
/// nothing else is checked. Whoever meets something that does not end here lets the real lexer say what is wrong.
namespace stillroom::python {

namespace {

enum Step : std::uint8_t { Plain, Blank, Newline, Quote, Open, Close, Comment, Backslash, End };

constexpr auto kSteps = [] {
    std::array<Step, 256> table{};
    for (const char c : {' ', '\t', '\f'})
        table[static_cast<unsigned char>(c)] = Blank;
    for (const char c : {'(', '[', '{'})
        table[static_cast<unsigned char>(c)] = Open;
    for (const char c : {')', ']', '}'})
        table[static_cast<unsigned char>(c)] = Close;
    table['\n'] = Newline;
    table['\''] = table['"'] = Quote;
    table['#'] = Comment;
    table['\\'] = Backslash;
    table[0] = End;
    return table;
}();

Step step(char c) { return kSteps[static_cast<unsigned char>(c)]; }

class Skipper {
public:
    Skipper(const char *at, const char *begin, const char *end) : m_at(at), m_begin(begin), m_end(end) {}

    const char *at() const { return m_at; }
    int lines() const { return m_lines; } ///< newlines passed
    const char *lineStart() const { return m_lineStart; }
    char lastCode() const { return m_last; } ///< last character that is neither blank nor comment

    /// To the end of the logical line, behind its newline.
    bool line()
    {
        m_last = 0;
        return until([](char, int) { return false; }, true);
    }

    /// To the end of the logical line, or of the statement if others follow on it.
    bool header()
    {
        m_last = 0;
        return until([](char c, int depth) { return c == ';' && depth == 0; }, true);
    }

    /// Behind the bracket that closes the innermost open one.
    bool bracket()
    {
        int depth = 1;
        return until(
            [&depth](char c, int) {
                if (step(c) == Open)
                    ++depth;
                else if (step(c) == Close)
                    --depth;
                return depth == 0;
            },
            false);
    }

    void blanks()
    {
        for (;;) {
            if (step(*m_at) == Blank)
                ++m_at;
            else if (*m_at == '\\' && m_at[1] == '\n')
                ++m_at, newline();
            else
                return;
        }
    }

    /// From the opening quote behind the closing one.
    bool string()
    {
        const char quote = *m_at;
        bool isRaw = false;
        bool isFormatted = false;
        for (const char *p = m_at; p > m_begin && isNameByte(p[-1]) && m_at - p < 3; --p) {
            const char c = static_cast<char>(p[-1] | 0x20);
            isRaw = isRaw || c == 'r';
            isFormatted = isFormatted || c == 'f' || c == 't';
        }
        const bool isTriple = m_at[1] == quote && m_at[2] == quote;
        m_at += isTriple ? 3 : 1;
        return isFormatted ? formatted(quote, isTriple, isRaw, false) : plain(quote, isTriple);
    }

    bool formatted(char quote, bool isTriple, bool isRaw, bool inSpecification)
    {
        for (;; ++m_at) {
            const char c = *m_at;
            if (c == quote && (!isTriple || (m_at[1] == quote && m_at[2] == quote))) {
                m_at += isTriple ? 3 : 1;
                return !inSpecification;
            }
            if (c == '\0' || (c == '\n' && !isTriple))
                return false;
            if (c == '\n') {
                --m_at, newlineAfter();
            } else if (c == '\\') {
                if (m_at[1] == '\n')
                    newlineAfter();
                else if (m_at[1] == '\\' || m_at[1] == quote)
                    ++m_at;
                else if (m_at[1] == 'N' && m_at[2] == '{' && !isRaw) {
                    const void *close = std::memchr(m_at, '}', static_cast<std::size_t>(m_end - m_at));
                    if (!close)
                        return false;
                    m_at = static_cast<const char *>(close);
                }
            } else if (c == '{') {
                if (m_at[1] == '{' && !inSpecification) {
                    ++m_at;
                    continue;
                }
                ++m_at;
                if (!field(quote, isTriple, isRaw))
                    return false;
                --m_at;
            } else if (c == '}' && inSpecification) {
                ++m_at;
                return true;
            } else if (c == '}') {
                if (m_at[1] != '}')
                    return false;
                ++m_at;
            }
        }
    }

private:
    void newline()
    {
        ++m_at;
        ++m_lines;
        m_lineStart = m_at;
    }
    // In a loop that steps on by itself: stands on the newline afterwards.
    void newlineAfter()
    {
        ++m_at;
        ++m_lines;
        m_lineStart = m_at + 1;
    }

    bool plain(char quote, bool isTriple)
    {
        for (;; ++m_at) {
            const char c = *m_at;
            if (c == quote) {
                if (!isTriple) {
                    ++m_at;
                    return true;
                }
                if (m_at[1] == quote && m_at[2] == quote) {
                    m_at += 3;
                    return true;
                }
            } else if (c == '\\') {
                if (m_at[1] == '\n')
                    newlineAfter();
                else if (m_at[1] != '\0')
                    ++m_at;
            } else if (c == '\n') {
                if (!isTriple)
                    return false;
                --m_at;
                newlineAfter();
            } else if (c == '\0') {
                return false;
            }
        }
    }

    /// A replacement field, behind its opening brace, to behind its closing one.
    bool field(char quote, bool isTriple, bool isRaw)
    {
        if (++m_fields > Lexer::kMaxBrackets)
            return false;
        int depth = 0;
        bool isSpecification = false;
        const bool ended = until(
            [&](char c, int) {
                if (step(c) == Open)
                    ++depth;
                else if (step(c) == Close)
                    --depth;
                isSpecification = c == ':' && depth == 0;
                return depth < 0 || isSpecification;
            },
            false);
        const bool ok = ended && (!isSpecification || formatted(quote, isTriple, isRaw, true));
        --m_fields;
        return ok;
    }

    /// Calls `stops` with each character of code; ends behind the one for which it is true, or, if `atNewline`, behind
    /// the first newline outside brackets or at the end of the source.
    template<class Stops>
    bool until(Stops stops, bool atNewline)
    {
        int depth = 0;
        for (;; ++m_at) {
            const char c = *m_at;
            switch (step(c)) {
            case Plain:
                m_last = c;
                if (stops(c, depth)) {
                    ++m_at;
                    return true;
                }
                break;
            case Blank:
                break;
            case Open:
            case Close:
                m_last = c;
                depth += step(c) == Open ? 1 : -1;
                if (atNewline ? depth < 0 : stops(c, depth)) {
                    ++m_at;
                    return !atNewline;
                }
                break;
            case Quote:
                m_last = c;
                if (!string())
                    return false;
                --m_at;
                break;
            case Comment: {
                const void *stop = std::memchr(m_at, '\n', static_cast<std::size_t>(m_end - m_at));
                m_at = (stop ? static_cast<const char *>(stop) : m_end) - 1;
                break;
            }
            case Newline: {
                const bool isEnd = atNewline && depth == 0;
                --m_at;
                newlineAfter();
                if (isEnd) {
                    ++m_at;
                    return true;
                }
                break;
            }
            case Backslash:
                if (m_at[1] != '\n')
                    return false;
                newlineAfter();
                break;
            case End:
                return atNewline && depth == 0;
            }
        }
    }

    const char *m_at;
    const char *m_begin;
    const char *m_end;
    const char *m_lineStart = nullptr;
    int m_lines = 0;
    int m_fields = 0;
    char m_last = 0;
};

} // namespace

bool Lexer::skipBody()
{
    Skipper skipper(m_at, m_source.data(), m_end);
    const int column = m_indentStack[static_cast<std::size_t>(m_indents - 1)].column;
    if (!skipper.line())
        return false;
    bool hasBody = skipper.lastCode() != 0;
    const bool isOneLine = hasBody;
    const char *p = skipper.at();
    while (!isOneLine && p != m_end) {
        int indent = 0;
        const char *code = p;
        for (;; ++code) {
            if (*code == ' ')
                ++indent;
            else if (*code == '\t')
                indent = (indent / 8 + 1) * 8;
            else if (*code == '\f')
                indent = 0;
            else
                break;
        }
        const bool isEmpty = *code == '\n' || *code == '#' || code == m_end;
        if (!isEmpty && indent <= column)
            break;
        if (*code == '\\')
            return false;
        hasBody = hasBody || !isEmpty;
        if (!skipper.line())
            return false;
        p = skipper.at();
    }
    if (!hasBody)
        return false;
    m_line += skipper.lines();
    if (skipper.lineStart())
        m_lineStart = skipper.lineStart();
    m_continuationBytes = 0;
    m_at = skipper.at();
    m_atLineStart = true;
    m_hasOpenLine = false;
    return true;
}

bool Lexer::skipFormatted(const Token &opening)
{
    Skipper skipper(m_at, m_source.data(), m_end);
    if (!skipper.formatted(opening.stop[-1], opening.isTripleQuoted, opening.isRaw, false))
        return false;
    m_line += skipper.lines();
    if (skipper.lineStart()) {
        m_lineStart = skipper.lineStart();
        m_continuationBytes = 0;
    }
    countLines(skipper.lineStart() ? skipper.lineStart() : m_at, skipper.at());
    m_at = skipper.at();
    return true;
}

bool Lexer::lineEndsWithColon() const
{
    Skipper skipper(m_at, m_source.data(), m_end);
    return skipper.header() && skipper.lastCode() == ':';
}

char Lexer::behindBracket() const
{
    Skipper skipper(m_at, m_source.data(), m_end);
    if (!skipper.bracket())
        return 0;
    skipper.blanks();
    return *skipper.at();
}

} // namespace stillroom::python
