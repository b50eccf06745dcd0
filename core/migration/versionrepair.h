// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionpolicy.h"
#include "database/session.h"
#include "project/project.h"

#include <vector>

/// What is wrong with a version table, in words, and the statements that put it right. Nothing of it runs unasked.
namespace stillroom::migration {

struct VersionDefect {
    enum class Kind {
        UnknownRevision, ///< no script has it: a branch that is not checked out, a script that was deleted
        Implied,         ///< an ancestor of another row, which says as much
        Repeated,        ///< the same row more than once (a table without its primary key)
        NullRow,
        NoPrimaryKey,
        TooNarrow, ///< for the ids of this history (PostgreSQL)
    };
    Kind kind{};
    QString row;        ///< the revision concerned, if any
    QString words;      ///< what it is and what comes of it
    QStringList remedy; ///< statements, in order; empty: only a person can say what is right
    QString advice;     ///< where there is no remedy: what may be done
    bool operator==(const VersionDefect &) const = default;
};

/// Never writes. An empty list where there is no version table. Errors: VersionTableUnreadable, ConnectionLost, …
[[nodiscard]] Result<std::vector<VersionDefect>> findVersionDefects(const project::Project &project, database::Session &session);
/// Runs the remedies in one transaction, under the run's lock, after looking again: nothing is done when the defects are not those that
/// were shown. Asks the policy as for a stamp. Gives the rows as they are then. Errors: PolicyRefused, ReadOnlyConnection, VersionRowsChanged,
/// RunLockTimeout, StatementFailed.
[[nodiscard]] Result<QStringList> repairVersionTable(const project::Project &project, database::Session &session,
                                                     const std::vector<VersionDefect> &shown, const database::ConnectionPolicy &policy,
                                                     const QString &databaseName, const database::Consent &consent);

} // namespace stillroom::migration
