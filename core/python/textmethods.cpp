// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/textmethods.h"

#include "python/runtime.h"

namespace stillroom::python {

std::int64_t countOf(std::string_view text, std::string_view part)
{
    std::int64_t n = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
        ++n;
    return n;
}

std::string replaced(Interpreter &py, std::string_view text, std::string_view from, std::string_view to, std::int64_t limit)
{
    const auto count = static_cast<std::size_t>(countOf(text, from));
    py.state().willAllocate(text.size() + count * to.size());
    std::string out;
    std::size_t position = 0;
    for (auto at = text.find(from); at != std::string_view::npos && limit != 0; at = text.find(from, position), --limit) {
        out += text.substr(position, at - position);
        out += to;
        position = at + from.size();
    }
    out += text.substr(position);
    return out;
}

std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, std::int64_t limit, bool fromRight)
{
    std::vector<std::string_view> parts;
    if (!fromRight) {
        std::size_t position = 0;
        for (auto at = text.find(separator); at != std::string_view::npos && limit != 0; at = text.find(separator, position), --limit) {
            parts.push_back(text.substr(position, at - position));
            position = at + separator.size();
        }
        parts.push_back(text.substr(position));
        return parts;
    }
    std::size_t end = text.size();
    while (limit != 0 && end >= separator.size()) {
        const auto at = text.substr(0, end).rfind(separator);
        if (at == std::string_view::npos)
            break;
        parts.push_back(text.substr(at + separator.size(), end - at - separator.size()));
        end = at;
        --limit;
    }
    parts.push_back(text.substr(0, end));
    std::reverse(parts.begin(), parts.end());
    return parts;
}

std::vector<std::string_view> splitBlanks(std::string_view text, std::int64_t limit, bool fromRight, bool (*isBlank)(char32_t))
{
    struct Run {
        std::size_t from, to;
    };
    std::vector<Run> words;
    std::size_t start = std::string_view::npos;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t at = i;
        const bool blank = isBlank(nextCodePoint(text, i));
        if (blank && start != std::string_view::npos) {
            words.push_back({start, at});
            start = std::string_view::npos;
        } else if (!blank && start == std::string_view::npos) {
            start = at;
        }
    }
    if (start != std::string_view::npos)
        words.push_back({start, text.size()});
    std::vector<std::string_view> parts;
    const auto part = [&](std::size_t from, std::size_t to) { parts.push_back(text.substr(from, to - from)); };
    if (limit < 0 || words.size() <= static_cast<std::size_t>(limit)) {
        for (const Run &w : words)
            part(w.from, w.to);
        return parts;
    }
    const auto n = static_cast<std::size_t>(limit);
    if (!fromRight) {
        for (std::size_t i = 0; i < n; ++i)
            part(words[i].from, words[i].to);
        part(words[n].from, text.size());
        return parts;
    }
    const std::size_t keep = words.size() - n;
    part(0, words[keep - 1].to);
    for (std::size_t i = keep; i < words.size(); ++i)
        part(words[i].from, words[i].to);
    return parts;
}

namespace {
constexpr char32_t kFirstByte = 0xF700; // private use
}

std::string textOfBytes(std::string_view bytes)
{
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        appendUtf8(text, byte < 0x80 ? byte : kFirstByte + byte);
    }
    return text;
}

std::string bytesOfText(std::string_view utf8)
{
    std::string bytes;
    for (std::size_t i = 0; i < utf8.size();) {
        const char32_t c = nextCodePoint(utf8, i);
        bytes.push_back(static_cast<char>(c < 0x80 ? c : c - kFirstByte));
    }
    return bytes;
}

namespace {

enum class Codec : std::uint8_t { Utf8, Utf8Sig, Ascii, Latin1, Utf16, Utf16Le, Utf16Be, Utf32, Utf32Le, Utf32Be };

Codec codecOf(Interpreter &py, const std::string &name)
{
    std::string key;
    for (const char c : name)
        if (c != '-' && c != '_' && c != ' ')
            key.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    if (key == "utf8" || key == "u8")
        return Codec::Utf8;
    if (key == "utf8sig")
        return Codec::Utf8Sig;
    if (key == "ascii" || key == "usascii" || key == "646")
        return Codec::Ascii;
    if (key == "latin1" || key == "iso88591" || key == "l1" || key == "latin" || key == "8859")
        return Codec::Latin1;
    if (key == "utf16" || key == "u16")
        return Codec::Utf16;
    if (key == "utf16le")
        return Codec::Utf16Le;
    if (key == "utf16be")
        return Codec::Utf16Be;
    if (key == "utf32" || key == "u32")
        return Codec::Utf32;
    if (key == "utf32le")
        return Codec::Utf32Le;
    if (key == "utf32be")
        return Codec::Utf32Be;
    for (const char *known :
         {"cp1252", "cp437", "iso885915", "windows1252", "utf7", "rot13", "idna", "punycode", "unicodeescape", "rawunicodeescape", "cp850", "koi8r"})
        if (key == known)
            py.stop(StopKind::NotUnderstood, "the encoding " + name + " is not evaluated");
    raiseException(py, BuiltinClass::LookupError, "unknown encoding: " + name);
}

std::string canonical(Codec c)
{
    switch (c) {
    case Codec::Utf8:
    case Codec::Utf8Sig:
        return "utf-8";
    case Codec::Ascii:
        return "ascii";
    case Codec::Latin1:
        return "latin-1";
    case Codec::Utf16:
    case Codec::Utf16Le:
    case Codec::Utf16Be:
        return "utf-16";
    case Codec::Utf32:
    case Codec::Utf32Le:
    case Codec::Utf32Be:
        return "utf-32";
    }
    return {};
}

void putUnit(std::string &out, std::uint32_t unit, int bytes, bool bigEndian)
{
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(unit >> 8 * (bigEndian ? bytes - 1 - i : i) & 0xff));
}

[[noreturn]] void refuseErrors(Interpreter &py, const std::string &errors)
{
    if (errors == "namereplace" || errors == "xmlcharrefreplace")
        py.stop(StopKind::NotUnderstood, "the error handler " + errors + " is not evaluated");
    raiseException(py, BuiltinClass::LookupError, "unknown error handler name '" + errors + "'");
}

} // namespace

std::string encoded(Interpreter &py, std::string_view utf8, const std::string &encoding, const std::string &errors)
{
    const Codec codec = codecOf(py, encoding);
    py.state().willAllocate(utf8.size() * 4);
    std::string out;
    if (codec == Codec::Utf8Sig)
        out = "\xEF\xBB\xBF";
    if (codec == Codec::Utf16)
        out = "\xFF\xFE";
    if (codec == Codec::Utf32)
        out = std::string("\xFF\xFE\0\0", 4);
    std::int64_t index = 0;
    const bool isWide = codec == Codec::Utf32 || codec == Codec::Utf32Le || codec == Codec::Utf32Be;
    const bool isNarrow = !isWide && codec != Codec::Utf16 && codec != Codec::Utf16Le && codec != Codec::Utf16Be;
    const auto bad = [&](char32_t c, std::string_view reason) {
        if (errors == "ignore")
            return;
        if (errors == "replace") {
            out += '?';
        } else if (errors == "backslashreplace") {
            std::string one;
            appendUtf8(one, c);
            out += asciiEscaped(one);
        } else if (errors == "xmlcharrefreplace") {
            out += "&#" + std::to_string(static_cast<std::uint32_t>(c)) + ";";
        } else if (errors == "surrogateescape" && isNarrow && c >= 0xDC80 && c <= 0xDCFF) {
            out.push_back(static_cast<char>(c - 0xDC00));
        } else if (errors == "surrogatepass" && c >= 0xD800 && c <= 0xDFFF && codec != Codec::Ascii && codec != Codec::Latin1) {
            if (isNarrow)
                appendUtf8(out, c);
            else
                putUnit(out, c, isWide ? 4 : 2, codec == Codec::Utf16Be || codec == Codec::Utf32Be);
        } else if (errors != "strict" && errors != "surrogateescape" && errors != "surrogatepass") {
            refuseErrors(py, errors);
        } else {
            raiseValue(py, BuiltinClass::UnicodeEncodeError,
                       {py.string(canonical(codec)), py.string(utf8), Value::integer(index), Value::integer(index + 1), py.string(reason)});
        }
    };
    for (std::size_t i = 0; i < utf8.size(); ++index) {
        const std::size_t from = i;
        const char32_t c = nextCodePoint(utf8, i);
        const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        switch (codec) {
        case Codec::Utf8:
        case Codec::Utf8Sig:
            if (surrogate)
                bad(c, "surrogates not allowed");
            else
                out += utf8.substr(from, i - from);
            break;
        case Codec::Ascii:
            if (c < 0x80)
                out.push_back(static_cast<char>(c));
            else
                bad(c, "ordinal not in range(128)");
            break;
        case Codec::Latin1:
            if (c < 0x100)
                out.push_back(static_cast<char>(c));
            else
                bad(c, "ordinal not in range(256)");
            break;
        case Codec::Utf16:
        case Codec::Utf16Le:
        case Codec::Utf16Be: {
            const bool big = codec == Codec::Utf16Be;
            if (surrogate) {
                bad(c, "surrogates not allowed");
            } else if (c >= 0x10000) {
                putUnit(out, static_cast<std::uint32_t>(0xD800 + ((c - 0x10000) >> 10)), 2, big);
                putUnit(out, static_cast<std::uint32_t>(0xDC00 + ((c - 0x10000) & 0x3FF)), 2, big);
            } else {
                putUnit(out, c, 2, big);
            }
            break;
        }
        case Codec::Utf32:
        case Codec::Utf32Le:
        case Codec::Utf32Be:
            putUnit(out, c, 4, codec == Codec::Utf32Be);
            break;
        }
    }
    return out;
}

std::string decoded(Interpreter &py, std::string_view bytes, const std::string &encoding, const std::string &errors)
{
    const Codec codec = codecOf(py, encoding);
    py.state().willAllocate(bytes.size() * 2);
    std::string out;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const bool isNarrow = codec == Codec::Ascii || codec == Codec::Latin1 || codec == Codec::Utf8 || codec == Codec::Utf8Sig;
    const bool passesSurrogates = errors == "surrogatepass";
    const auto bad = [&](std::size_t i, std::size_t length, std::string_view reason) {
        if (errors == "ignore")
            return;
        if (errors == "replace")
            out += "\xEF\xBF\xBD";
        else if (errors == "backslashreplace")
            for (std::size_t k = i; k < i + length; ++k)
                out += quotedBytes(bytes.substr(k, 1)).substr(2, 4);
        else if (errors == "surrogateescape" && isNarrow)
            for (std::size_t k = i; k < i + length; ++k)
                appendUtf8(out, 0xDC00 + static_cast<char32_t>(byte(k)));
        else if (errors != "strict" && errors != "surrogateescape" && errors != "surrogatepass")
            refuseErrors(py, errors);
        else
            raiseValue(py, BuiltinClass::UnicodeDecodeError,
                       {py.string(canonical(codec)), py.bytes(bytes), Value::integer(static_cast<std::int64_t>(i)),
                        Value::integer(static_cast<std::int64_t>(i + length)), py.string(reason)});
    };
    switch (codec) {
    case Codec::Ascii:
    case Codec::Latin1:
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (codec == Codec::Ascii && byte(i) >= 0x80)
                bad(i, 1, "ordinal not in range(128)");
            else
                appendUtf8(out, byte(i));
        }
        return out;
    case Codec::Utf8Sig:
        if (bytes.starts_with("\xEF\xBB\xBF"))
            bytes.remove_prefix(3);
        [[fallthrough]];
    case Codec::Utf8:
        for (std::size_t i = 0; i < bytes.size();) {
            const unsigned first = byte(i);
            const std::size_t length = first < 0x80                    ? 1
                                       : first >= 0xC2 && first < 0xE0 ? 2
                                       : first >= 0xE0 && first < 0xF0 ? 3
                                       : first >= 0xF0 && first < 0xF5 ? 4
                                                                       : 0;
            if (length == 0) {
                bad(i, 1, "invalid start byte");
                ++i;
                continue;
            }
            std::size_t good = 1;
            while (good < length && i + good < bytes.size() && (byte(i + good) & 0xC0) == 0x80) {
                const unsigned second = byte(i + 1);
                if (good == 1 && ((first == 0xE0 && second < 0xA0) || (first == 0xED && second >= 0xA0 && !passesSurrogates) ||
                                  (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90)))
                    break;
                ++good;
            }
            if (good < length) {
                bad(i, good, i + good >= bytes.size() ? "unexpected end of data" : "invalid continuation byte");
                i += good;
                continue;
            }
            out += bytes.substr(i, length);
            i += length;
        }
        return out;
    case Codec::Utf16:
    case Codec::Utf16Le:
    case Codec::Utf16Be:
    case Codec::Utf32:
    case Codec::Utf32Le:
    case Codec::Utf32Be: {
        const std::size_t unit = codec == Codec::Utf16 || codec == Codec::Utf16Le || codec == Codec::Utf16Be ? 2 : 4;
        bool big = codec == Codec::Utf16Be || codec == Codec::Utf32Be;
        std::size_t i = 0;
        const auto read = [&](std::size_t at) {
            char32_t c = 0;
            for (std::size_t k = 0; k < unit; ++k)
                c = c << 8 | byte(at + (big ? k : unit - 1 - k));
            return c;
        };
        if ((codec == Codec::Utf16 || codec == Codec::Utf32) && bytes.size() >= unit) {
            if (read(0) == 0xFEFF) {
                i = unit;
            } else {
                big = true;
                if (read(0) == 0xFEFF)
                    i = unit;
                else
                    big = false;
            }
        }
        for (; i + unit <= bytes.size(); i += unit) {
            char32_t c = read(i);
            if (unit == 2 && c >= 0xD800 && c < 0xDC00 && i + 4 <= bytes.size()) {
                const char32_t low = read(i + 2);
                if (low >= 0xDC00 && low < 0xE000) {
                    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                    i += 2;
                }
            }
            if ((c >= 0xD800 && c < 0xE000 && !passesSurrogates) || c > 0x10ffff)
                bad(i, unit, "illegal encoding");
            else
                appendUtf8(out, c);
        }
        if (i < bytes.size())
            bad(i, bytes.size() - i, "truncated data");
        return out;
    }
    }
    return out;
}

} // namespace stillroom::python
