// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

#include <QObject>
#include <QProcess>

/// A way to a server through the system's own ssh, so that ~/.ssh/config, ProxyJump, agents and hardware keys work as they do in a
/// terminal. Source: ssh(1) "-L", ssh_config(5) "ExitOnForwardFailure", "LocalCommand"; PostgreSQL, "Secure TCP/IP Connections with SSH Tunnels".
namespace stillroom::database {

/// Where to jump off.
struct SshRoute {
    QString destination{};  ///< as ssh takes it: user@host, or a Host of ~/.ssh/config; empty: no tunnel
    int port = 0;           ///< 0: as ssh's configuration has it
    QString identityFile{}; ///< empty: as ssh's configuration has it
    bool operator==(const SshRoute &) const = default;
    [[nodiscard]] bool isEmpty() const { return destination.isEmpty(); }
};

/// One ssh for one connection; ends with this object, and with the program however that ends. Belongs to a thread with an event loop.
class SshTunnel : public QObject {
    Q_OBJECT
public:
    explicit SshTunnel(QObject *parent = nullptr);
    ~SshTunnel() override;
    Q_DISABLE_COPY_MOVE(SshTunnel)
    void setProgram(const QString &program) { m_program = program; } ///< in place of the ssh on the path

    /// Answered by ready() or failed(). The server's host and port are those that hold for the spec, as the far end of ssh sees them.
    void open(const SshRoute &route, const ConnectionSpec &spec);
    void close();
    [[nodiscard]] bool isOpen() const { return m_isReady; }
    [[nodiscard]] qint64 processId() const { return m_process.processId(); } ///< of ssh; 0: none runs
    /// The spec with this tunnel's near end. The server's name stays, for its certificate and for people.
    [[nodiscard]] ConnectionSpec through() const { return m_through; }
    /// The arguments that ssh gets; errors: ProgramFailed.
    [[nodiscard]] static Result<QStringList> arguments(const SshRoute &route, const ConnectionSpec &spec, int localPort);

Q_SIGNALS:
    void ready();
    void failed(const stillroom::Error &error); ///< ssh's own words are in its detail
    void lost(const stillroom::Error &error);   ///< after ready()

private:
    void start();
    void takeOutput();
    void ended(const QString &words);
    [[nodiscard]] Error error(const QString &words) const;

    QString m_program = QStringLiteral("ssh");
    QProcess m_process;
    SshRoute m_route;
    ConnectionSpec m_spec, m_through;
    QByteArray m_output, m_words; ///< m_words: what ssh says on its standard error
    int m_attempt = 0;
    bool m_isReady = false, m_isClosing = false;
};

} // namespace stillroom::database
