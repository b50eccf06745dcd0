// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/catalog.h"

#include "database/catalogreader.h"
#include "database/livetable.h"

#include <algorithm>

namespace stillroom::database {

namespace {

/// SQLAlchemy folds a name only where it was told not to quote it.
QString written(const sql::Identifier &name) { return name.quote == false ? name.text : quotedName(name.text); }

QString written(const sql::QualifiedName &name)
{
    return name.schema.isEmpty() ? written(name.name) : written(name.schema) + QLatin1Char('.') + written(name.name);
}

QString shown(const sql::QualifiedName &name)
{
    return name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text;
}

Error unreadable(const sql::QualifiedName &table, const Error &cause)
{
    if (cause.code != ErrorCode::StatementFailed)
        return cause;
    Error error{.code = ErrorCode::VersionTableUnreadable, .subject = shown(table), .detail = cause.detail, .sqlState = cause.sqlState};
    error.cause = std::make_shared<const Error>(cause);
    return error;
}

QString existenceQuery(dialect::DialectKind kind, const sql::QualifiedName &table)
{
    switch (kind) {
    case dialect::DialectKind::PostgreSql:
        return QStringLiteral("SELECT to_regclass(%1) IS NOT NULL").arg(quotedText(written(table), kind));
    case dialect::DialectKind::Sqlite:
        return QStringLiteral("SELECT count(*) FROM %1.sqlite_master WHERE type IN ('table', 'view') AND name = %2 COLLATE NOCASE")
            .arg(table.schema.isEmpty() ? QStringLiteral("main") : written(table.schema), quotedText(table.name.text, kind));
    }
    return {};
}

/// Reads all of a catalog as of one moment. Inside an open transaction that is the transaction's own.
class Snapshot {
public:
    explicit Snapshot(Session &session) : m_session(session) {}
    ~Snapshot()
    {
        if (m_isOurs)
            std::ignore = m_session.rollback();
    }
    Q_DISABLE_COPY_MOVE(Snapshot)
    [[nodiscard]] Result<void> begin()
    {
        if (m_session.transactionState() != TransactionState::Idle)
            return {};
        const auto began =
            m_session.execute(m_session.kind() == dialect::DialectKind::PostgreSql ? QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                                                                                   : QStringLiteral("BEGIN DEFERRED"));
        if (!began)
            return std::unexpected(began.error());
        m_isOurs = true;
        return {};
    }

private:
    Session &m_session;
    bool m_isOurs = false;
};

/// Asks the session each time, since every statement of a run may have changed the table.
class LiveSchemaLookup final : public dialect::SchemaLookup {
public:
    explicit LiveSchemaLookup(Session &session) : m_session(session) {}
    [[nodiscard]] Result<std::optional<dialect::StandingTable>> table(const sql::QualifiedName &name) override
    {
        switch (m_session.kind()) {
        case dialect::DialectKind::PostgreSql:
            return livePostgreSqlTable(m_session, name);
        case dialect::DialectKind::Sqlite:
            return liveSqliteTable(m_session, name);
        }
        return std::nullopt;
    }

private:
    Session &m_session;
};

} // namespace

QString quotedName(const QString &name)
{
    QString inner = name;
    return QLatin1Char('"') + inner.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QString quotedText(const QString &text, dialect::DialectKind kind)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QStringLiteral("''"));
    // Backslashes mean themselves on PostgreSQL only with standard_conforming_strings, which a database may switch off.
    if (kind == dialect::DialectKind::PostgreSql && inner.contains(QLatin1Char('\\')))
        return QStringLiteral("E'") + inner.replace(QLatin1Char('\\'), QStringLiteral("\\\\")) + QLatin1Char('\'');
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

Result<VersionRows> readVersionRows(Session &session, const sql::QualifiedName &versionTable)
{
    const auto existence = session.execute(existenceQuery(session.kind(), versionTable));
    if (!existence)
        return std::unexpected(unreadable(versionTable, existence.error()));
    VersionRows versions;
    versions.tableExists = !existence->rows.empty() && existence->rows.front().front().toBool();
    if (!versions.tableExists)
        return versions;
    const auto read = session.execute(QStringLiteral("SELECT version_num FROM ") + written(versionTable));
    if (!read)
        return std::unexpected(unreadable(versionTable, read.error()));
    for (const auto &row : read->rows)
        versions.rows.append(row.front().toString());
    versions.rows.sort();
    return versions;
}

Result<CatalogSnapshot> readCatalog(Session &session, const sql::QualifiedName &versionTable, const QString &onlyTable)
{
    Snapshot moment(session);
    if (auto began = moment.begin(); !began)
        return std::unexpected(std::move(began).error());
    CatalogSnapshot snapshot;
    snapshot.serverVersion = session.serverVersion();
    auto versions = readVersionRows(session, versionTable);
    if (!versions)
        return std::unexpected(std::move(versions).error());
    snapshot.versions = std::move(*versions);
    const bool isPostgreSql = session.kind() == dialect::DialectKind::PostgreSql;
    auto tables = isPostgreSql ? readPostgreSqlTables(session, onlyTable) : readSqliteTables(session, onlyTable);
    if (!tables)
        return std::unexpected(std::move(tables).error());
    snapshot.tables = std::move(*tables);
    std::ranges::sort(snapshot.tables, {}, [](const CatalogTable &table) { return std::pair(table.schema, table.name); });
    return snapshot;
}

std::unique_ptr<dialect::SchemaLookup> liveSchemaLookup(Session &session) { return std::make_unique<LiveSchemaLookup>(session); }

} // namespace stillroom::database
