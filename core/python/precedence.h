// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Python reference, "Operator precedence", weakest first.
namespace stillroom::python::precedence {

inline constexpr int kOr = 1;
inline constexpr int kAnd = 2;
inline constexpr int kNot = 3;
inline constexpr int kComparison = 4;
inline constexpr int kBitOr = 5;
inline constexpr int kBitXor = 6;
inline constexpr int kBitAnd = 7;
inline constexpr int kShift = 8;
inline constexpr int kSum = 9;
inline constexpr int kTerm = 10;
inline constexpr int kUnary = 11;
inline constexpr int kPower = 12;

} // namespace stillroom::python::precedence
