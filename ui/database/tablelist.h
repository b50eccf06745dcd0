// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/database/catalogmodel.h"

namespace stillroom::ui {

/// "All tables", then the tables that have something for the filter, each with how much.
class TableList : public QAbstractListModel {
    Q_OBJECT
public:
    explicit TableList(const Theme *theme, QObject *parent = nullptr);
    /// `matches` holds a count for each table of the snapshot; empty: no filter, all tables are shown.
    void show(SnapshotPtr snapshot, const std::vector<int> &matches);
    [[nodiscard]] int tableAt(int row) const; ///< -1: all
    [[nodiscard]] int rowOf(int table) const; ///< -1: not shown
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    const Theme *m_theme;
    SnapshotPtr m_snapshot;
    std::vector<int> m_shown, m_matches;
};

} // namespace stillroom::ui
