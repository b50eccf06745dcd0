// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/sqlitetable.h"

#include "dialect/identifiers.h"
#include "dialect/sqlitetokens.h"

#include <QRegularExpression>

#include <algorithm>

namespace stillroom::dialect {

using sql::Column;
using sql::Constraint;
using sql::Identifier;

namespace {

sql::ExpressionPtr verbatim(const QString &text) { return sql::makeExpression(sql::LiteralColumn{text}); }

/// SQLiteDialect._resolve_type_affinity, for the names it knows; anything else stays as declared.
sql::SqlType declaredType(const QString &declared)
{
    static const QHash<QString, QString> known = {
        {QStringLiteral("BIGINT"), QStringLiteral("BIGINT")},       {QStringLiteral("BLOB"), QStringLiteral("BLOB")},
        {QStringLiteral("BOOL"), QStringLiteral("BOOLEAN")},        {QStringLiteral("BOOLEAN"), QStringLiteral("BOOLEAN")},
        {QStringLiteral("CHAR"), QStringLiteral("CHAR")},           {QStringLiteral("DATE"), QStringLiteral("DATE")},
        {QStringLiteral("DATETIME"), QStringLiteral("DATETIME")},   {QStringLiteral("DOUBLE"), QStringLiteral("DOUBLE")},
        {QStringLiteral("DECIMAL"), QStringLiteral("DECIMAL")},     {QStringLiteral("FLOAT"), QStringLiteral("FLOAT")},
        {QStringLiteral("INT"), QStringLiteral("INTEGER")},         {QStringLiteral("INTEGER"), QStringLiteral("INTEGER")},
        {QStringLiteral("JSON"), QStringLiteral("JSON")},           {QStringLiteral("NUMERIC"), QStringLiteral("NUMERIC")},
        {QStringLiteral("REAL"), QStringLiteral("REAL")},           {QStringLiteral("SMALLINT"), QStringLiteral("SMALLINT")},
        {QStringLiteral("TEXT"), QStringLiteral("TEXT")},           {QStringLiteral("TIME"), QStringLiteral("TIME")},
        {QStringLiteral("TIMESTAMP"), QStringLiteral("TIMESTAMP")}, {QStringLiteral("VARCHAR"), QStringLiteral("VARCHAR")},
        {QStringLiteral("NVARCHAR"), QStringLiteral("NVARCHAR")},   {QStringLiteral("NCHAR"), QStringLiteral("NCHAR")}};
    static const QRegularExpression shape(QStringLiteral("^([\\w ]+?)\\s*(?:\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?\\))?$"));
    const auto match = shape.match(declared);
    sql::SqlType type;
    const QString name = known.value(match.captured(1).toUpper());
    if (name.isEmpty()) {
        type.family = sql::TypeFamily::Custom;
        type.name = declared;
        return type;
    }
    type.family = sql::TypeFamily::Standard;
    type.name = name;
    if (match.captured(2).isEmpty())
        return type;
    if (name == QLatin1String("NUMERIC") || name == QLatin1String("DECIMAL")) {
        type.precision = match.captured(2).toInt();
        if (!match.captured(3).isEmpty())
            type.scale = match.captured(3).toInt();
    } else {
        type.length = match.captured(2).toInt();
    }
    return type;
}

class TableReader {
public:
    explicit TableReader(QString sql) : m_sql(std::move(sql)), m_tokens(sqliteTokens(m_sql)) {}

    Result<StandingTable> table();
    Result<sql::Index> index();
    Result<void> columnInto(StandingTable &standing);

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_tokens.size(); }
    [[nodiscard]] const SqliteToken &peek(size_t ahead = 0) const
    {
        static const SqliteToken none;
        return m_at + ahead < m_tokens.size() ? m_tokens[m_at + ahead] : none;
    }
    [[nodiscard]] bool sees(const char16_t *word, size_t ahead = 0) const { return peek(ahead).is(word); }
    bool accept(const char16_t *word)
    {
        if (!sees(word))
            return false;
        ++m_at;
        return true;
    }
    bool accept(const char16_t *first, const char16_t *second)
    {
        if (!sees(first) || !sees(second, 1))
            return false;
        m_at += 2;
        return true;
    }
    void expect(const char16_t *word)
    {
        if (!accept(word))
            fail();
    }
    void fail() { m_failed = true; }
    QString takeName()
    {
        if (!peek().isName() && peek().kind != SqliteToken::Kind::String)
            fail();
        return atEnd() ? QString() : m_tokens[m_at++].name();
    }
    /// The text inside a pair of parentheses, which are passed over.
    QString takeParenthesised()
    {
        expect(u"(");
        const size_t first = m_at;
        for (int depth = 1; !atEnd(); ++m_at) {
            depth += sees(u"(") ? 1 : (sees(u")") ? -1 : 0);
            if (depth == 0)
                break;
        }
        if (atEnd()) {
            fail();
            return {};
        }
        const QString text = first == m_at ? QString() : m_sql.mid(m_tokens[first].start, m_tokens[m_at - 1].end - m_tokens[first].start);
        ++m_at;
        return text;
    }
    QString takeConflict()
    {
        if (!accept(u"ON", u"CONFLICT"))
            return {};
        return takeName().toUpper();
    }
    [[nodiscard]] bool startsConstraint() const;
    std::vector<Identifier> columnNames();
    sql::QualifiedName qualifiedName();
    QString takeType();
    void takeDefault(Column &column);
    void takeReference(Constraint &constraint, sql::ForeignKeyConstraint &key);
    void columnDefinition(StandingTable &standing);
    void columnConstraint(StandingTable &standing, Column &column, const QString &name);
    void tableConstraint(StandingTable &standing);
    void primaryKey(StandingTable &standing, const QString &name, std::vector<Identifier> columns, const QString &conflict);
    [[nodiscard]] Error problem(const QString &what) const
    {
        return notSupported(QStringLiteral("the text of %1 is not understood near '%2'").arg(what, peek().text));
    }

    QString m_sql;
    std::vector<SqliteToken> m_tokens;
    size_t m_at = 0;
    bool m_failed = false;
};

bool TableReader::startsConstraint() const
{
    static const char16_t *const words[] = {u"CONSTRAINT", u"PRIMARY", u"NOT",        u"NULL",      u"UNIQUE", u"CHECK",
                                            u"DEFAULT",    u"COLLATE", u"REFERENCES", u"GENERATED", u"AS"};
    return peek().kind == SqliteToken::Kind::Word && std::ranges::any_of(words, [this](const char16_t *word) { return sees(word); });
}

sql::QualifiedName TableReader::qualifiedName()
{
    sql::QualifiedName name;
    name.name = Identifier(takeName());
    if (accept(u".")) {
        name.schema = name.name;
        name.name = Identifier(takeName());
    }
    return name;
}

/// `(a, b COLLATE NOCASE DESC)`: a column that is more than a name keeps its text.
std::vector<Identifier> TableReader::columnNames()
{
    std::vector<Identifier> columns;
    expect(u"(");
    while (!atEnd() && !m_failed) {
        const size_t first = m_at;
        const QString name = takeName();
        if (!sees(u",") && !sees(u")")) {
            while (!atEnd() && !sees(u",") && !sees(u")"))
                ++m_at;
            Identifier text(m_sql.mid(m_tokens[first].start, m_tokens[m_at - 1].end - m_tokens[first].start));
            text.quote = false;
            columns.push_back(std::move(text));
        } else {
            columns.emplace_back(name);
        }
        if (!accept(u","))
            break;
    }
    expect(u")");
    return columns;
}

QString TableReader::takeType()
{
    const size_t first = m_at;
    while (!atEnd() && peek().isName() && !startsConstraint())
        ++m_at;
    if (m_at == first)
        return {};
    if (sees(u"("))
        std::ignore = takeParenthesised();
    return m_sql.mid(m_tokens[first].start, m_tokens[m_at - 1].end - m_tokens[first].start);
}

void TableReader::takeDefault(Column &column)
{
    if (sees(u"(")) {
        column.serverDefault = verbatim(QLatin1Char('(') + takeParenthesised() + QLatin1Char(')'));
        return;
    }
    const size_t first = m_at;
    if (sees(u"+") || sees(u"-"))
        ++m_at;
    ++m_at;
    if (m_at > m_tokens.size()) {
        fail();
        return;
    }
    column.serverDefault = verbatim(m_sql.mid(m_tokens[first].start, m_tokens[m_at - 1].end - m_tokens[first].start));
}

void TableReader::takeReference(Constraint &constraint, sql::ForeignKeyConstraint &key)
{
    key.referredTable = qualifiedName();
    if (sees(u"("))
        key.referredColumns = columnNames();
    while (!m_failed) {
        const bool isDelete = accept(u"ON", u"DELETE");
        if (isDelete || accept(u"ON", u"UPDATE")) {
            QString action = takeName().toUpper();
            if (action == QLatin1String("SET") || action == QLatin1String("NO"))
                action += QLatin1Char(' ') + takeName().toUpper();
            (isDelete ? key.options.onDelete : key.options.onUpdate) = action;
        } else if (accept(u"MATCH")) {
            key.options.match = takeName();
        } else if (accept(u"NOT", u"DEFERRABLE")) {
            constraint.deferrable = false;
        } else if (accept(u"DEFERRABLE")) {
            constraint.deferrable = true;
        } else if (accept(u"INITIALLY")) {
            constraint.initially = takeName().toUpper();
        } else {
            return;
        }
    }
}

void TableReader::primaryKey(StandingTable &standing, const QString &name, std::vector<Identifier> columns, const QString &conflict)
{
    Constraint constraint;
    constraint.name = Identifier(name);
    if (!conflict.isEmpty())
        constraint.options[QStringLiteral("sqlite_on_conflict")].value = conflict;
    for (const Identifier &column : columns) {
        for (Column &one : standing.table.columns)
            one.isPrimaryKey = one.isPrimaryKey || one.name.text.compare(column.text, Qt::CaseInsensitive) == 0;
    }
    constraint.kind = sql::PrimaryKeyConstraint{std::move(columns)};
    standing.table.constraints.push_back(std::move(constraint));
}

void TableReader::columnConstraint(StandingTable &standing, Column &column, const QString &name)
{
    Constraint constraint;
    constraint.name = Identifier(name);
    if (accept(u"PRIMARY", u"KEY")) {
        std::ignore = accept(u"ASC") || accept(u"DESC");
        const QString conflict = takeConflict();
        column.isPrimaryKey = true;
        if (accept(u"AUTOINCREMENT")) {
            standing.hasAutoincrement = true;
            if (!conflict.isEmpty())
                column.options[QStringLiteral("sqlite_on_conflict_primary_key")].value = conflict;
        }
        primaryKey(standing, name, {column.name}, standing.hasAutoincrement ? QString() : conflict);
    } else if (accept(u"NOT", u"NULL")) {
        column.nullable = false;
        if (const QString conflict = takeConflict(); !conflict.isEmpty())
            column.options[QStringLiteral("sqlite_on_conflict_not_null")].value = conflict;
    } else if (accept(u"NULL")) {
        std::ignore = takeConflict();
    } else if (accept(u"UNIQUE")) {
        if (const QString conflict = takeConflict(); !conflict.isEmpty())
            constraint.options[QStringLiteral("sqlite_on_conflict")].value = conflict;
        constraint.kind = sql::UniqueConstraint{{column.name}};
        constraint.isFromColumn = true;
        standing.table.constraints.push_back(std::move(constraint));
    } else if (accept(u"CHECK")) {
        constraint.kind = sql::CheckConstraint{verbatim(takeParenthesised())};
        constraint.isFromColumn = true;
        standing.table.constraints.push_back(std::move(constraint));
    } else if (accept(u"DEFAULT")) {
        takeDefault(column);
    } else if (accept(u"COLLATE")) {
        column.options[QStringLiteral("sqlite_collate")].value = takeName();
    } else if (accept(u"REFERENCES")) {
        sql::ForeignKeyConstraint key;
        key.columns.push_back(column.name);
        takeReference(constraint, key);
        constraint.kind = std::move(key);
        constraint.isFromColumn = true;
        standing.table.constraints.push_back(std::move(constraint));
    } else if (accept(u"GENERATED", u"ALWAYS") || sees(u"AS")) {
        expect(u"AS");
        column.computed = sql::Computed{.expression = verbatim(takeParenthesised()), .persisted = std::nullopt};
        if (accept(u"STORED"))
            column.computed->persisted = true;
        else if (accept(u"VIRTUAL"))
            column.computed->persisted = false;
    } else {
        fail();
    }
}

void TableReader::columnDefinition(StandingTable &standing)
{
    Column column;
    column.name = Identifier(takeName());
    column.nullableGiven = true;
    column.type = declaredType(takeType());
    while (!atEnd() && !m_failed && !sees(u",") && !sees(u")") && !sees(u";")) {
        const QString name = accept(u"CONSTRAINT") ? takeName() : QString();
        if (!name.isEmpty() && (sees(u",") || sees(u")")))
            break;
        columnConstraint(standing, column, name);
    }
    standing.table.columns.push_back(std::move(column));
}

void TableReader::tableConstraint(StandingTable &standing)
{
    Constraint constraint;
    if (accept(u"CONSTRAINT"))
        constraint.name = Identifier(takeName());
    if (accept(u"PRIMARY", u"KEY")) {
        std::vector<Identifier> columns = columnNames();
        for (Identifier &column : columns) { // `PRIMARY KEY (id AUTOINCREMENT)`
            static const QRegularExpression counting(QStringLiteral("^(\\S+)\\s+AUTOINCREMENT$"), QRegularExpression::CaseInsensitiveOption);
            if (const auto match = counting.match(column.text); match.hasMatch() && column.quote) {
                column = Identifier(sqliteTokens(match.captured(1)).front().name());
                standing.hasAutoincrement = true;
            }
        }
        primaryKey(standing, constraint.name.text, std::move(columns), takeConflict());
        return;
    }
    if (accept(u"UNIQUE")) {
        constraint.kind = sql::UniqueConstraint{columnNames()};
        if (const QString conflict = takeConflict(); !conflict.isEmpty())
            constraint.options[QStringLiteral("sqlite_on_conflict")].value = conflict;
    } else if (accept(u"CHECK")) {
        constraint.kind = sql::CheckConstraint{verbatim(takeParenthesised())};
        if (const QString conflict = takeConflict(); !conflict.isEmpty())
            constraint.options[QStringLiteral("sqlite_on_conflict")].value = conflict;
    } else if (accept(u"FOREIGN", u"KEY")) {
        sql::ForeignKeyConstraint key;
        key.columns = columnNames();
        expect(u"REFERENCES");
        takeReference(constraint, key);
        constraint.kind = std::move(key);
    } else {
        fail();
        return;
    }
    standing.table.constraints.push_back(std::move(constraint));
}

Result<StandingTable> TableReader::table()
{
    StandingTable standing;
    standing.sql = m_sql;
    expect(u"CREATE");
    if (accept(u"TEMP") || accept(u"TEMPORARY"))
        standing.table.prefixes += QStringLiteral("TEMPORARY");
    expect(u"TABLE");
    if (accept(u"IF", u"NOT"))
        expect(u"EXISTS");
    standing.table.name = qualifiedName();
    expect(u"(");
    const auto startsTableConstraint = [this] {
        const bool isWord = peek().kind == SqliteToken::Kind::Word;
        return isWord && (sees(u"CONSTRAINT") || (sees(u"PRIMARY") && sees(u"KEY", 1)) || (sees(u"UNIQUE") && sees(u"(", 1)) ||
                          (sees(u"CHECK") && sees(u"(", 1)) || (sees(u"FOREIGN") && sees(u"KEY", 1)));
    };
    while (!atEnd() && !m_failed) {
        if (startsTableConstraint())
            tableConstraint(standing);
        else
            columnDefinition(standing);
        // SQLite takes table constraints without commas between them.
        if (!accept(u",") && !startsTableConstraint())
            break;
    }
    expect(u")");
    while (!atEnd() && !m_failed && !sees(u";")) {
        if (accept(u"WITHOUT", u"ROWID"))
            standing.withoutRowid = true;
        else if (accept(u"STRICT"))
            standing.strict = true;
        else
            fail();
        std::ignore = accept(u",");
    }
    if (m_failed || standing.table.columns.empty())
        return std::unexpected(problem(QStringLiteral("a table")));
    if (standing.withoutRowid)
        standing.table.options[QStringLiteral("sqlite_with_rowid")].value = false;
    if (standing.strict)
        standing.table.options[QStringLiteral("sqlite_strict")].value = true;
    if (standing.hasAutoincrement)
        standing.table.options[QStringLiteral("sqlite_autoincrement")].value = true;
    return standing;
}

Result<sql::Index> TableReader::index()
{
    sql::Index made;
    expect(u"CREATE");
    made.isUnique = accept(u"UNIQUE");
    expect(u"INDEX");
    if (accept(u"IF", u"NOT"))
        expect(u"EXISTS");
    const sql::QualifiedName name = qualifiedName();
    made.name = name.name;
    expect(u"ON");
    made.table.schema = name.schema;
    made.table.name = Identifier(takeName());
    expect(u"(");
    while (!atEnd() && !m_failed) {
        const size_t first = m_at;
        for (int depth = 0; !atEnd(); ++m_at) {
            if (depth == 0 && (sees(u",") || sees(u")")))
                break;
            depth += sees(u"(") ? 1 : (sees(u")") ? -1 : 0);
        }
        if (m_at == first) {
            fail();
            break;
        }
        sql::IndexElement element;
        if (m_at == first + 1 && m_tokens[first].isName())
            element.column = Identifier(m_tokens[first].name());
        else
            element.expression = verbatim(m_sql.mid(m_tokens[first].start, m_tokens[m_at - 1].end - m_tokens[first].start));
        made.elements.push_back(std::move(element));
        if (!accept(u","))
            break;
    }
    expect(u")");
    if (accept(u"WHERE") && !atEnd()) {
        const qsizetype start = m_tokens[m_at].start;
        const SqliteToken &last = m_tokens.back().is(u";") ? m_tokens[m_tokens.size() - 2] : m_tokens.back();
        made.options[QStringLiteral("sqlite_where")].value = verbatim(m_sql.mid(start, last.end - start));
    }
    if (m_failed)
        return std::unexpected(problem(QStringLiteral("an index")));
    return made;
}

Result<void> TableReader::columnInto(StandingTable &standing)
{
    columnDefinition(standing);
    if (m_failed)
        return std::unexpected(problem(QStringLiteral("a column")));
    return {};
}

} // namespace

Result<StandingTable> readSqliteTable(const QString &createTable) { return TableReader(createTable).table(); }
Result<sql::Index> readSqliteIndex(const QString &createIndex) { return TableReader(createIndex).index(); }

Result<void> addSqliteColumn(StandingTable &table, const QString &definition)
{
    StandingTable changed = table;
    auto read = TableReader(definition).columnInto(changed);
    if (read)
        table = std::move(changed);
    return read;
}

Result<StandingTable> standingSqliteTable(const QString &createTable, const QStringList &createIndexes, const QStringList &createTriggers,
                                          const QStringList &viewNames, const QStringList &createViews)
{
    auto standing = readSqliteTable(createTable);
    if (!standing)
        return standing;
    for (const QString &text : createIndexes) {
        auto index = readSqliteIndex(text);
        if (!index)
            return std::unexpected(std::move(index).error());
        standing->table.indexes.push_back(std::move(*index));
    }
    standing->indexSql = createIndexes;
    standing->triggerSql = createTriggers;
    standing->viewNames = viewNames;
    standing->viewSql = createViews;
    return standing;
}

bool mentionsName(const QString &sql, const QString &name)
{
    return std::ranges::any_of(sqliteTokens(sql),
                               [&](const SqliteToken &token) { return token.isName() && token.name().compare(name, Qt::CaseInsensitive) == 0; });
}

QString withRenamedColumn(const QString &sql, const QString &from, const QString &to)
{
    const QString written = quotedIdentifier(DialectKind::Sqlite, Identifier(to));
    QString out;
    qsizetype end = 0;
    for (const SqliteToken &token : sqliteTokens(sql)) {
        if (!token.isName() || token.name().compare(from, Qt::CaseInsensitive) != 0)
            continue;
        out += QStringView(sql).mid(end, token.start - end);
        out += written;
        end = token.end;
    }
    out += QStringView(sql).mid(end);
    return out;
}

} // namespace stillroom::dialect
