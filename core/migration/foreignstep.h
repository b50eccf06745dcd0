// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "migration/foreignalembic.h"

#include <functional>

/// A step that the project's own Alembic runs, over a connection of its own: for bodies that are not understood here and that offline
/// mode cannot write, since they need rows. Running the project's code is for a person to allow, revision by revision.
namespace stillroom::migration {

/// A body that is run there; its statements are not known beforehand. Errors: NoSuchRevision, ScriptNotUnderstood where it is not in the plan.
[[nodiscard]] Result<TakenBody> runThere(const project::Project &project, const revision::Plan &plan, const QString &revision,
                                         const project::ProjectPython &python);

struct ForeignStep {
    revision::Step step;
    QStringList rows{}; ///< the version rows as they have to be before
    const TakenBody &body;
    database::ConnectionSpec connection;
    const std::atomic<bool> *cancel = nullptr;      ///< ends the child; the server rolls back what it has open
    std::function<void(const QString &)> printed{}; ///< told of whole lines as the child prints them
};

/// Runs the one script and changes its version row, both by Alembic's own code and in the transaction that env.py makes. `session` idles
/// meanwhile, outside of a transaction; by it the child proves, before the script runs, that it is connected to the same database. Errors:
/// ProgramFailed with the child's own words (also where env.py connects elsewhere), Cancelled.
[[nodiscard]] Result<void> runForeignStep(const project::Project &project, database::Session &session, const ForeignStep &wanted);

} // namespace stillroom::migration
