// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/questions.h"

#include "migration/inventory.h"
#include "database/catalog.h"

#include <algorithm>

namespace stillroom::migration {

using database::Outcome;
using database::Session;
using dialect::DialectKind;
using dialect::NamedThing;
using dialect::Question;

namespace {

constexpr int kQuestionTimeoutMs = 30'000;

QString quotedText(const QString &text)
{
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QLatin1String("''")) + QLatin1Char('\'');
}

QString quotedName(const QString &name)
{
    return QLatin1Char('"') + QString(name).replace(QLatin1Char('"'), QLatin1String("\"\"")) + QLatin1Char('"');
}

bool isCatalogSchema(const QString &schema) { return schema == QLatin1String("pg_catalog") || schema == QLatin1String("information_schema"); }

bool isCatalogTable(const NamedThing &relation)
{
    return isCatalogSchema(relation.schema) || (relation.schema.isEmpty() && relation.name.startsWith(QLatin1String("pg_"))) ||
           relation.name.startsWith(QLatin1String("sqlite_"));
}

bool isFatal(const Error &error) { return error.code == ErrorCode::Cancelled || error.code == ErrorCode::ConnectionLost; }

} // namespace

/// The shadow knows what the plan did; the live database only what it has not touched.
class PreviewQuestions::Lookup final : public dialect::SchemaLookup {
public:
    explicit Lookup(PreviewQuestions &questions) : m_questions(questions) {}
    [[nodiscard]] Result<std::optional<dialect::StandingTable>> table(const sql::QualifiedName &name) override
    {
        m_questions.catchUp();
        if (m_questions.m_shadow && !m_questions.m_isShadowLost)
            return m_questions.m_shadowLookup->table(name);
        if (m_questions.m_changes.anything || m_questions.m_changes.schema || m_questions.isReshaped(name.name.text))
            return std::nullopt;
        return m_questions.m_live->table(name);
    }

private:
    PreviewQuestions &m_questions;
};

PreviewQuestions::PreviewQuestions(Session &session, sql::QualifiedName versionTable)
    : m_session(session), m_versionTable(std::move(versionTable)), m_live(database::liveSchemaLookup(session)),
      m_lookup(std::make_unique<Lookup>(*this))
{
    if (session.kind() != DialectKind::Sqlite)
        return;
    const auto setting = session.execute(QStringLiteral("PRAGMA query_only"));
    m_wasQueryOnly = setting && !setting->rows.empty() && setting->rows.front().front().toBool();
    std::ignore = session.execute(QStringLiteral("PRAGMA query_only=ON"));
}

PreviewQuestions::~PreviewQuestions()
{
    if (m_session.kind() == DialectKind::Sqlite && !m_wasQueryOnly && m_session.isUsable())
        std::ignore = m_session.execute(QStringLiteral("PRAGMA query_only=OFF"));
}

dialect::SchemaLookup &PreviewQuestions::lookup() { return *m_lookup; }

void PreviewQuestions::openShadow()
{
    const auto entries = m_session.execute(
        QStringLiteral("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"));
    auto made = Session::open({.kind = DialectKind::Sqlite, .sqliteFile = QStringLiteral(":memory:"), .createIfMissing = true});
    m_isShadowLost = !entries || !made;
    if (m_isShadowLost)
        return;
    for (const auto &row : entries->rows) {
        // A virtual table of a module that is not here, a view whose function is missing: then nothing is known in advance.
        if (!(*made)->execute(row.front().toString()))
            m_isShadowLost = true;
    }
    m_shadow = std::move(*made);
    m_shadowLookup = database::liveSchemaLookup(*m_shadow);
}

Result<Outcome> PreviewQuestions::readOnly(const QString &sql)
{
    if (m_session.kind() == DialectKind::Sqlite)
        return m_session.execute(sql);
    const auto begun = m_session.execute(QStringLiteral("BEGIN READ ONLY"));
    if (!begun)
        return begun;
    auto outcome = m_session.execute(QStringLiteral("SET LOCAL statement_timeout = %1").arg(kQuestionTimeoutMs));
    if (outcome)
        outcome = m_session.execute(sql);
    if (m_session.isUsable()) {
        if (const auto ended = m_session.rollback(); !ended)
            return std::unexpected(ended.error());
    }
    return outcome;
}

std::optional<script::QueryResult> PreviewQuestions::refuse(QString why)
{
    m_refusal = std::move(why);
    return std::nullopt;
}

bool PreviewQuestions::isReshaped(const QString &table) const { return m_changes.reshapedNames.contains(table, Qt::CaseInsensitive); }

/// A function that may write, wait or tell others is volatile ("Function Volatility Categories"); the server's catalog says which.
Result<QString> PreviewQuestions::whyNotFunctions(const Question &question)
{
    QStringList unseen;
    for (const NamedThing &function : question.functions) {
        if (!m_volatile.contains(function.name))
            unseen.append(quotedText(function.name));
    }
    if (!unseen.isEmpty()) {
        const auto found =
            readOnly(QStringLiteral("SELECT proname::text, bool_or(provolatile = 'v') FROM pg_catalog.pg_proc WHERE proname IN (%1) GROUP BY 1")
                         .arg(unseen.join(QStringLiteral(", "))));
        if (!found)
            return std::unexpected(found.error());
        for (const auto &row : found->rows)
            m_volatile[row.at(0).toString()] = row.at(1).toBool();
    }
    for (const NamedThing &function : question.functions) {
        const auto known = m_volatile.find(function.name);
        if (known == m_volatile.end() || known->second)
            return QStringLiteral("it calls %1(), which may do more than tell").arg(function.name);
    }
    return QString();
}

Result<bool> PreviewQuestions::isPlainTable(const NamedThing &relation)
{
    const bool isSqlite = m_session.kind() == DialectKind::Sqlite;
    const QString name =
        relation.schema.isEmpty() ? quotedName(relation.name) : quotedName(relation.schema) + QLatin1Char('.') + quotedName(relation.name);
    const auto found = readOnly(
        isSqlite ? QStringLiteral("SELECT count(*) = 0 FROM sqlite_master WHERE lower(name) = %1 AND type = 'view'").arg(quotedText(relation.name))
                 : QStringLiteral("SELECT relkind = 'r' AND NOT relhassubclass AND NOT relispartition FROM pg_catalog.pg_class "
                                  "WHERE oid = pg_catalog.to_regclass(%1)")
                       .arg(quotedText(name)));
    if (!found)
        return std::unexpected(found.error());
    return !found->rows.empty() && found->rows.front().front().toBool();
}

/// Rows of other tables change along: through triggers, and through the server's own for ON DELETE and ON UPDATE.
Result<bool> PreviewQuestions::hasTriggers(const NamedThing &relation)
{
    const bool isSqlite = m_session.kind() == DialectKind::Sqlite;
    const QString name =
        relation.schema.isEmpty() ? quotedName(relation.name) : quotedName(relation.schema) + QLatin1Char('.') + quotedName(relation.name);
    const auto found = readOnly(
        isSqlite
            ? QStringLiteral("SELECT 1 FROM sqlite_master WHERE lower(tbl_name) = %1 AND type IN ('trigger', 'view')").arg(quotedText(relation.name))
            : QStringLiteral("SELECT 1 FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
                             "WHERE t.tgrelid = pg_catalog.to_regclass(%1) AND p.proname NOT LIKE 'RI\\_FKey\\_check\\_%' "
                             "AND p.proname NOT LIKE 'RI\\_FKey\\_noaction\\_%' AND p.proname NOT LIKE 'RI\\_FKey\\_restrict\\_%' "
                             "UNION ALL SELECT 1 FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass(%1) AND (relkind <> 'r' OR relhasrules)")
                  .arg(quotedText(name)));
    if (!found)
        return std::unexpected(found.error());
    return !found->rows.empty();
}

/// A function that somebody made and did not declare harmless.
Result<bool> PreviewQuestions::writesElsewhere(const NamedThing &function)
{
    if (const auto known = m_writing.find(function.name); known != m_writing.end())
        return known->second;
    const auto found = readOnly(QStringLiteral("SELECT 1 FROM pg_catalog.pg_proc WHERE proname = %1 AND provolatile = 'v' AND pronamespace <> "
                                               "'pg_catalog'::pg_catalog.regnamespace")
                                    .arg(quotedText(function.name)));
    if (!found)
        return std::unexpected(found.error());
    return m_writing[function.name] = !found->rows.empty();
}

/// Why the answer may be another one once the plan's statements up to here have run; empty: it stays.
Result<QString> PreviewQuestions::whyNotNow(const Question &question)
{
    const Changes &changes = m_changes;
    if (changes.anything)
        return QStringLiteral("what it tells may hang on %1, which the plan runs before").arg(changes.culprit);
    const bool isUntouched = !changes.schema && changes.reshapedNames.isEmpty() && changes.refilledNames.isEmpty() && changes.columns.empty();
    if (isUntouched)
        return QString();
    const bool hasNewShape = changes.schema || !changes.reshapedNames.isEmpty();
    for (const NamedThing &relation : question.relations) {
        if (changes.refilledNames.contains(relation.name, Qt::CaseInsensitive))
            return QStringLiteral("it reads %1, which the plan changes before").arg(relation.name);
        for (const dialect::ChangedColumn &changed : changes.columns) {
            const bool isRead = question.readsAllColumns || question.columns.contains(changed.column, Qt::CaseInsensitive);
            if (isRead && changed.table.name.compare(relation.name, Qt::CaseInsensitive) == 0)
                return QStringLiteral("it reads %1.%2, which the plan changes before").arg(relation.name, changed.column);
        }
        if (hasNewShape && isCatalogTable(relation))
            return QStringLiteral("it reads the catalog, which the plan changes before");
        if (isCatalogTable(relation))
            continue;
        const auto isPlain = isPlainTable(relation);
        if (!isPlain)
            return std::unexpected(isPlain.error());
        if (!*isPlain)
            return QStringLiteral("%1 is no plain table, and the plan changes other tables before").arg(relation.name);
    }
    for (const NamedThing &function : question.functions) {
        // One of the server's own that is immutable reads nothing; any other one may.
        const auto reading = readOnly(QStringLiteral("SELECT 1 FROM pg_catalog.pg_proc WHERE proname = %1 AND "
                                                     "(pronamespace <> 'pg_catalog'::pg_catalog.regnamespace OR provolatile <> 'i')")
                                          .arg(quotedText(function.name)));
        if (!reading)
            return std::unexpected(reading.error());
        if (!reading->rows.empty())
            return QStringLiteral("it calls %1(), which may read what the plan changes before").arg(function.name);
    }
    return QString();
}

Result<std::optional<script::QueryResult>> PreviewQuestions::ask(const QString &sql)
{
    if (!m_asks)
        return std::nullopt;
    const Question question = dialect::questionOf(m_session.kind(), sql);
    catchUp();
    if (!question.refusal.isEmpty())
        return refuse(QStringLiteral("a preview only asks, and the statement %1").arg(question.refusal));
    auto why = whyNotFunctions(question);
    if (why && why->isEmpty())
        why = whyNotNow(question);
    if (!why) {
        if (isFatal(why.error()))
            return std::unexpected(std::move(why).error());
        return refuse(why.error().detail);
    }
    if (!why->isEmpty())
        return refuse(*why);
    auto outcome = readOnly(sql);
    if (!outcome) {
        if (isFatal(outcome.error()))
            return std::unexpected(std::move(outcome).error());
        return refuse(QStringLiteral("the database answers: %1").arg(outcome.error().detail));
    }
    ++m_answered;
    script::QueryResult result;
    result.returnsRows = !outcome->columns.isEmpty();
    result.rowCount = outcome->rowsAffected >= 0 ? outcome->rowsAffected : static_cast<qint64>(outcome->rows.size());
    result.columns = std::move(outcome->columns);
    result.types = std::move(outcome->types);
    result.rows = std::move(outcome->rows);
    return result;
}

Result<std::optional<QVariantMap>> PreviewQuestions::inventory(const QString &table)
{
    catchUp();
    Session *asked = &m_session;
    if (m_shadow && !m_isShadowLost) {
        asked = m_shadow.get();
    } else {
        const bool isChanged = m_changes.anything || m_changes.schema || (table.isEmpty() ? !m_changes.reshapedNames.isEmpty() : isReshaped(table));
        if (isChanged) {
            m_refusal = table.isEmpty() ? QStringLiteral("the script asks what tables there are, and the plan changes them before")
                                        : QStringLiteral("the script asks how %1 stands, which the plan changes before").arg(table);
            return std::nullopt;
        }
    }
    auto held = inventoryOf(*asked, m_versionTable, table);
    if (!held) {
        if (isFatal(held.error()))
            return std::unexpected(std::move(held).error());
        m_refusal = QStringLiteral("the database answers: %1").arg(held.error().detail);
        return std::nullopt;
    }
    ++m_answered;
    return std::move(*held);
}

void PreviewQuestions::sent(const dialect::Statement &statement)
{
    if (statement.marker == dialect::Statement::Marker::None)
        m_sent.push_back(statement.sql);
}

void PreviewQuestions::restIsUnknown(const QString &revision)
{
    if (!std::exchange(m_changes.anything, true))
        m_changes.culprit = QStringLiteral("the rest of revision %1").arg(revision);
}

void PreviewQuestions::catchUp()
{
    if (m_session.kind() == DialectKind::Sqlite && !std::exchange(m_isShadowOpened, true))
        openShadow();
    for (; m_followed < m_sent.size(); ++m_followed) {
        if (m_followed == m_bodyBegin)
            m_before = m_changes;
        follow(m_sent[m_followed]);
    }
}

void PreviewQuestions::follow(const QString &sql)
{
    const dialect::Effect effect = dialect::effectOf(m_session.kind(), sql);
    const auto anything = [this, &sql] {
        if (!std::exchange(m_changes.anything, true))
            m_changes.culprit = sql.simplified().left(60);
    };
    if (effect.anything)
        anything();
    m_changes.schema = m_changes.schema || effect.schema;
    for (const NamedThing &table : effect.reshaped)
        m_changes.reshapedNames.append(table.name);
    for (const NamedThing &table : effect.refilled)
        m_changes.refilledNames.append(table.name);
    m_changes.columns.insert(m_changes.columns.end(), effect.columns.begin(), effect.columns.end());
    for (const NamedThing &table : effect.firing) {
        if (m_changes.firingNames.contains(table.name))
            continue;
        m_changes.firingNames.append(table.name);
        const auto spreads = m_changes.schema ? Result<bool>(true) : hasTriggers(table); // a new name hides what the table had
        if (!spreads || *spreads)
            anything();
    }
    for (const NamedThing &function : effect.functions) {
        const auto spreads = writesElsewhere(function);
        if (!spreads || *spreads)
            anything();
    }
    const bool reshapes = effect.anything || effect.schema || !effect.reshaped.empty();
    if (m_shadow && !m_isShadowLost && reshapes && !m_shadow->execute(sql))
        m_isShadowLost = true;
}

void PreviewQuestions::beginBody()
{
    m_bodyBegin = m_sent.size();
    m_refusal.clear();
    m_answered = 0;
}

void PreviewQuestions::restartBody()
{
    m_sent.resize(m_bodyBegin);
    if (m_followed > m_bodyBegin) {
        m_followed = m_bodyBegin;
        m_changes = m_before;
        m_isShadowLost = true; // what it was given cannot be taken back
    }
    m_refusal.clear();
    m_answered = 0;
}

} // namespace stillroom::migration
