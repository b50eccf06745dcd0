// SPDX-License-Identifier: GPL-3.0-or-later
// The ctest fixture: `testpostgres start FILE` leaves one PostgreSQL running for all tests of a ctest run and writes its
// address to FILE; `testpostgres stop FILE` ends it. It also ends when ctest itself goes away, however that happens.
#include "postgresserver.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

using stillroom::testsupport::PostgresServer;

namespace {

// glibc wraps pidfd_open from 2.36 on, but not in every header that Debian 12 has.
int openProcess(pid_t pid) { return static_cast<int>(syscall(SYS_pidfd_open, pid, 0)); }

/// Holds the server until SIGTERM or the end of `watched`. Writes a line to `report` and closes it once the server stands.
int serve(const QString &addressFile, pid_t watched, int report)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, nullptr);

    const auto tell = [report](const QByteArray &text) {
        if (write(report, text.constData(), static_cast<size_t>(text.size())) < 0)
            std::perror("report");
        close(report);
    };
    const auto server = PostgresServer::start();
    if (!server) {
        tell(server.error().toUtf8() + '\n');
        return EXIT_FAILURE;
    }
    QSaveFile file(addressFile);
    const QString text = (*server)->addressText() + QStringLiteral("\n%1\n").arg(getpid());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit()) {
        tell(file.errorString().toUtf8() + '\n');
        return EXIT_FAILURE;
    }
    const int nothing = open("/dev/null", O_RDWR);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(nothing, fd); // ctest waits for its pipes to close
    tell("ok");

    pollfd waits[] = {{signalfd(-1, &ends, SFD_CLOEXEC), POLLIN, 0}, {openProcess(watched), POLLIN, 0}};
    while (poll(waits, 2, -1) < 0 && errno == EINTR) {
    }
    QFile::remove(addressFile);
    return EXIT_SUCCESS;
}

int start(int &argc, char **argv)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return EXIT_FAILURE;
    const pid_t watched = getppid();
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        setsid();
        QCoreApplication application(argc, argv);
        return serve(QString::fromLocal8Bit(argv[2]), watched, ends[1]);
    }
    close(ends[1]);
    QByteArray answer;
    char buffer[4096];
    for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
        answer.append(buffer, static_cast<qsizetype>(n));
    if (answer == "ok")
        return EXIT_SUCCESS;
    std::fprintf(stderr, "%s\n", answer.constData());
    return EXIT_FAILURE;
}

int stop(const QString &addressFile)
{
    QFile file(addressFile);
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s: %s\n", qPrintable(addressFile), qPrintable(file.errorString()));
        return EXIT_FAILURE;
    }
    const pid_t pid = static_cast<pid_t>(file.readAll().split('\n').value(4).toInt());
    const int server = pid > 0 ? openProcess(pid) : -1;
    if (server < 0 || kill(pid, SIGTERM) != 0) {
        std::fprintf(stderr, "the server of %s is not running\n", qPrintable(addressFile));
        return EXIT_FAILURE;
    }
    pollfd waits{server, POLLIN, 0};
    return poll(&waits, 1, 60000) == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && std::strcmp(argv[1], "start") == 0)
        return start(argc, argv);
    if (argc == 3 && std::strcmp(argv[1], "stop") == 0)
        return stop(QString::fromLocal8Bit(argv[2]));
    std::fprintf(stderr, "usage: testpostgres start|stop FILE\n");
    return 2;
}
