// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/hooks.h"

#include <QObject>
#include <QProcess>

#include <vector>

namespace stillroom::ui {

/// Runs programs on a new script, one after the other, as the person has said; the first that fails ends it. The script stays.
class HookRun : public QObject {
    Q_OBJECT
public:
    HookRun(std::vector<project::HookCommand> commands, QObject *parent = nullptr);
    ~HookRun() override;
    void start();

Q_SIGNALS:
    /// `words`: what the programs said; a sentence of ours in front when one failed.
    void ended(bool succeeded, const QString &words);

private:
    void next();
    void finish(bool succeeded, const QString &words);
    std::vector<project::HookCommand> m_commands;
    std::size_t m_next = 0;
    QProcess m_process;
    QString m_said;
};

} // namespace stillroom::ui
