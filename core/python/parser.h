// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/tree.h"

#include <QByteArray>

#include "base/error.h"

namespace stillroom::python {

/// Parses a whole script. `bytes` as read from the disk: the encoding declaration (PEP 263) and a byte order mark are
/// honoured. Errors: ScriptSyntax with line, column, detail (the parser's words) and the line's text in `statement`;
/// ScriptIsPython2 when the syntax error is one that Python 2 would accept (print statement, `except X, e`, `0777`, backticks, `<>`, …).
/// Thread-safe; never recurses without bound (deeply nested input gives ScriptSyntax).
[[nodiscard]] Result<Tree> parse(const QByteArray &bytes, const QString &fileName);

/// Parses only what stands at the top level, so that a project of 10,000 revisions opens fast: the bodies of functions
/// and classes are skipped by indentation and come empty. The bodies of top-level if, for, while, try, with and match
/// statements are module code, so they are there. Same errors, for what was read.
[[nodiscard]] Result<Tree> parseTopLevel(const QByteArray &bytes, const QString &fileName);

/// Parses one expression (a value the user gives for an unknown name).
[[nodiscard]] Result<Tree> parseExpression(const QByteArray &bytes, const QString &fileName);

} // namespace stillroom::python
