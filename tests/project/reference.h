// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

/// Asks the installed Python (conformance/reference.py).
class Reference {
public:
    Reference()
    {
        m_python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_python.start(QStringLiteral("/usr/bin/python3"), {QStringLiteral(STILLROOM_SOURCE_DIR "/tests/project/conformance/reference.py")});
    }
    ~Reference()
    {
        m_python.closeWriteChannel();
        m_python.waitForFinished();
    }
    QJsonObject ask(const QString &kind, const QString &text)
    {
        const QJsonObject question{{QStringLiteral("kind"), kind}, {QStringLiteral("text"), text}};
        m_python.write(QJsonDocument(question).toJson(QJsonDocument::Compact) + '\n');
        while (!m_python.canReadLine())
            if (!m_python.waitForReadyRead(60000))
                return {};
        return QJsonDocument::fromJson(m_python.readLine()).object();
    }

private:
    QProcess m_python;
};
