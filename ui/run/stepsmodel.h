// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/preview.h"
#include "migration/runner.h"
#include "revision/revisiongraph.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <vector>

namespace stillroom::ui {

enum class ProgressState { Waiting, Running, Done, Failed, Undone };

/// The steps of a plan and the statements of each, with how far a run has come. Made from the preview; a run that sends
/// statements the preview could not know (a script that reads query results) adds them.
class StepsModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { WhatColumn, TimeColumn, TransactionColumn, ColumnCount };
    /// Number of the transaction in which a row's first and last statement run; -1: in none.
    enum Role { FirstTransactionRole = Qt::UserRole, LastTransactionRole };
    explicit StepsModel(const Theme *theme, QObject *parent = nullptr);

    /// `perRevision`: each revision has a transaction of its own, as always on SQLite.
    void setPreview(const migration::Preview &preview, const revision::RevisionGraph *graph, bool perRevision = false);
    /// One transaction for each revision, or one for all: as chosen instead.
    void setPerRevision(bool perRevision);
    void take(const migration::RunEvent &event);

    struct StatementRow {
        dialect::Statement statement;
        bool isVersionStatement = false;
        ProgressState state = ProgressState::Waiting;
        qint64 microseconds = -1;
        qint64 rowsAffected = -1;
        int transaction = -1;
    };
    struct StepRow {
        revision::Step step;
        QString message;
        migration::BodySql::Status status = migration::BodySql::Status::Complete;
        QString reason, file, takenFrom;
        bool runsThere = false; ///< the project's own Alembic runs it
        int questions = 0;
        int line = 0;
        std::vector<StatementRow> statements;
        ProgressState state = ProgressState::Waiting;
        qint64 milliseconds = -1;
    };
    [[nodiscard]] const std::vector<StepRow> &steps() const { return m_steps; }
    [[nodiscard]] int statementCount() const;
    [[nodiscard]] int doneCount() const { return m_done; }
    /// Step of an index and, for a statement, its place in it (-1: the step itself).
    [[nodiscard]] static std::pair<int, int> place(const QModelIndex &index);
    [[nodiscard]] QModelIndex indexOf(int step, int statement = -1) const;
    [[nodiscard]] QModelIndex running() const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    void started(const migration::StatementStarted &event);
    void finished(const migration::StatementDone &event);
    void failed(const migration::RunFailed &event);
    void changed(int step);
    void numberTransactions();
    [[nodiscard]] int rowOfRunning(int step) const;
    const Theme *m_theme;
    std::vector<StepRow> m_steps;
    bool m_isPerRevision = false, m_goesBothWays = false;
    int m_done = 0;
    int m_runningStep = -1, m_runningRow = -1;
    int m_nextRow = 0; ///< where the next statement of the running step is expected
};

[[nodiscard]] QString stepTitle(const revision::Step &step);
[[nodiscard]] QString progressName(ProgressState state);

} // namespace stillroom::ui
