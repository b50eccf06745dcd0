// SPDX-License-Identifier: GPL-3.0-or-later
// A table of PostgreSQL as a description that a batch with recreate="always" can write again. Source: SQLAlchemy,
// "Reflecting Database Objects"; PostgreSQL, "System Catalogs".
#include "database/catalogreader.h"
#include "database/livetable.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::database {

namespace {

using Row = std::vector<QVariant>;

sql::ExpressionPtr verbatim(const QString &text) { return sql::makeExpression(sql::LiteralColumn{text}); }

std::vector<sql::Identifier> identifiers(const QStringList &names) { return {names.begin(), names.end()}; }

sql::Column columnOf(const CatalogColumn &column)
{
    sql::Column made;
    made.name = column.name;
    made.type.family = sql::TypeFamily::Custom;
    made.type.name = column.type;
    if (!column.collation.isEmpty())
        made.type.name += QStringLiteral(" COLLATE ") + quotedName(column.collation);
    made.nullable = !column.notNull;
    made.nullableGiven = true;
    made.isPrimaryKey = column.primaryKeyPosition > 0;
    made.autoincrement = false;
    if (!column.defaultText.isEmpty())
        made.serverDefault = verbatim(column.defaultText);
    if (!column.identity.isEmpty())
        made.identity = sql::Identity{.always = column.identity == QLatin1String("ALWAYS"), .options = {}};
    if (!column.generated.isEmpty()) {
        // "(expression) STORED"
        const qsizetype kindStart = column.generated.lastIndexOf(QLatin1Char(' '));
        made.computed = sql::Computed{verbatim(column.generated.mid(1, kindStart - 2)), column.generated.endsWith(QLatin1String(" STORED"))};
    }
    if (!column.comment.isEmpty())
        made.comment = column.comment;
    return made;
}

QString actionOf(const QString &action) { return action == QLatin1String("NO ACTION") ? QString() : action; }

/// What is left are the words of the definition; a column may be called "PERIOD x".
QString withoutQuotedNames(const QString &definition)
{
    static const QRegularExpression quoted(QStringLiteral("\"(?:[^\"]|\"\")*\""));
    return QString(definition).replace(quoted, QStringLiteral("\"\""));
}

Result<sql::Constraint> constraintOf(const CatalogTable &table, const CatalogConstraint &constraint)
{
    sql::Constraint made;
    made.name = constraint.name;
    const QString initially = constraint.isDeferred ? QStringLiteral("DEFERRED") : QString();
    if (constraint.isDeferrable) {
        made.deferrable = true;
        made.initially = initially;
    }
    const auto lost = [&](const QString &what) {
        return std::unexpected(Error{
            .code = ErrorCode::OperationNotSupported,
            .subject = table.name,
            .detail = QStringLiteral("rebuilding table %1 would lose %2 (%3: %4)").arg(table.name, what, constraint.name, constraint.definition)});
    };
    if (!constraint.isValidated)
        return lost(QStringLiteral("that a constraint is not validated"));
    // What stands in the definition alone. PostgreSQL 15: a list behind SET NULL; 18: PERIOD, WITHOUT OVERLAPS, NOT ENFORCED.
    static const QRegularExpression unknownPart(
        QStringLiteral("\\b(?:INCLUDE \\(|NULLS NOT DISTINCT|WITHOUT OVERLAPS|PERIOD|SET (?:NULL|DEFAULT) \\(|NOT ENFORCED)"));
    if (constraint.kind != CatalogConstraint::Kind::Check && withoutQuotedNames(constraint.definition).contains(unknownPart))
        return lost(QStringLiteral("a part of a constraint"));
    switch (constraint.kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        made.kind = sql::PrimaryKeyConstraint{identifiers(constraint.columns)};
        break;
    case CatalogConstraint::Kind::Unique:
        made.kind = sql::UniqueConstraint{identifiers(constraint.columns)};
        break;
    case CatalogConstraint::Kind::ForeignKey: {
        sql::ForeignKeyConstraint key;
        key.columns = identifiers(constraint.columns);
        key.referredTable = {constraint.referredSchema, constraint.referredTable};
        key.referredColumns = identifiers(constraint.referredColumns);
        key.options.onUpdate = actionOf(constraint.onUpdate);
        key.options.onDelete = actionOf(constraint.onDelete);
        if (constraint.definition.contains(QLatin1String(" MATCH FULL")))
            key.options.match = QStringLiteral("FULL");
        if (constraint.isDeferrable) {
            key.options.deferrable = true;
            key.options.initially = initially;
        }
        made.kind = std::move(key);
        break;
    }
    case CatalogConstraint::Kind::Check: {
        static const QRegularExpression check(QStringLiteral("^CHECK \\((.*)\\)$"), QRegularExpression::DotMatchesEverythingOption);
        const auto match = check.match(constraint.definition);
        if (!match.hasMatch())
            return lost(QStringLiteral("a part of a check constraint"));
        made.kind = sql::CheckConstraint{verbatim(match.captured(1))};
        break;
    }
    case CatalogConstraint::Kind::Exclusion:
        return lost(QStringLiteral("an exclusion constraint"));
    }
    return made;
}

sql::Index indexOf(const sql::QualifiedName &table, const CatalogTable &catalog, const CatalogIndex &index)
{
    sql::Index made;
    made.name = index.name;
    made.table = table;
    made.isUnique = index.isUnique;
    for (const QString &text : index.columns) {
        const bool isColumn = std::ranges::find(catalog.columns, text, &CatalogColumn::name) != catalog.columns.end();
        made.elements.push_back(isColumn ? sql::IndexElement{sql::makeExpression(sql::ColumnReference{nullptr, text}), text}
                                         : sql::IndexElement{verbatim(text), {}});
    }
    return made;
}

Result<void> readIdentities(Session &session, const QString &oid, sql::Table &table)
{
    const auto outcome = session.execute(
        QStringLiteral("SELECT a.attname, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle FROM pg_catalog.pg_attribute a"
                       " JOIN pg_catalog.pg_depend d ON d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype = 'i'"
                       " AND d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = d.classid"
                       " JOIN pg_catalog.pg_sequence s ON s.seqrelid = d.objid WHERE a.attrelid = %1 AND a.attidentity <> ''")
            .arg(oid));
    if (!outcome)
        return std::unexpected(outcome.error());
    for (const Row &row : outcome->rows) {
        const auto column = std::ranges::find(table.columns, row[0].toString(), [](const sql::Column &each) { return each.name.text; });
        if (column == table.columns.end() || !column->identity)
            continue;
        sql::SequenceOptions &options = column->identity->options;
        options.start = row[1].toLongLong();
        options.increment = row[2].toLongLong();
        options.minValue = row[3].toLongLong();
        options.maxValue = row[4].toLongLong();
        options.cache = row[5].toLongLong();
        options.cycle = row[6].toBool();
    }
    return {};
}

Result<QStringList> viewsOver(Session &session, const QString &oid)
{
    const auto outcome =
        session.execute(QStringLiteral("SELECT DISTINCT v.oid::regclass::text FROM pg_catalog.pg_depend d"
                                       " JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid JOIN pg_catalog.pg_class v ON v.oid = r.ev_class"
                                       " WHERE d.refobjid = %1 AND d.refclassid = 'pg_catalog.pg_class'::regclass"
                                       " AND d.classid = 'pg_catalog.pg_rewrite'::regclass AND v.oid <> d.refobjid ORDER BY 1")
                            .arg(oid));
    if (!outcome)
        return std::unexpected(outcome.error());
    QStringList views;
    for (const Row &row : outcome->rows)
        views.append(row[0].toString());
    return views;
}

} // namespace

Result<std::optional<dialect::StandingTable>> livePostgreSqlTable(Session &session, const sql::QualifiedName &name)
{
    const QString written =
        name.schema.isEmpty() ? quotedName(name.name.text) : quotedName(name.schema.text) + QLatin1Char('.') + quotedName(name.name.text);
    const auto found = session.execute(QStringLiteral("SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                                                      " ON n.oid = c.relnamespace WHERE c.oid = to_regclass(%1) AND c.relkind IN ('r', 'p')")
                                           .arg(quotedText(written, dialect::DialectKind::PostgreSql)));
    if (!found)
        return std::unexpected(found.error());
    if (found->rows.empty())
        return std::nullopt;
    const QString oid = found->rows.front()[0].toString(), schema = found->rows.front()[1].toString(), relation = found->rows.front()[2].toString();
    const auto tables = readPostgreSqlTables(session, schema + QLatin1Char('.') + relation);
    if (!tables)
        return std::unexpected(tables.error());
    const auto catalog = std::ranges::find_if(*tables, [&](const CatalogTable &table) { return table.schema == schema && table.name == relation; });
    if (catalog == tables->end())
        return std::nullopt;

    dialect::StandingTable standing;
    standing.table.name = name;
    for (const CatalogColumn &column : catalog->columns)
        standing.table.columns.push_back(columnOf(column));
    for (const CatalogConstraint &constraint : catalog->constraints) {
        auto made = constraintOf(*catalog, constraint);
        if (!made)
            return std::unexpected(std::move(made).error());
        standing.table.constraints.push_back(std::move(*made));
    }
    for (const CatalogIndex &index : catalog->indexes) {
        if (!index.constraintName.isEmpty())
            continue;
        standing.table.indexes.push_back(indexOf(name, *catalog, index));
        standing.indexSql.append(index.definition);
    }
    standing.triggerSql = catalog->triggers;
    if (!catalog->comment.isEmpty())
        standing.table.comment = catalog->comment;
    if (auto read = readIdentities(session, oid, standing.table); !read)
        return std::unexpected(std::move(read).error());
    auto views = viewsOver(session, oid);
    if (!views)
        return std::unexpected(std::move(views).error());
    standing.viewNames = std::move(*views);
    return standing;
}

} // namespace stillroom::database
