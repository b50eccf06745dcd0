// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QObject>
#include <QString>
#include <QStringList>

namespace stillroom::ui {

/// "1 statement", "12 statements": `one` and `many` have %1 where the number goes. Qt's own plurals need a translation to
/// be loaded even for English, and read "statement(s)" without it.
[[nodiscard]] inline QString counted(qint64 number, const QString &one, const QString &many)
{
    return (number == 1 ? one : many).arg(QLocale().toString(number));
}

/// "a, b, c", and of many the first few: "a, b, c and 97 more". The whole belongs into a tool tip.
[[nodiscard]] inline QString shortList(const QStringList &names, qsizetype most = 4)
{
    const qsizetype shown = names.size() > most + 1 ? most : names.size(); // "and 1 more" is as long as the name
    const QString first = names.mid(0, shown).join(QStringLiteral(", "));
    return shown == names.size() ? first : QObject::tr("%1 and %2 more").arg(first, QLocale().toString(names.size() - shown));
}

/// All of them, for a tool tip: as rich text, which is wrapped where a hundred lines would run off the screen.
[[nodiscard]] inline QString wholeList(const QStringList &names)
{
    return names.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(names.join(QStringLiteral(", ")).toHtmlEscaped());
}

/// A text that lists hundreds of names ends after some of them.
[[nodiscard]] inline QString shortened(const QString &text)
{
    constexpr qsizetype kLong = 500, kKept = 300;
    return text.size() <= kLong ? text : text.left(text.lastIndexOf(QLatin1Char(' '), kKept)) + QStringLiteral(" …");
}

/// A name within the text of a button or of a label with a buddy, where & marks a key.
[[nodiscard]] inline QString withoutMnemonic(QString name) { return name.replace(QLatin1Char('&'), QStringLiteral("&&")); }

/// "0.4 ms", "12 ms", "3.4 s", "2 min 5 s".
[[nodiscard]] inline QString durationText(double milliseconds)
{
    if (milliseconds < 1000)
        return QObject::tr("%1 ms").arg(milliseconds, 0, 'f', milliseconds < 10 ? 1 : 0);
    if (milliseconds < 60'000)
        return QObject::tr("%1 s").arg(milliseconds / 1000, 0, 'f', 1);
    const qint64 seconds = qint64(milliseconds / 1000);
    return QObject::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

/// Of a clock that counts no parts of a millisecond.
[[nodiscard]] inline QString durationText(qint64 milliseconds)
{
    return milliseconds < 1000 ? QObject::tr("%1 ms").arg(milliseconds) : durationText(double(milliseconds));
}

} // namespace stillroom::ui
