// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/keywordsmodel.h"

#include "base/sentence.h"
#include "ui/theme.h"

#include <QFont>

#include <algorithm>

namespace stillroom::ui {

using database::ConnectionKeyword;
using database::ValueSource;

namespace {

QString dots() { return QString(8, QChar(0x2022)); }

} // namespace

QString sourceWords(const database::EffectiveValue &value)
{
    switch (value.source) {
    case ValueSource::None:
        return {};
    case ValueSource::Given:
        return KeywordsModel::tr("given here");
    case ValueSource::Service:
        return KeywordsModel::tr("service %1").arg(value.from);
    case ValueSource::Environment:
        return KeywordsModel::tr("variable %1").arg(value.from);
    case ValueSource::PasswordFile:
        return value.from;
    case ValueSource::BuiltIn:
        return KeywordsModel::tr("libpq's default");
    }
    return {};
}

KeywordsModel::KeywordsModel(QObject *parent) : QAbstractTableModel(parent), m_keywords(database::connectionKeywords()) { resolve(); }

void KeywordsModel::setGiven(const database::KeywordValues &given)
{
    beginResetModel();
    m_given = given;
    resolve();
    endResetModel();
    Q_EMIT givenChanged();
}

QString KeywordsModel::value(const QString &keyword) const
{
    const auto found = std::ranges::find(m_given, keyword, &std::pair<QString, QString>::first);
    return found == m_given.end() ? QString() : found->second;
}

void KeywordsModel::setValue(const QString &keyword, const QString &value)
{
    if (this->value(keyword) == value)
        return;
    const auto found = std::ranges::find(m_given, keyword, &std::pair<QString, QString>::first);
    if (value.isEmpty())
        m_given.erase(found);
    else if (found != m_given.end())
        found->second = value;
    else
        m_given.emplace_back(keyword, value);
    resolve();
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT givenChanged();
}

QString KeywordsModel::effective(const QString &keyword) const
{
    const auto found = std::ranges::find(m_values, keyword, [](const database::EffectiveValue &v) { return v.keyword.name; });
    return found == m_values.end() ? QString() : found->value;
}

void KeywordsModel::resolve()
{
    const auto values = database::effectiveValues(m_given);
    m_values = values.value_or(std::vector<database::EffectiveValue>{});
    m_problem = values ? QString() : sentence(values.error());
}

int KeywordsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_keywords.size()); }

int KeywordsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant KeywordsModel::data(const QModelIndex &index, int role) const
{
    const ConnectionKeyword &keyword = m_keywords[std::size_t(index.row())];
    const database::EffectiveValue value =
        std::size_t(index.row()) < m_values.size() ? m_values[std::size_t(index.row())] : database::EffectiveValue{};
    const bool isSecret = keyword.shown == ConnectionKeyword::Shown::Secret;
    if (role == Qt::FontRole && index.column() == KeywordColumn)
        return monospaceFont();
    if (role == Qt::ToolTipRole) {
        QStringList lines{keyword.label};
        if (!keyword.environmentVariable.isEmpty())
            lines += tr("Variable: %1").arg(keyword.environmentVariable);
        if (!keyword.builtIn.isEmpty())
            lines += tr("Default: %1").arg(keyword.builtIn);
        return lines.join(QLatin1Char('\n'));
    }
    if (role == Qt::AccessibleTextRole && index.column() == KeywordColumn)
        return QStringLiteral("%1, %2").arg(keyword.name, keyword.label);
    if (role == Qt::EditRole && index.column() == ValueColumn)
        return this->value(keyword.name);
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(index.column())) {
    case KeywordColumn:
        return keyword.name;
    case ValueColumn: {
        const QString given = this->value(keyword.name);
        return isSecret && !given.isEmpty() ? dots() : given;
    }
    case ForceColumn:
        return isSecret && value.source != ValueSource::None ? dots() : value.value;
    case SourceColumn:
        return sourceWords(value);
    case ColumnCount:
        break;
    }
    return {};
}

bool KeywordsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || index.column() != ValueColumn)
        return false;
    setValue(m_keywords[std::size_t(index.row())].name, value.toString().trimmed());
    return true;
}

Qt::ItemFlags KeywordsModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | (index.column() == ValueColumn ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QVariant KeywordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case KeywordColumn:
        return tr("Keyword");
    case ValueColumn:
        return tr("Given here");
    case ForceColumn:
        return tr("In force");
    case SourceColumn:
        return tr("Comes from");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace stillroom::ui
