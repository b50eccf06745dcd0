// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "output.h"

#include "project/newrevision.h"
#include "revision/plan.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>

namespace stillroom::cli {

namespace {

QString shown(const project::HookCommand &command)
{
    return (QStringList{command.program} + command.arguments).join(QLatin1Char(' ')) +
           (command.folder.isEmpty() ? QString() : QStringLiteral(" (in %1)").arg(command.folder));
}

Result<void> runProgram(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.setProgram(program);
    process.setArguments(arguments);
    if (!folder.isEmpty())
        process.setWorkingDirectory(folder);
    process.start();
    process.waitForFinished(-1);
    if (process.error() == QProcess::FailedToStart || process.exitStatus() == QProcess::CrashExit || process.exitCode() != 0) {
        Error error;
        error.code = ErrorCode::ProgramFailed;
        error.subject = program;
        error.detail = process.error() == QProcess::UnknownError ? QStringLiteral("exit status %1").arg(process.exitCode()) : process.errorString();
        return std::unexpected(std::move(error));
    }
    return {};
}

/// Shows what the project wants run on the script, and runs it where the person said so. A hook that fails does not undo the
/// script, as with Alembic.
int afterWriting(const CommandLine &line, const project::Project &project, const QString &file)
{
    int status = kDone;
    for (const project::PostWriteHook &hook : project.postWriteHooks()) {
        const auto command = project::commandOf(hook, file);
        if (!command) {
            status = fail(command.error());
            continue;
        }
        if (!line.has("run-hooks")) {
            printError(QStringLiteral("Not run: post-write hook '%1': %2. --run-hooks runs it.\n").arg(hook.name, shown(*command)));
            continue;
        }
        if (!line.quiet)
            printError(QStringLiteral("Running post-write hook '%1': %2\n").arg(hook.name, shown(*command)));
        if (const auto done = runProgram(command->program, command->arguments, command->folder); !done)
            status = fail(done.error());
    }
    return status;
}

int writePlanned(const CommandLine &line, const project::Project &project, const project::NewRevision &wanted)
{
    const auto planned = project::planRevision(project, wanted, std::chrono::system_clock::now());
    if (!planned)
        return fail(planned.error());
    if (const auto written = project::writeRevision(*planned); !written)
        return fail(written.error());
    if (line.json) {
        printJson({{QStringLiteral("version"), 1},
                   {QStringLiteral("revision"), planned->id},
                   {QStringLiteral("down_revisions"), QJsonArray::fromStringList(planned->parents)},
                   {QStringLiteral("file"), planned->file},
                   {QStringLiteral("notes"), QJsonArray::fromStringList(planned->notes)}});
    } else if (!line.quiet) {
        print(QStringLiteral("Generating %1 ...  done\n").arg(planned->file));
    }
    for (const QString &note : planned->notes)
        printError(QStringLiteral("note: %1\n").arg(note));
    return afterWriting(line, project, planned->file);
}

/// The SQL of an option: as it stands, or @FILE.
Result<QString> sqlOf(const CommandLine &line, const char *option)
{
    const QString text = line.value(option);
    if (!text.startsWith(QLatin1Char('@')))
        return text;
    QFile file(text.mid(1));
    if (file.open(QIODevice::ReadOnly))
        return QString::fromUtf8(file.readAll());
    Error error;
    error.code = ErrorCode::FileNotReadable;
    error.subject = error.file = file.fileName();
    error.detail = file.errorString();
    return std::unexpected(std::move(error));
}

std::optional<QString> messageOf(const CommandLine &line) { return line.has("message") ? std::optional(line.value("message")) : std::nullopt; }

} // namespace

int writeRevision(const CommandLine &line, const project::Project &project)
{
    if (line.has("autogenerate")) {
        Error error;
        error.code = ErrorCode::NeedsModels;
        error.subject = QStringLiteral("--autogenerate");
        return fail(error);
    }
    if (line.sql) { // as Alembic answers, which with revision_environment runs env.py for it
        const bool isConfigured = project.settings().value(QStringLiteral("revision_environment")).value.toLower() == QLatin1String("true");
        printError(
            QStringLiteral("FAILED: Using --sql with the revision command %1 does not make any sense.\n  hint: --upgrade-sql writes SQL into the "
                           "script.\n")
                .arg(isConfigured ? QStringLiteral("where env.py is never run") : QStringLiteral("when revision_environment is not configured")));
        return kFailed;
    }
    project::NewRevision wanted;
    wanted.message = messageOf(line);
    if (line.has("head"))
        wanted.heads = line.values("head");
    wanted.splice = line.has("splice");
    wanted.branchLabel = line.value("branch-label");
    wanted.dependsOn = line.values("depends-on");
    wanted.versionPath = line.value("version-path");
    wanted.id = line.value("rev-id");
    for (const auto &[option, sql] : {std::pair{"upgrade-sql", &wanted.upgradeSql}, std::pair{"downgrade-sql", &wanted.downgradeSql}}) {
        auto text = sqlOf(line, option);
        if (!text)
            return fail(text.error());
        *sql = *text;
    }
    if (const auto kind = dialectOf(line, project))
        wanted.sqlKind = *kind;
    return writePlanned(line, project, wanted);
}

int mergeRevisions(const CommandLine &line, const project::Project &project)
{
    if (line.has("compare"))
        return compareHeads(line, project);
    project::NewRevision wanted;
    wanted.message = messageOf(line);
    wanted.heads = line.arguments;
    wanted.splice = line.has("splice");
    wanted.branchLabel = line.value("branch-label");
    wanted.id = line.value("rev-id");
    return writePlanned(line, project, wanted);
}

int editRevisions(const CommandLine &line, const project::Project &project)
{
    const revision::RevisionGraph &graph = project.graph();
    const QString target = line.arguments.first();
    QStringList rows;
    if (target == QLatin1String("current")) {
        auto read = versionRowsOf(line, project);
        if (!read)
            return fail(read.error());
        rows = *read;
    }
    const auto ids = revision::resolve(graph, target, rows);
    if (!ids)
        return fail(ids.error());
    QStringList files;
    for (const QString &id : *ids) {
        const auto index = graph.find(id);
        if (index && !graph.revisions()[*index].header.file.isEmpty())
            files << graph.revisions()[*index].header.file;
    }
    if (files.isEmpty()) {
        Error error;
        error.code = ErrorCode::NoSuchRevision;
        error.subject = target;
        return fail(error);
    }
    QString editor = qEnvironmentVariable("EDITOR", qEnvironmentVariable("VISUAL"));
    for (const char *known : {"editor", "vim", "nano"}) {
        if (editor.isEmpty())
            editor = QStandardPaths::findExecutable(QLatin1String(known));
    }
    QStringList words = project::splitAsShell(editor).value_or(QStringList());
    if (words.isEmpty()) {
        Error error;
        error.code = ErrorCode::ProgramFailed;
        error.subject = QStringLiteral("edit");
        error.detail = QStringLiteral("no editor is known; set VISUAL or EDITOR");
        return fail(error);
    }
    const QString program = words.takeFirst();
    for (const QString &file : std::as_const(files)) {
        if (const auto edited = runProgram(program, words + QStringList{file}, {}); !edited)
            return fail(edited.error());
    }
    return kDone;
}

} // namespace stillroom::cli
