// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/runtime.h"

#include <QChar>

/// UTF-8 by code point. Lone surrogates are three bytes, as in StringObject.
namespace stillroom::python {

char32_t nextCodePoint(std::string_view text, std::size_t &position)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
    const unsigned first = byte(position);
    if (first < 0x80) {
        ++position;
        return first;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    char32_t c = length == 4 ? first & 0x07 : length == 3 ? first & 0x0F : first & 0x1F;
    for (std::size_t i = 1; i < length; ++i)
        c = c << 6 | (byte(position + i) & 0x3F);
    position = std::min(position + length, text.size());
    return c;
}

void appendUtf8(std::string &out, char32_t c)
{
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::u32string decodeUtf8(std::string_view utf8)
{
    std::u32string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();)
        out.push_back(nextCodePoint(utf8, i));
    return out;
}

std::string encodeUtf8(std::u32string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (const char32_t c : text)
        appendUtf8(out, c);
    return out;
}

std::int64_t codePointCount(std::string_view text)
{
    std::int64_t n = 0;
    for (const char c : text)
        n += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return n;
}

std::size_t byteOffset(const StringObject *s, std::int64_t codePoint)
{
    if (s->isAscii())
        return static_cast<std::size_t>(codePoint);
    std::size_t i = 0;
    for (; i < s->text.size(); ++i)
        if ((static_cast<unsigned char>(s->text[i]) & 0xC0) != 0x80 && codePoint-- == 0)
            break;
    return i;
}

bool isSpace(char32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f);
    return c == 0x85 || QChar::isSpace(c);
}

int digitValue(char32_t c) { return QChar::category(c) == QChar::Number_DecimalDigit ? QChar::digitValue(c) : -1; }

} // namespace stillroom::python
