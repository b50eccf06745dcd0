// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QLabel>

namespace stillroom::ui {

/// Plain text over as many lines as it needs. `role`: its look in the style sheet (theme.h), or empty.
[[nodiscard]] QLabel *wrappedLabel(const QString &text, const char *role, QWidget *parent);

/// A dialog's layout knows how high it must be at some width, not at the one that it has: where its wrapped texts change, they would lie over each
/// other. From now on the dialog is always high enough for them.
void keepWrappedTextsWhole(QDialog *dialog);

} // namespace stillroom::ui
