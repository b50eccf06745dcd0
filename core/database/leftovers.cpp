// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/leftovers.h"

#include "database/catalogreader.h"

namespace stillroom::database {

namespace {

const QString &batchPrefix()
{
    static const QString prefix = QStringLiteral("_alembic_tmp_");
    return prefix;
}

/// A batch table is a copy as long as its original stands; after the original was dropped it is all there is of the rows.
Leftover batchTable(const QString &name, const QString &quoted, bool hasOriginal)
{
    const QString original = name.mid(batchPrefix().size());
    return {.kind = Leftover::Kind::BatchTable,
            .name = quoted,
            .table = quotedName(original),
            .remedy = hasOriginal ? QStringLiteral("DROP TABLE ") + quoted
                                  : QStringLiteral("ALTER TABLE %1 RENAME TO %2").arg(quoted, quotedName(original))};
}

const QString kPostgreSqlQuery = QStringLiteral(
    "SELECT 'index', quote_ident(n.nspname) || '.' || quote_ident(i.relname), x.indrelid::regclass::text, ''\n"
    "FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = i.relnamespace\n"
    "WHERE NOT x.indisvalid AND i.relkind = 'i' AND n.nspname NOT LIKE 'pg\\_%'\n"
    "UNION ALL\n"
    "SELECT 'constraint', quote_ident(c.conname), c.conrelid::regclass::text, ''\n"
    "FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace\n"
    "WHERE NOT c.convalidated AND c.conrelid <> 0%1 AND n.nspname NOT LIKE 'pg\\_%'\n"
    "UNION ALL\n"
    "SELECT 'batch', t.relname::text, t.oid::regclass::text,\n"
    "  CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_class o WHERE o.relnamespace = t.relnamespace AND o.relname = substr(t.relname, 14)) THEN 'y' "
    "END\n"
    "FROM pg_catalog.pg_class t WHERE t.relkind = 'r' AND t.relname LIKE '\\_alembic\\_tmp\\_%'\n"
    "UNION ALL\n" // a copy that somebody is connected to is a rehearsal that goes on
    "SELECT 'rehearsal', quote_ident(d.datname), quote_ident(current_database()), '' FROM pg_catalog.pg_database d\n"
    // The name of the copy holds as much of this one's as has room in 63 bytes.
    "WHERE d.datname ~ '_rehearsal_[0-9]{17}$' AND (left(d.datname, -28) = current_database()\n"
    "    OR octet_length(d.datname) > 59 AND starts_with(current_database(), left(d.datname, -28)))\n"
    "  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity a WHERE a.datid = d.oid)\n"
    "ORDER BY 1, 3, 2");

/// Whether there is anything to ask the above about: without its joins, a quarter of what it costs a session that asks once.
const QString kPostgreSqlGlance = QStringLiteral("SELECT FROM pg_catalog.pg_index WHERE NOT indisvalid\n"
                                                 "UNION ALL SELECT FROM pg_catalog.pg_constraint WHERE NOT convalidated\n"
                                                 "UNION ALL SELECT FROM pg_catalog.pg_class WHERE relname LIKE '\\_alembic\\_tmp\\_%'\n"
                                                 "UNION ALL SELECT FROM pg_catalog.pg_database WHERE datname LIKE '%\\_rehearsal\\_%'\n"
                                                 "LIMIT 1");

const QString kSqliteQuery =
    QStringLiteral("SELECT t.name, EXISTS (SELECT 1 FROM sqlite_master o WHERE o.type = 'table' AND lower(o.name) = lower(substr(t.name, 14)))\n"
                   "FROM sqlite_master t WHERE t.type = 'table' AND t.name LIKE '\\_alembic\\_tmp\\_%' ESCAPE '\\' ORDER BY 1");

} // namespace

QString describe(const Leftover &leftover)
{
    switch (leftover.kind) {
    case Leftover::Kind::InvalidIndex:
        return QStringLiteral("Index %1 of %2 is INVALID: queries do not use it, but writing keeps it up. Drop it and build it again: %3;")
            .arg(leftover.name, leftover.table, leftover.remedy);
    case Leftover::Kind::UnvalidatedConstraint:
        return QStringLiteral("Constraint %1 of %2 is NOT VALID: rows from before were not checked. To check them: %3;")
            .arg(leftover.name, leftover.table, leftover.remedy);
    case Leftover::Kind::BatchTable:
        return leftover.remedy.startsWith(QLatin1String("DROP"))
                   ? QStringLiteral("Table %1 is left of a batch migration that did not end; %2 still stands. To remove it: %3;")
                         .arg(leftover.name, leftover.table, leftover.remedy)
                   : QStringLiteral(
                         "Table %1 is left of a batch migration that did not end, and %2 is gone: it holds the rows. To put it in place: %3;")
                         .arg(leftover.name, leftover.table, leftover.remedy);
    case Leftover::Kind::RehearsalCopy:
        return QStringLiteral("Database %1 is the copy of a rehearsal of %2 that was killed. To remove it, with all that is in it: %3;")
            .arg(leftover.name, leftover.table, leftover.remedy);
    }
    return {};
}

Result<std::vector<Leftover>> findLeftovers(Session &session)
{
    const bool isPostgreSql = session.kind() == dialect::DialectKind::PostgreSql;
    if (isPostgreSql) {
        const auto glance = session.execute(kPostgreSqlGlance);
        if (!glance)
            return std::unexpected(glance.error());
        if (glance->rows.empty())
            return {};
    }
    // From PostgreSQL 18 on a constraint may be NOT ENFORCED: never validated, and no leftover.
    const bool hasEnforced = session.serverVersionNumber() >= 180'000;
    const auto found =
        session.execute(isPostgreSql ? kPostgreSqlQuery.arg(hasEnforced ? QStringLiteral(" AND c.conenforced") : QString()) : kSqliteQuery);
    if (!found)
        return std::unexpected(found.error());
    std::vector<Leftover> leftovers;
    for (const auto &row : found->rows) {
        if (!isPostgreSql) {
            const QString name = row.at(0).toString();
            leftovers.push_back(batchTable(name, quotedName(name), row.at(1).toBool()));
            continue;
        }
        const QString what = row.at(0).toString(), name = row.at(1).toString(), table = row.at(2).toString();
        if (what == QLatin1String("index"))
            leftovers.push_back({Leftover::Kind::InvalidIndex, name, table, QStringLiteral("DROP INDEX CONCURRENTLY ") + name});
        else if (what == QLatin1String("constraint"))
            leftovers.push_back(
                {Leftover::Kind::UnvalidatedConstraint, name, table, QStringLiteral("ALTER TABLE %1 VALIDATE CONSTRAINT %2").arg(table, name)});
        else if (what == QLatin1String("rehearsal"))
            leftovers.push_back({Leftover::Kind::RehearsalCopy, name, table, QStringLiteral("DROP DATABASE ") + name});
        else
            leftovers.push_back(batchTable(name, table, row.at(3).isValid()));
    }
    return leftovers;
}

} // namespace stillroom::database
