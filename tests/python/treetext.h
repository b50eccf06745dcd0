// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/tree.h"

#include <string>

/// A tree as text, in the form that dump_ast.py prints CPython's.
namespace stillroom::python {

struct TreeTextOptions {
    bool hasFormattedPositions = true; ///< places inside f-strings are told (CPython knows them since 3.12)
    bool isTopLevel = false;           ///< bodies of functions and classes are left out, and so is where things end
};

[[nodiscard]] std::string treeText(const Tree &tree, TreeTextOptions options);

} // namespace stillroom::python
