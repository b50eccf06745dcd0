// SPDX-License-Identifier: GPL-3.0-or-later
// Starts a program and then has two threads write one number: ThreadSanitizer has to see it (ownmemory.cpp).
#include <QCoreApplication>
#include <QProcess>

#include <thread>

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QProcess program;
    program.start(QStringLiteral("true"), {});
    if (!program.waitForFinished() || program.exitCode() != 0)
        return EXIT_FAILURE;
    int number = 0;
    std::thread other([&number] { ++number; });
    ++number;
    other.join();
    return number == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
