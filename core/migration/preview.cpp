// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/preview.h"

#include "migration/ancestorfold.h"
#include "migration/evaluationahead.h"
#include "migration/inventory.h"
#include "migration/otherruns.h"
#include "migration/planning.h"
#include "migration/questions.h"
#include "migration/statementsink.h"

#include <algorithm>

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
    environment.connectedTo = request.connectedTo;
    environment.cancel = request.cancel;
    return environment;
}

void markVarying(BodySql &body, const std::vector<bool> &varying, const std::vector<std::size_t> &ends)
{
    const QString note = QStringLiteral("the text varies from run to run");
    std::size_t statement = 0;
    for (std::size_t operation = 0; operation < std::min(ends.size(), varying.size()); ++operation) {
        for (; statement < ends[operation]; ++statement) {
            QStringList &notes = body.statements[statement].notes;
            const bool isSaid =
                std::ranges::any_of(notes, [](const QString &said) { return said.contains(QLatin1String("varies from run to run")); });
            if (varying[operation] && !isSaid)
                notes += note;
        }
    }
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
                       [&result, questions = request.questions](const dialect::Statement &statement) -> Result<std::optional<script::QueryResult>> {
                           result.body.statements.push_back(statement);
                           if (!questions)
                               return std::nullopt;
                           auto answer = statement.wantsResult ? questions->ask(statement.sql) : std::optional<script::QueryResult>();
                           if (!answer || !*answer) // one that was answered changes nothing
                               questions->sent(statement);
                           return answer;
                       });
    sink.setSplitsTexts(!request.offline && request.kind == dialect::DialectKind::PostgreSql);
    if (request.questions)
        sink.setInspector([&request](const QString &table) { return request.questions->inventory(table); });
    WitnessSink witness(sink);
    std::vector<std::size_t> ends; // of each operation's statements
    sink.setObserver([fold, &request, &ends, &result](const sql::Operation &operation, const std::vector<dialect::Statement> &statements) {
        ends.push_back(result.body.statements.size());
        if (fold)
            fold->apply(operation, statements);
        if (request.observer)
            request.observer(operation, statements);
    });
    const auto ownEnvironment = request.environment ? std::nullopt : std::optional(environmentOf(project, request));
    const script::Environment &environment = request.environment ? *request.environment : *ownEnvironment;
    const auto outcome = script.evaluate(direction, environment, witness, request.evaluator);
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
    if (outcome->otherRuns > 0)
        markVarying(result.body, witness.varying(script, direction, environment, outcome->otherRuns, request.kind), ends);
    result.body.status = statusOf(outcome->status);
    result.body.isMissing = outcome->isMissing;
    result.body.reason = outcome->reason;
    result.body.file = outcome->file;
    result.body.line = outcome->line;
    result.body.unknownName = outcome->unknownName;
    result.body.raises = outcome->raises;
    result.body.notes = outcome->notes;
    if (request.questions) {
        result.body.questions = request.questions->answered();
        if (result.body.status == BodySql::Status::NeedsDatabase && !request.questions->refusal().isEmpty())
            result.body.reason = request.questions->refusal();
    }
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
    if (request.questions)
        request.questions->beginBody();
    dialect::SchemaLookup *lookup = request.questions ? &request.questions->lookup() : request.lookup;
    auto first = attempt(project, script, direction, request, lookup, nullptr);
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
    if (request.questions)
        request.questions->restartBody();
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
            bodies.push_back({body.header->file, body.direction, body.header->source});
    }
    return bodies;
}

/// What the project's own Alembic has written, or will send itself.
BodySql takenSql(const TakenBody &taken, PreviewQuestions *questions)
{
    BodySql body;
    body.statements = taken.statements;
    body.takenFrom = taken.from;
    if (taken.runsWith) {
        body.status = BodySql::Status::NotUnderstood;
        body.reason = QStringLiteral("what it will send is not known beforehand");
        body.runsThere = true;
    }
    if (questions) {
        for (const dialect::Statement &statement : taken.statements)
            questions->sent(statement);
    }
    return body;
}

/// The body of one step of a plan; empty where it has none (a stamp).
Result<BodySql> plannedBodySql(const project::Project &project, const revision::Step &step, const RenderRequest &request, EvaluationAhead &ahead)
{
    const PlannedBody planned = plannedBody(project, step);
    if (!planned.header)
        return BodySql{};
    if (planned.header->problem)
        return unreadable(*planned.header->problem);
    auto script = ahead.take();
    if (const TakenBody *taken = request.taken ? takenBody(*request.taken, step) : nullptr)
        return takenSql(*taken, request.questions);
    if (request.questions) {
        // What was evaluated ahead could ask nothing; and one that came to its end has nothing to ask.
        const bool asks = script && ahead.neededDatabase();
        request.questions->setAsking(asks);
        if (asks)
            script = script::Script::load(planned.header->file);
    }
    return script ? renderScript(project, **script, step.revision, planned.direction, request) : unreadable(script.error());
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
    std::vector<PreviewStep> steps;
    auto preview = previewSteps(project, plan, request, [&steps](const Preview &, PreviewStep step) -> Result<void> {
        steps.push_back(std::move(step));
        return {};
    });
    if (preview)
        preview->steps = std::move(steps);
    return preview;
}

Result<Preview> previewSteps(const project::Project &project, const revision::Plan &plan, const RenderRequest &request, const TakeStep &take)
{
    Preview preview;
    preview.plan = plan;
    preview.kind = request.kind;
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    const auto dialect = dialect::Dialect::create(request.kind, request.options);
    const bool returnsVersion = !request.options.sqlalchemy14 || request.kind == dialect::DialectKind::PostgreSql;
    const dialect::VersionStatements spelled{*dialect, *table, returnsVersion, project.versionTableHasPrimaryKey()};
    if (plan.startRows.isEmpty() && plan.kind != revision::Plan::Kind::Downgrade) {
        dialect::SchemaLookup *lookup = request.questions ? &request.questions->lookup() : request.lookup;
        const auto standing = lookup ? lookup->table(*table) : std::optional<dialect::StandingTable>();
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
    const script::Environment environment = environmentOf(project, request);
    each.environment = &environment;
    EvaluationAhead ahead(bodiesToEvaluate(project, plan), environment);
    for (const revision::Step &step : plan.steps) {
        PreviewStep shown;
        shown.step = step;
        auto body = plannedBodySql(project, step, each, ahead);
        if (!body)
            return std::unexpected(std::move(body).error());
        shown.body = std::move(*body);
        if (!shown.body.runsThere)
            shown.versionStatements = versionStatements(spelled, step);
        if (request.questions) {
            if (shown.body.status != BodySql::Status::Complete)
                request.questions->restIsUnknown(step.revision);
            for (const dialect::Statement &statement : shown.versionStatements)
                request.questions->sent(statement);
        }
        if (auto done = take(preview, std::move(shown)); !done)
            return std::unexpected(std::move(done).error());
    }
    return preview;
}

Result<Preview> previewConnected(const project::Project &project, database::Session &session, const revision::Plan &plan,
                                 const std::atomic<bool> *cancel, const std::vector<TakenBody> &taken)
{
    const auto table = project.versionTable();
    if (!table)
        return std::unexpected(table.error());
    PreviewQuestions questions(session, *table);
    RenderRequest request;
    request.kind = session.kind();
    request.options.serverVersion = session.serverVersionNumber();
    request.offline = false;
    request.connectedTo = connectedTo(session);
    request.cancel = cancel;
    request.questions = &questions;
    request.taken = &taken;
    return previewPlan(project, plan, request);
}

Result<std::optional<BodySql>> previewBody(const project::Project &project, database::Session &session, const QString &revision,
                                           script::Direction direction, const std::atomic<bool> *cancel)
{
    const bool isUpgrade = direction == script::Direction::Upgrade;
    PlanRequest wanted{isUpgrade ? revision::Plan::Kind::Upgrade : revision::Plan::Kind::Downgrade, {revision}};
    if (!isUpgrade) {
        const auto index = project.graph().find(revision);
        const QStringList below = index ? project.graph().revisions()[*index].header.downRevisions : QStringList();
        if (!index || below.size() > 1)
            return std::nullopt;
        wanted.targets = {below.isEmpty() ? QStringLiteral("base") : below.first()};
    }
    const auto plan = makePlan(project, session, wanted);
    if (!plan)
        return std::nullopt; // what is wrong with it is told where a plan is asked for
    if (std::ranges::none_of(plan->steps, [&revision](const revision::Step &step) { return step.revision == revision; }))
        return std::nullopt;
    auto preview = previewConnected(project, session, *plan, cancel);
    if (!preview)
        return std::unexpected(std::move(preview).error());
    for (PreviewStep &step : preview->steps) {
        if (step.step.revision == revision)
            return std::move(step.body);
    }
    return std::nullopt;
}

} // namespace stillroom::migration
