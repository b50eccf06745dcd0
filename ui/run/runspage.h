// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/journal.h"
#include "ui/theme.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;
class QToolButton;
class QStandardItem;
class QStandardItemModel;
class QTableView;
class QTreeView;

namespace stillroom::ui {

class Banner;
class EmptyState;
class LedgerView;

/// The runs of this machine, newest first, and what was recorded of one: run, revision, statement, notice. Made from the records that
/// every run leaves, so a run that broke off with its program is here, too. Beside it what the connected database keeps itself.
class RunsPage : public QWidget {
    Q_OBJECT
public:
    explicit RunsPage(const Theme *theme, QWidget *parent = nullptr);
    void showRuns(const std::vector<migration::RunRecord> &records);
    void showRun(const QString &id, const std::vector<QJsonObject> &lines);
    [[nodiscard]] QTableView *list() const { return m_list; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QString selectedRun() const;
    [[nodiscard]] QString summaryWords() const; ///< how the selected run ended
    [[nodiscard]] QString toText() const;       ///< the selected run, a line each, indented

    enum class Source { Machine, Database };
    void setSource(Source source);
    [[nodiscard]] Source source() const;
    [[nodiscard]] LedgerView *ledger() const { return m_ledger; }

Q_SIGNALS:
    void runWanted(const QString &id);
    void sourceChanged();

private:
    void select(int record);
    [[nodiscard]] int selectedRecord() const; ///< its place in m_records; -1: none. The list may be in another order
    void take(const QJsonObject &line);
    void mark(QStandardItem *item, const QString &icon, IconTone tone, const QString &word) const;
    void takeAnswer(const QJsonObject &line);
    void takeFailure(const QJsonObject &line, const QString &at);
    QStandardItem *add(QStandardItem *parent, const QString &icon, IconTone tone, const QString &text, const QString &right = {});

    const Theme *m_theme;
    QStackedWidget *m_sources, *m_stack;
    QToolButton *m_machine, *m_database;
    LedgerView *m_ledger;
    EmptyState *m_empty;
    Banner *m_summary;
    QStandardItemModel *m_runs, *m_log;
    QTableView *m_list;
    QTreeView *m_tree;
    std::vector<migration::RunRecord> m_records;
    // While a run is laid out. Statements that are sent together are all in the record before the first answer.
    struct Sent {
        int step, index;
        QStandardItem *item;
    };
    std::vector<Sent> m_unanswered; ///< in the order of their answers
    QStandardItem *m_revision = nullptr, *m_statement = nullptr;
    QHash<QString, QStandardItem *> m_revisions; ///< the newest of each name: a reset has it twice
};

} // namespace stillroom::ui
