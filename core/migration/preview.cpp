// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/preview.h"

#include "migration/ancestorfold.h"
#include "migration/evaluationahead.h"
#include "migration/statementsink.h"

namespace stillroom::migration {

namespace {

BodySql::Status statusOf(script::BodyStatus status)
{
    switch (status) {
    case script::BodyStatus::Complete:
        return BodySql::Status::Complete;
    case script::BodyStatus::NeedsDatabase:
        return BodySql::Status::NeedsDatabase;
    case script::BodyStatus::NotUnderstood:
        return BodySql::Status::NotUnderstood;
    }
    return BodySql::Status::NotUnderstood;
}

BodySql unreadable(const Error &error)
{
    BodySql body;
    body.status = BodySql::Status::NotUnderstood;
    body.reason = error.detail;
    body.file = error.file;
    body.line = error.line;
    return body;
}

script::Environment environmentOf(const project::Project &project, const RenderRequest &request)
{
    script::Environment environment = project.environment(dialect::dialectName(request.kind));
    environment.offline = request.offline;
    environment.cancel = request.cancel;
    return environment;
}

/// One attempt with one lookup. The render error is kept apart: RebuildNeedsTable asks for a second attempt with the fold.
struct Attempt {
    BodySql body;
    std::optional<Error> renderError;
};

Result<Attempt> attempt(const project::Project &project, script::Script &script, script::Direction direction, const RenderRequest &request,
                        dialect::SchemaLookup *lookup, dialect::SchemaFold *fold)
{
    Attempt result;
    const auto own = request.dialect ? nullptr : dialect::Dialect::create(request.kind, request.options);
    StatementSink sink(request.dialect ? *request.dialect : *own, lookup,
                       [&result](const dialect::Statement &statement) -> Result<std::optional<script::QueryResult>> {
                           result.body.statements.push_back(statement);
                           return std::nullopt;
                       });
    if (fold || request.observer) {
        sink.setObserver([fold, &request](const sql::Operation &operation, const std::vector<dialect::Statement> &statements) {
            if (fold)
                fold->apply(operation, statements);
            if (request.observer)
                request.observer(operation, statements);
        });
    }
    const auto outcome = script.evaluate(direction, environmentOf(project, request), sink, request.evaluator);
    if (!outcome) {
        if (!sink.renderError())
            return std::unexpected(outcome.error());
        result.renderError = sink.renderError();
        const Error &error = *result.renderError;
        result.body.status = error.code == ErrorCode::RebuildNeedsTable ? BodySql::Status::NeedsDatabase : BodySql::Status::NotUnderstood;
        result.body.reason = error.code == ErrorCode::RebuildNeedsTable
                                 ? QStringLiteral("rebuilding table %1 on SQLite needs to know how the table stands").arg(error.subject)
                                 : error.detail;
        result.body.file = error.file;
        result.body.line = error.line;
        return result;
    }
    result.body.status = statusOf(outcome->status);
    result.body.isMissing = outcome->isMissing;
    result.body.reason = outcome->reason;
    result.body.file = outcome->file;
    result.body.line = outcome->line;
    result.body.unknownName = outcome->unknownName;
    result.body.notes = outcome->notes;
    return result;
}

std::vector<dialect::Statement> versionStatements(const dialect::VersionStatements &spelled, const revision::Step &step)
{
    std::vector<dialect::Statement> statements;
    for (const revision::VersionChange &change : step.changes) {
        dialect::Statement statement;
        switch (change.kind) {
        case revision::VersionChange::Kind::Insert:
            statement.sql = spelled.insert(change.to);
            break;
        case revision::VersionChange::Kind::Update:
            statement.sql = spelled.update(change.from, change.to);
            break;
        case revision::VersionChange::Kind::Delete:
            statement.sql = spelled.remove(change.from);
            break;
        }
        statements.push_back(std::move(statement));
    }
    return statements;
}

Result<BodySql> renderScript(const project::Project &project, script::Script &script, const QString &id, script::Direction direction,
                             const RenderRequest &request)
{
    auto first = attempt(project, script, direction, request, request.lookup, nullptr);
    if (!first)
        return std::unexpected(std::move(first).error());
    if (!first->renderError || first->renderError->code != ErrorCode::RebuildNeedsTable)
        return std::move(first->body);

    // A rebuild of a table that no database can be asked for (none connected, or an earlier step of the plan makes it): how
    // it stands follows from the scripts of the ancestors.
    AncestorFold own(project, request.kind);
    auto fold = (request.ancestors ? *request.ancestors : own).before(id, direction, request);
    if (!fold)
        return std::unexpected(std::move(fold).error());
    if (!*fold)
        return std::move(first->body);
    auto second = attempt(project, script, direction, request, fold->get(), fold->get());
    if (!second)
        return std::unexpected(std::move(second).error());
    return std::move(second->body);
}

struct PlannedBody {
    const revision::Header *header = nullptr; ///< null: a stamp has no body
    script::Direction direction = script::Direction::Upgrade;
};

PlannedBody plannedBody(const project::Project &project, const revision::Step &step)
{
    if (step.kind == revision::Step::Kind::Stamp)
        return {};
    const auto index = project.graph().find(step.revision);
    Q_ASSERT(index);
    return {&project.graph().revisions()[*index].header,
            step.kind == revision::Step::Kind::Upgrade ? script::Direction::Upgrade : script::Direction::Downgrade};
}

std::vector<BodyName> bodiesToEvaluate(const project::Project &project, const revision::Plan &plan)
{
    std::vector<BodyName> bodies;
    for (const revision::Step &step : plan.steps) {
        if (const PlannedBody body = plannedBody(project, step); body.header && !body.header->problem)
            bodies.push_back({body.header->file, body.direction});
    }
    return bodies;
}

} // namespace

Result<BodySql> renderBody(const project::Project &project, const revision::Header &header, script::Direction direction, const RenderRequest &request)
{
    if (header.problem)
        return unreadable(*header.problem);
    const auto script = script::Script::load(header.file);
    if (!script)
        return unreadable(script.error());
    return renderScript(project, **script, header.id, direction, request);
}

Result<Preview> previewPlan(const project::Project &project, const revision::Plan &plan, const RenderRequest &request)
{
    Preview preview;
    preview.plan = plan;
    preview.kind = request.kind;
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    const auto dialect = dialect::Dialect::create(request.kind, request.options);
    const bool returnsVersion = !request.options.sqlalchemy14 || request.kind == dialect::DialectKind::PostgreSql;
    const dialect::VersionStatements spelled{*dialect, *table, returnsVersion};
    if (plan.startRows.isEmpty() && plan.kind != revision::Plan::Kind::Downgrade) {
        const auto standing = request.lookup ? request.lookup->table(*table) : std::optional<dialect::StandingTable>();
        if (!standing)
            return std::unexpected(standing.error());
        if (!*standing)
            preview.createVersionTable = spelled.create();
    }
    AncestorFold ancestors(project, request.kind);
    RenderRequest each = request;
    each.dialect = dialect.get();
    if (!each.ancestors)
        each.ancestors = &ancestors;
    EvaluationAhead ahead(bodiesToEvaluate(project, plan), environmentOf(project, request));
    for (const revision::Step &step : plan.steps) {
        PreviewStep shown;
        shown.step = step;
        if (const PlannedBody planned = plannedBody(project, step); planned.header && planned.header->problem) {
            shown.body = unreadable(*planned.header->problem);
        } else if (planned.header) {
            const auto script = ahead.take();
            auto body = script ? renderScript(project, **script, step.revision, planned.direction, each) : unreadable(script.error());
            if (!body)
                return std::unexpected(std::move(body).error());
            shown.body = std::move(*body);
        }
        shown.versionStatements = versionStatements(spelled, step);
        preview.steps.push_back(std::move(shown));
    }
    return preview;
}

} // namespace stillroom::migration
