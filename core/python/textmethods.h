// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// What str and bytes do alike.
namespace stillroom::python {

[[nodiscard]] std::int64_t countOf(std::string_view text, std::string_view part); ///< without overlaps; part is not empty
/// Replaces the first `limit` (negative: all); part is not empty.
[[nodiscard]] std::string replaced(Interpreter &py, std::string_view text, std::string_view from, std::string_view to, std::int64_t limit);
[[nodiscard]] std::vector<std::string_view> splitAt(std::string_view text, std::string_view separator, std::int64_t limit, bool fromRight);
[[nodiscard]] std::vector<std::string_view> splitBlanks(std::string_view text, std::int64_t limit, bool fromRight, bool (*isBlank)(char32_t));
/// Codecs: utf-8, ascii, latin-1, utf-16 and utf-32 (with and without order); errors strict, ignore, replace, backslashreplace.
[[nodiscard]] std::string encoded(Interpreter &py, std::string_view utf8, const std::string &encoding, const std::string &errors);
[[nodiscard]] std::string decoded(Interpreter &py, std::string_view bytes, const std::string &encoding, const std::string &errors);

/// Bytes as a text in which every byte is one character that is no letter, no digit and no white space unless it is so in ASCII,
/// and back: what bytes do as str does.
[[nodiscard]] std::string textOfBytes(std::string_view bytes);
[[nodiscard]] std::string bytesOfText(std::string_view utf8);

} // namespace stillroom::python
