// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/linediff.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace stillroom::project {

namespace {

struct DiffLine {
    char sign;
    QString text;
};

/// The longest common subsequence of what lies between the lines that both texts begin and end with: a change of a header is some lines long.
std::vector<DiffLine> compared(const QStringList &before, const QStringList &after)
{
    qsizetype first = 0;
    while (first < before.size() && first < after.size() && before[first] == after[first])
        ++first;
    qsizetype last = 0;
    while (last < before.size() - first && last < after.size() - first && before[before.size() - 1 - last] == after[after.size() - 1 - last])
        ++last;
    const auto rows = static_cast<std::size_t>(before.size() - first - last), columns = static_cast<std::size_t>(after.size() - first - last);
    std::vector<std::vector<int>> longest(rows + 1, std::vector<int>(columns + 1, 0));
    const auto old = [&](std::size_t i) { return before[first + static_cast<qsizetype>(i)]; };
    const auto now = [&](std::size_t j) { return after[first + static_cast<qsizetype>(j)]; };
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;)
            longest[i][j] = old(i) == now(j) ? longest[i + 1][j + 1] + 1 : std::max(longest[i + 1][j], longest[i][j + 1]);
    }
    std::vector<DiffLine> lines;
    for (qsizetype i = 0; i < first; ++i)
        lines.push_back({' ', before[i]});
    for (std::size_t i = 0, j = 0; i < rows || j < columns;) {
        if (i < rows && j < columns && old(i) == now(j)) {
            lines.push_back({' ', old(i++)});
            ++j;
        } else if (j == columns || (i < rows && longest[i + 1][j] >= longest[i][j + 1])) {
            lines.push_back({'-', old(i++)});
        } else {
            lines.push_back({'+', now(j++)});
        }
    }
    for (qsizetype i = before.size() - last; i < before.size(); ++i)
        lines.push_back({' ', before[i]});
    return lines;
}

} // namespace

QString unifiedDiff(const QString &before, const QString &after, const QString &name)
{
    constexpr std::size_t kAround = 3;
    const auto linesOf = [](const QString &text) {
        QStringList lines = text.split(QLatin1Char('\n'));
        if (lines.last().isEmpty())
            lines.removeLast();
        return lines;
    };
    if (before == after)
        return {};
    const std::vector<DiffLine> lines = compared(linesOf(before), linesOf(after));
    QString text = QStringLiteral("--- a/%1\n+++ b/%1\n").arg(name);
    for (std::size_t at = 0; at < lines.size();) {
        const auto change =
            std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end(), [](const DiffLine &line) { return line.sign != ' '; });
        if (change == lines.end())
            break;
        const auto position = static_cast<std::size_t>(change - lines.begin());
        const std::size_t begin = std::max(at, position > kAround ? position - kAround : 0);
        std::size_t end = position;
        for (std::size_t i = position; i < lines.size() && i <= end + 2 * kAround; ++i) {
            if (lines[i].sign != ' ')
                end = i;
        }
        end = std::min(lines.size(), end + kAround + 1);
        int oldFirst = 1, newFirst = 1, oldCount = 0, newCount = 0;
        for (std::size_t i = 0; i < end; ++i) {
            (i < begin ? oldFirst : oldCount) += lines[i].sign != '+' ? 1 : 0;
            (i < begin ? newFirst : newCount) += lines[i].sign != '-' ? 1 : 0;
        }
        text += QStringLiteral("@@ -%1,%2 +%3,%4 @@\n").arg(oldFirst).arg(oldCount).arg(newFirst).arg(newCount);
        for (std::size_t i = begin; i < end; ++i)
            text += QLatin1Char(lines[i].sign) + lines[i].text + QLatin1Char('\n');
        at = end;
    }
    return text;
}

} // namespace stillroom::project
