// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QWidget;

namespace stillroom::ui {

/// Tab goes as the eye does: through these parts of one window, one after the other, and in each as its layouts have it, whatever the order
/// in which the controls were made.
void tabAlongTheLayout(const std::vector<QWidget *> &parts);

} // namespace stillroom::ui
