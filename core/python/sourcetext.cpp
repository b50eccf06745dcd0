// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/sourcetext.h"

#include "python/unicode.h"

#include <QStringDecoder>

#include <cstring>
#include <optional>

namespace stillroom::python {

namespace {

constexpr qsizetype kMaxSourceBytes = qsizetype{1} << 30; // lines and columns are 32 bits wide

/// Where the first byte outside ASCII stands; the end if there is none.
const char *firstWideByte(const char *p, const char *end)
{
    for (; end - p >= 8; p += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, p, 8);
        if (word & 0x8080808080808080u)
            break;
    }
    while (p < end && static_cast<unsigned char>(*p) < 0x80)
        ++p;
    return p;
}

/// Length of the UTF-8 sequence at `p`, 0 if it is not one.
std::size_t sequenceLength(const char *p, const char *end)
{
    const auto at = [p, end](std::ptrdiff_t i) -> unsigned { return p + i < end ? static_cast<unsigned char>(p[i]) : 0; };
    const auto tail = [&at](std::ptrdiff_t i) { return (at(i) & 0xC0) == 0x80; };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return tail(1) ? 2 : 0;
    if (first >= 0xE0 && first < 0xF0) {
        const unsigned least = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned most = first == 0xED ? 0x9F : 0xBF;
        return at(1) >= least && at(1) <= most && tail(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        const unsigned least = first == 0xF0 ? 0x90 : 0x80;
        const unsigned most = first == 0xF4 ? 0x8F : 0xBF;
        return at(1) >= least && at(1) <= most && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

/// The codec that a `coding:` or `coding=` comment in a line names, in lower case with hyphens.
std::string declaredEncoding(std::string_view line)
{
    const std::size_t code = line.find_first_not_of(" \t\f");
    if (code == std::string_view::npos || line[code] != '#')
        return {};
    for (std::size_t at = line.find("coding"); at != std::string_view::npos; at = line.find("coding", at + 1)) {
        std::size_t p = at + 6;
        if (p >= line.size() || (line[p] != ':' && line[p] != '='))
            continue;
        do
            ++p;
        while (p < line.size() && (line[p] == ' ' || line[p] == '\t'));
        std::string name;
        for (; p < line.size(); ++p) {
            const char c = line[p];
            const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
                break;
            name.push_back(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
        }
        if (!name.empty())
            return name;
    }
    return {};
}

struct Declaration {
    std::string encoding; ///< empty for none
    int line = 1;
};

Declaration findDeclaration(std::string_view source)
{
    for (int line = 1; line <= 2; ++line) {
        const std::size_t stop = source.find_first_of("\r\n");
        const std::string_view text = source.substr(0, stop);
        if (std::string name = declaredEncoding(text); !name.empty())
            return {std::move(name), line};
        // The second line counts only behind a first one without code.
        const std::size_t code = text.find_first_not_of(" \t\f");
        if (stop == std::string_view::npos || (code != std::string_view::npos && text[code] != '#'))
            return {};
        source.remove_prefix(stop + (source.substr(stop, 2) == "\r\n" ? 2 : 1));
    }
    return {};
}

bool startsWithCodec(std::string_view name, std::string_view codec)
{
    return name == codec || (name.starts_with(codec) && name.substr(codec.size()).starts_with('-'));
}

std::expected<std::string, std::string> decoded(std::string_view source, const std::string &encoding)
{
    const bool isAscii = encoding == "ascii" || encoding == "us-ascii" || encoding == "646";
    if (isAscii || startsWithCodec(encoding, "latin-1") || startsWithCodec(encoding, "iso-8859-1") || startsWithCodec(encoding, "iso-latin-1") ||
        encoding == "latin1" || encoding == "l1" || encoding == "iso8859-1" || encoding == "8859" || encoding == "cp819") {
        std::string text;
        text.reserve(source.size() + source.size() / 8);
        for (const char c : source) {
            if (isAscii && static_cast<unsigned char>(c) >= 0x80)
                return std::unexpected("'ascii' codec can't decode byte 0x" + QByteArray(1, c).toHex().toStdString() + ": ordinal not in range(128)");
            appendCodePoint(text, static_cast<unsigned char>(c));
        }
        return text;
    }
    // UTF-16 and UTF-32 cannot hold a declaration that can be read before they are decoded.
    QStringDecoder decoder(encoding.starts_with("utf-16") || encoding.starts_with("utf-32") ? "" : encoding.c_str(), QStringDecoder::Flag::Stateless);
    if (!decoder.isValid())
        return std::unexpected("unknown encoding: " + encoding);
    const QString text = decoder(QByteArrayView(source.data(), static_cast<qsizetype>(source.size())));
    if (decoder.hasError())
        return std::unexpected("'" + encoding + "' codec can't decode the file");
    return text.toStdString();
}

/// \r\n and \r to \n, in place.
void unifyLineEnds(std::string &text)
{
    std::size_t to = text.find('\r');
    if (to == std::string::npos)
        return;
    for (std::size_t from = to; from < text.size(); ++from) {
        const char c = text[from];
        if (c == '\r' && from + 1 < text.size() && text[from + 1] == '\n')
            continue;
        text[to++] = c == '\r' ? '\n' : c;
    }
    text.resize(to);
}

Position endOf(std::string_view before)
{
    Position position{1, 1};
    for (const char c : before) {
        if (c == '\n')
            position = {position.line + 1, 1};
        else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80)
            ++position.column;
    }
    return position;
}

std::optional<SyntaxFailure> invalidUtf8(std::string_view text, const char *p, bool isDeclared)
{
    const char *end = text.data() + text.size();
    while (p < end) {
        const std::size_t length = sequenceLength(p, end);
        if (length == 0) {
            Position where = endOf(text.substr(0, static_cast<std::size_t>(p - text.data())));
            const std::string byte = QByteArray(1, *p).toHex().toStdString();
            if (isDeclared)
                return SyntaxFailure{where, "(unicode error) 'utf-8' codec can't decode byte 0x" + byte};
            return SyntaxFailure{where, "Non-UTF-8 code starting with '\\x" + byte + "' on line " + std::to_string(where.line) +
                                            ", but no encoding declared; see https://peps.python.org/pep-0263/ for details"};
        }
        p += length;
        if (length == 1)
            p = firstWideByte(p, end);
    }
    return std::nullopt;
}

} // namespace

std::expected<SourceText, SyntaxFailure> readSource(const QByteArray &bytes)
{
    if (bytes.size() > kMaxSourceBytes)
        return std::unexpected(SyntaxFailure{{1, 1}, "the file is too large for a script"});
    std::string_view raw(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const bool hasMark = raw.starts_with("\xEF\xBB\xBF");
    if (hasMark)
        raw.remove_prefix(3);
    if (const std::size_t nul = raw.find('\0'); nul != std::string_view::npos) {
        const int line = endOf(raw.substr(0, nul)).line;
        return std::unexpected(SyntaxFailure{{line, 1}, "source code cannot contain null bytes"});
    }
    const Declaration declaration = findDeclaration(raw);
    const std::string &encoding = declaration.encoding;
    const bool isUtf8 = encoding.empty() || startsWithCodec(encoding, "utf-8") || encoding == "utf8" || encoding == "u8" || encoding == "cp65001";
    if (hasMark && !encoding.empty() && !startsWithCodec(encoding, "utf-8"))
        return std::unexpected(SyntaxFailure{{declaration.line, 1}, "encoding problem: " + encoding + " with BOM"});

    SourceText source;
    const char *wide = firstWideByte(raw.data(), raw.data() + raw.size());
    if (isUtf8) {
        source.isAscii = wide == raw.data() + raw.size();
        if (!source.isAscii) {
            if (auto failure = invalidUtf8(raw, wide, !encoding.empty()))
                return std::unexpected(std::move(*failure));
        }
        source.text = raw;
    } else {
        auto text = decoded(raw, encoding);
        if (!text)
            return std::unexpected(SyntaxFailure{{declaration.line, 1}, text.error()});
        source.text = std::move(*text);
        source.isAscii = firstWideByte(source.text.data(), source.text.data() + source.text.size()) == source.text.data() + source.text.size();
        if (source.text.find('\0') != std::string::npos)
            return std::unexpected(SyntaxFailure{{1, 1}, "source code cannot contain null bytes"});
    }
    unifyLineEnds(source.text);
    return source;
}

} // namespace stillroom::python
