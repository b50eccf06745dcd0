// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/ledger.h"

#include "dialect/dialect.h"

namespace stillroom::migration {

using database::Session;
using dialect::Dialect;
using dialect::DialectKind;

sql::QualifiedName ledgerTable(const sql::QualifiedName &versionTable)
{
    sql::QualifiedName table = versionTable;
    table.name = sql::Identifier(QStringLiteral("stillroom_history"));
    return table;
}

Result<bool> hasLedger(Session &session, const sql::QualifiedName &versionTable)
{
    const auto dialect = Dialect::create(session.kind());
    const sql::QualifiedName table = ledgerTable(versionTable);
    const QString master =
        table.schema.isEmpty() ? QStringLiteral("sqlite_master") : dialect->quoted(table.schema) + QStringLiteral(".sqlite_master");
    const auto found =
        session.execute(session.kind() == DialectKind::Sqlite
                            ? QStringLiteral("SELECT 1 FROM %1 WHERE type = 'table' AND lower(name) = 'stillroom_history'").arg(master)
                            : QStringLiteral("SELECT 1 WHERE pg_catalog.to_regclass(%1) IS NOT NULL").arg(dialect->literal(dialect->quoted(table))));
    if (!found)
        return std::unexpected(found.error());
    return !found->rows.empty();
}

QString ledgerCreateText(DialectKind kind, const sql::QualifiedName &versionTable)
{
    const auto dialect = Dialect::create(kind);
    return QStringLiteral("CREATE TABLE %1 (\n"
                          "    run VARCHAR(64) NOT NULL, \n"
                          "    number INTEGER NOT NULL, \n"
                          "    revision VARCHAR(255) NOT NULL, \n"
                          "    direction VARCHAR(16) NOT NULL, \n"
                          "    applied_at %2 NOT NULL, \n"
                          "    applied_by VARCHAR(255) NOT NULL, \n"
                          "    host VARCHAR(255) NOT NULL, \n"
                          "    program VARCHAR(255) NOT NULL, \n"
                          "    statements INTEGER NOT NULL, \n"
                          "    taken_from TEXT NOT NULL, \n"
                          "    PRIMARY KEY (run, number)\n"
                          ")")
        .arg(dialect->quoted(ledgerTable(versionTable)),
             kind == DialectKind::Sqlite ? QStringLiteral("TIMESTAMP") : QStringLiteral("TIMESTAMP WITH TIME ZONE"));
}

QString ledgerInsertText(DialectKind kind, const sql::QualifiedName &versionTable, const LedgerEntry &entry)
{
    const auto dialect = Dialect::create(kind);
    QStringList values{dialect->literal(entry.run),
                       QString::number(entry.number),
                       dialect->literal(entry.revision),
                       dialect->literal(entry.direction),
                       QStringLiteral("CURRENT_TIMESTAMP"),
                       dialect->literal(entry.by.left(255)),
                       dialect->literal(entry.host.left(255)),
                       dialect->literal(entry.program.left(255)),
                       QString::number(entry.statements),
                       dialect->literal(entry.takenFrom)};
    return QStringLiteral("INSERT INTO %1 (run, number, revision, direction, applied_at, applied_by, host, program, statements, taken_from) VALUES (")
               .arg(dialect->quoted(ledgerTable(versionTable))) +
           values.join(QStringLiteral(", ")) + QLatin1Char(')');
}

Result<std::vector<LedgerEntry>> readLedger(Session &session, const sql::QualifiedName &versionTable)
{
    std::vector<LedgerEntry> entries;
    const auto exists = hasLedger(session, versionTable);
    if (!exists)
        return std::unexpected(exists.error());
    if (!*exists)
        return entries;
    const bool isSqlite = session.kind() == DialectKind::Sqlite;
    const auto dialect = Dialect::create(session.kind());
    const auto rows = session.execute(
        QStringLiteral("SELECT run, number, revision, direction, %1, applied_by, host, program, statements, taken_from FROM %2 "
                       "ORDER BY applied_at DESC, run DESC, number DESC")
            .arg(isSqlite ? QStringLiteral("applied_at") : QStringLiteral("to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"),
                 dialect->quoted(ledgerTable(versionTable))));
    if (!rows)
        return std::unexpected(rows.error());
    for (const auto &row : rows->rows) {
        entries.push_back({row.at(0).toString(), row.at(1).toInt(), row.at(2).toString(), row.at(3).toString(), row.at(4).toString(),
                           row.at(5).toString(), row.at(6).toString(), row.at(7).toString(), row.at(8).toInt(), row.at(9).toString()});
    }
    return entries;
}

} // namespace stillroom::migration
