// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "script/evaluation.h"

#include <functional>

/// Where preview and run part: both evaluate a body into this sink, which has the dialect write each operation and hands
/// the statements on one by one (design.md, "The way of the data").
namespace stillroom::migration {

class StatementSink final : public script::OperationSink {
public:
    /// Given each statement in order. Gives rows when it has executed a statement whose result is wanted, else nullopt.
    using Deliver = std::function<Result<std::optional<script::QueryResult>>(const dialect::Statement &)>;

    StatementSink(const dialect::Dialect &dialect, dialect::SchemaLookup *lookup, Deliver deliver);

    /// As a driver that sends the text of op.execute() whole has the server run it (psycopg2): each of its statements is delivered by itself.
    void setSplitsTexts(bool splits) { m_splitsTexts = splits; }

    /// Told of each operation with its statements, after they were delivered.
    void setObserver(std::function<void(const sql::Operation &, const std::vector<dialect::Statement> &)> observer)
    {
        m_observer = std::move(observer);
    }

    [[nodiscard]] Result<void> take(sql::Operation operation) override { return show(operation); }
    [[nodiscard]] Result<void> show(const sql::Operation &operation) override;
    [[nodiscard]] Result<std::optional<script::QueryResult>> query(sql::Operation operation) override;

    using Inspector = std::function<Result<std::optional<QVariantMap>>(const QString &table)>;
    /// Who tells what the database holds; without it nothing is known of it here.
    void setInspector(Inspector inspector) { m_inspector = std::move(inspector); }
    [[nodiscard]] Result<std::optional<QVariantMap>> inventory(const QString &table) override;
    [[nodiscard]] Result<std::optional<QString>> compiled(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues) override
    {
        return dialect::compiledText(dialectName, operation, hasLiteralValues);
    }

    /// The error that ended the evaluation because the dialect could not write an operation, with the operation's place.
    [[nodiscard]] const std::optional<Error> &renderError() const { return m_renderError; }

private:
    [[nodiscard]] Result<std::optional<script::QueryResult>> write(const sql::Operation &operation);

    const dialect::Dialect &m_dialect;
    dialect::SchemaLookup *m_lookup;
    Deliver m_deliver;
    std::function<void(const sql::Operation &, const std::vector<dialect::Statement> &)> m_observer;
    Inspector m_inspector;
    bool m_splitsTexts = false;
    std::optional<Error> m_renderError;
};

} // namespace stillroom::migration
