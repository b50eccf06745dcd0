// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace stillroom::script {

/// A file of Python that is built into the program (cmake/EmbedText.cmake): its name without .py, and what it says.
struct EmbeddedText {
    std::string_view name;
    std::string_view text;
};

} // namespace stillroom::script
