// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "python/objects.h"

/// Calls of what is not known. What such a function does besides giving a result would be left out in silence, so evaluation stops
/// where it may do something: its result is not even taken, or it is given something that acts outside the script (a connection, a
/// session, alembic.op), or it comes from such a thing.
namespace stillroom::python {

/// The name of the class attribute, or attribute of a module or function, by which a library says that things are done through it.
inline constexpr std::string_view kActsOutside = "_acts_outside";

/// Whether things outside the script can be done through this value: by itself, or by what it holds, binds or refers to.
[[nodiscard]] bool actsOutside(Interpreter &py, const Value &value);

/// What an iterator goes through; empty where it is made by a native function (map, zip).
[[nodiscard]] Value iteratedBy(const IteratorObject &iterator);

/// The result of calling the Unknown `callee`; stops in a body where the call may do something. `isResultDropped`: the call stands
/// as a statement.
[[nodiscard]] Value callUnknown(Interpreter &py, const Value &callee, const Value *positional, std::size_t count, const Value *keywords,
                                std::size_t keywordCount, bool isResultDropped);

} // namespace stillroom::python
