// SPDX-License-Identifier: GPL-3.0-or-later
// The page while a plan runs, and after (runpage.h).
#include "ui/run/runpage.h"

#include "base/sentence.h"
#include "ui/run/blockerspanel.h"
#include "ui/words.h"

#include <QAccessible>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QTreeView>

namespace stillroom::ui {

using namespace migration;

namespace {

QString named(const std::vector<database::Blocker> &blockers)
{
    QStringList names;
    for (const database::Blocker &blocker : blockers)
        names += database::describe(blocker);
    return names.isEmpty() ? RunPage::tr("it is not known whom") : names.join(QStringLiteral("; "));
}

} // namespace

void RunPage::startRun()
{
    if (!canRun())
        return;
    m_isRehearsal = false;
    begin();
    Q_EMIT runRequested(m_preview.plan);
}

void RunPage::startRehearsal(bool onCopy)
{
    if (!canRun())
        return;
    m_isRehearsal = true;
    begin();
    m_current->setFullText(onCopy ? tr("Rehearsing on a copy…") : tr("Rehearsing…"));
    Q_EMIT rehearsalRequested(m_preview.plan, onCopy);
}

void RunPage::begin()
{
    m_runs = 0;
    m_log->setRehearsal(m_isRehearsal);
    if (m_isRehearsal)
        m_title->setText(tr("Rehearsal: %1").arg(m_title->text()));
    m_stepsView->header()->resizeSection(StepsModel::TimeColumn, fontMetrics().horizontalAdvance(QStringLiteral("88 min 88 s")) + 12);
    m_stop->setEnabled(true);
    m_stop->setText(tr("&Stop after this revision"));
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("&Cancel now"));
    m_warnings->clear();
    m_pythonOffer->clear();
    m_progress->setProperty("state", QString());
    m_progress->style()->unpolish(m_progress);
    m_progress->style()->polish(m_progress);
    m_current->setFullText(tr("Starting…"));
    m_outcome->clear();
    m_blockers->clear();
    m_leftovers.clear();
    m_next = NextStep::None;
    m_failedRevision.clear();
    m_statementClock.invalidate();
    m_cancelClock.invalidate();
    m_saysNoAnswer = false;
    m_clock.start();
    m_tick.start();
    setPhase(Phase::Running);
    m_stop->setFocus(Qt::OtherFocusReason);
}

/// A button that has done its part gives the focus to the steps; by itself it would go to some button of the window.
void RunPage::keepFocus(const QWidget *button)
{
    if (button->hasFocus())
        m_stepsView->setFocus(Qt::OtherFocusReason);
}

void RunPage::stopAfterRevision()
{
    keepFocus(m_stop);
    m_stop->setEnabled(false);
    m_stop->setText(tr("Stopping after this revision…"));
    Q_EMIT stopRequested();
}

void RunPage::cancelNow()
{
    keepFocus(m_cancel);
    m_cancel->setEnabled(false);
    m_cancel->setText(tr("Cancelling…"));
    m_cancelClock.start();
    Q_EMIT cancelRequested();
}

void RunPage::take(const RunEvent &event)
{
    if (std::holds_alternative<PlanStarted>(event))
        ++m_runs;
    m_log->take(event);
    if (m_runs > 1)
        takeOfTheWayBack(event);
    else
        takeOfThePlan(event);
    if (m_log->newest().isValid())
        m_logView->scrollTo(m_log->newest());
    showProgress();
}

/// The plan that is on the page does not have these steps; they stand in the log.
void RunPage::takeOfTheWayBack(const RunEvent &event)
{
    if (const auto *statement = std::get_if<StatementStarted>(&event)) {
        m_statementClock.start();
        m_current->setFullText((m_runs == 2 ? tr("Down again: %1") : tr("Up again: %1")).arg(firstLine(statement->statement.sql)));
    }
}

void RunPage::takeOfThePlan(const RunEvent &event)
{
    m_steps->take(event);
    if (const auto *started = std::get_if<StepStarted>(&event)) {
        m_stepsView->expand(m_steps->indexOf(started->step));
        if (started->runsThere) {
            m_stepsView->setCurrentIndex(m_steps->indexOf(started->step));
            m_statementClock.start();
            m_current->setFullText(tr("The project's own Alembic runs %1…").arg(started->what.revision));
        }
    }
    if (std::holds_alternative<PlanStarted>(event) && m_log->newest().isValid()) {
        QModelIndex run = m_log->newest();
        while (run.parent().isValid())
            run = run.parent();
        m_logView->expand(run);
    }
    if (const auto *statement = std::get_if<StatementStarted>(&event)) {
        m_blockers->clear();
        m_statementClock.start();
        m_current->setFullText(firstLine(statement->statement.sql));
        const QModelIndex running = m_steps->running();
        m_stepsView->scrollTo(running);
        markStatement(running);
    }
    if (const auto *waits = std::get_if<RunnerWaits>(&event)) {
        m_current->setFullText(tr("Waits for another runner to end: %1").arg(named(waits->holders)));
        m_blockers->showBlockers(tr("Another run holds the database. This one waits, and plans again when it has ended."), waits->holders, false);
    }
    if (const auto *blocked = std::get_if<StatementBlocked>(&event)) {
        m_current->setFullText(tr("Waits for a lock: %1").arg(named(blocked->blockers)));
        const bool isServer = m_preview.kind == dialect::DialectKind::PostgreSql;
        if (blocked->blockers.empty())
            m_blockers->clear();
        else
            m_blockers->showBlockers(tr("The statement waits for a lock that somebody else holds."), blocked->blockers, isServer);
    }
    if (std::holds_alternative<StatementDone>(event) || std::holds_alternative<StepStarted>(event))
        m_blockers->clear();
    if (const auto *found = std::get_if<FoundAfterwards>(&event))
        m_leftovers = found->leftovers;
    if (const auto *retried = std::get_if<StatementRetried>(&event))
        m_current->setFullText(tr("Did not get its lock; tries again in %1 s").arg(double(retried->pauseMs) / 1000.0, 0, 'f', 1));
    if (const auto *step = std::get_if<StepDone>(&event)) {
        if (m_steps->steps().size() > 1)
            m_stepsView->collapse(m_steps->indexOf(step->step));
    }
    if (const auto *failure = std::get_if<RunFailed>(&event); failure && m_isRehearsal) {
        showFailure(failure->error);
        offerNextStep(*failure);
    } else if (failure) {
        m_hasOutcome = true;
        // What was asked for is no fault.
        m_outcome->showWords(failure->error.code == ErrorCode::Cancelled ? BannerTone::Warning : BannerTone::Bad,
                             withLeftovers(outcomeText(*failure)));
        showFailure(failure->error);
        offerNextStep(*failure);
    }
    if (const auto *done = std::get_if<RunDone>(&event); done && !m_isRehearsal) {
        m_hasOutcome = true;
        m_outcome->showWords(done->stopped || !m_leftovers.empty() ? BannerTone::Warning : BannerTone::Good, withLeftovers(outcomeText(*done)));
        if (done->stopped)
            m_next = NextStep::PlanAgain;
    }
}

void RunPage::runEnded(const std::optional<Error> &error)
{
    m_tick.stop();
    if (error && !m_hasOutcome)
        m_outcome->showWords(BannerTone::Bad, sentence(*error));
    m_blockers->clear();
    flushSql();
    m_progress->setProperty("state", error && error->code != ErrorCode::Cancelled ? QStringLiteral("failed") : QString());
    m_progress->style()->unpolish(m_progress);
    m_progress->style()->polish(m_progress);
    setPhase(Phase::Ended);
    (m_nextButton->isVisible() ? m_nextButton : m_back)->setFocus(Qt::OtherFocusReason);
    QAccessibleEvent told(m_outcome, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void RunPage::showProgress()
{
    m_blockers->showAges();
    m_progress->setMaximum(std::max(1, m_steps->statementCount()));
    m_progress->setValue(m_steps->doneCount());
    constexpr qint64 kLongMs = 1000, kNoAnswerMs = 5000, kMinuteMs = 60'000;
    const auto elapsed = [](qint64 ms) { return ms < kMinuteMs ? tr("%1 s").arg(double(ms) / 1000.0, 0, 'f', 1) : durationText(double(ms)); };
    const bool isOnTheWayBack = m_runs > 1;
    QString words = isOnTheWayBack
                        ? elapsed(m_clock.elapsed())
                        : tr("%1 of %2 statements, %3").arg(m_steps->doneCount()).arg(m_steps->statementCount()).arg(elapsed(m_clock.elapsed()));
    if (m_statementClock.isValid() && m_statementClock.elapsed() > kLongMs && (isOnTheWayBack || m_steps->running().isValid()))
        words += tr("; this one %1").arg(elapsed(m_statementClock.elapsed()));
    m_elapsed->setText(words);
    if (m_phase == Phase::Running && m_cancelClock.isValid() && m_cancelClock.elapsed() > kNoAnswerMs && !m_saysNoAnswer) {
        m_saysNoAnswer = true;
        m_outcome->showWords(BannerTone::Warning,
                             m_preview.kind == dialect::DialectKind::PostgreSql
                                 ? tr("The server has not answered the cancel yet. A rollback can take as long as what it undoes; “stillroom” in "
                                      "pg_stat_activity says what its process does. Nothing is lost by waiting.")
                                 : tr("The cancel has not taken effect yet. The file's disk may be slow; nothing is lost by waiting."));
    }
}

/// Marks the failing statement, squiggles the server's position in it and writes the words beneath.
void RunPage::showFailure(const Error &error)
{
    if (error.statement.isEmpty())
        return;
    flushSql();
    for (int i = int(m_text.places().size()) - 1; i >= 0; --i) {
        const SqlText::Place &place = m_text.places()[std::size_t(i)];
        const auto [step, statement] = m_textOrigin[std::size_t(i)];
        if (m_steps->steps()[std::size_t(step)].statements[std::size_t(statement)].state != ProgressState::Failed)
            continue;
        m_stepsView->setCurrentIndex(m_steps->indexOf(step, statement));
        m_sql->markLines(place.firstLine, place.lastLine);
        QStringList words{error.sqlState.isEmpty() ? error.detail : QStringLiteral("%1: %2").arg(error.sqlState, error.detail)};
        if (!error.serverDetail.isEmpty())
            words += error.serverDetail;
        if (!error.hint.isEmpty())
            words += tr("Hint: %1").arg(error.hint);
        int noteLine = place.lastLine;
        if (error.position > 0) {
            const auto [line, column] = lineAndColumn(error.statement, error.position);
            noteLine = std::min(place.firstLine + line - 1, place.lastLine);
            m_sql->markProblem(noteLine, column);
        }
        QStringList lines = words.join(QLatin1Char('\n')).split(QLatin1Char('\n'));
        for (QString &line : lines)
            line = line.simplified(); // libpq indents its own advice with a tab
        m_sql->addNote(noteLine, lines.join(QLatin1Char('\n')), CodeEditor::NoteTone::Problem);
        m_sql->showLine(noteLine);
        return;
    }
}

/// Of what is left over there is more to say than that the run ended.
QString RunPage::withLeftovers(const QString &words) const
{
    QStringList lines{words};
    for (const database::Leftover &leftover : m_leftovers)
        lines += database::describe(leftover);
    return lines.join(QLatin1Char('\n'));
}

void RunPage::offerNextStep(const RunFailed &failure)
{
    const auto &steps = m_steps->steps();
    if (failure.step >= 0 && failure.step < int(steps.size()))
        m_failedRevision = steps[std::size_t(failure.step)].step.revision;
    switch (failure.error.code) {
    case ErrorCode::ConnectionLost:
        m_next = NextStep::ConnectAgain;
        return;
    case ErrorCode::ReadOnlyConnection:
    case ErrorCode::PolicyRefused:
        m_next = NextStep::None;
        return;
    default:
        m_next = failure.isInDoubt ? NextStep::ConnectAgain : NextStep::PlanAgain;
    }
}

void RunPage::showNextStep()
{
    const bool hasEnded = m_phase == Phase::Ended;
    m_nextButton->setVisible(hasEnded && m_next != NextStep::None);
    m_nextButton->setText(m_next == NextStep::ConnectAgain ? tr("Co&nnect Again") : tr("&Plan Again"));
    m_nextButton->setToolTip(m_next == NextStep::ConnectAgain ? tr("A new connection, and a look at the version rows")
                                                              : tr("From where the database stands now to the same end"));
    m_scriptButton->setVisible(hasEnded && !m_failedRevision.isEmpty());
    m_remedyButton->setVisible(hasEnded && !m_leftovers.empty());
}

void RunPage::showRehearsal(const Rehearsal &rehearsal)
{
    qint64 microseconds = 0;
    QStringList rewritten;
    for (const RehearsedStatement &statement : rehearsal.statements) {
        microseconds += statement.microseconds;
        rewritten += statement.rewritten;
    }
    rewritten.removeDuplicates();
    const bool isCopyLeft = !rehearsal.leftOver.isEmpty();
    const QString kept = rehearsal.whereItRan.isEmpty() ? tr("All was rolled back; the database is as it was.")
                         : isCopyLeft                   ? tr("It ran on the copy %1. %2").arg(rehearsal.whereItRan, rehearsal.leftOver)
                                                        : tr("It ran on the copy %1, which is removed again.").arg(rehearsal.whereItRan);
    QStringList lines{rehearsal.failure   ? tr("The rehearsal failed: %1").arg(sentence(*rehearsal.failure))
                      : rehearsal.stopped ? tr("The rehearsal was stopped; what comes after its last statement was not rehearsed.")
                                          : tr("The rehearsal went through: %1 of statements.").arg(durationText(double(microseconds) / 1000.0))};
    lines += kept;
    if (!rewritten.isEmpty())
        lines += tr("Written anew as a whole, and locked for that long: %1.").arg(rewritten.join(QStringLiteral(", ")));
    if (!rehearsal.notRestored.isEmpty())
        lines += tr("The way back does not restore: %1.").arg(rehearsal.notRestored.join(QStringLiteral("; ")));
    else if (rehearsal.wentBack)
        lines += tr("The way back restores the schema as it was.");
    if (!rehearsal.differentAgain.isEmpty())
        lines += tr("The second time up comes out different: %1.").arg(rehearsal.differentAgain.join(QStringLiteral("; ")));
    if (!rehearsal.whyNotBack.isEmpty())
        lines += tr("The way back was not tried to its end: %1").arg(rehearsal.whyNotBack);
    const bool isGood =
        !rehearsal.failure && !rehearsal.stopped && !isCopyLeft && rehearsal.notRestored.isEmpty() && rehearsal.differentAgain.isEmpty();
    m_hasOutcome = true;
    m_outcome->showWords(rehearsal.failure ? BannerTone::Bad : isGood ? BannerTone::Good : BannerTone::Warning, lines.join(QLatin1Char('\n')));
    m_log->addRehearsal(rehearsal);
    m_next = NextStep::PlanAgain;
    if (m_log->newest().isValid()) {
        m_logView->expand(m_log->newest());
        m_logView->scrollTo(m_log->newest(), QAbstractItemView::PositionAtTop);
    }
}

void RunPage::showBlockerAnswer(int pid, const Result<bool> &isThere)
{
    if (!isThere)
        m_blockers->tell(sentence(isThere.error()));
    else if (*isThere)
        m_blockers->tell(tr("The server has told %1 to end.").arg(pid));
    else
        m_blockers->tell(tr("There is no process %1 any more.").arg(pid));
}

QString RunPage::remedies() const
{
    QString sql;
    for (const database::Leftover &leftover : m_leftovers)
        sql += leftover.remedy + QStringLiteral(";\n");
    return sql;
}

} // namespace stillroom::ui
