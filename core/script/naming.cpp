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
    if (what == QLatin1String("label")) {
        const QString own = thing.columnLabels.value(index);
        return own.isEmpty() ? labelOf(thing, thing.columns[index]) : own;
    }
    return std::nullopt;
}

/// The first column in an expression, as SQLAlchemy walks it; null: it holds none.
struct FirstColumn {
    const sql::Expression *operator()(const sql::UnaryExpression &unary) const { return of(unary.operand); }
    const sql::Expression *operator()(const sql::BinaryExpression &b) const { return among({b.left, b.right, b.third}); }
    const sql::Expression *operator()(const sql::BooleanClauses &list) const { return among(list.clauses); }
    const sql::Expression *operator()(const sql::FunctionCall &call) const { return among(call.arguments); }
    const sql::Expression *operator()(const sql::CastExpression &cast) const { return of(cast.operand); }
    const sql::Expression *operator()(const sql::TypeCoerce &coerce) const { return of(coerce.operand); }
    const sql::Expression *operator()(const sql::CollateExpression &collate) const { return of(collate.operand); }
    const sql::Expression *operator()(const sql::ExtractExpression &extract) const { return of(extract.operand); }
    const sql::Expression *operator()(const sql::LabelExpression &label) const { return of(label.operand); }
    const sql::Expression *operator()(const sql::GroupingExpression &grouping) const { return of(grouping.operand); }
    const sql::Expression *operator()(const sql::CaseExpression &cases) const
    {
        std::vector<sql::ExpressionPtr> parts{cases.value};
        for (const auto &[condition, outcome] : cases.whens)
            parts.insert(parts.end(), {condition, outcome});
        parts.push_back(cases.otherwise);
        return among(parts);
    }
    const sql::Expression *operator()(const auto &) const { return nullptr; }

    static const sql::Expression *of(const sql::ExpressionPtr &e)
    {
        if (!e)
            return nullptr;
        const bool isColumn = std::holds_alternative<sql::ColumnReference>(e->node) || std::holds_alternative<sql::LiteralColumn>(e->node);
        return isColumn ? e.get() : std::visit(FirstColumn{}, e->node);
    }
    static const sql::Expression *among(const std::vector<sql::ExpressionPtr> &parts)
    {
        for (const sql::ExpressionPtr &part : parts) {
            if (const sql::Expression *found = of(part))
                return found;
        }
        return nullptr;
    }
};

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

const sql::ColumnReference *firstColumnOf(const sql::ExpressionPtr &expression)
{
    const sql::Expression *found = FirstColumn::of(expression);
    return found == nullptr ? nullptr : std::get_if<sql::ColumnReference>(&found->node);
}

void addIndexedColumn(NamedThing &thing, const sql::IndexElement &element, bool takesText)
{
    const auto add = [&](const QString &column, const QString &label) {
        thing.columns.append(column);
        thing.columnKeys.append(column);
        thing.columnLabels.append(label);
    };
    if (!element.column.isEmpty())
        return add(element.column.text, {});
    if (const auto *text = std::get_if<sql::TextClause>(&element.expression->node)) {
        if (takesText)
            add(text->text, {});
        return;
    }
    const sql::Expression *column = FirstColumn::of(element.expression);
    if (!column)
        return;
    if (const auto *literal = std::get_if<sql::LiteralColumn>(&column->node))
        return add(literal->text, QStringLiteral("None")); // SQLAlchemy has no label for it, and writes that
    const auto &reference = std::get<sql::ColumnReference>(column->node);
    add(reference.name.text, reference.table ? QString() : reference.name.text);
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
