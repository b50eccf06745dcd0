// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/tablewriter.h"

namespace stillroom::dialect {

namespace {

template<class T>
const T *valueOf(const sql::DialectOptions &options, const QString &name)
{
    const auto found = options.find(name);
    return found == options.end() ? nullptr : std::get_if<T>(&found->second.value);
}

} // namespace

std::optional<bool> optionBool(const sql::DialectOptions &options, const QString &name)
{
    if (const bool *flag = valueOf<bool>(options, name))
        return *flag;
    if (const qint64 *number = valueOf<qint64>(options, name))
        return *number != 0;
    return std::nullopt;
}

bool optionIsTrue(const sql::DialectOptions &options, const QString &name) { return optionBool(options, name).value_or(false); }

QString optionText(const sql::DialectOptions &options, const QString &name)
{
    if (const QString *text = valueOf<QString>(options, name))
        return *text;
    if (const qint64 *number = valueOf<qint64>(options, name))
        return QString::number(*number);
    if (const sql::ExpressionPtr *e = valueOf<sql::ExpressionPtr>(options, name); e && *e) {
        if (const auto *text = std::get_if<sql::TextClause>(&(*e)->node))
            return text->text;
    }
    return {};
}

QStringList optionList(const sql::DialectOptions &options, const QString &name)
{
    if (const QStringList *list = valueOf<QStringList>(options, name))
        return *list;
    const QString text = optionText(options, name);
    return text.isEmpty() ? QStringList() : QStringList(text);
}

sql::OptionPairs optionPairs(const sql::DialectOptions &options, const QString &name)
{
    const auto *pairs = valueOf<sql::OptionPairs>(options, name);
    return pairs ? *pairs : sql::OptionPairs();
}

sql::ExpressionPtr optionExpression(const sql::DialectOptions &options, const QString &name)
{
    if (const sql::ExpressionPtr *e = valueOf<sql::ExpressionPtr>(options, name))
        return *e;
    const QString *text = valueOf<QString>(options, name);
    return text ? sql::makeExpression(sql::TextClause{.text = *text, .binds = {}}) : nullptr;
}

} // namespace stillroom::dialect
