// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "migration/branchcomparison.h"
#include "project/historychecks.h"

#include <QJsonArray>

#include <algorithm>

namespace stillroom::cli {

using project::Finding;

namespace {

QString severityName(Finding::Severity severity)
{
    switch (severity) {
    case Finding::Severity::Error:
        return QStringLiteral("error");
    case Finding::Severity::Warning:
        return QStringLiteral("warning");
    case Finding::Severity::Information:
        return QStringLiteral("information");
    }
    return {};
}

QString text(const Finding &finding)
{
    QString place = finding.file;
    if (finding.line > 0)
        place += QStringLiteral(":%1").arg(finding.line);
    return QStringLiteral("%1 %2: %3%4\n")
        .arg(finding.check, severityName(finding.severity), place.isEmpty() ? QString() : place + QStringLiteral(": "),
             finding.whereabouts.isEmpty() ? finding.text : finding.text + QLatin1Char(' ') + finding.whereabouts);
}

} // namespace

int validateHistory(const CommandLine &line, const project::Project &project)
{
    // Whether a body does anything hardly depends on the dialect; without an address it is asked for PostgreSQL.
    const auto kind = dialectOf(line, project);
    auto checked = migration::checkEverything(project, kind ? *kind : dialect::DialectKind::PostgreSql);
    if (!checked)
        return fail(checked.error());
    std::vector<Finding> findings = std::move(*checked);
    std::ranges::stable_sort(findings, {}, &Finding::severity);

    const auto count = [&](Finding::Severity severity) { return std::ranges::count(findings, severity, &Finding::severity); };
    const auto errors = count(Finding::Severity::Error);
    const auto warnings = count(Finding::Severity::Warning);
    if (line.json) {
        QJsonArray array;
        for (const Finding &finding : findings)
            array.append(
                QJsonObject{{QStringLiteral("check"), finding.check},
                            {QStringLiteral("severity"), severityName(finding.severity)},
                            {QStringLiteral("revisions"), QJsonArray::fromStringList(finding.revisions)},
                            {QStringLiteral("file"), finding.file.isEmpty() ? QJsonValue() : QJsonValue(finding.file)},
                            {QStringLiteral("line"), finding.line > 0 ? QJsonValue(finding.line) : QJsonValue()},
                            {QStringLiteral("text"), finding.text},
                            {QStringLiteral("whereabouts"), finding.whereabouts.isEmpty() ? QJsonValue() : QJsonValue(finding.whereabouts)}});
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("is_valid"), errors == 0},
                   {QStringLiteral("errors"), static_cast<qint64>(errors)},
                   {QStringLiteral("warnings"), static_cast<qint64>(warnings)},
                   {QStringLiteral("findings"), array},
                   {QStringLiteral("notes"), QJsonArray::fromStringList(project.notes())}});
        return errors == 0 ? kDone : kFailed;
    }
    QString out;
    for (const Finding &finding : findings)
        out += text(finding);
    for (const QString &note : project.notes())
        out += QStringLiteral("note: %1\n").arg(note);
    print(out);
    if (!line.quiet)
        printError(QStringLiteral("%1 revisions: %2 errors, %3 warnings.\n").arg(project.graph().revisions().size()).arg(errors).arg(warnings));
    return errors == 0 ? kDone : kFailed;
}

} // namespace stillroom::cli
