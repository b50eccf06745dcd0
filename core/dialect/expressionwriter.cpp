// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/expressionwriter.h"

#include "dialect/expressiontypes.h"
#include "dialect/literaltext.h"

#include <QRegularExpression>

namespace stillroom::dialect {

using sql::Expression;
using sql::ExpressionPtr;
using Place = ExpressionWriter::Place;

namespace {

const OperatorPlace kNothing{.role = Against::Nothing};
const OperatorPlace kComma{.role = Against::Comma};

Place plain(const Place &place)
{
    Place inner = place;
    inner.orderLabels = nullptr;
    inner.literalType = nullptr;
    return inner;
}

} // namespace

/// One overload for each node of the tree.
struct NodeWriter {
    ExpressionWriter &w;
    const Expression &e;
    const Place &place;

    [[nodiscard]] bool isPostgreSql() const { return w.m_spelling.isPostgreSql(); }
    [[nodiscard]] QString list(const std::vector<ExpressionPtr> &items, const OperatorPlace &against = kComma) const
    {
        QStringList texts;
        for (const ExpressionPtr &item : items)
            texts += w.grouped(item, against, plain(place));
        return texts.join(QLatin1String(", "));
    }

    QString operator()(const sql::TextClause &text) const;
    QString operator()(const sql::LiteralColumn &column) const { return column.text; }
    QString operator()(const sql::ColumnReference &column) const
    {
        if (column.isTableItself)
            return w.columnPrefix(*column.table);
        const QString name = quotedIdentifier(w.m_spelling.kind, column.name);
        if (!column.table || !place.includeTable)
            return name;
        const QString prefix = w.columnPrefix(*column.table);
        return prefix.isEmpty() ? name : prefix + QLatin1Char('.') + name;
    }
    QString operator()(const sql::BoundValue &bound) const;
    QString operator()(const sql::ConstantExpression &constant) const
    {
        using Kind = sql::ConstantExpression::Kind;
        if (constant.kind == Kind::Null)
            return QStringLiteral("NULL");
        const bool isTrue = constant.kind == Kind::True;
        if (isPostgreSql())
            return isTrue ? QStringLiteral("true") : QStringLiteral("false");
        return isTrue ? QStringLiteral("1") : QStringLiteral("0");
    }
    QString operator()(const sql::UnaryExpression &unary) const;
    QString operator()(const sql::BinaryExpression &binary) const { return w.binary(e, binary, place); }
    QString operator()(const sql::BooleanClauses &clauses) const { return w.booleanClauses(clauses, plain(place)); }
    QString operator()(const sql::FunctionCall &call) const;
    QString operator()(const sql::CaseExpression &cases) const;
    QString operator()(const sql::CastExpression &cast) const
    {
        if (cast.isTry) {
            w.fail(QStringLiteral("try_cast() is not known to PostgreSQL or SQLite"));
            return {};
        }
        Place inner = plain(place);
        inner.literalType = cast.type;
        return castText(w.expression(cast.operand, inner), cast.type);
    }
    [[nodiscard]] QString castText(const QString &operand, const sql::SqlTypePtr &type) const
    {
        const QString text = type ? w.taken(typeText(w.m_spelling.kind, *type)) : QString();
        const qsizetype collate = text.indexOf(QLatin1String(" COLLATE "));
        return QStringLiteral("CAST(%1 AS %2)%3").arg(operand, collate < 0 ? text : text.left(collate), collate < 0 ? QString() : text.mid(collate));
    }
    QString operator()(const sql::TypeCoerce &coerce) const
    {
        Place inner = place;
        inner.literalType = coerce.type;
        return w.expression(coerce.operand, inner);
    }
    QString operator()(const sql::CollateExpression &collate) const
    {
        Place inner = plain(place);
        inner.inOperator = true;
        return w.grouped(collate.operand, {.role = Against::Collate}, inner) + QLatin1String(" COLLATE ") + w.quotedText(collate.collation);
    }
    QString operator()(const sql::ExtractExpression &extract) const;
    QString operator()(const sql::LabelExpression &label) const
    {
        const QString name = quotedIdentifier(w.m_spelling.kind, label.label);
        if (place.orderLabels && place.orderLabels->contains(labelIdentity(label)))
            return name;
        Place inner = plain(place);
        inner.withinLabel = place.withinColumns;
        const QString text = w.grouped(label.operand, kComma, inner);
        return place.withinColumns && !place.withinLabel ? text + QLatin1String(" AS ") + name : text;
    }
    QString operator()(const sql::TupleExpression &tuple) const { return QLatin1Char('(') + list(tuple.items) + QLatin1Char(')'); }
    QString operator()(const sql::ArrayExpression &array) const
    {
        if (!isPostgreSql()) {
            w.fail(QStringLiteral("SQLite has no arrays"));
            return {};
        }
        if (array.items.empty() && e.type && e.type->itemType)
            return QLatin1String("ARRAY[]::") + w.taken(typeText(w.m_spelling.kind, *e.type));
        return QLatin1String("ARRAY[") + list(array.items) + QLatin1Char(']');
    }
    QString operator()(const sql::GroupingExpression &grouping) const
    {
        return QLatin1Char('(') + w.expression(grouping.operand, plain(place)) + QLatin1Char(')');
    }
    QString operator()(const sql::ScalarSubquery &subquery) const
    {
        if (!place.includeTable)
            w.fail(QStringLiteral("a subquery where columns are written without their tables"));
        Place inner;
        inner.inOperator = place.inOperator; // SQLAlchemy's compiler forgets nothing on its way in
        return QLatin1Char('(') + w.statement(subquery.select, inner, ExpressionWriter::Standing::Nested) + QLatin1Char(')');
    }
    QString operator()(const sql::SliceExpression &slice) const
    {
        const QString start = w.expression(slice.start, plain(place));
        return start + QLatin1Char(':') + w.expression(slice.stop, plain(place));
    }
    QString operator()(const sql::LabelReference &reference) const
    {
        if (place.orderLabels && place.orderLabels->contains(reference.name))
            return w.quotedText(reference.name);
        w.fail(QStringLiteral("Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression '%1' should be "
                              "explicitly declared as text('%1')")
                   .arg(reference.name));
        return {};
    }
    QString operator()(const sql::NextValue &next) const
    {
        if (!isPostgreSql()) {
            w.fail(QStringLiteral("SQLite has no sequences"));
            return {};
        }
        QString name = quotedName(w.m_spelling.kind, next.sequence);
        return QStringLiteral("nextval('%1')").arg(name.replace(QLatin1Char('\''), QLatin1String("''")));
    }
    QString operator()(const sql::DefaultKeyword &) const { return QStringLiteral("DEFAULT"); }
    [[nodiscard]] QString callText(const sql::FunctionCall &call) const;
    [[nodiscard]] QString specialCall(const QString &name, const sql::FunctionCall &call, const QString &arguments) const;
};

QString NodeWriter::operator()(const sql::TextClause &clause) const
{
    if (clause.varies)
        w.m_notes += QStringLiteral("the text varies from run to run");
    if (!clause.text.contains(QLatin1Char(':')))
        return clause.text;
    static const QRegularExpression binds(QStringLiteral("(?<![:\\w\\$\\x5c]):([\\w\\$]+)(?![:\\w\\$])"),
                                          QRegularExpression::UseUnicodePropertiesOption);
    static const QRegularExpression escapes(QStringLiteral("\\x5c(:[\\w\\$]*)(?![:\\w\\$])"), QRegularExpression::UseUnicodePropertiesOption);
    QString out;
    qsizetype end = 0;
    for (auto matches = binds.globalMatch(clause.text); matches.hasNext();) {
        const auto match = matches.next();
        out += QStringView(clause.text).mid(end, match.capturedStart() - end);
        end = match.capturedEnd();
        const auto bind = clause.binds.find(match.captured(1));
        if (match.captured(1).contains(QLatin1Char('$'))) { // SQLAlchemy leaves these alone
            out += match.captured(0);
        } else if (const auto given = w.m_parameters.find(match.captured(1)); given != w.m_parameters.end()) {
            Place inner;
            inner.literalType = bind == clause.binds.end() || !bind->second ? nullptr : bind->second->type;
            const auto *declared = bind != clause.binds.end() && bind->second ? std::get_if<sql::BoundValue>(&bind->second->node) : nullptr;
            const auto *value = std::get_if<sql::BoundValue>(&given->second->node);
            if (declared && declared->isExpanding && value) {
                sql::BoundValue filled = *value;
                filled.isExpanding = true;
                out += w.expression(sql::makeExpression(std::move(filled), given->second->type), inner);
            } else {
                out += w.expression(given->second, inner);
            }
        } else if (bind == clause.binds.end() || !bind->second) {
            out += QLatin1String("NULL");
            w.m_notes += QStringLiteral(":%1 has no value and prints NULL").arg(match.captured(1));
        } else {
            out += w.expression(bind->second, Place{});
        }
    }
    out += QStringView(clause.text).mid(end);
    return out.replace(escapes, QStringLiteral("\\1"));
}

QString NodeWriter::operator()(const sql::BoundValue &bound) const
{
    if (const auto given = w.m_parameters.find(bound.name); !bound.name.isEmpty() && given != w.m_parameters.end()) {
        Place inner = place;
        inner.literalType = e.type ? e.type : place.literalType;
        const auto *value = std::get_if<sql::BoundValue>(&given->second->node);
        if (value && value->name != bound.name) {
            sql::BoundValue filled = *value;
            filled.isExpanding = filled.isExpanding || bound.isExpanding;
            return w.expression(sql::makeExpression(std::move(filled), given->second->type), inner);
        }
    }
    if (w.m_spelling.options.refusesValues && !bound.isLiteralExecute)
        w.fail(QStringLiteral("the script compiles SQL with placeholders for its values"));
    if (bound.isUnset) {
        w.m_notes += QStringLiteral(":%1 has no value and prints NULL").arg(bound.name);
        return bound.isExpanding ? QStringLiteral("(NULL)") : QStringLiteral("NULL");
    }
    if (bound.value.varies)
        w.m_notes += QStringLiteral("a value varies from run to run");
    if (bound.value.kind == sql::Literal::Kind::Bytes && w.m_spelling.isSqlite())
        w.m_notes += QStringLiteral("bytes are written as a BLOB, where Alembic's offline mode prints text, which SQLite would store as such");
    else if (bound.value.kind == sql::Literal::Kind::Bytes && bound.value.bytes.contains('\0'))
        w.m_notes +=
            QStringLiteral("bytes are written in hexadecimal, where Alembic's offline mode prints them as text with a NUL that psql cannot read");
    const sql::SqlTypePtr type = e.type ? e.type : place.literalType;
    if (bound.isExpanding && bound.value.kind == sql::Literal::Kind::List) {
        if (bound.value.items.empty() && type) {
            w.fail(QStringLiteral("an empty list stands for :%1, whose type says how SQLAlchemy writes a set without rows").arg(bound.name));
            return {};
        }
        if (bound.value.items.empty())
            return isPostgreSql() ? QStringLiteral("(SELECT CAST(NULL AS INTEGER) WHERE 1!=1)")
                                  : QStringLiteral("(SELECT 1 FROM (SELECT 1) WHERE 1!=1)");
        QStringList items;
        for (const sql::Literal &item : bound.value.items)
            items += w.taken(literalText(w.m_spelling, item, type.get()));
        return QLatin1Char('(') + items.join(QLatin1String(", ")) + QLatin1Char(')');
    }
    const bool isFloating = !type && bound.value.kind == sql::Literal::Kind::List && w.m_spelling.isPostgreSql();
    if (isFloating) { // what psycopg2 makes of a list
        sql::SqlType array;
        array.family = sql::TypeFamily::PostgreSql;
        array.name = QStringLiteral("ARRAY");
        return w.taken(literalText(w.m_spelling, bound.value, &array));
    }
    return w.taken(literalText(w.m_spelling, bound.value, type.get()));
}

QString NodeWriter::operator()(const sql::UnaryExpression &unary) const
{
    using Kind = sql::UnaryExpression::Kind;
    const Place inner = plain(place);
    Place ordered = place; // modifiers keep the right to name a label
    ordered.literalType = nullptr;
    switch (unary.kind) {
    case Kind::Not:
        return w.negatedText(unary.operand, inner);
    case Kind::Negative:
        return QLatin1Char('-') + w.grouped(unary.operand, {.role = Against::Negative}, inner);
    case Kind::BitwiseNot:
        return QLatin1Char('~') + w.grouped(unary.operand, {.role = Against::BitwiseNot}, inner);
    case Kind::Exists:
        return QLatin1String("EXISTS ") + w.expression(unary.operand, inner);
    case Kind::Distinct:
        return QLatin1String("DISTINCT ") + w.grouped(unary.operand, {.role = Against::Distinct}, inner);
    case Kind::Ascending:
        return w.grouped(unary.operand, {.role = Against::Ordering}, ordered) + QLatin1String(" ASC");
    case Kind::Descending:
        return w.grouped(unary.operand, {.role = Against::Ordering}, ordered) + QLatin1String(" DESC");
    case Kind::NullsFirst:
        return w.grouped(unary.operand, kNothing, ordered) + QLatin1String(" NULLS FIRST");
    case Kind::NullsLast:
        return w.grouped(unary.operand, kNothing, ordered) + QLatin1String(" NULLS LAST");
    case Kind::Any:
    case Kind::All: {
        const QString word = unary.kind == Kind::Any ? QStringLiteral("ANY ") : QStringLiteral("ALL ");
        return word + w.grouped(unary.operand, {.role = Against::AnyAll}, inner);
    }
    case Kind::Custom:
        return unary.custom + QLatin1Char(' ') + w.grouped(unary.operand, {.role = Against::Binary, .kind = sql::BinaryKind::Custom}, inner);
    }
    return {};
}

QString NodeWriter::operator()(const sql::CaseExpression &cases) const
{
    const Place inner = plain(place);
    QString text = QStringLiteral("CASE ");
    if (cases.value)
        text += w.expression(cases.value, inner) + QLatin1Char(' ');
    for (const auto &[condition, outcome] : cases.whens) {
        text += QLatin1String("WHEN ") + w.grouped(condition, kNothing, inner);
        text += QLatin1String(" THEN ") + w.expression(outcome, inner) + QLatin1Char(' ');
    }
    if (cases.otherwise)
        text += QLatin1String("ELSE ") + w.expression(cases.otherwise, inner) + QLatin1Char(' ');
    return text + QLatin1String("END");
}

QString NodeWriter::operator()(const sql::ExtractExpression &extract) const
{
    const QString operand = w.expression(extract.operand, plain(place));
    if (isPostgreSql())
        return QStringLiteral("EXTRACT(%1 FROM %2)").arg(extract.field, operand);
    static const QHash<QString, QString> formats = {
        {QStringLiteral("month"), QStringLiteral("%m")},  {QStringLiteral("day"), QStringLiteral("%d")},
        {QStringLiteral("year"), QStringLiteral("%Y")},   {QStringLiteral("second"), QStringLiteral("%S")},
        {QStringLiteral("hour"), QStringLiteral("%H")},   {QStringLiteral("doy"), QStringLiteral("%j")},
        {QStringLiteral("minute"), QStringLiteral("%M")}, {QStringLiteral("epoch"), QStringLiteral("%s")},
        {QStringLiteral("dow"), QStringLiteral("%w")},    {QStringLiteral("week"), QStringLiteral("%W")},
    };
    if (!formats.contains(extract.field))
        w.fail(QStringLiteral("%1 is not a valid extract argument").arg(extract.field));
    return QLatin1String("CAST(STRFTIME('") + formats.value(extract.field) + QLatin1String("', ") + operand + QLatin1String(") AS INTEGER)");
}

QString NodeWriter::operator()(const sql::FunctionCall &call) const
{
    QString text = callText(call);
    if (!call.withinGroup.empty())
        text += QLatin1String(" WITHIN GROUP (ORDER BY ") + list(call.withinGroup) + QLatin1Char(')');
    if (call.filter)
        text += QLatin1String(" FILTER (WHERE ") + w.expression(call.filter, plain(place)) + QLatin1Char(')');
    if (!call.over)
        return text;
    QStringList parts;
    if (!call.over->partitionBy.empty())
        parts += QLatin1String("PARTITION BY ") + list(call.over->partitionBy);
    if (!call.over->orderBy.empty())
        parts += QLatin1String("ORDER BY ") + list(call.over->orderBy);
    if (!call.over->frame.isEmpty())
        parts += call.over->frame;
    return text + QLatin1String(" OVER (") + parts.join(QLatin1Char(' ')) + QLatin1Char(')');
}

QString NodeWriter::specialCall(const QString &name, const sql::FunctionCall &call, const QString &arguments) const
{
    static const QSet<QString> withoutParentheses = {
        QStringLiteral("current_date"), QStringLiteral("current_time"),   QStringLiteral("current_timestamp"), QStringLiteral("current_user"),
        QStringLiteral("localtime"),    QStringLiteral("localtimestamp"), QStringLiteral("session_user"),      QStringLiteral("user")};
    if (name == QLatin1String("aggregate_strings"))
        w.m_notes += kPlaceholderNote;
    if (!isPostgreSql()) {
        if (name == QLatin1String("now"))
            return QStringLiteral("CURRENT_TIMESTAMP");
        if (name == QLatin1String("localtimestamp"))
            return QStringLiteral("DATETIME(CURRENT_TIMESTAMP, 'localtime')");
        if (name == QLatin1String("char_length"))
            return QStringLiteral("length(%1)").arg(arguments);
        if (name == QLatin1String("aggregate_strings"))
            return QStringLiteral("group_concat(%1)").arg(arguments);
    } else {
        if (name == QLatin1String("aggregate_strings"))
            return QStringLiteral("string_agg(%1)").arg(arguments);
        if (name == QLatin1String("substring") && call.arguments.size() >= 2) {
            const QString start = QStringLiteral("SUBSTRING(%1 FROM %2")
                                      .arg(w.expression(call.arguments[0], plain(place)), w.expression(call.arguments[1], plain(place)));
            return call.arguments.size() > 2 ? start + QStringLiteral(" FOR %1)").arg(w.expression(call.arguments[2], plain(place)))
                                             : start + QLatin1Char(')');
        }
    }
    if (withoutParentheses.contains(name))
        return call.arguments.empty() ? name.toUpper() : QStringLiteral("%1(%2)").arg(name.toUpper(), arguments);
    if (name == QLatin1String("sysdate"))
        return call.arguments.empty() ? name : QStringLiteral("%1(%2)").arg(name, arguments);
    if (name == QLatin1String("cube") || name == QLatin1String("rollup"))
        return QStringLiteral("%1(%2)").arg(name.toUpper(), arguments);
    if (name == QLatin1String("grouping_sets"))
        return QStringLiteral("GROUPING SETS(%1)").arg(arguments);
    return {};
}

QString NodeWriter::callText(const sql::FunctionCall &call) const
{
    QString arguments = list(call.arguments);
    if (!call.aggregateOrderBy.empty())
        arguments += QLatin1String(" ORDER BY ") + list(call.aggregateOrderBy);
    QStringList parts = call.name.split(QLatin1Char('.'));
    const bool isBare = parts.size() == 1;
    QString name = parts.takeLast();
    const QString lower = name.toLower();
    const bool isGeneric = isBare && isGenericFunction(lower);
    if (isBare && (isGeneric || lower == QLatin1String("substring"))) {
        const QString special = specialCall(lower, call, arguments);
        if (!special.isEmpty())
            return special;
    }
    if (isGeneric) {
        name = lower;
        if (name == QLatin1String("count") && call.arguments.empty())
            arguments = QStringLiteral("*");
    } else if (hasIllegalCharacters(name)) {
        name = inQuotes(name);
    }
    for (QString &part : parts)
        part = hasIllegalCharacters(part) ? inQuotes(part) : part;
    parts += name;
    return parts.join(QLatin1Char('.')) + QLatin1Char('(') + arguments + QLatin1Char(')');
}

void ExpressionWriter::fail(const QString &detail)
{
    if (!m_problem)
        m_problem = notSupported(detail);
}

QString ExpressionWriter::taken(Result<QString> text)
{
    if (text)
        return *text;
    if (!m_problem)
        m_problem = text.error();
    return {};
}

QString ExpressionWriter::anonymous(const void *identity, const QString &base)
{
    auto known = m_anonymousNames.find(identity);
    if (known == m_anonymousNames.end())
        known = m_anonymousNames.emplace(identity, counted(base)).first;
    return known->second;
}

/// The next name of that base, without what a bind parameter's name must not hold: SQLAlchemy, _anonymous_label.safe_construct().
QString ExpressionWriter::counted(QString base)
{
    static const QRegularExpression unsafe(QStringLiteral("[%() $]+"));
    base.replace(unsafe, QStringLiteral("_"));
    return QStringLiteral("%1_%2").arg(base).arg(++m_anonymousCounts[base]);
}

QString ExpressionWriter::numbered(const QString &identity, const QString &base)
{
    QString &known = m_numberedNames[identity + QLatin1Char(' ') + base];
    if (known.isEmpty())
        known = counted(base);
    return known;
}

QString ExpressionWriter::expression(const ExpressionPtr &e, const Place &place)
{
    if (!e) {
        fail(QStringLiteral("an expression is missing"));
        return {};
    }
    return std::visit(NodeWriter{*this, *e, place}, e->node);
}

Result<Written> ExpressionWriter::result(QString sql) const
{
    if (m_problem)
        return std::unexpected(*m_problem);
    return Written{.sql = std::move(sql), .notes = m_notes};
}

Result<Written> writeExpression(const Spelling &spelling, const ExpressionPtr &expression, bool includeTable)
{
    ExpressionWriter writer(spelling);
    Place place;
    place.includeTable = includeTable;
    return writer.result(writer.expression(expression, place));
}

Result<Written> writeGroupedExpression(const Spelling &spelling, const ExpressionPtr &expression)
{
    ExpressionWriter writer(spelling);
    Place place;
    place.includeTable = false;
    return writer.result(writer.grouped(expression, kNothing, place));
}

void ExpressionWriter::setParameters(const Parameters &parameters)
{
    for (const auto &[name, value] : parameters)
        m_parameters[name] = value;
}

Result<Written> writeWithParameters(const Spelling &spelling, const sql::StatementPtr &statement, const Parameters &parameters)
{
    if (!statement)
        return writeStatement(spelling, statement);
    sql::Statement filled = *statement;
    if (auto *insert = std::get_if<sql::Insert>(&filled.node); insert && insert->columns.empty() && !insert->fromSelect) {
        insert->rows = {{}};
        for (const auto &[name, value] : parameters) {
            insert->columns.emplace_back(name);
            insert->rows.front().push_back(value);
        }
        insert->types.clear();
    }
    if (auto *update = std::get_if<sql::Update>(&filled.node); update && update->set.empty()) {
        for (const auto &[name, value] : parameters) {
            sql::Assignment assignment;
            assignment.column = sql::makeExpression(sql::ColumnReference{.table = nullptr, .name = sql::Identifier(name)});
            assignment.value = value;
            update->set.push_back(std::move(assignment));
        }
    }
    ExpressionWriter writer(spelling);
    writer.setParameters(parameters);
    return writer.result(
        writer.statement(std::make_shared<const sql::Statement>(std::move(filled)), ExpressionWriter::Place{}, ExpressionWriter::Standing::Whole));
}

Result<Written> writeStatement(const Spelling &spelling, const sql::StatementPtr &statement)
{
    ExpressionWriter writer(spelling);
    return writer.result(writer.statement(statement, Place{}, ExpressionWriter::Standing::Whole));
}

} // namespace stillroom::dialect
