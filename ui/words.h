// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace stillroom::ui {

/// "1 statement", "12 statements": `one` and `many` have %1 where the number goes. Qt's own plurals need a translation to
/// be loaded even for English, and read "statement(s)" without it.
[[nodiscard]] inline QString counted(qint64 number, const QString &one, const QString &many)
{
    return (number == 1 ? one : many).arg(QLocale().toString(number));
}

} // namespace stillroom::ui
