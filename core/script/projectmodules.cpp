// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/projectmodules.h"

#include "python/parser.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

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

} // namespace

bool ProjectModules::isInside(const QString &path) const
{
    const QString root = QFileInfo(m_environment.projectRoot).canonicalFilePath();
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

bool ProjectModules::isPackage(const std::string &dottedName) const
{
    if (!isModuleName(dottedName))
        return false;
    for (const QString &root : m_environment.importRoots) {
        const QString folder = QDir(root).filePath(relativePath(dottedName));
        if (QFileInfo(folder).isDir() && isInside(folder))
            return true;
    }
    return false;
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
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestModule) {
        return interpreter.unknown(StopKind::NotUnderstood, "the module '" + dottedName + "' cannot be read", dottedName);
    }
    auto tree = python::parse(file.readAll(), fileName);
    if (!tree) {
        return interpreter.unknown(StopKind::NotUnderstood,
                                   "the module '" + dottedName + "' has a syntax error in line " + std::to_string(tree.error().line), dottedName);
    }
    m_trees.push_back(std::make_unique<python::Tree>(std::move(*tree)));
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
    const auto run = interpreter.runModule(kept, dottedName, fileName);
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
