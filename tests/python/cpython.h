// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

/// The system's Python, asked what tree it makes of a script (dump_ast.py).
namespace stillroom::python {

struct CPythonTrees {
    int minorVersion = 0;    ///< 11 for Python 3.11
    QList<QByteArray> trees; ///< as treeText() writes them, or "ERROR line:column text"
};

/// Empty path when there is no Python.
[[nodiscard]] QString cpythonPath();
[[nodiscard]] QString cpythonLibrary(); ///< the folder of its standard library

[[nodiscard]] CPythonTrees cpythonTreesOfFiles(const QStringList &files);
[[nodiscard]] CPythonTrees cpythonTrees(const QList<QByteArray> &scripts);

} // namespace stillroom::python
