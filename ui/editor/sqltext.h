// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/preview.h"

#include <QString>

#include <vector>

namespace stillroom::ui {

/// Statements laid out as one text, with the way from a line back to its statement and from a script's line to its
/// statements. Lines count from 1.
class SqlText {
public:
    void add(const dialect::Statement &statement);
    void addComment(const QString &text); ///< "-- text" on a line of its own

    struct Place {
        int firstLine = 0, lastLine = 0;
        dialect::Statement statement;
    };
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const std::vector<Place> &places() const { return m_places; }
    [[nodiscard]] int statementAt(int line) const; ///< -1: none
    /// The first statement that comes from this line of this script; -1: none. An empty file means any.
    [[nodiscard]] int statementFrom(const QString &file, int scriptLine) const;
    /// Every statement that comes from this line: a loop's body makes many.
    [[nodiscard]] std::vector<int> statementsFrom(const QString &file, int scriptLine) const;
    [[nodiscard]] int lineCount() const { return m_lines; }

private:
    void separate();
    QString m_text;
    int m_lines = 0;
    std::vector<Place> m_places;
};

/// The line on which the statement begins whose lines `line` is one of: the nearest above it that is indented less, in a text whose
/// calls run over many lines; `line` itself where it begins one. Counts from 1.
[[nodiscard]] int beginningOf(const QStringList &script, int line);
[[nodiscard]] SqlText sqlTextOf(const migration::BodySql &body);
/// The beginning of a statement on one line, for lists and progress: without the comments before it, of a table its name alone.
[[nodiscard]] QString firstLine(const QString &sql, int longest = 120);
/// Line and column (both from 1, columns in code points) of a 1-based position in code points, as PostgreSQL counts.
[[nodiscard]] std::pair<int, int> lineAndColumn(const QString &sql, int position);

} // namespace stillroom::ui
