// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "commands.h"
#include "output.h"

#include "base/libpq.h"
#include "project/project.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>

#include <csignal>
#include <thread>
#include <tuple>

#include <pwd.h>
#include <unistd.h>

namespace stillroom::cli {

namespace {

/// On a terminal, for histories that take longer than a second to read.
std::function<void(int, int)> progressOnTerminal(const CommandLine &line)
{
    if (line.quiet || isatty(STDERR_FILENO) != 1)
        return {};
    QElapsedTimer clock;
    clock.start();
    return [clock, isShown = false](int done, int total) mutable {
        constexpr qint64 kPatienceMs = 1000;
        if (done < total && clock.elapsed() > kPatienceMs) {
            isShown = true;
            printError(QStringLiteral("\rReading scripts: %1 of %2").arg(done).arg(total));
        } else if (isShown) {
            isShown = false;
            printError(QStringLiteral("\r\x1b[K"));
        }
    };
}

using Verb = int (*)(const CommandLine &, const project::Project &);

Verb verbNamed(const QString &command)
{
    static const QHash<QString, Verb> verbs{
        {QStringLiteral("branches"), showBranches},
        {QStringLiteral("connections"), showConnections},
        {QStringLiteral("current"), showCurrent},
        {QStringLiteral("downgrade"), migrate},
        {QStringLiteral("edit"), editRevisions},
        {QStringLiteral("ensure_version"), ensureVersionTable},
        {QStringLiteral("graph"), drawGraph},
        {QStringLiteral("heads"), showHeads},
        {QStringLiteral("backup"), backUp},
        {QStringLiteral("backups"), showBackups},
        {QStringLiteral("restore"), restore},
        {QStringLiteral("runs"), showLedger},
        {QStringLiteral("repair"), repairVersions},
        {QStringLiteral("reset"), migrate},
        {QStringLiteral("leftovers"), showLeftovers},
        {QStringLiteral("history"), showHistory},
        {QStringLiteral("inspect"), inspectDatabase},
        {QStringLiteral("merge"), mergeRevisions},
        {QStringLiteral("render"), renderRevisions},
        {QStringLiteral("reparent"), reparentRevision},
        {QStringLiteral("revision"), writeRevision},
        {QStringLiteral("show"), showRevisions},
        {QStringLiteral("stamp"), migrate},
        {QStringLiteral("status"), showStatus},
        {QStringLiteral("unknowns"), showUnknowns},
        {QStringLiteral("upgrade"), migrate},
        {QStringLiteral("validate"), validateHistory},
    };
    return verbs.value(command);
}

bool isAboutToConnect(const CommandLine &line)
{
    static const QStringList commands{QStringLiteral("backup"),         QStringLiteral("current"), QStringLiteral("downgrade"),
                                      QStringLiteral("ensure_version"), QStringLiteral("inspect"), QStringLiteral("leftovers"),
                                      QStringLiteral("repair"),         QStringLiteral("reset"),   QStringLiteral("restore"),
                                      QStringLiteral("stamp"),          QStringLiteral("status"),  QStringLiteral("upgrade")};
    return commands.contains(line.command) && !line.sql && !line.has("connection");
}

int runCommand(const CommandLine &line)
{
    if (line.command == QLatin1String("init"))
        return makeProject(line);
    if (line.command == QLatin1String("list_templates"))
        return listTemplates(line);
    if (line.command == QLatin1String("runs") && !line.has("database"))
        return showRuns(line);
    const QString fromEnvironment = qEnvironmentVariable("ALEMBIC_CONFIG");
    const QString path = !line.configuration.isEmpty() ? line.configuration : fromEnvironment.isEmpty() ? QDir::currentPath() : fromEnvironment;
    project::OpenOptions options;
    if (!line.section.isEmpty())
        options.section = line.section;
    options.pyProject = line.pyProject;
    options.xArguments = line.xArguments;
    options.settings = line.settings;
    if (!line.tag.isEmpty())
        options.tag = line.tag;
    options.keepsSources = line.sql;
    std::jthread loading; // ends before this function does: what it uses goes when the process exits
    if (isAboutToConnect(line)) {
        options.iniRead = [&line, &loading](const QString &address) {
            if ((line.url.isEmpty() ? address : line.url).startsWith(QLatin1String("postgres")))
                loading = std::jthread([] { std::ignore = loadLibpq(); });
        };
    }
    options.progress = progressOnTerminal(line);
    // Never given back: the process ends with the command, and freeing ten thousand revisions takes a tenth of its time.
    static auto &project = *new Result<project::Project>(project::Project::open(path, options));
    if (!project)
        return fail(project.error());
    for (const QString &warning : project->warnings())
        printError(QStringLiteral("stillroom-cli: %1\n").arg(warning));
    if (const QString problem = wrongConnection(line, *project); !problem.isEmpty()) {
        printError(QStringLiteral("stillroom-cli: %1\n").arg(problem));
        return kUsage;
    }
    if (line.command == QLatin1String("unknowns") && (line.has("set") || line.has("unset"))) {
        if (const auto told = tellUnknowns(line, *project); !told)
            return fail(told.error());
        project = project::Project::open(path, options); // with what was told
        if (!project)
            return fail(project.error());
    }

    return verbNamed(line.command)(line, *project);
}

} // namespace

} // namespace stillroom::cli

int main(int argc, char *argv[])
{
    // As libpq has it for ~/.pgpass: Qt would put records and settings into the root folder.
    if (const passwd *account = qEnvironmentVariableIsEmpty("HOME") ? getpwuid(geteuid()) : nullptr)
        qputenv("HOME", account->pw_dir);
    std::signal(SIGPIPE, SIG_IGN); // libpq guards its own writes; a closed pipe ends our printing, not the run
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("stillroom-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(STILLROOM_VERSION));
    QCoreApplication::setOrganizationName(QStringLiteral("stillroom"));
    const auto line = stillroom::cli::parse(application.arguments());
    if (!line) {
        line.error().status == 0 ? stillroom::cli::print(line.error().text) : stillroom::cli::printError(line.error().text);
        return stillroom::cli::afterPrinting(line.error().status);
    }
    if (line->raiseError)
        stillroom::cli::tellErrorsWhole();
    return stillroom::cli::afterPrinting(stillroom::cli::runCommand(*line));
}
