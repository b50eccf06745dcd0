// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/runtime.h"

#include <string>
#include <string_view>

namespace stillroom::python {

/// [[fill]align][sign]["z"]["#"]["0"][width][grouping]["." precision][type]
struct FormatSpec {
    std::string fill = " "; ///< one code point
    char align = '\0';
    char sign = '\0';
    bool noNegativeZero = false;
    bool alternate = false;
    bool zero = false; ///< the alignment comes from a 0 before the width
    char separator = '\0';
    std::int64_t width = 0;
    std::int64_t precision = -1;
    char type = '\0';
};

[[nodiscard]] FormatSpec parseFormatSpec(Interpreter &py, std::string_view text, const Value &forValue);
[[nodiscard]] std::string paddedText(const FormatSpec &spec, std::string_view sign, std::string_view body, char defaultAlign);
[[nodiscard]] std::string formatText(Interpreter &py, std::string_view text, const FormatSpec &spec, const Value &v);
[[nodiscard]] std::string formatInteger(Interpreter &py, const Value &v, const FormatSpec &spec);
[[nodiscard]] std::string formatFloat(Interpreter &py, double d, const FormatSpec &spec, const Value &v);
/// The digits of a finite magnitude (or inf, nan) as printf writes them with conversion f, e or g.
[[nodiscard]] std::string floatDigits(double d, char type, std::int64_t precision, bool alternate);

} // namespace stillroom::python
