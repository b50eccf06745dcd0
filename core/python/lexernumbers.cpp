// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"

#include "python/lexerbytes.h"
#include "python/unicode.h"

#include <cstring>

/// Numbers (Python reference, "Numeric literals").
namespace stillroom::python {

namespace {

using T = TokenKind;

} // namespace

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
    const std::string_view word(p, static_cast<std::size_t>(stop - p));
    for (const std::string_view keyword : {"and", "else", "for", "if", "in", "is", "or", "not"}) {
        if (word.starts_with(keyword))
            return;
    }
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
