// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QObject>
#include <QString>

namespace stillroom::ui {

/// "1 statement", "12 statements": `one` and `many` have %1 where the number goes. Qt's own plurals need a translation to
/// be loaded even for English, and read "statement(s)" without it.
[[nodiscard]] inline QString counted(qint64 number, const QString &one, const QString &many)
{
    return (number == 1 ? one : many).arg(QLocale().toString(number));
}

/// "12 ms", "3.4 s", "2 min 5 s".
[[nodiscard]] inline QString durationText(double milliseconds)
{
    if (milliseconds < 1000)
        return QObject::tr("%1 ms").arg(milliseconds, 0, 'f', milliseconds < 10 ? 1 : 0);
    if (milliseconds < 60'000)
        return QObject::tr("%1 s").arg(milliseconds / 1000, 0, 'f', 1);
    const qint64 seconds = qint64(milliseconds / 1000);
    return QObject::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

} // namespace stillroom::ui
