// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/ancestorfold.h"

#include "migration/statementsink.h"
#include "revision/plan.h"

namespace stillroom::migration {

namespace {

constexpr std::size_t kKept = 4; // neighbours share their beginning; a fold of a large schema is not small

bool isBeginningOf(const QStringList &beginning, const QStringList &whole)
{
    return beginning.size() <= whole.size() && std::equal(beginning.begin(), beginning.end(), whole.begin());
}

} // namespace

Result<bool> AncestorFold::apply(dialect::SchemaFold &fold, const QString &revision, const RenderRequest &request)
{
    const auto index = m_project.graph().find(revision);
    if (!index || m_project.graph().revisions()[*index].header.problem)
        return false;
    auto script = script::Script::load(m_project.graph().revisions()[*index].header.file);
    if (!script)
        return false;
    const auto dialect = dialect::Dialect::create(m_kind, request.options);
    StatementSink sink(*dialect, &fold, [](const dialect::Statement &) -> Result<std::optional<script::QueryResult>> { return std::nullopt; });
    sink.setObserver(
        [&fold](const sql::Operation &operation, const std::vector<dialect::Statement> &statements) { fold.apply(operation, statements); });
    script::Environment environment = m_project.environment(dialect::dialectName(m_kind));
    environment.cancel = request.cancel;
    const auto outcome = (*script)->evaluate(script::Direction::Upgrade, environment, sink);
    if (!outcome && !sink.renderError())
        return std::unexpected(outcome.error());
    return outcome && outcome->status == script::BodyStatus::Complete;
}

Result<std::unique_ptr<dialect::SchemaFold>> AncestorFold::before(const QString &revision, script::Direction direction, const RenderRequest &request)
{
    const auto plan = revision::planUpgrade(m_project.graph(), {}, revision);
    if (!plan)
        return nullptr;
    QStringList wanted;
    for (const revision::Step &step : plan->steps) {
        if (step.revision != revision || direction == script::Direction::Downgrade)
            wanted.append(step.revision);
    }
    const std::scoped_lock lock(m_mutex);
    const Kept *best = nullptr;
    for (const Kept &kept : m_kept) {
        if (isBeginningOf(kept.revisions, wanted) && (!best || kept.revisions.size() > best->revisions.size()))
            best = &kept;
    }
    Kept current = best ? *best : Kept{{}, dialect::SchemaFold(m_kind)};
    while (current.revisions.size() < wanted.size()) {
        const QString &next = wanted[current.revisions.size()];
        const auto applied = apply(current.fold, next, request);
        if (!applied)
            return std::unexpected(applied.error());
        if (!*applied)
            return nullptr;
        current.revisions.append(next);
    }
    auto fold = std::make_unique<dialect::SchemaFold>(current.fold);
    if (m_kept.size() == kKept)
        m_kept.erase(m_kept.begin());
    m_kept.push_back(std::move(current));
    return fold;
}

} // namespace stillroom::migration
