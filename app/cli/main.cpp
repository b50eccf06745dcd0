// SPDX-License-Identifier: GPL-3.0-or-later
#include "commandline.h"
#include "commands.h"
#include "output.h"

#include "project/project.h"

#include <QCoreApplication>
#include <QDir>

#include <csignal>

namespace stillroom::cli {

namespace {

int runCommand(const CommandLine &line)
{
    const QString fromEnvironment = qEnvironmentVariable("ALEMBIC_CONFIG");
    const QString path = !line.configuration.isEmpty() ? line.configuration : fromEnvironment.isEmpty() ? QDir::currentPath() : fromEnvironment;
    project::OpenOptions options;
    if (!line.section.isEmpty())
        options.section = line.section;
    options.xArguments = line.xArguments;
    options.settings = line.settings;
    const auto project = project::Project::open(path, options);
    if (!project)
        return fail(project.error());

    using Verb = int (*)(const CommandLine &, const project::Project &);
    static const QHash<QString, Verb> verbs{
        {QStringLiteral("history"), showHistory},    {QStringLiteral("heads"), showHeads},     {QStringLiteral("branches"), showBranches},
        {QStringLiteral("show"), showRevisions},     {QStringLiteral("current"), showCurrent}, {QStringLiteral("inspect"), inspectDatabase},
        {QStringLiteral("render"), renderRevisions}, {QStringLiteral("upgrade"), migrate},     {QStringLiteral("downgrade"), migrate},
        {QStringLiteral("stamp"), migrate},
    };
    return verbs.value(line.command)(line, *project);
}

} // namespace

} // namespace stillroom::cli

int main(int argc, char *argv[])
{
    std::signal(SIGPIPE, SIG_IGN); // libpq guards its own writes; a closed pipe ends our printing, not the run
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("stillroom-cli"));
    QCoreApplication::setOrganizationName(QStringLiteral("stillroom"));
    const auto line = stillroom::cli::parse(application.arguments());
    if (!line) {
        line.error().status == 0 ? stillroom::cli::print(line.error().text) : stillroom::cli::printError(line.error().text);
        return line.error().status;
    }
    return stillroom::cli::runCommand(*line);
}
