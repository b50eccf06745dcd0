// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace stillroom::script {

/// The module `enum` as Python text. (enumsource.cpp)
[[nodiscard]] std::string_view enumSource();

} // namespace stillroom::script
