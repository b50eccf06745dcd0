// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace stillroom::sql {

/// A name with SQLAlchemy's quoting wish: `quoted_name(x, quote=True)`, Column(quote=False), or none, in which case
/// the dialect decides. `isConventional` marks names from op.f(), which no naming convention touches again.
struct Identifier {
    QString text;
    std::optional<bool> quote;
    bool isConventional = false;

    Identifier() = default;
    Identifier(QString name) : text(std::move(name)) {}
    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    bool operator==(const Identifier &) const = default;
};

/// A table, view or sequence, with its schema (empty: none).
struct QualifiedName {
    Identifier schema;
    Identifier name;
    bool operator==(const QualifiedName &) const = default;
};

} // namespace stillroom::sql
