// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/planning.h"

#include "database/catalog.h"

#include <algorithm>

namespace stillroom::migration {

namespace {

/// One plan for both ways, so that one preview shows both and, on PostgreSQL, one transaction holds both.
Result<revision::Plan> resetPlan(const revision::RevisionGraph &graph, const QStringList &rows, const QString &target)
{
    auto plan = revision::planDowngrade(graph, rows, QStringLiteral("base"));
    if (!plan)
        return plan;
    auto up = revision::planUpgrade(graph, plan->endRows, target);
    if (!up)
        return up;
    if (plan->steps.empty())
        return up;
    plan->steps.insert(plan->steps.end(), up->steps.begin(), up->steps.end());
    plan->endRows = up->endRows;
    return plan;
}

} // namespace

bool isReset(const revision::Plan &plan)
{
    const auto has = [&plan](revision::Step::Kind kind) {
        return std::ranges::any_of(plan.steps, [kind](const revision::Step &step) { return step.kind == kind; });
    };
    return has(revision::Step::Kind::Downgrade) && has(revision::Step::Kind::Upgrade);
}

Result<revision::Plan> makePlan(const project::Project &project, database::Session &session, const PlanRequest &request)
{
    if (auto broken = project.graph().brokenBy())
        return std::unexpected(std::move(*broken));
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    const auto versions = database::readVersionRows(session, *table);
    if (!versions)
        return std::unexpected(versions.error());
    const QString target = request.targets.value(0);
    const bool purges = request.kind == revision::Plan::Kind::Stamp && request.purge;
    if (!purges) {
        for (const QString &row : versions->rows) {
            if (!project.graph().find(row)) {
                Error error;
                error.code = ErrorCode::UnknownRevisionInDatabase;
                error.subject = row;
                return std::unexpected(std::move(error));
            }
        }
    }
    switch (request.kind) {
    case revision::Plan::Kind::Upgrade:
        if (request.resets)
            return resetPlan(project.graph(), versions->rows, target);
        return revision::planUpgrade(project.graph(), versions->rows, target);
    case revision::Plan::Kind::Downgrade:
        return revision::planDowngrade(project.graph(), versions->rows, target);
    case revision::Plan::Kind::Stamp:
        return revision::planStamp(project.graph(), versions->rows, request.targets, request.purge);
    }
    return revision::Plan{};
}

Result<revision::Plan> makeOfflinePlan(const revision::RevisionGraph &graph, const PlanRequest &request)
{
    if (auto broken = graph.brokenBy())
        return std::unexpected(std::move(*broken));
    const QString from = request.from.isEmpty() ? QStringLiteral("base") : request.from;
    const QString target = request.targets.value(0);
    switch (request.kind) {
    case revision::Plan::Kind::Upgrade:
        return revision::planRange(graph, from, target, revision::RangeDirection::Upgrade);
    case revision::Plan::Kind::Downgrade:
        return revision::planRange(graph, from, target, revision::RangeDirection::Downgrade);
    case revision::Plan::Kind::Stamp: {
        const auto rows = revision::resolve(graph, from);
        return rows ? revision::planStamp(graph, *rows, request.targets, request.purge) : std::unexpected(rows.error());
    }
    }
    return revision::Plan{};
}

} // namespace stillroom::migration
