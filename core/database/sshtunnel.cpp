// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/sshtunnel.h"

#include "database/connectionkeywords.h"

#include <QRegularExpression>

#include <csignal>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace stillroom::database {

namespace {

constexpr char kReady[] = "stillroom: the way is open";
constexpr int kMostAttempts = 3;
constexpr int kEndMs = 1000;

/// A port of this machine that was free a moment ago; 0: there is none.
int freePort()
{
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listening < 0)
        return 0;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    const bool isBound = ::bind(listening, generic, size) == 0 && ::listen(listening, 1) == 0 && ::getsockname(listening, generic, &size) == 0;
    ::close(listening);
    return isBound ? ntohs(address.sin_port) : 0;
}

Error problem(const QString &destination, const QString &words)
{
    return {.code = ErrorCode::ProgramFailed, .subject = QStringLiteral("ssh ") + destination, .detail = words};
}

/// The far end as -L writes it: host:port, or the server's own socket.
Result<QString> farEnd(const SshRoute &route, const ConnectionSpec &spec)
{
    QString host = effectiveValue(spec.keywords, QStringLiteral("hostaddr"));
    if (host.isEmpty())
        host = effectiveValue(spec.keywords, QStringLiteral("host"));
    QString port = effectiveValue(spec.keywords, QStringLiteral("port"));
    if (port.isEmpty())
        port = QStringLiteral("5432");
    if (host.contains(QLatin1Char(',')))
        return std::unexpected(problem(route.destination, QStringLiteral("a tunnel leads to one host, and several are given: %1").arg(host)));
    if (host.startsWith(QLatin1Char('/')))
        return QStringLiteral("%1/.s.PGSQL.%2").arg(host, port);
    if (host.isEmpty())
        host = QStringLiteral("localhost");
    return QStringLiteral("%1:%2").arg(host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(host) : host, port);
}

ConnectionSpec specThrough(const ConnectionSpec &spec, int localPort)
{
    ConnectionSpec through = spec;
    through.shownAs = spec.display();
    const QString host = effectiveValue(spec.keywords, QStringLiteral("host"));
    // The password file knows the server by its own name and port, not by the tunnel's.
    const QString password = passwordFromFile(spec.keywords);
    std::erase_if(through.keywords, [](const auto &pair) {
        return pair.first == QLatin1String("host") || pair.first == QLatin1String("hostaddr") || pair.first == QLatin1String("port");
    });
    const bool hasName = !host.isEmpty() && !host.startsWith(QLatin1Char('/'));
    through.keywords.emplace_back(QStringLiteral("host"), hasName ? host : QStringLiteral("localhost"));
    through.keywords.emplace_back(QStringLiteral("hostaddr"), QStringLiteral("127.0.0.1"));
    through.keywords.emplace_back(QStringLiteral("port"), QString::number(localPort));
    if (!password.isEmpty())
        through.keywords.emplace_back(QStringLiteral("password"), password);
    return through;
}

} // namespace

SshTunnel::SshTunnel(QObject *parent) : QObject(parent)
{
#ifdef Q_OS_LINUX
    m_process.setChildProcessModifier([] {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::setsid(); // a Ctrl-C at the terminal is for the run, whose cancel has to get through here
    });
#endif
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SshTunnel::takeOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, [this] { m_words += m_process.readAllStandardError(); });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError what) {
        if (what == QProcess::FailedToStart)
            ended(m_process.errorString());
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        m_words += m_process.readAllStandardError();
        const QString words = QString::fromLocal8Bit(m_words).trimmed();
        ended(words.isEmpty() ? QStringLiteral("it ended with status %1 and said nothing").arg(m_process.exitCode()) : words);
    });
}

SshTunnel::~SshTunnel()
{
    m_process.disconnect(this);
    close();
}

Result<QStringList> SshTunnel::arguments(const SshRoute &route, const ConnectionSpec &spec, int localPort)
{
    if (route.destination.startsWith(QLatin1Char('-')) || route.destination.contains(QLatin1Char(' ')))
        return std::unexpected(problem(route.destination, QStringLiteral("this is no host")));
    const auto far = farEnd(route, spec);
    if (!far)
        return std::unexpected(far.error());
    // Where the desktop has a program that asks for passphrases, ssh may use it; else nobody could answer its question.
    const bool canAsk = !qEnvironmentVariableIsEmpty("SSH_ASKPASS");
    QStringList words{QStringLiteral("-N"), QStringLiteral("-T")};
    const auto option = [&words](const QString &text) { words += {QStringLiteral("-o"), text}; };
    option(canAsk ? QStringLiteral("BatchMode=no") : QStringLiteral("BatchMode=yes"));
    option(QStringLiteral("ExitOnForwardFailure=yes"));
    option(QStringLiteral("ServerAliveInterval=15"));
    // A master that is shared would keep the forwarding, and go on, after this process has ended.
    option(QStringLiteral("ControlMaster=no"));
    option(QStringLiteral("ControlPath=none"));
    // ssh runs it once it listens: so nobody has to knock at the server to find that out.
    option(QStringLiteral("PermitLocalCommand=yes"));
    option(QStringLiteral("LocalCommand=echo '%1'").arg(QLatin1String(kReady)));
    if (route.port > 0)
        words += {QStringLiteral("-p"), QString::number(route.port)};
    if (!route.identityFile.isEmpty())
        words += {QStringLiteral("-i"), route.identityFile};
    words += {QStringLiteral("-L"), QStringLiteral("127.0.0.1:%1:%2").arg(localPort).arg(*far)};
    words += {QStringLiteral("--"), route.destination};
    return words;
}

void SshTunnel::open(const SshRoute &route, const ConnectionSpec &spec)
{
    close();
    m_route = route;
    m_spec = spec;
    m_attempt = 0;
    start();
}

void SshTunnel::start()
{
    m_output.clear();
    m_words.clear();
    m_isReady = m_isClosing = false;
    ++m_attempt;
    const int port = freePort();
    const auto words = arguments(m_route, m_spec, port);
    if (!words) {
        const Error why = words.error();
        QMetaObject::invokeMethod(this, [this, why] { Q_EMIT failed(why); }, Qt::QueuedConnection);
        return;
    }
    m_through = specThrough(m_spec, port);
    m_process.start(m_program, *words, QIODevice::ReadOnly);
}

void SshTunnel::takeOutput()
{
    m_output += m_process.readAllStandardOutput();
    if (m_isReady || !m_output.contains(kReady))
        return;
    m_isReady = true;
    m_words.clear(); // a banner, which is no error
    Q_EMIT ready();
}

void SshTunnel::ended(const QString &words)
{
    const bool wasReady = std::exchange(m_isReady, false);
    if (m_isClosing)
        return;
    static const QRegularExpression taken(QStringLiteral("already in use"), QRegularExpression::CaseInsensitiveOption);
    if (!wasReady && m_attempt < kMostAttempts && taken.match(words).hasMatch())
        return start(); // somebody else took the port in between
    if (wasReady)
        Q_EMIT lost(error(words));
    else
        Q_EMIT failed(error(words));
}

Error SshTunnel::error(const QString &words) const { return problem(m_route.destination, words); }

void SshTunnel::close()
{
    m_isReady = false;
    m_isClosing = true;
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(kEndMs)) {
        m_process.kill();
        m_process.waitForFinished(kEndMs);
    }
}

} // namespace stillroom::database
