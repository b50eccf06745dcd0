// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Characters as Python sees them: identifiers (reference, "Identifiers and keywords"; UAX 31) and names for \N{…}.
namespace stillroom::python {

/// The code point at `p`, which is moved behind it. The text must be valid UTF-8.
char32_t readCodePoint(const char *&p);
/// Appends UTF-8; a lone surrogate becomes three bytes (WTF-8).
void appendCodePoint(std::string &text, char32_t c);

[[nodiscard]] bool isIdentifierStart(char32_t c);
[[nodiscard]] bool isIdentifierContinue(char32_t c);
[[nodiscard]] bool isPrintable(char32_t c);
/// "U+201C"
[[nodiscard]] std::string codePointName(char32_t c);
/// NFKC, in which Python compares identifiers.
[[nodiscard]] std::string normalizedIdentifier(std::string_view name);
/// The character of a Unicode name. Qt has no name table, so only names that follow from a rule (Latin, Greek and
/// Cyrillic letters with accents, digits, …) and those in common use are known.
[[nodiscard]] std::optional<char32_t> namedCharacter(std::string_view name);

} // namespace stillroom::python
