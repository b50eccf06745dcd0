// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/stepsmodel.h"

#include "migration/planning.h"
#include "ui/editor/sqltext.h"
#include "ui/words.h"

#include <QFont>

#include <algorithm>

namespace stillroom::ui {

using namespace migration;

QString stepTitle(const revision::Step &step)
{
    switch (step.kind) {
    case revision::Step::Kind::Upgrade:
        return StepsModel::tr("Upgrade %1").arg(step.revision);
    case revision::Step::Kind::Downgrade:
        return StepsModel::tr("Downgrade %1").arg(step.revision);
    case revision::Step::Kind::Stamp:
        return step.revision.isEmpty() ? StepsModel::tr("Stamp: no revision") : StepsModel::tr("Stamp %1").arg(step.revision);
    }
    return {};
}

QString progressName(ProgressState state)
{
    switch (state) {
    case ProgressState::Waiting:
        return StepsModel::tr("waiting");
    case ProgressState::Running:
        return StepsModel::tr("running");
    case ProgressState::Done:
        return StepsModel::tr("done");
    case ProgressState::Failed:
        return StepsModel::tr("failed");
    case ProgressState::Undone:
        return StepsModel::tr("rolled back");
    }
    return {};
}

StepsModel::StepsModel(const Theme *theme, QObject *parent) : QAbstractItemModel(parent), m_theme(theme) {}

void StepsModel::setPreview(const Preview &preview, const revision::RevisionGraph *graph, bool perRevision)
{
    beginResetModel();
    m_goesBothWays = isReset(preview.plan);
    m_isPerRevision = perRevision || preview.kind == dialect::DialectKind::Sqlite;
    m_steps.clear();
    m_done = 0;
    m_runningStep = m_runningRow = -1;
    for (const PreviewStep &from : preview.steps) {
        StepRow row;
        row.step = from.step;
        row.status = from.body.status;
        row.reason = from.body.reason;
        row.file = from.body.file;
        row.line = from.body.line;
        row.takenFrom = from.body.takenFrom;
        row.runsThere = from.body.runsThere;
        row.questions = from.body.questions;
        const auto index = graph ? graph->find(from.step.revision) : std::nullopt;
        row.message = index ? graph->revisions()[*index].header.message : QString();
        if (m_steps.empty() && !preview.createVersionTable.isEmpty()) {
            dialect::Statement create;
            create.sql = preview.createVersionTable;
            row.statements.push_back({create, true});
        }
        for (const dialect::Statement &statement : from.body.statements)
            row.statements.push_back({statement, false});
        for (const dialect::Statement &statement : from.versionStatements)
            row.statements.push_back({statement, true});
        m_steps.push_back(std::move(row));
    }
    numberTransactions();
    endResetModel();
}

void StepsModel::setPerRevision(bool perRevision)
{
    m_isPerRevision = perRevision;
    numberTransactions();
    for (int step = 0; step < int(m_steps.size()); ++step)
        changed(step);
}

/// As the run will have them (migration/runtransactions.cpp): one for all or one for each revision, and none around what asks to be outside.
void StepsModel::numberTransactions()
{
    int number = 0;
    bool isOutside = false;
    for (StepRow &step : m_steps) {
        number += m_isPerRevision || step.runsThere ? 1 : 0; // what stands before a step of the project's own Alembic is committed
        for (StatementRow &row : step.statements) {
            using Marker = dialect::Statement::Marker;
            isOutside = row.statement.marker == Marker::AutocommitBegin || (isOutside && row.statement.marker != Marker::AutocommitEnd);
            const bool isAlone = isOutside || row.statement.marker != Marker::None || row.statement.transaction == dialect::TransactionNeed::Outside;
            row.transaction = isAlone ? -1 : number;
            number += isAlone ? 1 : 0;
        }
    }
}

int StepsModel::statementCount() const
{
    int count = 0;
    for (const StepRow &step : m_steps)
        count += int(
            std::ranges::count_if(step.statements, [](const StatementRow &row) { return row.statement.marker == dialect::Statement::Marker::None; }));
    return count;
}

void StepsModel::changed(int step)
{
    const QModelIndex parentIndex = indexOf(step);
    Q_EMIT dataChanged(parentIndex, index(step, TimeColumn));
    const int last = rowCount(parentIndex) - 1;
    if (last >= 0)
        Q_EMIT dataChanged(index(0, WhatColumn, parentIndex), index(last, TimeColumn, parentIndex));
}

void StepsModel::take(const RunEvent &event)
{
    const auto stepAt = [this](int number) { return number >= 0 && number < int(m_steps.size()) ? &m_steps[std::size_t(number)] : nullptr; };
    if (const auto *start = std::get_if<StepStarted>(&event)) {
        m_nextRow = 0;
        m_runningStep = start->step;
        m_runningRow = -1;
        if (StepRow *step = stepAt(start->step)) {
            step->state = ProgressState::Running;
            changed(start->step);
        }
    } else if (const auto *statement = std::get_if<StatementStarted>(&event)) {
        started(*statement);
    } else if (const auto *done = std::get_if<StatementDone>(&event)) {
        finished(*done);
    } else if (const auto *stepDone = std::get_if<StepDone>(&event)) {
        m_runningStep = m_runningRow = -1;
        if (StepRow *step = stepAt(stepDone->step)) {
            step->state = ProgressState::Done;
            step->milliseconds = stepDone->milliseconds;
            changed(stepDone->step);
        }
    } else if (const auto *failure = std::get_if<RunFailed>(&event)) {
        failed(*failure);
    } else if (const auto *back = std::get_if<RolledBack>(&event)) {
        for (int i = 0; i < int(m_steps.size()); ++i) {
            if (back->revisionsUndone.contains(m_steps[std::size_t(i)].step.revision) && m_steps[std::size_t(i)].state == ProgressState::Done) {
                m_steps[std::size_t(i)].state = ProgressState::Undone;
                changed(i);
            }
        }
    }
}

void StepsModel::started(const StatementStarted &event)
{
    if (event.step < 0 || event.step >= int(m_steps.size()))
        return;
    StepRow &step = m_steps[std::size_t(event.step)];
    // The preview's row for this statement: the next one with the same text. What the preview could not know comes in between.
    int row = -1;
    for (int i = m_nextRow; i < int(step.statements.size()); ++i) {
        if (step.statements[std::size_t(i)].statement.sql == event.statement.sql &&
            step.statements[std::size_t(i)].statement.marker == event.statement.marker) {
            row = i;
            break;
        }
    }
    if (row < 0) {
        row = m_nextRow;
        const QModelIndex parentIndex = indexOf(event.step);
        beginInsertRows(parentIndex, row, row);
        step.statements.insert(step.statements.begin() + row, StatementRow{event.statement, event.isVersionStatement});
        numberTransactions();
        endInsertRows();
    }
    // Markers are never sent; they lie behind us once a later statement runs.
    for (int i = m_nextRow; i < row; ++i) {
        if (step.statements[std::size_t(i)].statement.marker != dialect::Statement::Marker::None)
            step.statements[std::size_t(i)].state = ProgressState::Done;
    }
    step.statements[std::size_t(row)].state = ProgressState::Running;
    m_runningStep = event.step;
    m_runningRow = row;
    m_nextRow = row + 1;
    const QModelIndex parentIndex = indexOf(event.step);
    Q_EMIT dataChanged(index(row, WhatColumn, parentIndex), index(row, TimeColumn, parentIndex));
}

void StepsModel::finished(const StatementDone &event)
{
    if (event.step != m_runningStep || m_runningRow < 0)
        return;
    StatementRow &row = m_steps[std::size_t(event.step)].statements[std::size_t(m_runningRow)];
    row.state = ProgressState::Done;
    row.microseconds = event.microseconds;
    row.rowsAffected = event.rowsAffected;
    ++m_done;
    const QModelIndex parentIndex = indexOf(event.step);
    Q_EMIT dataChanged(index(m_runningRow, WhatColumn, parentIndex), index(m_runningRow, TimeColumn, parentIndex));
    m_runningRow = -1;
}

void StepsModel::failed(const RunFailed &event)
{
    for (int i = 0; i < int(m_steps.size()); ++i) {
        StepRow &step = m_steps[std::size_t(i)];
        const bool isFailing = i == event.step;
        for (StatementRow &row : step.statements) {
            if (row.statement.marker != dialect::Statement::Marker::None)
                continue;
            if (row.state == ProgressState::Running)
                row.state = ProgressState::Failed;
            else if (row.state == ProgressState::Done && event.notApplied.contains(step.step.revision) &&
                     !event.leftOutsideTransaction.contains(row.statement.sql))
                row.state = ProgressState::Undone;
        }
        if (isFailing)
            step.state = ProgressState::Failed;
        if (isFailing || step.state == ProgressState::Done)
            changed(i);
    }
}

std::pair<int, int> StepsModel::place(const QModelIndex &index)
{
    if (!index.isValid())
        return {-1, -1};
    return index.internalId() == 0 ? std::pair(index.row(), -1) : std::pair(int(index.internalId()) - 1, index.row());
}

QModelIndex StepsModel::indexOf(int step, int statement) const
{
    const QModelIndex parentIndex = index(step, WhatColumn);
    return statement < 0 ? parentIndex : index(statement, WhatColumn, parentIndex);
}

QModelIndex StepsModel::running() const { return m_runningStep < 0 ? QModelIndex() : indexOf(m_runningStep, m_runningRow); }

QModelIndex StepsModel::index(int row, int column, const QModelIndex &parentIndex) const
{
    if (!hasIndex(row, column, parentIndex))
        return {};
    return createIndex(row, column, parentIndex.isValid() ? quintptr(parentIndex.row() + 1) : quintptr(0));
}

QModelIndex StepsModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, quintptr(0));
}

int StepsModel::rowCount(const QModelIndex &parentIndex) const
{
    if (!parentIndex.isValid())
        return int(m_steps.size());
    if (parentIndex.internalId() != 0 || parentIndex.column() != 0)
        return 0;
    return int(m_steps[std::size_t(parentIndex.row())].statements.size());
}

int StepsModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant StepsModel::data(const QModelIndex &at, int role) const
{
    const auto [stepNumber, statementNumber] = place(at);
    if (stepNumber < 0 || stepNumber >= int(m_steps.size()))
        return {};
    const StepRow &step = m_steps[std::size_t(stepNumber)];
    const StatementRow *statement = statementNumber >= 0 ? &step.statements[std::size_t(statementNumber)] : nullptr;
    const ProgressState state = statement ? statement->state : step.state;
    const auto words = [&]() -> QString {
        if (statement)
            return firstLine(statement->statement.sql);
        if (step.message.isEmpty() || step.step.kind == revision::Step::Kind::Stamp)
            return stepTitle(step.step);
        const QString title = QStringLiteral("%1  %2").arg(m_goesBothWays ? stepTitle(step.step) : step.step.revision, step.message);
        return step.runsThere              ? tr("%1  (run by the project's Python)").arg(title)
               : !step.takenFrom.isEmpty() ? tr("%1  (written by the project's Python)").arg(title)
                                           : title;
    };
    if (at.column() == TransactionColumn) {
        const bool isEmpty = !statement && step.statements.empty();
        const int first = statement ? statement->transaction : isEmpty ? -1 : step.statements.front().transaction;
        const int last = statement ? statement->transaction : isEmpty ? -1 : step.statements.back().transaction;
        if (role == FirstTransactionRole || role == LastTransactionRole)
            return role == FirstTransactionRole ? first : last;
        if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
            return first < 0 && last < 0 ? tr("outside a transaction") : first == last ? tr("in a transaction") : tr("in more than one transaction");
        return {};
    }
    if (at.column() == TimeColumn) {
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (role == Qt::ForegroundRole)
            return m_theme->tokens().muted;
        if (role != Qt::DisplayRole)
            return {};
        if (statement)
            return statement->microseconds < 0 ? QString() : durationText(double(statement->microseconds) / 1000.0);
        if (step.milliseconds >= 0)
            return durationText(step.milliseconds);
        return QString::number(step.statements.size());
    }
    switch (role) {
    case Qt::DisplayRole:
        return words();
    case Qt::ToolTipRole:
        if (!statement && !step.takenFrom.isEmpty())
            return (step.runsThere ? tr("%1\nRun by the project's own %2. What it sends is not known beforehand.")
                                   : tr("%1\nWritten by the project's own %2"))
                .arg(words(), step.takenFrom);
        return statement ? statement->statement.sql : step.reason.isEmpty() ? words() : step.reason;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(statement                  ? words()
                                            : step.takenFrom.isEmpty() ? QStringLiteral("%1  %2").arg(stepTitle(step.step), step.message)
                                                                       : QStringLiteral("%1: %2").arg(stepTitle(step.step), words()),
                                            progressName(state));
    case Qt::FontRole: {
        QFont font = statement ? monospaceFont() : QFont();
        font.setWeight(statement ? QFont::Normal : QFont::DemiBold);
        if (statement && font.pointSizeF() > 0)
            font.setPointSizeF(font.pointSizeF() * 0.92);
        return font;
    }
    case Qt::ForegroundRole:
        if (state == ProgressState::Failed)
            return m_theme->tokens().bad;
        return statement && (statement->isVersionStatement || state == ProgressState::Undone) ? m_theme->tokens().muted : m_theme->tokens().text;
    case Qt::DecorationRole:
        switch (state) {
        case ProgressState::Waiting:
            if (!statement && step.runsThere)
                return m_theme->icon(QStringLiteral("foreign"), IconTone::Warning);
            if (!statement && step.status != BodySql::Status::Complete)
                return m_theme->icon(step.status == BodySql::Status::NotUnderstood ? QStringLiteral("error") : QStringLiteral("warning"),
                                     step.status == BodySql::Status::NotUnderstood ? IconTone::Bad : IconTone::Warning);
            return m_theme->icon(QStringLiteral("circle"), IconTone::Muted);
        case ProgressState::Running:
            return m_theme->icon(QStringLiteral("run"), IconTone::Accent);
        case ProgressState::Done:
            return m_theme->icon(QStringLiteral("check"), IconTone::Good);
        case ProgressState::Failed:
            return m_theme->icon(QStringLiteral("error"), IconTone::Bad);
        case ProgressState::Undone:
            return m_theme->icon(QStringLiteral("back"), IconTone::Muted);
        }
        return {};
    default:
        return {};
    }
}

} // namespace stillroom::ui
