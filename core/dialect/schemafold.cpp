// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/schemafold.h"

#include "dialect/identifiers.h"
#include "dialect/sqlitetable.h"
#include "dialect/sqlitetokens.h"
#include "dialect/sqlreader.h"
#include "dialect/tablewriter.h"

#include <algorithm>

namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;
using sql::QualifiedName;

namespace {

bool isSame(const QString &a, const QString &b) { return a.compare(b, Qt::CaseInsensitive) == 0; }

void renameIn(std::vector<Identifier> &names, const QString &from, const QString &to)
{
    for (Identifier &name : names) {
        if (isSame(name.text, from))
            name.text = to;
    }
}

void renameText(sql::ExpressionPtr &e, const QString &from, const QString &to)
{
    if (const auto *text = e ? std::get_if<sql::LiteralColumn>(&e->node) : nullptr)
        e = sql::makeExpression(sql::LiteralColumn{withRenamedColumn(text->text, from, to)});
}

bool usesColumn(const Constraint &constraint, const QString &name)
{
    const auto among = [&](const std::vector<Identifier> &names) {
        return std::ranges::any_of(names, [&](const Identifier &one) { return isSame(one.text, name); });
    };
    if (const auto *key = std::get_if<sql::PrimaryKeyConstraint>(&constraint.kind))
        return among(key->columns);
    if (const auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind))
        return among(unique->columns);
    if (const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind))
        return among(foreign->columns);
    return false;
}

/// A cursor over tokens, for the few statements that are followed.
struct Words {
    std::vector<SqliteToken> tokens;
    size_t at = 0;
    bool accept(const char16_t *word)
    {
        const bool found = at < tokens.size() && tokens[at].is(word);
        at += found ? 1 : 0;
        return found;
    }
    void skipExistence()
    {
        if (accept(u"IF")) {
            accept(u"NOT");
            accept(u"EXISTS");
        }
    }
    QualifiedName name()
    {
        QualifiedName made;
        if (at < tokens.size() && tokens[at].isName())
            made.name = Identifier(tokens[at++].name());
        if (accept(u".") && at < tokens.size()) {
            made.schema = made.name;
            made.name = Identifier(tokens[at++].name());
        }
        return made;
    }
};

} // namespace

QString SchemaFold::keyOf(const QualifiedName &name) const
{
    QString schema = name.schema.text;
    const QString ordinary = m_kind == DialectKind::Sqlite ? QStringLiteral("main") : QStringLiteral("public");
    if (schema == ordinary)
        schema.clear();
    const QString key = schema.isEmpty() ? name.name.text : schema + QLatin1Char('.') + name.name.text;
    return m_kind == DialectKind::Sqlite ? key.toLower() : key;
}

void SchemaFold::forget(const QString &key)
{
    m_tables.erase(key);
    m_unknown.erase(key);
    std::erase_if(m_triggers, [&](const Trigger &trigger) { return isSame(trigger.on, key); });
}

void SchemaFold::lose(const QString &key, const QString &shown)
{
    m_tables.erase(key);
    m_unknown[key] = shown;
}

void SchemaFold::apply(const sql::Operation &operation, const std::vector<Statement> &statements)
{
    if (m_kind == DialectKind::PostgreSql) {
        applyOperation(operation);
        return;
    }
    for (const Statement &statement : statements) {
        for (const SqlPart &part : readSql(m_kind, statement.sql).parts)
            applySqlite(part.sql);
    }
}

void SchemaFold::renameColumn(const QString &key, const QString &from, const QString &to)
{
    StandingTable &standing = m_tables[key];
    standing.sql.clear();
    for (Column &column : standing.table.columns) {
        if (isSame(column.name.text, from))
            column.name = Identifier(to);
        if (column.computed)
            renameText(column.computed->expression, from, to);
    }
    for (Constraint &constraint : standing.table.constraints) {
        if (auto *primary = std::get_if<sql::PrimaryKeyConstraint>(&constraint.kind))
            renameIn(primary->columns, from, to);
        if (auto *unique = std::get_if<sql::UniqueConstraint>(&constraint.kind))
            renameIn(unique->columns, from, to);
        if (auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind))
            renameIn(foreign->columns, from, to);
        if (auto *check = std::get_if<sql::CheckConstraint>(&constraint.kind))
            renameText(check->condition, from, to);
    }
    for (size_t i = 0; i < standing.table.indexes.size(); ++i) {
        for (sql::IndexElement &element : standing.table.indexes[i].elements) {
            if (isSame(element.column.text, from))
                element.column = Identifier(to);
            renameText(element.expression, from, to);
        }
        for (auto &[name, option] : standing.table.indexes[i].options) {
            if (auto *e = std::get_if<sql::ExpressionPtr>(&option.value))
                renameText(*e, from, to);
        }
        if (qsizetype(i) < standing.indexSql.size())
            standing.indexSql[qsizetype(i)] = withRenamedColumn(standing.indexSql[qsizetype(i)], from, to);
    }
    for (Trigger &trigger : m_triggers) {
        if (isSame(trigger.on, key))
            trigger.sql = withRenamedColumn(trigger.sql, from, to);
    }
    for (auto &[other, table] : m_tables) {
        for (Constraint &constraint : table.table.constraints) {
            auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind);
            if (foreign && keyOf(foreign->referredTable) == key)
                renameIn(foreign->referredColumns, from, to);
        }
    }
}

void SchemaFold::renameSqliteTable(const QString &key, const QString &newName)
{
    const QString newKey = newName.toLower();
    if (m_unknown.contains(key)) {
        m_unknown.erase(key);
        m_unknown[newKey] = newName;
        return;
    }
    auto found = m_tables.extract(key);
    if (found.empty())
        return;
    StandingTable &standing = found.mapped();
    const QString oldName = standing.table.name.name.text;
    standing.table.name.name = Identifier(newName);
    standing.sql.clear();
    for (QString &text : standing.indexSql)
        text = withRenamedColumn(text, oldName, newName);
    for (sql::Index &index : standing.table.indexes)
        index.table.name = Identifier(newName);
    found.key() = newKey;
    m_tables.insert(std::move(found));
    for (Trigger &trigger : m_triggers) {
        trigger.on = isSame(trigger.on, key) ? newKey : trigger.on;
        trigger.sql = withRenamedColumn(trigger.sql, oldName, newName);
    }
    for (View &view : m_views)
        view.sql = withRenamedColumn(view.sql, oldName, newName);
    for (auto &[other, table] : m_tables) { // SQLite points the references of other tables to the new name
        for (Constraint &constraint : table.table.constraints) {
            auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind);
            if (foreign && isSame(foreign->referredTable.name.text, oldName))
                foreign->referredTable.name = Identifier(newName);
        }
    }
}

void SchemaFold::alterSqlite(const QString &sql)
{
    Words words{sqliteTokens(sql), 2};
    const QualifiedName name = words.name();
    const QString key = keyOf(name);
    const auto found = m_tables.find(key);
    if (words.accept(u"RENAME")) {
        if (words.accept(u"TO")) {
            renameSqliteTable(key, words.name().name.text);
            return;
        }
        words.accept(u"COLUMN");
        const QString from = words.name().name.text;
        words.accept(u"TO");
        if (found != m_tables.end())
            renameColumn(key, from, words.name().name.text);
        return;
    }
    if (found == m_tables.end())
        return;
    if (words.accept(u"ADD")) {
        words.accept(u"COLUMN");
        const qsizetype start = words.at < words.tokens.size() ? words.tokens[words.at].start : sql.size();
        found->second.sql.clear();
        if (!addSqliteColumn(found->second, sql.mid(start)))
            lose(key, name.name.text);
    } else if (words.accept(u"DROP")) {
        words.accept(u"COLUMN");
        const QString column = words.name().name.text;
        found->second.sql.clear();
        std::erase_if(found->second.table.columns, [&](const Column &one) { return isSame(one.name.text, column); });
        std::erase_if(found->second.table.constraints, [&](const Constraint &one) { return usesColumn(one, column); });
    } else {
        lose(key, name.name.text);
    }
}

void SchemaFold::applySqlite(const QString &sql)
{
    Words words{sqliteTokens(sql), 0};
    if (words.accept(u"ALTER") && words.accept(u"TABLE")) {
        alterSqlite(sql);
        return;
    }
    if (words.accept(u"DROP")) {
        const bool isTable = words.accept(u"TABLE");
        const bool isIndex = !isTable && words.accept(u"INDEX");
        const bool isTrigger = !isTable && !isIndex && words.accept(u"TRIGGER");
        const bool isView = !isTable && !isIndex && !isTrigger && words.accept(u"VIEW");
        words.skipExistence();
        const QualifiedName name = words.name();
        if (isTable)
            forget(keyOf(name));
        if (isTrigger)
            std::erase_if(m_triggers, [&](const Trigger &trigger) { return isSame(trigger.name, name.name.text); });
        if (isView) {
            std::erase_if(m_views, [&](const View &view) { return isSame(view.name, name.name.text); });
            std::erase_if(m_triggers, [&](const Trigger &trigger) { return isSame(trigger.on, name.name.text); });
        }
        for (auto &[key, table] : m_tables) {
            for (size_t i = 0; isIndex && i < table.table.indexes.size(); ++i) {
                if (!isSame(table.table.indexes[i].name.text, name.name.text))
                    continue;
                table.table.indexes.erase(table.table.indexes.begin() + static_cast<std::ptrdiff_t>(i));
                table.indexSql.removeAt(static_cast<qsizetype>(i));
                break;
            }
        }
        return;
    }
    if (!words.accept(u"CREATE"))
        return;
    const bool isTemporary = words.accept(u"TEMP") || words.accept(u"TEMPORARY");
    const bool isVirtual = words.accept(u"VIRTUAL");
    const bool isUnique = words.accept(u"UNIQUE");
    if (words.accept(u"TABLE")) {
        words.skipExistence();
        const QualifiedName name = words.name();
        const QString key = keyOf(name);
        if (m_tables.contains(key) || isTemporary)
            return;
        auto standing = readSqliteTable(sql);
        if (standing && !isVirtual)
            m_tables[key] = std::move(*standing);
        else
            lose(key, name.name.text);
    } else if (words.accept(u"INDEX")) {
        auto index = readSqliteIndex(sql);
        const auto found = index ? m_tables.find(keyOf(index->table)) : m_tables.end();
        if (found == m_tables.end())
            return;
        const bool stands =
            std::ranges::any_of(found->second.table.indexes, [&](const sql::Index &one) { return isSame(one.name.text, index->name.text); });
        if (stands)
            return;
        found->second.table.indexes.push_back(std::move(*index));
        found->second.indexSql += sql;
    } else if (words.accept(u"TRIGGER") && !isUnique) {
        words.skipExistence();
        Trigger trigger{words.name().name.text, {}, sql};
        while (words.at < words.tokens.size() && !words.accept(u"ON"))
            ++words.at;
        trigger.on = keyOf(words.name());
        m_triggers.push_back(std::move(trigger));
    } else if (words.accept(u"VIEW")) {
        words.skipExistence();
        m_views.push_back({words.name().name.text, sql});
    }
}

void SchemaFold::applyRaw(const QString &sql)
{
    static const char *const words[] = {"table", "select into"};
    const QString lower = sql.toLower();
    if (std::ranges::none_of(words, [&](const char *word) { return lower.contains(QLatin1String(word)); }))
        return;
    for (const SqlPart &part : readSql(m_kind, sql).parts) {
        if (part.kind != SqlKind::CreateTable && part.kind != SqlKind::AlterTable && part.kind != SqlKind::DropTable)
            continue;
        for (const QString &relation : part.relations) {
            QualifiedName name;
            name.name = Identifier(relation.section(QLatin1Char('.'), -1));
            name.schema = Identifier(relation.contains(QLatin1Char('.')) ? relation.section(QLatin1Char('.'), 0, -2) : QString());
            if (part.kind == SqlKind::DropTable)
                forget(keyOf(name));
            else
                lose(keyOf(name), relation);
        }
    }
}

/// PostgreSQL: one overload for each operation that changes a table.
struct FoldVisitor {
    SchemaFold &f;

    [[nodiscard]] StandingTable *find(const QualifiedName &name) const
    {
        const auto found = f.m_tables.find(f.keyOf(name));
        return found == f.m_tables.end() ? nullptr : &found->second;
    }
    void operator()(const sql::CreateTable &o) const
    {
        const TableShape shape = shapeOf(f.m_kind, o.table);
        StandingTable standing;
        standing.table = shape.table;
        standing.table.constraints = shape.constraints;
        if (!shape.primaryKey.empty())
            standing.table.constraints.insert(standing.table.constraints.begin(), shape.primaryKeyConstraint);
        standing.table.indexes = shape.indexes;
        for (Column &column : standing.table.columns) {
            column.hasIndex = column.isUnique = false;
            column.nullableGiven = true;
            std::erase_if(column.constraints, [](const Constraint &c) { return std::holds_alternative<sql::ForeignKeyConstraint>(c.kind); });
        }
        if (!(o.ifNotExists && find(o.table.name)))
            f.m_tables[f.keyOf(o.table.name)] = std::move(standing);
    }
    void operator()(const sql::DropTable &o) const { f.forget(f.keyOf(o.table)); }
    void operator()(const sql::RenameTable &o) const
    {
        QualifiedName renamed = o.table;
        renamed.name = o.newName;
        if (f.m_unknown.erase(f.keyOf(o.table)) > 0)
            f.m_unknown[f.keyOf(renamed)] = renamed.name.text;
        auto found = f.m_tables.extract(f.keyOf(o.table));
        if (found.empty())
            return;
        found.mapped().table.name = renamed;
        for (sql::Index &index : found.mapped().table.indexes)
            index.table = renamed;
        found.key() = f.keyOf(renamed);
        f.m_tables.insert(std::move(found));
        for (auto &[key, table] : f.m_tables) {
            for (Constraint &constraint : table.table.constraints) {
                auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind);
                if (foreign && f.keyOf(foreign->referredTable) == f.keyOf(o.table))
                    foreign->referredTable = renamed;
            }
        }
    }
    void operator()(const sql::AddColumn &o) const
    {
        StandingTable *standing = find(o.table);
        if (!standing || (o.ifNotExists && standing->table.column(o.column.name.text)))
            return;
        sql::Table alone;
        alone.name = o.table;
        alone.columns.push_back(o.column);
        const TableShape shape = shapeOf(f.m_kind, alone);
        Column column = shape.table.columns.front();
        column.nullableGiven = true;
        column.hasIndex = column.isUnique = false;
        std::erase_if(column.constraints, [](const Constraint &c) { return std::holds_alternative<sql::ForeignKeyConstraint>(c.kind); });
        standing->table.columns.push_back(std::move(column));
        auto &constraints = standing->table.constraints;
        constraints.insert(constraints.end(), shape.constraints.begin(), shape.constraints.end());
        standing->table.indexes.insert(standing->table.indexes.end(), shape.indexes.begin(), shape.indexes.end());
    }
    void operator()(const sql::DropColumn &o) const
    {
        StandingTable *standing = find(o.table);
        if (!standing)
            return;
        const QString name = o.column.text;
        std::erase_if(standing->table.columns, [&](const Column &one) { return one.name.text == name; });
        std::erase_if(standing->table.constraints, [&](const Constraint &one) { return usesColumn(one, name); });
        std::erase_if(standing->table.indexes, [&](const sql::Index &index) {
            return std::ranges::any_of(index.elements, [&](const sql::IndexElement &element) { return element.column.text == name; });
        });
    }
    void operator()(const sql::AlterColumn &o) const
    {
        StandingTable *standing = find(o.table);
        if (!standing)
            return;
        for (Column &column : standing->table.columns) {
            if (column.name.text != o.column.text)
                continue;
            if (o.nullable)
                column.nullable = *o.nullable;
            if (o.type)
                column.type = *o.type;
            if (o.serverDefault)
                column.serverDefault = *o.serverDefault;
            if (o.serverDefault && o.existingIdentity)
                column.identity.reset();
            if (o.identity)
                column.identity = o.identity;
            if (o.comment)
                column.comment = *o.comment;
        }
        if (!o.newName.isEmpty())
            f.renameColumn(f.keyOf(o.table), o.column.text, o.newName.text);
    }
    void operator()(const sql::CreateIndex &o) const
    {
        if (StandingTable *standing = find(o.index.table))
            standing->table.indexes.push_back(o.index);
    }
    void operator()(const sql::DropIndex &o) const
    {
        for (auto &[key, table] : f.m_tables)
            std::erase_if(table.table.indexes, [&](const sql::Index &index) { return index.name.text == o.index.name.text; });
    }
    void operator()(const sql::AddConstraint &o) const
    {
        StandingTable *standing = find(o.table);
        if (!standing)
            return;
        standing->table.constraints.push_back(o.constraint);
        const auto *key = std::get_if<sql::PrimaryKeyConstraint>(&o.constraint.kind);
        for (Column &column : standing->table.columns) {
            if (key && std::ranges::any_of(key->columns, [&](const Identifier &one) { return one.text == column.name.text; })) {
                column.isPrimaryKey = true;
                column.nullable = false;
            }
        }
    }
    void operator()(const sql::DropConstraint &o) const
    {
        if (StandingTable *standing = find(o.table))
            std::erase_if(standing->table.constraints, [&](const Constraint &one) { return one.name.text == o.name.text; });
    }
    void operator()(const sql::CreateTableComment &o) const
    {
        if (StandingTable *standing = find(o.table))
            standing->table.comment = o.comment;
    }
    void operator()(const sql::DropTableComment &o) const
    {
        if (StandingTable *standing = find(o.table))
            standing->table.comment.reset();
    }
    void operator()(const sql::Execute &o) const
    {
        if (const auto *text = std::get_if<QString>(&o.statement))
            f.applyRaw(*text);
        const auto *statement = std::get_if<sql::StatementPtr>(&o.statement);
        const auto *clause = statement && *statement ? std::get_if<sql::TextClause>(&(*statement)->node) : nullptr;
        if (clause)
            f.applyRaw(clause->text);
    }
    void operator()(const std::shared_ptr<const sql::BatchAlterTable> &o) const
    {
        for (const sql::Operation &inner : o->operations)
            f.applyOperation(inner);
    }
    void operator()(const auto &) const {}
};

void SchemaFold::applyOperation(const sql::Operation &operation) { std::visit(FoldVisitor{*this}, operation.kind); }

Result<std::optional<StandingTable>> SchemaFold::table(const QualifiedName &name)
{
    const QString key = keyOf(name);
    const auto found = m_tables.find(key);
    if (found == m_tables.end())
        return std::nullopt;
    StandingTable standing = found->second;
    for (const View &view : m_views) {
        if (mentionsName(view.sql, standing.table.name.name.text)) {
            standing.viewNames += view.name;
            standing.viewSql += view.sql;
        }
    }
    for (const Trigger &trigger : m_triggers) {
        const bool isOfView = std::ranges::any_of(standing.viewNames, [&](const QString &view) { return isSame(view, trigger.on); });
        if (trigger.on == key || isOfView)
            standing.triggerSql += trigger.sql;
    }
    return std::optional(std::move(standing));
}

bool SchemaFold::isUnknown(const QualifiedName &name) const { return m_unknown.contains(keyOf(name)); }

std::vector<sql::Table> SchemaFold::tables() const
{
    std::vector<sql::Table> all;
    for (const auto &[key, standing] : m_tables)
        all.push_back(standing.table);
    return all;
}

QStringList SchemaFold::unknownTables() const
{
    QStringList names;
    for (const auto &[key, shown] : m_unknown)
        names += shown;
    return names;
}

} // namespace stillroom::dialect
