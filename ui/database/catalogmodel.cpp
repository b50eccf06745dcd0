// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/database/catalogmodel.h"

namespace stillroom::ui {

using database::CatalogConstraint;
using database::CatalogTable;

QString tableName(const CatalogTable &table)
{
    const bool isPlain = table.schema.isEmpty() || table.schema == QLatin1String("public") || table.schema == QLatin1String("main");
    return isPlain ? table.name : table.schema + QLatin1Char('.') + table.name;
}

QString constraintKindName(CatalogConstraint::Kind kind)
{
    switch (kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        return CatalogModel::tr("Primary key");
    case CatalogConstraint::Kind::Unique:
        return CatalogModel::tr("Unique");
    case CatalogConstraint::Kind::ForeignKey:
        return CatalogModel::tr("Foreign key");
    case CatalogConstraint::Kind::Check:
        return CatalogModel::tr("Check");
    case CatalogConstraint::Kind::Exclusion:
        return CatalogModel::tr("Exclusion");
    }
    return {};
}

namespace {

QString constraintIcon(CatalogConstraint::Kind kind)
{
    switch (kind) {
    case CatalogConstraint::Kind::PrimaryKey:
        return QStringLiteral("key");
    case CatalogConstraint::Kind::Unique:
        return QStringLiteral("unique");
    case CatalogConstraint::Kind::ForeignKey:
        return QStringLiteral("foreign");
    case CatalogConstraint::Kind::Check:
        return QStringLiteral("check");
    case CatalogConstraint::Kind::Exclusion:
        return QStringLiteral("close");
    }
    return {};
}

} // namespace

CatalogModel::CatalogModel(const Theme *theme, CatalogPart part, QObject *parent) : QAbstractTableModel(parent), m_theme(theme), m_part(part)
{
    switch (part) {
    case CatalogPart::Columns:
        m_headers = {tr("Table"), tr("Column"), tr("Type"), tr("Null"), tr("Default"), tr("Remarks")};
        break;
    case CatalogPart::Constraints:
        m_headers = {tr("Table"), tr("Constraint"), tr("Kind"), tr("Columns"), tr("Valid"), tr("Definition")};
        break;
    case CatalogPart::Indexes:
        m_headers = {tr("Table"), tr("Index"), tr("Kind"), tr("Columns"), tr("Valid"), tr("Definition")};
        break;
    }
}

void CatalogModel::setSnapshot(SnapshotPtr snapshot)
{
    beginResetModel();
    m_rows.clear();
    for (std::size_t i = 0; snapshot && i < snapshot->tables.size(); ++i) {
        switch (m_part) {
        case CatalogPart::Columns:
            addColumns(int(i), snapshot->tables[i]);
            break;
        case CatalogPart::Constraints:
            addConstraints(int(i), snapshot->tables[i]);
            break;
        case CatalogPart::Indexes:
            addIndexes(int(i), snapshot->tables[i]);
            break;
        }
    }
    endResetModel();
}

void CatalogModel::addColumns(int number, const CatalogTable &table)
{
    for (const database::CatalogColumn &c : table.columns) {
        QStringList remarks;
        if (c.primaryKeyPosition > 0)
            remarks += tr("primary key");
        if (!c.identity.isEmpty())
            remarks += tr("identity %1").arg(c.identity);
        if (!c.generated.isEmpty())
            remarks += tr("generated %1").arg(c.generated);
        if (!c.collation.isEmpty())
            remarks += tr("collation %1").arg(c.collation);
        if (!c.comment.isEmpty())
            remarks += c.comment;
        m_rows.push_back(
            {number,
             {tableName(table), c.name, c.type, c.notNull ? tr("not null") : tr("null"), c.defaultText, remarks.join(QStringLiteral(", "))},
             c.primaryKeyPosition > 0 ? QStringLiteral("key") : QStringLiteral("column")});
    }
}

void CatalogModel::addConstraints(int number, const CatalogTable &table)
{
    for (const CatalogConstraint &c : table.constraints) {
        QString columns = c.columns.join(QStringLiteral(", "));
        if (c.kind == CatalogConstraint::Kind::ForeignKey && !c.referredTable.isEmpty())
            columns += QStringLiteral(" → %1 (%2)").arg(c.referredTable, c.referredColumns.join(QStringLiteral(", ")));
        m_rows.push_back({number,
                          {tableName(table), c.name.isEmpty() ? tr("(unnamed)") : c.name, constraintKindName(c.kind), columns,
                           c.isValidated ? tr("yes") : tr("NOT VALID"), c.definition},
                          constraintIcon(c.kind),
                          !c.isValidated});
    }
}

void CatalogModel::addIndexes(int number, const CatalogTable &table)
{
    for (const database::CatalogIndex &x : table.indexes) {
        const QString kind = x.isPrimary ? tr("Primary") : x.isUnique ? tr("Unique") : tr("Plain");
        m_rows.push_back({number,
                          {tableName(table), x.name, kind, x.columns.join(QStringLiteral(", ")), x.isValid ? tr("yes") : tr("INVALID"), x.definition},
                          x.isPrimary  ? QStringLiteral("key")
                          : x.isUnique ? QStringLiteral("unique")
                                       : QStringLiteral("index"),
                          !x.isValid});
    }
}

int CatalogModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }

int CatalogModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_headers.size()); }

QVariant CatalogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= m_headers.size())
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    const QString &cell = row.cells.at(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell;
    case Qt::ToolTipRole:
        return cell.isEmpty() ? QVariant() : cell;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2").arg(m_headers.at(index.column()), cell);
    case Qt::DecorationRole:
        return index.column() == 1 ? QVariant(m_theme->icon(row.icon, row.isInvalid ? IconTone::Bad : IconTone::Muted)) : QVariant();
    case Qt::ForegroundRole:
        if (row.isInvalid && index.column() == 4)
            return m_theme->tokens().bad;
        return index.column() == 0 ? QVariant(m_theme->tokens().muted) : QVariant();
    case Qt::FontRole: {
        const bool isCode = m_part == CatalogPart::Columns ? index.column() == 2 || index.column() == 4 : index.column() == 5;
        return isCode ? QVariant(monospaceFont()) : QVariant();
    }
    default:
        return {};
    }
}

QVariant CatalogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= m_headers.size())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    return role == Qt::DisplayRole ? QVariant(m_headers.at(section)) : QVariant();
}

CatalogFilter::CatalogFilter(CatalogModel *model, QObject *parent) : QSortFilterProxyModel(parent), m_model(model) { setSourceModel(model); }

void CatalogFilter::setTable(int table)
{
    m_table = table;
    invalidateFilter();
}

void CatalogFilter::setText(const QString &text)
{
    m_text = text.trimmed();
    invalidateFilter();
}

bool CatalogFilter::holdsText(int row) const
{
    if (m_text.isEmpty())
        return true;
    for (int column = 0; column < m_model->columnCount(); ++column) {
        if (m_model->index(row, column).data().toString().contains(m_text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

int CatalogFilter::countFor(int table) const
{
    int count = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        count += (table < 0 || m_model->tableAt(row) == table) && holdsText(row);
    return count;
}

bool CatalogFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    return (m_table < 0 || m_model->tableAt(row) == m_table) && holdsText(row);
}

} // namespace stillroom::ui
