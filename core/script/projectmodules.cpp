// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/projectmodules.h"

#include "python/parser.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <mutex>

namespace stillroom::script {

using python::Interpreter;
using python::StopKind;
using python::Value;

namespace {

constexpr qint64 kLargestModule = 2 * 1024 * 1024;

QString relativePath(const std::string &dottedName) { return QString::fromStdString(dottedName).replace(QLatin1Char('.'), QLatin1Char('/')); }

/// Only identifiers joined by dots; anything else is no module name and must not become a path.
bool isModuleName(const std::string &dottedName)
{
    if (dottedName.empty() || dottedName.front() == '.' || dottedName.back() == '.' || dottedName.find("..") != std::string::npos)
        return false;
    return dottedName.find('/') == std::string::npos && dottedName.find('\\') == std::string::npos && dottedName.find('\0') == std::string::npos;
}

/// Parsed modules of the process, so that a module which every revision imports is parsed once. A changed file is parsed anew.
Result<std::shared_ptr<const python::Tree>> parsedModule(const QString &fileName)
{
    struct Kept {
        QDateTime modified;
        qint64 size = 0;
        std::shared_ptr<const python::Tree> tree;
    };
    constexpr qsizetype kMostKept = 1024;
    static std::mutex mutex;
    static QHash<QString, Kept> kept;
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestModule)
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .file = fileName});
    const QDateTime modified = file.fileTime(QFileDevice::FileModificationTime);
    const std::scoped_lock lock(mutex);
    if (const auto found = kept.constFind(fileName); found != kept.constEnd() && found->modified == modified && found->size == file.size())
        return found->tree;
    auto tree = python::parse(file.readAll(), fileName);
    if (!tree)
        return std::unexpected(std::move(tree.error()));
    if (kept.size() >= kMostKept)
        kept.clear();
    auto shared = std::make_shared<const python::Tree>(std::move(*tree));
    kept.insert(fileName, Kept{modified, file.size(), shared});
    return shared;
}

} // namespace

bool ProjectModules::isInside(const QString &path) const
{
    const QString root = QFileInfo(m_environment.readableRoot()).canonicalFilePath();
    const QString file = QFileInfo(path).canonicalFilePath();
    return !root.isEmpty() && (file == root || file.startsWith(root + QLatin1Char('/')));
}

QString ProjectModules::fileOf(const std::string &dottedName) const
{
    if (!isModuleName(dottedName))
        return {};
    for (const QString &root : m_environment.importRoots) {
        const QString base = QDir(root).filePath(relativePath(dottedName));
        for (const QString &candidate : {base + QLatin1String("/__init__.py"), base + QLatin1String(".py")}) {
            if (QFileInfo(candidate).isFile() && isInside(candidate))
                return candidate;
        }
    }
    return {};
}

QString ProjectModules::folderOf(const std::string &dottedName) const
{
    if (!isModuleName(dottedName))
        return {};
    for (const QString &root : m_environment.importRoots) {
        const QString folder = QDir(root).filePath(relativePath(dottedName));
        if (QFileInfo(folder).isDir() && isInside(folder))
            return folder;
    }
    return {};
}

bool ProjectModules::hasTopLevel(const std::string &dottedName) const { return isPackage(dottedName) || !fileOf(dottedName).isEmpty(); }

std::string ProjectModules::packageOf(const QString &fileName) const
{
    const QString file = QFileInfo(fileName).absoluteFilePath();
    QString best;
    for (const QString &root : m_environment.importRoots) {
        const QString folder = QDir(QFileInfo(root).absoluteFilePath()).absolutePath();
        if (file.startsWith(folder + QLatin1Char('/')) && folder.size() > best.size())
            best = folder;
    }
    if (best.isEmpty())
        return {};
    QString package = QFileInfo(file).absolutePath().mid(best.size() + 1);
    return package.replace(QLatin1Char('/'), QLatin1Char('.')).toStdString();
}

std::string ProjectModules::firstProblem() const
{
    return m_problems.empty() ? std::string() : "in the module '" + m_problems.begin()->first + "', " + m_problems.begin()->second;
}

Value ProjectModules::import(Interpreter &interpreter, const std::string &dottedName)
{
    const QString fileName = fileOf(dottedName);
    if (!fileName.isEmpty())
        return evaluate(interpreter, dottedName, fileName);
    if (!isPackage(dottedName))
        return {};
    return interpreter.module(dottedName, [dottedName](Interpreter &inner, const std::string &name) -> Value {
        if (name.starts_with("__"))
            return {};
        return inner.importModule(dottedName + '.' + name);
    });
}

Value ProjectModules::evaluate(Interpreter &interpreter, const std::string &dottedName, const QString &fileName)
{
    auto tree = parsedModule(fileName);
    if (!tree) {
        const std::string what =
            tree.error().code == ErrorCode::FileNotReadable ? "cannot be read" : "has a syntax error in line " + std::to_string(tree.error().line);
        m_problems[dottedName] = "it " + what;
        return interpreter.unknown(StopKind::NotUnderstood, "the module '" + dottedName + "' " + what, dottedName);
    }
    m_trees.push_back(*tree);
    const python::Tree &kept = *m_trees.back();
    Value module = interpreter.module(dottedName, [this, dottedName](Interpreter &inner, const std::string &name) -> Value {
        const std::string submodule = dottedName + '.' + name;
        if (!fileOf(submodule).isEmpty() || isPackage(submodule))
            return inner.importModule(submodule);
        const auto problem = m_problems.find(dottedName);
        if (problem == m_problems.end() || name.starts_with("__"))
            return {};
        return inner.unknown(StopKind::NotUnderstood, "'" + name + "' of the module '" + dottedName + "' is not known: " + problem->second,
                             submodule);
    });
    interpreter.registerModule(dottedName, module);
    ++m_depth;
    const auto run = interpreter.runModule(kept, dottedName, fileName);
    --m_depth;
    if (!run) {
        const python::Failure &failure = run.error();
        if (failure.kind == python::Failure::Kind::Stopped && (failure.stopKind == StopKind::OverBudget || failure.stopKind == StopKind::Cancelled))
            interpreter.stop(failure.stopKind, failure.text.toStdString());
        int line = 0;
        for (const python::FrameLine &frame : failure.trace) {
            if (frame.file == fileName)
                line = frame.line;
        }
        const std::string what = failure.kind == python::Failure::Kind::Exception
                                     ? failure.exceptionType.toStdString() + ": " + failure.text.toStdString()
                                     : failure.text.toStdString();
        m_problems[dottedName] = "the module could be read up to line " + std::to_string(line) + " only (" + what + ")";
    }
    return module;
}

} // namespace stillroom::script
