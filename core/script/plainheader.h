// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/evaluation.h"

#include <QByteArray>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

/// The top level of a revision script, as far as it is read and not evaluated.
namespace stillroom::script {

/// A header value: None, a string, or several.
struct HeaderValue {
    QStringList texts;
    bool isNone = false;
};

struct HeaderReading {
    HeaderFields fields;
    std::map<std::string, HeaderValue, std::less<>> names; ///< what is assigned and known
    std::map<std::string, int, std::less<>> lines;         ///< of each assigned name
    bool isComputed = false;                               ///< some header value is no literal
};

inline constexpr std::string_view kHeaderNames[] = {"revision", "down_revision", "branch_labels", "depends_on"};
[[nodiscard]] inline bool isHeaderName(std::string_view name) { return std::ranges::find(kHeaderNames, name) != std::end(kHeaderNames); }

/// Reads a script whose top level is no more than Alembic's template makes it, from its tokens: a docstring, imports, names that are
/// given None or strings, functions without parameters. Most scripts are, and a tree of them would take three times as long.
/// False: it is more than that, or there is something wrong with it; the parser tells.
[[nodiscard]] bool readPlainHeader(HeaderReading &reading, const QByteArray &bytes);

} // namespace stillroom::script
