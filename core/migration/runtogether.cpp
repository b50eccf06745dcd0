// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/journal.h"
#include "migration/run.h"

#include <utility>

/// Statements whose result nobody waits for are sent to PostgreSQL together, so that neither the way there nor the waiting for its answer
/// is paid for each. The server runs them one after the other, and passes over the rest when one fails.
namespace stillroom::migration {

void Run::journalOnly(const RunEvent &event)
{
    if (m_journal)
        m_journal->take(event);
}

/// The first statement of a transaction is on its own: a lock that it meets lets it begin again. So is whatever needs to be looked after.
bool Run::mayBeQueued(const dialect::Statement &statement) const
{
    const bool isFirst = m_statementsInTransaction == 0 && m_stepsDone == m_stepsCommitted && m_queue.empty();
    return m_session.kind() == dialect::DialectKind::PostgreSql && !isFirst && !m_inAutocommit && !m_request.rollsBack && !m_request.afterStatement &&
           !statement.wantsResult && statement.marker == dialect::Statement::Marker::None && statement.transaction == dialect::TransactionNeed::Any &&
           !statement.sql.contains(QLatin1String("COPY"), Qt::CaseInsensitive);
}

void Run::noteDone(const Queued &queued, qint64 rowsAffected, qint64 microseconds)
{
    m_hasRebuilt = m_hasRebuilt || queued.statement.needsForeignKeysOff;
    m_tell(StatementDone{queued.number, queued.index, rowsAffected, microseconds});
    if (!queued.isVersionStatement) {
        (m_inAutocommit ? m_outside : m_inTransaction).append(queued.statement.sql);
        ++m_statementsInTransaction;
    }
}

BodyName bodyOf(const revision::Header &header, const revision::Step &step)
{
    return {header.file, step.kind == revision::Step::Kind::Upgrade ? script::Direction::Upgrade : script::Direction::Downgrade, {}};
}

/// The next step's script, while the server is busy with this one. One that asks the database anything is evaluated again in its turn, with
/// what is there then.
void Run::evaluateAhead(int number)
{
    if (number >= stepCount() || m_stop)
        return;
    const revision::Step &step = m_plan.steps[static_cast<std::size_t>(number)];
    const auto index = m_project.graph().find(step.revision);
    if (step.kind == revision::Step::Kind::Stamp || !index || takenBody(m_request.taken, step))
        return;
    BodyName name = bodyOf(m_project.graph().revisions()[*index].header, step);
    EvaluatedBody body = evaluatedBody(name, environment(), m_evaluator, m_reading);
    m_ahead = Ahead{std::move(name), std::move(body)};
}

Result<std::unique_ptr<script::Script>> Run::scriptOf(const BodyName &body)
{
    std::optional<Ahead> ahead = std::exchange(m_ahead, std::nullopt);
    const bool isThis = ahead && ahead->name.file == body.file && ahead->name.direction == body.direction;
    return isThis && !ahead->body.askedDatabase ? std::move(ahead->body.script) : script::Script::load(body.file);
}

Result<void> Run::sendQueued(const std::function<void()> &meanwhile)
{
    if (m_queue.empty())
        return {};
    const std::vector<Queued> queue = std::exchange(m_queue, {});
    m_queuedLength = 0;
    if (auto goesOn = notCancelled(); !goesOn)
        return std::unexpected(placed(std::move(goesOn).error(), queue.front().statement));
    QStringList texts;
    const auto started = [](const Queued &one) { return StatementStarted{one.number, one.index, one.statement, one.isVersionStatement, false}; };
    for (const Queued &one : queue) {
        texts.append(one.statement.sql);
        journalOnly(started(one)); // all of them are sent before the first is answered
    }
    std::size_t answered = 0;
    Result<void> metItsRow;
    QElapsedTimer clock;
    const auto begins = [&] {
        m_runningIndex = queue[answered].index;
        m_show(started(queue[answered]));
        m_blockers.clear();
        m_waitClock.start();
        clock.start();
    };
    m_waiting = Waiting::Statement;
    begins();
    auto done = m_session.executeAll(
        texts,
        [&](database::Outcome &&outcome) {
            const Queued &one = queue[answered];
            noteDone(one, outcome.rowsAffected, clock.nsecsElapsed() / 1000);
            if (!one.mustMeet.isEmpty() && outcome.rowsAffected != 1 && metItsRow) {
                metItsRow = std::unexpected(Error{
                    .code = ErrorCode::VersionRowsChanged, .subject = one.mustMeet, .detail = QStringLiteral("%1 rows").arg(outcome.rowsAffected)});
            }
            if (++answered < queue.size())
                begins();
        },
        meanwhile);
    if (!done) {
        const bool isKnown = answered < queue.size();
        if (m_session.isUsable())
            m_waiting = Waiting::Nothing;
        return std::unexpected(placed(std::move(done).error(), queue[isKnown ? answered : queue.size() - 1].statement));
    }
    m_waiting = Waiting::Nothing;
    return metItsRow;
}

} // namespace stillroom::migration
