// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/token.h"

#include <array>
#include <string_view>

/// Cuts a script into tokens, one at a time and without allocating (Python reference, "Lexical analysis"; PEP 701 for
/// f-strings). The source must be valid UTF-8 with \n line ends, without NUL bytes, and followed by one NUL byte.
/// Copying a Lexer remembers a place to come back to.
namespace stillroom::python {

/// Literal text of an f-string up to what ended it.
struct FormattedPiece {
    enum class End : std::uint8_t { Quote, Field, SpecificationEnd };
    End endsWith{};
    std::string_view text; ///< as it stands in the source: escapes, `{{` and `}}` not replaced
    bool hasBackslash = false;
    bool hasDoubledBrace = false;
    Position start;
    Position end;
};

class Lexer {
public:
    /// `acceptsPython2`: long and old octal integers, `<>`, backquotes and ur"" are tokens, tabs are not looked at.
    Lexer(std::string_view source, bool isAscii, bool acceptsPython2);

    void next(Token &token);
    /// Before the first token: blanks before it are no indentation.
    void beginInline();

    /// The next literal piece of the f-string that `opening` began; call it right after that token, or after the token
    /// that ended a replacement field. On End::Field the lexer stands behind the brace and gives the field's tokens.
    FormattedPiece formattedPiece(const Token &opening, bool inSpecification);
    /// The innermost replacement field that is being read.
    struct Field {
        int depth = 0; ///< brackets open inside it, its own included; 0 outside f-strings
        char quote = 0;
        bool isTripleQuoted = false;
    };
    [[nodiscard]] Field field() const { return m_field; }
    void setField(Field field) { m_field = field; }

    /// Reads on behind an f-string's opening to its closing quote. False when it does not end properly.
    bool skipFormatted(const Token &opening);

    /// Skips the body of a compound statement whose colon was the last token: the rest of the line, or all lines
    /// indented deeper than the statement. False when it cannot tell where the body ends; then parse everything.
    bool skipBody();

    /// Whether the logical line, read on from here, ends with a colon.
    [[nodiscard]] bool lineEndsWithColon() const;
    /// What follows the bracket that was opened last once it is closed: its first character, 0 when it is not closed.
    [[nodiscard]] char behindBracket() const;

    [[nodiscard]] int depth() const { return m_depth; }
    struct Bracket {
        char open;
        Position where;
    };
    [[nodiscard]] const Bracket &innermostBracket() const { return m_brackets[static_cast<std::size_t>(m_depth - 1)]; }

    [[nodiscard]] const char *at() const { return m_at; }
    /// Where a character of the source stands. Counts from the beginning: for errors only.
    [[nodiscard]] Position locate(const char *where) const;

    static constexpr int kMaxBrackets = 200;
    static constexpr int kMaxIndents = 100;

private:
    struct Indent {
        int column;
        int narrowColumn; ///< with tabs one column wide: equal order of both is CPython's test for consistency
    };

    void beginLine();
    void measureIndent(int column, int narrowColumn);
    [[nodiscard]] Position here(const char *where) const
    {
        return {m_line, static_cast<std::int32_t>(where - m_lineStart) + 1 - m_continuationBytes};
    }
    void newLine(const char *lineStart)
    {
        ++m_line;
        m_lineStart = lineStart;
        m_continuationBytes = 0;
    }
    void finish(Token &token, TokenKind kind, const char *stop);
    void finishEnd(Token &token);
    const char *codeAhead(Token &token);
    void endLine(Token &token, const char *where, const char *newline);
    void name(Token &token, const char *p);
    void wideName(Token &token, const char *p);
    void number(Token &token, const char *p);
    const char *radixDigits(const char *p, char letter);
    const char *decimalDigits(const char *p);
    void numberEnd(const char *p, std::string_view kind);
    const char *fraction(Token &token, const char *p);
    void string(Token &token, const char *quote);
    bool readPrefix(Token &token, std::string_view prefix) const;
    void countLines(const char *from, const char *to);
    void open(Token &token, TokenKind kind);
    void close(Token &token, TokenKind kind, char bracket);
    void punctuation(Token &token, const char *p);
    [[noreturn]] void unterminated(const Token &token, const char *stop) const;
    [[noreturn]] void fail(const char *where, std::string message) const;
    [[noreturn]] void unexpectedCharacter(const char *p) const;

    std::string_view m_source;
    const char *m_end;
    const char *m_at;
    const char *m_lineStart;
    int m_line = 1;
    int m_continuationBytes = 0; ///< UTF-8 continuation bytes of this line that lie behind m_at
    int m_depth = 0;
    Field m_field;
    int m_indents = 1;
    int m_pendingIndents = 0; ///< 1: an Indent, negative: that many Dedents
    bool m_isAscii;
    bool m_acceptsPython2;
    bool m_atLineStart = true;
    bool m_hasOpenLine = false; ///< tokens since the last Newline
    std::array<Bracket, kMaxBrackets> m_brackets{};
    std::array<Indent, kMaxIndents> m_indentStack{};
};

/// Bytes that may stand in an ASCII identifier.
[[nodiscard]] bool isNameByte(char c);

} // namespace stillroom::python
