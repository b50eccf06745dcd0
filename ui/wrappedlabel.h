// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace stillroom::ui {

/// Plain text over as many lines as it needs. `role`: its look in the style sheet (theme.h), or empty.
[[nodiscard]] QLabel *wrappedLabel(const QString &text, const char *role, QWidget *parent);

} // namespace stillroom::ui
