// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runpage.h"

#include "base/sentence.h"
#include "migration/planning.h"
#include "ui/connectionchips.h"
#include "ui/editor/bodystatus.h"
#include "ui/emptystate.h"
#include "ui/run/blockerspanel.h"
#include "ui/run/offlinebar.h"
#include "ui/words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QTreeView>

#include <algorithm>
#include <iterator>
#include <utility>

namespace stillroom::ui {

using namespace migration;

namespace {

/// Of a step: statements outside of a transaction, and how many come before the last of them, which no rollback reaches then.
struct Outside {
    int count = 0, before = 0;
};
Outside outsideOf(const StepsModel::StepRow &step)
{
    Outside outside;
    int seen = 0;
    for (const StepsModel::StatementRow &row : step.statements) {
        if (row.statement.marker != dialect::Statement::Marker::None || row.isVersionStatement)
            continue;
        if (row.transaction < 0) {
            ++outside.count;
            outside.before = seen;
        }
        ++seen;
    }
    return outside;
}

QString planTitle(const revision::Plan &plan)
{
    if (isReset(plan)) {
        const auto downs = std::ranges::count(plan.steps, revision::Step::Kind::Downgrade, &revision::Step::kind);
        return RunPage::tr("Reset: %1 down, %2 up").arg(downs).arg(std::ssize(plan.steps) - downs);
    }
    const int count = int(plan.steps.size());
    if (count == 0)
        return RunPage::tr("Nothing to do");
    switch (plan.kind) {
    case revision::Plan::Kind::Upgrade:
        return counted(count, RunPage::tr("Upgrade by %1 revision"), RunPage::tr("Upgrade by %1 revisions"));
    case revision::Plan::Kind::Downgrade:
        return counted(count, RunPage::tr("Downgrade by %1 revision"), RunPage::tr("Downgrade by %1 revisions"));
    case revision::Plan::Kind::Stamp:
        return RunPage::tr("Stamp: change the version rows only");
    }
    return {};
}

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? RunPage::tr("base") : shortList(rows); }

} // namespace

void RunPage::setPhase(Phase phase)
{
    m_phase = phase;
    const bool isRunning = phase == Phase::Running;
    const bool isPlanned = phase == Phase::Planned;
    m_stack->setCurrentIndex(phase == Phase::Empty ? 0 : 1);
    m_logPane->setVisible(isRunning || phase == Phase::Ended);
    m_progress->setVisible(isRunning || phase == Phase::Ended);
    m_current->setVisible(isRunning);
    m_elapsed->setVisible(isRunning);
    m_stop->setVisible(isRunning);
    m_cancel->setVisible(isRunning);
    m_back->setVisible(!isRunning);
    m_run->setVisible(isPlanned);
    m_confirmBox->setVisible(false);
    m_confirmText->setVisible(false);
    m_confirmLabel->setVisible(false);
    m_whyNot->setVisible(isPlanned && m_isOffline);
    showTransactions();
    m_offlineBar->setVisible(m_isOffline && m_offlineBar->request().kind != revision::Plan::Kind::Stamp);
    showNextStep();
    if (isPlanned)
        askConfirmation();
    m_rehearse->setVisible(isPlanned && m_target && !m_target->isReadOnly && !m_preview.plan.steps.empty());
    showWhetherItCanRun();
    showWhereItCanBeRehearsed();
    showPythonAction();
    Q_EMIT phaseChanged();
}

void RunPage::showWhereItCanBeRehearsed()
{
    const auto isOutside = [](const StepsModel::StepRow &step) {
        // over a connection of its own, or with a statement that no transaction takes
        return step.runsThere || std::ranges::any_of(step.statements, [](const StepsModel::StatementRow &row) { return row.transaction < 0; });
    };
    const bool fits = std::ranges::none_of(m_steps->steps(), isOutside);
    m_rehearseBack->setEnabled(fits);
    m_rehearseBack->setText(fits ? tr("In a Transaction That Is &Rolled Back") : tr("In a Transaction: Not With What Runs Outside of One"));
}

/// Of one revision, and of version rows alone, there is nothing to choose.
void RunPage::showTransactions()
{
    const revision::Plan &plan = m_preview.plan;
    const bool isChoice =
        m_phase == Phase::Planned && m_target && !m_target->isReadOnly && plan.steps.size() > 1 && plan.kind != revision::Plan::Kind::Stamp;
    m_transactionsLabel->setVisible(isChoice);
    m_transactions->setVisible(isChoice);
    if (m_phase == Phase::Planned)
        m_transactions->setCurrentIndex(m_transactions->findData(isEachByDefault()));
}

bool RunPage::isEachByDefault() const { return m_isPerRevision || m_preview.kind == dialect::DialectKind::Sqlite; }

RunRequest::Transactions RunPage::transactions() const
{
    const bool isEach = m_transactions->currentData().toBool();
    return isEach == isEachByDefault() ? RunRequest::Transactions::AsProject
           : isEach                    ? RunRequest::Transactions::EachRevision
                                       : RunRequest::Transactions::One;
}

void RunPage::clear()
{
    if (m_phase != Phase::Running)
        setPhase(Phase::Empty);
}

void RunPage::showPreparing(const QString &title)
{
    m_preview = {};
    m_hasOutcome = false;
    m_isOffline = false;
    m_next = NextStep::None;
    m_failedRevision.clear();
    m_leftovers.clear();
    m_blockers->clear();
    m_target.reset();
    m_steps->setPreview(m_preview, nullptr);
    m_title->setText(title);
    m_counts->setFullText(tr("Working out the steps and their SQL…"));
    m_outcome->clear();
    m_outcome->setLink({});
    m_warnings->clear();
    m_pythonOffer->clear();
    m_chips->clear();
    layOutSql();
    setPhase(Phase::Preparing);
}

void RunPage::showPlan(const Preview &preview, const Target &target, const revision::RevisionGraph *graph)
{
    m_target = target;
    m_isOffline = false;
    m_chips->showTarget(target);
    showSteps(preview, graph);
    if (preview.plan.steps.empty())
        m_outcome->showWords(BannerTone::Good, tr("Nothing to do: the database is at %1 already.").arg(rowsText(preview.plan.startRows)));
}

void RunPage::showPreparingOffline(const PlanRequest &request, const revision::RevisionGraph *graph)
{
    showPreparing(tr("Offline plan"));
    m_isOffline = true;
    m_offlineBar->setRevisions(graph);
    m_offlineBar->setRequest(request);
}

void RunPage::showOfflinePlan(const Preview &preview, const PlanRequest &request, const revision::RevisionGraph *graph)
{
    m_target.reset();
    m_isOffline = true;
    m_offlineBar->setRequest(request);
    m_chips->showOffline(preview.kind);
    showSteps(preview, graph);
    if (preview.plan.steps.empty())
        m_outcome->showWords(BannerTone::Good, tr("Nothing to do between these revisions."));
}

void RunPage::showSteps(const Preview &preview, const revision::RevisionGraph *graph)
{
    m_preview = preview;
    m_hasOutcome = false;
    m_steps->setPreview(preview, graph, m_isPerRevision);
    m_title->setText(planTitle(preview.plan));
    m_outcome->clear();
    showCounts();
    showWarnings();
    layOutSql();
    // How many; a run has times as well.
    m_stepsView->header()->resizeSection(StepsModel::TimeColumn, fontMetrics().horizontalAdvance(QStringLiteral("88888")) + 12);
    m_stepsView->collapseAll();
    if (m_steps->steps().size() == 1)
        m_stepsView->expandAll();
    m_stepsView->setCurrentIndex(m_steps->index(0, 0));
    m_progress->setRange(0, std::max(1, m_steps->statementCount()));
    m_progress->setValue(0);
    setPhase(Phase::Planned);
    if (m_run->isEnabled())
        m_run->setFocus(Qt::OtherFocusReason);
    else if (isVisible())
        m_stepsView->setFocus(Qt::OtherFocusReason);
}

void RunPage::tell(BannerTone tone, const QString &words) { m_outcome->showWords(tone, words); }

void RunPage::showPlanFailed(const QString &text, const QString &setting, const QString &reason)
{
    m_counts->setFullText(tr("There is no plan for this."));
    m_outcome->showWords(BannerTone::Bad, text);
    m_setting = setting;
    m_settingReason = reason;
    m_outcome->setLink(setting.isEmpty() ? QString() : tr("Say It…"));
    m_next = m_isOffline ? NextStep::None : NextStep::PlanAgain;
    setPhase(Phase::Ended);
    m_logPane->hide();
    m_progress->hide();
}

void RunPage::showCounts()
{
    const revision::Plan &plan = m_preview.plan;
    m_counts->setFullText(
        tr("%1  →  %2").arg(rowsText(plan.startRows), rowsText(plan.endRows)) + QStringLiteral("   ·   ") +
        counted(m_steps->statementCount(), tr("%1 statement"), tr("%1 statements")) +
        (m_target && m_target->policy.backsUpFirst ? QStringLiteral("   ·   ") + tr("backs up first") : QString()) +
        (!m_preview.createVersionTable.isEmpty() && !plan.steps.empty() ? QStringLiteral("   ·   ") + tr("creates the version table") : QString()));
    if (plan.startRows.size() + plan.endRows.size() > 2) {
        const auto whole = [](const QStringList &rows) { return wholeList(rows.isEmpty() ? QStringList{tr("base")} : rows); };
        m_counts->setToolTip(tr("%1 to %2").arg(whole(plan.startRows), whole(plan.endRows)));
    }
}

void RunPage::showWarnings()
{
    QStringList lines;
    BannerTone tone = BannerTone::Warning;
    m_unknownName.clear();
    int outsideCount = 0;
    QStringList outsiders, halves, theirs;
    for (const PreviewStep &step : m_preview.steps) {
        if (m_unknownName.isEmpty() && !step.body.unknownName.isEmpty()) {
            m_unknownName = step.body.unknownName;
            m_unknownReason = step.body.reason;
        }
        const QString name = step.step.revision;
        QStringList known; // where, and why
        if (step.body.line > 0)
            known += tr("line %1").arg(step.body.line);
        if (!step.body.reason.isEmpty())
            known += step.body.reason;
        const QString why = known.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(known.join(QStringLiteral(": ")));
        switch (step.body.status) {
        case BodySql::Status::Complete:
            break;
        case BodySql::Status::NeedsDatabase:
            lines += tr("%1 reads from the database while it runs, so its SQL is known only up to there%2.").arg(name, why);
            break;
        case BodySql::Status::NotUnderstood:
            if (step.body.runsThere) {
                theirs += name;
                break;
            }
            tone = BannerTone::Bad;
            lines += tr("%1 cannot be evaluated%2. The run would stop there.").arg(name, why);
            break;
        }
        if (!step.body.takenFrom.isEmpty() && !step.body.runsThere)
            lines += tr("The SQL of %1 was written by the project's own %2.").arg(name, step.body.takenFrom);
        const Outside outside = outsideOf(m_steps->steps()[std::size_t(&step - m_preview.steps.data())]);
        outsideCount += outside.count;
        if (outside.count > 0)
            outsiders += name;
        if (outside.before > 0)
            halves += counted(outside.before, tr("%1 statement of %2"), tr("%1 statements of %2")).arg(name);
    }
    if (!halves.isEmpty())
        lines.prepend(tr("If such a statement fails, what its revision did before stays without the version row: %1.").arg(shortList(halves)));
    if (!theirs.isEmpty())
        lines.prepend(
            tr("The project's own Alembic runs %1 over a connection of its own: what it sends is not known before or afterwards. What stands "
               "before is committed first, so a failure later in the plan does not undo it.")
                .arg(shortList(theirs)));
    outsiders.removeDuplicates(); // a reset goes through each twice
    if (outsideCount > 0) {
        lines.prepend(counted(outsideCount, tr("%1 statement runs outside a transaction (%2): no rollback undoes it."),
                              tr("%1 statements run outside a transaction (%2): no rollback undoes them."))
                          .arg(shortList(outsiders)));
    }
    constexpr qsizetype kMost = 5; // the steps show the rest
    if (lines.size() > kMost) {
        const qsizetype more = lines.size() - kMost + 1;
        lines = lines.mid(0, kMost - 1);
        lines += tr("The steps below show %1 more.").arg(more);
    }
    if (m_target && m_target->isReadOnly)
        lines += tr("This connection is read-only. To run the plan, connect again without read-only.");
    if (lines.isEmpty())
        m_warnings->clear();
    else
        m_warnings->showWords(tone, lines.join(QLatin1Char('\n')));
    showPythonOffer();
    m_warnings->setLink(m_unknownName.isEmpty() ? QString() : tr("Give a Value…"));
}

void RunPage::showPythonOffer()
{
    const auto &steps = m_preview.steps;
    const auto taken = std::ranges::count_if(steps, [](const PreviewStep &step) { return !step.body.takenFrom.isEmpty(); });
    const auto open = std::ranges::count_if(
        steps, [](const PreviewStep &step) { return step.body.takenFrom.isEmpty() && step.body.status == BodySql::Status::NotUnderstood; });
    QStringList words;
    if (taken > 0)
        words += counted(taken, tr("The project's own Alembic takes part in %1 revision of this plan."),
                         tr("The project's own Alembic takes part in %1 revisions of this plan."));
    if (open > 0)
        words += counted(open, tr("The project's own Alembic can write or run %1 revision that is not understood here, if you allow it."),
                         tr("The project's own Alembic can write or run %1 revisions that are not understood here, if you allow it."));
    if (words.isEmpty() || !m_target)
        return m_pythonOffer->clear();
    m_pythonOffer->showWords(BannerTone::Plain, words.join(QLatin1Char(' ')));
    m_pythonOffer->setLink(taken > 0 ? tr("Change…") : tr("The Project's Python…"));
}

/// Of the step that is selected: what is not known beforehand may be left to the project's own Alembic, and taken back.
void RunPage::showPythonAction()
{
    const int number = StepsModel::place(m_stepsView->currentIndex()).first;
    const bool isThere = m_phase == Phase::Planned && m_target && number >= 0 && number < int(m_steps->steps().size());
    const StepsModel::StepRow *step = isThere ? &m_steps->steps()[std::size_t(number)] : nullptr;
    m_pythonAction->setVisible(step && (step->status != BodySql::Status::Complete || !step->takenFrom.isEmpty()));
    m_pythonAction->setText(step && !step->takenFrom.isEmpty() ? tr("&Not by the Project's Python") : tr("By the &Project's Python…"));
}

void RunPage::askConfirmation()
{
    const revision::Plan &plan = m_preview.plan;
    m_run->setText(isReset(plan)                                  ? tr("&Reset")
                   : plan.kind == revision::Plan::Kind::Upgrade   ? tr("&Run upgrade")
                   : plan.kind == revision::Plan::Kind::Downgrade ? tr("&Run downgrade")
                                                                  : tr("S&tamp"));
    m_run->setProperty("look", plan.kind == revision::Plan::Kind::Downgrade || isReset(plan) ? QStringLiteral("danger") : QStringLiteral("primary"));
    m_run->style()->unpolish(m_run);
    m_run->style()->polish(m_run);
    if (m_preview.plan.steps.empty() || !m_target || m_target->isReadOnly)
        return;
    m_confirmBox->setChecked(false);
    m_confirmText->clear();
    if (wantsName()) {
        const QString name = withoutMnemonic(m_target->databaseName);
        m_confirmLabel->setText(isReset(plan) ? tr("All data is lost. T&ype %1 to confirm:").arg(name) : tr("T&ype %1 to confirm:").arg(name));
        m_confirmLabel->show();
        m_confirmText->show();
        return;
    }
    const QString name = withoutMnemonic(m_target->databaseName);
    if (plan.kind == revision::Plan::Kind::Downgrade)
        m_confirmBox->setText(tr("&Downgrade %1; data that it drops is lost").arg(name));
    else if (plan.kind == revision::Plan::Kind::Stamp)
        m_confirmBox->setText(tr("Chan&ge the version of %1 without running a script").arg(name));
    else
        m_confirmBox->setText(counted(m_steps->statementCount(), tr("R&un %1 statement on %2"), tr("R&un %1 statements on %2"))
                                  .arg(m_target->environment == Environment::Unspecified ? name : environmentName(m_target->environment).toLower()));
    m_confirmBox->setVisible(wantsTick());
}

bool RunPage::canRun() const
{
    if (m_phase != Phase::Planned || m_preview.plan.steps.empty() || !m_target || m_target->isReadOnly)
        return false;
    if (wantsName())
        return m_confirmText->text() == m_target->databaseName;
    return !wantsTick() || m_confirmBox->isChecked();
}

QString RunPage::whyNotRun() const
{
    if (canRun())
        return {};
    if (m_phase != Phase::Planned || m_preview.plan.steps.empty())
        return m_phase == Phase::Planned ? tr("There is nothing to do.") : tr("There is no plan.");
    if (!m_target)
        return tr("No database is connected, so nothing can run.");
    if (m_target->isReadOnly)
        return tr("This connection is read-only.");
    return wantsName() ? tr("Type the database's name first.") : tr("Confirm it first.");
}

void RunPage::showWhetherItCanRun()
{
    const QString whyNot = whyNotRun();
    m_run->setEnabled(canRun());
    m_run->setToolTip(whyNot);
    m_rehearse->setEnabled(canRun());
    const QString rehearses = tr("Runs the plan for real and leaves nothing behind: times, locks, tables that are rewritten");
    m_rehearse->setToolTip(whyNot.isEmpty() ? rehearses : rehearses + QLatin1Char('\n') + whyNot);
}

bool RunPage::wantsName() const
{
    if (m_target && isReset(m_preview.plan))
        return true;
    const bool undoes = m_preview.plan.kind != revision::Plan::Kind::Upgrade;
    return m_target && undoes && (m_target->environment == Environment::Production || m_target->policy.confirmsByTyping);
}

bool RunPage::wantsTick() const
{
    const bool undoes = m_preview.plan.kind != revision::Plan::Kind::Upgrade;
    return m_target && !wantsName() && (undoes || m_target->environment == Environment::Production || m_target->policy.confirms);
}

database::Consent RunPage::consent() const
{
    return {.isGiven = canRun() || m_phase == Phase::Running, .typedName = wantsName() ? m_confirmText->text() : QString()};
}

void RunPage::setConfirmed(bool confirmed)
{
    m_confirmBox->setChecked(confirmed);
    if (m_target)
        m_confirmText->setText(confirmed ? m_target->databaseName : QString());
}

void RunPage::flushSql()
{
    if (m_layOut.isActive())
        layOutSql();
}

void RunPage::layOutSql()
{
    m_layOut.stop();
    m_text = {};
    m_textOrigin.clear();
    const auto &steps = m_steps->steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        m_text.addComment(steps[i].message.isEmpty() ? stepTitle(steps[i].step) : stepTitle(steps[i].step) + QStringLiteral(": ") + steps[i].message);
        if (steps[i].runsThere)
            m_text.addComment(tr("Run by the project's own %1. What it sends is not known beforehand").arg(steps[i].takenFrom));
        else if (!steps[i].takenFrom.isEmpty())
            m_text.addComment(tr("Written by the project's own %1").arg(steps[i].takenFrom));
        if (steps[i].questions > 0)
            m_text.addComment(counted(steps[i].questions, tr("Hangs on what the database holds now: %1 question was answered by it"),
                                      tr("Hangs on what the database holds now: %1 questions were answered by it")));
        // Whoever takes the text along has to see that it is not all.
        bool stops = steps[i].status != BodySql::Status::Complete && !steps[i].runsThere;
        const auto sayWhereItStops = [&] {
            if (std::exchange(stops, false))
                m_text.addComment(tr("STOPS HERE, %1: %2").arg(lookOf(steps[i].status).word.toLower(), steps[i].reason).simplified());
        };
        for (std::size_t j = 0; j < steps[i].statements.size(); ++j) {
            const auto &row = steps[i].statements[j];
            if (row.isVersionStatement && !(i == 0 && j == 0 && !m_preview.createVersionTable.isEmpty()))
                sayWhereItStops();
            m_text.add(row.statement);
            m_textOrigin.emplace_back(int(i), int(j));
        }
        sayWhereItStops();
    }
    m_sql->setContent(m_text.text(), m_preview.kind == dialect::DialectKind::PostgreSql ? Language::PostgreSql : Language::Sqlite);
    for (const SqlText::Place &place : m_text.places()) {
        if (place.statement.transaction == dialect::TransactionNeed::Outside)
            m_sql->addNote(place.lastLine, tr("Runs outside a transaction"), CodeEditor::NoteTone::Warning);
        for (const QString &note : place.statement.notes)
            m_sql->addNote(place.lastLine, note, CodeEditor::NoteTone::Note);
    }
}

int RunPage::textPlace(int step, int statement) const
{
    for (std::size_t i = 0; i < m_textOrigin.size(); ++i) {
        if (m_textOrigin[i] == std::pair(step, std::max(0, statement)))
            return int(i);
    }
    return -1;
}

void RunPage::markStatement(const QModelIndex &index)
{
    const auto [step, statement] = StepsModel::place(index);
    const int place = textPlace(step, statement);
    if (place < 0)
        return;
    const SqlText::Place &at = m_text.places()[std::size_t(place)];
    m_sql->markLines(statement < 0 ? 0 : at.firstLine, at.lastLine);
    m_sql->showLine(statement < 0 ? std::max(1, at.firstLine - 2) : at.firstLine);
}

QString RunPage::titleWords() const { return m_title->text(); }

QString RunPage::outcomeWords() const { return m_outcome->isHidden() ? QString() : m_outcome->words(); }

QString RunPage::pythonWords() const { return m_pythonOffer->isHidden() ? QString() : m_pythonOffer->words(); }

QString RunPage::progressWords() const { return m_current->isHidden() ? QString() : m_current->fullText(); }

QString RunPage::warningWords() const { return m_warnings->isHidden() ? QString() : m_warnings->words(); }

} // namespace stillroom::ui
