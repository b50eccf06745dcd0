// SPDX-License-Identifier: GPL-3.0-or-later
// Source: SQLite, "The Schema Table" (rowid order is the order of creation; an index of a constraint has no text).
#include "database/livetable.h"

#include "database/catalogreader.h"
#include "dialect/sqlitetable.h"

#include <algorithm>

namespace stillroom::database {

namespace {

struct Entry {
    QString type, name, table, sql;
};

Result<std::vector<Entry>> readEntries(Session &session, const QString &schema)
{
    const QString from = schema.isEmpty() ? QStringLiteral("sqlite_master") : quotedName(schema) + QStringLiteral(".sqlite_master");
    auto read = session.execute(QStringLiteral("SELECT type, name, tbl_name, sql FROM ") + from + QStringLiteral(" ORDER BY rowid"));
    if (!read)
        return std::unexpected(std::move(read).error());
    std::vector<Entry> entries;
    for (const auto &row : read->rows)
        entries.push_back({row[0].toString(), row[1].toString(), row[2].toString(), row[3].toString()});
    return entries;
}

bool isSame(const QString &first, const QString &second) { return first.compare(second, Qt::CaseInsensitive) == 0; }

} // namespace

Result<std::optional<dialect::StandingTable>> liveSqliteTable(Session &session, const sql::QualifiedName &name)
{
    const auto entries = readEntries(session, name.schema.text);
    if (!entries)
        return std::unexpected(entries.error());
    const auto table =
        std::ranges::find_if(*entries, [&](const Entry &e) { return e.type == QLatin1String("table") && isSame(e.name, name.name.text); });
    if (table == entries->end())
        return std::nullopt;

    QStringList indexes, triggers, viewNames, views;
    for (const Entry &entry : *entries) {
        if (entry.type == QLatin1String("index") && isSame(entry.table, table->name) && !entry.sql.isEmpty())
            indexes += entry.sql;
        // A view of a view falls with it.
        const auto readsIt = [&] {
            return dialect::mentionsName(entry.sql, table->name) ||
                   std::ranges::any_of(viewNames, [&](const QString &view) { return dialect::mentionsName(entry.sql, view); });
        };
        if (entry.type == QLatin1String("view") && readsIt()) {
            viewNames += entry.name;
            views += entry.sql;
        }
    }
    for (const Entry &entry : *entries) {
        if (entry.type == QLatin1String("trigger") && (isSame(entry.table, table->name) || viewNames.contains(entry.table, Qt::CaseInsensitive)))
            triggers += entry.sql;
    }
    auto standing = dialect::standingSqliteTable(table->sql, indexes, triggers, viewNames, views);
    if (!standing)
        return std::unexpected(std::move(standing).error());
    return std::move(*standing);
}

} // namespace stillroom::database
