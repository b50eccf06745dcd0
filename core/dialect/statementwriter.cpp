// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressionwriter.h"

#include "dialect/expressiontypes.h"

#include <algorithm>
#include <array>

/// SELECT, its FROM list, unions and common tables, with SQLAlchemy's line breaks.
namespace stillroom::dialect {

using sql::ExpressionPtr;
using sql::FromClause;
using Place = ExpressionWriter::Place;

namespace {

bool holds(const std::vector<const FromClause *> &list, const FromClause *from) { return std::ranges::find(list, from) != list.end(); }

/// What a FROM object makes known: itself and, for a join, its parts.
void expandFrom(const FromClause &from, std::vector<const FromClause *> &out)
{
    out.push_back(&from);
    if (const auto *join = std::get_if<FromClause::Join>(&from.node)) {
        expandFrom(*join->left, out);
        expandFrom(*join->right, out);
    }
}

struct FromCollector {
    std::vector<const FromClause *> &found;

    void all(const std::vector<ExpressionPtr> &items) const
    {
        for (const ExpressionPtr &item : items)
            collectFroms(item, found);
    }
    void operator()(const sql::ColumnReference &column) const
    {
        if (column.table)
            found.push_back(column.table.get());
    }
    void operator()(const sql::UnaryExpression &unary) const
    {
        if (unary.kind != sql::UnaryExpression::Kind::Exists)
            collectFroms(unary.operand, found);
    }
    void operator()(const sql::BinaryExpression &b) const { all({b.left, b.right, b.third}); }
    void operator()(const sql::BooleanClauses &clauses) const { all(clauses.clauses); }
    void operator()(const sql::FunctionCall &call) const
    {
        all(call.arguments);
        all(call.aggregateOrderBy);
        all(call.withinGroup);
        collectFroms(call.filter, found);
        if (call.over) {
            all(call.over->partitionBy);
            all(call.over->orderBy);
        }
    }
    void operator()(const sql::CaseExpression &cases) const
    {
        collectFroms(cases.value, found);
        for (const auto &[condition, outcome] : cases.whens)
            all({condition, outcome});
        collectFroms(cases.otherwise, found);
    }
    void operator()(const sql::CastExpression &cast) const { collectFroms(cast.operand, found); }
    void operator()(const sql::TypeCoerce &coerce) const { collectFroms(coerce.operand, found); }
    void operator()(const sql::CollateExpression &collate) const { collectFroms(collate.operand, found); }
    void operator()(const sql::ExtractExpression &extract) const { collectFroms(extract.operand, found); }
    void operator()(const sql::LabelExpression &label) const { collectFroms(label.operand, found); }
    void operator()(const sql::GroupingExpression &grouping) const { collectFroms(grouping.operand, found); }
    void operator()(const sql::TupleExpression &tuple) const { all(tuple.items); }
    void operator()(const sql::ArrayExpression &array) const { all(array.items); }
    void operator()(const auto &) const {}
};

/// The name a column has by itself; empty: none.
QString ownName(const ExpressionPtr &e)
{
    if (const auto *column = std::get_if<sql::ColumnReference>(&e->node))
        return column->name.text;
    if (const auto *label = std::get_if<sql::LabelExpression>(&e->node))
        return label->label.text;
    if (const auto *literal = std::get_if<sql::LiteralColumn>(&e->node))
        return literal->text;
    return {};
}

/// What CAST and the like wrap: they are labelled as that is.
ExpressionPtr wrapped(const ExpressionPtr &e)
{
    if (const auto *cast = std::get_if<sql::CastExpression>(&e->node))
        return cast->operand;
    if (const auto *coerce = std::get_if<sql::TypeCoerce>(&e->node))
        return coerce->operand;
    if (const auto *unary = std::get_if<sql::UnaryExpression>(&e->node); unary && isFlagNegation(*unary)) {
        ExpressionPtr inner = unary->operand;
        while (const auto *more = std::get_if<sql::UnaryExpression>(&inner->node))
            inner = more->operand;
        return inner;
    }
    return nullptr;
}

/// SQLAlchemy 1.4 labels a condition spelt by the dialect and EXISTS; what other operators make stays without a label.
bool labelsUnary14(const sql::UnaryExpression &unary)
{
    using Kind = sql::UnaryExpression::Kind;
    if (unary.kind == Kind::Exists || isFlagNegation(unary))
        return true;
    const auto *inner = std::get_if<sql::UnaryExpression>(&unary.operand->node);
    const bool negatesOperator = unary.kind == Kind::Not && !std::holds_alternative<sql::BooleanClauses>(unary.operand->node);
    return negatesOperator && (inner ? labelsUnary14(*inner) : std::holds_alternative<sql::BinaryExpression>(unary.operand->node));
}

/// What makes two expressions the same column: NULL, true and false are one each, however often they are written.
const void *identityOf(const ExpressionPtr &e)
{
    static constexpr std::array<char, 3> kConstants{};
    if (const auto *list = std::get_if<sql::BooleanClauses>(&e->node); list && list->clauses.size() == 1)
        return identityOf(list->clauses.front());
    if (const auto *constant = std::get_if<sql::ConstantExpression>(&e->node))
        return &kConstants.at(static_cast<std::size_t>(constant->kind));
    return e.get();
}

QString columnIdentity(const ExpressionPtr &e)
{
    const auto number = [](const void *address) { return QString::number(reinterpret_cast<quintptr>(address)); };
    if (const auto *reference = std::get_if<sql::ColumnReference>(&e->node))
        return number(reference->table.get()) + QLatin1Char('.') + reference->name.text;
    return number(identityOf(e));
}

/// The base of an anonymous label: a function's name, a column's, else "anon".
QString anonymousBase(const ExpressionPtr &e)
{
    if (const auto *call = std::get_if<sql::FunctionCall>(&e->node)) {
        if (call->over || call->filter || !call->withinGroup.empty())
            return QStringLiteral("anon");
        const QString name = call->name.section(QLatin1Char('.'), -1);
        return isGenericFunction(name.toLower()) ? name.toLower() : name;
    }
    if (std::holds_alternative<sql::NextValue>(e->node))
        return QStringLiteral("next_value");
    const QString name = ownName(e);
    return name.isEmpty() ? QStringLiteral("anon") : name;
}

/// An item of ORDER BY or GROUP BY with the SELECT's column where the item names one by text.
ExpressionPtr withColumnsFor(const ExpressionPtr &item, const std::vector<ExpressionPtr> &columns, const QSet<QString> &labels)
{
    if (const auto *unary = std::get_if<sql::UnaryExpression>(&item->node)) {
        sql::UnaryExpression made = *unary;
        if (made.operand)
            made.operand = withColumnsFor(made.operand, columns, labels);
        return made.operand == unary->operand ? item : sql::makeExpression(std::move(made), item->type);
    }
    const auto *reference = std::get_if<sql::LabelReference>(&item->node);
    if (!reference || labels.contains(reference->name))
        return item;
    const auto named = std::ranges::find(columns.rbegin(), columns.rend(), reference->name, ownName);
    return named == columns.rend() ? item : *named;
}

} // namespace

QString labelIdentity(const sql::LabelExpression &label) { return label.label.text + QLatin1Char('\n') + columnIdentity(label.operand); }

void collectFroms(const ExpressionPtr &e, std::vector<const FromClause *> &found)
{
    if (e)
        std::visit(FromCollector{found}, e->node);
}

QString ExpressionWriter::fromName(const FromClause &from)
{
    if (!from.alias.isEmpty())
        return from.alias.text;
    if (from.isAnonymousAlias && from.aliasOf && !from.aliasOf->alias.isEmpty())
        return anonymous(&from, from.aliasOf->alias.text);
    if (const auto *named = std::get_if<FromClause::Named>(&from.node))
        return from.isAnonymousAlias ? anonymous(&from, named->name.name.text) : named->name.name.text;
    if (const auto *common = std::get_if<FromClause::Common>(&from.node)) {
        if (from.isAnonymousAlias)
            return anonymous(&from, common->table->name.isEmpty() ? QStringLiteral("anon") : common->table->name.text);
        return common->table->name.isEmpty() ? anonymous(common->table.get(), QStringLiteral("anon")) : common->table->name.text;
    }
    if (std::holds_alternative<FromClause::Verbatim>(from.node) || std::holds_alternative<FromClause::Join>(from.node))
        return {};
    return anonymous(&from, QStringLiteral("anon"));
}

QString ExpressionWriter::tableQualifiedName(const sql::ColumnReference &column)
{
    if (!column.table)
        return column.name.text;
    const auto *named = std::get_if<FromClause::Named>(&column.table->node);
    const bool isPlain = named && column.table->alias.isEmpty() && !column.table->isAnonymousAlias;
    const QString schema = isPlain && !named->name.schema.isEmpty() ? named->name.schema.text + QLatin1Char('_') : QString();
    return QString(schema).replace(QLatin1Char('.'), QLatin1Char('_')) + fromName(*column.table) + QLatin1Char('_') + column.name.text;
}

QString ExpressionWriter::columnPrefix(const FromClause &from)
{
    const QString name = fromName(from);
    if (name.isEmpty())
        return {};
    const sql::Identifier *spelled = from.alias.isEmpty() ? nullptr : &from.alias;
    const auto *named = std::get_if<FromClause::Named>(&from.node);
    if (named && !spelled && !from.isAnonymousAlias)
        return quotedName(m_spelling.kind, named->name);
    return spelled ? quotedIdentifier(m_spelling.kind, *spelled) : quotedText(name);
}

QString ExpressionWriter::fromText(const FromClause &from, const Place &place)
{
    struct Visitor {
        ExpressionWriter &w;
        const FromClause &from;
        const Place &place;

        // The alias is named before what it is of is written: both may count up the same anonymous names.
        [[nodiscard]] QString aliased(const std::function<QString()> &write) const
        {
            const QString alias = w.columnPrefix(from);
            return write() + QLatin1String(" AS ") + alias;
        }
        QString operator()(const FromClause::Named &named) const
        {
            const QString table = quotedName(w.m_spelling.kind, named.name);
            return from.alias.isEmpty() && !from.isAnonymousAlias ? table : aliased([&] { return table; });
        }
        QString operator()(const FromClause::Join &join) const
        {
            const QString word =
                join.isFull ? QStringLiteral(" FULL OUTER JOIN ") : (join.isOuter ? QStringLiteral(" LEFT OUTER JOIN ") : QStringLiteral(" JOIN "));
            const QString left = w.fromText(*join.left, place);
            QString right = w.fromText(*join.right, place);
            if (std::holds_alternative<FromClause::Join>(join.right->node))
                right = QLatin1Char('(') + right + QLatin1Char(')');
            Place inner = place;
            inner.asFrom = false;
            return left + word + right + QLatin1String(" ON ") + w.grouped(join.on, {.role = Against::AsBoolean}, inner);
        }
        QString operator()(const FromClause::Derived &derived) const
        {
            Place inner;
            inner.asFrom = true;
            inner.isLateral = derived.isLateral;
            const QString text = aliased([&] { return QLatin1Char('(') + w.statement(derived.select, inner, Standing::Nested) + QLatin1Char(')'); });
            return (derived.isLateral ? QLatin1String("LATERAL ") : QLatin1String("")) + text;
        }
        QString operator()(const FromClause::FromFunction &function) const
        {
            const QString text = (function.isLateral ? QLatin1String("LATERAL ") : QLatin1String("")) + aliased([&] {
                                     const QString call = w.expression(function.call, Place{});
                                     return function.withOrdinality ? call + QLatin1String(" WITH ORDINALITY") : call;
                                 });
            if (function.columns.empty())
                return text;
            QStringList names;
            for (std::size_t i = 0; i < function.columns.size(); ++i) {
                names += quotedIdentifier(w.m_spelling.kind, function.columns[i]);
                if (i < function.types.size() && function.types[i])
                    names.back() += QLatin1Char(' ') + w.taken(typeText(w.m_spelling.kind, *function.types[i]));
            }
            return text + QLatin1Char('(') + names.join(QLatin1String(", ")) + QLatin1Char(')');
        }
        QString operator()(const FromClause::Common &common) const { return w.commonTable(from, *common.table); }
        QString operator()(const FromClause::ValuesList &values) const
        {
            QStringList rows;
            for (const auto &row : values.rows) {
                QStringList items;
                for (const ExpressionPtr &item : row)
                    items += w.expression(item, Place{});
                rows += QLatin1Char('(') + items.join(QLatin1String(", ")) + QLatin1Char(')');
            }
            QStringList names;
            for (const sql::Identifier &column : values.columns)
                names += quotedIdentifier(w.m_spelling.kind, column);
            const QString text = QLatin1String("(VALUES ") + rows.join(QLatin1String(", ")) + QLatin1Char(')');
            return from.alias.isEmpty() ? text
                                        : aliased([&] { return text; }) + QLatin1String(" (") + names.join(QLatin1String(", ")) + QLatin1Char(')');
        }
        QString operator()(const FromClause::Verbatim &text) const { return text.text; }
    };
    return std::visit(Visitor{*this, from, place}, from.node);
}

QString ExpressionWriter::commonTable(const FromClause &from, const sql::CommonTable &table)
{
    const QString name = table.name.isEmpty() ? anonymous(&table, QStringLiteral("anon")) : table.name.text;
    registerCommonTable(table, name);
    const QString text = table.name.isEmpty() ? quotedText(name) : quotedIdentifier(m_spelling.kind, table.name);
    const bool isAliased = from.isAnonymousAlias || (!from.alias.isEmpty() && from.alias.text != name);
    return isAliased ? text + QLatin1String(" AS ") + columnPrefix(from) : text;
}

void ExpressionWriter::registerCommonTable(const sql::CommonTable &table, const QString &name)
{
    With &with = table.isNesting && !m_nestedWiths.empty() ? m_nestedWiths.back() : m_with;
    for (const auto &[known, text] : with.tables) {
        if (known == name)
            return;
    }
    // The place is taken before its text is written: a recursive table names itself. SQLAlchemy puts a table behind those it
    // needs, since their texts are finished first.
    with.tables.emplace_back(name, QString());
    with.isRecursive = with.isRecursive || table.isRecursive;
    QString text = table.name.isEmpty() ? quotedText(name) : quotedIdentifier(m_spelling.kind, table.name);
    QStringList columns;
    for (const sql::Identifier &column : table.columns)
        columns += quotedIdentifier(m_spelling.kind, column);
    if (columns.isEmpty() && table.isRecursive && table.statement) {
        const sql::Statement *first = table.statement.get();
        while (const auto *compound = std::get_if<sql::CompoundSelect>(&first->node)) {
            if (compound->selects.empty())
                break;
            first = compound->selects.front().get();
        }
        if (const auto *select = std::get_if<sql::Select>(&first->node)) {
            for (const ExpressionPtr &column : select->columns)
                columns += quotedText(ownName(column).isEmpty() ? anonymous(identityOf(column), anonymousBase(column)) : ownName(column));
        }
    }
    if (!columns.isEmpty())
        text += QLatin1Char('(') + columns.join(QLatin1String(", ")) + QLatin1Char(')');
    const QString prefix =
        !table.materialized ? QString() : (*table.materialized ? QStringLiteral("MATERIALIZED ") : QStringLiteral("NOT MATERIALIZED "));
    const std::vector<Level> outer = std::exchange(m_levels, {});
    Place inner;
    inner.asFrom = true;
    text += QLatin1String(" AS ") + prefix + QLatin1String("\n(") + statement(table.statement, inner, Standing::Nested) + QLatin1Char(')');
    m_levels = outer;
    std::erase_if(with.tables, [&](const auto &entry) { return entry.first == name; });
    with.tables.emplace_back(name, text);
}

QString ExpressionWriter::With::text() const
{
    if (tables.empty())
        return {};
    QStringList texts;
    for (const auto &[name, written] : tables)
        texts += written;
    return (isRecursive ? QLatin1String("WITH RECURSIVE ") : QLatin1String("WITH ")) + texts.join(QLatin1String(", \n")) + QLatin1String("\n ");
}

std::vector<const FromClause *> ExpressionWriter::displayFroms(const sql::Select &s, bool asFrom)
{
    std::vector<const FromClause *> all;
    for (const sql::FromPtr &from : s.from)
        all.push_back(from.get());
    for (const ExpressionPtr &column : s.columns)
        collectFroms(column, all);
    collectFroms(s.where, all);
    std::vector<const FromClause *> froms;
    std::vector<const FromClause *> hidden;
    for (const FromClause *from : all) {
        if (!from || holds(froms, from))
            continue;
        froms.push_back(from);
        if (const auto *join = std::get_if<FromClause::Join>(&from->node)) {
            expandFrom(*join->left, hidden);
            expandFrom(*join->right, hidden);
        }
    }
    std::erase_if(froms, [&](const FromClause *from) { return holds(hidden, from); });
    if (m_levels.empty())
        return froms;
    const Level &outer = m_levels.back();
    std::vector<const FromClause *> explicitly = outer.correlateFroms;
    if (asFrom)
        std::erase_if(explicitly, [&](const FromClause *from) { return holds(outer.asFromFroms, from); });
    const auto named = [](const std::vector<sql::FromPtr> &list, const FromClause *from) {
        return std::ranges::any_of(list, [from](const sql::FromPtr &one) { return one.get() == from; });
    };
    if (s.correlate)
        std::erase_if(froms, [&](const FromClause *from) { return named(*s.correlate, from) && holds(explicitly, from); });
    if (s.correlateExcept)
        std::erase_if(froms, [&](const FromClause *from) { return !named(*s.correlateExcept, from) && holds(explicitly, from); });
    if (!s.correlate && !s.correlateExcept && !asFrom && froms.size() > 1) {
        std::erase_if(froms, [&](const FromClause *from) { return holds(outer.asFromFroms, from); });
        if (froms.empty())
            fail(QStringLiteral(
                "a SELECT returned no FROM clauses due to auto-correlation; specify correlate(<tables>) to control correlation manually"));
    }
    return froms;
}

ExpressionWriter::AnonymousName ExpressionWriter::anonymousName(const ExpressionPtr &column)
{
    if (const ExpressionPtr inner = wrapped(column); inner && !std::holds_alternative<sql::TextClause>(inner->node)) {
        const QString name = ownName(inner);
        return name.isEmpty() ? anonymousName(inner) : AnonymousName{nullptr, name};
    }
    return {identityOf(column), anonymousBase(column)};
}

QString ExpressionWriter::repeatedLabel(const ExpressionPtr &column, const QString &qualified, int repeat)
{
    const QString identity = columnIdentity(column);
    if (const ExpressionPtr inner = wrapped(column)) {
        if (const QString name = ownName(inner); !name.isEmpty())
            return numbered(identity, name + QLatin1Char('_'));
    }
    QString base = !qualified.isEmpty() ? qualified : ownName(column);
    for (ExpressionPtr inner = wrapped(column); base.isEmpty() && inner; inner = wrapped(inner)) {
        if (const auto *reference = std::get_if<sql::ColumnReference>(&inner->node))
            base = tableQualifiedName(*reference);
    }
    if (const ExpressionPtr inner = wrapped(column);
        inner && std::holds_alternative<sql::UnaryExpression>(column->node) && std::holds_alternative<sql::BinaryExpression>(inner->node))
        base = anonymous(identityOf(inner), QStringLiteral("anon")); // NOT (a = ANY b): the parentheses are labelled, and lend that label
    if (base.isEmpty())
        base = std::holds_alternative<sql::FunctionCall>(column->node) ? anonymousBase(column) : QStringLiteral("anon");
    return numbered(QStringLiteral("%1 %2").arg(identity).arg(repeat), base + QLatin1Char('_'));
}

/// The label a column is given among the others: under the name it has (null: none is needed), as another of that name, or as
/// one more of its own. An anonymous one takes its number when it is written, and not every column's is.
/// Source: SQLAlchemy, SelectState's names of columns ("dedupe" labels have two underscores).
std::function<QString()> ExpressionWriter::labelAmong(const ExpressionPtr &column, const QString &effective, const QString &qualified,
                                                      ColumnNames &names)
{
    const QString identity = columnIdentity(column);
    const auto repeated = [this, column, qualified, repeat = names.repeats] { return repeatedLabel(column, qualified, repeat); };
    if (effective.isEmpty()) {
        const AnonymousName name = anonymousName(column);
        const QString key = name.identity ? QStringLiteral("%1\n%2").arg(reinterpret_cast<quintptr>(name.identity)).arg(name.base) : name.base;
        const bool isRepeated = names.taken.contains(key);
        names.taken.insert(key, identity);
        if (!isRepeated)
            return [this, name] { return name.identity ? anonymous(name.identity, name.base) : name.base; };
        ++names.repeats;
        return repeated;
    }
    const auto known = names.taken.constFind(effective);
    if (known == names.taken.constEnd()) {
        names.taken.insert(effective, identity);
        return {};
    }
    if (*known == identity) {
        ++names.repeats;
        return repeated;
    }
    const QString other = numbered(identity, effective);
    if (names.taken.contains(other)) {
        ++names.repeats;
        return repeated;
    }
    names.taken.insert(other, identity);
    return [other] { return other; };
}

QString ExpressionWriter::labelledColumn(const ExpressionPtr &column, const Place &place, bool tableQualified, ColumnNames &names)
{
    Place inner = place;
    inner.withinColumns = true;
    inner.asFrom = false;
    const auto *reference = std::get_if<sql::ColumnReference>(&column->node);
    const bool isLabel = std::holds_alternative<sql::LabelExpression>(column->node);
    // a text or a column of no table is written as it is, however often
    if (std::holds_alternative<sql::TextClause>(column->node) || std::holds_alternative<sql::LiteralColumn>(column->node) ||
        (reference && !reference->table))
        return expression(column, inner);
    const auto labelled = [&](const QString &name) {
        inner.withinLabel = true;
        return expression(column, inner) + QLatin1String(" AS ") + quotedText(name);
    };
    const QString name = ownName(column);
    QString qualified;
    if (tableQualified && reference)
        qualified = tableQualifiedName(*reference);
    const QString effective = qualified.isEmpty() ? name : qualified;
    const std::function<QString()> label = labelAmong(column, effective, qualified, names);
    if (isLabel)
        return expression(column, inner);
    if (!name.isEmpty()) {
        if (label)
            return labelled(label());
        return effective != name || place.asFrom ? labelled(effective) : expression(column, inner);
    }
    if (const auto *unary = std::get_if<sql::UnaryExpression>(&column->node); unary && unary->operand && !place.asFrom) {
        const bool isSpeltAsCondition = m_spelling.isSqlite() && isFlagNegation(*unary);
        const ExpressionPtr operand = isFlagNegation(*unary) ? wrapped(column) : unary->operand;
        const bool isLabelled = m_spelling.options.sqlalchemy14 ? labelsUnary14(*unary) : isSpeltAsCondition || ownName(operand).isEmpty();
        if (!isLabelled)
            return expression(column, inner);
    }
    return labelled(label());
}

QString ExpressionWriter::selectColumns(const std::vector<ExpressionPtr> &columns, const Place &place, bool tableQualified)
{
    ColumnNames names;
    QStringList texts;
    for (const ExpressionPtr &column : columns)
        texts += labelledColumn(column, place, tableQualified, names);
    return texts.join(QLatin1String(", "));
}

QString ExpressionWriter::whereText(const ExpressionPtr &where, const Place &place)
{
    if (!where)
        return {};
    return grouped(where, {.role = Against::AsBoolean}, place);
}

QString ExpressionWriter::orderList(const std::vector<ExpressionPtr> &items, const Place &place, const QSet<QString> &labels)
{
    Place inner = place;
    inner.orderLabels = &labels;
    QStringList texts;
    for (const ExpressionPtr &item : items)
        texts += grouped(item, {.role = Against::Comma}, inner);
    return texts.join(QLatin1String(", "));
}

QString ExpressionWriter::limitText(const ExpressionPtr &limit, const ExpressionPtr &offset, const Place &place)
{
    if (!limit && !offset)
        return {};
    QString text;
    if (m_spelling.isPostgreSql()) {
        text = limit ? QLatin1String(" \n LIMIT ") + expression(limit, place) : QStringLiteral("\n LIMIT ALL");
        return offset ? text + QLatin1String(" OFFSET ") + expression(offset, place) : text;
    }
    if (!limit)
        m_notes += kPlaceholderNote;
    text = limit ? QLatin1String("\n LIMIT ") + expression(limit, place) : QStringLiteral("\n LIMIT -1");
    return text + QLatin1String(" OFFSET ") + (offset ? expression(offset, place) : QStringLiteral("0"));
}

QString ExpressionWriter::fetchText(const sql::Select &s, const Place &place)
{
    const QString open = m_spelling.isPostgreSql() ? QStringLiteral("(") : QString();
    const QString close = m_spelling.isPostgreSql() ? QStringLiteral(")") : QString();
    QString text;
    if (s.offset)
        text += QLatin1String("\n OFFSET ") + open + expression(s.offset, place) + close + QLatin1String(" ROWS");
    if (s.limit)
        text += QLatin1String("\n FETCH FIRST ") + open + expression(s.limit, place) + close + QLatin1String(" ROWS ") +
                (s.isWithTies ? QLatin1String("WITH TIES") : QLatin1String("ONLY"));
    return text;
}

QString ExpressionWriter::forUpdateText(const sql::Select &s)
{
    if (!s.forUpdate || m_spelling.isSqlite())
        return {};
    const QStringList words = s.forUpdate->split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const bool isRead = words.contains(QLatin1String("read"));
    const bool isKeyShare = words.contains(QLatin1String("key_share"));
    QString text = isRead ? (isKeyShare ? QStringLiteral(" FOR KEY SHARE") : QStringLiteral(" FOR SHARE"))
                          : (isKeyShare ? QStringLiteral(" FOR NO KEY UPDATE") : QStringLiteral(" FOR UPDATE"));
    QStringList tables;
    for (const sql::FromPtr &from : s.forUpdateOf)
        tables += quotedText(fromName(*from));
    if (!tables.isEmpty())
        text += QLatin1String(" OF ") + tables.join(QLatin1String(", "));
    if (words.contains(QLatin1String("nowait")))
        text += QLatin1String(" NOWAIT");
    if (words.contains(QLatin1String("skip_locked")))
        text += QLatin1String(" SKIP LOCKED");
    return text;
}

QString ExpressionWriter::select(const sql::Select &s, const Place &place)
{
    const bool isApart = place.asFrom && !place.isLateral; // sees nothing of what stands beside it
    const std::vector<const FromClause *> froms = displayFroms(s, isApart);
    Level level;
    if (!m_levels.empty())
        level.correlateFroms = m_levels.back().correlateFroms;
    for (const FromClause *from : froms)
        expandFrom(*from, level.asFromFroms);
    level.correlateFroms.insert(level.correlateFroms.end(), level.asFromFroms.begin(), level.asFromFroms.end());
    m_levels.push_back(std::move(level));

    Place inner = place;
    inner.asFrom = inner.isLateral = false;
    QString text = QStringLiteral("SELECT ");
    for (const QString &prefix : s.prefixes)
        text += prefix + QLatin1Char(' ');
    if (!s.distinctOn.empty() && m_spelling.isPostgreSql()) {
        QStringList texts;
        for (const ExpressionPtr &item : s.distinctOn)
            texts += expression(item, inner);
        text += QLatin1String("DISTINCT ON (") + texts.join(QLatin1String(", ")) + QLatin1String(") ");
    } else if (s.isDistinct || !s.distinctOn.empty()) {
        text += QLatin1String("DISTINCT ");
    }
    text += selectColumns(s.columns, place, s.tablenamesPlusColumnNames);
    if (s.columns.empty())
        text.chop(1);
    QStringList tables;
    for (const FromClause *from : froms)
        tables += fromText(*from, inner);
    if (!tables.isEmpty())
        text += QLatin1String(" \nFROM ") + tables.join(QLatin1String(", "));
    const QString where = whereText(s.where, inner);
    if (!where.isEmpty())
        text += QLatin1String(" \nWHERE ") + where;
    QSet<QString> labels;
    for (const ExpressionPtr &column : s.columns) {
        if (const auto *label = std::get_if<sql::LabelExpression>(&column->node)) {
            labels.insert(label->label.text);
            labels.insert(labelIdentity(*label));
        }
    }
    const auto resolved = [&](std::vector<ExpressionPtr> items) {
        for (ExpressionPtr &item : items)
            item = withColumnsFor(item, s.columns, labels);
        return items;
    };
    if (!s.groupBy.empty())
        text += QLatin1String(" GROUP BY ") + orderList(resolved(s.groupBy), inner, labels);
    const QString having = whereText(s.having, inner);
    if (!having.isEmpty())
        text += QLatin1String(" \nHAVING ") + having;
    if (!s.orderBy.empty())
        text += QLatin1String(" ORDER BY ") + orderList(resolved(s.orderBy), inner, labels);
    text += s.isFetch ? fetchText(s, inner) : limitText(s.limit, s.offset, inner);
    text += forUpdateText(s);
    for (const QString &suffix : s.suffixes)
        text += QLatin1Char(' ') + suffix;
    m_levels.pop_back();
    return text;
}

QString ExpressionWriter::compound(const sql::CompoundSelect &c, const Place &place)
{
    QStringList texts;
    QSet<QString> labels;
    for (const sql::StatementPtr &part : c.selects) {
        if (!part) {
            fail(QStringLiteral("a part of a union is missing"));
            return {};
        }
        const auto *select = std::get_if<sql::Select>(&part->node);
        const auto *inner = std::get_if<sql::CompoundSelect>(&part->node);
        if (select) {
            for (const ExpressionPtr &column : select->columns) {
                if (const QString name = ownName(column); !name.isEmpty())
                    labels.insert(name);
                if (const auto *label = std::get_if<sql::LabelExpression>(&column->node))
                    labels.insert(labelIdentity(*label));
            }
        }
        const bool isGrouped = inner || (select && (select->limit || select->offset || !select->orderBy.empty()));
        const QString text = statement(part, place, Standing::Part);
        texts += isGrouped ? QLatin1Char('(') + text + QLatin1Char(')') : text;
    }
    QString text = texts.join(QLatin1Char(' ') + c.keyword + QLatin1Char(' '));
    Place inner = place;
    inner.includeTable = false;
    inner.asFrom = false;
    if (!c.orderBy.empty())
        text += QLatin1String(" ORDER BY ") + orderList(c.orderBy, inner, labels);
    return text + limitText(c.limit, c.offset, inner);
}

QString ExpressionWriter::statement(const sql::StatementPtr &s, const Place &place, Standing standing)
{
    if (!s) {
        fail(QStringLiteral("a statement is missing"));
        return {};
    }
    struct Visitor {
        ExpressionWriter &w;
        const Place &place;
        QString operator()(const sql::Select &select) const { return w.select(select, place); }
        QString operator()(const sql::CompoundSelect &compound) const { return w.compound(compound, place); }
        QString operator()(const sql::Insert &insert) const { return w.insert(insert); }
        QString operator()(const sql::Update &update) const { return w.update(update); }
        QString operator()(const sql::Delete &remove) const { return w.remove(remove); }
        QString operator()(const sql::TextClause &text) const { return w.expression(sql::makeExpression(text), place); }
    };
    if (standing == Standing::Nested)
        m_nestedWiths.emplace_back();
    for (const auto &table : s->commonTables) {
        const QString name = table->name.isEmpty() ? anonymous(table.get(), QStringLiteral("anon")) : table->name.text;
        registerCommonTable(*table, name);
    }
    const QString text = std::visit(Visitor{*this, place}, s->node);
    if (standing == Standing::Whole)
        return m_with.text() + text;
    if (standing == Standing::Part)
        return text;
    const QString with = m_nestedWiths.back().text();
    m_nestedWiths.pop_back();
    return with + text;
}

} // namespace stillroom::dialect
