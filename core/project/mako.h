// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QString>

#include <utility>
#include <vector>

/// The part of Mako that script.py.mako files use: ${expressions} with filters, `%` control lines, <% %> and <%! %> blocks,
/// ## comments, <%doc>, <%text>, %% and a backslash at a line's end. Source: Mako documentation, "Syntax", "Filtering and
/// Buffering". A template becomes a Python program, as Mako itself does it; the interpreter runs that.
namespace stillroom::project {

struct TemplateProgram {
    QString text;                   ///< leaves the rendered text in `result`
    std::vector<int> templateLines; ///< by line of text (from 0): the template's line
};

/// Names and what they stand for, as Python expressions. `_datetime`, `_Config` and `_comma` may stand in them.
using TemplateValues = std::vector<std::pair<QString, QString>>;

/// Error: TemplateNotUnderstood with the template's line, for what Mako has beyond that (tags for inheritance, defs, includes, …).
[[nodiscard]] Result<TemplateProgram> templateProgram(const QString &templateText, const TemplateValues &values);

/// A text as a Python string literal, in ASCII.
[[nodiscard]] QString pythonLiteral(const QString &text);

} // namespace stillroom::project
