// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectiontest.h"
#include "ui/project/connection.h"

#include <QObject>

#include <memory>

namespace stillroom::ui {

/// Tries one connection, through ssh where it asks for that, in a thread of its own, and leaves it again. GUI thread only.
class ConnectionTrial : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void start(const Connection &connection);
    /// What is under way is forgotten at once; its thread ends by itself.
    void giveUp();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    void setSshProgram(const QString &program) { m_sshProgram = program; }

Q_SIGNALS:
    void succeeded(const stillroom::database::ConnectionReport &report);
    void failed(const stillroom::Error &error);

private:
    void connectTo(const database::ConnectionSpec &spec);
    std::unique_ptr<database::SshTunnel> m_tunnel;
    QString m_sshProgram = QStringLiteral("ssh");
    int m_turn = 0;
    bool m_isRunning = false;
};

/// "PostgreSQL 15.8 as anna on shop, writable. …" in sentences.
[[nodiscard]] QString reportWords(const database::ConnectionReport &report);
/// What a connection with this sslmode proves, in a sentence; empty for no mode of libpq's.
[[nodiscard]] QString sslModeWords(const QString &mode);

} // namespace stillroom::ui
