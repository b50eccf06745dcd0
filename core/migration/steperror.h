// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/preview.h"

namespace stillroom::migration {

/// The error that says why a step's body is not complete: ScriptRaised, ScriptNeedsDatabase or ScriptNotUnderstood, with revision and place.
[[nodiscard]] Error incompleteBody(const PreviewStep &step);

} // namespace stillroom::migration
