// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/hookrun.h"

namespace stillroom::ui {

HookRun::HookRun(std::vector<project::HookCommand> commands, QObject *parent) : QObject(parent), m_commands(std::move(commands))
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_said += QString::fromLocal8Bit(m_process.readAll());
        if (status == QProcess::NormalExit && code == 0)
            next();
        else
            finish(false, tr("%1 ended with status %2. The script is written all the same.").arg(m_commands[m_next - 1].program).arg(code));
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(false,
                   tr("%1 cannot be started: %2. The script is written all the same.").arg(m_commands[m_next - 1].program, m_process.errorString()));
    });
}

HookRun::~HookRun()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

void HookRun::start() { next(); }

void HookRun::next()
{
    if (m_next == m_commands.size())
        return finish(true, {});
    const project::HookCommand &command = m_commands[m_next++];
    if (!command.folder.isEmpty())
        m_process.setWorkingDirectory(command.folder);
    m_process.start(command.program, command.arguments);
}

void HookRun::finish(bool succeeded, const QString &words)
{
    QStringList said{words, m_said.trimmed()};
    said.removeAll(QString());
    Q_EMIT ended(succeeded, said.join(QLatin1Char('\n')));
    deleteLater();
}

} // namespace stillroom::ui
