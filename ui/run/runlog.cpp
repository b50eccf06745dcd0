// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runlog.h"

#include "base/sentence.h"
#include "migration/planning.h"
#include "ui/editor/sqltext.h"
#include "ui/run/stepsmodel.h"
#include "ui/words.h"

#include <QDateTime>

#include <functional>

namespace stillroom::ui {

using namespace migration;

namespace {

QString rowsText(const QStringList &rows) { return rows.isEmpty() ? RunLog::tr("no revision") : shortList(rows); }

/// Calls the one of the functions that takes what the variant holds; leaving one out does not compile.
template<class... F>
struct Each : F... {
    using F::operator()...;
};
template<class... F>
Each(F...) -> Each<F...>;

} // namespace

QString outcomeText(const RunFailed &failure)
{
    // The sentence of a lost connection sends people to look, and that has been done; libpq's own goes on for lines.
    const bool isLookedUp = failure.error.code == ErrorCode::ConnectionLost && failure.rowsFound;
    QStringList lines{isLookedUp ? RunLog::tr("The connection was lost: %1.").arg(failure.error.detail.section(QLatin1Char('\n'), 0, 0))
                                 : sentence(failure.error)};
    const auto add = [&lines](const QString &name, const QString &value) {
        if (!value.isEmpty())
            lines += QStringLiteral("%1: %2").arg(name, value);
    };
    add(RunLog::tr("Hint"), failure.error.hint);
    add(RunLog::tr("Constraint"), failure.error.constraintName);
    lines += failure.applied.isEmpty() ? RunLog::tr("No revision of this plan is applied.")
                                       : RunLog::tr("Applied: %1.").arg(shortList(failure.applied, 8));
    if (!failure.notApplied.isEmpty())
        lines += RunLog::tr("Not applied: %1.").arg(shortList(failure.notApplied, 8));
    if (failure.isInDoubt)
        lines += RunLog::tr("Whether the last statement took effect could not be looked up. Connect again and look at the version rows.");
    else if (failure.rowsFound)
        lines += RunLog::tr("A new connection found the database at %1.").arg(rowsText(*failure.rowsFound));
    if (!failure.leftOutsideTransaction.isEmpty()) {
        QStringList kept;
        for (const QString &sql : failure.leftOutsideTransaction)
            kept += firstLine(sql, 80);
        lines += RunLog::tr("Ran outside a transaction and stay in force: %1.").arg(kept.join(QStringLiteral("; ")));
    }
    return lines.join(QLatin1Char('\n'));
}

QString outcomeText(const RunDone &done)
{
    if (done.isRehearsal)
        return done.stopped ? RunLog::tr("The rehearsal was stopped as asked. Nothing of it stays.")
                            : RunLog::tr("Rehearsed in %1. Nothing of it stays.").arg(durationText(done.milliseconds));
    return done.stopped ? RunLog::tr("Stopped as asked. The database is at %1.").arg(rowsText(done.versionRows))
                        : RunLog::tr("Done in %1. The database is at %2.").arg(durationText(done.milliseconds), rowsText(done.versionRows));
}

RunLog::RunLog(const Theme *theme, QObject *parent) : QStandardItemModel(parent), m_theme(theme) { setColumnCount(2); }

QStandardItem *RunLog::append(QStandardItem *under, const QString &icon, IconTone tone, const QString &text, const QString &time)
{
    auto *first = new QStandardItem(m_theme->icon(icon, tone), text);
    first->setEditable(false);
    first->setToolTip(text);
    auto *second = new QStandardItem(time);
    second->setEditable(false);
    second->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    (under ? under : invisibleRootItem())->appendRow({first, second});
    m_newest = first->index();
    return first;
}

void RunLog::take(const RunEvent &event)
{
    const QString now = QDateTime::currentDateTime().toString(QStringLiteral("HH:mm:ss"));
    const Each each{
        [&](const PlanStarted &e) {
            const QString verb = isReset(e.plan)                                  ? tr("Reset")
                                 : e.plan.kind == revision::Plan::Kind::Upgrade   ? tr("Upgrade")
                                 : e.plan.kind == revision::Plan::Kind::Downgrade ? tr("Downgrade")
                                                                                  : tr("Stamp");
            m_step = m_statement = nullptr;
            m_run = append(nullptr, QStringLiteral("run"), IconTone::Accent,
                           (m_isRehearsal ? tr("Rehearsal: %1 of %2: %3 to %4") : tr("%1 of %2: %3 to %4"))
                               .arg(verb, e.target, rowsText(e.plan.startRows), rowsText(e.plan.endRows)),
                           now);
            append(m_run, QStringLiteral("information"), IconTone::Muted, e.serverVersion);
            for (const QString &setting : e.sessionSettings)
                append(m_run, QStringLiteral("information"), IconTone::Muted, setting);
        },
        [&](const RunnerWaits &e) {
            QStandardItem *row = append(m_run, QStringLiteral("notice"), IconTone::Warning, tr("Waiting for another runner"), now);
            for (const database::Blocker &holder : e.holders)
                append(row, QStringLiteral("dot"), IconTone::Muted, database::describe(holder));
        },
        [&](const PlanMadeAgain &e) {
            append(m_run, QStringLiteral("information"), IconTone::Muted,
                   tr("Another runner was there before; planned again: %1 to %2").arg(rowsText(e.plan.startRows), rowsText(e.plan.endRows)), now);
        },
        [&](const BackupMade &e) {
            append(m_run, QStringLiteral("check"), IconTone::Good, tr("Backed up to %1").arg(e.file), durationText(e.milliseconds));
        },
        [&](const StatementBlocked &e) {
            QStandardItem *row = append(m_statement ? m_statement : stepRow(), QStringLiteral("notice"), IconTone::Warning,
                                        tr("Waits for a lock since %1 s").arg(double(e.waitedMs) / 1000.0, 0, 'f', 1), now);
            for (const database::Blocker &blocker : e.blockers)
                append(row, QStringLiteral("dot"), IconTone::Muted, database::describe(blocker));
        },
        [&](const StatementRetried &e) {
            append(m_statement ? m_statement : stepRow(), QStringLiteral("notice"), IconTone::Warning,
                   tr("%1 Nothing is held meanwhile; again in %2 s").arg(sentence(e.error)).arg(double(e.pauseMs) / 1000.0, 0, 'f', 1), now);
        },
        [&](const CommitStarted &) {},
        [&](const FoundAfterwards &e) {
            for (const database::Leftover &leftover : e.leftovers)
                append(m_run, QStringLiteral("notice"), IconTone::Warning, database::describe(leftover), now);
        },
        [&](const StepStarted &e) {
            m_statement = nullptr;
            m_step = append(m_run, QStringLiteral("circle"), IconTone::Muted,
                            e.message.isEmpty() ? stepTitle(e.what) : QStringLiteral("%1  %2").arg(stepTitle(e.what), e.message), now);
            if (!e.takenFrom.isEmpty())
                append(m_step, QStringLiteral("information"), IconTone::Warning,
                       (e.runsThere ? tr("Run by the project's own %1") : tr("Its SQL was written by the project's own %1")).arg(e.takenFrom));
        },
        [&](const StatementStarted &e) {
            m_statement = append(stepRow(), QStringLiteral("dot"), IconTone::Muted, firstLine(e.statement.sql));
            m_statement->setFont(monospaceFont());
            m_statement->setToolTip(e.statement.sql);
        },
        [&](const StatementDone &e) {
            if (!m_statement)
                return;
            QStandardItem *row = m_statement->parent() ? m_statement->parent() : invisibleRootItem();
            QString time = durationText(double(e.microseconds) / 1000.0);
            if (e.rowsAffected > 0)
                time = counted(e.rowsAffected, tr("%1 row"), tr("%1 rows")) + QStringLiteral(", ") + time;
            row->child(m_statement->row(), 1)->setText(time);
            m_statement->setIcon(m_theme->icon(QStringLiteral("check"), IconTone::Good));
        },
        [&](const NoticeReceived &e) {
            if (e.notice.severity == kPrintedByAlembic) { // what a program prints, line by line
                const QStringList lines = e.notice.text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
                for (const QString &line : lines)
                    append(stepRow(), QStringLiteral("dot"), IconTone::Muted, line, now)->setFont(monospaceFont());
                return;
            }
            append(m_statement ? m_statement : stepRow(), QStringLiteral("notice"), IconTone::Warning,
                   QStringLiteral("%1: %2").arg(e.notice.severity, e.notice.text), now);
        },
        [&](const StepDone &e) {
            if (!m_step)
                return;
            m_step->setIcon(m_theme->icon(QStringLiteral("check"), IconTone::Good));
            QStandardItem *row = m_step->parent() ? m_step->parent() : invisibleRootItem();
            row->child(m_step->row(), 1)->setText(durationText(e.milliseconds));
            m_statement = nullptr;
        },
        [&](const Committed &e) {
            append(m_run, QStringLiteral("check"), IconTone::Good, tr("Committed. Version: %1").arg(rowsText(e.versionRows)), now);
        },
        [&](const RolledBack &e) {
            append(m_run, QStringLiteral("back"), IconTone::Warning, tr("Rolled back. Version: %1").arg(rowsText(e.versionRows)), now);
        },
        [&](const RunFailed &e) {
            const QStringList lines = outcomeText(e).split(QLatin1Char('\n'));
            if (m_statement)
                m_statement->setIcon(m_theme->icon(QStringLiteral("error"), IconTone::Bad));
            if (m_step)
                m_step->setIcon(m_theme->icon(QStringLiteral("error"), IconTone::Bad));
            if (m_run)
                m_run->setIcon(m_theme->icon(QStringLiteral("error"), IconTone::Bad));
            for (const QString &line : lines)
                append(m_run, line == lines.first() ? QStringLiteral("error") : QStringLiteral("dot"),
                       line == lines.first() ? IconTone::Bad : IconTone::Muted, line, now);
        },
        [&](const RunDone &e) {
            if (m_run)
                m_run->setIcon(
                    m_theme->icon(e.stopped ? QStringLiteral("stop") : QStringLiteral("check"), e.stopped ? IconTone::Warning : IconTone::Good));
            append(m_run, QStringLiteral("check"), IconTone::Good, outcomeText(e), now);
        },
    };
    std::visit(each, event);
}

void RunLog::addRehearsal(const Rehearsal &rehearsal)
{
    QStandardItem *top = append(nullptr, QStringLiteral("information"), IconTone::Accent, tr("What the rehearsal showed"));
    for (const RehearsedStatement &statement : rehearsal.statements) {
        QStandardItem *row =
            append(top, QStringLiteral("dot"), IconTone::Muted, firstLine(statement.sql), durationText(double(statement.microseconds) / 1000.0));
        row->setFont(monospaceFont());
        for (const QString &lock : statement.locks)
            append(row, QStringLiteral("lock"), IconTone::Muted, lock);
        for (const QString &table : statement.rewritten)
            append(row, QStringLiteral("warning"), IconTone::Warning, tr("Writes %1 anew as a whole").arg(table));
        for (const QString &table : statement.scanned)
            append(row, QStringLiteral("table"), IconTone::Muted, tr("Reads %1 as a whole").arg(table));
    }
    m_newest = top->index();
}

QString RunLog::toText() const
{
    QString text;
    const std::function<void(const QModelIndex &, int)> walk = [&](const QModelIndex &under, int depth) {
        for (int row = 0; row < rowCount(under); ++row) {
            const QModelIndex first = index(row, 0, under);
            const QString time = index(row, 1, under).data().toString();
            text += QString(depth * 2, QLatin1Char(' ')) + first.data().toString() +
                    (time.isEmpty() ? QString() : QStringLiteral("  [%1]").arg(time)) + QLatin1Char('\n');
            walk(first, depth + 1);
        }
    };
    walk({}, 0);
    return text;
}

} // namespace stillroom::ui
