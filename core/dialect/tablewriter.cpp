// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/tablewriter.h"

#include "dialect/typetext.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;

void TableWriter::fail(const QString &detail)
{
    if (!m_problem)
        m_problem = notSupported(detail);
}

QString TableWriter::taken(Result<QString> text)
{
    if (text)
        return *text;
    if (!m_problem)
        m_problem = text.error();
    return {};
}

QString TableWriter::taken(Result<Written> text)
{
    if (text) {
        m_notes += text->notes;
        return text->sql;
    }
    if (!m_problem)
        m_problem = text.error();
    return {};
}

QString TableWriter::name(const Identifier &identifier) { return taken(constraintName(m_spelling.kind, identifier)); }
QString TableWriter::type(const sql::SqlType &stated) { return taken(typeText(m_spelling.kind, stated)); }
QString TableWriter::expression(const sql::ExpressionPtr &e, bool includeTable) { return taken(writeExpression(m_spelling, e, includeTable)); }

QString TableWriter::columnList(const std::vector<Identifier> &columns) const
{
    QStringList names;
    for (const Identifier &column : columns)
        names += quoted(column);
    return names.join(QLatin1String(", "));
}

QString TableWriter::phrase(const QString &text, Phrase expected)
{
    const auto whole = [](const char *pattern) {
        return QRegularExpression(QLatin1String("^(?:") + QLatin1String(pattern) + QLatin1String(")$"), QRegularExpression::CaseInsensitiveOption);
    };
    static const QRegularExpression cascade = whole("RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT");
    static const QRegularExpression postgreSqlDelete = whole("RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?:\\s*\\(.+\\))?|NO ACTION");
    static const QRegularExpression initially = whole("DEFERRED|IMMEDIATE");
    static const QRegularExpression name = whole("[\\w_]+");
    const auto shape = [&]() -> const QRegularExpression & {
        switch (expected) {
        case Phrase::Cascade:
            return cascade;
        case Phrase::PostgreSqlDelete:
            return postgreSqlDelete;
        case Phrase::Initially:
            return initially;
        case Phrase::Name:
            break;
        }
        return name;
    };
    if (!shape().match(text).hasMatch())
        fail(QStringLiteral("unexpected SQL phrase: '%1'").arg(text));
    return text;
}

QString TableWriter::preamble(const Constraint &constraint)
{
    return constraint.name.isEmpty() ? QString() : QLatin1String("CONSTRAINT ") + name(constraint.name) + QLatin1Char(' ');
}

QString TableWriter::deferrability(const Constraint &constraint)
{
    std::optional<bool> deferrable = constraint.deferrable;
    QString initially = constraint.initially;
    if (const auto *key = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind)) {
        if (!deferrable)
            deferrable = key->options.deferrable;
        if (initially.isEmpty())
            initially = key->options.initially;
    }
    QString text;
    if (deferrable)
        text += *deferrable ? QLatin1String(" DEFERRABLE") : QLatin1String(" NOT DEFERRABLE");
    if (!initially.isEmpty())
        text += QLatin1String(" INITIALLY ") + phrase(initially, Phrase::Initially);
    return text;
}

QString TableWriter::includeText(const sql::DialectOptions &options)
{
    QStringList names;
    for (const QString &column : optionList(options, QStringLiteral("postgresql_include")))
        names += quoted(Identifier(column));
    return names.isEmpty() ? QString() : QLatin1String(" INCLUDE (") + names.join(QLatin1String(", ")) + QLatin1Char(')');
}

QString TableWriter::defaultText(const sql::ServerDefault &value)
{
    if (const auto *text = std::get_if<QString>(&value))
        return literal(*text);
    if (const auto *e = std::get_if<sql::ExpressionPtr>(&value); e && *e)
        return expression(*e, true);
    return {};
}

QString TableWriter::sqliteDefault(const sql::ServerDefault &value)
{
    const QString text = defaultText(value);
    if (m_spelling.options.sqlalchemy14) { // 1.4 looks at what the default is, not at its text
        const auto *e = std::get_if<sql::ExpressionPtr>(&value);
        const bool isElement = e && *e && !std::holds_alternative<sql::TextClause>((*e)->node);
        return isElement ? QLatin1Char('(') + text + QLatin1Char(')') : text;
    }
    static const QRegularExpression enclosed(QStringLiteral("^\\s*['\"(]"));
    static const QRegularExpression notAWord(QStringLiteral("^.*\\W.*"), QRegularExpression::UseUnicodePropertiesOption);
    const bool needsParentheses = !enclosed.match(text).hasMatch() && notAWord.match(text).hasMatch();
    return needsParentheses ? QLatin1Char('(') + text + QLatin1Char(')') : text;
}

QString TableWriter::sequenceOptions(const sql::SequenceOptions &options)
{
    QStringList parts;
    const auto number = [&](const QString &word, const std::optional<qint64> &value) {
        if (value)
            parts += word + QLatin1Char(' ') + QString::number(*value);
    };
    number(QStringLiteral("INCREMENT BY"), options.increment);
    number(QStringLiteral("START WITH"), options.start);
    number(QStringLiteral("MINVALUE"), options.minValue);
    number(QStringLiteral("MAXVALUE"), options.maxValue);
    if (options.noMinValue)
        parts += QStringLiteral("NO MINVALUE");
    if (options.noMaxValue)
        parts += QStringLiteral("NO MAXVALUE");
    number(QStringLiteral("CACHE"), options.cache);
    if (options.cycle)
        parts += *options.cycle ? QStringLiteral("CYCLE") : QStringLiteral("NO CYCLE");
    return parts.join(QLatin1Char(' '));
}

QString TableWriter::identity(const sql::Identity &identity)
{
    const QString options = sequenceOptions(identity.options);
    return QStringLiteral("GENERATED %1 AS IDENTITY").arg(identity.always ? QStringLiteral("ALWAYS") : QStringLiteral("BY DEFAULT")) +
           (options.isEmpty() ? QString() : QLatin1String(" (") + options + QLatin1Char(')'));
}

QString TableWriter::computed(const sql::Computed &generated)
{
    const QString text = QLatin1String("GENERATED ALWAYS AS (") + expression(generated.expression) + QLatin1Char(')');
    if (m_spelling.isPostgreSql()) {
        if (generated.persisted && !*generated.persisted)
            fail(QStringLiteral("PostgreSQL computed columns do not support 'virtual' persistence; set the 'persisted' flag to None or True for "
                                "PostgreSQL support"));
        return text + QLatin1String(" STORED");
    }
    if (!generated.persisted)
        return text;
    return text + (*generated.persisted ? QLatin1String(" STORED") : QLatin1String(" VIRTUAL"));
}

QString TableWriter::postgreSqlColumn(const TableShape &shape, const Column &column)
{
    QString text = quoted(column.name);
    const bool hasSequence = column.sequence && !column.sequence->isOptional;
    const bool isSerial =
        column.isPrimaryKey && shape.autoincrementColumn == column.name.text && !column.identity && !hasSequence && !column.hasClientDefault;
    if (isSerial) {
        const QString name = effectiveType(m_spelling.kind, column.type).name;
        if (name == QLatin1String("BigInteger") || name == QLatin1String("BIGINT"))
            text += QLatin1String(" BIGSERIAL");
        else if (name == QLatin1String("SmallInteger") || name == QLatin1String("SMALLINT"))
            text += QLatin1String(" SMALLSERIAL");
        else
            text += QLatin1String(" SERIAL");
    } else {
        text += QLatin1Char(' ') + type(column.type);
        if (!std::holds_alternative<std::monostate>(column.serverDefault))
            text += QLatin1String(" DEFAULT ") + defaultText(column.serverDefault);
    }
    if (column.computed)
        text += QLatin1Char(' ') + computed(*column.computed);
    if (column.identity)
        text += QLatin1Char(' ') + identity(*column.identity);
    if (!column.nullable && !column.identity)
        text += QLatin1String(" NOT NULL");
    else if (column.nullable && column.identity)
        text += QLatin1String(" NULL");
    return text;
}

QString TableWriter::sqliteColumn(const TableShape &shape, const Column &column)
{
    const QString typeName = type(column.type);
    QString text = quoted(column.name) + (typeName.isEmpty() ? QString() : QLatin1Char(' ') + typeName);
    if (!std::holds_alternative<std::monostate>(column.serverDefault))
        text += QLatin1String(" DEFAULT ") + sqliteDefault(column.serverDefault);
    if (!column.nullable) {
        text += QLatin1String(" NOT NULL");
        const QString conflict = optionText(column.options, QStringLiteral("sqlite_on_conflict_not_null"));
        if (!conflict.isEmpty())
            text += QLatin1String(" ON CONFLICT ") + conflict;
    }
    if (column.isPrimaryKey) {
        if (column.autoincrement.value_or(false) && shape.primaryKey.size() != 1)
            fail(QStringLiteral("SQLite does not support autoincrement for composite primary keys"));
        if (hasInlineKey(shape, column)) {
            text += QLatin1String(" PRIMARY KEY");
            const QString conflict = optionText(column.options, QStringLiteral("sqlite_on_conflict_primary_key"));
            if (!conflict.isEmpty())
                text += QLatin1String(" ON CONFLICT ") + conflict;
            text += QLatin1String(" AUTOINCREMENT");
        }
    }
    if (column.computed)
        text += QLatin1Char(' ') + computed(*column.computed);
    if (const QString collation = optionText(column.options, QStringLiteral("sqlite_collate")); !collation.isEmpty()) // of a table that stands
        text += QLatin1String(" COLLATE ") + quoted(Identifier(collation));
    return text;
}

QString TableWriter::columnSpecification(const TableShape &shape, const Column &column)
{
    return m_spelling.isPostgreSql() ? postgreSqlColumn(shape, column) : sqliteColumn(shape, column);
}

QString TableWriter::columnChecks(const Column &column)
{
    QString text;
    for (const Constraint &own : column.constraints) {
        if (const auto *check = std::get_if<sql::CheckConstraint>(&own.kind))
            text +=
                QLatin1Char(' ') + preamble(own) + QLatin1String("CHECK (") + expression(check->condition) + QLatin1Char(')') + deferrability(own);
    }
    return text;
}

QString TableWriter::primaryKey(const TableShape &shape, const Constraint &constraint, const sql::PrimaryKeyConstraint &key)
{
    const Column *single = key.columns.size() == 1 ? shape.table.column(key.columns.front().text) : nullptr;
    if (m_spelling.isSqlite() && single && hasInlineKey(shape, *single))
        return {};
    QString text = preamble(constraint) + QLatin1String("PRIMARY KEY (") + columnList(key.columns) + QLatin1Char(')');
    if (m_spelling.isPostgreSql())
        return text + includeText(constraint.options) + deferrability(constraint);
    text += deferrability(constraint);
    QString conflict = optionText(constraint.options, QStringLiteral("sqlite_on_conflict"));
    if (conflict.isEmpty() && single)
        conflict = optionText(single->options, QStringLiteral("sqlite_on_conflict_primary_key"));
    return conflict.isEmpty() ? text : text + QLatin1String(" ON CONFLICT ") + conflict;
}

QString TableWriter::unique(const TableShape &shape, const Constraint &constraint, const sql::UniqueConstraint &key)
{
    QString text = preamble(constraint) + QLatin1String("UNIQUE ");
    if (m_spelling.isPostgreSql()) {
        if (const auto distinct = optionBool(constraint.options, QStringLiteral("postgresql_nulls_not_distinct")))
            text += *distinct ? QLatin1String("NULLS NOT DISTINCT ") : QLatin1String("NULLS DISTINCT ");
    }
    text += QLatin1Char('(') + columnList(key.columns) + QLatin1Char(')');
    if (m_spelling.isPostgreSql())
        return text + includeText(constraint.options) + deferrability(constraint);
    text += deferrability(constraint);
    QString conflict = optionText(constraint.options, QStringLiteral("sqlite_on_conflict"));
    const Column *single = key.columns.size() == 1 ? shape.table.column(key.columns.front().text) : nullptr;
    if (conflict.isEmpty() && single)
        conflict = optionText(single->options, QStringLiteral("sqlite_on_conflict_unique"));
    return conflict.isEmpty() ? text : text + QLatin1String(" ON CONFLICT ") + conflict;
}

QString TableWriter::referenceTail(const Constraint &constraint)
{
    const auto *key = std::get_if<sql::ForeignKeyConstraint>(&constraint.kind);
    if (!key)
        return {};
    QString text;
    if (!key->options.match.isEmpty())
        text += QLatin1String(" MATCH ") + key->options.match;
    if (!key->options.onDelete.isEmpty())
        text += QLatin1String(" ON DELETE ") + phrase(key->options.onDelete, m_spelling.isPostgreSql() ? Phrase::PostgreSqlDelete : Phrase::Cascade);
    if (!key->options.onUpdate.isEmpty())
        text += QLatin1String(" ON UPDATE ") + phrase(key->options.onUpdate, Phrase::Cascade);
    return text + deferrability(constraint);
}

QString TableWriter::foreignKey(const TableShape &shape, const Constraint &constraint, const sql::ForeignKeyConstraint &key)
{
    sql::QualifiedName referred = key.referredTable;
    if (m_spelling.isSqlite()) {
        if (referred.schema.text != shape.table.name.schema.text) {
            note(QStringLiteral("SQLite has no foreign keys between schemas: the one to %1 is left out").arg(quotedName(m_spelling.kind, referred)));
            return {};
        }
        referred.schema = {};
    }
    if (key.referredColumns.empty() && m_spelling.isPostgreSql())
        fail(QStringLiteral("the foreign key to %1 names no column").arg(referred.name.text));
    const QString columns = key.referredColumns.empty() ? QString() : QLatin1String(" (") + columnList(key.referredColumns) + QLatin1Char(')');
    return preamble(constraint) + QLatin1String("FOREIGN KEY(") + columnList(key.columns) + QLatin1String(") REFERENCES ") +
           quotedName(m_spelling.kind, referred) + columns + referenceTail(constraint);
}

QString TableWriter::exclude(const Constraint &constraint, const sql::ExcludeConstraint &given)
{
    if (m_spelling.isSqlite()) {
        fail(QStringLiteral("SQLite can't render an element of type ExcludeConstraint"));
        return {};
    }
    QStringList elements;
    for (const sql::ExclusionElement &element : given.elements) {
        const QString opclass = element.opclass.isEmpty() ? QString() : QLatin1Char(' ') + element.opclass;
        elements += expression(element.expression) + opclass + QLatin1String(" WITH ") + element.op;
    }
    const QString method = given.usingMethod.isEmpty() ? QStringLiteral("gist") : given.usingMethod;
    QString text = preamble(constraint) + QLatin1String("EXCLUDE USING ") + phrase(method, Phrase::Name).toLower() + QLatin1String(" (") +
                   elements.join(QLatin1String(", ")) + QLatin1Char(')');
    if (given.where)
        text += QLatin1String(" WHERE (") + expression(given.where) + QLatin1Char(')');
    return text + deferrability(constraint);
}

QString TableWriter::constraint(const TableShape &shape, const Constraint &constraint)
{
    struct Visitor {
        TableWriter &w;
        const TableShape &shape;
        const Constraint &c;
        [[nodiscard]] QString validity() const
        {
            return w.m_spelling.isPostgreSql() && optionIsTrue(c.options, QStringLiteral("postgresql_not_valid")) ? QStringLiteral(" NOT VALID")
                                                                                                                  : QString();
        }
        QString operator()(const sql::PrimaryKeyConstraint &key) const { return w.primaryKey(shape, c, key); }
        QString operator()(const sql::UniqueConstraint &key) const { return w.unique(shape, c, key); }
        QString operator()(const sql::ForeignKeyConstraint &key) const
        {
            const QString text = w.foreignKey(shape, c, key);
            return text.isEmpty() ? text : text + validity();
        }
        QString operator()(const sql::CheckConstraint &check) const
        {
            QString text = w.preamble(c) + QLatin1String("CHECK (") + w.expression(check.condition) + QLatin1Char(')') + w.deferrability(c);
            if (w.m_spelling.isPostgreSql())
                return text + validity();
            const QString conflict = optionText(c.options, QStringLiteral("sqlite_on_conflict"));
            return conflict.isEmpty() ? text : text + QLatin1String(" ON CONFLICT ") + conflict;
        }
        QString operator()(const sql::ExcludeConstraint &given) const { return w.exclude(c, given); }
    };
    return std::visit(Visitor{*this, shape, constraint}, constraint.kind);
}

QString TableWriter::tableOptions(const sql::Table &table)
{
    const sql::DialectOptions &options = table.options;
    if (m_spelling.isSqlite()) {
        QStringList words;
        if (!optionBool(options, QStringLiteral("sqlite_with_rowid")).value_or(true))
            words += QStringLiteral("WITHOUT ROWID");
        if (optionIsTrue(options, QStringLiteral("sqlite_strict")))
            words += QStringLiteral("STRICT");
        return words.isEmpty() ? QString() : QLatin1String("\n ") + words.join(QLatin1String(",\n "));
    }
    QString text;
    QStringList parents;
    for (const QString &parent : optionList(options, QStringLiteral("postgresql_inherits")))
        parents += quoted(Identifier(parent));
    if (!parents.isEmpty())
        text += QLatin1String("\n INHERITS ( ") + parents.join(QLatin1String(", ")) + QLatin1String(" )");
    if (const QString by = optionText(options, QStringLiteral("postgresql_partition_by")); !by.isEmpty())
        text += QLatin1String("\n PARTITION BY ") + by;
    if (const QString method = optionText(options, QStringLiteral("postgresql_using")); !method.isEmpty())
        text += QLatin1String("\n USING ") + method;
    if (const auto oids = optionBool(options, QStringLiteral("postgresql_with_oids")))
        text += *oids ? QLatin1String("\n WITH OIDS") : QLatin1String("\n WITHOUT OIDS");
    if (QString commit = optionText(options, QStringLiteral("postgresql_on_commit")); !commit.isEmpty())
        text += QLatin1String("\n ON COMMIT ") + commit.replace(QLatin1Char('_'), QLatin1Char(' ')).toUpper();
    if (const QString space = optionText(options, QStringLiteral("postgresql_tablespace")); !space.isEmpty())
        text += QLatin1String("\n TABLESPACE ") + quoted(Identifier(space));
    return text;
}

QString TableWriter::createTable(const TableShape &shape, bool ifNotExists)
{
    const sql::Table &table = shape.table;
    QStringList lines;
    for (const Column &column : table.columns) {
        if (column.isSystem)
            continue;
        const bool hadProblem = m_problem.has_value();
        lines += QLatin1String("    ") + columnSpecification(shape, column) + columnChecks(column);
        if (!hadProblem && m_problem)
            m_problem->detail = QStringLiteral("(in table '%1', column '%2'): %3").arg(table.name.name.text, column.name.text, m_problem->detail);
    }
    std::vector<Constraint> all;
    if (!shape.primaryKey.empty())
        all.push_back(shape.primaryKeyConstraint);
    all.insert(all.end(), shape.constraints.begin(), shape.constraints.end());
    for (const Constraint &one : all) {
        const auto *key = std::get_if<sql::ForeignKeyConstraint>(&one.kind);
        if (key && key->options.useAlter && m_spelling.isPostgreSql()) {
            note(QStringLiteral("use_alter: Alembic does not create the foreign key %1 with the table, nor later").arg(one.name.text));
            continue;
        }
        const QString text = constraint(shape, one);
        if (!text.isEmpty())
            lines += QLatin1String("    ") + text;
    }
    QString text = QStringLiteral("CREATE ");
    for (const QString &prefix : table.prefixes)
        text += prefix + QLatin1Char(' ');
    text += QLatin1String("TABLE ") + (ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("")) + quotedName(m_spelling.kind, table.name) +
            QLatin1String(" (");
    if (!lines.isEmpty())
        text += QLatin1Char('\n') + lines.join(QLatin1String(", \n"));
    return text + QLatin1String("\n)") + tableOptions(table);
}

QString TableWriter::indexElement(const sql::Index &index, const sql::IndexElement &element)
{
    QString text;
    QString key = element.column.text;
    if (!element.expression) {
        text = quoted(element.column);
    } else {
        const bool isColumn = std::holds_alternative<sql::ColumnReference>(element.expression->node) ||
                              std::holds_alternative<sql::LiteralColumn>(element.expression->node);
        text =
            m_spelling.isPostgreSql() && !isColumn ? taken(writeGroupedExpression(m_spelling, element.expression)) : expression(element.expression);
        if (const auto *label = std::get_if<sql::LabelExpression>(&element.expression->node))
            key = label->label.text;
        else if (const auto *column = std::get_if<sql::ColumnReference>(&element.expression->node))
            key = column->name.text;
        else if (const auto *textual = std::get_if<sql::TextClause>(&element.expression->node))
            key = textual->text; // Alembic makes a column of that name of it
    }
    if (m_spelling.isSqlite() || key.isEmpty())
        return text;
    const auto ops = optionPairs(index.options, QStringLiteral("postgresql_ops"));
    const auto op = std::ranges::find(ops, key, &std::pair<QString, QString>::first);
    return op == ops.end() ? text : text + QLatin1Char(' ') + op->second;
}

QString TableWriter::createIndex(const sql::Index &index, bool ifNotExists)
{
    if (index.name.isEmpty())
        fail(QStringLiteral("CREATE INDEX requires that the index have a name"));
    QStringList elements;
    for (const sql::IndexElement &element : index.elements)
        elements += indexElement(index, element);
    QString text = QStringLiteral("CREATE ");
    if (index.isUnique)
        text += QLatin1String("UNIQUE ");
    text += QLatin1String("INDEX ");
    if (m_spelling.isSqlite()) {
        text += ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("");
        if (!index.table.schema.isEmpty())
            text += quoted(index.table.schema) + QLatin1Char('.');
        text += name(index.name) + QLatin1String(" ON ") + quoted(index.table.name) + QLatin1String(" (") + elements.join(QLatin1String(", ")) +
                QLatin1Char(')');
        if (const auto where = optionExpression(index.options, QStringLiteral("sqlite_where")))
            text += QLatin1String(" WHERE ") + expression(where);
        return text;
    }
    if (optionIsTrue(index.options, QStringLiteral("postgresql_concurrently")))
        text += QLatin1String("CONCURRENTLY ");
    text += ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("");
    text += name(index.name) + QLatin1String(" ON ") + quotedName(m_spelling.kind, index.table) + QLatin1Char(' ');
    if (const QString method = optionText(index.options, QStringLiteral("postgresql_using")); !method.isEmpty())
        text += QLatin1String("USING ") + phrase(method, Phrase::Name).toLower() + QLatin1Char(' ');
    text += QLatin1Char('(') + elements.join(QLatin1String(", ")) + QLatin1Char(')') + includeText(index.options);
    if (const auto distinct = optionBool(index.options, QStringLiteral("postgresql_nulls_not_distinct")))
        text += *distinct ? QLatin1String(" NULLS NOT DISTINCT") : QLatin1String(" NULLS DISTINCT");
    QStringList storage = optionList(index.options, QStringLiteral("postgresql_with")); // "name = value" in the script's order
    for (const auto &[parameter, value] : optionPairs(index.options, QStringLiteral("postgresql_with")))
        storage += parameter + QLatin1String(" = ") + value;
    if (!storage.isEmpty())
        text += QLatin1String(" WITH (") + storage.join(QLatin1String(", ")) + QLatin1Char(')');
    if (const QString space = optionText(index.options, QStringLiteral("postgresql_tablespace")); !space.isEmpty())
        text += QLatin1String(" TABLESPACE ") + quoted(Identifier(space));
    if (const auto where = optionExpression(index.options, QStringLiteral("postgresql_where")))
        text += QLatin1String(" WHERE ") + expression(where);
    return text;
}

QString TableWriter::dropIndex(const sql::Index &index, bool ifExists)
{
    if (index.name.isEmpty())
        fail(QStringLiteral("DROP INDEX requires that the index have a name"));
    QString text = QStringLiteral("DROP INDEX ");
    if (m_spelling.isPostgreSql() && optionIsTrue(index.options, QStringLiteral("postgresql_concurrently")))
        text += QLatin1String("CONCURRENTLY ");
    if (ifExists)
        text += QLatin1String("IF EXISTS ");
    if (!index.table.schema.isEmpty())
        text += quoted(index.table.schema) + QLatin1Char('.');
    return text + name(index.name);
}

QString TableWriter::createSequence(const sql::Sequence &sequence, bool ifNotExists)
{
    QString text = QLatin1String("CREATE SEQUENCE ") + (ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("")) +
                   quotedName(m_spelling.kind, sequence.name);
    if (m_spelling.isPostgreSql() && !sequence.options.dataType.isEmpty())
        text += QLatin1String(" AS ") + sequence.options.dataType;
    const QString options = sequenceOptions(sequence.options);
    return options.isEmpty() ? text : text + QLatin1Char(' ') + options;
}

QString TableWriter::createType(const sql::SqlType &named)
{
    const QString typeName = taken(namedTypeText(named));
    if (named.name == QLatin1String("DOMAIN")) {
        QStringList options;
        if (!named.collation.isEmpty())
            options += QLatin1String("COLLATE ") + quoted(Identifier(named.collation));
        if (const QString value = named.options.value(QStringLiteral("default")); !value.isEmpty())
            options += QLatin1String("DEFAULT ") + value;
        if (const QString constraint = named.options.value(QStringLiteral("constraint_name")); !constraint.isEmpty())
            options += QLatin1String("CONSTRAINT ") + name(Identifier(constraint));
        if (named.options.value(QStringLiteral("not_null")) == QLatin1String("True"))
            options += QStringLiteral("NOT NULL");
        if (const QString check = named.options.value(QStringLiteral("check")); !check.isEmpty())
            options += QLatin1String("CHECK (") + check + QLatin1Char(')');
        const QString base = named.itemType ? type(*named.itemType) : QString();
        return QLatin1String("CREATE DOMAIN ") + typeName + QLatin1String(" AS ") + base + QLatin1Char(' ') + options.join(QLatin1Char(' '));
    }
    if (named.options.contains(QStringLiteral("unwritable_label")))
        fail(QStringLiteral("Enum() takes its labels as arguments of their own, not as one list"));
    QStringList labels;
    for (const QString &label : named.enumLabels)
        labels += literal(label);
    return QLatin1String("CREATE TYPE ") + typeName + QLatin1String(" AS ENUM (") + labels.join(QLatin1String(", ")) + QLatin1Char(')');
}

} // namespace stillroom::dialect
