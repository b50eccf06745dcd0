// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/statementsink.h"

#include "database/session.h"
#include "dialect/sqlreader.h"

#include <algorithm>
#include <iterator>

namespace stillroom::migration {

StatementSink::StatementSink(const dialect::Dialect &dialect, dialect::SchemaLookup *lookup, Deliver deliver)
    : m_dialect(dialect), m_lookup(lookup), m_deliver(std::move(deliver))
{
}

namespace {

/// The statements of a text of several. One that would end the revision's transaction leaves the text whole, which the server then refuses.
std::vector<dialect::Statement> apart(const dialect::Statement &whole)
{
    const bool isOne = whole.marker != dialect::Statement::Marker::None || database::isSurelyOne(whole.sql);
    const dialect::SqlReading reading = isOne ? dialect::SqlReading{} : dialect::readSql(dialect::DialectKind::PostgreSql, whole.sql);
    const bool isPlain = reading.problem.isEmpty() && std::ranges::none_of(reading.parts, [](const auto &part) { return part.isTransactionCommand; });
    if (reading.parts.size() < 2 || !isPlain)
        return {whole};
    std::vector<dialect::Statement> statements;
    for (const dialect::SqlPart &part : reading.parts) {
        dialect::Statement &one = statements.emplace_back(whole);
        one.sql = part.sql;
        one.transaction = part.transaction;
        one.wantsResult = whole.wantsResult && &part == &reading.parts.back();
    }
    return statements;
}

} // namespace

Result<std::optional<script::QueryResult>> StatementSink::write(const sql::Operation &operation)
{
    auto statements = m_dialect.statements(operation, m_lookup);
    if (!statements) {
        Error error = std::move(statements).error();
        if (error.file.isEmpty()) {
            error.file = operation.origin.file;
            error.line = operation.origin.line;
        }
        m_renderError = error;
        return std::unexpected(std::move(error));
    }
    if (m_splitsTexts && std::holds_alternative<sql::Execute>(operation.kind)) {
        std::vector<dialect::Statement> single;
        for (const dialect::Statement &statement : *statements) {
            std::vector<dialect::Statement> parts = apart(statement);
            std::ranges::move(parts, std::back_inserter(single));
        }
        *statements = std::move(single);
    }
    std::optional<script::QueryResult> last;
    for (const dialect::Statement &statement : *statements) {
        auto delivered = m_deliver(statement);
        if (!delivered)
            return std::unexpected(std::move(delivered).error());
        last = std::move(*delivered);
    }
    if (m_observer)
        m_observer(operation, *statements);
    return last;
}

Result<void> StatementSink::show(const sql::Operation &operation)
{
    auto written = write(operation);
    if (!written)
        return std::unexpected(std::move(written).error());
    return {};
}

Result<std::optional<script::QueryResult>> StatementSink::query(sql::Operation operation) { return write(operation); }

Result<std::optional<QVariantMap>> StatementSink::inventory(const QString &table) { return m_inspector ? m_inspector(table) : std::nullopt; }

} // namespace stillroom::migration
