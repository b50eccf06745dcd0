// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "project/newproject.h"

#include <QJsonArray>

namespace stillroom::cli {

int makeProject(const CommandLine &line)
{
    project::NewProject wanted;
    wanted.folder = line.arguments.first();
    wanted.configurationFile = line.configuration;
    if (line.has("template"))
        wanted.templateName = line.value("template");
    wanted.isPackage = line.has("package");
    const auto written = project::writeProject(wanted);
    if (!written)
        return fail(written.error());
    if (line.json) {
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("configuration"), written->configurationFile},
                   {QStringLiteral("files"), QJsonArray::fromStringList(written->written)},
                   {QStringLiteral("notes"), QJsonArray::fromStringList(written->notes)}});
        return kDone;
    }
    for (const QString &file : written->written) {
        if (!line.quiet)
            print(QStringLiteral("Generating %1 ...  done\n").arg(file));
    }
    for (const QString &note : written->notes)
        printError(QStringLiteral("note: %1\n").arg(note));
    if (!line.quiet)
        print(QStringLiteral("Now set sqlalchemy.url in %1.\n").arg(written->configurationFile));
    return kDone;
}

int listTemplates(const CommandLine &line)
{
    QJsonArray array;
    QList<QStringList> rows;
    for (const project::ProjectTemplate &one : project::projectTemplates()) {
        array.append(QJsonObject{{QStringLiteral("name"), one.name}, {QStringLiteral("about"), one.about}});
        rows.append({one.name, one.about});
    }
    if (line.json)
        printJson({{QStringLiteral("version"), 1}, {QStringLiteral("templates"), array}});
    else
        print(aligned(rows));
    return kDone;
}

} // namespace stillroom::cli
