// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// What two texts may differ in and still be equal. Every rule has its reason in normalise.cpp; there is no other place
/// where a comparison with Alembic allows for anything.
namespace stillroom::conformance {

/// `sqlalchemy`: version that made the Alembic side, since rules hold for versions.
[[nodiscard]] QStringList normalisedStatements(const QString &offlineSql, const QString &sqlalchemy);
[[nodiscard]] QString normalisedStatement(const QString &sql, const QString &sqlalchemy);
/// Without the statements of the version table, for the one case that normalise.cpp gives the reason of.
[[nodiscard]] QStringList withoutVersionStatements(QStringList statements);
/// Lines of sqlite_schema.
[[nodiscard]] QStringList normalisedSqliteSchema(const QStringList &lines);

} // namespace stillroom::conformance
