// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connectiontrial.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThread>

#include <optional>

namespace stillroom::ui {

using Outcome = Result<database::ConnectionReport>;

void ConnectionTrial::start(const Connection &connection)
{
    giveUp();
    m_isRunning = true;
    if (connection.ssh.isEmpty() || connection.spec.kind == dialect::DialectKind::Sqlite)
        return connectTo(connection.spec);
    m_tunnel = std::make_unique<database::SshTunnel>();
    m_tunnel->setProgram(m_sshProgram);
    connect(m_tunnel.get(), &database::SshTunnel::ready, this, [this] { connectTo(m_tunnel->through()); });
    connect(m_tunnel.get(), &database::SshTunnel::failed, this, [this](const Error &error) {
        m_isRunning = false;
        Q_EMIT failed(error);
    });
    m_tunnel->open(connection.ssh, connection.spec);
}

void ConnectionTrial::giveUp()
{
    ++m_turn;
    m_isRunning = false;
    m_tunnel.reset();
}

void ConnectionTrial::connectTo(const database::ConnectionSpec &spec)
{
    auto promise = std::make_shared<QPromise<Outcome>>();
    auto *watcher = new QFutureWatcher<Outcome>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, turn = m_turn] {
        const Outcome outcome = watcher->result();
        watcher->deleteLater();
        if (turn != m_turn)
            return;
        m_isRunning = false;
        if (m_tunnel)
            m_tunnel->close();
        if (outcome)
            Q_EMIT succeeded(*outcome);
        else
            Q_EMIT failed(outcome.error());
    });
    promise->start();
    watcher->setFuture(promise->future());
    // Nobody waits for it: looking up a name may take as long as the network likes.
    QThread *thread = QThread::create([promise, spec] {
        promise->addResult(database::testConnection(spec));
        promise->finish();
    });
    connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
}

QString sslModeWords(const QString &mode)
{
    const auto proof = database::sslModeProof(mode);
    if (!proof)
        return {};
    switch (*proof) {
    case database::SslProof::Nothing:
        return ConnectionTrial::tr("Proves nothing: whoever is on the way can read and change what is sent.");
    case database::SslProof::EncryptedMaybe:
        return ConnectionTrial::tr("Proves nothing: encrypted where both sides agree, and somebody on the way can make them not agree.");
    case database::SslProof::Encrypted:
        return ConnectionTrial::tr("Encrypted; who answers is not checked, so somebody on the way can pose as the server.");
    case database::SslProof::Authority:
        return ConnectionTrial::tr("Encrypted; the server has a certificate of an authority you trust, though maybe another server's.");
    case database::SslProof::Host:
        return ConnectionTrial::tr("Encrypted; the server has a certificate of an authority you trust, made out to this very host.");
    }
    return {};
}

QString reportWords(const database::ConnectionReport &report)
{
    QStringList words;
    const QString state = report.isStandby    ? ConnectionTrial::tr("read-only, since it is a standby")
                          : report.isReadOnly ? ConnectionTrial::tr("read-only")
                                              : ConnectionTrial::tr("writable");
    words += report.user.isEmpty()
                 ? ConnectionTrial::tr("It works: %1, %2.").arg(report.serverVersion, state)
                 : ConnectionTrial::tr("It works: %1 as %2 on %3, %4.").arg(report.serverVersion, report.user, report.database, state);
    switch (report.encryption.kind) {
    case database::Encryption::Kind::NoNetwork:
        if (!report.user.isEmpty())
            words += ConnectionTrial::tr("A socket of this machine; nothing goes over a network.");
        break;
    case database::Encryption::Kind::None:
        words += ConnectionTrial::tr("Not encrypted (sslmode=%1).").arg(report.sslMode);
        break;
    case database::Encryption::Kind::Tls:
        words += ConnectionTrial::tr("%1, %2, sslmode=%3.").arg(report.encryption.protocol, report.encryption.cipher, report.sslMode);
        words += sslModeWords(report.sslMode);
        break;
    case database::Encryption::Kind::Gss:
        words += ConnectionTrial::tr("Encrypted by GSSAPI.");
        break;
    }
    return words.join(QLatin1Char(' '));
}

} // namespace stillroom::ui
