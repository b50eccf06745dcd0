// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionpolicy.h"

#include <QString>

class QSettings;

namespace stillroom::ui {

/// What a person has settled for this program on this machine, beside the theme (ui/theme.h) and what belongs to one connection.
struct Preferences {
    int codeSize = 0;                    ///< of SQL and scripts, in points; 0: as the system's
    bool opensLastProject = true;        ///< at the start, where no other one is named
    QString backupFolder{};              ///< empty: database::backupFolder()
    database::ConnectionPolicy begins{}; ///< what a new connection begins with, as far as the dialog shows it
    bool operator==(const Preferences &) const = default;
    [[nodiscard]] QString backupFolderInForce() const;
};

inline constexpr int kSmallestCode = 7, kLargestCode = 32;

[[nodiscard]] Preferences readPreferences(const QSettings &settings);
void writePreferences(QSettings &settings, const Preferences &preferences);

} // namespace stillroom::ui
