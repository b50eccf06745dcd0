// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QWidget;

namespace stillroom::ui {

/// Tab goes as the eye does: through these parts of one window, one after the other, and in each as its layouts have it, whatever the order
/// in which the controls were made.
void tabAlongTheLayout(const std::vector<QWidget *> &parts);

/// Focus that is given to the whole goes to this part of it, which may be another one later. A focus proxy does so too, but Qt lets Tab
/// stop at whatever has one: Tab comes from the end of the whole to its proxy again, and never leaves.
void passFocusOn(QWidget *whole, QWidget *part);

} // namespace stillroom::ui
