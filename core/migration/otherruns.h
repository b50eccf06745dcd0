// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"
#include "script/evaluation.h"

#include <map>
#include <vector>

/// What of a body hangs on the run of Python that it is evaluated in: the order of its sets of texts (hash randomisation), the
/// clock, random values. Found by evaluating it as other runs would have it, and comparing.
namespace stillroom::migration {

/// Takes down what another sink answers. The operations go on to it: seldom does anybody ask for them again, and then the
/// body is evaluated once more, answered as it was.
class WitnessSink final : public script::OperationSink {
public:
    explicit WitnessSink(script::OperationSink &next) : m_next(next) {}
    [[nodiscard]] Result<void> take(sql::Operation operation) override { return m_next.take(std::move(operation)); }
    [[nodiscard]] Result<void> show(const sql::Operation &operation) override { return m_next.show(operation); }
    [[nodiscard]] Result<std::optional<script::QueryResult>> query(sql::Operation operation) override;
    [[nodiscard]] Result<std::optional<QVariantMap>> inventory(const QString &table) override;
    [[nodiscard]] Result<std::optional<QString>> compiled(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues) override
    {
        return m_next.compiled(dialectName, operation, hasLiteralValues);
    }

    /// Which operations another run gives otherwise. `run`: the environment of the evaluation that went through this sink.
    [[nodiscard]] std::vector<bool> varying(script::Script &script, script::Direction direction, const script::Environment &run, int otherRuns,
                                            dialect::DialectKind kind) const;

private:
    friend class ReplaySink;
    script::OperationSink &m_next;
    std::vector<std::optional<script::QueryResult>> m_answers;
    std::map<QString, std::optional<QVariantMap>> m_inventories;
};

} // namespace stillroom::migration
