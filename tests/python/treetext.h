// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/tree.h"

#include <string>

/// A tree as text, in the form that dump_ast.py prints CPython's.
namespace stillroom::python {

/// `hasFormattedPositions`: places inside f-strings are told (CPython knows them since 3.12).
[[nodiscard]] std::string treeText(const Tree &tree, bool hasFormattedPositions);

} // namespace stillroom::python
