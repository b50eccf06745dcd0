// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/sqlreader.h"

#include "dialect/postgresqlparser.h"
#include "dialect/sqlitetokens.h"

#include <QSet>

#include <algorithm>

namespace stillroom::dialect {

namespace {

using Token = SqliteToken;

/// Cuts blanks off both ends and fills the places.
SqlPart partOf(const QString &text, qsizetype start, qsizetype end)
{
    while (start < end && text[start].isSpace())
        ++start;
    while (end > start && text[end - 1].isSpace())
        --end;
    SqlPart part;
    part.start = start;
    part.length = end - start;
    part.sql = text.mid(start, end - start);
    return part;
}

void countLines(const QString &text, std::vector<SqlPart> &parts)
{
    qsizetype at = 0;
    int line = 1;
    for (SqlPart &part : parts) {
        line += static_cast<int>(std::count(text.begin() + at, text.begin() + part.start, QLatin1Char('\n')));
        at = part.start;
        part.line = line;
    }
}

class WordReader {
public:
    explicit WordReader(const std::vector<Token> &tokens) : m_tokens(tokens) {}
    [[nodiscard]] bool sees(const char16_t *word) const { return m_at < m_tokens.size() && m_tokens[m_at].is(word); }
    bool accept(const char16_t *word)
    {
        const bool found = sees(word);
        m_at += found ? 1 : 0;
        return found;
    }
    bool acceptAny(std::initializer_list<const char16_t *> words)
    {
        return std::ranges::any_of(words, [this](const char16_t *word) { return accept(word); });
    }
    [[nodiscard]] bool has(const char16_t *word) const
    {
        return std::ranges::any_of(m_tokens, [word](const Token &token) { return token.is(word); });
    }
    QString name()
    {
        if (m_at >= m_tokens.size() || !m_tokens[m_at].isName())
            return {};
        QString text = m_tokens[m_at++].text;
        while (sees(u".") && m_at + 1 < m_tokens.size()) {
            text += QLatin1Char('.') + m_tokens[m_at + 1].text;
            m_at += 2;
        }
        return text;
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_tokens.size(); }

private:
    const std::vector<Token> &m_tokens;
    size_t m_at = 0;
};

void named(SqlPart &part, WordReader &words)
{
    if (words.accept(u"IF"))
        words.acceptAny({u"NOT", u"EXISTS"});
    words.accept(u"EXISTS");
    const QString name = words.name();
    if (!name.isEmpty())
        part.relations += name;
}

SqlKind createKind(SqlPart &part, WordReader &words)
{
    while (words.acceptAny({u"TEMP", u"TEMPORARY", u"UNIQUE", u"OR", u"REPLACE", u"UNLOGGED", u"MATERIALIZED", u"RECURSIVE", u"VIRTUAL"})) {
    }
    if (words.accept(u"TABLE")) {
        named(part, words);
        return SqlKind::CreateTable;
    }
    if (words.accept(u"INDEX")) {
        if (words.accept(u"CONCURRENTLY"))
            part.transaction = TransactionNeed::Outside;
        named(part, words);
        return SqlKind::CreateIndex;
    }
    if (words.acceptAny({u"TYPE", u"DOMAIN"}))
        return SqlKind::CreateType;
    if (words.accept(u"VIEW")) {
        named(part, words);
        return SqlKind::CreateView;
    }
    if (words.acceptAny({u"FUNCTION", u"PROCEDURE"}))
        return SqlKind::CreateFunction;
    if (words.accept(u"TRIGGER"))
        return SqlKind::CreateTrigger;
    if (words.acceptAny({u"DATABASE", u"TABLESPACE"}))
        part.transaction = TransactionNeed::Outside;
    return SqlKind::Other;
}

/// By the first words alone: SQLite's statements, and PostgreSQL's that the parser does not know.
void classifyByWords(SqlPart &part, DialectKind kind)
{
    const std::vector<Token> tokens = sqliteTokens(part.sql);
    WordReader words(tokens);
    if (words.atEnd()) {
        part.kind = SqlKind::Empty;
        return;
    }
    const bool isSqlite = kind == DialectKind::Sqlite;
    const auto is = [&](SqlKind found) { part.kind = found; };
    if (words.acceptAny({u"SELECT", u"VALUES"})) {
        is(SqlKind::Select);
        part.returnsRows = true;
    } else if (words.accept(u"WITH")) {
        is(words.has(u"INSERT")   ? SqlKind::Insert
           : words.has(u"UPDATE") ? SqlKind::Update
           : words.has(u"DELETE") ? SqlKind::Delete
                                  : SqlKind::Select);
        part.changesData = part.kind != SqlKind::Select;
        part.returnsRows = part.kind == SqlKind::Select || words.has(u"RETURNING");
    } else if (words.acceptAny({u"INSERT", u"REPLACE"})) {
        is(SqlKind::Insert);
        if (words.accept(u"OR"))
            words.acceptAny({u"REPLACE", u"IGNORE", u"ABORT", u"ROLLBACK", u"FAIL"});
        words.accept(u"INTO");
        named(part, words);
        part.changesData = true;
        part.returnsRows = words.has(u"RETURNING");
    } else if (words.accept(u"UPDATE") || words.accept(u"DELETE")) {
        is(tokens.front().is(u"UPDATE") ? SqlKind::Update : SqlKind::Delete);
        words.acceptAny({u"FROM", u"ONLY"});
        named(part, words);
        part.changesData = true;
        part.isBare = !words.has(u"WHERE");
        part.returnsRows = words.has(u"RETURNING");
    } else if (words.accept(u"CREATE")) {
        is(createKind(part, words));
    } else if (words.accept(u"ALTER")) {
        is(words.accept(u"TABLE") ? SqlKind::AlterTable : words.accept(u"TYPE") ? SqlKind::AlterType : SqlKind::Other);
        if (part.kind == SqlKind::AlterTable)
            named(part, words);
        if (words.accept(u"SYSTEM"))
            part.transaction = TransactionNeed::Outside;
    } else if (words.accept(u"DROP")) {
        is(words.accept(u"TABLE") ? SqlKind::DropTable : words.accept(u"INDEX") ? SqlKind::DropIndex : SqlKind::Drop);
        if (words.acceptAny({u"CONCURRENTLY", u"DATABASE", u"TABLESPACE"}))
            part.transaction = TransactionNeed::Outside;
        if (part.kind != SqlKind::Drop)
            named(part, words);
    } else if (words.acceptAny({u"BEGIN", u"START"})) {
        is(SqlKind::Begin);
        part.isTransactionCommand = true;
    } else if (words.acceptAny({u"COMMIT", u"END"})) {
        is(SqlKind::Commit);
        part.isTransactionCommand = true;
    } else if (words.accept(u"ROLLBACK")) {
        is(SqlKind::Rollback);
        part.isTransactionCommand = !words.has(u"TO");
    } else if (words.acceptAny({u"SAVEPOINT", u"RELEASE"})) {
        is(SqlKind::Savepoint);
    } else if (words.accept(u"VACUUM")) {
        is(SqlKind::Vacuum);
        part.transaction = TransactionNeed::Outside;
    } else if (words.accept(u"PRAGMA")) {
        is(SqlKind::Pragma);
        static const QSet<QString> sessionWide = {QStringLiteral("foreign_keys"), QStringLiteral("journal_mode"), QStringLiteral("synchronous"),
                                                  QStringLiteral("wal_checkpoint")};
        part.returnsRows = true;
        if (sessionWide.contains(words.name().section(QLatin1Char('.'), -1).toLower()) && !words.atEnd())
            part.transaction = TransactionNeed::Outside;
    } else if (words.acceptAny({u"ATTACH", u"DETACH"})) {
        is(SqlKind::Other);
        part.transaction = isSqlite ? TransactionNeed::Outside : TransactionNeed::Any;
    } else if (words.accept(u"EXPLAIN")) {
        is(SqlKind::Other);
        part.returnsRows = true;
    } else if (words.accept(u"COPY")) {
        is(SqlKind::Copy);
        part.copiesFromStdin = words.has(u"FROM") && words.has(u"STDIN");
        part.changesData = words.has(u"FROM");
    } else if (words.accept(u"TRUNCATE")) {
        is(SqlKind::Truncate);
        part.changesData = true;
    } else if (words.acceptAny({u"SET", u"RESET"})) {
        is(SqlKind::Set);
    } else if (words.accept(u"DO")) {
        is(SqlKind::Do);
    } else {
        is(isSqlite ? SqlKind::Other : SqlKind::Unknown);
    }
}

/// At each semicolon; a trigger ends with `; END;` (sqlite3_complete's rule).
SqlReading readSqlite(const QString &text)
{
    SqlReading reading;
    const std::vector<Token> tokens = sqliteTokens(text);
    qsizetype start = 0;
    size_t first = 0;
    const auto isTrigger = [&](size_t from) {
        size_t at = from;
        const auto sees = [&](const char16_t *word) { return at < tokens.size() && tokens[at].is(word); };
        if (sees(u"EXPLAIN"))
            ++at;
        if (!sees(u"CREATE"))
            return false;
        ++at;
        at += sees(u"TEMP") || sees(u"TEMPORARY") ? 1 : 0;
        return sees(u"TRIGGER");
    };
    const auto put = [&](qsizetype end, size_t last) {
        if (last > first)
            reading.parts.push_back(partOf(text, start, end));
    };
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind == Token::Kind::Unterminated) {
            reading.problem = QStringLiteral("a quote is not closed: %1").arg(tokens[i].text.left(20));
            reading.problemLine = 1 + static_cast<int>(std::count(text.begin(), text.begin() + tokens[i].start, QLatin1Char('\n')));
        }
        if (!tokens[i].is(u";"))
            continue;
        if (isTrigger(first) && !(i >= 2 && tokens[i - 1].is(u"END") && tokens[i - 2].is(u";")))
            continue;
        put(tokens[i].start, i);
        start = tokens[i].end;
        first = i + 1;
    }
    put(text.size(), tokens.size());
    for (SqlPart &part : reading.parts)
        classifyByWords(part, DialectKind::Sqlite);
    countLines(text, reading.parts);
    return reading;
}

/// Whether nothing but blanks, comments and semicolons stands between the pieces.
bool coversText(const QString &text, const std::vector<SqlPart> &parts)
{
    const auto isGap = [&](qsizetype from, qsizetype to) {
        return std::ranges::all_of(sqliteTokens(text.mid(from, to - from)), [](const Token &token) { return token.is(u";"); });
    };
    qsizetype at = 0;
    for (const SqlPart &part : parts) {
        if (part.start < at || !isGap(at, part.start))
            return false;
        at = part.start + part.length;
    }
    return isGap(at, text.size());
}

SqlReading readPostgreSql(const QString &text)
{
    SqlReading reading;
    const QByteArray utf8 = text.toUtf8();
    const auto toParts = [&](const std::vector<ByteRange> &ranges) {
        std::vector<SqlPart> parts;
        qsizetype byte = 0;
        qsizetype unit = 0;
        for (const ByteRange &range : ranges) {
            unit += QString::fromUtf8(utf8.mid(byte, range.start - byte)).size();
            byte = range.start;
            const qsizetype length = QString::fromUtf8(utf8.mid(range.start, range.length)).size();
            parts.push_back(partOf(text, unit, unit + length));
        }
        return parts;
    };
    const PostgreSqlSplit split = splitWithParser(utf8);
    if (split.problem.isEmpty()) {
        reading.parts = toParts(split.ranges);
        for (SqlPart &part : reading.parts) {
            if (!classifyWithParser(part))
                classifyByWords(part, DialectKind::PostgreSql);
        }
    } else {
        reading.problem = split.problem;
        reading.problemLine = 1 + static_cast<int>(QStringView(text).left(split.problemPosition).count(QLatin1Char('\n')));
        const PostgreSqlSplit scanned = splitWithScanner(utf8);
        reading.parts = toParts(scanned.ranges);
        if (!scanned.problem.isEmpty() || !coversText(text, reading.parts))
            reading.parts = {partOf(text, 0, text.size())};
        for (SqlPart &part : reading.parts)
            classifyByWords(part, DialectKind::PostgreSql);
        if (text.trimmed().startsWith(QLatin1Char('\\')) || text.contains(QLatin1String("\n\\")))
            reading.problem += QStringLiteral(" (this looks like a script for psql: its backslash commands are no SQL)");
    }
    std::erase_if(reading.parts, [](const SqlPart &part) { return part.kind == SqlKind::Empty || part.sql.isEmpty(); });
    countLines(text, reading.parts);
    return reading;
}

} // namespace

SqlReading readSql(DialectKind kind, const QString &text) { return kind == DialectKind::Sqlite ? readSqlite(text) : readPostgreSql(text); }

} // namespace stillroom::dialect
