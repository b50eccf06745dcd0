// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "project/project.h"
#include "revision/plan.h"

namespace stillroom::migration {

/// What a plan is asked for, as the person says it.
struct PlanRequest {
    revision::Plan::Kind kind = revision::Plan::Kind::Upgrade;
    QStringList targets; ///< as Alembic spells them; several for stamp only
    bool purge = false;  ///< stamp only
    bool resets = false; ///< upgrade only: down to base first, and up again to the target
    QString from{};      ///< only without a database: where one is said to be, one revision as Alembic spells it; empty: base
};

/// Reads the version rows (never writes) and resolves the request against them. Errors: those of revision/plan.h,
/// UnknownRevisionInDatabase, VersionTableUnreadable.
[[nodiscard]] Result<revision::Plan> makePlan(const project::Project &project, database::Session &session, const PlanRequest &request);
/// Whether it goes down and up again: a reset, which database::Act::Reset stands for.
[[nodiscard]] bool isReset(const revision::Plan &plan);
/// The same with no database: Alembic's FROM:TO (Alembic, "Generating SQL Scripts"). Errors: those of revision/plan.h and of
/// RevisionGraph::brokenBy().
[[nodiscard]] Result<revision::Plan> makeOfflinePlan(const revision::RevisionGraph &graph, const PlanRequest &request);

} // namespace stillroom::migration
