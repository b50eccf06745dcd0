// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/interpreter.h"
#include "python/tree.h"
#include "script/evaluation.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stillroom::script {

class Library;

/// The project's own files as modules: found under Environment::importRoots, read only inside the project, evaluated by
/// the interpreter that imports them. A module that stops half-way keeps the names that it had by then; the others are Unknown with
/// the reason why it stopped.
class ProjectModules {
public:
    explicit ProjectModules(const Environment &environment) : m_environment(environment) {}

    /// The module, or Empty when the project has no such file.
    [[nodiscard]] python::Value import(python::Interpreter &interpreter, const std::string &dottedName);
    /// The package that a file of the project belongs to, as `from . import x` in it counts; empty: none.
    [[nodiscard]] std::string packageOf(const QString &fileName) const;
    /// Lets go of what has been imported; the interpreter has done so already.
    void forget()
    {
        m_trees.clear();
        m_problems.clear();
    }
    /// The file that a module of this name would come from; empty: none.
    [[nodiscard]] QString fileOf(const std::string &dottedName) const;
    [[nodiscard]] bool isPackage(const std::string &dottedName) const { return !folderOf(dottedName).isEmpty(); }
    /// The folder of a package; empty: none.
    [[nodiscard]] QString folderOf(const std::string &dottedName) const;
    /// The first part of some dotted names of the project is a folder or file in it.
    [[nodiscard]] bool hasTopLevel(const std::string &dottedName) const;
    /// Why a module that was imported so far could not be read to its end; empty: each could.
    [[nodiscard]] std::string firstProblem() const;
    /// A module of the project is being evaluated.
    [[nodiscard]] bool isEvaluating() const { return m_depth > 0; }

private:
    [[nodiscard]] python::Value evaluate(python::Interpreter &interpreter, const std::string &dottedName, const QString &fileName);
    [[nodiscard]] bool isInside(const QString &path) const;

    const Environment &m_environment;
    std::vector<std::shared_ptr<const python::Tree>> m_trees; ///< the interpreter points into them
    std::map<std::string, std::string> m_problems;            ///< by module: why its top level stopped
    int m_depth = 0;                                          ///< modules that are being evaluated
};

} // namespace stillroom::script
