// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"

/// Names as SQL text. Source: SQLAlchemy's IdentifierPreparer and the reserved words of its two dialects.
namespace stillroom::dialect {

/// Whose SQL is written, and how.
struct Spelling {
    DialectKind kind = DialectKind::PostgreSql;
    RenderOptions options;
    [[nodiscard]] bool isPostgreSql() const { return kind == DialectKind::PostgreSql; }
    [[nodiscard]] bool isSqlite() const { return kind == DialectKind::Sqlite; }
};

/// The Error of everything that a dialect cannot write; `detail` is a clause without a full stop.
[[nodiscard]] Error notSupported(const QString &detail, const QString &subject = {});

[[nodiscard]] bool needsQuotes(DialectKind kind, const QString &name);
/// Characters outside letters, digits, _ and $: what a function's name is quoted for.
[[nodiscard]] bool hasIllegalCharacters(const QString &name);
[[nodiscard]] QString inQuotes(const QString &name);
[[nodiscard]] QString quotedIdentifier(DialectKind kind, const sql::Identifier &name);
[[nodiscard]] QString quotedName(DialectKind kind, const sql::QualifiedName &name);
/// Alembic's ALTER statements quote each part of a dotted schema by itself.
[[nodiscard]] QString quotedAlterName(DialectKind kind, const sql::QualifiedName &name);
[[nodiscard]] QString quotedDotted(DialectKind kind, const sql::Identifier &name);
/// Name of a constraint or index: a conventional name is cut as SQLAlchemy cuts it, another one must not be too long.
[[nodiscard]] Result<QString> constraintName(DialectKind kind, const sql::Identifier &name);
/// 'it''s'. Without a server SQLAlchemy 2.0 doubles backslashes for PostgreSQL, which standard_conforming_strings makes two; with
/// one it knows better, and so the text does not double them once RenderOptions::serverVersion is known.
[[nodiscard]] QString stringLiteral(const Spelling &spelling, const QString &text);

} // namespace stillroom::dialect
