// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/stringliteral.h"

#include "python/unicode.h"

namespace stillroom::python {

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class Unescaping {
public:
    Unescaping(std::string &result, std::string_view text, bool isBytes) : m_result(result), m_text(text), m_isBytes(isBytes) {}

    void run()
    {
        while (m_at < m_text.size()) {
            const std::size_t backslash = std::min(m_text.find('\\', m_at), m_text.size());
            m_result.append(m_text, m_at, backslash - m_at);
            m_at = backslash;
            if (m_at < m_text.size())
                escape();
        }
    }

private:
    void escape()
    {
        // At the end only in f-strings, where a brace stands behind the backslash.
        const char c = m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0';
        const auto put = [this](std::string_view bytes) {
            m_result += bytes;
            m_at += 2;
        };
        switch (c) {
        case '\n':
            return put({});
        case '\\':
            return put("\\");
        case '\'':
            return put("'");
        case '"':
            return put("\"");
        case 'a':
            return put("\a");
        case 'b':
            return put("\b");
        case 'f':
            return put("\f");
        case 'n':
            return put("\n");
        case 'r':
            return put("\r");
        case 't':
            return put("\t");
        case 'v':
            return put("\v");
        case 'x':
            return hexadecimal(2);
        case 'u':
            return m_isBytes ? keep() : hexadecimal(4);
        case 'U':
            return m_isBytes ? keep() : hexadecimal(8);
        case 'N':
            return m_isBytes ? keep() : named();
        default:
            return c >= '0' && c <= '7' ? octal() : keep();
        }
    }

    void keep()
    {
        m_result.push_back('\\');
        ++m_at;
    }

    void put(char32_t c)
    {
        if (m_isBytes)
            m_result.push_back(static_cast<char>(c));
        else
            appendCodePoint(m_result, c);
    }

    void octal()
    {
        char32_t value = 0;
        std::size_t p = m_at + 1;
        for (int i = 0; i < 3 && p < m_text.size() && m_text[p] >= '0' && m_text[p] <= '7'; ++i, ++p)
            value = value * 8 + static_cast<char32_t>(m_text[p] - '0');
        m_at = p;
        put(value);
    }

    void hexadecimal(std::size_t digits)
    {
        const std::size_t first = m_at + 2;
        char32_t value = 0;
        std::size_t count = 0;
        for (; count < digits && first + count < m_text.size(); ++count) {
            const int digit = hexDigit(m_text[first + count]);
            if (digit < 0)
                break;
            value = value * 16 + static_cast<char32_t>(digit);
        }
        if (count < digits) {
            if (m_isBytes)
                throw EscapeFailure{"(value error) invalid \\x escape at position " + std::to_string(position())};
            const std::string form = digits == 2 ? "\\xXX" : digits == 4 ? "\\uXXXX" : "\\UXXXXXXXX";
            fail(1 + count, "truncated " + form + " escape");
        }
        if (value > 0x10FFFF)
            fail(1 + count, "illegal Unicode character");
        m_at = first + digits;
        put(value);
    }

    void named()
    {
        const std::size_t open = m_at + 2;
        const std::size_t close = open < m_text.size() && m_text[open] == '{' ? m_text.find('}', open) : std::string_view::npos;
        if (close == std::string_view::npos || close == open + 1)
            fail(close == std::string_view::npos ? 1 : 2, "malformed \\N character escape");
        const std::string_view name = m_text.substr(open + 1, close - open - 1);
        const auto c = namedCharacter(name);
        if (!c)
            throw EscapeFailure{"the character name in \\N{" + std::string(name) +
                                "} is not one that is known here; write the character itself, or \\u and its number"};
        m_at = close + 1;
        put(*c);
    }

    /// Code points of the text before the escape, as Python's decoder counts them.
    std::size_t position() const { return m_at; }

    [[noreturn]] void fail(std::size_t length, const std::string &why) const
    {
        throw EscapeFailure{"(unicode error) 'unicodeescape' codec can't decode bytes in position " + std::to_string(position()) + "-" +
                            std::to_string(position() + length) + ": " + why};
    }

    std::string &m_result;
    std::string_view m_text;
    bool m_isBytes;
    std::size_t m_at = 0;
};

} // namespace

void appendUnescaped(std::string &result, std::string_view text, bool isBytes) { Unescaping(result, text, isBytes).run(); }

} // namespace stillroom::python
