// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/evaluation.h"

namespace stillroom::script {

OperationSink::~OperationSink() = default;

Result<std::optional<QString>> OperationSink::compiled(const QString &, const sql::Operation &, bool) { return std::nullopt; }

Result<std::optional<QVariantMap>> OperationSink::inventory(const QString &) { return std::nullopt; }
Script::~Script() = default;

Result<void> CollectingSink::take(sql::Operation operation)
{
    operations.push_back(std::move(operation));
    return {};
}

Result<std::optional<QueryResult>> CollectingSink::query(sql::Operation operation)
{
    operations.push_back(std::move(operation));
    return std::nullopt;
}

} // namespace stillroom::script
