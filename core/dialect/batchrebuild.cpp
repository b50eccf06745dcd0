// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/batchrebuild.h"

#include "dialect/sqlitetable.h"
#include "dialect/sqlitetokens.h"
#include "dialect/typetext.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;

namespace {

constexpr qsizetype kTemporaryNameLength = 50;

bool isSame(const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

/// What a type is for the CAST of copied values; a declared text by SQLite's own rules (datatype3.html).
Affinity copyAffinity(const sql::SqlType &stated)
{
    const sql::SqlType &type = effectiveType(DialectKind::Sqlite, stated);
    if (type.family != sql::TypeFamily::Custom)
        return affinity(type);
    const QString name = type.name.toUpper();
    const auto has = [&](const char *part) { return name.contains(QLatin1String(part)); };
    if (has("INT"))
        return Affinity::Integer;
    if (has("CHAR") || has("CLOB") || has("TEXT"))
        return Affinity::String;
    return has("BLOB") || name.isEmpty() ? Affinity::Null : Affinity::Numeric;
}

/// Whether the parentheses at both ends belong together.
bool isEnclosed(const std::vector<SqliteToken> &tokens)
{
    int depth = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
        depth += tokens[i].is(u"(") ? 1 : (tokens[i].is(u")") ? -1 : 0);
        if (depth == 0)
            return i > 0 && i + 1 == tokens.size();
    }
    return false;
}

/// SQLiteImpl.autogen_column_reflect: what is no plain literal gets parentheses. SQLite reports a default without its own, and
/// where Alembic's patterns take `(a) || (b)` for enclosed, the tokens decide.
void parenthesiseDefault(Column &column)
{
    const auto *e = std::get_if<sql::ExpressionPtr>(&column.serverDefault);
    const auto *stated = e && *e ? std::get_if<sql::LiteralColumn>(&(*e)->node) : nullptr;
    if (!stated || stated->text.isEmpty())
        return;
    QString text = stated->text;
    if (text.startsWith(QLatin1Char('(')) && isEnclosed(sqliteTokens(text)))
        text = text.mid(1, text.size() - 2).trimmed();
    const std::vector<SqliteToken> tokens = sqliteTokens(text);
    const bool isString =
        tokens.size() == 1 && tokens.front().kind == SqliteToken::Kind::String && text.size() > 2 && !text.contains(QLatin1Char('\n'));
    const bool isDigit = text.size() == 1 && text.front().isDigit();
    const bool isWhole = !text.contains(QLatin1Char('\n')) && isEnclosed(tokens);
    if (!isString && !isDigit && !isWhole)
        text = QLatin1Char('(') + text + QLatin1Char(')');
    column.serverDefault = sql::makeExpression(sql::LiteralColumn{text});
}

/// A naming convention's template for a reflected constraint; empty: none that can be filled here.
QString conventionalName(const std::map<QString, QString> &convention, const QString &table, const Constraint &constraint)
{
    QString key;
    std::vector<Identifier> columns;
    QString referred;
    std::vector<Identifier> referredColumns;
    if (const auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind)) {
        key = QStringLiteral("uq");
        columns = unique->columns;
    } else if (const auto *primary = std::get_if<sql::PrimaryKeyConstraint>(&constraint.kind)) {
        key = QStringLiteral("pk");
        columns = primary->columns;
    } else if (const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind)) {
        key = QStringLiteral("fk");
        columns = foreign->columns;
        referred = foreign->referredTable.name.text;
        referredColumns = foreign->referredColumns;
    }
    const auto found = convention.find(key);
    if (key.isEmpty() || found == convention.end())
        return {};
    const auto joined = [](const std::vector<Identifier> &names, const QString &between) {
        QStringList texts;
        for (const Identifier &name : names)
            texts += name.text;
        return texts.join(between);
    };
    QString name = found->second;
    const QString first = columns.empty() ? QString() : columns.front().text;
    const QString firstReferred = referredColumns.empty() ? QString() : referredColumns.front().text;
    const std::pair<QString, QString> tokens[] = {
        {QStringLiteral("%(table_name)s"), table},
        {QStringLiteral("%(column_0_name)s"), first},
        {QStringLiteral("%(column_0_key)s"), first},
        {QStringLiteral("%(column_0_label)s"), table + QLatin1Char('_') + first},
        {QStringLiteral("%(column_0N_name)s"), joined(columns, QString())},
        {QStringLiteral("%(column_0_N_name)s"), joined(columns, QStringLiteral("_"))},
        {QStringLiteral("%(referred_table_name)s"), referred},
        {QStringLiteral("%(referred_column_0_name)s"), firstReferred},
    };
    for (const auto &[token, text] : tokens)
        name.replace(token, text);
    return name.contains(QLatin1String("%(")) ? QString() : name;
}

struct BatchVisitor;

class Rebuild {
public:
    Rebuild(const Spelling &spelling, const sql::BatchAlterTable &batch, const sql::Origin &origin, const StandingTable &standing, bool isCopied)
        : m_writer(spelling), m_spelling(spelling), m_batch(batch), m_origin(origin), m_standing(standing), m_isCopied(isCopied)
    {
    }
    Result<std::vector<Statement>> write();

private:
    struct Transfer {
        QString key; ///< the name before the batch: what the operations call it
        Column column;
        bool isNew = false;
        bool isCast = false;
    };
    struct Bound {
        Constraint constraint;
        QString typeKey; ///< of a type's CHECK: whose column
    };

    friend struct BatchVisitor;
    void fail(const QString &detail) { m_writer.fail(detail); }
    void takeTable();
    void takeConstraint(Constraint constraint);
    [[nodiscard]] Transfer *find(const QString &name);
    void addColumn(const sql::AddColumn &o);
    void order(const QString &name, QString before, QString after);
    void dropColumn(const sql::DropColumn &o);
    void alterColumn(const sql::AlterColumn &o);
    void addConstraint(Constraint constraint, const QString &typeKey = {});
    bool dropConstraint(const QString &name);
    void dropIndex(const QString &name);
    void sortColumns();
    [[nodiscard]] std::optional<Constraint> finalConstraint(const Bound &bound);
    [[nodiscard]] bool mapColumns(std::vector<Identifier> &columns);
    [[nodiscard]] std::optional<QString> mapText(const QString &text);
    [[nodiscard]] bool mapIndex(sql::Index &index);
    [[nodiscard]] TableShape finalShape();
    [[nodiscard]] QString copyRows();
    void put(const QString &sql, QStringList notes = {});
    void putCounter();
    void putIndexes();
    void checkTriggers();
    [[nodiscard]] QStringList keptNotes();

    TableWriter m_writer;
    Spelling m_spelling;
    const sql::BatchAlterTable &m_batch;
    sql::Origin m_origin;
    const StandingTable &m_standing;
    bool m_isCopied;
    sql::QualifiedName m_temporary;
    std::vector<Transfer> m_columns;
    QStringList m_existingOrder;
    std::vector<std::pair<QString, QString>> m_addedOrder;
    std::optional<Constraint> m_primaryKey;
    std::vector<Bound> m_named, m_unnamed;
    bool m_orderVaries = false; ///< Alembic takes the constraints of a given table from a set of objects
    std::vector<sql::Index> m_indexes, m_newIndexes;
    QStringList m_dropped;
    std::map<QString, QString> m_renamed; ///< old name → new name
    QStringList m_notes;
    std::vector<Statement> m_statements;
};

Rebuild::Transfer *Rebuild::find(const QString &name)
{
    const auto byKey = std::ranges::find_if(m_columns, [&](const Transfer &one) { return isSame(one.key, name); });
    if (byKey != m_columns.end())
        return &*byKey;
    const auto byName = std::ranges::find_if(m_columns, [&](const Transfer &one) { return isSame(one.column.name.text, name); });
    return byName == m_columns.end() ? nullptr : &*byName;
}

void Rebuild::takeConstraint(Constraint constraint)
{
    if (constraint.name.isEmpty() && !m_isCopied) {
        const QString name = conventionalName(m_batch.namingConvention, m_batch.table.name.text, constraint);
        constraint.name = Identifier(name);
        constraint.name.isConventional = !name.isEmpty();
    }
    if (std::holds_alternative<sql::PrimaryKeyConstraint>(constraint.kind))
        m_primaryKey = std::move(constraint);
    else if (constraint.name.isEmpty())
        m_unnamed.push_back({std::move(constraint), {}});
    else
        m_named.push_back({std::move(constraint), {}});
}

void Rebuild::takeTable()
{
    m_temporary.schema = m_batch.table.schema;
    m_temporary.name = Identifier((QLatin1String("_alembic_tmp_") + m_batch.table.name.text).left(kTemporaryNameLength));
    sql::Table table = m_standing.table;
    table.name = m_batch.table;
    for (Column &column : table.columns) {
        for (const Column &given : m_batch.reflectColumns) {
            if (isSame(given.name.text, column.name.text) && !m_isCopied)
                column = given;
        }
    }
    const TableShape shape = shapeOf(m_spelling.kind, table);
    if (!shape.primaryKey.empty())
        takeConstraint(shape.primaryKeyConstraint);
    for (const Constraint &constraint : shape.constraints) {
        if (!constraint.isTypeBound) // the column's type brings it again
            takeConstraint(constraint);
    }
    m_orderVaries = m_isCopied && (m_named.size() > 1 || m_unnamed.size() > 1);
    for (Column column : shape.table.columns) {
        m_existingOrder += column.name.text;
        column.isUnique = column.hasIndex = false;
        column.nullableGiven = true;
        std::erase_if(column.constraints, [](const Constraint &c) { return std::holds_alternative<sql::ForeignKeyConstraint>(c.kind); });
        if (!m_isCopied)
            parenthesiseDefault(column);
        m_columns.push_back({.key = column.name.text, .column = std::move(column)});
    }
    m_indexes = table.indexes;
}

void Rebuild::order(const QString &name, QString before, QString after)
{
    const auto neighbour = [&](const QString &of, qsizetype step) {
        const qsizetype at = m_existingOrder.indexOf(of) + step;
        return at >= 0 && at < m_existingOrder.size() ? m_existingOrder.at(at) : QString();
    };
    if (m_batch.partialReordering.empty()) {
        if (!after.isEmpty() && before.isEmpty()) {
            if (m_existingOrder.contains(after))
                before = neighbour(after, 1);
            for (const auto &[first, second] : m_addedOrder) {
                if (!m_existingOrder.contains(after) && first == after)
                    before = second;
            }
        } else if (!before.isEmpty() && after.isEmpty()) {
            if (m_existingOrder.contains(before))
                after = neighbour(before, -1);
            for (const auto &[first, second] : m_addedOrder) {
                if (!m_existingOrder.contains(before) && second == before)
                    after = first;
            }
        }
    }
    if (!before.isEmpty())
        m_addedOrder.emplace_back(name, before);
    if (!after.isEmpty())
        m_addedOrder.emplace_back(after, name);
    if (m_batch.partialReordering.empty() && before.isEmpty() && after.isEmpty() && !m_existingOrder.isEmpty())
        m_addedOrder.emplace_back(m_existingOrder.back(), name);
}

void Rebuild::addColumn(const sql::AddColumn &o)
{
    sql::Table alone;
    alone.name = m_batch.table;
    alone.columns.push_back(o.column);
    const TableShape shape = shapeOf(m_spelling.kind, alone);
    order(o.column.name.text, o.insertBefore.value_or(Identifier()).text, o.insertAfter.value_or(Identifier()).text);
    Column column = shape.table.columns.front();
    std::erase_if(column.constraints, [](const Constraint &c) { return std::holds_alternative<sql::ForeignKeyConstraint>(c.kind); });
    column.isUnique = column.hasIndex = false;
    if (column.isPrimaryKey) {
        if (!m_primaryKey)
            m_primaryKey.emplace().kind = sql::PrimaryKeyConstraint{};
        std::get<sql::PrimaryKeyConstraint>(m_primaryKey->kind).columns.push_back(column.name);
    }
    std::erase_if(m_columns, [&](const Transfer &one) { return isSame(one.key, column.name.text); });
    m_columns.push_back({.key = column.name.text, .column = column, .isNew = true});
    for (const Constraint &constraint : shape.constraints) {
        if (constraint.isTypeBound)
            continue;
        addConstraint(constraint);
    }
    for (const sql::Index &index : shape.indexes)
        m_newIndexes.push_back(index);
}

void Rebuild::dropColumn(const sql::DropColumn &o)
{
    const Transfer *found = find(o.column.text);
    if (!found) {
        if (!o.ifExists)
            fail(QStringLiteral("table %1 has no column %2").arg(m_batch.table.name.text, o.column.text));
        return;
    }
    const QString key = found->key;
    if (m_primaryKey)
        std::erase_if(std::get<sql::PrimaryKeyConstraint>(m_primaryKey->kind).columns, [&](const Identifier &one) { return isSame(one.text, key); });
    m_dropped += key;
    m_existingOrder.removeAll(key);
    std::erase_if(m_columns, [&](const Transfer &one) { return isSame(one.key, key); });
}

void Rebuild::alterColumn(const sql::AlterColumn &o)
{
    Transfer *found = find(o.column.text);
    if (!found) {
        fail(QStringLiteral("table %1 has no column %2").arg(m_batch.table.name.text, o.column.text));
        return;
    }
    const auto boundName = [](const sql::SqlType &type) {
        return isEnum(type) && type.constraintName.isEmpty() ? type.enumName : type.constraintName;
    };
    if (!o.newName.isEmpty() && o.newName.text != found->column.name.text) {
        if (!found->isNew)
            m_renamed[found->key] = o.newName.text;
        found->column.name = o.newName;
        if (o.existingType && !boundName(*o.existingType).isEmpty())
            std::erase_if(m_named, [&](const Bound &one) { return one.constraint.name.text == boundName(*o.existingType); });
    }
    if (o.type) {
        if (o.existingType && o.existingType->createConstraint && !boundName(*o.existingType).isEmpty())
            std::ignore = dropConstraint(boundName(*o.existingType));
        const Affinity now = copyAffinity(*o.type);
        found->isCast = !found->isNew && copyAffinity(found->column.type) != now && now != Affinity::Json;
        found->column.type = *o.type;
        found->column.options.erase(QStringLiteral("sqlite_collate"));
        if (const auto check = typeBoundCheck(m_spelling.kind, found->column))
            addConstraint(*check, found->key);
        found->column.type.createConstraint = false;
        for (auto &[dialectName, variant] : found->column.type.variants) {
            sql::SqlType plain = *variant;
            plain.createConstraint = false;
            variant = std::make_shared<const sql::SqlType>(std::move(plain));
        }
    }
    if (o.nullable)
        found->column.nullable = *o.nullable;
    if (o.computed) {
        fail(QStringLiteral("Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported"));
    } else if (o.serverDefault) {
        found->column.serverDefault = *o.serverDefault;
    }
    if (o.autoincrement)
        found->column.autoincrement = o.autoincrement;
}

void Rebuild::addConstraint(Constraint constraint, const QString &typeKey)
{
    if (constraint.name.isEmpty() && typeKey.isEmpty()) {
        fail(QStringLiteral("Constraint must have a name"));
        return;
    }
    if (std::holds_alternative<sql::PrimaryKeyConstraint>(constraint.kind)) {
        m_primaryKey = std::move(constraint);
        return;
    }
    if (constraint.name.isEmpty()) {
        m_unnamed.push_back({std::move(constraint), typeKey});
        return;
    }
    std::erase_if(m_named, [&](const Bound &one) { return one.constraint.name.text == constraint.name.text; });
    m_named.push_back({std::move(constraint), typeKey});
}

bool Rebuild::dropConstraint(const QString &name)
{
    for (Transfer &one : m_columns) {
        if (std::erase_if(one.column.constraints, [&](const Constraint &c) { return c.name.text == name; }) > 0)
            return true;
    }
    if (m_primaryKey && m_primaryKey->name.text == name && !name.isEmpty()) {
        m_primaryKey.reset();
        return true;
    }
    return std::erase_if(m_named, [&](const Bound &one) { return one.constraint.name.text == name; }) > 0;
}

void Rebuild::dropIndex(const QString &name)
{
    if (std::erase_if(m_indexes, [&](const sql::Index &index) { return index.name.text == name; }) == 0)
        fail(QStringLiteral("No such index: '%1'").arg(name));
}

/// SQLAlchemy's topological.sort with deterministic_order.
void Rebuild::sortColumns()
{
    if (m_batch.partialReordering.empty() && m_addedOrder.empty())
        return;
    std::vector<std::pair<QString, QString>> pairs;
    for (const std::vector<QString> &list : m_batch.partialReordering) {
        for (size_t i = 1; i < list.size(); ++i)
            pairs.emplace_back(list[i - 1], list[i]);
    }
    if (m_batch.partialReordering.empty()) {
        for (qsizetype i = 1; i < m_existingOrder.size(); ++i)
            pairs.emplace_back(m_existingOrder[i - 1], m_existingOrder[i]);
    }
    pairs.insert(pairs.end(), m_addedOrder.begin(), m_addedOrder.end());
    std::vector<Transfer> waiting = std::move(m_columns);
    m_columns.clear();
    while (!waiting.empty()) {
        const auto isFree = [&](const Transfer &one) {
            return std::ranges::none_of(pairs, [&](const auto &pair) {
                return pair.second == one.key && pair.first != one.key &&
                       std::ranges::any_of(waiting, [&](const Transfer &other) { return other.key == pair.first; });
            });
        };
        std::vector<bool> free;
        for (const Transfer &one : waiting)
            free.push_back(isFree(one));
        if (std::ranges::find(free, true) == free.end()) {
            fail(QStringLiteral("the order of columns asked for contradicts itself"));
            return;
        }
        std::vector<Transfer> rest;
        for (size_t i = 0; i < waiting.size(); ++i)
            (free[i] ? m_columns : rest).push_back(std::move(waiting[i]));
        waiting = std::move(rest);
    }
}

/// Names after the batch. False: a column is gone, and the constraint with it.
bool Rebuild::mapColumns(std::vector<Identifier> &columns)
{
    for (Identifier &column : columns) {
        if (column.quote.has_value() && !*column.quote && !find(column.text)) { // `a COLLATE NOCASE`: kept as text
            const auto text = mapText(column.text);
            if (!text)
                return false;
            column.text = *text;
            continue;
        }
        const Transfer *found = find(column.text);
        if (!found)
            return false;
        column = found->column.name;
    }
    return true;
}

/// A text with the columns' new names. nullopt: it needs a column that is gone.
std::optional<QString> Rebuild::mapText(const QString &text)
{
    for (const QString &name : m_dropped) {
        if (mentionsName(text, name) && !find(name))
            return std::nullopt;
    }
    QString mapped = text;
    for (const auto &[from, to] : m_renamed)
        mapped = withRenamedColumn(mapped, from, to);
    return mapped;
}

std::optional<Constraint> Rebuild::finalConstraint(const Bound &bound)
{
    if (!bound.typeKey.isEmpty()) {
        const Transfer *found = find(bound.typeKey);
        if (!found)
            return std::nullopt;
        Constraint constraint = bound.constraint;
        auto condition = std::get<sql::CheckConstraint>(constraint.kind).condition;
        sql::BinaryExpression in = std::get<sql::BinaryExpression>(condition->node);
        in.left = sql::makeExpression(sql::ColumnReference{.table = nullptr, .name = found->column.name});
        constraint.kind = sql::CheckConstraint{sql::makeExpression(std::move(in))};
        return constraint;
    }
    Constraint constraint = bound.constraint;
    if (auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind))
        return mapColumns(unique->columns) ? std::optional(constraint) : std::nullopt;
    if (auto *key = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind)) {
        if (!mapColumns(key->columns))
            return std::nullopt;
        if (isSame(key->referredTable.name.text, m_batch.table.name.text))
            std::ignore = mapColumns(key->referredColumns);
        return constraint;
    }
    const auto *check = std::get_if<sql::CheckConstraint>(&constraint.kind);
    const auto *text = check && check->condition ? std::get_if<sql::LiteralColumn>(&check->condition->node) : nullptr;
    if (!text)
        return constraint;
    const auto mapped = mapText(text->text);
    if (!mapped) {
        if (!constraint.name.isEmpty())
            fail(QStringLiteral("constraint %1 uses a column that this batch drops; drop the constraint first").arg(constraint.name.text));
        else
            m_notes += QStringLiteral("CHECK (%1) goes with a column that is dropped").arg(text->text);
        return std::nullopt;
    }
    constraint.kind = sql::CheckConstraint{sql::makeExpression(sql::LiteralColumn{*mapped})};
    return constraint;
}

TableShape Rebuild::finalShape()
{
    TableShape shape;
    shape.table.name = m_temporary;
    shape.table.prefixes = m_standing.table.prefixes;
    shape.table.options = m_standing.table.options;
    for (const auto &[name, option] : m_batch.tableOptions)
        shape.table.options[name] = option;
    for (const Transfer &one : m_columns) {
        Column column = one.column;
        if (column.computed && !one.isNew) {
            const auto *text = std::get_if<sql::LiteralColumn>(&column.computed->expression->node);
            const auto mapped = text ? mapText(text->text) : std::nullopt;
            if (text && !mapped)
                fail(QStringLiteral("generated column %1 uses a column that this batch drops").arg(column.name.text));
            else if (mapped)
                column.computed->expression = sql::makeExpression(sql::LiteralColumn{*mapped});
        }
        column.isPrimaryKey = false;
        shape.table.columns.push_back(std::move(column));
    }
    shape.constraints = m_batch.tableArgumentConstraints;
    for (const Column &column : shape.table.columns) {
        if (auto check = typeBoundCheck(m_spelling.kind, column))
            shape.constraints.push_back(std::move(*check));
    }
    for (const auto *list : {&m_named, &m_unnamed}) {
        for (const Bound &bound : *list) {
            if (auto constraint = finalConstraint(bound))
                shape.constraints.push_back(std::move(*constraint));
        }
    }
    if (m_primaryKey) {
        auto key = std::get<sql::PrimaryKeyConstraint>(m_primaryKey->kind);
        if (!mapColumns(key.columns))
            fail(QStringLiteral("the primary key of %1 names a column that it has not").arg(m_batch.table.name.text));
        for (const Identifier &name : key.columns) {
            shape.primaryKey.push_back(name.text);
            for (Column &column : shape.table.columns)
                column.isPrimaryKey = column.isPrimaryKey || column.name.text == name.text;
        }
        shape.primaryKeyConstraint = *m_primaryKey;
        shape.primaryKeyConstraint.kind = std::move(key);
    }
    shape.table.constraints = shape.constraints;
    if (m_spelling.isPostgreSql())
        shape.autoincrementColumn = autoincrementColumn(shape);
    return shape;
}

QString Rebuild::copyRows()
{
    sql::FromClause from;
    from.node = sql::FromClause::Named{m_batch.table};
    const auto source = std::make_shared<const sql::FromClause>(std::move(from));
    sql::FromClause into;
    into.node = sql::FromClause::Named{m_temporary};
    sql::Insert insert;
    insert.table = std::make_shared<const sql::FromClause>(std::move(into));
    sql::Select select;
    for (const Transfer &one : m_columns) {
        if (one.isNew)
            continue;
        if (one.column.computed) {
            m_notes += QStringLiteral("generated column %1 is not copied: SQLite computes it").arg(one.column.name.text);
            continue;
        }
        insert.columns.push_back(one.column.name);
        const auto old = sql::makeExpression(sql::ColumnReference{.table = source, .name = Identifier(one.key)});
        const auto type = std::make_shared<const sql::SqlType>(one.column.type);
        select.columns.push_back(one.isCast ? sql::makeExpression(sql::CastExpression{.operand = old, .type = type, .isTry = false}) : old);
    }
    if (insert.columns.empty()) {
        fail(QStringLiteral("the batch leaves no column of table %1").arg(m_batch.table.name.text));
        return {};
    }
    auto query = std::make_shared<sql::Statement>();
    query->node = std::move(select);
    insert.fromSelect = std::move(query);
    auto statement = std::make_shared<sql::Statement>();
    statement->node = std::move(insert);
    const auto written = writeStatement(m_spelling, statement);
    if (!written)
        fail(written.error().detail);
    return written ? written->sql : QString();
}

void Rebuild::put(const QString &sql, QStringList notes)
{
    Statement statement;
    statement.sql = printed(sql);
    statement.origin = m_origin;
    statement.notes = std::move(notes);
    m_statements.push_back(std::move(statement));
}

/// AUTOINCREMENT never gives a number again, so the counter moves with the table.
void Rebuild::putCounter()
{
    const QString note = QStringLiteral("kept: the AUTOINCREMENT counter, which Alembic's rebuild loses");
    const QString temporary = m_writer.literal(m_temporary.name.text);
    put(QStringLiteral("DELETE FROM sqlite_sequence WHERE name = %1").arg(temporary), {note});
    put(QStringLiteral("INSERT INTO sqlite_sequence (name, seq) SELECT %1, seq FROM sqlite_sequence WHERE name = %2")
            .arg(temporary, m_writer.literal(m_batch.table.name.text)),
        {note});
}

bool Rebuild::mapIndex(sql::Index &index)
{
    index.table = m_batch.table;
    for (sql::IndexElement &element : index.elements) {
        const auto *text = element.expression ? std::get_if<sql::LiteralColumn>(&element.expression->node) : nullptr;
        if (text) {
            const auto mapped = mapText(text->text);
            if (!mapped)
                return false;
            element.expression = sql::makeExpression(sql::LiteralColumn{*mapped});
        } else if (!element.expression || std::holds_alternative<sql::ColumnReference>(element.expression->node)) {
            const Transfer *found =
                find(element.expression ? std::get<sql::ColumnReference>(element.expression->node).name.text : element.column.text);
            if (!found)
                return false;
            element.expression = nullptr;
            element.column = found->column.name;
        }
    }
    const auto where = index.options.find(QStringLiteral("sqlite_where"));
    const auto *condition = where == index.options.end() ? nullptr : std::get_if<sql::ExpressionPtr>(&where->second.value);
    const auto *text = condition && *condition ? std::get_if<sql::LiteralColumn>(&(*condition)->node) : nullptr;
    if (text) {
        const auto mapped = mapText(text->text);
        if (!mapped)
            return false;
        where->second.value = sql::makeExpression(sql::LiteralColumn{*mapped});
    }
    return true;
}

void Rebuild::putIndexes()
{
    const size_t existing = m_indexes.size();
    std::vector<sql::Index> all = m_indexes;
    all.insert(all.end(), m_newIndexes.begin(), m_newIndexes.end());
    all.insert(all.end(), m_batch.tableArgumentIndexes.begin(), m_batch.tableArgumentIndexes.end());
    for (size_t i = 0; i < all.size(); ++i) {
        sql::Index index = all[i];
        if (!mapIndex(index)) {
            fail(QStringLiteral("index %1 uses a column that this batch drops; drop the index first").arg(index.name.text));
            return;
        }
        const bool isText = std::ranges::any_of(index.elements, [](const sql::IndexElement &element) { return element.expression != nullptr; });
        QStringList notes;
        if (i < existing && isText && !m_isCopied)
            notes += QStringLiteral("kept: expressions, DESC and collations of index %1, which Alembic's rebuild loses").arg(index.name.text);
        put(m_writer.createIndex(index, false), notes);
    }
}

void Rebuild::checkTriggers()
{
    for (const QString &trigger : m_standing.triggerSql) {
        QStringList touched;
        for (const QString &name : m_dropped) {
            if (mentionsName(trigger, name) && !find(name))
                touched += name;
        }
        for (const auto &[from, to] : m_renamed) {
            if (mentionsName(trigger, from))
                touched += from;
        }
        if (!touched.isEmpty())
            fail(QStringLiteral("a trigger uses %1, which this batch drops or renames; drop the trigger first and create it anew after: %2")
                     .arg(touched.join(QLatin1String(", ")), trigger.section(QLatin1Char('\n'), 0, 0)));
    }
}

/// What Alembic's reflection would lose of the table itself, or would write otherwise each time.
QStringList Rebuild::keptNotes()
{
    QStringList notes;
    if (m_orderVaries)
        notes += QStringLiteral("Alembic's order of this table's constraints varies from run to run");
    if (m_isCopied)
        return notes;
    for (const Bound &bound : m_unnamed) {
        if (std::holds_alternative<sql::CheckConstraint>(bound.constraint.kind) && bound.typeKey.isEmpty())
            notes += QStringLiteral("kept: a CHECK without name, which Alembic's rebuild loses");
    }
    for (const auto *list : {&m_named, &m_unnamed}) {
        for (const Bound &bound : *list) {
            const auto *key = std::get_if<sql::ForeignKeyConstraint>(&bound.constraint.kind);
            const bool isNamedInline = bound.constraint.isFromColumn && !bound.constraint.name.isEmpty();
            if (key && isNamedInline)
                notes += QStringLiteral("kept: foreign key %1 with its actions, which Alembic's rebuild loses").arg(bound.constraint.name.text);
        }
    }
    if (m_standing.hasAutoincrement)
        notes += QStringLiteral("kept: AUTOINCREMENT");
    if (m_standing.withoutRowid)
        notes += QStringLiteral("kept: WITHOUT ROWID");
    if (m_standing.strict)
        notes += QStringLiteral("kept: STRICT");
    for (const Transfer &one : m_columns) {
        if (one.column.options.contains(QStringLiteral("sqlite_collate")))
            notes += QStringLiteral("kept: the collation of column %1").arg(one.column.name.text);
        if (!one.isNew && one.column.type.family == sql::TypeFamily::Custom)
            notes += QStringLiteral("kept: the declared type of column %1").arg(one.column.name.text);
    }
    notes.removeDuplicates();
    return notes;
}

/// One overload for each operation that a batch may hold.
struct BatchVisitor {
    Rebuild &r;
    void operator()(const sql::AddColumn &o) const { r.addColumn(o); }
    void operator()(const sql::DropColumn &o) const { r.dropColumn(o); }
    void operator()(const sql::AlterColumn &o) const { r.alterColumn(o); }
    void operator()(const sql::AddConstraint &o) const { r.addConstraint(o.constraint); }
    void operator()(const sql::DropConstraint &o) const
    {
        if (o.name.isEmpty())
            r.fail(QStringLiteral("Constraint must have a name"));
        else if (!r.dropConstraint(o.name.text) && !o.ifExists)
            r.fail(QStringLiteral("No such constraint: '%1'").arg(o.name.text));
    }
    void operator()(const sql::CreateIndex &o) const { r.m_newIndexes.push_back(o.index); }
    void operator()(const sql::DropIndex &o) const
    {
        const bool stands = std::ranges::any_of(r.m_indexes, [&](const sql::Index &index) { return index.name.text == o.index.name.text; });
        if (stands || !o.ifExists)
            r.dropIndex(o.index.name.text);
    }
    void operator()(const sql::CreateTableComment &) const {} // SQLite has no comments
    void operator()(const sql::DropTableComment &) const {}
    void operator()(const sql::Execute &) const {} // done before the batch
    void operator()(const auto &) const { r.fail(QStringLiteral("an operation in batch_alter_table that a rebuild cannot hold")); }
};

Result<std::vector<Statement>> Rebuild::write()
{
    takeTable();
    for (const sql::Operation &operation : m_batch.operations) {
        std::visit(BatchVisitor{*this}, operation.kind);
        if (m_writer.problem()) {
            Error problem = *m_writer.problem();
            problem.file = operation.origin.file;
            problem.line = operation.origin.line;
            return std::unexpected(std::move(problem));
        }
    }
    sortColumns();
    checkTriggers();
    const TableShape shape = finalShape();
    const QStringList kept = keptNotes();
    put(m_writer.createTable(shape, false), kept + m_notes);
    m_notes.clear();
    const QString copy = copyRows();
    put(copy, m_notes);
    const bool stillCounts = std::ranges::any_of(shape.table.columns, [&](const Column &column) { return hasInlineKey(shape, column); });
    if (m_standing.hasAutoincrement && stillCounts)
        putCounter();
    const QStringList viewNote = {QStringLiteral("kept: a view that reads the table; it is dropped before and created again after")};
    for (qsizetype i = m_standing.viewNames.size(); i-- > 0;)
        put(QLatin1String("DROP VIEW ") + m_writer.quoted(Identifier(m_standing.viewNames[i])), viewNote);
    put(QLatin1String("DROP TABLE ") + quotedName(m_spelling.kind, m_batch.table));
    m_statements.back().needsForeignKeysOff = m_spelling.isSqlite();
    put(QLatin1String("ALTER TABLE ") + quotedAlterName(m_spelling.kind, m_temporary) + QLatin1String(" RENAME TO ") +
        m_writer.quoted(m_batch.table.name));
    putIndexes();
    for (const QString &view : m_standing.viewSql)
        put(view, viewNote);
    for (const QString &trigger : m_standing.triggerSql)
        put(trigger, {QStringLiteral("kept: a trigger, which Alembic's rebuild loses")});
    if (m_writer.problem()) {
        Error problem = *m_writer.problem();
        problem.file = m_origin.file;
        problem.line = m_origin.line;
        return std::unexpected(std::move(problem));
    }
    return std::move(m_statements);
}

} // namespace

Result<std::vector<Statement>> rebuildStatements(const Spelling &spelling, const sql::BatchAlterTable &batch, const sql::Origin &origin,
                                                 const StandingTable &standing, bool isCopied)
{
    return Rebuild(spelling, batch, origin, standing, isCopied).write();
}

} // namespace stillroom::dialect
