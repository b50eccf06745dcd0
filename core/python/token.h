// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/tree.h"

#include <cstdint>
#include <string>
#include <string_view>

/// Python reference, "Lexical analysis": what the lexer gives the parser.
namespace stillroom::python {

enum class TokenKind : std::uint8_t {
    EndOfFile,
    Newline,
    Indent,
    Dedent,
    Name,
    Number,
    String,
    FormattedStart, ///< prefix and opening quote of an f-string or t-string; the rest is asked for piece by piece

    FalseWord,
    NoneWord,
    TrueWord,
    And,
    As,
    Assert,
    Async,
    Await,
    Break,
    Class,
    Continue,
    Def,
    Del,
    Elif,
    Else,
    Except,
    Finally,
    For,
    From,
    Global,
    If,
    Import,
    In,
    Is,
    Lambda,
    Nonlocal,
    Not,
    Or,
    Pass,
    Raise,
    Return,
    Try,
    While,
    With,
    Yield,

    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
    Comma,
    Colon,
    Semicolon,
    Dot,
    Ellipsis,
    Arrow,
    Exclamation,
    Backquote, ///< Python 2 only
    Equal,
    ColonEqual,

    Plus,
    Minus,
    Star,
    DoubleStar,
    Slash,
    DoubleSlash,
    Percent,
    At,
    LeftShift,
    RightShift,
    Ampersand,
    Pipe,
    Caret,
    Tilde,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,

    PlusEqual,
    MinusEqual,
    StarEqual,
    DoubleStarEqual,
    SlashEqual,
    DoubleSlashEqual,
    PercentEqual,
    AtEqual,
    LeftShiftEqual,
    RightShiftEqual,
    AmpersandEqual,
    PipeEqual,
    CaretEqual,
};
inline constexpr int kTokenKinds = static_cast<int>(TokenKind::CaretEqual) + 1;

struct Token {
    TokenKind kind = TokenKind::EndOfFile;
    // String and FormattedStart
    bool isRaw = false;
    bool isBytes = false;
    bool isUnicodePrefixed = false;
    bool isTemplate = false;
    bool isTripleQuoted = false;
    bool hasBackslash = false;
    bool hasNonAscii = false; ///< String and Name
    std::uint8_t prefixLength = 0;
    // Number
    bool hasUnderscore = false;
    ConstantKind number = ConstantKind::Integer;

    const char *begin = nullptr;
    const char *stop = nullptr;
    Position start;
    Position end;

    [[nodiscard]] std::string_view text() const { return {begin, static_cast<std::size_t>(stop - begin)}; }
    /// What stands between the quotes of a String.
    [[nodiscard]] std::string_view quoted() const
    {
        const std::size_t quote = isTripleQuoted ? 3 : 1;
        return text().substr(prefixLength + quote, static_cast<std::size_t>(stop - begin) - prefixLength - 2 * quote);
    }
};

/// Thrown inside the parser at the first syntax error; parse() turns it into an Error.
struct SyntaxFailure {
    Position where;
    std::string message;
    bool isGrammatical = false; ///< from the parser: a lexical error further on explains more
};

} // namespace stillroom::python
