// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/projectpython.h"

#include "project/answers.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

namespace stillroom::project {

namespace {

std::optional<ProjectPython> pythonOf(const QString &environment, const QString &source)
{
    const QString program = QDir(environment).filePath(QStringLiteral("bin/python"));
    if (!QFileInfo(program).isExecutable())
        return std::nullopt;
    return ProjectPython{program, source};
}

/// The folder and those above it, up to the one that holds the repository.
QStringList foldersUp(const QString &root)
{
    QStringList folders;
    for (QDir folder(root);;) {
        folders.append(folder.absolutePath());
        if (folder.exists(QStringLiteral(".git")) || !folder.cdUp() || folder.isRoot())
            return folders;
    }
}

/// The name in [tool.poetry] or [project]: the one key that is wanted here.
QString packageName(const QString &pyProject)
{
    QFile file(pyProject);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression table(QStringLiteral("^\\s*\\[([^\\]]+)\\]"));
    static const QRegularExpression name(QStringLiteral("^\\s*name\\s*=\\s*[\"']([^\"']+)[\"']"));
    QString current, found;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (const auto match = table.match(line); match.hasMatch())
            current = match.captured(1).trimmed();
        const auto match = name.match(line);
        if (match.hasMatch() && (current == QLatin1String("tool.poetry") || (current == QLatin1String("project") && found.isEmpty())))
            found = match.captured(1);
    }
    return found;
}

QString poetryEnvironments()
{
    if (const QString path = qEnvironmentVariable("POETRY_VIRTUALENVS_PATH"); !path.isEmpty())
        return path;
    QString cache = qEnvironmentVariable("POETRY_CACHE_DIR");
    if (cache.isEmpty())
        cache = qEnvironmentVariable("XDG_CACHE_HOME", QDir::home().filePath(QStringLiteral(".cache"))) + QStringLiteral("/pypoetry");
    return cache + QStringLiteral("/virtualenvs");
}

std::optional<ProjectPython> poetryPython(const QString &folder)
{
    const QString package = packageName(QDir(folder).filePath(QStringLiteral("pyproject.toml")));
    if (package.isEmpty())
        return std::nullopt;
    const QDir environments(poetryEnvironments());
    // One for each version of Python; the one used last is the one that Poetry activated last.
    const QStringList names = environments.entryList({poetryEnvironmentName(package, folder) + QStringLiteral("-py*")}, QDir::Dirs, QDir::Time);
    for (const QString &name : names) {
        if (auto found = pythonOf(environments.filePath(name), QStringLiteral("Poetry's environment %1").arg(name)))
            return found;
    }
    return std::nullopt;
}

} // namespace

QString poetryEnvironmentName(const QString &package, const QString &folder)
{
    static const QRegularExpression unusable(QStringLiteral("[ $`!*@\"\\\\\\r\\n\\t]"));
    const QByteArray hash = QCryptographicHash::hash(QFileInfo(folder).canonicalFilePath().toUtf8(), QCryptographicHash::Sha256);
    const QString name = package.toLower().replace(unusable, QStringLiteral("_")).left(42);
    return name + QLatin1Char('-') + QString::fromLatin1(hash.toBase64(QByteArray::Base64UrlEncoding).left(8));
}

Result<std::optional<ProjectPython>> findPython(const QString &root)
{
    const auto answers = readAnswers(root);
    if (!answers)
        return std::unexpected(answers.error());
    if (!answers->python.isEmpty()) {
        const QString program = QDir(root).absoluteFilePath(answers->python);
        if (!QFileInfo(program).isExecutable() || QFileInfo(program).isDir())
            return std::unexpected(Error{.code = ErrorCode::FileNotReadable,
                                         .subject = program,
                                         .detail = QStringLiteral("\"python\" in .stillroom.json names no program"),
                                         .file = program});
        return ProjectPython{program, QStringLiteral(".stillroom.json")};
    }
    if (const QString active = qEnvironmentVariable("VIRTUAL_ENV"); !active.isEmpty()) {
        if (auto found = pythonOf(active, QStringLiteral("the active environment")))
            return found;
    }
    const QStringList folders = foldersUp(root);
    for (const QString &folder : folders) {
        for (const char *name : {".venv", "venv"}) {
            if (auto found = pythonOf(QDir(folder).filePath(QLatin1String(name)), QLatin1String(name)))
                return found;
        }
    }
    for (const QString &folder : folders) {
        if (auto found = poetryPython(folder))
            return found;
    }
    return std::nullopt;
}

} // namespace stillroom::project
