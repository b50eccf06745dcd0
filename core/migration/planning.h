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
};

/// Reads the version rows (never writes) and resolves the request against them. Errors: those of revision/plan.h,
/// UnknownRevisionInDatabase, VersionTableUnreadable.
[[nodiscard]] Result<revision::Plan> makePlan(const project::Project &project, database::Session &session, const PlanRequest &request);

} // namespace stillroom::migration
