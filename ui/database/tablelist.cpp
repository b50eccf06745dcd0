// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/database/tablelist.h"

#include <algorithm>

namespace stillroom::ui {

TableList::TableList(const Theme *theme, QObject *parent) : QAbstractListModel(parent), m_theme(theme) {}

void TableList::show(SnapshotPtr snapshot, const std::vector<int> &matches)
{
    beginResetModel();
    m_snapshot = std::move(snapshot);
    m_matches = matches;
    m_shown.clear();
    for (int i = 0; m_snapshot && i < int(m_snapshot->tables.size()); ++i) {
        if (matches.empty() || matches[std::size_t(i)] > 0)
            m_shown.push_back(i);
    }
    endResetModel();
}

int TableList::tableAt(int row) const { return row < 1 || row > int(m_shown.size()) ? -1 : m_shown[std::size_t(row - 1)]; }

int TableList::rowOf(int table) const
{
    if (table < 0)
        return 0;
    const auto found = std::ranges::find(m_shown, table);
    return found == m_shown.end() ? -1 : int(found - m_shown.begin()) + 1;
}

int TableList::rowCount(const QModelIndex &parent) const { return parent.isValid() || !m_snapshot ? 0 : int(m_shown.size()) + 1; }

QVariant TableList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int table = tableAt(index.row());
    const database::CatalogTable *t = table < 0 ? nullptr : &m_snapshot->tables[std::size_t(table)];
    switch (role) {
    case Qt::DisplayRole: {
        const QString name = t ? tableName(*t) : tr("All tables");
        if (m_matches.empty())
            return t ? name : tr("%1 (%2)").arg(name).arg(m_snapshot->tables.size());
        int count = t ? m_matches[std::size_t(table)] : 0;
        for (const int shown : m_shown)
            count += t ? 0 : m_matches[std::size_t(shown)];
        return tr("%1 (%2)").arg(name).arg(count);
    }
    case Qt::ToolTipRole:
        return t ? QStringLiteral("%1 %2%3%4")
                       .arg(t->kind, tableName(*t), t->comment.isEmpty() ? QString() : QStringLiteral("\n") + t->comment,
                            t->unreadable.isEmpty() ? QString() : QStringLiteral("\n") + tr("Not all could be read: %1").arg(t->unreadable))
                 : QVariant();
    case Qt::DecorationRole: {
        if (t && !t->unreadable.isEmpty())
            return m_theme->icon(QStringLiteral("warning"), IconTone::Warning);
        const bool isView = t && t->kind.contains(QLatin1String("view"));
        return m_theme->icon(!t ? QStringLiteral("tables") : isView ? QStringLiteral("view") : QStringLiteral("table"), IconTone::Muted);
    }
    default:
        return {};
    }
}

} // namespace stillroom::ui
