// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/connectionkeywords.h"

#include <QAbstractTableModel>

namespace stillroom::ui {

/// Every keyword of libpq's: what is given here, what is in force, and where that comes from.
class KeywordsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { KeywordColumn, ValueColumn, ForceColumn, SourceColumn, ColumnCount };
    explicit KeywordsModel(QObject *parent = nullptr);

    [[nodiscard]] const database::KeywordValues &given() const { return m_given; }
    void setGiven(const database::KeywordValues &given);
    [[nodiscard]] QString value(const QString &keyword) const;
    void setValue(const QString &keyword, const QString &value);
    [[nodiscard]] QString effective(const QString &keyword) const;
    [[nodiscard]] QString problem() const { return m_problem; } ///< why nothing can be said of what is in force

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

Q_SIGNALS:
    void givenChanged();

private:
    void resolve();
    std::vector<database::ConnectionKeyword> m_keywords;
    database::KeywordValues m_given;
    std::vector<database::EffectiveValue> m_values; ///< as m_keywords; empty: not known
    QString m_problem;
};

/// "~/.pgpass", "PGHOST", "service shop", …
[[nodiscard]] QString sourceWords(const database::EffectiveValue &value);

} // namespace stillroom::ui
