// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/ancestorfold.h"
#include "migration/preview.h"

#include <memory>

/// What each revision's bodies come to, without their SQL: for lists, and for finding revisions by what they touch.
namespace stillroom::migration {

struct BodyOutlook {
    BodySql::Status status = BodySql::Status::Complete;
    bool isMissing = false;
    QString reason, file;
    int line = 0;
    QString unknownName; ///< a given value would make it known
    int statements = 0;  ///< up to the point where it stopped
    bool operator==(const BodyOutlook &) const = default;
};

/// Names as the scripts write them, sorted, each once.
struct Touched {
    QStringList tables;  ///< with their schema where the script says it
    QStringList columns; ///< table.column
    bool operator==(const Touched &) const = default;
};

struct RevisionOutlook {
    QString revision;
    BodyOutlook upgrade, downgrade;
    Touched touched; ///< by either body
    bool operator==(const RevisionOutlook &) const = default;
};

/// Adds what an operation and its statements touch. Raw SQL is read by the dialect's reader, which names the tables that it changes.
class TouchedNames {
public:
    void add(const sql::Operation &operation, dialect::DialectKind kind, const std::vector<dialect::Statement> &statements);
    [[nodiscard]] Touched take();

private:
    Touched m_names;
};

/// Looks at the revisions of one project for one dialect, each once. Belongs to one thread; the project outlives it.
class Survey {
public:
    Survey(const project::Project &project, dialect::DialectKind kind) : m_project(project), m_kind(kind), m_ancestors(project, kind) {}
    /// Error: Cancelled.
    [[nodiscard]] Result<RevisionOutlook> look(revision::Index revision, const std::atomic<bool> *cancel = nullptr);

private:
    const project::Project &m_project;
    dialect::DialectKind m_kind;
    AncestorFold m_ancestors;
    script::Evaluator m_evaluator;
};

} // namespace stillroom::migration
