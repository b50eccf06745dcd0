// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/statementsink.h"

namespace stillroom::migration {

StatementSink::StatementSink(const dialect::Dialect &dialect, dialect::SchemaLookup *lookup, Deliver deliver)
    : m_dialect(dialect), m_lookup(lookup), m_deliver(std::move(deliver))
{
}

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

Result<void> StatementSink::take(sql::Operation operation)
{
    auto written = write(operation);
    if (!written)
        return std::unexpected(std::move(written).error());
    return {};
}

Result<std::optional<script::QueryResult>> StatementSink::query(sql::Operation operation) { return write(operation); }

Result<std::optional<QVariantMap>> StatementSink::inventory(const QString &table) { return m_inspector ? m_inspector(table) : std::nullopt; }

} // namespace stillroom::migration
