// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "python/token.h"

#include <QByteArray>

#include <expected>
#include <string>

/// Bytes of a script as text (Python reference, "Encoding declarations"; PEP 263).
namespace stillroom::python {

struct SourceText {
    std::string text; ///< valid UTF-8, newlines as \n, no byte order mark, no NUL
    bool isAscii = false;
};

[[nodiscard]] std::expected<SourceText, SyntaxFailure> readSource(const QByteArray &bytes);

} // namespace stillroom::python
