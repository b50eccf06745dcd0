// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/survey.h"
#include "revision/revisiongraph.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace stillroom::ui {

/// What a row of the history is for the connected database and for the project.
enum class RowState { NotConnected, Pending, Applied, Current, Missing, Problem, UnknownToProject };

/// What the person looks for. Words are looked for everywhere; `table:users`, `column:email`, `state:pending`, `label:x`, `author:x`,
/// `message:x`, `id:x`, `file:x`, `sql:incomplete` and `is:head` in one place. All of them must hold, a minus in front turns one
/// round, quotes keep words together. Case never counts.
class HistoryQuery {
public:
    HistoryQuery() = default;
    explicit HistoryQuery(const QString &text);

    enum class Key { Anywhere, Id, Message, Label, Author, File, Table, Column, State, Sql, Is };
    struct Term {
        Key key = Key::Anywhere;
        QString value;
        bool isNegated = false;
        bool operator==(const Term &) const = default;
    };
    [[nodiscard]] const std::vector<Term> &terms() const { return m_terms; }
    [[nodiscard]] bool isEmpty() const { return m_terms.empty(); }
    /// The answer may change when the survey comes to a revision.
    [[nodiscard]] bool asksForSql() const;

    /// One row. `outlook`: null while the survey has not come to it.
    struct Row {
        const revision::RevisionGraph::Revision *revision = nullptr;
        RowState state = RowState::NotConnected;
        const migration::RevisionOutlook *outlook = nullptr;
        bool hasDefects = false;
    };
    [[nodiscard]] bool matches(const Row &row) const;

private:
    std::vector<Term> m_terms;
};

} // namespace stillroom::ui
