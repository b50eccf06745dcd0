// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/foreignstep.h"
#include "migration/run.h"

#include <utility>

/// Steps of a run that the project's own Alembic takes part in.
namespace stillroom::migration {

Result<void> Run::isAsTaken(const revision::Step &step, const TakenBody &body) const
{
    const auto place = m_project.graph().find(step.revision);
    const QString file = place ? m_project.graph().revisions()[*place].header.file : QString();
    if (isOfScript(body, file))
        return {};
    return std::unexpected(Error{.code = ErrorCode::ScriptNotUnderstood,
                                 .detail = QStringLiteral("the script has changed since the project's own Alembic wrote its SQL"),
                                 .file = file,
                                 .revision = step.revision});
}

/// What stands before it is committed, since another connection would neither see it nor get past its locks. The step is then on its own:
/// Alembic commits it with its version row, in the transaction that env.py makes.
Result<void> Run::stepThere(int number, const revision::Step &step, const TakenBody &body)
{
    if (m_request.rollsBack) {
        return std::unexpected(Error{.code = ErrorCode::RehearsalNeedsCopy,
                                     .detail = QStringLiteral("the project's own Alembic runs it over a connection of its own"),
                                     .revision = step.revision});
    }
    if (!m_request.connection)
        return std::unexpected(Error{.code = ErrorCode::NotConnected, .revision = step.revision});
    if (auto same = isAsTaken(step, body); !same)
        return same;
    if (m_session.transactionState() == database::TransactionState::InTransaction) {
        if (auto committed = commit(); !committed)
            return committed;
    }
    QElapsedTimer clock;
    clock.start();
    m_currentStep = number;
    const auto index = m_project.graph().find(step.revision);
    m_tell(StepStarted{number, stepCount(), step, index ? m_project.graph().revisions()[*index].header.message : QString(), body.from, true});
    if (auto goesOn = notCancelled(); !goesOn)
        return goesOn;
    if (auto expected = rowsAreAsExpected(); !expected)
        return expected;
    const auto printed = [this, number](const QString &lines) { m_tell(NoticeReceived{number, {.severity = kPrintedByAlembic, .text = lines}}); };
    const auto ran = runForeignStep(
        m_project, m_session,
        {.step = step, .rows = m_rows, .body = body, .connection = *m_request.connection, .cancel = m_request.cancel, .printed = printed});
    if (auto looked = lookAfterStepThere(step, ran); !looked)
        return looked;
    if (m_request.policy.keepsLedger) {
        auto kept = begin();
        if (kept)
            kept = writeLedger(number, step);
        if (kept)
            kept = commit();
        if (!kept)
            return kept;
    }
    m_tell(StepDone{number, step.revision, clock.elapsed(), true});
    return {};
}

/// The version rows tell what became of it, whatever the child said at its end.
Result<void> Run::lookAfterStepThere(const revision::Step &step, const Result<void> &ran)
{
    QStringList after = m_rows;
    for (const revision::VersionChange &change : step.changes)
        apply(change, after);
    const auto found = database::readVersionRows(m_session, m_versionTable);
    QStringList sorted = found ? found->rows : QStringList();
    sorted.sort();
    QStringList wanted = after;
    wanted.sort();
    if (found && sorted == wanted) {
        m_rows = m_committedRows = after;
        m_stepsCommitted = ++m_stepsDone;
        m_mustCreateVersionTable = false;
        m_tell(Committed{m_rows});
    } else if (m_session.kind() == dialect::DialectKind::Sqlite || ran) {
        m_outside.append(QStringLiteral("-- what the project's own Alembic did of %1 before it ended").arg(step.revision));
    }
    if (!ran)
        return std::unexpected(ran.error());
    if (!found)
        return std::unexpected(found.error());
    if (sorted != wanted) {
        const auto text = [](const QStringList &rows) { return rows.isEmpty() ? QStringLiteral("no rows") : rows.join(QStringLiteral(", ")); };
        return std::unexpected(
            Error{.code = ErrorCode::VersionRowsChanged, .subject = text(wanted), .detail = text(found->rows), .revision = step.revision});
    }
    return {};
}

} // namespace stillroom::migration
