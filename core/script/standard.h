// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/modules.h"

/// The standard library as far as scripts use it. What needs the disk, the clock or speed is native; the rest is Python of
/// our own (core/script/standard/*.py, built into the program), run by the same interpreter under the same budgets.
namespace stillroom::script {

void addStandardModules(ModuleTable &table); ///< all of them; see modules.h

void addJsonModule(ModuleTable &table);    ///< json.cpp
void addRegexModule(ModuleTable &table);   ///< regex.cpp
void addMathModule(ModuleTable &table);    ///< mathmodule.cpp
void addPrivateModule(ModuleTable &table); ///< privatemodule.cpp: _stillroom, what our own Python asks of the program

} // namespace stillroom::script
