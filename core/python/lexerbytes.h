// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

/// What a byte of a script may be part of.
namespace stillroom::python {

inline constexpr std::uint8_t kStarts = 1;   // may begin an ASCII identifier
inline constexpr std::uint8_t kDigit = 2;    // 0-9
inline constexpr std::uint8_t kWide = 4;     // part of a character outside ASCII
inline constexpr std::uint8_t kInString = 8; // ordinary inside a quoted string

inline constexpr auto kBytes = [] {
    std::array<std::uint8_t, 256> table{};
    for (std::size_t c = 0; c < 256; ++c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool digit = c >= '0' && c <= '9';
        table[c] = static_cast<std::uint8_t>((letter ? kStarts : 0) | (digit ? kDigit : 0) | (c >= 128 ? kWide : 0) |
                                             (c != '\'' && c != '"' && c != '\\' && c != '\n' && c != 0 && c < 128 ? kInString : 0));
    }
    return table;
}();

inline std::uint8_t byteClass(char c) { return kBytes[static_cast<unsigned char>(c)]; }
inline bool isDigit(char c) { return byteClass(c) & kDigit; }
inline bool isWide(char c) { return byteClass(c) & kWide; }
inline bool isContinuationByte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

} // namespace stillroom::python
