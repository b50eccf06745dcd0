// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/rehearsal.h"
#include "migration/runner.h"
#include "ui/theme.h"

#include <QStandardItemModel>

namespace stillroom::ui {

/// What happened, run by run: run, revision, statement, notice. Kept until the window closes; newest run last.
class RunLog : public QStandardItemModel {
    Q_OBJECT
public:
    explicit RunLog(const Theme *theme, QObject *parent = nullptr);
    void take(const migration::RunEvent &event);
    /// What comes next leaves nothing behind, and is not to read as if it did.
    void setRehearsal(bool rehearses) { m_isRehearsal = rehearses; }
    /// What each statement took, under a row of its own.
    void addRehearsal(const migration::Rehearsal &rehearsal);
    [[nodiscard]] QString toText() const;
    [[nodiscard]] QModelIndex newest() const { return m_newest; }

private:
    QStandardItem *append(QStandardItem *under, const QString &icon, IconTone tone, const QString &text, const QString &time = {});
    QStandardItem *stepRow() const { return m_step ? m_step : m_run; }
    const Theme *m_theme;
    QStandardItem *m_run = nullptr, *m_step = nullptr, *m_statement = nullptr;
    QPersistentModelIndex m_newest;
    bool m_isRehearsal = false;
};

/// What a run came to, in sentences: what is applied, what is not, what no rollback undid.
[[nodiscard]] QString outcomeText(const migration::RunFailed &failure);
[[nodiscard]] QString outcomeText(const migration::RunDone &done);

} // namespace stillroom::ui
