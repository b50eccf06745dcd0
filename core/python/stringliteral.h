// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/token.h"

#include <string>
#include <string_view>

/// Python reference, "String and Bytes literals": what the text between the quotes stands for.
namespace stillroom::python {

struct EscapeFailure {
    std::string message;
};

/// Appends the text with its escapes replaced. Unknown escapes stay as they are (Python only warns). Throws EscapeFailure.
void appendUnescaped(std::string &result, std::string_view text, bool isBytes);

} // namespace stillroom::python
