// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/operationwriter.h"

#include "dialect/batchrebuild.h"
#include "dialect/sqlreader.h"
#include "dialect/typetext.h"

#include <algorithm>

namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;
using sql::QualifiedName;

namespace {

const QString kNoConstraintAlter =
    QStringLiteral("No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which "
                   "allows for SQLite migrations using a copy-and-move strategy");
const QString kNotRunnable = QStringLiteral("SQLite cannot run this statement; Alembic prints it all the same. Use batch_alter_table");

bool isConcurrent(const sql::Index &index) { return optionIsTrue(index.options, QStringLiteral("postgresql_concurrently")); }

/// The named types of a column's type, an array's item type included.
void namedTypes(DialectKind kind, const sql::SqlType &stated, std::vector<const sql::SqlType *> &found)
{
    const sql::SqlType &type = effectiveType(kind, stated);
    if (type.itemType)
        namedTypes(kind, *type.itemType, found);
    if (isNativeEnum(type) || type.name == QLatin1String("DOMAIN"))
        found.push_back(&type);
}

Column withSchema(Column column, const QualifiedName &table)
{
    if (column.type.inheritSchema && column.type.schema.isEmpty())
        column.type.schema = table.schema.text;
    return column;
}

constexpr std::uint32_t pair(char16_t first, char16_t second) { return std::uint32_t{first} << 16 | second; }

/// The word that begins with these two small letters, of those that a statement which may have to run outside a transaction has one of.
QLatin1String outsideWord(std::uint32_t letters)
{
    switch (letters) {
    case pair(u'c', u'o'):
        return QLatin1String("concurrently");
    case pair(u'v', u'a'):
        return QLatin1String("vacuum");
    case pair(u'd', u'a'):
        return QLatin1String("database");
    case pair(u's', u'y'):
        return QLatin1String("system");
    case pair(u't', u'a'):
        return QLatin1String("tablespace");
    case pair(u'r', u'e'):
        return QLatin1String("reindex");
    case pair(u'c', u'l'):
        return QLatin1String("cluster");
    case pair(u'd', u'i'):
        return QLatin1String("discard");
    case pair(u's', u'u'):
        return QLatin1String("subscription");
    case pair(u'p', u'r'):
        return QLatin1String("pragma");
    case pair(u'a', u't'):
        return QLatin1String("attach");
    case pair(u'd', u'e'):
        return QLatin1String("detach");
    default:
        return {};
    }
}

bool hasOutsideWord(QStringView sql)
{
    constexpr char16_t kSmall = 0x20; // makes letters of ASCII small; startsWith() tells them from what else becomes one
    for (qsizetype i = 0; i + 1 < sql.size(); ++i) {
        const QLatin1String word = outsideWord(pair(sql[i].unicode() | kSmall, sql[i + 1].unicode() | kSmall));
        if (!word.isEmpty() && sql.sliced(i).startsWith(word, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Whether a raw statement must run outside a transaction; parsed only when a word in it says that it may.
TransactionNeed needOf(const Spelling &spelling, const QString &sql)
{
    if (!hasOutsideWord(sql))
        return TransactionNeed::Any;
    const SqlReading reading = readSql(spelling.kind, sql);
    const bool isOutside = std::ranges::any_of(reading.parts, [](const SqlPart &part) { return part.transaction == TransactionNeed::Outside; });
    return isOutside ? TransactionNeed::Outside : TransactionNeed::Any;
}

} // namespace

QString printed(const QString &sql) { return sql.trimmed(); }

OperationWriter::OperationWriter(Spelling spelling, const sql::Operation &operation, SchemaLookup *lookup, MadeTypes &madeTypes)
    : m_spelling(spelling), m_operation(operation), m_lookup(lookup), m_madeTypes(madeTypes), m_writer(m_spelling)
{
}

void OperationWriter::put(const QString &sql, TransactionNeed need)
{
    Statement statement;
    statement.sql = printed(sql);
    statement.origin = m_operation.origin;
    statement.transaction = need;
    statement.notes = m_writer.notes().mid(m_notesTaken);
    m_notesTaken = m_writer.notes().size();
    m_statements.push_back(std::move(statement));
}

void OperationWriter::putMarker(Statement::Marker marker, const QString &sql)
{
    put(sql, TransactionNeed::BeginsOutside);
    m_statements.back().marker = marker;
}

QString OperationWriter::alterTable(const QualifiedName &table) const
{
    return QLatin1String("ALTER TABLE ") + quotedAlterName(m_spelling.kind, table);
}

void OperationWriter::createTypes(const sql::Table &table)
{
    if (!isPostgreSql())
        return;
    for (const Column &column : table.columns) {
        std::vector<const sql::SqlType *> types;
        namedTypes(m_spelling.kind, column.type, types);
        for (const sql::SqlType *type : types) {
            if (!type->createType || type->enumBelongsToMetadata)
                continue;
            if (m_madeTypes.emplace(type->schema, type->enumName).second)
                put(m_writer.createType(*type));
        }
    }
}

void OperationWriter::commentOnColumn(const QualifiedName &table, const Identifier &column, const std::optional<QString> &comment)
{
    const QString value = comment ? m_writer.literal(*comment) : QStringLiteral("NULL");
    put(QLatin1String("COMMENT ON COLUMN ") + quotedName(m_spelling.kind, table) + QLatin1Char('.') + m_writer.quoted(column) +
        QLatin1String(" IS ") + value);
}

void OperationWriter::createTable(const sql::CreateTable &o)
{
    sql::Table table = o.table;
    for (Column &column : table.columns)
        column = withSchema(column, table.name);
    createTypes(table);
    const TableShape shape = shapeOf(m_spelling.kind, table);
    put(m_writer.createTable(shape, o.ifNotExists));
    const size_t before = m_statements.size();
    for (const sql::Index &index : shape.indexes)
        createIndex(index, false);
    if (m_statements.size() > before + 1) // SQLAlchemy's Table.indexes is a set of objects, ordered by their addresses
        m_statements[before].notes += QStringLiteral("Alembic's order of this table's indexes varies from run to run");
    if (!isPostgreSql())
        return;
    if (table.comment && !table.comment->isEmpty())
        put(QLatin1String("COMMENT ON TABLE ") + quotedName(m_spelling.kind, table.name) + QLatin1String(" IS ") + m_writer.literal(*table.comment));
    for (const Column &column : table.columns) {
        if (column.comment && !column.comment->isEmpty())
            commentOnColumn(table.name, column.name, column.comment);
    }
}

void OperationWriter::createIndex(const sql::Index &index, bool ifNotExists)
{
    put(m_writer.createIndex(index, ifNotExists), isPostgreSql() && isConcurrent(index) ? TransactionNeed::Outside : TransactionNeed::Any);
}

void OperationWriter::addConstraint(const TableShape &shape, const Constraint &constraint)
{
    if (!isPostgreSql()) {
        if (!constraint.isTypeBound)
            fail(kNoConstraintAlter);
        else if (!m_statements.empty())
            m_statements.back().notes +=
                QStringLiteral("the CHECK of the column's type is left out: SQLite cannot add constraints outside batch mode");
        return;
    }
    const QString text = m_writer.constraint(shape, constraint);
    put(QLatin1String("ALTER TABLE ") + quotedName(m_spelling.kind, shape.table.name) + QLatin1String(" ADD ") + text);
}

void OperationWriter::addColumn(const sql::AddColumn &o)
{
    sql::Table table;
    table.name = o.table;
    table.columns.push_back(withSchema(o.column, o.table));
    const TableShape shape = shapeOf(m_spelling.kind, table);
    const Column &column = shape.table.columns.front();
    QString text = alterTable(o.table) + QLatin1String(" ADD COLUMN ") + (o.ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("")) +
                   m_writer.columnSpecification(shape, column);
    if (o.inlinePrimaryKey && column.isPrimaryKey)
        text += QLatin1String(" PRIMARY KEY");
    std::vector<const Constraint *> references;
    for (const Constraint &c : shape.constraints) {
        const auto *key = std::get_if<sql::ForeignKeyConstraint>(&c.kind);
        if (key && key->columns.size() == 1)
            references.push_back(&c);
    }
    const Constraint *inlined = o.inlineReferences && references.size() == 1 ? references.front() : nullptr;
    if (inlined) {
        const auto &key = std::get<sql::ForeignKeyConstraint>(inlined->kind);
        if (key.referredColumns.empty())
            fail(QStringLiteral("the foreign key of column %1 names no column").arg(column.name.text));
        else
            text += QLatin1String(" REFERENCES ") + quotedName(m_spelling.kind, key.referredTable) + QLatin1String(" (") +
                    m_writer.quoted(key.referredColumns.front()) + QLatin1Char(')') + m_writer.referenceTail(*inlined);
    }
    put(text + m_writer.columnChecks(column));
    const size_t before = m_statements.size();
    for (const Constraint &c : shape.constraints) {
        if (&c != inlined)
            addConstraint(shape, c);
    }
    if (m_statements.size() > before + 1) // Table.constraints, too, is a set of objects
        m_statements[before].notes += QStringLiteral("Alembic's order of this column's constraints varies from run to run");
    for (const sql::Index &index : shape.indexes)
        createIndex(index, false);
    if (isPostgreSql() && column.comment && !column.comment->isEmpty())
        commentOnColumn(o.table, column.name, column.comment);
}

void OperationWriter::alterIdentity(const sql::AlterColumn &o)
{
    const QString start = alterTable(o.table) + QLatin1String(" ALTER COLUMN ") + m_writer.quoted(o.column) + QLatin1Char(' ');
    if (!isPostgreSql()) {
        fail(QStringLiteral(
            "Adding, removing or modifying an \"identity\" construct, e.g. GENERATED AS IDENTITY, to or from an existing column is not "
            "supported in this dialect"));
        return;
    }
    if (!o.identity) {
        put(start + QLatin1String("DROP IDENTITY"));
        return;
    }
    const bool hadNone = o.existingServerDefault && std::holds_alternative<std::monostate>(*o.existingServerDefault) && !o.existingIdentity;
    if (hadNone) {
        put(start + QLatin1String("ADD ") + m_writer.identity(*o.identity));
        return;
    }
    const sql::Identity before = o.existingIdentity.value_or(sql::Identity{});
    const sql::SequenceOptions &now = o.identity->options;
    const sql::SequenceOptions &was = before.options;
    QStringList parts;
    if (o.identity->always != before.always)
        parts += o.identity->always ? QStringLiteral("SET GENERATED ALWAYS") : QStringLiteral("SET GENERATED BY DEFAULT");
    const auto changed = [&](bool differs, auto &&take) {
        if (!differs)
            return;
        sql::SequenceOptions one;
        take(one);
        parts += QLatin1String("SET ") + m_writer.sequenceOptions(one);
    };
    changed(now.cache && now.cache != was.cache, [&](auto &one) { one.cache = now.cache; });
    changed(now.cycle && now.cycle != was.cycle, [&](auto &one) { one.cycle = now.cycle; });
    changed(now.increment && now.increment != was.increment, [&](auto &one) { one.increment = now.increment; });
    changed(now.maxValue && now.maxValue != was.maxValue, [&](auto &one) { one.maxValue = now.maxValue; });
    changed(now.minValue && now.minValue != was.minValue, [&](auto &one) { one.minValue = now.minValue; });
    changed(now.noMaxValue && !was.noMaxValue, [](auto &one) { one.noMaxValue = true; });
    changed(now.noMinValue && !was.noMinValue, [](auto &one) { one.noMinValue = true; });
    changed(now.start && now.start != was.start, [&](auto &one) { one.start = now.start; });
    if (parts.isEmpty())
        fail(QStringLiteral("alter_column() of %1 changes nothing of the identity").arg(o.column.text));
    else
        put(start + parts.join(QLatin1Char(' ')));
}

void OperationWriter::alterDefault(const sql::AlterColumn &o)
{
    if (o.computed) {
        fail(QStringLiteral("Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, to or from an existing column is not supported"));
        return;
    }
    if (o.identity || (o.serverDefault && o.existingIdentity)) {
        alterIdentity(o);
        return;
    }
    if (!o.serverDefault)
        return;
    const QString start = alterTable(o.table) + QLatin1String(" ALTER COLUMN ") + m_writer.quoted(o.column);
    if (std::holds_alternative<std::monostate>(*o.serverDefault))
        put(start + QLatin1String(" DROP DEFAULT"));
    else
        put(start + QLatin1String(" SET DEFAULT ") + m_writer.defaultText(*o.serverDefault));
}

void OperationWriter::alterColumn(const sql::AlterColumn &o)
{
    const auto boundCheck = [&](const sql::SqlType &type) {
        Column column;
        column.name = o.column;
        column.type = type;
        return typeBoundCheck(m_spelling.kind, column);
    };
    sql::Table table;
    table.name = o.table;
    const TableShape shape = shapeOf(m_spelling.kind, table);
    if (o.type && o.existingType) {
        if (const auto check = boundCheck(*o.existingType); check && isPostgreSql()) {
            if (check->name.isEmpty())
                fail(QStringLiteral("Can't emit DROP CONSTRAINT for constraint CheckConstraint; it has no name"));
            put(QLatin1String("ALTER TABLE ") + quotedName(m_spelling.kind, o.table) + QLatin1String(" DROP CONSTRAINT ") +
                m_writer.name(check->name));
        }
    }
    const QString start = alterTable(o.table) + QLatin1String(" ALTER COLUMN ") + m_writer.quoted(o.column);
    const auto alterType = [&] {
        if (o.type) {
            const QString cast = isPostgreSql() && !o.usingExpression.isEmpty() ? QLatin1String(" USING ") + o.usingExpression : QString();
            put(start + QLatin1String(" TYPE ") + m_writer.type(*o.type) + cast);
        }
    };
    if (isPostgreSql() && !o.usingExpression.isEmpty() && !o.type)
        fail(QStringLiteral("postgresql_using must be used with the type_ parameter"));
    if (isPostgreSql())
        alterType();
    if (o.nullable)
        put(start + (*o.nullable ? QLatin1String(" DROP NOT NULL") : QLatin1String(" SET NOT NULL")));
    alterDefault(o);
    if (!isPostgreSql())
        alterType();
    const size_t beforeRename = m_statements.size();
    if (o.comment) {
        if (!isPostgreSql())
            fail(QStringLiteral("SQLite can't render an element of type ColumnComment"));
        const QString value = *o.comment ? m_writer.literal(**o.comment) : QStringLiteral("NULL");
        put(QLatin1String("COMMENT ON COLUMN ") + quotedAlterName(m_spelling.kind, o.table) + QLatin1Char('.') + m_writer.quoted(o.column) +
            QLatin1String(" IS ") + value);
    }
    if (!isPostgreSql()) {
        for (size_t i = 0; i < beforeRename; ++i)
            m_statements[i].notes += kNotRunnable;
    }
    const bool saysColumn = !isPostgreSql() && !m_spelling.options.sqlalchemy14; // Alembic since 1.14.1
    if (!o.newName.isEmpty())
        put(alterTable(o.table) + (saysColumn ? QLatin1String(" RENAME COLUMN ") : QLatin1String(" RENAME ")) + m_writer.quoted(o.column) +
            QLatin1String(" TO ") + m_writer.quoted(o.newName));
    if (o.type) {
        if (const auto check = boundCheck(*o.type))
            addConstraint(shape, *check);
    }
}

void OperationWriter::execute(const sql::Execute &o)
{
    const auto takeWritten = [&](const Result<Written> &written) {
        if (!written) {
            if (!m_nestedProblem)
                m_nestedProblem = written.error();
            return;
        }
        for (const QString &note : written->notes)
            m_writer.note(note);
        put(written->sql, needOf(m_spelling, written->sql));
        m_statements.back().wantsResult = o.wantsResult;
        if (o.isAutocommit)
            m_statements.back().transaction = TransactionNeed::Outside;
    };
    if (const auto *text = std::get_if<QString>(&o.statement)) {
        takeWritten(Written{.sql = *text, .notes = {}});
        return;
    }
    if (const auto *e = std::get_if<sql::ExpressionPtr>(&o.statement)) {
        takeWritten(writeExpression(m_spelling, *e, true));
        return;
    }
    const auto &statement = std::get<sql::StatementPtr>(o.statement);
    if (o.parameters.empty()) {
        takeWritten(writeStatement(m_spelling, statement));
        return;
    }
    for (const auto &parameters : o.parameters) {
        if (m_statements.empty())
            m_writer.note(QStringLiteral("the values given beside the statement are written into it; Alembic's offline mode leaves them out"));
        takeWritten(writeWithParameters(m_spelling, statement, parameters));
    }
}

void OperationWriter::bulkInsert(const sql::BulkInsert &o)
{
    for (const auto &row : o.rows) {
        sql::Insert insert;
        insert.table = o.table;
        insert.rows.emplace_back();
        const auto take = [&](const Identifier &name, const sql::ExpressionPtr &value, const sql::SqlTypePtr &type) {
            insert.columns.push_back(name);
            insert.types.push_back(type);
            insert.rows.front().push_back(value);
        };
        for (size_t i = 0; i < o.columns.size(); ++i) {
            for (const auto &[name, value] : row) {
                if (name.text == o.columns[i].text)
                    take(o.columns[i], value, i < o.types.size() ? o.types[i] : nullptr);
            }
        }
        for (const auto &[name, value] : row) {
            if (std::ranges::none_of(o.columns, [&](const Identifier &one) { return one.text == name.text; }))
                fail(QStringLiteral("Unconsumed column names: %1").arg(name.text));
        }
        auto statement = std::make_shared<sql::Statement>();
        statement->node = std::move(insert);
        const auto written = writeStatement(m_spelling, statement);
        if (!written) {
            if (!m_nestedProblem)
                m_nestedProblem = written.error();
            return;
        }
        for (const QString &note : written->notes)
            m_writer.note(note);
        put(written->sql);
    }
}

void OperationWriter::batch(const sql::BatchAlterTable &o)
{
    auto statements = batchStatements(m_spelling, o, m_operation.origin, m_lookup, m_madeTypes);
    if (!statements)
        m_nestedProblem = statements.error();
    else
        m_statements = std::move(*statements);
}

/// One overload for each operation.
struct OperationVisitor {
    OperationWriter &w;

    [[nodiscard]] QString table(const QualifiedName &name) const { return quotedName(w.m_spelling.kind, name); }
    [[nodiscard]] bool isPostgreSql() const { return w.isPostgreSql(); }

    void operator()(const sql::CreateTable &o) const { w.createTable(o); }
    void operator()(const sql::DropTable &o) const
    {
        w.put(QLatin1String("DROP TABLE ") + (o.ifExists ? QLatin1String("IF EXISTS ") : QLatin1String("")) + table(o.table));
    }
    void operator()(const sql::RenameTable &o) const { w.put(w.alterTable(o.table) + QLatin1String(" RENAME TO ") + w.m_writer.quoted(o.newName)); }
    void operator()(const sql::AddColumn &o) const { w.addColumn(o); }
    void operator()(const sql::DropColumn &o) const
    {
        w.put(w.alterTable(o.table) + QLatin1String(" DROP COLUMN ") + (o.ifExists ? QLatin1String("IF EXISTS ") : QLatin1String("")) +
              w.m_writer.quoted(o.column));
    }
    void operator()(const sql::AlterColumn &o) const { w.alterColumn(o); }
    void operator()(const sql::CreateTableComment &o) const
    {
        w.put(QLatin1String("COMMENT ON TABLE ") + table(o.table) + QLatin1String(" IS ") + w.m_writer.literal(o.comment));
        noteUnknownToSqlite();
    }
    void operator()(const sql::DropTableComment &o) const
    {
        w.put(QLatin1String("COMMENT ON TABLE ") + table(o.table) + QLatin1String(" IS NULL"));
        noteUnknownToSqlite();
    }
    void operator()(const sql::CreateIndex &o) const { w.createIndex(o.index, o.ifNotExists); }
    void operator()(const sql::DropIndex &o) const
    {
        w.put(w.m_writer.dropIndex(o.index, o.ifExists), isPostgreSql() && isConcurrent(o.index) ? TransactionNeed::Outside : TransactionNeed::Any);
    }
    void operator()(const sql::AddConstraint &o) const
    {
        sql::Table bare;
        bare.name = o.table;
        w.addConstraint(shapeOf(w.m_spelling.kind, bare), o.constraint);
    }
    void operator()(const sql::DropConstraint &o) const
    {
        if (!isPostgreSql()) {
            w.fail(kNoConstraintAlter);
            return;
        }
        if (o.name.isEmpty())
            w.fail(QStringLiteral("Can't emit DROP CONSTRAINT for a constraint of %1; it has no name").arg(o.table.name.text));
        w.put(QLatin1String("ALTER TABLE ") + table(o.table) + QLatin1String(" DROP CONSTRAINT ") +
              (o.ifExists ? QLatin1String("IF EXISTS ") : QLatin1String("")) + w.m_writer.name(o.name));
    }
    void operator()(const sql::CreateType &o) const
    {
        if (isPostgreSql())
            w.put(w.m_writer.createType(effectiveType(w.m_spelling.kind, o.type)));
    }
    void operator()(const sql::DropType &o) const
    {
        if (!isPostgreSql())
            return;
        const sql::SqlType &type = effectiveType(w.m_spelling.kind, o.type);
        const auto name = namedTypeText(type);
        if (!name)
            w.fail(name.error().detail);
        w.put((type.name == QLatin1String("DOMAIN") ? QLatin1String("DROP DOMAIN ") : QLatin1String("DROP TYPE ")) + name.value_or(QString()));
    }
    void operator()(const sql::CreateSequence &o) const
    {
        w.put(w.m_writer.createSequence(o.sequence, o.ifNotExists));
        noteUnknownToSqlite();
    }
    void operator()(const sql::DropSequence &o) const
    {
        w.put(QLatin1String("DROP SEQUENCE ") + (o.ifExists ? QLatin1String("IF EXISTS ") : QLatin1String("")) + table(o.sequence.name));
        noteUnknownToSqlite();
    }
    void operator()(const sql::CreateSchema &o) const
    {
        w.put(QLatin1String("CREATE SCHEMA ") + (o.ifNotExists ? QLatin1String("IF NOT EXISTS ") : QLatin1String("")) + w.m_writer.quoted(o.name));
        noteUnknownToSqlite();
    }
    void operator()(const sql::DropSchema &o) const
    {
        w.put(QLatin1String("DROP SCHEMA ") + (o.ifExists ? QLatin1String("IF EXISTS ") : QLatin1String("")) + w.m_writer.quoted(o.name) +
              (o.cascade ? QLatin1String(" CASCADE") : QLatin1String("")));
        noteUnknownToSqlite();
    }
    void operator()(const sql::Execute &o) const { w.execute(o); }
    void operator()(const sql::BulkInsert &o) const { w.bulkInsert(o); }
    void operator()(const sql::AutocommitBegin &) const
    {
        if (isPostgreSql())
            w.putMarker(Statement::Marker::AutocommitBegin, QStringLiteral("COMMIT"));
    }
    void operator()(const sql::AutocommitEnd &) const
    {
        if (isPostgreSql())
            w.putMarker(Statement::Marker::AutocommitEnd, QStringLiteral("BEGIN"));
    }
    void operator()(const std::shared_ptr<const sql::BatchAlterTable> &o) const { w.batch(*o); }
    void noteUnknownToSqlite() const
    {
        if (!isPostgreSql() && !w.m_statements.empty())
            w.m_statements.back().notes += QStringLiteral("SQLite does not know this statement; Alembic prints it all the same");
    }
};

Result<std::vector<Statement>> OperationWriter::write()
{
    std::visit(OperationVisitor{*this}, m_operation.kind);
    std::optional<Error> problem = m_nestedProblem ? m_nestedProblem : m_writer.problem();
    if (problem) {
        if (problem->file.isEmpty()) {
            problem->file = m_operation.origin.file;
            problem->line = m_operation.origin.line;
        }
        return std::unexpected(std::move(*problem));
    }
    if (!m_statements.empty())
        m_statements.front().notes = m_operation.notes + m_statements.front().notes;
    return std::move(m_statements);
}

Result<std::vector<Statement>> operationStatements(const Spelling &spelling, const sql::Operation &operation, SchemaLookup *lookup,
                                                   MadeTypes &madeTypes)
{
    MadeTypes made = madeTypes; // a refused operation made nothing
    auto statements = OperationWriter(spelling, operation, lookup, made).write();
    if (statements)
        madeTypes = std::move(made);
    return statements;
}

} // namespace stillroom::dialect
