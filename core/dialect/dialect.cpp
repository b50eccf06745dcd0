// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/dialect.h"

namespace stillroom::dialect {

Dialect::~Dialect() = default;
SchemaLookup::~SchemaLookup() = default;

QString dialectName(DialectKind kind) { return kind == DialectKind::PostgreSql ? QStringLiteral("postgresql") : QStringLiteral("sqlite"); }

std::optional<DialectKind> dialectFromName(const QString &name)
{
    if (name == QLatin1String("postgresql") || name == QLatin1String("postgres"))
        return DialectKind::PostgreSql;
    if (name == QLatin1String("sqlite"))
        return DialectKind::Sqlite;
    return std::nullopt;
}

} // namespace stillroom::dialect
