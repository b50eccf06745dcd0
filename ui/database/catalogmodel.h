// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/catalog.h"
#include "ui/theme.h"

#include <QAbstractListModel>
#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <memory>

namespace stillroom::ui {

using SnapshotPtr = std::shared_ptr<const database::CatalogSnapshot>;
enum class CatalogPart { Columns, Constraints, Indexes };

[[nodiscard]] QString tableName(const database::CatalogTable &table);
[[nodiscard]] QString constraintKindName(database::CatalogConstraint::Kind kind);

/// One part of all tables as flat rows, the table's name in front: so one filter goes over the whole database.
class CatalogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    CatalogModel(const Theme *theme, CatalogPart part, QObject *parent = nullptr);
    void setSnapshot(SnapshotPtr snapshot);
    [[nodiscard]] int tableAt(int row) const { return m_rows[std::size_t(row)].table; }
    [[nodiscard]] bool isInvalidAt(int row) const { return m_rows[std::size_t(row)].isInvalid; }
    [[nodiscard]] CatalogPart part() const { return m_part; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        int table;
        QStringList cells;
        QString icon;
        bool isInvalid = false;
    };
    void addColumns(int number, const database::CatalogTable &table);
    void addConstraints(int number, const database::CatalogTable &table);
    void addIndexes(int number, const database::CatalogTable &table);
    const Theme *m_theme;
    CatalogPart m_part;
    QStringList m_headers;
    std::vector<Row> m_rows;
};

/// Rows of one table (-1: of all), with a text in any cell.
class CatalogFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit CatalogFilter(CatalogModel *model, QObject *parent = nullptr);
    void setTable(int table);
    void setText(const QString &text);
    /// How many rows of this table (-1: any) hold the text.
    [[nodiscard]] int countFor(int table) const;

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    [[nodiscard]] bool holdsText(int row) const;
    CatalogModel *m_model;
    int m_table = -1;
    QString m_text;
};

} // namespace stillroom::ui
