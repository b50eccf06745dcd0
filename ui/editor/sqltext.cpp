// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/sqltext.h"

namespace stillroom::ui {

void SqlText::separate()
{
    if (m_text.isEmpty())
        return;
    m_text += QLatin1Char('\n');
    ++m_lines;
}

void SqlText::add(const dialect::Statement &statement)
{
    separate();
    QString sql = statement.sql;
    while (!sql.isEmpty() && sql.back().isSpace())
        sql.chop(1);
    const int first = m_lines + 1;
    // A script's own text may end with one already.
    m_text += sql + (sql.endsWith(QLatin1Char(';')) ? QStringLiteral("\n") : QStringLiteral(";\n"));
    m_lines += int(sql.count(QLatin1Char('\n'))) + 1;
    m_places.push_back({first, m_lines, statement});
}

void SqlText::addComment(const QString &text)
{
    separate();
    m_text += QStringLiteral("-- ") + text + QLatin1Char('\n');
    ++m_lines;
}

int SqlText::statementAt(int line) const
{
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        if (line >= m_places[i].firstLine && line <= m_places[i].lastLine)
            return int(i);
    }
    return -1;
}

int SqlText::statementFrom(const QString &file, int scriptLine) const
{
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const sql::Origin &origin = m_places[i].statement.origin;
        if (origin.line == scriptLine && (file.isEmpty() || origin.file.isEmpty() || origin.file == file))
            return int(i);
    }
    return -1;
}

std::vector<int> SqlText::statementsFrom(const QString &file, int scriptLine) const
{
    std::vector<int> found;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const sql::Origin &origin = m_places[i].statement.origin;
        if (origin.line == scriptLine && (file.isEmpty() || origin.file.isEmpty() || origin.file == file))
            found.push_back(int(i));
    }
    return found;
}

int beginningOf(const QStringList &script, int line)
{
    const auto indentation = [&script](int at) {
        const QString &text = script.at(at - 1);
        qsizetype depth = 0;
        while (depth < text.size() && text.at(depth).isSpace())
            ++depth;
        return depth == text.size() ? qsizetype(-1) : depth;
    };
    if (line < 1 || line > script.size() || indentation(line) < 0)
        return line;
    qsizetype depth = indentation(line);
    // A closing bracket stands as deep as the line it belongs to.
    bool closes = QStringLiteral(")]}").contains(script.at(line - 1).at(depth));
    for (int at = line - 1; at >= 1; --at) {
        const qsizetype here = indentation(at);
        if (here >= 0 && (here < depth || (closes && here == depth)))
            return at;
    }
    return line;
}

SqlText sqlTextOf(const migration::BodySql &body)
{
    SqlText text;
    for (const dialect::Statement &statement : body.statements)
        text.add(statement);
    return text;
}

QString firstLine(const QString &sql, int longest)
{
    const QStringList lines = sql.trimmed().split(QLatin1Char('\n'));
    QString words;
    qsizetype used = 0;
    for (const QString &each : lines) {
        const QString line = each.simplified();
        const bool isComment = line.startsWith(QLatin1String("--"));
        if (isComment && !words.isEmpty())
            break;
        ++used;
        if (isComment || line.isEmpty())
            continue;
        words += words.isEmpty() ? line : QLatin1Char(' ') + line;
        // Columns would drown a table's name, and what follows a comment would read as part of it.
        if (words.size() > longest || line.endsWith(QLatin1Char('(')) || line.contains(QLatin1String("--")))
            break;
    }
    if (words.isEmpty()) { // nothing but comments
        words = lines.front().simplified();
        used = 1;
    }
    const bool isCut = used < lines.size() || words.size() > longest;
    words.truncate(longest);
    return isCut ? words + QStringLiteral(" …") : words;
}

std::pair<int, int> lineAndColumn(const QString &sql, int position)
{
    int line = 1;
    int column = 1;
    int at = 1;
    for (qsizetype i = 0; i < sql.size() && at < position; ++i, ++at) {
        if (sql.at(i) == QLatin1Char('\n')) {
            ++line;
            column = 1;
            continue;
        }
        if (sql.at(i).isHighSurrogate())
            ++i;
        ++column;
    }
    return {line, column};
}

} // namespace stillroom::ui
