// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/naming.h"

#include "script/convert.h"

#include <QRegularExpression>

namespace stillroom::script {

using python::Value;

namespace {

QString keyOf(NamedThing::Kind kind)
{
    switch (kind) {
    case NamedThing::Kind::Index:
        return QStringLiteral("ix");
    case NamedThing::Kind::Unique:
        return QStringLiteral("uq");
    case NamedThing::Kind::Check:
        return QStringLiteral("ck");
    case NamedThing::Kind::ForeignKey:
        return QStringLiteral("fk");
    case NamedThing::Kind::PrimaryKey:
        return QStringLiteral("pk");
    }
    return {};
}

/// SQLAlchemy's Column._ddl_label.
QString labelOf(const NamedThing &thing, const QString &column)
{
    QString label;
    if (!thing.table.schema.isEmpty())
        label = QString(thing.table.schema.text).replace(QLatin1Char('.'), QLatin1Char('_')) + QLatin1Char('_');
    return label + thing.table.name.text + QLatin1Char('_') + column;
}

std::optional<QString> columnToken(const NamedThing &thing, qsizetype index, const QString &what, bool isReferred)
{
    if (isReferred) {
        if (what != QLatin1String("name"))
            return std::nullopt;
        return thing.referredColumns.value(index);
    }
    if (index >= thing.columns.size())
        return QString();
    if (what == QLatin1String("name"))
        return thing.columns[index];
    if (what == QLatin1String("key"))
        return thing.columnKeys.value(index, thing.columns[index]);
    if (what == QLatin1String("label"))
        return labelOf(thing, thing.columns[index]);
    return std::nullopt;
}

std::optional<QString> tokenText(Library &library, const NamedThing &thing, const QString &token)
{
    if (token == QLatin1String("table_name"))
        return thing.table.name.text;
    if (token == QLatin1String("referred_table_name"))
        return thing.referredTable;
    if (token == QLatin1String("constraint_name")) {
        if (thing.name.isEmpty()) {
            raiseSqlAlchemy(library, "InvalidRequestError",
                            "Naming convention including %(constraint_name)s token requires that constraint "
                            "is explicitly named.");
        }
        return thing.name.text;
    }
    static const QRegularExpression kColumn(QStringLiteral("^(referred_)?column_(\\d+)(_?N)?_(\\w+)$"));
    const auto match = kColumn.match(token);
    if (!match.hasMatch())
        return std::nullopt;
    const bool isReferred = !match.captured(1).isEmpty();
    const QString what = match.captured(4);
    if (match.captured(3).isEmpty())
        return columnToken(thing, match.captured(2).toInt(), what, isReferred);
    QStringList parts;
    for (qsizetype i = 0; i < thing.columns.size(); ++i) {
        const auto part = columnToken(thing, i, what, isReferred);
        if (!part)
            return std::nullopt;
        parts.append(*part);
    }
    return parts.join(match.captured(3).startsWith(QLatin1Char('_')) ? QStringLiteral("_") : QString());
}

} // namespace

sql::Identifier nameByConvention(Library &library, const NamingConvention &convention, const NamedThing &thing,
                                 const std::map<QString, Value> &functions)
{
    if (const auto problem = convention.find(kUnknownConvention);
        problem != convention.end() && !thing.name.isConventional &&
        (thing.name.isEmpty() || library.environment().namedByConvention.contains(keyOf(thing.kind))))
        library.noteName(
            QStringLiteral("the naming convention of env.py's target_metadata may give a name here, and cannot be known: %1").arg(problem->second));
    const auto found = convention.find(keyOf(thing.kind));
    if (thing.name.isConventional || found == convention.end())
        return thing.name;
    const QString &format = found->second;
    if (!thing.name.isEmpty() && !format.contains(QLatin1String("constraint_name")))
        return thing.name;
    static const QRegularExpression kToken(QStringLiteral("%\\((\\w+)\\)(?:\\.(\\d+))?s|%%"));
    QString name;
    qsizetype from = 0;
    auto matches = kToken.globalMatch(format);
    while (matches.hasNext()) {
        const auto match = matches.next();
        name += QStringView(format).mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QString token = match.captured(1);
        if (token.isEmpty()) {
            name += QLatin1Char('%');
            continue;
        }
        if (functions.contains(token)) {
            library.interpreter().stop(python::StopKind::NotUnderstood,
                                       "the naming convention's token '" + token.toStdString() + "' is a function of the script");
        }
        const auto text = tokenText(library, thing, token);
        if (!text)
            library.interpreter().raise("KeyError", token.toStdString());
        name += match.captured(2).isEmpty() ? *text : text->left(match.captured(2).toInt());
    }
    name += QStringView(format).mid(from);
    sql::Identifier made(name);
    made.isConventional = true;
    return made;
}

NamingConvention defaultConvention() { return {{QStringLiteral("ix"), QStringLiteral("ix_%(column_0_label)s")}}; }

NamingConvention environmentConvention(const Library &library)
{
    const auto &given = library.environment().namingConvention;
    NamingConvention convention;
    if (given.isEmpty()) {
        convention = defaultConvention();
        if (!library.environment().conventionProblem.isEmpty())
            convention.insert_or_assign(kUnknownConvention, library.environment().conventionProblem);
        return convention;
    }
    for (auto it = given.cbegin(); it != given.cend(); ++it)
        convention.insert_or_assign(it.key(), it.value());
    return convention;
}

} // namespace stillroom::script
