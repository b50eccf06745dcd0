// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/token.h"

#include <optional>

/// What CPython's symbol table refuses about global, nonlocal and assignment expressions in comprehensions (Python
/// reference, "Execution model", "The global statement", "The nonlocal statement"; PEP 572).
namespace stillroom::python {

[[nodiscard]] std::optional<SyntaxFailure> checkScopes(Block body);

} // namespace stillroom::python
