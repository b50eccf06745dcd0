// SPDX-License-Identifier: GPL-3.0-or-later
// Source: SQLite, "The Schema Table", "PRAGMA functions" (table_xinfo, foreign_key_list, index_list, index_xinfo).
#include "database/catalogreader.h"
#include "database/sqlitetext.h"

#include <QHash>
#include <QRegularExpression>

#include <algorithm>

namespace stillroom::database {

namespace {

using Row = std::vector<QVariant>;

// table_xinfo's column "hidden"
constexpr int kVirtualColumn = 2, kStoredColumn = 3;
// index_xinfo's column number of an expression
constexpr int kExpression = -2;

QString filter(const QString &onlyTable)
{
    if (onlyTable.isEmpty())
        return {};
    QString name = onlyTable;
    if (name.startsWith(QLatin1String("main."), Qt::CaseInsensitive))
        name = name.mid(5);
    return QStringLiteral(" AND m.tbl_name COLLATE NOCASE IN (%1, %2)")
        .arg(quotedText(onlyTable, dialect::DialectKind::Sqlite), quotedText(name, dialect::DialectKind::Sqlite));
}

bool isVirtual(const QString &sql) { return sql.startsWith(QLatin1String("CREATE VIRTUAL"), Qt::CaseInsensitive); }

CatalogColumn columnOf(const Row &row)
{
    CatalogColumn column;
    column.name = row[1].toString();
    column.type = row[2].toString();
    column.notNull = row[3].toBool();
    column.defaultText = row[4].toString();
    column.primaryKeyPosition = row[5].toInt();
    return column;
}

QString shownName(const QString &name)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    return plain.match(name).hasMatch() ? name : quotedName(name);
}

QString nameList(const QStringList &names)
{
    QStringList shown;
    for (const QString &name : names)
        shown.append(shownName(name));
    return QLatin1Char('(') + shown.join(QStringLiteral(", ")) + QLatin1Char(')');
}

/// As pg_get_constraintdef would say it.
QString definitionOf(const CatalogConstraint &constraint)
{
    switch (constraint.kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        return QStringLiteral("PRIMARY KEY ") + nameList(constraint.columns);
    case CatalogConstraint::Kind::Unique:
        return QStringLiteral("UNIQUE ") + nameList(constraint.columns);
    case CatalogConstraint::Kind::ForeignKey: {
        QString text = QStringLiteral("FOREIGN KEY %1 REFERENCES %2").arg(nameList(constraint.columns), shownName(constraint.referredTable));
        if (!constraint.referredColumns.isEmpty())
            text += nameList(constraint.referredColumns);
        if (constraint.onUpdate != QLatin1String("NO ACTION"))
            text += QStringLiteral(" ON UPDATE ") + constraint.onUpdate;
        if (constraint.onDelete != QLatin1String("NO ACTION"))
            text += QStringLiteral(" ON DELETE ") + constraint.onDelete;
        if (constraint.isDeferrable)
            text += constraint.isDeferred ? QStringLiteral(" DEFERRABLE INITIALLY DEFERRED") : QStringLiteral(" DEFERRABLE");
        return text;
    }
    case CatalogConstraint::Kind::Check:
    case CatalogConstraint::Kind::Exclusion:
        return constraint.definition;
    }
    return {};
}

/// Reads the tables and what belongs to them, by one query for each kind of thing; views and virtual tables, which may be
/// broken and would spoil such a query, one by one.
class SqliteReader {
public:
    SqliteReader(Session &session, const QString &onlyTable) : m_session(session), m_filter(filter(onlyTable)) {}

    [[nodiscard]] Result<std::vector<CatalogTable>> read()
    {
        for (const auto part : {&SqliteReader::readHeads, &SqliteReader::readColumns, &SqliteReader::readForeignKeys, &SqliteReader::readIndexes,
                                &SqliteReader::readTriggers}) {
            if (auto done = (this->*part)(); !done)
                return std::unexpected(std::move(done).error());
        }
        for (CatalogTable &table : m_tables)
            finish(table);
        return std::move(m_tables);
    }

private:
    /// `query`: columns, then everything after FROM sqlite_master m; each row's first value is the table's name.
    template<class Add>
    [[nodiscard]] Result<void> spread(const QString &columns, const QString &rest, const Add &add)
    {
        const auto outcome = m_session.execute(QStringLiteral("SELECT m.tbl_name, %1 FROM main.sqlite_master m %2").arg(columns, rest));
        if (!outcome)
            return std::unexpected(outcome.error());
        for (const Row &row : outcome->rows) {
            if (const auto place = m_places.constFind(row[0].toString().toLower()); place != m_places.constEnd())
                add(m_tables[*place], row);
        }
        return {};
    }
    [[nodiscard]] QString tablesOnly() const
    {
        return QStringLiteral("WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") + m_filter;
    }

    [[nodiscard]] Result<void> readHeads()
    {
        const auto outcome =
            m_session.execute(QStringLiteral("SELECT m.name, m.type, m.sql FROM main.sqlite_master m WHERE m.type IN ('table', 'view')"
                                             " AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'") +
                              m_filter);
        if (!outcome)
            return std::unexpected(outcome.error());
        for (const Row &row : outcome->rows) {
            CatalogTable table;
            table.name = row[0].toString();
            table.sql = row[2].toString();
            table.kind = isVirtual(table.sql) ? QStringLiteral("virtual table") : row[1].toString();
            m_places.insert(table.name.toLower(), m_tables.size());
            m_tables.push_back(std::move(table));
        }
        return {};
    }

    [[nodiscard]] Result<void> readColumns()
    {
        const QString columns = QStringLiteral("x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden");
        const auto add = [](CatalogTable &table, const Row &row) {
            CatalogColumn column = columnOf(row);
            if (const int hidden = row[6].toInt(); hidden == kVirtualColumn || hidden == kStoredColumn)
                column.generated = hidden == kVirtualColumn ? QStringLiteral("VIRTUAL") : QStringLiteral("STORED");
            table.columns.push_back(std::move(column));
        };
        const QString join = QStringLiteral("JOIN pragma_table_xinfo(m.name, 'main') x ");
        if (auto done = spread(columns, join + tablesOnly() + QStringLiteral(" ORDER BY m.name, x.cid"), add); !done)
            return done;
        for (CatalogTable &table : m_tables) {
            if (table.kind == QLatin1String("table"))
                continue;
            const QString one = QStringLiteral("WHERE m.name = %1 ORDER BY x.cid").arg(quotedText(table.name, dialect::DialectKind::Sqlite));
            if (auto done = spread(columns, join + one, add); !done) {
                if (done.error().code != ErrorCode::StatementFailed)
                    return done;
                table.unreadable = done.error().detail;
            }
        }
        return {};
    }

    [[nodiscard]] Result<void> readForeignKeys()
    {
        // SQLite numbers foreign keys from the last one written to the first.
        return spread(QStringLiteral("f.id, f.seq, f.\"table\", f.\"from\", f.\"to\", f.on_update, f.on_delete"),
                      QStringLiteral("JOIN pragma_foreign_key_list(m.name, 'main') f ") + tablesOnly() +
                          QStringLiteral(" ORDER BY m.name, f.id DESC, f.seq"),
                      [](CatalogTable &table, const Row &row) {
                          if (row[2].toInt() == 0) {
                              CatalogConstraint key;
                              key.kind = CatalogConstraint::Kind::ForeignKey;
                              key.referredTable = row[3].toString();
                              key.onUpdate = row[6].toString();
                              key.onDelete = row[7].toString();
                              table.constraints.push_back(std::move(key));
                          }
                          table.constraints.back().columns.append(row[4].toString());
                          if (row[5].isValid())
                              table.constraints.back().referredColumns.append(row[5].toString());
                      });
    }

    [[nodiscard]] Result<void> readIndexes()
    {
        QHash<QString, QString> definitions;
        if (auto done = spread(QStringLiteral("m.name, m.sql"), QStringLiteral("WHERE m.type = 'index' AND m.sql IS NOT NULL") + m_filter,
                               [&](CatalogTable &, const Row &row) { definitions.insert(row[1].toString(), row[2].toString()); });
            !done)
            return done;
        // An index made by a UNIQUE of the table comes after those that were written before it: sequence number descending
        // is the order of the text.
        return spread(QStringLiteral("i.name, i.\"unique\", i.origin, x.name, x.cid"),
                      QStringLiteral("JOIN pragma_index_list(m.name, 'main') i LEFT JOIN pragma_index_xinfo(i.name, 'main') x ON x.key = 1 ") +
                          tablesOnly() + QStringLiteral(" ORDER BY m.name, i.seq DESC, x.seqno"),
                      [&](CatalogTable &table, const Row &row) { addIndexColumn(table, row, definitions); });
    }

    static void addIndexColumn(CatalogTable &table, const Row &row, const QHash<QString, QString> &definitions)
    {
        const QString name = row[1].toString(), origin = row[3].toString();
        const bool isOfConstraint = origin == QLatin1String("u");
        if (table.indexes.empty() || table.indexes.back().name != name) {
            CatalogIndex index;
            index.name = name;
            index.isUnique = row[2].toBool();
            index.isPrimary = origin == QLatin1String("pk");
            index.definition = definitions.value(name);
            table.indexes.push_back(std::move(index));
            if (isOfConstraint)
                table.constraints.emplace_back().kind = CatalogConstraint::Kind::Unique;
        }
        const QString column = row[5].toInt() == kExpression ? QStringLiteral("<expression>") : row[4].toString();
        table.indexes.back().columns.append(column);
        if (isOfConstraint)
            table.constraints.back().columns.append(column);
    }

    [[nodiscard]] Result<void> readTriggers()
    {
        return spread(QStringLiteral("m.sql"), QStringLiteral("WHERE m.type = 'trigger'") + m_filter + QStringLiteral(" ORDER BY m.tbl_name, m.name"),
                      [](CatalogTable &table, const Row &row) { table.triggers.append(row[1].toString()); });
    }

    static void finish(CatalogTable &table)
    {
        std::vector<std::pair<int, QString>> key;
        for (const CatalogColumn &column : table.columns) {
            if (column.primaryKeyPosition > 0)
                key.emplace_back(column.primaryKeyPosition, column.name);
        }
        if (!key.empty()) {
            std::ranges::sort(key);
            CatalogConstraint constraint;
            constraint.kind = CatalogConstraint::Kind::PrimaryKey;
            for (auto &[position, name] : key)
                constraint.columns.append(std::move(name));
            table.constraints.insert(table.constraints.begin(), std::move(constraint));
        }
        if (table.kind == QLatin1String("table"))
            addFromText(table);
        for (CatalogConstraint &constraint : table.constraints)
            constraint.definition = definitionOf(constraint);
        // Not std::stable_sort: with GCC 12's library clang refuses it (a deprecated function inside).
        std::vector<CatalogConstraint> ordered;
        using enum CatalogConstraint::Kind;
        for (const CatalogConstraint::Kind kind : {PrimaryKey, Unique, ForeignKey, Check}) {
            std::ranges::copy_if(table.constraints, std::back_inserter(ordered), [kind](const CatalogConstraint &each) { return each.kind == kind; });
        }
        table.constraints = std::move(ordered);
    }

    Session &m_session;
    QString m_filter;
    std::vector<CatalogTable> m_tables;
    QHash<QString, size_t> m_places;
};

} // namespace

Result<std::vector<CatalogTable>> readSqliteTables(Session &session, const QString &onlyTable) { return SqliteReader(session, onlyTable).read(); }

} // namespace stillroom::database
