// SPDX-License-Identifier: GPL-3.0-or-later
// `crashingrunner FOLDER URL events|calls N [RECORDS one|each]` upgrades to head and kills itself at the N-th boundary of its kind:
// events: before a statement, after it, before a COMMIT, after it, as the run tells them;
// calls: before, half way through and after each call of the system that sends to a server or reads from it, writes a file, syncs or removes
// one, from the run's beginning on. So it dies between what is sent together, while the server works on it, and with an answer unread.
// Exits with 0 when there are not that many, with 1 on an error.
#include "base/sentence.h"
#include "migration/planning.h"
#include "migration/runner.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <tuple>

#include <dlfcn.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace stillroom;
using namespace stillroom::migration;

namespace {

bool g_countsCalls = false;
int g_left = 0;

void boundary()
{
    if (--g_left == 0)
        ::kill(::getpid(), SIGKILL);
}

template<class Call>
Call realCall(const char *name)
{
    return reinterpret_cast<Call>(::dlsym(RTLD_NEXT, name));
}

/// A boundary before the call and one after it.
template<class Whole>
auto counted(Whole whole)
{
    if (!g_countsCalls)
        return whole();
    boundary();
    const auto done = whole();
    boundary();
    return done;
}

/// And one with half of it done.
template<class Half, class Whole>
auto counted(Half half, Whole whole)
{
    return counted([=] {
        if (g_countsCalls && g_left == 1)
            std::ignore = half();
        if (g_countsCalls)
            boundary();
        return whole();
    });
}

} // namespace

// These go before those of the C library, for libpq and SQLite as well.
extern "C" {

Q_DECL_EXPORT ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    static const auto real = realCall<decltype(&::send)>("send");
    return counted([=] { return real(socket, bytes, size / 2, flags); }, [=] { return real(socket, bytes, size, flags); });
}

Q_DECL_EXPORT ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
    static const auto real = realCall<decltype(&::recv)>("recv");
    return counted([=] { return real(socket, bytes, size, flags); });
}

Q_DECL_EXPORT ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    static const auto real = realCall<decltype(&::pwrite64)>("pwrite64");
    return counted([=] { return real(file, bytes, size / 2, offset); }, [=] { return real(file, bytes, size, offset); });
}

Q_DECL_EXPORT ssize_t write(int file, const void *bytes, size_t size)
{
    static const auto real = realCall<decltype(&::write)>("write");
    return counted([=] { return real(file, bytes, size / 2); }, [=] { return real(file, bytes, size); });
}

Q_DECL_EXPORT int fdatasync(int file)
{
    static const auto real = realCall<decltype(&::fdatasync)>("fdatasync");
    return counted([=] { return real(file); });
}

Q_DECL_EXPORT int fsync(int file)
{
    static const auto real = realCall<decltype(&::fsync)>("fsync");
    return counted([=] { return real(file); });
}

Q_DECL_EXPORT int unlink(const char *path) noexcept
{
    static const auto real = realCall<decltype(&::unlink)>("unlink");
    return counted([=] { return real(path); });
}

Q_DECL_EXPORT int ftruncate64(int file, off64_t size) noexcept
{
    static const auto real = realCall<decltype(&::ftruncate64)>("ftruncate64");
    return counted([=] { return real(file, size); });
}
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto failed = [](const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(sentence(error)));
        return 1;
    };
    if (argc < 5 || argc > 7)
        return 2;
    const auto project = project::Project::open(QString::fromLocal8Bit(argv[1]));
    if (!project)
        return failed(project.error());
    const auto url = project::DatabaseUrl::parse(QString::fromLocal8Bit(argv[2]), {});
    if (!url)
        return failed(url.error());
    const bool isOfEvents = qstrcmp(argv[3], "events") == 0;
    database::ConnectionSpec spec;
    spec.kind = url->kind;
    spec.keywords = url->keywords;
    spec.sqliteFile = url->sqliteFile;
    spec.createIfMissing = true;
    const auto session = database::Session::open(spec);
    if (!session)
        return failed(session.error());
    const auto plan = makePlan(*project, **session, {.kind = revision::Plan::Kind::Upgrade, .targets = {QStringLiteral("head")}});
    if (!plan)
        return failed(plan.error());
    RunRequest request{.plan = *plan, .targetName = {}, .connection = spec, .journalFolder = QString::fromLocal8Bit(argc > 5 ? argv[5] : "")};
    if (argc > 6)
        request.transactions = qstrcmp(argv[6], "one") == 0 ? RunRequest::Transactions::One : RunRequest::Transactions::EachRevision;
    const std::atomic<bool> stop = false;
    g_left = std::atoi(argv[4]);
    g_countsCalls = !isOfEvents;
    const auto done = run(*project, **session, request, stop, [isOfEvents](const RunEvent &event) {
        const bool isBoundary = std::holds_alternative<StatementStarted>(event) || std::holds_alternative<StatementDone>(event) ||
                                std::holds_alternative<CommitStarted>(event) || std::holds_alternative<Committed>(event);
        if (isOfEvents && isBoundary)
            boundary();
    });
    g_countsCalls = false;
    return done ? 0 : failed(done.error());
}
