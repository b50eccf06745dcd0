// SPDX-License-Identifier: GPL-3.0-or-later
// Source: PostgreSQL, "System Catalogs" (pg_class, pg_attribute, pg_constraint, pg_index, pg_trigger) and "System Catalog
// Information Functions". One query for each kind of thing, whatever the number of tables.
#include "database/catalogreader.h"

#include <QHash>

namespace stillroom::database {

namespace {

constexpr char16_t kSeparator = 0x1f; ///< between the names of a list; no name has it

/// The tables asked for, as the first part of every query: wanted(oid, …).
QString wantedTables(const QString &onlyTable)
{
    QString query = QStringLiteral("WITH wanted AS (SELECT c.oid, n.nspname, c.relname, c.relkind::text AS kind, c.relispartition"
                                   " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                                   " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema'"
                                   " AND n.nspname !~ '^pg_'");
    if (!onlyTable.isEmpty())
        query += QStringLiteral(" AND %1 IN (c.relname, n.nspname || '.' || c.relname)")
                     .arg(quotedText(onlyTable, dialect::DialectKind::PostgreSql) + QStringLiteral("::text"));
    return query + QStringLiteral(") ");
}

// The types "name" and "char" are cast, so that they come as text and compare with text.
const char kTables[] =
    "SELECT w.oid, w.nspname, w.relname, w.kind, w.relispartition, d.description FROM wanted w"
    " LEFT JOIN pg_catalog.pg_description d ON d.objoid = w.oid AND d.objsubid = 0 AND d.classoid = 'pg_catalog.pg_class'::regclass"
    " ORDER BY w.oid";

const char kColumns[] = "SELECT a.attrelid, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                        " pg_catalog.pg_get_expr(ad.adbin, ad.adrelid), co.collname, a.attidentity::text, a.attgenerated::text, d.description"
                        " FROM wanted w JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped"
                        " JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                        " LEFT JOIN pg_catalog.pg_attrdef ad ON ad.adrelid = a.attrelid AND ad.adnum = a.attnum"
                        " LEFT JOIN pg_catalog.pg_collation co ON co.oid = a.attcollation AND a.attcollation <> t.typcollation"
                        " LEFT JOIN pg_catalog.pg_description d ON d.objoid = a.attrelid AND d.objsubid = a.attnum"
                        " AND d.classoid = 'pg_catalog.pg_class'::regclass"
                        " ORDER BY a.attrelid, a.attnum";

const char kConstraints[] =
    "SELECT con.conrelid, con.contype::text, con.conname,"
    " array_to_string(ARRAY(SELECT a.attname FROM unnest(con.conkey) WITH ORDINALITY k(num, place) JOIN pg_catalog.pg_attribute a"
    " ON a.attrelid = con.conrelid AND a.attnum = k.num ORDER BY k.place), chr(31)),"
    " fn.nspname, fc.relname,"
    " array_to_string(ARRAY(SELECT a.attname FROM unnest(con.confkey) WITH ORDINALITY k(num, place) JOIN pg_catalog.pg_attribute a"
    " ON a.attrelid = con.confrelid AND a.attnum = k.num ORDER BY k.place), chr(31)),"
    " con.confupdtype::text, con.confdeltype::text, pg_catalog.pg_get_constraintdef(con.oid, true), con.convalidated, con.condeferrable,"
    " con.condeferred"
    " FROM wanted w JOIN pg_catalog.pg_constraint con ON con.conrelid = w.oid AND con.contype IN ('p', 'u', 'f', 'c', 'x')"
    " LEFT JOIN pg_catalog.pg_class fc ON fc.oid = con.confrelid LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = fc.relnamespace"
    " ORDER BY con.conrelid, array_position(ARRAY['p', 'u', 'f', 'c', 'x'], con.contype::text), con.conname";

const char kIndexes[] =
    "SELECT i.indrelid, ic.relname,"
    " array_to_string(ARRAY(SELECT coalesce(a.attname, pg_catalog.pg_get_indexdef(i.indexrelid, k.place, true))"
    " FROM generate_series(1, i.indnkeyatts::int) k(place)"
    " LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1] AND i.indkey[k.place - 1] <> 0"
    " ORDER BY k.place), chr(31)),"
    " pg_catalog.pg_get_indexdef(i.indexrelid), i.indisunique, i.indisprimary, i.indisvalid AND i.indisready AND i.indislive, con.conname"
    " FROM wanted w JOIN pg_catalog.pg_index i ON i.indrelid = w.oid JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid"
    " LEFT JOIN pg_catalog.pg_constraint con ON con.conindid = i.indexrelid AND con.conrelid = i.indrelid AND con.contype IN ('p', 'u', 'x')"
    " ORDER BY i.indrelid, ic.relname";

const char kTriggers[] = "SELECT t.tgrelid, pg_catalog.pg_get_triggerdef(t.oid, true) FROM wanted w JOIN pg_catalog.pg_trigger t"
                         " ON t.tgrelid = w.oid AND NOT t.tgisinternal ORDER BY t.tgrelid, t.tgname";

QString kindName(const QString &relkind, bool isPartition)
{
    if (isPartition)
        return QStringLiteral("partition");
    switch (relkind.at(0).unicode()) {
    case u'p':
        return QStringLiteral("partitioned table");
    case u'v':
        return QStringLiteral("view");
    case u'm':
        return QStringLiteral("materialized view");
    case u'f':
        return QStringLiteral("foreign table");
    default:
        return QStringLiteral("table");
    }
}

CatalogConstraint::Kind constraintKind(const QString &contype)
{
    switch (contype.at(0).unicode()) {
    case u'p':
        return CatalogConstraint::Kind::PrimaryKey;
    case u'u':
        return CatalogConstraint::Kind::Unique;
    case u'f':
        return CatalogConstraint::Kind::ForeignKey;
    case u'x':
        return CatalogConstraint::Kind::Exclusion;
    default:
        return CatalogConstraint::Kind::Check;
    }
}

QString actionName(const QString &code)
{
    switch (code.at(0).unicode()) {
    case u'r':
        return QStringLiteral("RESTRICT");
    case u'c':
        return QStringLiteral("CASCADE");
    case u'n':
        return QStringLiteral("SET NULL");
    case u'd':
        return QStringLiteral("SET DEFAULT");
    default:
        return QStringLiteral("NO ACTION");
    }
}

QStringList list(const QVariant &value)
{
    const QString text = value.toString();
    return text.isEmpty() ? QStringList() : text.split(QChar(kSeparator));
}

CatalogColumn columnOf(const std::vector<QVariant> &row)
{
    CatalogColumn column;
    column.name = row[1].toString();
    column.type = row[2].toString();
    column.notNull = row[3].toBool();
    column.defaultText = row[4].toString();
    column.collation = row[5].toString();
    const QString identity = row[6].toString(), generated = row[7].toString();
    if (!identity.isEmpty())
        column.identity = identity == QLatin1String("a") ? QStringLiteral("ALWAYS") : QStringLiteral("BY DEFAULT");
    if (!generated.isEmpty()) {
        const QString inner = column.defaultText.startsWith(QLatin1Char('(')) ? column.defaultText : QStringLiteral("(%1)").arg(column.defaultText);
        column.generated = inner + (generated == QLatin1String("v") ? QStringLiteral(" VIRTUAL") : QStringLiteral(" STORED"));
        column.defaultText.clear();
    }
    column.comment = row[8].toString();
    return column;
}

CatalogConstraint constraintOf(const std::vector<QVariant> &row)
{
    CatalogConstraint constraint;
    constraint.kind = constraintKind(row[1].toString());
    constraint.name = row[2].toString();
    constraint.columns = list(row[3]);
    constraint.definition = row[9].toString();
    constraint.isValidated = row[10].toBool();
    constraint.isDeferrable = row[11].toBool();
    constraint.isDeferred = row[12].toBool();
    if (constraint.kind == CatalogConstraint::Kind::ForeignKey) {
        constraint.referredSchema = row[4].toString();
        constraint.referredTable = row[5].toString();
        constraint.referredColumns = list(row[6]);
        constraint.onUpdate = actionName(row[7].toString());
        constraint.onDelete = actionName(row[8].toString());
    }
    return constraint;
}

CatalogIndex indexOf(const std::vector<QVariant> &row)
{
    CatalogIndex index;
    index.name = row[1].toString();
    index.columns = list(row[2]);
    index.definition = row[3].toString();
    index.isUnique = row[4].toBool();
    index.isPrimary = row[5].toBool();
    index.isValid = row[6].toBool();
    index.constraintName = row[7].toString();
    return index;
}

void addConstraint(CatalogTable &table, CatalogConstraint constraint)
{
    if (constraint.kind == CatalogConstraint::Kind::PrimaryKey) {
        for (CatalogColumn &column : table.columns)
            column.primaryKeyPosition = static_cast<int>(constraint.columns.indexOf(column.name)) + 1;
    }
    table.constraints.push_back(std::move(constraint));
}

} // namespace

Result<std::vector<CatalogTable>> readPostgreSqlTables(Session &session, const QString &onlyTable)
{
    const QString wanted = wantedTables(onlyTable);
    const auto heads = session.execute(wanted + QLatin1String(kTables));
    if (!heads)
        return std::unexpected(heads.error());
    std::vector<CatalogTable> tables;
    QHash<qlonglong, size_t> places;
    for (const auto &row : heads->rows) {
        places.insert(row[0].toLongLong(), tables.size());
        CatalogTable table;
        table.schema = row[1].toString();
        table.name = row[2].toString();
        table.kind = kindName(row[3].toString(), row[4].toBool());
        table.comment = row[5].toString();
        tables.push_back(std::move(table));
    }
    // Each row's first value says to which table it belongs.
    const auto spread = [&](const char *query, const auto &add) -> Result<void> {
        const auto outcome = session.execute(wanted + QLatin1String(query));
        if (!outcome)
            return std::unexpected(outcome.error());
        for (const auto &row : outcome->rows) {
            if (const auto place = places.constFind(row[0].toLongLong()); place != places.constEnd())
                add(tables[*place], row);
        }
        return {};
    };
    using Row = std::vector<QVariant>;
    if (auto read = spread(kColumns, [](CatalogTable &table, const Row &row) { table.columns.push_back(columnOf(row)); }); !read)
        return std::unexpected(std::move(read).error());
    if (auto read = spread(kConstraints, [](CatalogTable &table, const Row &row) { addConstraint(table, constraintOf(row)); }); !read)
        return std::unexpected(std::move(read).error());
    if (auto read = spread(kIndexes, [](CatalogTable &table, const Row &row) { table.indexes.push_back(indexOf(row)); }); !read)
        return std::unexpected(std::move(read).error());
    if (auto read = spread(kTriggers, [](CatalogTable &table, const Row &row) { table.triggers.append(row[1].toString()); }); !read)
        return std::unexpected(std::move(read).error());
    return tables;
}

} // namespace stillroom::database
