// SPDX-License-Identifier: GPL-3.0-or-later
// `crashingrunner FOLDER URL N` upgrades to head and kills itself at the N-th boundary: before a statement, after it, before a
// COMMIT, after it. Exits with 0 when there are not that many, with 1 on an error.
#include "base/sentence.h"
#include "migration/planning.h"
#include "migration/runner.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <unistd.h>

using namespace stillroom;
using namespace stillroom::migration;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto failed = [](const Error &error) {
        std::fprintf(stderr, "%s\n", qPrintable(sentence(error)));
        return 1;
    };
    if (argc != 4)
        return 2;
    const auto project = project::Project::open(QString::fromLocal8Bit(argv[1]));
    if (!project)
        return failed(project.error());
    const auto url = project::DatabaseUrl::parse(QString::fromLocal8Bit(argv[2]), {});
    if (!url)
        return failed(url.error());
    int left = std::atoi(argv[3]);
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
    const std::atomic<bool> stop = false;
    const auto done = run(*project, **session, {.plan = *plan, .targetName = {}, .connection = spec}, stop, [&left](const RunEvent &event) {
        const bool isBoundary = std::holds_alternative<StatementStarted>(event) || std::holds_alternative<StatementDone>(event) ||
                                std::holds_alternative<CommitStarted>(event) || std::holds_alternative<Committed>(event);
        if (isBoundary && --left == 0)
            ::kill(::getpid(), SIGKILL);
    });
    return done ? 0 : failed(done.error());
}
