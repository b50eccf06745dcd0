// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/question.h"

#include "dialect/postgresqlparser.h"
#include "dialect/sqlitetokens.h"

#include <QRegularExpression>

#include <algorithm>
#include <tuple>

namespace stillroom::dialect {

namespace {

bool isAny(const SqliteToken &token, std::initializer_list<const char16_t *> words)
{
    return std::ranges::any_of(words, [&token](const char16_t *word) { return token.is(word); });
}

/// PRAGMAs that tell and cannot change anything, with or without an argument. Source: SQLite, "PRAGMA Statements".
bool isTellingPragma(const QString &name)
{
    static const QStringList telling{QStringLiteral("table_info"),       QStringLiteral("table_xinfo"),       QStringLiteral("table_list"),
                                     QStringLiteral("index_list"),       QStringLiteral("index_info"),        QStringLiteral("index_xinfo"),
                                     QStringLiteral("foreign_key_list"), QStringLiteral("foreign_key_check"), QStringLiteral("database_list"),
                                     QStringLiteral("collation_list"),   QStringLiteral("function_list"),     QStringLiteral("compile_options"),
                                     QStringLiteral("integrity_check"),  QStringLiteral("quick_check")};
    return telling.contains(name.toLower());
}

/// Every name that stands where a table may: behind FROM, JOIN and the commas between. What is a column or a CTE of that name is
/// counted along, which only makes a refusal more likely.
std::vector<NamedThing> namesIn(const std::vector<SqliteToken> &tokens)
{
    std::vector<NamedThing> names;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].isName() || (i > 0 && tokens[i - 1].is(u".")))
            continue;
        NamedThing name{{}, tokens[i].name().toLower()};
        if (i + 2 < tokens.size() && tokens[i + 1].is(u".") && tokens[i + 2].isName())
            names.push_back({tokens[i].name().toLower(), tokens[i + 2].name().toLower()});
        names.push_back(std::move(name));
    }
    return names;
}

Question sqliteQuestion(const QString &sql)
{
    const std::vector<SqliteToken> tokens = sqliteTokens(sql);
    if (tokens.empty())
        return {.refusal = QStringLiteral("is empty")};
    if (tokens.front().is(u"PRAGMA")) {
        const bool isQualified = tokens.size() > 3 && tokens[2].is(u".");
        const std::size_t at = isQualified ? 3 : 1;
        const bool isSetting = std::ranges::any_of(tokens, [](const SqliteToken &token) { return token.is(u"="); });
        const bool isBare = tokens.size() == at + 1 || (tokens.size() == at + 2 && tokens.back().is(u";"));
        if (tokens.size() <= at || isSetting || !(isTellingPragma(tokens[at].name()) || isBare))
            return {.refusal = QStringLiteral("may change a setting")};
        static const QStringList working{QStringLiteral("optimize"), QStringLiteral("wal_checkpoint"), QStringLiteral("incremental_vacuum"),
                                         QStringLiteral("shrink_memory")};
        if (working.contains(tokens[at].name().toLower()))
            return {.refusal = QStringLiteral("may change a setting")};
        return {.relations = {{{}, QStringLiteral("sqlite_schema")}}};
    }
    if (!isAny(tokens.front(), {u"SELECT", u"VALUES", u"WITH"}))
        return {.refusal = QStringLiteral("does more than ask")};
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isWriting = isAny(tokens[i], {u"INSERT", u"UPDATE", u"DELETE", u"REPLACE"}) && tokens[i].kind == SqliteToken::Kind::Word;
        const bool isCall = i + 1 < tokens.size() && tokens[i + 1].is(u"("); // replace(…) is a function
        if (isWriting && !isCall)
            return {.refusal = QStringLiteral("writes to a table")};
        if (tokens[i].is(u";") && i + 1 < tokens.size())
            return {.refusal = QStringLiteral("is more than one statement")};
        if (tokens[i].is(u"load_extension"))
            return {.refusal = QStringLiteral("loads an extension")};
    }
    Question question{.relations = namesIn(tokens)};
    for (const NamedThing &name : question.relations)
        question.columns.append(name.name);
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        const bool isStar = tokens[i].is(u"*") && isAny(tokens[i - 1], {u"SELECT", u",", u".", u"DISTINCT", u"ALL"});
        question.readsAllColumns = question.readsAllColumns || isStar || tokens[i].is(u"NATURAL") || tokens[i].is(u"USING");
    }
    return question;
}

NamedThing namedThing(const QString &written, DialectKind kind)
{
    NamedThing thing;
    QStringList parts = written.split(QLatin1Char('.'));
    for (QString &part : parts) {
        if (part.size() > 1 && QStringLiteral("\"`[").contains(part.front()))
            part = part.mid(1, part.size() - 2);
        if (kind == DialectKind::Sqlite)
            part = part.toLower();
    }
    thing.name = parts.last();
    thing.schema = parts.size() > 1 ? parts.at(parts.size() - 2) : QString();
    return thing;
}

/// CREATE INDEX … ON table: the table, which readSql() does not give for SQLite.
std::vector<NamedThing> indexedTable(const QString &sql)
{
    const std::vector<SqliteToken> tokens = sqliteTokens(sql);
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i].is(u"ON") && tokens[i + 1].isName())
            return {{{}, tokens[i + 1].name().toLower()}};
    }
    return {};
}

/// ALTER TABLE t ADD COLUMN c, DROP COLUMN c; UPDATE t SET a = …, b = …. False: something else.
bool addSqliteColumns(const QString &sql, const NamedThing &table, Effect &effect)
{
    const std::vector<SqliteToken> tokens = sqliteTokens(sql);
    std::size_t at = 0;
    const auto find = [&](const char16_t *word) {
        while (at < tokens.size() && !tokens[at].is(word))
            ++at;
        return at++ < tokens.size();
    };
    if (tokens.empty())
        return false;
    if (tokens.front().is(u"ALTER")) {
        at = 2; // ALTER TABLE
        while (at < tokens.size() && !isAny(tokens[at], {u"ADD", u"DROP", u"RENAME", u"ALTER"}))
            ++at;
        if (at + 1 >= tokens.size() || !isAny(tokens[at], {u"ADD", u"DROP"}))
            return false;
        at += tokens[at + 1].is(u"COLUMN") ? 2 : 1;
        if (at >= tokens.size() || !tokens[at].isName())
            return false;
        effect.columns.push_back({table, tokens[at].name().toLower()});
        return true;
    }
    if (!tokens.front().is(u"UPDATE") || !find(u"SET"))
        return false;
    int depth = 0;
    for (bool expectsName = true; at < tokens.size(); ++at) {
        depth += tokens[at].is(u"(") ? 1 : tokens[at].is(u")") ? -1 : 0;
        if (expectsName) {
            if (!tokens[at].isName())
                return false; // (a, b) = …
            effect.columns.push_back({table, tokens[at].name().toLower()});
            expectsName = false;
        } else if (depth == 0 && tokens[at].is(u",")) {
            expectsName = true;
        } else if (depth == 0 && isAny(tokens[at], {u"WHERE", u"FROM", u"RETURNING"})) {
            break;
        }
    }
    return true;
}

bool isTimeoutSetting(const QString &sql)
{
    static const QRegularExpression form(QStringLiteral("^\\s*SET\\s+(?:LOCAL\\s+|SESSION\\s+)?(?:lock_timeout|statement_timeout|"
                                                        "idle_in_transaction_session_timeout|client_min_messages|maintenance_work_mem|work_mem)\\b"),
                                         QRegularExpression::CaseInsensitiveOption);
    return form.match(sql).hasMatch();
}

void add(Effect &effect, DialectKind kind, const SqlPart &part)
{
    std::vector<NamedThing> named;
    for (const QString &relation : part.relations)
        named.push_back(namedThing(relation, kind));
    const bool isSqlite = kind == DialectKind::Sqlite;
    switch (part.kind) {
    case SqlKind::Empty:
    case SqlKind::Savepoint:
    case SqlKind::Comment:
    case SqlKind::Grant:
    case SqlKind::Vacuum:
        effect.schema = effect.schema || part.kind == SqlKind::Comment;
        return;
    case SqlKind::Select: {
        const Question question = questionOf(kind, part.sql);
        effect.anything = effect.anything || !question.refusal.isEmpty() || !question.functions.empty();
        return;
    }
    case SqlKind::Update:
        effect.firing.insert(effect.firing.end(), named.begin(), named.end());
        effect.anything = effect.anything || named.size() != 1;
        if (named.size() == 1 && !(isSqlite ? addSqliteColumns(part.sql, named.front(), effect) : addColumnEffects(part.sql, named.front(), effect)))
            effect.refilled.push_back(named.front());
        return;
    case SqlKind::Insert:
    case SqlKind::Delete:
    case SqlKind::Truncate:
    case SqlKind::Copy:
        effect.anything = effect.anything || named.empty();
        effect.refilled.insert(effect.refilled.end(), named.begin(), named.end());
        effect.firing.insert(effect.firing.end(), named.begin(), named.end());
        if (!isSqlite && part.kind != SqlKind::Copy)
            std::ignore = addColumnEffects(part.sql, {}, effect); // for the functions that it calls
        return;
    case SqlKind::CreateIndex:
        named = isSqlite ? indexedTable(part.sql) : named;
        effect.schema = effect.schema || named.empty();
        effect.reshaped.insert(effect.reshaped.end(), named.begin(), named.end());
        return;
    case SqlKind::CreateTable:
    case SqlKind::DropTable:
    case SqlKind::AlterTable: {
        static const QRegularExpression farther(QStringLiteral("\\bCASCADE\\b|\\bRENAME\\b|\\bAS\\b"), QRegularExpression::CaseInsensitiveOption);
        // A new name is given to what others refer to; CREATE TABLE … AS may call anything.
        effect.schema = effect.schema || named.empty() || part.sql.contains(farther);
        effect.reshaped.insert(effect.reshaped.end(), named.begin(), named.end());
        const bool isAlter = part.kind == SqlKind::AlterTable && named.size() == 1;
        if (!isAlter || !(isSqlite ? addSqliteColumns(part.sql, named.front(), effect) : addColumnEffects(part.sql, named.front(), effect)))
            effect.refilled.insert(effect.refilled.end(), named.begin(), named.end());
        return;
    }
    case SqlKind::DropIndex:
    case SqlKind::CreateType:
    case SqlKind::AlterType:
    case SqlKind::CreateView:
        effect.schema = true;
        return;
    case SqlKind::Set:
        effect.anything = effect.anything || !isTimeoutSetting(part.sql);
        return;
    case SqlKind::Pragma:
        effect.anything = effect.anything || !questionOf(kind, part.sql).refusal.isEmpty();
        return;
    case SqlKind::Drop: // of a view, a type, a trigger, a function that others rely on
    case SqlKind::CreateFunction:
    case SqlKind::CreateTrigger:
    case SqlKind::Begin:
    case SqlKind::Commit:
    case SqlKind::Rollback:
    case SqlKind::Do:
    case SqlKind::Other:
    case SqlKind::Unknown:
        effect.anything = true;
        return;
    }
}

} // namespace

Question questionOf(DialectKind kind, const QString &sql) { return kind == DialectKind::Sqlite ? sqliteQuestion(sql) : questionWithParser(sql); }

Effect effectOf(DialectKind kind, const QString &sql)
{
    Effect effect;
    const SqlReading reading = readSql(kind, sql);
    effect.anything = !reading.problem.isEmpty();
    for (const SqlPart &part : reading.parts)
        add(effect, kind, part);
    return effect;
}

} // namespace stillroom::dialect
