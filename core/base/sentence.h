// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace stillroom {

/// The sentence for an error, in the person's language: what happened, where, and what to do next. Never empty. The window
/// and the command line both take their words from here, so that they say the same.
[[nodiscard]] QString sentence(const Error &error);

} // namespace stillroom
