// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"

/// Column types as SQL text. Source: SQLAlchemy's GenericTypeCompiler, PGTypeCompiler and SQLiteTypeCompiler.
namespace stillroom::dialect {

/// The type that a dialect uses: with_variant() resolved.
[[nodiscard]] const sql::SqlType &effectiveType(DialectKind kind, const sql::SqlType &type);
/// Errors: OperationNotSupported for a type that the dialect cannot write (JSONB on SQLite, NullType).
[[nodiscard]] Result<QString> typeText(DialectKind kind, const sql::SqlType &type);
/// Name of an Enum or DOMAIN on PostgreSQL, with its schema.
[[nodiscard]] Result<QString> namedTypeText(const sql::SqlType &type);

/// SQLAlchemy's `_type_affinity`: the family that decides casts, literals and operators.
enum class Affinity {
    Null,
    String,
    Integer,
    Numeric,
    Boolean,
    Date,
    DateTime,
    Time,
    Interval,
    Binary,
    Json,
    Array,
    Uuid,
    Hstore,
    Other,
};
[[nodiscard]] Affinity affinity(const sql::SqlType &type);
[[nodiscard]] bool isEnum(const sql::SqlType &type);
/// An Enum that PostgreSQL keeps as a type of its own.
[[nodiscard]] bool isNativeEnum(const sql::SqlType &type);
[[nodiscard]] int enumLength(const sql::SqlType &type);

} // namespace stillroom::dialect
